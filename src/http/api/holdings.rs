//! `/v1/members/{id}/rewards` and `/v1/members/{id}/tier`: what a member can have, and how far the rest is.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Refusals, caller::Caller, members, place, vouchers::ShopChoice};
use crate::{
    domain::{
        language::Language,
        money::Currency,
        program::{
            reward::Reward,
            tier::{Level, Tiers},
        },
        purse::{NotIssued, spend::Purchase},
        shop::Shop,
    },
    http::{Gateway, problem::Problem},
    service::till::{
        NotDone, Whom,
        outcome::{CardHeld, LevelNow, WorthAtTill, cards},
        standing::Standing,
    },
};

/// What a member's points buy.
#[derive(Debug, Serialize, ToSchema)]
pub struct Rewards {
    /// The shop's program.
    program_id: Uuid,
    /// Points to be spent now.
    balance: i64,
    /// Points that cannot be spent yet.
    pending: i64,
    /// Points in vouchers.
    locked: i64,
    /// What points buy, the cheapest first.
    rewards: Vec<RewardNow>,
    /// The punch cards.
    cards: Vec<CardHeld>,
}

/// A reward, and whether this member can have it.
#[derive(Debug, Serialize, ToSchema)]
pub struct RewardNow {
    /// Its id in the program.
    #[schema(example = "coffee")]
    id: String,
    /// What members read.
    #[schema(example = "Free coffee")]
    name: String,
    /// How many points it costs.
    #[schema(example = 100)]
    cost: i64,
    /// What it is worth at the till.
    worth: WorthAtTill,
    /// Whether the member can have it now.
    available: bool,
    /// Why not: `too_few_points`, `level`, `limit`, `sold_out` or `not_today`; `null` where they can.
    #[schema(required, example = "too_few_points")]
    why: Option<&'static str>,
    /// The same in a sentence.
    #[schema(required)]
    detail: Option<String>,
    /// How many points are missing.
    #[schema(example = 88)]
    missing: i64,
    /// How many there are left; `null` where there is no limit.
    #[schema(required)]
    left: Option<i64>,
}

/// A member's level and paid membership.
#[derive(Debug, Serialize, ToSchema)]
pub struct Tier {
    /// The shop's program.
    program_id: Uuid,
    /// The level now and what is missing for the next; `null` where the program has none.
    #[schema(required)]
    level: Option<LevelNow>,
    /// What counts: `spend`, `points`, `visits` or `friends`.
    #[schema(required, example = "spend")]
    by: Option<String>,
    /// So much counts in the present span.
    progress: i64,
    /// Since which day the level is held; `null` where it was not earned.
    #[schema(required)]
    since: Option<NaiveDate>,
    /// On this day it is lost, unless it is earned again.
    #[schema(required)]
    lost_on: Option<NaiveDate>,
    /// All levels, the lowest first.
    levels: Vec<LevelShown>,
    /// The paid membership; `null` where the member has none.
    #[schema(required)]
    membership: Option<Membership>,
}

/// A level of the program.
#[derive(Debug, Serialize, ToSchema)]
pub struct LevelShown {
    /// Its id in the program.
    #[schema(example = "gold")]
    id: String,
    /// What members read.
    #[schema(example = "Gold")]
    name: String,
    /// It begins at so much, in what counts; `null`: it cannot be earned.
    #[schema(required, example = 50000)]
    from: Option<i64>,
    /// By how much points are multiplied.
    #[schema(required, example = "1.5")]
    times: Option<String>,
    /// What it brings, in the merchant's words.
    perks: Vec<String>,
    /// Rewards that it gives, by id, with how often: `day`, `week`, `month`, `quarter`, `year` or `ever` (once).
    gifts: BTreeMap<String, String>,
}

/// A paid membership.
#[derive(Debug, Serialize, ToSchema)]
pub struct Membership {
    /// What members read.
    #[schema(example = "Plus")]
    name: String,
    /// Its first day.
    since: NaiveDate,
    /// Its last day.
    until: NaiveDate,
    /// Whether it runs today.
    runs: bool,
}

/// What a member's points buy: what they can have now, and why not the rest.
#[utoipa::path(get, path = "/v1/members/{id}/rewards", tag = "members", params(("id" = Uuid, Path,), ShopChoice),
    responses((status = 200, body = Rewards), Refusals))]
pub async fn rewards(
    caller: Caller,
    gateway: web::Data<Gateway>,
    id: web::Path<Uuid>,
    query: web::Query<ShopChoice>,
) -> Result<HttpResponse, Problem> {
    let (shop, standing) = standing(caller, &gateway, *id, query.id()?).await?;
    let Standing { program, purse, .. } = &standing;
    let sold = program.for_sale().into_iter();
    let answer = Rewards {
        program_id: program.id,
        balance: purse.available,
        pending: purse.pending_points(),
        locked: purse.locked_points(),
        rewards: sold.map(|reward| show_reward(&gateway, &shop, &standing, reward)).collect(),
        cards: cards(purse, program),
    };
    Ok(HttpResponse::Ok().json(answer))
}

/// A member's level, what is missing for the next, and their paid membership.
#[utoipa::path(get, path = "/v1/members/{id}/tier", tag = "members", params(("id" = Uuid, Path,), ShopChoice),
    responses((status = 200, body = Tier), Refusals))]
pub async fn tier(
    caller: Caller,
    gateway: web::Data<Gateway>,
    id: web::Path<Uuid>,
    query: web::Query<ShopChoice>,
) -> Result<HttpResponse, Problem> {
    let (shop, Standing { program, purse, .. }) = standing(caller, &gateway, *id, query.id()?).await?;
    let (now, tiers) = (gateway.clock.now(), program.tiers.as_ref());
    let today = program.day(now);
    let level = LevelNow::of(&purse, &program, shop.language, now);
    let named = level.as_ref().and_then(|level| level.id.as_deref());
    let held = purse.level.as_ref().filter(|held| Some(held.id.as_str()) == named);
    let (since, lost_on) = (held.map(|held| held.since), held.and_then(|held| held.lost_on));
    let levels = tiers.into_iter().flat_map(|tiers| tiers.levels.iter().map(move |level| (tiers, level)));
    let levels = levels.map(|(tiers, level)| show_level(tiers, level, program.currency, shop.language)).collect();
    let membership = purse.membership.zip(program.membership.as_ref()).map(|(held, paid)| Membership {
        name: paid.name.in_language(shop.language).to_owned(),
        since: held.since,
        until: held.until,
        runs: purse.is_paid_member(today),
    });
    let by = tiers.and_then(|tiers| word_of(&tiers.by));
    let progress = purse.progress_in_span(&program, today);
    let answer = Tier { program_id: program.id, level, by, progress, since, lost_on, levels, membership };
    Ok(HttpResponse::Ok().json(answer))
}

async fn standing(
    caller: Caller,
    gateway: &Gateway,
    id: Uuid,
    shop_id: Option<Uuid>,
) -> Result<(Shop, Standing), Problem> {
    let member = members::find(caller, gateway, id).await?;
    let shop = place::of_holder(caller, gateway, member.id, shop_id).await?;
    let at = (&shop, &Whom::Member(member.id));
    let standing = Standing::of(&gateway.store, &gateway.directory, at, gateway.clock.now()).await?;
    Ok((shop, standing.ok_or(NotDone::NoSuchMember)?))
}

fn show_reward(gateway: &Gateway, shop: &Shop, standing: &Standing, reward: &Reward) -> RewardNow {
    let Standing { program, purse, .. } = standing;
    let left = standing.stock_left(&reward.id);
    // Where points are money, any number of them will do.
    let points = reward.is_money().then(|| purse.available.max(1));
    let wanted = Purchase { reward: &reward.id, points, stock_left: left };
    let refused = purse.cost_of(program, wanted, gateway.clock.now()).err();
    let missing = match &refused {
        Some(NotIssued::TooFew { cost, available }) => cost - available,
        _ => 0,
    };
    RewardNow {
        id: reward.id.clone(),
        name: reward.name.in_language(shop.language).to_owned(),
        cost: reward.cost.unwrap_or(0),
        worth: WorthAtTill::of(reward, program, 0),
        available: refused.is_none(),
        why: refused.as_ref().map(why),
        detail: refused.map(|refused| refused.to_string()),
        missing,
        left,
    }
}

fn why(refused: &NotIssued) -> &'static str {
    match refused {
        NotIssued::TooFew { .. } | NotIssued::Points(_) => "too_few_points",
        NotIssued::Level(_) => "level",
        NotIssued::Limit(_) => "limit",
        NotIssued::OutOfStock => "sold_out",
        NotIssued::NotToday | NotIssued::NoSuchReward => "not_today",
    }
}

fn show_level(tiers: &Tiers, level: &Level, currency: Currency, language: Language) -> LevelShown {
    LevelShown {
        id: level.id.clone(),
        name: level.name.in_language(language).to_owned(),
        from: tiers.threshold(level, currency),
        times: level.times.map(|times| times.to_string()),
        perks: level.perks.iter().map(|perk| perk.in_language(language).to_owned()).collect(),
        gifts: level.gifts.iter().map(|gift| (gift.reward.clone(), word_of(&gift.per).unwrap_or_default())).collect(),
    }
}

/// A word of the program's own.
fn word_of(value: &impl Serialize) -> Option<String> {
    serde_json::to_value(value).ok()?.as_str().map(str::to_owned)
}
