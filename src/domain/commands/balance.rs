//! BAL: how many points, and what is near; at one shop or at several.

use super::{
    Argument, Command, and_more, choose, hint,
    holding::{self, told},
    near,
    place::{self, Place},
};
use crate::{
    conversation::{Context, Conversation, Turn},
    language::{Language, Reply},
    shop::Shop,
};

/// BAL, BALANCE, POINTS, SALDO … and BAL with a shop's name.
pub const COMMAND: Command =
    Command { name: "balance", words: "words-balance", argument: Argument::Shop, is_told: |_, _| false, answer };

fn answer(conversation: &Conversation, argument: Option<&str>, context: &Context<'_>) -> Turn {
    let language = context.language(conversation);
    let shops: Vec<&Shop> = context.memberships().map(|(shop, _)| shop).collect();
    let turn = Turn::keeping(conversation, language);
    let named = argument.and_then(|said| choose::shop_named(said, &shops, context.directory));
    let places = place::all(conversation, context);
    match (named.and_then(|shop| Place::of(shop, context)), places.as_slice()) {
        (_, []) => hint::not_a_member(conversation, context),
        (Some(place), _) => tell(&place, turn, context),
        (None, [place]) => tell(place, turn, context),
        (None, several) => turn.saying(tell_all(several, language), None),
    }
}

fn tell(place: &Place<'_>, turn: Turn, context: &Context<'_>) -> Turn {
    let balance = told("balance-one", place.shop, holding::of(&place.held));
    let reply = near::add(balance, place, turn.language, context);
    turn.saying(reply, Some(place.shop.id))
}

/// A line for each program, as many as fit; the rest is counted.
fn tell_all(places: &[Place<'_>], language: Language) -> Reply {
    let reply = |most: usize| {
        let lines = places.iter().take(most).map(|place| told("balance-line", place.shop, holding::of(&place.held)));
        Reply::lines(lines.chain(and_more(places.len() - most)).collect())
    };
    reply(choose::as_many_as_fit(places.len(), language, reply))
}
