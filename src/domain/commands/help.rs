//! HELP, INFO: who we are, whom to ask, how to stop. (CTIA: brand, contact, frequency, rates, STOP.)

mod asked;

pub(super) use asked::is_asked_for;

use super::{Argument, COMMANDS, Command, SHOPS_NAMED_MAX, choose, hint, list, per_month};
use crate::{
    conversation::{Context, Conversation, Turn},
    language::{Language, Line, Reply},
    segment::count,
    shop::Shop,
};

/// "Who is this?" and its kin; HELP and INFO themselves are reserved words.
pub const COMMAND: Command = Command {
    name: "help",
    words: "words-help",
    argument: Argument::Nothing,
    is_told: |_, _| false,
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
    let reply = with_commands(line.count("per_month", per_month), &shops, language, context);
    Turn::keeping(conversation, language).saying(reply, shop_id)
}

/// Below it the words of what else the shops' programs can do, as many as fit, the most useful first.
fn with_commands(help: Line, shops: &[&Shop], language: Language, context: &Context<'_>) -> Reply {
    let is_told = |command: &&Command| {
        shops.iter().any(|shop| context.program_of(shop).is_some_and(|program| (command.is_told)(program, shop)))
    };
    let words: Vec<String> = COMMANDS.iter().filter(is_told).filter_map(|command| word(command, language)).collect();
    let reply = |most: usize| {
        let named = words.iter().take(most).cloned();
        let joined = |list: String, next: String| {
            language.write_line(&Line::new("help-joined").text("commands", list).text("command", next))
        };
        let also = named.reduce(joined).map(|commands| Line::new("help-also").text("commands", commands));
        also.into_iter().fold(Reply::from(help.clone()), Reply::below)
    };
    let own = shops.first().filter(|_| shops.len() == 1).map(|shop| shop.id);
    let voice = context.directory.voice(own, language);
    let fits = |most: &usize| count(&voice.write(&reply(*most))).segments <= choose::SEGMENTS_MAX;
    reply((0..=words.len()).rev().find(fits).unwrap_or(0))
}

/// The first of a command's words, as texts write it.
fn word(command: &Command, language: Language) -> Option<String> {
    Some(language.words(command.words).first()?.to_uppercase())
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
