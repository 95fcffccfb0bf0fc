//! What counts without money, done by texting its word: PLEDGE. The words are the program's.

use super::{
    earned,
    place::{self, Place},
};
use crate::{
    conversation::{Context, Conversation, Turn},
    keyword::within_courtesy,
    language::Line,
    program::{
        earn::{Event, Rule, action::Action},
        words::Words,
    },
    text::Text,
};

/// Does what the whole text, courtesy left out, is the word of in one of the member's programs; `None` where it is none.
pub fn take(conversation: &Conversation, text: &Text, context: &Context<'_>) -> Option<Turn> {
    let places = place::all(conversation, context);
    places.iter().find_map(|place| {
        let said = |words: &Words| words.all().any(|word| is_said(word, text));
        let mut actions = place.program().actions();
        let (rule, action) = actions.find(|(_, action)| action.word.as_ref().is_some_and(said))?;
        let turn = Turn::keeping(conversation, context.language(conversation));
        Some(count(place, rule, action, turn, context))
    })
}

fn is_said(word: &str, text: &Text) -> bool {
    let word = Text::read(word);
    word.normal() == text.normal() || within_courtesy(text).any(|said| said == word.normal())
}

fn count(place: &Place<'_>, rule: &Rule, action: &Action, turn: Turn, context: &Context<'_>) -> Turn {
    let say = |turn: Turn, line: Line| turn.saying(line, Some(place.shop.id));
    if let Some(next) = earned::used_up(place, rule, context) {
        return say(turn, earned::again(place, next, "action-again", "action-once", place.today(context)));
    }
    // The same may count again another time: the count of entries, and of what is counted, tells them apart.
    let done = rule.limit.map_or(0, |limit| place.purse().used(&rule.id, limit.per, place.today(context)));
    let id = format!("{}:{}#{}.{done}", rule.id, place.today(context), place.purse().entries);
    let occasion = context.occasion("action", id, place.shop);
    let (change, award) = earned::judge(place, Event::Action(&rule.id), occasion, context);
    if award.is_nothing() && (action.points > 0 || action.reward.is_some()) {
        return say(turn, place.line("not-now"));
    }
    let opening = match &action.thanks {
        Some(thanks) => place.line("action-thanks").words("thanks", thanks),
        None => place.line("action-done"),
    };
    let reply = earned::told(opening, place, (&change, &award), context);
    earned::keep(turn, place, change, None).saying(reply, Some(place.shop.id))
}
