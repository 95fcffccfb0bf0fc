//! `import`: members of another system, with balances, history and consent, into a running gateway or its database. The same
//! command again goes on where it was stopped, and brings nobody's points twice.

mod example;
mod history;
mod rows;
mod sheet;
mod sink;
mod stretch;
mod told;

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use csv::ByteRecord;
use indicatif::{ProgressBar, ProgressStyle};
use sha2::{Digest, Sha256};
use tokio::sync::mpsc;

pub use told::create;

use self::{
    history::History,
    rows::{Read, ReadSet, Reading, ToldLine},
    sheet::Sheet,
    sink::{Begun, Outcome, Sink},
    told::{Rows, Told},
};
use super::{Failure, STOPPED, WRONG_INPUT, asked_to_stop, gateway::Access, place::Place};
use crate::{
    config::Settings,
    domain::import::{
        columns::field_of,
        row::{CELL_CHARS_MAX, Field},
    },
    service::import::{NewImport, Options, SOURCE_CHARS_MAX},
};

/// How many sets are ready ahead of the one that is written: while they go in, the next stretch of the file is read.
const SETS_AHEAD: usize = 20;

/// What `import` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file of members: CSV with headings, a phone in each row
    #[arg(required_unless_present = "example")]
    file: Option<PathBuf>,
    #[command(flatten)]
    access: Access,
    /// The shop, by name or id; may be left out where there is but one
    #[arg(long)]
    shop: Option<String>,
    /// How balances came about: a CSV of phone, at, points, reason
    #[arg(long, value_name = "FILE")]
    history: Option<PathBuf>,
    /// Which column is what, where it is not found: phone=Mobile; may be given again
    #[arg(long, value_name = "FIELD=HEADING")]
    map: Vec<String>,
    /// What the other system is called; points of one source are added once. The file's name where left out
    #[arg(long)]
    source: Option<String>,
    /// The country of phones without a country code (US, RO …); that of the shop's number where left out
    #[arg(long)]
    country: Option<String>,
    /// Take rows without consent too, as members who get no texts until they text a keyword
    #[arg(long)]
    without_consent: bool,
    /// What members were shown when they agreed, where the file does not say
    #[arg(long, value_name = "TEXT", default_value = "")]
    consent_text: String,
    /// Write nothing: say what would happen
    #[arg(long)]
    dry_run: bool,
    /// Say of every row what became of it, in a CSV
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Say how it ended as JSON
    #[arg(long)]
    json: bool,
    /// Print a file of so many made-up members, to try it with
    #[arg(long, value_name = "MEMBERS", conflicts_with_all = ["file", "dry_run"])]
    example: Option<u64>,
}

/// What came of all sets.
#[derive(Default)]
struct Sums {
    rows_before: i64,
    rows_done: i64,
    added: i64,
    known: usize,
    repeated: usize,
    points: i64,
}

/// Does it.
pub async fn run(args: Args, settings: impl FnOnce() -> Result<Settings, Failure>) -> Result<(), Failure> {
    if let Some(members) = args.example {
        return example::print(members);
    }
    let file = args.file.clone().unwrap_or_default();
    let named = args.map.iter().map(|map| read_map(map)).collect::<Result<Vec<_>, _>>()?;
    let sheet = Sheet::open(&file, &named, &[Field::Phone])?;
    let past = args.history.as_deref();
    let past = past.map(|path| Sheet::open(path, &[], &[Field::Phone, Field::At, Field::Points])).transpose()?;
    let new = new_import(&args, &file)?;
    let mut hash = Sha256::new();
    let rows = sheet.count_and_hash(&mut hash)?;
    past.as_ref().map(|past| past.count_and_hash(&mut hash)).transpose()?;
    args.map.iter().for_each(|map| hash.update(map));
    // Places count in the order in which rows are handed in.
    hash.update(format!("by phone, {} rows", stretch::ROWS));
    let sink = match args.access.gateway()? {
        Some(gateway) => Sink::Gateway(gateway),
        None => Sink::Database(Box::new(Place::open(&settings()?).await?)),
    };
    let shop_id = sink.shop(args.shop.as_deref()).await?;
    let mut begun = sink.begin(&NewImport { shop_id, fingerprint: hex::encode(hash.finalize()), ..new }).await?;
    let total = i64::try_from(rows).unwrap_or(i64::MAX);
    if begun.rows_done >= total && total > 0 && !args.dry_run {
        println!("All {rows} rows of {} are imported already; nothing is left to do.", file.display());
        return sink.close().await;
    }
    let reader = begun.terms.reader(sink::now());
    let mut told = Told::default();
    let history = past.map(|past| History::read(&past, &reader, &mut told)).transpose()?.unwrap_or_default();
    let unused = sheet.unused_columns();
    let reading = Reading {
        reader,
        history,
        told,
        rows_done: begun.rows_done,
        wants_text: sink.wants_text(),
        wants_lines: args.report.is_some(),
        refused: Rows::refused(refused_path(&file), &sheet.headings),
        sheet,
    };
    let began = Instant::now();
    let (sums, read) = take_all(&args, &sink, &mut begun, reading, total).await?;
    sink.close().await?;
    let Some(read) = read else {
        let done = sums.rows_done;
        return Err(Failure::new(
            STOPPED,
            format!("stopped after {done} of {rows} rows; the same command goes on there"),
        ));
    };
    let summary =
        Summary { args: &args, rows, sums: &sums, read: &read, unused: &unused, took: began.elapsed(), id: begun.id };
    if args.json {
        summary.print_json()
    } else {
        summary.print()
    }
    Ok(())
}

/// Hands all sets in as they are read; what was read is `None` where somebody wanted it to stop.
async fn take_all(
    args: &Args,
    sink: &Sink,
    begun: &mut Begun,
    reading: Reading,
    total: i64,
) -> Result<(Sums, Option<Read>), Failure> {
    let mut stop = std::pin::pin!(asked_to_stop()?);
    let mut report = args.report.clone().map(Report::at);
    let mut sums = Sums { rows_before: begun.rows_done, rows_done: begun.rows_done, ..Sums::default() };
    let bar = bar(total, begun.rows_done);
    let (sender, mut sets) = mpsc::channel(SETS_AHEAD);
    let thread = tokio::task::spawn_blocking(move || reading.run(&sender));
    loop {
        let next = tokio::select! {
            biased;
            () = &mut stop => {
                bar.abandon();
                sets.close();
                drop(sets);
                thread.await.map_err(|error| Failure::new(1, error))??;
                return Ok((sums, None));
            }
            next = sets.recv() => next,
        };
        let Some(ReadSet { set, refused, lines, ends_stretch }) = next else { break };
        let until = set.until;
        let is_done = until <= begun.rows_done && !args.dry_run;
        let outcome = if is_done { Outcome::default() } else { sink.take(begun, set).await? };
        if let Some(report) = &mut report {
            report.tell(lines, &outcome, is_done);
            if ends_stretch {
                report.write_told()?;
            }
        }
        sums.added += outcome.added;
        sums.known += outcome.known.len();
        sums.repeated += outcome.repeated.len();
        sums.points += outcome.points;
        sums.rows_done = sums.rows_done.max(until);
        bar.set_position(u64::try_from(until).unwrap_or_default());
        bar.set_message(format!("{refused} refused"));
    }
    bar.finish_and_clear();
    if let Some(report) = report {
        report.rows.finish()?;
    }
    let read = thread.await.map_err(|error| Failure::new(1, error))??;
    Ok((sums, Some(read)))
}

/// What became of each row, in the order of the file.
struct Report {
    rows: Rows,
    /// Of the stretch that is handed in: the line, and what is written of it.
    told: Vec<(u64, ByteRecord)>,
}

impl Report {
    fn at(path: PathBuf) -> Self {
        Self { rows: Rows::at(path, ["line", "phone", "outcome", "detail"].iter().collect()), told: Vec::new() }
    }

    /// Notes what became of the rows of a set.
    fn tell(&mut self, lines: Vec<ToldLine>, outcome: &Outcome, is_done: bool) {
        let refused_there = |place: i64| outcome.refused.iter().find(|refused| refused.row == place);
        for ToldLine { place, line, phone, refused } in lines {
            let there = refused_there(place).map(|refused| format!("{}: {}", refused.field, refused.detail));
            let (what, detail) = match refused.or(there) {
                Some(reason) => ("refused", reason),
                None if is_done => ("done before", String::new()),
                None if outcome.repeated.binary_search(&place).is_ok() => {
                    ("already imported", "nothing was added".to_owned())
                }
                None if outcome.known.binary_search(&place).is_ok() => {
                    ("already a member", "points were added".to_owned())
                }
                None => ("added", String::new()),
            };
            self.told.push((line, [line.to_string().as_str(), &phone, what, &detail].iter().collect()));
        }
    }

    fn write_told(&mut self) -> Result<(), Failure> {
        self.told.sort_unstable_by_key(|(line, _)| *line);
        self.told.drain(..).try_for_each(|(_, cells)| self.rows.write(&cells))
    }
}

fn new_import(args: &Args, file: &Path) -> Result<NewImport, Failure> {
    let source = args.source.clone().unwrap_or_else(|| source_of(file));
    let source = source.trim().to_owned();
    if source.is_empty() || source.chars().count() > SOURCE_CHARS_MAX || source.chars().any(char::is_control) {
        return Err(Failure::new(
            WRONG_INPUT,
            format!("--source must be a name of 1 to {SOURCE_CHARS_MAX} characters"),
        ));
    }
    if args.consent_text.chars().count() > CELL_CHARS_MAX {
        return Err(Failure::new(WRONG_INPUT, format!("--consent-text has at most {CELL_CHARS_MAX} characters")));
    }
    let options = Options {
        dry_run: args.dry_run,
        without_consent: args.without_consent,
        consent_text: args.consent_text.trim().to_owned(),
        country: args.country.as_deref().map(str::to_uppercase),
    };
    Ok(NewImport { shop_id: uuid::Uuid::nil(), source, fingerprint: String::new(), options })
}

/// The file's name, and of its refused rows the same: mended, they come from the same source.
fn source_of(file: &Path) -> String {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    name.replace(".refused", "").chars().take(SOURCE_CHARS_MAX).collect()
}

/// `members.csv` → `members.refused.csv`, beside it.
fn refused_path(file: &Path) -> PathBuf {
    let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    file.with_file_name(format!("{stem}.refused.csv"))
}

fn read_map(map: &str) -> Result<(Field, String), Failure> {
    let parts = map.split_once('=').and_then(|(field, heading)| Some((field_of(field)?, heading.to_owned())));
    parts.ok_or_else(|| {
        Failure::new(WRONG_INPUT, format!("--map {map} must be a field and a heading, such as phone=Mobile"))
    })
}

/// Hidden where nobody looks: in a pipe or a file.
fn bar(total: i64, done: i64) -> ProgressBar {
    let bar = ProgressBar::new(u64::try_from(total).unwrap_or_default());
    let style = ProgressStyle::with_template("{bar:30} {human_pos} of {human_len} rows, {per_sec}, {eta} left, {msg}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.set_position(u64::try_from(done).unwrap_or_default());
    bar.reset_eta();
    bar
}

/// How it ended.
struct Summary<'a> {
    args: &'a Args,
    rows: u64,
    sums: &'a Sums,
    read: &'a Read,
    unused: &'a [String],
    took: Duration,
    id: uuid::Uuid,
}

impl Summary<'_> {
    fn print(&self) {
        let Self { args, rows, sums, read, unused, took, .. } = self;
        let (agreed, opted_out, unasked) = read.told.standings();
        let would = if args.dry_run { "Would be imported" } else { "Imported" };
        println!("{would} from {rows} rows: {} new members, {} points.", sums.added, sums.points);
        println!("Were members already: {}, of whom {} came from this source before.", sums.known, sums.repeated);
        println!(
            "Agreed to texts: {agreed}. Opted out: {opted_out}. Get no texts until they text a keyword: {unasked}."
        );
        if !unused.is_empty() {
            println!("Columns that are not imported: {}.", unused.join(", "));
        }
        if read.history_left > 0 {
            println!("Phones of the history that no row has: {}.", read.history_left);
        }
        if args.dry_run && !read.told.members_shown().is_empty() {
            println!("The first of them:");
            read.told.members_shown().iter().for_each(|member| println!("  {member}"));
        }
        println!("Refused: {}.", read.told.refused);
        read.told.problems().iter().for_each(|problem| println!("  {problem}"));
        if let Some(path) = &read.refused {
            println!("They are in {}; mend and import that file.", path.display());
        }
        let rate = (sums.rows_done - sums.rows_before) as f64 / took.as_secs_f64().max(0.001);
        println!("Took {:.1} seconds, {rate:.0} rows a second.", took.as_secs_f64());
    }

    fn print_json(&self) {
        let Self { args, rows, sums, read, unused, took, id } = self;
        let (agreed, opted_out, unasked) = read.told.standings();
        let told = serde_json::json!({
            "import_id": id, "dry_run": args.dry_run, "rows": rows, "added": sums.added, "points": sums.points,
            "known": sums.known, "repeated": sums.repeated, "refused": read.told.refused,
            "problems": read.told.problems(), "refused_file": read.refused, "unused_columns": unused,
            "agreed": agreed, "opted_out": opted_out, "without_consent": unasked, "history_left": read.history_left,
            "seconds": took.as_secs_f64(),
        });
        println!("{told}");
    }
}
