//! What a shop tells its members unasked, as the API reads and shows it.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::body::{Checks, given};
use crate::domain::telling::{self, BUNDLE_MINUTES, DAYS, NEAR_POINTS, NEAR_STAMPS, TEXTS_PER_WEEK};

/// What a shop tells its members by text without having been asked: never by night where the member is, never to who opted
/// out.
#[derive(Debug, Serialize, ToSchema)]
pub struct Telling {
    /// Points and stamps that were earned.
    earned: bool,
    /// A reward that was given, or for which there are enough points now.
    reward_reached: bool,
    /// A reward is near where so many stamps are missing; 0 is off.
    reward_near_stamps: u16,
    /// A reward is near where so many points are missing; 0 is off.
    reward_near_points: i64,
    /// A level that was reached.
    level: bool,
    /// So many days before a voucher lapses; 0 is off.
    voucher_lapses_days: u16,
    /// So many days before points lapse; 0 is off.
    points_lapse_days: u16,
    /// So many days after the last visit; 0 is off.
    welcome_back_days: u16,
    /// For so many minutes after a text what follows is bundled into the next one; 0: each sale has its own.
    bundle_minutes: u16,
    /// The most such texts to one member in seven days; 0: none at all.
    texts_per_week: u16,
}

/// What a shop shall tell its members by text without having been asked.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TellingBody {
    /// Points and stamps that were earned.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = bool, required = false, default = false)]
    earned: Option<bool>,
    /// A reward that was given, or for which there are enough points now.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = bool, required = false, default = true)]
    reward_reached: Option<bool>,
    /// A reward is near where so many stamps are missing; 0 is off.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = i64, required = false, default = 0, minimum = 0, maximum = 100)]
    reward_near_stamps: Option<i64>,
    /// A reward is near where so many points are missing; 0 is off.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = i64, required = false, default = 0, minimum = 0, maximum = 1000000)]
    reward_near_points: Option<i64>,
    /// A level that was reached.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = bool, required = false, default = true)]
    level: Option<bool>,
    /// So many days before a voucher lapses; 0 is off.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = i64, required = false, default = 3, minimum = 0, maximum = 365)]
    voucher_lapses_days: Option<i64>,
    /// So many days before points lapse; 0 is off.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = i64, required = false, default = 7, minimum = 0, maximum = 365)]
    points_lapse_days: Option<i64>,
    /// So many days after the last visit; 0 is off.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = i64, required = false, default = 0, minimum = 0, maximum = 365)]
    welcome_back_days: Option<i64>,
    /// For so many minutes after a text what follows is bundled into the next one; 0: each sale has its own.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = i64, required = false, default = 10, minimum = 0, maximum = 1440)]
    bundle_minutes: Option<i64>,
    /// The most such texts to one member in seven days; 0: none at all.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = i64, required = false, default = 2, minimum = 0, maximum = 20)]
    texts_per_week: Option<i64>,
}

/// Reads what was sent as `telling`; what is left out is as before. Every mistake is kept in `checks`.
pub(super) fn read(sent: TellingBody, before: &telling::Telling, checks: &mut Checks) -> Option<telling::Telling> {
    let mut number = |field: &str, sent: Option<i64>, range: RangeInclusive<u16>, before: u16| match sent {
        None => Some(before),
        Some(sent) => {
            let read = u16::try_from(sent).ok().filter(|number| range.contains(number));
            let sentence = format!("must be from {} to {}", range.start(), range.end());
            checks.check(&format!("telling.{field}"), read.ok_or(sentence))
        }
    };
    let near_stamps = number("reward_near_stamps", sent.reward_near_stamps, NEAR_STAMPS, before.reward_near_stamps);
    let voucher = number("voucher_lapses_days", sent.voucher_lapses_days, DAYS, before.voucher_lapses_days);
    let points = number("points_lapse_days", sent.points_lapse_days, DAYS, before.points_lapse_days);
    let back = number("welcome_back_days", sent.welcome_back_days, DAYS, before.welcome_back_days);
    let bundle = number("bundle_minutes", sent.bundle_minutes, BUNDLE_MINUTES, before.bundle_minutes);
    let per_week = number("texts_per_week", sent.texts_per_week, TEXTS_PER_WEEK, before.texts_per_week);
    let near_points = sent.reward_near_points.unwrap_or(before.reward_near_points);
    let sentence = format!("must be from {} to {}", NEAR_POINTS.start(), NEAR_POINTS.end());
    let near_points = Some(near_points).filter(|points| NEAR_POINTS.contains(points)).ok_or(sentence);
    Some(telling::Telling {
        earned: sent.earned.unwrap_or(before.earned),
        reward_reached: sent.reward_reached.unwrap_or(before.reward_reached),
        reward_near_points: checks.check("telling.reward_near_points", near_points)?,
        reward_near_stamps: near_stamps?,
        level: sent.level.unwrap_or(before.level),
        voucher_lapses_days: voucher?,
        points_lapse_days: points?,
        welcome_back_days: back?,
        bundle_minutes: bundle?,
        texts_per_week: per_week?,
    })
}

/// As the API shows it.
pub(super) fn show(telling: telling::Telling) -> Telling {
    let telling::Telling { earned, reward_reached, reward_near_stamps, reward_near_points, level, .. } = telling;
    let telling::Telling { voucher_lapses_days, points_lapse_days, welcome_back_days, .. } = telling;
    let telling::Telling { bundle_minutes, texts_per_week, .. } = telling;
    Telling {
        earned,
        reward_reached,
        reward_near_stamps,
        reward_near_points,
        level,
        voucher_lapses_days,
        points_lapse_days,
        welcome_back_days,
        bundle_minutes,
        texts_per_week,
    }
}
