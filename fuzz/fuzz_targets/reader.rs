//! Whatever is texted, one text after the other, is read and answered without panic, and by one rule only.

#![no_main]

use std::sync::LazyLock;

use chrono::{DateTime, Duration, Utc};
use libfuzzer_sys::fuzz_target;
use regulars_domain::{
    address::Address,
    conversation::{Allowed, Context, Conversation, Enrolment, FoundCodes, respond},
    directory::Directory,
    effect::Effect,
    keyword::Phrase,
    language::Language,
    profile::{
        birthday::DateOrder,
        question::{AnswerKind, OwnQuestion, SignUpQuestions},
    },
    reading::{Meaning, read},
    shop::{Keyword, OptIn, Sender, Shop},
    telling::Telling,
    text::Text,
};
use uuid::Uuid;

const PHRASES: [&str; 8] =
    ["COFFEE PLS", "COFFEE", "TOFFEE PLS", "coffee pls monday", "☕", "咖啡", "café crème", "non stop"];

static SENDER: LazyLock<Sender> = LazyLock::new(|| Sender {
    id: Uuid::from_u128(1),
    address: Address::parse("+14155550100").expect("an address"),
    account_id: Uuid::from_u128(2),
    merchant_id: None,
    service_sid: None,
    messages_per_second: 1.0,
    created_at: now(),
});
static DIRECTORY: LazyLock<Directory> = LazyLock::new(directory);

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).expect("a time")
}

fn directory() -> Directory {
    let mut directory = Directory::default();
    directory.put_sender(SENDER.clone());
    for (number, phrase) in PHRASES.iter().enumerate() {
        let shop_id = Uuid::from_u128(100 + number as u128);
        directory.put_shop(shop(shop_id, number));
        directory.put_keyword(Keyword {
            id: Uuid::from_u128(200 + number as u128),
            shop_id,
            sender_id: SENDER.id,
            phrase: Phrase::parse(phrase).expect("a phrase"),
            source: None,
            language: None,
            starts_at: None,
            ends_at: (number == 3).then(now),
            created_at: now(),
        });
    }
    directory
}

fn shop(id: Uuid, number: usize) -> Shop {
    let options = ["Oily", "Dry", "2"].map(str::to_owned).to_vec();
    let own = |id: &str, kind| OwnQuestion { id: id.to_owned(), prompt: "Which?".to_owned(), kind };
    Shop {
        id,
        merchant_id: Uuid::from_u128(3),
        sender_id: SENDER.id,
        name: format!("Shop {number}"),
        time_zone: chrono_tz::UTC,
        language: Language::all().nth(number % 5).unwrap_or_default(),
        currency: "USD".to_owned(),
        opt_in: if number % 2 == 0 { OptIn::Single } else { OptIn::Double },
        welcome_points: 1,
        contact: String::new(),
        terms: String::new(),
        messages_per_month: 4,
        sign_up: SignUpQuestions {
            first_name: true,
            birthday: number % 3 == 0,
            own: vec![own("a", AnswerKind::Choice { options }), own("b", AnswerKind::YesNo), own("c", AnswerKind::FreeText)],
            ..SignUpQuestions::default()
        },
        date_order: DateOrder::DayFirst,
        telling: Telling::default(),
        program_id: id,
        created_at: now(),
    }
}

fuzz_target!(|typed: &str| {
    let mut conversation = Conversation::default();
    let mut enrolments: Vec<Enrolment> = Vec::new();
    for (line, minute) in typed.split('\x1e').zip(0..8) {
        let text = Text::read(line);
        assert_eq!(Text::read(text.normal()).normal(), text.normal());
        let reading = read(&text, SENDER.id, &DIRECTORY, now());
        assert_eq!(text.is_blank(), matches!(reading.meaning, Meaning::Blank), "{}", reading.rule);
        let context = Context {
            now: now() + Duration::minutes(minute),
            directory: &DIRECTORY,
            sender: &SENDER,
            enrolments: &enrolments,
            members: &[],
            held: &[],
            waiting: &[],
            found: &FoundCodes::default(),
            seed: [7; 16],
            opt_out_type: None,
            allowed: Allowed::All,
        };
        let turn = respond(&conversation, &text, &context);
        let mut joined = Vec::new();
        for effect in &turn.effects {
            match effect {
                Effect::Say { reply, .. } => assert!(!turn.language.write(reply).is_empty()),
                Effect::Enrol { shop_id, .. } => joined.push(*shop_id),
                Effect::Leave { shop_id } => enrolments.retain(|enrolment| enrolment.shop_id != *shop_id),
                _ => {}
            }
        }
        assert!(!(turn.conversation.is_silent() && !joined.is_empty()), "enrolled and opted out by one text");
        enrolments.extend(joined.into_iter().map(|shop_id| Enrolment {
            id: shop_id,
            member_id: shop_id,
            shop_id,
            language: turn.language,
            has_left: false,
        }));
        conversation = turn.conversation;
    }
});
