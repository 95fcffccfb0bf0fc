//! What is meant by what stands behind REDEEM.

use crate::{
    commands::{choose, place::Place, rewards::listed},
    conversation::Context,
    language::Language,
    program::{reward::Reward, words::Unit},
    purse::{Voucher, draw::typed},
    text::Text,
};

/// What is meant.
pub enum Said<'p> {
    /// A reward, and how many points where that is said.
    Reward(&'p Reward, Option<i64>),
    /// A voucher that is held already.
    Held(&'p Voucher),
    /// Nothing we know.
    Unknown,
}

impl<'p> Said<'p> {
    /// Reads what was said, in normal form.
    pub fn read(said: &str, place: &'p Place<'_>, context: &Context<'_>) -> Self {
        let listed = listed(place, context);
        let held = |voucher: &&Voucher| voucher.code == typed(said);
        if let Some(voucher) = place.purse().vouchers.iter().find(held) {
            return Self::Held(voucher);
        }
        by_number(said, &listed, &place.program().unit)
            .or_else(|| by_name(said, &listed).map(|reward| Self::Reward(reward, None)))
            .or_else(|| by_name(said, &place.program().for_sale()).map(|reward| Self::Reward(reward, None)))
            .or_else(|| held_by_name(said, place).map(Self::Held))
            .unwrap_or(Self::Unknown)
    }
}

/// "2" is the second reward where there is one, "50" and "50 points" are points, "2 50" both.
fn by_number<'p>(said: &str, listed: &[&'p Reward], unit: &Unit) -> Option<Said<'p>> {
    let numbers: Vec<i64> = said.split(' ').map(str::parse).collect::<Result<_, _>>().unwrap_or_default();
    let numbered = |number: i64| listed.get(usize::try_from(number).ok()?.checked_sub(1)?).copied();
    let money = listed.iter().copied().find(|reward| reward.is_money());
    match (numbers.as_slice(), money) {
        // Of the only reward, which is money, 1 may be the number or the points: that is asked.
        ([1], Some(money)) if listed.len() == 1 => Some(Said::Reward(money, None)),
        ([points], Some(money)) if listed.len() == 1 => Some(Said::Reward(money, Some(*points))),
        ([number], money) => match numbered(*number) {
            Some(reward) => Some(Said::Reward(reward, None)),
            None => Some(money.map_or(Said::Unknown, |money| Said::Reward(money, Some(*number)))),
        },
        ([number, points], _) => {
            let reward = numbered(*number).filter(|reward| reward.is_money())?;
            Some(Said::Reward(reward, Some(*points)))
        }
        (_, Some(money)) => amount(said, unit).map(|points| Said::Reward(money, Some(points))),
        _ => None,
    }
}

/// A number of points: "50", "50 points".
pub fn amount(said: &str, unit: &Unit) -> Option<i64> {
    let (number, unit_said) = said.split_once(' ').unwrap_or((said, ""));
    let is_unit = |language: Language| {
        let forms = unit.forms(language);
        [forms.one, forms.few, forms.other].iter().any(|form| Text::read(form).normal() == unit_said)
    };
    number.parse().ok().filter(|_| unit_said.is_empty() || Language::all().any(is_unit))
}

/// By its name in any language.
fn by_name<'p>(said: &str, rewards: &[&'p Reward]) -> Option<&'p Reward> {
    let named = |language: Language| {
        let names = rewards.iter().map(|reward| reward.name.in_language(language));
        rewards.get(choose::pick_by_name(said, names)?).copied()
    };
    Language::all().find_map(named)
}

/// Of several vouchers for the same reward it is the one that lapses first.
fn held_by_name<'p>(said: &str, place: &'p Place<'_>) -> Option<&'p Voucher> {
    let mut held: Vec<_> = place.purse().vouchers.iter().collect();
    held.sort_by_key(|voucher| (&voucher.reward, voucher.last_day));
    held.dedup_by_key(|voucher| &voucher.reward);
    let named = |language: Language| {
        let name = |voucher: &&Voucher| Some(place.program().reward(&voucher.reward)?.name.in_language(language));
        let place = choose::pick_by_name(said, held.iter().map(|voucher| name(voucher).unwrap_or_default()));
        place.and_then(|place| held.get(place).copied())
    };
    Language::all().find_map(named)
}
