//! How a text will be read: with this shop's values in it, with its segments and what they cost, and the character that makes
//! it dear.

use super::counted;
use crate::{
    console::say::Say,
    domain::{
        language::Language,
        program::Program,
        segment::{Encoding, count},
        shop::Shop,
        words::{
            OwnWords, Template, Voice,
            facts::{Facts, SEGMENTS_WELL, Size},
            plain::{in_gsm, in_gsm_without_accents, odd_characters},
        },
    },
    http::Gateway,
};
use std::sync::Arc;

/// What it takes to read a shop's texts.
pub(super) struct Desk {
    shop: Shop,
    program: Option<Arc<Program>>,
    phrase: Option<String>,
    number: String,
    words: OwnWords,
    pub(super) language: Language,
}

impl Desk {
    /// Of a shop as it is known now.
    pub(super) fn of(gateway: &Gateway, shop: &Shop, language: Language) -> Self {
        let now = gateway.clock.now();
        let known = gateway.directory.read();
        let directory = &known.directory;
        let offer = directory.offer_of(shop, shop.sender_id, language, now);
        Self {
            shop: shop.clone(),
            program: directory.program_of(shop, now).cloned(),
            phrase: offer.map(|keyword| keyword.phrase.display().to_owned()),
            number: directory
                .sender(shop.sender_id)
                .map(|sender| sender.address.as_str().to_owned())
                .unwrap_or_default(),
            words: directory.words_of(shop.id).cloned().unwrap_or_default(),
            language,
        }
    }

    /// Whether the shop says a text in its own words.
    pub(super) fn is_own(&self, language: Language, key: &'static str) -> bool {
        self.words.get(language, key).is_some()
    }

    /// The same with a text that is not kept yet.
    pub(super) fn with(mut self, key: &'static str, text: Option<Template>) -> Self {
        self.words.put(self.language, key, text);
        self
    }

    /// A text as it is read.
    pub(super) fn read(&self, key: &'static str, size: Size) -> String {
        let facts = Facts {
            shop: &self.shop,
            program: self.program.as_deref(),
            phrase: self.phrase.as_deref(),
            number: &self.number,
        };
        facts.read(key, size, Voice::of(self.language).own(&self.shop.name, &self.words))
    }
}

/// A text at one length.
pub(super) struct Measure {
    pub(super) size: &'static str,
    pub(super) segments: usize,
    pub(super) units: usize,
    pub(super) encoding: &'static str,
    pub(super) cost: String,
    pub(super) is_long: bool,
}

/// A character that makes the text dear, and what could stand in its place.
pub(super) struct OddOne {
    pub(super) character: String,
    pub(super) code: String,
    pub(super) at: i64,
    pub(super) times: i64,
    pub(super) plain: Option<String>,
}

/// How a text looks.
pub(super) struct Look {
    pub(super) text: String,
    pub(super) measures: Vec<Measure>,
    pub(super) odd: Vec<OddOne>,
    /// Whether the text is wholly in the GSM alphabet once its typographic characters are replaced, or its accents as well.
    pub(super) helps_marks: bool,
    pub(super) helps_accents: bool,
    /// Whether the character comes with a value (the shop's name), and not with the text.
    pub(super) odd_value: Option<char>,
}

/// The most characters that are told one by one.
const ODD_TOLD_MAX: usize = 6;

impl Look {
    /// Of a text that is typed, as the desk reads it; what cannot be read is shown as typed.
    pub(super) fn of(
        desk: &Desk,
        key: &'static str,
        typed: &str,
        is_readable: bool,
        (say, price): (Say, Price),
    ) -> Self {
        let read = |size| if is_readable { desk.read(key, size) } else { typed.to_owned() };
        let measures = Size::ALL.map(|size| {
            let segments = count(&read(size));
            Measure {
                size: size.word(),
                segments: segments.segments,
                units: segments.units,
                encoding: segments.encoding.name(),
                cost: price.of_thousand(say, segments.segments),
                is_long: segments.segments > SEGMENTS_WELL,
            }
        });
        let is_chinese = desk.language.code() == "zh";
        let odd = if is_chinese { Vec::new() } else { odd_characters(typed) };
        let is_gsm = |text: &str| Encoding::of(text) == Encoding::Gsm7;
        let helps_marks = !odd.is_empty() && in_gsm(typed) != typed;
        let helps_accents = !odd.is_empty() && in_gsm_without_accents(typed) != in_gsm(typed);
        let odd_value =
            Size::ALL.into_iter().find_map(|size| odd_characters(&read(size)).first().map(|odd| odd.character));
        Self {
            text: read(Size::Typical),
            measures: measures.into(),
            odd: odd.into_iter().take(ODD_TOLD_MAX).map(show).collect(),
            helps_marks,
            helps_accents,
            odd_value: odd_value.filter(|_| !is_chinese && is_gsm(typed)),
        }
    }
}

fn show(odd: crate::domain::words::plain::Odd) -> OddOne {
    OddOne {
        character: odd.character.to_string(),
        code: format!("U+{:04X}", u32::from(odd.character)),
        at: counted(odd.at),
        times: counted(odd.times),
        plain: odd.plain,
    }
}

/// What a segment costs, in ten-thousandths of the currency's unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Price {
    ten_thousandths: u32,
    currency: crate::domain::money::Currency,
}

/// What a segment costs where nobody has said: a cent, about what carriers take in the United States.
const USUAL: u32 = 100;
/// Nobody pays more: one whole unit.
const PRICE_MAX: u32 = 10_000;

impl Price {
    /// As it was typed: `0.0079` or `0,0079`; the usual one where nothing was, or nothing that could be read.
    pub(super) fn read(typed: &str, currency: &str) -> Self {
        let currency = crate::domain::money::Currency::from_code(currency).unwrap_or_default();
        let (whole, part) = typed.trim().split_once(['.', ',']).unwrap_or((typed.trim(), ""));
        let part: String = part.chars().chain("0000".chars()).take(4).collect();
        let digits = format!("{whole}{part}");
        let read = (!whole.is_empty() && digits.len() <= 9 && digits.chars().all(|c| c.is_ascii_digit()))
            .then(|| digits.parse().ok())
            .flatten();
        Self { ten_thousandths: read.unwrap_or(USUAL).min(PRICE_MAX), currency }
    }

    /// As it stands in its field.
    pub(super) fn written(self) -> String {
        let written = format!("{}.{:04}", self.ten_thousandths / 10_000, self.ten_thousandths % 10_000);
        written.trim_end_matches('0').trim_end_matches('.').to_owned()
    }

    /// What it costs to send so many segments a thousand times.
    fn of_thousand(self, say: Say, segments: usize) -> String {
        let segments = i64::try_from(segments).unwrap_or(i64::MAX);
        let ten_thousandths = segments.saturating_mul(1_000).saturating_mul(self.ten_thousandths.into());
        let minor = ten_thousandths.saturating_mul(10_i64.pow(self.currency.digits())) / 10_000;
        say.money(self.currency, minor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_read_and_reckoned_per_thousand() {
        for (typed, written, cost) in [
            ("0.0079", "0.0079", "$15.80"),
            ("0,0079", "0.0079", "$15.80"),
            ("", "0.01", "$20.00"),
            ("free", "0.01", "$20.00"),
            ("-1", "0.01", "$20.00"),
            ("1", "1", "$2,000.00"),
            ("999999999999999999", "0.01", "$20.00"),
            ("0", "0", "$0.00"),
        ] {
            let english = Say::new(None, None);
            let price = Price::read(typed, "USD");
            assert_eq!(price.written(), written, "{typed}");
            assert_eq!(price.of_thousand(english, 2).replace(',', ""), cost.replace(',', ""), "{typed}");
        }
    }
}
