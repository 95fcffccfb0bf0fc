//! A program is changed at leisure: a draft is begun, changed, thrown away or published. What is in force is not touched by it.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    change::{Change, ChangeError, Mistake},
    directory::frame,
    programs::{NewProgram, apply_within},
};
use crate::{
    domain::{program::Program, program::document::DOCUMENT_BYTES_MAX, shop::Shop},
    secrets::Vault,
    store::{Store, drafts::DraftRow, programs::ProgramVersion},
};

/// Whoever changes a draft, and which state of it they saw.
#[derive(Debug, Clone)]
pub struct Hand {
    /// Who, by name.
    pub by: String,
    /// The draft's `changed_at` as they saw it.
    pub seen: i64,
    /// The time.
    pub now: DateTime<Utc>,
}

/// Begins a draft of a shop's program: from `document`, which is the version `based_on`. Where there is one already, that stays,
/// unless it is to be replaced.
///
/// # Errors
/// The store failed.
pub async fn begin(
    store: &Store,
    shop: &Shop,
    (document, based_on): (Value, i32),
    hand: &Hand,
    replaces: bool,
) -> Result<(), ChangeError> {
    let tx = store.begin().await?;
    let new = DraftRow {
        program_id: shop.program_id,
        merchant_id: shop.merchant_id,
        document,
        based_on,
        changed_at: hand.now.timestamp_millis().max(hand.seen + 1),
        changed_by: hand.by.clone(),
    };
    if !tx.insert_draft(&new).await? && replaces && !tx.update_draft(&new, hand.seen).await? {
        return Err(changed_meanwhile());
    }
    tx.commit().await?;
    Ok(())
}

/// Keeps a changed document.
///
/// # Errors
/// It is too long, or somebody else was faster; nothing is kept then.
pub async fn keep(store: &Store, draft: &DraftRow, document: Value, hand: &Hand) -> Result<(), ChangeError> {
    if document.to_string().len() > DOCUMENT_BYTES_MAX {
        return Err(ChangeError::mistake("", format!("the program is longer than {} KiB", DOCUMENT_BYTES_MAX / 1024)));
    }
    let tx = store.begin().await?;
    let changed_at = hand.now.timestamp_millis().max(hand.seen + 1);
    let changed = DraftRow { document, changed_at, changed_by: hand.by.clone(), ..draft.clone() };
    if !tx.update_draft(&changed, hand.seen).await? {
        return Err(changed_meanwhile());
    }
    tx.commit().await?;
    Ok(())
}

/// Throws a draft away.
///
/// # Errors
/// Somebody else changed it meanwhile.
pub async fn discard(store: &Store, program_id: Uuid, hand: &Hand) -> Result<(), ChangeError> {
    let tx = store.begin().await?;
    if !tx.delete_draft(program_id, hand.seen).await? {
        return Err(changed_meanwhile());
    }
    tx.commit().await?;
    Ok(())
}

/// Puts a draft in force, from now or a later moment on; the draft is gone then.
///
/// # Errors
/// All that is wrong with it, or somebody else changed it meanwhile; nothing is published then.
pub async fn publish(
    change: Change<'_>,
    shop: &Shop,
    draft: DraftRow,
    valid_from: Option<DateTime<Utc>>,
    hand: &Hand,
) -> Result<ProgramVersion, ChangeError> {
    let (tx, revision) = change.begin().await?;
    if !tx.delete_draft(draft.program_id, hand.seen).await? {
        return Err(changed_meanwhile());
    }
    let DraftRow { program_id, merchant_id, document, .. } = draft;
    let shop_ids = if program_id == shop.id { vec![shop.id] } else { Vec::new() };
    let new = NewProgram { id: program_id, document, valid_from, shop_ids };
    let by = Some(hand.by.clone());
    let version = apply_within(&tx, revision, &change, Some(merchant_id), new, by).await?;
    change.finish(tx).await?;
    Ok(version)
}

/// A written program as it would be read for a shop.
///
/// # Errors
/// All that is wrong with it.
pub fn read(vault: &Vault, shop: &Shop, document: &Value, now: DateTime<Utc>) -> Result<Program, Vec<Mistake>> {
    let version = ProgramVersion {
        program_id: shop.program_id,
        merchant_id: shop.merchant_id,
        version: 0,
        valid_from: now.timestamp_millis(),
        currency: shop.currency.clone(),
        time_zone: shop.time_zone.name().to_owned(),
        document: Value::Null,
        created_at: now.timestamp_millis(),
        created_by: None,
    };
    let no_currency = || vec![mistake("", "the shop's currency is none that programs know")];
    let frame = frame(vault, &version).ok_or_else(no_currency)?;
    let said = |mistakes: Vec<crate::domain::profile::question::Mistake>| {
        mistakes.into_iter().map(|one| mistake(&one.path, &one.sentence)).collect()
    };
    Program::read(document, frame).map_err(said)
}

/// The program of a shop that has none of its own, as it would be written.
pub fn plain(shop: &Shop) -> Value {
    let welcome = json!({ "rule": "welcome", "points": shop.welcome_points });
    let earn = if shop.welcome_points > 0 { json!([welcome]) } else { json!([]) };
    json!({ "name": shop.name, "earn": earn })
}

fn mistake(field: &str, sentence: &str) -> Mistake {
    Mistake { field: field.to_owned(), sentence: sentence.to_owned() }
}

fn changed_meanwhile() -> ChangeError {
    ChangeError::Taken("somebody changed this draft meanwhile; look at it again".to_owned())
}
