//! What a text must say, whoever writes it: what the law and the carriers want of joining, HELP and STOP, and what members
//! cannot do without.
//!
//! A confirmation of joining names the shop, says that messages recur and how often, what they cost, and has HELP and STOP.
//! (CTIA; 10DLC campaign rules.) The confirmation of STOP says that there will be no more, and nothing else. (47 CFR
//! 64.1200(a)(12))

use crate::{language::Language, text::Text};

/// Something that a text must say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needed {
    /// This hole.
    Hole(&'static str),
    /// The word STOP.
    Stop,
    /// The word HELP.
    Help,
    /// The word START.
    Start,
    /// The word YES.
    Yes,
    /// That messages recur.
    Recurring,
    /// That messages may cost something.
    Rates,
    /// That there will be no more.
    NoMore,
}

use self::Needed::{Help, Hole, NoMore, Rates, Recurring, Start, Stop, Yes};

/// What each text must say.
#[rustfmt::skip]
const NEEDED: &[(&str, &[Needed])] = &[
    ("join-confirmed", &[Hole("shop"), Recurring, Hole("per_month"), Rates, Help, Stop]),
    ("join-question", &[Hole("shop"), Yes, Recurring, Hole("per_month"), Rates, Help, Stop]),
    ("invited", &[Hole("shop"), Yes, Recurring, Hole("per_month"), Rates, Help, Stop]),
    ("join-reminder", &[Hole("shop"), Yes]),
    ("help-one", &[Hole("shop"), Hole("contact"), Hole("per_month"), Rates, Stop]),
    ("help-counter", &[Hole("shop"), Hole("per_month"), Rates, Stop]),
    ("stop-confirmed", &[Hole("shops"), NoMore, Start]),
    ("stop-kept", &[Stop]),
    ("start-confirmed", &[Hole("shops"), Hole("per_month"), Rates, Help, Stop]),
    ("start-already", &[Hole("shops"), Hole("per_month"), Rates, Help, Stop]),
    ("told", &[Hole("shop")]),
    ("told-stop", &[Stop]),
    ("membership-ends", &[Hole("shop"), Stop]),
    ("left", &[Hole("shop")]),
    ("left-short", &[Hole("shop")]),
    ("leave-question", &[Hole("shop"), Yes]),
    ("leave-not-in", &[Stop]),
    ("redeemed", &[Hole("code")]),
    ("redeemed-money", &[Hole("code")]),
    ("voucher", &[Hole("code")]),
    ("told-gift", &[Hole("code")]),
    ("told-voucher-lapses", &[Hole("code")]),
    ("staff-gift", &[Hole("code")]),
    ("points", &[Hole("points")]),
    ("stamps", &[Hole("stamps")]),
    ("gain", &[Hole("held")]),
    ("sign-up-own", &[Hole("prompt")]),
    ("sign-up-yes-no", &[Hole("prompt")]),
    ("sign-up-choice", &[Hole("prompt")]),
    ("profile-own", &[Hole("number"), Hole("prompt"), Hole("answer")]),
    ("profile-first-name", &[Hole("number"), Hole("answer")]),
    ("profile-birthday", &[Hole("number"), Hole("answer")]),
    ("reward", &[Hole("number"), Hole("name")]),
    ("reward-missing", &[Hole("number"), Hole("name")]),
    ("reward-level", &[Hole("number"), Hole("name")]),
    ("reward-sold-out", &[Hole("number"), Hole("name")]),
    ("reward-again", &[Hole("number"), Hole("name")]),
    ("reward-had", &[Hole("number"), Hole("name")]),
    ("reward-money", &[Hole("number"), Hole("name")]),
    ("refer", &[Hole("words")]),
    ("refer-link", &[Hole("link")]),
    ("did-you-mean", &[Hole("phrase"), Hole("shop")]),
];

/// What a text must say.
pub fn needed(key: &str) -> &'static [Needed] {
    NEEDED.iter().find(|(known, _)| *known == key).map_or(&[], |(_, needed)| needed)
}

/// Whether the law or the carriers want it, rather than the members.
pub fn is_lawful(key: &str) -> bool {
    needed(key).iter().any(|needed| !matches!(needed, Hole(_)))
}

/// In each language what says it: words that are typed, as members type them, or parts of sentences in normal form. The first one is offered.
type Said = &'static [(&'static str, &'static [&'static str])];

const HELP_WORDS: Said = &[
    ("en", &["HELP"]),
    ("es", &["AYUDA", "HELP"]),
    ("fr", &["AIDE", "HELP"]),
    ("ro", &["AJUTOR", "HELP"]),
    ("zh", &["帮助", "HELP"]),
];
const YES_WORDS: Said =
    &[("en", &["YES", "Y"]), ("es", &["SI", "SÍ"]), ("fr", &["OUI"]), ("ro", &["DA"]), ("zh", &["是"])];
const RECURRING_WORDS: Said = &[
    ("en", &["recurring"]),
    ("es", &["recurrentes", "recurrente"]),
    ("fr", &["reguliers", "regulier", "recurrents"]),
    ("ro", &["periodice", "recurente", "regulate"]),
    ("zh", &["定期"]),
];
const RATES_WORDS: Said = &[
    ("en", &["msg data rates may apply", "message and data rates may apply", "data rates may apply"]),
    (
        "es",
        &[
            "pueden aplicarse tarifas de sms y datos",
            "pueden aplicarse tarifas",
            "se pueden aplicar tarifas",
            "pueden aplicarse cargos",
        ],
    ),
    ("fr", &["frais sms donnees possibles", "frais sms", "des frais peuvent s appliquer", "frais peuvent sappliquer"]),
    ("ro", &["se pot aplica costuri sms date", "se pot aplica costuri", "se pot aplica tarife"]),
    ("zh", &["可能产生短信和流量费用", "短信和流量费", "流量费"]),
];
const NO_MORE_WORDS: Said = &[
    (
        "en",
        &[
            "won t get any more messages",
            "wont get any more messages",
            "no more messages",
            "no more texts",
            "no further messages",
            "wont get any more texts",
            "you re unsubscribed",
            "unsubscribed",
        ],
    ),
    (
        "es",
        &[
            "ya no te enviaremos mensajes",
            "no recibiras mas mensajes",
            "ya no recibiras",
            "te has dado de baja",
            "no te enviaremos mas",
        ],
    ),
    ("fr", &["vous ne recevrez plus de messages", "ne recevrez plus", "plus aucun message"]),
    ("ro", &["nu vei mai primi mesaje", "nu mai primesti mesaje", "te ai dezabonat"]),
    ("zh", &["不会再收到短信", "已退订"]),
];

/// How each is said in the texts built in, in each language: what to offer whoever left it out.
const OFFERED: &[(&str, &[(Needed, &str)])] = &[
    (
        "en",
        &[
            (Stop, "Reply STOP to stop."),
            (Help, "Reply HELP for help."),
            (Start, "Reply START to come back."),
            (Yes, "Reply YES to join."),
            (Recurring, "Recurring msgs, up to {per_month}/month."),
            (Rates, "Msg & data rates may apply."),
            (NoMore, "You won't get any more messages."),
        ],
    ),
    (
        "es",
        &[
            (Stop, "STOP: baja."),
            (Help, "AYUDA: info."),
            (Start, "Responde START para volver."),
            (Yes, "Responde SI para unirte."),
            (Recurring, "Mensajes recurrentes, hasta {per_month} al mes."),
            (Rates, "Pueden aplicarse tarifas de SMS y datos."),
            (NoMore, "Ya no te enviaremos mensajes."),
        ],
    ),
    (
        "fr",
        &[
            (Stop, "STOP : désabonner."),
            (Help, "AIDE : info."),
            (Start, "Pour revenir, répondez START."),
            (Yes, "Répondez OUI pour vous inscrire."),
            (Recurring, "Messages réguliers, {per_month}/mois max."),
            (Rates, "Frais SMS/données possibles."),
            (NoMore, "Vous ne recevrez plus de messages."),
        ],
    ),
    (
        "ro",
        &[
            (Stop, "STOP: dezabonare."),
            (Help, "AJUTOR: info."),
            (Start, "Ca sa revii, raspunde START."),
            (Yes, "Raspunde DA ca sa te inscrii."),
            (Recurring, "Mesaje periodice, max {per_month}/luna."),
            (Rates, "Se pot aplica costuri SMS/date."),
            (NoMore, "Nu vei mai primi mesaje."),
        ],
    ),
    (
        "zh",
        &[
            (Stop, "回复“STOP”退订。"),
            (Help, "回复“帮助”获取帮助。"),
            (Start, "想恢复时，请回复“START”。"),
            (Yes, "回复“是”入会。"),
            (Recurring, "定期短信每月最多{per_month}条。"),
            (Rates, "可能产生短信和流量费用。"),
            (NoMore, "您不会再收到短信。"),
        ],
    ),
];

impl Needed {
    /// Its name, as the console's texts and the API know it.
    pub fn name(self) -> &'static str {
        match self {
            Hole(_) => "hole",
            Stop => "stop",
            Help => "help",
            Start => "start",
            Yes => "yes",
            Recurring => "recurring",
            Rates => "rates",
            NoMore => "no-more",
        }
    }

    /// What says it: a hole, or a sentence to put behind.
    pub fn offered(self, language: Language) -> String {
        if let Hole(name) = self {
            return format!("{{{name}}}");
        }
        let of_language = OFFERED.iter().find(|(code, _)| *code == language.code());
        let sentence = of_language.and_then(|(_, said)| said.iter().find(|(needed, _)| *needed == self));
        sentence.map(|(_, sentence)| (*sentence).to_owned()).unwrap_or_default()
    }

    /// Whether a text says it, by its holes and by its words without them.
    pub(super) fn is_in(self, language: Language, holes: &[&str], words: &str) -> bool {
        match self {
            Hole(name) => holes.contains(&name),
            Stop => has_word(words, "STOP"),
            Start => has_word(words, "START"),
            Help => said_in(language, HELP_WORDS).iter().any(|word| has_word(words, word)),
            Yes => said_in(language, YES_WORDS).iter().any(|word| has_word(words, word)),
            Recurring => has_part(words, said_in(language, RECURRING_WORDS)),
            Rates => has_part(words, said_in(language, RATES_WORDS)),
            NoMore => has_part(words, said_in(language, NO_MORE_WORDS)),
        }
    }
}

fn said_in(language: Language, said: Said) -> &'static [&'static str] {
    said.iter().find(|(code, _)| *code == language.code()).map_or(&[], |(_, words)| words)
}

/// Whether a word stands there as it is typed: STOP, not stop or STOPS. Chinese parts no words.
fn has_word(words: &str, word: &str) -> bool {
    let is_letter = |c: char| c.is_alphanumeric() && c.is_ascii() == word.is_ascii() && !is_han(c);
    words.match_indices(word).any(|(at, _)| {
        let (before, behind) = (words.get(..at).unwrap_or_default(), words.get(at + word.len()..).unwrap_or_default());
        word.starts_with(is_han) || (!before.ends_with(is_letter) && !behind.starts_with(is_letter))
    })
}

fn has_part(words: &str, parts: &[&str]) -> bool {
    let text = Text::read(words);
    let normal = text.normal();
    let squeezed = |words: &str| words.split(' ').collect::<String>();
    parts
        .iter()
        .any(|part| if part.starts_with(is_han) { squeezed(normal).contains(part) } else { normal.contains(part) })
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{as_built_in, check::check, topics};

    #[test]
    fn the_texts_built_in_say_all_that_is_needed() {
        for language in Language::all() {
            for (key, _) in NEEDED {
                assert!(topics::find(key).is_some(), "{key} cannot be changed at all");
                let text = as_built_in(language, key);
                let checked = check(language, key, &text);
                assert!(checked.is_ok(), "{} {key}: {text:?}: {:?}", language.code(), checked.err());
            }
        }
    }

    #[test]
    fn what_is_offered_says_what_was_missing() {
        for language in Language::all() {
            for needed in [Stop, Help, Start, Yes, Recurring, Rates, NoMore] {
                let sentence = needed.offered(language);
                let words = sentence.replace("{per_month}", "9");
                assert!(needed.is_in(language, &[], &words), "{} {needed:?}: {sentence:?}", language.code());
            }
        }
    }

    #[test]
    fn a_word_is_there_as_it_is_typed_and_whole() {
        for (words, there) in [
            ("Reply STOP to stop.", true),
            ("STOP", true),
            ("“STOP”退订", true),
            ("回复STOP退订", true),
            ("stop by", false),
            ("STOPS", false),
            ("NONSTOP fun", false),
        ] {
            assert_eq!(has_word(words, "STOP"), there, "{words}");
        }
    }
}
