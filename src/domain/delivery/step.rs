//! A step on a text's way, or what keeps somebody from being texted.

use chrono::{DateTime, Utc};

use super::Trouble;

/// What happened to a text at some time, or what happens next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// When it happened; `None` where it is so now, or is still to come.
    pub at: Option<DateTime<Utc>>,
    /// What.
    pub what: What,
    /// Whether it is still to come.
    pub is_next: bool,
}

impl Step {
    /// Something that happened.
    pub fn past(at: Option<DateTime<Utc>>, what: What) -> Self {
        Self { at, what, is_next: false }
    }

    /// Something that is so now.
    pub fn now(what: What) -> Self {
        Self { at: None, what, is_next: false }
    }

    /// What happens next.
    pub fn next(what: What) -> Self {
        Self { at: None, what, is_next: true }
    }
}

/// What can happen to a text, or be so of somebody who might be texted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// It answers a text of theirs.
    Answer,
    /// It tells something that nobody asked for.
    Unasked,
    /// Staff wrote it.
    ByStaff,
    /// It was written to be sent.
    Queued,
    /// It is held until texts may arrive where they are.
    Held(DateTime<Utc>),
    /// An earlier text to the same phone is not settled yet.
    Behind,
    /// The number rests, and why.
    Paused(DateTime<Utc>, Option<String>),
    /// So many texts of the number go first, which takes about so many seconds.
    Paced(i64, i64),
    /// It goes out at once.
    Due,
    /// It is being handed to the provider.
    UnderWay,
    /// It was tried so often.
    Tried(i64),
    /// It is tried again then.
    Again(DateTime<Utc>),
    /// Whether it was sent is looked up with the provider then.
    LookUp(DateTime<Utc>),
    /// The provider took it.
    Taken,
    /// The provider has handed it to the carrier, which has not said more.
    OnItsWay,
    /// The provider took it and has not said more.
    NoReport,
    /// It arrived.
    Delivered,
    /// It was read.
    Read,
    /// The carrier did not deliver it.
    Undelivered,
    /// It was not sent, and is not tried again.
    Failed,
    /// The carrier says that the person opted out.
    OptedOutThere,
    /// It was taken back because they opted out before it went.
    Withdrawn,
    /// Why, by the provider's number.
    Because(i32, Trouble),
    /// Nothing more happens to it.
    Done,
    /// They can be texted.
    Open,
    /// They opted out of this number.
    OptedOut(DateTime<Utc>),
    /// It is in doubt whether they want any more texts; they were asked.
    InDoubt(DateTime<Utc>),
    /// They left the shop.
    Left(DateTime<Utc>),
    /// They are no member of the shop.
    NoMember,
    /// What they had is another member's now.
    Merged,
    /// The last text to them could not be delivered.
    LastFailed(i32, Trouble),
    /// The shop tells its members nothing without being asked.
    ShopIsSilent,
    /// They got as many texts this week as the shop allows.
    Capped(DateTime<Utc>),
    /// Something was told just now; what follows is bundled.
    Bundled(DateTime<Utc>),
    /// A question waits for their answer.
    Asked(DateTime<Utc>),
    /// Texts may not arrive there at this hour.
    Quiet(DateTime<Utc>),
    /// Something waits to be told, from then on.
    Waits(DateTime<Utc>),
    /// Nothing waits to be told.
    NothingWaits,
}

impl What {
    /// The word in the API, which is that of the console's texts too.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Unasked => "unasked",
            Self::ByStaff => "by_staff",
            Self::Queued => "queued",
            Self::Held(_) => "held",
            Self::Behind => "behind",
            Self::Paused(..) => "paused",
            Self::Paced(..) => "paced",
            Self::Due => "due",
            Self::UnderWay => "under_way",
            Self::Tried(_) => "tried",
            Self::Again(_) => "again",
            Self::LookUp(_) => "look_up",
            Self::Taken => "taken",
            Self::OnItsWay => "on_its_way",
            Self::NoReport => "no_report",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Undelivered => "undelivered",
            Self::Failed => "failed",
            Self::OptedOutThere => "opted_out_there",
            Self::Withdrawn => "withdrawn",
            Self::Because(..) => "because",
            Self::Done => "done",
            Self::Open => "open",
            Self::OptedOut(_) => "opted_out",
            Self::InDoubt(_) => "in_doubt",
            Self::Left(_) => "left",
            Self::NoMember => "no_member",
            Self::Merged => "merged",
            Self::LastFailed(..) => "last_failed",
            Self::ShopIsSilent => "shop_is_silent",
            Self::Capped(_) => "capped",
            Self::Bundled(_) => "bundled",
            Self::Asked(_) => "asked",
            Self::Quiet(_) => "quiet",
            Self::Waits(_) => "waits",
            Self::NothingWaits => "nothing_waits",
        }
    }

    /// In a sentence, for whoever reads English; times are told beside it.
    pub fn sentence(&self) -> String {
        let sentence = match self {
            Self::Answer => "It answers a text of theirs.",
            Self::Unasked => "Nobody asked for it: it tells the member something.",
            Self::ByStaff => "Staff wrote it.",
            Self::Queued => "It was written and queued.",
            Self::Held(_) => "It is held until texts may arrive where the phone is from.",
            Self::Behind => "It waits for an earlier text to the same phone, so that they arrive in order.",
            Self::Paused(_, None) => "The number that sends it rests.",
            Self::Paused(_, Some(why)) => return format!("The number that sends it rests: {why}"),
            Self::Paced(ahead, seconds) => {
                return format!("{ahead} texts of the same number go first, which takes about {seconds} seconds.");
            }
            Self::Due => "It goes out at once.",
            Self::UnderWay => "It is being handed to the provider.",
            Self::Tried(times) => return format!("It was tried {times} times."),
            Self::Again(_) => "It is tried again.",
            Self::LookUp(_) => {
                "The provider may have taken it: that is looked up before it is sent again, so that nobody gets it twice."
            }
            Self::Taken => "The provider took it.",
            Self::OnItsWay => "It is with the carrier, which has not said yet whether it arrived.",
            Self::NoReport => "The provider has not reported yet what became of it.",
            Self::Delivered => "The carrier says that it arrived.",
            Self::Read => "It was read.",
            Self::Undelivered => "The carrier did not deliver it.",
            Self::Failed => "It was not sent.",
            Self::OptedOutThere => "The carrier refused it: the person opted out there.",
            Self::Withdrawn => "It was taken back: the person opted out before it went.",
            Self::Because(code, trouble) | Self::LastFailed(code, trouble) => {
                return format!("{} (number {code})", trouble.sentence());
            }
            Self::Done => "Nothing more happens to it.",
            Self::Open => "They can be texted.",
            Self::OptedOut(_) => "They opted out of texts from this number; only their own START or keyword undoes it.",
            Self::InDoubt(_) => {
                "They seemed to want no more texts and were asked; until they say otherwise they only get answers."
            }
            Self::Left(_) => "They left the shop; a keyword brings them back.",
            Self::NoMember => "They are no member of this shop.",
            Self::Merged => "What they had is another member's now.",
            Self::ShopIsSilent => "The shop tells its members nothing without being asked.",
            Self::Capped(_) => "They got as many texts in seven days as the shop allows.",
            Self::Bundled(_) => "They were told something just now; what follows is told in one text later.",
            Self::Asked(_) => "A question of ours waits for their answer; nothing else is told meanwhile.",
            Self::Quiet(_) => "Texts may not arrive at this hour where the phone is from.",
            Self::Waits(_) => "Something waits to be told.",
            Self::NothingWaits => "Nothing waits to be told.",
        };
        sentence.to_owned()
    }

    /// Until or from when.
    pub fn until(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Held(at)
            | Self::Paused(at, _)
            | Self::Again(at)
            | Self::LookUp(at)
            | Self::OptedOut(at)
            | Self::InDoubt(at)
            | Self::Left(at)
            | Self::Capped(at)
            | Self::Bundled(at)
            | Self::Asked(at)
            | Self::Quiet(at)
            | Self::Waits(at) => Some(*at),
            _ => None,
        }
    }

    /// How many.
    pub fn count(&self) -> Option<i64> {
        match self {
            Self::Tried(count) | Self::Paced(count, _) => Some(*count),
            _ => None,
        }
    }

    /// The provider's number for what went wrong, and what it means.
    pub fn trouble(&self) -> Option<(i32, Trouble)> {
        match self {
            Self::Because(code, trouble) | Self::LastFailed(code, trouble) => Some((*code, *trouble)),
            _ => None,
        }
    }
}
