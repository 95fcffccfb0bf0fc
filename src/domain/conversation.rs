//! One text, one turn: `respond` is a function of values, so the same input always gives the same turn.
//!
//! The order of precedence: opt-out, opt-in and help · an open question · a keyword or command · a hint, at most
//! hourly, so that two robots cannot chat.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    commands::{self, help, hint, join, start, stop},
    directory::Directory,
    effect::Effect,
    language::Language,
    message::OptOutType,
    reserved::{Reserved, reserved},
    shop::{Keyword, Sender, Shop},
    text::Text,
};

/// How long we wait for the answer to a question. (House rule: a day; nobody remembers longer.)
pub const QUESTION_LAPSES_AFTER: Duration = Duration::hours(24);

/// What one phone and one sender are in the midst of. Small on purpose: a command owns its own questions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Conversation {
    /// The open question, if any.
    pub question: Option<Question>,
    /// Since when the person is opted out of this sender: nothing is said until they consent afresh.
    pub silent_since: Option<DateTime<Utc>>,
    /// When we last said that we did not understand.
    pub hinted_at: Option<DateTime<Utc>>,
}

impl Conversation {
    /// Whether the person is opted out.
    pub fn is_silent(&self) -> bool {
        self.silent_since.is_some()
    }

    /// The question that still waits for an answer at `now`.
    pub fn open_question(&self, now: DateTime<Utc>) -> Option<&Question> {
        self.question.as_ref().filter(|question| now < question.asked_at + QUESTION_LAPSES_AFTER)
    }
}

/// A question that waits for an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// What was asked, as its command knows it.
    pub step: Step,
    /// When.
    pub asked_at: DateTime<Utc>,
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
}

impl Step {
    /// The shop that asked.
    pub fn shop_id(&self) -> Uuid {
        match self {
            Self::ConfirmJoin { shop_id, .. } => *shop_id,
        }
    }
}

/// A shop where the person is a member.
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
}

/// All that a turn may look at.
pub struct Context<'a> {
    /// When the text arrived.
    pub now: DateTime<Utc>,
    /// All shops and keywords.
    pub directory: &'a Directory,
    /// The sender that was texted.
    pub sender: &'a Sender,
    /// The person's enrolments at this sender's shops, oldest first.
    pub enrolments: &'a [Enrolment],
    /// Set when the provider has already acted on this text and answered it.
    pub opt_out_type: Option<OptOutType>,
}

/// What a text leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// The conversation afterwards.
    pub conversation: Conversation,
    /// What shall happen, in order.
    pub effects: Vec<Effect>,
    /// The language in which it is said.
    pub language: Language,
}

impl Context<'_> {
    /// The live keyword that the text is, with its shop.
    pub fn keyword(&self, text: &Text) -> Option<(&Keyword, &Shop)> {
        self.directory.keyword_of(self.sender.id, text, self.now)
    }

    /// The shops of the enrolments, with the balance there.
    pub fn memberships(&self) -> impl Iterator<Item = (&Shop, &Enrolment)> {
        self.enrolments.iter().filter_map(|enrolment| Some((self.directory.shop(enrolment.shop_id)?, enrolment)))
    }

    /// Whether the person is a member of the shop.
    pub fn enrolment(&self, shop_id: Uuid) -> Option<&Enrolment> {
        self.enrolments.iter().find(|enrolment| enrolment.shop_id == shop_id)
    }

    /// The shops that speak in this conversation: the person's own, or all on the sender.
    pub fn speakers(&self) -> Vec<&Shop> {
        let own: Vec<&Shop> = self.memberships().map(|(shop, _)| shop).collect();
        if own.is_empty() { self.directory.shops_on(self.sender.id).collect() } else { own }
    }

    /// The language for somebody who did not text a keyword: the member's, or that of the first shop here.
    pub fn language(&self) -> Language {
        let member = self.enrolments.first().map(|enrolment| enrolment.language);
        let shop = || self.directory.shops_on(self.sender.id).next().map(|shop| shop.language);
        member.or_else(shop).unwrap_or_default()
    }
}

impl Turn {
    /// A turn that leaves the conversation as it is.
    pub fn keeping(conversation: &Conversation, language: Language) -> Self {
        Self { conversation: conversation.clone(), effects: Vec::new(), language }
    }

    /// Adds an effect.
    pub fn with(mut self, effect: Effect) -> Self {
        self.effects.push(effect);
        self
    }

    /// Closes the question, whichever shop asked it.
    pub fn without_question(mut self) -> Self {
        self.conversation.question = None;
        self
    }

    /// Closes the question of this shop; another shop's stays open.
    pub fn without_question_of(mut self, shop_id: Uuid) -> Self {
        self.conversation.question.take_if(|question| question.step.shop_id() == shop_id);
        self
    }

    /// Ends the silence: the person has consented afresh.
    pub fn speaking_again(mut self) -> Self {
        self.conversation.silent_since = None;
        self
    }
}

/// Decides what a text leads to.
pub fn respond(conversation: &Conversation, text: &Text, context: &Context<'_>) -> Turn {
    if let Some(opt_out_type) = context.opt_out_type {
        return obey_provider(conversation, opt_out_type, context);
    }
    let silent = conversation.is_silent();
    let question = conversation.open_question(context.now);
    match reserved(text) {
        Some(Reserved::OptOut) => return stop::obey(conversation, context),
        Some(Reserved::OptIn) => return start::obey(conversation, context),
        // Carriers take YES for START, but only somebody who opted out can mean that.
        Some(Reserved::Yes) if silent && question.is_none() => return start::obey(conversation, context),
        // The question promises it, also to somebody who is opted out and has now texted a keyword.
        Some(Reserved::Help) if !silent || question.is_some() => return help::answer(conversation, context),
        _ => {}
    }
    if let Some(turn) = question.and_then(|question| commands::take_answer(question, conversation, text, context)) {
        return turn;
    }
    if let Some((keyword, shop)) = context.keyword(text) {
        return join::by_keyword(conversation, keyword, shop, context);
    }
    if silent || text.is_blank() {
        return Turn::keeping(conversation, context.language());
    }
    match commands::find(text) {
        Some(command) => (command.answer)(conversation, context),
        None => hint::give(conversation, context),
    }
}

/// The provider has acted and answered; we keep the books and say nothing.
fn obey_provider(conversation: &Conversation, opt_out_type: OptOutType, context: &Context<'_>) -> Turn {
    match opt_out_type {
        OptOutType::Stop => stop::record(conversation, context),
        OptOutType::Start => start::record(conversation, context),
        OptOutType::Help => Turn::keeping(conversation, context.language()),
    }
}
