//! Points for money spent.

use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Case, Earn, Event};
use crate::{
    money::Amount,
    program::{award::Award, draft::Check, sale::Articles},
};

/// So many points for each so much spent: 1 point per 1, or 5 points per 10.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Spend {
    /// How many points.
    #[schemars(range(min = 1, max = 1000000))]
    pub points: i64,
    /// For each so much.
    #[serde(default = "one")]
    pub per: Amount,
    /// What is spent on these articles alone; on all where none are named.
    #[serde(default)]
    pub articles: Articles,
    /// Whether tax counts.
    #[serde(default)]
    pub tax: Tax,
    /// How a part of a point is rounded.
    #[serde(default)]
    pub round: Rounding,
}

/// Whether tax counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Tax {
    /// What is paid counts without its tax.
    #[default]
    Excluded,
    /// What is paid counts.
    Included,
}

/// How a part of a point is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Rounding {
    /// It is dropped.
    #[default]
    Down,
    /// From a half on it is one.
    Nearest,
    /// It is one.
    Up,
}

fn one() -> Amount {
    "1".parse().unwrap_or_else(|_| unreachable!("1 is an amount"))
}

impl Earn for Spend {
    fn judge(&self, id: &str, case: &Case<'_>, award: &mut Award) {
        let Event::Sale(sale) = case.event else { return };
        let spent = match self.tax {
            Tax::Excluded => sale.decimal_before_tax(case.currency),
            Tax::Included => sale.decimal(case.currency),
        };
        award.give(id, self.points_for(spent, sale.share_of(&self.articles)));
    }

    fn can_be_multiplied(&self) -> bool {
        true
    }

    fn check(&self, check: &mut Check<'_>) {
        check.points("points", self.points);
        if self.per.is_zero() {
            check.mistake("per", "must be more than nothing, such as 1");
        }
        check.articles("articles", &self.articles);
    }
}

impl Spend {
    /// Points for a share of what was spent; divided but once, so that no part of a point is lost on the way.
    fn points_for(&self, spent: Decimal, (part, whole): (i64, i64)) -> i64 {
        let strategy = match self.round {
            Rounding::Down => RoundingStrategy::ToZero,
            Rounding::Nearest => RoundingStrategy::MidpointAwayFromZero,
            Rounding::Up => RoundingStrategy::AwayFromZero,
        };
        if spent <= Decimal::ZERO {
            return 0;
        }
        let earning = (spent * Decimal::from(self.points)).checked_mul(Decimal::from(part));
        let each = self.per.decimal().checked_mul(Decimal::from(whole));
        let exact = earning.zip(each).and_then(|(earning, each)| earning.checked_div(each)).unwrap_or_default();
        exact.round_dp_with_strategy(0, strategy).to_i64().unwrap_or(i64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{money::Currency, program::sale::Sale};

    #[test]
    fn rounding_is_as_stated() {
        let points = |rule: &str, spent: &str| {
            let rule: Spend = serde_json::from_str(rule).unwrap();
            rule.points_for(spent.parse().unwrap(), (1, 1))
        };
        let down = r#"{"points": 1}"#;
        assert_eq!(["0.99", "1", "12.99"].map(|spent| points(down, spent)), [0, 1, 12]);
        let nearest = r#"{"points": 1, "per": 10, "round": "nearest"}"#;
        assert_eq!(["4.99", "5", "14.99"].map(|spent| points(nearest, spent)), [0, 1, 1]);
        let up = r#"{"points": 5, "per": "10", "round": "up"}"#;
        assert_eq!(["0", "0.01", "2"].map(|spent| points(up, spent)), [0, 1, 1]);
    }

    #[test]
    fn articles_earn_by_their_share_of_what_was_paid() {
        let sale = |amount: i64, tax: i64| -> Sale {
            let items = json!([{ "category": "Flex", "quantity": 2, "unit_price": 1000 }, { "quantity": 1, "unit_price": 4000 }]);
            serde_json::from_value(
                json!({ "id": "1", "amount": amount, "tax": tax, "items": items, "at": "2026-03-01T00:00:00Z" }),
            )
            .unwrap()
        };
        let rule: Spend =
            serde_json::from_value(json!({ "points": 3, "articles": { "categories": ["flex"] } })).unwrap();
        let points = |sale: &Sale| {
            let paid = sale.decimal_before_tax(Currency::from_code("USD").unwrap());
            rule.points_for(paid, sale.share_of(&rule.articles))
        };
        // 20 of 60; half of it with a coupon; with tax in the prices; with 10 for something that has no line.
        assert_eq!(
            [(6000, 0), (3000, 0), (6000, 600), (7000, 0)].map(|(amount, tax)| points(&sale(amount, tax))),
            [60, 30, 54, 60]
        );
    }
}
