//! How points, stamps and gifts are earned: one file a rule, one line in [`EARN_RULES`].

pub mod action;
pub mod birthday;
pub mod bonus;
pub mod card;
pub mod check_in;
pub mod code;
pub mod item;
pub mod multiplier;
pub mod referral;
pub mod spend;
pub mod visit;
pub mod welcome;

use std::{fmt, sync::Arc};

use chrono::NaiveDate;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::{
    award::Award,
    draft::Check,
    sale::{Facts, Sale},
    when::When,
    words::Words,
};
use crate::money::Currency;

/// All earn rules, in the order in which the documentation lists them.
pub const EARN_RULES: &[RuleKind] = &[
    kind::<visit::Visit>("visit"),
    kind::<spend::Spend>("spend"),
    kind::<item::Items>("item"),
    kind::<card::Card>("card"),
    kind::<multiplier::Multiplier>("multiplier"),
    kind::<bonus::Bonus>("bonus"),
    kind::<welcome::Welcome>("welcome"),
    kind::<birthday::BirthdayGift>("birthday"),
    kind::<referral::Referral>("referral"),
    kind::<code::Code>("code"),
    kind::<check_in::CheckIn>("check_in"),
    kind::<action::Action>("action"),
];

/// The most points that one rule gives at once.
pub const POINTS_MAX: i64 = 1_000_000;

/// What happened.
#[derive(Debug, Clone, Copy)]
pub enum Event<'a> {
    /// Something was bought, or a visit was recorded.
    Sale(&'a Sale),
    /// The member has just joined.
    Joined,
    /// The days around a birthday begin; the last of them.
    Birthday(NaiveDate),
    /// A single-use code of this rule was texted.
    Code(&'a str),
    /// The code of the day of this rule was texted.
    CheckIn(&'a str),
    /// An action of this rule was recorded.
    Action(&'a str),
}

/// What a rule judges by.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// What happened.
    pub event: Event<'a>,
    /// What was true then.
    pub facts: &'a Facts,
    /// The currency of amounts.
    pub currency: Currency,
}

/// What an earn rule does. It looks for the events it knows and puts down what they give.
pub trait Earn: fmt::Debug + Send + Sync {
    /// What an event gives; `id` is the rule's. Its conditions hold already.
    fn judge(&self, id: &str, case: &Case<'_>, award: &mut Award);

    /// Looks for what is wrong with it beside the other parts of the program.
    fn check(&self, _check: &mut Check<'_>) {}

    /// Whether it looks at sales, so that its conditions may be about a basket.
    fn judges_sales(&self) -> bool {
        true
    }

    /// Whether what it gives for a sale can be multiplied.
    fn can_be_multiplied(&self) -> bool {
        false
    }

    /// The punch card that it is, if it is one.
    fn as_card(&self) -> Option<&card::Card> {
        None
    }

    /// The referral that it is, if it is one.
    fn as_referral(&self) -> Option<&referral::Referral> {
        None
    }

    /// The birthday gift that it is, if it is one.
    fn as_birthday(&self) -> Option<&birthday::BirthdayGift> {
        None
    }

    /// The check-in that it is, if it is one.
    fn as_check_in(&self) -> Option<&check_in::CheckIn> {
        None
    }

    /// The action that it is, if it is one.
    fn as_action(&self) -> Option<&action::Action> {
        None
    }

    /// Whether single-use codes belong to it.
    fn takes_codes(&self) -> bool {
        false
    }
}

type ReadRule = fn(Value) -> Result<Arc<dyn Earn>, serde_path_to_error::Error<serde_json::Error>>;

/// A kind of rule: how it is called and how its settings are read.
pub struct RuleKind {
    /// Its name in the program.
    pub name: &'static str,
    /// Reads its settings; what is wrong, with the path within them.
    pub read: ReadRule,
    /// The JSON Schema of its settings.
    pub schema: fn(&mut SchemaGenerator) -> Schema,
}

impl fmt::Debug for RuleKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

const fn kind<R: Earn + DeserializeOwned + JsonSchema + 'static>(name: &'static str) -> RuleKind {
    RuleKind {
        name,
        read: |settings| Ok(Arc::new(serde_path_to_error::deserialize::<_, R>(settings)?)),
        schema: |generator| generator.subschema_for::<R>(),
    }
}

/// A rule of a program.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its name within the program.
    pub id: String,
    /// What kind it is.
    pub kind: &'static RuleKind,
    /// What members read where its points are explained; `None`: a sentence of ours.
    pub name: Option<Words>,
    /// Under which conditions it holds.
    pub when: When,
    /// How much it gives at most.
    pub limit: Option<Limit>,
    /// What it does.
    pub earn: Arc<dyn Earn>,
}

impl Rule {
    /// What an event gives by this rule, where its conditions and limits allow.
    pub fn judge(&self, case: &Case<'_>, award: &mut Award) {
        let holds = match case.event {
            Event::Sale(sale) => self.when.holds(sale, case.facts, case.currency),
            _ => self.when.holds_for(case.facts),
        };
        let is_used_up = case.facts.left.get(&self.id).is_some_and(|left| *left <= 0);
        if holds && !is_used_up {
            self.earn.judge(&self.id, case, award);
        }
    }
}

/// How much a rule, or all together, give a member at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// So many points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 1000000))]
    pub points: Option<i64>,
    /// So often.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 1000000))]
    pub times: Option<i64>,
    /// Within which time, on the shop's calendar.
    pub per: Period,
}

/// A part of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "their names say it")]
pub enum Period {
    Day,
    /// From Monday on.
    Week,
    Month,
    Quarter,
    Year,
    Ever,
}
