//! A gift on joining, once.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Case, Earn, Event};
use crate::program::{award::Award, draft::Check};

/// A gift on joining.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Welcome {
    /// Points; 0 where only the reward is given.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1000000))]
    pub points: i64,
    /// A reward.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reward: Option<String>,
}

impl Earn for Welcome {
    fn judge(&self, id: &str, case: &Case<'_>, award: &mut Award) {
        if matches!(case.event, Event::Joined) {
            award.give(id, self.points);
            self.reward.iter().for_each(|reward| award.present(id, reward, None));
        }
    }

    fn judges_sales(&self) -> bool {
        false
    }

    fn check(&self, check: &mut Check<'_>) {
        check.points_or_reward(self.points, self.reward.as_deref());
    }
}
