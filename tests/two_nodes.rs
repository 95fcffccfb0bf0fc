//! Two gateways on one PostgreSQL: what one does the other knows, neither undoes it, and either can go.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod harness;

use futures_util::future::{join, join_all};
use harness::{
    api::{Api, text},
    provider::{Params, Provider, new_sid, with},
    rows::Rows,
    world::{until, within},
};
use regulars::{
    app::App,
    clock::Clock,
    config::Settings,
    sandbox::{CallbackMode, Carrier, CarrierSettings, Fault, FaultKind, StopBlocks},
    stage::{
        OPERATOR_KEY, carrier_settings, settings,
        shops::{NUMBER, Shops, furnish},
    },
};
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};

const ANA: &str = "+14155550199";
/// What the provider calls, whichever node answers.
const PUBLIC_URL: &str = "https://sms.example";

/// What the nodes share.
struct Premises {
    carrier: Carrier,
    clock: Clock,
    settings: Settings,
    rows: Rows,
}

/// A gateway on threads of its own, so that it can die.
struct Node {
    app: App,
    runtime: Runtime,
    api: Api,
    provider: Provider,
}

impl Premises {
    async fn open(url: &str) -> Self {
        let carrier = Carrier::start(CarrierSettings {
            callbacks: CallbackMode::None,
            stop_blocks: StopBlocks::Never,
            ..carrier_settings()
        });
        let carrier = carrier.await.unwrap();
        let mut settings = settings(url).unwrap();
        settings.server.public_url = PUBLIC_URL.parse().unwrap();
        settings.twilio.api_base_url = carrier.base_url().parse().unwrap();
        Self { carrier, clock: Clock::standing_at(chrono::Utc::now()), settings, rows: Rows::open(url).await }
    }

    async fn start(&self) -> Node {
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let app = runtime.spawn(App::start(self.settings.clone(), self.clock.clone()));
        let app = app.await.unwrap().unwrap();
        let api = Api::at(app.address());
        let provider = Provider { public_url: PUBLIC_URL.to_owned(), ..Provider::new(&api) };
        Node { app, runtime, api, provider }
    }

    /// Waits until nothing waits in the outbox.
    async fn settled(&self) {
        until("everything is sent", || async { self.waiting().await == 0 }).await;
    }

    async fn waiting(&self) -> i64 {
        self.rows.count("outbox WHERE state IN ('queued', 'claimed', 'unclear')").await
    }

    async fn close(self) {
        self.rows.check_books().await;
        self.rows.close().await;
        self.carrier.stop().await;
    }
}

impl Node {
    async fn stop(self) {
        self.runtime.spawn(self.app.stop()).await.unwrap();
        self.runtime.shutdown_background();
    }

    /// Ends in the midst of whatever it does.
    fn die(self) {
        self.runtime.shutdown_background();
    }

    /// Whether it knows a keyword by now.
    fn knows(&self, keyword: &Value) -> bool {
        let id = text(keyword, "id").parse().unwrap();
        self.app.gateway().directory.read().directory.keyword(id).is_some()
    }
}

/// Plays on two nodes, with the two shops of the stage open.
async fn on_two_nodes(play: impl AsyncFn(&Premises, &Node, &Node)) {
    let play = &play;
    harness::on_postgres(|url| async move {
        let premises = Premises::open(&url).await;
        let (one, other) = join(premises.start(), premises.start()).await;
        furnish(one.app.gateway(), &Shops::two().unwrap()).await.unwrap();
        other.app.gateway().directory.refresh().await.unwrap();
        play(&premises, &one, &other).await;
        one.stop().await;
        other.stop().await;
        premises.close().await;
    })
    .await;
}

/// Hands these in all at once, each at its node.
async fn hand_in(forms: &[(&Node, Params)]) {
    for answer in join_all(forms.iter().map(|(node, form)| node.provider.messages(form))).await {
        assert_eq!(answer.status, 200, "{}", answer.text);
    }
}

/// How often this reply was written to this phone.
async fn replies(premises: &Premises, phone: &str, reply: &str) -> i64 {
    premises.rows.count(&format!("outbox WHERE address = '{phone}' AND reply = '{reply}'")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn nodes_that_start_at_the_same_time_on_an_empty_database_both_work() {
    harness::on_postgres(|url| async move {
        let premises = Premises::open(&url).await;
        let nodes = join_all((0..4).map(|_| premises.start())).await;
        for node in nodes {
            assert_eq!(node.api.get("/health/ready", "").await.status, 200);
            node.stop().await;
        }
        premises.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_phones_keyword_on_both_nodes_at_once_is_one_enrolment_and_one_welcome() {
    on_two_nodes(async |premises, one, other| {
        let phones: Vec<String> = (10..30).map(|n| format!("+141555502{n}")).collect();
        let text = |phone| [one, other, one, other].map(|node| (node, node.provider.text(phone, NUMBER, "COFFEE PLS")));
        hand_in(&phones.iter().flat_map(|phone| text(phone)).collect::<Vec<_>>()).await;
        premises.settled().await;
        for phone in &phones {
            assert_eq!(one.api.of_member(phone, "entries").await.len(), 1);
            let consents = other.api.of_member(phone, "consents").await;
            assert_eq!(consents.iter().map(|consent| &consent["kind"]).collect::<Vec<_>>(), ["opt_in"]);
            assert_eq!(replies(premises, phone, "join-confirmed").await, 1);
            assert_eq!(replies(premises, phone, "join-already").await, 3);
            assert_eq!(premises.carrier.messages_to(phone).len(), 4);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_text_on_both_nodes_at_once_happens_once() {
    on_two_nodes(async |premises, one, other| {
        let phones: Vec<String> = (10..30).map(|n| format!("+141555502{n}")).collect();
        let twice = |phone| {
            let form = one.provider.text(phone, NUMBER, "COFFEE PLS");
            [(one, form.clone()), (other, form)]
        };
        hand_in(&phones.iter().flat_map(|phone| twice(phone)).collect::<Vec<_>>()).await;
        premises.settled().await;
        assert_eq!(premises.rows.count("inbound").await as usize, phones.len());
        assert_eq!(premises.carrier.outbound().len(), phones.len());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_equal_text_under_two_ids_on_both_nodes_at_once_happens_once() {
    harness::on_postgres(|url| async move {
        let mut premises = Premises::open(&url).await;
        premises.settings.receiver.equal_text_seconds = 10;
        let (one, other) = join(premises.start(), premises.start()).await;
        furnish(one.app.gateway(), &Shops::two().unwrap()).await.unwrap();
        other.app.gateway().directory.refresh().await.unwrap();
        let phones: Vec<String> = (10..30).map(|n| format!("+141555502{n}")).collect();
        let twice = |phone| [&one, &other].map(|node| (node, node.provider.text(phone, NUMBER, "COFFEE PLS")));
        hand_in(&phones.iter().flat_map(|phone| twice(phone)).collect::<Vec<_>>()).await;
        premises.settled().await;
        assert_eq!(premises.rows.count("inbound").await as usize, 2 * phones.len());
        assert_eq!(premises.carrier.outbound().len(), phones.len());
        one.stop().await;
        other.stop().await;
        premises.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stop_and_keyword_turn_about_on_both_nodes_leave_what_the_last_one_said() {
    on_two_nodes(async |premises, one, other| {
        let phones: Vec<String> = (10..20).map(|n| format!("+141555502{n}")).collect();
        for phone in &phones {
            hand_in(&[(one, one.provider.text(phone, NUMBER, "COFFEE PLS"))]).await;
        }
        let said = ["STOP", "COFFEE PLS", "STOP", "COFFEE PLS", "STOP", "COFFEE PLS", "STOP", "COFFEE PLS"];
        let texts = |phone: &String| -> Vec<(&Node, Params)> {
            let nodes = [one, other, other, one].into_iter().cycle();
            said.iter().zip(nodes).map(|(body, node)| (node, node.provider.text(phone, NUMBER, body))).collect()
        };
        hand_in(&phones.iter().flat_map(texts).collect::<Vec<_>>()).await;
        premises.settled().await;
        for phone in &phones {
            let in_order = format!("SELECT body FROM inbound WHERE address = '{phone}' ORDER BY id");
            let in_order = premises.rows.all(&in_order).await;
            let stops: Vec<bool> = in_order.iter().map(|row| row["body"] == "STOP").collect();
            assert_eq!(stops.len(), 1 + said.len());
            let silenced = stops.windows(2).filter(|pair| pair[1] && !pair[0]).count();
            let came_back = stops.windows(2).filter(|pair| !pair[1] && pair[0]).count();

            assert_eq!(one.api.member(phone).await["opted_out"], json!(stops[said.len()]));
            assert_eq!(one.api.of_member(phone, "entries").await.len(), 1);
            // A confirmation that still waited was taken back by the next STOP.
            assert!((1..=silenced).contains(&(replies(premises, phone, "stop-confirmed").await as usize)), "{stops:?}");
            let last = premises.carrier.messages_to(phone).pop().unwrap().body;
            assert_eq!(last.contains("unsubscribed"), stops[said.len()], "{last}");
            let consents = other.api.of_member(phone, "consents").await;
            let of_kind = |kind: &str| consents.iter().filter(|consent| consent["kind"] == kind).count();
            let kinds = (of_kind("opt_in"), of_kind("opt_out"), of_kind("opt_in_again"));
            assert_eq!(kinds, (1, silenced, came_back), "{stops:?}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keyword_made_on_one_node_is_known_on_the_other_without_a_restart() {
    on_two_nodes(async |premises, one, other| {
        let (_, key) = one.api.merchant("Tea Time").await;
        let sender = one.api.sender("+14155550108").await;
        let sender = text(&sender, "address");
        let shop_id = one.api.shop(&key, "Tea Time", &sender).await;
        let keyword = one.api.keyword(&key, &shop_id, "TEA PLS").await;
        assert!(one.knows(&keyword), "at once on the node that made it");
        until("the other knows the keyword", || async { other.knows(&keyword) }).await;
        hand_in(&[(other, other.provider.text(ANA, &sender, "tea pls"))]).await;
        premises.settled().await;
        assert_eq!(one.api.member(ANA).await["balance"], 7);

        let path = format!("/v1/shops/{shop_id}/keywords/{}", text(&keyword, "id"));
        assert_eq!(other.api.call(reqwest::Method::DELETE, &path, &key, None).await.status, 204);
        until("the first has forgotten it", || async { !one.knows(&keyword) }).await;
        hand_in(&[(one, one.provider.text("+14155550188", &sender, "tea pls"))]).await;
        premises.settled().await;
        assert_eq!(premises.rows.count("member").await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_changed_on_one_node_counts_on_the_other() {
    on_two_nodes(async |_, one, other| {
        let account = |token: &str| json!({ "account_sid": format!("AC{:032}", 9), "auth_token": token });
        let sender = json!({ "address": "+14155550108", "account": account("old") });
        let sender = one.api.post("/v1/senders", OPERATOR_KEY, sender).await.created();
        let path = format!("/v1/senders/{}", text(&sender, "id"));
        one.api.patch(&path, OPERATOR_KEY, json!({ "account": account("new") })).await.ok();
        let new = Provider { account_sid: format!("AC{:032}", 9), token: "new".to_owned(), ..other.provider.clone() };
        let form = new.text("32665", "+14155550108", "hi");
        until("the new token counts", || async { new.messages(&form).await.status == 200 }).await;
        let old = Provider { token: "old".to_owned(), ..new };
        assert_eq!(old.messages(&form).await.status, 403);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_phrase_or_nearly_one_put_on_both_nodes_at_once_is_taken_once() {
    on_two_nodes(async |premises, one, other| {
        let sender = text(&one.api.sender("+14155550108").await, "address");
        let (_, bean) = one.api.merchant("Bean").await;
        let (_, crumb) = one.api.merchant("Crumb").await;
        let (bean_shop, crumb_shop) =
            (one.api.shop(&bean, "Bean", &sender).await, one.api.shop(&crumb, "Crumb", &sender).await);
        let before = premises.rows.count("keyword").await;
        let paths = [&bean_shop, &crumb_shop].map(|id| format!("/v1/shops/{id}/keywords"));
        let pairs = [
            ("FREE APPLE", "FREE APPLE"),
            ("BREAD", "BRAED"),
            ("CARROT", "CAROT"),
            ("FREE EGGS", "FREEEGGS"),
            ("LATTE", "LATE"),
        ];
        for (phrase, alike) in pairs {
            let (phrase, alike) = (json!({ "phrase": phrase }), json!({ "phrase": alike }));
            let (at_one, at_other) =
                join(one.api.post(&paths[0], &bean, phrase), other.api.post(&paths[1], &crumb, alike)).await;
            let mut statuses = [at_one.status.as_u16(), at_other.status.as_u16()];
            statuses.sort_unstable();
            assert_eq!(statuses, [201, 409], "{} {}", at_one.text, at_other.text);
        }
        assert_eq!(premises.rows.count("keyword").await, before + 5);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sender_is_drained_by_one_node_at_a_time_and_nothing_is_doubled() {
    on_two_nodes(async |premises, one, other| {
        let phones: Vec<String> = (100..300).map(|n| format!("+14155550{n}")).collect();
        let nodes = [one, other].into_iter().cycle();
        let texts =
            phones.iter().zip(nodes).map(|(phone, node)| (node, node.provider.text(phone, NUMBER, "COFFEE PLS")));
        let texts: Vec<_> = texts.collect();
        let watch = async {
            let drainers =
                "SELECT COUNT(DISTINCT leased_by) FROM outbox WHERE state = 'claimed' AND leased_by IS NOT NULL";
            until("everything is sent", || async {
                let drainers = premises.rows.numbers(drainers).await[0];
                assert!(drainers <= 1, "{drainers} nodes drain one sender");
                premises.rows.count("outbox").await as usize == phones.len() && premises.waiting().await == 0
            })
            .await;
        };
        join(hand_in(&texts), watch).await;
        for phone in &phones {
            assert_eq!(premises.carrier.messages_to(phone).len(), 1);
        }
        assert_eq!(premises.rows.count("outbox WHERE state = 'sent' AND attempts = 1").await as usize, phones.len());
    })
    .await;
}

/// A node dies while the carrier holds its send; what becomes of that text and of one behind it on another.
async fn one_dies(taken: bool) {
    harness::on_postgres(|url| async move {
        let premises = Premises::open(&url).await;
        let one = premises.start().await;
        furnish(one.app.gateway(), &Shops::two().unwrap()).await.unwrap();
        let held = Fault::once(FaultKind::Timeout { taken, hold_milliseconds: 60_000 });
        premises.carrier.add_fault(held).unwrap();
        hand_in(&[(&one, one.provider.text(ANA, NUMBER, "COFFEE PLS"))]).await;
        until("the send is held", || async { premises.carrier.faults().is_empty() }).await;
        // A second text to the same phone has to wait for the first.
        hand_in(&[(&one, one.provider.text(ANA, NUMBER, "BAL"))]).await;
        one.die();

        let other = premises.start().await;
        assert_eq!(
            premises.rows.count("outbox WHERE state = 'claimed'").await,
            1,
            "the dead node's, while it may live"
        );
        premises.clock.advance(chrono::Duration::seconds(200));
        let looked_up = "outbox WHERE state IN ('unclear', 'sent')";
        until("the claim is taken over", || async { premises.rows.count(looked_up).await > 0 }).await;
        premises.clock.advance(chrono::Duration::seconds(10));
        premises.settled().await;

        let read: Vec<String> = premises.carrier.messages_to(ANA).into_iter().map(|message| message.body).collect();
        assert_eq!(read.len(), 2, "nothing lost and nothing doubled: {read:?}");
        assert!(read[0].contains("welcome") && read[1].contains("10 points"), "in order: {read:?}");
        let attempts = premises.rows.all("SELECT state, attempts FROM outbox ORDER BY id").await;
        assert!(attempts.iter().all(|row| row["state"] == "sent"), "{attempts:?}");
        let ids = premises.rows.all("SELECT provider_message_id FROM outbox ORDER BY id").await;
        let at_the_carrier = premises.carrier.messages_to(ANA).into_iter().map(|message| message.sid);
        let ids: Vec<String> = ids.iter().map(|row| text(row, "provider_message_id")).collect();
        assert_eq!(ids, at_the_carrier.collect::<Vec<_>>());
        other.stop().await;
        premises.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_dead_node_was_sending_is_looked_up_and_not_doubled() {
    one_dies(true).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_dead_node_could_not_send_is_sent_once() {
    one_dies(false).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_stops_hands_its_sender_over_at_once() {
    on_two_nodes(async |premises, one, _| {
        let third = premises.start().await;
        let phones: Vec<String> = (100..150).map(|n| format!("+14155550{n}")).collect();
        let nodes = [one, &third].into_iter().cycle();
        let texts: Vec<_> = phones
            .iter()
            .zip(nodes)
            .map(|(phone, node)| (node, node.provider.text(phone, NUMBER, "COFFEE PLS")))
            .collect();
        hand_in(&texts).await;
        drop(texts);
        within("the stop", third.stop()).await;
        // The clock stands still, so no lease has run out: what is sent now was handed over.
        premises.settled().await;
        for phone in &phones {
            assert_eq!(premises.carrier.messages_to(phone).len(), 1);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn receipts_of_one_text_at_both_nodes_at_once_end_right() {
    on_two_nodes(async |premises, one, other| {
        hand_in(&[(one, one.provider.text(ANA, NUMBER, "COFFEE PLS"))]).await;
        premises.settled().await;
        let sid = premises.carrier.messages_to(ANA)[0].sid.clone();
        let words = ["queued", "delivered", "sent", "delivered", "sending", "sent"];
        let nodes = [one, other, other].into_iter().cycle();
        let told = words.iter().zip(nodes).map(|(word, node)| {
            let receipt = node.provider.receipt(&sid, NUMBER, ANA, word);
            async move { node.provider.status(&receipt).await.status }
        });
        assert!(join_all(told).await.iter().all(|status| *status == 200));
        let messages = other.api.of_member(ANA, "messages").await;
        assert_eq!(messages.last().unwrap()["delivery"], "delivered");

        let refused = with(one.provider.receipt(&new_sid(), NUMBER, ANA, "failed"), "ErrorCode", "21610");
        let again = with(refused.clone(), "MessageSid", &new_sid());
        let (at_one, at_other) = join(one.provider.status(&refused), other.provider.status(&again)).await;
        assert_eq!((at_one.status.as_u16(), at_other.status.as_u16()), (200, 200));
        assert_eq!(one.api.member(ANA).await["opted_out"], true);
        let consents = one.api.of_member(ANA, "consents").await;
        assert_eq!(consents.len(), 2, "one opt-in, one opt-out");
    })
    .await;
}
