//! A voucher as tills and people at the counter see it, in whatever state.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::outcome::{Outcome, WorthAtTill};
use crate::{
    clock::from_millis,
    domain::{directory::Directory, program::Program, purse::draw::shown, shop::Shop},
    store::counter::VoucherRow,
};

/// A voucher in any state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Voucher {
    /// Its code, in groups as members read it.
    #[schema(example = "K7Q-M3X")]
    pub code: String,
    /// The program.
    pub program_id: Uuid,
    /// Whose it is.
    pub member_id: Uuid,
    /// `issued`: it can be redeemed; `redeemed`, `cancelled` or `lapsed`: it has ended.
    #[schema(example = "issued")]
    pub state: String,
    /// The reward's id in the program.
    #[schema(example = "coffee")]
    pub reward: String,
    /// What members read; `null` where the program has it no more.
    #[schema(required, example = "Free coffee")]
    pub name: Option<String>,
    /// What it is worth at the till; `null` where the program has it no more.
    #[schema(required)]
    pub worth: Option<WorthAtTill>,
    /// Points that it holds or held; 0 where it was given.
    pub points: i64,
    /// `points` where they bought it, or the rule or level that gave it.
    #[schema(example = "points")]
    pub cause: String,
    /// When it was issued.
    pub issued_at: DateTime<Utc>,
    /// The last day on which it can be redeemed, on the program's calendar.
    pub last_day: NaiveDate,
    /// When it ended.
    #[schema(required)]
    pub ended_at: Option<DateTime<Utc>>,
    /// At which shop it ended.
    #[schema(required)]
    pub ended_shop_id: Option<Uuid>,
    /// Who ended it.
    #[schema(required)]
    pub ended_by: Option<String>,
}

/// A voucher that was redeemed or cancelled, and how the member stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EndedVoucher {
    /// The voucher: what to hand over.
    pub voucher: Voucher,
    /// How the member stands now.
    pub outcome: Outcome,
}

impl Voucher {
    /// A voucher that was looked up. Its names are in the language of the shop where one is asked.
    pub fn of(row: VoucherRow, directory: &Directory, shop: Option<&Shop>, now: DateTime<Utc>) -> Self {
        let program = directory.program_at(row.program_id, now);
        let first = || directory.shops_in(row.program_id).first().map(|shop| shop.language);
        let language = shop.map(|shop| shop.language).or_else(first).unwrap_or_default();
        let reward = program.and_then(|program| program.reward(&row.reward));
        let last_day = row.last_day.parse::<NaiveDate>().unwrap_or_default();
        // The clock has not come by yet, but its day is over.
        let is_over = |program: &Program| row.state == "issued" && last_day < program.day(now);
        let state = if program.is_some_and(|program| is_over(program)) { "lapsed".to_owned() } else { row.state };
        Self {
            code: shown(&row.code),
            program_id: row.program_id,
            member_id: row.member_id,
            state,
            name: reward.map(|reward| reward.name.in_language(language).to_owned()),
            worth: reward.zip(program).map(|(reward, program)| WorthAtTill::of(reward, program, row.points)),
            reward: row.reward,
            points: row.points,
            cause: row.cause,
            issued_at: from_millis(row.issued_at),
            last_day,
            ended_at: row.ended_at.map(from_millis),
            ended_shop_id: row.ended_shop_id,
            ended_by: row.ended_by,
        }
    }
}
