//! `classify`: how well opt-outs are heard in a corpus of labelled texts.

use std::path::PathBuf;

use serde::Serialize;

use super::{Failure, read_file};
use crate::domain::{
    intent::corpus,
    reading::verdict::{Counts, Measured, Mistake, measure},
};

/// What `classify` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A file of labelled texts, a line each: {"text": "no more", "lang": "en", "label": "OPT_OUT"}; a label is OPT_OUT or OTHER
    #[arg(long, value_name = "FILE")]
    corpus: PathBuf,
    /// Print the figures and lists as JSON
    #[arg(long)]
    json: bool,
}

/// Prints how the texts of the corpus are taken.
pub fn run(args: &Args) -> Result<(), Failure> {
    let samples = read_file(&args.corpus, corpus::read)?;
    let measured = measure(&samples);
    println!("{}", if args.json { as_json(&measured)? } else { as_text(&measured) });
    Ok(())
}

const HOW_IT_COUNTS: &str = "\
How it counts: a text in doubt is answered with one question, and silence then counts as no further marketing. So an
opt-out in doubt is heard, and counts in the recall. A false alarm is an ordinary text taken for an opt-out; an ordinary
text in doubt is asked about needlessly, which is a figure of its own.";

fn as_text(measured: &Measured) -> String {
    let mut lines = vec![matrix("all", &measured.all)];
    lines.extend(measured.by_language.iter().map(|(language, counts)| matrix(language, counts)));
    lines.push(HOW_IT_COUNTS.to_owned());
    for (title, mistakes) in [
        ("Missed opt-outs", &measured.misses),
        ("False alarms", &measured.false_alarms),
        ("Asked needlessly", &measured.asked_needlessly),
    ] {
        lines.push(list(title, mistakes));
    }
    lines.join("\n")
}

fn matrix(name: &str, counts: &Counts) -> String {
    let row = |label: &str, taken: [u32; 3]| {
        let [obeyed, asked, other] = taken;
        format!("  {label:<8} {obeyed:>8} {asked:>9} {other:>8}\n")
    };
    let mut block =
        format!("{name}: {} texts\n  label     opt out  in doubt    other\n", counts.opt_outs() + counts.others());
    block += &row("OPT_OUT", [counts.opt_outs_obeyed, counts.opt_outs_asked, counts.opt_outs_missed]);
    block += &row("OTHER", [counts.others_alarmed, counts.others_asked, counts.others_passed]);
    block += &format!(
        "  recall {} (obeyed at once {}), false alarms {}, asked needlessly {}\n",
        percent(counts.recall()),
        percent(counts.obeyed()),
        percent(counts.false_alarms()),
        percent(counts.asked_needlessly()),
    );
    block
}

fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "–".to_owned(), |share| format!("{:.2} %", share * 100.0))
}

fn list(title: &str, mistakes: &[Mistake]) -> String {
    let mut block = format!("\n{title}: {}\n", mistakes.len());
    for mistake in mistakes {
        let reason = mistake.reason.as_deref().unwrap_or("nothing in it was heard");
        block += &format!("  [{}] {:?} – {reason}\n", mistake.lang, mistake.text);
    }
    block
}

/// What `--json` prints.
#[derive(Serialize)]
struct Report<'a> {
    all: Figures<'a>,
    by_language: std::collections::BTreeMap<&'a str, Figures<'a>>,
    misses: &'a [Mistake],
    false_alarms: &'a [Mistake],
    asked_needlessly: &'a [Mistake],
}

/// Counts, and shares from 0 to 1; null where there is nothing to share.
#[derive(Serialize)]
struct Figures<'a> {
    #[serde(flatten)]
    counts: &'a Counts,
    recall: Option<f64>,
    obeyed_share: Option<f64>,
    false_alarm_share: Option<f64>,
    asked_needlessly_share: Option<f64>,
}

impl<'a> Figures<'a> {
    fn of(counts: &'a Counts) -> Self {
        Self {
            counts,
            recall: counts.recall(),
            obeyed_share: counts.obeyed(),
            false_alarm_share: counts.false_alarms(),
            asked_needlessly_share: counts.asked_needlessly(),
        }
    }
}

fn as_json(measured: &Measured) -> Result<String, Failure> {
    let by_language = measured.by_language.iter().map(|(language, counts)| (language.as_str(), Figures::of(counts)));
    let report = Report {
        all: Figures::of(&measured.all),
        by_language: by_language.collect(),
        misses: &measured.misses,
        false_alarms: &measured.false_alarms,
        asked_needlessly: &measured.asked_needlessly,
    };
    serde_json::to_string_pretty(&report).map_err(|error| Failure::new(1, error))
}
