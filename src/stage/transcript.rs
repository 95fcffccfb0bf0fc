//! Conversations as plain text that a shop owner can read, write and check.
//!
//! ```text
//! # Joining at once
//! > COFFEE PLS
//! < Bean There: welcome! …
//!
//! ... 2 hours later
//! Ana> BAL
//! Ana< You're not a member yet. …
//!
//! at the counter: Ana spends 12.50
//! = +12 (spend 12) · 24 available
//! Ana< Bean There: you have 24 points, enough for "Free coffee": text REDEEM.
//!
//! ... until 2027-12-31 10:00
//! Ana< Page One: your Plus membership ends on Jan 30. …
//! ```
//!
//! `>` is what a phone texts, `<` what it reads; a name before it tells phones apart. A line that begins with two blanks
//! continues the one above. What follows a text, what happens at the counter, or time that goes by, is all that is
//! read because of it: no `<` means silence. Before each text as much time passes as it takes to type one ([`super::TYPING`]). What happens at the counter is
//! told in `counter`; a code that was given out in a conversation stands in it by its number, `{code 1}`, and the
//! number of a phone by its name, `{Ana}`.

mod lines;
mod playing;

use chrono::{Duration, NaiveDateTime};

use super::{StageError, counter};
pub use lines::{COUNTER, span_of};
use lines::{MOMENT, indented, moment_of, shop_and_deed, spoken, write_span};
pub use playing::{OUTCOME, phone_of};

/// A conversation, read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Transcript {
    /// What happens, in order.
    pub steps: Vec<Step>,
}

/// One thing that happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A phone texts, and reads all that follows.
    Text {
        /// The line it stands on, from 1.
        line: usize,
        /// Who; empty for the phone without a name.
        who: String,
        /// What they text.
        body: String,
        /// What they read because of it.
        replies: Vec<String>,
    },
    /// Something happens at the counter.
    Counter {
        /// The line it stands on, from 1.
        line: usize,
        /// Which shop's; empty for the first one's.
        shop: String,
        /// As it is written.
        written: String,
        /// What comes of it.
        outcome: Vec<String>,
        /// What is read because of it, by whom.
        read: Vec<(String, String)>,
    },
    /// Time goes by.
    Pass {
        /// The line it stands on, from 1.
        line: usize,
        /// How much of it.
        time: Time,
        /// What is read meanwhile, by whom.
        read: Vec<(String, String)>,
    },
}

/// How much time goes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Time {
    /// So much.
    Later(Duration),
    /// Until this moment on the clocks of Los Angeles, where shops of a stage are.
    Until(NaiveDateTime),
}

/// What is wrong with a transcript, or with what was read.
#[derive(Debug, thiserror::Error)]
pub enum TranscriptError {
    /// A line that is none of the forms.
    #[error(
        "line {0}: expected \"> text\", \"< reply\", \"at the counter: Ana visits\", \"... 2 hours later\", \
         \"... until 2027-12-31 10:00\" or \"# remark\""
    )]
    Line(usize),
    /// A reply nobody texted for.
    #[error("line {0}: a reply needs a text of the same phone, the counter, or time that went by, above it")]
    ReplyFirst(usize),
    /// Something else was read.
    #[error("line {line}: after {body:?} the phone should read\n  {expected:?}\nbut it read\n  {read:?}")]
    Differs {
        /// Where.
        line: usize,
        /// What was texted.
        body: String,
        /// What the transcript says.
        expected: Vec<String>,
        /// What came.
        read: Vec<String>,
    },
    /// The stage failed.
    #[error("line {line}: {error}")]
    Stage {
        /// Where.
        line: usize,
        /// Why.
        error: StageError,
    },
}

impl Transcript {
    /// Reads a transcript.
    pub fn parse(written: &str) -> Result<Self, TranscriptError> {
        let mut steps: Vec<Step> = Vec::new();
        for (index, line) in written.lines().enumerate() {
            let number = index + 1;
            let line = line.trim_end();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(more) = line.strip_prefix("  ") {
                continue_line(&mut steps, more).ok_or(TranscriptError::Line(number))?;
            } else if let Some(span) = line.strip_prefix("... ") {
                let until = span.strip_prefix("until ").map(|moment| moment_of(moment).map(Time::Until));
                let time = until.unwrap_or_else(|| span_of(span).map(Time::Later));
                let time = time.ok_or(TranscriptError::Line(number))?;
                steps.push(Step::Pass { line: number, time, read: Vec::new() });
            } else if let Some(rest) = line.strip_prefix(COUNTER) {
                let (shop, deed) = shop_and_deed(rest).ok_or(TranscriptError::Line(number))?;
                counter::read(deed).ok_or(TranscriptError::Line(number))?;
                let (shop, written) = (shop.to_owned(), deed.to_owned());
                steps.push(Step::Counter { line: number, shop, written, outcome: Vec::new(), read: Vec::new() });
            } else if let Some(told) = line.strip_prefix("= ") {
                match steps.last_mut() {
                    Some(Step::Counter { outcome, .. }) => outcome.push(told.to_owned()),
                    _ => return Err(TranscriptError::Line(number)),
                }
            } else if let Some((who, body)) = spoken(line, '>') {
                steps.push(Step::Text { line: number, who, body, replies: Vec::new() });
            } else if let Some((who, reply)) = spoken(line, '<') {
                put_reply(&mut steps, who, reply).ok_or(TranscriptError::ReplyFirst(number))?;
            } else {
                return Err(TranscriptError::Line(number));
            }
        }
        Ok(Self { steps })
    }

    /// Writes it so that [`Transcript::parse`] reads it.
    pub fn write(&self, title: &str) -> String {
        let mut written = format!("# {title}\n");
        for step in &self.steps {
            match step {
                Step::Pass { time, read, .. } => {
                    written += &format!("\n... {time}\n");
                    read.iter().for_each(|(who, reply)| written += &format!("{who}< {}\n", indented(reply)));
                }
                Step::Counter { shop, written: deed, outcome, read, .. } => {
                    let of_shop = if shop.is_empty() { String::new() } else { format!(" of {shop}") };
                    written += &format!("\n{COUNTER}{of_shop}: {deed}\n");
                    outcome.iter().for_each(|told| written += &format!("= {told}\n"));
                    read.iter().for_each(|(who, reply)| written += &format!("{who}< {}\n", indented(reply)));
                }
                Step::Text { who, body, replies, .. } => {
                    written += &format!("\n{who}> {}\n", indented(body));
                    for reply in replies {
                        written += &format!("{who}< {}\n", indented(reply));
                    }
                }
            }
        }
        written
    }
}

impl std::fmt::Display for Time {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Later(span) => write!(f, "{} later", write_span(*span)),
            Self::Until(moment) => write!(f, "until {}", moment.format(MOMENT)),
        }
    }
}

/// A reply belongs to the last text of its phone, or to what happened at the counter or the time that went by since.
fn put_reply(steps: &mut [Step], who: String, reply: String) -> Option<()> {
    for step in steps.iter_mut().rev() {
        match step {
            Step::Text { who: texted, replies, .. } if *texted == who => {
                replies.push(reply);
                return Some(());
            }
            Step::Pass { read, .. } | Step::Counter { read, .. } => {
                read.push((who, reply));
                return Some(());
            }
            _ => {}
        }
    }
    None
}

fn continue_line(steps: &mut [Step], more: &str) -> Option<()> {
    let line = match steps.last_mut()? {
        Step::Text { body, replies, .. } => replies.last_mut().unwrap_or(body),
        Step::Pass { read, .. } | Step::Counter { read, .. } => &mut read.last_mut()?.1,
    };
    line.push('\n');
    line.push_str(more);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const WRITTEN: &str = "# Two phones\n\n> COFFEE PLS\n< Welcome!\n\nat the counter of Crumb & Co: Ana visits\n= 1 available\nAna< \"Bread\" is yours!\n  Come by.\n\nAna> BAL\nAna< Bean There: 1 point\n  Crumb & Co: 2 points\n\n... 90 minutes later\nAna< Your membership ends.\n  Ask.\n\n> hm\n";

    #[test]
    fn what_is_written_reads_the_same() {
        let transcript = Transcript::parse(WRITTEN).unwrap();
        assert_eq!(transcript.write("Two phones"), WRITTEN);
        assert_eq!(transcript.steps.len(), 5);
    }

    #[test]
    fn no_second_is_lost_in_writing() {
        for seconds in [1, 30, 60, 90, 3600, 5400, 86_400, 0] {
            let span = Duration::seconds(seconds);
            assert_eq!(span_of(&write_span(span)), Some(span), "{}", write_span(span));
        }
    }

    #[test]
    fn a_wrong_line_is_named() {
        assert!(matches!(Transcript::parse("> a\nhello"), Err(TranscriptError::Line(2))));
        assert!(matches!(Transcript::parse("Ana> a\n< b"), Err(TranscriptError::ReplyFirst(2))));
        assert!(matches!(Transcript::parse("... soon"), Err(TranscriptError::Line(1))));
    }
}
