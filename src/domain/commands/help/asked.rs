//! HELP asked for in one's own words: "who is sending this?", "I don't understand". Who asks who we are wants an answer, and no
//! question whether to stop.

use crate::{saying::Saying, text::Text};

/// Whether the text asks who we are or what this is, or says that it was not understood, and says nothing else.
pub(in crate::commands) fn is_asked_for(text: &Text) -> bool {
    SAYINGS.iter().any(|saying| saying.is_said(text))
}

/// By language: in another one the same words mean other things.
const SAYINGS: [&Saying; 5] = [
    &Saying { needs: &[ENGLISH], around: AROUND_ENGLISH },
    &Saying { needs: &[SPANISH], around: AROUND_SPANISH },
    &Saying { needs: &[FRENCH], around: AROUND_FRENCH },
    &Saying { needs: &[ROMANIAN], around: AROUND_ROMANIAN },
    &Saying { needs: &[CHINESE], around: AROUND_CHINESE },
];

#[rustfmt::skip]
const ENGLISH: &[&str] = &[
    "who is", "whos", "who are", "who r", "who am i", "who sent", "who sends", "who texted", "who keeps texting", "who the hell is",
    "whose number", "whose is", "what is this number", "what number is", "which number is", "what is this about", "whats this", "what is this",
    "what shop is", "which shop is", "what store is", "which store is", "what company is", "which company is", "what business is",
    "what does this mean", "what does that mean", "what does it mean", "what do you mean", "what you mean", "what do you want",
    "what is it about", "i dont understand", "i do not understand", "dont understand", "didnt understand", "i didnt understand",
    "i cant understand", "dont get it", "i dont get it", "i dont get this", "im confused", "i am confused", "confused", "i dont follow",
];

#[rustfmt::skip]
const AROUND_ENGLISH: &[&str] = &[
    "this", "that", "these", "it", "you", "u", "ur", "your", "sending", "texting", "messaging", "writing", "contacting", "calling", "me",
    "texts", "text", "messages", "message", "msg", "number", "company", "from", "please", "pls", "is", "are", "r", "and", "the", "a", "to",
    "here", "there", "behind", "talking", "speaking", "with", "about", "for", "sorry", "hi", "hello", "hey", "even", "exactly", "so", "very",
    "a bit", "thanks", "anything", "any of", "pardon", "excuse", "all", "what",
];

#[rustfmt::skip]
const SPANISH: &[&str] = &[
    "quien es", "quien eres", "quien sos", "quienes son", "quien son", "quien escribe", "quien me escribe", "quien manda", "quien me manda",
    "quien envia", "quien me envia", "quien habla", "con quien hablo", "de quien es", "de quien son", "de parte de quien", "que es esto",
    "que es este", "que numero es", "cual es este numero", "que significa", "que quiere decir", "que quieren", "que quieres", "de que tienda",
    "que tienda es", "que empresa es", "de que se trata", "de que es", "no entiendo", "no entendi", "no comprendo", "no lo entiendo",
    "no te entiendo", "no les entiendo",
];

#[rustfmt::skip]
const AROUND_SPANISH: &[&str] = &[
    "este", "esto", "esta", "estos", "numero", "mensaje", "mensajes", "texto", "de", "del", "me", "hola", "perdon", "perdona", "disculpe",
    "disculpa", "el", "la", "los", "usted", "ustedes", "tu", "que", "nada", "y", "o", "por favor", "porfa", "gracias", "lo", "son", "es",
    "eres", "quien", "escribe", "manda", "muy bien", "bien", "dice", "dicen", "a mi", "oiga", "oye", "buenas", "conmigo", "su", "se",
];

#[rustfmt::skip]
const FRENCH: &[&str] = &[
    "qui est ce", "qui est", "cest qui", "c qui", "qui cest", "qui etes vous", "vous etes qui", "qui es tu", "tu es qui", "tes qui", "qui mecrit",
    "qui menvoie", "qui envoie", "qui ecrit", "qui me parle", "qui parle", "a qui est", "de qui", "de la part de qui", "cest quoi", "c quoi",
    "que veut dire", "ca veut dire quoi", "quest ce que", "quest ce que cest", "quel est ce numero", "cest quel numero", "cest quel magasin",
    "quel magasin", "que voulez vous", "je ne comprends pas", "je comprends pas", "jcomprends pas", "comprends pas", "je comprends rien",
    "je ne comprends rien", "jai pas compris", "je nai pas compris", "pas compris", "je ne vous comprends pas", "rien compris",
];

#[rustfmt::skip]
const AROUND_FRENCH: &[&str] = &[
    "ce", "cela", "ca", "ces", "cette", "message", "messages", "sms", "texto", "numero", "la", "le", "les", "de", "du", "des", "svp", "stp",
    "sil vous plait", "sil te plait", "moi", "vous", "tu", "bonjour", "pardon", "desole", "desolee", "cest", "est", "que", "quoi", "rien",
    "bien", "votre", "a", "et", "qui", "merci", "excusez moi", "me", "mecrit", "au juste", "exactement", "dire", "ton",
];

#[rustfmt::skip]
const ROMANIAN: &[&str] = &[
    "cine e", "cine este", "cine i", "cine esti", "cine sunteti", "cine sunt", "cine imi scrie", "cine mi scrie", "cine scrie", "cine trimite", "cine imi trimite",
    "cine mi trimite", "cine ma contacteaza", "cu cine vorbesc", "al cui e", "al cui este", "ce e asta", "ce este asta", "ce i asta",
    "ce inseamna", "ce numar e", "ce numar este", "de la cine", "ce magazin", "ce firma", "despre ce e vorba", "ce vreti", "nu inteleg",
    "nu am inteles", "n am inteles", "nu pricep", "nu va inteleg", "nu te inteleg",
];

#[rustfmt::skip]
const AROUND_ROMANIAN: &[&str] = &[
    "asta", "acesta", "acest", "aceasta", "aceste", "numar", "numarul", "mesaj", "mesaje", "mesajul", "mesajele", "va rog", "te rog", "imi", "mi",
    "trimite", "scrie", "nimic", "de", "la", "buna", "buna ziua", "scuze", "si", "e", "este", "sunteti", "ce", "cine", "bine", "multumesc",
    "dvs", "voi", "tu", "acolo", "salut", "spune", "zice", "vreti", "de la mine",
];

#[rustfmt::skip]
const CHINESE: &[&str] = &[
    "你是谁", "您是谁", "你们是谁", "是谁", "你是哪位", "您是哪位", "你哪位", "哪位", "哪家店", "哪个店", "哪家公司", "什么号码", "谁的号码", "谁的短信", "谁发的",
    "谁在发", "谁给我发", "不懂", "看不懂", "没看懂", "没懂", "搞不懂", "不明白", "不理解", "什么意思", "啥意思", "这是什么", "这是啥", "你是边个", "边个", "唔明", "睇唔明", "唔知咩嚟",
];

#[rustfmt::skip]
const AROUND_CHINESE: &[&str] = &[
    "我", "这", "这个", "这是", "这条", "那个", "是", "的", "短信", "号码", "信息", "消息", "请问", "你好", "您好", "啊", "呀", "呢", "吗", "哦", "在", "给我", "发",
    "完全", "都", "说", "你说的", "您说的", "到底", "不好意思", "抱歉", "太", "真", "有点", "还是", "系", "你", "您", "谢谢", "了", "什么", "喂",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::saying::tests::can_be_met;

    #[test]
    #[rustfmt::skip]
    fn who_asks_who_we_are_is_heard_in_five_languages() {
        for text in [
            "who is this", "who is sending this?", "Who's this texting me", "what is this number",
            "who are you and what do you want", "I don't understand", "sorry, I don't understand this message", "¿quién es?",
            "¿Quién me manda estos mensajes?", "no entiendo nada", "c'est qui ?", "Bonjour, qui m'écrit ?",
            "je ne comprends pas ce message", "cine e", "cine îmi trimite mesajele?", "nu am înțeles", "你是谁", "請問你是誰", "不懂", "看不懂啊",
            "谁给我发的短信",
        ] {
            assert!(is_asked_for(&Text::read(text)), "{text}");
        }
    }

    #[test]
    #[rustfmt::skip]
    fn who_says_more_is_not_answered_with_help() {
        for text in [
            "who is this? stop texting", "who is this? wrong number", "I don't understand why you keep texting me", "你是谁,别再发了",
            "what is this code for", "understand", "quién es el dueño", "cine e patronul", "",
        ] {
            assert!(!is_asked_for(&Text::read(text)), "{text}");
        }
    }

    #[test]
    fn every_part_can_be_met() {
        for saying in SAYINGS {
            can_be_met(saying);
        }
    }
}
