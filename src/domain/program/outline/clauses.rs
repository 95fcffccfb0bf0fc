//! The sentences: one for each setting or few that belong together, and what may stand in their holes.

use serde_json::Value;

use super::{Fields, holes};

/// A sentence, by the name of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clause {
    /// The name of its text.
    pub key: &'static str,
    /// What may be filled in.
    pub holes: &'static [Hole],
    /// Whether it is told even where the program leaves out what it is about.
    pub always: bool,
    /// Where it is one of several of which one is chosen: which.
    pub variant: Option<Variant>,
}

/// One of several sentences of which one is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variant {
    /// The setting.
    pub path: &'static str,
    /// Its value for this sentence.
    pub value: &'static str,
}

/// A hole of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hole {
    /// The setting, dotted where it is nested.
    pub path: &'static str,
    /// What may stand in it.
    pub fill: Fill,
    /// What counts where the program leaves it out.
    pub absent: &'static str,
}

/// What may stand in a hole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// So many of the program's unit.
    Points,
    /// A whole number of something.
    Whole(Noun),
    /// An amount of money.
    Money,
    /// Where a level begins: money, points, visits or friends, as the levels say.
    Threshold,
    /// By how much points are multiplied.
    Times,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// Yes or no.
    Flag,
    /// A reward.
    Reward,
    /// A level.
    Level,
    /// Rules, by their ids.
    Rules,
    /// Levels, by their ids.
    Levels,
    /// Days of the week.
    Weekdays,
    /// Words of the till, with commas between.
    Words,
    /// Two times of the day.
    Hours,
    /// A day.
    Day,
    /// A day of every year.
    YearDay,
    /// Some lines.
    Lines,
    /// A name, in every language.
    Name,
    /// Several names.
    Names,
    /// Rewards that are given again and again.
    Gifts,
    /// What is earned, as it is counted.
    Unit,
    /// How much a rule gives at most: points or times within a time.
    Limit,
    /// How often within a time.
    Often,
    /// Answers to the shop's questions.
    Answers,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "their names say it")]
pub enum Noun {
    Minutes,
    Days,
    Months,
    Stamps,
    Articles,
    Friends,
    Percent,
    Pieces,
    /// A month of the year, 1 to 12.
    Month,
}

/// Parts of the calendar, as limits name them.
pub const PERIODS: &[&str] = &["day", "week", "month", "quarter", "year", "ever"];
/// Days of the week.
pub const WEEKDAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

impl Clause {
    /// The fields of its holes with what stands in them.
    pub fn fields(&self, part: &Value) -> Fields {
        match self.variant {
            None => self.holes.iter().flat_map(|hole| holes::read(part, hole)).collect(),
            Some(variant) => holes::read_variant(part, self, variant),
        }
    }

    /// Whether the part says anything of what it is about.
    pub fn is_told(&self, part: &Value) -> bool {
        match self.variant {
            Some(variant) => holes::variant_of(part, variant.path) == variant.value,
            None => self.always || self.holes.iter().any(|hole| holes::is_there(part, hole)),
        }
    }
}

const fn told(key: &'static str, holes: &'static [Hole]) -> Clause {
    Clause { key, holes, always: false, variant: None }
}

const fn main(key: &'static str, holes: &'static [Hole]) -> Clause {
    Clause { key, holes, always: true, variant: None }
}

const fn one_of(path: &'static str, value: &'static str, key: &'static str, holes: &'static [Hole]) -> Clause {
    Clause { key, holes, always: false, variant: Some(Variant { path, value }) }
}

const fn hole(path: &'static str, fill: Fill) -> Hole {
    Hole { path, fill, absent: "" }
}

const fn or(path: &'static str, fill: Fill, absent: &'static str) -> Hole {
    Hole { path, fill, absent }
}

use self::Fill::{
    Answers, Choice, Day, Flag, Gifts, Hours, Level, Levels, Limit, Lines, Money, Name, Names, Often, Points, Reward,
    Rules, Threshold, Times, Unit, Weekdays, Whole, Words, YearDay,
};

const POINTS: Hole = hole("points", Points);
const REWARD: Clause = told("reward", &[hole("reward", Reward)]);
const CATEGORIES: Clause = told("categories", &[hole("articles.categories", Words)]);
const SKUS: Clause = told("skus", &[hole("articles.skus", Words)]);

/// What is of the program itself.
pub const BASICS: &[Clause] = &[
    main("name", &[hole("name", Name)]),
    told("story", &[hole("story", Lines)]),
    main("unit", &[or("unit", Unit, "point")]),
    told("pending", &[or("pending_days", Whole(Noun::Days), "0")]),
    told("after-months", &[hole("expiry.after_months", Whole(Noun::Months))]),
    told("yearly-on", &[hole("expiry.yearly_on", YearDay)]),
    told("inactive", &[hole("expiry.inactive_months", Whole(Noun::Months))]),
    told("limit-of-all", &[hole("limit", Limit)]),
    told("negative", &[or("may_be_negative", Flag, "false")]),
];

/// What each kind of rule does.
pub const RULES: &[(&str, &[Clause])] = &[
    ("visit", &[main("visit", &[POINTS]), told("visit-gap", &[or("gap_minutes", Whole(Noun::Minutes), "0")])]),
    (
        "spend",
        &[
            main("spend", &[or("per", Money, "1"), POINTS]),
            CATEGORIES,
            SKUS,
            told("tax", &[or("tax", Choice(&["excluded", "included"]), "excluded")]),
            told("round", &[or("round", Choice(&["down", "nearest", "up"]), "down")]),
        ],
    ),
    ("item", &[main("item", &[POINTS]), CATEGORIES, SKUS]),
    (
        "card",
        &[
            main("card", &[hole("stamps", Whole(Noun::Stamps)), hole("reward", Reward)]),
            told("stamp-per", &[or("per", Choice(&["article", "visit"]), "article")]),
            CATEGORIES,
            SKUS,
            told("stamp-from", &[hole("basket_from", Money)]),
            told("head-start", &[or("head_start", Whole(Noun::Stamps), "0")]),
        ],
    ),
    ("multiplier", &[main("multiplier", &[hole("times", Times)]), told("multiplier-of", &[hole("of", Rules)])]),
    ("bonus", &[told("bonus", &[POINTS]), REWARD]),
    ("welcome", &[told("welcome", &[POINTS]), REWARD]),
    (
        "birthday",
        &[
            told("birthday", &[POINTS]),
            REWARD,
            main("birthday-before", &[or("days_before", Whole(Noun::Days), "0")]),
            main("birthday-after", &[or("days_after", Whole(Noun::Days), "30")]),
            told("leap-day", &[or("leap_day", Choice(&["02-28", "03-01"]), "02-28")]),
        ],
    ),
    (
        "referral",
        &[
            told("referral", &[POINTS]),
            told("referral-reward", &[hole("reward", Reward)]),
            told("friend", &[hole("friend_points", Points)]),
            told("friend-reward", &[hole("friend_reward", Reward)]),
            main("friends-max", &[or("friends_a_year_max", Whole(Noun::Friends), "10")]),
        ],
    ),
    ("code", &[told("code", &[POINTS]), REWARD]),
    ("check_in", &[main("check-in", &[POINTS])]),
    (
        "action",
        &[
            told("action", &[POINTS]),
            REWARD,
            told("action-word", &[hole("word", Name)]),
            told("action-thanks", &[hole("thanks", Name)]),
        ],
    ),
];

/// When and for whom any rule holds.
pub const COMMON: &[Clause] = &[
    told("rule-name", &[hole("name", Name)]),
    told("limit", &[hole("limit", Limit)]),
    told("when-weekdays", &[hole("when.weekdays", Weekdays)]),
    told("when-hours", &[hole("when.hours", Hours)]),
    told("when-from", &[hole("when.from", Day)]),
    told("when-until", &[hole("when.until", Day)]),
    told("when-levels", &[hole("when.levels", Levels)]),
    told("when-paid", &[hole("when.paid_member", Flag)]),
    told("when-birthday", &[hole("when.days_around_birthday", Whole(Noun::Days))]),
    told("when-answers", &[hole("when.answers", Answers)]),
];

/// Under which conditions a rule of sales holds, besides.
pub const OF_SALES: &[Clause] = &[
    told("when-basket", &[hole("when.basket_from", Money)]),
    told("when-items", &[hole("when.items_from", Whole(Noun::Articles))]),
    told("when-categories", &[hole("when.articles.categories", Words)]),
    told("when-skus", &[hole("when.articles.skus", Words)]),
    told("when-payments", &[hole("when.payments", Words)]),
    told("when-first", &[hole("when.first_purchase", Flag)]),
];

/// A reward.
pub const A_REWARD: &[Clause] = &[
    main("reward-name", &[hole("name", Name)]),
    told("cost", &[hole("cost", Points)]),
    one_of("worth", "gift", "worth-gift", &[]),
    one_of(
        "worth",
        "free_item",
        "worth-free-item",
        &[hole("articles.categories", Words), hole("articles.skus", Words)],
    ),
    one_of("worth", "amount_off", "worth-amount-off", &[hole("amount", Money)]),
    one_of(
        "worth",
        "percent_off",
        "worth-percent-off",
        &[hole("percent", Whole(Noun::Percent)), hole("amount_max", Money)],
    ),
    one_of("worth", "money", "worth-money", &[hole("amount", Money)]),
    main("valid-days", &[or("valid_days", Whole(Noun::Days), "30")]),
    told("stock", &[hole("stock", Whole(Noun::Pieces))]),
    told("often", &[hole("limit", Often)]),
    told("on-from", &[hole("from", Day)]),
    told("on-until", &[hole("until", Day)]),
    told("level-from", &[hole("level_from", Level)]),
];

/// What all levels have in common.
pub const TIERS: &[Clause] = &[
    main("tiers-by", &[hole("by", Choice(&["spend", "points", "visits", "friends"]))]),
    one_of("window", "calendar_year", "window-calendar-year", &[]),
    one_of("window", "year_from_month", "window-year-from-month", &[hole("number", Whole(Noun::Month))]),
    one_of("window", "last_months", "window-last-months", &[hole("number", Whole(Noun::Months))]),
    one_of("window", "lifetime", "window-lifetime", &[]),
    told("grace", &[or("grace_days", Whole(Noun::Days), "0")]),
    told("fall", &[or("fall", Choice(&["to_earned", "one_level", "never"]), "to_earned")]),
];

/// A level.
pub const A_LEVEL: &[Clause] = &[
    main("level-name", &[hole("name", Name)]),
    told("level-begins", &[hole("from", Threshold)]),
    told("level-times", &[hole("times", Times)]),
    told("perks", &[hole("perks", Names)]),
    told("gifts", &[hole("gifts", Gifts)]),
];

/// The paid membership.
pub const MEMBERSHIP: &[Clause] = &[
    main("membership-name", &[hole("name", Name)]),
    main("membership", &[hole("price", Money), hole("months", Whole(Noun::Months))]),
    told("membership-skus", &[hole("skus", Words)]),
    told("membership-level", &[hole("level", Level)]),
    main("reminder", &[or("reminder_days", Whole(Noun::Days), "14")]),
];
