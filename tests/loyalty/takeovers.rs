//! What was held in another system is taken over whole: nothing lost, nothing doubled, nothing given for it.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, Utc};
use proptest::{collection::vec, prelude::*};
use uuid::Uuid;

use regulars::domain::purse::{
    Book, Occasion, Person, Purse,
    draw::Draw,
    import::{Opening, Past, cause_of, first_entry},
};

use super::desk::{NEW_YORK, program};

const PROGRAM: &str = r#"
name = "Club"
expiry = { after_months = 12, inactive_months = 6 }
pending_days = 3
[[earn]]
rule = "spend"
points = 1
[[earn]]
rule = "card"
stamps = 10
reward = "tea"
[[rewards]]
id = "tea"
name = "Tea"
cost = 15
[tiers]
by = "points"
window = { last_months = 3 }
[[tiers.levels]]
id = "base"
name = "Base"
from = 0
gifts = [{ reward = "tea", per = "quarter" }]
[[tiers.levels]]
id = "gold"
name = "Gold"
from = 500
gifts = [{ reward = "tea", per = "month" }]
"#;

fn now() -> DateTime<Utc> {
    "2026-05-11T15:00:00Z".parse().unwrap()
}

fn any_opening() -> impl Strategy<Value = Opening> {
    let past = vec((1_i64..2_000, -500_i64..500), 0..6).prop_map(|lines| {
        let past = |(days, points)| Past { at: now() - Duration::days(days), points, reason: None };
        let mut lines: Vec<Past> = lines.into_iter().map(past).collect();
        lines.sort_by_key(|past| past.at);
        lines
    });
    (-300_i64..3_000, 0_i64..2_000, 0_i64..35, any::<bool>(), past).prop_map(
        |(points, lifetime, stamps, gold, past)| Opening {
            points,
            lifetime,
            stamps,
            level: gold.then(|| "gold".to_owned()),
            past,
        },
    )
}

proptest! {
    #[test]
    fn books_are_right_after_any_takeover(first in any_opening(), second in any_opening()) {
        let program = program(PROGRAM, 1, now() - Duration::days(100), NEW_YORK);
        let purse_id = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0007);
        let mut draw = Draw::new([3; 16]);
        let mut purse = Purse::default();
        let mut ids = BTreeSet::new();
        let mut available = 0;
        for (source, opening) in [("one", &first), ("two", &second)] {
            let occasion = Occasion { cause: cause_of(source), at: now(), shop_id: None, actor: "operator".to_owned(), reason: None };
            let change = purse.clone().import(&program, opening, occasion, &mut draw);
            let moved = |entry: &&regulars::domain::purse::Entry| entry.card.is_none();
            let sum: i64 = change.entries.iter().filter(moved).map(|entry| {
                i64::from(entry.to == Book::Available) * entry.amount - i64::from(entry.from == Book::Available) * entry.amount
            }).sum();
            available += opening.points;
            prop_assert_eq!(sum, opening.points);
            prop_assert_eq!(change.purse.available, available);
            prop_assert_eq!(change.purse.lots.iter().map(|lot| lot.points).sum::<i64>(), available.max(0));
            prop_assert!(change.purse.pending.is_empty(), "all can be spent at once");
            prop_assert_eq!(opening.leaves_entries(), !change.entries.is_empty());
            if let Some(entry) = change.entries.first() {
                prop_assert_eq!(entry.id(purse_id), first_entry(purse_id, source));
            }
            for entry in &change.entries {
                prop_assert!(ids.insert(entry.id(purse_id)), "an id twice");
                let id = entry.id(purse_id);
                prop_assert_eq!(&id.as_bytes()[..6], &purse_id.as_bytes()[..6]);
            }
            prop_assert_eq!(change.entries.len() as i64 + purse.entries, change.purse.entries);
            prop_assert!(change.issued.iter().all(|voucher| voucher.of == "card"), "only a full card gives something");
            if opening.level.is_some() {
                let day = program.day(now());
                let level = change.purse.level_now(&program, day).map(|level| level.id.as_str());
                prop_assert_eq!(level, Some("gold"));
            }
            purse = change.purse;
        }
        // The night after nothing lapses and nothing is given.
        let before = (purse.available, purse.vouchers.len());
        let after = purse.tick(&program, &Person::default(), now() + Duration::days(1), &mut draw).purse;
        prop_assert_eq!((after.available, after.vouchers.len()), before);
    }
}
