//! Trains the model that hears opt-outs from `tests/corpus/tune` and writes it to `src/domain/intent/model.bin`. Where the words in
//! `src/domain/intent/lexicon/` have changed, it writes `lexicon.bin` beside it instead, and wants to be run again.
//! The same corpora, words and features give the same file, byte for byte. With files behind it, it first takes their
//! texts into `tests/corpus/tune`, but for those that look like a text that is there or in another half.

mod network;

use std::{
    borrow::Cow,
    env,
    fs::{self, OpenOptions},
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use network::{Networks, Row};
use regulars::domain::{
    intent::{
        corpus::{self, Known, Sample},
        is_sure, lexicon,
        model::{FEATURES, Fingerprint, KINDS, Model, Thresholds, each_feature, worths},
        phrases,
        tokens::Tokens,
    },
    reserved::reserved,
    text::Text,
};

/// What is measured on, and never learnt from.
const REPORTED: [&str; 2] = ["report", "unseen"];
/// Texts that stand together in a corpus often have one thought: they are kept together in a fold.
const BLOCK: usize = 25;
const FOLDS: usize = 5;
/// The thresholds are those at which so many of the ordinary texts that a fold has not seen would be obeyed as opt-outs,
/// or asked about, by mistake. Lower than the bar of 0.2 %: words and rules were found on these texts.
const ALARMS_MOST: f64 = 0.0010;
/// As many more of those alone of which a rule is sure, all ordinary texts counted.
const SURE_ALARMS_MOST: f64 = 0.0004;
const ASKED_MOST: f64 = 0.135;

fn main() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    if lexicon::build() != lexicon::shipped() {
        fs::write(root.join("src/domain/intent/lexicon.bin"), lexicon::build()).context("writing the lexicon")?;
        println!("The words have changed, and the model is trained on what they mean: run this once more.");
        return Ok(());
    }
    let corpus = root.join("tests/corpus");
    let tune = corpus.join("tune");
    let additions: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    if !additions.is_empty() {
        admit(&additions, &tune, &REPORTED.map(|half| corpus.join(half)))?;
    }
    let samples = read_corpora(&tune)?;
    let fingerprint = fingerprint(&samples);
    let rows: Vec<Row> = samples.iter().map(row).collect();
    let thresholds = thresholds(&samples, &rows);
    let networks = Networks::train(&rows.iter().collect::<Vec<_>>());
    let model = quantise(&networks, fingerprint, thresholds).ordered_by(&met(&rows));
    fs::write(root.join("src/domain/intent/model.bin"), model.write()).context("writing the model")?;
    let Thresholds { certain_from, sure_from, doubt_from } = thresholds;
    println!(
        "{} texts; an opt-out from {certain_from:.2} on, from {sure_from:.2} where a rule is sure, in doubt from {doubt_from:.2}",
        samples.len()
    );
    Ok(())
}

/// Takes the new texts of these files into the corpus that is tuned on.
fn admit(files: &[PathBuf], tune: &Path, reported: &[PathBuf]) -> Result<()> {
    let mut known = Known::default();
    for folder in reported.iter().map(PathBuf::as_path).chain([tune]) {
        for sample in &read_corpora(folder)? {
            known.add(&sample.text);
        }
    }
    for file in files {
        let samples = read_corpus(file)?;
        let mut admitted = 0;
        for sample in samples.iter() {
            if known.has_alike(&sample.text) {
                continue;
            }
            known.add(&sample.text);
            let path = tune.join(&sample.language).with_extension("jsonl");
            let corpus = OpenOptions::new().append(true).open(&path);
            writeln!(corpus.with_context(|| path.display().to_string())?, "{}", sample.line())?;
            admitted += 1;
        }
        println!("{}: {admitted} of {} texts are new", file.display(), samples.len());
    }
    Ok(())
}

fn read_corpora(folder: &Path) -> Result<Vec<Sample>> {
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    let mut samples = Vec::new();
    for path in paths {
        samples.extend(read_corpus(&path)?);
    }
    Ok(samples)
}

fn read_corpus(path: &Path) -> Result<Vec<Sample>> {
    let lines = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    corpus::read(&lines).with_context(|| path.display().to_string())
}

fn fingerprint(samples: &[Sample]) -> u64 {
    let mut fingerprint = Fingerprint::default();
    for sample in samples {
        fingerprint.add(&Tokens::read(&Text::read(&sample.text)), &sample.text, sample.is_opt_out);
    }
    fingerprint.number()
}

/// A text as the network sees it: its features and what each is worth.
fn row(sample: &Sample) -> Row {
    let tokens = Tokens::read(&Text::read(&sample.text));
    let (mut found, mut counts) = (Vec::new(), [0_u32; KINDS]);
    each_feature(&tokens, &sample.text, |number, kind| {
        counts[kind] += 1;
        found.push((number, kind));
    });
    let worths = worths(counts);
    Row::new(found.into_iter().map(|(number, kind)| (number as u32, worths[kind])), sample.is_opt_out)
}

/// How many of these texts have each feature.
fn met(rows: &[Row]) -> Vec<u32> {
    let mut met = vec![0; FEATURES];
    rows.iter().flat_map(Row::numbers).for_each(|number| met[number] += 1);
    met
}

/// An unseen text with its score.
struct Scored {
    score: f32,
    is_opt_out: bool,
    /// Whether a rule is sure of it.
    is_sure: bool,
}

/// Finds the thresholds by cross-validation, on texts that come as far as the model.
fn thresholds(samples: &[Sample], rows: &[Row]) -> Thresholds {
    let unseen: Vec<Scored> = (0..FOLDS).flat_map(|fold| score_fold(fold, samples, rows)).collect();
    let ordinary = unseen.iter().filter(|scored| !scored.is_opt_out).count() as f64;
    let highest = |share: f64, counts: &dyn Fn(&&Scored) -> bool| {
        let mut scores: Vec<f32> =
            unseen.iter().filter(|scored| !scored.is_opt_out).filter(counts).map(|scored| scored.score).collect();
        scores.sort_by(|left, right| right.total_cmp(left));
        // Just above the ordinary text that decides it.
        scores.get((ordinary * share) as usize).map_or(0.0, |score| *score + 1e-3)
    };
    let certain_from = highest(ALARMS_MOST, &|_| true);
    let sure_from = highest(SURE_ALARMS_MOST, &|scored| scored.is_sure && scored.score < certain_from);
    let doubt_from = highest(ALARMS_MOST + ASKED_MOST, &|_| true);
    let found = Thresholds { certain_from, sure_from: sure_from.min(certain_from), doubt_from };
    tell(&unseen, &found);
    found
}

/// The texts of a fold, as networks score them that have seen all others.
fn score_fold(fold: usize, samples: &[Sample], rows: &[Row]) -> Vec<Scored> {
    let is_of_fold = |at: &usize| at / BLOCK % FOLDS == fold;
    let (unseen, seen): (Vec<usize>, Vec<usize>) = (0..rows.len()).partition(is_of_fold);
    let networks = Networks::train(&seen.into_iter().map(|at| &rows[at]).collect::<Vec<_>>());
    unseen.into_iter().filter_map(|at| scored(&rows[at], &samples[at], &networks)).collect()
}

/// A text with the score that the networks give it; none for what is a reserved word or a listed phrase.
fn scored(row: &Row, sample: &Sample, networks: &Networks) -> Option<Scored> {
    let text = Text::read(&sample.text);
    let tokens = Tokens::read(&text);
    let comes_first = reserved(&text).is_some() || phrases::said(&tokens).is_some();
    let scored = Scored { score: networks.score(row), is_opt_out: sample.is_opt_out, is_sure: is_sure(&tokens) };
    (!comes_first).then_some(scored)
}

fn tell(unseen: &[Scored], thresholds: &Thresholds) {
    let counts = |from: f32, is_opt_out: bool| {
        unseen.iter().filter(|scored| scored.is_opt_out == is_opt_out && scored.score >= from).count()
    };
    let opt_outs = counts(f32::NEG_INFINITY, true);
    println!(
        "of {opt_outs} unseen opt-outs {} obeyed, {} heard; of {} ordinary texts {} and {}",
        counts(thresholds.certain_from, true),
        counts(thresholds.doubt_from, true),
        counts(f32::NEG_INFINITY, false),
        counts(thresholds.certain_from, false),
        counts(thresholds.doubt_from, false),
    );
}

/// The network in the few bytes that are shipped.
fn quantise(networks: &Networks, fingerprint: u64, thresholds: Thresholds) -> Model {
    let (bias, hidden_bias, hidden_worth, rows) = networks.learnt();
    let most = |weights: &mut dyn Iterator<Item = f32>| weights.fold(0.0_f32, |most, weight| most.max(weight.abs()));
    let own = most(&mut rows.iter().map(|row| row[0])) / 127.0;
    let others = most(&mut rows.iter().flat_map(|row| row[1..].iter().copied())) / 127.0;
    let scaled = |(at, weight): (usize, &f32)| (weight / if at == 0 { own } else { others }).round() as i8;
    let rows = rows.iter().flat_map(|row| row.iter().enumerate().map(scaled).map(i8::cast_unsigned)).collect();
    Model {
        fingerprint,
        thresholds,
        scales: [own, others],
        bias,
        hidden_bias,
        hidden_worth,
        rows,
        places: Cow::default(),
    }
}
