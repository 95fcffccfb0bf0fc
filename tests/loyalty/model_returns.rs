//! Returns in the model: what is left of a sale is judged again, and what it no longer earns goes.

use chrono::NaiveDate;

use super::{
    judging::{Award, Bought, judge},
    model::{Model, Parcel, Place},
};

impl Model {
    /// A return; the points that went back.
    pub fn refund(&mut self, number: usize, left: Option<Bought>) -> i64 {
        let kept = self.sales[number].clone();
        let terms = self.versions[kept.version].1.clone();
        let now = left.as_ref().map_or_else(Award::default, |bought| judge(&terms, bought, &kept.facts));
        let before = kept.award;
        let went = (before.points() - now.points()).max(0);
        let sample = Self::parcel(&terms, 0, kept.day);
        let taken = self.take_back(went, &sample, kept.written_on);
        let sale = &mut self.sales[number];
        sale.award.lines = if went > 0 { now.lines } else { before.lines };
        sale.award.progress = before.progress.min(now.progress);
        for card in 0..2 {
            self.sales[number].award.stamps[card] = before.stamps[card].min(now.stamps[card]);
            while self.in_hand(card) < 0 && self.sales[number].award.stamps[card] < before.stamps[card] {
                let Some(place) = self.tickets.iter().rposition(|ticket| ticket.card.is_some_and(|(of, _)| of == card))
                else {
                    break;
                };
                let size = self.tickets.remove(place).card.unwrap().1;
                self.filled[card] = (self.filled[card].0 - size, self.filled[card].1 - 1);
            }
        }
        if before.has_tea && !now.has_tea {
            let is_there = self.tickets.iter().position(|ticket| ticket.sale == Some(number));
            is_there.map(|place| self.tickets.remove(place));
            self.sales[number].award.has_tea = is_there.is_none();
        }
        self.sales[number].stands = left.is_some();
        if let Some(left) = left {
            self.sales[number].bought = left;
        }
        if now.progress < before.progress {
            self.unearn();
        }
        taken
    }

    fn take_back(&mut self, points: i64, sample: &Parcel, written_on: NaiveDate) -> i64 {
        let alike = |parcel: &Parcel| parcel.last_day == sample.last_day;
        let pending = self.take(
            points,
            |parcel| alike(parcel) && parcel.place == Place::Pending && parcel.free_on == sample.free_on,
            Place::Gone,
        );
        let had_lapsed = |parcel: &Parcel| matches!(parcel.place, Place::Lapsed(idle_on) if idle_on.is_none_or(|day| written_on <= day));
        let lapsed = self.take(points - pending, |parcel| alike(parcel) && had_lapsed(parcel), Place::Gone);
        let left = points - pending - lapsed;
        let may_be_negative = self.terms().may_be_negative;
        while !may_be_negative && self.free() < left {
            let Some(ticket) = self.tickets.iter().rev().find(|ticket| ticket.reward == "mug") else { break };
            let number = ticket.number;
            self.give_back(number);
        }
        let same = self.take(left, |parcel| alike(parcel) && parcel.place == Place::Free, Place::Gone);
        let rest = if may_be_negative { left - same } else { (left - same).min(self.free().max(0)) };
        self.spend(rest, Place::Gone);
        pending + lapsed + same + rest
    }
}
