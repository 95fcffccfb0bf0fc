//! What is wrong with a text, in the words of whoever writes it.

use crate::{
    console::say::{Say, Told},
    domain::words::{check::Objection, holes::holes_of, lawful::Needed, template::Unreadable},
};

/// What is wrong, and what would mend it where that can be said.
pub(super) struct Wrong {
    pub(super) sentence: String,
    /// What to put into the text.
    pub(super) offered: Option<String>,
}

/// Tells an objection.
pub(super) fn tell(say: Say, key: &str, objection: &Objection) -> Wrong {
    let (sentence, offered) = match objection {
        Objection::Empty => (say.t("words-wrong-empty"), None),
        Objection::TooLong { most, found } => {
            let values = vec![("most", Told::from(*most)), ("found", Told::from(*found))];
            (say.with("words-wrong-long", values), None)
        }
        Objection::Hidden => (say.t("words-wrong-hidden"), None),
        Objection::Unreadable(unreadable) => (unread(say, key, unreadable), None),
        Objection::Missing(Needed::Hole(hole), offered) => {
            let meaning = say.word("hole", hole);
            (say.of2("words-wrong-hole", "hole", *hole, "meaning", meaning), Some(offered.clone()))
        }
        Objection::Missing(needed, offered) => (say.word("words-wrong", needed.name()), Some(offered.clone())),
        Objection::Shortener(host) => (say.of("words-wrong-shortener", "host", *host), None),
        Objection::Link => (say.t("words-wrong-link"), None),
    };
    Wrong { sentence, offered }
}

fn unread(say: Say, key: &str, unreadable: &Unreadable) -> String {
    match unreadable {
        Unreadable::Open => say.t("words-wrong-open"),
        Unreadable::Stray => say.t("words-wrong-stray"),
        Unreadable::Unknown(name) => {
            let known: Vec<String> = holes_of(key).iter().map(|hole| format!("{{{}}}", hole.name)).collect();
            match known.as_slice() {
                [] => say.of("words-wrong-no-holes", "name", name),
                known => say.of2("words-wrong-unknown", "name", name, "known", known.join(" ")),
            }
        }
        Unreadable::NoNumber(name) => say.of("words-wrong-no-number", "name", *name),
        Unreadable::Forms { hole, wanted } => {
            say.with("words-wrong-forms", vec![("hole", Told::from(*hole)), ("count", Told::from(*wanted))])
        }
        Unreadable::TooMany => say.t("words-wrong-too-many"),
    }
}
