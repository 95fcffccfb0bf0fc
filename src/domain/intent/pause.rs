//! Asking for a pause: "stop for now", "please pause the messages until March". Who wants no texts for a while is sent no
//! offers, and is asked whether they want none at all. Rules by words, ahead of the model, which was taught that a pause is
//! no end.

use crate::{saying::Saying, text::Text};

/// The reason that is shown.
pub const REASON: &str = "asks for a pause";

/// Whether the text asks for no texts for the time being, and says nothing else.
pub fn is_asked_for(text: &Text) -> bool {
    [&PAUSES, &STOPS_FOR_A_TIME, &NOT_NOW].iter().any(|saying| saying.is_said(text))
}

/// A pause, by its name.
#[rustfmt::skip]
const PAUSES: Saying = Saying {
    needs: &[&[
        "pause", "pausing", "paused", "on pause", "on hold", "a break", "suspend", "snooze", "pausa", "pausar", "pausen",
        "pause los", "suspende", "suspendan", "suspender", "une pause", "suspendre", "suspendez", "pauza", "suspenda", "suspendati",
        "intrerupe", "intrerupeti", "暂停", "先停", "停一下", "停一停", "暂缓", "暂时停", "暂时别发", "暂时不要发", "暂时不发", "先别发", "先不要发", "先不发", "先停发",
        "停几天", "停一段时间", "停一阵子", "停一个月", "停一周", "停一星期",
    ]],
    around: AROUND,
};

/// An end, for so long.
#[rustfmt::skip]
const STOPS_FOR_A_TIME: Saying = Saying {
    needs: &[
        &[
            "stop", "stop texting", "stop messaging", "stop sending", "hold off", "no texts", "no messages", "no more",
            "no more texts", "no more messages", "dont text", "do not text", "dont send", "para", "pare", "paren", "parad",
            "detengan", "deten", "alto", "no me escriban", "no me escribas", "no escriban", "no me manden", "no manden",
            "no me envien", "no envien", "dejen de", "deja de", "basta", "no mas", "arrete", "arretez", "arreter", "cesse",
            "cessez", "plus de", "nenvoyez plus", "ne menvoyez plus", "opreste", "opriti", "opriti va", "oprire",
            "nu mai trimiteti", "nu mai trimite", "nu mi mai trimiteti", "nu mai scrieti", "nu mi mai scrieti", "fara mesaje", "停",
            "停止", "别发", "不要发", "别再发", "不要再发",
        ],
        &[
            "for now", "for a", "for the", "for one", "for two", "for three", "for some", "for this", "until", "till", "til",
            "temporarily", "at the moment", "right now", "this week", "this month", "for #", "a while", "a bit", "for 1", "for 2",
            "for 3", "for 6", "just for", "por ahora", "por un", "por una", "por unos", "por unas", "por el momento", "de momento",
            "por este", "por esta", "hasta", "temporalmente", "un tiempo", "un rato", "unos dias", "unas semanas", "este mes",
            "esta semana", "durante", "pour linstant", "pour le moment", "pour un", "pendant", "quelque temps", "un moment",
            "un temps", "quelques", "momentanement", "temporairement", "provisoirement", "jusqua", "jusquau", "jusquen", "ce mois",
            "cette semaine", "pentru moment", "pentru o", "pentru un", "o vreme", "un timp", "o luna", "o perioada", "deocamdata",
            "momentan", "temporar", "pana", "cateva", "luna asta", "saptamana asta", "暂时", "先", "这段时间", "一段时间", "一阵子", "几天", "这几天",
            "一个月", "这个月", "一周", "这周", "最近", "目前",
        ],
    ],
    around: AROUND,
};

/// Another time.
#[rustfmt::skip]
const NOT_NOW: Saying = Saying {
    needs: &[
        &[
            "not now", "not right now", "not at the moment", "not at this time", "ahora no", "ahorita no", "pas maintenant",
            "pas pour linstant", "pas pour le moment", "pas en ce moment", "nu acum", "acum nu", "momentan nu", "现在不要", "现在别发",
        ],
        &[
            "please", "pls", "plz", "por favor", "porfa", "svp", "stp", "sil vous plait", "sil te plait", "va rog", "te rog", "请",
            "谢谢",
        ],
    ],
    around: &["ok", "sorry", "thanks", "gracias", "merci", "multumesc", "mersi", "no", "non", "nu", "了", "麻烦"],
};

/// What changes nothing: please, what is meant, how long.
#[rustfmt::skip]
const AROUND: &[&str] = &[
    "please", "pls", "plz", "thanks", "thank you", "thx", "can you", "could you", "can i", "could i", "can we", "would you",
    "i want", "i need", "id like", "i would like", "to", "me", "my", "it", "this", "these", "them", "the", "a", "an", "your", "ur",
    "all", "texts", "text", "texting", "messages", "messaging", "msgs", "sms", "offers", "sending", "just", "hi", "hello", "hey",
    "ok", "put", "take", "for", "of", "on", "while", "little", "bit", "couple", "few", "one", "two", "three", "four", "six", "day",
    "days", "week", "weeks", "month", "months", "year", "summer", "winter", "time", "being", "now", "moment", "then", "next",
    "further", "notice", "until", "till", "til", "temporarily", "some", "in", "at", "after", "holidays", "january", "february",
    "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "i say", "i say so", "2",
    "3", "4", "6", "1", "#", "por favor", "porfa", "gracias", "puede", "pueden", "podrian", "podria", "quiero", "necesito", "hacer",
    "los", "el", "la", "un", "una", "unos", "unas", "mensajes", "mensaje", "textos", "de", "escribir", "escribirme", "mandar",
    "mandarme", "enviar", "enviarme", "enviando", "mes", "meses", "semana", "semanas", "dia", "dias", "tiempo", "rato", "temporada",
    "hola", "por", "nuevo", "aviso", "con", "ya", "que", "verano", "ahora", "momento", "svp", "stp", "sil vous plait",
    "sil te plait", "merci", "pouvez vous", "peux tu", "je veux", "je voudrais", "faire", "mettre", "mettez", "en", "les", "le",
    "des", "d", "menvoyer", "mecrire", "envois", "envoi", "mois", "semaine", "semaines", "jour", "jours", "temps", "bonjour",
    "pour", "linstant", "quelques", "nouvel", "ordre", "pendant", "lete", "va rog", "te rog", "multumesc", "mersi", "puteti",
    "poti", "vreau", "o", "mesajele", "mesaje", "mesajul", "mi", "luna", "luni", "saptamana", "saptamani", "zi", "zile", "timp",
    "vreme", "buna", "pentru", "putin", "si", "trimiterea", "cateva", "doua", "trei", "请", "麻烦", "帮我", "能不能", "可以", "短信", "信息",
    "消息", "推送", "发送", "发", "给我", "一下", "吧", "了", "吗", "的", "谢谢", "你们", "你好", "一段时间", "一阵子", "这段时间", "一个月", "两个月", "三个月", "几个月",
    "半年", "一周", "两周", "几天", "个月", "时间", "先", "暂时", "好吗", "我", "想", "要", "再", "收",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::saying::tests::can_be_met;

    #[test]
    #[rustfmt::skip]
    fn a_pause_is_heard_in_five_languages() {
        for text in [
            "pause", "stop for now", "please stop for a month", "stop for a while", "not now please", "Please pause the texts",
            "can you stop texting me for a while?", "stop until january", "pausa", "para por ahora",
            "paren los mensajes por un tiempo", "ahora no por favor", "arrêtez pour l'instant", "stop pendant un mois svp",
            "faire une pause", "pas maintenant svp", "oprește pentru o vreme", "opriți mesajele deocamdată", "stop o lună vă rog",
            "o pauză vă rog", "nu acum vă rog", "暂停", "先停一下", "先别发了", "请暂停一个月", "暫停短信", "先不要发短信了，谢谢",
        ] {
            assert!(is_asked_for(&Text::read(text)), "{text}");
        }
    }

    #[test]
    #[rustfmt::skip]
    fn an_end_and_whatever_else_is_no_pause() {
        for text in [
            "stop", "stop now", "stop texting me", "not now", "for a while", "please", "pause my gym membership",
            "don't stop for a month", "停", "别发了", "para mi", "暂停健身卡一个月", "no more", "",
        ] {
            assert!(!is_asked_for(&Text::read(text)), "{text}");
        }
    }

    #[test]
    fn every_part_can_be_met() {
        for saying in [&PAUSES, &STOPS_FOR_A_TIME, &NOT_NOW] {
            can_be_met(saying);
        }
    }
}
