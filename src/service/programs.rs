//! A program is applied: checked as a whole, kept as a new version, given to shops.

use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

use super::{
    audit::{Line, pictures},
    change::{Change, ChangeError, Mistake},
    directory::frame,
    ledger::{Holder, person},
};
use crate::{
    clock::from_millis,
    domain::{
        program::Program,
        purse::{Cause, Occasion, draw::Draw},
        shop::Shop,
        text::Text,
    },
    secrets::random_bytes,
    store::{Transaction, programs::ProgramVersion, purses::LedgerWrites},
};

/// A program as it is asked for.
#[derive(Debug, Clone)]
pub struct NewProgram {
    /// Its id: that of a shop for the shop's own program, or any other for one that shops share.
    pub id: Uuid,
    /// As it is written.
    pub document: Value,
    /// From when on it shall be in force; at once where nothing is said.
    pub valid_from: Option<DateTime<Utc>>,
    /// Shops that shall have it, besides those that have it already.
    pub shop_ids: Vec<Uuid>,
}

/// Applies a program. With `merchant_id`, only one of that merchant's.
///
/// # Errors
/// All that is wrong with it; nothing is kept then.
pub async fn apply(
    change: Change<'_>,
    merchant_id: Option<Uuid>,
    new: NewProgram,
) -> Result<ProgramVersion, ChangeError> {
    let (tx, revision) = change.begin().await?;
    let version = apply_within(&tx, revision, &change, merchant_id, new, None).await?;
    change.finish(tx).await?;
    Ok(version)
}

/// Applies a program within a transaction that the caller finishes; `by` is who does it, by name.
pub(super) async fn apply_within(
    tx: &Transaction,
    revision: i64,
    change: &Change<'_>,
    merchant_id: Option<Uuid>,
    new: NewProgram,
    by: Option<String>,
) -> Result<ProgramVersion, ChangeError> {
    let shops = find_shops(tx, merchant_id, &new).await?;
    let first = shops.first().ok_or_else(|| {
        ChangeError::mistake("shop_ids", "name at least one shop for a new program; GET /v1/shops lists them")
    })?;
    let last = tx.last_program_version(new.id).await?;
    let version = ProgramVersion {
        program_id: new.id,
        merchant_id: first.merchant_id,
        version: last.map_or(1, |(version, _)| version + 1),
        valid_from: valid_from(&new, last.map(|(_, from)| from), change.now)?.timestamp_millis(),
        currency: first.currency.clone(),
        time_zone: first.time_zone.name().to_owned(),
        document: new.document,
        created_at: change.now.timestamp_millis(),
        created_by: by,
    };
    let program = check(change, &version, &shops)?;
    if last.is_none() {
        tx.insert_program(new.id, first.merchant_id, change.now.timestamp_millis()).await?;
    }
    note(change, tx, &version, &shops).await?;
    tx.insert_program_version(&version, revision).await?;
    for mut shop in shops {
        if shop.program_id != new.id {
            let picture = pictures::of_shop(&shop);
            let before = std::mem::replace(&mut shop.program_id, new.id);
            tx.update_shop(&shop, revision).await?;
            let line = Line::about("shop", shop.id, &shop.name).at(&shop);
            change.note(tx, line.changed(picture, pictures::of_shop(&shop))).await?;
            let before = change.directory.read().directory.program_at(before, change.now).cloned();
            if let Some(before) = before {
                move_members(tx, &before, &program, change.now).await?;
            }
        }
    }
    Ok(version)
}

/// Writes a new version into the book, beside the one before it.
async fn note(
    change: &Change<'_>,
    tx: &Transaction,
    version: &ProgramVersion,
    shops: &[Shop],
) -> Result<(), ChangeError> {
    let before = tx.program_document(version.program_id, version.version - 1).await?;
    let before = before.map(|(from, document)| pictures::of_program(version.version - 1, from, &document));
    let names: Vec<&str> = shops.iter().map(|shop| &*shop.name).collect();
    let only = shops.first().filter(|_| shops.len() == 1).map(|shop| shop.id);
    let line = Line::about("program", version.program_id, names.join(", ")).of(version.merchant_id).at_shop(only);
    let after = pictures::of_program_version(version);
    let line = match before {
        Some(before) => line.changed(before, after),
        None => line.created(after),
    };
    change.note(tx, line).await
}

/// The shops of the program, those that have it and those that shall.
async fn find_shops(tx: &Transaction, merchant_id: Option<Uuid>, new: &NewProgram) -> Result<Vec<Shop>, ChangeError> {
    let mut ids = tx.shops_of_program(new.id).await?;
    ids.extend(new.shop_ids.iter().filter(|id| !ids.contains(id)).copied().collect::<Vec<_>>());
    let mut merchant_id = match tx.merchant_of_program(new.id).await? {
        Some(owner) if merchant_id.is_some_and(|id| id != owner) => return Err(ChangeError::NotFound),
        Some(owner) => Some(owner),
        None => merchant_id,
    };
    let mut shops = Vec::new();
    for id in ids {
        let shop = tx.shop(id).await?.filter(|shop| merchant_id.is_none_or(|id| shop.merchant_id == id));
        let shop =
            shop.ok_or_else(|| ChangeError::mistake("shop_ids", format!("there is no shop {id} of this merchant")))?;
        merchant_id = Some(shop.merchant_id);
        shops.push(shop);
    }
    let currency = shops.first().map(|shop| shop.currency.clone());
    if shops.iter().any(|shop| Some(&shop.currency) != currency.as_ref()) {
        return Err(ChangeError::mistake("shop_ids", "shops that share a program have the same currency"));
    }
    Ok(shops)
}

fn valid_from(new: &NewProgram, last: Option<i64>, now: DateTime<Utc>) -> Result<DateTime<Utc>, ChangeError> {
    let from = new.valid_from.unwrap_or(now);
    if from < now {
        return Err(ChangeError::mistake(
            "valid_from",
            "must not be in the past: what was earned stays as it was judged",
        ));
    }
    match last.map(from_millis).filter(|last| from < *last) {
        Some(last) => Err(ChangeError::mistake(
            "valid_from",
            format!("must not be before {}, when the latest version comes into force", last.to_rfc3339()),
        )),
        None => Ok(from),
    }
}

fn check(change: &Change<'_>, version: &ProgramVersion, shops: &[Shop]) -> Result<Program, ChangeError> {
    let frame = frame(change.vault, version);
    let frame =
        frame.ok_or_else(|| ChangeError::mistake("shop_ids", "the shop's currency is none that programs know"))?;
    let program = Program::read(&version.document, frame).map_err(|mistakes| {
        let said = mistakes.into_iter().map(|mistake| Mistake { field: mistake.path, sentence: mistake.sentence });
        ChangeError::Mistaken(said.collect())
    })?;
    let known = change.directory.read();
    for (place, rule) in program.rules.iter().enumerate() {
        for word in
            rule.earn.as_action().and_then(|action| action.word.as_ref()).into_iter().flat_map(|word| word.all())
        {
            let is_keyword =
                |shop: &Shop| known.directory.keyword_of(shop.sender_id, &Text::read(word), change.now).is_some();
            if shops.iter().any(is_keyword) {
                let sentence = format!("{word} is a keyword on this number; choose another");
                return Err(ChangeError::mistake(&format!("earn[{place}].word"), sentence));
            }
        }
    }
    Ok(program)
}

/// Members keep what they hold when their shop changes its program.
async fn move_members(tx: &Transaction, from: &Program, to: &Program, now: DateTime<Utc>) -> Result<(), ChangeError> {
    if !tx.shops_of_program(from.id).await?.is_empty() {
        return Ok(());
    }
    tx.move_purses(from.id, to.id, now.timestamp_millis()).await?;
    for (left, other) in tx.purses_left_behind(from.id, to.id).await? {
        join_purses(tx, (left, from), (other, to), now).await?;
    }
    Ok(())
}

/// The points of a purse go into another of the same member; what else it holds stays where it is.
async fn join_purses(
    tx: &Transaction,
    (left, from): (Uuid, &Program),
    (other, to): (Uuid, &Program),
    now: DateTime<Utc>,
) -> Result<(), ChangeError> {
    let rows = tx.purses(&[left, other]).await?;
    let purse = |id| rows.iter().find(|row| row.id == id).cloned();
    let (Some(left), Some(other)) = (purse(left), purse(other)) else { return Ok(()) };
    let points = left.purse.available;
    let Some(holder) = tx.holder(other.member_id).await?.filter(|_| points > 0) else { return Ok(()) };
    let person = person(holder.birthday.as_deref(), holder.answers);
    let occasion = Occasion {
        cause: Cause::new("moved", to.id),
        at: now,
        shop_id: None,
        actor: "merchant".to_owned(),
        reason: Some("the shop changed its program".to_owned()),
    };
    let mut draw = Draw::new(random_bytes()?);
    let mut writes = LedgerWrites::default();
    for (row, program, points) in [(left, from, -points), (other, to, points)] {
        let change = row.purse.adjust(program, points, occasion.clone(), &mut draw);
        if let Ok(change) = change {
            Holder { purse_id: row.id, member_id: row.member_id, program, person: &person }.keep(
                &change,
                now,
                &mut writes,
            );
        }
    }
    tx.write_ledger(&writes).await?;
    Ok(())
}
