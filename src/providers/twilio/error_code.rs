//! What the provider's error numbers mean for us.
//!
//! Source of the numbers: <https://www.twilio.com/docs/api/errors> (one page a number). The classes are our judgement.

use regulars_domain::delivery::Trouble;

/// What is to be done about an error number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// This number cannot be texted, now or later.
    PermanentRecipient,
    /// This number could not be texted just now: one later try.
    TransientRecipient,
    /// The person has opted out.
    OptOut,
    /// Too fast, or too many waiting: back off, send later.
    Rate,
    /// The provider's or carrier's trouble: back off, send later.
    Transient,
    /// May have been sent: look it up first.
    Ambiguous,
    /// The account cannot send at all: stop everything, tell the operator.
    Auth,
    /// A setting at the provider: the operator must act.
    Config,
    /// Our request is wrong.
    Bug,
    /// The content was filtered: do not send it again.
    Filtered,
    /// Nobody says why: one later try.
    Unknown,
    /// Our webhook did not answer as it should.
    Webhook,
    /// Something about a text that came in.
    Inbound,
    /// No use trying again.
    Permanent,
}

/// Whether it can be an error number: 0 is none, and the tables hold no more than 32 bits with a sign.
pub fn is_code(number: u32) -> bool {
    (1..=i32::MAX.unsigned_abs()).contains(&number)
}

/// The class of an error number; for one that is not listed, that of its neighbours.
pub fn classify(code: u32) -> Class {
    match CODES.binary_search_by_key(&code, |(known, _)| *known) {
        Ok(index) => CODES[index].1,
        Err(_) => classify_by_range(code),
    }
}

fn classify_by_range(code: u32) -> Class {
    match code {
        11_000..=13_999 | 57_000..=57_999 => Class::Webhook,
        20_100..=20_199 => Class::Auth,
        20_500..=20_599 => Class::Ambiguous,
        21_700..=21_799 => Class::Config,
        20_000..=21_999 => Class::Permanent,
        _ => Class::Unknown,
    }
}

/// What an error number means to whoever asks why a text did not arrive.
pub fn explain(code: u32) -> Trouble {
    match classify(code) {
        Class::PermanentRecipient => Trouble::Unreachable,
        Class::TransientRecipient => Trouble::OutOfReach,
        Class::OptOut => Trouble::OptedOut,
        Class::Rate => Trouble::TooFast,
        Class::Transient => Trouble::Carrier,
        Class::Ambiguous => Trouble::Unclear,
        Class::Auth => Trouble::Account,
        Class::Config => Trouble::Setting,
        Class::Bug => Trouble::Request,
        Class::Filtered => Trouble::Filtered,
        Class::Unknown | Class::Webhook | Class::Inbound => Trouble::Unknown,
        Class::Permanent => Trouble::Refused,
    }
}

impl Class {
    /// What an operator should do about it, in one sentence.
    pub fn advice(self) -> &'static str {
        match self {
            Self::PermanentRecipient => "This number cannot receive texts; nothing more is sent to it for this text.",
            Self::TransientRecipient => "The phone was off or out of reach; one more try follows later.",
            Self::OptOut => "The person has opted out with the provider; only their own START undoes it.",
            Self::Rate => "Texts leave faster than the sender may send; lower its messages per second if this repeats.",
            Self::Transient => "The provider or a carrier has trouble; the text is tried again later.",
            Self::Ambiguous => {
                "The provider may or may not have taken the text; it is looked up before it is sent again."
            }
            Self::Auth => {
                "The provider refuses the account; check its id, token and standing in the provider's console."
            }
            Self::Config => {
                "The provider's set-up forbids this send; check sender, registration and permissions in its console."
            }
            Self::Bug => "The request is not one the provider accepts; please report it with the error number.",
            Self::Filtered => {
                "A filter stopped the text for its content or sender; change the wording before you try again."
            }
            Self::Unknown => "The provider gives no cause; one more try follows later.",
            Self::Webhook => {
                "The provider could not use our webhook's answer; check the public URL and its certificate."
            }
            Self::Inbound => "A text arrived incomplete; ask the person to send it again.",
            Self::Permanent => "The provider refuses this for good; look up the error number in its documentation.",
        }
    }
}

/// Every number we know, in order.
const CODES: &[(u32, Class)] = &[
    (11200, Class::Webhook),
    (11205, Class::Webhook),
    (11220, Class::Webhook),
    (11235, Class::Webhook),
    (11237, Class::Webhook),
    (11243, Class::Webhook),
    (11750, Class::Webhook),
    (12100, Class::Webhook),
    (12200, Class::Webhook),
    (12300, Class::Webhook),
    (14107, Class::Rate),
    (20001, Class::Bug),
    (20003, Class::Auth),
    (20004, Class::Bug),
    (20005, Class::Auth),
    (20006, Class::Auth),
    (20008, Class::Auth),
    (20404, Class::Permanent),
    (20429, Class::Rate),
    (20500, Class::Ambiguous),
    (20503, Class::Transient),
    (21211, Class::PermanentRecipient),
    (21212, Class::Config),
    (21214, Class::PermanentRecipient),
    (21217, Class::PermanentRecipient),
    (21408, Class::Config),
    (21601, Class::Config),
    (21602, Class::Bug),
    (21603, Class::Bug),
    (21604, Class::Bug),
    (21605, Class::Bug),
    (21606, Class::Config),
    (21607, Class::Config),
    (21608, Class::Config),
    (21609, Class::Config),
    (21610, Class::OptOut),
    (21611, Class::Rate),
    (21612, Class::PermanentRecipient),
    (21614, Class::PermanentRecipient),
    (21616, Class::Config),
    (21617, Class::Bug),
    (21619, Class::Bug),
    (21620, Class::Bug),
    (21635, Class::PermanentRecipient),
    (21659, Class::Config),
    (21660, Class::Config),
    (21661, Class::Config),
    (21703, Class::Config),
    (21704, Class::Config),
    (21705, Class::Config),
    (30001, Class::Rate),
    (30002, Class::Auth),
    (30003, Class::TransientRecipient),
    (30004, Class::PermanentRecipient),
    (30005, Class::PermanentRecipient),
    (30006, Class::PermanentRecipient),
    (30007, Class::Filtered),
    (30008, Class::Unknown),
    (30009, Class::Inbound),
    (30010, Class::Config),
    (30017, Class::Transient),
    (30018, Class::Config),
    (30019, Class::Bug),
    (30022, Class::Rate),
    (30023, Class::Rate),
    (30024, Class::Config),
    (30027, Class::Rate),
    (30032, Class::Config),
    (30033, Class::Config),
    (30034, Class::Config),
    (30035, Class::Config),
    (30036, Class::Transient),
    (30038, Class::Filtered),
    (30410, Class::Transient),
    (30450, Class::Filtered),
    (57012, Class::Webhook),
    (63003, Class::PermanentRecipient),
    (63007, Class::Config),
    (63013, Class::Filtered),
    (63014, Class::OptOut),
    (63016, Class::Config),
    (63018, Class::Rate),
    (63024, Class::PermanentRecipient),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::twilio::tests::vectors;

    const CLASSES: [(Class, &str); 14] = [
        (Class::PermanentRecipient, "permanent_recipient"),
        (Class::TransientRecipient, "transient_recipient"),
        (Class::OptOut, "opt_out"),
        (Class::Rate, "rate"),
        (Class::Transient, "transient"),
        (Class::Ambiguous, "ambiguous"),
        (Class::Auth, "auth"),
        (Class::Config, "config"),
        (Class::Bug, "bug"),
        (Class::Filtered, "filtered"),
        (Class::Unknown, "unknown"),
        (Class::Webhook, "webhook"),
        (Class::Inbound, "inbound"),
        (Class::Permanent, "permanent"),
    ];

    #[test]
    fn every_listed_number_has_the_class_of_the_vectors() {
        let file = vectors("error_codes.json");
        let names: BTreeMap<u32, &str> = CODES
            .iter()
            .map(|(code, class)| (*code, CLASSES.iter().find(|(known, _)| known == class).unwrap().1))
            .collect();
        let expected = file["codes"].as_array().unwrap();
        assert!(expected.len() >= 65);
        for entry in expected {
            let code = u32::try_from(entry["code"].as_u64().unwrap()).unwrap();
            assert_eq!(names.get(&code).copied(), entry["class"].as_str(), "{code}");
        }
    }

    #[test]
    fn the_table_is_in_order_without_repeats() {
        assert!(CODES.is_sorted_by(|(one, _), (next, _)| one < next));
        for (code, class) in CODES {
            assert_eq!(classify(*code), *class);
        }
    }

    #[test]
    fn numbers_we_do_not_know_go_with_their_neighbours() {
        for (code, class) in [
            (0, Class::Unknown),
            (12_999, Class::Webhook),
            (20_101, Class::Auth),
            (20_504, Class::Ambiguous),
            (21_999, Class::Permanent),
            (21_799, Class::Config),
            (30_999, Class::Unknown),
            (u32::MAX, Class::Unknown),
        ] {
            assert_eq!(classify(code), class, "{code}");
        }
    }

    #[test]
    fn a_number_is_explained_by_its_class() {
        for (code, trouble) in [
            (30006, Trouble::Unreachable),
            (30003, Trouble::OutOfReach),
            (21610, Trouble::OptedOut),
            (30007, Trouble::Filtered),
            (20003, Trouble::Account),
            (30008, Trouble::Unknown),
        ] {
            assert_eq!(explain(code), trouble, "{code}");
        }
    }

    #[test]
    fn every_class_has_one_sentence_of_advice_of_its_own() {
        let advice: std::collections::BTreeSet<&str> = CLASSES.iter().map(|(class, _)| class.advice()).collect();
        assert_eq!(advice.len(), CLASSES.len());
        assert!(advice.iter().all(|sentence| sentence.ends_with('.') && !sentence.contains(". ")));
    }
}
