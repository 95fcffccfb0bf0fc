//! Words that mean the same at every shop: opt out, opt in, help, yes. They match as the whole text only: "fin", "end" or
//! "t" inside a sentence are ordinary words. Opting out is heard in more forms: "please stop", "STOP STOP", "S T O P".

use super::{
    saying::Saying,
    text::{Text, is_picture},
};

/// What `text` asks for when the whole of it is a reserved word, in any of the languages.
pub fn reserved(text: &Text) -> Option<Reserved> {
    let said = text.normal();
    let exactly = SETS.iter().find(|(_, words)| words.contains(&said)).map(|(meaning, _)| *meaning);
    exactly.or_else(|| is_emphatic_opt_out(text).then_some(Reserved::OptOut))
}

/// Whether nothing but opting out is left of the text without politeness and pictures: once, repeated or spelled out.
fn is_emphatic_opt_out(text: &Text) -> bool {
    let words: Vec<&str> = text.words().filter(|word| !is_picture(word) && !FILLERS.contains(word)).collect();
    let spelled = words.iter().all(|word| word.chars().nth(1).is_none());
    let is_listed = |said: String| OPT_OUT.contains(&said.as_str());
    !words.is_empty()
        && (words.iter().all(|word| OPT_OUT.contains(word))
            || is_listed(words.join(" "))
            || (spelled && is_listed(words.concat())))
}

/// Whether nothing but texts again is asked for, in whatever words: "start please", "quiero volver", 恢复. Only to somebody who opted
/// out, or was asked whether to, is it said for certain.
pub fn asks_to_start(text: &Text) -> bool {
    STARTING.is_said(text)
}

/// What a reserved word asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reserved {
    /// No more texts. Comes before everything else.
    OptOut,
    /// Texts again.
    OptIn,
    /// Who is this, and how do I get out.
    Help,
    /// Opt-in for carriers, except that an open question it answers comes first.
    Yes,
}

const SETS: &[(Reserved, &[&str])] =
    &[(Reserved::OptOut, OPT_OUT), (Reserved::OptIn, OPT_IN), (Reserved::Help, HELP), (Reserved::Yes, YES)];

/// Opt-out words in normal form. Some are names as well: who is called Fin, or Baja, and is asked for a first name says STOP by law,
/// and is told how to come back. The first group is what Twilio, the CTIA, 47 CFR 64.1200(a)(10), AWS, Telnyx and Braze
/// list; the others are what one would type in each language.
#[rustfmt::skip]
pub const OPT_OUT: &[&str] = &[
    "stop", "stopall", "stop all", "unsubscribe", "end", "quit", "cancel", "revoke", "optout", "opt out", "remove",
    "arret", "arrett", "arrete", "td",
    // German
    "stopp", "ende", "abmelden", "abbestellen",
    // French
    "desabonner", "fin", "annuler", "resilier", "stopper",
    // Spanish, Portuguese
    "alto", "parar", "pare", "baja", "cancelar", "salir", "sair",
    // Italian
    "ferma", "annulla", "cancella",
    // Romanian
    "dezabonare", "renunt", "anuleaza",
    // Dutch
    "stoppen", "afmelden",
    // Turkish
    "dur", "iptal", "ret",
    // Polish, Hungarian
    "koniec", "wypisz", "leiratkozas",
    // Chinese, Japanese
    "t", "退订", "退訂", "取消", "停止", "解除", "取消订阅", "取消訂閱", "拒收", "拒收短信",
    // Russian; its short i is normal without its breve
    "стоп", "отписка",
];

/// What one says along with an opt-out without asking for anything else, in normal form.
#[rustfmt::skip]
const FILLERS: &[&str] = &[
    "please", "pls", "plz", "now", "thanks", "thx", "bitte", "danke", "svp", "merci", "por", "favor", "gracias", "ya",
    "grazie", "obrigado", "obrigada", "va", "te", "rog", "frumos", "multumesc", "mersi",
    // As the instructions say it: "reply STOP".
    "reply", "text", "txt", "send",
];

/// Opt-in words in normal form.
pub const OPT_IN: &[&str] = &["start", "unstop"];

/// Texts again, in other words. (START and UNSTOP with courtesy among them.)
const STARTING: Saying = Saying { needs: &[START_AGAIN], around: START_AROUND };

#[rustfmt::skip]
const START_AGAIN: &[&str] = &[
    "start", "unstop", "restart", "resume", "resubscribe", "re subscribe", "subscribe again", "subscribe me again", "sign me up again", "opt in",
    "opt me in", "opt me back in", "opt back in", "come back", "want back in", "be back", "turn them back on", "turn it back on", "text me again",
    "texts again", "messages again", "undo stop", "undo",
    "volver", "vuelvo", "reanudar", "reanuda", "reanuden", "reactivar", "reactiva", "reactivame", "reactiven", "empezar", "empieza", "empiecen",
    "iniciar", "inicia", "comenzar", "comienza", "regresar", "regreso", "suscribirme de nuevo", "suscribirme otra vez",
    "reprendre", "reprenez", "reprends", "recommencer", "recommencez", "recommence", "reabonner", "me reabonner", "reabonnez moi", "revenir",
    "reactiver", "reactivez", "redemarrer", "reprise", "demarrer", "commencer",
    "incepe", "incepeti", "sa inceapa", "reincepe", "reincepeti", "reia", "reluati", "reluare", "reactiveaza", "reactivati", "reactivare", "revin",
    "sa revin", "ma abonez din nou", "ma reabonez", "reabonare", "porneste", "porniti",
    "恢复", "恢复短信", "恢复接收", "重新开始", "重新订阅", "重新接收", "重新加入", "开始", "继续发送", "重新发", "回来",
];

#[rustfmt::skip]
const START_AROUND: &[&str] = &[
    "please", "pls", "plz", "thanks", "thank you", "thx", "again", "now", "i want to", "i want", "id like to", "i would like to", "can you",
    "could you", "can i", "texting", "sending", "texting me", "sending me", "texts", "messages", "the", "my", "me", "msgs", "to", "ok", "hi", "hello",
    "sorry", "yes", "text", "reply", "send", "it", "them",
    "quiero", "quisiera", "deseo", "me gustaria", "por favor", "porfa", "gracias", "de nuevo", "otra vez", "a", "recibir", "mensajes", "los",
    "el", "envio", "de", "con", "hola", "si", "pueden", "puedo", "perdon", "mis", "enviar",
    "svp", "stp", "sil vous plait", "sil te plait", "merci", "je veux", "je voudrais", "je souhaite", "jaimerais", "les", "envois", "mes",
    "de recevoir", "recevoir", "vos", "a nouveau", "encore", "oui", "bonjour", "pouvez vous", "vous pouvez", "des", "sms",
    "te rog", "va rog", "multumesc", "mersi", "vreau", "vreau sa", "as vrea", "as vrea sa", "doresc", "doresc sa", "din nou", "iar", "mesajele",
    "mesaje", "iarasi", "puteti", "da", "buna", "sa", "primesc", "trimiterea",
    "请", "麻烦", "谢谢", "我", "我要", "我想", "想", "吧", "了", "短信", "接收", "发", "给我", "收", "一下", "再", "好的", "服务", "可以", "吗", "你好",
];

/// Words of agreement that carriers take for opting in.
pub const YES: &[&str] = &["yes"];

/// Help words in normal form.
#[rustfmt::skip]
pub const HELP: &[&str] = &[
    "help", "info", "hilfe", "aide", "ayuda", "ajuda", "aiuto", "ajutor", "hulp", "yardim", "pomoc", "segitseg", "帮助", "幫助",
    "ヘルプ", "помощь",
];

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn facts() -> Value {
        serde_json::from_str(include_str!("../../tests/vectors/keywords.json")).unwrap()
    }

    fn said(text: &str) -> Option<Reserved> {
        reserved(&Text::read(text))
    }

    fn words<'a>(set: &'a Value, kind: &str) -> Vec<&'a str> {
        set[kind].as_array().into_iter().flatten().map(|word| word.as_str().unwrap()).collect()
    }

    #[test]
    fn every_listed_word_is_in_normal_form_and_listed_once() {
        let all: Vec<&str> = SETS.iter().flat_map(|(_, words)| *words).copied().collect();
        for (at, word) in all.iter().chain(FILLERS).enumerate() {
            assert_eq!(Text::read(word).normal(), *word);
            assert!(!all[..at.min(all.len())].contains(word), "{word}");
        }
    }

    #[test]
    fn every_word_of_every_carrier_and_language_is_known() {
        let facts = facts();
        let local = facts["local_word_suggestions"].as_object().unwrap();
        let sets = facts["keyword_sets"].as_array().unwrap().iter();
        for set in sets.chain(local.values().filter(|set| set.is_object())) {
            for word in words(set, "opt_out") {
                assert_eq!(said(word), Some(Reserved::OptOut), "{word}");
            }
            for word in words(set, "opt_in") {
                let expected = if word.eq_ignore_ascii_case("yes") { Reserved::Yes } else { Reserved::OptIn };
                assert_eq!(said(word), Some(expected), "{word}");
            }
            for word in words(set, "help") {
                assert_eq!(said(word), Some(Reserved::Help), "{word}");
            }
        }
    }

    #[test]
    fn tricky_texts_that_are_a_reserved_word_mean_what_they_should_and_no_other_text_means_anything() {
        for case in facts()["tricky_inputs"].as_array().unwrap() {
            let meaning = match said(case["text"].as_str().unwrap()) {
                Some(Reserved::OptOut) => "OPT_OUT",
                Some(Reserved::OptIn | Reserved::Yes) => "OPT_IN",
                Some(Reserved::Help) => "HELP",
                None => continue,
            };
            let accepted = std::iter::once(&case["expected"]).chain(case["also_acceptable"].as_array().unwrap());
            assert!(accepted.into_iter().any(|class| class == meaning), "{case}");
        }
    }

    #[test]
    fn blanks_quotes_punctuation_and_invisible_characters_hide_no_opt_out() {
        for text in [
            " Stop.",
            "STOP!!!",
            "stop\n",
            "‘Stop’",
            "“STOP”",
            "OPT-OUT",
            "Opt_out",
            "STOP ALL",
            "STOP\u{200b}",
            "\u{2060}STOP\u{2060}",
            "\u{200f}STOP",
            "S̶T̶O̶P̶",
            "quıt",
            "QUİT",
            "Arrêt",
            "ＳＴＯＰ",
            "𝐒𝐓𝐎𝐏",
            "退订。",
            "İptal",
            "T",
        ] {
            assert_eq!(said(text), Some(Reserved::OptOut), "{text:?}");
        }
    }

    #[test]
    fn an_opt_out_word_repeated_spelled_out_polite_or_with_pictures_is_an_opt_out() {
        for text in [
            "stop stop stop",
            "STOP, STOP!! stop",
            &"stop ".repeat(320),
            "stop cancel unsubscribe",
            "STOP NOW",
            "please stop",
            "Pls STOP now, thanks",
            "baja por favor",
            "STOP 🛑",
            "🛑🛑 stop",
            "👍🏽 opt-out please",
            "stop all 🙏",
            "S T O P",
            "s.t.o.p.",
            "S-T-O-P 🛑 please",
            "u n s u b s c r i b e",
        ] {
            assert_eq!(said(text), Some(Reserved::OptOut), "{text:.40?}");
        }
    }

    #[test]
    fn texts_again_are_asked_for_in_five_languages() {
        for text in [
            "start please",
            "please start again",
            "START!!",
            "unstop pls",
            "please restart the texts",
            "start texting me again",
            "quiero volver",
            "reanudar por favor",
            "reprendre svp",
            "je veux recevoir à nouveau vos messages, reprenez",
            "începe te rog",
            "vreau să revin",
            "恢复",
            "請恢復短信",
            "重新开始",
        ] {
            assert!(asks_to_start(&Text::read(text)), "{text}");
        }
        for text in [
            "please",
            "don't start again",
            "start stop",
            "when do you start",
            "yes",
            "quiero",
            "again",
            "stop",
            "不要恢复",
        ] {
            assert!(!asks_to_start(&Text::read(text)), "{text}");
        }
        crate::saying::tests::can_be_met(&STARTING);
    }

    #[test]
    fn politeness_pictures_and_letters_alone_ask_for_nothing() {
        for text in ["please", "now", "thanks 🙏", "🛑", "P L S", "h i", "please help", "start now", "T O P", "☕ pls"]
        {
            assert_eq!(said(text), None, "{text}");
        }
    }

    #[test]
    fn a_reserved_word_inside_a_sentence_is_an_ordinary_word() {
        for text in [
            "At the end of the week?",
            "Fin de semana",
            "unstoppable",
            "la baja temporada",
            "that was helpful",
            "yes please",
            "Don't stop",
            "non stop",
            "coffee stop pls",
            "cancel my order 4411",
            "👍 to “Reply STOP to cancel”",
        ] {
            assert_eq!(said(text), None, "{text}");
        }
    }
}
