//! What serde says of a value it cannot read, as a merchant would be told.

/// The most characters of a word that is repeated in a sentence.
const WORD_MAX: usize = 40;

/// A mistake in words; and the setting that it is about where its path does not name it. `also` are settings that are
/// possible besides those that serde knows of.
pub(super) fn said(error: &str, also: &[&str]) -> (Option<String>, String) {
    let quoted: Vec<&str> = error.split('`').skip(1).step_by(2).collect();
    match quoted.split_first() {
        Some((field, _)) if error.starts_with("missing field") => (Some((*field).to_owned()), "is needed".to_owned()),
        Some((field, known)) if error.starts_with("unknown field") => {
            let known = [known, also].concat();
            let sentence = format!("is no setting here; there are {}", known.join(", "));
            (Some(shortened(field, WORD_MAX)), did_you_mean(&sentence, field, &known))
        }
        Some((written, known)) if error.starts_with("unknown variant") => {
            let known: Vec<&str> = known.iter().copied().filter(|known| !known.is_empty()).collect();
            (None, did_you_mean(&format!("must be one of {}", known.join(", ")), written, &known))
        }
        _ => (None, of_value(error)),
    }
}

fn of_value(error: &str) -> String {
    // What chrono says of days that are none.
    const NO_DAY: [&str; 5] = ["input ", "premature end", "trailing input", "no possible date", "out of range"];
    if NO_DAY.iter().any(|words| error.starts_with(words)) {
        return "must be a day that exists, such as 2026-03-31".to_owned();
    }
    // What a birthday says, which is read like a day of every year.
    if ["there is no such day", "no date with a month and a day"].contains(&error) {
        return "must be a day of every year, MM-DD, such as 12-31".to_owned();
    }
    let Some((_, wanted)) = error.split_once(", expected ").filter(|_| error.starts_with("invalid ")) else {
        return error.to_owned();
    };
    let wanted = wanted.trim();
    let number = ["i64", "u64", "u32", "u8", "integer"];
    if number.iter().any(|kind| wanted == *kind || wanted.starts_with(&format!("{kind} "))) {
        return "must be a whole number within its bounds, such as 10".to_owned();
    }
    match wanted {
        "a string" | "string" => "must be a text in quotes".to_owned(),
        "a boolean" => "must be true or false".to_owned(),
        "a sequence" => "must be a list: [ … ]".to_owned(),
        "newtype variant" => "must be said with a number: { last_months = 12 } or { year_from_month = 4 }".to_owned(),
        "a formatted date string" => "must be a day such as 2026-03-31".to_owned(),
        "string or map" => "must be a word, or a word with a number: { last_months = 12 }".to_owned(),
        _ if wanted.starts_with("a map") || wanted.contains("struct ") || wanted.contains("enum ") => {
            "must be a table of settings: { … }".to_owned()
        }
        wanted => format!("must be {}", shortened(wanted, WORD_MAX)),
    }
}

/// "…; did you mean spend?" where a known word is near what was written.
pub(super) fn did_you_mean(sentence: &str, written: &str, known: &[&str]) -> String {
    // Long words are no slips of the finger, and comparing them would take long.
    let is_short = |word: &&str| word.len() <= WORD_MAX;
    let near = known.iter().copied().filter(|_| is_short(&written)).filter(is_short);
    let nearest = near.map(|word| (strsim::osa_distance(word, written), word)).min();
    match nearest.filter(|(distance, word)| *distance <= 2 && *distance < word.len()) {
        Some((_, word)) => format!("{sentence}; did you mean {word}?"),
        None => sentence.to_owned(),
    }
}

/// The beginning of what somebody wrote, without what cannot be seen.
pub(super) fn shortened(written: &str, most: usize) -> String {
    let shown: String = written.chars().map(|c| if c.is_control() { '?' } else { c }).take(most).collect();
    if written.chars().nth(most).is_some() { shown + "…" } else { shown }
}
