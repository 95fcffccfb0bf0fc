//! Many at once: answered after the commit, in order, refused when there are too many, and none harms another.

use futures_util::{FutureExt, StreamExt, future::join_all, stream::FuturesUnordered};
use regulars::{
    domain::message::Inbound,
    providers::twilio::{form::Form, inbound::read_inbound},
    service::{receive::Arrival, write::Write},
    stage::shops::NUMBER,
};
use serde_json::json;

use crate::{
    assert_taken,
    harness::{
        provider::{Params, get},
        world::{Plan, World, until, within},
    },
};

const ANA: &str = "+14155550199";
/// The most that the first batch can take away from a queue that gathers.
const BATCH_MAX: usize = 5;

#[tokio::test(flavor = "multi_thread")]
async fn no_text_is_answered_before_it_is_durable() {
    Plan::settings(|settings| settings.receiver.batch_max = BATCH_MAX)
        .on_both(async |world| {
            let held = world.rows.hold().await;
            let forms: Vec<Params> =
                (10..40).map(|n| world.provider.text(&format!("+141555502{n}"), NUMBER, "BAL")).collect();
            let mut answers: FuturesUnordered<_> = forms
                .iter()
                .map(async |form| {
                    let answer = world.provider.messages(form).await;
                    (form, answer)
                })
                .collect();
            let waiting = || async { waiting(world) >= forms.len() - BATCH_MAX };
            tokio::select! {
                Some((_, answer)) = answers.next() => panic!("answered {} while nothing can be written", answer.status),
                () = until("all that is not in the first batch waits", waiting) => {}
            }
            assert!(answers.next().now_or_never().is_none());
            assert_eq!(world.rows.count("outbox").await, 0);
            held.let_go().await;
            within("every text is answered", async {
                while let Some((form, answer)) = answers.next().await {
                    assert_taken(&answer);
                    let kept = format!("inbound WHERE provider_message_id = '{}'", get(form, "MessageSid"));
                    assert_eq!(world.rows.count(&kept).await, 1, "answered, so others can see it");
                }
            })
            .await;
            world.stage.settled().await.unwrap();
        })
        .await;
}

fn waiting(world: &World) -> usize {
    world.stage.app.gateway().writes.depth()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_queue_puts_off_and_what_was_put_off_works_later() {
    const QUEUE_MAX: usize = 2;
    const PUT_OFF: &str = "regulars_webhooks_put_off_total";
    Plan::settings(|settings| {
        (settings.receiver.queue_max, settings.receiver.batch_max) = (QUEUE_MAX, 1);
        settings.server.workers = 2;
    })
    .on_both(async |world| {
        let before = world.api.figure(PUT_OFF).await;
        let held = world.rows.hold().await;
        let forms: Vec<Params> =
            (0..10).map(|n| world.provider.text(&format!("+1415555020{n}"), NUMBER, "COFFEE PLS")).collect();
        let mut answers: FuturesUnordered<_> =
            forms.iter().map(async |form| (form, world.provider.messages(form).await)).collect();
        // One is being written at most, and QUEUE_MAX wait.
        let least = forms.len() - QUEUE_MAX - 1;
        let mut put_off = Vec::new();
        within("the rest is put off", async {
            while put_off.len() < least {
                let (form, answer) = answers.next().await.unwrap();
                assert!(answer.problem(503).contains("waiting"), "{}", answer.text);
                assert!(answer.header("retry-after").parse::<u32>().unwrap() > 0);
                put_off.push(form);
            }
        })
        .await;
        held.let_go().await;
        let rest = within("those in the queue are answered", answers.collect::<Vec<_>>()).await;
        for (form, answer) in rest {
            if answer.status == 503 { put_off.push(form) } else { assert_taken(&answer) }
        }
        assert!(world.api.figure(PUT_OFF).await - before >= put_off.len() as u64);
        assert_eq!(world.rows.count("inbound").await as usize, forms.len() - put_off.len());
        for form in put_off {
            // As the provider does. Settled sends wait in the same queue, so there may be no room at once.
            until("there is room", || async { world.provider.messages(form).await.status == 200 }).await;
        }
        world.stage.settled().await.unwrap();
        assert_eq!(world.rows.count("member").await as usize, forms.len());
        assert_eq!(world.stage.carrier.outbound().len(), forms.len());
    })
    .await;
}

/// A statement that makes the database refuse this text, and no other.
fn poison(world: &World) -> &'static str {
    if world.rows.is_sqlite() {
        "CREATE TRIGGER poison BEFORE INSERT ON inbound WHEN NEW.body = 'poison' BEGIN SELECT RAISE(ABORT, 'no'); END"
    } else {
        "ALTER TABLE inbound ADD CONSTRAINT poison CHECK (body <> 'poison')"
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_poisoned_text_harms_only_itself() {
    Plan::settings(|settings| settings.receiver.batch_max = BATCH_MAX)
        .on_both(async |world| {
            world.rows.run(poison(world)).await;
            let held = world.rows.hold().await;
            let phone = |n: usize| format!("+1415555020{n}");
            let forms: Vec<Params> = (0..9)
                .map(|n| world.provider.text(&phone(n), NUMBER, if n % 4 == 1 { "poison" } else { "COFFEE PLS" }))
                .collect();
            let receipt = world.provider.receipt("SM1", NUMBER, ANA, "sent");
            let texts = join_all(forms.iter().map(|form| world.provider.messages(form)));
            let everything = futures_util::future::join(texts, world.provider.status(&receipt));
            let release = async {
                let gathered = || async { waiting(world) > forms.len() - BATCH_MAX };
                until("a batch has gathered behind the one under way", gathered).await;
                held.let_go().await;
            };
            let ((answers, receipt), ()) = futures_util::future::join(everything, release).await;
            assert_taken(&receipt);
            for (form, answer) in forms.iter().zip(&answers) {
                match get(form, "Body") {
                    "poison" => assert!(!answer.problem(500).contains("poison"), "{}", answer.text),
                    _ => assert_taken(answer),
                }
            }
            world.stage.settled().await.unwrap();
            for (n, form) in forms.iter().enumerate() {
                let expected = usize::from(get(form, "Body") != "poison");
                assert_eq!(world.stage.carrier.messages_to(&phone(n)).len(), expected);
            }
            assert_taken(&world.provider.messages(&world.provider.text(ANA, NUMBER, "BAL")).await);
        })
        .await;
}

/// Hands texts to the writer as if they had arrived in this order, all at once.
async fn arrive(world: &World, forms: &[Params]) {
    let gateway = world.stage.app.gateway();
    let account_id = gateway.directory.read().account_of(Some(&world.provider.account_sid), None, None).unwrap().id;
    let arrival = |form: &Params| {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let inbound: Inbound = read_inbound(&Form::parse(body.as_bytes()).unwrap()).unwrap();
        let request_id = get(form, "MessageSid").to_owned();
        Write::Text(Box::new(Arrival { account_id, inbound, request_id, received_at: gateway.clock.now() }))
    };
    // They are put into the queue when they are first polled, one after the other.
    let taken = join_all(forms.iter().map(|form| gateway.writes.put(arrival(form)))).await;
    assert!(taken.iter().all(Result::is_ok), "{taken:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_texts_of_one_phone_keep_their_order() {
    for batch_max in [1, 3, 512] {
        let plan = match batch_max {
            1 => Plan::settings(|settings| settings.receiver.batch_max = 1),
            3 => Plan::settings(|settings| settings.receiver.batch_max = 3),
            _ => Plan::default(),
        };
        plan.on_both(async |world| {
            let phones: Vec<String> = (10..30).map(|n| format!("+141555502{n}")).collect();
            let said = ["BREAD PLS", "YES", "COFFEE PLS", "BAL"];
            let forms: Vec<Params> = said
                .iter()
                .flat_map(|body| phones.iter().map(|phone| world.provider.text(phone, NUMBER, body)))
                .collect();
            arrive(world, &forms).await;
            world.stage.settled().await.unwrap();
            for phone in &phones {
                let messages = world.api.of_member(phone, "messages").await;
                let inbound = messages.iter().filter(|message| message["direction"] == "inbound");
                let bodies: Vec<&str> = inbound.map(|message| message["body"].as_str().unwrap()).collect();
                assert_eq!(bodies, said);
                let replies: Vec<_> = world.stage.carrier.messages_to(phone);
                assert_eq!(replies.len(), 4);
                assert!(replies[0].body.contains("YES"), "{}", replies[0].body);
                assert!(replies[1].body.contains("Crumb") && replies[2].body.contains("Bean"));
                assert!(replies[3].body.contains("15") || replies[3].body.lines().count() == 2, "{}", replies[3].body);
                assert_eq!(world.api.member(phone).await["balance"], 15);
            }
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_word_of_a_phone_counts_within_a_batch_too() {
    Plan::default()
        .on_both(async |world| {
            let bea = "+14155550188";
            let texts = |phone: &str, bodies: &[&str]| -> Vec<Params> {
                bodies.iter().map(|body| world.provider.text(phone, NUMBER, body)).collect()
            };
            let ana = texts(ANA, &["COFFEE PLS", "STOP", "COFFEE PLS", "STOP"]);
            let bea_says = texts(bea, &["STOP", "COFFEE PLS", "STOP", "COFFEE PLS"]);
            let turn_about: Vec<Params> = ana.into_iter().zip(bea_says).flat_map(|(a, b)| [a, b]).collect();
            arrive(world, &turn_about).await;
            world.stage.settled().await.unwrap();
            assert_eq!(world.api.member(ANA).await["opted_out"], json!(true));
            assert_eq!(world.api.member(bea).await["opted_out"], json!(false));
            for phone in [ANA, bea] {
                assert_eq!(world.api.of_member(phone, "entries").await.len(), 1, "enrolled once");
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_store_is_down_texts_are_put_off_and_none_is_lost() {
    Plan::default()
        .on_postgres(async |world| {
            let form = world.provider.text(ANA, NUMBER, "COFFEE PLS");
            let outage = world.rows.outage().await;
            let answer = within("an answer", world.provider.messages(&form)).await;
            answer.problem(503);
            assert!(answer.header("retry-after").parse::<u32>().unwrap() > 0);
            assert_eq!(world.api.get("/health/ready", "").await.status, 503);
            assert_eq!(world.api.get("/health/live", "").await.status, 200);
            outage.end().await;
            // The pool finds out with its next use that its connections are gone, and makes new ones.
            until("the store is back", || async { world.provider.messages(&form).await.status == 200 }).await;
            assert_eq!(world.api.get("/health/ready", "").await.status, 200);
            world.stage.settled().await.unwrap();
            assert_eq!(world.stage.carrier.messages_to(ANA).len(), 1);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_that_were_cut_while_idle_cost_no_text() {
    Plan::default()
        .on_postgres(async |world| {
            for body in ["COFFEE PLS", "BAL", "BAL"] {
                world.rows.cut_connections().await;
                let form = world.provider.text(ANA, NUMBER, body);
                crate::assert_taken(&world.provider.messages(&form).await);
                world.stage.settled().await.unwrap();
            }
            assert_eq!(world.stage.carrier.messages_to(ANA).len(), 3);
        })
        .await;
}
