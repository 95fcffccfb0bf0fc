//! How many there were in a time: from the first one on, until the time is over.

/// A count that begins anew when its time is over. Small, since there is one for each prefix and phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Window {
    /// Unix seconds.
    began: u32,
    count: u32,
    is_told: bool,
}

impl Window {
    /// Whether there were `most` already; never where `most` is 0.
    pub fn is_full(&self, most: u32, now: u32, seconds: u32) -> bool {
        most > 0 && self.is_open(now, seconds) && self.count >= most
    }

    /// Counts one.
    pub fn count(&mut self, now: u32, seconds: u32) {
        if !self.is_open(now, seconds) {
            *self = Self { began: now, count: 0, is_told: false };
        }
        self.count = self.count.saturating_add(1);
    }

    /// Whether the alarm is due: once in its time.
    pub fn is_to_be_told(&mut self) -> bool {
        !std::mem::replace(&mut self.is_told, true)
    }

    /// Texts of a batch may arrive a little out of order.
    fn is_open(&self, now: u32, seconds: u32) -> bool {
        self.count > 0 && now.abs_diff(self.began) < seconds
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn it_fills_up_tells_once_and_begins_anew() {
        let mut window = Window::default();
        for at in 100..103 {
            assert!(!window.is_full(3, at, 60));
            window.count(at, 60);
        }
        assert!(window.is_full(3, 103, 60) && window.is_full(3, 159, 60));
        assert_eq!([window.is_to_be_told(), window.is_to_be_told()], [true, false]);
        assert!(!window.is_full(3, 160, 60));
        window.count(160, 60);
        assert!(window.is_to_be_told(), "a new time, a new alarm");
    }

    #[test]
    fn nothing_is_too_many_where_there_is_no_limit() {
        let mut window = Window::default();
        (0..100).for_each(|_| window.count(7, 60));
        assert!(!window.is_full(0, 7, 60));
    }

    proptest! {
        #[test]
        fn no_time_holds_more_than_twice_the_most(steps in prop::collection::vec(0u32..20, 1..400), most in 1u32..20) {
            let (mut window, mut now, mut taken) = (Window::default(), 1_000_000, Vec::new());
            for step in steps {
                now += step;
                if !window.is_full(most, now, 60) {
                    window.count(now, 60);
                    taken.push(now);
                }
            }
            for at in &taken {
                let within = taken.iter().filter(|other| (*at..at + 60).contains(*other)).count();
                prop_assert!(within as u32 <= 2 * most);
            }
        }
    }
}
