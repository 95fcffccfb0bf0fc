//! Options by their place: "2", "the second one", "option b", "la segunda", "第二个".

/// The place that all of these words together name; the first is 0.
pub(super) fn read(words: &[&str]) -> Option<usize> {
    let mut named = words.iter().filter(|word| !AROUND.contains(word) && !BOTH.contains(word));
    match (named.next(), named.next()) {
        (Some(only), None) => place(only),
        (None, _) => place(words.iter().rev().find(|word| BOTH.contains(word))?),
        (Some(_), Some(_)) => None,
    }
}

/// Around another place these mean nothing, and alone they are one: "a", "the second one", "option a", "number one".
const BOTH: &[&str] = &["a", "one", "i"];

fn place(word: &str) -> Option<usize> {
    let as_number = || word.trim_end_matches(char::is_alphabetic).parse::<usize>().ok()?.checked_sub(1);
    let is_ordinal = || ORDINAL_ENDS.contains(&word.trim_start_matches(|c: char| c.is_ascii_digit()));
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return is_ordinal().then(as_number).flatten();
    }
    let letter = || "abcdefghi".find(word).filter(|_| word.len() == 1);
    WORDS.iter().position(|words| words.contains(&word)).or_else(letter)
}

const ORDINAL_ENDS: &[&str] =
    &["", "st", "nd", "rd", "th", "er", "ere", "e", "eme", "o", "a", "ro", "ra", "do", "da", "lea"];

/// What stands around a place and does not change it, in normal form.
#[rustfmt::skip]
const AROUND: &[&str] = &[
    "the", "number", "no", "num", "nr", "option", "letter", "answer", "choice", "pick", "choose", "ill", "take", "go",
    "with", "for", "its", "im", "please", "pls", "thanks", "el", "la", "lo", "numero", "opcion", "letra", "respuesta",
    "elijo", "escojo", "por", "favor", "gracias", "le", "choix", "reponse", "je", "prends", "choisis", "svp", "merci",
    "al", "cea", "cel", "varianta", "optiunea", "numarul", "aleg", "va", "rog", "multumesc", "第", "个", "個", "选", "選",
    "我", "号", "项", "是", "吧",
];

/// 1 to 9 in five languages, in normal form.
const WORDS: [&[&str]; 9] = [
    &[
        "one", "first", "uno", "una", "primero", "primera", "primer", "un", "une", "premier", "premiere", "unu",
        "primul", "prima", "intai", "一",
    ],
    &["two", "second", "dos", "segundo", "segunda", "deux", "deuxieme", "seconde", "doi", "doua", "doilea", "二", "两"],
    &["three", "third", "tres", "tercero", "tercera", "tercer", "trois", "troisieme", "trei", "treia", "treilea", "三"],
    &["four", "fourth", "cuatro", "cuarto", "cuarta", "quatre", "quatrieme", "patru", "patra", "patrulea", "四"],
    &["five", "fifth", "cinco", "quinto", "quinta", "cinq", "cinquieme", "cinci", "cincea", "cincilea", "五"],
    &["six", "sixth", "seis", "sexto", "sexta", "sixieme", "sase", "sasea", "saselea", "六"],
    &["seven", "seventh", "siete", "septimo", "septima", "sept", "septieme", "sapte", "saptea", "saptelea", "七"],
    &["eight", "eighth", "ocho", "octavo", "octava", "huit", "huitieme", "opt", "opta", "optulea", "八"],
    &["nine", "ninth", "nueve", "noveno", "novena", "neuf", "neuvieme", "noua", "noualea", "九"],
];
