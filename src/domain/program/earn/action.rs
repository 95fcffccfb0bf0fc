//! What counts without money: a pledge, a survey answered, an event attended, an item traded in. Texted by its word, or
//! recorded by staff.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Case, Earn, Event};
use crate::program::{award::Award, draft::Check, words::Words};

/// An action that counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// Points; 0 where it only counts.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1000000))]
    pub points: i64,
    /// A reward.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reward: Option<String>,
    /// What a member texts to do it, by language; left out, only staff record it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub word: Option<Words>,
    /// What the member reads then, by language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thanks: Option<Words>,
}

impl Earn for Action {
    fn judge(&self, id: &str, case: &Case<'_>, award: &mut Award) {
        if matches!(case.event, Event::Action(rule) if rule == id) {
            award.give(id, self.points);
            self.reward.iter().for_each(|reward| award.present(id, reward, None));
        }
    }

    fn judges_sales(&self) -> bool {
        false
    }

    fn check(&self, check: &mut Check<'_>) {
        check.within("points", self.points, 0..=super::POINTS_MAX);
        self.reward.iter().for_each(|reward| check.reward("reward", reward));
        if self.points == 0 {
            check.limit_in_times();
        }
        if let Some(word) = &self.word {
            check.word("word", word);
            if self.points > 0 || self.reward.is_some() {
                check.needs_limit();
            }
        }
    }

    fn as_action(&self) -> Option<&Action> {
        Some(self)
    }
}
