//! Points by their deadlines: put together, and taken from where they are.

use chrono::NaiveDate;

use super::{Lapsed, Lot, Pending};

/// Adds points to those with the same deadline, in the order of the deadlines; those without one are last.
pub(super) fn add_lot(lots: &mut Vec<Lot>, lot: Lot) {
    let order = |lot: &Lot| (lot.last_day.is_none(), lot.last_day);
    match lots.binary_search_by_key(&order(&lot), order) {
        Ok(place) => lots[place].points += lot.points,
        Err(place) => lots.insert(place, lot),
    }
}

/// Takes up to so many points of those with this deadline; answers how many.
pub(super) fn take_of(lots: &mut Vec<Lot>, last_day: Option<NaiveDate>, points: i64) -> i64 {
    let Some(lot) = lots.iter_mut().find(|lot| lot.last_day == last_day) else { return 0 };
    let part = lot.points.min(points).max(0);
    lot.points -= part;
    lots.retain(|lot| lot.points > 0);
    part
}

/// Takes up to so many points of those that are pending to this day, with this deadline; answers how many.
pub(super) fn take_pending(pending: &mut Vec<Pending>, on: NaiveDate, lot: Lot) -> i64 {
    let same = |known: &&mut Pending| known.on == on && known.lot.last_day == lot.last_day;
    let Some(known) = pending.iter_mut().find(same) else { return 0 };
    let part = known.lot.points.min(lot.points);
    known.lot.points -= part;
    pending.retain(|known| known.lot.points > 0);
    part
}

/// Takes up to so many points of those with this deadline that lapsed, and had been written down when they did; answers how
/// many.
pub(super) fn take_lapsed(lapsed: &mut Vec<Lapsed>, lot: Lot, written_on: NaiveDate) -> i64 {
    let mut left = lot.points;
    for known in lapsed.iter_mut() {
        let was_there = known.idle_on.is_none_or(|idle_on| written_on <= idle_on);
        if known.lot.last_day == lot.last_day && was_there {
            let part = known.lot.points.min(left);
            known.lot.points -= part;
            left -= part;
        }
    }
    lapsed.retain(|known| known.lot.points > 0);
    lot.points - left
}
