//! The programs to begin with, each told in two sentences.

use crate::{console::say::Say, domain::money::Currency, service::presets};

/// In this order: those that most shops choose first.
const ORDER: &[&str] = &[
    "buy-9-get-10th",
    "dollar-points",
    "visit-points",
    "coffee-club",
    "birthday-and-referral",
    "double-over-150",
    "vip-500",
    "stars-gold",
    "spend-tiers",
    "paid-membership",
    "buy-4-get-5th",
    "bazaar",
    "pledge-and-trade-in",
    "fare-class",
];

/// A program to begin with.
pub(in crate::console) struct Story {
    /// The preset's name.
    pub(in crate::console) preset: &'static str,
    /// What it is called.
    pub(in crate::console) name: String,
    /// What it is, in two sentences.
    pub(in crate::console) told: String,
}

/// All programs to begin with.
pub(in crate::console) fn all(say: Say, currency: Currency) -> Vec<Story> {
    let known: Vec<&str> = presets::all().map(|(name, _)| name).collect();
    let ordered = ORDER.iter().copied().filter(|name| known.contains(name));
    let others = known.iter().copied().filter(|name| !ORDER.contains(name));
    ordered.chain(others).map(|preset| story(say, preset, currency)).collect()
}

fn story(say: Say, preset: &'static str, currency: Currency) -> Story {
    let name = say.word("preset", preset);
    let told = say.find(&format!("preset-{preset}-story")).unwrap_or_default();
    Story { preset, name, told: priced(say, &told, currency) }
}

/// `[5]` in a story is five whole units of the shop's money.
fn priced(say: Say, told: &str, currency: Currency) -> String {
    let mut parts = told.split('[');
    let mut written = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (amount, rest) = part.split_once(']').unwrap_or(("", part));
        let whole = amount.parse::<i64>().unwrap_or_default().saturating_mul(10_i64.pow(currency.digits()));
        written += &say.round_money(currency, whole);
        written += rest;
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_is_told_in_each_language() {
        for code in ["en", "es"] {
            let say = Say::new(None, Some(code));
            assert_eq!(say.code(), code);
            for story in all(say, Currency::default()) {
                let keys = [format!("preset-{}", story.preset), format!("preset-{}-story", story.preset)];
                assert!(keys.iter().all(|key| say.find(key).is_some()), "{code}: {}", story.preset);
                assert!(story.told.matches(". ").count() >= 1 && !story.told.contains('['), "{}", story.told);
            }
        }
        let (mut ordered, mut known): (Vec<&str>, Vec<&str>) =
            (ORDER.to_vec(), presets::all().map(|(name, _)| name).collect());
        ordered.sort_unstable();
        known.sort_unstable();
        assert_eq!(ordered, known);
    }

    #[test]
    fn amounts_are_in_the_money_of_the_shop() {
        let english = Say::new(None, None);
        let of = |code: &str| Currency::from_code(code).unwrap();
        assert_eq!(
            priced(english, "100 points are [5] off, [150] and more.", of("USD")),
            "100 points are $5 off, $150 and more."
        );
        assert_eq!(priced(english, "[5] off", of("RON")), "5 RON off");
        assert_eq!(priced(english, "[500]", of("JPY")), "¥500");
    }
}
