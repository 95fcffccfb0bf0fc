//! Whether staff may write to somebody, and what is sent then. (TCPA, 47 CFR 64.1200: an answer to a text of theirs is asked for;
//! anything else takes their consent, and is not sent at night.)

use chrono::{DateTime, Duration, Utc};

/// Under which name a text of staff's is recorded.
pub const REPLY: &str = "staff-reply";
/// So long after a text of theirs, what staff write answers it.
pub const IS_AN_ANSWER_FOR: Duration = Duration::hours(24);
/// For so long what they text next is taken for an answer to staff.
pub const TALKS_FOR: Duration = Duration::hours(4);
/// The most characters that staff write at once.
pub const CHARS_MAX: usize = 480;

/// Somebody whom staff want to write to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hearer {
    /// Whether they opted out of the number.
    pub is_opted_out: bool,
    /// Whether it is in doubt whether they want any texts.
    pub is_in_doubt: bool,
    /// Whether they are a member of the shop now.
    pub is_member: bool,
    /// When they last texted the number.
    pub last_text_at: Option<DateTime<Utc>>,
    /// When texts may arrive where they are: now, or later.
    pub open_at: DateTime<Utc>,
}

/// Why staff may not write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoReply {
    /// They opted out.
    #[error("they opted out of texts from this number; only their own START or keyword undoes it")]
    OptedOut,
    /// Their last text is too old to be answered, and they may want no more.
    #[error("they seemed to want no more texts, and their last text is more than a day old")]
    InDoubt,
    /// Their last text is too old to be answered, and they never agreed to others.
    #[error("they are no member here, and their last text is more than a day old")]
    NoMember,
    /// Their last text is too old to be answered, and it is night there.
    #[error("their last text is more than a day old, and texts may not arrive there at this hour")]
    Quiet(DateTime<Utc>),
}

impl NoReply {
    /// The word of the console's texts.
    pub fn word(self) -> &'static str {
        match self {
            Self::OptedOut => "opted-out",
            Self::InDoubt => "in-doubt",
            Self::NoMember => "no-member",
            Self::Quiet(_) => "quiet",
        }
    }
}

impl Hearer {
    /// Whether staff may write to them at `now`.
    ///
    /// # Errors
    /// Why not.
    pub fn may_be_written_to(&self, now: DateTime<Utc>) -> Result<(), NoReply> {
        if self.is_opted_out {
            return Err(NoReply::OptedOut);
        }
        if self.last_text_at.is_some_and(|last| now < last + IS_AN_ANSWER_FOR) {
            return Ok(());
        }
        match self {
            Self { is_in_doubt: true, .. } => Err(NoReply::InDoubt),
            Self { is_member: false, .. } => Err(NoReply::NoMember),
            Self { open_at, .. } if *open_at > now => Err(NoReply::Quiet(*open_at)),
            _ => Ok(()),
        }
    }
}

/// What is sent: who writes stands before it, for a number may be that of many shops. `None` where nothing was written, or too
/// much.
pub fn worded(shop: &str, typed: &str) -> Option<String> {
    let lines = typed.lines().map(str::trim_end);
    let clean: Vec<String> = lines.map(|line| line.chars().filter(|c| !c.is_control()).collect()).collect();
    let text = clean.join("\n").trim().to_owned();
    let fits = !text.is_empty() && text.chars().count() <= CHARS_MAX;
    fits.then(|| format!("{shop}: {text}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hours: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + hours * 3600, 0).unwrap()
    }

    fn hearer() -> Hearer {
        Hearer { is_opted_out: false, is_in_doubt: false, is_member: true, last_text_at: Some(at(0)), open_at: at(0) }
    }

    #[test]
    fn an_answer_within_a_day_is_asked_for_even_by_a_stranger_at_night() {
        let stranger = Hearer { is_member: false, is_in_doubt: true, open_at: at(30), ..hearer() };
        assert_eq!(stranger.may_be_written_to(at(23)), Ok(()));
        assert_eq!(stranger.may_be_written_to(at(24)), Err(NoReply::InDoubt));
    }

    #[test]
    fn after_a_day_it_takes_a_member_who_agreed_and_the_hour() {
        assert_eq!(hearer().may_be_written_to(at(48)), Ok(()));
        let stranger = Hearer { is_member: false, ..hearer() };
        assert_eq!(stranger.may_be_written_to(at(48)), Err(NoReply::NoMember));
        let asleep = Hearer { open_at: at(50), ..hearer() };
        assert_eq!(asleep.may_be_written_to(at(48)), Err(NoReply::Quiet(at(50))));
    }

    #[test]
    fn who_opted_out_is_never_written_to() {
        let silent = Hearer { is_opted_out: true, ..hearer() };
        assert_eq!(silent.may_be_written_to(at(0)), Err(NoReply::OptedOut));
    }

    #[test]
    fn who_writes_stands_before_it_and_what_hides_is_left_out() {
        assert_eq!(worded("Bean There", " We open at 8.\u{7}\r\n").as_deref(), Some("Bean There: We open at 8."));
        assert_eq!(worded("Bean There", " \n "), None);
        assert_eq!(worded("Bean There", &"a".repeat(CHARS_MAX + 1)), None);
    }
}
