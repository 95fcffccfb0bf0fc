//! HELP, INFO: who we are, whom to ask, how to stop. (CTIA: brand, contact, frequency, rates, STOP.)

use super::{names, per_month};
use crate::domain::{
    conversation::{Context, Conversation, Turn},
    effect::Effect,
    language::Line,
};

/// Answers HELP for the person's shops, or for those on the sender.
pub fn answer(conversation: &Conversation, context: &Context<'_>) -> Turn {
    let language = context.language();
    let shops = context.speakers();
    let contact = shops.iter().map(|shop| shop.contact.as_str()).find(|contact| !contact.is_empty());
    let line = match contact {
        Some(contact) => Line::new("help-text").text("contact", contact),
        None => Line::new("help-counter"),
    };
    let reply = line.text("shops", names(&shops, language)).count("per_month", per_month(&shops)).into();
    let shop_id = if let [shop] = shops.as_slice() { Some(shop.id) } else { None };
    Turn::keeping(conversation, language).with(Effect::Say { reply, shop_id })
}
