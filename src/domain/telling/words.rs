//! What waits, in words: one text, what matters most first, as much of it as fits.

use chrono::{Duration, NaiveDate};

use super::{
    decide::Scene,
    hear::{enough_now, near_now},
    told::Waiting,
};
use crate::{
    commands::{day, holding},
    language::{Line, Reply},
    purse::{Purse, draw::shown},
    segment::count,
};

/// The most segments that such a text takes, unless its first sentence alone needs more.
const SEGMENTS_MAX: usize = 2;
/// The most vouchers that one text names.
const GIFTS_MAX: usize = 2;
/// A text says how to opt out where none has for so long. (Good practice; welcome and HELP say it always.)
const STOP_TOLD_FOR: Duration = Duration::days(30);

/// What is said of what waits, and whether it says how to opt out; `None` where the program has no words for it any more.
pub(super) fn of(purse: &Purse, scene: &Scene<'_>) -> Option<(Reply, bool)> {
    let writer = Writer { purse, scene, today: scene.program.day(scene.now) };
    let waiting = &purse.told.waiting;
    let mut sentences = writer.opening(waiting);
    sentences.extend(writer.gifts(&waiting.gifts));
    sentences.extend(writer.level(waiting));
    sentences.extend(writer.near(waiting));
    sentences.extend(waiting.lapsing.iter().take(GIFTS_MAX).filter_map(|code| writer.voucher_lapses(code)));
    sentences.extend(writer.points_lapse(waiting));
    let stop = writer.stop().filter(|_| waiting.membership.is_none());
    let ends = waiting.membership.map(|day| writer.membership_ends(day));
    if sentences.is_empty() && ends.is_none() {
        return None;
    }
    let framed = |sentences: &[Line]| match &ends {
        // The reminder of a membership names the shop, and how to opt out.
        Some(ends) => sentences.iter().cloned().fold(Reply::from(ends.clone()), Reply::behind),
        None => writer.framed(sentences),
    };
    let fits = |sentences: &[Line]| count(&scene.voice.write(&framed(sentences))).segments <= SEGMENTS_MAX;
    let mut said: Vec<Line> = Vec::new();
    let mut said_stop = false;
    for (line, is_stop) in sentences.into_iter().map(|line| (line, false)).chain(stop.map(|line| (line, true))) {
        said.push(line);
        if said.len() + usize::from(ends.is_some()) > 1 && !fits(&said) {
            said.pop();
        } else {
            said_stop |= is_stop;
        }
    }
    Some((framed(&said), said_stop))
}

struct Writer<'a> {
    purse: &'a Purse,
    scene: &'a Scene<'a>,
    today: NaiveDate,
}

impl Writer<'_> {
    fn framed(&self, sentences: &[Line]) -> Reply {
        let opening = Line::new("told").text("shop", self.scene.shop.name.as_str());
        sentences.iter().cloned().fold(Reply::from(opening), Reply::behind)
    }

    /// A birthday, that they are missed, what was earned, and what that is enough for.
    fn opening(&self, waiting: &Waiting) -> Vec<Line> {
        let mut lines = Vec::new();
        if let Some(points) = waiting.birthday {
            lines.push(Line::new("told-birthday"));
            lines.extend(self.gained(points, 0, 1));
        } else if waiting.missed.is_some() {
            lines.push(Line::new("told-missed").part("held", self.held()));
        }
        let earned = &waiting.earned;
        let points = earned.iter().map(|earned| earned.points).sum();
        lines.extend(self.gained(points, earned.iter().map(|earned| earned.stamps).sum(), earned.len()));
        let enough =
            waiting.enough.then(|| enough_now(self.purse, &self.purse.told, self.scene.program, self.scene.now));
        if let Some(reward) = enough.flatten() {
            let line = if lines.is_empty() {
                Line::new("told-enough").part("held", self.held())
            } else {
                Line::new("near-enough")
            };
            lines.push(line.words("name", &reward.name));
        }
        lines
    }

    /// "+15 stars from 3 visits, you have 40 stars." What cannot be spent yet is told with its day.
    fn gained(&self, points: i64, stamps: i64, times: usize) -> Vec<Line> {
        let gained = match (points, stamps) {
            (0, 0) => return Vec::new(),
            (0, stamps) => Line::new("stamps-moved").count("count", stamps),
            (points, _) => holding::points(points, &self.scene.program.unit),
        };
        let gain = Line::new("gain").part("held", gained);
        if let Some(pending) = self.pending().filter(|_| points > 0) {
            return vec![Line::new("earned").part("gain", gain), pending];
        }
        let line = match i64::try_from(times).unwrap_or(i64::MAX) {
            ..=1 => Line::new("earned-now"),
            times => Line::new("told-earned-often").count("count", times),
        };
        vec![line.part("gain", gain).part("held", self.held_of(points))]
    }

    fn pending(&self) -> Option<Line> {
        let Scene { program, .. } = *self.scene;
        let on = self.purse.pending.iter().map(|pending| pending.on).min().filter(|_| program.pending_days > 0)?;
        let points =
            self.purse.pending.iter().filter(|pending| pending.on == on).map(|pending| pending.lot.points).sum();
        let points = holding::points(points, &program.unit);
        Some(Line::new("near-pending").part("points", points).part("day", day::written(on, self.today)))
    }

    /// Where stamps alone came, those on the card, even where points are counted as well.
    fn held_of(&self, points: i64) -> Line {
        let card = self.scene.program.cards().next().filter(|_| points == 0);
        card.map_or_else(
            || self.held(),
            |(rule, card)| holding::stamps(self.purse.card(&rule.id).in_hand(), card.stamps),
        )
    }

    fn held(&self) -> Line {
        holding::in_purse(self.scene.program, self.purse)
    }

    fn gifts(&self, codes: &[String]) -> Vec<Line> {
        codes.iter().take(GIFTS_MAX).filter_map(|code| self.voucher("told-gift", code)).collect()
    }

    fn voucher_lapses(&self, code: &str) -> Option<Line> {
        self.voucher("told-voucher-lapses", code)
    }

    fn voucher(&self, key: &'static str, code: &str) -> Option<Line> {
        let voucher = self.purse.vouchers.iter().find(|voucher| voucher.code == code)?;
        let reward = self.scene.program.reward(&voucher.reward)?;
        let until = day::written(voucher.last_day, self.today);
        Some(Line::new(key).words("name", &reward.name).text("code", shown(code)).part("day", until))
    }

    fn level(&self, waiting: &Waiting) -> Option<Line> {
        let level = self.scene.program.level(waiting.level.as_deref()?)?;
        Some(Line::new("told-level").words("level", &level.name))
    }

    fn near(&self, waiting: &Waiting) -> Option<Line> {
        let Scene { program, shop, now, .. } = *self.scene;
        let near = near_now(self.purse, &self.purse.told, program, &shop.telling, now).filter(|_| waiting.near)?;
        Some(Line::new("near-missing").count("missing", near.missing).words("name", &near.reward.name))
    }

    fn points_lapse(&self, waiting: &Waiting) -> Option<Line> {
        let program = self.scene.program;
        let (points, first) = self.purse.lapsing_to(program, self.today, waiting.points_lapse?)?;
        let points = holding::points(points, &program.unit);
        Some(Line::new("told-points-lapse").part("points", points).part("day", day::written(first, self.today)))
    }

    fn membership_ends(&self, ends_on: NaiveDate) -> Line {
        let line = Line::new("membership-ends").text("shop", self.scene.shop.name.as_str());
        let line = line.part("day", day::written(ends_on, self.today));
        match &self.scene.program.membership {
            Some(membership) => line.words("membership", &membership.name),
            None => line.text("membership", ""),
        }
    }

    fn stop(&self) -> Option<Line> {
        let since = (self.scene.now - STOP_TOLD_FOR).timestamp();
        self.purse.told.stop_told_at.is_none_or(|at| at < since).then(|| Line::new("told-stop"))
    }
}
