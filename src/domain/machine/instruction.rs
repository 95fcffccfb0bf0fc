//! "Reply STOP to unsubscribe", "回复TD退订": what other programs tell their readers. Forwarded to us, or sent by such a program,
//! it tells us nothing for certain. "Reply STOP" alone, with no word of what for, is said to us.

use crate::{saying::Saying, text::Text};

/// Whether the text tells its reader how to opt out, and says nothing else.
pub fn instructs(text: &Text) -> bool {
    [&TELLS_WHAT_FOR, &TELLS_WHERE].iter().any(|saying| saying.is_said(text))
}

/// Reply, the word, and what for or where to.
const TELLS_WHAT_FOR: Saying = Saying { needs: &[REPLY, WORD, PURPOSE], around: AROUND };

/// The word and a number: "STOP au 36180".
const TELLS_WHERE: Saying = Saying {
    needs: &[WORD, &["al #", "au #", "la #", "to #", "发送至 #", "发至 #", "到 #", "至 #"]],
    around: AROUND,
};

#[rustfmt::skip]
const REPLY: &[&str] = &[
    "reply", "text", "txt", "send", "respond", "sms",
    "responde", "responda", "responder", "envia", "envie", "enviar", "escribe", "escriba", "manda", "mande", "texto",
    "repondez", "repondre", "reponds", "envoyez", "envoyer", "envoie", "tapez",
    "raspunde", "raspundeti", "trimite", "trimiteti", "scrie", "scrieti",
    "回复", "请回复", "回", "请回", "发送", "发",
];

#[rustfmt::skip]
const WORD: &[&str] = &[
    "stop", "stopp", "stopall", "end", "quit", "cancel", "unsubscribe", "optout", "opt out", "with stop",
    "alto", "baja", "parar", "salir", "cancelar",
    "arret", "fin",
    "dezabonare", "renunt",
    "td", "t", "tt", "n", "r", "qx", "退订", "取消",
];

#[rustfmt::skip]
const PURPOSE: &[&str] = &[
    "to unsubscribe", "to end", "to stop", "to cancel", "to quit", "to opt out", "to optout", "to leave", "to be removed", "to unsub",
    "2 end", "2 stop", "2 quit", "2 cancel", "2 unsubscribe", "2 opt out", "to #",
    "para cancelar", "para salir", "para darse de baja", "para darte de baja", "para baja", "para no recibir", "para dejar de recibir",
    "para parar", "para detener", "al #",
    "pour vous desabonner", "pour se desabonner", "pour te desabonner", "pour vous desinscrire", "pour se desinscrire", "pour arreter",
    "pour ne plus recevoir", "pour resilier", "pour annuler", "pour stopper", "au #",
    "pentru dezabonare", "pentru a te dezabona", "pentru a va dezabona", "ca sa te dezabonezi", "ca sa va dezabonati", "pentru anulare",
    "pentru a nu mai primi", "pentru oprire", "la #",
    "退订", "以退订", "可退订", "即可退订", "取消", "拒收", "可取消",
];

#[rustfmt::skip]
const AROUND: &[&str] = &[
    "please", "the", "word", "messages", "msgs", "texts", "alerts", "sms", "at any time", "anytime", "any time", "from", "receiving", "mas", "mensajes",
    "la palabra", "en cualquier momento", "plus", "de", "messages", "le mot", "par", "sms", "a tout moment", "mesaje", "oricand",
    "cuvantul", "请", "短信",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::saying::tests::can_be_met;

    #[test]
    fn what_programs_tell_their_readers_is_told_to_nobody_here() {
        for text in [
            "回复TD退订",
            "回T退订",
            "拒收请回复R",
            "退订回T",
            "Responde ALTO al 12345 para cancelar",
            "Reply STOP to unsubscribe",
            "Reply STOP to unsubscribe.",
            "Txt STOP to end",
            "text STOP 2 end",
            "STOP au 36180",
            "Envoyez STOP au 36180",
            "Trimite STOP la 1234",
            "Răspunde STOP pentru dezabonare",
            "Responda BAJA para darse de baja",
        ] {
            assert!(instructs(&Text::read(text)), "{text}");
        }
    }

    #[test]
    fn who_opts_out_tells_nobody_how() {
        for text in [
            "reply STOP",
            "text STOP",
            "STOP",
            "stop to unsubscribe",
            "to unsubscribe",
            "cancel",
            "I reply STOP to unsubscribe",
            "退订",
            "回复TD",
            "TD退订",
            "stop 36180",
            "please reply stop to stop now",
            "You write \"reply STOP to opt out\". Very well: STOP.",
        ] {
            assert!(!instructs(&Text::read(text)), "{text}");
        }
    }

    #[test]
    fn every_part_can_be_met() {
        for saying in [&TELLS_WHAT_FOR, &TELLS_WHERE] {
            can_be_met(saying);
        }
    }
}
