//! Who may hand something in, and how we know.

use regulars::{
    providers::twilio::signature,
    sandbox::InboundText,
    stage::{OPERATOR_KEY, shops::NUMBER},
};
use serde_json::json;

use crate::{
    COUNTING, assert_taken,
    harness::{
        api::text,
        provider::{MESSAGES, Provider, STATUS, get, with, without},
        world::{Plan, World},
    },
};

const ANA: &str = "+14155550199";
const WRONG_SIGNATURE: &str = r#"regulars_webhooks_refused_total{why="wrong signature"}"#;
const UNKNOWN_ACCOUNT: &str = r#"regulars_webhooks_refused_total{why="unknown account"}"#;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_forged_or_unsigned_is_refused_counted_and_leaves_nothing() {
    let _alone = COUNTING.lock().await;
    Plan::default()
        .on_both(async |world| {
            let provider = &world.provider;
            let thief = Provider { token: "guessed".to_owned(), ..provider.clone() };
            let elsewhere = Provider { public_url: "https://elsewhere.example".to_owned(), ..provider.clone() };
            let (before, unknown_before) =
                (world.api.figure(WRONG_SIGNATURE).await, world.api.figure(UNKNOWN_ACCOUNT).await);
            let mut wrong = 0;
            let receipt = provider.receipt("SM1", NUMBER, ANA, "delivered");
            for (path, other, form) in
                [(MESSAGES, STATUS, provider.text(ANA, NUMBER, "COFFEE PLS")), (STATUS, MESSAGES, receipt)]
            {
                let right = provider.sign(path, &form);
                let tampered = with(form.clone(), "MessageSid", "SM666");
                let more = with(form.clone(), "Extra", "1");
                for (form, signature) in [
                    (&form, None),
                    (&form, Some("")),
                    (&form, Some("no base64!")),
                    (&form, Some("AAAA")),
                    (&form, Some(&right[1..])),
                    (&form, Some(&thief.sign(path, &form))),
                    (&form, Some(&elsewhere.sign(path, &form))),
                    (&form, Some(&provider.sign(other, &form))),
                    (&tampered, Some(&right)),
                    (&more, Some(&right)),
                    (&without(form.clone(), "AccountSid"), Some(&right)),
                ] {
                    provider.post(path, form, signature).await.problem(403);
                    wrong += 1;
                }
                let stranger = with(without(form, "From"), "AccountSid", "ACnobody");
                let stranger = with(stranger, "To", "+19995550000");
                provider.call(path, &stranger).await.problem(403);
            }
            assert_eq!(world.api.figure(WRONG_SIGNATURE).await - before, wrong);
            assert_eq!(world.api.figure(UNKNOWN_ACCOUNT).await - unknown_before, 2);
            for table in ["inbound", "outbox", "receipt", "member", "conversation"] {
                assert_eq!(world.rows.count(table).await, 0, "{table}");
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_does_not_say_what_would_have_fitted() {
    let _alone = COUNTING.lock().await;
    Plan::default()
        .on_sqlite(async |world| {
            let form = world.provider.text(ANA, NUMBER, "COFFEE PLS");
            let refused = world.provider.post(MESSAGES, &form, None).await;
            refused.problem(403);
            for secret in [world.provider.sign(MESSAGES, &form).as_str(), &world.provider.token, ANA, "COFFEE"] {
                assert!(!refused.text.contains(secret), "{}", refused.text);
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn during_a_rotation_both_tokens_of_the_settings_count_and_no_third() {
    let _alone = COUNTING.lock().await;
    Plan::settings(|settings| settings.twilio.auth_token_previous = "the-one-before".into())
        .on_both(async |world| {
            for (token, counts) in
                [(world.provider.token.as_str(), true), ("the-one-before", true), ("older", false), ("", false)]
            {
                let provider = Provider { token: token.to_owned(), ..world.provider.clone() };
                let answer = provider.messages(&provider.text(ANA, NUMBER, "BAL")).await;
                let receipt = provider.status(&provider.receipt("SM1", NUMBER, ANA, "sent")).await;
                if counts {
                    assert_taken(&answer);
                    assert_taken(&receipt);
                } else {
                    answer.problem(403);
                    receipt.problem(403);
                }
            }
            world.stage.settled().await.unwrap();
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_webhooks_have_a_signing_key_of_their_own_the_token_only_opens_the_api() {
    let _alone = COUNTING.lock().await;
    Plan::settings(|settings| settings.twilio.signing_key = "signs-webhooks".into())
        .on_both(async |world| {
            let provider = Provider { token: "signs-webhooks".to_owned(), ..world.provider.clone() };
            world.provider.messages(&world.provider.text(ANA, NUMBER, "BAL")).await.problem(403);
            assert_taken(&provider.messages(&provider.text(ANA, NUMBER, "COFFEE PLS")).await);
            world.stage.settled().await.unwrap();
            assert_eq!(world.stage.carrier.messages_to(ANA).len(), 1, "the carrier knows the token alone");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_through_the_api_holds_from_the_next_webhook_on() {
    let _alone = COUNTING.lock().await;
    Plan { furnished: false, ..Plan::default() }
        .on_both(async |world| {
            let old =
                Provider { account_sid: format!("AC{:032}", 7), token: "old".to_owned(), ..world.provider.clone() };
            let new = Provider { token: "new".to_owned(), ..old.clone() };
            let account = |token: &str| json!({ "account_sid": old.account_sid, "auth_token": token });
            let sender = json!({ "address": NUMBER, "account": account("old") });
            let sender = world.api.post("/v1/senders", OPERATOR_KEY, sender).await.created();
            let path = format!("/v1/senders/{}", text(&sender, "id"));
            let hand_in = async |provider: &Provider| {
                // From a machine: taken in, and answered to nobody.
                provider.messages(&provider.text("32665", NUMBER, "hi")).await.status.as_u16()
            };
            assert_eq!((hand_in(&old).await, hand_in(&new).await), (200, 403));
            let rotating = json!({ "account": {
                "account_sid": old.account_sid, "auth_token": "new", "auth_token_previous": "old"
            } });
            world.api.patch(&path, OPERATOR_KEY, rotating).await.ok();
            assert_eq!((hand_in(&old).await, hand_in(&new).await), (200, 200));
            world.api.patch(&path, OPERATOR_KEY, json!({ "account": account("new") })).await.ok();
            assert_eq!((hand_in(&old).await, hand_in(&new).await), (403, 200));
        })
        .await;
}

/// Whether a gateway with the first address takes what was signed over the second.
async fn assert_signed_over(world: &World, signed_over: &str, fits: bool) {
    let provider = Provider { public_url: signed_over.to_owned(), ..world.provider.clone() };
    let text = provider.messages(&provider.text("32665", NUMBER, "hi")).await;
    let receipt = provider.status(&provider.receipt("SM1", NUMBER, ANA, "sent")).await;
    for answer in [text, receipt] {
        assert_eq!(answer.status.is_success(), fits, "{signed_over}: {}", answer.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_signature_may_be_over_the_public_url_with_its_port_or_without() {
    let _alone = COUNTING.lock().await;
    Plan::settings(|settings| settings.server.public_url = "https://sms.example:8443".parse().unwrap())
        .on_sqlite(async |world| {
            assert_signed_over(world, "https://sms.example:8443", true).await;
            assert_signed_over(world, "https://sms.example", true).await;
            assert_signed_over(world, "https://sms.example:9443", false).await;
            assert_signed_over(world, "http://sms.example", false).await;
        })
        .await;
    Plan::settings(|settings| settings.server.public_url = "https://sms.example".parse().unwrap())
        .on_sqlite(async |world| {
            assert_signed_over(world, "https://sms.example", true).await;
            assert_signed_over(world, "https://sms.example:443", true).await;
            assert_signed_over(world, "https://sms.example:80", false).await;
            assert_signed_over(world, &world.api.url(""), false).await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_public_url_may_have_a_path_of_its_own() {
    let _alone = COUNTING.lock().await;
    Plan::settings(|settings| settings.server.public_url = "https://example.com/shops/sms/".parse().unwrap())
        .on_sqlite(async |world| {
            assert_signed_over(world, "https://example.com/shops/sms", true).await;
            assert_signed_over(world, "https://example.com", false).await;
            assert_signed_over(world, "https://example.com/shops/sms/", false).await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_on_the_webhooks_address_is_signed_too() {
    let _alone = COUNTING.lock().await;
    Plan::default()
        .on_sqlite(async |world| {
            let path = format!("{MESSAGES}?shop=1&x=a%20b");
            let form = world.provider.text("32665", NUMBER, "hi");
            assert_taken(&world.provider.call(&path, &form).await);
            let without_query = world.provider.sign(MESSAGES, &form);
            world.provider.post(&path, &form, Some(&without_query)).await.problem(403);
        })
        .await;
}

const SIGNALWIRE: &str = "X-SignalWire-Signature";
const SPACE: &str = "5f0c2b9e-1f9a-4e7f-9a52-0d3b7c1e8f10";

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_of_the_same_kind_with_its_own_header_ids_and_paths_works() {
    let _alone = COUNTING.lock().await;
    let plan = Plan {
        settings: |settings| {
            settings.twilio.account_sid = SPACE.to_owned();
            settings.twilio.account_sid_pattern = "^[0-9a-f-]{36}$".to_owned();
            settings.twilio.signature_header = SIGNALWIRE.to_owned();
        },
        carrier: |carrier| {
            carrier.account_sid = SPACE.to_owned();
            carrier.signature_header = SIGNALWIRE.to_owned();
            carrier.path_prefix = "/api/laml".to_owned();
        },
        furnished: true,
    };
    plan.on_both(async |world| {
        let replies = world.stage.text(ANA, "COFFEE PLS").await.unwrap();
        assert_eq!(replies.len(), 1);
        let sid = uuid::Uuid::new_v4().to_string();
        let again = InboundText::new(ANA, NUMBER, "BAL").sid(&sid);
        assert_eq!(world.stage.deliver(again, ANA).await.unwrap().len(), 1, "ids may be UUIDs");
        world.stage.carrier.wait_for_callbacks().await;
        assert_eq!(world.stage.carrier.callbacks_lost(), 0);
        let last = world.api.of_member(ANA, "messages").await.pop().unwrap();
        assert_eq!((&last["state"], &last["delivery"]), (&json!("sent"), &json!("delivered")));

        let provider = Provider { account_sid: SPACE.to_owned(), ..world.provider.clone() };
        assert_eq!(provider.header, signature::SIGNATURE_HEADER);
        provider.messages(&provider.text(ANA, NUMBER, "BAL")).await.problem(403);
        let provider = Provider { header: SIGNALWIRE.to_owned(), ..provider };
        assert_taken(&provider.messages(&provider.text("32665", NUMBER, "BAL")).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_account_is_found_by_its_id_then_by_the_sender_then_by_the_service() {
    let _alone = COUNTING.lock().await;
    const THEIRS: &str = "+14155550107";
    const SERVICE: &str = "MG5a5b5c5d5a5b5c5d5a5b5c5d5a5b5c5d";
    Plan::default()
        .on_both(async |world| {
            let ours = &world.provider;
            let theirs = Provider { account_sid: format!("AC{:032}", 9), token: "theirs".to_owned(), ..ours.clone() };
            let account = json!({ "account_sid": theirs.account_sid, "auth_token": "theirs" });
            let sender = json!({ "address": THEIRS, "account": account, "service_sid": SERVICE });
            world.api.post("/v1/senders", OPERATOR_KEY, sender).await.created();

            let text = ours.text("32665", NUMBER, "hi");
            let nobodys = with(with(text.clone(), "AccountSid", "ACnobody"), "To", "+19995550000");
            let bare = without(text.clone(), "AccountSid");
            for (form, name, is_ours) in [
                (text.clone(), "by its id", true),
                (with(text.clone(), "To", THEIRS), "the id before the sender", true),
                (with(text, "MessagingServiceSid", SERVICE), "the id before the service", true),
                (bare.clone(), "by the sender", true),
                (with(bare.clone(), "AccountSid", ""), "blank is no id", true),
                (with(bare.clone(), "To", THEIRS), "by the other's sender", false),
                (with(bare, "MessagingServiceSid", SERVICE), "the sender before the service", true),
                (with(nobodys.clone(), "MessagingServiceSid", SERVICE), "by the service", false),
            ] {
                let form = with(form, "MessageSid", &crate::harness::provider::new_sid());
                let (right, wrong) = if is_ours { (ours, &theirs) } else { (&theirs, ours) };
                assert_eq!(wrong.messages(&form).await.status, 403, "{name}");
                assert_eq!(right.messages(&form).await.status, 200, "{name}");
            }
            for provider in [ours, &theirs] {
                provider.messages(&nobodys).await.problem(403);
            }
            let receipt = without(ours.receipt("SM1", NUMBER, ANA, "sent"), "AccountSid");
            let by_sender = with(receipt.clone(), "From", THEIRS);
            let by_service = with(without(receipt.clone(), "From"), "MessagingServiceSid", SERVICE);
            for (form, is_ours) in [(receipt, true), (by_sender, false), (by_service, false)] {
                let (right, wrong) = if is_ours { (ours, &theirs) } else { (&theirs, ours) };
                assert_eq!(wrong.status(&form).await.status, 403, "{form:?}");
                assert_eq!(right.status(&form).await.status, 200, "{form:?}");
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_of_one_account_to_a_sender_of_another_is_kept_and_not_answered() {
    Plan { furnished: false, ..Plan::default() }
        .on_both(async |world| {
            let theirs = json!({ "account_sid": format!("AC{:032}", 9), "auth_token": "theirs" });
            let sender = json!({ "address": NUMBER, "account": theirs });
            world.api.post("/v1/senders", OPERATOR_KEY, sender).await.created();
            let (_, key) = world.api.merchant("Bean There").await;
            let shop_id = world.api.shop(&key, "Bean There", NUMBER).await;
            world.api.keyword(&key, &shop_id, "COFFEE PLS").await;

            let form = world.provider.text(ANA, NUMBER, "COFFEE PLS");
            assert_taken(&world.provider.messages(&form).await);
            let kept = world.rows.all("SELECT provider_message_id FROM inbound WHERE sender_id IS NULL").await;
            assert_eq!(kept, [json!({ "provider_message_id": get(&form, "MessageSid") })]);
            assert_eq!((world.rows.count("outbox").await, world.rows.count("member").await), (0, 0));
        })
        .await;
}
