//! What a shop asks its new members, one question after the other: each may be skipped, and none is asked a third time.

use chrono::Duration;

use super::{choose, language};
use crate::{
    conversation::{Context, Conversation, Question, Step, Turn},
    effect::Effect,
    intent::Reason,
    language::{Language, Line, Reply},
    profile::{
        answer::{Answer, ProfileValue, read_answer, skips},
        birthday::Birthday,
        question::{Asked, Expected},
    },
    reading::{Meaning, Reading, Rule},
    shop::Shop,
    text::Text,
};
use uuid::Uuid;

/// A question that waits.
pub struct Waiting<'a> {
    /// The shop that asked.
    pub shop_id: Uuid,
    /// Which of its questions.
    pub asked: &'a Asked,
    /// Whether it was asked a second time.
    pub again: bool,
}

/// Goes on to the first question, where the shop has one that the person has not answered yet.
pub fn begin(turn: Turn, shop: &Shop, context: &Context<'_>) -> Turn {
    match first_unanswered(shop.sign_up.first(), shop, context) {
        Some(asked) => ask(turn, &asked, false, shop, None, context),
        None => turn,
    }
}

/// To what a command answered, adds the question that was open and still is.
pub fn resume(turn: Turn, before: &Conversation, context: &Context<'_>) -> Turn {
    let Some(question) = before.open_question(context.now) else { return turn };
    let Step::SignUp { shop_id, asked, .. } = &question.step else { return turn };
    let language = turn.language;
    let is_open = turn.conversation.question.as_ref() == Some(question);
    let Some(shop) = context.directory.shop(*shop_id).filter(|_| is_open) else { return turn };
    match worded(asked, false, shop, Some(Line::new("sign-up-once-more")), language) {
        Some(question) => turn.adding(question),
        None => turn,
    }
}

/// The answer to a question of a shop's; `None` when it is something else, which comes first.
pub fn take_answer(
    waiting: &Waiting<'_>,
    conversation: &Conversation,
    text: &Text,
    reading: &Reading<'_>,
    context: &Context<'_>,
) -> Option<Turn> {
    let shop = context.directory.shop(waiting.shop_id)?;
    let expected = shop.sign_up.expected(waiting.asked)?;
    let turn = Turn::keeping(conversation, member_language(conversation, shop, context));
    if skips(expected, text) {
        return Some(go_on(turn, waiting, Line::new("sign-up-passed"), shop, context));
    }
    let is_open = matches!(expected, Expected::FirstName | Expected::FreeText);
    let is_name = expected == Expected::FirstName && may_be_name(text, reading);
    if !is_name && is_said_surely(reading) && (is_open || expected == Expected::YesNo) {
        return None;
    }
    if is_open && !is_name && comes_first(&reading.meaning) {
        return None;
    }
    let today = context.now.with_timezone(&shop.time_zone).date_naive();
    match read_answer(expected, text, shop.date_order, today) {
        Answer::Value(value) => {
            let thanks = thanks(&value);
            let answer = Effect::Answer { shop_id: shop.id, asked: waiting.asked.clone(), value };
            Some(go_on(turn.with(answer), waiting, thanks, shop, context))
        }
        Answer::Unclear(_) if comes_first(&reading.meaning) => None,
        Answer::Unclear(_) if waiting.again => Some(go_on(turn, waiting, Line::new("sign-up-passed"), shop, context)),
        Answer::Unclear(_) => Some(ask(turn, waiting.asked, true, shop, None, context)),
    }
}

/// Whether it was said in words that a rule knows that no more texts are wanted, or perhaps: "this isn't me" is no allergy.
fn is_said_surely(reading: &Reading<'_>) -> bool {
    let is_known = |reason: &Reason| !matches!(reason, Reason::Model { .. });
    match &reading.rule {
        Rule::Instruction => true,
        Rule::Intent(reason) => is_known(reason) || matches!(reading.meaning, Meaning::OptOut),
        _ => false,
    }
}

/// Whether a text may be a name although it is taken for something else: people are called Paz, and France.
fn may_be_name(text: &Text, reading: &Reading<'_>) -> bool {
    let is_guessed = matches!(reading.rule, Rule::Intent(Reason::Model { .. })) && text.words().nth(2).is_none();
    is_guessed || is_language(&reading.meaning)
}

/// Whether a text asks for something else: it is obeyed, and the question waits.
fn comes_first(meaning: &Meaning<'_>) -> bool {
    matches!(
        meaning,
        Meaning::Keyword { .. }
            | Meaning::PastKeyword { .. }
            | Meaning::Command { .. }
            | Meaning::OptOut
            | Meaning::Help
    )
}

/// Whether a text is the name of a language, as some people are called too.
fn is_language(meaning: &Meaning<'_>) -> bool {
    matches!(meaning, Meaning::Command { command, .. } if command.name == language::BY_NAME.name)
}

/// `said`, and the next question or the end.
fn go_on(turn: Turn, waiting: &Waiting<'_>, said: Line, shop: &Shop, context: &Context<'_>) -> Turn {
    match first_unanswered(shop.sign_up.next_after(waiting.asked), shop, context) {
        Some(next) => ask(turn, &next, false, shop, Some(said), context),
        None => {
            let reply = Reply::sentences(vec![said, Line::new("sign-up-done")]);
            turn.without_question_of(shop.id).saying(reply, Some(shop.id))
        }
    }
}

/// The question, or the first one behind it whose answer the shop's merchant does not know yet.
pub(super) fn first_unanswered(mut asked: Option<Asked>, shop: &Shop, context: &Context<'_>) -> Option<Asked> {
    let member = context.member_at(shop);
    let is_known = |asked: &Asked| match asked {
        Asked::FirstName => member.is_some_and(|member| member.first_name.is_some()),
        Asked::Birthday => member.is_some_and(|member| member.has_birthday),
        Asked::Own(id) => context.held_at(shop).is_some_and(|held| held.person.answers.contains_key(id)),
    };
    while let Some(known) = asked.take_if(|asked| is_known(asked)) {
        asked = shop.sign_up.next_after(&known);
    }
    asked
}

/// Asks, after what else is `said`.
pub(super) fn ask(
    turn: Turn,
    asked: &Asked,
    again: bool,
    shop: &Shop,
    said: Option<Line>,
    context: &Context<'_>,
) -> Turn {
    let Some(reply) = worded(asked, again, shop, said, turn.language) else { return turn };
    let step = Step::SignUp { shop_id: shop.id, asked: asked.clone(), again };
    let lapses_at = context.now + Duration::minutes(shop.sign_up.lapse_after_minutes.into());
    turn.asking(Question { lapses_at, ..Question::new(step, context.now) }).saying(reply, Some(shop.id))
}

/// The question after what else is `said`; `None` where the shop asks it no more.
fn worded(asked: &Asked, again: bool, shop: &Shop, said: Option<Line>, language: Language) -> Option<Reply> {
    let expected = shop.sign_up.expected(asked)?;
    let question = wording(asked, expected, again, shop, language);
    let reply = Reply::sentences(said.into_iter().chain([question]).collect());
    Some(match expected {
        Expected::Choice(options) => choose::among(reply, options.iter().map(choose::named), None),
        _ => reply,
    })
}

fn wording(asked: &Asked, expected: Expected<'_>, again: bool, shop: &Shop, language: Language) -> Line {
    let key = match (expected, again) {
        (Expected::FirstName, false) => "sign-up-first-name",
        (Expected::FirstName, true) => "sign-up-first-name-again",
        (Expected::Birthday, false) => "sign-up-birthday",
        (Expected::Birthday, true) => "sign-up-birthday-again",
        (Expected::FreeText, false) => "sign-up-own",
        (Expected::FreeText, true) => "sign-up-own-again",
        (Expected::Choice(_), false) => "sign-up-choice",
        (Expected::Choice(_), true) => "sign-up-choice-again",
        (Expected::YesNo, false) => "sign-up-yes-no",
        (Expected::YesNo, true) => "sign-up-yes-no-again",
    };
    let line = Line::new(key);
    match expected {
        Expected::FirstName => line,
        Expected::Birthday => line.text("example", Birthday::EXAMPLE.written_in(language.code())),
        Expected::FreeText if again => line.text("example", language.write_line(&Line::new("sign-up-own-example"))),
        _ => line.text("prompt", prompt(asked, shop)),
    }
}

/// A question of the shop's own, as its members read it; nothing for the others.
pub fn prompt<'a>(asked: &Asked, shop: &'a Shop) -> &'a str {
    match asked {
        Asked::Own(id) => shop.sign_up.own_question(id).map_or("", |question| &question.prompt),
        Asked::FirstName | Asked::Birthday => "",
    }
}

fn thanks(value: &ProfileValue) -> Line {
    match value {
        ProfileValue::FirstName(name) => Line::new("sign-up-thanks-named").text("name", name.as_str()),
        _ => Line::new("sign-up-thanks"),
    }
}

fn member_language(conversation: &Conversation, shop: &Shop, context: &Context<'_>) -> Language {
    let member = context.enrolment(shop.id).map(|enrolment| enrolment.language);
    conversation.language.or(member).unwrap_or(shop.language)
}
