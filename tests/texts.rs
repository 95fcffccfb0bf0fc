//! Every reply, in every language: the lawful parts are there, it stays in the GSM-7 alphabet, and it fits its budget.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use chrono::{DateTime, Utc};
use regulars::domain::{
    address::Address,
    conversation::{Context, Conversation, Enrolment, respond},
    directory::Directory,
    effect::Effect,
    keyword::Phrase,
    language::Language,
    segment::{Encoding, count, first_non_gsm},
    shop::{Keyword, OptIn, Sender, Shop},
    text::Text,
};
use uuid::Uuid;

/// The most segments that a reply takes, on a shop with a name of ordinary length.
const SEGMENTS_MAX: usize = 2;

struct World {
    directory: Directory,
    sender: Sender,
    shops: Vec<Uuid>,
    language: Language,
}

impl World {
    fn new(language: Language, opt_in: OptIn, shops: usize) -> Self {
        let now = now();
        let merchant_id = Uuid::from_u128(1);
        let sender = Sender {
            id: Uuid::from_u128(2),
            address: Address::parse("+14155550100").unwrap(),
            account_id: Uuid::from_u128(3),
            merchant_id: Some(merchant_id),
            service_sid: None,
            messages_per_second: 1.0,
            created_at: now,
        };
        let mut directory = Directory::default();
        directory.put_sender(sender.clone());
        let mut ids = Vec::new();
        for index in 0..shops {
            let id = Uuid::from_u128(10 + index as u128);
            directory.put_shop(Shop {
                id,
                merchant_id,
                sender_id: sender.id,
                name: format!("Bean There {index}"),
                time_zone: chrono_tz::UTC,
                language,
                currency: "USD".to_owned(),
                opt_in,
                welcome_points: 1250,
                contact: "hi@beanthere.example".to_owned(),
                messages_per_month: 30,
                created_at: now,
            });
            directory.put_keyword(Keyword {
                id: Uuid::from_u128(100 + index as u128),
                shop_id: id,
                sender_id: sender.id,
                phrase: Phrase::parse(&format!("COFFEE PLS {index}")).unwrap(),
                source: None,
                starts_at: None,
                ends_at: None,
                created_at: now,
            });
            ids.push(id);
        }
        Self { directory, sender, shops: ids, language }
    }

    fn member_of(&self, shops: usize) -> Vec<Enrolment> {
        let enrolment = |shop_id: &Uuid| Enrolment {
            id: Uuid::from_u128(shop_id.as_u128() + 1000),
            member_id: Uuid::from_u128(999),
            shop_id: *shop_id,
            balance: 12_345,
            language: self.language,
        };
        self.shops.iter().take(shops).map(enrolment).collect()
    }

    /// What is read after these texts, the last one's replies only.
    fn read(&self, enrolments: &[Enrolment], texts: &[&str]) -> Vec<String> {
        let mut conversation = Conversation::default();
        let mut read = Vec::new();
        for text in texts {
            let context = Context {
                now: now(),
                directory: &self.directory,
                sender: &self.sender,
                enrolments,
                opt_out_type: None,
            };
            let turn = respond(&conversation, &Text::read(text), &context);
            let said = turn.effects.iter().filter_map(|effect| match effect {
                Effect::Say { reply, .. } => Some(reply),
                _ => None,
            });
            read = said.map(|reply| turn.language.write(reply)).collect();
            conversation = turn.conversation;
        }
        read
    }
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

/// Conversations that between them say everything there is to say.
const TEXTS: &[&[&str]] = &[
    &["COFFEE PLS 0"],
    &["COFFEE PLS 0", "YES"],
    &["COFFEE PLS 0", "NO"],
    &["COFFEE PLS 0", "eh"],
    &["BAL"],
    &["HELP"],
    &["STOP"],
    &["STOP", "START"],
    &["STOP", "COFFEE PLS 0"],
    &["eh"],
];

#[test]
fn every_reply_stays_in_gsm_7_and_in_its_budget() {
    let mut replies = 0;
    for language in Language::all() {
        for opt_in in [OptIn::Single, OptIn::Double] {
            let world = World::new(language, opt_in, 5);
            for joined in [0, 1, 2, 5] {
                for texts in TEXTS {
                    for reply in world.read(&world.member_of(joined), texts) {
                        let segments = count(&reply);
                        let odd = first_non_gsm(&reply);
                        assert_eq!(segments.encoding, Encoding::Gsm7, "{odd:?} in {reply:?}");
                        assert!(segments.segments <= SEGMENTS_MAX, "{} segments: {reply:?}", segments.segments);
                        replies += 1;
                    }
                }
            }
        }
    }
    assert!(replies > 100, "only {replies} replies were looked at");
}

#[test]
fn a_confirmation_says_who_how_often_what_it_costs_and_how_to_get_help_and_out() {
    for (code, parts) in [
        ("en", ["Bean There 0", "Recurring", "30/month", "Msg & data rates may apply", "HELP", "STOP"]),
        ("es", ["Bean There 0", "recurrentes", "30 al mes", "Pueden aplicarse tarifas", "AYUDA", "STOP"]),
    ] {
        let language = Language::from_code(code).unwrap();
        let single = World::new(language, OptIn::Single, 1);
        let double = World::new(language, OptIn::Double, 1);
        for reply in [
            single.read(&[], &["COFFEE PLS 0"]),
            double.read(&[], &["COFFEE PLS 0"]),
            double.read(&[], &["COFFEE PLS 0", "YES"]),
            single.read(&single.member_of(1), &["STOP", "COFFEE PLS 0"]),
        ] {
            let reply = reply.join("").replace("recurring", "Recurring").replace("Mensajes recurrentes", "recurrentes");
            for part in parts {
                assert!(reply.contains(part), "{part:?} is missing in {reply:?}");
            }
        }
    }
}

#[test]
fn help_names_the_shop_its_contact_and_stop() {
    for language in Language::all() {
        let world = World::new(language, OptIn::Single, 1);
        let reply = world.read(&world.member_of(1), &["HELP"]).join("");
        for part in ["Bean There 0", "hi@beanthere.example", "STOP", "30"] {
            assert!(reply.contains(part), "{part:?} is missing in {reply:?}");
        }
    }
}

#[test]
fn the_same_text_always_gives_the_same_turn() {
    let world = World::new(Language::default(), OptIn::Single, 2);
    assert_eq!(world.read(&[], &["COFFEE PLS 0"]), world.read(&[], &["COFFEE PLS 0"]));
}
