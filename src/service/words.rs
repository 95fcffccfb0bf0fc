//! A shop says something in its own words, or as it is built in again.

use uuid::Uuid;

use super::{
    audit::Line,
    change::{Change, ChangeError, Mistake},
    keywords::Within,
};
use crate::{
    domain::{
        language::Language,
        words::{
            check::{Objection, check, tidy},
            topics::{self, Fixed},
        },
    },
    store::words::WordsRow,
};

/// Which text is meant: of which language, and which of those built in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextName {
    /// The language.
    pub language: Language,
    /// Its key.
    pub key: &'static str,
}

/// The text of this name.
///
/// # Errors
/// There is none, or it is said as built in everywhere.
pub fn find(language: &str, key: &str) -> Result<TextName, ChangeError> {
    let language = Language::all().find(|known| known.code() == language).ok_or(ChangeError::NotFound)?;
    if let Some(why) = topics::why_fixed(key) {
        return Err(ChangeError::mistake("key", why_not(why)));
    }
    let (_, key) = topics::find(key).ok_or(ChangeError::NotFound)?;
    Ok(TextName { language, key })
}

fn why_not(why: Fixed) -> &'static str {
    match why {
        Fixed::Several => "cannot be changed: it speaks of several shops, and is none's own",
        Fixed::Law => "cannot be changed: the law has it said so",
        Fixed::Part => "cannot be changed: other texts are put together from it",
    }
}

/// Says a text in a shop's own words from now on. `by` is who changed it.
pub async fn put(
    change: Change<'_>,
    within: Within,
    name: TextName,
    typed: &str,
    by: &str,
) -> Result<WordsRow, ChangeError> {
    let text = tidy(typed);
    check(name.language, name.key, &text).map_err(|objections| ChangeError::Mistaken(mistakes(&objections)))?;
    write(change, within, name, Some(text), by).await
}

/// Says a text as it is built in again.
pub async fn reset(change: Change<'_>, within: Within, name: TextName, by: &str) -> Result<WordsRow, ChangeError> {
    write(change, within, name, None, by).await
}

fn mistakes(objections: &[Objection]) -> Vec<Mistake> {
    let mistake = |objection: &Objection| Mistake { field: "text".to_owned(), sentence: objection.to_string() };
    objections.iter().map(mistake).collect()
}

/// What is said already is not written again.
async fn write(
    change: Change<'_>,
    within: Within,
    name: TextName,
    text: Option<String>,
    by: &str,
) -> Result<WordsRow, ChangeError> {
    let (tx, revision) = change.begin().await?;
    let shop = tx.shop(within.shop_id).await?;
    let shop = shop.filter(|shop| within.merchant_id.is_none_or(|id| shop.merchant_id == id));
    let shop = shop.ok_or(ChangeError::NotFound)?;
    let (language, key) = (name.language.code(), name.key);
    let in_force = tx.words_in_force(shop.id, language, key).await?;
    let row = WordsRow {
        id: Uuid::now_v7(),
        shop_id: shop.id,
        language: language.to_owned(),
        key: key.to_owned(),
        text,
        changed_at: change.now.timestamp_millis(),
        changed_by: by.to_owned(),
    };
    if in_force.as_ref().and_then(|known| known.text.as_ref()) == row.text.as_ref() {
        return Ok(in_force.unwrap_or(row));
    }
    tx.put_words(&row, revision).await?;
    let said = |text: Option<&String>| serde_json::json!({ "text": text });
    let line = Line::about("words", row.id, format!("{language}: {key}")).at(&shop);
    let before = said(in_force.as_ref().and_then(|known| known.text.as_ref()));
    change.note(&tx, line.changed(before, said(row.text.as_ref()))).await?;
    change.finish(tx).await?;
    Ok(row)
}
