//! What people can text, one file per command.

pub mod balance;
pub mod help;
pub mod hint;
pub mod join;
pub mod start;
pub mod stop;

use std::{collections::HashMap, sync::LazyLock};

use super::{
    conversation::{Context, Conversation, Question, Step, Turn},
    language::{Language, Line, Reply, words_in_all_languages},
    shop::Shop,
    text::Text,
};

/// A command that members text by one of its words.
pub struct Command {
    /// Its name in code, logs and docs.
    pub name: &'static str,
    /// The Fluent message that lists its words.
    pub words: &'static str,
    /// What it answers.
    pub answer: fn(&Conversation, &Context<'_>) -> Turn,
}

/// All commands with words of their own, in the order of HELP. Opt-out, opt-in and help words are in `domain::reserved`.
pub const COMMANDS: &[Command] = &[balance::COMMAND];

/// The most shops that one text names; the rest is counted.
pub const SHOPS_NAMED_MAX: usize = 3;

static BY_WORD: LazyLock<HashMap<String, &'static Command>> = LazyLock::new(|| {
    let words_of =
        |command: &'static Command| words_in_all_languages(command.words).into_keys().map(move |word| (word, command));
    COMMANDS.iter().flat_map(words_of).collect()
});

/// The command that the whole text is a word of, in any language.
pub fn find(text: &Text) -> Option<&'static Command> {
    BY_WORD.get(text.normal()).copied()
}

/// Whether the whole text is a word that a command answers to or waits for: no keyword can be one.
pub fn is_taken(text: &Text) -> bool {
    find(text).is_some() || join::is_answer(text)
}

/// Every word that a command answers to, in normal form.
pub fn words() -> impl Iterator<Item = &'static str> {
    BY_WORD.keys().map(String::as_str)
}

/// Offers the text to the command that asked; `None` when it is no answer.
pub fn take_answer(
    question: &Question,
    conversation: &Conversation,
    text: &Text,
    context: &Context<'_>,
) -> Option<Turn> {
    match question.step {
        Step::ConfirmJoin { shop_id, keyword_id } => {
            join::take_answer(shop_id, keyword_id, conversation, text, context)
        }
    }
}

/// The shops' names in one list, at most [`SHOPS_NAMED_MAX`] of them.
fn names(shops: &[&Shop], language: Language) -> String {
    list(shops, language, |shop| shop.name.clone())
}

/// The shops in one list, each as `named`, at most [`SHOPS_NAMED_MAX`] of them.
fn list(shops: &[&Shop], language: Language, named: fn(&Shop) -> String) -> String {
    let names: Vec<String> = shops.iter().take(SHOPS_NAMED_MAX).map(|shop| named(shop)).collect();
    let list = names.join(", ");
    match and_more(shops.len()) {
        Some(more) => format!("{list} {}", language.write_line(&more)),
        None => list,
    }
}

/// "and 7 more", where not all of so many shops are named.
fn and_more(shops: usize) -> Option<Line> {
    let more = shops.checked_sub(SHOPS_NAMED_MAX).filter(|more| *more > 0)?;
    Some(Line::new("and-more").count("count", i64::try_from(more).unwrap_or(i64::MAX)))
}

/// How many texts a month to announce for these shops together: what each announces, added up.
fn per_month(shops: &[&Shop]) -> i64 {
    shops.iter().map(|shop| i64::from(shop.messages_per_month)).sum()
}

/// A sentence for somebody who is no member, with how to join the shops on this sender.
fn with_offers(opening: Line, otherwise: Line, context: &Context<'_>) -> Reply {
    let offers: Vec<Line> = context
        .directory
        .offers_on(context.sender.id, context.now)
        .take(SHOPS_NAMED_MAX)
        .map(|(keyword, shop)| {
            Line::new("offer").text("phrase", keyword.phrase.display()).text("shop", shop.name.as_str())
        })
        .collect();
    if offers.is_empty() {
        return otherwise.into();
    }
    Reply::sentences(std::iter::once(opening).chain(offers).collect())
}
