//! What of a change is worth telling: it is put to what waits.

use chrono::{DateTime, Duration, Utc};

use super::{
    Telling,
    told::{EarnedThen, Told, mark_of_enough, mark_of_near},
};
use crate::{
    program::{Program, reward::Reward},
    purse::{Book, Change, Entry, Notice, Purse, Voucher, spend::Purchase},
};

/// The most sales that are told in one text; of what is more, nothing waits.
const EARNED_MAX: usize = 50;
/// So long after its day a birthday's gift is told as such.
const BIRTHDAY_LASTS: Duration = Duration::days(7);
/// The most vouchers that wait to be told of.
const GIFTS_MAX: usize = 10;

/// What is told and what waits after a change of a purse, by what the shop tells.
pub fn hear(before: &Purse, change: &Change, program: &Program, telling: &Telling, now: DateTime<Utc>) -> Told {
    let after = &change.purse;
    let mut told = after.told.clone();
    forget_spent(&mut told, change, program);
    if telling.texts_per_week == 0 {
        return told;
    }
    for entry in &change.entries {
        hear_entry(&mut told, entry, telling, now);
    }
    told.waiting.earned.retain(|earned| earned.points > 0 || earned.stamps > 0);
    for notice in &change.notices {
        hear_notice(&mut told, notice, telling);
    }
    let is_of_birthday =
        |code: &String| change.issued.iter().any(|voucher| voucher.code == *code && is_birthdays(voucher, now));
    if told.waiting.gifts.iter().any(is_of_birthday) {
        told.waiting.birthday.get_or_insert(0);
    }
    if telling.reward_reached && is_newly_enough(before, after, &told, program, now) {
        told.waiting.enough = true;
    }
    let has_grown = change.entries.iter().any(|entry| entry.from == Book::Outside);
    if has_grown && near_now(after, &told, program, telling, now).is_some() {
        told.waiting.near = true;
    }
    if told.waiting.is_nothing() {
        told.look_at = None;
    } else if told.look_at.is_none() {
        told.look_at = Some(now.timestamp());
    }
    told
}

fn is_birthdays(voucher: &Voucher, now: DateTime<Utc>) -> bool {
    voucher.cause.starts_with("birthday:") && now < voucher.at + BIRTHDAY_LASTS
}

/// Who has spent points is told anew what there is enough for, and what is near.
pub fn forget_spent(told: &mut Told, change: &Change, program: &Program) {
    if told.marks.is_empty() || change.issued.iter().all(|voucher| voucher.points == 0) {
        return;
    }
    for reward in program.for_sale() {
        if reward.cost.is_some_and(|cost| cost > change.purse.available) {
            told.marks.remove(&mark_of_enough(&reward.id));
            told.marks.remove(&mark_of_near(&reward.id));
        }
    }
}

fn hear_entry(told: &mut Told, entry: &Entry, telling: &Telling, now: DateTime<Utc>) {
    let (points, stamps) = if entry.card.is_some() { (0, entry.amount) } else { (entry.amount, 0) };
    match entry.cause.kind {
        "birthday" if telling.reward_reached && entry.from == Book::Outside && now < entry.at + BIRTHDAY_LASTS => {
            *told.waiting.birthday.get_or_insert(0) += points;
        }
        "sale" | "action" | "referral" if telling.earned && entry.from == Book::Outside => {
            let earned = &mut told.waiting.earned;
            if let Some(known) = earned.iter_mut().find(|known| known.of == entry.cause.id) {
                known.points += points;
                known.stamps += stamps;
            } else if earned.len() < EARNED_MAX {
                earned.push(EarnedThen { of: entry.cause.id.clone(), points, stamps, at: now.timestamp() });
            }
        }
        // What comes back before it was told is not told.
        "refund" | "referral_reversed" if entry.to == Book::Outside => {
            let of = entry.cause.id.split('/').next().unwrap_or_default();
            if let Some(known) = told.waiting.earned.iter_mut().find(|known| known.of == of) {
                known.points -= points;
                known.stamps -= stamps;
            }
        }
        _ => {}
    }
}

fn hear_notice(told: &mut Told, notice: &Notice, telling: &Telling) {
    let waiting = &mut told.waiting;
    match notice {
        Notice::VoucherGiven(code) if telling.reward_reached && waiting.gifts.len() < GIFTS_MAX => {
            waiting.gifts.push(code.clone());
        }
        Notice::LevelReached(level) if telling.level => waiting.level = Some(level.clone()),
        Notice::LevelLost(_) => waiting.level = None,
        Notice::MembershipEnds(day) => waiting.membership = Some(*day),
        Notice::VoucherGiven(_) | Notice::LevelReached(_) => {}
    }
}

fn is_newly_enough(before: &Purse, after: &Purse, told: &Told, program: &Program, now: DateTime<Utc>) -> bool {
    before.available < after.available
        && enough_now(after, told, program, now)
            .is_some_and(|reward| reward.cost.is_some_and(|cost| before.available < cost))
}

/// The dearest reward for which there are enough points, unless it was told. Of what there is only a stock it is not known
/// here whether any is left.
pub(super) fn enough_now<'p>(
    purse: &Purse,
    told: &Told,
    program: &'p Program,
    now: DateTime<Utc>,
) -> Option<&'p Reward> {
    let can_have = |reward: &&Reward| {
        let wanted = Purchase { reward: &reward.id, points: None, stock_left: None };
        reward.stock.is_none() && purse.cost_of(program, wanted, now).is_ok()
    };
    let mut fitting =
        program.for_sale().into_iter().filter(|reward| reward.cost <= Some(purse.available)).filter(can_have);
    fitting.next_back().filter(|reward| !told.marks.contains(&mark_of_enough(&reward.id)))
}

/// Something that is nearly had: how much is missing for it, which reward, and under which mark it is told.
pub(super) struct Near<'p> {
    pub(super) missing: i64,
    pub(super) reward: &'p Reward,
    pub(super) mark: String,
}

/// The nearest reward that is near, unless it was told: on a card, or by points.
pub(super) fn near_now<'p>(
    purse: &Purse,
    told: &Told,
    program: &'p Program,
    telling: &Telling,
    now: DateTime<Utc>,
) -> Option<Near<'p>> {
    let stamps = i64::from(telling.reward_near_stamps);
    let of_card = program.cards().filter(|_| stamps > 0).filter_map(|(rule, card)| {
        let held = purse.card(&rule.id);
        // An empty card is near to nothing, however short it is.
        let missing = (held.in_hand() > 0).then_some(card.stamps - held.in_hand())?;
        let mark = mark_of_near(&format!("{}:{}", rule.id, held.filled));
        Some(Near { missing, reward: program.reward(&card.reward)?, mark }).filter(|near| near.missing <= stamps)
    });
    let by_points = program.for_sale().into_iter().filter(|_| telling.reward_near_points > 0).filter_map(|reward| {
        let missing = reward.cost? - purse.available;
        let is_level = reward.level_from.as_ref().is_none_or(|id| purse.has_level(program, id, program.day(now)));
        let is_near = missing <= telling.reward_near_points && is_level && reward.stock.is_none();
        is_near.then(|| Near { missing, reward, mark: mark_of_near(&reward.id) })
    });
    let near = of_card.chain(by_points).filter(|near| near.missing > 0 && !told.marks.contains(&near.mark));
    near.min_by_key(|near| near.missing)
}
