//! Why somebody gets no text at all, and when they get what waits for them. A function of values.

use chrono::{DateTime, Utc};

use super::{Step, Trouble, What};
use crate::telling::{
    decide::{Ear, Scene, Wait, held_back},
    told::Told,
};

/// How a member stands with a shop and its number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// Since when they are opted out.
    pub opted_out_at: Option<DateTime<Utc>>,
    /// Since when it is in doubt whether they want any texts.
    pub in_doubt_since: Option<DateTime<Utc>>,
    /// Whether they ever joined the shop.
    pub is_enrolled: bool,
    /// Since when they have left it.
    pub left_at: Option<DateTime<Utc>>,
    /// Whether what they had is another member's now.
    pub is_merged: bool,
    /// Until when a question waits for their answer.
    pub asked_until: Option<DateTime<Utc>>,
    /// Why the last text to them did not arrive, where it did not.
    pub last_failed: Option<(DateTime<Utc>, i32, Trouble)>,
}

/// What keeps them from being texted, or that nothing does; then what waits to be told.
pub fn explain(standing: &Standing, told: &Told, scene: &Scene<'_>) -> Vec<Step> {
    let mut steps = Vec::new();
    if let Some(at) = standing.opted_out_at {
        steps.push(Step::now(What::OptedOut(at)));
    }
    if let Some(at) = standing.in_doubt_since {
        steps.push(Step::now(What::InDoubt(at)));
    }
    match standing {
        Standing { is_merged: true, .. } => steps.push(Step::now(What::Merged)),
        Standing { left_at: Some(at), .. } => steps.push(Step::now(What::Left(*at))),
        Standing { is_enrolled: false, .. } => steps.push(Step::now(What::NoMember)),
        _ => {}
    }
    if scene.shop.telling.texts_per_week == 0 {
        steps.push(Step::now(What::ShopIsSilent));
    }
    let is_closed = !steps.is_empty();
    if let Some((at, code, trouble)) = standing.last_failed {
        steps.push(Step::past(Some(at), What::LastFailed(code, trouble)));
    }
    if is_closed {
        return steps;
    }
    let hold = match standing.asked_until.filter(|until| scene.ear == Ear::Busy && *until > scene.now) {
        Some(until) => Some(What::Asked(until)),
        None => held_back(told, scene).map(|(until, why)| match why {
            Wait::Busy => What::Asked(until),
            Wait::Bundled => What::Bundled(until),
            Wait::Capped => What::Capped(until),
            Wait::Quiet => What::Quiet(until),
        }),
    };
    let until = hold.as_ref().and_then(What::until).unwrap_or(scene.now);
    steps.push(Step::now(hold.unwrap_or(What::Open)));
    let looked_at = told.look_at.and_then(|at| DateTime::from_timestamp(at, 0));
    let waits =
        if told.waiting.is_nothing() { What::NothingWaits } else { What::Waits(looked_at.unwrap_or(until).max(until)) };
    steps.push(Step::next(waits));
    steps
}
