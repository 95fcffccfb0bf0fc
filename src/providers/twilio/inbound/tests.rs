use secrecy::SecretString;
use serde_json::Value;

use super::*;
use crate::twilio::signature::{SIGNATURE_HEADER, Signed, verify};
use crate::twilio::tests::vectors;

fn inbound(body: &str) -> Result<Inbound, Unreadable> {
    read_inbound(&Form::parse(body.as_bytes()).unwrap())
}

fn receipt(body: &str) -> Result<Receipt, Unreadable> {
    read_receipt(&Form::parse(body.as_bytes()).unwrap())
}

const TEXT: &str = "MessageSid=SM1&From=%2B14155550123&To=%2B14155550100";

struct Samples(Value);

impl Samples {
    fn load() -> Self {
        Self(vectors("twilio_inbound_samples.json"))
    }

    fn of_kind(&self, kind: &str) -> Vec<&Value> {
        let all = self.0["samples"].as_array().unwrap();
        all.iter().filter(|sample| sample["kind"] == kind).collect()
    }

    fn raw_body(&self, id: &str) -> &str {
        let all = self.0["samples"].as_array().unwrap();
        all.iter().find(|sample| sample["id"] == id).unwrap()["raw_body"].as_str().unwrap()
    }

    fn inbound(&self, id: &str) -> Inbound {
        inbound(self.raw_body(id)).unwrap()
    }

    fn receipt(&self, id: &str) -> Receipt {
        receipt(self.raw_body(id)).unwrap()
    }
}

fn param<'a>(sample: &'a Value, name: &str) -> &'a str {
    sample["params"][name].as_str().unwrap_or_default()
}

#[test]
fn every_sample_is_signed_as_it_says_and_names_its_account() {
    let samples = Samples::load();
    let token: SecretString = samples.0["meta"]["auth_token"].as_str().unwrap().into();
    for sample in samples.0["samples"].as_array().unwrap() {
        let body = sample["raw_body"].as_str().unwrap().as_bytes();
        let form = Form::parse(body).unwrap();
        let request = Signed {
            url: sample["url"].as_str().unwrap(),
            signature: sample["headers"][SIGNATURE_HEADER].as_str().unwrap(),
            settings: None,
            body,
            form: Some(&form),
        };
        assert!(verify(std::slice::from_ref(&token), &request), "{}", sample["id"]);
        assert_eq!(account_sid(&form), samples.0["meta"]["account_sid"].as_str(), "{}", sample["id"]);
        let read: std::collections::BTreeMap<&str, &str> = form.params().collect();
        assert_eq!(serde_json::to_value(read).unwrap(), sample["params"], "{}", sample["id"]);
    }
}

#[test]
fn every_inbound_sample_is_read_word_for_word() {
    let samples = Samples::load();
    assert!(samples.of_kind("inbound").len() >= 25);
    for sample in samples.of_kind("inbound") {
        let id = &sample["id"];
        let read = inbound(sample["raw_body"].as_str().unwrap()).unwrap();
        assert_eq!(read.provider_message_id, param(sample, "MessageSid"), "{id}");
        assert_eq!(read.from.as_str(), param(sample, "From"), "{id}");
        assert_eq!(read.to.as_str(), param(sample, "To"), "{id}");
        assert_eq!(read.body, param(sample, "Body").replace('\0', "\u{FFFD}"), "{id}");
        assert_eq!(read.service.as_deref(), sample["params"]["MessagingServiceSid"].as_str(), "{id}");
        assert_eq!(read.segments.to_string(), param(sample, "NumSegments"), "{id}");
        assert_eq!(read.media.len().to_string(), param(sample, "NumMedia"), "{id}");
        assert_eq!(read.opt_out_type.is_some(), sample["params"]["OptOutType"].is_string(), "{id}");
        for (index, media) in read.media.iter().enumerate() {
            assert_eq!(media.url, param(sample, &format!("MediaUrl{index}")), "{id}");
            assert_eq!(media.content_type, param(sample, &format!("MediaContentType{index}")), "{id}");
        }
    }
}

#[test]
fn every_status_sample_is_read_word_for_word() {
    let samples = Samples::load();
    assert!(samples.of_kind("status_callback").len() >= 10);
    for sample in samples.of_kind("status_callback") {
        let id = &sample["id"];
        let read = receipt(sample["raw_body"].as_str().unwrap()).unwrap();
        assert_eq!(read.provider_message_id, param(sample, "MessageSid"), "{id}");
        assert_eq!(read.status.word(), param(sample, "MessageStatus"), "{id}");
        assert_eq!(read.to.unwrap().as_str(), param(sample, "To"), "{id}");
        assert_eq!(read.from.as_ref().map(Address::as_str), sample["params"]["From"].as_str(), "{id}");
        assert_eq!(
            read.error_code.map(|code| code.to_string()).unwrap_or_default(),
            param(sample, "ErrorCode"),
            "{id}"
        );
        assert_eq!(read.done_at.as_deref(), sample["params"]["RawDlrDoneDate"].as_str(), "{id}");
    }
}

#[test]
fn samples_mean_what_their_descriptions_say() {
    let samples = Samples::load();
    assert!(!samples.inbound("in-shortcode-from").from.is_person());
    assert!(!samples.inbound("in-anonymous-from").from.is_person());
    assert_eq!(samples.inbound("in-stop-no-aoo").opt_out_type, None);
    assert_eq!(samples.inbound("in-stop-punct").opt_out_type, None);
    assert_eq!(samples.inbound("in-help-aoo").opt_out_type, Some(OptOutType::Help));
    assert_eq!(samples.inbound("rcs-stop-aoo").opt_out_type, Some(OptOutType::Stop));
    assert_eq!(samples.inbound("in-keyword-lower").body, "coffee pls ");
    assert_eq!(samples.inbound("in-amp-plus").body, r#"a&b=c+d %2B #1 ; "x""#);
    assert_eq!(samples.inbound("in-multiline").body, "COFFEE PLS\n\nSent from my iPhone");
    assert_eq!(samples.inbound("in-long-1600").body.chars().count(), 1600);
    assert_eq!(samples.inbound("in-mms-10").media.len(), 10);
    assert_eq!(samples.inbound("in-mms-vcard").media[0].content_type, "text/x-vcard");
    assert_eq!(samples.inbound("wa-text").from.channel(), Some("whatsapp"));
    assert_eq!(samples.inbound("rcs-text").to.as_str(), "rcs:regulars_abc123_agent");
    let (first, again) = (samples.inbound("in-keyword-plain"), samples.inbound("dup-same-sid-retry"));
    assert_eq!(first, again);
    assert_ne!(first.provider_message_id, samples.inbound("dup-new-sid-same-text").provider_message_id);
    assert_eq!(samples.receipt("st-failed-21610").error_code, Some(21610));
    assert_eq!(samples.receipt("st-undelivered-30005").done_at.as_deref(), Some("2611201302"));
    assert_eq!(samples.receipt("st-wa-read").status, DeliveryStatus::Read);
}

#[test]
fn older_names_of_the_id_and_the_status_are_understood() {
    assert_eq!(inbound("SmsMessageSid=SM2&From=1&To=2").unwrap().provider_message_id, "SM2");
    assert_eq!(inbound("MessageSid=&SmsSid=SM3&From=1&To=2").unwrap().provider_message_id, "SM3");
    let read = receipt("SmsSid=SM4&SmsStatus=sent").unwrap();
    assert_eq!((read.status, read.from, read.to), (DeliveryStatus::Sent, None, None));
}

#[test]
fn what_is_missing_or_wrong_is_named_and_never_repeated() {
    for (body, sentence) in [
        ("From=1&To=2", "the parameter MessageSid is missing"),
        ("MessageSid=+&From=1&To=2", "the parameter MessageSid is missing"),
        ("MessageSid=S%00M&From=1&To=2", "the parameter MessageSid is not an id of printable ASCII characters"),
        ("MessageSid=SM1&To=2", "the parameter From is missing"),
        ("MessageSid=SM1&From=1&To=", "the parameter To is missing"),
        (
            "MessageSid=SM1&From=1%0A2&To=2",
            "the parameter From is not an address: an address must not contain control characters",
        ),
    ] {
        assert_eq!(inbound(body).unwrap_err().to_string(), sentence);
    }
    let long = format!("{TEXT}&Body={}", "x".repeat(BODY_CHARS_MAX + 1));
    assert_eq!(inbound(&long), Err(Unreadable::TooLong("Body", BODY_CHARS_MAX)));
    assert_eq!(inbound(&long[..long.len() - 1]).unwrap().body.len(), BODY_CHARS_MAX);
    let id = "x".repeat(ID_CHARS_MAX + 1);
    assert_eq!(inbound(&format!("MessageSid={id}&From=1&To=2")), Err(Unreadable::NoId("MessageSid")));
}

#[test]
fn an_unknown_status_is_taken_in_as_such() {
    let status = |word: &str| receipt(&format!("MessageSid=SM1&MessageStatus={word}")).map(|receipt| receipt.status);
    for word in ["teleported", "DELIVERED", "%2B14155550123", "%F0%9F%9B%91"] {
        assert_eq!(status(word), Ok(DeliveryStatus::Unknown), "{word}");
    }
    assert_eq!(status(""), Err(Unreadable::Missing("MessageStatus")));
}

#[test]
fn every_status_that_the_provider_documents_is_known() {
    let documented: Value =
        serde_json::from_str(include_str!("../../../../tests/vectors/twilio_messages_openapi.json")).unwrap();
    let mut words = Vec::new();
    collect_statuses(&documented, &mut words);
    assert!(words.contains(&"partially_delivered".to_owned()), "{words:?}");
    for word in words.iter().filter(|word| !["receiving", "received"].contains(&word.as_str())) {
        assert_ne!(DeliveryStatus::from_word(word), None, "{word}");
    }
}

/// The words of every list in the description that has "undelivered" in it.
fn collect_statuses(part: &Value, words: &mut Vec<String>) {
    match part {
        Value::Array(list) if list.iter().any(|word| word == "undelivered") => {
            words.extend(list.iter().filter_map(|word| word.as_str()).map(ToOwned::to_owned));
        }
        Value::Array(list) => list.iter().for_each(|part| collect_statuses(part, words)),
        Value::Object(parts) => parts.values().for_each(|part| collect_statuses(part, words)),
        _ => {}
    }
}

#[test]
fn half_of_a_text_is_more_than_sent_and_less_than_delivered_or_lost() {
    use DeliveryStatus::{Accepted, Delivered, Failed, PartiallyDelivered, Sent, Undelivered, Unknown};
    assert!(Unknown.rank() < Accepted.rank() && Sent.rank() < PartiallyDelivered.rank());
    for last in [Delivered, Undelivered, Failed] {
        assert!(PartiallyDelivered.rank() < last.rank(), "{last:?}");
    }
}

#[test]
fn odd_extras_never_cost_us_the_text() {
    let odd = inbound(&format!(
        "{TEXT}&NumSegments=many&NumMedia=x&OptOutType=MAYBE&MessagingServiceSid=M%0AG\
         &MediaUrl0=javascript:x&MediaUrl3=https://m.example/3&MediaContentType3=a%00b&Body=a%00b&New=1"
    ))
    .unwrap();
    assert_eq!((odd.segments, odd.opt_out_type, odd.service), (1, None, None));
    assert_eq!(odd.media, [Media { url: "https://m.example/3".into(), content_type: String::new() }]);
    assert_eq!(odd.body, "a\u{FFFD}b");
    assert_eq!(inbound(TEXT).unwrap().body, "");
    assert_eq!(inbound(&format!("{TEXT}&NumMedia=99999999999999999999999")).unwrap().media, []);
    assert_eq!(inbound(&format!("{TEXT}&NumSegments=0")).unwrap().segments, 1);
    let receipt = receipt("MessageSid=SM1&MessageStatus=failed&ErrorCode=x&RawDlrDoneDate=soon&From=%00").unwrap();
    assert_eq!((receipt.error_code, receipt.done_at, receipt.from), (None, None, None));
    let code = |code: &str| {
        self::receipt(&format!("MessageSid=SM1&MessageStatus=failed&ErrorCode={code}")).unwrap().error_code
    };
    assert_eq!((code("0"), code("21610"), code("2147483648")), (None, Some(21610), None));
}

#[test]
fn the_opt_out_type_is_read_in_any_case() {
    for (word, kind) in [("STOP", OptOutType::Stop), ("start", OptOutType::Start), (" Help ", OptOutType::Help)] {
        assert_eq!(inbound(&format!("{TEXT}&OptOutType={word}")).unwrap().opt_out_type, Some(kind));
    }
}
