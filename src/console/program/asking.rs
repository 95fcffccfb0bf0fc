//! A part of a program as a form: its sentences with fields in their holes, and what is wrong beside the sentence it is about.

use serde_json::Value;

use super::telling::{Book, noun_name};
use crate::{
    console::say::Say,
    domain::{
        language::Language,
        program::outline::{
            Clause, Fields, Fill, Hole, Noun, Place, Section,
            clauses::{PERIODS, WEEKDAYS},
            holes, parts, touches,
        },
    },
};

/// A sentence to be filled in.
pub(super) struct Asked {
    /// Its words and fields, in order.
    pub(super) pieces: Vec<AskedPiece>,
    /// More of the same: names in other languages, further gifts.
    pub(super) more: Vec<Vec<AskedPiece>>,
    /// Whether it is one of those that are seldom needed and not filled in.
    pub(super) is_aside: bool,
    /// Where one of several is to be chosen: the field, its value, whether it is chosen.
    pub(super) choice: Option<(&'static str, &'static str, bool)>,
    /// What is wrong with it.
    pub(super) hint: Option<String>,
    /// Names the hint.
    pub(super) id: String,
}

/// A part of a sentence to be filled in.
pub(super) enum AskedPiece {
    /// Words.
    Text(String),
    /// A hole.
    Field(Box<Field>),
}

/// A field.
pub(super) struct Field {
    pub(super) name: String,
    pub(super) value: String,
    /// What it is, for who does not see where it stands.
    pub(super) label: String,
    pub(super) shape: Shape,
}

/// How a field looks.
pub(super) enum Shape {
    /// A number.
    Number,
    /// A few words.
    Line,
    /// Words of a language of their own.
    Name(&'static str),
    /// Several lines.
    Lines,
    /// A day.
    Day,
    /// One of several.
    Options(Vec<Choice>),
    /// Any of several.
    Boxes(Vec<Choice>),
}

/// What can be chosen.
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) told: String,
    pub(super) is_chosen: bool,
}

/// The most characters of a name, for fields.
const NAME_MAX: usize = 60;

impl Book<'_> {
    /// The form of a part. `typed` stands in its fields where something was sent that could not be kept; mistakes are by the
    /// path within the part.
    pub(super) fn asked(&self, place: Place, typed: &Fields, mistakes: &[(String, String)]) -> Vec<Asked> {
        let Some(part) = place.part(self.document) else { return Vec::new() };
        let clauses = place.clauses(self.document);
        clauses.iter().enumerate().map(|(at, clause)| self.ask(clause, part, typed, (at, mistakes))).collect()
    }

    fn ask(
        &self,
        clause: &Clause,
        part: &Value,
        typed: &Fields,
        (at, mistakes): (usize, &[(String, String)]),
    ) -> Asked {
        let mut fields = clause.fields(part);
        for (name, value) in &mut fields {
            if let Some(typed) = typed.get(name) {
                value.clone_from(typed);
            }
        }
        let label: String = {
            let blanks = vec!["…".to_owned(); clause.holes.len()];
            self.pieces(clause, &blanks, "").into_iter().map(|(_, text)| text).collect()
        };
        let marks: Vec<String> = (0..clause.holes.len()).map(|hole| hole.to_string()).collect();
        let mut pieces = Vec::new();
        let mut more = Vec::new();
        for (is_hole, text) in self.pieces(clause, &marks, "") {
            match text.parse::<usize>().ok().filter(|_| is_hole).and_then(|hole| clause.holes.get(hole)) {
                Some(hole) => {
                    let name =
                        clause.variant.map_or_else(|| hole.path.to_owned(), |variant| holes::field_of(variant, hole));
                    let asker = Asker { book: self, hole, name: &name, fields: &fields, label: &label };
                    pieces.extend(asker.pieces());
                    more.extend(asker.more());
                }
                None => pieces.push(AskedPiece::Text(text)),
            }
        }
        let choice = clause.variant.map(|variant| {
            let chosen = fields.get(variant.path).map_or("", String::as_str);
            (variant.path, variant.value, chosen == variant.value)
        });
        let is_chosen = choice.is_none_or(|(_, _, chosen)| chosen);
        let about = |hole: &Hole, path: &str| match clause.variant {
            Some(variant) => {
                is_chosen && (path == variant.path || touches(path, &format!("{}.{}", variant.path, hole.path)))
            }
            None => touches(path, hole.path),
        };
        let is_about = |(path, _): &&(String, String)| {
            !path.is_empty() && clause.holes.iter().any(|hole| about(hole, path)) && is_chosen
        };
        let hint = mistakes.iter().find(is_about).map(|(_, sentence)| sentence.clone());
        let is_aside = hint.is_none() && clause.variant.is_none() && !clause.is_told(part);
        Asked { pieces, more, is_aside, choice, hint, id: format!("hint-{at}") }
    }
}

/// Makes the fields of one hole.
struct Asker<'a> {
    book: &'a Book<'a>,
    hole: &'a Hole,
    name: &'a str,
    fields: &'a Fields,
    label: &'a str,
}

impl Asker<'_> {
    fn say(&self) -> Say {
        self.book.say
    }

    fn value(&self, name: &str) -> String {
        self.fields.get(name).cloned().unwrap_or_default()
    }

    /// What is in the middle of the sentence.
    fn pieces(&self) -> Vec<AskedPiece> {
        let name = self.name;
        match self.hole.fill {
            Fill::Points => vec![self.field(name, Shape::Number), self.unit()],
            Fill::Whole(Noun::Percent) => vec![self.field(name, Shape::Number), AskedPiece::Text(" %".to_owned())],
            Fill::Whole(Noun::Month) => vec![self.field(name, Shape::Options(self.months()))],
            Fill::Whole(noun) => vec![self.field(name, Shape::Number), self.word("program-noun", noun_name(noun))],
            Fill::Money => vec![self.field(name, Shape::Number), self.currency()],
            Fill::Threshold => vec![self.field(name, Shape::Number), self.threshold()],
            Fill::Times => vec![self.field(name, Shape::Number)],
            Fill::Choice(values) => vec![self.field(name, Shape::Options(self.choices(values, false)))],
            Fill::Flag => {
                vec![self.field(name, Shape::Options(self.choices(&["true", "false"], self.hole.absent.is_empty())))]
            }
            Fill::Reward => vec![self.field(name, Shape::Options(self.of_section(Section::Rewards, name)))],
            Fill::Level => vec![self.field(name, Shape::Options(self.of_section(Section::Levels, name)))],
            Fill::Rules => vec![self.field(name, Shape::Boxes(self.boxes(Section::Earn)))],
            Fill::Levels => vec![self.field(name, Shape::Boxes(self.boxes(Section::Levels)))],
            Fill::Weekdays => vec![self.field(name, Shape::Boxes(self.weekdays()))],
            Fill::Day => vec![self.field(name, Shape::Day)],
            Fill::Lines => vec![self.field(name, Shape::Lines)],
            Fill::Words | Fill::Hours | Fill::YearDay | Fill::Answers => vec![self.field(name, Shape::Line)],
            Fill::Name => vec![self.field(name, Shape::Name(""))],
            Fill::Names | Fill::Gifts => Vec::new(),
            Fill::Unit => {
                vec![self.field(name, Shape::Options(self.choices(&["point", "star", "mile", "own"], false)))]
            }
            Fill::Limit => vec![
                self.field(&format!("{name}.most"), Shape::Number),
                AskedPiece::Text(" ".to_owned()),
                self.field(&format!("{name}.of"), Shape::Options(self.limit_kinds())),
                AskedPiece::Text(" ".to_owned()),
                self.field(&format!("{name}.per"), Shape::Options(self.periods(&format!("{name}.per")))),
            ],
            Fill::Often => vec![
                self.field(&format!("{name}.most"), Shape::Number),
                self.word("program-noun", "times"),
                AskedPiece::Text(" ".to_owned()),
                self.field(&format!("{name}.per"), Shape::Options(self.periods(&format!("{name}.per")))),
            ],
        }
    }

    /// What stands below the sentence.
    fn more(&self) -> Vec<Vec<AskedPiece>> {
        match self.hole.fill {
            Fill::Name => vec![self.other_languages(self.name)],
            Fill::Names => self.rows().into_iter().flat_map(|row| self.name_row(&row)).collect(),
            Fill::Gifts => self.rows().into_iter().map(|row| self.gift_row(&row)).collect(),
            Fill::Unit => vec![self.unit_forms()],
            _ => Vec::new(),
        }
    }

    /// The names of the rows that there are, with one to be added.
    fn rows(&self) -> Vec<String> {
        let prefix = format!("{}.", self.name);
        let numbers = self.fields.keys().filter_map(|name| name.strip_prefix(&prefix)?.split('.').next()?.parse().ok());
        let most: Option<usize> = numbers.max();
        most.map_or_else(Vec::new, |most| (0..=most).map(|row| format!("{prefix}{row}")).collect())
    }

    fn name_row(&self, row: &str) -> Vec<Vec<AskedPiece>> {
        vec![vec![self.field(row, Shape::Name(""))], self.other_languages(row)]
    }

    fn gift_row(&self, row: &str) -> Vec<AskedPiece> {
        let (reward, per) = (format!("{row}.reward"), format!("{row}.per"));
        let rewards = Shape::Options(self.of_section(Section::Rewards, &reward));
        vec![
            self.field(&reward, rewards),
            AskedPiece::Text(" ".to_owned()),
            self.field(&per, Shape::Options(self.periods(&per))),
        ]
    }

    fn other_languages(&self, path: &str) -> Vec<AskedPiece> {
        holes::other_languages().map(|code| self.field(&format!("{path}.{code}"), Shape::Name(code))).collect()
    }

    fn unit_forms(&self) -> Vec<AskedPiece> {
        Language::all()
            .map(|one| self.field(&format!("{}.{}", self.name, one.code()), Shape::Name(one.code())))
            .collect()
    }

    fn field(&self, name: &str, shape: Shape) -> AskedPiece {
        let label = match &shape {
            Shape::Name(code) if !code.is_empty() => self.say().word("program-in-language", code),
            _ => format!("{}: {}", self.say().word("program-hole", self.kind()), self.label),
        };
        AskedPiece::Field(Box::new(Field { name: name.to_owned(), value: self.value(name), label, shape }))
    }

    /// What is asked for, in a word.
    fn kind(&self) -> &'static str {
        match self.hole.fill {
            Fill::Points => "points",
            Fill::Money => "money",
            Fill::Whole(noun) => noun_name(noun),
            Fill::Day | Fill::YearDay => "day",
            Fill::Hours => "hours",
            Fill::Name | Fill::Names => "name",
            Fill::Words | Fill::Answers | Fill::Lines => "words",
            Fill::Threshold | Fill::Times | Fill::Limit | Fill::Often => "number",
            _ => "choice",
        }
    }

    fn unit(&self) -> AskedPiece {
        let forms = self.book.unit.forms(self.book.language());
        AskedPiece::Text(format!(" {}", forms.other))
    }

    fn currency(&self) -> AskedPiece {
        AskedPiece::Text(format!(" {}", self.book.currency.code()))
    }

    fn threshold(&self) -> AskedPiece {
        match self.book.document.pointer("/tiers/by").and_then(Value::as_str) {
            Some("points") => self.unit(),
            Some(by @ ("visits" | "friends")) => self.word("program-noun", by),
            _ => self.currency(),
        }
    }

    fn word(&self, kind: &str, name: &str) -> AskedPiece {
        AskedPiece::Text(format!(" {}", self.say().word(kind, name)))
    }

    fn choices(&self, values: &[&str], or_none: bool) -> Vec<Choice> {
        let chosen = self.value(self.name);
        let none = or_none.then(|| self.none(&chosen));
        let told = |value: &&str| Choice {
            value: (*value).to_owned(),
            told: self.book.choice(self.hole.path, value),
            is_chosen: chosen == *value,
        };
        none.into_iter().chain(values.iter().map(told)).collect()
    }

    fn none(&self, chosen: &str) -> Choice {
        Choice { value: String::new(), told: self.say().t("program-choice-none"), is_chosen: chosen.is_empty() }
    }

    fn of_section(&self, section: Section, name: &str) -> Vec<Choice> {
        let chosen = self.value(name);
        let ids = parts::ids(self.book.document, section);
        let unknown = Some(chosen.as_str()).filter(|id| !id.is_empty() && !ids.contains(id));
        let told =
            |id: &str| Choice { value: id.to_owned(), told: self.book.name_in(section, id), is_chosen: id == chosen };
        std::iter::once(self.none(&chosen)).chain(ids.iter().copied().chain(unknown).map(told)).collect()
    }

    fn boxes(&self, section: Section) -> Vec<Choice> {
        let known = parts::ids(self.book.document, section);
        let is_multiplied = |id: &&str| {
            let id: &str = id;
            let parts =
                section.places(self.book.document).into_iter().filter_map(|place| place.part(self.book.document));
            let mut same = parts.filter(|part| parts::id_of(part) == id);
            section != Section::Earn || same.any(|part| ["visit", "spend", "item"].contains(&parts::kind_of(part)))
        };
        let values: Vec<&str> = known.into_iter().filter(is_multiplied).collect();
        self.any_of(&values, |id| self.book.name_in(section, id))
    }

    fn weekdays(&self) -> Vec<Choice> {
        self.any_of(WEEKDAYS, |day| self.say().word("program-weekday", day))
    }

    /// What can be ticked, and what is ticked though it is not among it.
    fn any_of(&self, values: &[&str], told: impl Fn(&str) -> String) -> Vec<Choice> {
        let value = self.value(self.name);
        let ticked: Vec<&str> = value.split(',').map(str::trim).filter(|one| !one.is_empty()).collect();
        let unknown = ticked.iter().filter(|one| !values.contains(one));
        let choice = |one: &&str| Choice { value: (*one).to_owned(), told: told(one), is_chosen: ticked.contains(one) };
        values.iter().chain(unknown).map(choice).collect()
    }

    fn periods(&self, name: &str) -> Vec<Choice> {
        let chosen = self.value(name);
        let told = |per: &&str| Choice {
            value: (*per).to_owned(),
            told: self.say().word("program-period", per),
            is_chosen: chosen == *per,
        };
        PERIODS.iter().map(told).collect()
    }

    fn limit_kinds(&self) -> Vec<Choice> {
        let chosen = self.value(&format!("{}.of", self.name));
        let forms = self.book.unit.forms(self.book.language());
        [("times", self.say().word("program-noun", "times")), ("points", forms.other.to_owned())]
            .map(|(value, told)| Choice { value: value.to_owned(), told, is_chosen: chosen == value })
            .into()
    }

    fn months(&self) -> Vec<Choice> {
        let chosen = self.value(self.name);
        let months = self.say().t("months-short");
        let named = months.split(' ').enumerate().map(|(place, told)| ((place + 1).to_string(), told.to_owned()));
        named.map(|(value, told)| Choice { is_chosen: value == chosen, value, told }).collect()
    }
}

impl Asked {
    /// Whether what stands below is the same in other languages, which few fill in.
    pub(super) fn has_languages(&self) -> bool {
        let is_named =
            |piece: &AskedPiece| matches!(piece, AskedPiece::Field(field) if matches!(field.shape, Shape::Name(_)));
        let is_foreign = |row: &Vec<AskedPiece>| {
            row.iter().all(|piece| matches!(piece, AskedPiece::Field(field) if matches!(field.shape, Shape::Name(code) if !code.is_empty())))
        };
        !self.more.is_empty() && self.pieces.iter().any(is_named) && self.more.iter().all(is_foreign)
    }
}

impl Field {
    /// The most characters that a browser lets one type.
    pub(super) fn chars_max(&self) -> usize {
        match self.shape {
            Shape::Name(_) => NAME_MAX,
            Shape::Number => 16,
            _ => 2000,
        }
    }

    /// What is typed into it, for keyboards of phones.
    pub(super) fn input_mode(&self) -> &'static str {
        if matches!(self.shape, Shape::Number) { "decimal" } else { "text" }
    }

    /// How wide it is.
    pub(super) fn class(&self) -> &'static str {
        match self.shape {
            Shape::Number => "tiny",
            Shape::Name(_) | Shape::Line => "roomy",
            _ => "",
        }
    }
}
