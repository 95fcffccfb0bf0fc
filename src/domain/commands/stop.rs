//! STOP and its kin: opt-out of the sender. One confirmation, then silence. (47 CFR 64.1200(a)(12).)

use super::names;
use crate::domain::{
    consent::{ConsentKind, ConsentMethod},
    conversation::{Context, Conversation, Turn},
    effect::Effect,
    language::{Line, Reply},
};

/// Obeys and confirms once; a second STOP is met with silence.
pub fn obey(conversation: &Conversation, context: &Context<'_>) -> Turn {
    if conversation.is_silent() {
        return Turn::keeping(conversation, context.language());
    }
    opt_out(conversation, context, ConsentMethod::ReservedWord)
        .with(Effect::Say { reply: confirmation(context), shop_id: None })
}

/// Keeps the books for an opt-out that the provider has obeyed and answered.
pub fn record(conversation: &Conversation, context: &Context<'_>) -> Turn {
    if conversation.is_silent() {
        return Turn::keeping(conversation, context.language());
    }
    opt_out(conversation, context, ConsentMethod::ProviderNotice)
}

fn opt_out(conversation: &Conversation, context: &Context<'_>, method: ConsentMethod) -> Turn {
    let mut turn = Turn::keeping(conversation, context.language()).without_question();
    turn.conversation.silent_since = Some(context.now);
    turn.with(Effect::Withdraw).with(Effect::Record { kind: ConsentKind::OptOut, method, shop_id: None })
}

fn confirmation(context: &Context<'_>) -> Reply {
    let shops = context.speakers();
    if shops.is_empty() {
        return Line::new("stop-confirmed-plain").into();
    }
    Line::new("stop-confirmed").text("shops", names(&shops, context.language())).into()
}
