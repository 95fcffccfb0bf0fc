//! Texts with real values in them: of this shop, its program and its sign, as short as they come, as usual, and as long.

use chrono::NaiveDate;

use super::{
    holes::{Hole, holes_of},
    voice::Voice,
};
use crate::{
    commands::{day, holding},
    language::{Language, Line},
    money::Currency,
    program::{Program, words::Words},
    purse::draw::shown,
    shop::Shop,
};

/// What is true of a shop.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The shop.
    pub shop: &'a Shop,
    /// What its members earn in.
    pub program: Option<&'a Program>,
    /// What is on its sign.
    pub phrase: Option<&'a str>,
    /// The number it texts from.
    pub number: &'a str,
}

/// How long the values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// Short names, small numbers.
    Shortest,
    /// As usual.
    Typical,
    /// Long names, big numbers.
    Longest,
}

impl Size {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Shortest, Self::Typical, Self::Longest];

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Shortest => "shortest",
            Self::Typical => "typical",
            Self::Longest => "longest",
        }
    }

    fn of<T>(self, shortest: T, typical: T, longest: T) -> T {
        match self {
            Self::Shortest => shortest,
            Self::Typical => typical,
            Self::Longest => longest,
        }
    }
}

impl<'a> Facts<'a> {
    /// A line with values in all its holes.
    pub fn line(&self, key: &'static str, size: Size) -> Line {
        holes_of(key).iter().fold(Line::new(key), |line, hole| self.filled(line, key, *hole, size))
    }

    /// What is read.
    pub fn read(&self, key: &'static str, size: Size, voice: Voice<'_>) -> String {
        voice.write_line(&self.line(key, size))
    }

    fn filled(&self, line: Line, key: &str, hole: Hole, size: Size) -> Line {
        let Hole { name, is_number } = hole;
        if is_number {
            return line.count(name, self.number(name, size));
        }
        match name {
            "unit" => match self.program {
                Some(program) => line.unit(&program.unit),
                None => line.unit(&Default::default()),
            },
            "held" | "points" | "cost" | "mine" | "theirs" => line.part(name, self.points(size)),
            "gain" | "moved" => line.part(name, Line::new("gain").part("held", self.points(size))),
            "stamps" => line.part(name, holding::stamps(size.of(1, 4, 9), size.of(9, 10, 10))),
            // Of the next level: points, money, visits.
            "missing" => line.part(name, self.points(size)),
            "day" => line.part(name, the_day(size)),
            "when" => {
                let line_of = Line::new("staff-used-before").text("time", "14:05");
                line.part(name, line_of.part("day", the_day(size)))
            }
            "why" => line.part(name, Line::new(size.of("why-code", "why-sale", "why-given-back"))),
            "reward" => line.words(name, &self.reward(size)),
            "name" if is_of_reward(key) => line.words(name, &self.reward(size)),
            _ => line.text(name, self.text(key, name, size)),
        }
    }

    fn number(&self, name: &str, size: Size) -> i64 {
        match name {
            "per_month" => self.shop.messages_per_month.into(),
            "points" | "missing" => size.of(1, 120, 1_000_000),
            "stamps" => size.of(1, 4, 9),
            "size" => size.of(9, 10, 10),
            "example" => size.of(1, 100, 5_000),
            "minutes" => 5,
            "number" => size.of(1, 2, 9),
            _ => size.of(1, 3, 24),
        }
    }

    fn points(&self, size: Size) -> Line {
        let unit = self.program.map(|program| program.unit.clone()).unwrap_or_default();
        holding::points(self.number("points", size), &unit)
    }

    /// The shop's own rewards, where it has some.
    fn reward(&self, size: Size) -> Words {
        let rewards = self.program.map(|program| program.rewards.as_slice()).unwrap_or_default();
        let length = |words: &&Words| words.all().map(|name| name.chars().count()).max().unwrap_or_default();
        let mut names = rewards.iter().map(|reward| &reward.name);
        let found = match size {
            Size::Shortest => names.min_by_key(length),
            Size::Typical => names.next(),
            Size::Longest => names.max_by_key(length),
        };
        found
            .cloned()
            .unwrap_or_else(|| Words::from(size.of("Tea", "Free coffee", "Breakfast for two with fresh juice")))
    }

    fn level(&self, size: Size) -> String {
        size.of("Gold", "Gold", "Platinum Plus").to_owned()
    }

    fn text(&self, key: &str, name: &str, size: Size) -> String {
        let phrase = self.phrase.unwrap_or("COFFEE PLS");
        let currency = Currency::from_code(&self.shop.currency).unwrap_or_default();
        let said = match name {
            "shop" | "shops" => &self.shop.name,
            "phrase" | "past" => phrase,
            "contact" if self.shop.contact.is_empty() => "hello@yourshop.example",
            "contact" => &self.shop.contact,
            "words" => return format!("{phrase} K7M2"),
            "number" => self.number,
            "code" => return shown(size.of("K7M29", "K7M29QXF", "K7M29QXF4TRW")),
            "amount" | "price" => return currency.write(size.of(100, 1_250, 1_000_000)),
            "level" => return self.level(size),
            "membership" => size.of("Plus", "Plus", "Coffee Club Premium"),
            "link" => "https://yourshop.example/friends/K7M2",
            "phone" => "+1 415 555 0123",
            "who" => size.of("Al", "Sam", "+1 415 555 0123"),
            "time" => "14:05",
            "year" => "2027",
            "prompt" => size.of(
                "Tea?",
                "What do you like to drink?",
                "Which of our shops do you come to most often on weekdays?",
            ),
            "answer" if key == "profile-birthday" => "May 7",
            "answer" => size.of("Tea", "Ana", "Something strong, with milk and no sugar"),
            "commands" => size.of("CARD", "REWARDS, CARD, TIER", "REWARDS, REDEEM, CARD, TIER, REFER, CODE, HISTORY"),
            "perks" => size.of(
                "free refills",
                "free refills, early access",
                "free refills, early access to new roasts, a gift each month",
            ),
            "thanks" => {
                size.of("Thanks!", "Thank you for the review!", "Thank you very much for filling in our long survey!")
            }
            "example" if key.starts_with("sign-up-birthday") => "May 7",
            "example" => "K7M2",
            "name" if key == "choice" => &self.shop.name,
            "name" if key.starts_with("membership") => size.of("Plus", "Plus", "Coffee Club Premium"),
            "name" if key.starts_with("card") => size.of("Tea", "Coffee card", "Freshly squeezed juices"),
            "name" => size.of("Li", "Ana", "María Fernanda Montserrat"),
            _ => "",
        };
        said.to_owned()
    }
}

/// A day of the year 2027; short names of months first.
fn the_day(size: Size) -> Line {
    let (month, day_of) = size.of((5, 1), (6, 15), (9, 30));
    let today = NaiveDate::from_ymd_opt(2027, 4, 1).unwrap_or_default();
    let day_of = NaiveDate::from_ymd_opt(size.of(2027, 2027, 2028), month, day_of).unwrap_or_default();
    day::written(day_of, today)
}

/// Whether the name in a text is a reward's, not a person's or a card's.
fn is_of_reward(key: &str) -> bool {
    let begins = ["reward", "redeem", "near-", "told-", "voucher", "gift", "points-and-gift"];
    begins.iter().any(|begin| key.starts_with(begin))
}

/// How many segments a text may take before it is worth a word: two. More is dear, and some phones show it in parts.
pub const SEGMENTS_WELL: usize = 2;

/// The languages in which a shop's texts can be said: its own first.
pub fn languages(shop: &Shop) -> Vec<Language> {
    let others = Language::all().filter(|language| *language != shop.language);
    std::iter::once(shop.language).chain(others).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{OwnWords, Template, as_built_in, topics::TOPICS};

    /// Every text that a shop may write is filled by the samples, in its own words as it is built in.
    #[test]
    fn a_text_built_in_and_the_same_as_ones_own_read_alike() {
        let shop = shop();
        let facts = Facts { shop: &shop, program: None, phrase: None, number: "+14155550100" };
        for language in Language::all() {
            let mut words = OwnWords::default();
            for key in TOPICS.iter().flat_map(|topic| topic.keys) {
                words.put(language, key, Some(Template::read(&as_built_in(language, key), language, key).unwrap()));
            }
            for key in TOPICS.iter().flat_map(|topic| topic.keys) {
                for size in Size::ALL {
                    let built_in = language.try_line(&facts.line(key, size), Voice::of(language));
                    let own = facts.read(key, size, Voice::of(language).own(&shop.name, &words));
                    assert_eq!(Ok(own), built_in, "{} {key}", language.code());
                }
            }
        }
    }

    fn shop() -> Shop {
        use chrono::DateTime;
        use uuid::Uuid;
        Shop {
            id: Uuid::from_u128(1),
            merchant_id: Uuid::from_u128(2),
            sender_id: Uuid::from_u128(3),
            name: "Bean There".to_owned(),
            time_zone: chrono_tz::UTC,
            language: Language::default(),
            currency: "USD".to_owned(),
            opt_in: crate::shop::OptIn::Single,
            welcome_points: 0,
            contact: String::new(),
            terms: String::new(),
            messages_per_month: 30,
            sign_up: Default::default(),
            date_order: crate::profile::birthday::DateOrder::MonthFirst,
            telling: Default::default(),
            program_id: Uuid::from_u128(1),
            created_at: DateTime::UNIX_EPOCH,
        }
    }
}
