//! Members bring friends: both are thanked once the friend has bought something.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Case, Earn, Event};
use crate::program::{award::Award, draft::Check};

/// Thanks for bringing a friend, after the friend's first purchase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Referral {
    /// Points for who brought the friend.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1000000))]
    pub points: i64,
    /// A reward for who brought the friend.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reward: Option<String>,
    /// Points for the friend.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1000000))]
    pub friend_points: i64,
    /// A reward for the friend.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub friend_reward: Option<String>,
    /// For at most so many friends in a year; the later ones are thanked all the same.
    #[serde(default = "ten")]
    #[schemars(range(min = 1, max = 1000))]
    pub friends_a_year_max: i64,
}

fn ten() -> i64 {
    10
}

impl Earn for Referral {
    fn judge(&self, id: &str, case: &Case<'_>, award: &mut Award) {
        if matches!(case.event, Event::Sale(_)) && case.facts.is_first && case.facts.is_referred {
            award.give_on_top(id, self.friend_points);
            self.friend_reward.iter().for_each(|reward| award.present(id, reward, None));
            if self.points > 0 || self.reward.is_some() {
                award.thank_referrer(id, self.points);
            }
        }
    }

    fn check(&self, check: &mut Check<'_>) {
        check.within("points", self.points, 0..=super::POINTS_MAX);
        check.within("friend_points", self.friend_points, 0..=super::POINTS_MAX);
        check.within("friends_a_year_max", self.friends_a_year_max, 1..=1000);
        for (setting, reward) in [("reward", &self.reward), ("friend_reward", &self.friend_reward)] {
            reward.iter().for_each(|reward| check.reward(setting, reward));
        }
        if self.points == 0 && self.friend_points == 0 && self.reward.is_none() && self.friend_reward.is_none() {
            check.mistake("points", "must be more than 0, or a reward or friend_points must be given");
        }
        check.only_one();
    }

    fn as_referral(&self) -> Option<&Referral> {
        Some(self)
    }
}
