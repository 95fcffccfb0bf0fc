//! Points on top of a sale, which nothing multiplies: 20 points for a basket over 50, 5 on the first purchase.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Case, Earn, Event};
use crate::program::{award::Award, draft::Check};

/// Fixed points on top of a sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bonus {
    /// How many; 0 where only the reward is given.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1000000))]
    pub points: i64,
    /// A reward that is given with them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reward: Option<String>,
}

impl Earn for Bonus {
    fn judge(&self, id: &str, case: &Case<'_>, award: &mut Award) {
        if matches!(case.event, Event::Sale(_)) {
            award.give_on_top(id, self.points);
            self.reward.iter().for_each(|reward| award.present(id, reward, None));
        }
    }

    fn check(&self, check: &mut Check<'_>) {
        check.points_or_reward(self.points, self.reward.as_deref());
    }
}
