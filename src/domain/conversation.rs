//! One text, one turn: `respond` is a function of values, so the same input always gives the same turn.
//!
//! The order of precedence: opt-out, opt-in and help by their words · an open question · an opt-out in other words · a
//! keyword or command · what may be one · a hint, at most hourly, so that two robots cannot chat.

mod context;
mod referral;
mod turn;

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use context::{Allowed, Context, Enrolment, FoundCode, FoundCodes, FoundReferral, Held, Member};
pub use turn::{ForStaff, Turn};

use super::{
    commands::{self, action, code, help, hint, join, language, leave, sign_up, start, stop, suggest},
    keyword::KeywordRule,
    language::Language,
    message::OptOutType,
    profile::question::Asked,
    reading::{self, Meaning, Reading, Rule},
    reserved::asks_to_start,
    text::Text,
};

/// How long we wait for the answer to a question of ours. (House rule: a day; nobody remembers longer.) A shop sets the time
/// for its own questions.
pub const QUESTION_LAPSES_AFTER: Duration = Duration::hours(24);
/// How long the shop last spoken of is the one that is meant where none is named.
pub const SHOP_IS_MEANT_FOR: Duration = Duration::hours(1);

/// What one phone and one sender are in the midst of. Small on purpose: a command owns its own questions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Conversation {
    /// The open question, if any.
    pub question: Option<Question>,
    /// Since when the person is opted out of this sender: nothing is said until they consent afresh.
    pub silent_since: Option<DateTime<Utc>>,
    /// Since when nothing but answers may be sent: they seemed to want no more, and have not said otherwise.
    pub no_marketing_since: Option<DateTime<Utc>>,
    /// When we last said that we did not understand.
    pub hinted_at: Option<DateTime<Utc>>,
    /// The language that the person chose.
    pub language: Option<Language>,
    /// When another language was offered; once is enough.
    pub language_offered_at: Option<DateTime<Utc>>,
    /// The shop last spoken of; kept for members of several.
    pub spoken_of: Option<SpokenOf>,
}

/// The shop last spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpokenOf {
    /// The shop.
    pub shop_id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
}

impl Conversation {
    /// Whether the person is opted out.
    pub fn is_silent(&self) -> bool {
        self.silent_since.is_some()
    }

    /// The question that still waits for an answer at `now`.
    pub fn open_question(&self, now: DateTime<Utc>) -> Option<&Question> {
        self.question.as_ref().filter(|question| now < question.lapses_at && !question.is_to_be_asked(now))
    }

    /// The shop whose invitation is held back at `now`: nobody has read it yet.
    pub fn invited_later_by(&self, now: DateTime<Utc>) -> Option<Uuid> {
        self.question.as_ref().filter(|question| question.is_to_be_asked(now))?.step.invited_by()
    }

    /// The shop that is meant at `now` where none is named.
    pub fn shop_meant(&self, now: DateTime<Utc>) -> Option<Uuid> {
        self.spoken_of.filter(|spoken| now < spoken.at + SHOP_IS_MEANT_FOR).map(|spoken| spoken.shop_id)
    }
}

/// A question that waits for an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// What was asked, as its command knows it.
    pub step: Step,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// From when on an answer is an ordinary text.
    pub lapses_at: DateTime<Utc>,
    /// In which language it was asked: the answer to it is answered in the same.
    #[serde(default)]
    pub language: Option<Language>,
}

impl Question {
    /// A question asked at `now`, which waits for [`QUESTION_LAPSES_AFTER`].
    pub fn new(step: Step, now: DateTime<Utc>) -> Self {
        Self { step, asked_at: now, lapses_at: now + QUESTION_LAPSES_AFTER, language: None }
    }

    /// Whether it is an invitation that is read only in the morning: a yes before is none to it.
    fn is_to_be_asked(&self, now: DateTime<Utc>) -> bool {
        now < self.asked_at && self.step.invited_by().is_some()
    }

    /// Whether it is a shop's to a new member, asked for the first time.
    fn is_of_sign_up_and_new(&self) -> bool {
        matches!(self.step, Step::SignUp { again: false, .. })
    }
}

/// The steps at which commands wait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// `join`: "Reply YES to join".
    ConfirmJoin {
        /// The shop.
        shop_id: Uuid,
        /// The keyword that was texted; `None`: the shop invited them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        keyword_id: Option<Uuid>,
        /// The purse of the friend who brought them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        referred_by: Option<Uuid>,
    },
    /// `suggest`: "Did you mean …?", or a numbered list of keywords.
    DidYouMean {
        /// The keywords, in the order of their numbers.
        keyword_ids: Vec<Uuid>,
        /// The friend's code that stood behind what was texted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        referral: Option<FoundReferral>,
    },
    /// `sign_up`: one of the shop's questions to a new member.
    SignUp {
        /// The shop.
        shop_id: Uuid,
        /// Which of its questions.
        asked: Asked,
        /// Whether it was asked a second time, with an example.
        again: bool,
    },
    /// `join` and `suggest`: the offer to join that was turned down, for a yes after all.
    Declined {
        /// What was asked.
        step: Box<Step>,
    },
    /// `stop`: "Want us to stop texting you?"
    ConfirmStop,
    /// `leave`: which shop, or "Leave …?" where there is one.
    Leave {
        /// The shops, in the order of their numbers.
        shop_ids: Vec<Uuid>,
    },
    /// `language`: which language, in the order of [`super::language::LANGUAGES`].
    Language {
        /// The question that waits for an answer once this one has its own.
        resumes: Option<Box<Question>>,
    },
    /// A command that several programs could answer: at which shop.
    AtShop {
        /// The command's name.
        command: String,
        /// What stood behind its word.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        said: Option<String>,
        /// The shops, in the order of their numbers.
        shop_ids: Vec<Uuid>,
    },
    /// `redeem`: which reward, or how many points where there is one that is money.
    Redeem {
        /// The shop.
        shop_id: Uuid,
        /// The rewards, in the order of their numbers.
        rewards: Vec<String>,
    },
    /// Staff wrote to them: what they text that nothing else understands is for staff.
    Talk {
        /// The shop.
        shop_id: Uuid,
    },
}

impl Step {
    /// The shop whose invitation it is.
    pub fn invited_by(&self) -> Option<Uuid> {
        match self {
            Self::ConfirmJoin { shop_id, keyword_id: None, .. } => Some(*shop_id),
            Self::Declined { step } => step.invited_by(),
            _ => None,
        }
    }

    /// The shop that asked; `None` for a question of ours.
    pub fn shop_id(&self) -> Option<Uuid> {
        match self {
            Self::ConfirmJoin { shop_id, .. } | Self::SignUp { shop_id, .. } | Self::Talk { shop_id } => Some(*shop_id),
            Self::Declined { step } => step.shop_id(),
            Self::DidYouMean { .. }
            | Self::ConfirmStop
            | Self::Leave { .. }
            | Self::Language { .. }
            | Self::AtShop { .. }
            | Self::Redeem { .. } => None,
        }
    }
}

/// Decides what a text leads to.
pub fn respond(conversation: &Conversation, text: &Text, context: &Context<'_>) -> Turn {
    if let Some(opt_out_type) = context.opt_out_type {
        return obey_provider(conversation, opt_out_type, context);
    }
    let without_code = referral::without_code(text, context);
    let text = without_code.as_ref().unwrap_or(text);
    let reading = reading::read(text, context.sender.id, context.directory, context.now);
    if context.allowed == Allowed::NoAnswer {
        return heed(conversation, text, &reading, context).unsaid();
    }
    let turn = answer(conversation, text, &reading, context).remembering_language().remembering_shop(context);
    language::offer_once(turn, text, &reading, context)
}

fn answer(conversation: &Conversation, text: &Text, reading: &Reading<'_>, context: &Context<'_>) -> Turn {
    let silent = conversation.is_silent();
    let question = conversation.open_question(context.now);
    if wants_to_start_again(conversation, text, reading, context) {
        return start::obey_own_words(conversation, context);
    }
    match reading.meaning {
        // A shop's question is asked once more.
        Meaning::Blank if question.is_some_and(Question::is_of_sign_up_and_new) => {}
        Meaning::Blank | Meaning::Machine(_) => return Turn::keeping(conversation, context.language(conversation)),
        Meaning::OptOut if reading.rule.is_a_word() => return stop::obey(conversation, reading, context),
        Meaning::OptIn => return start::obey(conversation, context),
        // Carriers take YES for START, but only somebody who opted out can mean that.
        Meaning::Yes if silent && question.is_none() => return start::obey(conversation, context),
        // The question promises it, also to somebody who is opted out and has now texted a keyword.
        Meaning::Help if !silent || question.is_some() => return help::answer(conversation, context),
        _ => {}
    }
    // A code from a pack is no answer, whatever was asked.
    if !silent && code::is_one(text, context) {
        return code::take_bare(conversation, context)
            .unwrap_or_else(|| Turn::keeping(conversation, context.language(conversation)));
    }
    let answered = question.and_then(|question| commands::take_answer(question, conversation, text, reading, context));
    if let Some(turn) = answered {
        return turn;
    }
    if !silent
        && matches!(reading.meaning, Meaning::OptOut | Meaning::PerhapsOptOut)
        && let Some(turn) = leave::one_named(conversation, text, reading, context)
    {
        return turn;
    }
    if !silent && let Some(turn) = take_programs_word(conversation, text, reading, context) {
        return sign_up::resume(turn, conversation, context);
    }
    match &reading.meaning {
        Meaning::OptOut => stop::obey(conversation, reading, context),
        Meaning::Keyword { keyword, shop } => join::by_keyword(conversation, keyword, shop, context),
        Meaning::Blank => Turn::keeping(conversation, context.language(conversation)),
        _ if silent => Turn::keeping(conversation, context.language(conversation)).for_staff(ForStaff::Text),
        Meaning::PastKeyword { past, shop, current } => suggest::after(conversation, past, shop, *current, context),
        Meaning::Command { command, argument } => {
            let turn = (command.answer)(conversation, argument.as_deref(), context);
            sign_up::resume(turn, conversation, context)
        }
        Meaning::PerhapsOptOut => stop::ask(conversation, reading, context),
        Meaning::NearKeywords(near) => suggest::did_you_mean(conversation, near, context),
        _ => stop::take_late_answer(conversation, text, context)
            .unwrap_or_else(|| hint::give(conversation, text, context)),
    }
}

/// A word or a code of one of the member's programs. What means something everywhere comes first, and a keyword word for word.
fn take_programs_word(
    conversation: &Conversation,
    text: &Text,
    reading: &Reading<'_>,
    context: &Context<'_>,
) -> Option<Turn> {
    let comes_first = match &reading.meaning {
        Meaning::Command { .. } | Meaning::OptOut | Meaning::Help | Meaning::Yes => true,
        Meaning::Keyword { .. } => matches!(reading.rule, Rule::Keyword(KeywordRule::Exact)),
        _ => false,
    };
    if comes_first {
        return None;
    }
    action::take(conversation, text, context).or_else(|| code::take_bare_of_day(conversation, text, context)).or_else(
        || code::take_bare(conversation, context).filter(|_| !matches!(reading.meaning, Meaning::Keyword { .. })),
    )
}

/// Whether somebody who is opted out, or was asked whether to be, asks for texts again in whatever words. To all others these
/// mean nothing.
fn wants_to_start_again(
    conversation: &Conversation,
    text: &Text,
    reading: &Reading<'_>,
    context: &Context<'_>,
) -> bool {
    let is_asked = || conversation.open_question(context.now).is_some_and(|asked| asked.step == Step::ConfirmStop);
    let may_mean_it = conversation.is_silent() || conversation.no_marketing_since.is_some() || is_asked();
    let comes_first = reading.rule.is_a_word() || matches!(reading.meaning, Meaning::Keyword { .. });
    may_mean_it && !comes_first && asks_to_start(text)
}

/// Only what must be heard of one of very many texts: an end, or a new beginning after one.
fn heed(conversation: &Conversation, text: &Text, reading: &Reading<'_>, context: &Context<'_>) -> Turn {
    if wants_to_start_again(conversation, text, reading, context) {
        return start::obey_own_words(conversation, context);
    }
    match reading.meaning {
        Meaning::OptOut => stop::obey(conversation, reading, context),
        Meaning::OptIn => start::obey(conversation, context),
        _ => Turn::keeping(conversation, context.language(conversation)),
    }
}

/// The provider has acted and answered; we keep the books and say nothing.
fn obey_provider(conversation: &Conversation, opt_out_type: OptOutType, context: &Context<'_>) -> Turn {
    match opt_out_type {
        OptOutType::Stop => stop::record(conversation, context),
        OptOutType::Start => start::record(conversation, context),
        OptOutType::Help => Turn::keeping(conversation, context.language(conversation)),
    }
}
