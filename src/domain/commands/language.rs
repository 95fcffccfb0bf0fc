//! LANG: in which language we write; and the offer to change it, made once to somebody who writes in another.

use super::{Argument, Command, choose, hint, language_of_word, reminder, sign_up};
use crate::{
    conversation::{Context, Conversation, Question, Step, Turn},
    effect::Effect,
    language::{Language, Line, Reply, guess::guess, words_in_all_languages},
    reading::{Meaning, Reading},
    segment::count,
    text::Text,
};

/// LANG, IDIOMA, LANGUE … and LANG with a language.
pub const COMMAND: Command = Command {
    name: "language",
    words: "words-language",
    argument: Argument::Language,
    is_told: |_, _| false,
    answer: change,
};
/// A language's name alone: ESPAÑOL.
pub const BY_NAME: Command = Command {
    name: "language-name",
    words: "words-language-name",
    argument: Argument::Word,
    is_told: |_, _| false,
    answer: change,
};

fn change(conversation: &Conversation, argument: Option<&str>, context: &Context<'_>) -> Turn {
    match argument.and_then(named) {
        Some(language) => speak(conversation, language),
        None => ask_which(conversation, context),
    }
}

/// The answer to "Which language?"; `None` when it names none. What had been asked before is asked again, in that language.
pub fn take_answer(
    resumes: Option<&Question>,
    conversation: &Conversation,
    text: &Text,
    context: &Context<'_>,
) -> Option<Turn> {
    let names: Vec<String> = Language::all().map(own_name).collect();
    let by_number = choose::pick(text, names.iter().map(String::as_str)).and_then(|place| Language::all().nth(place));
    let language = by_number.or_else(|| named(text.normal()))?;
    let before = Conversation { question: resumes.cloned(), ..conversation.clone() };
    let turn = sign_up::resume(speak(&before, language), &before, context);
    Some(match reminder(&before, language, context) {
        Some(reminder) => turn.adding(reminder),
        None => turn,
    })
}

/// To what was answered, adds the offer to write in the language that the person seems to write in.
pub fn offer_once(mut turn: Turn, text: &Text, reading: &Reading<'_>, context: &Context<'_>) -> Turn {
    if turn.conversation.language_offered_at.is_some() || turn.conversation.language.is_some() {
        return turn;
    }
    let theirs = match reading.meaning {
        Meaning::Command { .. } => language_of_word(text),
        Meaning::Unknown => guess(text),
        _ => None,
    };
    let Some(theirs) = theirs.filter(|theirs| *theirs != turn.language) else { return turn };
    let offer = Line::new("language-offer").in_language(theirs);
    let language = turn.language;
    if let Some(reply) = turn.last_said()
        && let Some(with_offer) = add_offer(reply, offer, language)
    {
        *reply = with_offer;
        turn.conversation.language_offered_at = Some(context.now);
    }
    turn
}

/// Another alphabet may make a text much longer: then the offer stands alone in place of a hint, and waits where anything
/// else was said.
fn add_offer(reply: &Reply, offer: Line, language: Language) -> Option<Reply> {
    let together = reply.clone().below(offer.clone());
    if count(&language.write(&together)).segments <= choose::SEGMENTS_MAX {
        Some(together)
    } else if hint::is_hint(reply) {
        Some(offer.into())
    } else {
        None
    }
}

/// The language that is called so, in any language, or has this code.
pub fn named(said: &str) -> Option<Language> {
    let by_name = || words_in_all_languages("words-language-name").get(said).copied();
    Language::all().find(|language| language.code() == said).or_else(by_name)
}

fn own_name(language: Language) -> String {
    language.write_line(&Line::new("language-name"))
}

fn speak(conversation: &Conversation, language: Language) -> Turn {
    let mut turn = Turn::keeping(conversation, language);
    turn.conversation.question.take_if(|question| matches!(question.step, Step::Language { .. }));
    turn.conversation.language = Some(language);
    turn.with(Effect::SpeakLanguage).saying(Line::new("language-set"), None)
}

/// The question with a numbered list of all languages.
pub fn which() -> Reply {
    let names = Language::all().map(|language| choose::named(own_name(language)));
    choose::among(Line::new("language-which"), names, None)
}

fn ask_which(conversation: &Conversation, context: &Context<'_>) -> Turn {
    let resumes = conversation.open_question(context.now).and_then(|open| match &open.step {
        Step::Language { resumes } => resumes.clone(),
        Step::SignUp { .. } | Step::ConfirmJoin { .. } => Some(Box::new(open.clone())),
        _ => None,
    });
    Turn::keeping(conversation, context.language(conversation))
        .asking(Question::new(Step::Language { resumes }, context.now))
        .saying(which(), None)
}
