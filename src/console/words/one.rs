//! One text: as built in beside the shop's own, how it will be read, what it said before.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use serde::Deserialize;

use super::{
    hints::{Wrong, tell},
    look::{Desk, Look, Price},
};
use crate::{
    console::{
        form::Posted,
        page::{Page, go_done, html},
        say::Say,
        trouble::Trouble,
        viewer::AtShop,
    },
    domain::{
        access::Role,
        words::{
            Template as Text, as_built_in,
            check::{check, tidy},
            holes::holes_of,
            lawful::is_lawful,
            plain::{in_gsm, in_gsm_without_accents},
            topics,
        },
    },
    http::Gateway,
    service::{
        keywords::Within,
        words::{self, TextName},
    },
    store::words::WordsRow,
};

/// How many of the texts before are shown.
const BEFORE_SHOWN: u64 = 20;
/// The numbers by which words change as a rule.
const COUNTED: &[&str] = &["count", "points", "stamps", "missing"];
/// The most characters that are read of what is typed; more is refused anyway.
const TYPED_MAX: usize = 4_000;

/// The form.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in crate::console) struct TextForm {
    text: String,
    price: String,
    /// Pressed to look, not to save.
    look: String,
    /// Pressed to have it rewritten: `marks` or `accents`.
    plain: String,
}

/// A hole as the page lists it.
struct HoleRow {
    written: String,
    meaning: String,
}

/// A text that was said before.
struct Before {
    text: Option<String>,
    by: String,
    at: String,
    is_now: bool,
}

#[derive(Template)]
#[template(path = "words_text.html")]
struct TextPage {
    page: Page,
    /// Where the list is, on the topic of this text.
    back: String,
    /// Where this page is.
    here: String,
    language: String,
    typed: String,
    built_in: String,
    is_own: bool,
    is_lawful: bool,
    may_write: bool,
    holes: Vec<HoleRow>,
    forms_example: Option<String>,
    wrong: Vec<Wrong>,
    price: String,
    look: Look,
    before: Vec<Before>,
}

/// How a text looks, alone: what the page's script asks for while one types.
#[derive(Template)]
#[template(path = "words_part.html")]
struct LookPart {
    page: Page,
    look: Look,
    wrong: Vec<Wrong>,
    may_write: bool,
}

/// The text that the address names.
fn name_in(request: &HttpRequest) -> Result<TextName, Trouble> {
    let part = |name: &str| request.match_info().get(name).unwrap_or_default();
    words::find(part("language"), part("key")).map_err(|_| Trouble::NotFound)
}

/// What is typed, and what is to be seen of it.
struct Draft {
    text: String,
    price: String,
    wrong: Vec<Wrong>,
    look: Look,
}

impl Draft {
    fn of(say: Say, gateway: &Gateway, at: &AtShop, name: TextName, typed: &str, price: &str) -> Self {
        let text = tidy(&typed.chars().take(TYPED_MAX).collect::<String>());
        let (language, key) = (name.language, name.key);
        let objections = check(language, key, &text).err().unwrap_or_default();
        let wrong = objections.iter().map(|objection| tell(say, key, objection)).collect();
        let read = Text::read(&text, language, key).ok();
        let is_readable = read.is_some();
        let price = Price::read(price, &at.shop.currency);
        let desk = Desk::of(gateway, &at.shop, language).with(key, read);
        let look = Look::of(&desk, key, &text, is_readable, (say, price));
        Self { text, price: price.written(), wrong, look }
    }
}

/// The text as it is said now.
pub(in crate::console) async fn page(
    request: HttpRequest,
    at: AtShop,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let name = name_in(&request)?;
    let before = before(&gateway, &at, name).await?;
    let now = before.first().and_then(|row| row.text.clone());
    let typed = now.unwrap_or_else(|| as_built_in(name.language, name.key));
    let page = Page::of_shop(&request, &at.shop, "words");
    let mut draft = Draft::of(page.say, &gateway, &at, name, &typed, "");
    draft.wrong.clear();
    Ok(html(StatusCode::OK, &TextPage::new(page, &at, name, draft, before)))
}

/// Keeps a text, or only looks at it.
pub(in crate::console) async fn submit(
    request: HttpRequest,
    at: AtShop,
    form: Posted<TextForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let name = name_in(&request)?;
    let Posted(form) = form;
    let typed = match &*form.plain {
        "" => form.text,
        "accents" => in_gsm_without_accents(&form.text),
        _ => in_gsm(&form.text),
    };
    let page = Page::of_shop(&request, &at.shop, "words");
    let draft = Draft::of(page.say, &gateway, &at, name, &typed, &form.price);
    let only_looks = !form.look.is_empty() || !form.plain.is_empty();
    if !only_looks && draft.wrong.is_empty() {
        let by = &at.viewer.person.name;
        words::put(gateway.change(&at.viewer.author()), within(&at), name, &draft.text, by).await?;
        return Ok(go_done(&address(&at, name), "words"));
    }
    let status = if only_looks { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let before = before(&gateway, &at, name).await?;
    Ok(html(status, &TextPage::new(page, &at, name, draft, before)))
}

/// How a text looks that is being typed.
pub(in crate::console) async fn look(
    request: HttpRequest,
    at: AtShop,
    form: Posted<TextForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let name = name_in(&request)?;
    let page = Page::of_shop(&request, &at.shop, "words");
    let Draft { look, wrong, .. } = Draft::of(page.say, &gateway, &at, name, &form.0.text, &form.0.price);
    Ok(html(StatusCode::OK, &LookPart { page, look, wrong, may_write: true }))
}

/// Says a text as it is built in again.
pub(in crate::console) async fn reset(
    request: HttpRequest,
    at: AtShop,
    form: Posted<Vec<(String, String)>>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let name = name_in(&request)?;
    let Posted(_) = form;
    words::reset(gateway.change(&at.viewer.author()), within(&at), name, &at.viewer.person.name).await?;
    Ok(go_done(&address(&at, name), "words-reset"))
}

fn within(at: &AtShop) -> Within {
    Within { merchant_id: Some(at.shop.merchant_id), shop_id: at.shop.id }
}

fn address(at: &AtShop, name: TextName) -> String {
    format!("/console/shops/{}/words/{}/{}", at.shop.id, name.language.code(), name.key)
}

async fn before(gateway: &Gateway, at: &AtShop, name: TextName) -> Result<Vec<WordsRow>, Trouble> {
    Ok(gateway.store.words_before(at.shop.id, name.language.code(), name.key, BEFORE_SHOWN).await?)
}

impl TextPage {
    fn new(page: Page, at: &AtShop, name: TextName, draft: Draft, before: Vec<WordsRow>) -> Self {
        let TextName { language, key } = name;
        let topic = topics::find(key).map_or("joining", |(topic, _)| topic.name);
        let (say, zone) = (page.say, at.shop.time_zone);
        let is_own = before.first().is_some_and(|row| row.text.is_some());
        let show = |(place, row): (usize, WordsRow)| Before {
            text: row.text,
            by: row.changed_by,
            at: say.moment(row.changed_at, zone),
            is_now: place == 0,
        };
        let holes = holes_of(key);
        let forms = |hole: &str| {
            let forms: Vec<String> = (1..=language.plurals().len()).map(|place| say.n("words-form", place)).collect();
            format!("{{{hole}|{}}}", forms.join("|"))
        };
        let number =
            holes.iter().find(|hole| COUNTED.contains(&hole.name) && hole.is_number && language.plurals().len() > 1);
        Self {
            back: format!("/console/shops/{}/words?language={}&topic={topic}", at.shop.id, language.code()),
            here: address(at, name),
            language: say.word("words-in", language.code()),
            typed: draft.text,
            built_in: as_built_in(language, key),
            is_own,
            is_lawful: is_lawful(key),
            may_write: at.viewer.may(Role::Manager),
            holes: holes
                .iter()
                .map(|hole| HoleRow { written: format!("{{{}}}", hole.name), meaning: say.word("hole", hole.name) })
                .collect(),
            forms_example: number.map(|hole| forms(hole.name)),
            wrong: draft.wrong,
            price: draft.price,
            look: draft.look,
            before: before.into_iter().enumerate().map(show).collect(),
            page: page.named(say.word("words-label", key)),
        }
    }
}
