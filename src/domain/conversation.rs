//! One text, one turn: `respond` is a function of values, so the same input always gives the same turn.
//!
//! The order of precedence: opt-out, opt-in and help by their words · an open question · an opt-out in other words · a
//! keyword or command · what may be one · a hint, at most hourly, so that two robots cannot chat.

mod turn;

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use turn::Turn;

use super::{
    commands::{self, help, hint, join, language, leave, sign_up, start, stop, suggest},
    directory::Directory,
    language::Language,
    message::OptOutType,
    profile::question::Asked,
    reading::{self, Meaning, Reading},
    reserved::asks_to_start,
    shop::{Sender, Shop},
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
        self.question.as_ref().filter(|question| now < question.lapses_at)
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
        /// The keyword that was texted.
        keyword_id: Uuid,
    },
    /// `suggest`: "Did you mean …?", or a numbered list of keywords.
    DidYouMean {
        /// The keywords, in the order of their numbers.
        keyword_ids: Vec<Uuid>,
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
}

impl Step {
    /// The shop that asked; `None` for a question of ours.
    pub fn shop_id(&self) -> Option<Uuid> {
        match self {
            Self::ConfirmJoin { shop_id, .. } | Self::SignUp { shop_id, .. } => Some(*shop_id),
            Self::Declined { step } => step.shop_id(),
            Self::DidYouMean { .. } | Self::ConfirmStop | Self::Leave { .. } | Self::Language { .. } => None,
        }
    }
}

/// A shop where the person is a member, or was one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// Our id, to which entries belong.
    pub id: Uuid,
    /// The person at this merchant.
    pub member_id: Uuid,
    /// The shop.
    pub shop_id: Uuid,
    /// The sum of its entries.
    pub balance: i64,
    /// The language the member is answered in.
    pub language: Language,
    /// Whether they left: the balance waits for their return.
    pub has_left: bool,
}

/// A person at one merchant, as far as a conversation needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The merchant.
    pub merchant_id: Uuid,
    /// What they want to be called.
    pub first_name: Option<String>,
    /// Whether their birthday is known.
    pub has_birthday: bool,
}

/// All that a turn may look at.
pub struct Context<'a> {
    /// When the text arrived.
    pub now: DateTime<Utc>,
    /// All shops and keywords.
    pub directory: &'a Directory,
    /// The sender that was texted.
    pub sender: &'a Sender,
    /// The person's enrolments at this sender's shops, oldest first, with those they left.
    pub enrolments: &'a [Enrolment],
    /// The person at each merchant they are known to.
    pub members: &'a [Member],
    /// Set when the provider has already acted on this text and answered it.
    pub opt_out_type: Option<OptOutType>,
    /// What may be done for a text that is one of very many.
    pub allowed: Allowed,
}

/// What may be done for a text that is one of very many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowed {
    /// Everything.
    All,
    /// Everything but joining: too many join at once from numbers like this one.
    NoJoining,
    /// To be heard: an opt-out is obeyed, nothing is said.
    NoAnswer,
}

impl Context<'_> {
    /// The shops of which the person is a member now, with the balance there.
    pub fn memberships(&self) -> impl Iterator<Item = (&Shop, &Enrolment)> {
        let present = self.enrolments.iter().filter(|enrolment| !enrolment.has_left);
        present.filter_map(|enrolment| Some((self.directory.shop(enrolment.shop_id)?, enrolment)))
    }

    /// Whether the person is a member of the shop, or was.
    pub fn enrolment(&self, shop_id: Uuid) -> Option<&Enrolment> {
        self.enrolments.iter().find(|enrolment| enrolment.shop_id == shop_id)
    }

    /// The person at the merchant of a shop.
    pub fn member_at(&self, shop: &Shop) -> Option<&Member> {
        self.members.iter().find(|member| member.merchant_id == shop.merchant_id)
    }

    /// The shops that speak in this conversation: the person's own, or all on the sender.
    pub fn speakers(&self) -> Vec<&Shop> {
        let own: Vec<&Shop> = self.memberships().map(|(shop, _)| shop).collect();
        if own.is_empty() { self.directory.shops_on(self.sender.id).collect() } else { own }
    }

    /// The language for somebody who did not text a keyword: the one they chose, the member's, that of our question, or
    /// that of the first shop here.
    pub fn language(&self, conversation: &Conversation) -> Language {
        let member = self.enrolments.first().map(|enrolment| enrolment.language);
        let shop = || self.directory.shops_on(self.sender.id).next().map(|shop| shop.language);
        let asked_in = || conversation.open_question(self.now)?.language;
        conversation.language.or(member).or_else(asked_in).or_else(shop).unwrap_or_default()
    }

    /// Whether the person belongs to more than this one shop.
    pub fn belongs_elsewhere(&self, shop_id: Uuid) -> bool {
        self.memberships().any(|(shop, _)| shop.id != shop_id)
    }
}

/// Decides what a text leads to.
pub fn respond(conversation: &Conversation, text: &Text, context: &Context<'_>) -> Turn {
    if let Some(opt_out_type) = context.opt_out_type {
        return obey_provider(conversation, opt_out_type, context);
    }
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
    match &reading.meaning {
        Meaning::OptOut => stop::obey(conversation, reading, context),
        Meaning::Keyword { keyword, shop } => join::by_keyword(conversation, keyword, shop, context),
        Meaning::Blank => Turn::keeping(conversation, context.language(conversation)),
        _ if silent => Turn::keeping(conversation, context.language(conversation)),
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
