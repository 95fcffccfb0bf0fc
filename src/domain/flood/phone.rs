//! What one phone was lately told by one sender, and whether it may be told something again.

use super::{RATE_SECONDS, window::Window};

/// Seconds in which a phone is told the same [`PhoneLimits::same_answer_max`] times.
const SAME_SECONDS: u32 = 10 * 60;
/// How many times as often it is told the same in a day. A robot that takes its time would otherwise never stop.
const SAME_A_DAY: u32 = 4;
const HOUR_SECONDS: u32 = 60 * 60;
const DAY_SECONDS: u32 = 24 * HOUR_SECONDS;
/// Most answers that are remembered of a phone, so that memory is bounded; no limit may be greater.
const ANSWERS_MAX: usize = 200;

/// How often one phone is answered. 0 is no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhoneLimits {
    /// The same answer, in ten minutes.
    pub same_answer_max: u32,
    /// Answers in a minute.
    pub minute_max: u32,
    /// Answers in an hour.
    pub hour_max: u32,
    /// Answers in a day.
    pub day_max: u32,
}

/// What is remembered of a phone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Phone {
    /// What it was told, oldest first.
    answers: Vec<Answer>,
    /// What it texted, answered or not.
    texts: Window,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Answer {
    /// Unix seconds.
    at: u32,
    print: u32,
}

impl Phone {
    /// Counts a text of it; `false` where it is more than `most` within a minute, and only to be heard.
    pub fn texts(&mut self, most: u32, now: u32) -> bool {
        let is_one_too_many = self.texts.is_full(most, now, RATE_SECONDS);
        self.texts.count(now, RATE_SECONDS);
        !is_one_too_many
    }

    /// Whether it was told this as often as it may be: twice as often where it confirms a change each time.
    pub fn was_told_enough(&self, print: u32, confirms: bool, limits: &PhoneLimits, now: u32) -> bool {
        let same = |seconds| self.answers_within(seconds, now).filter(|answer| answer.print == print).count();
        let most = limits.same_answer_max * if confirms { 2 } else { 1 };
        is_reached(same(SAME_SECONDS), most) || is_reached(same(DAY_SECONDS), most * SAME_A_DAY)
    }

    /// Whether it was answered as often as it may be, whatever it was told.
    pub fn was_answered_enough(&self, limits: &PhoneLimits, now: u32) -> bool {
        let spans = [(RATE_SECONDS, limits.minute_max), (HOUR_SECONDS, limits.hour_max), (DAY_SECONDS, limits.day_max)];
        spans.into_iter().any(|(seconds, most)| is_reached(self.answers_within(seconds, now).count(), most))
    }

    /// Remembers that it is told this.
    pub fn is_told(&mut self, print: u32, now: u32) {
        self.answers.retain(|answer| now.abs_diff(answer.at) < DAY_SECONDS);
        if self.answers.len() >= ANSWERS_MAX {
            self.answers.remove(0);
        }
        // Most phones are told one thing or two.
        self.answers.reserve_exact(1);
        self.answers.push(Answer { at: now, print });
    }

    fn answers_within(&self, seconds: u32, now: u32) -> impl Iterator<Item = &Answer> {
        self.answers.iter().rev().filter(move |answer| now.abs_diff(answer.at) < seconds)
    }
}

fn is_reached(count: usize, most: u32) -> bool {
    most > 0 && count >= most as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LIMITS: PhoneLimits = PhoneLimits { same_answer_max: 3, minute_max: 10, hour_max: 40, day_max: 100 };

    /// How many of the answers, at these times, are given.
    fn given(answers: impl IntoIterator<Item = (u32, u32)>) -> Vec<(u32, u32)> {
        let mut phone = Phone::default();
        let may = |phone: &Phone, at, print| {
            !phone.was_told_enough(print, false, &LIMITS, at) && !phone.was_answered_enough(&LIMITS, at)
        };
        let mut given = Vec::new();
        for (at, print) in answers {
            if may(&phone, at, print) {
                phone.is_told(print, at);
                given.push((at, print));
            }
        }
        given
    }

    /// A robot that answers each answer after so many seconds with the next of its texts, and is done when there is none.
    fn chat(pause: u32, prints: impl IntoIterator<Item = u32>) -> usize {
        let all: Vec<(u32, u32)> = prints.into_iter().enumerate().map(|(n, print)| (n as u32 * pause, print)).collect();
        let given = given(all.iter().copied());
        all.iter().zip(&given).take_while(|(asked, given)| asked == given).count()
    }

    #[test]
    fn robots_stop_whatever_they_say_and_however_slow_they_are() {
        assert_eq!(chat(0, std::iter::repeat_n(1, 1000)), 3, "always the same");
        assert_eq!(chat(2, (0..1000).map(|n| n % 2)), 6, "two things alternately");
        assert_eq!(chat(1, 0..1000), 10, "something new each time");
        assert_eq!(chat(7, 0..1000), 40, "something new, at a leisurely pace");
        assert_eq!(chat(300, 0..1000), 100, "something new, slowly");
        assert_eq!(chat(250, std::iter::repeat_n(1, 10_000)), 12, "the same, slowly");
        assert_eq!(chat(3600, std::iter::repeat_n(1, 10_000)), 12, "the same, once an hour");
    }

    #[test]
    fn a_person_who_asks_now_and_then_is_always_answered() {
        // The same three times in a row, each two hours.
        let asked: Vec<(u32, u32)> =
            (0..4).flat_map(|n| [(n * 7200, 1), (n * 7200 + 5, 1), (n * 7200 + 9, 1)]).collect();
        assert_eq!(given(asked.iter().copied()), asked);
        // Twice each day for a month.
        let asked: Vec<(u32, u32)> = (0..60).map(|n| (n * 43_200, 1)).collect();
        assert_eq!(given(asked.iter().copied()), asked);
    }

    #[test]
    fn after_a_while_it_is_answered_again() {
        let loops = (0..50).map(|n| (n, 1));
        assert_eq!(given(loops.chain([(601, 1)])).last(), Some(&(601, 1)));
    }

    #[test]
    fn what_confirms_a_change_is_told_twice_as_often() {
        let mut phone = Phone::default();
        (0..3).for_each(|_| phone.is_told(1, 5));
        assert!(phone.was_told_enough(1, false, &LIMITS, 5) && !phone.was_told_enough(1, true, &LIMITS, 5));
        (0..3).for_each(|_| phone.is_told(1, 5));
        assert!(phone.was_told_enough(1, true, &LIMITS, 5));
    }

    #[test]
    fn only_so_many_texts_of_a_minute_are_more_than_heard() {
        let mut phone = Phone::default();
        assert_eq!((0..50).filter(|_| phone.texts(30, 5)).count(), 30);
        assert!(!phone.texts(30, 64) && phone.texts(30, 65));
        assert!((0..50).all(|_| Phone::default().texts(0, 5)));
    }

    #[test]
    fn memory_is_bounded() {
        let mut phone = Phone::default();
        (0..10_000).for_each(|print| phone.is_told(print, 5));
        assert_eq!(phone.answers.len(), ANSWERS_MAX);
        phone.is_told(1, 5 + DAY_SECONDS);
        assert_eq!(phone.answers.len(), 1);
    }

    proptest! {
        #[test]
        fn no_limit_is_ever_passed(asked in prop::collection::vec((0u32..200, 0u32..6), 1..400)) {
            let mut now = 1_000_000;
            let asked = asked.into_iter().map(|(pause, print)| { now += pause; (now, print) });
            let given = given(asked);
            for (at, print) in &given {
                let within = |seconds| given.iter().filter(move |(other, _)| (*at..at + seconds).contains(other));
                prop_assert!(within(60).count() <= 10);
                prop_assert!(within(3600).count() <= 40);
                prop_assert!(within(86_400).count() <= 100);
                prop_assert!(within(600).filter(|(_, other)| other == print).count() <= 3);
                prop_assert!(within(86_400).filter(|(_, other)| other == print).count() <= 12);
            }
        }
    }
}
