//! The terms of a program in plain words, as the model reads them, and the same written down for the engine.

use std::fmt::Write;

use proptest::{option, prelude::*};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Per {
    Day,
    Week,
    Month,
    Year,
    Ever,
}

/// At most so many points, or so often, within a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cap {
    pub in_points: bool,
    pub most: i64,
    pub per: Per,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Round {
    Down,
    Nearest,
    Up,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Spend,
    Points,
    Visits,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// Years that begin on the first of a month.
    Year(u32),
    Months(u32),
    Lifetime,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fall {
    ToEarned,
    OneLevel,
    Never,
}

/// Silver and gold.
#[derive(Debug, Clone)]
pub struct Levels {
    pub by: By,
    pub window: Window,
    /// Where they begin: cents, points or visits.
    pub from: [i64; 2],
    /// By how many hundredths gold multiplies.
    pub gold_times: i64,
    pub grace_days: u64,
    pub fall: Fall,
}

#[derive(Debug, Clone)]
pub struct Terms {
    /// Points for each visit, and the minutes that must lie between two.
    pub visit: Option<(i64, i64)>,
    pub visit_cap: Option<Cap>,
    /// Points, for each so many cents, with tax or without.
    pub spend: Option<(i64, i64, bool, Round)>,
    pub spend_cap: Option<Cap>,
    /// Points for each bag of beans.
    pub beans: Option<i64>,
    /// How many cups fill a card, and how many visits do.
    pub cards: [Option<i64>; 2],
    /// By how many hundredths points are multiplied from so many cents on.
    pub double: Option<(i64, i64)>,
    /// Points on top from so many cents on.
    pub bonus: Option<(i64, i64)>,
    /// A tea for the first purchase.
    pub first_tea: bool,
    /// Points for a friend who was brought.
    pub friend: Option<i64>,
    /// At most so many points in all.
    pub cap: Option<(i64, Per)>,
    pub pending_days: u64,
    pub after_months: Option<u32>,
    pub yearly_on: Option<(u32, u32)>,
    pub idle_months: Option<u32>,
    pub may_be_negative: bool,
    pub levels: Option<Levels>,
    /// What a mug costs, and how often one may buy it.
    pub mug: Option<(i64, Option<(i64, Per)>)>,
    /// For how many days vouchers are valid.
    pub valid_days: u64,
}

fn per(per: Per) -> &'static str {
    match per {
        Per::Day => "day",
        Per::Week => "week",
        Per::Month => "month",
        Per::Year => "year",
        Per::Ever => "ever",
    }
}

fn cap(cap: Option<Cap>) -> String {
    let of = |cap: Cap| if cap.in_points { "points" } else { "times" };
    cap.map_or(String::new(), |cap| format!("limit = {{ {} = {}, per = \"{}\" }}\n", of(cap), cap.most, per(cap.per)))
}

/// Hundredths or cents as a number with a point.
fn hundredths(number: i64) -> String {
    format!("{}.{:02}", number / 100, number % 100)
}

impl Terms {
    /// The program as its shop would write it.
    pub fn written(&self) -> String {
        let mut text = self.head();
        let mut rule = |kind: &str, rest: String| {
            write!(
                text,
                r#"
[[earn]]
rule = "{kind}"
{rest}
"#
            )
            .unwrap()
        };
        // A program has a rule; this one gives nothing.
        rule("action", "id = \"greeting\"".to_owned());
        if let Some((points, gap)) = self.visit {
            rule("visit", format!("points = {points}\ngap_minutes = {gap}\n{}", cap(self.visit_cap)));
        }
        if let Some((points, cents, tax, round)) = self.spend {
            let tax = if tax { "included" } else { "excluded" };
            let round = format!("{round:?}").to_lowercase();
            let rest = format!(
                r#"
points = {points}
per = {}
tax = "{tax}"
round = "{round}"
"#,
                hundredths(cents)
            );
            rule("spend", rest + &cap(self.spend_cap));
        }
        if let Some(points) = self.beans {
            rule("item", format!("points = {points}\narticles = {{ skus = [\"BEANS\"] }}"));
        }
        if let Some(size) = self.cards[0] {
            rule(
                "card",
                format!(
                    r#"
id = "cups"
stamps = {size}
reward = "tea"
articles = {{ skus = ["cup"] }}
"#
                ),
            );
        }
        if let Some(size) = self.cards[1] {
            rule("card", format!("id = \"visits\"\nstamps = {size}\nreward = \"tea\"\nper = \"visit\""));
        }
        if let Some((times, cents)) = self.double {
            let from = hundredths(cents);
            rule("multiplier", format!("times = {}\nwhen = {{ basket_from = {from} }}", hundredths(times)));
        }
        if let Some((points, cents)) = self.bonus {
            rule("bonus", format!("points = {points}\nwhen = {{ basket_from = {} }}", hundredths(cents)));
        }
        if self.first_tea {
            rule("bonus", "id = \"first\"\nreward = \"tea\"\nwhen = { first_purchase = true }".to_owned());
        }
        if let Some(points) = self.friend {
            rule("referral", format!("points = 1\nfriend_points = {points}"));
        }
        text + &self.rewards() + &self.tiers()
    }

    fn head(&self) -> String {
        let mut text = format!(
            "name = \"Terms\"\npending_days = {}\nmay_be_negative = {}\n",
            self.pending_days, self.may_be_negative
        );
        if let Some((points, period)) = self.cap {
            writeln!(text, "limit = {{ points = {points}, per = \"{}\" }}", per(period)).unwrap();
        }
        let after = self.after_months.map(|months| format!("after_months = {months}"));
        let yearly = self.yearly_on.map(|(month, day)| format!("yearly_on = \"{month:02}-{day:02}\""));
        let idle = self.idle_months.map(|months| format!("inactive_months = {months}"));
        let expiry: Vec<String> = after.into_iter().chain(yearly).chain(idle).collect();
        text + &format!("expiry = {{ {} }}\n", expiry.join(", "))
    }

    fn rewards(&self) -> String {
        let mut text = format!(
            r#"
[[rewards]]
id = "tea"
name = "Tea"
valid_days = {}
"#,
            self.valid_days
        );
        if let Some((cost, limit)) = self.mug {
            let limit = limit.map_or(String::new(), |(times, period)| {
                format!("limit = {{ times = {times}, per = \"{}\" }}\n", per(period))
            });
            let valid = self.valid_days;
            text += &format!(
                r#"
[[rewards]]
id = "mug"
name = "Mug"
cost = {cost}
valid_days = {valid}
{limit}
"#
            );
        }
        text
    }

    fn tiers(&self) -> String {
        let Some(levels) = &self.levels else { return String::new() };
        let window = match levels.window {
            Window::Year(1) => "\"calendar_year\"".to_owned(),
            Window::Year(month) => format!("{{ year_from_month = {month} }}"),
            Window::Months(months) => format!("{{ last_months = {months} }}"),
            Window::Lifetime => "\"lifetime\"".to_owned(),
        };
        let fall = match levels.fall {
            Fall::ToEarned => "to_earned",
            Fall::OneLevel => "one_level",
            Fall::Never => "never",
        };
        let from = levels.from.map(|from| if levels.by == By::Spend { hundredths(from) } else { from.to_string() });
        let by = format!("{:?}", levels.by).to_lowercase();
        let times = hundredths(levels.gold_times);
        format!(
            "[tiers]\nby = \"{by}\"\nwindow = {window}\ngrace_days = {}\nfall = \"{fall}\"\nlevels = [\
             {{ id = \"silver\", name = \"Silver\", from = {} }}, \
             {{ id = \"gold\", name = \"Gold\", from = {}, times = {times} }}]\n",
            levels.grace_days, from[0], from[1]
        )
    }
}

fn any_per() -> impl Strategy<Value = Per> {
    prop_oneof![Just(Per::Day), Just(Per::Week), Just(Per::Month), Just(Per::Year), Just(Per::Ever)]
}

fn any_cap() -> impl Strategy<Value = Option<Cap>> {
    let cap = (any::<bool>(), 1..60_i64, any_per());
    option::weighted(
        0.4,
        cap.prop_map(|(in_points, most, per)| Cap {
            in_points,
            most: if in_points { most } else { most % 3 + 1 },
            per,
        }),
    )
}

fn any_levels() -> impl Strategy<Value = Levels> {
    let by = prop_oneof![Just((By::Spend, 10_000)), Just((By::Points, 40)), Just((By::Visits, 3))];
    let window = prop_oneof![
        Just(Window::Year(1)),
        Just(Window::Year(4)),
        Just(Window::Months(1)),
        Just(Window::Months(12)),
        Just(Window::Lifetime)
    ];
    let fall = prop_oneof![Just(Fall::ToEarned), Just(Fall::OneLevel), Just(Fall::Never)];
    (by, window, 1..4_i64, 1..4_i64, 100..300_i64, prop_oneof![Just(0_u64), 1..60_u64], fall).prop_map(
        |((by, unit), window, silver, more, gold_times, grace_days, fall)| Levels {
            by,
            window,
            from: [silver * unit, (silver + more) * unit],
            gold_times,
            grace_days,
            fall,
        },
    )
}

/// Any program of these kinds of rules.
pub fn any_terms() -> impl Strategy<Value = Terms> {
    let round = prop_oneof![Just(Round::Down), Just(Round::Nearest), Just(Round::Up)];
    let earned = (
        option::of((1..20_i64, 0..180_i64)),
        any_cap(),
        option::weighted(0.8, (1..5_i64, prop_oneof![Just(100_i64), 1..2_000_i64], any::<bool>(), round)),
        any_cap(),
        option::of(1..10_i64),
        [option::of(1..6_i64), option::of(1..6_i64)],
    );
    let on_top = (
        option::of((100..400_i64, 0..20_000_i64)),
        option::of((1..50_i64, 0..20_000_i64)),
        any::<bool>(),
        option::of(1..50_i64),
        option::weighted(0.2, (20..200_i64, any_per())),
    );
    let kept = (
        prop_oneof![2 => Just(0_u64), 1 => 1..28_u64],
        option::of(1..14_u32),
        option::weighted(0.3, prop_oneof![Just((12, 31)), Just((2, 29)), Just((6, 30))]),
        option::weighted(0.3, 1..8_u32),
        any::<bool>(),
        option::weighted(0.7, any_levels()),
        option::weighted(0.9, (1..60_i64, option::weighted(0.3, (1..3_i64, any_per())))),
        prop_oneof![Just(30_u64), 1..200_u64],
    );
    (earned, on_top, kept).prop_map(|(earned, on_top, kept)| {
        let (visit, visit_cap, spend, spend_cap, beans, cards) = earned;
        let (double, bonus, first_tea, friend, cap) = on_top;
        let (pending_days, after_months, yearly_on, idle_months, may_be_negative, levels, mug, valid_days) = kept;
        Terms {
            visit,
            visit_cap,
            spend,
            spend_cap,
            beans,
            cards,
            double,
            bonus,
            first_tea,
            friend,
            cap,
            pending_days,
            after_months,
            yearly_on,
            idle_months,
            may_be_negative,
            levels,
            mug,
            valid_days,
        }
    })
}
