//! Conversations in memory, without a database or a clock: what the gateway would say, to be looked at and counted.

mod programs;
mod scripts;

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use crate::domain::{
    address::{Address, AddressError},
    conversation::{Allowed, Context, Conversation, Enrolment, Held, Member, respond},
    directory::Directory,
    effect::Effect,
    keyword::{Phrase, PhraseError},
    language::Language,
    profile::{
        answer::ProfileValue,
        birthday::DateOrder,
        question::{AnswerKind, Asked, OwnQuestion, SignUpQuestions},
    },
    purse::Person,
    shop::{Keyword, OptIn, Sender, Shop},
    text::Text,
};

pub use scripts::SCRIPTS;

/// What a shop has on its sign and under it.
pub struct Sign {
    /// The shop's name.
    pub name: String,
    /// Whom HELP names.
    pub contact: String,
    /// What is on the sign.
    pub phrase: String,
}

impl Sign {
    /// Of ordinary length, the `index`th of its kind.
    pub fn ordinary(index: usize) -> Self {
        let contact = "hi@beanthere.example".to_owned();
        Self { name: format!("Bean There {index}"), contact, phrase: format!("COFFEE PLS {index}") }
    }
}

/// A sender with shops, and a person who may be a member of some of them.
pub struct Rehearsal {
    directory: Directory,
    sender: Sender,
    shops: Vec<Uuid>,
    language: Language,
}

/// Something that was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The keys of its messages.
    pub keys: Vec<&'static str>,
    /// What is read.
    pub body: String,
}

/// Why there is nothing to rehearse with.
#[derive(Debug, thiserror::Error)]
pub enum RehearsalError {
    /// A phrase that could be no keyword.
    #[error(transparent)]
    Phrase(#[from] PhraseError),
    /// An address that is none.
    #[error(transparent)]
    Address(#[from] AddressError),
}

/// When all of it happens.
fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap_or_default()
}

impl Rehearsal {
    /// So many shops on one sender.
    ///
    /// # Errors
    /// A phrase that could be no keyword, in a sentence.
    pub fn new(
        language: Language,
        opt_in: OptIn,
        shops: usize,
        sign: fn(usize) -> Sign,
    ) -> Result<Self, RehearsalError> {
        let sender = sender(Address::parse(super::shops::NUMBER)?);
        let mut directory = Directory::default();
        directory.put_sender(sender.clone());
        let mut ids = Vec::new();
        for (index, number) in (0..shops).zip(0_u128..) {
            let id = Uuid::from_u128(10_000 + number);
            let Sign { name, contact, phrase } = sign(index);
            let mut shop = shop(id, &sender, name, contact, language, opt_in);
            if index == 4 {
                shop.sign_up = SignUpQuestions::default();
            }
            directory.put_shop(shop);
            if let Some(program) = programs::of(index, id, now()) {
                directory.put_program(program);
            }
            let phrase = Phrase::parse(&phrase)?;
            let past = Phrase::parse(&format!("spring {number}"))?;
            directory.put_keyword(keyword(Uuid::from_u128(20_000 + number), id, &sender, phrase, None));
            directory.put_keyword(keyword(Uuid::from_u128(30_000 + number), id, &sender, past, Some(now())));
            ids.push(id);
        }
        Ok(Self { directory, sender, shops: ids, language })
    }

    /// A person who is a member of the first so many shops.
    pub fn member_of(&self, shops: usize) -> Vec<Enrolment> {
        let enrolment = |shop_id: &Uuid| Enrolment {
            id: Uuid::from_u128(shop_id.as_u128() + 40_000),
            member_id: Uuid::from_u128(999),
            shop_id: *shop_id,
            language: self.language,
            has_left: false,
        };
        self.shops.iter().take(shops).map(enrolment).collect()
    }

    /// What a member of a shop holds there.
    fn held_at(&self, shop_id: Uuid) -> Option<Held> {
        let program = Arc::clone(self.directory.program_at(shop_id, now())?);
        let place = self.shops.iter().position(|id| *id == shop_id)?;
        let purse = programs::purse(place, &program, now());
        let stock_left =
            program.rewards.iter().filter(|reward| reward.stock.is_some()).map(|reward| (reward.id.clone(), 0));
        let stock_left = stock_left.collect();
        Some(Held { program, purse, person: Person::default(), referral_code: None, stock_left })
    }

    /// What is said because of the last of these texts, a minute after each other.
    pub fn say(&self, enrolments: &[Enrolment], texts: &[&str]) -> Vec<Said> {
        let mut person = Played {
            conversation: Conversation::default(),
            enrolments: enrolments.to_vec(),
            members: Vec::new(),
            held: enrolments.iter().filter_map(|enrolment| self.held_at(enrolment.shop_id)).collect(),
        };
        let mut said = Vec::new();
        for (text, minute) in texts.iter().zip(0..) {
            said = self.play(&mut person, text, now() + Duration::minutes(minute));
        }
        said
    }

    fn play(&self, person: &mut Played, text: &str, now: DateTime<Utc>) -> Vec<Said> {
        let text = programs::with_codes_of_day(text, &self.shops, now);
        let found = programs::codes_in(&text, &self.shops, now);
        let context = Context {
            now,
            directory: &self.directory,
            sender: &self.sender,
            enrolments: &person.enrolments,
            members: &person.members,
            held: &person.held,
            waiting: &[],
            found: &found,
            seed: [7; 16],
            opt_out_type: None,
            allowed: Allowed::All,
        };
        let turn = respond(&person.conversation, &Text::read(&text), &context);
        let mut said = Vec::new();
        for effect in &turn.effects {
            match effect {
                Effect::Say { reply, .. } => {
                    said.push(Said { keys: reply.keys().collect(), body: turn.language.write(reply) });
                }
                effect => self.keep(person, effect),
            }
        }
        person.conversation = turn.conversation;
        said
    }

    fn keep(&self, person: &mut Played, effect: &Effect) {
        match effect {
            Effect::Enrol { shop_id, .. } => {
                let place = self.shops.iter().position(|id| id == shop_id).unwrap_or_default();
                person.enrolments.extend(self.member_of(place + 1).pop());
            }
            Effect::Leave { shop_id } => {
                let left = person.enrolments.iter_mut().filter(|enrolment| enrolment.shop_id == *shop_id);
                left.for_each(|enrolment| enrolment.has_left = true);
            }
            Effect::Post { shop_id, change, .. } => match person.held_in(*shop_id) {
                Some(held) => held.purse = change.purse.clone(),
                None => person.held.extend(self.held_at(*shop_id)),
            },
            Effect::Answer { shop_id, asked, value } => person.tell(*shop_id, asked, value),
            Effect::KeepReferralCode { shop_id, code } => {
                if let Some(held) = person.held_in(*shop_id) {
                    held.referral_code = Some(code.clone());
                }
            }
            _ => {}
        }
    }
}

/// A person as far as a script has got.
struct Played {
    conversation: Conversation,
    enrolments: Vec<Enrolment>,
    members: Vec<Member>,
    held: Vec<Held>,
}

impl Played {
    fn held_in(&mut self, shop_id: Uuid) -> Option<&mut Held> {
        self.held.iter_mut().find(|held| held.program.id == shop_id)
    }

    fn tell(&mut self, shop_id: Uuid, asked: &Asked, value: &ProfileValue) {
        if *asked == Asked::FirstName {
            self.members = vec![named(&value.as_stored())];
        }
        if *asked == Asked::Birthday {
            self.members.iter_mut().for_each(|member| member.has_birthday = true);
        }
        let Some(held) = self.held_in(shop_id) else { return };
        match (asked, value) {
            (Asked::Birthday, ProfileValue::Birthday(birthday)) => held.person.birthday = Some(*birthday),
            (Asked::Own(id), value) => {
                held.person.answers.insert(id.clone(), value.as_stored());
            }
            _ => {}
        }
    }
}

fn named(name: &str) -> Member {
    Member { merchant_id: Uuid::from_u128(1), first_name: Some(name.to_owned()), has_birthday: false, is_merged: false }
}

fn sender(address: Address) -> Sender {
    Sender {
        id: Uuid::from_u128(2),
        address,
        account_id: Uuid::from_u128(3),
        merchant_id: Some(Uuid::from_u128(1)),
        service_sid: None,
        messages_per_second: 1.0,
        created_at: now(),
    }
}

fn shop(id: Uuid, sender: &Sender, name: String, contact: String, language: Language, opt_in: OptIn) -> Shop {
    let own = |id: &str, prompt: &str, kind| OwnQuestion { id: id.to_owned(), prompt: prompt.to_owned(), kind };
    let options = ["Oily", "Dry", "Normal"].map(str::to_owned).to_vec();
    let own = vec![
        own("skin", "Oily, dry or normal skin?", AnswerKind::Choice { options }),
        own("news", "News of our courses too?", AnswerKind::YesNo),
        own("drink", "What do you like to drink?", AnswerKind::FreeText),
    ];
    Shop {
        id,
        merchant_id: Uuid::from_u128(1),
        sender_id: sender.id,
        name,
        time_zone: chrono_tz::UTC,
        language,
        currency: "USD".to_owned(),
        opt_in,
        welcome_points: 1250,
        contact,
        terms: String::new(),
        messages_per_month: 30,
        sign_up: SignUpQuestions { first_name: true, birthday: true, own, ..SignUpQuestions::default() },
        date_order: DateOrder::MonthFirst,
        telling: Default::default(),
        program_id: id,
        created_at: now(),
    }
}

fn keyword(id: Uuid, shop_id: Uuid, sender: &Sender, phrase: Phrase, ends_at: Option<DateTime<Utc>>) -> Keyword {
    Keyword {
        id,
        shop_id,
        sender_id: sender.id,
        phrase,
        source: None,
        language: None,
        starts_at: None,
        ends_at,
        created_at: now(),
    }
}
