//! STOP and its kin: opt-out of the sender. One confirmation, then silence. (47 CFR 64.1200(a)(12).)
//!
//! Any reasonable wording counts. Where it is in doubt, one question: without an answer nothing but answers is sent.

use chrono::Duration;

use super::{begins_with_no, hint, is_bare_no, is_keep, is_no, is_no_and_likes, is_open_no, is_yes, names};
use crate::{
    consent::{ConsentKind, ConsentMethod},
    conversation::{Context, Conversation, Question, Step, Turn},
    effect::Effect,
    language::{Line, Reply},
    reading::{Meaning, Reading, Rule},
    text::Text,
};

/// How long a yes still answers whether to stop. (House rule: longer than for other questions, since what it asks for is owed.)
const QUESTION_LAPSES_AFTER: Duration = Duration::days(3);

/// Obeys and confirms once; a second STOP is met with silence.
pub fn obey(conversation: &Conversation, reading: &Reading<'_>, context: &Context<'_>) -> Turn {
    if reading.rule.is_a_word() {
        return obey_by(conversation, ConsentMethod::ReservedWord, None, context);
    }
    obey_by(conversation, ConsentMethod::OwnWords, Some(reading.rule.to_string()), context)
}

/// Keeps the books for an opt-out that the provider has obeyed and answered.
pub fn record(conversation: &Conversation, context: &Context<'_>) -> Turn {
    if conversation.is_silent() {
        return Turn::keeping(conversation, context.language(conversation));
    }
    opt_out(conversation, context, ConsentMethod::ProviderNotice, None)
}

/// Asks whether they want no more; until they say otherwise, they are sent no marketing. A stranger, to whom we have never
/// written, is told how never to hear from us.
pub fn ask(conversation: &Conversation, reading: &Reading<'_>, context: &Context<'_>) -> Turn {
    let mut turn = Turn::keeping(conversation, context.language(conversation));
    turn.conversation.no_marketing_since = Some(context.now);
    let (kind, method, reason) = (ConsentKind::NoMarketing, ConsentMethod::OwnWords, Some(reading.rule.to_string()));
    let turn = turn.with(Effect::Record { kind, method, shop_id: None, reason });
    if context.enrolments.is_empty() && conversation.open_question(context.now).is_none() {
        return hint::never_again(turn, context);
    }
    let question = Question::new(Step::ConfirmStop, context.now);
    let question = Question { lapses_at: context.now + QUESTION_LAPSES_AFTER, ..question };
    turn.asking(question).saying(Line::new("stop-question"), None)
}

/// The answer to "Want us to stop texting you?"; `None` when it is none.
pub fn take_answer(
    conversation: &Conversation,
    text: &Text,
    reading: &Reading<'_>,
    context: &Context<'_>,
) -> Option<Turn> {
    if conversation.is_silent() {
        // Obeyed already: "yes" and "I said stop" confirm it. Only START and a keyword begin again.
        let is_keyword = matches!(reading.meaning, Meaning::Keyword { .. });
        return (!is_keyword).then(|| Turn::keeping(conversation, context.language(conversation)));
    }
    let again = Turn::keeping(conversation, context.language(conversation));
    if matches!(reading.rule, Rule::Instruction) {
        // Another program's, once more: it would answer for ever.
        return Some(again);
    }
    let wants_end = matches!(reading.meaning, Meaning::OptOut | Meaning::PerhapsOptOut);
    let wants_to_go_on = is_bare_no(text) && !matches!(reading.meaning, Meaning::OptOut);
    if is_keep(text) || wants_to_go_on || (is_no_and_likes(text) && (!wants_end || reading.is_a_guess())) {
        return Some(go_on(conversation, context));
    }
    // "No thanks" wants no more, as does a lack of interest.
    let declines = is_no(text) && !is_open_no(text);
    let is_surely_end = match reading.meaning {
        Meaning::OptOut => true,
        Meaning::PerhapsOptOut => !reading.is_a_guess() && !begins_with_no(text),
        _ => false,
    };
    if is_yes(text) || declines || is_surely_end {
        return Some(obey_by(conversation, ConsentMethod::Answer, None, context));
    }
    // Still in doubt: "I was only asking what time you close", "no, bye".
    let is_in_doubt = wants_end || is_open_no(text) || begins_with_no(text);
    is_in_doubt.then(|| again.saying(Line::new("stop-question"), None))
}

/// "Keep", after the question has lapsed: it lifts what the silence meant. `None` where there is nothing to lift.
pub fn take_late_answer(conversation: &Conversation, text: &Text, context: &Context<'_>) -> Option<Turn> {
    (conversation.no_marketing_since.is_some() && is_keep(text)).then(|| go_on(conversation, context))
}

fn go_on(conversation: &Conversation, context: &Context<'_>) -> Turn {
    let mut turn = Turn::keeping(conversation, context.language(conversation)).without_question();
    turn.conversation.no_marketing_since = None;
    turn.with(Effect::record(ConsentKind::Marketing, ConsentMethod::Answer, None)).saying(Line::new("stop-kept"), None)
}

fn obey_by(conversation: &Conversation, method: ConsentMethod, reason: Option<String>, context: &Context<'_>) -> Turn {
    if conversation.is_silent() {
        return Turn::keeping(conversation, context.language(conversation));
    }
    let turn = opt_out(conversation, context, method, reason).saying(confirmation(conversation, context), None);
    // A "yes" that comes late answers whether to stop; after the word STOP carriers take it for START.
    if method == ConsentMethod::ReservedWord {
        turn
    } else {
        turn.asking(Question::new(Step::ConfirmStop, context.now))
    }
}

fn opt_out(conversation: &Conversation, context: &Context<'_>, method: ConsentMethod, reason: Option<String>) -> Turn {
    let mut turn = Turn::keeping(conversation, context.language(conversation)).without_question();
    turn.conversation.silent_since = Some(context.now);
    turn.with(Effect::Withdraw).with(Effect::Record { kind: ConsentKind::OptOut, method, shop_id: None, reason })
}

fn confirmation(conversation: &Conversation, context: &Context<'_>) -> Reply {
    let shops = context.speakers();
    if shops.is_empty() {
        return Line::new("stop-confirmed-plain").into();
    }
    Line::new("stop-confirmed").text("shops", names(&shops, context.language(conversation))).into()
}
