//! All that a turn may look at.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Conversation;
use crate::{
    directory::Directory,
    language::Language,
    message::OptOutType,
    program::Program,
    purse::{Cause, Occasion, Person, Purse, draw::Draw, waiting::Waiting},
    shop::{Sender, Shop},
    words::Voice,
};

/// A shop where the person is a member, or was one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// Our id, to which entries belong.
    pub id: Uuid,
    /// The person at this merchant.
    pub member_id: Uuid,
    /// The shop.
    pub shop_id: Uuid,
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
    /// Whether what they had has moved to their other phone.
    pub is_merged: bool,
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
    /// What they hold in the programs of this sender's shops.
    pub held: &'a [Held],
    /// What waits for their yes to an invitation.
    pub waiting: &'a [Waiting],
    /// What the words of this text are known as.
    pub found: &'a FoundCodes,
    /// Of nobody to be guessed; codes are drawn from it.
    pub seed: [u8; 16],
    /// Set when the provider has already acted on this text and answered it.
    pub opt_out_type: Option<OptOutType>,
    /// What may be done for a text that is one of very many.
    pub allowed: Allowed,
}

/// What a member holds in a program.
#[derive(Debug, Clone)]
pub struct Held {
    /// The program as it is in force now.
    pub program: Arc<Program>,
    /// What they hold.
    pub purse: Purse,
    /// What else is known of them and counts.
    pub person: Person,
    /// Their own code to bring friends by, where they have asked for it.
    pub referral_code: Option<String>,
    /// By reward, how many there are left; only of those that are limited.
    pub stock_left: Vec<(String, i64)>,
}

impl Held {
    /// How many of a reward there are left; `None` where there is no limit.
    pub fn stock_left(&self, reward: &str) -> Option<i64> {
        self.stock_left.iter().find(|(known, _)| known == reward).map(|(_, left)| *left)
    }
}

/// What the words of a text are known as.
#[derive(Debug, Clone, Default)]
pub struct FoundCodes {
    /// Single-use codes.
    pub codes: Vec<FoundCode>,
    /// Members' own codes.
    pub referrals: Vec<FoundReferral>,
}

/// A single-use code that stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundCode {
    /// As it was typed, in capitals without blanks.
    pub typed: String,
    /// What is kept of it.
    pub hash: String,
    /// The program.
    pub program_id: Uuid,
    /// The rule that says what it is worth.
    pub rule: String,
    /// Whether it was used before.
    pub is_used: bool,
    /// From when on it is worth nothing.
    pub ends_at: Option<DateTime<Utc>>,
}

/// A member's own code that stands in a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundReferral {
    /// The code.
    pub code: String,
    /// The program.
    pub program_id: Uuid,
    /// Whose purse.
    pub purse_id: Uuid,
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
    /// What the person holds in the program of a shop.
    pub fn held_at(&self, shop: &Shop) -> Option<&Held> {
        self.held.iter().find(|held| held.program.id == shop.program_id)
    }

    /// The program of a shop as it is in force now.
    pub fn program_of(&self, shop: &Shop) -> Option<&Arc<Program>> {
        self.directory.program_of(shop, self.now)
    }

    /// How a shop says things, in its own words where it has some.
    pub fn voice(&self, shop: &Shop, language: Language) -> Voice<'_> {
        self.directory.voice(Some(shop.id), language)
    }

    /// Something that a member does by text.
    pub fn occasion(&self, kind: &'static str, id: impl Into<String>, shop: &Shop) -> Occasion {
        let actor = "member".to_owned();
        Occasion { cause: Cause::new(kind, id), at: self.now, shop_id: Some(shop.id), actor, reason: None }
    }

    /// Codes to be given out.
    pub fn draw(&self) -> Draw {
        Draw::new(self.seed)
    }

    /// The shops of which the person is a member now.
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

    /// The shop here whose points have moved to the person's other phone.
    pub fn moved_away_from(&self) -> Option<&Shop> {
        let merged = |shop: &&Shop| self.member_at(shop).is_some_and(|member| member.is_merged);
        self.enrolments.iter().filter_map(|enrolment| self.directory.shop(enrolment.shop_id)).find(merged)
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
