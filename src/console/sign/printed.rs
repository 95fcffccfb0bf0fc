//! What a sign says, and the papers it is printed on.

use serde::Deserialize;

use super::{
    letters, link,
    words::{say, what_one_gets},
};
use crate::domain::{
    program::Program,
    shop::{Keyword, Sender, Shop},
    text::hides_something,
};

/// The most characters of what one gets.
pub(in crate::console) const LINE_CHARS_MAX: usize = 120;

/// Where a sign stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::console) enum Kind {
    /// At the door, a whole sheet.
    #[default]
    Door,
    /// On the table, folded.
    Tent,
    /// On the receipt.
    Strip,
}

/// What it is printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::console) enum Paper {
    /// 210 by 297 mm. (ISO 216)
    #[default]
    A4,
    /// 8½ by 11 inches.
    Letter,
}

impl Kind {
    /// Its word in addresses and classes.
    pub(in crate::console) fn word(self) -> &'static str {
        match self {
            Self::Door => "door",
            Self::Tent => "tent",
            Self::Strip => "strip",
        }
    }
}

impl Paper {
    /// Its word in addresses and classes.
    pub(in crate::console) fn word(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::Letter => "letter",
        }
    }

    /// What a shop has, by its currency: letter where one pays in dollars or pesos of North America.
    pub(in crate::console) fn usual(currency: &str) -> Self {
        if matches!(currency, "USD" | "CAD" | "MXN") { Self::Letter } else { Self::A4 }
    }

    /// Its width and height in points.
    pub(super) fn points(self) -> (f32, f32) {
        match self {
            Self::A4 => (595.28, 841.89),
            Self::Letter => (612.0, 792.0),
        }
    }
}

/// What is asked of a sign, in its address.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Wanted {
    /// Where it stands.
    pub(in crate::console) kind: Kind,
    /// What it is printed on; left out, as is usual there.
    pub(in crate::console) paper: Option<Paper>,
    /// What one gets, in the owner's words; left out, in ours.
    pub(in crate::console) line: Option<String>,
    /// Where terms and privacy are told, for this sign; left out, as the shop has it.
    pub(in crate::console) terms: Option<String>,
}

/// What a sign says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::console) struct Sign {
    /// The code of its language.
    pub(in crate::console) language: &'static str,
    /// The shop's name.
    pub(in crate::console) shop: String,
    /// "Text"
    pub(in crate::console) before: String,
    /// What is texted.
    pub(in crate::console) phrase: String,
    /// "to (415) 555-0100"
    pub(in crate::console) after: String,
    /// "or point your camera here"
    pub(in crate::console) scan: String,
    /// What one gets; may be empty.
    pub(in crate::console) line: String,
    /// What the law wants to be said.
    pub(in crate::console) small: Vec<String>,
}

impl Sign {
    /// The sign of a keyword.
    pub(in crate::console) fn of(
        (shop, keyword): (&Shop, &Keyword),
        sender: &Sender,
        program: Option<&Program>,
        wanted: &Wanted,
    ) -> Self {
        let language = keyword.language.unwrap_or(shop.language);
        let phrase = keyword.phrase.display().to_owned();
        let number = link::number_written(&sender.address);
        let usual = || program.map(|program| what_one_gets(program, shop.welcome_points, language)).unwrap_or_default();
        let line = wanted.line.as_deref().map_or_else(usual, |line| bounded(line, LINE_CHARS_MAX));
        let values = [
            ("shop", shop.name.as_str().into()),
            ("phrase", phrase.as_str().into()),
            ("count", i64::from(shop.messages_per_month).into()),
        ];
        let mut small = vec![say(language, "sign-small", &values)];
        if !shop.contact.is_empty() {
            small.push(say(language, "sign-contact", &[("contact", shop.contact.as_str().into())]));
        }
        let terms = bounded(wanted.terms.as_ref().unwrap_or(&shop.terms), LINE_CHARS_MAX);
        if !terms.is_empty() {
            small.push(say(language, "sign-terms", &[("terms", terms.into())]));
        }
        Self {
            language: language.code(),
            shop: shop.name.clone(),
            before: say(language, "sign-before", &[]),
            phrase,
            after: say(language, "sign-after", &[("number", number.into())]),
            scan: say(language, "sign-scan", &[]),
            line,
            small,
        }
    }

    /// How long the phrase is, as a class: long ones are set smaller, and so is one long word, which cannot be broken.
    pub(in crate::console) fn length(&self) -> &'static str {
        // Chinese signs are twice as wide as letters.
        let width = |text: &str| -> usize { text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum() };
        let word = self.phrase.split(' ').filter(|word| word.is_ascii()).map(width).max().unwrap_or(0);
        match (width(&self.phrase), word) {
            (_, 17..) => "tiny",
            (23.., _) | (_, 13..) => "longest",
            (0..=8, _) => "short",
            (9..=11, _) => "medium",
            _ => "long",
        }
    }

    /// Whether a PDF has all of its letters.
    pub(in crate::console) fn is_in_letters(&self) -> bool {
        let texts = [&self.shop, &self.before, &self.phrase, &self.after, &self.scan, &self.line];
        texts.into_iter().chain(&self.small).all(|text| letters::has_all_of(text))
    }
}

/// One line without hidden characters, no longer than this.
fn bounded(text: &str, most: usize) -> String {
    let text: String = text.trim().chars().filter(|c| !c.is_control()).take(most).collect();
    if hides_something(&text) { String::new() } else { text }
}
