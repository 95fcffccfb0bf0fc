use chrono::DateTime;
use uuid::Uuid;

use crate::{
    address::Address,
    conversation::{Allowed, Context, Conversation, Enrolment, FoundCodes, FoundReferral, Held, Turn, respond},
    directory::Directory,
    effect::Effect,
    keyword::Phrase,
    language::Language,
    profile::{birthday::DateOrder, question::SignUpQuestions},
    purse::{Person, Purse},
    shop::{Keyword, OptIn, Sender, Shop},
    text::Text,
};

const ID: Uuid = Uuid::from_u128(10);
const FRIEND: Uuid = Uuid::from_u128(77);

struct World {
    directory: Directory,
    sender: Sender,
    found: FoundCodes,
    enrolments: Vec<Enrolment>,
    held: Vec<Held>,
}

impl World {
    fn new(opt_in: OptIn) -> Self {
        let created_at = DateTime::UNIX_EPOCH;
        let sender = Sender {
            id: Uuid::from_u128(2),
            address: Address::parse("+14155550100").unwrap(),
            account_id: Uuid::from_u128(3),
            merchant_id: None,
            service_sid: None,
            messages_per_second: 1.0,
            created_at,
        };
        let shop = Shop {
            id: ID,
            merchant_id: Uuid::from_u128(1),
            sender_id: sender.id,
            name: "Bean There".to_owned(),
            time_zone: chrono_tz::UTC,
            language: Language::default(),
            currency: "USD".to_owned(),
            opt_in,
            welcome_points: 5,
            contact: String::new(),
            terms: String::new(),
            messages_per_month: 4,
            sign_up: SignUpQuestions::default(),
            date_order: DateOrder::MonthFirst,
            telling: Default::default(),
            program_id: ID,
            created_at,
        };
        let keyword = Keyword {
            id: Uuid::from_u128(20),
            shop_id: ID,
            sender_id: sender.id,
            phrase: Phrase::parse("COFFEE PLS").unwrap(),
            source: None,
            language: None,
            starts_at: None,
            ends_at: None,
            created_at,
        };
        let mut directory = Directory::default();
        directory.put_sender(sender.clone());
        directory.put_shop(shop);
        directory.put_keyword(keyword);
        let friend = FoundReferral { code: "ANNA7".to_owned(), program_id: ID, purse_id: FRIEND };
        let found = FoundCodes { codes: Vec::new(), referrals: vec![friend] };
        Self { directory, sender, found, enrolments: Vec::new(), held: Vec::new() }
    }

    fn turn(&self, conversation: &Conversation, typed: &str) -> Turn {
        let none = FoundCodes::default();
        let context = Context {
            now: DateTime::UNIX_EPOCH,
            directory: &self.directory,
            sender: &self.sender,
            enrolments: &self.enrolments,
            members: &[],
            held: &self.held,
            waiting: &[],
            found: if typed.to_uppercase().contains("ANNA7") { &self.found } else { &none },
            seed: [7; 16],
            opt_out_type: None,
            allowed: Allowed::All,
        };
        respond(conversation, &Text::read(typed), &context)
    }

    /// Who brought the member that these texts have made; `None` where they made none.
    fn brought_by(&self, typed: &[&str]) -> Option<Option<Uuid>> {
        let mut conversation = Conversation::default();
        let mut brought = None;
        for text in typed {
            let turn = self.turn(&conversation, text);
            brought = turn.effects.iter().find_map(|effect| match effect {
                Effect::Post { change, .. } => Some(change.purse.referred_by),
                _ => None,
            });
            conversation = turn.conversation;
        }
        brought
    }
}

#[test]
fn a_friends_code_behind_the_keyword_joins_and_is_kept() {
    let at_once = World::new(OptIn::Single);
    for typed in ["COFFEE PLS ANNA7", "coffee pls anna7!", "Coffee pls  Anna7 ", "hi, coffee pls ANNA7"] {
        assert_eq!(at_once.brought_by(&[typed]), Some(Some(FRIEND)), "{typed}");
    }
    assert_eq!(at_once.brought_by(&["COFFEE PLS"]), Some(None));
    assert_eq!(World::new(OptIn::Double).brought_by(&["COFFEE PLS ANNA7", "YES"]), Some(Some(FRIEND)));
}

#[test]
fn a_slip_in_the_keyword_loses_no_friend() {
    for opt_in in [OptIn::Single, OptIn::Double] {
        let world = World::new(opt_in);
        let texts = ["COFEE PLS ANNA7", "Y", "YES"];
        let said = if opt_in == OptIn::Single { &texts[..2] } else { &texts[..] };
        assert_eq!(world.brought_by(said), Some(Some(FRIEND)), "{opt_in:?}");
    }
}

#[test]
fn who_is_a_member_is_brought_by_nobody_and_not_by_themselves() {
    let mut world = World::new(OptIn::Single);
    let program = world.directory.program_at(ID, DateTime::UNIX_EPOCH).unwrap().clone();
    let (purse, person) = (Purse::default(), Person::default());
    world.held.push(Held { program, purse, person, referral_code: Some("ANNA7".to_owned()), stock_left: Vec::new() });
    for has_left in [false, true] {
        let member_id = Uuid::from_u128(5);
        world.enrolments =
            vec![Enrolment { id: Uuid::from_u128(6), member_id, shop_id: ID, language: Language::default(), has_left }];
        assert_eq!(world.brought_by(&["COFFEE PLS ANNA7"]), None);
    }
}
