//! What happened before figures were kept is rebuilt once, from the tables: slice by slice of members, each in a transaction that
//! says how far it has got, so that it goes on wherever it stopped. Events are followed when it is done.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Follower, Stepped};
use crate::{
    clock::from_millis,
    domain::{
        directory::Directory,
        event::{EventKind, meaning},
        figures::{Fact, Moved, Step, Tally, What, day_of, fold, name},
        purse::{Book, entry::IMPORTED},
        shop::Shop,
    },
    store::{
        Result, Store,
        figures::{PastEnrolment, PastMove, PastVoucher, Rebuilding, Slice},
    },
};

/// How many members share a commit.
const MEMBERS: u64 = 500;
/// After so many slices the log tells how far it has got.
const SLICES_PER_LINE: i64 = 40;

/// Notes that figures are kept from now on. Before anything is served: what is in the tables by then is rebuilt, what comes after
/// is told by events.
///
/// # Errors
/// The store failed.
pub async fn look_back(store: &Store, now: DateTime<Utc>) -> Result<()> {
    if store.has_looked_back().await? {
        return Ok(());
    }
    let tx = store.begin().await?;
    tx.look_back(now.timestamp_millis()).await?;
    tx.commit().await
}

impl Follower<'_> {
    /// Rebuilds a slice; nothing where there is none left.
    pub(super) async fn step_rebuilding(&self, from: Rebuilding) -> Result<Stepped> {
        let slice = self.store.slice_behind(from, MEMBERS).await?;
        let last = slice.members.last().map(|(id, _)| *id);
        let mut tally = Tally::default();
        let facts = {
            let known = self.directory.read();
            let past = Past { directory: &known.directory, slice: &slice };
            past.stands(&mut tally);
            past.facts()
        };
        let mut patrons = self.patrons_of(&facts).await?;
        fold(&facts, &mut patrons, &mut tally);
        let tx = self.store.begin().await?;
        if tx.move_rebuilding(from, last, slice.members.len()).await? {
            tx.put_patrons(&patrons).await?;
            tx.add_figures(tally).await?;
            tx.commit().await?;
            self.tell(from, &slice).await?;
        }
        Ok(Stepped::Something)
    }

    async fn tell(&self, from: Rebuilding, slice: &Slice) -> Result<()> {
        let members = from.members + i64::try_from(slice.members.len()).unwrap_or_default();
        let a_line = SLICES_PER_LINE * i64::try_from(MEMBERS).unwrap_or(1);
        if slice.members.is_empty() {
            tracing::info!(members, "the figures of before are rebuilt; they follow what happens from now on");
        } else if from.members == 0 || from.members / a_line != members / a_line {
            let of = self.store.count_members().await?;
            tracing::info!(members, of, "the figures of before are being rebuilt");
        }
        Ok(())
    }
}

/// What a slice of members did.
struct Past<'p> {
    directory: &'p Directory,
    slice: &'p Slice,
}

impl Past<'_> {
    /// What counts without having happened: who was imported and never asked is no member, and what was held elsewhere is held.
    fn stands(&self, tally: &mut Tally) {
        for one in self.slice.enrolments.iter().filter(|one| is_unasked(one)) {
            tally.add(one.shop_id, name::MEMBERS, 0, "", -1);
        }
        for moved in self.slice.moves.iter().filter(|moved| moved.cause == IMPORTED) {
            tally.add(moved.program_id, name::POINTS, 0, "", moved.amount);
        }
    }

    /// Everything that happened, in the order in which it was written down.
    fn facts(&self) -> Vec<Fact> {
        let joined = self.slice.enrolments.iter().flat_map(|one| self.of_enrolment(one));
        let sold = self.slice.sales.iter().flat_map(|(member, shop, program, record, written)| {
            let whose = (*shop, *program, *member);
            let sale = self.fact(whose, record.sale.at, What::Sold(record.paid()));
            let last = record.refunds.len();
            let returned = record.refunds.iter().enumerate().filter_map(move |(at, refund)| {
                let is_whole = at + 1 == last && !record.stands;
                let fact = self.fact(whose, refund.at, What::Returned(refund.amount, is_whole))?;
                Some((refund.at.timestamp_millis(), fact))
            });
            sale.map(|fact| (*written, fact)).into_iter().chain(returned)
        });
        let moved = self.slice.moves.iter().filter_map(|moved| self.of_move(moved));
        let vouchers = self.slice.vouchers.iter().flat_map(|voucher| self.of_voucher(voucher));
        let all = joined.chain(sold).chain(moved).chain(vouchers).chain(self.of_consents());
        let mut all: Vec<(i64, Fact)> = all.collect();
        all.sort_by_key(|(written, _)| *written);
        all.into_iter().map(|(_, fact)| fact).collect()
    }

    fn fact(
        &self,
        (shop_id, program_id, member_id): (Uuid, Uuid, Uuid),
        at: DateTime<Utc>,
        what: What,
    ) -> Option<Fact> {
        let zone = self.directory.shop(shop_id)?.time_zone;
        Some(Fact { shop_id, program_id, member_id: Some(member_id), day: day_of(at, zone), what })
    }

    /// The shop at which something happened; of what time does, the one whose program it is, or the first that shares it.
    fn shop_of(&self, shop_id: Option<Uuid>, program_id: Uuid) -> Option<&Shop> {
        match shop_id {
            Some(id) => self.directory.shop(id),
            None => self.directory.shop(program_id).or_else(|| self.directory.shops_in(program_id).first().copied()),
        }
    }

    fn of_enrolment(&self, one: &PastEnrolment) -> Vec<(i64, Fact)> {
        let program = self.directory.shop(one.shop_id).map_or(one.shop_id, |shop| shop.program_id);
        let at = |millis: i64, what| {
            Some((millis, self.fact((one.shop_id, program, one.member_id), from_millis(millis), what)?))
        };
        let joined = at(one.enrolled_at, What::Joined(one.source.clone()));
        let left = one.left_at.filter(|_| !is_unasked(one)).and_then(|left_at| at(left_at, What::Left));
        joined.into_iter().chain(left).collect()
    }

    fn of_move(&self, moved: &PastMove) -> Option<(i64, Fact)> {
        if moved.cause == IMPORTED {
            return None;
        }
        let (from, to) = (Book::from_word(&moved.from)?, Book::from_word(&moved.to)?);
        let (kind, sign) = meaning((from, to), false, &moved.cause)?;
        let how = match kind {
            EventKind::PointsEarned => Moved::Earned,
            EventKind::PointsReversed => Moved::Reversed,
            EventKind::PointsAdjusted => Moved::Adjusted,
            EventKind::PointsLapsed => Moved::Lapsed,
            _ => return None,
        };
        let shop = self.shop_of(moved.shop_id, moved.program_id)?;
        let whose = (shop.id, moved.program_id, moved.member_id);
        let fact = self.fact(whose, from_millis(moved.happened_at), What::Points(how, sign * moved.amount))?;
        Some((moved.created_at, fact))
    }

    fn of_voucher(&self, voucher: &PastVoucher) -> Vec<(i64, Fact)> {
        let at = |shop_id: Option<Uuid>, millis: i64, step| {
            let shop = self.shop_of(shop_id, voucher.program_id)?;
            let what = What::Voucher(step, voucher.reward.clone(), voucher.points);
            let whose = (shop.id, voucher.program_id, voucher.member_id);
            Some((millis, self.fact(whose, from_millis(millis), what)?))
        };
        let is_imported = voucher.cause.starts_with(IMPORTED);
        let caused = |moved: &&PastMove| {
            moved.member_id == voucher.member_id
                && moved.program_id == voucher.program_id
                && voucher.cause == format!("{}:{}", moved.cause, moved.cause_id)
        };
        let issued_at = self.slice.moves.iter().find(caused).and_then(|moved| moved.shop_id);
        let issued = (!is_imported).then(|| at(issued_at, voucher.issued_at, Step::Issued)).flatten();
        let step = match voucher.state.as_str() {
            "redeemed" => Some(Step::Redeemed),
            "lapsed" => Some(Step::Lapsed),
            "cancelled" => Some(Step::Cancelled),
            _ => None,
        };
        let ended = step.zip(voucher.ended_at);
        let ended = ended.and_then(|(step, ended_at)| at(voucher.ended_shop_id, ended_at, step));
        issued.into_iter().chain(ended).collect()
    }

    /// Who opted out and in again, at each of their shops on that number. What was taken over from elsewhere did not happen here.
    fn of_consents(&self) -> Vec<(i64, Fact)> {
        let mut silent: HashMap<(Uuid, Uuid), bool> = HashMap::new();
        let mut facts = Vec::new();
        for (member_id, sender_id, kind, method, at) in &self.slice.consents {
            let is_out = kind == "opt_out";
            let was_out = silent.insert((*member_id, *sender_id), is_out).unwrap_or_default();
            if was_out == is_out || method == IMPORTED {
                continue;
            }
            let what = if is_out { What::OptedOut(method.clone()) } else { What::OptedIn };
            // Who was no member yet was told of to nobody.
            let is_theirs =
                |one: &&PastEnrolment| one.member_id == *member_id && one.left_at.is_none() && one.enrolled_at <= *at;
            let theirs = self.slice.enrolments.iter().filter(is_theirs);
            for one in theirs.filter(|one| self.directory.speaks_on(one.shop_id, *sender_id)) {
                let program = self.directory.shop(one.shop_id).map_or(one.shop_id, |shop| shop.program_id);
                let whose = (one.shop_id, program, *member_id);
                facts.extend(self.fact(whose, from_millis(*at), what.clone()).map(|fact| (*at, fact)));
            }
        }
        facts
    }
}

/// Who was imported without having agreed, and did not agree since: they are kept as if they had left.
fn is_unasked(one: &PastEnrolment) -> bool {
    one.left_at.is_some() && !one.has_agreed
}
