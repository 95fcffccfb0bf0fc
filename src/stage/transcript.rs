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
//! ```
//!
//! `>` is what a phone texts, `<` what it reads; a name before it tells phones apart. A line that begins with two blanks
//! continues the one above. What follows a text is all that is read because of it: no `<` means silence. Before each text as much
//! time passes as it takes to type one ([`TYPING`]).

use chrono::Duration;

use super::{Stage, StageError, TYPING};

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
    /// Time goes by.
    Later(Duration),
}

/// What is wrong with a transcript, or with what was read.
#[derive(Debug, thiserror::Error)]
pub enum TranscriptError {
    /// A line that is none of the forms.
    #[error("line {0}: expected \"> text\", \"< reply\", \"... 2 hours later\" or \"# remark\"")]
    Line(usize),
    /// A reply nobody texted for.
    #[error("line {0}: a reply needs a text of the same phone above it")]
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
                steps.push(Step::Later(span_of(span).ok_or(TranscriptError::Line(number))?));
            } else if let Some((who, body)) = spoken(line, '>') {
                steps.push(Step::Text { line: number, who, body, replies: Vec::new() });
            } else if let Some((who, reply)) = spoken(line, '<') {
                let last = steps.iter_mut().rev().find_map(|step| match step {
                    Step::Text { who: texted, replies, .. } if *texted == who => Some(replies),
                    _ => None,
                });
                last.ok_or(TranscriptError::ReplyFirst(number))?.push(reply);
            } else {
                return Err(TranscriptError::Line(number));
            }
        }
        Ok(Self { steps })
    }

    /// Plays it and compares what is read, word for word. The first phone to appear is [`phone_of`] `phones_from`.
    pub async fn play(&self, stage: &Stage, phones_from: usize) -> Result<(), TranscriptError> {
        let mut phones = Phones { names: Vec::new(), from: phones_from };
        for step in &self.steps {
            let Some(Heard { line, body, read, expected, .. }) = step.play(stage, &mut phones).await? else { continue };
            if read != *expected {
                let (body, expected) = (body.to_owned(), expected.to_vec());
                return Err(TranscriptError::Differs { line, body, expected, read });
            }
        }
        Ok(())
    }

    /// Plays it, whatever is read: the line, the name of the phone and the replies of each text.
    pub async fn read(
        &self,
        stage: &Stage,
        phones_from: usize,
    ) -> Result<Vec<(usize, String, Vec<String>)>, TranscriptError> {
        let mut phones = Phones { names: Vec::new(), from: phones_from };
        let mut heard = Vec::new();
        for step in &self.steps {
            if let Some(Heard { line, who, read, .. }) = step.play(stage, &mut phones).await? {
                heard.push((line, who.to_owned(), read));
            }
        }
        Ok(heard)
    }

    /// Writes it so that [`Transcript::parse`] reads it.
    pub fn write(&self, title: &str) -> String {
        let mut written = format!("# {title}\n");
        for step in &self.steps {
            match step {
                Step::Later(span) => written += &format!("\n... {} later\n", write_span(*span)),
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

/// What was read after a text.
struct Heard<'a> {
    line: usize,
    who: &'a str,
    body: &'a str,
    expected: &'a [String],
    read: Vec<String>,
}

/// The phones of a conversation, in the order in which they appear.
struct Phones<'a> {
    names: Vec<&'a str>,
    from: usize,
}

impl<'a> Phones<'a> {
    fn number_of(&mut self, who: &'a str) -> String {
        let known = self.names.iter().position(|name| *name == who);
        let place = known.unwrap_or_else(|| {
            self.names.push(who);
            self.names.len() - 1
        });
        phone_of(self.from + place)
    }
}

impl Step {
    async fn play<'a>(&'a self, stage: &Stage, phones: &mut Phones<'a>) -> Result<Option<Heard<'a>>, TranscriptError> {
        match self {
            Self::Later(span) => {
                stage.clock.advance(*span);
                Ok(None)
            }
            Self::Text { line, who, body, replies } => {
                stage.clock.advance(TYPING);
                let read = stage.text(&phones.number_of(who), body).await;
                let read = read.map_err(|error| TranscriptError::Stage { line: *line, error })?;
                Ok(Some(Heard { line: *line, who, body, expected: replies, read }))
            }
        }
    }
}

/// The number of the phone that is the `index`th to appear.
pub fn phone_of(index: usize) -> String {
    format!("+1415555{:04}", 1001 + index)
}

/// "2 hours later" as a span.
pub fn span_of(written: &str) -> Option<Duration> {
    let mut words = written.split_whitespace();
    let count: i64 = words.next()?.parse().ok()?;
    match words.next()?.trim_end_matches('s') {
        "second" => Duration::try_seconds(count),
        "minute" => Duration::try_minutes(count),
        "hour" => Duration::try_hours(count),
        "day" => Duration::try_days(count),
        _ => None,
    }
}

/// A span so that [`span_of`] reads the same one.
fn write_span(span: Duration) -> String {
    let seconds = span.num_seconds();
    let (count, unit) = match seconds {
        _ if seconds % 3600 == 0 => (seconds / 3600, "hour"),
        _ if seconds % 60 == 0 => (seconds / 60, "minute"),
        _ => (seconds, "second"),
    };
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural}")
}

fn indented(text: &str) -> String {
    text.replace('\n', "\n  ")
}

/// `Ana> text` or `> text`; a name is one word.
fn spoken(line: &str, mark: char) -> Option<(String, String)> {
    let (who, said) = line.split_once(mark)?;
    let is_name = who.chars().all(char::is_alphanumeric);
    is_name.then(|| (who.to_owned(), said.strip_prefix(' ').unwrap_or(said).to_owned()))
}

fn continue_line(steps: &mut [Step], more: &str) -> Option<()> {
    let Some(Step::Text { body, replies, .. }) = steps.last_mut() else { return None };
    let line = replies.last_mut().unwrap_or(body);
    line.push('\n');
    line.push_str(more);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const WRITTEN: &str = "# Two phones\n\n> COFFEE PLS\n< Welcome!\n\nAna> BAL\nAna< Bean There: 1 point\n  Crumb & Co: 2 points\n\n... 90 minutes later\n\n> hm\n";

    #[test]
    fn what_is_written_reads_the_same() {
        let transcript = Transcript::parse(WRITTEN).unwrap();
        assert_eq!(transcript.write("Two phones"), WRITTEN);
        assert_eq!(transcript.steps.len(), 4);
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
