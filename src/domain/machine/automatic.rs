//! Automatic replies: the phone of a driver, an out-of-office note, a shop's "thanks for contacting".
//!
//! "I'm driving" may be typed by a person as well. So an excuse counts where nothing else is said: every other word must be
//! one that such replies are made of, or the reply must promise an answer later.

use super::{
    asks,
    phrases::{List, Said},
};
use crate::text::Text;

/// The rule by which a text is an automatic reply.
pub(super) fn rule(text: &Text, said: Said) -> Option<&'static str> {
    if said.has(List::Declared) || said.has(List::DeclaredFirst) {
        return Some("declares-itself");
    }
    if said.has(List::QuickReply) {
        return Some("quick-reply");
    }
    if asks(text) || said.wants_out() {
        return None;
    }
    let promises = said.has(List::Later);
    if said.has(List::Contacted) && promises {
        Some("thanks-for-contacting")
    } else if said.has(List::Away) && (promises || is_made_of_set_words(text)) {
        Some("out-of-office")
    } else if said.has(List::Busy) && (said.has(List::LaterOfOne) || is_made_of_set_words(text)) {
        Some("busy-or-driving")
    } else if said.has(List::Closed) && promises {
        Some("closed")
    } else {
        None
    }
}

/// Whether every word is one that excuses are made of; in Chinese, whether little is said.
fn is_made_of_set_words(text: &Text) -> bool {
    let is_set = |word: &str| {
        SET_WORDS.contains(&word)
            || word.starts_with(|c: char| c.is_ascii_digit())
            || BUSY.iter().chain(AWAY).any(|phrase| phrase.split(' ').any(|part| part == word))
    };
    let foreign = |word: &&str| !word.is_ascii();
    let chinese: usize = text.words().filter(foreign).map(|word| word.chars().count()).sum();
    chinese <= CHINESE_MAX && text.words().filter(|word| word.is_ascii()).all(is_set)
}

/// The most characters of an excuse in Chinese: 我正在开车，稍后回复您。
const CHINESE_MAX: usize = 14;

/// Openings with which a text says that it is automatic.
#[rustfmt::skip]
pub(super) const DECLARED_FIRST: &[&str] = &[
    "automatic reply", "automatic response", "automatic message", "auto reply", "autoreply", "auto response", "autoresponse", "auto respond",
    "automated reply", "automated response", "automated message", "out of office", "out of the office", "ooo", "do not reply",
    "please do not reply", "vacation responder", "away message",
    "respuesta automatica", "mensaje automatico", "contestacion automatica", "fuera de la oficina", "fuera de oficina", "no responda a este",
    "reponse automatique", "message automatique", "absence du bureau", "absent du bureau", "message dabsence", "ne pas repondre a ce",
    "raspuns automat", "mesaj automat", "in afara biroului", "absent de la birou", "nu raspundeti la acest",
    "自动回复", "自动答复", "自动消息", "自動回覆", "自动应答", "外出自动回复", "休假自动回复",
    "automatische antwort", "abwesenheitsnotiz", "resposta automatica", "risposta automatica",
];

/// Said anywhere, only by machines.
#[rustfmt::skip]
pub(super) const DECLARED: &[&str] = &[
    "this is an automated", "this is an automatic", "this is an auto", "this is automated", "this is an autoreply", "is an automated message",
    "automatically generated", "auto generated", "sent automatically", "do not disturb while driving",
    "with do not disturb", "do not disturb turned on", "driving with do not disturb", "driving focus", "drive mode", "driving mode",
    "see your message when i get where im going", "not receiving notifications", "im driving and will", "im driving ill",
    "send a notification through with your original message", "auto reply", "automatic reply",
    "este es un mensaje automatico", "es una respuesta automatica", "mensaje generado automaticamente", "enviado automaticamente",
    "modo no molestar", "no molestar al conducir", "vere tu mensaje cuando llegue", "no recibo notificaciones",
    "ceci est un message automatique", "ceci est une reponse automatique", "envoye automatiquement", "ne pas deranger", "mode conduite",
    "je verrai votre message", "je verrai ton message", "je ne recois pas de notifications",
    "acesta este un mesaj automat", "acesta este un raspuns automat", "trimis automat", "generat automat", "nu deranja", "iti voi vedea mesajul cand",
    "voi vedea mesajul cand", "nu primesc notificari",
    "此为自动回复", "这是自动回复", "这是一条自动", "自动发送", "勿扰模式", "驾驶模式", "驾驶勿扰", "开车勿扰",
];

/// Whole texts that phones offer for a call one does not take.
#[rustfmt::skip]
pub(super) const QUICK_REPLIES: &[&str] = &[
    "can i call you later", "can i call you back later", "ill call you back", "ill call you later", "ill call you right back",
    "call you later", "please text me", "whats up", "sorry i missed your call", "cant talk now whats up", "cant talk right now whats up",
    "cant talk now call me later", "ill get back to you", "ill text you later", "sorry im busy call me later",
    "puedo llamarte mas tarde", "te puedo llamar mas tarde", "te llamo luego", "te llamo mas tarde", "te llamo en un rato", "luego te llamo",
    "puis je vous rappeler plus tard", "puis je te rappeler plus tard", "je peux te rappeler plus tard", "je vous rappelle plus tard",
    "je te rappelle plus tard", "je te rappelle", "je vous rappelle",
    "pot sa te sun mai tarziu", "te sun mai tarziu", "te sun eu mai tarziu", "revin eu", "te sun inapoi",
    "我稍后给您打电话", "稍后给您回电话", "我稍后打给你", "稍后给你回电", "我晚点打给你", "我一会儿打给你", "稍后联系", "稍后再联系您",
];

/// Thanks for having written, as shops and offices say.
#[rustfmt::skip]
pub(super) const CONTACTED: &[&str] = &[
    "thanks for contacting", "thank you for contacting", "thanks for reaching out", "thank you for reaching out", "thanks for texting",
    "thank you for texting", "thanks for messaging", "thank you for messaging", "thanks for your message", "thank you for your message",
    "thanks for your text", "thank you for your text", "thanks for your email", "thank you for your email", "thanks for getting in touch",
    "thank you for getting in touch", "thanks for calling", "thank you for calling", "thanks for your inquiry", "thank you for your inquiry",
    "thank you for your interest", "thanks for your interest", "thanks for writing", "thank you for writing", "we have received your",
    "weve received your", "your message has been received", "we got your message", "your message is important", "your call is important",
    "gracias por contactar", "gracias por contactarnos", "gracias por comunicarte", "gracias por comunicarse", "gracias por tu mensaje",
    "gracias por su mensaje", "gracias por escribir", "gracias por escribirnos", "gracias por llamar", "hemos recibido tu", "hemos recibido su",
    "recibimos tu mensaje", "recibimos su mensaje",
    "merci de nous avoir contactes", "merci de nous avoir contacte", "merci davoir contacte", "merci pour votre message",
    "merci de votre message", "merci de votre appel", "nous avons bien recu votre", "nous avons recu votre", "votre message a bien ete recu",
    "merci de nous avoir ecrit",
    "multumim ca ne ai contactat", "multumim ca ne ati contactat", "multumim pentru mesaj", "va multumim pentru mesaj",
    "va multumim ca ne ati contactat", "iti multumim pentru mesaj", "iti multumim ca ne ai contactat", "am primit mesajul", "multumim ca ati contactat",
    "multumim ca ne ai scris", "multumim ca ne ati scris",
    "感谢您的来信", "感谢您的留言", "感谢您的联系", "感谢您联系", "感谢联系", "感谢您的来电", "感谢您的咨询", "已收到您的", "您的消息已收到", "感谢您的消息",
    "感谢您的短信",
];

/// What is promised or asked in the meantime.
#[rustfmt::skip]
pub(super) const LATER: &[&str] = &[
    "get back to you", "getting back to you", "be in touch", "get in touch with you", "will respond", "will reply", "will contact you",
    "will call you", "will answer", "well respond", "well reply", "well be in touch", "well contact you", "well call you", "ill respond",
    "ill reply", "ill call you", "respond to you", "respond as soon", "reply as soon", "as soon as", "as soon as possible", "shortly",
    "within 24", "within 48", "business day", "business days", "business hours", "for urgent", "if urgent", "if it is urgent", "if its urgent",
    "if this is urgent", "urgent matters", "in case of emergency", "if this is an emergency", "limited access", "no access to",
    "when i return", "upon my return", "will return", "ill return", "ill be back", "will be back", "returning on", "back on", "back in the office",
    "until", "call 911", "a representative", "a team member", "our team", "one of our", "open at", "reopen",
    "te responderemos", "le responderemos", "responderemos", "te contestaremos", "le contestaremos", "nos pondremos en contacto",
    "nos comunicaremos", "en breve", "lo antes posible", "a la brevedad", "te respondere", "respondere", "contestare", "a mi regreso",
    "cuando regrese", "cuando vuelva", "regreso el", "vuelvo el", "estare de vuelta", "en caso de urgencia", "para asuntos urgentes",
    "si es urgente", "horario de atencion", "hasta el",
    "nous vous repondrons", "vous repondrons", "nous vous contacterons", "nous reviendrons vers vous", "reviendrons vers vous",
    "nous vous recontacterons", "des que possible", "dans les plus brefs delais", "prochainement", "bientot", "je vous repondrai",
    "je te repondrai", "je repondrai", "je reviens vers vous", "a mon retour", "de retour le", "serai de retour", "en cas durgence",
    "si cest urgent", "jusquau", "heures douverture",
    "va vom raspunde", "iti vom raspunde", "vom raspunde", "va vom contacta", "te vom contacta", "vom reveni", "revenim", "in cel mai scurt timp",
    "cat mai curand", "in curand", "voi raspunde", "voi reveni", "revin cu un", "revin in", "revin pe", "la intoarcere", "cand ma intorc",
    "ma intorc pe", "in caz de urgenta", "pentru urgente", "daca este urgent", "pana pe", "pana la", "program de lucru",
    "尽快回复", "尽快与您联系", "稍后回复", "会尽快", "将尽快", "稍后联系", "稍后与您", "回来后", "回来再", "返回后", "紧急", "工作时间", "工作日", "回复您",
    "联系您", "直到",
];

/// What one person promises who cannot talk.
#[rustfmt::skip]
pub(super) const LATER_OF_ONE: &[&str] = &[
    "ill get back to you", "i will get back to you", "get back to you later", "get back to you soon", "ill call you back", "i will call you back",
    "ill call you later", "i will call you later", "ill text you back", "ill text you later", "ill text you when", "ill reply later",
    "ill reply when", "ill respond when", "ill respond later", "will reply later", "will call you later", "will call you back", "will call back",
    "call you later", "call you back", "text you later", "text you when i", "leave a message", "leave me a message",
    "te llamo luego", "te llamo mas tarde", "te llamo despues", "te respondo luego", "te respondo mas tarde", "te contesto luego", "te escribo luego",
    "te contesto mas tarde", "te contesto despues", "te respondere",
    "je te rappelle", "je vous rappelle", "je te rappellerai", "je vous rappellerai", "je te reponds", "je vous reponds", "vous repondrai",
    "te repondrai", "je reviens vers vous",
    "te sun mai tarziu", "va sun mai tarziu", "te sun eu", "revin mai tarziu", "iti raspund", "va raspund", "iti voi raspunde", "va voi raspunde",
    "revin cu un mesaj", "revin cu un telefon",
    "稍后回复", "稍后联系", "稍后给", "晚点回", "晚点联系", "回头联系", "稍后再", "会回复", "回电",
];

#[rustfmt::skip]
pub(super) const AWAY: &[&str] = &[
    "out of office", "out of the office", "away from the office", "away from my desk", "on vacation", "on holiday", "on annual leave",
    "on leave", "on parental leave", "on maternity leave", "away on business", "currently away", "out of town",
    "fuera de la oficina", "fuera de oficina", "de vacaciones", "estoy ausente", "de permiso", "de licencia", "de viaje",
    "absent du bureau", "absente du bureau", "hors du bureau", "en vacances", "en conge", "en conges", "je suis absent", "je suis absente",
    "actuellement absent", "actuellement absente", "en deplacement",
    "in afara biroului", "plecat din birou", "plecata din birou", "in concediu", "in vacanta", "nu sunt la birou", "lipsesc din birou",
    "不在办公室", "外出", "休假", "度假", "放假", "出差", "请假",
];

#[rustfmt::skip]
pub(super) const BUSY: &[&str] = &[
    "im driving", "i am driving", "i m driving", "currently driving", "driving right now", "driving now", "behind the wheel", "on the road",
    "cant talk", "cannot talk", "can not talk", "cant answer", "cannot answer", "cant pick up", "cant take your call", "cant reply",
    "cant respond", "cannot reply", "cant text", "in a meeting", "in meetings", "in a conference", "im busy", "i am busy", "busy right now",
    "currently busy", "currently unavailable", "im unavailable", "i am unavailable", "not available", "away from my phone", "away from phone",
    "in class", "at the movies", "in a movie", "im sleeping", "i am sleeping", "at work", "im at the gym", "on another call", "in a call",
    "estoy conduciendo", "estoy manejando", "voy conduciendo", "voy manejando", "conduciendo ahora", "al volante", "no puedo hablar",
    "no puedo contestar", "no puedo atender", "no puedo responder", "no puedo tomar la llamada", "en una reunion", "estoy reunido",
    "estoy reunida", "estoy ocupado", "estoy ocupada", "no disponible", "no estoy disponible",
    "je conduis", "en train de conduire", "au volant", "sur la route", "je ne peux pas parler", "peux pas parler", "ne peux pas repondre",
    "peux pas repondre", "ne peux pas te parler", "ne peux pas vous parler", "en reunion", "je suis occupe", "je suis occupee", "indisponible",
    "pas disponible", "en cours",
    "sunt la volan", "conduc", "conduc acum", "la volan", "nu pot vorbi", "nu pot raspunde", "nu pot sa vorbesc", "nu pot sa raspund",
    "intr o sedinta", "in sedinta", "la o sedinta", "sunt ocupat", "sunt ocupata", "sunt indisponibil", "nu sunt disponibil", "intr o intalnire",
    "开车", "驾驶", "不方便接", "无法接听", "不能接听", "不方便说话", "不便接听", "开会", "会议中", "正忙", "不方便通话",
];

#[rustfmt::skip]
pub(super) const CLOSED: &[&str] = &[
    "we are closed", "were closed", "we are currently closed", "were currently closed", "our office is closed", "our office is currently closed",
    "our store is closed", "outside of business hours", "outside business hours", "after hours", "our business hours are", "our hours are",
    "estamos cerrados", "fuera de horario", "nuestro horario", "nous sommes fermes", "actuellement fermes", "en dehors des heures",
    "suntem inchisi", "in afara programului", "program de lucru", "已打烊", "非工作时间", "已下班", "休息中",
];

/// The other words that excuses are made of.
#[rustfmt::skip]
const SET_WORDS: &[&str] = &[
    "sorry", "hi", "hello", "hey", "thanks", "thank", "you", "your", "please", "apologies", "i", "im", "am", "ill", "will", "the", "a", "an", "at",
    "on", "in", "of", "for", "my", "me", "to", "and", "or", "but", "is", "its", "it", "this", "that", "so", "this", "be", "have", "has",
    "right", "now", "moment", "currently", "today", "tonight", "tomorrow", "until", "till", "from", "through", "later", "soon", "back", "call", "text",
    "message", "reply", "respond", "answer", "talk", "get", "when", "can", "could", "cant", "not", "if", "urgent", "emergency", "sent", "with", "by",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december", "week", "day", "days", "am", "pm", "auto", "android", "phone", "safely", "arrive",
    "returning", "return", "meeting", "available", "then", "as", "possible",
    "lo", "siento", "perdon", "perdona", "disculpa", "disculpe", "hola", "gracias", "estoy", "voy", "en", "este", "momento", "ahora", "mismo", "ahorita", "el", "la",
    "los", "las", "de", "y", "luego", "mas", "tarde", "te", "le", "llamo", "hasta", "al", "mi", "un", "una", "por", "favor", "no", "puedo", "hoy", "manana",
    "pronto", "lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo",
    "desole", "desolee", "pardon", "bonjour", "merci", "je", "suis", "ne", "pas", "peux", "pour", "le", "moment", "actuellement", "maintenant", "tout",
    "suite", "du", "jusquau", "jusqua", "rappelle", "rappellerai", "plus", "tard", "vous", "ce", "cet", "instant", "lundi", "mardi", "mercredi",
    "jeudi", "vendredi", "samedi", "dimanche",
    "scuze", "imi", "pare", "rau", "buna", "ziua", "salut", "multumesc", "sunt", "acum", "momentan", "in", "acest", "pana", "pe", "si", "sun", "mai",
    "tarziu", "revin", "nu", "pot", "cu", "luni", "marti", "miercuri", "joi", "vineri", "sambata", "duminica", "azi", "maine", "curand",
];
