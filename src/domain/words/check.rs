//! Whether a text of one's own may be said, and what is wrong with it otherwise.

use super::{
    CHARACTERS_MAX, Template,
    lawful::{Needed, needed},
    template::Unreadable,
};
use crate::{language::Language, text::hides_something};

/// Links that carriers filter, since anything may be behind them. (CTIA messaging principles: shared public shorteners)
const SHORTENERS: &[&str] = &[
    "bit.ly",
    "tinyurl.com",
    "goo.gl",
    "t.co",
    "ow.ly",
    "is.gd",
    "buff.ly",
    "rebrand.ly",
    "cutt.ly",
    "rb.gy",
    "shorturl.at",
    "tiny.cc",
    "bl.ink",
    "t.ly",
    "lnkd.in",
];

/// The confirmation of STOP, which says nothing but that. (47 CFR 64.1200(a)(12))
const BARE: &str = "stop-confirmed";
/// The most characters of it: one segment, with the shop's name.
const BARE_MAX: usize = 160;

/// What is wrong with a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Objection {
    /// It says nothing.
    #[error("must say something; to say what is built in, delete it")]
    Empty,
    /// It is too long.
    #[error("must have at most {most} characters, and has {found}")]
    TooLong {
        /// The most characters.
        most: usize,
        /// How many there are.
        found: usize,
    },
    /// It has invisible characters.
    #[error("must not have invisible or control characters")]
    Hidden,
    /// It cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// Something is missing.
    #[error("{}", missing(*.0, .1))]
    Missing(Needed, String),
    /// It has a link that carriers filter.
    #[error("must not have a link of {0}: carriers filter public shorteners; use your own address")]
    Shortener(&'static str),
    /// It has a link where none may be.
    #[error("must not have a link: the confirmation of STOP says only that no more messages come")]
    Link,
}

fn missing(needed: Needed, offered: &str) -> String {
    match needed {
        Needed::Hole(name) => format!("must keep {{{name}}}"),
        _ => format!("must say what the law and the carriers want said, such as: {offered}"),
    }
}

/// A text as it is kept: line breaks of one kind, nothing around it.
pub fn tidy(typed: &str) -> String {
    let typed = typed.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = typed.trim().lines().map(str::trim_end).collect();
    lines.join("\n")
}

/// Reads a text that is tidy and stands for one of ours.
///
/// # Errors
/// All that is wrong with it.
pub fn check(language: Language, key: &str, text: &str) -> Result<Template, Vec<Objection>> {
    let mut objections = Vec::new();
    if text.is_empty() {
        return Err(vec![Objection::Empty]);
    }
    let (most, found) = (if key == BARE { BARE_MAX } else { CHARACTERS_MAX }, text.chars().count());
    if found > most {
        objections.push(Objection::TooLong { most, found });
        // So much is not even looked at.
        if found > 4 * CHARACTERS_MAX {
            return Err(objections);
        }
    }
    if text.lines().any(hides_something) {
        objections.push(Objection::Hidden);
    }
    let template = match Template::read(text, language, key) {
        Ok(template) => template,
        Err(unreadable) => {
            objections.push(unreadable.into());
            return Err(objections);
        }
    };
    let (holes, words) = (template.holes(), template.words());
    if words.trim().is_empty() && holes.is_empty() {
        objections.push(Objection::Empty);
    }
    let missing = needed(key).iter().filter(|needed| !needed.is_in(language, &holes, &words));
    objections.extend(missing.map(|needed| Objection::Missing(*needed, needed.offered(language))));
    objections.extend(link_in(key, &words));
    if objections.is_empty() { Ok(template) } else { Err(objections) }
}

fn link_in(key: &str, words: &str) -> Option<Objection> {
    let lower = words.to_lowercase();
    let is_named = |host: &&&str| {
        lower.match_indices(**host).any(|(at, _)| {
            let (before, behind) =
                (lower.get(..at).unwrap_or_default(), lower.get(at + host.len()..).unwrap_or_default());
            let goes_on = |c: char| c.is_alphanumeric() || c == '-' || c == '.';
            let before = before.strip_suffix("www.").unwrap_or(before);
            !before.ends_with(goes_on) && !behind.starts_with(|c: char| c.is_alphanumeric() || c == '-')
        })
    };
    if let Some(host) = SHORTENERS.iter().find(is_named) {
        return Some(Objection::Shortener(host));
    }
    let has_link = key == BARE && ["http:", "https:", "www."].iter().any(|begin| lower.contains(begin));
    has_link.then_some(Objection::Link)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn objections(key: &str, text: &str) -> Vec<Objection> {
        check(Language::default(), key, text).err().unwrap_or_default()
    }

    #[test]
    fn a_welcome_keeps_all_its_lawful_parts() {
        let whole = "Welcome to {shop}! {held} for you. Recurring msgs, max {per_month}/month. Msg & data rates may apply. \
                     HELP for help, STOP to stop.";
        assert_eq!(objections("join-confirmed", whole), []);
        for (part, needed) in [
            ("{shop}", Needed::Hole("shop")),
            ("Recurring", Needed::Recurring),
            ("{per_month}", Needed::Hole("per_month")),
            ("Msg & data rates may apply.", Needed::Rates),
            ("HELP for help", Needed::Help),
            ("STOP to stop", Needed::Stop),
        ] {
            let without = whole.replace(part, "");
            let offered = needed.offered(Language::default());
            assert_eq!(objections("join-confirmed", &without), [Objection::Missing(needed, offered)], "{part}");
        }
    }

    #[test]
    fn what_cannot_be_sent_is_refused() {
        assert_eq!(objections("hint-hello", ""), [Objection::Empty]);
        assert_eq!(objections("hint-hello", "Hi\u{202e}"), [Objection::Hidden]);
        assert_eq!(objections("hint-hello", "Hi\u{0}"), [Objection::Hidden]);
        assert_eq!(objections("hint-hello", "Hi\nthere"), []);
        assert_eq!(objections("hint-hello", &"a".repeat(460)), [Objection::TooLong { most: 459, found: 460 }]);
        let huge = "{".repeat(1_000_000);
        assert_eq!(objections("hint-hello", &huge), [Objection::TooLong { most: 459, found: 1_000_000 }]);
    }

    #[test]
    fn links_are_ones_own_and_none_stands_in_the_confirmation_of_stop() {
        for (text, host) in
            [("see http://BIT.ly/x", "bit.ly"), ("t.co/abc", "t.co"), ("www.tinyurl.com", "tinyurl.com")]
        {
            assert_eq!(objections("hint-hello", text), [Objection::Shortener(host)]);
        }
        for text in ["https://bean.example/menu", "orbit.lyon.example", "about.com"] {
            assert_eq!(objections("hint-hello", text), [], "{text}");
        }
        let stop = "{shops}: no more messages. Reply START to come back. https://bean.example";
        assert_eq!(objections("stop-confirmed", stop), [Objection::Link]);
    }

    #[test]
    fn what_is_typed_is_tidied() {
        assert_eq!(tidy("  Hi \r\n there\r\n"), "Hi\n there");
    }
}
