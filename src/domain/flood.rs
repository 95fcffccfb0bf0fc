//! Loops and floods: what is one too many, decided from what was lately seen. Two robots stop each other within a handful
//! of texts, and a crowd that joins from one corner is damped, while a person who asks again is answered.
//!
//! Times are Unix seconds. A most of 0 is no limit.

pub mod phone;
pub mod window;

use std::hash::{DefaultHasher, Hash, Hasher};

use super::{
    address::Address,
    consent::{ConsentKind, ConsentMethod},
    conversation::Turn,
    effect::Effect,
};

/// Seconds in which joins from one prefix or country are counted.
pub const CROWD_SECONDS: u32 = 10 * 60;
/// Seconds in which texts, and joins on one sender, are counted.
pub const RATE_SECONDS: u32 = 60;

/// The digits of a phone's number without its last three: who buys or spoofs numbers has them in blocks of a thousand.
/// `None` for who has no number.
pub fn prefix_of(address: &Address) -> Option<u64> {
    let digits = address.phone()?.strip_prefix('+')?;
    digits.get(..digits.len().checked_sub(3)?)?.parse().ok()
}

/// Whether a turn makes a member of somebody who only texted a keyword, or asks them whether they want to be one.
/// The answer to that question is no second join.
pub fn joins(turn: &Turn) -> bool {
    turn.effects.iter().any(|effect| {
        matches!(
            effect,
            Effect::Record { kind: ConsentKind::OptIn | ConsentKind::Asked, method: ConsentMethod::Keyword, .. }
        )
    })
}

/// Whether a turn ends what the person gets. Its confirmation is owed, however much was said before; no loop lives on it
/// alone, since after it there is nothing to end until the person comes back.
pub fn opts_out(turn: &Turn) -> bool {
    turn.effects.iter().any(|effect| matches!(effect, Effect::Record { kind: ConsentKind::OptOut, .. }))
}

/// Whether a turn does more than to say something: what it says confirms a change, and is not merely said again.
pub fn changes_something(turn: &Turn) -> bool {
    turn.effects.iter().any(|effect| !matches!(effect, Effect::Say { .. }))
}

/// A number that stands for all that a turn says, the same for the same; `None` where it says nothing.
pub fn print_of(turn: &Turn) -> Option<u32> {
    let mut hasher = DefaultHasher::new();
    let mut says = false;
    for effect in &turn.effects {
        if let Effect::Say { reply, .. } = effect {
            (turn.language, reply).hash(&mut hasher);
            says = true;
        }
    }
    // Half of it tells the few answers of a day apart well enough.
    says.then_some(hasher.finish() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        conversation::Conversation,
        language::{Language, Line},
    };

    fn turn() -> Turn {
        Turn::keeping(&Conversation::default(), Language::default())
    }

    fn points(count: i64) -> Turn {
        turn().saying(Line::new("balance-one").text("shop", "Bean There").count("points", count), None)
    }

    #[test]
    fn the_same_answer_has_the_same_print_and_no_other_has() {
        assert_eq!(print_of(&points(10)), print_of(&points(10)));
        assert_ne!(print_of(&points(10)), print_of(&points(11)));
        assert_ne!(print_of(&points(10)), print_of(&turn().saying(Line::new("hint-sorry"), None)));
        assert_eq!(print_of(&turn()), None);
    }

    #[test]
    fn what_is_only_said_changes_nothing() {
        assert!(!changes_something(&points(10)));
        assert!(changes_something(&points(10).with(Effect::Withdraw)));
    }

    #[test]
    fn a_prefix_is_a_number_without_its_last_three_digits() {
        let prefix = |address: &str| prefix_of(&Address::parse(address).unwrap());
        assert_eq!(prefix("+14155550199"), Some(14_155_550));
        assert_eq!(prefix("whatsapp:+14155550199"), Some(14_155_550));
        assert_eq!(prefix("+14155550"), Some(14_155));
        assert_eq!(prefix("messenger:1234567"), None);
        assert_eq!(prefix("32665"), None);
    }

    #[test]
    fn a_keyword_that_enrols_or_asks_is_a_join_and_the_answer_is_not() {
        let record = |kind, method| joins(&turn().with(Effect::record(kind, method, None)));
        assert!(record(ConsentKind::OptIn, ConsentMethod::Keyword));
        assert!(record(ConsentKind::Asked, ConsentMethod::Keyword));
        assert!(!record(ConsentKind::OptIn, ConsentMethod::Answer));
        assert!(!record(ConsentKind::OptInAgain, ConsentMethod::Keyword), "a member who comes back");
        assert!(!joins(&points(1)));
    }
}
