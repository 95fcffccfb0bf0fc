//! A month of a café's life, played the real way on a clock of its own: people text the keyword, come for coffee, redeem, and a
//! few leave. The demo opens on it. The same month every time: its dice are thrown beforehand.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use futures_util::future::try_join_all;
use secrecy::ExposeSecret as _;
use uuid::Uuid;

use super::{
    Stage, StageError,
    counter::Doing,
    people,
    shops::{NUMBER, Shops, furnish},
};
use crate::{
    app::App,
    clock::Clock,
    config::Settings,
    sandbox::{CallbackMode, Carrier, CarrierSettings, InboundText},
    service::{
        audit::Author,
        senders::{self, SenderChanges},
    },
};

/// How many days are played.
pub const DAYS: i64 = 30;

/// What people are called.
const NAMES: &[&str] = &[
    "Emma",
    "Liam",
    "Olivia",
    "Noah",
    "Sofía",
    "Mateo",
    "Ava",
    "Lucas",
    "Mia",
    "Elena",
    "Ethan",
    "Chloe",
    "Diego",
    "Grace",
    "Henry",
    "Lucía",
    "Jack",
    "Zoe",
    "Owen",
    "Camila",
    "Leo",
    "Hannah",
    "Nora",
    "Samuel",
    "Ruby",
    "Isaac",
    "Valentina",
    "Theo",
    "Alice",
    "Gabriel",
    "Maya",
    "Julian",
    "Clara",
    "Adam",
    "Ivy",
    "Rosa",
    "Felix",
    "June",
    "Max",
    "Eva",
];

/// Area codes around the bay; their 555-01XX numbers belong to nobody.
const AREAS: &[u32] = &[415, 510, 628, 650, 408, 707, 831, 925];

/// What there is: category and price.
const MENU: &[(&str, &str)] = &[
    ("coffee", "3.50"),
    ("coffee", "4.25"),
    ("coffee", "4.75"),
    ("pastry", "3.95"),
    ("sandwich", "8.50"),
    ("beans", "14.00"),
];

/// What people text besides.
const SMALL_TALK: &[&str] = &[
    "BAL",
    "BAL",
    "REWARDS",
    "CARD",
    "HELP",
    "do you have oat milk today?",
    "what time do you close on sunday",
    "thank you!!",
    "The cold brew was amazing, tell Sam",
    "is my usual table free?",
];

/// Somebody of the month.
struct Guest {
    phone: String,
    /// Of a hundred days, on how many they come.
    comes: u64,
    has_left: bool,
}

/// Numbers that look thrown and are the same every time (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides.max(1)
    }

    fn of<T: Copy>(&mut self, things: &[T]) -> Option<T> {
        let at = usize::try_from(self.below(things.len() as u64)).unwrap_or(0);
        things.get(at).copied()
    }
}

/// What somebody has: one thing or two.
fn sale(dice: &mut Dice) -> Doing {
    let article = |dice: &mut Dice| dice.of(MENU).map(|(what, price)| (1, what.to_owned(), price.to_owned()));
    let mut articles: Vec<(i64, String, String)> = article(dice).into_iter().collect();
    if dice.below(3) == 0 {
        articles.extend(article(dice));
    }
    let payment = Some(if dice.below(4) == 0 { "cash" } else { "card" }.to_owned());
    Doing::Sell { amount: None, tax: None, articles, payment, number: None }
}

/// A month under way.
struct Month {
    stage: Stage,
    dice: Dice,
    guests: Vec<Guest>,
    sales: u32,
}

/// Plays the month before `now` into the database of these settings, which must be empty, and says each day that is done.
///
/// # Errors
/// The gateway, the carrier or the store failed.
pub async fn play(
    settings: &Settings,
    shops: &Shops,
    now: DateTime<Utc>,
    day_done: impl Fn(i64),
) -> Result<(), StageError> {
    let stage = open(settings, shops, now - Duration::days(DAYS)).await?;
    let mut month = Month { stage, dice: Dice(0x5eed_c0ff_ee00_1234), guests: Vec::new(), sales: 0 };
    for day in 0..DAYS {
        month.play_day(day, now).await?;
        day_done(day + 1);
    }
    month.close(settings).await
}

async fn open(settings: &Settings, shops: &Shops, begins: DateTime<Utc>) -> Result<Stage, StageError> {
    let carrier = Carrier::start(CarrierSettings {
        account_sid: settings.twilio.account_sid.clone(),
        auth_token: settings.twilio.auth_token.expose_secret().to_owned(),
        ..CarrierSettings::default()
    })
    .await?;
    let mut settings = settings.clone();
    settings.server.bind.set_port(0);
    settings.server.public_url.set_port(Some(0)).ok();
    settings.notifier.messages_per_second = 1_000.0;
    settings.notifier.poll_milliseconds = 20;
    // What is due is done when time passes.
    settings.programs.poll_seconds = 3_600;
    settings.limits.joins_per_prefix_max = 0;
    if let Ok(url) = carrier.base_url().parse() {
        settings.twilio.api_base_url = url;
    }
    let clock = Clock::standing_at(begins);
    let app = App::start(settings, clock.clone()).await?;
    furnish(app.gateway(), shops).await?;
    people::furnish(app.gateway()).await?;
    carrier.set_inbound_url(format!("http://{}/webhooks/twilio/messages", app.address()));
    Ok(Stage { app, carrier, clock })
}

impl Month {
    async fn play_day(&mut self, day: i64, ends: DateTime<Utc>) -> Result<(), StageError> {
        let is_weekend = day % 7 >= 5;
        let joins = if day == 0 { 14 } else { 2 + self.dice.below(if is_weekend { 6 } else { 4 }) };
        for slot in 0..4 {
            for _ in 0..(joins + 3 - slot) / 4 {
                self.join(slot).await?;
            }
            self.visit_all(is_weekend).await?;
            self.chat().await?;
            self.stage.settled().await?;
            self.stage.carrier.wait_for_callbacks().await;
            // Not beyond now: nothing of the demo has happened tomorrow.
            let step = Duration::hours(if slot == 3 { 15 } else { 3 }).min(ends - self.stage.clock.now());
            self.stage.pass(step).await?;
        }
        Ok(())
    }

    /// Somebody reads a sign and texts what stands on it, more or less.
    async fn join(&mut self, slot: u64) -> Result<(), StageError> {
        let number = self.guests.len();
        let area = AREAS.get(number / 100 % AREAS.len()).copied().unwrap_or(415);
        let phone = format!("+1{area}55501{:02}", number % 100);
        // Beyond all numbers that belong to nobody, nobody new comes.
        if number >= AREAS.len() * 100 || phone == NUMBER {
            self.guests.push(Guest { phone, comes: 0, has_left: true });
            return Ok(());
        }
        let phrases = ["COFFEE PLS", "Coffee pls", "coffee pls!", "LATTE LOVE", "Latte love ❤️", "BEAN CLUB"];
        let at_crumb = slot == 3 && number.is_multiple_of(5);
        let phrase = if at_crumb { "BREAD PLS" } else { self.dice.of(&phrases).unwrap_or("COFFEE PLS") };
        let name = self.dice.of(NAMES).unwrap_or("Ana");
        self.text(&phone, phrase).await?;
        match (at_crumb, self.dice.below(10)) {
            (true, 0..=7) => self.text(&phone, "YES").await?,
            (true, _) => {}
            (false, 0..=7) => self.text(&phone, name).await?,
            (false, _) => self.text(&phone, "SKIP").await?,
        }
        let comes = if number.is_multiple_of(3) { 55 } else { 12 };
        self.guests.push(Guest { phone, comes, has_left: at_crumb });
        Ok(())
    }

    /// Who comes in these hours, and what they have. They stand at the counter side by side.
    async fn visit_all(&mut self, is_weekend: bool) -> Result<(), StageError> {
        let sides = if is_weekend { 300 } else { 400 };
        let mut visits = Vec::new();
        for guest in self.guests.iter().filter(|guest| !guest.has_left) {
            if self.dice.below(sides) < guest.comes {
                self.sales += 1;
                visits.push((guest.phone.clone(), format!("{:05}", self.sales), sale(&mut self.dice)));
            }
        }
        let buying = visits.iter().map(|(phone, number, sale)| self.at_counter(phone, sale, number));
        try_join_all(buying).await?;
        for (phone, number, _) in visits {
            match self.dice.below(60) {
                0 => {
                    let back = Doing::Return(None, Vec::new(), number.clone());
                    self.at_counter(&phone, &back, &format!("{number}-back")).await?;
                }
                1..=9 => self.redeem(&phone, &number).await?,
                _ => {}
            }
        }
        Ok(())
    }

    /// Somebody takes what they have earned, and has it at the counter.
    async fn redeem(&mut self, phone: &str, number: &str) -> Result<(), StageError> {
        self.text(phone, "REDEEM 1").await?;
        for code in self.stage.codes_of(phone).await?.into_iter().take(2) {
            self.at_counter(phone, &Doing::Redeem(code), &format!("{number}-voucher")).await?;
        }
        Ok(())
    }

    async fn at_counter(&self, phone: &str, doing: &Doing, number: &str) -> Result<(), StageError> {
        self.stage.at_counter(("Bean There", phone), (doing, false), number).await.map(drop)
    }

    /// What else is texted; now and then somebody leaves, and a phone is off.
    async fn chat(&mut self) -> Result<(), StageError> {
        if self.guests.is_empty() {
            return Ok(());
        }
        for _ in 0..self.dice.below(3) {
            let at = usize::try_from(self.dice.below(self.guests.len() as u64)).unwrap_or(0);
            if self.guests[at].has_left {
                continue;
            }
            let phone = self.guests[at].phone.clone();
            let is_off = self.dice.below(12) == 0;
            if is_off {
                self.stage.carrier.set_callbacks(CallbackMode::Undelivered { code: 30003 });
            }
            let words = self.dice.of(SMALL_TALK).unwrap_or("BAL");
            self.text(&phone, words).await?;
            if is_off {
                self.stage.settled().await?;
                self.stage.carrier.wait_for_callbacks().await;
                self.stage.carrier.set_callbacks(CallbackMode::default());
            }
            if self.dice.below(14) == 0 {
                self.text(&phone, "STOP").await?;
                self.guests[at].has_left = true;
            }
        }
        Ok(())
    }

    async fn text(&self, phone: &str, body: &str) -> Result<(), StageError> {
        self.stage.clock.advance(Duration::seconds(9));
        let answer = self.stage.carrier.deliver(InboundText::new(phone, NUMBER, body)).await?;
        if answer.status == 200 { Ok(()) } else { Err(StageError::Answer(answer.status)) }
    }

    /// Ends the month: the number gets the pace that it has from now on.
    async fn close(self, settings: &Settings) -> Result<(), StageError> {
        let gateway = self.stage.app.gateway();
        let sender = gateway.directory.read().directory.sender_of(NUMBER, None).map(Arc::clone);
        let id = sender.map_or(Uuid::nil(), |sender| sender.id);
        let messages_per_second = Some(settings.notifier.messages_per_second);
        let changes = SenderChanges { messages_per_second, ..SenderChanges::default() };
        let changed = senders::update(gateway.change(&Author::command_line()), id, changes).await;
        changed.map_err(|error| StageError::Other(error.to_string()))?;
        self.stage.stop().await;
        Ok(())
    }
}
