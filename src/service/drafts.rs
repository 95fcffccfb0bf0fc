//! A program is changed at leisure: a draft is begun, changed, thrown away or published. What is in force is not touched by it.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::{
    audit::Line,
    change::{Change, ChangeError, Mistake},
    directory::frame,
    programs::{NewProgram, apply_within},
};
use crate::{
    domain::{program::Program, program::document::DOCUMENT_BYTES_MAX, shop::Shop},
    secrets::Vault,
    store::{drafts::DraftRow, programs::ProgramVersion},
};

/// Begins a draft of a shop's program: from `document`, which is the version `based_on`. Where there is one already, that stays,
/// unless it is to be replaced, as it was at the given moment.
///
/// # Errors
/// The one that is to be replaced was changed meanwhile, or the store failed.
pub async fn begin(
    change: Change<'_>,
    shop: &Shop,
    (document, based_on): (Value, i32),
    replaces: Option<i64>,
) -> Result<(), ChangeError> {
    let tx = change.store.begin().await?;
    let new = DraftRow {
        program_id: shop.program_id,
        merchant_id: shop.merchant_id,
        document,
        based_on,
        changed_at: change.now.timestamp_millis().max(replaces.unwrap_or(0) + 1),
        changed_by: change.author.name.clone(),
    };
    let line = line(shop, &new);
    let line = match (tx.draft(shop.program_id).await?, replaces) {
        (None, _) => {
            tx.insert_draft(&new).await?;
            line.created(json!({ "version": based_on }))
        }
        (Some(_), None) => return Ok(()),
        (Some(before), Some(seen)) => {
            if !tx.update_draft(&new, seen).await? {
                return Err(changed_meanwhile());
            }
            line.changed(before.document, new.document)
        }
    };
    change.note(&tx, line).await?;
    Ok(tx.commit().await?)
}

/// Keeps a changed document of a draft that is still as it was at `seen`.
///
/// # Errors
/// It is too long, or somebody else was faster; nothing is kept then.
pub async fn keep(
    change: Change<'_>,
    shop: &Shop,
    draft: &DraftRow,
    document: Value,
    seen: i64,
) -> Result<(), ChangeError> {
    if document.to_string().len() > DOCUMENT_BYTES_MAX {
        return Err(ChangeError::mistake("", format!("the program is longer than {} KiB", DOCUMENT_BYTES_MAX / 1024)));
    }
    let tx = change.store.begin().await?;
    let changed_at = change.now.timestamp_millis().max(seen + 1);
    let changed = DraftRow { document, changed_at, changed_by: change.author.name.clone(), ..draft.clone() };
    if !tx.update_draft(&changed, seen).await? {
        return Err(changed_meanwhile());
    }
    change.note(&tx, line(shop, draft).changed(draft.document.clone(), changed.document)).await?;
    Ok(tx.commit().await?)
}

/// Throws a draft away that is still as it was at `seen`.
///
/// # Errors
/// Somebody else changed it meanwhile.
pub async fn discard(change: Change<'_>, shop: &Shop, seen: i64) -> Result<(), ChangeError> {
    let tx = change.store.begin().await?;
    let draft = tx.draft(shop.program_id).await?.ok_or_else(changed_meanwhile)?;
    if !tx.delete_draft(shop.program_id, seen).await? {
        return Err(changed_meanwhile());
    }
    change.note(&tx, line(shop, &draft).removed(draft.document)).await?;
    Ok(tx.commit().await?)
}

/// What the book says of a draft; of one that several shops share, it says it for all of them.
fn line(shop: &Shop, draft: &DraftRow) -> Line {
    let only = (draft.program_id == shop.id).then_some(shop.id);
    Line::about("draft", draft.program_id, &shop.name).of(shop.merchant_id).at_shop(only)
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
    seen: i64,
) -> Result<ProgramVersion, ChangeError> {
    let (tx, revision) = change.begin().await?;
    if !tx.delete_draft(draft.program_id, seen).await? {
        return Err(changed_meanwhile());
    }
    let DraftRow { program_id, merchant_id, document, .. } = draft;
    let shop_ids = if program_id == shop.id { vec![shop.id] } else { Vec::new() };
    let new = NewProgram { id: program_id, document, valid_from, shop_ids };
    let by = Some(change.author.name.clone());
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
