//! What we say when we did not understand: one short hint, at most hourly for each phone.

use chrono::Duration;

use super::{goes_on, is_greeting, reminder, with_offers};
use crate::{
    conversation::{Context, Conversation, ForStaff, Step, Turn},
    language::{Language, Line, Reply},
    segment::count,
    text::{Text, is_picture},
};

/// The least time between two hints to one phone, so that two robots cannot chat.
pub const HINT_PAUSE: Duration = Duration::hours(1);

/// For so long after a visit, what members say of themselves is about it. (House rule: the next day they mean something else.)
pub const FEEDBACK_AFTER_VISIT: Duration = Duration::hours(24);

/// What says so.
const NOT_UNDERSTOOD: &str = "hint-sorry";

/// Gives the hint, unless one was given within [`HINT_PAUSE`]. A greeting is returned. What needs an answer is for staff to see;
/// who talks with staff gets no hint.
pub fn give(conversation: &Conversation, text: &Text, context: &Context<'_>) -> Turn {
    let mut turn = Turn::keeping(conversation, context.language(conversation));
    let was_given = was_given(conversation, context);
    let reminder = reminder(conversation, turn.language, context);
    let says_something = reminder.is_none() && !needs_no_answer(text, context) && !is_greeting(text);
    if is_talking(conversation, context) {
        return if says_something { turn.for_staff(ForStaff::Answer) } else { turn };
    }
    let why = if is_feedback(text, context) { ForStaff::Feedback } else { ForStaff::Text };
    turn.for_staff = says_something.then_some(why);
    if was_given || (reminder.is_none() && needs_no_answer(text, context)) {
        return turn;
    }
    turn.conversation.hinted_at = Some(context.now);
    let opening = Line::new(if is_greeting(text) { "hint-hello" } else { NOT_UNDERSTOOD });
    let reply = match reminder {
        Some(reminder) => reminder,
        None if context.memberships().next().is_none() => how_to_join(opening, turn.language, context),
        None => Reply::sentences(vec![opening, Line::new("hint-commands")]),
    };
    let reply = with_contact(reply, &turn, context);
    turn.saying(reply, None)
}

fn was_given(conversation: &Conversation, context: &Context<'_>) -> bool {
    conversation.hinted_at.is_some_and(|last| context.now < last + HINT_PAUSE)
}

/// Whether a text that nothing understands says how a visit was: it comes within [`FEEDBACK_AFTER_VISIT`] of one, and asks nothing.
fn is_feedback(text: &Text, context: &Context<'_>) -> bool {
    let came = |at: chrono::DateTime<chrono::Utc>| at <= context.now && context.now < at + FEEDBACK_AFTER_VISIT;
    let asks = text.raw().contains(['?', '¿', '？', '؟']);
    !asks && context.held.iter().filter_map(|held| held.purse.last_visit_at()).any(came)
}

/// Whether staff wrote to them a while ago.
fn is_talking(conversation: &Conversation, context: &Context<'_>) -> bool {
    conversation.open_question(context.now).is_some_and(|question| matches!(question.step, Step::Talk { .. }))
}

/// To a stranger who may want no texts: how never to hear from us. As seldom as any hint.
pub fn never_again(mut turn: Turn, context: &Context<'_>) -> Turn {
    if was_given(&turn.conversation, context) {
        return turn;
    }
    turn.conversation.hinted_at = Some(context.now);
    turn.saying(Line::new("hint-stop"), None)
}

/// Whom to ask, where one shop is meant that has said whom, and the hint stays one segment.
fn with_contact(reply: Reply, turn: &Turn, context: &Context<'_>) -> Reply {
    let speakers = context.speakers();
    let [shop] = speakers.as_slice() else { return reply };
    if shop.contact.is_empty() || reply.key() != NOT_UNDERSTOOD {
        return reply;
    }
    let longer = reply.clone().behind(Line::new("hint-contact").text("contact", shop.contact.as_str()));
    if count(&context.voice(shop, turn.language).write(&longer)).segments == 1 { longer } else { reply }
}

/// Whether a member only thanks, agrees, or shows a face: there is nothing to add.
fn needs_no_answer(text: &Text, context: &Context<'_>) -> bool {
    context.memberships().next().is_some() && (text.words().all(is_picture) || (goes_on(text) && !is_greeting(text)))
}

/// Whether this is what [`give`] says where it knows nothing better.
pub fn is_hint(reply: &Reply) -> bool {
    reply.key().starts_with("hint-")
}

/// Says that they are no member, with how to join the shops on this sender.
pub fn not_a_member(conversation: &Conversation, context: &Context<'_>) -> Turn {
    let language = context.language(conversation);
    if let Some(shop) = context.moved_away_from() {
        let line = Line::new("merged-away").text("shop", shop.name.as_str());
        return Turn::keeping(conversation, language).saying(line, Some(shop.id));
    }
    let reply = with_offers(Line::new("not-a-member"), Line::new("not-a-member-here"), language, context);
    Turn::keeping(conversation, language).saying(reply, None)
}

/// `opening`, then how to join the shops on this sender.
pub fn how_to_join(opening: Line, language: Language, context: &Context<'_>) -> Reply {
    with_offers(opening.clone(), opening, language, context)
}
