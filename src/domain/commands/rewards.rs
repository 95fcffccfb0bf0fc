//! REWARDS: what points buy, with what is missing, and the vouchers one has.

use super::{
    Argument, Command, choose, day,
    holding::{self, points, told},
    place::{self, Place, Request},
    redeem,
};
use crate::{
    conversation::{Context, Conversation, Turn},
    language::{Language, Line, Reply},
    program::reward::Reward,
    purse::{NotIssued, Voucher, draw::shown},
    segment::count,
};

/// REWARDS, PREMIOS … and REWARDS with a shop's name.
pub const COMMAND: Command = Command {
    name: "rewards",
    words: "words-rewards",
    argument: Argument::Shop,
    is_told: |program, _| !program.for_sale().is_empty(),
    answer,
};

/// The most vouchers that one text lists beside rewards.
const VOUCHERS_BESIDE_MAX: usize = 3;
/// The fewest rewards that are listed, where there are so many.
const REWARDS_MIN: usize = 2;

fn answer(conversation: &Conversation, argument: Option<&str>, context: &Context<'_>) -> Turn {
    let has_something =
        |place: &Place<'_>| !place.program().for_sale().is_empty() || !place.purse().vouchers.is_empty();
    let request =
        Request { command: COMMAND.name, shop: argument, said: None, uses: has_something, none: "rewards-none" };
    place::at(request, conversation, context, |place| {
        let language = context.language(conversation);
        Turn::keeping(conversation, language).saying(list(place, language, context), Some(place.shop.id))
    })
}

/// The rewards that can be bought today, in the order of their numbers.
pub fn listed<'p>(place: &'p Place<'_>, context: &Context<'_>) -> Vec<&'p Reward> {
    let today = place.today(context);
    place.program().for_sale().into_iter().filter(|reward| reward.is_on(today)).collect()
}

/// What is held, the rewards with their numbers, the vouchers: as much of it as fits.
pub fn list(place: &Place<'_>, language: Language, context: &Context<'_>) -> Reply {
    let lines = reward_lines(place, context);
    let vouchers = voucher_lines(place, context);
    let fits = |reply: &Reply| count(&language.write(reply)).segments <= choose::SEGMENTS_MAX;
    let least = REWARDS_MIN.min(lines.len());
    let reply = |rewards: usize, of_vouchers: usize| {
        let head = told("balance-one", place.shop, holding::of(&place.held));
        let more = more(lines.len() - rewards);
        let shown = lines.iter().take(rewards).cloned().chain(more).chain(vouchers.iter().take(of_vouchers).cloned());
        shown.chain(how_to_redeem(place, context)).fold(Reply::from(head), Reply::below)
    };
    let most = vouchers.len().min(VOUCHERS_BESIDE_MAX);
    let sizes =
        (0..=most).rev().flat_map(|vouchers| (least..=lines.len()).rev().map(move |rewards| (rewards, vouchers)));
    let mut replies = sizes.map(|(rewards, vouchers)| reply(rewards, vouchers));
    replies.find(fits).unwrap_or_else(|| reply(least, 0))
}

/// "and 4 more"; nothing where there are none.
pub fn more(more: usize) -> Option<Line> {
    (more > 0).then(|| Line::new("rewards-more").count("count", i64::try_from(more).unwrap_or(i64::MAX)))
}

fn how_to_redeem(place: &Place<'_>, context: &Context<'_>) -> Option<Line> {
    let fitting = redeem::fitting(place, context);
    match listed(place, context).as_slice() {
        _ if fitting.is_empty() => None,
        [money] if money.is_money() => {
            let example = money.cost.unwrap_or(1).min(place.purse().available);
            Some(Line::new("rewards-how-many").count("example", example).unit(&place.program().unit))
        }
        _ => Some(Line::new("rewards-how")),
    }
}

/// Each reward with its number, what it costs, and what stands in its way.
pub fn reward_lines(place: &Place<'_>, context: &Context<'_>) -> Vec<Line> {
    let listed = listed(place, context);
    listed
        .into_iter()
        .zip(1..)
        .map(|(reward, number)| reward_line(place, reward, context).count("number", number))
        .collect()
}

fn reward_line(place: &Place<'_>, reward: &Reward, context: &Context<'_>) -> Line {
    let (program, today) = (place.program(), place.today(context));
    let line = match redeem::cost(place, reward, context) {
        // Where points are money, none is the least that is missing: that says nothing.
        Err(NotIssued::TooFew { cost, available }) if !reward.is_money() => {
            Line::new("reward-missing").count("missing", cost - available)
        }
        Err(NotIssued::Level(level)) => match program.level(&level) {
            Some(level) => Line::new("reward-level").words("level", &level.name),
            None => Line::new("reward"),
        },
        Err(NotIssued::OutOfStock) => Line::new("reward-sold-out"),
        Err(NotIssued::Limit(limit)) => match limit.per.next(today) {
            Some(next) => Line::new("reward-again").part("day", day::written(next, today)),
            None => Line::new("reward-had"),
        },
        _ if reward.is_money() => Line::new("reward-money").text("amount", redeem::worth(place, reward)),
        _ => Line::new("reward"),
    };
    line.words("name", &reward.name).part("cost", points(reward.cost.unwrap_or(0), &program.unit))
}

/// Each voucher with its code and its last day, the one that lapses first before the others.
pub fn voucher_lines(place: &Place<'_>, context: &Context<'_>) -> Vec<Line> {
    let mut vouchers: Vec<&Voucher> = place.purse().vouchers.iter().collect();
    vouchers.sort_by_key(|voucher| voucher.last_day);
    vouchers.into_iter().filter_map(|voucher| voucher_line(place, voucher, context)).collect()
}

/// A voucher with its code and its last day.
pub fn voucher_line(place: &Place<'_>, voucher: &Voucher, context: &Context<'_>) -> Option<Line> {
    let reward = place.program().reward(&voucher.reward)?;
    let line = Line::new("voucher").words("name", &reward.name).text("code", shown(&voucher.code));
    Some(line.part("day", day::written(voucher.last_day, place.today(context))))
}
