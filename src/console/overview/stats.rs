//! The few figures at the top, each with how it was in the period before.

use super::Board;
use crate::{
    console::say::{Say, Told},
    domain::{
        figures::{Cost, cost_of, name},
        language::Language,
        money::Currency,
        shop::Shop,
    },
    http::Gateway,
};

/// A figure at the top.
pub(in crate::console) struct Stat {
    pub(in crate::console) label: String,
    pub(in crate::console) figure: String,
    pub(in crate::console) change: Option<Change>,
    pub(in crate::console) note: String,
}

/// How a figure differs from the one before.
pub(in crate::console) struct Change {
    pub(in crate::console) text: String,
    /// How it looks: good, bad, or neither.
    pub(in crate::console) class: &'static str,
}

/// More is better, or worse.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::console) enum More {
    Better,
    Worse,
}

/// How a figure changed, in hundredths; nothing where there was nothing before.
pub(in crate::console) fn change(say: Say, now: i64, before: i64, more: More) -> Option<Change> {
    if before <= 0 {
        return None;
    }
    let percent = i64::try_from(i128::from(now - before) * 100 / i128::from(before)).unwrap_or(i64::MAX);
    let sign = if percent > 0 { "+" } else { "" };
    let class = match (percent.signum(), more) {
        (0, _) => "muted",
        (1, More::Better) | (-1, More::Worse) => "good-text",
        _ => "bad-text",
    };
    Some(Change { text: say.hundred(&format!("{sign}{}", say.number(percent))), class })
}

/// All of them.
pub(super) fn of(say: Say, shop: &Shop, gateway: &Gateway, board: &Board) -> Vec<Stat> {
    let currency = Currency::from_code(&shop.currency).unwrap_or_default();
    let number = |value: i64| say.number(value);
    let flow = |label: &str, name: &str, more| {
        let (now, before) = (board.now.total(name), board.before.total(name));
        Stat { label: say.t(label), figure: number(now), change: change(say, now, before, more), note: String::new() }
    };
    let joins = flow("figure-joins", name::JOINS, More::Better);
    let active = Stat {
        label: say.t("figure-active"),
        figure: number(board.active(30)),
        change: None,
        note: say.of2("figure-active-note", "sixty", number(board.active(60)), "ninety", number(board.active(90))),
    };
    let visits = flow("figure-visits", name::VISITS, More::Better);
    let spend = (board.now.total(name::SPEND), board.before.total(name::SPEND));
    let spent = Stat {
        label: say.t("figure-spend"),
        figure: say.money(currency, spend.0),
        change: change(say, spend.0, spend.1, More::Better),
        note: String::new(),
    };
    let repeat = Stat {
        label: say.t("figure-repeat"),
        figure: say.percent(board.repeaters, board.visitors),
        change: None,
        note: say.with(
            "figure-repeat-note",
            vec![("repeaters", Told::Text(number(board.repeaters))), ("visitors", Told::Text(number(board.visitors)))],
        ),
    };
    let (redeemed, issued) = (board.now.total(name::REDEEMED), board.now.total(name::ISSUED));
    let redemption = Stat {
        label: say.t("figure-redeemed"),
        figure: number(redeemed),
        change: change(say, redeemed, board.before.total(name::REDEEMED), More::Better),
        note: say.of2("figure-redeemed-note", "issued", number(issued), "rate", say.percent(redeemed, issued)),
    };
    let opt_outs = flow("figure-opt-outs", name::OPT_OUTS, More::Worse);
    let texts = board.now.total(name::TEXTS);
    let messages = Stat {
        label: say.t("figure-texts"),
        figure: number(texts),
        change: change(say, texts, board.before.total(name::TEXTS), More::Better)
            .map(|change| Change { class: "muted", ..change }),
        note: say.of2(
            "figure-texts-note",
            "segments",
            number(board.now.total(name::SEGMENTS)),
            "delivered",
            say.percent(board.now.part(name::TEXTS, "delivered"), texts),
        ),
    };
    let members = Stat {
        label: say.t("figure-members"),
        figure: number(board.members),
        change: None,
        note: say.n("figure-left-note", board.now.total(name::LEAVES)),
    };
    let points = Stat {
        label: say.t("figure-points"),
        figure: number(board.points),
        change: None,
        note: cost_note(say, shop, gateway, board.points),
    };
    vec![members, joins, active, repeat, visits, spent, redemption, points, messages, opt_outs]
}

/// What the points that are held would cost.
fn cost_note(say: Say, shop: &Shop, gateway: &Gateway, points: i64) -> String {
    let known = gateway.directory.read();
    let Some(program) = known.directory.program_of(shop, gateway.clock.now()) else { return String::new() };
    match cost_of(program, points) {
        None => say.t("figure-cost-none"),
        Some(Cost::Money(amount)) => say.of("figure-cost-money", "amount", say.money(program.currency, amount)),
        Some(Cost::Rewards(count, reward)) => {
            let language = Language::from_code(say.code()).unwrap_or_default();
            say.of2("figure-cost-rewards", "number", say.number(count), "reward", reward.name.in_language(language))
        }
    }
}
