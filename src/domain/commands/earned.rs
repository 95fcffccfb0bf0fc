//! What is said when a text earned something: a code, a check-in, an action.

use chrono::NaiveDate;

use super::{day, holding, near::pending_in, place::Place, rewards::voucher_line};
use crate::{
    conversation::{Context, Turn},
    effect::Effect,
    language::{Line, Reply},
    program::{
        award::Award,
        earn::{Event, Rule},
    },
    purse::{Change, Occasion},
};

/// What a member earns at a place now.
pub fn judge(place: &Place<'_>, event: Event<'_>, occasion: Occasion, context: &Context<'_>) -> (Change, Award) {
    let (program, person) = (place.program(), &place.held.person);
    place.purse().clone().earn(program, person, event, place.shop.time_zone, occasion, &mut context.draw())
}

/// "+12 stars, you have 40 stars" behind an opening, and below it what was given.
pub fn told(opening: Line, place: &Place<'_>, (change, award): (&Change, &Award), context: &Context<'_>) -> Reply {
    let mut reply = Reply::from(opening);
    let program = place.program();
    if award.points() > 0 {
        let gain = gain(holding::points(award.points(), &program.unit));
        reply = if program.pending_days > 0 {
            let pending = pending_in(program, &change.purse, context);
            pending.into_iter().fold(reply.behind(Line::new("earned").part("gain", gain)), Reply::behind)
        } else {
            let held = holding::in_purse(program, &change.purse);
            reply.behind(Line::new("earned-now").part("gain", gain).part("held", held))
        };
    }
    let given = change.issued.iter().filter_map(|voucher| voucher_line(place, voucher, context));
    given.fold(reply, Reply::below)
}

/// A number with a plus before it.
pub fn gain(held: Line) -> Line {
    Line::new("gain").part("held", held)
}

/// Keeps what was earned.
pub fn keep(turn: Turn, place: &Place<'_>, change: Change, used_code: Option<String>) -> Turn {
    turn.with(Effect::Post { shop_id: place.shop.id, change: Box::new(change), used_code })
}

/// When a rule that gives no more for now gives again; `Some(None)` where it never will.
pub fn used_up(place: &Place<'_>, rule: &Rule, context: &Context<'_>) -> Option<Option<NaiveDate>> {
    let facts = place.purse().facts(place.program(), &place.held.person, context.now, place.shop.time_zone);
    let is_used_up = facts.left.get(&rule.id).is_some_and(|left| *left <= 0);
    is_used_up.then(|| rule.limit.and_then(|limit| limit.per.next(place.today(context))))
}

/// A line that says when again, or the one that says never.
pub fn again(
    place: &Place<'_>,
    next: Option<NaiveDate>,
    again: &'static str,
    never: &'static str,
    today: NaiveDate,
) -> Line {
    match next {
        Some(next) => place.line(again).part("day", day::written(next, today)),
        None => place.line(never),
    }
}
