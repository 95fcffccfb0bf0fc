//! Which texts a shop may say in its own words, by what they are about, and which it may not.

/// Texts that are about one thing.
#[derive(Debug)]
pub struct Topic {
    /// Its name.
    pub name: &'static str,
    /// Its texts, in the order in which members meet them.
    pub keys: &'static [&'static str],
}

/// All that can be said in a shop's own words.
#[rustfmt::skip]
pub const TOPICS: &[Topic] = &[
    Topic { name: "joining", keys: &[
        "join-confirmed", "join-question", "invited", "join-reminder", "join-already", "join-already-named", "join-declined",
        "join-declined-short", "join-offer", "offer", "not-a-member", "not-a-member-here", "did-you-mean", "did-you-mean-no",
        "keyword-past", "keyword-past-member", "keyword-past-none",
    ] },
    Topic { name: "sign-up", keys: &[
        "sign-up-first-name", "sign-up-first-name-again", "sign-up-birthday", "sign-up-birthday-again", "sign-up-own",
        "sign-up-yes-no", "sign-up-choice", "sign-up-own-again", "sign-up-yes-no-again", "sign-up-choice-again",
        "sign-up-thanks", "sign-up-thanks-named", "sign-up-passed", "sign-up-once-more", "sign-up-done",
    ] },
    Topic { name: "balance", keys: &[
        "balance-one", "points", "stamps", "gain", "gift", "points-and-gift", "earned", "earned-now", "not-now",
        "near-voucher", "near-enough", "near-money", "near-missing", "near-lapsing", "near-pending",
    ] },
    Topic { name: "rewards", keys: &[
        "reward", "reward-missing", "reward-level", "reward-sold-out", "reward-again", "reward-had", "reward-money",
        "rewards-more", "rewards-none", "rewards-how", "rewards-how-many", "redeemed", "redeemed-money", "redeemed-left",
        "voucher", "vouchers", "redeem-which", "redeem-or", "redeem-how-many", "redeem-too-few", "redeem-level",
        "redeem-not-yet", "redeem-over", "redeem-again", "redeem-had", "redeem-sold-out", "redeem-unknown",
    ] },
    Topic { name: "cards", keys: &[
        "card", "card-line", "card-name", "cards", "cards-none", "tier-now", "tier-now-until", "tier-none-yet", "tier-next",
        "tier-next-by", "tier-next-within", "tier-spend", "tier-visits", "tier-friends", "tier-perks", "tiers-none",
        "membership-until", "membership-ends", "membership-offer",
    ] },
    Topic { name: "friends", keys: &[
        "refer", "refer-short", "refer-both", "refer-me", "refer-friend", "refer-link", "refer-none", "code-taken", "code-used",
        "code-over", "code-unknown", "code-join", "code-enough", "code-enough-ever", "code-which", "codes-none", "check-in-done",
        "check-in-wrong", "check-in-again", "check-in-enough", "action-done", "action-thanks", "action-again", "action-once",
    ] },
    Topic { name: "history", keys: &[
        "history", "history-line", "history-none", "stamps-moved", "why-sale", "why-refund", "why-joined", "why-code",
        "why-check-in", "why-action", "why-given-back", "why-lapsed", "why-birthday", "why-friend", "why-other", "profile",
        "profile-first-name", "profile-birthday", "profile-own", "profile-yes", "profile-no", "profile-change", "profile-none",
    ] },
    Topic { name: "told", keys: &[
        "told", "told-earned-often", "told-enough", "told-birthday", "told-missed", "told-gift", "told-level",
        "told-voucher-lapses", "told-points-lapse", "told-stop",
    ] },
    Topic { name: "help", keys: &[
        "help-one", "help-counter", "help-also", "hint-sorry", "hint-hello", "hint-commands", "hint-contact", "stop-confirmed",
        "stop-kept", "start-confirmed", "start-plain", "start-already", "start-already-plain", "left", "left-short",
        "leave-question", "leave-kept", "leave-not-in", "language-set", "language-offer", "merged-away",
    ] },
    Topic { name: "staff", keys: &[
        "staff-earned", "staff-nothing", "staff-gift", "staff-redeemed", "staff-used", "staff-used-today", "staff-used-before",
        "staff-code-over", "staff-code-unknown", "staff-unknown", "staff-undone-sale", "staff-undone-voucher",
        "staff-undone-waiting", "staff-undo-none", "staff-again", "staff-enough-hour", "staff-enough-day", "staff-how",
        "staff-invited", "staff-waits", "staff-not-invited", "staff-member",
    ] },
];

/// Why a text is said as built in everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fixed {
    /// It lists or asks about several shops, and is none's own.
    Several,
    /// The law has it said so, and to people who may belong to no shop.
    Law,
    /// It is a part from which others are put together.
    Part,
}

/// The texts that are said as built in everywhere.
#[rustfmt::skip]
const FIXED: &[(Fixed, &[&str])] = &[
    (Fixed::Several, &[
        "shops-joined", "shop-with-contact", "shops-and-more", "and-more", "join-which", "did-you-mean-several", "balance-line",
        "which-shop", "leave-which", "help-several", "staff-which", "choice", "choice-phrase",
    ]),
    (Fixed::Law, &["stop-question", "stop-confirmed-plain", "hint-stop"]),
    (Fixed::Part, &[
        "month", "day", "day-with-year", "tier-times", "perks-joined", "help-joined", "language-name", "language-which",
        "sign-up-own-example",
    ]),
];

/// The text of this key that can be said in a shop's own words, with its topic.
pub fn find(key: &str) -> Option<(&'static Topic, &'static str)> {
    TOPICS.iter().find_map(|topic| Some((topic, *topic.keys.iter().find(|known| **known == key)?)))
}

/// Why a text cannot be said in a shop's own words; `None` where it can, or where there is none.
pub fn why_fixed(key: &str) -> Option<Fixed> {
    FIXED.iter().find(|(_, keys)| keys.contains(&key)).map(|(why, _)| *why)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::language::Language;

    #[test]
    fn every_text_is_in_one_topic_or_stays_as_it_is() {
        let mut sorted: Vec<&str> = TOPICS.iter().flat_map(|topic| topic.keys).copied().collect();
        sorted.extend(FIXED.iter().flat_map(|(_, keys)| keys.iter()));
        let all: BTreeSet<&str> = Language::default().replies().collect();
        assert_eq!(sorted.iter().copied().collect::<BTreeSet<_>>(), all);
        assert_eq!(sorted.len(), all.len(), "a text is listed twice");
    }
}
