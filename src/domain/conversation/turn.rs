//! What a text leads to: the conversation afterwards, and what shall happen.

use uuid::Uuid;

use super::{Context, Conversation, Question, SpokenOf, Step};
use crate::{
    effect::Effect,
    language::{Language, Line, Reply},
};

/// Why staff should see a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForStaff {
    /// No rule answered it.
    Text,
    /// It answers what staff wrote.
    Answer,
    /// No rule answered it, and it asks nothing: soon after a visit, it says how that was.
    Feedback,
    /// It brought a photo.
    Photo,
}

impl ForStaff {
    /// All, in the order of lists.
    pub const ALL: [Self; 4] = [Self::Text, Self::Feedback, Self::Answer, Self::Photo];

    /// The word in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Answer => "answer",
            Self::Feedback => "feedback",
            Self::Photo => "photo",
        }
    }
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
    /// Why staff should see the text, if they should.
    pub for_staff: Option<ForStaff>,
}

impl Turn {
    /// A turn that leaves the conversation as it is.
    pub fn keeping(conversation: &Conversation, language: Language) -> Self {
        Self { conversation: conversation.clone(), effects: Vec::new(), language, for_staff: None }
    }

    /// Adds an effect.
    pub fn with(mut self, effect: Effect) -> Self {
        self.effects.push(effect);
        self
    }

    /// The same for staff to see.
    pub fn for_staff(self, why: ForStaff) -> Self {
        Self { for_staff: Some(why), ..self }
    }

    /// Closes the question, whichever shop asked it.
    pub fn without_question(mut self) -> Self {
        self.conversation.question = None;
        self
    }

    /// Closes the question of this shop, and one of ours; another shop's stays open.
    pub fn without_question_of(mut self, shop_id: Uuid) -> Self {
        self.conversation.question.take_if(|question| question.step.shop_id().is_none_or(|asked| asked == shop_id));
        self
    }

    /// Keeps the open question as one that was turned down, until it would have lapsed.
    pub fn turned_down(mut self) -> Self {
        if let Some(question) = &mut self.conversation.question {
            question.step = Step::Declined { step: Box::new(question.step.clone()) };
        }
        self
    }

    /// Opens a question in place of the one that was open.
    pub fn asking(mut self, question: Question) -> Self {
        self.conversation.question = Some(question);
        self
    }

    /// Says one line, for one shop or for none.
    pub fn saying(self, line: impl Into<Reply>, shop_id: Option<Uuid>) -> Self {
        self.with(Effect::Say { reply: line.into(), shop_id })
    }

    /// Adds a line below what is said last.
    pub fn adding(mut self, below: Reply) -> Self {
        if let Some(reply) = self.last_said() {
            *reply = reply.clone().above(below);
        }
        self
    }

    /// What is said last.
    pub fn last_said(&mut self) -> Option<&mut Reply> {
        self.effects.iter_mut().rev().find_map(|effect| match effect {
            Effect::Say { reply, .. } => Some(reply),
            _ => None,
        })
    }

    /// HELP also says how staff record by text.
    pub fn telling_staff(mut self) -> Self {
        let is_help = self.last_said().is_some_and(|reply| reply.key().starts_with("help-"));
        if is_help { self.adding(Line::new("staff-how").into()) } else { self }
    }

    /// Ends the silence: the person has consented afresh.
    pub fn speaking_again(mut self) -> Self {
        self.conversation.silent_since = None;
        self.conversation.no_marketing_since = None;
        self
    }

    /// The same turn, saying nothing.
    pub(super) fn unsaid(mut self) -> Self {
        self.effects.retain(|effect| !matches!(effect, Effect::Say { .. }));
        self
    }

    /// Remembers in which language a new question was asked.
    pub(super) fn remembering_language(mut self) -> Self {
        let language = self.language;
        if let Some(question) = &mut self.conversation.question {
            question.language.get_or_insert(language);
        }
        self
    }

    /// Remembers the one shop that was spoken of, for somebody who belongs to several.
    pub(super) fn remembering_shop(mut self, context: &Context<'_>) -> Self {
        let spoken_of = self.effects.iter().rev().find_map(|effect| match effect {
            Effect::Say { shop_id, .. } => *shop_id,
            _ => None,
        });
        if let Some(shop_id) = spoken_of.filter(|shop_id| context.belongs_elsewhere(*shop_id)) {
            self.conversation.spoken_of = Some(SpokenOf { shop_id, at: context.now });
        }
        self
    }
}
