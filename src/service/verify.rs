//! Checking the ledger: every purse is reckoned anew from its entries, and what differs is told.

use std::{collections::BTreeMap, fmt};

use uuid::Uuid;

use crate::{
    domain::purse::{Book, Purse},
    store::{Result, Store, verify::BookSum},
};

/// How many purses are looked at together.
const PAGE: u64 = 1_000;

/// What does not agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The purse.
    pub purse_id: Uuid,
    /// What of it.
    pub what: String,
    /// What the purse says.
    pub kept: i64,
    /// What its entries say.
    pub reckoned: i64,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { purse_id, what, kept, reckoned } = self;
        write!(f, "purse {purse_id}: {what} is {kept}, and its entries make {reckoned}")
    }
}

/// Looks at every purse; `progress` is told how many were looked at.
pub async fn verify(store: &Store, mut progress: impl FnMut(u64)) -> Result<(u64, Vec<Difference>)> {
    let (mut after, mut looked_at, mut differences) = (Uuid::nil(), 0, Vec::new());
    loop {
        let page = store.purse_page(after, PAGE).await?;
        let Some(last) = page.last() else { return Ok((looked_at, differences)) };
        after = last.id;
        for row in &page {
            differences.extend(compare(row.id, &row.purse, (row.available, row.pending, row.locked), &row.sums));
            differences.extend(compare_vouchers(row.id, &row.purse, row.vouchers));
        }
        looked_at += page.len() as u64;
        progress(looked_at);
    }
}

fn compare(id: Uuid, purse: &Purse, columns: (i64, i64, i64), sums: &[BookSum]) -> Vec<Difference> {
    let mut reckoned: BTreeMap<(Option<&str>, Book), i64> = BTreeMap::new();
    let mut entries = 0;
    for sum in sums {
        entries += sum.entries;
        for (book, sign) in [(&sum.from_book, -1), (&sum.to_book, 1)] {
            if let Some(book) = Book::from_word(book) {
                *reckoned.entry((sum.card.as_deref(), book)).or_default() += sign * sum.amount;
            }
        }
    }
    let points = |book| reckoned.get(&(None, book)).copied().unwrap_or(0);
    let lots: i64 = purse.lots.iter().map(|lot| lot.points).sum();
    let mut pairs = vec![
        ("the spendable balance".to_owned(), purse.available, points(Book::Available)),
        ("what is pending".to_owned(), purse.pending_points(), points(Book::Pending)),
        ("what vouchers hold".to_owned(), purse.locked_points(), points(Book::Locked)),
        ("the column available".to_owned(), columns.0, points(Book::Available)),
        ("the column pending".to_owned(), columns.1, points(Book::Pending)),
        ("the column locked".to_owned(), columns.2, points(Book::Locked)),
        ("the sum of its lots".to_owned(), lots, points(Book::Available).max(0)),
        ("the number of entries".to_owned(), purse.entries, entries),
    ];
    for (card, stamps) in &purse.cards {
        let given = -reckoned.get(&(Some(card), Book::Outside)).copied().unwrap_or(0);
        pairs.push((format!("the stamps of {card}"), stamps.given, given));
    }
    let differs = |(_, kept, reckoned): &(String, i64, i64)| kept != reckoned;
    let told = |(what, kept, reckoned)| Difference { purse_id: id, what, kept, reckoned };
    pairs.into_iter().filter(differs).map(told).collect()
}

fn compare_vouchers(id: Uuid, purse: &Purse, issued: i64) -> Option<Difference> {
    let kept = i64::try_from(purse.vouchers.len()).unwrap_or(i64::MAX);
    let what = "the number of vouchers".to_owned();
    (kept != issued).then_some(Difference { purse_id: id, what, kept, reckoned: issued })
}
