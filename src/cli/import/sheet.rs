//! A file of members as people export it: comma, semicolon or tab, with or without a mark of its encoding, its columns called
//! whatever the other system calls them.

use std::{
    fs::File,
    io::{BufRead, BufReader, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use csv::ByteRecord;
use sha2::{Digest, Sha256};

use crate::{
    cli::{Failure, NO_INPUT, WRONG_INPUT},
    domain::import::{
        columns::{field_of, plain},
        row::{Field, RawRow},
    },
};

/// How much of a file is looked at to learn what parts its columns.
const LOOKED_AT_BYTES: u64 = 64 * 1024;

/// A file with what each of its columns holds.
pub struct Sheet {
    path: PathBuf,
    delimiter: u8,
    begins_at: u64,
    /// The headings, as they are written.
    pub headings: ByteRecord,
    fields: Vec<Option<Field>>,
}

/// A line of a file.
pub struct Line {
    /// Its number in the file, from 1.
    pub number: u64,
    /// Its cells as they are.
    pub cells: ByteRecord,
}

impl Sheet {
    /// Opens a file. `named` are columns that the caller names: (field, heading).
    pub fn open(path: &Path, named: &[(Field, String)], needed: &[Field]) -> Result<Self, Failure> {
        let mut file = BufReader::new(open(path)?);
        let mut beginning = Vec::new();
        file.by_ref().take(LOOKED_AT_BYTES).read_to_end(&mut beginning).map_err(|error| unreadable(path, &error))?;
        if beginning.starts_with(&[0xff, 0xfe]) || beginning.starts_with(&[0xfe, 0xff]) || beginning.contains(&0) {
            return Err(wrong(path, "is no CSV in UTF-8; export it as \"CSV UTF-8 (comma delimited)\""));
        }
        let begins_at = if beginning.starts_with(&[0xef, 0xbb, 0xbf]) { 3 } else { 0 };
        let first_line = beginning[begins_at..].split(|byte| *byte == b'\n').next().unwrap_or_default();
        let delimiter = delimiter_of(first_line);
        let mut sheet = Self {
            path: path.to_owned(),
            delimiter,
            begins_at: begins_at as u64,
            headings: ByteRecord::new(),
            fields: Vec::new(),
        };
        let mut lines = sheet.reader()?;
        sheet.headings = lines.byte_headers().map_err(|error| wrong(path, &error.to_string()))?.clone();
        sheet.name_columns(named)?;
        for field in needed {
            if !sheet.fields.contains(&Some(*field)) {
                let word = field.word();
                let has = sheet.written_headings().join(", ");
                let hint = format!("has no column for {word}; it has: {has}. Say which it is: --map {word}=HEADING");
                return Err(wrong(path, &hint));
            }
        }
        Ok(sheet)
    }

    fn name_columns(&mut self, named: &[(Field, String)]) -> Result<(), Failure> {
        let headings = self.written_headings();
        let mut fields: Vec<Option<Field>> = vec![None; headings.len()];
        for (field, heading) in named {
            let place = headings.iter().position(|one| plain(one) == plain(heading));
            let place = place.ok_or_else(|| wrong(&self.path, &format!("has no column called {heading}")))?;
            fields[place] = Some(*field);
        }
        // Our own names first: of "Name" and "First name" the second is the one.
        let by_our_word = |heading: &str| field_of(heading).filter(|field| plain(field.word()) == plain(heading));
        for find in [&by_our_word as &dyn Fn(&str) -> Option<Field>, &field_of] {
            for (place, heading) in headings.iter().enumerate() {
                if let Some(field) =
                    find(heading).filter(|field| fields[place].is_none() && !fields.contains(&Some(*field)))
                {
                    fields[place] = Some(field);
                }
            }
        }
        self.fields = fields;
        Ok(())
    }

    fn written_headings(&self) -> Vec<String> {
        self.headings.iter().map(|heading| decoded(heading).into_owned()).collect()
    }

    /// Columns that nothing is known of: they are not imported.
    pub fn unused_columns(&self) -> Vec<String> {
        let unused = self.written_headings().into_iter().zip(&self.fields);
        let is_unused =
            |field: &Option<Field>| matches!(field, None | Some(Field::LastName | Field::At | Field::Reason));
        unused.filter(|(heading, field)| is_unused(field) && !heading.is_empty()).map(|(heading, _)| heading).collect()
    }

    /// The lines behind the headings.
    pub fn lines(&self) -> Result<impl Iterator<Item = Result<Line, Failure>> + use<>, Failure> {
        let (mut reader, path) = (self.reader()?, self.path.clone());
        reader.byte_headers().map_err(|error| wrong(&path, &error.to_string()))?;
        Ok(std::iter::from_fn(move || {
            let mut cells = ByteRecord::new();
            match reader.read_byte_record(&mut cells) {
                Ok(false) => None,
                Ok(true) => {
                    let number = cells.position().map_or(0, csv::Position::line);
                    Some(Ok(Line { number, cells }))
                }
                Err(error) => Some(Err(wrong(&path, &error.to_string()))),
            }
        }))
    }

    /// How many lines there are, and the SHA-256 of all of them.
    pub fn count_and_hash(&self, hash: &mut Sha256) -> Result<u64, Failure> {
        let mut file = BufReader::with_capacity(1 << 20, open(&self.path)?);
        loop {
            let bytes = file.fill_buf().map_err(|error| unreadable(&self.path, &error))?;
            if bytes.is_empty() {
                break;
            }
            hash.update(bytes);
            let read = bytes.len();
            file.consume(read);
        }
        let mut reader = self.reader()?;
        let (mut cells, mut count) = (ByteRecord::new(), 0);
        while reader.read_byte_record(&mut cells).map_err(|error| wrong(&self.path, &error.to_string()))? {
            count += 1;
        }
        Ok(count)
    }

    /// What stands in the columns that are known.
    pub fn row(&self, line: &Line) -> RawRow {
        let mut row = RawRow::default();
        for (cell, field) in line.cells.iter().zip(&self.fields) {
            if let Some(place) = field.and_then(|field| row.cell_mut(field)) {
                decoded(cell).as_ref().clone_into(place);
            }
        }
        row
    }

    /// A cell of a line by what it holds.
    pub fn cell(&self, line: &Line, field: Field) -> String {
        let place = self.fields.iter().position(|known| *known == Some(field));
        place.and_then(|place| line.cells.get(place)).map_or_else(String::new, |cell| decoded(cell).into_owned())
    }

    fn reader(&self) -> Result<csv::Reader<File>, Failure> {
        let mut file = open(&self.path)?;
        file.seek(SeekFrom::Start(self.begins_at)).map_err(|error| unreadable(&self.path, &error))?;
        let mut builder = csv::ReaderBuilder::new();
        builder.delimiter(self.delimiter).flexible(true).buffer_capacity(1 << 18);
        Ok(builder.from_reader(file))
    }
}

/// What parts the columns: whatever of it the first line has most, outside of quotes.
fn delimiter_of(first_line: &[u8]) -> u8 {
    let mut is_quoted = false;
    let outside = first_line.iter().filter(|byte| {
        is_quoted ^= **byte == b'"';
        !is_quoted
    });
    let outside: Vec<u8> = outside.copied().collect();
    let count = |delimiter: &u8| outside.iter().filter(|byte| *byte == delimiter).count();
    // Of equally many the first: a single column has none of them.
    [b'|', b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

/// UTF-8, or what Windows calls ANSI, whose letters are those of Latin-1.
fn decoded(cell: &[u8]) -> std::borrow::Cow<'_, str> {
    match std::str::from_utf8(cell) {
        Ok(text) => text.into(),
        Err(_) => cell.iter().map(|byte| char::from(*byte)).collect::<String>().into(),
    }
}

fn open(path: &Path) -> Result<File, Failure> {
    File::open(path).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(NO_INPUT, format!("{} cannot be read: {error}", path.display()))
}

fn wrong(path: &Path, what: &str) -> Failure {
    Failure::new(WRONG_INPUT, format!("{} {what}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_parts_columns_is_found_out() {
        for (line, delimiter) in [
            ("phone,name,points", b','),
            ("phone;name;points", b';'),
            ("phone\tname\tpoints", b'\t'),
            ("\"a;b;c;d\",name", b','),
            ("phone", b','),
        ] {
            assert_eq!(delimiter_of(line.as_bytes()), delimiter, "{line}");
        }
    }

    #[test]
    fn letters_of_windows_are_read() {
        assert_eq!(decoded(b"Ren\xe9e"), "Renée");
        assert_eq!(decoded("Renée 手机".as_bytes()), "Renée 手机");
    }
}
