//! Texts that were taken in before under another id of the provider.

use std::collections::HashSet;

use serde::Serialize;
use uuid::Uuid;

use super::{
    Result, Transaction,
    rows::{Columns, Kind, given},
};

/// How many texts of a phone to a sender are looked through, newest first: what a stuttering modem hands in comes at once.
const LOOKED_THROUGH_MAX: u8 = 20;

/// A text whose equal is looked for.
#[derive(Debug, Clone, Copy)]
pub struct EqualText<'a> {
    /// The sender it was addressed to.
    pub sender_id: Uuid,
    /// Who texted.
    pub address: &'a str,
    /// What was typed.
    pub body: &'a str,
    /// Unix milliseconds; what came at this moment or before does not count.
    pub since: i64,
}

const EQUAL_TEXT: Columns = &[
    ("place", Kind::Integer),
    ("sender_id", Kind::Uuid),
    ("address", Kind::Text),
    ("body", Kind::Text),
    ("since", Kind::Integer),
];

impl Transaction {
    /// The places, among these texts, of those whose equal was taken in since. Their authors must be locked, so that no
    /// other node takes one in meanwhile.
    pub async fn texts_taken_in(&self, texts: &[EqualText<'_>]) -> Result<HashSet<usize>> {
        let sql = format!(
            "SELECT given.place FROM {} WHERE EXISTS (SELECT 1 FROM (SELECT i.body, i.received_at FROM inbound AS i \
             WHERE i.address = given.address AND i.sender_id = given.sender_id ORDER BY i.id DESC \
             LIMIT {LOOKED_THROUGH_MAX}) AS lately WHERE lately.body = given.body AND lately.received_at > given.since)",
            given(self.backend(), EQUAL_TEXT)
        );
        let rows: Vec<_> = texts.iter().enumerate().map(values).collect();
        let found = self.query(&sql, &rows, Vec::new()).await?;
        let place = |row: &sea_orm::QueryResult| Ok(row.try_get_by_index::<i64>(0).map(|place| place as usize)?);
        found.iter().map(place).collect()
    }
}

fn values<'a>((place, text): (usize, &'a EqualText<'_>)) -> impl Serialize + 'a {
    (place, text.sender_id, text.address, text.body, text.since)
}
