//! Under which conditions a rule holds. All that are given must be met.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, NaiveTime};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::sale::{Articles, Facts, Sale, has_word};
use crate::money::{Amount, Currency};

/// Conditions of a rule; without any it always holds. A condition on the basket is met by sales alone.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct When {
    /// At least so much was paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basket_from: Option<Amount>,
    /// At least so many things were bought; of the articles, where some are named.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 10000))]
    pub items_from: Option<i64>,
    /// One of these articles was bought.
    #[serde(skip_serializing_if = "Articles::is_any")]
    pub articles: Articles,
    /// On these days of the week.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub weekdays: Vec<Day>,
    /// Between these times of the day on the shop's clock, the second not included: "14:00-17:00". Over midnight where the
    /// second is the earlier one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
    /// From this day on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// Up to this day, which is included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// For members of one of these levels.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<String>,
    /// While the paid membership runs, or while it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paid_member: Option<bool>,
    /// Paid in one of these ways, in the till's words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub payments: Vec<String>,
    /// On the first purchase, or on all others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_purchase: Option<bool>,
    /// At most so many days before or after the birthday; 0 is the day itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 60))]
    pub days_around_birthday: Option<i64>,
    /// Who answered the shop's questions so: { skin = "Oily" }.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, String>,
}

impl When {
    /// Whether all conditions are met by a sale.
    pub fn holds(&self, sale: &Sale, facts: &Facts, currency: Currency) -> bool {
        self.basket_from.is_none_or(|least| sale.decimal(currency) >= least.decimal())
            && self.has_items(sale)
            && self.first_purchase.is_none_or(|first| first == facts.is_first)
            && (self.payments.is_empty() || sale.payment.as_ref().is_some_and(|paid| has_word(&self.payments, paid)))
            && self.holds_for(facts)
    }

    fn has_items(&self, sale: &Sale) -> bool {
        let least = self.items_from.unwrap_or(if self.articles.is_any() { 0 } else { 1 });
        sale.quantity_of(&self.articles) >= least
    }

    /// Whether what is not about a basket is met.
    pub fn holds_for(&self, facts: &Facts) -> bool {
        let (date, time) = (facts.local.date(), facts.local.time());
        self.from.is_none_or(|from| from <= date)
            && self.until.is_none_or(|until| date <= until)
            && (self.weekdays.is_empty() || self.weekdays.iter().any(|day| day.is(date)))
            && self.hours.is_none_or(|hours| hours.hold(time))
            && (self.levels.is_empty() || facts.level.as_ref().is_some_and(|level| self.levels.contains(level)))
            && self.paid_member.is_none_or(|paid| paid == facts.is_paid_member)
            && self.days_around_birthday.is_none_or(|most| facts.days_from_birthday.is_some_and(|days| days <= most))
            && self.answers.iter().all(|(question, answer)| {
                facts.answers.get(question).is_some_and(|given| given.to_lowercase() == answer.to_lowercase())
            })
    }

    /// The first condition that a sale does not meet, by its setting.
    pub fn unmet(&self, sale: &Sale, facts: &Facts, currency: Currency) -> Option<&'static str> {
        let none = Self::default;
        let alone: [(&'static str, Self); 13] = [
            ("basket_from", Self { basket_from: self.basket_from, ..none() }),
            ("items_from", Self { items_from: self.items_from, articles: self.articles.clone(), ..none() }),
            ("articles", Self { articles: self.articles.clone(), ..none() }),
            ("payments", Self { payments: self.payments.clone(), ..none() }),
            ("first_purchase", Self { first_purchase: self.first_purchase, ..none() }),
            ("weekdays", Self { weekdays: self.weekdays.clone(), ..none() }),
            ("hours", Self { hours: self.hours, ..none() }),
            ("from", Self { from: self.from, ..none() }),
            ("until", Self { until: self.until, ..none() }),
            ("levels", Self { levels: self.levels.clone(), ..none() }),
            ("paid_member", Self { paid_member: self.paid_member, ..none() }),
            ("days_around_birthday", Self { days_around_birthday: self.days_around_birthday, ..none() }),
            ("answers", Self { answers: self.answers.clone(), ..none() }),
        ];
        alone.into_iter().find(|(_, condition)| !condition.holds(sale, facts, currency)).map(|(name, _)| name)
    }

    /// Whether it asks for something that only a sale has.
    pub fn is_about_baskets(&self) -> bool {
        self.basket_from.is_some()
            || self.items_from.is_some()
            || !self.articles.is_any()
            || self.first_purchase.is_some()
            || !self.payments.is_empty()
    }
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "their names say it")]
pub enum Day {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Day {
    fn is(self, date: NaiveDate) -> bool {
        self as u32 == date.weekday().num_days_from_monday()
    }
}

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    from: NaiveTime,
    until: NaiveTime,
}

impl Hours {
    fn hold(self, time: NaiveTime) -> bool {
        if self.from < self.until {
            self.from <= time && time < self.until
        } else {
            self.from <= time || time < self.until
        }
    }
}

impl<'de> Deserialize<'de> for Hours {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = String::deserialize(deserializer)?;
        let time = |written: &str| NaiveTime::parse_from_str(written.trim(), "%H:%M").ok();
        let read = written.split_once('-').and_then(|(from, until)| Some((time(from)?, time(until)?)));
        let wrong = || serde::de::Error::custom("must be two different times of the day, such as 14:00-17:00");
        let (from, until) = read.filter(|(from, until)| from != until).ok_or_else(wrong)?;
        Ok(Self { from, until })
    }
}

impl Serialize for Hours {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}-{}", self.from.format("%H:%M"), self.until.format("%H:%M")))
    }
}

impl JsonSchema for Hours {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Hours".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "description": "Two times of the day: 14:00-17:00.", "type": "string", "pattern": "^[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}$" })
    }
}
