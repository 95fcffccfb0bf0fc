//! Whether what waits is told now: in one text, or later, or not at all.

use chrono::{DateTime, Duration, Utc};

use super::{
    hear::{enough_now, near_now},
    place::Place,
    quiet::QuietHours,
    told::{Told, WEEK, mark_of_enough},
    words,
};
use crate::{
    language::{Language, Reply},
    program::Program,
    purse::Purse,
    shop::Shop,
    words::Voice,
};

/// What was earned so long ago is no news.
const EARNED_STALE_AFTER: Duration = Duration::hours(36);
/// While a question is open nothing else is told; after so long it is looked at again.
const BUSY_FOR: Duration = Duration::minutes(30);

/// Where, when and to whom something might be told.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// The time.
    pub now: DateTime<Utc>,
    /// The program, as it is now.
    pub program: &'a Program,
    /// The shop that tells.
    pub shop: &'a Shop,
    /// The language in which the member is answered.
    pub language: Language,
    /// How the shop says it.
    pub voice: Voice<'a>,
    /// The member's phone, in E.164; `None` where they are on a channel without.
    pub phone: Option<&'a str>,
    /// Whether they can be told.
    pub ear: Ear,
    /// When they can.
    pub quiet_hours: &'a QuietHours,
}

/// Whether somebody can be told something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ear {
    /// They can.
    Open,
    /// They are amid a question.
    Busy,
    /// They do not want it: opted out, in doubt, or no member of the shop any more.
    Closed,
}

/// What is said now of what waits, if anything; the purse keeps that it was said, or when to look again.
pub fn tell(purse: &mut Purse, scene: &Scene<'_>) -> Option<Reply> {
    purse.told.forget(scene.now);
    drop_untrue(purse, scene);
    if purse.told.waiting.is_nothing() || scene.ear == Ear::Closed {
        purse.told.be_silent();
        return None;
    }
    if let Some((later, _)) = held_back(&purse.told, scene) {
        purse.told.look_at = Some(later.timestamp());
        return None;
    }
    let Some((reply, said_stop)) = words::of(purse, scene) else {
        purse.told.be_silent();
        return None;
    };
    note_told(purse, scene, said_stop);
    Some(reply)
}

/// Why something is told later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// They are amid a question.
    Busy,
    /// Something was told just now: what follows closely is told in one text.
    Bundled,
    /// They got as many texts in seven days as the shop allows.
    Capped,
    /// Texts may not arrive where they are at this hour.
    Quiet,
}

/// When something may be said, where that is not now, and why. Of several reasons the one that lasts longest counts.
pub fn held_back(told: &Told, scene: &Scene<'_>) -> Option<(DateTime<Utc>, Wait)> {
    let Scene { now, shop, .. } = *scene;
    if scene.ear == Ear::Busy {
        return Some((now + BUSY_FOR, Wait::Busy));
    }
    let at = |seconds: &i64| DateTime::from_timestamp(*seconds, 0).unwrap_or(now);
    let bundled = told.at.last().map(|last| at(last) + Duration::minutes(shop.telling.bundle_minutes.into()));
    // So many in seven days: the one that stands so many places before the next must be a week old.
    let most = usize::from(shop.telling.texts_per_week);
    let capped = told.at.len().checked_sub(most).and_then(|place| told.at.get(place)).map(|oldest| at(oldest) + WEEK);
    let bundled = bundled.map(|until| (until, Wait::Bundled));
    let free = bundled.into_iter().chain(capped.map(|until| (until, Wait::Capped)));
    if let Some(held) = free.filter(|(until, _)| *until > now).max_by_key(|(until, _)| *until) {
        return Some(held);
    }
    let place = Place::of(scene.phone, shop.time_zone);
    let open = scene.quiet_hours.next_open(&place, now);
    (open > now).then_some((open, Wait::Quiet))
}

/// What the shop does not tell, what is no longer true and what is no news any more goes.
fn drop_untrue(purse: &mut Purse, scene: &Scene<'_>) {
    let Scene { now, program, shop, .. } = *scene;
    let (telling, today) = (&shop.telling, program.day(now));
    let mut waiting = std::mem::take(&mut purse.told.waiting);
    if telling.texts_per_week == 0 {
        return;
    }
    let is_fresh = |at: i64| at > (now - EARNED_STALE_AFTER).timestamp();
    waiting.earned.retain(|earned| telling.earned && is_fresh(earned.at));
    let holds = |code: &String| purse.vouchers.iter().any(|voucher| voucher.code == *code && voucher.last_day >= today);
    waiting.gifts.retain(|code| telling.reward_reached && holds(code));
    let gifts = &waiting.gifts;
    waiting.lapsing.retain(|code| telling.voucher_lapses_days > 0 && holds(code) && !gifts.contains(code));
    let level = purse.level_now(program, today).map(|level| level.id.as_str());
    waiting.level = waiting.level.filter(|reached| telling.level && level == Some(reached));
    // Of a birthday whose gift is gone nothing is left to be told.
    waiting.birthday = waiting.birthday.filter(|points| telling.reward_reached && (*points > 0 || !gifts.is_empty()));
    let ends_on = purse.membership.filter(|_| program.membership.is_some()).map(|held| held.until);
    waiting.membership = waiting.membership.filter(|day| Some(*day) == ends_on && *day >= today);
    waiting.points_lapse = waiting.points_lapse.filter(|to| {
        telling.points_lapse_days > 0 && purse.lapsing_to(program, today, *to).is_some_and(|(points, _)| points > 0)
    });
    waiting.missed = waiting
        .missed
        .filter(|visit| telling.welcome_back_days > 0 && purse.last_visit_at().is_some_and(|last| last == *visit));
    waiting.enough = waiting.enough && telling.reward_reached && enough_now(purse, &purse.told, program, now).is_some();
    waiting.near = waiting.near && near_now(purse, &purse.told, program, telling, now).is_some();
    purse.told.waiting = waiting;
}

fn note_told(purse: &mut Purse, scene: &Scene<'_>, said_stop: bool) {
    let Scene { now, program, shop, .. } = *scene;
    let mut marks = Vec::new();
    if purse.told.waiting.enough
        && let Some(dearest) = enough_now(purse, &purse.told, program, now)
    {
        // Whoever can have it can have the cheaper ones.
        let cheaper = program.for_sale().into_iter().filter(|reward| reward.cost <= dearest.cost);
        marks.extend(cheaper.map(|reward| mark_of_enough(&reward.id)));
    }
    if purse.told.waiting.near
        && let Some(near) = near_now(purse, &purse.told, program, &shop.telling, now)
    {
        marks.push(near.mark);
    }
    let told = &mut purse.told;
    told.marks.extend(marks);
    told.at.push(now.timestamp());
    if said_stop {
        told.stop_told_at = Some(now.timestamp());
    }
    told.be_silent();
}
