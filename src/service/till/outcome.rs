//! How an order went, as tills and people at the counter are told: the same for the API and for the command line.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::Done;
use crate::domain::{
    language::Language,
    money::Amount,
    program::{
        Program,
        earn::{Rule, card::Card},
        reward::{Reward, Worth},
    },
    purse::{Purse, Voucher, draw::shown, spend::worth_of},
};

/// What came of an order, and how the member stands now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Outcome {
    /// For whom it was done.
    pub member: Person,
    /// Whether the same had been done before: then nothing has changed.
    pub repeat: bool,
    /// What was earned, rule by rule.
    pub earned: Vec<Earned>,
    /// All points that were earned.
    #[schema(example = 12)]
    pub points: i64,
    /// Stamps that were earned, by punch card.
    pub stamps: BTreeMap<String, i64>,
    /// Points that were taken back.
    #[schema(example = 0)]
    pub taken_back: i64,
    /// Vouchers that were issued.
    pub vouchers: Vec<IssuedVoucher>,
    /// Points to be spent now; below zero where a refund took more than there were.
    #[schema(example = 112)]
    pub balance: i64,
    /// Points that cannot be spent yet.
    #[schema(example = 0)]
    pub pending: i64,
    /// Points in vouchers.
    #[schema(example = 0)]
    pub locked: i64,
    /// The punch cards.
    pub cards: Vec<CardHeld>,
    /// The level; `null` where the program has none.
    #[schema(required)]
    pub level: Option<LevelNow>,
}

/// A member at the counter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Person {
    /// Our id.
    pub id: Uuid,
    /// What they want to be called, where they said so.
    #[schema(required, example = "Ana")]
    pub first_name: Option<String>,
}

/// Points that one rule gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Earned {
    /// The rule's id in the program.
    #[schema(example = "spend")]
    pub rule: String,
    /// How many.
    #[schema(example = 12)]
    pub points: i64,
}

/// A voucher that was issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct IssuedVoucher {
    /// Its code, in groups as members read it; read back in any case, with or without what parts it.
    #[schema(example = "K7Q-M3X")]
    pub code: String,
    /// The reward's id in the program.
    #[schema(example = "coffee")]
    pub reward: String,
    /// What members read.
    #[schema(example = "Free coffee")]
    pub name: String,
    /// What it is worth at the till.
    pub worth: WorthAtTill,
    /// Points that it holds; 0 where it was given.
    #[schema(example = 100)]
    pub points: i64,
    /// The last day on which it can be redeemed, on the program's calendar.
    pub last_day: NaiveDate,
}

/// What a reward is worth at the till.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WorthAtTill {
    /// `gift` (what its name says), `free_item`, `amount_off`, `percent_off` or `money` (points as money).
    #[schema(example = "gift")]
    pub kind: String,
    /// How much off, or at most off, in the smallest unit of the shop's currency.
    #[schema(required, example = json!(null))]
    pub amount: Option<i64>,
    /// How many percent off.
    #[schema(required, example = json!(null))]
    pub percent: Option<u8>,
    /// Articles of which one is free: the till's numbers.
    #[serde(default)]
    pub skus: Vec<String>,
    /// Articles of which one is free: their categories.
    #[serde(default)]
    pub categories: Vec<String>,
}

/// A punch card in hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CardHeld {
    /// Its rule's id in the program.
    #[schema(example = "coffees")]
    pub id: String,
    /// Stamps on the card in hand.
    #[schema(example = 3)]
    pub stamps: i64,
    /// Stamps that fill it.
    #[schema(example = 9)]
    pub size: i64,
    /// How many were filled.
    #[schema(example = 0)]
    pub filled: i64,
    /// What a full one gives: a reward's id.
    #[schema(example = "tenth")]
    pub reward: String,
}

/// The level a member has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LevelNow {
    /// Its id in the program; `null`: none yet.
    #[schema(required, example = "silver")]
    pub id: Option<String>,
    /// What members read.
    #[schema(required, example = "Silver")]
    pub name: Option<String>,
    /// The id of the next one that can be earned; `null` where it is the highest.
    #[schema(required, example = "gold")]
    pub next: Option<String>,
    /// What is missing for it: money in the smallest unit, points, visits or friends, as the program counts.
    #[schema(required, example = 38800)]
    pub missing: Option<i64>,
}

impl Outcome {
    /// Tells how an order went. Names are in the language of the shop.
    pub fn of(done: &Done, program: &Program, language: Language, now: DateTime<Utc>) -> Self {
        let Done { member_id, first_name, award, taken_back, issued, purse, is_repeat, .. } = done;
        Self {
            member: Person { id: *member_id, first_name: first_name.clone() },
            repeat: *is_repeat,
            earned: award.lines.iter().map(|line| Earned { rule: line.rule.clone(), points: line.points }).collect(),
            points: award.points(),
            stamps: award.stamps.clone(),
            taken_back: *taken_back,
            vouchers: issued.iter().filter_map(|voucher| IssuedVoucher::of(voucher, program, language)).collect(),
            balance: purse.available,
            pending: purse.pending_points(),
            locked: purse.locked_points(),
            cards: cards(purse, program),
            level: LevelNow::of(purse, program, language, now),
        }
    }
}

impl IssuedVoucher {
    /// A voucher as the till shows it; `None` where the program has its reward no more.
    pub fn of(voucher: &Voucher, program: &Program, language: Language) -> Option<Self> {
        let reward = program.reward(&voucher.reward)?;
        Some(Self {
            code: shown(&voucher.code),
            reward: reward.id.clone(),
            name: reward.name.in_language(language).to_owned(),
            worth: WorthAtTill::of(reward, program, voucher.points),
            points: voucher.points,
            last_day: voucher.last_day,
        })
    }
}

impl WorthAtTill {
    /// What a reward that was bought for so many points takes off.
    pub fn of(reward: &Reward, program: &Program, points: i64) -> Self {
        let minor = |amount: Amount| amount.minor(program.currency);
        let none = Self { kind: "gift".to_owned(), amount: None, percent: None, skus: vec![], categories: vec![] };
        let kind = |kind: &str| kind.to_owned();
        match &reward.worth {
            Worth::Gift {} => none,
            Worth::FreeItem { articles } => Self {
                kind: kind("free_item"),
                skus: articles.skus.clone(),
                categories: articles.categories.clone(),
                ..none
            },
            Worth::AmountOff { amount } => Self { kind: kind("amount_off"), amount: Some(minor(*amount)), ..none },
            Worth::PercentOff { percent, amount_max } => {
                Self { kind: kind("percent_off"), percent: Some(*percent), amount: amount_max.map(minor), ..none }
            }
            Worth::Money { .. } => {
                let points = if points > 0 { points } else { reward.cost.unwrap_or(0) };
                Self { kind: kind("money"), amount: worth_of(program, reward, points), ..none }
            }
        }
    }
}

impl LevelNow {
    /// The level held on a day, and what is missing for the next.
    pub fn of(purse: &Purse, program: &Program, language: Language, now: DateTime<Utc>) -> Option<Self> {
        let tiers = program.tiers.as_ref()?;
        let today = program.day(now);
        let held = purse.level_now(program, today);
        let above = held.and_then(|level| tiers.place(&level.id)).map_or(0, |place| place + 1);
        let next = tiers.levels.iter().skip(above);
        let next = next.filter_map(|level| Some((level, tiers.threshold(level, program.currency)?))).next();
        Some(Self {
            id: held.map(|level| level.id.clone()),
            name: held.map(|level| level.name.in_language(language).to_owned()),
            next: next.map(|(level, _)| level.id.clone()),
            missing: next.map(|(_, from)| (from - purse.progress_in_span(program, today)).max(0)),
        })
    }
}

/// The punch cards of a program, as far as this member has got with them.
pub fn cards(purse: &Purse, program: &Program) -> Vec<CardHeld> {
    let held = |(rule, card): (&Rule, &Card)| {
        let stamps = purse.card(&rule.id);
        CardHeld {
            id: rule.id.clone(),
            stamps: stamps.in_hand(),
            size: card.stamps,
            filled: stamps.filled,
            reward: card.reward.clone(),
        }
    };
    program.cards().map(held).collect()
}
