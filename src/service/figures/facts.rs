//! An event → the facts that figures are made of.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::{
    clock::from_millis,
    domain::{
        directory::Directory,
        event::EventKind,
        figures::{Fact, Moved, Step, What, day_of},
        shop::Shop,
    },
    store::figures::FollowedEvent,
};

/// Whether an event is of all shops of a member on a sender: it names none.
pub(super) fn is_of_all_shops(event: &FollowedEvent) -> bool {
    matches!(EventKind::from_name(&event.kind), Some(EventKind::MemberOptedOut | EventKind::MemberOptedIn))
}

/// The facts in an event; none where it is of no shop that is known, or where it tells nothing that is counted. `shops_of` are
/// (member, shop) of those who opted out or in.
pub(super) fn of_event(event: &FollowedEvent, directory: &Directory, shops_of: &[(Uuid, Uuid)]) -> Vec<Fact> {
    let Some(kind) = EventKind::from_name(&event.kind) else { return Vec::new() };
    let about: Map<String, Value> = serde_json::from_str(&event.data).unwrap_or_default();
    let telling = Telling { event, kind, about: &about };
    let shops = if is_of_all_shops(event) {
        telling.shops_on_sender(directory, shops_of)
    } else {
        telling.shop(directory).into_iter().collect()
    };
    shops.into_iter().flat_map(|shop| telling.facts(shop)).collect()
}

struct Telling<'a> {
    event: &'a FollowedEvent,
    kind: EventKind,
    about: &'a Map<String, Value>,
}

impl Telling<'_> {
    /// What it tells of a shop.
    fn facts(&self, shop: &Shop) -> Vec<Fact> {
        let fact = |what: What, at: DateTime<Utc>| Fact {
            shop_id: shop.id,
            program_id: self.id("program_id").unwrap_or(shop.program_id),
            member_id: self.event.member_id,
            day: day_of(at, shop.time_zone),
            what,
        };
        let written = from_millis(self.event.created_at);
        let happened = self.time("occurred_at").unwrap_or(written);
        let main = self.what().map(|what| fact(what, happened));
        let sold =
            self.number("amount").map(|amount| fact(What::Sold(amount), self.time("sold_at").unwrap_or(written)));
        let stands = self.about.get("stands").and_then(Value::as_bool).unwrap_or(true);
        let returned = self.number("refunded").map(|amount| fact(What::Returned(amount, !stands), written));
        main.into_iter().chain(sold).chain(returned).collect()
    }

    fn what(&self) -> Option<What> {
        let points = || self.number("points").unwrap_or_default();
        let moved = |moved| Some(What::Points(moved, points()));
        let voucher = |step| Some(What::Voucher(step, self.text("reward").unwrap_or_default(), points()));
        match self.kind {
            EventKind::MemberEnrolled if self.about.get("again") == Some(&Value::Bool(true)) => Some(What::Rejoined),
            EventKind::MemberEnrolled => Some(What::Joined(self.text("source"))),
            EventKind::MemberLeft => Some(What::Left),
            EventKind::MemberOptedOut => Some(What::OptedOut(self.text("method").unwrap_or_default())),
            EventKind::MemberOptedIn => Some(What::OptedIn),
            EventKind::PointsEarned => moved(Moved::Earned),
            EventKind::PointsReversed => moved(Moved::Reversed),
            EventKind::PointsAdjusted => moved(Moved::Adjusted),
            EventKind::PointsLapsed => moved(Moved::Lapsed),
            EventKind::RewardIssued => voucher(Step::Issued),
            EventKind::RewardRedeemed => voucher(Step::Redeemed),
            EventKind::RewardReinstated => voucher(Step::Reinstated),
            EventKind::RewardCancelled => voucher(Step::Cancelled),
            EventKind::RewardLapsed => voucher(Step::Lapsed),
            EventKind::PointsReleased
            | EventKind::StampsEarned
            | EventKind::StampsReversed
            | EventKind::SaleRecorded
            | EventKind::TierChanged
            | EventKind::MessageFailed
            | EventKind::WebhookTest => None,
        }
    }

    /// The shop at which it happened; of what time does, the one whose program it is, or the first that shares it.
    fn shop<'d>(&self, directory: &'d Directory) -> Option<&'d Shop> {
        if let Some(id) = self.event.shop_id {
            return directory.shop(id);
        }
        let program_id = self.id("program_id")?;
        directory.shop(program_id).or_else(|| directory.shops_in(program_id).first().copied())
    }

    fn shops_on_sender<'d>(&self, directory: &'d Directory, shops_of: &[(Uuid, Uuid)]) -> Vec<&'d Shop> {
        let sender =
            self.text("sender").and_then(|address| directory.sender_of(&address, None).map(|sender| sender.id));
        let theirs = shops_of.iter().filter(|(member, _)| Some(*member) == self.event.member_id);
        let shops = theirs.filter_map(|(_, shop)| directory.shop(*shop));
        shops.filter(|shop| sender.is_some_and(|sender| directory.speaks_on(shop.id, sender))).collect()
    }

    fn number(&self, field: &str) -> Option<i64> {
        self.about.get(field)?.as_i64()
    }

    fn text(&self, field: &str) -> Option<String> {
        self.about.get(field)?.as_str().map(str::to_owned)
    }

    fn id(&self, field: &str) -> Option<Uuid> {
        self.about.get(field)?.as_str()?.parse().ok()
    }

    fn time(&self, field: &str) -> Option<DateTime<Utc>> {
        self.about.get(field)?.as_str()?.parse().ok()
    }
}
