//! What we say when we did not understand: one short hint, at most hourly for each phone.

use chrono::Duration;

use super::{join, with_offers};
use crate::domain::{
    conversation::{Context, Conversation, Turn},
    effect::Effect,
    language::{Line, Reply},
};

/// The least time between two hints to one phone, so that two robots cannot chat.
pub const HINT_PAUSE: Duration = Duration::hours(1);

/// Gives the hint, unless one was given within [`HINT_PAUSE`].
pub fn give(conversation: &Conversation, context: &Context<'_>) -> Turn {
    let mut turn = Turn::keeping(conversation, context.language());
    if conversation.hinted_at.is_some_and(|last| context.now < last + HINT_PAUSE) {
        return turn;
    }
    turn.conversation.hinted_at = Some(context.now);
    let reply = match join::reminder(conversation, context) {
        Some(reminder) => reminder,
        None if context.enrolments.is_empty() => how_to_join(Line::new("hint-stranger"), context),
        None => Line::new("hint-member").into(),
    };
    turn.with(Effect::Say { reply, shop_id: None })
}

/// `opening`, then how to join the shops on this sender.
pub fn how_to_join(opening: Line, context: &Context<'_>) -> Reply {
    with_offers(opening.clone(), opening, context)
}
