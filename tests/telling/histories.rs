//! Any history: what is told keeps the hours, the week's measure, and an opt-out.

use chrono::{DateTime, Duration, Timelike, Utc};
use proptest::{collection::vec, prelude::*, sample::select};
use uuid::Uuid;

use regulars::domain::{
    language::Language,
    money::Currency,
    profile::{birthday::DateOrder, question::SignUpQuestions},
    program::{
        Program,
        draft::{Frame, parse},
        sale::{Item, Sale},
    },
    purse::{Cause, Change, Occasion, Person, Purse, draw::Draw, refund::Returned, sale::SaleRecord, spend::Purchase},
    segment::{count, first_non_gsm},
    shop::{OptIn, Shop},
    telling::{
        Telling,
        decide::{Ear, Scene, tell},
        hear::hear,
        quiet::QuietHours,
    },
    words::Voice,
};

const PROGRAM: &str = r#"
name = "All of it"
earn = [
    { rule = "spend", points = 1 },
    { rule = "card", stamps = 3, reward = "cup", articles = { categories = ["coffee"] } },
    { rule = "birthday", points = 5, reward = "cup" },
]
rewards = [
    { id = "tea", name = "A tea", cost = 20 },
    { id = "cake", name = "A cake", cost = 50 },
    { id = "cup", name = "A cup", valid_days = 20 },
]
expiry = { after_months = 2 }
[tiers]
by = "spend"
window = "calendar_year"
levels = [{ id = "basic", name = "Basic", from = 0 }, { id = "gold", name = "Gold", from = 100 }]
[membership]
name = "Plus"
price = 10
months = 1
skus = ["plus"]
"#;

const ZONE: chrono_tz::Tz = chrono_tz::America::Los_Angeles;
/// In Los Angeles, whose hours are those of the whole country: eight to nine.
const PHONE: &str = "+14155550123";

#[derive(Debug, Clone)]
enum Step {
    Sell { dollars: i64, coffees: i64 },
    Return { back: usize },
    Buy,
    Redeem,
    Wait { minutes: i64 },
    OptOut,
    ComeBack,
    Ask,
    Answer,
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0..40_i64, 0..3_i64).prop_map(|(dollars, coffees)| Step::Sell { dollars, coffees }),
        1 => (0..4_usize).prop_map(|back| Step::Return { back }),
        1 => Just(Step::Buy),
        1 => Just(Step::Redeem),
        6 => select(vec![1, 5, 9, 30, 60, 300, 700, 1440, 5000, 40_000]).prop_map(|minutes| Step::Wait { minutes }),
        1 => Just(Step::OptOut),
        1 => Just(Step::ComeBack),
        1 => Just(Step::Ask),
        1 => Just(Step::Answer),
    ]
}

fn any_telling() -> impl Strategy<Value = Telling> {
    let days = || select(vec![0_u16, 3, 14, 40]);
    let switches = (any::<bool>(), any::<bool>(), any::<bool>());
    (switches, (0..3_u16, 0..30_i64), (days(), days(), days()), select(vec![0_u16, 10, 60]), 0..4_u16).prop_map(
        |(
            (earned, reward_reached, level),
            (stamps, points),
            (voucher, lapse, back),
            bundle_minutes,
            texts_per_week,
        )| {
            Telling {
                earned,
                reward_reached,
                reward_near_stamps: stamps,
                reward_near_points: points,
                level,
                voucher_lapses_days: voucher,
                points_lapse_days: lapse,
                welcome_back_days: back,
                bundle_minutes,
                texts_per_week,
            }
        },
    )
}

/// A member at a counter, and all texts they got.
struct Counter {
    program: Program,
    shop: Shop,
    person: Person,
    purse: Purse,
    now: DateTime<Utc>,
    ear: Ear,
    records: Vec<SaleRecord>,
    told: Vec<(DateTime<Utc>, String)>,
    number: u32,
}

fn shop(telling: Telling) -> Shop {
    Shop {
        id: Uuid::from_u128(1),
        merchant_id: Uuid::from_u128(2),
        sender_id: Uuid::from_u128(3),
        name: "Bean There".to_owned(),
        time_zone: ZONE,
        language: Language::default(),
        currency: "USD".to_owned(),
        opt_in: OptIn::Single,
        welcome_points: 0,
        contact: String::new(),
        terms: String::new(),
        messages_per_month: 4,
        sign_up: SignUpQuestions::default(),
        date_order: DateOrder::MonthFirst,
        telling,
        program_id: Uuid::from_u128(1),
        created_at: begin(),
    }
}

fn begin() -> DateTime<Utc> {
    DateTime::from_timestamp(1_803_920_400, 0).unwrap()
}

impl Counter {
    fn open(telling: Telling, language: Language) -> Self {
        let frame = Frame {
            id: Uuid::from_u128(1),
            merchant_id: Uuid::from_u128(2),
            version: 1,
            valid_from: begin() - Duration::days(1),
            currency: Currency::from_code("USD").unwrap(),
            time_zone: ZONE,
            secret: vec![7; 32],
        };
        let mut purse = Purse::default();
        let shop = Shop { language, ..shop(telling) };
        purse.told.belong_to(&shop);
        Self {
            program: Program::read(&parse(PROGRAM).unwrap(), frame).unwrap(),
            shop,
            person: Person { birthday: "04-03".parse().ok(), answers: Default::default() },
            purse,
            now: begin(),
            ear: Ear::Open,
            records: Vec::new(),
            told: Vec::new(),
            number: 0,
        }
    }

    fn draw(&mut self) -> Draw {
        self.number += 1;
        let mut seed = [0; 16];
        seed[..4].copy_from_slice(&self.number.to_le_bytes());
        Draw::new(seed)
    }

    fn occasion(&mut self, kind: &'static str, id: String) -> Occasion {
        Occasion { cause: Cause::new(kind, id), at: self.now, shop_id: None, actor: "till".to_owned(), reason: None }
    }

    fn play(&mut self, step: &Step) {
        self.tick();
        let purse = self.purse.clone();
        let mut draw = self.draw();
        match step {
            Step::Sell { dollars, coffees } => {
                let id = format!("s{}", self.number);
                let item = Item {
                    sku: None,
                    name: None,
                    category: Some("coffee".to_owned()),
                    quantity: *coffees,
                    unit_price: 0,
                };
                let items = if *coffees > 0 { vec![item] } else { Vec::new() };
                let sale = Sale { id: id.clone(), amount: dollars * 100, tax: 0, items, payment: None, at: self.now };
                let occasion = self.occasion("sale", id);
                let (change, record) = purse.sell(&self.program, &self.person, &sale, ZONE, occasion, &mut draw);
                self.records.push(record);
                self.keep(&change);
            }
            Step::Return { back } => {
                let Some(place) = self.records.len().checked_sub(back + 1) else { return };
                let record = self.records[place].clone();
                let occasion = self.occasion("refund", format!("{}/r{}", record.sale.id, self.number));
                let back = purse.refund(&self.program, &record, &Returned::All, "r", occasion, &mut draw);
                if let Ok(refund) = back {
                    self.records[place] = refund.record;
                    self.keep(&refund.change);
                }
            }
            Step::Buy => {
                let occasion = self.occasion("issued", format!("i{}", self.number));
                let wanted = Purchase { reward: "tea", points: None, stock_left: None };
                if let Ok(change) = purse.issue(&self.program, wanted, occasion, &mut draw) {
                    self.keep(&change);
                }
            }
            Step::Redeem => {
                let Some(code) = purse.vouchers.first().map(|voucher| voucher.code.clone()) else { return };
                let occasion = self.occasion("redeemed", code.clone());
                if let Some(change) = purse.redeem(&self.program, &code, occasion, &mut draw) {
                    self.keep(&change);
                }
            }
            Step::Wait { minutes } => self.wait(*minutes),
            Step::OptOut => self.ear = Ear::Closed,
            Step::ComeBack => self.ear = Ear::Open,
            Step::Ask if self.ear == Ear::Open => self.ear = Ear::Busy,
            Step::Answer if self.ear == Ear::Busy => self.ear = Ear::Open,
            Step::Ask | Step::Answer => {}
        }
    }

    /// As the counter does.
    fn keep(&mut self, change: &Change) {
        let before = self.purse.clone();
        let mut purse = change.purse.clone();
        purse.told = hear(&before, change, &self.program, &self.shop.telling, self.now);
        self.purse = purse;
        self.say();
    }

    fn tick(&mut self) {
        let mut draw = self.draw();
        let before = self.purse.clone();
        let change = before.clone().tick(&self.program, &self.person, self.now, &mut draw);
        let told = hear(&before, &change, &self.program, &self.shop.telling, self.now);
        self.purse = Purse { told, ..change.purse };
    }

    /// As the worker does: whenever something is due by then.
    fn wait(&mut self, minutes: i64) {
        let until = self.now + Duration::minutes(minutes);
        for _ in 0..10_000 {
            let due = self.purse.next_due(&self.program, &self.person, self.now);
            let told = self.purse.next_telling(&self.program, self.now);
            let Some(at) = due.into_iter().chain(told).min().filter(|at| *at <= until) else { break };
            self.now = self.now.max(at);
            self.tick();
            self.purse.remind(&self.program, self.now);
            self.say();
            let next = self.purse.next_telling(&self.program, self.now);
            assert!(next.is_none_or(|next| next > self.now), "looked at again at once: {:?}", self.purse.told);
        }
        self.now = until;
    }

    fn say(&mut self) {
        let hours = QuietHours::default();
        let scene = Scene {
            now: self.now,
            program: &self.program,
            shop: &self.shop,
            language: self.shop.language,
            voice: Voice::of(self.shop.language),
            phone: Some(PHONE),
            ear: self.ear,
            quiet_hours: &hours,
        };
        let before = self.purse.clone();
        if let Some(reply) = tell(&mut self.purse, &scene) {
            assert_eq!(self.ear, Ear::Open, "told to who cannot hear");
            self.told.push((self.now, self.shop.language.write(&reply)));
        }
        // Telling moves nothing.
        assert_eq!(Purse { told: before.told.clone(), ..self.purse.clone() }, before);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_told_by_night_or_too_often_or_to_who_does_not_want_it(
        telling in any_telling(),
        language in select(Language::all().collect::<Vec<_>>()),
        steps in vec(any_step(), 1..60),
    ) {
        let mut counter = Counter::open(telling, language);
        let mut texts_before = 0;
        for step in &steps {
            counter.play(step);
            let texts = counter.told.len();
            // One sale, or whatever else happens at the counter, is one text at most.
            let is_wait = matches!(step, Step::Wait { .. });
            prop_assert!(is_wait || texts <= texts_before + 1, "{:?}", &counter.told[texts_before..]);
            texts_before = texts;
        }
        let texts = &counter.told;
        for (at, text) in texts {
            let local = at.with_timezone(&ZONE).time();
            prop_assert!((8..21).contains(&local.hour()), "{local}: {text}");
            prop_assert!(count(text).segments <= 2, "{text}");
            prop_assert!(text.len() > "Bean There : ".len() && text.contains("Bean There"), "{text}");
            prop_assert!(language.code() == "zh" || first_non_gsm(text).is_none(), "{text}");
        }
        for (place, (at, _)) in texts.iter().enumerate() {
            let in_week = texts[place..].iter().filter(|(later, _)| *later < *at + Duration::days(7)).count();
            prop_assert!(in_week <= usize::from(telling.texts_per_week), "{in_week} in seven days");
        }
        for pair in texts.windows(2) {
            prop_assert!(pair[1].0 >= pair[0].0 + Duration::minutes(telling.bundle_minutes.into()));
        }
    }
}

#[test]
fn a_purse_that_was_told_of_reads_the_same_again() {
    let mut counter =
        Counter::open(Telling { earned: true, welcome_back_days: 5, ..Telling::default() }, Language::default());
    for step in [Step::Sell { dollars: 30, coffees: 2 }, Step::Sell { dollars: 5, coffees: 0 }] {
        counter.play(&step);
    }
    assert!(!counter.purse.told.waiting.is_nothing() && counter.told.len() == 1);
    let written = serde_json::to_string(&counter.purse).unwrap();
    assert_eq!(serde_json::from_str::<Purse>(&written).unwrap(), counter.purse);
    assert!(!serde_json::to_string(&Purse::default()).unwrap().contains("told"));
}
