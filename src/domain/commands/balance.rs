//! BAL: how many points, at one shop or at several.

use super::{Command, SHOPS_NAMED_MAX, and_more, with_offers};
use crate::domain::{
    conversation::{Context, Conversation, Turn},
    effect::Effect,
    language::{Line, Reply},
};

/// BAL, BALANCE, POINTS, SALDO …
pub const COMMAND: Command = Command { name: "balance", words: "words-balance", answer };

fn answer(conversation: &Conversation, context: &Context<'_>) -> Turn {
    let language = context.language();
    let balances: Vec<_> = context.memberships().map(|(shop, enrolment)| (shop, enrolment.balance)).collect();
    let (reply, shop_id) = match balances.as_slice() {
        [] => (not_a_member(context), None),
        [(shop, balance)] => (line("balance-one", &shop.name, *balance).into(), Some(shop.id)),
        several => {
            let named = several.iter().take(SHOPS_NAMED_MAX);
            let lines = named.map(|(shop, balance)| line("balance-line", &shop.name, *balance));
            (Reply::lines(lines.chain(and_more(several.len())).collect()), None)
        }
    };
    Turn::keeping(conversation, language).with(Effect::Say { reply, shop_id })
}

fn line(key: &'static str, shop: &str, balance: i64) -> Line {
    Line::new(key).text("shop", shop).count("points", balance)
}

fn not_a_member(context: &Context<'_>) -> Reply {
    with_offers(Line::new("not-a-member"), Line::new("not-a-member-here"), context)
}
