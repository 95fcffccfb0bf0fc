//! What a shop's questions must be like, so that members can read and answer them.

use std::collections::HashMap;

use super::{
    AnswerKind, Asked, LAPSE_MINUTES, OPTION_MAX, OPTIONS, OWN_QUESTIONS_MAX, OwnQuestion, PROMPT_MAX, SignUpQuestions,
};
use crate::{
    profile::answer::is_skip,
    reserved::reserved,
    text::{Text, hides_something},
};

/// What is wrong with one value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Where it is within the questions: `own[0].options[2]`.
    pub path: String,
    /// What to do.
    pub sentence: String,
}

/// The most characters of a question's id.
const ID_MAX: usize = 30;

impl SignUpQuestions {
    /// Everything that is wrong with them; empty where they can be asked.
    pub fn mistakes(&self) -> Vec<Mistake> {
        let mut found = Found::default();
        if !LAPSE_MINUTES.contains(&self.lapse_after_minutes) {
            let (least, most) = (LAPSE_MINUTES.start(), LAPSE_MINUTES.end());
            found.add("lapse_after_minutes", format!("must be {least} to {most} minutes"));
        }
        if self.own.len() > OWN_QUESTIONS_MAX {
            let count = self.own.len();
            found
                .add("own", format!("has at most {OWN_QUESTIONS_MAX} questions, and these are {count}; take some out"));
        }
        let mut ids = HashMap::new();
        // A list too long is one mistake; what is far down in it need not be told.
        for (at, question) in self.own.iter().take(OWN_QUESTIONS_MAX).enumerate() {
            let path = format!("own[{at}]");
            check_id(&question.id, &format!("{path}.id"), &mut found);
            if let Some(earlier) = ids.insert(question.id.as_str(), at) {
                found.add(&format!("{path}.id"), format!("is also the id of own[{earlier}]; choose another"));
            }
            check_question(question, &path, &mut found);
        }
        found.0
    }
}

#[derive(Default)]
struct Found(Vec<Mistake>);

impl Found {
    fn add(&mut self, path: &str, sentence: impl Into<String>) {
        self.0.push(Mistake { path: path.to_owned(), sentence: sentence.into() });
    }
}

fn check_id(id: &str, path: &str, found: &mut Found) {
    let is_slug = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if id.is_empty() || id.len() > ID_MAX || !id.chars().all(is_slug) {
        found.add(path, format!("must be 1 to {ID_MAX} of a-z, 0-9 and _, such as skin_type"));
    } else if !matches!(Asked::from_key(id), Asked::Own(_)) {
        found.add(path, format!("{id} is asked by the field {id}; choose another id"));
    }
}

fn check_question(question: &OwnQuestion, path: &str, found: &mut Found) {
    check_line(&question.prompt, PROMPT_MAX, "Do you take milk?", &format!("{path}.prompt"), found);
    if let AnswerKind::Choice { options } = &question.kind {
        check_options(options, &format!("{path}.options"), found);
    }
}

fn check_line(line: &str, most: usize, example: &str, path: &str, found: &mut Found) {
    if Text::read(line).is_blank() {
        found.add(path, format!("must say something, such as \"{example}\""));
    }
    if line.chars().nth(most).is_some() {
        found.add(path, format!("has at most {most} characters; shorten it"));
    }
    if hides_something(line) {
        found.add(path, "must be one line without control or invisible characters; type it anew");
    }
}

fn check_options(options: &[String], path: &str, found: &mut Found) {
    if !OPTIONS.contains(&options.len()) {
        let (least, most) = (OPTIONS.start(), OPTIONS.end());
        found.add(path, format!("must be {least} to {most} options, and these are {}", options.len()));
    }
    let mut normal_forms = HashMap::new();
    for (at, option) in options.iter().take(*OPTIONS.end()).enumerate() {
        let path = format!("{path}[{at}]");
        let text = Text::read(option);
        check_line(option, OPTION_MAX, "Oily skin", &path, found);
        if let Some(sentence) = why_it_cannot_be_answered(&text, at) {
            found.add(&path, sentence);
        }
        let earlier = normal_forms.insert(text.normal().to_owned(), at).filter(|_| !text.is_blank());
        if let Some(earlier) = earlier {
            found.add(
                &path,
                format!("is read like option {}; make them differ in more than case or signs", earlier + 1),
            );
        }
    }
}

/// Some words would be taken for something else than this option, the one at `at`.
fn why_it_cannot_be_answered(option: &Text, at: usize) -> Option<String> {
    let said = option.normal();
    if reserved(option).is_some() {
        return Some(format!("\"{said}\" already means something to carriers; add a word to it, or choose another"));
    }
    if is_skip(option) {
        return Some(format!("\"{said}\" skips the question; add a word to it, or choose another"));
    }
    let number = said.parse::<usize>().ok().filter(|number| OPTIONS.end() >= number && *number > 0)?;
    (number != at + 1).then(|| format!("\"{said}\" would be taken for the number of another option; add a word to it"))
}
