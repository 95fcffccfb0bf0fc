//! Looks at a program as a whole: what its parts say of each other, and what no type can forbid.

mod parts;
mod written;

use std::{collections::HashSet, ops::RangeInclusive};

pub(super) use written::Written;

use super::sentence::{did_you_mean, shortened};
use crate::{
    commands,
    profile::question::Mistake,
    program::{
        Program,
        earn::{Limit, POINTS_MAX, Rule},
        sale::Articles,
        words::Words,
    },
    reserved::reserved,
    text::Text,
};

/// The most of any list within a rule or a level.
const LIST_MAX: usize = 100;
/// The most characters of a word of the till's.
const WORD_MAX: usize = 100;

/// Where a part of a program is checked beside the others.
pub struct Check<'a> {
    program: &'a Program,
    written: &'a Written<'a>,
    at: String,
    rule: Option<&'a Rule>,
    mistakes: &'a mut Vec<Mistake>,
}

/// Finds everything that is wrong with a program whose parts could be read.
pub(super) fn check(program: &Program, written: &Written<'_>, mistakes: &mut Vec<Mistake>) {
    let mut ids = HashSet::new();
    for (rule, place) in program.rules.iter().zip(&written.rule_places) {
        let is_new = ids.insert(rule.id.as_str());
        let at = format!("earn[{place}]");
        Check { program, written, at, rule: Some(rule), mistakes }.check_rule(rule, is_new);
    }
    let mut ids = HashSet::new();
    for (reward, place) in program.rewards.iter().zip(&written.reward_places) {
        let is_new = ids.insert(reward.id.as_str());
        let at = format!("rewards[{place}]");
        Check { program, written, at, rule: None, mistakes }.check_reward(reward, is_new);
    }
    Check { program, written, at: String::new(), rule: None, mistakes }.check_whole();
}

impl Check<'_> {
    /// Something is wrong with a setting.
    pub fn mistake(&mut self, setting: &str, sentence: &str) {
        let path = if self.at.is_empty() { setting.to_owned() } else { format!("{}.{setting}", self.at) };
        self.mistakes.push(Mistake { path, sentence: sentence.to_owned() });
    }

    /// A number must be within bounds.
    pub fn within(&mut self, setting: &str, value: i64, bounds: RangeInclusive<i64>) {
        if !bounds.contains(&value) {
            self.mistake(setting, &format!("must be {} to {}", bounds.start(), bounds.end()));
        }
    }

    /// Points that are given.
    pub fn points(&mut self, setting: &str, points: i64) {
        self.within(setting, points, 1..=POINTS_MAX);
    }

    /// Points or a reward, or both.
    pub fn points_or_reward(&mut self, points: i64, reward: Option<&str>) {
        self.within("points", points, 0..=POINTS_MAX);
        match reward {
            Some(reward) => self.reward("reward", reward),
            None if points == 0 => self.mistake("points", "must be more than 0, or a reward must be given"),
            None => {}
        }
        if points == 0 {
            self.limit_in_times();
        }
    }

    /// A reward must be one of the program's.
    pub fn reward(&mut self, setting: &str, id: &str) {
        let known = self.written.rewards();
        self.named(setting, "reward", id, &known);
    }

    /// A rule must be one of the program's whose points can be multiplied.
    pub fn multiplied_rule(&mut self, setting: &str, id: &str) {
        let known = self.written.rules();
        self.named(setting, "rule", id, &known);
        if self.program.rule(id).is_some_and(|rule| !rule.earn.can_be_multiplied()) {
            self.mistake(setting, "names a rule that is never multiplied; visit, spend and item rules are");
        }
    }

    /// Articles must be words.
    pub fn articles(&mut self, setting: &str, articles: &Articles) {
        for (list, name) in [(&articles.skus, "skus"), (&articles.categories, "categories")] {
            self.words_of_till(&format!("{setting}.{name}"), list, 200);
        }
    }

    /// There can be but one rule of this kind.
    pub fn only_one(&mut self) {
        let kind = self.rule.map_or("", |rule| rule.kind.name);
        let is_same = |other: &&Rule| other.kind.name == kind;
        if self.program.rules.iter().filter(is_same).count() > 1 {
            self.mistake("rule", &format!("there can be only one {kind} rule; join them into one"));
        }
    }

    /// Whatever anyone can text again and again needs a limit.
    pub fn needs_limit(&mut self) {
        if self.rule.is_some_and(|rule| rule.limit.is_none()) {
            let sentence = "is needed, such as { times = 1, per = \"day\" }: members can text it as often as they like";
            self.mistake("limit", sentence);
        }
    }

    /// A rule that gives no points is not limited by points.
    pub fn limit_in_times(&mut self) {
        if self.rule.and_then(|rule| rule.limit).is_some_and(|limit| limit.points.is_some()) {
            self.mistake("limit.points", "says nothing here, where no points are given; say times");
        }
    }

    /// A word that members text must mean nothing else.
    pub fn word(&mut self, setting: &str, words: &Words) {
        for word in words.all() {
            let text = Text::read(word);
            if text.is_blank() || text.normal().chars().all(char::is_numeric) {
                self.mistake(setting, &format!("{word} is no word that one can text; take letters"));
            } else if reserved(&text).is_some() || commands::is_taken(&text) || self.is_word_of_another(&text) {
                self.mistake(setting, &format!("{word} means something else already; choose another"));
            }
        }
    }

    fn is_word_of_another(&self, text: &Text) -> bool {
        let others = self.program.actions().filter(|(rule, _)| self.rule.is_some_and(|own| own.id != rule.id));
        let mut words = others.filter_map(|(_, action)| action.word.as_ref()).flat_map(Words::all);
        words.any(|word| Text::read(word).normal() == text.normal())
    }

    /// Words of the till's: articles, categories, ways to pay.
    fn words_of_till(&mut self, setting: &str, list: &[String], most: usize) {
        let fits = |word: &String| !word.trim().is_empty() && word.chars().nth(WORD_MAX).is_none();
        if list.len() > most || !list.iter().all(fits) {
            self.mistake(setting, &format!("has at most {most} words, each of 1 to {WORD_MAX} characters"));
        }
    }

    fn at_most(&mut self, setting: &str, count: usize, most: usize) -> bool {
        if count > most {
            self.mistake(setting, &format!("has at most {most} entries"));
        }
        count <= most
    }

    fn named(&mut self, setting: &str, what: &str, id: &str, known: &[&str]) {
        if !known.contains(&id) {
            let sentence = format!("names no {what} of this program: {}", shortened(id, 40));
            self.mistake(setting, &did_you_mean(&sentence, id, known));
        }
    }

    fn level(&mut self, setting: &str, id: &str) {
        let known = self.written.levels();
        self.named(setting, "level", id, &known);
    }

    fn id(&mut self, setting: &str, id: &str) {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
        if id.is_empty() || id.len() > 40 || !id.chars().all(fits) {
            self.mistake(setting, "must be 1 to 40 of a-z, 0-9, - and _, such as free-coffee");
        }
    }

    fn check_rule(&mut self, rule: &Rule, is_new: bool) {
        self.id("id", &rule.id);
        if !is_new {
            let id = shortened(&rule.id, 40);
            self.mistake("id", &format!("is also the id of another rule: {id}; give one of them an id of its own"));
        }
        self.when(rule);
        self.limit("limit", rule.limit.as_ref());
        rule.earn.check(self);
    }

    fn when(&mut self, rule: &Rule) {
        let when = &rule.when;
        if when.from.zip(when.until).is_some_and(|(from, until)| until < from) {
            self.mistake("when.until", "must not be before when.from");
        }
        if self.at_most("when.levels", when.levels.len(), 10) {
            when.levels
                .iter()
                .enumerate()
                .for_each(|(place, level)| self.level(&format!("when.levels[{place}]"), level));
        }
        if when.paid_member.is_some() && !self.written.has_membership() {
            self.mistake("when.paid_member", "needs a membership in this program");
        }
        self.within("when.days_around_birthday", when.days_around_birthday.unwrap_or(0), 0..=60);
        self.within("when.items_from", when.items_from.unwrap_or(1), 1..=10_000);
        self.at_most("when.weekdays", when.weekdays.len(), 7);
        self.words_of_till("when.payments", &when.payments, 20);
        self.articles("when.articles", &when.articles);
        let answers: Vec<String> =
            when.answers.iter().flat_map(|(question, answer)| [question, answer]).cloned().collect();
        self.words_of_till("when.answers", &answers, 20);
        if when.is_about_baskets() && !rule.earn.judges_sales() {
            let sentence = format!("a {} rule knows no basket; leave out what is about one", rule.kind.name);
            self.mistake("when", &sentence);
        }
    }

    fn limit(&mut self, setting: &str, limit: Option<&Limit>) {
        let Some(limit) = limit else { return };
        if limit.points.is_none() == limit.times.is_none() {
            self.mistake(setting, "has either points or times");
        }
        self.within(&format!("{setting}.points"), limit.points.unwrap_or(1), 1..=POINTS_MAX);
        self.within(&format!("{setting}.times"), limit.times.unwrap_or(1), 1..=POINTS_MAX);
        if self.rule.is_none() && limit.times.is_some() {
            self.mistake(&format!("{setting}.times"), "is for single rules; all together have limit.points");
        }
    }
}

impl std::fmt::Debug for Check<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Check({})", self.at)
    }
}
