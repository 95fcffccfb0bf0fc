//! The book of who changed what: a merchant's, or the gateway's own.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use chrono::DateTime;
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use super::{
    browser,
    page::{Page, html},
    people::crowd::Crowd,
    say::Say,
    trouble::Trouble,
};
use crate::{
    http::Gateway,
    store::{
        audit::{AuditFilter, AuditRow},
        directory,
    },
};

/// How many lines a page shows.
const SHOWN: u64 = 50;

#[derive(Template)]
#[template(path = "audit.html")]
struct AuditPage {
    page: Page,
    crowd: Crowd,
    merchant: Option<String>,
    shop: String,
    /// Kinds of things to choose from, each with its name and whether it is the one.
    subjects: Vec<(&'static str, String, bool)>,
    lines: Vec<Line>,
    more: Option<String>,
}

/// A line as it is read.
struct Line {
    when: String,
    who: String,
    deed: String,
    subject: String,
    name: String,
    shop: Option<String>,
    fields: Vec<Field>,
}

/// What became of a field.
struct Field {
    label: String,
    before: Option<String>,
    after: Option<String>,
}

/// What the address says.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    shop: String,
    /// Of which kind of thing; nothing: all but who came and went.
    subject: String,
    before: Option<Uuid>,
}

/// Kinds of things, by which the book can be looked through.
const SUBJECTS: &[&str] = &[
    "shop",
    "keyword",
    "words",
    "draft",
    "program",
    "codes",
    "inbox",
    "member",
    "import",
    "export",
    "person",
    "pin",
    "device",
    "key",
    "webhook",
    "till",
    "staff-phone",
    "sender",
    "account",
    "merchant",
    "session",
];

/// The book, the latest first.
pub(super) async fn page(
    request: HttpRequest,
    crowd: Crowd,
    asked: web::Query<Asked>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let Asked { shop, subject, before } = asked.into_inner();
    let merchant = crowd.merchant_name(&gateway).await?;
    let page = match crowd.merchant_id {
        Some(id) => Page::of_merchant(&request, id, "audit"),
        None => Page::of(&request, "book"),
    };
    let shop_id = Uuid::try_parse(&shop).ok();
    let wanted = directory::Page { after: before, limit: SHOWN + 1 };
    let subject = SUBJECTS.iter().find(|known| **known == subject).map(|known| (*known).to_owned());
    let filter = AuditFilter { shop_id, subject, only_changes: true };
    let mut rows = gateway.store.audit(crowd.merchant_id, &filter, wanted).await?;
    let has_more = rows.len() as u64 > SHOWN;
    rows.truncate(usize::try_from(SHOWN).unwrap_or(usize::MAX));
    let subject = filter.subject.unwrap_or_default();
    let more = rows.last().filter(|_| has_more);
    let more = more.map(|last| format!("?shop={}&subject={subject}&before={}", shop_or_none(shop_id), last.id));
    let reader = Reader { say: page.say, crowd: &crowd, gateway: &gateway };
    let lines = rows.into_iter().map(|row| reader.line(row)).collect();
    let shop = shop_or_none(shop_id);
    let subjects =
        SUBJECTS.iter().map(|known| (*known, page.say.word("subject-name", known), *known == subject)).collect();
    Ok(html(StatusCode::OK, &AuditPage { page, crowd, merchant, shop, subjects, lines, more }))
}

fn shop_or_none(shop_id: Option<Uuid>) -> String {
    shop_id.map(|id| id.to_string()).unwrap_or_default()
}

/// Puts lines into words.
struct Reader<'r> {
    say: Say,
    crowd: &'r Crowd,
    gateway: &'r Gateway,
}

impl Reader<'_> {
    fn line(&self, row: AuditRow) -> Line {
        let fields = self.fields(row.before.as_deref(), row.after.as_deref());
        Line {
            when: self.say.moment(row.created_at, self.crowd.zone),
            who: self.who(row.actor, row.person_id),
            deed: self.say.word("deed", &row.deed),
            subject: self.say.word("subject", &row.subject),
            name: row.subject_name,
            shop: row.shop_id.map(|id| self.crowd.shop_name(id)),
            fields,
        }
    }

    /// A person or a key by its name; whoever has neither in words.
    fn who(&self, actor: String, person_id: Option<Uuid>) -> String {
        let said = self.say.word("actor", &actor.replace(' ', "-"));
        if person_id.is_some() || said.starts_with("actor-") { actor } else { said }
    }

    fn fields(&self, before: Option<&str>, after: Option<&str>) -> Vec<Field> {
        let read = |side: Option<&str>| -> BTreeMap<String, Value> {
            side.and_then(|written| serde_json::from_str(written).ok()).unwrap_or_default()
        };
        let (before, after) = (read(before), read(after));
        let mut paths: Vec<&String> = before.keys().chain(after.keys()).collect();
        paths.sort_unstable();
        paths.dedup();
        let fields = paths.into_iter().map(|path| Field {
            label: self.label(path),
            before: before.get(path).map(|value| self.value_of(path, value)),
            after: after.get(path).map(|value| self.value_of(path, value)),
        });
        fields.collect()
    }

    /// A field's name; the path itself where it is a part of something written by hand.
    fn label(&self, path: &str) -> String {
        let said = self.say.word("field", &path.replace(['_', '.'], "-"));
        if said.starts_with("field-") { path.replace('_', " ") } else { said }
    }

    /// A value; what a browser calls itself by the name that people know.
    fn value_of(&self, path: &str, value: &Value) -> String {
        match value.as_str().filter(|_| path == "browser") {
            Some(agent) => browser::told(self.say, agent),
            None => self.value(value),
        }
    }

    fn value(&self, value: &Value) -> String {
        match value {
            Value::Bool(true) => self.say.t("yes"),
            Value::Bool(false) => self.say.t("no"),
            Value::Number(number) => number.as_i64().map_or_else(|| number.to_string(), |whole| self.say.number(whole)),
            Value::String(text) => self.text(text),
            other => other.to_string(),
        }
    }

    /// Ids are told by the name of what they mean, times as they are where the shop is.
    fn text(&self, text: &str) -> String {
        if let Ok(id) = Uuid::try_parse(text) {
            let known = self.gateway.directory.read();
            let shop = known.directory.shop(id).filter(|shop| Some(shop.merchant_id) == self.crowd.merchant_id);
            let sender = known.directory.sender(id).map(|sender| sender.address.as_str().to_owned());
            return shop.map(|shop| shop.name.clone()).or(sender).unwrap_or_else(|| text.to_owned());
        }
        match DateTime::parse_from_rfc3339(text) {
            Ok(time) => self.say.moment(time.timestamp_millis(), self.crowd.zone),
            Err(_) => {
                let said = self.say.word("role", text);
                if said.starts_with("role-") { text.to_owned() } else { said }
            }
        }
    }
}
