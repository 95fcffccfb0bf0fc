//! What a member holds, in words: points in the program's unit, or the stamps on a card where a program has no points.

use crate::{
    conversation::{Context, Held},
    language::{Line, Reply},
    program::{Program, words::Unit},
    shop::Shop,
};

/// So many points in a unit.
pub fn points(points: i64, unit: &Unit) -> Line {
    Line::new("points").count("points", points).unit(unit)
}

/// What a member holds at a shop, who may hold nothing yet.
pub fn at(shop: &Shop, context: &Context<'_>) -> Line {
    match (context.held_at(shop), context.program_of(shop)) {
        (Some(held), _) => of(held),
        (None, Some(program)) => points(0, &program.unit),
        (None, None) => points(0, &Unit::default()),
    }
}

/// What is held.
pub fn of(held: &Held) -> Line {
    in_purse(&held.program, &held.purse)
}

/// What is in a purse of a program.
pub fn in_purse(program: &Program, purse: &crate::purse::Purse) -> Line {
    let counts_points =
        program.has_points() && (!program.for_sale().is_empty() || purse.available != 0 || !purse.pending.is_empty());
    if !counts_points && let Some((rule, card)) = program.cards().next() {
        return stamps(purse.card(&rule.id).in_hand(), card.stamps);
    }
    points(purse.available, &program.unit)
}

/// The stamps on a card in hand.
pub fn stamps(in_hand: i64, size: i64) -> Line {
    Line::new("stamps").count("stamps", in_hand.max(0)).count("size", size)
}

/// A line with what is held as its `held`.
pub fn told(key: &'static str, shop: &Shop, held: Line) -> Line {
    Line::new(key).text("shop", shop.name.as_str()).part("held", Reply::from(held))
}
