//! What a shop asks its new members, as the API reads and shows it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::body::{Checks, objects};
use crate::domain::profile::question::{AnswerKind, OwnQuestion, SignUpQuestions};

/// What a shop asks whoever has just joined: each question may be skipped. Replaced as a whole by a change.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignUp {
    /// Whether to ask for the first name.
    #[serde(default)]
    #[schema(required = false, default = false)]
    first_name: bool,
    /// Whether to ask for the birthday: month and day, never the year.
    #[serde(default)]
    #[schema(required = false, default = false)]
    birthday: bool,
    /// Questions of the shop's own, in the order in which they are asked.
    #[serde(default, deserialize_with = "objects")]
    #[schema(required = false, max_items = 3)]
    own: Vec<Question>,
    /// After how many minutes without an answer a question lapses.
    #[serde(default = "a_day")]
    #[schema(required = false, default = 1440, minimum = 5, maximum = 10080)]
    lapse_after_minutes: u16,
}

/// A question in a shop's own words.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its name in the member's profile: a-z, 0-9 and underscore.
    #[schema(min_length = 1, max_length = 30, pattern = "^[a-z0-9_]{1,30}$", example = "skin")]
    id: String,
    /// What members read.
    #[schema(min_length = 1, max_length = 140, example = "Oily, dry or normal skin?")]
    prompt: String,
    /// `free_text`, `choice` or `yes_no`.
    #[schema(pattern = "^(free_text|choice|yes_no)$", example = "choice")]
    kind: String,
    /// What can be chosen, where the kind is `choice`; 2 to 9 of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false, max_items = 9, example = json!(["Oily", "Dry", "Normal"]))]
    options: Vec<String>,
}

fn a_day() -> u16 {
    SignUpQuestions::default().lapse_after_minutes
}

/// Reads what was sent as `sign_up`; every mistake is kept in `checks`.
pub(super) fn read(sent: SignUp, checks: &mut Checks) -> Option<SignUpQuestions> {
    let SignUp { first_name, birthday, own, lapse_after_minutes } = sent;
    let own = own.into_iter().zip(0..).map(|(question, at)| read_question(question, at, checks)).collect();
    let questions = SignUpQuestions { first_name, birthday, own, lapse_after_minutes };
    let mistakes = questions.mistakes();
    for mistake in &mistakes {
        checks.fit::<(), _>(&format!("sign_up.{}", mistake.path), Err(&mistake.sentence));
    }
    mistakes.is_empty().then_some(questions)
}

/// Where the kind is wrong, the rest is read as of free text, so that every mistake is told at once.
fn read_question(question: Question, at: usize, checks: &mut Checks) -> OwnQuestion {
    let Question { id, prompt, kind, options } = question;
    let field = format!("sign_up.own[{at}].kind");
    let kind = match kind.as_str() {
        "choice" => Some(AnswerKind::Choice { options }),
        "free_text" | "yes_no" if !options.is_empty() => {
            checks.fit(&field, Err("must be \"choice\" where there are options"))
        }
        "free_text" => Some(AnswerKind::FreeText),
        "yes_no" => Some(AnswerKind::YesNo),
        _ => checks.check(&field, Err("must be \"free_text\", \"choice\" or \"yes_no\"")),
    };
    OwnQuestion { id, prompt, kind: kind.unwrap_or(AnswerKind::FreeText) }
}

/// As the API shows them.
pub(super) fn show(questions: SignUpQuestions) -> SignUp {
    let SignUpQuestions { first_name, birthday, own, lapse_after_minutes } = questions;
    SignUp { first_name, birthday, own: own.into_iter().map(show_question).collect(), lapse_after_minutes }
}

fn show_question(question: OwnQuestion) -> Question {
    let OwnQuestion { id, prompt, kind } = question;
    let (kind, options) = match kind {
        AnswerKind::FreeText => ("free_text", Vec::new()),
        AnswerKind::YesNo => ("yes_no", Vec::new()),
        AnswerKind::Choice { options } => ("choice", options),
    };
    Question { id, prompt, kind: kind.to_owned(), options }
}
