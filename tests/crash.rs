//! `kill -9` under load, then counting: what was answered 200 happened once, and its reply reached the carrier once.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod harness;

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use futures_util::future::join_all;
use harness::program::{Folder, Program, Variable, carrier, gateway, open_shop};
use regulars::{
    sandbox::{Carrier, Fault, FaultKind, InboundText, Mailbox},
    stage::shops::NUMBER,
};
use sea_orm::{ConnectionTrait, Database, Statement};
use tokio::sync::watch;
use uuid::Uuid;

/// The gateway is killed after so many answers: with the first ones, and in the midst of many.
const KILLED_AFTER: [usize; 3] = [1, 100, 300];
const JOIN: &str = "COFFEE PLS";
const ASK: &str = "BAL";
/// Texts under way at once.
const AT_ONCE: usize = 24;
/// The longest that all replies may take; far more than they do.
const PATIENCE: Duration = Duration::from_secs(120);

/// A text with an id of its own, so that it can be sent again as the same one.
#[derive(Debug, Clone)]
struct Text {
    sid: String,
    phone: String,
    body: &'static str,
}

/// The carrier and the phones; they outlive every gateway.
struct Day {
    carrier: Carrier,
    folder: Folder,
    environment: Vec<Variable>,
    /// All that was ever texted, each once.
    texts: Mutex<Vec<Text>>,
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_answered_200_survives_a_kill_and_nothing_is_doubled() {
    harness::on_both(|url| async move {
        let day = Arc::new(Day::begin(&url).await);
        let (mut program, address) = day.start().await;
        open_shop(&address).await;
        for (round, killed_after) in KILLED_AFTER.into_iter().enumerate() {
            day.doubt_some_sends(round);
            let (answered, unanswered) = day.load_until_killed(program, round, killed_after).await;
            assert!(answered.len() >= killed_after && unanswered.len() == AT_ONCE, "killed under load");
            (program, _) = day.start().await;
            // As a provider does: those without an answer, and some that had one but not for the provider.
            let repeats = answered.into_iter().rev().take(AT_ONCE);
            day.text_all(&unanswered.into_iter().chain(repeats).collect::<Vec<_>>()).await;
            day.all_replies().await;
        }
        // To one phone texts go out in order: with this reply there, all before it is settled, and nothing can follow.
        day.ask_all().await;
        day.all_replies().await;
        let ended = program.stop().await;
        assert_eq!(ended.code, Some(0), "{ended:#?}");
        day.count_replies();
        day.count_rows(&url).await;
    })
    .await;
}

impl Day {
    async fn begin(database_url: &str) -> Self {
        let carrier = carrier().await;
        let mut environment = gateway(&carrier, database_url.to_owned());
        // What a dead process has claimed is free again soon.
        environment.push(("REGULARS__NOTIFIER__LEASE_SECONDS", "4".to_owned()));
        environment.push(("REGULARS__NOTIFIER__REQUEST_TIMEOUT_SECONDS", "2".to_owned()));
        environment.push(("REGULARS__NOTIFIER__POLL_MILLISECONDS", "50".to_owned()));
        // The phones have neighbouring numbers, and ask the same again and again.
        environment.push(("REGULARS__LIMITS__JOINS_PER_PREFIX_MAX", "0".to_owned()));
        environment.push(("REGULARS__LIMITS__SAME_ANSWER_MAX", "0".to_owned()));
        Self { carrier, folder: Folder::new(), environment, texts: Mutex::default() }
    }

    async fn start(&self) -> (Program, String) {
        let (program, address) = Program::serve(self.folder.path(), &self.environment).await;
        self.carrier.set_inbound_url(format!("{address}/webhooks/twilio/messages"));
        (program, address)
    }

    /// Sends of which the gateway learns nothing: some reach the phone, some do not.
    fn doubt_some_sends(&self, round: usize) {
        for (number, taken) in [(0, true), (2, false), (4, true), (6, false)] {
            let held = FaultKind::Timeout { taken, hold_milliseconds: 60_000 };
            self.carrier.add_fault(Fault::once(held).to(phone(round, number))).unwrap();
        }
    }

    /// Texts more and more until nobody answers any more: those that were answered, and those that were not.
    async fn load_until_killed(
        self: &Arc<Self>,
        program: Program,
        round: usize,
        killed_after: usize,
    ) -> (Vec<Text>, Vec<Text>) {
        let load = Arc::new(Mutex::new(Load { round, begun: 0, to_ask: self.phones() }));
        let (count, mut counted) = watch::channel(0);
        let lines: Vec<_> = (0..AT_ONCE)
            .map(|_| tokio::spawn(Arc::clone(self).text_until_unanswered(Arc::clone(&load), count.clone())))
            .collect();
        counted.wait_for(|count| *count >= killed_after).await.unwrap();
        program.kill().await;
        let lines = join_all(lines).await.into_iter().map(Result::unwrap);
        let (answered, unanswered): (Vec<_>, Vec<_>) = lines.unzip();
        (answered.concat(), unanswered)
    }

    async fn text_until_unanswered(
        self: Arc<Self>,
        load: Arc<Mutex<Load>>,
        count: watch::Sender<usize>,
    ) -> (Vec<Text>, Text) {
        let mut answered = Vec::new();
        loop {
            let text = load.lock().unwrap().next();
            self.texts.lock().unwrap().push(text.clone());
            if self.status(&text).await != Some(200) {
                return (answered, text);
            }
            answered.push(text);
            count.send_modify(|count| *count += 1);
        }
    }

    /// All at once; every one is answered 200.
    async fn text_all(&self, texts: &[Text]) {
        let statuses = join_all(texts.iter().map(|text| self.status(text))).await;
        assert!(statuses.iter().all(|status| *status == Some(200)), "{statuses:?}");
    }

    /// Every phone asks for its balance.
    async fn ask_all(&self) {
        let asks: Vec<Text> = self.phones().into_iter().map(|phone| Text::new(phone, ASK)).collect();
        self.texts.lock().unwrap().extend(asks.iter().cloned());
        self.text_all(&asks).await;
    }

    async fn status(&self, text: &Text) -> Option<u16> {
        let inbound = InboundText::new(&text.phone, NUMBER, text.body).sid(&text.sid);
        self.carrier.deliver(inbound).await.ok().map(|answer| answer.status)
    }

    fn phones(&self) -> Vec<String> {
        self.texts_by_phone().into_keys().collect()
    }

    /// How many texts there are of each phone.
    fn texts_by_phone(&self) -> BTreeMap<String, usize> {
        let mut count = BTreeMap::new();
        for text in self.texts.lock().unwrap().iter() {
            *count.entry(text.phone.clone()).or_default() += 1;
        }
        count
    }

    /// Waits until each text has its reply at the carrier.
    async fn all_replies(&self) {
        let expected = self.texts_by_phone();
        let has_all = |mailbox: &Mailbox| {
            let all = expected.iter().all(|(phone, texts)| mailbox.counts(phone).outbound >= *texts as u64);
            all.then_some(())
        };
        if tokio::time::timeout(PATIENCE, self.carrier.wait_for(has_all)).await.is_err() {
            let missing = |(phone, texts): (&String, &usize)| {
                let there = self.carrier.look(|mailbox| mailbox.counts(phone).outbound);
                (there < *texts as u64).then(|| format!("{phone} has {there} of {texts}"))
            };
            panic!("replies are missing: {:?}", expected.iter().filter_map(missing).collect::<Vec<_>>());
        }
    }

    /// Each phone has read one welcome and then one answer for each question, and nothing else.
    fn count_replies(&self) {
        for (phone, texts) in self.texts_by_phone() {
            let read: Vec<String> = self.carrier.messages_to(&phone).into_iter().map(|message| message.body).collect();
            let (welcome, answers) = read.split_first().unwrap();
            assert!(welcome.contains("welcome! You have 10 points"), "{phone}: {read:#?}");
            assert!(answers.iter().all(|answer| answer.contains("10 points")), "{phone}: {read:#?}");
            assert!(!answers.iter().any(|answer| answer.contains("welcome")), "{phone}: {read:#?}");
            assert_eq!(read.len(), texts, "{phone}: {read:#?}");
        }
    }

    /// The same in the database, where nobody writes any more.
    async fn count_rows(&self, database_url: &str) {
        let database = Database::connect(database_url).await.unwrap();
        let count = async |sql: &str| -> i64 {
            let statement = Statement::from_string(database.get_database_backend(), sql);
            database.query_one_raw(statement).await.unwrap().unwrap().try_get_by_index(0).unwrap()
        };
        let sql = "SELECT id, state, reason FROM outbox WHERE state <> 'sent' ORDER BY id";
        let statement = Statement::from_string(database.get_database_backend(), sql);
        let rows = database.query_all_raw(statement).await.unwrap();
        let not_sent: Vec<(i64, String, Option<String>)> =
            rows.iter().map(|row| row.try_get_many_by_index().unwrap()).collect();
        assert_eq!(not_sent, [], "what reached the carrier is known to have been sent");
        let texts = self.texts.lock().unwrap().len() as i64;
        let phones = self.phones().len() as i64;
        for (sql, expected) in [
            ("SELECT COUNT(*) FROM inbound", texts),
            ("SELECT COUNT(DISTINCT provider_message_id) FROM inbound", texts),
            ("SELECT COUNT(*) FROM outbox", texts),
            ("SELECT COUNT(DISTINCT inbound_id) FROM outbox", texts),
            ("SELECT COUNT(DISTINCT provider_message_id) FROM outbox WHERE state = 'sent'", texts),
            ("SELECT COUNT(*) FROM member", phones),
            ("SELECT COUNT(*) FROM purse WHERE available = 10", phones),
            ("SELECT COUNT(*) FROM entry WHERE amount = 10", phones),
            ("SELECT COUNT(*) FROM entry", phones),
            ("SELECT COUNT(*) FROM consent", phones),
        ] {
            assert_eq!(count(sql).await, expected, "{sql}");
        }
        database.close().await.unwrap();
    }
}

/// What is texted next: new phones join, and in between those of earlier rounds ask for their balance.
struct Load {
    round: usize,
    begun: usize,
    to_ask: Vec<String>,
}

impl Load {
    fn next(&mut self) -> Text {
        let number = self.begun;
        self.begun += 1;
        match self.to_ask.pop_if(|_| !number.is_multiple_of(2)) {
            Some(asking) => Text::new(asking, ASK),
            None => Text::new(phone(self.round, number), JOIN),
        }
    }
}

impl Text {
    fn new(phone: String, body: &'static str) -> Self {
        Self { sid: format!("SM{}", Uuid::new_v4().simple()), phone, body }
    }
}

fn phone(round: usize, number: usize) -> String {
    format!("+1415{round:03}{number:04}")
}
