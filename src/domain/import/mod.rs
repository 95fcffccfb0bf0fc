//! Members of another system, as its file has them: each row is taken as a whole, or refused with a reason. Reading is pure, so
//! the same row is always read the same, here or at whoever sends it.

mod amount;
pub mod columns;
mod moment;
mod phone;
pub mod row;
mod yes_no;

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

pub use amount::POINTS_MAX;
use row::{CELL_CHARS_MAX, Field, HISTORY_MAX, RawPast, RawRow, plain};
use yes_no::Said;

use super::{
    country::Country,
    language::Language,
    profile::{
        birthday::{Birthday, DateOrder},
        name::FirstName,
    },
    program::Program,
    purse::import::{Opening, Past},
    shop::{Sender, Shop},
};

/// The most stamps that a row may bring.
const STAMPS_MAX: i64 = 1_000;

/// How the rows of a shop's file are read, in words: what a reader anywhere needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// The country of phones without a country code; nothing where it is not known.
    pub country: Option<String>,
    /// Which number of 5/3 is the month.
    pub date_order: DateOrder,
    /// The language of members of whom none is known.
    pub language: String,
    /// The zone of times without one.
    pub time_zone: String,
    /// The levels of the shop's program: (id, what they are called).
    pub levels: Vec<(String, Vec<String>)>,
    /// Whether the program has a punch card.
    pub has_card: bool,
    /// Whether rows without consent are taken, as members who get no texts.
    pub without_consent: bool,
    /// What those were shown of whom the file does not say.
    pub consent_text: String,
}

/// The same, ready for use.
#[derive(Debug, Clone)]
pub struct Reader {
    country: Option<Country>,
    date_order: DateOrder,
    language: Language,
    time_zone: chrono_tz::Tz,
    levels: Vec<(String, Vec<String>)>,
    has_card: bool,
    without_consent: bool,
    consent_text: String,
    now: DateTime<Utc>,
}

/// A member of another system, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Newcomer {
    /// In E.164.
    pub phone: String,
    /// The language they are answered in.
    pub language: Language,
    /// What they want to be called.
    pub first_name: Option<String>,
    /// Their birthday.
    pub birthday: Option<Birthday>,
    /// When they joined.
    pub joined_at: Option<DateTime<Utc>>,
    /// What they held.
    pub opening: Opening,
    /// Whether they may be texted.
    pub standing: Standing,
    /// What the other system calls them.
    pub external_id: String,
    /// What staff wrote about them.
    pub note: String,
}

/// Whether somebody may be texted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// They agreed.
    Agreed {
        /// When, where that is known.
        at: Option<DateTime<Utc>>,
        /// How, in the other system's words.
        how: String,
        /// What they were shown.
        shown: String,
    },
    /// They opted out.
    OptedOut {
        /// When, where that is known.
        at: Option<DateTime<Utc>>,
    },
    /// Nobody says that they agreed: they are sent nothing until they text a keyword.
    Unasked,
}

/// Why a row is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {sentence}", .field.word())]
pub struct Refusal {
    /// The cell.
    pub field: Field,
    /// What is wrong with it and what to do; the same for the same mistake, so that equal ones can be counted.
    pub sentence: String,
}

impl Refusal {
    /// A cell that is wrong.
    pub fn new(field: Field, sentence: impl Into<String>) -> Self {
        Self { field, sentence: sentence.into() }
    }
}

impl Terms {
    /// Those of a shop, whose program and sender these are.
    pub fn of(shop: &Shop, sender: Option<&Sender>, program: &Program) -> Self {
        let of_sender = sender.and_then(|sender| Country::of_phone(sender.address.phone()?));
        // A currency's code begins with that of its country: USD, RON.
        let of_currency = || Country::from_code(shop.currency.get(..2)?);
        let levels = program.tiers.iter().flat_map(|tiers| &tiers.levels);
        Self {
            country: of_sender.or_else(of_currency).map(|country| country.to_string()),
            date_order: shop.date_order,
            language: shop.language.code().to_owned(),
            time_zone: shop.time_zone.name().to_owned(),
            levels: levels.map(|level| (level.id.clone(), level.name.all().map(str::to_owned).collect())).collect(),
            has_card: program.cards().next().is_some(),
            without_consent: false,
            consent_text: String::new(),
        }
    }

    /// Ready to read at `now`.
    pub fn reader(&self, now: DateTime<Utc>) -> Reader {
        let levels = self.levels.iter();
        let plain_names = |names: &Vec<String>| names.iter().map(|name| columns::plain(name)).collect();
        Reader {
            country: self.country.as_deref().and_then(Country::from_code),
            date_order: self.date_order,
            language: Language::from_code(&self.language).unwrap_or_default(),
            time_zone: self.time_zone.parse().unwrap_or(chrono_tz::UTC),
            levels: levels.map(|(id, names)| (id.clone(), plain_names(names))).collect(),
            has_card: self.has_card,
            without_consent: self.without_consent,
            consent_text: self.consent_text.clone(),
            now,
        }
    }
}

impl Reader {
    /// Reads a row.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn read(&self, row: &RawRow) -> Result<Newcomer, Refusal> {
        let phone = self.phone(&row.phone)?;
        let language = self.language_of(plain(&row.language));
        let first_name = name_of(plain(&row.first_name));
        let birthday = match plain(&row.birthday) {
            "" => None,
            typed => {
                let read = moment::read_birthday(short(Field::Birthday, typed)?, self.date_order);
                Some(read.ok_or_else(|| Refusal::new(Field::Birthday, "is no day and month"))?)
            }
        };
        let joined_at = self.moment(Field::JoinedAt, &row.joined_at)?;
        let standing = self.standing(row)?;
        let opening = self.opening(row)?;
        let external_id = short(Field::ExternalId, plain(&row.external_id))?.to_owned();
        let note = short(Field::Note, plain(&row.note))?.to_owned();
        Ok(Newcomer { phone, language, first_name, birthday, joined_at, opening, standing, external_id, note })
    }

    /// Reads a phone.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn phone(&self, cell: &str) -> Result<String, Refusal> {
        match plain(cell) {
            "" => Err(Refusal::new(Field::Phone, "is missing")),
            typed => phone::read(typed, self.country).map_err(|why| Refusal::new(Field::Phone, why)),
        }
    }

    /// Reads a line of a history.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn past(&self, line: &RawPast) -> Result<Past, Refusal> {
        let at = self.moment(Field::At, &line.at)?.ok_or_else(|| Refusal::new(Field::At, "is missing"))?;
        let points = number(Field::Points, &line.points)?;
        let reason = Some(short(Field::Reason, plain(&line.reason))?).filter(|reason| !reason.is_empty());
        Ok(Past { at, points, reason: reason.map(str::to_owned) })
    }

    fn opening(&self, row: &RawRow) -> Result<Opening, Refusal> {
        if row.history.len() > HISTORY_MAX {
            return Err(Refusal::new(Field::Points, format!("has a history of more than {HISTORY_MAX} lines")));
        }
        let mut past: Vec<Past> = row.history.iter().map(|line| self.past(line)).collect::<Result<_, _>>()?;
        past.sort_by_key(|past| past.at);
        let told = past.iter().map(|past| past.points).sum();
        let points = if plain(&row.points).is_empty() { told } else { number(Field::Points, &row.points)? };
        let lifetime = number(Field::LifetimePoints, &row.lifetime_points)?.max(0);
        let stamps = number(Field::Stamps, &row.stamps)?;
        if !(0..=STAMPS_MAX).contains(&stamps) {
            return Err(Refusal::new(Field::Stamps, format!("must be from 0 to {STAMPS_MAX}")));
        }
        if stamps > 0 && !self.has_card {
            return Err(Refusal::new(Field::Stamps, "the shop's program has no punch card"));
        }
        Ok(Opening { points, lifetime, stamps, level: self.level(plain(&row.level))?, past })
    }

    /// By its id or by any of its names.
    fn level(&self, typed: &str) -> Result<Option<String>, Refusal> {
        let wanted = columns::plain(typed);
        if wanted.is_empty() {
            return Ok(None);
        }
        let is_meant = |(id, names): &&(String, Vec<String>)| columns::plain(id) == wanted || names.contains(&wanted);
        let found = self.levels.iter().find(is_meant).map(|(id, _)| id.clone());
        let known = || self.levels.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>().join(", ");
        match found {
            Some(id) => Ok(Some(id)),
            None if self.levels.is_empty() => Err(Refusal::new(Field::Level, "the shop's program has no levels")),
            None => Err(Refusal::new(Field::Level, format!("is none of the program's: {}", known()))),
        }
    }

    /// Who opted out is opted out, whatever they agreed to before.
    fn standing(&self, row: &RawRow) -> Result<Standing, Refusal> {
        let not_ahead = |at: Option<DateTime<Utc>>| at.map(|at| at.min(self.now));
        let consent = self.said(Field::Consent, &row.consent)?;
        match (self.said(Field::OptedOut, &row.opted_out)?, consent) {
            (Said::Yes(at), _) => return Ok(Standing::OptedOut { at: not_ahead(at) }),
            (Said::Out, _) | (_, Said::Out) => return Ok(Standing::OptedOut { at: None }),
            _ => {}
        }
        let consent_at = self.moment(Field::ConsentAt, &row.consent_at)?;
        let at = match consent {
            Said::Yes(at) => consent_at.or(at),
            Said::In => consent_at,
            // A moment of consent is consent, but for a "no".
            Said::Nothing if consent_at.is_some() => consent_at,
            _ if self.without_consent => return Ok(Standing::Unasked),
            _ => return Err(Refusal::new(Field::Consent, NO_CONSENT)),
        };
        let how = short(Field::ConsentHow, plain(&row.consent_how))?.to_owned();
        let shown = match short(Field::ConsentText, plain(&row.consent_text))? {
            "" => self.consent_text.clone(),
            shown => shown.to_owned(),
        };
        Ok(Standing::Agreed { at: not_ahead(at), how, shown })
    }

    fn said(&self, field: Field, cell: &str) -> Result<Said, Refusal> {
        let said = yes_no::read(plain(cell), |typed| self.moment_in(typed));
        said.ok_or_else(|| Refusal::new(field, "is neither yes nor no nor a date"))
    }

    fn moment(&self, field: Field, cell: &str) -> Result<Option<DateTime<Utc>>, Refusal> {
        let typed = plain(cell);
        if typed.is_empty() {
            return Ok(None);
        }
        let Some(at) = self.moment_in(typed) else {
            return Err(Refusal::new(field, "is no date, such as 2024-03-05"));
        };
        // Clocks differ, and a date is a day long.
        if at > self.now + Duration::days(1) || at.timestamp() < 0 {
            return Err(Refusal::new(field, "is in the future, or before 1970"));
        }
        Ok(Some(at.min(self.now)))
    }

    fn moment_in(&self, typed: &str) -> Option<DateTime<Utc>> {
        moment::read(typed, self.date_order, self.time_zone)
    }

    /// One that we do not speak is as if it were not known.
    fn language_of(&self, typed: &str) -> Language {
        let small = typed.to_lowercase();
        let by_code = small.split(['-', '_']).next().and_then(Language::from_code);
        let by_name =
            || LANGUAGE_NAMES.iter().find(|(name, _)| *name == small).and_then(|(_, code)| Language::from_code(code));
        by_code.or_else(by_name).unwrap_or(self.language)
    }
}

const NO_CONSENT: &str = "there is none, and who has not agreed may not be texted; --without-consent takes such rows as members \
                          who get no texts until they text a keyword";

/// What languages are called in files.
const LANGUAGE_NAMES: [(&str, &str); 12] = [
    ("english", "en"),
    ("spanish", "es"),
    ("español", "es"),
    ("espanol", "es"),
    ("french", "fr"),
    ("français", "fr"),
    ("francais", "fr"),
    ("romanian", "ro"),
    ("română", "ro"),
    ("romana", "ro"),
    ("chinese", "zh"),
    ("中文", "zh"),
];

/// A cell that is not too long.
fn short(field: Field, cell: &str) -> Result<&str, Refusal> {
    if cell.len() > CELL_CHARS_MAX && cell.chars().nth(CELL_CHARS_MAX).is_some() {
        return Err(Refusal::new(field, format!("has more than {CELL_CHARS_MAX} characters")));
    }
    if cell.contains('\0') {
        return Err(Refusal::new(field, "has a character that no text has"));
    }
    Ok(cell)
}

/// A blank cell is 0.
fn number(field: Field, cell: &str) -> Result<i64, Refusal> {
    match plain(cell) {
        "" => Ok(0),
        typed => amount::read(typed).map_err(|why| Refusal::new(field, why)),
    }
}

/// A name as it is written, or what of it is a first name. One that is none is left out: it is no reason to lose a member.
fn name_of(typed: &str) -> Option<String> {
    if typed.is_empty() {
        return None;
    }
    let is_one_word = !typed.contains(char::is_whitespace) && typed.chars().all(char::is_alphabetic);
    let is_written =
        typed.chars().next().is_some_and(char::is_uppercase) && typed.chars().skip(1).any(char::is_lowercase);
    let name = if is_one_word && is_written { FirstName::restore(typed) } else { None };
    name.or_else(|| FirstName::read(typed)).map(|name| name.as_str().to_owned())
}
