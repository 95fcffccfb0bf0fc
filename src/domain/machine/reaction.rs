//! Reactions to a text, as phones write them out: 'Liked “…”', '👍 to “…”', "Laughed at an image".

use super::{
    begins,
    phrases::{List, Said},
};
use crate::text::{Text, is_picture};

/// The rule by which a text is a reaction.
pub(super) fn rule(text: &Text, said: Said) -> Option<&'static str> {
    if let Some(quoted) = Quoted::read(text.raw()) {
        let (head, tail) = (Text::read(quoted.head), Text::read(quoted.tail));
        if reacts_to_what_follows(head.normal()) && tail.is_blank() {
            return Some("reaction-to-quote");
        }
        if AROUND.iter().any(|(before, behind)| wraps(head.normal(), tail.normal(), before, behind)) {
            return Some("reaction-around-quote");
        }
        return None;
    }
    if !said.has(List::Thing) {
        return None;
    }
    let is_reaction_to =
        |thing: &str| text.normal().strip_suffix(thing).is_some_and(|head| reacts_to_what_follows(head.trim_end()));
    THINGS.iter().any(|thing| is_reaction_to(thing)).then_some("reaction-to-thing")
}

/// A text with something in quotes, that ends with them or behind a few words.
struct Quoted<'a> {
    head: &'a str,
    tail: &'a str,
}

impl<'a> Quoted<'a> {
    fn read(raw: &'a str) -> Option<Self> {
        let opening = raw.char_indices().take(HEAD_MAX).find(|(_, c)| is_opening(*c))?;
        let inside = opening.0 + opening.1.len_utf8();
        let rest = &raw[inside..];
        // What is long was cut off, closing quote and all.
        let (closing, length) = match rest.char_indices().rev().find(|(_, c)| is_closing(*c)) {
            Some((at, c)) => (at, c.len_utf8()),
            None if rest.trim_end().ends_with(['…']) || rest.trim_end().ends_with("...") => (rest.len(), 0),
            None => return None,
        };
        Some(Self { head: &raw[..opening.0], tail: &rest[closing + length..] })
    }
}

/// The most characters before the quote: "A mis un point d’interrogation à propos de".
const HEAD_MAX: usize = 60;

fn is_opening(c: char) -> bool {
    matches!(c, '"' | '“' | '„' | '«' | '‟' | '「' | '『' | '＂' | '‘' | '”')
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '”' | '“' | '»' | '」' | '』' | '＂' | '’' | '‟')
}

/// Whether a head says that somebody reacted: the words of a phone, or a picture and "to".
fn reacts_to_what_follows(head: &str) -> bool {
    if HEADS.contains(&head) {
        return true;
    }
    let words = || head.split(' ').filter(|word| !word.is_empty());
    let pictures = words().filter(|word| is_picture(word)).count();
    if pictures > 0 {
        let said: Vec<&str> = words().filter(|word| !is_picture(word)).collect();
        let said = said.join(if said.iter().all(|word| word.is_ascii()) { " " } else { "" });
        return WITH_PICTURE.contains(&said.as_str());
    }
    REMOVED.iter().any(|(verb, link)| begins(head, verb) && (head.ends_with(&format!(" {link}")) || *link == "的"))
        && words().count() <= REMOVED_WORDS_MAX
}

/// The most words of "Removed an exclamation mark from".
const REMOVED_WORDS_MAX: usize = 9;

fn wraps(head: &str, tail: &str, before: &str, behind: &str) -> bool {
    head == before && tail.split(' ').filter(|word| !is_picture(word)).collect::<String>().contains(behind)
}

/// What phones write before what somebody reacted to, in normal form.
#[rustfmt::skip]
const HEADS: &[&str] = &[
    "liked", "loved", "disliked", "laughed at", "emphasized", "emphasised", "questioned", "hearted", "reacted to",
    "reacted with a sticker to", "added a sticker to", "replied to",
    // Spanish
    "me gusta", "le gusta", "le gusto", "te gusto", "le ha gustado", "le gusto a", "me encanta", "le encanta", "le encanto",
    "le ha encantado", "no me gusta", "no le gusta", "no le gusto", "no le ha gustado", "se rio de", "se rio con", "se ha reido de",
    "se ha reido con", "le dio risa", "le hizo gracia", "le ha hecho gracia", "enfatizo", "ha enfatizado", "ha destacado", "destaco",
    "recalco", "resalto", "exclamo por", "exclamo sobre", "cuestiono", "ha cuestionado", "dudo de", "pregunto por", "pregunto sobre",
    "puso en duda", "reacciono a",
    // French
    "a aime", "aime", "jaime", "a adore", "adore", "jadore", "na pas aime", "naime pas", "je naime pas", "a deteste", "a ri a", "a ri de",
    "a rigole a", "rit de", "ri a", "a trouve drole", "a souligne", "a mis en evidence", "a mis en valeur", "a insiste sur", "insiste sur",
    "a accentue", "sest exclame a propos de", "sest exclame", "a interroge", "a questionne", "sinterroge sur", "sest interroge sur",
    "a remis en question", "a mis en doute", "a reagi a",
    // Romanian
    "a apreciat", "apreciat", "apreciaza", "i a placut", "ia placut", "mi a placut", "imi place", "ii place", "a iubit", "a adorat", "adora",
    "i a placut mult", "nu a apreciat", "nu i a placut", "nu ia placut", "nu ii place", "nu imi place", "a displacut", "a ras la", "a ras de",
    "a evidentiat", "a accentuat", "a subliniat", "a exclamat la", "a pus sub semnul intrebarii", "a pus la indoiala", "a intrebat despre",
    "a intrebat de", "a reactionat la",
    // Chinese
    "赞了", "点赞了", "点赞", "喜欢", "喜欢了", "喜爱", "喜爱了", "爱了", "不喜欢", "不喜欢了", "踩了", "嘲笑了", "大笑", "笑了", "强调", "强调了",
    "质疑", "质疑了", "疑问", "对此表示疑问", "已赞", "已喜爱", "已踩", "已强调", "回应了", "按讚", "喜歡", "強調", "質疑",
    // German, Portuguese, Italian
    "gefallt", "gefallt nicht", "liebt", "lacht uber", "hebt hervor", "betont", "fragt sich", "hinterfragt",
    "gostou de", "curtiu", "amou", "adorou", "nao gostou de", "riu de", "enfatizou", "questionou",
    "ha messo mi piace a", "piace", "adora molto", "non piace", "ha riso per", "ha evidenziato", "ha messo in dubbio",
];

/// What is said along with a picture: "Reacted 🔥 to".
#[rustfmt::skip]
const WITH_PICTURE: &[&str] = &[
    "to", "reacted to", "reacted with to", "removed from", "removed the from", "removed a from", "removed reaction from",
    "a", "reacciono con a", "reacciono a", "ha reaccionado con a", "ha reaccionado a", "elimino de", "quito de", "quito la reaccion de",
    "elimino la reaccion a", "ha eliminado de", "ha quitado de",
    "a reagi avec a", "a reagi par a", "a reagi a", "reagi avec a", "a supprime de", "a retire de", "a enleve de", "a supprime a",
    "a retire la reaction de", "pour",
    "la", "a reactionat cu la", "a reactionat la", "a eliminat din", "a eliminat de la", "a sters de la", "a sters din", "a retras de la",
    "对", "用回应了", "用回应", "以回应了", "回应了", "移除了", "移除了对", "取消了", "回应", "从中移除了",
    "an", "reagiert mit auf", "reagierte mit auf", "hat mit auf reagiert", "reagiu com a", "ha reagito con a",
];

/// "Removed a heart from": the verb, and the word before what it was removed from.
const REMOVED: &[(&str, &str)] = &[
    ("removed", "from"),
    ("elimino", "de"),
    ("quito", "de"),
    ("ha eliminado", "de"),
    ("ha quitado", "de"),
    ("a supprime", "de"),
    ("a retire", "de"),
    ("a enleve", "de"),
    ("a supprime", "a"),
    ("a eliminat", "din"),
    ("a eliminat", "de la"),
    ("a eliminat", "pentru"),
    ("a sters", "din"),
    ("a sters", "de la"),
    ("a retras", "de la"),
    ("移除了", "的"),
    ("取消了", "的"),
];

/// Words on both sides of the quote, where a language wants its verb last; pictures between do not count.
const AROUND: &[(&str, &str)] = &[
    ("对", "回应"),
    ("对", "反应"),
    ("对", "疑问"),
    ("对", "喜爱"),
    ("对", "喜欢"),
    ("对", "赞"),
    ("对", "强调"),
    ("对", "笑"),
    ("觉得", "笑"),
    ("觉得", "赞"),
    ("用", "回应"),
    ("从", "移除"),
    ("移除了", "的"),
    ("取消了", "的"),
    ("", "gefallt"),
    ("", "gefallt mir"),
];

/// What is not quoted because it is no text, in normal form.
#[rustfmt::skip]
pub(super) const THINGS: &[&str] = &[
    "an image", "an attachment", "a photo", "a picture", "a movie", "a video", "a link", "a sticker", "an audio message", "a voice message",
    "a file", "a contact", "a location", "a gif", "a memoji", "an animated image", "a message", "your message", "photos", "images",
    "una imagen", "un archivo adjunto", "un adjunto", "una foto", "un video", "un enlace", "un sticker", "un mensaje de audio",
    "un mensaje", "una pelicula",
    "une image", "une piece jointe", "une photo", "une video", "un lien", "un autocollant", "un message audio", "un message", "un film",
    "o imagine", "un atasament", "o fotografie", "o poza", "un videoclip", "un clip", "un link", "un mesaj audio", "un mesaj", "un film video",
    "一张图片", "一张照片", "图片", "照片", "一个附件", "附件", "一个视频", "一段视频", "视频", "一条语音", "一个链接", "一则消息", "一条消息",
    "ein bild", "einen anhang", "uma imagem", "um anexo", "unimmagine",
];
