//! Levels of a purse: what counts towards them, when they are reached and lost, what they give.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Books, Cause, Notice, Occasion, Purse, Voucher};
use crate::program::{
    Program,
    award::Gift,
    tier::{Fall, Level, Perk, Tiers},
};

/// The level a member holds by what they did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelHeld {
    /// Which.
    pub id: String,
    /// Since which day.
    pub since: NaiveDate,
    /// The last day on which it was found to be earned.
    pub earned_on: NaiveDate,
    /// It is lost on this day, unless it is earned again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lost_on: Option<NaiveDate>,
}

/// A level that became another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelChange {
    /// The one before.
    pub from: Option<String>,
    /// The one after.
    pub to: Option<String>,
    /// Why.
    pub cause: Cause,
    /// When.
    pub at: DateTime<Utc>,
    /// At which shop.
    pub shop_id: Option<Uuid>,
}

fn perk_key(level: &str, reward: &str) -> String {
    format!("{level}/{reward}")
}

impl Purse {
    /// When a level gives something next, and what.
    pub(super) fn next_perk<'p>(&self, program: &'p Program) -> Option<(NaiveDate, &'p Level, &'p Perk)> {
        let levels = program.tiers.as_ref()?.levels.iter();
        let perks = levels.flat_map(|level| level.gifts.iter().map(move |perk| (level, perk)));
        let due = perks.filter_map(|(level, perk)| {
            let due = match self.perks.get(&perk_key(&level.id, &perk.reward)) {
                Some(given) => perk.per.next(*given)?,
                None => program.day(program.valid_from),
            };
            let day = due.max(self.level_since(program, level)?);
            let is_held = self.level_now(program, day).is_some_and(|held| held.id == level.id);
            is_held.then_some((day, level, perk))
        });
        due.min_by_key(|(day, ..)| *day)
    }

    /// Since when a level can be held, if it can: by what was earned, by the paid membership, or from the start.
    fn level_since(&self, program: &Program, level: &Level) -> Option<NaiveDate> {
        let earned = self.level.as_ref().filter(|held| held.id == level.id).map(|held| held.since);
        let is_paid =
            program.membership.as_ref().is_some_and(|membership| membership.level.as_ref() == Some(&level.id));
        let paid = self.membership.filter(|_| is_paid).map(|held| held.since);
        let base = level.is_everybodys().then_some(NaiveDate::MIN);
        earned.into_iter().chain(paid).chain(base).min()
    }

    /// The level that counts on a day: what was earned, or what the paid membership gives where that is higher.
    pub fn level_now<'p>(&self, program: &'p Program, day: NaiveDate) -> Option<&'p Level> {
        self.level_where(program, self.is_paid_member(day))
    }

    /// The level that counts as long as nothing happens to the purse: a paid membership counts until its end is written.
    pub(super) fn level_kept<'p>(&self, program: &'p Program) -> Option<&'p Level> {
        self.level_where(program, self.membership.is_some())
    }

    fn level_where<'p>(&self, program: &'p Program, is_paid: bool) -> Option<&'p Level> {
        let tiers = program.tiers.as_ref()?;
        let earned = self.level.as_ref().and_then(|held| tiers.place(&held.id));
        let paid = program.membership.as_ref().filter(|_| is_paid);
        let paid = paid.and_then(|membership| tiers.place(membership.level.as_ref()?));
        // A lowest level that begins at nothing is everybody's from the start.
        let base = tiers.levels.first().filter(|level| level.is_everybodys()).map(|_| 0);
        tiers.levels.get(earned.max(paid).max(base)?)
    }

    /// Whether a level, or a higher one, is held on a day.
    pub fn has_level(&self, program: &Program, id: &str, day: NaiveDate) -> bool {
        let place = |id: &str| program.tiers.as_ref().and_then(|tiers| tiers.place(id));
        self.level_now(program, day).and_then(|level| place(&level.id)) >= place(id)
    }

    /// What counts towards a level on a day.
    pub fn progress_now(&self, program: &Program, day: NaiveDate) -> i64 {
        let Some(tiers) = program.tiers.as_ref().filter(|tiers| self.progress_by == Some(tiers.by)) else { return 0 };
        let counts = |bucket: NaiveDate| bucket <= day && tiers.window.ends(bucket).is_none_or(|end| day < end);
        let counted = self.progress.iter().filter(|(bucket, _)| counts(*bucket)).map(|(_, amount)| *amount);
        if tiers.window.adds_up() { counted.sum() } else { counted.max().unwrap_or(0) }
    }

    /// What counts towards the next level in the present span; what held over from the last one is not in it.
    pub fn progress_in_span(&self, program: &Program, day: NaiveDate) -> i64 {
        let Some(tiers) = program.tiers.as_ref().filter(|tiers| self.progress_by == Some(tiers.by)) else { return 0 };
        if tiers.window.adds_up() {
            return self.progress_now(program, day);
        }
        let bucket = tiers.window.bucket(day);
        self.progress.iter().find(|(known, _)| *known == bucket).map_or(0, |(_, amount)| *amount)
    }
}

impl Books<'_> {
    /// Notes whether the occasion changed the level.
    pub(super) fn note_level(&mut self) {
        let level = self.purse.level_kept(self.program).map(|level| level.id.as_str());
        if level == self.level.as_deref() {
            return;
        }
        let to = level.map(str::to_owned);
        let from = std::mem::replace(&mut self.level, to.clone());
        let Occasion { cause, at, shop_id, .. } = self.occasion.clone();
        self.change.levels.push(LevelChange { from, to, cause, at, shop_id });
    }

    /// Adds to what counts towards a level; below zero takes back what is still known.
    pub(super) fn add_progress(&mut self, amount: i64, on: NaiveDate) {
        let Some(judged) = &self.versions.judged.tiers else { return };
        let tiers = self.program.tiers.as_ref().unwrap_or(judged);
        // What a version counted that counts something else cannot be added to what counts now.
        if judged.by != tiers.by {
            return;
        }
        self.count_as(tiers);
        let bucket = tiers.window.bucket(on);
        let progress = &mut self.purse.progress;
        match progress.binary_search_by_key(&bucket, |(known, _)| *known) {
            Ok(place) => progress[place].1 += amount,
            Err(place) => progress.insert(place, (bucket, amount)),
        }
        progress.retain(|(_, amount)| *amount > 0);
        self.drop_old_progress();
    }

    /// Where the program counts in another way than before, turns what was counted into that, or begins anew: then a level
    /// stays for a span in which it can be earned again.
    fn count_as(&mut self, tiers: &Tiers) {
        if self.purse.progress_by != Some(tiers.by) {
            let kept_to = self.next_loss(tiers).filter(|_| self.purse.progress_by.is_some());
            self.purse.progress.clear();
            self.purse.progress_by = Some(tiers.by);
            if let Some(held) = &mut self.purse.level {
                held.lost_on = held.lost_on.or(kept_to);
            }
        }
        if self.purse.progress.iter().any(|(bucket, _)| tiers.window.bucket(*bucket) != *bucket) {
            let mut spans = BTreeMap::new();
            for (bucket, amount) in std::mem::take(&mut self.purse.progress) {
                *spans.entry(tiers.window.bucket(bucket)).or_insert(0) += amount;
            }
            self.purse.progress = spans.into_iter().collect();
        }
    }

    /// When a level is lost that is kept for a span without being earned.
    fn next_loss(&self, tiers: &Tiers) -> Option<NaiveDate> {
        tiers.window.turns(self.today())?.checked_add_days(Days::new(tiers.grace_days.into()))
    }

    /// Forgets what no longer counts; what a level was earned by is known as long as it is held, so that a return can take
    /// it away.
    fn drop_old_progress(&mut self) {
        let Some(tiers) = &self.program.tiers else { return };
        let today = self.today();
        let from = self.purse.level.as_ref().map_or(today, |held| held.earned_on.min(today));
        self.purse.progress.retain(|(bucket, _)| tiers.window.ends(*bucket).is_none_or(|end| from < end));
    }

    /// Raises or lowers the level to what has been earned.
    pub(super) fn review_level(&mut self) {
        let Some(tiers) = &self.program.tiers else {
            self.purse.level = None;
            return;
        };
        let today = self.today();
        let held = self.purse.level.as_ref().and_then(|held| tiers.place(&held.id));
        let earned = self.earned_on(today);
        if earned > held {
            self.hold_level(earned);
            if let Some(level) = earned.and_then(|place| tiers.levels.get(place)).filter(|level| !level.is_everybodys())
            {
                self.notice(Notice::LevelReached(level.id.clone()));
            }
        } else if let Some(held) = self.purse.level.as_mut().filter(|_| earned == held) {
            (held.earned_on, held.lost_on) = (today, None);
        } else if earned < held {
            self.lose_level(earned, held, tiers);
        }
        self.drop_old_progress();
        self.give_perks();
    }

    /// The place of the level that is earned by what counts on a day.
    fn earned_on(&self, day: NaiveDate) -> Option<usize> {
        let tiers = self.program.tiers.as_ref()?;
        let reached = tiers.reached(self.purse.progress_now(self.program, day), self.program.currency)?;
        tiers.place(&reached.id)
    }

    /// Loses a level when its day has come, as far as the program lets one fall.
    fn lose_level(&mut self, earned: Option<usize>, held: Option<usize>, tiers: &Tiers) {
        let today = self.today();
        let in_grace = today.checked_add_days(Days::new(tiers.grace_days.into()));
        let Some(level) = &mut self.purse.level else { return };
        level.lost_on = level.lost_on.or(in_grace).filter(|_| tiers.fall != Fall::Never);
        if level.lost_on.is_none_or(|lost_on| today < lost_on) {
            return;
        }
        let earned_on = level.earned_on;
        let below = held.and_then(|place| place.checked_sub(1)).filter(|_| tiers.fall == Fall::OneLevel);
        self.hold_level(below.max(earned));
        if below > earned {
            // The next fall comes a span later, not with the next purchase.
            let lost_on = self.next_loss(tiers);
            if let Some(level) = &mut self.purse.level {
                (level.earned_on, level.lost_on) = (earned_on, lost_on);
            }
        }
        let now = self.purse.level.as_ref().map(|held| held.id.clone());
        self.notice(Notice::LevelLost(now));
    }

    /// Holds a level that is earned, from today on.
    fn hold_level(&mut self, place: Option<usize>) {
        let today = self.today();
        let level = place.zip(self.program.tiers.as_ref()).and_then(|(place, tiers)| tiers.levels.get(place));
        self.purse.level =
            level.map(|level| LevelHeld { id: level.id.clone(), since: today, earned_on: today, lost_on: None });
    }

    /// Lowers the level at once where a return took away what it was earned by: neither what counts now nor what counted
    /// when it was last earned is enough. What it gave goes with it.
    pub(super) fn unearn_level(&mut self) {
        let (Some(tiers), Some(held)) = (&self.program.tiers, self.purse.level.clone()) else { return };
        let left = self.earned_on(self.today()).max(self.earned_on(held.earned_on));
        if left >= tiers.place(&held.id) {
            return;
        }
        self.hold_level(left);
        self.take_perks_back(&held.id, held.since);
    }

    /// Takes back what a level gave from a day on. What was used stays given, and is not given again.
    pub(super) fn take_perks_back(&mut self, level: &str, given_from: NaiveDate) {
        let is_of = |voucher: &&Voucher| voucher.of == level && self.program.day(voucher.at) >= given_from;
        let given: Vec<Voucher> = self.purse.vouchers.iter().filter(is_of).cloned().collect();
        for voucher in given {
            self.end_voucher(&voucher.code, "cancelled");
            let key = perk_key(level, &voucher.reward);
            if self.purse.perks.get(&key).is_some_and(|given| *given <= self.program.day(voucher.at)) {
                self.purse.perks.remove(&key);
            }
        }
    }

    /// Gives what the present level gives in this period, once.
    pub(super) fn give_perks(&mut self) {
        let today = self.today();
        let Some(level) = self.purse.level_now(self.program, today) else { return };
        for perk in &level.gifts {
            let given = self.purse.perks.get(&perk_key(&level.id, &perk.reward));
            if given.is_none_or(|given| *given < perk.per.begins(today)) {
                self.give_perk(level, perk, today);
            }
        }
    }

    /// Takes what the present level gives in this period for given: it was, in another system.
    pub(super) fn waive_perks(&mut self) {
        let today = self.today();
        let Some(level) = self.purse.level_now(self.program, today) else { return };
        for perk in &level.gifts {
            self.purse.perks.entry(perk_key(&level.id, &perk.reward)).or_insert_with(|| perk.per.begins(today));
        }
    }

    /// Holds a level that another system says is held: in this span so much counts that it was earned. Of `counted`, which
    /// another system counted in the same way, more is kept where it is more.
    pub(super) fn take_level_over(&mut self, level: Option<&str>, counted: i64) {
        let Some(tiers) = &self.program.tiers else { return };
        let named = level.and_then(|id| self.program.level(id));
        let wanted = named.and_then(|level| tiers.threshold(level, self.program.currency)).unwrap_or(0).max(counted);
        let today = self.today();
        let more = wanted - self.purse.progress_now(self.program, today);
        if more > 0 {
            self.add_progress(more, today);
        }
        let earned = self.earned_on(today);
        if earned > self.purse.level.as_ref().and_then(|held| tiers.place(&held.id)) {
            self.hold_level(earned);
        }
        self.waive_perks();
    }

    /// Gives what a level gives, for the period that a day is in.
    pub(super) fn give_perk(&mut self, level: &Level, perk: &Perk, day: NaiveDate) {
        self.purse.perks.insert(perk_key(&level.id, &perk.reward), perk.per.begins(day));
        self.present(&Gift { rule: level.id.clone(), reward: perk.reward.clone(), last_day: None }, 0);
    }
}
