//! Our own words come back, or those of another program like ours: adverts that quote how to get out.

use super::phrases::{List, Said};
use crate::text::Text;

/// The rule by which a text is an echo.
pub(super) fn rule(text: &Text, said: Said) -> Option<&'static str> {
    let quotes = said.has(List::Instructions) || said.has(List::Rates);
    if !quotes || is_of_a_person(text, said) {
        return None;
    }
    let characters = text.normal().chars().filter(|c| !c.is_ascii()).count();
    let words = text.words().count() + characters / CHARACTERS_A_WORD;
    match () {
        () if said.has(List::Rates) && words >= WORDS_MIN => Some("lawful-parts"),
        () if said.has(List::Instructions) && words >= ADVERT_WORDS_MIN => Some("quotes-instructions"),
        () => None,
    }
}

/// How many characters of Chinese are about a word.
const CHARACTERS_A_WORD: usize = 2;

/// The fewest words of a text that is more than a mention of rates.
const WORDS_MIN: usize = 5;

/// The fewest words of a text in which an instruction stands amid something else: "Reply STOP to cancel" has four.
const ADVERT_WORDS_MIN: usize = 8;

/// Who speaks of themselves, or asks, is a person, whatever they quote.
fn is_of_a_person(text: &Text, said: Said) -> bool {
    super::asks(text) && !said.has(List::Rates)
        || text.words().any(|word| PERSONAL.contains(&word))
        || text.normal().contains('我')
}

#[rustfmt::skip]
const PERSONAL: &[&str] = &[
    "i", "im", "ive", "id", "ill", "me", "my", "mine", "myself", "dont", "doesnt", "didnt", "tried", "says", "said", "keep", "why", "but",
    "still", "already", "texting", "annoying", "wrong", "sue", "lawyer", "remove", "alone", "enough", "harassment", "harassing", "spam", "scam",
    "fuck", "fucking", "damn", "reported", "blocked", "blocking",
    "yo", "mi", "quiero", "dice", "dejen", "pero", "porque", "sigo", "envie", "mande",
    "je", "jai", "mon", "moi", "mais", "pourquoi", "dit", "arretez",
    "eu", "am", "meu", "imi", "dar", "vreau", "scrie", "opriti",
];

/// "Message and data rates may apply", which carriers ask programs to say and which nobody else says.
#[rustfmt::skip]
pub(super) const RATES: &[&str] = &[
    "data rates may apply", "msg data rates", "message and data rates", "msg and data rates", "standard message rates", "message rates may apply",
    "rates may apply", "recurring msgs up to",
    "pueden aplicarse tarifas", "pueden aplicar tarifas", "se pueden aplicar tarifas", "se aplican tarifas de mensajes", "mensajes recurrentes hasta",
    "des frais de messagerie", "frais de messages et de donnees", "frais de message et de donnees", "des frais peuvent sappliquer",
    "messages recurrents jusqu", "frais sms donnees possibles",
    "se pot aplica tarife", "se pot aplica costuri", "pot fi aplicate tarife", "se aplica tarife", "mesaje periodice max",
    "可能产生短信", "可能会产生短信", "短信和数据费", "短信及数据费", "资费标准",
];

/// How texts tell people to get out, in, or help: always with what for, else it might be said to us.
#[rustfmt::skip]
pub(super) const INSTRUCTIONS: &[&str] = &[
    "stop to stop", "stop to cancel", "stop to end", "stop to quit", "stop to opt out", "stop to optout", "stop to unsubscribe", "stop to be",
    "stop to leave", "stop 2 end", "stop 2 quit", "stop 2 stop", "stop 2 cancel", "stop 2 unsubscribe", "stop2end", "stop2quit", "stop2stop",
    "txt stop2", "cancel to cancel", "end to end", "quit to quit", "unsubscribe to unsubscribe", "start to come back", "start to resubscribe",
    "start to rejoin", "start to opt", "reply help for", "text help for", "help for help", "help for info", "help 4 help", "help 4 info",
    "reply yes to join", "reply y to join", "reply yes to confirm", "text bal for", "reply bal for", "to opt out reply", "to unsubscribe reply",
    "optout reply", "opt out reply", "to cancel reply", "to stop reply",
    "stop baja", "stop para", "baja para", "responde start para", "responde si para", "escribe saldo para", "ayuda ayuda", "ayuda para",
    "stop pour", "arret pour", "repondez oui pour", "repondez start pour", "stop au 3", "stop sms au", "aide pour",
    "stop pentru", "stop ca sa", "raspunde da pentru", "raspunde start pentru", "ajutor pentru",
    "回复stop", "回复 stop", "回stop", "回复td", "回复 td", "回td", "回t退订", "回复t退订", "回复 t 退订", "拒收请回复r", "退订回", "退订请回复",
    "回复退订", "发送stop", "发送 stop", "拒收回", "回复y加入", "回复start", "回复 start",
];

/// What asks to be texted no more, where it is not part of an instruction.
#[rustfmt::skip]
pub(super) const OUT: &[&str] = &[
    "stop", "stopp", "unsubscribe", "remove", "optout", "opt out", "opt me out", "no more", "leave me alone", "wrong number",
    "baja", "no mas", "dejen de", "deja de", "numero equivocado", "arret", "arretez", "arretes", "arreter", "desabonner", "desabonnez", "desinscrire",
    "desinscrivez", "mauvais numero", "dezabonare", "dezabonati", "opriti", "opreste", "stergeti", "nu mai", "numar gresit",
    "退订", "取消", "停止", "别再", "不要再", "打错", "发错",
];
