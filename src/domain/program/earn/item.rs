//! Points for each article, or each of some articles or categories.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Case, Earn, Event};
use crate::program::{award::Award, draft::Check, sale::Articles};

/// Points for each article that fits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Items {
    /// How many for each.
    #[schemars(range(min = 1, max = 1000000))]
    pub points: i64,
    /// Which articles; all where none are named.
    #[serde(default)]
    pub articles: Articles,
}

impl Earn for Items {
    fn judge(&self, id: &str, case: &Case<'_>, award: &mut Award) {
        if let Event::Sale(sale) = case.event {
            award.give(id, self.points.saturating_mul(sale.quantity_of(&self.articles)));
        }
    }

    fn can_be_multiplied(&self) -> bool {
        true
    }

    fn check(&self, check: &mut Check<'_>) {
        check.points("points", self.points);
        check.articles("articles", &self.articles);
    }
}
