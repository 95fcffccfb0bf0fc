//! The texts built in, written as a shop would write its own: to be read, and to begin with.

use super::voice::Plural;
use crate::language::Language;

/// A text as built in, with its holes in braces.
pub fn as_built_in(language: Language, key: &str) -> String {
    let written = language.forms_by_number(key).into_iter().map(|(number, form)| (number, with_holes(form)));
    let written: Vec<(&str, String)> = written.collect();
    let is_one_form = written.iter().all(|(_, form)| written.first().is_some_and(|(_, first)| form == first));
    let Some(hole) = language.decided_by(key).filter(|_| !is_one_form) else {
        return written.into_iter().next().map(|(_, form)| form).unwrap_or_default();
    };
    // What has no form of its own takes that of all others, which stands last.
    let form_of = |plural: &Plural| {
        let own = written.iter().find(|(number, _)| *number == plural.name());
        own.or(written.last()).map(|(_, form)| form.clone()).unwrap_or_default()
    };
    join(&language.plurals().iter().map(form_of).collect::<Vec<_>>(), hole)
}

/// `{ $shop }` is `{shop}`; the forms of a unit are one hole.
fn with_holes(form: &'static str) -> String {
    let mut written = form.replace("{ $", "{").replace(" }", "}");
    for form in ["{unit_one}", "{unit_few}", "{unit_other}"] {
        written = written.replace(form, "{unit}");
    }
    written
}

/// Several forms of a sentence as one, in which only the words that differ have forms.
fn join(forms: &[String], hole: &str) -> String {
    let forms: Vec<Vec<&str>> = forms.iter().map(|form| tokens(form)).collect();
    let shortest = forms.iter().map(Vec::len).min().unwrap_or_default();
    let first = forms.first().map(Vec::as_slice).unwrap_or_default();
    let same = |place: &dyn Fn(&[&str]) -> Option<String>| forms.iter().all(|form| place(form) == place(first));
    let before = (0..shortest).take_while(|at| same(&|form| form.get(*at).map(|word| (*word).to_owned()))).count();
    let from_end = |form: &[&str], at: usize| {
        form.len().checked_sub(at + 1).and_then(|at| form.get(at).map(|word| (*word).to_owned()))
    };
    let mut behind = (0..shortest - before).take_while(|at| same(&|form| from_end(form, *at))).count();
    // A form is a word at least: not "de " and nothing, but "de vizite" and "vizite".
    while behind > 0 && shortest == before + behind {
        behind -= 1;
    }
    let middle = |form: &Vec<&str>| form.get(before..form.len() - behind).unwrap_or_default().concat();
    let middles: Vec<String> = forms.iter().map(middle).collect();
    let begin = first.get(..before).unwrap_or_default().concat();
    let end = first.get(first.len() - behind..).unwrap_or_default().concat();
    format!("{begin}{{{hole}|{}}}{end}", middles.join("|"))
}

/// Words, holes, and what stands between them.
fn tokens(form: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = form;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '{' => rest.find('}').map_or(rest.len(), |at| at + 1),
            c if c.is_alphanumeric() => rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        let (token, behind) = rest.split_at(length);
        tokens.push(token);
        rest = behind;
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Template, topics::TOPICS};

    #[test]
    fn several_forms_become_one_text() {
        let of = |code, key| as_built_in(Language::from_code(code).unwrap(), key);
        assert_eq!(of("en", "points"), "{points} {unit}");
        assert_eq!(of("en", "tier-visits"), "{count} {count|visit|visits}");
        assert_eq!(of("en", "join-already"), "{shop}: good to see you again! You have {held}.");
        let offer = "{name} membership: {price} for {count|a month|{count} months}. Ask at the counter.";
        assert_eq!(of("en", "membership-offer"), offer);
        assert_eq!(of("ro", "stamps-moved"), "{count} {count|stampila|stampile|de stampile}");
        assert_eq!(of("ro", "rewards-more"), "si inca {count|una|{count}|{count}}");
        let often = "{gain} din {count} {count|de vizite|vizite|de vizite}, ai {held}.";
        assert_eq!(of("ro", "told-earned-often"), often);
        assert_eq!(of("zh", "stamps-moved"), "{count}个印章");
    }

    #[test]
    fn every_text_can_be_read_as_one_of_ones_own() {
        for language in Language::all() {
            for key in TOPICS.iter().flat_map(|topic| topic.keys) {
                let text = as_built_in(language, key);
                let read = Template::read(&text, language, key);
                assert!(read.is_ok() && !text.is_empty(), "{} {key}: {text:?}: {read:?}", language.code());
            }
        }
    }
}
