//! So many points for each visit, with a minimum gap between two that count.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Case, Earn, Event};
use crate::program::{award::Award, draft::Check};

/// Points for each visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// How many.
    #[schemars(range(min = 1, max = 1000000))]
    pub points: i64,
    /// A visit counts when so many minutes have passed since the one before.
    #[serde(default)]
    #[schemars(range(min = 0, max = 525600))]
    pub gap_minutes: i64,
}

impl Earn for Visit {
    fn judge(&self, id: &str, case: &Case<'_>, award: &mut Award) {
        let gap_has_passed = case.facts.minutes_since_visit.is_none_or(|minutes| minutes >= self.gap_minutes);
        if matches!(case.event, Event::Sale(_)) && gap_has_passed {
            award.give(id, self.points);
        }
    }

    fn can_be_multiplied(&self) -> bool {
        true
    }

    fn check(&self, check: &mut Check<'_>) {
        check.points("points", self.points);
        check.within("gap_minutes", self.gap_minutes, 0..=525_600);
    }
}
