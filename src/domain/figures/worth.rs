//! What points that are held would cost, were all of them spent.

use crate::program::{
    Program,
    reward::{Reward, Worth},
};

/// What so many points would cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cost<'p> {
    /// So much money at most, in the smallest unit.
    Money(i64),
    /// So many of a reward whose worth in money is not known: the cheapest.
    Rewards(i64, &'p Reward),
}

/// What points would cost, spent on what gives most for them; `None` where they buy nothing.
pub fn cost_of(program: &Program, points: i64) -> Option<Cost<'_>> {
    let points = points.max(0);
    let priced = program.rewards.iter().filter_map(|reward| {
        let cost = reward.cost.filter(|cost| *cost > 0)?;
        let amount = match &reward.worth {
            Worth::AmountOff { amount } | Worth::Money { amount } => amount.minor(program.currency),
            Worth::PercentOff { amount_max: Some(most), .. } => most.minor(program.currency),
            Worth::Gift {} | Worth::FreeItem { .. } | Worth::PercentOff { .. } => return None,
        };
        let worth = i128::from(amount) * i128::from(points) / i128::from(cost);
        Some(i64::try_from(worth).unwrap_or(i64::MAX))
    });
    if let Some(most) = priced.max() {
        return Some(Cost::Money(most));
    }
    let cheapest = program.for_sale().into_iter().next()?;
    let cost = cheapest.cost.filter(|cost| *cost > 0)?;
    Some(Cost::Rewards(points / cost, cheapest))
}
