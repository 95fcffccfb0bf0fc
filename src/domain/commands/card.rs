//! CARD: the punch cards, and what is missing to fill them.

use super::{
    Argument, Command, holding,
    place::{self, Place, Request},
    rewards,
};
use crate::{
    conversation::{Context, Conversation, Turn},
    language::{Line, Reply},
    program::earn::{Rule, card::Card},
};

/// CARD, STAMPS, TARJETA … and CARD with a shop's name.
pub const COMMAND: Command = Command {
    name: "card",
    words: "words-card",
    argument: Argument::Shop,
    is_told: |program, _| program.cards().next().is_some(),
    answer,
};

/// The most vouchers that are listed below the cards.
const VOUCHERS_MAX: usize = 2;

fn answer(conversation: &Conversation, argument: Option<&str>, context: &Context<'_>) -> Turn {
    let has_cards = |place: &Place<'_>| place.program().cards().next().is_some();
    let request = Request { command: COMMAND.name, shop: argument, said: None, uses: has_cards, none: "cards-none" };
    place::at(request, conversation, context, |place| {
        let turn = Turn::keeping(conversation, context.language(conversation));
        turn.saying(tell(place, context), Some(place.shop.id))
    })
}

fn tell(place: &Place<'_>, context: &Context<'_>) -> Reply {
    let cards: Vec<_> = place.program().cards().collect();
    let reply = match cards.as_slice() {
        [(rule, card)] => Reply::from(line(place, "card", rule, card).text("shop", place.shop.name.as_str())),
        several => {
            let lines = several.iter().map(|(rule, card)| line(place, "card-line", rule, card));
            lines.fold(Reply::from(place.line("cards")), Reply::below)
        }
    };
    let of_card = |rule: &str| cards.iter().any(|(card, _)| card.id == rule);
    let filled = place.purse().vouchers.iter().filter(|voucher| of_card(&voucher.of)).take(VOUCHERS_MAX);
    filled.filter_map(|voucher| rewards::voucher_line(place, voucher, context)).fold(reply, Reply::below)
}

fn line(place: &Place<'_>, key: &'static str, rule: &Rule, card: &Card) -> Line {
    let in_hand = place.purse().card(&rule.id).in_hand();
    let line = match &rule.name {
        Some(name) => Line::new(key).words("name", name),
        None => Line::new(key).part("name", Line::new("card-name")),
    };
    let line = line.part("stamps", holding::stamps(in_hand, card.stamps)).count("missing", card.stamps - in_hand);
    match place.program().reward(&card.reward) {
        Some(reward) => line.words("reward", &reward.name),
        None => line.text("reward", ""),
    }
}
