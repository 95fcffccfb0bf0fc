//! A keyword is put on a sign, changes, or is taken down.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{
    audit::{Line, pictures},
    change::{Change, ChangeError},
    senders::{self, SenderName},
};
use crate::{
    domain::{
        directory::Directory,
        keyword::{Likeness, Objection, Phrase, objections},
        language::Language,
        shop::{Keyword, Shop},
    },
    store::Transaction,
};

/// A keyword as it is asked for.
#[derive(Debug, Clone)]
pub struct NewKeyword {
    /// What is on the sign.
    pub phrase: Phrase,
    /// The sender on which it is understood; `None`: the shop's.
    pub sender: Option<SenderName>,
    /// Where it hangs, or which campaign it belongs to.
    pub source: Option<String>,
    /// The language that its sign is written in; `None`: the shop's.
    pub language: Option<Language>,
    /// Not understood before.
    pub starts_at: Option<DateTime<Utc>>,
    /// Not understood from then on.
    pub ends_at: Option<DateTime<Utc>>,
}

/// What shall change of a keyword; `None` stays as it is.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "the fields of NewKeyword")]
pub struct KeywordChanges {
    pub phrase: Option<Phrase>,
    pub sender: Option<SenderName>,
    pub source: Option<Option<String>>,
    pub language: Option<Option<Language>>,
    pub starts_at: Option<Option<DateTime<Utc>>>,
    pub ends_at: Option<Option<DateTime<Utc>>>,
}

impl KeywordChanges {
    /// Whether other texts are understood afterwards, or at other times. The rest may change of a keyword that would be
    /// refused by the rules of today.
    fn changes_what_is_understood(&self) -> bool {
        self.phrase.is_some() || self.sender.is_some() || self.starts_at.is_some() || self.ends_at.is_some()
    }
}

/// Where a keyword is looked for: in this shop, and with `merchant_id` only if the shop is that merchant's.
#[derive(Debug, Clone, Copy)]
pub struct Within {
    /// The caller, where it is a merchant.
    pub merchant_id: Option<Uuid>,
    /// The shop.
    pub shop_id: Uuid,
}

/// Adds a keyword to a shop.
pub async fn create(change: Change<'_>, within: Within, new: NewKeyword) -> Result<Keyword, ChangeError> {
    let (tx, revision) = change.begin().await?;
    let shop = find_shop(&tx, within).await?;
    let sender_id = match &new.sender {
        Some(name) => senders::find_for(&tx, shop.merchant_id, name).await?.id,
        None => shop.sender_id,
    };
    let keyword = Keyword {
        id: Uuid::now_v7(),
        shop_id: shop.id,
        sender_id,
        phrase: new.phrase,
        source: new.source,
        language: new.language,
        starts_at: new.starts_at,
        ends_at: new.ends_at,
        created_at: change.now,
    };
    refuse_clash(change, &tx, &keyword).await?;
    tx.insert_keyword(&keyword, revision).await?;
    change.note(&tx, line(&keyword, &shop).created(pictures::of_keyword(&keyword))).await?;
    change.finish(tx).await?;
    Ok(keyword)
}

/// Changes a keyword.
pub async fn update(
    change: Change<'_>,
    within: Within,
    id: Uuid,
    changes: KeywordChanges,
) -> Result<Keyword, ChangeError> {
    let (tx, revision) = change.begin().await?;
    let shop = find_shop(&tx, within).await?;
    let mut keyword = find_keyword(&tx, &shop, id).await?;
    let before = pictures::of_keyword(&keyword);
    if let Some(name) = &changes.sender {
        keyword.sender_id = senders::find_for(&tx, shop.merchant_id, name).await?.id;
    }
    let is_other = changes.changes_what_is_understood();
    let KeywordChanges { phrase, sender: _, source, language, starts_at, ends_at } = changes;
    keyword.phrase = phrase.unwrap_or(keyword.phrase);
    keyword.source = source.unwrap_or(keyword.source);
    keyword.language = language.unwrap_or(keyword.language);
    keyword.starts_at = starts_at.unwrap_or(keyword.starts_at);
    keyword.ends_at = ends_at.unwrap_or(keyword.ends_at);
    if is_other {
        refuse_clash(change, &tx, &keyword).await?;
    }
    tx.update_keyword(&keyword, revision).await?;
    change.note(&tx, line(&keyword, &shop).changed(before, pictures::of_keyword(&keyword))).await?;
    change.finish(tx).await?;
    Ok(keyword)
}

/// Deletes a keyword; who joined by it stays a member.
pub async fn delete(change: Change<'_>, within: Within, id: Uuid) -> Result<(), ChangeError> {
    let (tx, revision) = change.begin().await?;
    let shop = find_shop(&tx, within).await?;
    let keyword = find_keyword(&tx, &shop, id).await?;
    tx.delete_keyword(keyword.id, change.now.timestamp_millis(), revision).await?;
    change.note(&tx, line(&keyword, &shop).removed(pictures::of_keyword(&keyword))).await?;
    change.finish(tx).await
}

fn line(keyword: &Keyword, shop: &Shop) -> Line {
    Line::about("keyword", keyword.id, keyword.phrase.display()).at(shop)
}

async fn find_shop(tx: &Transaction, within: Within) -> Result<Shop, ChangeError> {
    let shop = tx.shop(within.shop_id).await?;
    shop.filter(|shop| within.merchant_id.is_none_or(|id| shop.merchant_id == id)).ok_or(ChangeError::NotFound)
}

async fn find_keyword(tx: &Transaction, shop: &Shop, id: Uuid) -> Result<Keyword, ChangeError> {
    let keyword = tx.keyword(id).await?;
    keyword.filter(|keyword| keyword.shop_id == shop.id).ok_or(ChangeError::NotFound)
}

/// Two keywords that are understood as the same text on one sender at one time would be a lottery, and two that are
/// nearly the same a trap.
async fn refuse_clash(change: Change<'_>, tx: &Transaction, keyword: &Keyword) -> Result<(), ChangeError> {
    if matches!((keyword.starts_at, keyword.ends_at), (Some(start), Some(end)) if end <= start) {
        return Err(ChangeError::mistake("ends_at", "must be later than starts_at"));
    }
    let alike = tx.keywords_like(keyword.sender_id, keyword.phrase.normal()).await?;
    let alike = alike.iter().map(|other| (Likeness::SAME, other)).filter(|(_, other)| other.overlaps(keyword));
    refuse(objections(keyword, &alike.collect::<Vec<_>>()))?;
    refuse_near(change, tx, keyword).await
}

/// Near ones are found by the directory in memory. It may lag behind what is kept; what it lacks is read in this
/// transaction, and nothing is added meanwhile, since every change waits for this one.
async fn refuse_near(change: Change<'_>, tx: &Transaction, keyword: &Keyword) -> Result<(), ChangeError> {
    let known = change.directory.read().revision();
    let (newer, changed) = tx.keywords_since(known, keyword.sender_id).await?;
    let live = change.directory.read();
    let old = like(&live.directory, keyword, change.now).into_iter().filter(|(_, other)| !changed.contains(&other.id));
    let newer = newer.iter().filter(|other| is_understood_along(other, keyword, change.now));
    let newer = newer.filter_map(|other| Some((keyword.phrase.likeness(&other.phrase)?, other)));
    refuse(objections(keyword, &old.chain(newer).collect::<Vec<_>>()))
}

/// The keywords on the same sender that are like this one and understood at some time when it is.
pub fn like<'a>(directory: &'a Directory, keyword: &Keyword, now: DateTime<Utc>) -> Vec<(Likeness, &'a Keyword)> {
    let like = directory.like(keyword.sender_id, &keyword.phrase).into_iter();
    like.filter(|(_, other)| is_understood_along(other, keyword, now)).collect()
}

fn is_understood_along(other: &Keyword, keyword: &Keyword, now: DateTime<Utc>) -> bool {
    other.overlaps(keyword) && other.ends_at.is_none_or(|end| now < end)
}

fn refuse(objections: Vec<Objection>) -> Result<(), ChangeError> {
    match objections.into_iter().find(|objection| objection.refuses) {
        None => Ok(()),
        Some(objection) if objection.clashes => Err(ChangeError::Taken(objection.sentence)),
        Some(objection) => Err(ChangeError::mistake("phrase", objection.sentence)),
    }
}
