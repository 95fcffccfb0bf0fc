//! Figures as they are shown at the counter: money, points, cards, levels, rewards.

use chrono::{DateTime, Utc};

use crate::{
    console::say::Say,
    domain::{
        language::Language,
        money::{Amount, Currency},
        program::{Program, reward::Reward},
        purse::{Purse, draw::shown, spend::Purchase},
        shop::Shop,
    },
    service::till::{
        outcome::{LevelNow, WorthAtTill, cards},
        standing::Standing,
    },
};

/// How money is written at a shop.
#[derive(Debug, Clone)]
pub(super) struct Money {
    currency: Currency,
    /// How many digits stand behind the point.
    pub(super) digits: u32,
    /// What stands before a figure.
    pub(super) before: String,
    /// What stands behind it.
    pub(super) behind: String,
}

impl Money {
    pub(super) fn of(shop: &Shop) -> Self {
        let currency = Currency::from_code(&shop.currency).unwrap_or_default();
        let written = currency.write(0);
        let begins = written.find('0').unwrap_or(0);
        let ends = written.rfind('0').map_or(written.len(), |at| at + 1);
        let (before, behind) = (written[..begins].to_owned(), written[ends..].to_owned());
        Self { currency, digits: currency.digits(), before, behind }
    }

    /// An amount in the smallest unit, as people read it.
    pub(super) fn write(&self, say: Say, minor: i64) -> String {
        say.money(self.currency, minor)
    }

    /// An amount as somebody typed it, with a point or a comma, in the smallest unit.
    pub(super) fn read(&self, typed: &str) -> Option<i64> {
        let typed = typed.trim().replace(',', ".");
        typed.parse::<Amount>().ok().map(|amount| amount.minor(self.currency))
    }
}

/// So many points, in the program's word for them: 12 stars.
pub(super) fn points(say: Say, program: &Program, points: i64) -> String {
    let forms = program.unit.forms(language_of(say));
    let form = if points.abs() == 1 { forms.one } else { forms.other };
    format!("{} {form}", say.number(points))
}

/// The language of what a merchant called things, for whoever is at the till.
pub(super) fn language_of(say: Say) -> Language {
    Language::from_code(say.code()).unwrap_or_default()
}

/// A punch card as it is drawn.
pub(super) struct CardDrawn {
    pub(super) name: String,
    pub(super) stamps: i64,
    pub(super) size: i64,
    /// Each place of it: whether it is stamped. Nothing for a card with more places than can be drawn.
    pub(super) places: Vec<bool>,
}

/// The most places that are drawn one by one.
const PLACES_MAX: i64 = 20;

/// A member's punch cards.
pub(super) fn cards_drawn(say: Say, program: &Program, purse: &Purse) -> Vec<CardDrawn> {
    let drawn = |card: crate::service::till::outcome::CardHeld| {
        let places =
            if card.size <= PLACES_MAX { (0..card.size).map(|place| place < card.stamps).collect() } else { vec![] };
        CardDrawn { name: rule_name(say, program, &card.id), stamps: card.stamps, size: card.size, places }
    };
    cards(purse, program).into_iter().map(drawn).collect()
}

/// What a rule is called: by its merchant, else by its kind.
pub(super) fn rule_name(say: Say, program: &Program, id: &str) -> String {
    let rule = program.rule(id);
    let named = rule.and_then(|rule| rule.name.as_ref()).map(|name| name.in_language(language_of(say)).to_owned());
    named.filter(|name| !name.is_empty()).unwrap_or_else(|| {
        let kind = rule.map_or("level", |rule| rule.kind.name);
        say.word("till-why", &kind.replace('_', "-"))
    })
}

/// What a reward is called.
pub(super) fn reward_name(say: Say, program: &Program, id: &str) -> String {
    program.reward(id).map_or_else(|| id.to_owned(), |reward| reward.name.in_language(language_of(say)).to_owned())
}

/// A level, and what is missing for the next.
pub(super) fn level_name(say: Say, program: &Program, purse: &Purse, now: DateTime<Utc>) -> Option<String> {
    LevelNow::of(purse, program, language_of(say), now)?.name
}

/// What a reward is worth, where its name may not say so.
pub(super) fn worth(say: Say, money: &Money, worth: &WorthAtTill) -> Option<String> {
    match (worth.percent, worth.amount) {
        (Some(percent), None) => Some(say.n("till-percent-off", i64::from(percent))),
        (Some(percent), Some(most)) => {
            Some(say.of2("till-percent-off-at-most", "count", i64::from(percent), "most", money.write(say, most)))
        }
        (None, Some(amount)) => Some(say.of("till-amount-off", "amount", money.write(say, amount))),
        (None, None) => None,
    }
}

/// A voucher in a member's hands.
pub(super) struct VoucherHeld {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) worth: Option<String>,
    pub(super) until: String,
}

/// The most vouchers and rewards that are shown of one member.
const SHOWN_MAX: usize = 12;

/// A member's vouchers, the oldest first.
pub(super) fn vouchers_held(say: Say, money: &Money, program: &Program, purse: &Purse) -> Vec<VoucherHeld> {
    let held = |voucher: &crate::domain::purse::Voucher| {
        let reward = program.reward(&voucher.reward);
        VoucherHeld {
            code: shown(&voucher.code),
            name: reward_name(say, program, &voucher.reward),
            worth: reward.and_then(|reward| worth(say, money, &WorthAtTill::of(reward, program, voucher.points))),
            until: say.day(program.begin_of(voucher.last_day).timestamp_millis(), program.time_zone),
        }
    };
    purse.vouchers.iter().take(SHOWN_MAX).map(held).collect()
}

/// A reward that points buy.
pub(super) struct RewardOffered {
    pub(super) id: String,
    pub(super) name: String,
    /// What it costs, in words.
    pub(super) cost: String,
    pub(super) worth: Option<String>,
    /// Points as money: somebody says how many.
    pub(super) is_money: bool,
    /// The most points that can be spent on it, where they are money.
    pub(super) most: i64,
    /// Whether it can be had now; else why not.
    pub(super) why_not: Option<String>,
}

/// What a member's points buy.
pub(super) fn rewards_offered(say: Say, money: &Money, standing: &Standing, now: DateTime<Utc>) -> Vec<RewardOffered> {
    let Standing { program, purse, .. } = standing;
    let offered = |reward: &Reward| {
        let cost = reward.cost.unwrap_or(0);
        let points_spent = reward.is_money().then(|| purse.available.max(1));
        let stock_left = standing.stock_left(&reward.id);
        let wanted = Purchase { reward: &reward.id, points: points_spent, stock_left };
        let refused = purse.cost_of(program, wanted, now).err();
        RewardOffered {
            id: reward.id.clone(),
            name: reward_name(say, program, &reward.id),
            cost: points(say, program, cost),
            worth: worth(say, money, &WorthAtTill::of(reward, program, 0)),
            is_money: reward.is_money(),
            most: purse.available.max(0),
            why_not: refused.map(|refused| super::refusals::why_not(say, program, &refused)),
        }
    };
    program.for_sale().into_iter().take(SHOWN_MAX).map(offered).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(code: &str) -> Money {
        let currency = Currency::from_code(code).unwrap();
        Money { currency, digits: currency.digits(), before: String::new(), behind: String::new() }
    }

    #[test]
    fn an_amount_is_read_with_a_point_or_a_comma() {
        for (typed, minor) in
            [("12.80", Some(1280)), ("12,8", Some(1280)), (" 3 ", Some(300)), ("", None), ("a", None), ("-1", None)]
        {
            assert_eq!(money("USD").read(typed), minor, "{typed}");
        }
        assert_eq!(money("JPY").read("500"), Some(500));
    }
}
