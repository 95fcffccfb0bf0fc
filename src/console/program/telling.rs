//! A written program in sentences: told with what stands in their holes, or as a form whose fields are the holes.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    console::say::{Say, Told},
    domain::{
        language::Language,
        money::{Amount, Currency},
        program::{
            outline::{Clause, Fill, Hole, Noun, Place, Section, holes, parts},
            words::{Unit, Words},
        },
        shop::Shop,
    },
};

/// What stands around a hole in a text while it is being written.
const MARK: char = '\u{1}';

/// A program that is told.
pub(in crate::console) struct Book<'a> {
    pub(in crate::console) say: Say,
    pub(in crate::console) document: &'a Value,
    pub(in crate::console) currency: Currency,
    pub(super) unit: Unit,
}

/// A part of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::console) enum Piece {
    /// Words of the sentence.
    Text(String),
    /// What stands in a hole.
    Told(String),
}

/// A sentence.
pub(in crate::console) type Sentence = Vec<Piece>;

impl<'a> Book<'a> {
    pub(in crate::console) fn of(say: Say, document: &'a Value, shop: &Shop) -> Self {
        let unit = document.get("unit").and_then(|unit| serde_json::from_value(unit.clone()).ok());
        let currency = Currency::from_code(&shop.currency).unwrap_or_default();
        Self { say, document, currency, unit: unit.unwrap_or_default() }
    }

    /// The sentences that tell a part.
    pub(in crate::console) fn sentences(&self, place: Place) -> Vec<Sentence> {
        let Some(part) = place.part(self.document) else { return Vec::new() };
        let clauses = place.clauses(self.document);
        let told = clauses.iter().filter(|clause| clause.is_told(part));
        told.map(|clause| self.sentence(clause, part)).collect()
    }

    fn sentence(&self, clause: &Clause, part: &Value) -> Sentence {
        let values: Vec<String> = clause.holes.iter().map(|hole| self.value(clause, hole, part)).collect();
        let empty = clause.holes.iter().zip(&values).filter(|(_, value)| value.is_empty());
        let without: String =
            empty.map(|(hole, _)| format!("-without-{}", hole.path.replace(['.', '_'], "-"))).collect();
        let pieces = self.pieces(clause, &values, &without);
        pieces.into_iter().map(|(is_hole, text)| if is_hole { Piece::Told(text) } else { Piece::Text(text) }).collect()
    }

    /// The text of a sentence, cut at its holes: whether it is a hole, and the words or what stands in it.
    /// `without` names the holes that are empty, for which some sentences have other words.
    pub(super) fn pieces(&self, clause: &Clause, values: &[String], without: &str) -> Vec<(bool, String)> {
        let names: Vec<String> = clause.holes.iter().map(|hole| hole.path.replace('.', "_")).collect();
        let marked = |place: usize| Told::Text(format!("{MARK}{place}{MARK}"));
        let args = names.iter().enumerate().map(|(place, name)| (name.as_str(), marked(place))).collect();
        let whole = format!("clause-{}", clause.key);
        let shorter = format!("{whole}{without}");
        let key = if self.say.find(&shorter).is_some() { shorter } else { whole };
        let written = self.say.with(&key, args);
        let cut = written.split(MARK).enumerate().map(|(place, text)| match place % 2 {
            0 => (false, text.to_owned()),
            _ => (true, text.parse().ok().and_then(|hole: usize| values.get(hole)).cloned().unwrap_or_default()),
        });
        cut.filter(|(is_hole, text)| *is_hole || !text.is_empty()).collect()
    }

    /// What stands in a hole, as people say it.
    fn value(&self, clause: &Clause, hole: &Hole, part: &Value) -> String {
        let fields = clause.fields(part);
        let name = clause.variant.map_or_else(|| hole.path.to_owned(), |variant| holes::field_of(variant, hole));
        let written = fields.get(&name).map_or("", String::as_str);
        let found = holes::get(part, hole.path);
        match hole.fill {
            Fill::Name => self.name(found),
            Fill::Names => self.list(found, |name| self.name(Some(name)), " · "),
            Fill::Gifts => self.list(found, |gift| self.gift(gift), ", "),
            Fill::Unit => {
                let forms = self.unit.forms(self.language());
                forms.other.to_owned()
            }
            Fill::Limit | Fill::Often => self.limit(hole.path, &fields),
            Fill::Flag => self.choice(hole.path, written),
            Fill::Choice(_) => self.choice(hole.path, written),
            Fill::Reward => self.name_in(Section::Rewards, written),
            Fill::Level => self.name_in(Section::Levels, written),
            Fill::Rules => self.list(found, |id| self.name_in(Section::Earn, id.as_str().unwrap_or_default()), ", "),
            Fill::Levels => self.list(found, |id| self.name_in(Section::Levels, id.as_str().unwrap_or_default()), ", "),
            Fill::Weekdays => {
                self.list(found, |day| self.say.word("program-weekday", day.as_str().unwrap_or_default()), ", ")
            }
            Fill::Day => self.day(written),
            Fill::YearDay => self.year_day(written),
            fill => self.amount(fill, written),
        }
    }

    /// A number of something, as people say it.
    fn amount(&self, fill: Fill, written: &str) -> String {
        let count = written.parse::<i64>().ok();
        match (fill, count) {
            (Fill::Points, Some(count)) => self.points(count),
            (Fill::Money, _) => self.money(written),
            (Fill::Threshold, _) => match (self.measure(), count) {
                ("points", Some(count)) => self.points(count),
                (by @ ("visits" | "friends"), Some(count)) => self.say.n(&format!("program-count-{by}"), count),
                _ => self.money(written),
            },
            (Fill::Whole(Noun::Month), Some(month)) => self.month(month),
            (Fill::Whole(noun), Some(count)) => self.say.n(&format!("program-count-{}", noun_name(noun)), count),
            _ => written.to_owned(),
        }
    }

    /// So many points, counted in the program's unit.
    pub(in crate::console) fn points(&self, count: i64) -> String {
        let forms = self.unit.forms(self.language());
        format!("{} {}", self.say.number(count), if count == 1 { forms.one } else { forms.other })
    }

    /// An amount as it is written in a program, as people write it.
    fn money(&self, written: &str) -> String {
        let amount = written.parse::<Amount>().ok();
        amount.map_or_else(
            || written.to_owned(),
            |amount| self.say.round_money(self.currency, amount.minor(self.currency)),
        )
    }

    /// What levels are reached by.
    fn measure(&self) -> &str {
        self.document.pointer("/tiers/by").and_then(Value::as_str).unwrap_or_default()
    }

    /// A name in the reader's language.
    pub(in crate::console) fn name(&self, found: Option<&Value>) -> String {
        let words = found.and_then(|found| serde_json::from_value::<Words>(found.clone()).ok());
        words.map_or_else(|| plain(found), |words| words.in_language(self.language()).to_owned())
    }

    /// What a rule, a reward or a level is called.
    pub(in crate::console) fn name_in(&self, section: Section, id: &str) -> String {
        let mut parts = section.places(self.document).into_iter().filter_map(|place| place.part(self.document));
        let part = parts.find(|part| parts::id_of(part) == id);
        part.map_or_else(|| id.to_owned(), |part| self.title_of(section, part))
    }

    /// What a part is called.
    pub(in crate::console) fn title(&self, place: Place) -> String {
        place.part(self.document).map_or_else(String::new, |part| self.title_of(place.section, part))
    }

    fn title_of(&self, section: Section, part: &Value) -> String {
        let name = self.name(part.get("name"));
        match section {
            Section::Basics | Section::Tiers | Section::Membership => self.say.word("program-section", section.name()),
            Section::Earn if name.is_empty() => {
                let kind = parts::kind_of(part);
                self.say.find(&format!("program-kind-{}", kind.replace('_', "-"))).unwrap_or_else(|| kind.to_owned())
            }
            _ if name.is_empty() => parts::id_of(part).to_owned(),
            _ => name,
        }
    }

    fn gift(&self, gift: &Value) -> String {
        let text = |name: &str| gift.get(name).and_then(Value::as_str).unwrap_or_default();
        let reward = self.name_in(Section::Rewards, text("reward"));
        format!("{reward} {}", self.say.word("program-period", text("per")))
    }

    fn limit(&self, path: &str, fields: &BTreeMap<String, String>) -> String {
        let field = |name: &str| fields.get(&format!("{path}.{name}")).map_or("", String::as_str);
        let per = self.say.word("program-period", field("per"));
        let most = field("most");
        let what = match (field("of"), most.parse::<i64>()) {
            (_, Err(_)) => most.to_owned(),
            ("points", Ok(count)) => self.points(count),
            (_, Ok(count)) => self.say.n("program-count-times", count),
        };
        format!("{what} {per}")
    }

    pub(super) fn choice(&self, path: &str, value: &str) -> String {
        let key = format!("program-choice-{path}-{value}").replace(['.', '_'], "-");
        self.say.find(&key).unwrap_or_else(|| value.to_owned())
    }

    fn list(&self, found: Option<&Value>, told: impl Fn(&Value) -> String, between: &str) -> String {
        let list = found.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        list.iter().map(told).collect::<Vec<_>>().join(between)
    }

    fn day(&self, written: &str) -> String {
        let day = written.parse::<chrono::NaiveDate>().ok().and_then(|day| day.and_hms_opt(12, 0, 0));
        let millis = day.map(|day| day.and_utc().timestamp_millis());
        millis.map_or_else(|| written.to_owned(), |millis| self.say.day(millis, chrono_tz::Tz::UTC))
    }

    fn year_day(&self, written: &str) -> String {
        let parts = written.split_once('-').and_then(|(month, day)| Some((month.parse().ok()?, day.parse().ok()?)));
        let told = |(month, day): (i64, i64)| format!("{day} {}", self.month(month));
        parts.map_or_else(|| written.to_owned(), told)
    }

    fn month(&self, month: i64) -> String {
        let months = self.say.t("months-short");
        let place = usize::try_from(month - 1).ok();
        place.and_then(|place| months.split(' ').nth(place)).map_or_else(|| month.to_string(), str::to_owned)
    }

    pub(super) fn language(&self) -> Language {
        Language::from_code(self.say.code()).unwrap_or_default()
    }
}

fn plain(found: Option<&Value>) -> String {
    found.and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// The name of what is counted, in texts.
pub(super) fn noun_name(noun: Noun) -> &'static str {
    match noun {
        Noun::Minutes => "minutes",
        Noun::Days => "days",
        Noun::Months => "months",
        Noun::Stamps => "stamps",
        Noun::Articles => "articles",
        Noun::Friends => "friends",
        Noun::Percent => "percent",
        Noun::Pieces => "pieces",
        Noun::Month => "month",
    }
}
