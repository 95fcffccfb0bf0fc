//! Conversations in memory, without a database or a clock: what the gateway would say, to be looked at and counted.

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use crate::domain::{
    address::{Address, AddressError},
    conversation::{Allowed, Context, Conversation, Enrolment, Member, respond},
    directory::Directory,
    effect::Effect,
    keyword::{Phrase, PhraseError},
    language::Language,
    profile::{
        birthday::DateOrder,
        question::{AnswerKind, OwnQuestion, SignUpQuestions},
    },
    shop::{Keyword, OptIn, Sender, Shop},
    text::Text,
};

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
            directory.put_shop(shop(id, &sender, name, contact, language, opt_in));
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
            balance: 12_345,
            language: self.language,
            has_left: false,
        };
        self.shops.iter().take(shops).map(enrolment).collect()
    }

    /// What is said because of the last of these texts, a minute after each other.
    pub fn say(&self, enrolments: &[Enrolment], texts: &[&str]) -> Vec<Said> {
        let mut conversation = Conversation::default();
        let mut enrolments = enrolments.to_vec();
        let mut members = Vec::new();
        let mut said = Vec::new();
        for (text, minute) in texts.iter().zip(0..) {
            let context = Context {
                now: now() + Duration::minutes(minute),
                directory: &self.directory,
                sender: &self.sender,
                enrolments: &enrolments,
                members: &members,
                opt_out_type: None,
                allowed: Allowed::All,
            };
            let turn = respond(&conversation, &Text::read(text), &context);
            said.clear();
            for effect in &turn.effects {
                match effect {
                    Effect::Say { reply, .. } => {
                        said.push(Said { keys: reply.keys().collect(), body: turn.language.write(reply) });
                    }
                    Effect::Enrol { shop_id, .. } => {
                        let place = self.shops.iter().position(|id| id == shop_id).unwrap_or_default();
                        enrolments.extend(self.member_of(place + 1).pop());
                    }
                    Effect::Answer { value, .. } => members = vec![named(&value.as_stored())],
                    _ => {}
                }
            }
            conversation = turn.conversation;
        }
        said
    }
}

fn named(name: &str) -> Member {
    Member { merchant_id: Uuid::from_u128(1), first_name: Some(name.to_owned()), has_birthday: false }
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
        messages_per_month: 30,
        sign_up: SignUpQuestions { first_name: true, birthday: true, own, ..SignUpQuestions::default() },
        date_order: DateOrder::MonthFirst,
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

/// Conversations that between them say everything there is to say, with [`Sign::ordinary`] signs.
pub const SCRIPTS: &[&[&str]] = &[
    &["COFFEE PLS 0"],
    &["COFFEE PLS 0", "YES"],
    &["COFFEE PLS 0", "NO"],
    &["COFFEE PLS 0", "eh"],
    &["COFFEE PLS 0", "Y", "Ana"],
    &["COFFEE PLS 0", "Y", "Ana", "COFFEE PLS 0"],
    &["COFFEE PLS 0", "Y", "https://example.com"],
    &["COFFEE PLS 0", "Y", "SKIP"],
    &["COFFEE PLS 0", "Y", "SKIP", "soon"],
    &["COFFEE PLS 0", "Y", "SKIP", "March 5"],
    &["COFFEE PLS 0", "Y", "SKIP", "SKIP", "none of them"],
    &["COFFEE PLS 0", "Y", "SKIP", "SKIP", "2"],
    &["COFFEE PLS 0", "Y", "SKIP", "SKIP", "2", "perhaps"],
    &["COFFEE PLS 0", "Y", "SKIP", "SKIP", "2", "yes"],
    &["COFFEE PLS 0", "Y", "SKIP", "SKIP", "2", "yes", "latte"],
    &["COFFEE PLS 0", "Y", "SKIP", "SKIP", "2", "yes", "SKIP"],
    &["COFEE PLS 0"],
    &["COFEE PLS 0", "NO"],
    &["COFEE PLS"],
    &["spring 0"],
    &["JOIN"],
    &["BAL"],
    &["SALDO"],
    &["HELP"],
    &["LEAVE"],
    &["LEAVE", "1"],
    &["LEAVE", "NO"],
    &["LEAVE BEAN THERE 2"],
    &["BAL BEAN THERE 0", "LEAVE"],
    &["LANG"],
    &["ENGLISH"],
    &["ESPAÑOL"],
    &["FRANCAIS"],
    &["ROMANA"],
    &["中文"],
    &["STOP"],
    &["START"],
    &["STOP", "START"],
    &["STOP", "COFFEE PLS 0"],
    &["Reply STOP to unsubscribe"],
    &["eh"],
    &["hola"],
    &["hello"],
    &["bonjour"],
    &["buna ziua"],
    &["你好"],
];
