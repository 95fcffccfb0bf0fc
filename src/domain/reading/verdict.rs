//! The whole decision about a text to which no question is open, and how good it is on a corpus.

use std::collections::BTreeMap;

use chrono::DateTime;
use serde::Serialize;
use uuid::Uuid;

use super::{Meaning, read};
use crate::{commands::leave, directory::Directory, intent::corpus::Sample, text::Text};

/// What a text is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// No more texts.
    OptOut,
    /// Perhaps: one question is asked.
    InDoubt,
    /// Something else.
    Other,
}

/// What a text is taken for at a shop without keywords, and why where it is or may be an opt-out.
pub fn judge(text: &Text) -> (Verdict, Option<String>) {
    let directory = Directory::default();
    let reading = read(text, Uuid::nil(), &directory, DateTime::UNIX_EPOCH);
    let why = || Some(reading.rule.to_string());
    match reading.meaning {
        Meaning::OptOut => (Verdict::OptOut, why()),
        // Who leaves the only shop is sent nothing more.
        Meaning::Command { command, .. } if command.name == leave::COMMAND.name => (Verdict::OptOut, why()),
        Meaning::PerhapsOptOut => (Verdict::InDoubt, why()),
        _ => (Verdict::Other, None),
    }
}

/// How many texts of each label were taken for what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Opt-outs that were obeyed.
    pub opt_outs_obeyed: u32,
    /// Opt-outs that are asked about, and count as heard.
    pub opt_outs_asked: u32,
    /// Opt-outs that were missed.
    pub opt_outs_missed: u32,
    /// Ordinary texts that were taken for opt-outs: false alarms.
    pub others_alarmed: u32,
    /// Ordinary texts that are asked about needlessly.
    pub others_asked: u32,
    /// Ordinary texts that were taken for what they are.
    pub others_passed: u32,
}

impl Counts {
    /// Counts one text.
    pub fn add(&mut self, is_opt_out: bool, verdict: Verdict) {
        let place = match (is_opt_out, verdict) {
            (true, Verdict::OptOut) => &mut self.opt_outs_obeyed,
            (true, Verdict::InDoubt) => &mut self.opt_outs_asked,
            (true, Verdict::Other) => &mut self.opt_outs_missed,
            (false, Verdict::OptOut) => &mut self.others_alarmed,
            (false, Verdict::InDoubt) => &mut self.others_asked,
            (false, Verdict::Other) => &mut self.others_passed,
        };
        *place += 1;
    }

    /// All opt-outs.
    pub fn opt_outs(&self) -> u32 {
        self.opt_outs_obeyed + self.opt_outs_asked + self.opt_outs_missed
    }

    /// All ordinary texts.
    pub fn others(&self) -> u32 {
        self.others_alarmed + self.others_asked + self.others_passed
    }

    /// The share of opt-outs that are heard, obeyed or asked about; none where there are no opt-outs.
    pub fn recall(&self) -> Option<f64> {
        share(self.opt_outs_obeyed + self.opt_outs_asked, self.opt_outs())
    }

    /// The share of opt-outs that are obeyed without a question.
    pub fn obeyed(&self) -> Option<f64> {
        share(self.opt_outs_obeyed, self.opt_outs())
    }

    /// The share of ordinary texts that are taken for opt-outs.
    pub fn false_alarms(&self) -> Option<f64> {
        share(self.others_alarmed, self.others())
    }

    /// The share of ordinary texts that are asked about needlessly.
    pub fn asked_needlessly(&self) -> Option<f64> {
        share(self.others_asked, self.others())
    }
}

fn share(part: u32, whole: u32) -> Option<f64> {
    (whole > 0).then(|| f64::from(part) / f64::from(whole))
}

/// A text that was not taken for what it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mistake {
    /// What was typed.
    pub text: String,
    /// Its language.
    pub lang: String,
    /// What it was taken for.
    pub taken_for: Verdict,
    /// Why, where there is a reason.
    pub reason: Option<String>,
}

/// How good the decision is on a corpus.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Measured {
    /// Over all texts.
    pub all: Counts,
    /// By language.
    pub by_language: BTreeMap<String, Counts>,
    /// Opt-outs that were missed.
    pub misses: Vec<Mistake>,
    /// Ordinary texts that were taken for opt-outs.
    pub false_alarms: Vec<Mistake>,
    /// Ordinary texts that are asked about needlessly.
    pub asked_needlessly: Vec<Mistake>,
}

/// Judges every text of a corpus.
pub fn measure(corpus: &[Sample]) -> Measured {
    let mut measured = Measured::default();
    for sample in corpus {
        let (verdict, reason) = judge(&Text::read(&sample.text));
        measured.all.add(sample.is_opt_out, verdict);
        measured.by_language.entry(sample.language.clone()).or_default().add(sample.is_opt_out, verdict);
        let list = match (sample.is_opt_out, verdict) {
            (true, Verdict::Other) => &mut measured.misses,
            (false, Verdict::OptOut) => &mut measured.false_alarms,
            (false, Verdict::InDoubt) => &mut measured.asked_needlessly,
            _ => continue,
        };
        let (text, lang) = (sample.text.clone(), sample.language.clone());
        list.push(Mistake { text, lang, taken_for: verdict, reason });
    }
    measured
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubt_counts_as_heard_and_never_as_a_false_alarm() {
        let mut counts = Counts::default();
        for (is_opt_out, verdict, times) in [
            (true, Verdict::OptOut, 6),
            (true, Verdict::InDoubt, 2),
            (true, Verdict::Other, 2),
            (false, Verdict::OptOut, 1),
            (false, Verdict::InDoubt, 3),
            (false, Verdict::Other, 16),
        ] {
            (0..times).for_each(|_| counts.add(is_opt_out, verdict));
        }
        assert_eq!((counts.recall(), counts.obeyed()), (Some(0.8), Some(0.6)));
        assert_eq!((counts.false_alarms(), counts.asked_needlessly()), (Some(0.05), Some(0.15)));
        assert_eq!(Counts::default().recall(), None);
    }

    #[test]
    fn reserved_words_come_first() {
        assert_eq!(judge(&Text::read("STOP")).0, Verdict::OptOut);
        assert_eq!(judge(&Text::read("START")).0, Verdict::Other);
        assert_eq!(judge(&Text::read("")).0, Verdict::Other);
    }
}
