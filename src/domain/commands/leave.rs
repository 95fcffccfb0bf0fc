//! LEAVE: one shop is left; STOP leaves all.

use uuid::Uuid;

use super::{Argument, Command, choose, hint, is_all, is_keep, is_no, is_yes, names};
use crate::{
    consent::{ConsentKind, ConsentMethod},
    conversation::{Context, Conversation, Question, Step, Turn},
    effect::Effect,
    language::{Language, Line, Reply},
    reading::{Meaning, Reading},
    shop::Shop,
    text::Text,
};

/// LEAVE, and LEAVE with a shop's name or keyword.
pub const COMMAND: Command =
    Command { name: "leave", words: "words-leave", argument: Argument::Shop, is_told: |_, _| false, answer };

fn answer(conversation: &Conversation, argument: Option<&str>, context: &Context<'_>) -> Turn {
    let shops: Vec<&Shop> = context.memberships().map(|(shop, _)| shop).collect();
    let meant = conversation.shop_meant(context.now);
    let meant = || shops.iter().find(|shop| Some(shop.id) == meant);
    match (argument, shops.as_slice()) {
        (None, []) => hint::not_a_member(conversation, context),
        (None, [only]) => leave(conversation, only, context),
        (None, several) => match meant() {
            Some(shop) => confirm(conversation, shop, context),
            None => ask_which(conversation, several, context),
        },
        (Some(said), own) => match (choose::shop_named(said, own, context.directory), own) {
            (Some(shop), _) => leave(conversation, shop, context),
            (None, own) => match (another_named(said, own, context), own) {
                (Some(shop), _) => not_in(conversation, shop, context),
                (None, []) => hint::not_a_member(conversation, context),
                (None, [only]) => confirm(conversation, only, context),
                (None, several) => ask_which(conversation, several, context),
            },
        },
    }
}

/// Who wants no more texts of the one shop that is named, of several: that one is left, or asked about where it is in doubt. `None` for
/// anybody else.
pub fn one_named(
    conversation: &Conversation,
    text: &Text,
    reading: &Reading<'_>,
    context: &Context<'_>,
) -> Option<Turn> {
    let own: Vec<&Shop> = context.memberships().map(|(shop, _)| shop).collect();
    let shop = choose::shop_spoken_of(text, &own).filter(|_| own.len() > 1)?;
    Some(match reading.meaning {
        Meaning::OptOut => leave(conversation, shop, context),
        _ => confirm(conversation, shop, context),
    })
}

/// A shop on this sender that was named and is none of the person's own.
fn another_named<'a>(said: &str, own: &[&Shop], context: &'a Context<'_>) -> Option<&'a Shop> {
    let is_own = |shop: &&Shop| own.iter().any(|own| own.id == shop.id);
    let others: Vec<&Shop> = context.directory.shops_on(context.sender.id).filter(|shop| !is_own(shop)).collect();
    choose::shop_named(said, &others, context.directory)
}

fn not_in(conversation: &Conversation, shop: &Shop, context: &Context<'_>) -> Turn {
    let line = Line::new("leave-not-in").text("shop", shop.name.as_str());
    Turn::keeping(conversation, context.language(conversation)).saying(line, None)
}

/// "Which shop?" once more; `None` where there is but one.
pub fn reminder(shop_ids: &[Uuid], language: Language, context: &Context<'_>) -> Option<Reply> {
    let shops: Vec<&Shop> = shop_ids.iter().filter_map(|id| context.directory.shop(*id)).collect();
    (shops.len() > 1).then(|| which(&shops, language).0)
}

/// The answer to "Which shop?" or "Leave …?"; `None` when it is none.
pub fn take_answer(
    shop_ids: &[Uuid],
    conversation: &Conversation,
    text: &Text,
    reading: &Reading<'_>,
    context: &Context<'_>,
) -> Option<Turn> {
    let shops: Vec<&Shop> = shop_ids.iter().filter_map(|id| context.directory.shop(*id)).collect();
    if is_no(text) || is_keep(text) {
        let turn = Turn::keeping(conversation, context.language(conversation)).without_question();
        return Some(turn.saying(Line::new("leave-kept"), None));
    }
    if is_all(text) {
        return Some(leave_all(conversation, context));
    }
    let picked = choose::pick(text, shops.iter().map(|shop| shop.name.as_str()));
    // A keyword as a whole joins, but a part of it says which shop.
    let by_keyword = || {
        let named = choose::shop_named(text.normal(), &shops, context.directory)?;
        shops
            .iter()
            .position(|shop| shop.id == named.id)
            .filter(|_| !matches!(reading.meaning, Meaning::Keyword { .. }))
    };
    let says_leave =
        matches!(&reading.meaning, Meaning::Command { command, argument: None } if command.name == COMMAND.name);
    let confirmed = ((is_yes(text) || says_leave) && shops.len() == 1).then_some(0);
    let shop = shops.get(picked.or(confirmed).or_else(by_keyword)?)?;
    Some(leave(conversation, shop, context))
}

fn leave(conversation: &Conversation, shop: &Shop, context: &Context<'_>) -> Turn {
    let mut turn = Turn::keeping(conversation, context.language(conversation)).without_question();
    turn.conversation.spoken_of = None;
    let offer = context.directory.offer_of(shop, context.sender.id, turn.language, context.now);
    let line = match offer {
        Some(keyword) => Line::new("left").text("phrase", keyword.phrase.display()),
        None => Line::new("left-short"),
    };
    let (kind, method) = (ConsentKind::OptOut, ConsentMethod::Command);
    turn.with(Effect::Leave { shop_id: shop.id })
        .with(Effect::record(kind, method, Some(shop.id)))
        .saying(line.text("shop", shop.name.as_str()), Some(shop.id))
}

/// All of one's own; START is no way back to them, their keywords are.
fn leave_all(conversation: &Conversation, context: &Context<'_>) -> Turn {
    let shops: Vec<&Shop> = context.memberships().map(|(shop, _)| shop).collect();
    let mut turn = Turn::keeping(conversation, context.language(conversation)).without_question();
    turn.conversation.spoken_of = None;
    for shop in &shops {
        let record = Effect::record(ConsentKind::OptOut, ConsentMethod::Command, Some(shop.id));
        turn = turn.with(Effect::Leave { shop_id: shop.id }).with(record);
    }
    let named = names(&shops, turn.language);
    turn.saying(Line::new("left-short").text("shop", named), None)
}

fn confirm(conversation: &Conversation, shop: &Shop, context: &Context<'_>) -> Turn {
    let question = Question::new(Step::Leave { shop_ids: vec![shop.id] }, context.now);
    let line = Line::new("leave-question").text("shop", shop.name.as_str());
    Turn::keeping(conversation, context.language(conversation)).asking(question).saying(line, Some(shop.id))
}

fn ask_which(conversation: &Conversation, shops: &[&Shop], context: &Context<'_>) -> Turn {
    let language = context.language(conversation);
    let (reply, offered) = which(shops, language);
    let shop_ids = shops.iter().take(offered).map(|shop| shop.id).collect();
    let question = Question::new(Step::Leave { shop_ids }, context.now);
    Turn::keeping(conversation, language).asking(question).saying(reply, None)
}

/// The question with a numbered list of the shops, as many as fit; and how many that are.
fn which(shops: &[&Shop], language: Language) -> (Reply, usize) {
    let choices: Vec<Line> = shops.iter().map(|shop| choose::named(shop.name.as_str())).collect();
    choose::from(&Line::new("leave-which"), &choices, language)
}
