//! What is near, for BAL: a reward that waits, one that can be had, one that is nearly paid for; points that come or go.

use std::cmp::Reverse;

use chrono::Days;

use super::{choose, day, holding, place::Place, redeem, rewards};
use crate::{
    conversation::Context,
    language::{Language, Line, Reply},
    program::{Program, reward::Reward},
    purse::spend::worth_of,
    segment::count,
};

/// Points that lapse within so many days are told.
const LAPSING_SOON: Days = Days::new(30);

/// To what is held, adds what is near, as much of it as fits.
pub fn add(balance: Line, place: &Place<'_>, language: Language, context: &Context<'_>) -> Reply {
    let mut reply = Reply::from(balance);
    for line in all(place, context) {
        let with = reply.clone().behind(line);
        if count(&context.voice(place.shop, language).write(&with)).segments <= choose::SEGMENTS_MAX {
            reply = with;
        }
    }
    reply
}

/// What is near, what matters most before the rest.
fn all(place: &Place<'_>, context: &Context<'_>) -> Vec<Line> {
    let voucher = waiting(place);
    let reward = affordable(place, context).or_else(|| nearly_paid(place, context));
    let card = card_to_fill(place).filter(|_| reward.is_none());
    [voucher, reward, card, lapsing(place, context), pending(place, context)].into_iter().flatten().collect()
}

fn waiting(place: &Place<'_>) -> Option<Line> {
    let voucher = place.purse().vouchers.iter().min_by_key(|voucher| voucher.last_day)?;
    let reward = place.program().reward(&voucher.reward)?;
    Some(Line::new("near-voucher").words("name", &reward.name))
}

fn affordable(place: &Place<'_>, context: &Context<'_>) -> Option<Line> {
    let fitting = redeem::fitting(place, context);
    let dearest = fitting.iter().filter(|reward| !reward.is_money()).max_by_key(|reward| reward.cost);
    match (dearest, fitting.first()) {
        (Some(reward), _) => Some(Line::new("near-enough").words("name", &reward.name)),
        (None, Some(money)) => {
            let worth = worth_of(place.program(), money, place.purse().available)?;
            Some(Line::new("near-money").text("amount", place.program().currency.write(worth)))
        }
        (None, None) => None,
    }
}

/// The cheapest reward that only points are missing for.
fn nearly_paid(place: &Place<'_>, context: &Context<'_>) -> Option<Line> {
    // Of what is money one point buys a part: nothing is missing that is worth telling.
    let listed = rewards::listed(place, context).into_iter().filter(|reward| !reward.is_money());
    let nearest = listed.filter_map(|reward| Some((redeem::missing(place, reward, context)?, reward)));
    let (missing, reward) = nearest.min_by_key(|(missing, _)| *missing)?;
    Some(to_go(missing, reward))
}

fn to_go(missing: i64, reward: &Reward) -> Line {
    Line::new("near-missing").count("missing", missing).words("name", &reward.name)
}

/// The card with the fewest stamps to go.
fn card_to_fill(place: &Place<'_>) -> Option<Line> {
    let begun = place.program().cards().filter_map(|(rule, card)| {
        let in_hand = place.purse().card(&rule.id).in_hand();
        let missing = card.stamps - in_hand;
        let counts = in_hand > 0 || !place.program().has_points();
        counts.then_some((missing, Reverse(card.stamps), &card.reward))
    });
    let (missing, _, reward) = begun.min()?;
    Some(to_go(missing, place.program().reward(reward)?))
}

fn lapsing(place: &Place<'_>, context: &Context<'_>) -> Option<Line> {
    let today = place.today(context);
    let (last_day, points) = place.purse().next_to_lapse()?;
    let soon = today.checked_add_days(LAPSING_SOON)?;
    let points = holding::points(points, &place.program().unit);
    (last_day <= soon)
        .then(|| Line::new("near-lapsing").part("points", points).part("day", day::written(last_day, today)))
}

/// The points that can be spent next.
pub fn pending(place: &Place<'_>, context: &Context<'_>) -> Option<Line> {
    pending_in(place.program(), place.purse(), context)
}

/// The same of a purse that has just changed.
pub fn pending_in(program: &Program, purse: &crate::purse::Purse, context: &Context<'_>) -> Option<Line> {
    let on = purse.pending.iter().map(|pending| pending.on).min()?;
    let points = purse.pending.iter().filter(|pending| pending.on == on).map(|pending| pending.lot.points).sum();
    let (points, day) = (holding::points(points, &program.unit), day::written(on, program.day(context.now)));
    Some(Line::new("near-pending").part("points", points).part("day", day))
}
