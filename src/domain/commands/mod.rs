//! What people can text, one file per command.

pub mod action;
mod answers;
pub mod balance;
pub mod card;
pub mod choose;
pub mod code;
pub mod day;
mod earned;
pub mod help;
pub mod hint;
pub mod history;
pub mod holding;
pub mod join;
pub mod language;
pub mod leave;
mod near;
pub mod place;
pub mod profile;
pub mod redeem;
pub mod refer;
pub mod rewards;
pub mod sign_up;
pub mod start;
pub mod stop;
pub mod suggest;
pub mod tier;

use std::{collections::HashMap, sync::LazyLock};

use uuid::Uuid;

pub use answers::goes_on;
use answers::{
    agrees_after_all, agrees_to_join, begins_with_no, declines, is_all, is_answer, is_bare_no, is_greeting, is_keep,
    is_no, is_no_and_likes, is_open_no, is_yes,
};

use super::{
    conversation::{Context, Conversation, Question, Step, Turn},
    directory::Directory,
    intent::{self, Heard, Reason, spelling::in_simplified},
    keyword::within_courtesy,
    language::{Language, Line, Reply},
    program::Program,
    reading::Reading,
    reserved::{HELP, OPT_OUT},
    shop::Shop,
    text::Text,
};

/// A command that members text by one of its words.
pub struct Command {
    /// Its name in code, logs and docs.
    pub name: &'static str,
    /// The Fluent message that lists its words.
    pub words: &'static str,
    /// What may stand behind its word.
    pub argument: Argument,
    /// Whether HELP names it for a shop with this program.
    pub is_told: fn(&Program, &Shop) -> bool,
    /// What it answers to its argument, in normal form.
    pub answer: fn(&Conversation, Option<&str>, &Context<'_>) -> Turn,
}

/// What a command is told besides its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Argument {
    /// Nothing: its word is the whole text.
    Nothing,
    /// A shop's name or keyword behind its word, if anything: LEAVE COFFEE.
    Shop,
    /// A language behind its word, if anything: LANG ES.
    Language,
    /// The word itself: ESPAÑOL.
    Word,
    /// A number behind its word, if anything: PROFILE 2.
    Number,
    /// A reward's number or name, or how many points, behind its word, if anything: REDEEM FREE COFFEE.
    Reward,
    /// A code behind its word, if anything: CODE CDFH-JKMN.
    Code,
}

impl std::fmt::Debug for Command {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// All commands with words of their own, in the order of HELP. Opt-out, opt-in and the carriers' help words are in
/// `domain::reserved`.
pub const COMMANDS: &[Command] = &[
    balance::COMMAND,
    rewards::COMMAND,
    redeem::COMMAND,
    card::COMMAND,
    tier::COMMAND,
    refer::COMMAND,
    code::COMMAND,
    history::COMMAND,
    profile::COMMAND,
    help::COMMAND,
    suggest::COMMAND,
    leave::COMMAND,
    language::COMMAND,
    language::BY_NAME,
];

/// The most shops that one sentence names; the rest is counted.
pub const SHOPS_NAMED_MAX: usize = 3;

struct Word {
    command: &'static Command,
    /// `None` where several languages have it.
    language: Option<Language>,
}

static BY_WORD: LazyLock<HashMap<String, Word>> = LazyLock::new(|| {
    let mut by_word: HashMap<String, Word> = HashMap::new();
    for (command, language) in
        COMMANDS.iter().flat_map(|command| Language::all().map(move |language| (command, language)))
    {
        for word in language.words(command.words) {
            let word = Text::read(&word).normal().to_owned();
            let known = by_word.entry(word).or_insert(Word { command, language: Some(language) });
            known.language = known.language.filter(|other| *other == language);
        }
    }
    by_word
});

/// The command whose word the text is, or begins with, in any language; and its argument.
pub fn find(text: &Text) -> Option<(&'static Command, Option<String>)> {
    find_all(text).next()
}

/// All commands that the text may be, the likeliest first: one whose word is all of it, or is once greetings, please and
/// thanks are left out; then those whose word it begins with, with what stands behind.
pub fn find_all(text: &Text) -> impl Iterator<Item = (&'static Command, Option<String>)> {
    let cores: Vec<&str> = std::iter::once(text.normal()).chain(within_courtesy(text)).collect();
    let parted = cores.clone().into_iter().flat_map(|said| beginning(said).into_iter().chain(ending(said)));
    let asked = || help::is_asked_for(text).then_some((&help::COMMAND, None));
    cores.into_iter().filter_map(whole).chain(parted).chain(std::iter::once_with(asked).flatten())
}

fn whole(said: &str) -> Option<(&'static Command, Option<String>)> {
    if let Some(Word { command, .. }) = BY_WORD.get(said).or_else(|| BY_WORD.get(&*in_simplified(said))) {
        return Some((command, (command.argument == Argument::Word).then(|| said.to_owned())));
    }
    HELP.contains(&said).then_some((&help::COMMAND, None))
}

fn beginning(said: &str) -> Option<(&'static Command, Option<String>)> {
    let begins = |at: usize| {
        let word = &said[..at];
        // "Stop coffee" leaves the coffee shop. The word alone ends all, and never comes here.
        let leaves = || (OPT_OUT.contains(&word) || LEAVING.contains(&word)).then_some(&leave::COMMAND);
        let command = BY_WORD.get(word).map(|word| word.command).or_else(leaves)?;
        (!matches!(command.argument, Argument::Nothing | Argument::Word))
            .then(|| (command, Some(said[at..].trim_start().to_owned())))
    };
    // Chinese has no blanks: a word of it may be followed at once by what it is about.
    let mut all_han = true;
    let mut found = None;
    for (at, c) in said.char_indices().take(LONGEST_WORD) {
        if at > 0 && (c == ' ' || all_han) {
            found = begins(at).or(found);
        }
        all_han &= is_han(c);
    }
    found
}

/// What one begins with who leaves the shop that is named behind it, besides the words of [`OPT_OUT`], in normal form.
#[rustfmt::skip]
const LEAVING: &[&str] = &[
    "退出", "我要退出", "我想退出", "我要退订", "我想退订", "帮我退订", "请帮我退订", "我要取消", "请帮我取消", "停", "唔要",
];

/// The name of a shop and at once a word that ends it: 面包退订. With a blank between, the word ends all: "coffee pls stop".
fn ending(said: &str) -> Option<(&'static Command, Option<String>)> {
    let words = OPT_OUT.iter().chain(LEAVING).filter(|word| word.chars().all(is_han));
    let named = words.filter_map(|word| said.strip_suffix(*word)).find(|named| !named.is_empty())?;
    Some((&leave::COMMAND, Some(named.trim_end().to_owned())))
}

/// Whether what stands behind a command's word is something that the command knows on this sender. "Leave me alone" is not
/// about a shop.
pub fn knows(command: &Command, argument: &str, sender_id: Uuid, directory: &Directory) -> bool {
    match command.argument {
        Argument::Nothing => false,
        Argument::Word => true,
        Argument::Language => language::named(argument).is_some(),
        Argument::Number => argument.parse::<u8>().is_ok(),
        Argument::Reward => may_be_reward(argument),
        Argument::Code => code::may_be(argument),
        Argument::Shop => {
            let shops: Vec<&Shop> = directory.shops_on(sender_id).collect();
            let may_be = |shop: &&Shop| choose::may_be(argument, &shop.name);
            choose::shop_named(argument, &shops, directory).is_some() || shops.iter().any(may_be)
        }
    }
}

/// Whether a few words may name a reward: "redeem my points and stop this" asks for an end.
fn may_be_reward(said: &str) -> bool {
    let asks_for_an_end = || matches!(intent::hear(&Text::read(said)), Some(Heard { reason, .. }) if !matches!(reason, Reason::Model { .. }));
    said.split(' ').nth(REWARD_WORDS_MAX).is_none() && !asks_for_an_end()
}

/// Nobody names a reward by more words.
const REWARD_WORDS_MAX: usize = 8;

/// The language of the command's word that the text is, courtesy left out; `None` where it is none, or several languages have it.
pub fn language_of_word(text: &Text) -> Option<Language> {
    let mut said = std::iter::once(text.normal()).chain(within_courtesy(text));
    said.find_map(|said| BY_WORD.get(said))?.language
}

/// No command's word is longer, in characters.
const LONGEST_WORD: usize = 40;

fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// Whether the whole text is a word that a command answers to or waits for: no keyword can be one.
pub fn is_taken(text: &Text) -> bool {
    BY_WORD.contains_key(text.normal()) || is_answer(text)
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
    reading: &Reading<'_>,
    context: &Context<'_>,
) -> Option<Turn> {
    match &question.step {
        Step::ConfirmJoin { shop_id, keyword_id, referred_by } => {
            join::take_answer((*shop_id, *keyword_id, *referred_by), conversation, text, context)
        }
        Step::DidYouMean { keyword_ids, referral } => {
            suggest::take_answer((keyword_ids, referral.as_ref()), conversation, text, reading, context)
        }
        Step::SignUp { shop_id, asked, again } => {
            let waiting = sign_up::Waiting { shop_id: *shop_id, asked, again: *again };
            sign_up::take_answer(&waiting, conversation, text, reading, context)
        }
        // "Actually yes": as if it had been said at first.
        Step::Declined { step } => {
            let asked = Question { step: (**step).clone(), ..question.clone() };
            agrees_after_all(text).then(|| take_answer(&asked, conversation, text, reading, context)).flatten()
        }
        Step::ConfirmStop => stop::take_answer(conversation, text, reading, context),
        Step::Leave { shop_ids } => leave::take_answer(shop_ids, conversation, text, reading, context),
        Step::Language { resumes } => language::take_answer(resumes.as_deref(), conversation, text, context),
        Step::AtShop { command, said, shop_ids } => {
            place::take_answer((command, said.as_deref(), shop_ids), conversation, text, context)
        }
        Step::Redeem { shop_id, rewards } => redeem::take_answer((*shop_id, rewards), conversation, text, context),
        // What nothing understands is for staff: `hint` sees to it.
        Step::Talk { .. } => None,
    }
}

/// What we wait for, said once more; `None` when we wait for nothing, or need not say so.
pub fn reminder(conversation: &Conversation, language: Language, context: &Context<'_>) -> Option<Reply> {
    match &conversation.open_question(context.now)?.step {
        Step::ConfirmJoin { shop_id, .. } => {
            let shop = context.directory.shop(*shop_id)?;
            Some(Line::new("join-reminder").text("shop", shop.name.as_str()).into())
        }
        Step::DidYouMean { keyword_ids, .. } => suggest::reminder(keyword_ids, language, context),
        Step::Leave { shop_ids } => leave::reminder(shop_ids, language, context),
        Step::Language { .. } => Some(language::which()),
        Step::AtShop { shop_ids, .. } => Some(place::reminder(shop_ids, language, context)),
        Step::Redeem { shop_id, .. } => redeem::reminder(*shop_id, language, context),
        // A shop's question says so itself, and whether to stop is not asked twice.
        Step::SignUp { .. } | Step::ConfirmStop | Step::Declined { .. } | Step::Talk { .. } => None,
    }
}

/// The shops' names in one list, at most [`SHOPS_NAMED_MAX`] of them.
fn names(shops: &[&Shop], language: Language) -> String {
    list(shops, language, SHOPS_NAMED_MAX, |shop, _| shop.name.clone())
}

/// The shops in one list, each as `named`, at most so many of them.
fn list(shops: &[&Shop], language: Language, most: usize, named: fn(&Shop, Language) -> String) -> String {
    let joined = |shops: String, shop: String| {
        language.write_line(&Line::new("shops-joined").text("shops", shops).text("shop", shop))
    };
    let names = shops.iter().take(most).map(|shop| named(shop, language));
    let list = names.reduce(joined).unwrap_or_default();
    match and_more(shops.len().saturating_sub(most)) {
        Some(more) => {
            let more = language.write_line(&more);
            language.write_line(&Line::new("shops-and-more").text("shops", list).text("more", more))
        }
        None => list,
    }
}

/// "and 7 more"; nothing where there are none.
fn and_more(more: usize) -> Option<Line> {
    (more > 0).then(|| Line::new("and-more").count("count", i64::try_from(more).unwrap_or(i64::MAX)))
}

/// How many texts a month to announce for these shops together: what each announces, added up.
fn per_month(shops: &[&Shop]) -> i64 {
    shops.iter().map(|shop| i64::from(shop.messages_per_month)).sum()
}

/// A sentence for somebody who is no member, with how to join the shops on this sender.
fn with_offers(opening: Line, otherwise: Line, language: Language, context: &Context<'_>) -> Reply {
    let offers: Vec<Line> = context
        .directory
        .offers_on(context.sender.id, language, context.now)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn found(typed: &str) -> Option<(&'static str, Option<String>)> {
        find(&Text::read(typed)).map(|(command, argument)| (command.name, argument))
    }

    #[test]
    fn a_command_is_the_whole_text_or_takes_what_stands_behind_it() {
        assert_eq!(found("BAL"), Some(("balance", None)));
        assert_eq!(found("Leave coffee pls!"), Some(("leave", Some("coffee pls".to_owned()))));
        assert_eq!(found("Salir de Panes"), Some(("leave", Some("panes".to_owned()))));
        assert_eq!(found("lang ES"), Some(("language", Some("es".to_owned()))));
        assert_eq!(found("español"), Some(("language-name", Some("espanol".to_owned()))));
        assert_eq!(found("menu please now"), None);
        assert_eq!(found("hello"), None);
    }

    #[test]
    fn courtesy_around_a_command_changes_nothing() {
        for typed in [
            "my points please",
            "hi, balance please",
            "bal pls",
            "hola, mi saldo por favor",
            "bonjour madame, mon solde svp",
            "soldul meu vă rog",
            "你好，请查积分，谢谢",
            "BAL 🙏",
            "points thanks",
            "hey guys, my balance please, thanks so much",
        ] {
            assert_eq!(
                found(typed).map(|(name, argument)| (name, argument.is_none())),
                Some(("balance", true)),
                "{typed}"
            );
        }
        assert_eq!(found("English please"), Some(("language-name", Some("english".to_owned()))));
        assert_eq!(found("hola, en español por favor"), Some(("language-name", Some("en espanol".to_owned()))));
        assert_eq!(found("help please").map(|(name, _)| name), Some("help"));
        assert_eq!(found("hi! aide svp").map(|(name, _)| name), Some("help"));
        assert!(find_all(&Text::read("lang es please")).any(|(_, argument)| argument.as_deref() == Some("es")));
        for typed in [
            "please",
            "hi",
            "thank you for the points",
            "I want points",
            "hi there",
            "thanks 🙏",
            "the points are nice",
        ] {
            assert_eq!(found(typed), None, "{typed}");
        }
    }
}
