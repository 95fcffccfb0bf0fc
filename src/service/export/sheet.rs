//! Lines of a file: CSV that no spreadsheet runs, or JSON.

use serde_json::{Map, Value};

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated, quoted where it must be (RFC 4180).
    Csv,
    /// A JSON object a line.
    Json,
}

impl Format {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// Reads the word; `None` for another.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Csv, Self::Json].into_iter().find(|format| format.word() == word)
    }

    pub(super) fn heading(self, columns: &[&str]) -> String {
        match self {
            Self::Csv => columns.join(",") + "\r\n",
            Self::Json => String::new(),
        }
    }

    pub(super) fn write(self, columns: &[&str], cells: &[Cell], lines: &mut String) {
        match self {
            Self::Csv => {
                let cells: Vec<String> = cells.iter().map(Cell::in_csv).collect();
                lines.push_str(&cells.join(","));
                lines.push_str("\r\n");
            }
            Self::Json => {
                let named = columns.iter().zip(cells).map(|(name, cell)| ((*name).to_owned(), cell.in_json()));
                lines.push_str(&Value::Object(Map::from_iter(named)).to_string());
                lines.push('\n');
            }
        }
    }
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    Text(String),
    Number(i64),
    Nothing,
}

impl Cell {
    pub(super) fn text(text: Option<&str>) -> Self {
        text.filter(|text| !text.is_empty()).map_or(Self::Nothing, |text| Self::Text(text.to_owned()))
    }

    fn in_csv(&self) -> String {
        match self {
            Self::Text(text) => quoted(&harmless(text)),
            Self::Number(number) => number.to_string(),
            Self::Nothing => String::new(),
        }
    }

    fn in_json(&self) -> Value {
        match self {
            Self::Text(text) => text.as_str().into(),
            Self::Number(number) => (*number).into(),
            Self::Nothing => Value::Null,
        }
    }
}

/// What a spreadsheet would run as a formula gets an apostrophe before it (OWASP, CSV injection). A phone does not: + and digits
/// alone compute nothing, and other systems are to read the file.
fn harmless(text: &str) -> String {
    let is_phone = text.strip_prefix('+').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
    let may_run = text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    if may_run && !is_phone { format!("'{text}") } else { text.to_owned() }
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r', ';', '\t']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_do_not_run_and_phones_stay_phones() {
        for (text, cell) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-2+3", "'-2+3"),
            ("+14155550123", "+14155550123"),
            ("+1+1", "'+1+1"),
            ("say \"hi\", Ana", "\"say \"\"hi\"\", Ana\""),
            ("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""),
        ] {
            assert_eq!(Cell::text(Some(text)).in_csv(), cell, "{text}");
        }
        assert_eq!(Cell::Number(-3).in_csv(), "-3");
    }
}
