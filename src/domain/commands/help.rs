//! HELP, INFO: who we are, whom to ask, how to stop. (CTIA: brand, contact, frequency, rates, STOP.)

mod asked;

pub(super) use asked::is_asked_for;

use super::{Argument, Command, SHOPS_NAMED_MAX, choose, hint, list, per_month};
use crate::domain::{
    conversation::{Context, Conversation, Turn},
    language::{Language, Line},
    segment::count,
    shop::Shop,
};

/// "Who is this?" and its kin; HELP and INFO themselves are reserved words.
pub const COMMAND: Command = Command {
    name: "help",
    words: "words-help",
    argument: Argument::Nothing,
    answer: |conversation, _, context| answer(conversation, context),
};

/// Answers HELP for the person's shops, or for those on the sender.
pub fn answer(conversation: &Conversation, context: &Context<'_>) -> Turn {
    let language = context.language(conversation);
    let shops = speakers(conversation, context);
    let per_month = per_month(&shops);
    let (line, shop_id) = match shops.as_slice() {
        [] => return hint::not_a_member(conversation, context),
        [shop] if shop.contact.is_empty() => {
            (Line::new("help-counter").text("shop", shop.name.as_str()), Some(shop.id))
        }
        [shop] => {
            let line = Line::new("help-one").text("shop", shop.name.as_str()).text("contact", shop.contact.as_str());
            (line, Some(shop.id))
        }
        several => (name_several(several, per_month, language), None),
    };
    Turn::keeping(conversation, language).saying(line.count("per_month", per_month), shop_id)
}

/// As many shops with their contacts as fit, in an alphabet that leaves less room fewer.
fn name_several(shops: &[&Shop], per_month: i64, language: Language) -> Line {
    // Whom to ask must not be what is left out.
    let mut shops = shops.to_vec();
    shops.sort_by_key(|shop| shop.contact.is_empty());
    let line = |most: usize| Line::new("help-several").text("shops", list(&shops, language, most, name_and_contact));
    let fits = |most: &usize| {
        let written = language.write_line(&line(*most).count("per_month", per_month));
        count(&written).segments <= choose::SEGMENTS_MAX
    };
    line((1..=SHOPS_NAMED_MAX).rev().find(fits).unwrap_or(1))
}

/// The shop that is meant, or all that may be.
fn speakers<'a>(conversation: &Conversation, context: &'a Context<'_>) -> Vec<&'a Shop> {
    let mut shops = context.speakers();
    if let Some(meant) = conversation.shop_meant(context.now)
        && shops.iter().any(|shop| shop.id == meant)
    {
        shops.retain(|shop| shop.id == meant);
    }
    shops
}

fn name_and_contact(shop: &Shop, language: Language) -> String {
    if shop.contact.is_empty() {
        return shop.name.clone();
    }
    let line = Line::new("shop-with-contact").text("shop", shop.name.as_str());
    language.write_line(&line.text("contact", shop.contact.as_str()))
}
