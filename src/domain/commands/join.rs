//! Joining by keyword: at once (single opt-in) or after "Reply YES to join" (double opt-in).

use std::{collections::HashMap, sync::LazyLock};

use uuid::Uuid;

use crate::domain::{
    consent::{ConsentKind, ConsentMethod},
    conversation::{Context, Conversation, Question, Step, Turn},
    effect::{Cause, Effect},
    language::{Language, Line, Reply, words_in_all_languages},
    shop::{Keyword, OptIn, Shop},
    text::Text,
};

/// A keyword was texted: welcome a member back, ask, or enrol.
pub fn by_keyword(conversation: &Conversation, keyword: &Keyword, shop: &Shop, context: &Context<'_>) -> Turn {
    if let Some(enrolment) = context.enrolment(shop.id) {
        return welcome_back(conversation, shop, enrolment.balance, enrolment.language);
    }
    match shop.opt_in {
        OptIn::Single => enrol(conversation, keyword.id, shop, ConsentMethod::Keyword),
        OptIn::Double => ask(conversation, keyword, shop, context),
    }
}

/// The answer to "Reply YES to join"; `None` when the text is neither yes nor no.
pub fn take_answer(
    shop_id: Uuid,
    keyword_id: Uuid,
    conversation: &Conversation,
    text: &Text,
    context: &Context<'_>,
) -> Option<Turn> {
    let shop = context.directory.shop(shop_id)?;
    if YES.contains_key(text.normal()) {
        Some(match context.enrolment(shop_id) {
            Some(enrolment) => welcome_back(conversation, shop, enrolment.balance, enrolment.language),
            None => enrol(conversation, keyword_id, shop, ConsentMethod::Answer),
        })
    } else if NO.contains_key(text.normal()) {
        Some(decline(conversation, keyword_id, shop, context))
    } else {
        None
    }
}

/// Whether the text says yes or no in any language.
pub fn is_answer(text: &Text) -> bool {
    YES.contains_key(text.normal()) || NO.contains_key(text.normal())
}

/// What we wait for, said once more; `None` when we wait for nothing.
pub fn reminder(conversation: &Conversation, context: &Context<'_>) -> Option<Reply> {
    let Step::ConfirmJoin { shop_id, .. } = conversation.open_question(context.now)?.step;
    let shop = context.directory.shop(shop_id)?;
    Some(Line::new("join-reminder").text("shop", shop.name.as_str()).into())
}

static YES: LazyLock<HashMap<String, Language>> = LazyLock::new(|| words_in_all_languages("words-yes"));
static NO: LazyLock<HashMap<String, Language>> = LazyLock::new(|| words_in_all_languages("words-no"));

/// A keyword is fresh consent, also after STOP; nothing is doubled.
fn welcome_back(conversation: &Conversation, shop: &Shop, balance: i64, language: Language) -> Turn {
    let turn = Turn::keeping(conversation, language).without_question_of(shop.id);
    if conversation.is_silent() {
        let reply = confirmation(shop, balance);
        return turn
            .speaking_again()
            .with(Effect::Record {
                kind: ConsentKind::OptInAgain,
                method: ConsentMethod::Keyword,
                shop_id: Some(shop.id),
            })
            .with(Effect::Say { reply, shop_id: Some(shop.id) });
    }
    let line = Line::new("join-already").text("shop", shop.name.as_str()).count("points", balance);
    turn.with(Effect::Say { reply: line.into(), shop_id: Some(shop.id) })
}

fn ask(conversation: &Conversation, keyword: &Keyword, shop: &Shop, context: &Context<'_>) -> Turn {
    let question =
        Question { step: Step::ConfirmJoin { shop_id: shop.id, keyword_id: keyword.id }, asked_at: context.now };
    let line =
        Line::new("join-question").text("shop", shop.name.as_str()).count("per_month", shop.messages_per_month.into());
    let mut turn = Turn::keeping(conversation, shop.language);
    turn.conversation.question = Some(question);
    turn.with(Effect::Record { kind: ConsentKind::Asked, method: ConsentMethod::Keyword, shop_id: Some(shop.id) })
        .with(Effect::Say { reply: line.into(), shop_id: Some(shop.id) })
}

fn enrol(conversation: &Conversation, keyword_id: Uuid, shop: &Shop, method: ConsentMethod) -> Turn {
    let mut turn = Turn::keeping(conversation, shop.language)
        .without_question_of(shop.id)
        .speaking_again()
        .with(Effect::Enrol { shop_id: shop.id, keyword_id });
    if shop.welcome_points != 0 {
        turn = turn.with(Effect::Post { shop_id: shop.id, points: shop.welcome_points, cause: Cause::Welcome });
    }
    turn.with(Effect::Record { kind: ConsentKind::OptIn, method, shop_id: Some(shop.id) })
        .with(Effect::Say { reply: confirmation(shop, shop.welcome_points), shop_id: Some(shop.id) })
}

/// What carriers ask of it: program, recurring and how often, rates, HELP, STOP. (CTIA, 10DLC campaign rules.)
fn confirmation(shop: &Shop, balance: i64) -> Reply {
    Line::new("join-confirmed")
        .text("shop", shop.name.as_str())
        .count("points", balance)
        .count("per_month", shop.messages_per_month.into())
        .into()
}

fn decline(conversation: &Conversation, keyword_id: Uuid, shop: &Shop, context: &Context<'_>) -> Turn {
    let turn = Turn::keeping(conversation, shop.language).without_question_of(shop.id).with(Effect::Record {
        kind: ConsentKind::Declined,
        method: ConsentMethod::Answer,
        shop_id: Some(shop.id),
    });
    if conversation.is_silent() {
        return turn;
    }
    let line = match context.directory.keyword(keyword_id) {
        Some(keyword) => Line::new("join-declined").text("phrase", keyword.phrase.display()),
        None => Line::new("join-declined-short"),
    };
    turn.with(Effect::Say { reply: line.text("shop", shop.name.as_str()).into(), shop_id: Some(shop.id) })
}
