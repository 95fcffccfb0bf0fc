//! The questions a shop asks new members, in the order in which they are asked: first name, birthday, its own.
//!
//! A shop may change them at any time, also while a member is being asked; what was asked is therefore named by an
//! [`Asked`], which stays readable when its question is gone.

use serde::{Deserialize, Serialize};

mod check;

pub use check::Mistake;

/// The most questions of its own a shop has.
pub const OWN_QUESTIONS_MAX: usize = 3;
/// The most characters of a question of a shop's own.
pub const PROMPT_MAX: usize = 140;
/// The most characters of an option.
pub const OPTION_MAX: usize = 40;
/// How many options a choice has.
pub const OPTIONS: std::ops::RangeInclusive<usize> = 2..=9;
/// How many minutes a question may wait for its answer: five minutes to a week.
pub const LAPSE_MINUTES: std::ops::RangeInclusive<u16> = 5..=10_080;

/// What a shop asks whoever has just joined. By default nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SignUpQuestions {
    /// Whether to ask for the first name.
    pub first_name: bool,
    /// Whether to ask for the birthday.
    pub birthday: bool,
    /// Questions of the shop's own, at most [`OWN_QUESTIONS_MAX`].
    pub own: Vec<OwnQuestion>,
    /// After how many minutes without an answer a question lapses, within [`LAPSE_MINUTES`]; a day where the shop says
    /// nothing.
    pub lapse_after_minutes: u16,
}

/// A question in a shop's own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnQuestion {
    /// Its name in the profile: 1 to 30 of a-z, 0-9 and underscore.
    pub id: String,
    /// What the member reads, at most [`PROMPT_MAX`] characters: "Oily, dry or normal skin?"
    pub prompt: String,
    /// What is an answer to it.
    #[serde(flatten)]
    pub kind: AnswerKind,
}

/// What is an answer to a question of a shop's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AnswerKind {
    /// Whatever one likes to say.
    FreeText,
    /// One of several.
    Choice {
        /// As members read them, in order; how many is in [`OPTIONS`].
        options: Vec<String>,
    },
    /// Yes or no.
    YesNo,
}

/// Names one question of a shop, for the conversation that waits for its answer. Its serialised form is stored.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// The first name.
    FirstName,
    /// The birthday.
    Birthday,
    /// The shop's own question of this id.
    Own(String),
}

/// What is an answer to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected<'a> {
    /// A first name.
    FirstName,
    /// A month and a day.
    Birthday,
    /// Anything.
    FreeText,
    /// One of these.
    Choice(&'a [String]),
    /// Yes or no.
    YesNo,
}

impl Default for SignUpQuestions {
    fn default() -> Self {
        Self { first_name: false, birthday: false, own: Vec::new(), lapse_after_minutes: 1_440 }
    }
}

impl SignUpQuestions {
    /// All that is asked, in order.
    pub fn all(&self) -> impl Iterator<Item = Asked> {
        let first_name = self.first_name.then_some(Asked::FirstName);
        let birthday = self.birthday.then_some(Asked::Birthday);
        let own = self.own.iter().map(|question| Asked::Own(question.id.clone()));
        first_name.into_iter().chain(birthday).chain(own)
    }

    /// What is asked first; `None` where nothing is asked.
    pub fn first(&self) -> Option<Asked> {
        self.all().next()
    }

    /// What is asked after `asked`. Where the shop has taken away its own question `asked` meanwhile, nobody knows any more
    /// what came after it, and nothing is: better one question less than one asked twice.
    pub fn next_after(&self, asked: &Asked) -> Option<Asked> {
        let mut rest = self.all();
        match asked {
            Asked::FirstName => rest.find(|next| *next != Asked::FirstName),
            Asked::Birthday => rest.find(|next| matches!(next, Asked::Own(_))),
            Asked::Own(_) => rest.skip_while(|next| next != asked).nth(1),
        }
    }

    /// What is an answer to `asked`; `None` where it is not asked any more.
    pub fn expected(&self, asked: &Asked) -> Option<Expected<'_>> {
        match asked {
            Asked::FirstName => self.first_name.then_some(Expected::FirstName),
            Asked::Birthday => self.birthday.then_some(Expected::Birthday),
            Asked::Own(id) => self.own_question(id).map(|question| question.kind.expected()),
        }
    }

    /// The shop's own question of this id.
    pub fn own_question(&self, id: &str) -> Option<&OwnQuestion> {
        self.own.iter().find(|question| question.id == id)
    }
}

impl AnswerKind {
    /// What is an answer to a question of this kind.
    pub fn expected(&self) -> Expected<'_> {
        match self {
            Self::FreeText => Expected::FreeText,
            Self::Choice { options } => Expected::Choice(options),
            Self::YesNo => Expected::YesNo,
        }
    }
}

impl Asked {
    const FIRST_NAME: &'static str = "first_name";
    const BIRTHDAY: &'static str = "birthday";

    /// The name under which the answer is in the member's profile.
    pub fn key(&self) -> &str {
        match self {
            Self::FirstName => Self::FIRST_NAME,
            Self::Birthday => Self::BIRTHDAY,
            Self::Own(id) => id,
        }
    }

    /// The question whose answers are kept under `key`.
    pub fn from_key(key: &str) -> Self {
        match key {
            Self::FIRST_NAME => Self::FirstName,
            Self::BIRTHDAY => Self::Birthday,
            id => Self::Own(id.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests;
