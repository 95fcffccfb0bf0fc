//! More points for the same: double points on Tuesdays, or over 150. Of several that hold, the one that gives most counts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Case, Earn, Event};
use crate::{
    money::Times,
    program::{award::Award, document::LIST_MAX, draft::Check},
};

/// Multiplies what is earned by a sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Multiplier {
    /// By how much: 2 for double points.
    pub times: Times,
    /// Only what these rules give, by their ids; all where none are named.
    #[serde(default)]
    pub of: Vec<String>,
}

impl Earn for Multiplier {
    fn judge(&self, id: &str, case: &Case<'_>, award: &mut Award) {
        if matches!(case.event, Event::Sale(_)) {
            award.multiply(id, self.times, &self.of);
        }
    }

    fn check(&self, check: &mut Check<'_>) {
        if self.of.len() > LIST_MAX {
            check.mistake("of", &format!("names at most {LIST_MAX} rules"));
        }
        for (place, rule) in self.of.iter().take(LIST_MAX).enumerate() {
            check.multiplied_rule(&format!("of[{place}]"), rule);
        }
    }
}
