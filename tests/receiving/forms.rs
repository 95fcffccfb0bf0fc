//! What a form may hold: much that we do not know, little that we refuse.

use std::convert::Infallible;

use futures_util::stream;
use http_body_util::StreamBody;
use hyper::body::{Bytes, Frame};
use regulars::{
    sandbox::{CallbackMode, CarrierSettings, InboundText, StopBlocks},
    stage::shops::NUMBER,
};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{
    COUNTING, assert_taken,
    harness::{
        api::Answer,
        provider::{MESSAGES, STATUS, get, new_sid, params, with, without},
        world::Plan,
    },
};

const ANA: &str = "+14155550199";
const UNREADABLE: &str = "regulars_webhooks_unreadable_total";

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_a_problem_that_names_the_parameter_and_is_counted() {
    let _alone = COUNTING.lock().await;
    Plan::default()
        .on_sqlite(async |world| {
            let provider = &world.provider;
            let before = world.api.figure(UNREADABLE).await;
            let text = provider.text(ANA, NUMBER, "hi");
            let nameless = without(without(text.clone(), "MessageSid"), "SmsSid");
            let wrong = [
                (nameless, "MessageSid"),
                (with(text.clone(), "MessageSid", "S M"), "MessageSid"),
                (with(text.clone(), "MessageSid", &"x".repeat(129)), "MessageSid"),
                (without(text.clone(), "From"), "From"),
                (with(text.clone(), "From", "  "), "From"),
                (with(text.clone(), "From", "+1415555\n0199"), "From"),
                (with(text.clone(), "From", &"9".repeat(129)), "From"),
                (without(text.clone(), "To"), "To"),
                (with(text.clone(), "Body", &"x".repeat(10_001)), "Body"),
            ];
            for (form, named) in &wrong {
                let detail = provider.messages(form).await.problem(400);
                assert!(detail.contains(named) && !detail.contains("415"), "{detail}");
            }
            let receipt = provider.receipt("SM1", NUMBER, ANA, "sent");
            let wrong_receipts = [
                without(without(receipt.clone(), "MessageSid"), "SmsSid"),
                without(without(receipt.clone(), "MessageStatus"), "SmsStatus"),
            ];
            for form in &wrong_receipts {
                provider.status(form).await.problem(400);
            }
            let endless: Vec<_> = (0..501).map(|n| (format!("Extra{n}"), String::new())).collect();
            for path in [MESSAGES, STATUS] {
                provider.call(path, &endless).await.problem(400);
            }
            let counted = world.api.figure(UNREADABLE).await - before;
            assert_eq!(counted as usize, wrong.len() + wrong_receipts.len() + 2);
            assert_eq!((world.rows.count("inbound").await, world.rows.count("receipt").await), (0, 0));
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_over_size_body_is_a_problem_however_it_comes() {
    Plan::settings(|settings| settings.server.body_bytes_max = 4096)
        .on_sqlite(async |world| {
            for path in [MESSAGES, STATUS] {
                let post = |body: reqwest::Body| world.api.client.post(world.api.url(path)).body(body).send();
                let huge = vec![b'a'; 5000];
                Answer::of(post(huge.clone().into()).await.unwrap()).await.problem(413);
                // In pieces, nothing tells beforehand how much it will be.
                let pieces =
                    huge.chunks(1000).map(|piece| Ok::<_, Infallible>(Frame::data(Bytes::copy_from_slice(piece))));
                let pieces = StreamBody::new(stream::iter(pieces.collect::<Vec<_>>()));
                Answer::of(post(reqwest::Body::wrap(pieces)).await.unwrap()).await.problem(413);
            }
            let fits = with(world.provider.text("32665", NUMBER, "hi"), "Extra", &"x".repeat(3500));
            assert_taken(&world.provider.messages(&fits).await);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn parameters_nobody_told_us_of_are_signed_and_accepted() {
    Plan::default()
        .on_both(async |world| {
            let mut form = world.provider.text(ANA, NUMBER, "COFFEE PLS");
            form.extend(params(&[
                ("SomethingNew", "1"),
                ("Blank", ""),
                ("Ünïcode", "☕"),
                ("Twice", "a"),
                ("Twice", "b"),
                ("ChannelMetadata", r#"{"type":"x","data":{}}"#),
            ]));
            assert_taken(&world.provider.messages(&form).await);
            let receipt = with(world.provider.receipt(&new_sid(), NUMBER, ANA, "sent"), "SomethingNew", "1");
            assert_taken(&world.provider.status(&receipt).await);
            world.stage.settled().await.unwrap();
            assert_eq!(world.api.member(ANA).await["balance"], 10);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn odd_values_of_what_we_do_know_cost_nobody_their_text() {
    Plan { carrier: |carrier| carrier.callbacks = CallbackMode::None, ..Plan::default() }
        .on_both(async |world| {
            let provider = &world.provider;
            let text = || provider.text(ANA, NUMBER, "COFFEE PLS");
            for form in [
                with(text(), "NumSegments", "99999999999999999999"),
                with(text(), "NumSegments", "-1"),
                with(text(), "NumMedia", "many"),
                with(text(), "OptOutType", "MAYBE"),
                with(with(text(), "NumMedia", "1"), "MediaUrl0", "javascript:alert(1)"),
                with(text(), "Body", "nul \0 and \u{fffd} \u{202e} \u{10ffff} \\u0000 '\";--"),
                with(text(), "Body", &"ș".repeat(10_000)),
                without(text(), "Body"),
            ] {
                assert_taken(&provider.messages(&form).await);
            }
            for (name, value) in [
                ("ErrorCode", "4294967295"),
                ("ErrorCode", "many"),
                ("RawDlrDoneDate", "soon"),
                ("From", "\u{1}"),
                ("To", ""),
            ] {
                let receipt = provider.receipt(&new_sid(), NUMBER, ANA, "undelivered");
                assert_taken(&provider.status(&with(receipt, name, value)).await);
            }
            assert_eq!(world.rows.count("inbound").await, 8);
            assert_eq!(world.rows.count("receipt").await, 5);
            world.stage.settled().await.unwrap();
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_status_in_a_word_nobody_told_us_of_is_taken_in_and_stands_back_for_any_other() {
    Plan::default()
        .on_both(async |world| {
            let (provider, sid) = (&world.provider, new_sid());
            let receipt = |status| provider.receipt(&sid, NUMBER, ANA, status);
            for (said, known) in [
                ("teleported", "unknown"),
                ("sent", "sent"),
                ("teleported", "sent"),
                ("partially_delivered", "partially_delivered"),
                ("sent", "partially_delivered"),
                ("delivered", "delivered"),
                ("partially_delivered", "delivered"),
                ("teleported", "delivered"),
            ] {
                assert_taken(&provider.status(&receipt(said)).await);
                assert_eq!(world.rows.all("SELECT status FROM receipt").await, [json!({ "status": known })], "{said}");
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_attached_is_kept_as_links() {
    Plan::default()
        .on_both(async |world| {
            world.stage.text(ANA, "COFFEE PLS").await.unwrap();
            let mut text = InboundText::new(ANA, NUMBER, "look at this");
            for number in 0..10 {
                text = text.media(format!("https://media.example/{number}.jpg?a=b&c"), "image/jpeg");
            }
            world.stage.deliver(text, ANA).await.unwrap();
            world.stage.deliver(InboundText::new(ANA, NUMBER, "").media("https://m.example/1", ""), ANA).await.unwrap();
            let messages = world.api.of_member(ANA, "messages").await;
            let attached: Vec<&Value> = messages.iter().map(|message| &message["media"]).filter(|media| **media != json!([])).collect();
            let first: Vec<Value> = (0..10)
                .map(|number| json!({ "url": format!("https://media.example/{number}.jpg?a=b&c"), "content_type": "image/jpeg" }))
                .collect();
            assert_eq!(attached, [&json!(first), &json!([{ "url": "https://m.example/1", "content_type": "" }])]);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_texts_is_an_address_as_it_is_written_and_never_a_crash() {
    let plan =
        Plan { carrier: |carrier: &mut CarrierSettings| carrier.stop_blocks = StopBlocks::Never, ..Plan::default() };
    plan.on_both(async |world| {
        let longest = "w".repeat(128);
        let machines = [
            "32665",
            "1234567",
            "7378742883",
            "BEANTHERE",
            "Anonymous",
            "+1",
            "+0415555",
            "☕",
            "a b",
            "whatsapp:",
            ":",
            longest.as_str(),
        ];
        let people = ["whatsapp:+14155550123", "rcs:+14155550123", "messenger:1234567890", "rcs:☕", "+40712345678"];
        for from in machines.iter().chain(&people) {
            for body in ["COFFEE PLS", "BAL", "STOP", "hm"] {
                assert_taken(&world.provider.messages(&world.provider.text(from, NUMBER, body)).await);
            }
        }
        for to in ["32665", "BEANTHERE", "whatsapp:+14155550100", "☕", longest.as_str()] {
            assert_taken(&world.provider.messages(&world.provider.text(ANA, to, "COFFEE PLS")).await);
        }
        world.stage.settled().await.unwrap();

        let texts = (machines.len() + people.len()) * 4 + 5;
        assert_eq!(world.rows.count("inbound").await as usize, texts);
        let members = world.rows.all("SELECT address FROM member ORDER BY address").await;
        let mut expected = people;
        expected.sort_unstable();
        assert_eq!(members, expected.map(|address| json!({ "address": address })));
        for machine in machines {
            assert!(world.stage.carrier.messages_to(machine).is_empty(), "{machine} was answered");
            let kept = format!("conversation WHERE address = '{machine}'");
            assert_eq!(world.rows.count(&kept).await, 0, "{machine} has a conversation");
        }
        assert_eq!(
            world.rows.count("inbound WHERE sender_id IS NULL").await,
            5,
            "texts to addresses that are not ours"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_id_may_have_its_older_names() {
    Plan::default()
        .on_both(async |world| {
            let form = world.provider.text(ANA, NUMBER, "COFFEE PLS");
            let sid = get(&form, "MessageSid").to_owned();
            let older = without(form.clone(), "MessageSid");
            let oldest = with(without(older.clone(), "SmsSid"), "SmsMessageSid", &sid);
            for form in [form, older, oldest] {
                assert_taken(&world.provider.messages(&form).await);
            }
            assert_eq!(world.rows.count("inbound").await, 1, "one text by all its names");
            world.stage.settled().await.unwrap();
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_does_not_come_is_not_waited_for_and_holds_up_no_stop() {
    Plan::settings(|settings| settings.server.request_timeout_seconds = 1)
        .on_sqlite(async |world| {
            let mut line = TcpStream::connect(world.stage.app.address()).await.unwrap();
            let head = format!("POST {MESSAGES} HTTP/1.1\r\nHost: gateway\r\nContent-Length: 100\r\n\r\nBo");
            line.write_all(head.as_bytes()).await.unwrap();
            let mut answer = String::new();
            // To its end: the gateway hangs up.
            line.read_to_string(&mut answer).await.unwrap();
            assert!(answer.starts_with("HTTP/1.1 503 ") && answer.contains("retry-after: "), "{answer}");
            assert!(answer.contains("application/problem+json"), "{answer}");
        })
        .await;
}
