//! Punch cards: buy so many, get a reward. Stamps carry over to the next card; a member may have several kinds at once.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Case, Earn, Event};
use crate::{
    money::Amount,
    program::{award::Award, draft::Check, sale::Articles},
};

/// A punch card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// How many stamps fill it: 9 for "buy 9, get the 10th".
    #[schemars(range(min = 1, max = 1000))]
    pub stamps: i64,
    /// The reward of a full card.
    pub reward: String,
    /// What gives a stamp.
    #[serde(default)]
    pub per: StampPer,
    /// Which articles give one, where articles do; all where none are named. Visits have `when.articles`.
    #[serde(default)]
    pub articles: Articles,
    /// A purchase of at least so much gives one, where visits do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basket_from: Option<Amount>,
    /// Stamps already on a new member's first card.
    #[serde(default)]
    #[schemars(range(min = 0, max = 999))]
    pub head_start: i64,
}

/// What gives a stamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum StampPer {
    /// Each article that fits.
    #[default]
    Article,
    /// Each visit or purchase.
    Visit,
}

impl Earn for Card {
    fn judge(&self, id: &str, case: &Case<'_>, award: &mut Award) {
        match case.event {
            Event::Joined => award.stamp(id, self.head_start),
            Event::Sale(sale) => match self.per {
                StampPer::Article => award.stamp(id, sale.quantity_of(&self.articles)),
                StampPer::Visit => {
                    let is_enough = |least: Amount| sale.decimal(case.currency) >= least.decimal();
                    if self.basket_from.is_none_or(is_enough) {
                        award.stamp(id, 1);
                    }
                }
            },
            _ => {}
        }
    }

    fn check(&self, check: &mut Check<'_>) {
        check.within("stamps", self.stamps, 1..=1000);
        check.within("head_start", self.head_start, 0..=self.stamps.saturating_sub(1).clamp(0, 999));
        check.reward("reward", &self.reward);
        check.limit_in_times();
        check.articles("articles", &self.articles);
        if self.per == StampPer::Article && self.basket_from.is_some() {
            check.mistake("basket_from", "is for cards with per = \"visit\"; articles have when.basket_from");
        }
        if self.per == StampPer::Visit && !self.articles.is_any() {
            check.mistake("articles", "are for cards with per = \"article\"; visits have when.articles");
        }
    }

    fn as_card(&self) -> Option<&Card> {
        Some(self)
    }
}
