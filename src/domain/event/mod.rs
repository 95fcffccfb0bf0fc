//! What the merchants' own systems are told of: the kinds of events, and how each is known by its id.

mod told;

use uuid::Uuid;

pub use told::{Told, meaning, of_change};

/// A kind of event. Its name is in tables and in other people's programs: never rename it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventKind {
    /// Somebody joined a shop.
    MemberEnrolled,
    /// Somebody left a shop.
    MemberLeft,
    /// Somebody wants no more texts.
    MemberOptedOut,
    /// Somebody wants texts again.
    MemberOptedIn,
    /// Points were earned.
    PointsEarned,
    /// Pending points became free.
    PointsReleased,
    /// Points were taken back.
    PointsReversed,
    /// Points were given or taken by hand.
    PointsAdjusted,
    /// Points lapsed.
    PointsLapsed,
    /// Stamps were earned.
    StampsEarned,
    /// Stamps were taken back.
    StampsReversed,
    /// A sale or a visit was recorded, or taken back, and moved nothing.
    SaleRecorded,
    /// A voucher was issued.
    RewardIssued,
    /// A voucher was redeemed.
    RewardRedeemed,
    /// That a voucher was redeemed was taken back.
    RewardReinstated,
    /// A voucher was cancelled.
    RewardCancelled,
    /// A voucher lapsed.
    RewardLapsed,
    /// A level was reached or lost.
    TierChanged,
    /// A text did not reach its member.
    MessageFailed,
    /// Somebody asked for a test.
    WebhookTest,
}

impl EventKind {
    /// All kinds, in the order of the documentation.
    pub const ALL: [Self; 20] = [
        Self::MemberEnrolled,
        Self::MemberLeft,
        Self::MemberOptedOut,
        Self::MemberOptedIn,
        Self::PointsEarned,
        Self::PointsReleased,
        Self::PointsReversed,
        Self::PointsAdjusted,
        Self::PointsLapsed,
        Self::StampsEarned,
        Self::StampsReversed,
        Self::SaleRecorded,
        Self::RewardIssued,
        Self::RewardRedeemed,
        Self::RewardReinstated,
        Self::RewardCancelled,
        Self::RewardLapsed,
        Self::TierChanged,
        Self::MessageFailed,
        Self::WebhookTest,
    ];

    /// Its name, as Standard Webhooks writes one.
    pub fn name(self) -> &'static str {
        self.described().0
    }

    /// What it tells, in a line.
    pub fn about(self) -> &'static str {
        self.described().1
    }

    /// Reads a name; `None` for another.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    fn described(self) -> (&'static str, &'static str) {
        match self {
            Self::MemberEnrolled => ("member.enrolled", "Somebody joined a shop, or came back to it."),
            Self::MemberLeft => ("member.left", "Somebody left a shop; what they hold waits for their return."),
            Self::MemberOptedOut => {
                ("member.opted_out", "Somebody wants no more texts from a number, by their own word or the carrier's.")
            }
            Self::MemberOptedIn => ("member.opted_in", "Somebody who had opted out of a number wants texts again."),
            Self::PointsEarned => ("points.earned", "Points were earned, with the rules that gave them."),
            Self::PointsReleased => ("points.released", "Points that were pending can be spent now."),
            Self::PointsReversed => ("points.reversed", "Points were taken back, since what earned them was."),
            Self::PointsAdjusted => ("points.adjusted", "Points were given or, below zero, taken by hand."),
            Self::PointsLapsed => ("points.lapsed", "Points lapsed."),
            Self::StampsEarned => ("stamps.earned", "Stamps were earned on a punch card."),
            Self::StampsReversed => ("stamps.reversed", "Stamps were taken back from a punch card."),
            Self::SaleRecorded => (
                "sale.recorded",
                "A sale or a visit was recorded, or taken back, that neither earned nor cost anything.",
            ),
            Self::RewardIssued => ("reward.issued", "A reward was bought or given: its voucher waits to be redeemed."),
            Self::RewardRedeemed => ("reward.redeemed", "A voucher was redeemed, which is final."),
            Self::RewardReinstated => {
                ("reward.reinstated", "That a voucher was redeemed was taken back: it waits again.")
            }
            Self::RewardCancelled => ("reward.cancelled", "A voucher was cancelled; the points that it held are back."),
            Self::RewardLapsed => ("reward.lapsed", "A voucher was not redeemed in time."),
            Self::TierChanged => ("tier.changed", "A member's level was reached or lost."),
            Self::MessageFailed => ("message.failed", "A text did not reach its reader, and is not tried again."),
            Self::WebhookTest => ("webhook.test", "Somebody asked for a test of this webhook."),
        }
    }
}

/// An event's id as others see it: `evt_` and 32 hexadecimal digits, never a full stop, which the signature forbids.
pub fn shown_id(id: Uuid) -> String {
    format!("evt_{}", id.simple())
}

/// Reads what [`shown_id`] wrote; `None` for anything else.
pub fn read_id(text: &str) -> Option<Uuid> {
    let digits = text.strip_prefix("evt_").filter(|digits| digits.len() == 32)?;
    Uuid::try_parse(digits).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_distinct_and_of_the_signs_that_the_specification_allows() {
        let mut names: Vec<&str> = EventKind::ALL.map(EventKind::name).to_vec();
        let is_plain = |name: &&str| name.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c == '.');
        assert!(names.iter().all(is_plain));
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), EventKind::ALL.len());
    }

    #[test]
    fn an_id_is_read_as_it_was_shown_and_no_other_way() {
        let id = Uuid::from_u128(0x0123_4567_89ab_cdef_0123_4567_89ab_cdef);
        assert_eq!(shown_id(id), "evt_0123456789abcdef0123456789abcdef");
        assert_eq!(read_id(&shown_id(id)), Some(id));
        for wrong in
            ["", "evt_", "evt_0123", "0123456789abcdef0123456789abcdef", "evt_0123456789abcdef0123456789abcdeg"]
        {
            assert_eq!(read_id(wrong), None, "{wrong}");
        }
    }
}
