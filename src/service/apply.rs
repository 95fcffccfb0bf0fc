//! Effect → rows, gathered for a whole batch. The only exhaustive match on [`Effect`].

mod held;
mod inbox;
mod told;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use self::held::known_at;
use super::{ledger::person, receive::Arrival};
use crate::{
    clock::from_millis,
    domain::{
        commands::sign_up::prompt,
        conversation::{Conversation, Enrolment, Member, SpokenOf, Turn},
        directory::Directory,
        effect::Effect,
        language::Language,
        profile::{answer::ProfileValue, question::Asked},
        purse::{Person, Purse},
        shop::{Keyword, Sender, Shop},
    },
    store::{
        self,
        consent::NewConsent,
        purses::PurseRow,
        receiving::{ConversationRow, EnrolmentRow, NewOutbox, ProfileColumn, Writes},
    },
};

/// What a batch knows of the people in it, as far as it has got, and what it will write.
pub struct World {
    conversations: HashMap<(Uuid, String), Conversation>,
    members: HashMap<String, Vec<Known>>,
    stock: HashMap<(Uuid, String), i64>,
    /// What the batch will write.
    pub writes: Writes,
}

/// A person at one merchant.
struct Known {
    id: Uuid,
    member: Member,
    enrolments: Vec<Enrolment>,
    language: Language,
    person: Person,
    purses: Vec<KnownPurse>,
}

/// What they hold in a program.
struct KnownPurse {
    id: Uuid,
    program_id: Uuid,
    purse: Purse,
    referral_code: Option<String>,
}

impl World {
    /// What was loaded.
    pub fn new(known: store::receiving::Known) -> Self {
        let store::receiving::Known { conversations, members: rows, purses, answers, referral_codes, seen: _ } = known;
        let conversations = conversations
            .into_iter()
            .map(|row| ((row.sender_id, row.address.clone()), read_conversation(&row)))
            .collect();
        let mut members: HashMap<String, Vec<Known>> = HashMap::new();
        for row in rows {
            let language = Language::from_code(&row.language).unwrap_or_default();
            let known = members.entry(row.address).or_default();
            let at = known.iter().position(|known| known.id == row.member_id).unwrap_or_else(|| {
                let member = Member {
                    merchant_id: row.merchant_id,
                    first_name: row.first_name,
                    has_birthday: row.birthday.is_some(),
                    is_merged: row.is_merged,
                };
                let told = answers.iter().filter(|(id, ..)| *id == row.member_id);
                let told = told.map(|(_, question, answer)| (question.clone(), answer.clone()));
                let person = person(row.birthday.as_deref(), told);
                let (id, enrolments, purses) = (row.member_id, Vec::new(), Vec::new());
                known.push(Known { id, member, enrolments, language, person, purses });
                known.len() - 1
            });
            if let (Some(known), Some(EnrolmentRow { id, shop_id, left_at })) = (known.get_mut(at), row.enrolment) {
                let (member_id, has_left) = (row.member_id, left_at.is_some());
                known.enrolments.push(Enrolment { id, member_id, shop_id, language, has_left });
            }
        }
        for PurseRow { id, member_id, program_id, purse, .. } in purses {
            let referral_code = referral_codes.iter().find(|(of, _)| *of == id).map(|(_, code)| code.clone());
            if let Some(known) = members.values_mut().flatten().find(|known| known.id == member_id) {
                known.purses.push(KnownPurse { id, program_id, purse, referral_code });
            }
        }
        Self { conversations, members, stock: HashMap::new(), writes: Writes::default() }
    }

    /// The conversation of a person with a sender.
    pub fn conversation(&self, sender_id: Uuid, address: &str) -> Conversation {
        self.conversations.get(&(sender_id, address.to_owned())).cloned().unwrap_or_default()
    }

    /// The person at each merchant they are known to.
    pub fn members(&self, address: &str) -> Vec<Member> {
        self.members.get(address).into_iter().flatten().map(|known| known.member.clone()).collect()
    }

    /// The person's enrolments at shops that are spoken of on this sender, with those they left.
    pub fn enrolments(&self, address: &str, sender_id: Uuid, directory: &Directory) -> Vec<Enrolment> {
        let known = self.members.get(address).into_iter().flatten();
        let enrolments = known.flat_map(|known| &known.enrolments);
        enrolments.filter(|enrolment| directory.speaks_on(enrolment.shop_id, sender_id)).cloned().collect()
    }

    /// Takes in what a turn asks for.
    pub fn apply(&mut self, arrival: &Arrival, sender: &Sender, turn: Turn, directory: &Directory) {
        let now = arrival.received_at;
        let address = arrival.inbound.from.as_str();
        let said = self.said_in(&turn, (sender, address), directory);
        let shown = said.join("\n");
        let mut said = said.into_iter();
        for effect in &turn.effects {
            match effect {
                Effect::Say { reply, shop_id } => {
                    let merchant_id = self.merchant_of(*shop_id, sender, address, directory);
                    self.writes.outbox.push(NewOutbox {
                        sender_id: sender.id,
                        address: address.to_owned(),
                        merchant_id,
                        shop_id: *shop_id,
                        account_id: Some(arrival.account_id),
                        cause: Some(arrival.inbound.provider_message_id.clone()),
                        reply: reply.key(),
                        body: said.next().unwrap_or_default(),
                        request_id: arrival.request_id.clone(),
                        held_until: None,
                        created_at: now.timestamp_millis(),
                    });
                }
                Effect::Enrol { shop_id, keyword_id } => {
                    if let Some(shop) = directory.shop(*shop_id) {
                        let keyword = keyword_id.and_then(|id| directory.keyword(id));
                        self.enrol(address, shop, keyword, turn.language, now);
                    }
                }
                Effect::Leave { shop_id } => self.leave(address, *shop_id, now),
                Effect::Answer { shop_id, asked, value } => {
                    if let Some(shop) = directory.shop(*shop_id) {
                        self.answer(address, shop, (asked, value), directory, now);
                    }
                }
                Effect::SpeakLanguage => self.speak(sender, address, turn.language, directory),
                Effect::Post { shop_id, change, used_code } => {
                    if let Some(shop) = directory.shop(*shop_id) {
                        self.post(address, shop, change, used_code.as_deref(), directory, now);
                    }
                }
                Effect::KeepSale { shop_id, id, record } => {
                    if let Some(shop) = directory.shop(*shop_id) {
                        self.keep_sale(address, shop, (*id, record), now);
                    }
                }
                Effect::EndInvitation { shop_id, is_accepted } => {
                    let state = if *is_accepted { "accepted" } else { "declined" };
                    self.writes.invitations.ended.push((*shop_id, address.to_owned(), state));
                }
                Effect::KeepReferralCode { shop_id, code } => {
                    if let Some(shop) = directory.shop(*shop_id) {
                        self.keep_referral_code(address, shop, code);
                    }
                }
                Effect::Record { kind, method, shop_id, reason } => self.writes.consents.push(NewConsent {
                    sender_id: sender.id,
                    address: address.to_owned(),
                    shop_id: *shop_id,
                    kind: kind.word(),
                    method: method.word(),
                    reason: reason.clone(),
                    typed: arrival.inbound.body.clone(),
                    shown: shown.clone(),
                    provider_message_id: Some(arrival.inbound.provider_message_id.clone()),
                    occurred_at: now.timestamp_millis(),
                }),
                Effect::Withdraw => self.withdraw(sender.id, address),
            }
        }
        self.list_for_staff(arrival, sender, &turn, directory);
        self.tell_silence(sender, address, &turn, directory, now);
        self.keep(sender.id, address, turn.conversation, now);
    }

    fn enrol(&mut self, address: &str, shop: &Shop, keyword: Option<&Keyword>, language: Language, now: DateTime<Utc>) {
        let (at, now) = (now, now.timestamp_millis());
        let known = self.members.entry(address.to_owned()).or_default();
        let place = known.iter().position(|known| known.member.merchant_id == shop.merchant_id).unwrap_or_else(|| {
            let (id, merchant_id) = (Uuid::now_v7(), shop.merchant_id);
            self.writes.members.push((id, merchant_id, address.to_owned(), language.code(), now));
            let member = Member { merchant_id, first_name: None, has_birthday: false, is_merged: false };
            let (enrolments, person, purses) = (Vec::new(), Person::default(), Vec::new());
            known.push(Known { id, member, enrolments, language, person, purses });
            known.len() - 1
        });
        let Some(known) = known.get_mut(place) else { return };
        let former = known.enrolments.iter_mut().find(|enrolment| enrolment.shop_id == shop.id);
        self.writes.ledger.events.push(told::enrolled(known.id, shop, keyword, former.is_some(), at));
        if let Some(former) = former {
            former.has_left = false;
            if std::mem::take(&mut known.member.is_merged) {
                self.writes.parted.push(known.id);
            }
            self.writes.left.insert(former.id, None);
            return;
        }
        let (id, member_id, language) = (Uuid::now_v7(), known.id, known.language);
        let source = keyword.map_or_else(|| Some("invitation".to_owned()), |keyword| keyword.source.clone());
        self.writes.enrolments.push((id, member_id, shop.id, keyword.map(|keyword| keyword.id), source, now));
        known.enrolments.push(Enrolment { id, member_id, shop_id: shop.id, language, has_left: false });
    }

    fn leave(&mut self, address: &str, shop_id: Uuid, now: DateTime<Utc>) {
        for known in self.members.get_mut(address).into_iter().flatten() {
            let (member_id, merchant_id) = (known.id, known.member.merchant_id);
            let here = |enrolment: &&mut Enrolment| enrolment.shop_id == shop_id && !enrolment.has_left;
            if let Some(enrolment) = known.enrolments.iter_mut().find(here) {
                enrolment.has_left = true;
                self.writes.left.insert(enrolment.id, Some(now.timestamp_millis()));
                self.writes.ledger.events.push(told::left(merchant_id, member_id, shop_id, now));
            }
        }
    }

    /// A name and a birthday are the merchant's to know, what a shop asks in its own words is that shop's.
    fn answer(
        &mut self,
        address: &str,
        shop: &Shop,
        (asked, value): (&Asked, &ProfileValue),
        directory: &Directory,
        now: DateTime<Utc>,
    ) {
        let Some(known) = known_at(&mut self.members, address, shop) else { return };
        let said = value.as_stored();
        match asked {
            Asked::FirstName => {
                known.member.first_name = Some(said.clone());
                self.writes.profiles.push((known.id, ProfileColumn::FirstName, said));
            }
            Asked::Birthday => {
                known.member.has_birthday = true;
                known.person.birthday = said.parse().ok();
                self.writes.profiles.push((known.id, ProfileColumn::Birthday, said));
                known.look_again(directory, now, &mut self.writes);
            }
            Asked::Own(question) => {
                let prompt = prompt(asked, shop).to_owned();
                known.person.answers.insert(question.clone(), said.clone());
                let row = (known.id, shop.id, question.clone(), prompt, said, now.timestamp_millis());
                self.writes.answers.push(row);
            }
        }
    }

    /// The person's members at this sender's shops are answered in this language from now on.
    fn speak(&mut self, sender: &Sender, address: &str, language: Language, directory: &Directory) {
        for known in self.members.get_mut(address).into_iter().flatten() {
            let is_here = |enrolment: &Enrolment| directory.speaks_on(enrolment.shop_id, sender.id);
            if known.enrolments.iter().any(is_here) {
                known.language = language;
                known.enrolments.iter_mut().for_each(|enrolment| enrolment.language = language);
                self.writes.profiles.push((known.id, ProfileColumn::Language, language.code().to_owned()));
            }
        }
    }

    /// An invitation is over as well.
    fn withdraw(&mut self, sender_id: Uuid, address: &str) {
        let question =
            self.conversations.get(&(sender_id, address.to_owned())).and_then(|known| known.question.as_ref());
        let invited_by = question.and_then(|question| question.step.invited_by());
        self.writes.invitations.ended.extend(invited_by.map(|shop_id| (shop_id, address.to_owned(), "declined")));
        self.writes.outbox.retain(|row| (row.sender_id, row.address.as_str()) != (sender_id, address));
        self.writes.withdrawals.push((sender_id, address.to_owned()));
    }

    /// Only a conversation that changed is written: most texts leave it as it was.
    fn keep(&mut self, sender_id: Uuid, address: &str, after: Conversation, now: DateTime<Utc>) {
        let key = (sender_id, address.to_owned());
        let before = self.conversations.get(&key).cloned().unwrap_or_default();
        if before == after {
            return;
        }
        // What is asked now, or settled, takes the place of an invitation that nobody has read yet.
        if let Some(shop_id) = before.invited_later_by(now)
            && after.invited_later_by(now) != Some(shop_id)
        {
            self.writes.invitations.unasked.push((sender_id, address.to_owned(), shop_id));
        }
        let row = ConversationRow {
            sender_id,
            address: address.to_owned(),
            question: after.question.as_ref().and_then(|question| serde_json::to_string(question).ok()),
            opted_out_at: after.silent_since.map(|time| time.timestamp_millis()),
            no_marketing_since: after.no_marketing_since.map(|time| time.timestamp_millis()),
            hinted_at: after.hinted_at.map(|time| time.timestamp_millis()),
            language: after.language.map(|language| language.code().to_owned()),
            language_offered_at: after.language_offered_at.map(|time| time.timestamp_millis()),
            spoken_of: after.spoken_of.map(|spoken| (spoken.shop_id, spoken.at.timestamp_millis())),
            updated_at: now.timestamp_millis(),
        };
        self.writes.conversations.insert(key.clone(), row);
        self.conversations.insert(key, after);
    }

    /// All that is said in a turn, in order, as it will be read.
    fn said_in(&self, turn: &Turn, (sender, address): (&Sender, &str), directory: &Directory) -> Vec<String> {
        let said = turn.effects.iter().filter_map(|effect| match effect {
            Effect::Say { reply, shop_id } => {
                let shop_id = shop_id.or_else(|| self.only_shop(sender, address, directory));
                Some(directory.voice(shop_id, turn.language).write(reply))
            }
            _ => None,
        });
        said.collect()
    }

    /// In whose words something is said that is no shop's: in those of the only shop that speaks here.
    fn only_shop(&self, sender: &Sender, address: &str, directory: &Directory) -> Option<Uuid> {
        if !directory.has_own_words() {
            return None;
        }
        let enrolments = self.enrolments(address, sender.id, directory);
        let mut own = enrolments.iter().filter(|enrolment| !enrolment.has_left).map(|enrolment| enrolment.shop_id);
        match (own.next(), own.next()) {
            (None, _) => {
                let mut shops = directory.shops_on(sender.id);
                shops.next().filter(|_| shops.next().is_none()).map(|shop| shop.id)
            }
            (only, None) => only,
            (Some(_), Some(_)) => None,
        }
    }

    /// Whose reply it is: the shop's merchant, the sender's, or that of the person's only membership.
    fn merchant_of(
        &self,
        shop_id: Option<Uuid>,
        sender: &Sender,
        address: &str,
        directory: &Directory,
    ) -> Option<Uuid> {
        let by_shop = shop_id.and_then(|id| directory.shop(id)).map(|shop| shop.merchant_id);
        let by_membership = || match self.members.get(address).map(Vec::as_slice) {
            Some([only]) => Some(only.member.merchant_id),
            _ => None,
        };
        by_shop.or(sender.merchant_id).or_else(by_membership)
    }
}

/// A question that no longer reads (from an older version) has lapsed.
fn read_conversation(row: &ConversationRow) -> Conversation {
    Conversation {
        question: row.question.as_deref().and_then(|question| serde_json::from_str(question).ok()),
        silent_since: row.opted_out_at.map(from_millis),
        no_marketing_since: row.no_marketing_since.map(from_millis),
        hinted_at: row.hinted_at.map(from_millis),
        language: row.language.as_deref().and_then(Language::from_code),
        language_offered_at: row.language_offered_at.map(from_millis),
        spoken_of: row.spoken_of.map(|(shop_id, at)| SpokenOf { shop_id, at: from_millis(at) }),
    }
}
