//! The book of who changed what: a line in the transaction of every change, with what was different before and after.

pub mod pictures;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::{
    domain::{
        difference::{Different, difference},
        person::{OPERATOR, Person},
        shop::Shop,
    },
    store::{StoreError, Transaction, audit::AuditRow},
};

/// The most characters of a thing's name that are kept.
const NAME_CHARS_MAX: usize = 120;

/// Who changes something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// Who, where they signed in.
    pub person_id: Option<Uuid>,
    /// Their name, a key's name, `operator` or `command line`.
    pub name: String,
}

impl Author {
    /// Somebody who signed in.
    pub fn person(person: &Person) -> Self {
        Self { person_id: Some(person.id), name: person.name.clone() }
    }

    /// Whoever has a key of this name.
    pub fn named(name: impl Into<String>) -> Self {
        Self { person_id: None, name: name.into() }
    }

    /// Whoever has the operator's key.
    pub fn operator() -> Self {
        Self::named(OPERATOR)
    }

    /// Whoever sits at the machine.
    pub fn command_line() -> Self {
        Self::named("command line")
    }
}

/// A line as it is to be written: what was done to which thing.
#[derive(Debug, Clone)]
pub struct Line {
    merchant_id: Option<Uuid>,
    shop_id: Option<Uuid>,
    deed: &'static str,
    subject: &'static str,
    subject_id: Uuid,
    subject_name: String,
    before: Value,
    after: Value,
}

impl Line {
    /// About a thing of the gateway itself.
    pub fn about(subject: &'static str, id: Uuid, name: impl Into<String>) -> Self {
        let name: String = name.into();
        Self {
            merchant_id: None,
            shop_id: None,
            deed: CHANGED,
            subject,
            subject_id: id,
            subject_name: name.chars().take(NAME_CHARS_MAX).collect(),
            before: Value::Null,
            after: Value::Null,
        }
    }

    /// The same of a merchant.
    pub fn of(self, merchant_id: impl Into<Option<Uuid>>) -> Self {
        Self { merchant_id: merchant_id.into(), ..self }
    }

    /// The same of one shop.
    pub fn at(self, shop: &Shop) -> Self {
        Self { merchant_id: Some(shop.merchant_id), shop_id: Some(shop.id), ..self }
    }

    /// The same of one shop of the merchant, by its id.
    pub fn at_shop(self, shop_id: Option<Uuid>) -> Self {
        Self { shop_id, ..self }
    }

    /// It is there now.
    pub fn created(self, after: Value) -> Self {
        Self { deed: "created", after, ..self }
    }

    /// It is other than it was. Where it is not, nothing is written.
    pub fn changed(self, before: Value, after: Value) -> Self {
        Self { deed: CHANGED, before, after, ..self }
    }

    /// It is gone.
    pub fn removed(self, before: Value) -> Self {
        Self { deed: "removed", before, ..self }
    }

    /// Something else was done to it.
    pub fn did(self, deed: &'static str) -> Self {
        Self { deed, ..self }
    }
}

const CHANGED: &str = "changed";

/// Writes a line, in the transaction of what it tells of.
///
/// # Errors
/// The store failed.
pub async fn note(tx: &Transaction, author: &Author, now: DateTime<Utc>, line: Line) -> Result<(), StoreError> {
    let different = difference(&line.before, &line.after);
    if line.deed == CHANGED && different.is_empty() {
        return Ok(());
    }
    let row = AuditRow {
        id: Uuid::now_v7(),
        merchant_id: line.merchant_id,
        shop_id: line.shop_id,
        created_at: now.timestamp_millis(),
        person_id: author.person_id,
        actor: author.name.clone(),
        deed: line.deed.to_owned(),
        subject: line.subject.to_owned(),
        subject_id: Some(line.subject_id),
        subject_name: line.subject_name,
        before: written(&different, |one| one.before.as_ref()),
        after: written(&different, |one| one.after.as_ref()),
    };
    tx.insert_audit(&row).await
}

/// One side of what is different, as JSON; nothing where there is none.
fn written(different: &[Different], side: impl Fn(&Different) -> Option<&Value>) -> Option<String> {
    let fields = different.iter().filter_map(|one| Some((one.path.clone(), side(one)?.clone())));
    let fields: Map<String, Value> = fields.collect();
    (!fields.is_empty()).then(|| Value::Object(fields).to_string())
}
