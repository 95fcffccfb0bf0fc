//! What became of a file: counts by kind of problem, refused rows in a file of their own, every row in a report.

use std::{
    collections::BTreeMap,
    fs::File,
    io::BufWriter,
    path::{Path, PathBuf},
};

use csv::{ByteRecord, Writer};

use super::sheet::Line;
use crate::{
    cli::Failure,
    domain::{
        address::Address,
        import::{Newcomer, Refusal, Standing},
    },
};

/// How many lines of each kind of problem are named.
const LINES_NAMED: usize = 5;
/// How many members a dry run shows.
const MEMBERS_SHOWN: usize = 10;

/// What has been seen of a file so far.
#[derive(Default)]
pub struct Told {
    kinds: BTreeMap<String, (u64, Vec<u64>)>,
    history_kinds: BTreeMap<String, (u64, Vec<u64>)>,
    /// How many rows were refused.
    pub refused: u64,
    shown: Vec<String>,
    agreed: u64,
    opted_out: u64,
    unasked: u64,
}

impl Told {
    /// A row that was refused, by the kind of problem.
    pub fn refused(&mut self, line: u64, kind: &str) {
        self.refused += 1;
        count(&mut self.kinds, line, kind);
    }

    /// A line of a history that was left out.
    pub fn history_refused(&mut self, line: u64, refusal: &Refusal) {
        count(&mut self.history_kinds, line, &refusal.to_string());
    }

    /// A row that is good.
    pub fn good(&mut self, newcomer: &Newcomer) {
        match newcomer.standing {
            Standing::Agreed { .. } => self.agreed += 1,
            Standing::OptedOut { .. } => self.opted_out += 1,
            Standing::Unasked => self.unasked += 1,
        }
        if self.shown.len() < MEMBERS_SHOWN {
            self.shown.push(shown(newcomer));
        }
    }

    /// The first members, as they would be.
    pub fn members_shown(&self) -> &[String] {
        &self.shown
    }

    /// How many agreed, opted out, were not asked.
    pub fn standings(&self) -> (u64, u64, u64) {
        (self.agreed, self.opted_out, self.unasked)
    }

    /// The kinds of problems, the most frequent first.
    pub fn problems(&self) -> Vec<String> {
        let mut problems = lines_of(&self.kinds, "");
        problems.extend(lines_of(&self.history_kinds, "history, "));
        problems
    }
}

fn count(kinds: &mut BTreeMap<String, (u64, Vec<u64>)>, line: u64, kind: &str) {
    let (count, lines) = kinds.entry(kind.to_owned()).or_default();
    *count += 1;
    if lines.len() < LINES_NAMED {
        lines.push(line);
    }
}

fn lines_of(kinds: &BTreeMap<String, (u64, Vec<u64>)>, of: &str) -> Vec<String> {
    let mut sorted: Vec<_> = kinds.iter().collect();
    sorted.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    let told = |(kind, (count, lines)): (&String, &(u64, Vec<u64>))| {
        let named: Vec<String> = lines.iter().map(u64::to_string).collect();
        let more = if *count > lines.len() as u64 { ", …" } else { "" };
        format!("{of}{kind}: {count} (line {}{more})", named.join(", "))
    };
    sorted.into_iter().map(told).collect()
}

/// A member in a line, the phone masked.
fn shown(newcomer: &Newcomer) -> String {
    let phone = Address::parse(&newcomer.phone).map(|address| address.to_string()).unwrap_or_default();
    let name = newcomer.first_name.as_deref().unwrap_or("(no name)");
    let birthday = newcomer.birthday.map(|day| format!(", birthday {day}")).unwrap_or_default();
    let stamps =
        if newcomer.opening.stamps > 0 { format!(", {} stamps", newcomer.opening.stamps) } else { String::new() };
    let standing = match &newcomer.standing {
        Standing::Agreed { at: Some(at), .. } => format!("agreed on {}", at.date_naive()),
        Standing::Agreed { at: None, .. } => "agreed".to_owned(),
        Standing::OptedOut { .. } => "opted out".to_owned(),
        Standing::Unasked => "gets no texts".to_owned(),
    };
    format!(
        "{phone}  {name}, {}, {} points{stamps}{birthday}, {standing}",
        newcomer.language.code(),
        newcomer.opening.points
    )
}

/// A file that rows are written to, which is there once there is one.
pub struct Rows {
    path: PathBuf,
    headings: ByteRecord,
    writer: Option<Writer<BufWriter<File>>>,
}

impl Rows {
    /// A file with these headings.
    pub fn at(path: PathBuf, headings: ByteRecord) -> Self {
        Self { path, headings, writer: None }
    }

    /// The file of rows that were refused: the columns of the file, the line and the reason.
    pub fn refused(path: PathBuf, headings: &ByteRecord) -> Self {
        let kept = headings.iter().filter(|heading| !OUR_OWN.iter().any(|ours| ours.as_bytes() == *heading));
        let mut columns: ByteRecord = kept.collect();
        OUR_OWN.iter().for_each(|ours| columns.push_field(ours.as_bytes()));
        Self::at(path, columns)
    }

    /// Writes a row that was refused.
    pub fn refuse(&mut self, line: &Line, reason: &str) -> Result<(), Failure> {
        let columns = self.headings.len() - OUR_OWN.len();
        let mut cells: ByteRecord = line.cells.iter().take(columns).collect();
        while cells.len() < columns {
            cells.push_field(b"");
        }
        cells.push_field(line.number.to_string().as_bytes());
        cells.push_field(reason.as_bytes());
        self.write(&cells)
    }

    /// Writes a row.
    pub fn write(&mut self, cells: &ByteRecord) -> Result<(), Failure> {
        let writer = match &mut self.writer {
            Some(writer) => writer,
            None => {
                let mut writer = Writer::from_writer(BufWriter::new(create(&self.path)?));
                writer.write_byte_record(&self.headings).map_err(|error| cannot_write(&self.path, &error))?;
                self.writer.insert(writer)
            }
        };
        writer.write_byte_record(cells).map_err(|error| cannot_write(&self.path, &error))
    }

    /// Brings all of it to the disk. Whether there is any, and where.
    pub fn finish(mut self) -> Result<Option<PathBuf>, Failure> {
        let Some(writer) = &mut self.writer else { return Ok(None) };
        writer.flush().map_err(|error| cannot_write(&self.path, &error))?;
        Ok(Some(self.path))
    }
}

/// What we add to rows that were refused.
const OUR_OWN: [&str; 2] = ["refused_line", "refused_reason"];

/// What stands in it is for the owner alone.
pub fn create(path: &Path) -> Result<File, Failure> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|error| cannot_write(path, &error))
}

fn cannot_write(path: &Path, error: &dyn std::fmt::Display) -> Failure {
    Failure::new(1, format!("{} cannot be written: {error}", path.display()))
}
