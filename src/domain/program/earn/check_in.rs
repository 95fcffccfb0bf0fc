//! The shop's code of the day: it hangs at the counter, changes at midnight, and whoever texts it has visited.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Case, Earn, Event};
use crate::program::{award::Award, draft::Check};

/// Points for texting the code of the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckIn {
    /// How many.
    #[schemars(range(min = 1, max = 1000000))]
    pub points: i64,
}

impl Earn for CheckIn {
    fn judge(&self, id: &str, case: &Case<'_>, award: &mut Award) {
        if matches!(case.event, Event::CheckIn(rule) if rule == id) {
            award.give(id, self.points);
        }
    }

    fn judges_sales(&self) -> bool {
        false
    }

    fn check(&self, check: &mut Check<'_>) {
        check.points("points", self.points);
        check.needs_limit();
        check.only_one();
    }

    fn as_check_in(&self) -> Option<&CheckIn> {
        Some(self)
    }
}

/// The code of a shop on a day: four digits that only who knows the secret can tell beforehand.
pub fn code_of_day(secret: &[u8], shop_id: Uuid, day: NaiveDate) -> String {
    let hash = Sha256::new().chain_update(secret).chain_update(shop_id).chain_update(day.to_string()).finalize();
    let number = hash.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    format!("{:04}", number % 10_000)
}
