//! How far it is: a bar on a terminal, a line now and then elsewhere. All on standard error.

use std::io::Write;
use std::time::{Duration, Instant};

use indicatif::{HumanCount, ProgressBar, ProgressStyle};

/// How often a line is written where no bar can be drawn.
const LINE_EVERY: Duration = Duration::from_secs(10);

/// One step of the day.
pub struct Step {
    name: String,
    total: u64,
    bar: ProgressBar,
    line_at: Instant,
}

impl Step {
    /// Begins a step of so many texts.
    pub fn begin(name: impl Into<String>, total: u64) -> Self {
        let name = name.into();
        let bar = ProgressBar::new(total);
        let style = ProgressStyle::with_template("{prefix:<24} {bar:32} {human_pos:>9} of {human_len}  {msg}");
        if let Ok(style) = style {
            bar.set_style(style);
        }
        bar.set_prefix(name.clone());
        Self { name, total, bar, line_at: Instant::now() }
    }

    /// So many are done.
    pub fn reach(&mut self, done: u64, note: impl Into<String>) {
        let note = note.into();
        if self.bar.is_hidden() && self.line_at.elapsed() >= LINE_EVERY {
            self.line_at = Instant::now();
            self.write_line(done, &note);
        }
        self.bar.set_message(note);
        self.bar.set_position(done);
    }

    /// The step is over.
    pub fn finish(mut self, done: u64, note: impl Into<String>) {
        let note = note.into();
        // Texts that are played over and over are more than we knew of.
        self.total = self.total.max(done);
        self.bar.set_length(self.total);
        if self.bar.is_hidden() {
            self.write_line(done, &note);
        }
        self.bar.set_position(done);
        self.bar.abandon_with_message(note);
    }

    fn write_line(&self, done: u64, note: &str) {
        let (name, total) = (&self.name, HumanCount(self.total));
        say(&format!("{name}: {} of {total}  {note}", HumanCount(done)));
    }
}

/// Writes a line to whoever watches. That nobody does is no reason to fail.
pub fn say(line: &str) {
    writeln!(std::io::stderr(), "{}", line.trim_end()).ok();
}
