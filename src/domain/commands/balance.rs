//! BAL: how many points, at one shop or at several.

use super::{Argument, Command, and_more, choose, hint};
use crate::domain::{
    conversation::{Context, Conversation, Enrolment, Turn},
    language::{Language, Line, Reply},
    shop::Shop,
};

/// BAL, BALANCE, POINTS, SALDO … and BAL with a shop's name.
pub const COMMAND: Command = Command { name: "balance", words: "words-balance", argument: Argument::Shop, answer };

fn answer(conversation: &Conversation, argument: Option<&str>, context: &Context<'_>) -> Turn {
    let language = context.language(conversation);
    let balances: Vec<(&Shop, &Enrolment)> = context.memberships().collect();
    let turn = Turn::keeping(conversation, language);
    let one = |shop: &Shop, enrolment: &Enrolment| line("balance-one", shop, enrolment.balance);
    let shops: Vec<&Shop> = balances.iter().map(|(shop, _)| *shop).collect();
    let named = argument.and_then(|said| choose::shop_named(said, &shops, context.directory));
    let named = named.and_then(|named| balances.iter().find(|(shop, _)| shop.id == named.id));
    match (named, balances.as_slice()) {
        (_, []) => hint::not_a_member(conversation, context),
        (Some((shop, enrolment)), _) | (None, [(shop, enrolment)]) => turn.saying(one(shop, enrolment), Some(shop.id)),
        (None, several) => turn.saying(tell_all(several, language), None),
    }
}

/// A line for each shop, as many as fit; the rest is counted.
fn tell_all(balances: &[(&Shop, &Enrolment)], language: Language) -> Reply {
    let reply = |told: usize| {
        let lines = balances.iter().take(told).map(|(shop, enrolment)| line("balance-line", shop, enrolment.balance));
        Reply::lines(lines.chain(and_more(balances.len() - told)).collect())
    };
    reply(choose::as_many_as_fit(balances.len(), language, reply))
}

fn line(key: &'static str, shop: &Shop, balance: i64) -> Line {
    Line::new(key).text("shop", shop.name.as_str()).count("points", balance)
}
