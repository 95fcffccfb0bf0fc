//! HELP, INFO: who we are, whom to ask, how to stop. (CTIA: brand, contact, frequency, rates, STOP.)

use super::{list, per_month};
use crate::domain::{
    conversation::{Context, Conversation, Turn},
    effect::Effect,
    language::Line,
    shop::Shop,
};

/// Answers HELP for the person's shops, or for those on the sender.
pub fn answer(conversation: &Conversation, context: &Context<'_>) -> Turn {
    let language = context.language();
    let shops = context.speakers();
    let (line, shop_id) = match shops.as_slice() {
        [shop] if shop.contact.is_empty() => {
            (Line::new("help-counter").text("shop", shop.name.as_str()), Some(shop.id))
        }
        [shop] => {
            let line = Line::new("help-one").text("shop", shop.name.as_str()).text("contact", shop.contact.as_str());
            (line, Some(shop.id))
        }
        several => (Line::new("help-several").text("shops", list(several, language, name_and_contact)), None),
    };
    let reply = line.count("per_month", per_month(&shops)).into();
    Turn::keeping(conversation, language).with(Effect::Say { reply, shop_id })
}

fn name_and_contact(shop: &Shop) -> String {
    if shop.contact.is_empty() { shop.name.clone() } else { format!("{} ({})", shop.name, shop.contact) }
}
