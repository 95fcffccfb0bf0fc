//! A row as it stands in a file: cells, each of which is a field or nothing.

use serde::{Deserialize, Deserializer, Serialize, de};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The phone.
    Phone,
    /// What they want to be called.
    FirstName,
    /// Not kept.
    LastName,
    /// The language they are answered in.
    Language,
    /// Their birthday.
    Birthday,
    /// Points to be spent; in a history, how many came or went.
    Points,
    /// All points ever earned.
    LifetimePoints,
    /// Stamps on the card in hand.
    Stamps,
    /// When they joined.
    JoinedAt,
    /// The level held.
    Level,
    /// Whether they agreed to get texts, or when.
    Consent,
    /// When they agreed.
    ConsentAt,
    /// How.
    ConsentHow,
    /// What they were shown then.
    ConsentText,
    /// Whether they want no texts, or since when.
    OptedOut,
    /// What the other system calls them.
    ExternalId,
    /// What staff wrote about them.
    Note,
    /// Of a history: when.
    At,
    /// Of a history: why.
    Reason,
}

/// The most characters of a cell.
pub const CELL_CHARS_MAX: usize = 500;

/// The most lines of one member's history.
pub const HISTORY_MAX: usize = 2_000;

impl Field {
    /// What we call its column.
    pub fn word(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
            Self::Language => "language",
            Self::Birthday => "birthday",
            Self::Points => "points",
            Self::LifetimePoints => "lifetime_points",
            Self::Stamps => "stamps",
            Self::JoinedAt => "joined_at",
            Self::Level => "level",
            Self::Consent => "consent",
            Self::ConsentAt => "consent_at",
            Self::ConsentHow => "consent_how",
            Self::ConsentText => "consent_text",
            Self::OptedOut => "opted_out",
            Self::ExternalId => "external_id",
            Self::Note => "note",
            Self::At => "at",
            Self::Reason => "reason",
        }
    }
}

/// A row of a file of members. What is left out or blank is not known.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RawRow {
    /// Which row of the file, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<i64>,
    /// The phone.
    #[serde(deserialize_with = "cell", skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// What they want to be called.
    #[serde(deserialize_with = "cell", skip_serializing_if = "String::is_empty")]
    pub first_name: String,
    /// Not kept.
    #[serde(deserialize_with = "cell", skip_serializing_if = "String::is_empty")]
    pub last_name: String,
    /// The language.
    #[serde(deserialize_with = "cell", skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// Their birthday.
    #[serde(deserialize_with = "cell", skip_serializing_if = "String::is_empty")]
    pub birthday: String,
    /// Points to be spent.
    #[serde(deserialize_with = "cell", skip_serializing_if = "String::is_empty")]
    pub points: String,
    /// All points ever earned.
    #[serde(deserialize_with = "cell", skip_serializing_if = "String::is_empty")]
    pub lifetime_points: String,
    /// Stamps on the card in hand.
    #[serde(deserialize_with = "cell", skip_serializing_if = "String::is_empty")]
    pub stamps: String,
    /// When they joined.
    #[serde(deserialize_with = "cell", skip_serializing_if = "String::is_empty")]
    pub joined_at: String,
    /// The level held.
    #[serde(deserialize_with = "cell", skip_serializing_if = "String::is_empty")]
    pub level: String,
    /// Whether they agreed to get texts, or when.
    #[serde(deserialize_with = "cell", skip_serializing_if = "String::is_empty")]
    pub consent: String,
    /// When they agreed.
    #[serde(deserialize_with = "cell", skip_serializing_if = "String::is_empty")]
    pub consent_at: String,
    /// How.
    #[serde(deserialize_with = "cell", skip_serializing_if = "String::is_empty")]
    pub consent_how: String,
    /// What they were shown then.
    #[serde(deserialize_with = "cell", skip_serializing_if = "String::is_empty")]
    pub consent_text: String,
    /// Whether they want no texts, or since when.
    #[serde(deserialize_with = "cell", skip_serializing_if = "String::is_empty")]
    pub opted_out: String,
    /// What the other system calls them.
    #[serde(deserialize_with = "cell", skip_serializing_if = "String::is_empty")]
    pub external_id: String,
    /// What staff wrote about them.
    #[serde(deserialize_with = "cell", skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// How the balance came about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<RawPast>,
}

/// Points that came or went, as a file has it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RawPast {
    /// When.
    #[serde(deserialize_with = "cell")]
    pub at: String,
    /// How many; below zero they went.
    #[serde(deserialize_with = "cell")]
    pub points: String,
    /// Why.
    #[serde(deserialize_with = "cell", skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

impl RawRow {
    /// The cell of a field; `None` for one that a file of members does not have.
    pub fn cell_mut(&mut self, field: Field) -> Option<&mut String> {
        Some(match field {
            Field::Phone => &mut self.phone,
            Field::FirstName => &mut self.first_name,
            Field::LastName => &mut self.last_name,
            Field::Language => &mut self.language,
            Field::Birthday => &mut self.birthday,
            Field::Points => &mut self.points,
            Field::LifetimePoints => &mut self.lifetime_points,
            Field::Stamps => &mut self.stamps,
            Field::JoinedAt => &mut self.joined_at,
            Field::Level => &mut self.level,
            Field::Consent => &mut self.consent,
            Field::ConsentAt => &mut self.consent_at,
            Field::ConsentHow => &mut self.consent_how,
            Field::ConsentText => &mut self.consent_text,
            Field::OptedOut => &mut self.opted_out,
            Field::ExternalId => &mut self.external_id,
            Field::Note => &mut self.note,
            Field::At | Field::Reason => return None,
        })
    }
}

/// What stands in a cell, without what spreadsheets put around it: blanks, an apostrophe before it, ="…" about it. What says
/// that there is nothing is nothing.
pub fn plain(cell: &str) -> &str {
    let cell = cell.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{a0}' | '\u{feff}'));
    let cell = cell.strip_prefix("=\"").and_then(|cell| cell.strip_suffix('"')).unwrap_or(cell);
    let cell = cell.strip_prefix('\'').unwrap_or(cell).trim();
    let says_nothing = ["-", "--", "n/a", "na", "null", "none", "nil", "#n/a", "0000-00-00"];
    if says_nothing.iter().any(|nothing| cell.eq_ignore_ascii_case(nothing)) { "" } else { cell }
}

/// Text; a number or a yes of JSON is taken for its text, `null` for nothing.
fn cell<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    deserializer.deserialize_any(Cell)
}

struct Cell;

impl de::Visitor<'_> for Cell {
    type Value = String;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("text or a number")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_bool<E: de::Error>(self, truth: bool) -> Result<String, E> {
        Ok(truth.to_string())
    }

    fn visit_unit<E: de::Error>(self) -> Result<String, E> {
        Ok(String::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_spreadsheets_put_around_a_cell_goes() {
        for (cell, text) in [
            ("'+14155550123", "+14155550123"),
            ("=\"+14155550123\"", "+14155550123"),
            ("\u{a0} Ana \u{a0}", "Ana"),
            ("N/A", ""),
            ("NULL", ""),
            ("O'Neil", "O'Neil"),
        ] {
            assert_eq!(plain(cell), text, "{cell}");
        }
    }

    #[test]
    fn a_row_of_json_may_have_numbers() {
        let row: RawRow =
            serde_json::from_str(r#"{"phone": 14155550123, "points": 12.5, "consent": true, "note": null}"#)
                .expect("a row");
        assert_eq!((row.phone.as_str(), row.points.as_str(), row.consent.as_str()), ("14155550123", "12.5", "true"));
        assert!(serde_json::from_str::<RawRow>(r#"{"fone": "1"}"#).is_err());
    }
}
