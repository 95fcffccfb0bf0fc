//! TIER: the level one has and until when, what is missing for the next, what it brings; and the paid membership.

use chrono::{Days, Months, NaiveDate};

use super::{
    Argument, Command, choose, day,
    holding::points,
    place::{self, Place, Request},
};
use crate::{
    conversation::{Context, Conversation, Turn},
    language::{Language, Line, Reply},
    program::{
        Program,
        tier::{Fall, Level, Measure, Tiers, Window},
    },
    purse::Purse,
    segment::count,
};

/// TIER, LEVEL, STATUS, NIVEL … and TIER with a shop's name.
pub const COMMAND: Command = Command {
    name: "tier",
    words: "words-tier",
    argument: Argument::Shop,
    is_told: |program, _| program.tiers.is_some() || program.membership.is_some(),
    answer,
};

fn answer(conversation: &Conversation, argument: Option<&str>, context: &Context<'_>) -> Turn {
    let has_levels = |place: &Place<'_>| place.program().tiers.is_some() || place.program().membership.is_some();
    let request = Request { command: COMMAND.name, shop: argument, said: None, uses: has_levels, none: "tiers-none" };
    place::at(request, conversation, context, |place| {
        let language = context.language(conversation);
        Turn::keeping(conversation, language).saying(tell(place, language, context), Some(place.shop.id))
    })
}

/// What matters most first; what does not fit is left out.
fn tell(place: &Place<'_>, language: Language, context: &Context<'_>) -> Reply {
    let today = place.today(context);
    let (program, purse) = (place.program(), place.purse());
    let level = program.tiers.as_ref().map(|_| purse.level_now(program, today));
    // The first line names the shop, where there is but a paid membership as well.
    let first = level.map_or_else(|| place.line("tiers-none"), |level| now(place, level, today));
    let rest = [
        program.tiers.as_ref().and_then(|tiers| what_next(tiers, program, purse, today)),
        membership(program, purse, today),
        level.flatten().and_then(|level| brings(level, program, language)),
    ];
    rest.into_iter().flatten().fold(Reply::from(first), |reply, line| {
        let with = reply.clone().below(line);
        let segments = count(&context.voice(place.shop, language).write(&with)).segments;
        if segments <= choose::SEGMENTS_MAX { with } else { reply }
    })
}

fn now(place: &Place<'_>, level: Option<&Level>, today: NaiveDate) -> Line {
    let Some(level) = level else { return place.line("tier-none-yet") };
    match kept_until(level, place.program(), place.purse(), today) {
        Some(until) => place.line("tier-now-until").part("day", day::written(until, today)),
        None => place.line("tier-now"),
    }
    .words("level", &level.name)
}

/// The last day of the level that is held, if nothing more is done; `None` where it is not lost.
fn kept_until(level: &Level, program: &Program, purse: &Purse, today: NaiveDate) -> Option<NaiveDate> {
    let tiers = program.tiers.as_ref()?;
    let earned = purse.level.as_ref().filter(|held| held.id == level.id);
    let Some(earned) = earned else {
        let paid = program.membership.as_ref().is_some_and(|membership| membership.level.as_ref() == Some(&level.id));
        return purse.membership.filter(|_| paid).map(|held| held.until);
    };
    if level.is_everybodys() || tiers.fall == Fall::Never {
        return None;
    }
    if let Some(lost_on) = earned.lost_on {
        return lost_on.pred_opt();
    }
    let threshold = tiers.threshold(level, program.currency)?;
    let mut ends: Vec<NaiveDate> = purse.progress.iter().filter_map(|(bucket, _)| tiers.window.ends(*bucket)).collect();
    ends.sort_unstable();
    let too_few = ends.into_iter().filter(|end| *end > today).find(|end| purse.progress_now(program, *end) < threshold);
    too_few?.checked_add_days(Days::new(tiers.grace_days.into()))?.pred_opt()
}

/// The next level that can be earned, and what is missing for it.
fn what_next(tiers: &Tiers, program: &Program, purse: &Purse, today: NaiveDate) -> Option<Line> {
    let held = purse.level_now(program, today).and_then(|level| tiers.place(&level.id));
    let above = tiers.levels.iter().skip(held.map_or(0, |place| place + 1));
    let (next, threshold) =
        above.filter_map(|level| Some((level, tiers.threshold(level, program.currency)?))).next()?;
    let missing = (threshold - purse.progress_in_span(program, today)).max(0);
    let line = match tiers.window {
        Window::CalendarYear | Window::YearFromMonth(_) => {
            let span_ends = tiers.window.bucket(today).checked_add_months(Months::new(12))?.pred_opt()?;
            Line::new("tier-next-by").part("day", day::written(span_ends, today))
        }
        Window::LastMonths(months) => Line::new("tier-next-within").count("count", months.into()),
        Window::Lifetime => Line::new("tier-next"),
    };
    Some(line.words("level", &next.name).part("missing", measured(missing, tiers.by, program)))
}

/// So much of what counts.
fn measured(amount: i64, by: Measure, program: &Program) -> Line {
    match by {
        Measure::Spend => Line::new("tier-spend").text("amount", program.currency.write(amount)),
        Measure::Points => points(amount, &program.unit),
        Measure::Visits => Line::new("tier-visits").count("count", amount),
        Measure::Friends => Line::new("tier-friends").count("count", amount),
    }
}

fn membership(program: &Program, purse: &Purse, today: NaiveDate) -> Option<Line> {
    let membership = program.membership.as_ref()?;
    let line = match purse.membership.filter(|held| today <= held.until) {
        Some(held) => Line::new("membership-until").part("day", day::written(held.until, today)),
        None => Line::new("membership-offer")
            .text("price", program.currency.write(membership.price.minor(program.currency)))
            .count("count", membership.months.into()),
    };
    Some(line.words("name", &membership.name))
}

/// What the level brings, in one list.
fn brings(level: &Level, program: &Program, language: Language) -> Option<Line> {
    let times = level.times.map(|times| {
        language.write_line(&Line::new("tier-times").text("times", times.to_string()).unit(&program.unit))
    });
    let perks = level.perks.iter().map(|perk| perk.in_language(language).to_owned());
    let gifts =
        level.gifts.iter().filter_map(|gift| Some(program.reward(&gift.reward)?.name.in_language(language).to_owned()));
    let all = times.into_iter().chain(perks).chain(gifts);
    let joined = |list: String, next: String| {
        language.write_line(&Line::new("perks-joined").text("perks", list).text("perk", next))
    };
    Some(Line::new("tier-perks").text("perks", all.reduce(joined)?))
}
