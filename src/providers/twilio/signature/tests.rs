use serde_json::Value;

use super::*;
use crate::twilio::tests::{TOKEN, vectors};

const URL: &str = "https://sms.regulars.example/in";

fn verify_form(tokens: &[&str], url: &str, signature: &str, body: &[u8]) -> bool {
    let form = Form::parse(body).unwrap();
    let tokens: Vec<SecretString> = tokens.iter().map(|token| (*token).into()).collect();
    verify(&tokens, &Signed { url, signature, settings: None, body, form: Some(&form) })
}

fn header<'a>(case: &'a Value, name: &str) -> Option<&'a str> {
    case["headers"][name].as_str()
}

fn verify_case(case: &Value) -> bool {
    let body = case["raw_body"].as_str().unwrap().as_bytes();
    let is_form = case["content_type"].as_str().is_some_and(|kind| kind.contains("form-urlencoded"));
    let form = is_form.then(|| Form::parse(body).unwrap());
    let request = Signed {
        url: case["url"].as_str().unwrap(),
        signature: header(case, SIGNATURE_HEADER).unwrap_or_default(),
        settings: header(case, SETTINGS_HEADER),
        body,
        form: form.as_ref(),
    };
    verify(&[case["auth_token"].as_str().unwrap().into()], &request)
}

#[test]
fn every_vector_is_judged_as_the_official_libraries_judge_it() {
    let file = vectors("signature_vectors.json");
    let cases = file["cases"].as_array().unwrap();
    assert!(cases.len() >= 80);
    let wrong: Vec<&str> = cases
        .iter()
        .filter(|case| case["expected"].as_bool().is_some_and(|expected| verify_case(case) != expected))
        .map(|case| case["id"].as_str().unwrap())
        .collect();
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn where_the_official_libraries_differ_only_the_exact_url_counts() {
    let file = vectors("signature_vectors.json");
    for case in file["cases"].as_array().unwrap().iter().filter(|case| case["expected"] == "either") {
        assert!(!verify_case(case), "{}", case["id"]);
    }
}

#[test]
fn what_sign_makes_verify_accepts_under_either_of_two_tokens() {
    let signature = sign("older", URL, &[("b".into(), "2".into()), ("a".into(), String::new())]);
    assert!(verify_form(&[TOKEN, "older"], URL, &signature, b"a=&b=2"));
    assert!(!verify_form(&[TOKEN], URL, &signature, b"a=&b=2"));
    assert!(!verify_form(&[], URL, &signature, b"a=&b=2"));
}

#[test]
fn an_empty_token_verifies_nothing() {
    let signature = sign("", URL, &[]);
    assert!(!verify_form(&[""], URL, &signature, b""));
}

#[test]
fn ports_come_and_go_around_userinfo_and_ipv6() {
    for (received, other) in [
        ("https://a.example/in", "https://a.example:443/in"),
        ("HTTP://a.example", "HTTP://a.example:80"),
        ("https://a.example?x=http://b:1/", "https://a.example:443?x=http://b:1/"),
        ("https://a.example:8443/in?x=:1@y", "https://a.example/in?x=:1@y"),
        ("https://u:p@a.example/in", "https://u:p@a.example:443/in"),
        ("https://u:p@a.example:1/in", "https://u:p@a.example/in"),
        ("https://[2001:db8::1]/in", "https://[2001:db8::1]:443/in"),
        ("https://[2001:db8::1]:8443", "https://[2001:db8::1]"),
        ("no url", "no url"),
    ] {
        assert_eq!(with_other_port(received).concat(), other);
    }
}

#[test]
fn a_body_that_nothing_covers_is_forged() {
    let signature = sign(TOKEN, URL, &[]);
    let accepts = |body: &'static [u8]| {
        verify(&[TOKEN.into()], &Signed { url: URL, signature: &signature, settings: None, body, form: None })
    };
    assert!(accepts(b""));
    assert!(!accepts(b"{}"));
}

#[test]
fn the_body_hash_is_in_lower_case() {
    let hash = hex::encode(Sha256::digest(b"{}"));
    for (hash, expected) in [(hash.to_uppercase(), false), (hash[1..].into(), false), (hash, true)] {
        let url = format!("{URL}?shop=7&bodySHA256={hash}");
        let signature = sign(TOKEN, &url, &[]);
        let request = Signed { url: &url, signature: &signature, settings: None, body: b"{}", form: None };
        assert_eq!(verify(&[TOKEN.into()], &request), expected);
    }
}

#[test]
fn the_algorithm_is_the_one_the_settings_name() {
    let signature = sign(TOKEN, URL, &[]);
    let accepts = |settings| {
        let request = Signed { url: URL, signature: &signature, settings, body: b"", form: None };
        verify(&[TOKEN.into()], &request)
    };
    assert!(accepts(None) && accepts(Some("")) && accepts(Some("key=k")) && accepts(Some("algorithm = hmac_sha1")));
    assert!(!accepts(Some("key=k,algorithm=HMAC_SHA256")) && !accepts(Some("algorithm=NONE")));
}

#[test]
fn signatures_of_any_length_and_alphabet_are_no_harm() {
    for signature in ["", "=", "%%%", "é", &"A".repeat(28), &"A".repeat(10_000)] {
        assert!(!verify_form(&[TOKEN], URL, signature, b"a=1"));
    }
}
