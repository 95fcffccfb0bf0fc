use serde_json::json;

use super::*;
use crate::twilio::tests::vectors;

const SID: &str = "SM9b396a3ac6d876cbc51ba519257fcd72";

fn now() -> DateTime<Utc> {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

fn read(http_status: u16, body: &Value) -> Answer {
    read_answer(http_status, None, now(), body.to_string().as_bytes())
}

fn error(http_status: u16, code: u32, message: &str) -> Value {
    let more_info = format!("https://www.twilio.com/docs/errors/{code}");
    json!({"code": code, "message": message, "more_info": more_info, "status": http_status})
}

fn taken() -> Value {
    json!({
        "account_sid": "ACa1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4", "api_version": "2010-04-01", "body": "Hi",
        "date_created": "Sun, 22 Nov 2026 10:00:00 +0000", "date_sent": null,
        "date_updated": "Sun, 22 Nov 2026 10:00:00 +0000", "direction": "outbound-api", "error_code": null,
        "error_message": null, "from": "+14155550100", "messaging_service_sid": null, "num_media": "0",
        "num_segments": "1", "price": null, "price_unit": "USD", "sid": SID, "status": "queued",
        "subresource_uris": {"media": "/2010-04-01/x"}, "to": "+14155550123", "uri": "/2010-04-01/x"
    })
}

/// The vendor's description of a body, made JSON Schema: OpenAPI 3.0 says `nullable` where JSON Schema says null.
fn validator(schema: &str) -> jsonschema::Validator {
    fn allow_null(value: &mut Value) {
        if let Some(object) = value.as_object_mut()
            && object.remove("nullable").is_some()
            && let Some(kind) = object.remove("type")
        {
            object.insert("type".into(), json!([kind, "null"]));
        }
        match value {
            Value::Object(object) => object.values_mut().for_each(allow_null),
            Value::Array(array) => array.iter_mut().for_each(allow_null),
            _ => {}
        }
    }
    let mut root = json!({"components": vectors("twilio_messages_openapi.json")["components"]});
    allow_null(&mut root);
    root["$ref"] = json!(format!("#/components/schemas/{schema}"));
    jsonschema::validator_for(&root).unwrap()
}

#[test]
fn the_bodies_of_these_tests_are_as_the_vendor_describes_them() {
    assert!(validator("api.v2010.account.message").is_valid(&taken()));
    assert!(validator("error").is_valid(&error(400, 21211, "x")));
    assert!(!validator("error").is_valid(&json!({"code": 1})));
}

#[test]
fn a_201_with_an_id_is_accepted_with_its_status() {
    let accepted = |status| Answer::Accepted { provider_message_id: SID.into(), status };
    assert_eq!(read(201, &taken()), accepted(DeliveryStatus::Queued));
    for (word, status) in [
        ("accepted", DeliveryStatus::Accepted),
        ("sent", DeliveryStatus::Sent),
        ("failed", DeliveryStatus::Failed),
        ("brand-new", DeliveryStatus::Queued),
    ] {
        let mut body = taken();
        body["status"] = json!(word);
        assert_eq!(read(200, &body), accepted(status));
    }
}

#[test]
fn a_text_taken_and_dropped_because_of_an_opt_out_is_an_opt_out() {
    let mut body = taken();
    body["status"] = json!("failed");
    body["error_code"] = json!(21610);
    assert_eq!(read(201, &body), Answer::OptedOut { code: Some(21610) });
}

#[test]
fn success_without_a_usable_id_is_unclear() {
    for body in ["", "{}", "[]", "null", r#"{"sid":null}"#, r#"{"sid":""}"#, r#"{"sid":7}"#, r#"{"sid":"a b"}"#] {
        assert_eq!(read_answer(201, None, now(), body.as_bytes()), Answer::Unclear { code: None }, "{body}");
    }
}

#[test]
fn every_number_that_can_answer_a_send_leads_to_what_its_class_asks_for() {
    let file = vectors("error_codes.json");
    let at_send = |entry: &&Value| entry["seen"].as_str().unwrap().starts_with("REST");
    for entry in file["codes"].as_array().unwrap().iter().filter(at_send) {
        let code = u32::try_from(entry["code"].as_u64().unwrap()).unwrap();
        let word = match read(400, &error(400, code, "x")) {
            Answer::Accepted { .. } => "accepted",
            Answer::RetryAfter { code, .. } => code.map_or("", |_| "transient"),
            Answer::RateLimited { code, .. } => code.map_or("", |_| "rate"),
            Answer::Refused { code, .. } => code.map_or("", |_| "permanent permanent_recipient bug filtered"),
            Answer::OptedOut { code } => code.map_or("", |_| "opt_out"),
            Answer::Misconfigured { code, .. } => code.map_or("", |_| "auth config"),
            Answer::Unclear { code } => code.map_or("", |_| "ambiguous"),
        };
        assert!(word.split(' ').any(|class| class == entry["class"]), "{code}: {word}");
    }
}

#[test]
fn the_number_decides_over_the_status_except_that_a_troubled_server_may_have_taken_it() {
    assert_eq!(read(500, &error(500, 21610, "x")), Answer::OptedOut { code: Some(21610) });
    assert_eq!(read(503, &error(503, 20503, "x")), Answer::Unclear { code: Some(20503) });
    assert_eq!(read(400, &error(400, 20503, "x")), Answer::RetryAfter { pause: None, code: Some(20503) });
    assert_eq!(read(429, &error(429, 99999, "x")), Answer::RateLimited { pause: None, code: Some(99999) });
    assert_eq!(read(429, &error(429, 21999, "x")), Answer::RateLimited { pause: None, code: Some(21999) });
    assert!(matches!(read(400, &error(400, 21999, "x")), Answer::Refused { code: Some(21999), .. }));
    assert!(matches!(read(403, &error(403, 12100, "x")), Answer::Misconfigured { code: Some(12100), .. }));
    assert!(matches!(read(400, &json!({"code": "21211"})), Answer::Refused { code: Some(21211), .. }));
}

#[test]
fn without_a_number_the_status_decides() {
    for http_status in [500, 502, 503, 504, 408, 100, 599, 999, 0] {
        assert_eq!(read_answer(http_status, None, now(), b"<html>"), Answer::Unclear { code: None }, "{http_status}");
    }
    for http_status in [301, 302, 307, 401, 402, 403, 404, 405, 407] {
        let answer = read_answer(http_status, None, now(), b"");
        assert!(matches!(answer, Answer::Misconfigured { code: None, .. }), "{http_status}");
    }
    for http_status in [400, 409, 413, 422, 451] {
        let answer = read_answer(http_status, None, now(), b"");
        assert!(matches!(answer, Answer::Refused { code: None, .. }), "{http_status}");
    }
    assert_eq!(read_answer(425, None, now(), b""), Answer::RetryAfter { pause: None, code: None });
    assert_eq!(read_answer(429, None, now(), b"{\"code\":-1}"), Answer::RateLimited { pause: None, code: None });
}

#[test]
fn the_pause_is_read_in_seconds_or_as_a_date_and_bounded() {
    for (value, seconds) in [
        ("0", Some(0)),
        (" 30 ", Some(30)),
        ("7200", Some(3600)),
        ("99999999999999999999999999", Some(3600)),
        ("Sun, 22 Nov 2026 10:00:20 GMT", Some(20)),
        ("Sun, 22 Nov 2026 09:00:00 GMT", Some(0)),
        ("Mon, 22 Nov 2027 09:00:00 GMT", Some(3600)),
        ("soon", None),
        ("-5", None),
        ("", None),
    ] {
        let expected = Answer::RateLimited { pause: seconds.map(Duration::from_secs), code: None };
        assert_eq!(read_answer(429, Some(value), now(), b""), expected, "{value}");
    }
}

#[test]
fn a_reason_repeats_no_number_and_no_line_break() {
    let said = "The 'To' number +1 (415) 555-0123\n/ whatsapp:+14155550124 or 32665 is not valid.";
    let Answer::Refused { reason, .. } = read(400, &error(400, 21211, said)) else { panic!("refused") };
    assert!(reason.starts_with("The 'To' number … / whatsapp:… or … is not valid. This number"), "{reason}");
    let endless = "x".repeat(100_000);
    let Answer::Refused { reason, .. } = read(400, &error(400, 21211, &endless)) else { panic!("refused") };
    assert!(reason.chars().count() < 2 * REASON_CHARS_MAX);
}

#[test]
fn a_reason_says_something_even_where_the_provider_does_not() {
    let reason = |http_status| match read_answer(http_status, None, now(), b"") {
        Answer::Refused { reason, .. } | Answer::Misconfigured { reason, .. } => reason,
        other => panic!("{other:?}"),
    };
    assert_eq!(reason(400), "The provider refused the request (HTTP 400).");
    assert_eq!(reason(404), "HTTP 404. Check the API base URL and the account.");
}

#[test]
fn a_page_is_read_with_all_that_a_lookup_compares() {
    let mut inbound = taken();
    inbound["direction"] = json!("inbound");
    inbound["status"] = json!("received");
    inbound["error_code"] = json!(30005);
    let body = json!({
        "messages": [taken(), inbound, {"sid": null}, {"sid": "SM2", "date_created": "yesterday"}],
        "next_page_uri": "/2010-04-01/x?Page=1", "page": 0
    });
    let page = read_page(body.to_string().as_bytes()).unwrap();
    assert_eq!(page.next_page_uri.as_deref(), Some("/2010-04-01/x?Page=1"));
    let [first, second, bare] = page.messages.as_slice() else { panic!("{}", page.messages.len()) };
    assert_eq!((first.sid.as_str(), first.body.as_str(), first.outbound), (SID, "Hi", true));
    assert_eq!(first.to.as_ref().map(Address::as_str), Some("+14155550123"));
    assert_eq!(first.from.as_ref().map(Address::as_str), Some("+14155550100"));
    assert_eq!((first.status, first.error_code), (Some(DeliveryStatus::Queued), None));
    assert_eq!(first.date_created, Some(now()));
    assert_eq!((second.status, second.error_code, second.outbound), (None, Some(30005), false));
    assert_eq!((bare.date_created, bare.to.as_ref(), bare.outbound), (None, None, true));
}

#[test]
fn the_last_page_has_no_next_and_rubbish_is_no_page() {
    let last = read_page(br#"{"messages":[],"next_page_uri":null}"#).unwrap();
    assert_eq!(last, Page { messages: vec![], next_page_uri: None });
    for rubbish in ["", "<html>", "[]", "{}", r#"{"messages":{}}"#] {
        assert_eq!(read_page(rubbish.as_bytes()), Err(Unreadable::NoList));
    }
}
