//! START and its kin: messages are wanted again.

use super::{hint, names, per_month};
use crate::{
    consent::{ConsentKind, ConsentMethod},
    conversation::{Context, Conversation, Step, Turn},
    effect::Effect,
    language::Line,
};

/// Ends the silence, if there was one, and says that messages are on, with all that a confirmation must carry; a stranger
/// is told how to join.
pub fn obey(conversation: &Conversation, context: &Context<'_>) -> Turn {
    obey_by(conversation, ConsentMethod::ReservedWord, context)
}

/// The same, where it was asked for in other words.
pub fn obey_own_words(conversation: &Conversation, context: &Context<'_>) -> Turn {
    obey_by(conversation, ConsentMethod::OwnWords, context)
}

fn obey_by(conversation: &Conversation, method: ConsentMethod, context: &Context<'_>) -> Turn {
    let turn = record_by(conversation, context, method);
    let shops: Vec<_> = context.memberships().map(|(shop, _)| shop).collect();
    let (confirmed, plain) = if conversation.is_silent() {
        ("start-confirmed", "start-plain")
    } else {
        ("start-already", "start-already-plain")
    };
    let reply = if shops.is_empty() {
        hint::how_to_join(Line::new(plain), turn.language, context)
    } else {
        Line::new(confirmed).text("shops", names(&shops, turn.language)).count("per_month", per_month(&shops)).into()
    };
    let shop_id = if let [shop] = shops.as_slice() { Some(shop.id) } else { None };
    turn.saying(reply, shop_id)
}

/// Keeps the books for an opt-in that the provider has obeyed and answered.
pub fn record(conversation: &Conversation, context: &Context<'_>) -> Turn {
    record_by(conversation, context, ConsentMethod::ProviderNotice)
}

fn record_by(conversation: &Conversation, context: &Context<'_>, method: ConsentMethod) -> Turn {
    let mut turn = Turn::keeping(conversation, context.language(conversation));
    // Whether to stop is answered: a yes afterwards is none to that.
    turn.conversation.question.take_if(|question| question.step == Step::ConfirmStop);
    if conversation.is_silent() || conversation.no_marketing_since.is_some() {
        turn.speaking_again().with(Effect::record(ConsentKind::OptInAgain, method, None))
    } else {
        turn
    }
}
