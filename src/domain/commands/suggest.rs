//! "Did you mean …?": offers a keyword to somebody who nearly texted one, texted one of the past, or only wants to join.

use uuid::Uuid;

use super::{Argument, Command, agrees_to_join, choose, declines, holding, join, with_offers};
use crate::{
    conversation::{Context, Conversation, FoundCodes, FoundReferral, Question, Step, Turn},
    language::{Language, Line, Reply},
    reading::{Meaning, Reading},
    shop::{Keyword, Shop},
    text::Text,
};

/// JOIN, SIGN UP … without saying where.
pub const COMMAND: Command = Command {
    name: "join",
    words: "words-join",
    argument: Argument::Nothing,
    is_told: |_, _| false,
    answer: |conversation, _, context| offer(conversation, context),
};

/// Asks whether this keyword was meant, or which of several.
pub fn did_you_mean(conversation: &Conversation, near: &[(&Keyword, &Shop)], context: &Context<'_>) -> Turn {
    match near {
        [] => Turn::keeping(conversation, context.language(conversation)),
        [(keyword, shop)] => ask(Line::new("did-you-mean"), conversation, keyword, shop, context),
        several => ask_which(conversation, several, context),
    }
}

/// Says that the keyword of a past campaign has ended, and offers the shop's present one.
pub fn after(
    conversation: &Conversation,
    past: &Keyword,
    shop: &Shop,
    current: Option<&Keyword>,
    context: &Context<'_>,
) -> Turn {
    let about = |key| Line::new(key).text("past", past.phrase.display());
    let member = context.enrolment(shop.id).filter(|enrolment| !enrolment.has_left);
    match (member, current) {
        (Some(_), _) => {
            let held = holding::at(shop, context);
            let line = about("keyword-past-member").text("shop", shop.name.as_str()).part("held", held);
            Turn::keeping(conversation, context.language(conversation)).saying(line, Some(shop.id))
        }
        (None, Some(current)) => {
            let turn = ask(about("keyword-past"), conversation, current, shop, context);
            Turn { language: join::language_of(past, shop, conversation), ..turn }
        }
        (None, None) => {
            let line = about("keyword-past-none").text("shop", shop.name.as_str());
            Turn::keeping(conversation, join::language_of(past, shop, conversation)).saying(line, Some(shop.id))
        }
    }
}

/// The answer to "Did you mean …?"; `None` when it is none.
pub fn take_answer(
    (keyword_ids, referral): (&[Uuid], Option<&FoundReferral>),
    conversation: &Conversation,
    text: &Text,
    reading: &Reading<'_>,
    context: &Context<'_>,
) -> Option<Turn> {
    if matches!(reading.meaning, Meaning::Keyword { .. }) {
        return None;
    }
    let keywords: Vec<&Keyword> = keyword_ids.iter().filter_map(|id| context.directory.keyword(*id)).collect();
    if declines(text) {
        let turn = Turn::keeping(conversation, context.language(conversation));
        // A yes after all says which one only where there was one.
        let turn = if keywords.len() == 1 { turn.turned_down() } else { turn.without_question() };
        return Some(turn.saying(Line::new("did-you-mean-no"), None));
    }
    let shop_of = |keyword: &Keyword| context.directory.shop(keyword.shop_id);
    let picked = || {
        let names = keywords.iter().map(|keyword| shop_of(keyword).map_or("", |shop| shop.name.as_str()));
        let phrases = keywords.iter().map(|keyword| keyword.phrase.display());
        choose::pick(text, names).or_else(|| choose::pick_by_name(text.normal(), phrases))
    };
    // Where there is but one, who says a part of it, or nearly texts it again, has still not said yes.
    let place = match keywords.len() {
        1 => agrees_to_join(text).then_some(0),
        _ => picked(),
    };
    let keyword = keywords.get(place?)?;
    if !keyword.is_live(context.now) {
        return None;
    }
    let conversation = Conversation { question: None, ..conversation.clone() };
    // The friend's code stood in the text before.
    let referrals = referral.into_iter().chain(&context.found.referrals).cloned().collect();
    let found = FoundCodes { codes: Vec::new(), referrals };
    Some(join::by_keyword(&conversation, keyword, shop_of(keyword)?, &Context { found: &found, ..*context }))
}

/// How to join the shops on this sender; where there is one, YES is enough.
fn offer(conversation: &Conversation, context: &Context<'_>) -> Turn {
    let language = context.language(conversation);
    let offers: Vec<_> = context.directory.offers_on(context.sender.id, language, context.now).take(2).collect();
    match offers.as_slice() {
        [(keyword, shop)] => match context.enrolment(shop.id).filter(|enrolment| !enrolment.has_left) {
            Some(_) => join::by_keyword(conversation, keyword, shop, context),
            None => ask(Line::new("join-offer"), conversation, keyword, shop, context),
        },
        _ => {
            let reply = with_offers(Line::new("join-which"), Line::new("not-a-member-here"), language, context);
            Turn::keeping(conversation, language).saying(reply, None)
        }
    }
}

fn question(keyword_ids: Vec<Uuid>, context: &Context<'_>) -> Question {
    let referral = context.found.referrals.first().cloned();
    Question::new(Step::DidYouMean { keyword_ids, referral }, context.now)
}

fn ask(line: Line, conversation: &Conversation, keyword: &Keyword, shop: &Shop, context: &Context<'_>) -> Turn {
    let line = line.text("phrase", keyword.phrase.display()).text("shop", shop.name.as_str());
    let question = question(vec![keyword.id], context);
    Turn::keeping(conversation, join::language_of(keyword, shop, conversation))
        .asking(question)
        .saying(line, Some(shop.id))
}

/// "Which one did you mean?" once more; `None` where there is but one.
pub fn reminder(keyword_ids: &[Uuid], language: Language, context: &Context<'_>) -> Option<Reply> {
    let keywords = keyword_ids.iter().filter_map(|id| context.directory.keyword(*id));
    let near: Vec<_> =
        keywords.filter_map(|keyword| Some((keyword, context.directory.shop(keyword.shop_id)?))).collect();
    (near.len() > 1).then(|| which(&near, language).0)
}

/// The question with a numbered list of the keywords, as many as fit; and how many that are.
fn which(near: &[(&Keyword, &Shop)], language: Language) -> (Reply, usize) {
    let choice = |(keyword, shop): &(&Keyword, &Shop)| {
        Line::new("choice-phrase").text("phrase", keyword.phrase.display()).text("shop", shop.name.as_str())
    };
    let choices: Vec<Line> = near.iter().map(choice).collect();
    choose::from(&Line::new("did-you-mean-several"), &choices, language)
}

fn ask_which(conversation: &Conversation, near: &[(&Keyword, &Shop)], context: &Context<'_>) -> Turn {
    let language = context.language(conversation);
    let (reply, offered) = which(near, language);
    let keyword_ids = near.iter().take(offered).map(|(keyword, _)| keyword.id).collect();
    Turn::keeping(conversation, language).asking(question(keyword_ids, context)).saying(reply, None)
}
