//! Requests to the Messages resource: send a text, list what was sent, turn the page.
//!
//! Source: <https://www.twilio.com/docs/messaging/api/message-resource>. What comes back is read in [`answer`].

pub mod answer;

pub use answer::{read_answer, read_page};

use url::Url;

use crate::{Account, ApiRequest, Method};
use regulars_domain::address::Address;
use regulars_domain::message::Outbound;

/// The version of the API, part of every path.
const API_VERSION: &str = "2010-04-01";
/// Messages to a page of a lookup: what was sent a moment ago is at its top.
const PAGE_SIZE: &str = "50";

/// Sends a text; from the sender itself, or from whichever number a messaging service picks.
pub fn write_message(account: &Account, outbound: &Outbound, service: Option<&str>) -> ApiRequest {
    let from = match service {
        Some(service) => ("MessagingServiceSid", service),
        None => ("From", outbound.from.as_str()),
    };
    let form =
        [("To", outbound.to.as_str()), from, ("Body", &outbound.body), ("StatusCallback", &outbound.status_callback)];
    let filled = form.into_iter().filter(|(_, value)| !value.is_empty());
    let form = filled.map(|(name, value)| (name.into(), value.into())).collect();
    request(account, Method::Post, messages_url(account), form)
}

/// Lists what was sent to a person, newest first. Leave out `from` where a messaging service picks the number.
///
/// Without a date on purpose: a text still queued has no `date_sent`, and a filter by it would miss the text.
pub fn write_lookup(account: &Account, from: Option<&Address>, to: &Address) -> ApiRequest {
    let mut url = messages_url(account);
    let mut query = url.query_pairs_mut();
    query.append_pair("To", to.as_str());
    if let Some(from) = from {
        query.append_pair("From", from.as_str());
    }
    query.append_pair("PageSize", PAGE_SIZE);
    drop(query);
    request(account, Method::Get, url, Vec::new())
}

/// The next page of a list. The link comes from outside and the request carries the token, so it must lead to the
/// same scheme, host and port; otherwise `None`.
pub fn write_page(account: &Account, next_page_uri: &str) -> Option<ApiRequest> {
    let base = &account.api_base_url;
    let url = base.join(next_page_uri).ok()?;
    let is_ours = url.origin() == base.origin() && url.username().is_empty() && url.password().is_none();
    is_ours.then(|| request(account, Method::Get, url, Vec::new()))
}

fn request(account: &Account, method: Method, url: Url, form: Vec<(String, String)>) -> ApiRequest {
    let (username, password) = (account.account_sid.clone(), account.auth_token.clone());
    ApiRequest { method, url, form, username, password }
}

/// `{base}/2010-04-01/Accounts/{sid}/Messages.json`; a base that ends in the version already is understood.
fn messages_url(account: &Account) -> Url {
    let mut url = account.api_base_url.clone();
    url.set_query(None);
    url.set_fragment(None);
    let has_version = url.path().trim_end_matches('/').ends_with(API_VERSION);
    // A URL without a path to extend (`mailto:`) is left as it is: there is nobody to answer it.
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty();
        if !has_version {
            path.push(API_VERSION);
        }
        path.extend(["Accounts", &account.account_sid, "Messages.json"]);
    }
    url
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;
    use serde_json::{Map, Value, json};

    use super::*;
    use crate::twilio::tests::{TOKEN, account, vectors};

    const MESSAGES: &str =
        "https://api.twilio.com/2010-04-01/Accounts/ACa1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4/Messages.json";
    const SERVICE: &str = "MG5a5b5c5d5a5b5c5d5a5b5c5d5a5b5c5d";

    fn address(text: &str) -> Address {
        Address::parse(text).unwrap()
    }

    fn outbound() -> Outbound {
        Outbound {
            from: address("+14155550100"),
            to: address("+14155550123"),
            body: "Hi & welcome ☕".into(),
            status_callback: "https://sms.regulars.example/webhooks/twilio/status?o=7".into(),
        }
    }

    fn account_at(base: &str) -> Account {
        Account { api_base_url: base.parse().unwrap(), ..account() }
    }

    fn form(request: &ApiRequest) -> Value {
        let fields = request.form.iter().map(|(name, value)| (name.clone(), json!(value)));
        Value::Object(fields.collect::<Map<_, _>>())
    }

    /// The vendor's description of a request, and the names it has.
    fn create_message_request() -> Value {
        vectors("twilio_messages_openapi.json")["paths"]["/2010-04-01/Accounts/{AccountSid}/Messages.json"]["post"]
            ["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]
            .clone()
    }

    #[test]
    fn a_text_is_posted_as_the_vendor_describes_it() {
        let mut schema = create_message_request();
        schema["additionalProperties"] = json!(false);
        schema["components"] = vectors("twilio_messages_openapi.json")["components"].clone();
        let validator = jsonschema::validator_for(&schema).unwrap();
        for service in [None, Some(SERVICE)] {
            let request = write_message(&account(), &outbound(), service);
            assert_eq!((request.method, request.url.as_str()), (Method::Post, MESSAGES));
            let written = form(&request);
            assert_eq!(validator.iter_errors(&written).map(|e| e.to_string()).collect::<Vec<_>>(), [""; 0]);
            assert_eq!(written["To"], "+14155550123");
            assert_eq!(written["Body"], "Hi & welcome ☕");
            assert_eq!(written["StatusCallback"], "https://sms.regulars.example/webhooks/twilio/status?o=7");
            assert_eq!(written.get("From").is_some(), service.is_none());
            assert_eq!(written.get("MessagingServiceSid").is_some(), service.is_some());
        }
        assert!(!validator.is_valid(&json!({"To": "+14155550123", "Body": "x"})));
    }

    #[test]
    fn requests_carry_the_account_and_its_current_token() {
        let mut account = account();
        account.signing_keys.insert(0, "another".into());
        let request = write_message(&account, &outbound(), None);
        assert_eq!((request.username, request.password.expose_secret()), (account.account_sid, TOKEN));
        assert!(!format!("{:?}", request.password).contains(TOKEN));
    }

    #[test]
    fn a_base_may_have_a_path_a_port_a_slash_or_the_version() {
        let sid = account().account_sid;
        for (base, expected) in [
            ("https://space.signalwire.com/api/laml", "https://space.signalwire.com/api/laml/2010-04-01"),
            ("https://space.signalwire.com/api/laml/", "https://space.signalwire.com/api/laml/2010-04-01"),
            ("http://127.0.0.1:8081/?x=1#y", "http://127.0.0.1:8081/2010-04-01"),
            ("https://api.twilio.com/2010-04-01/", "https://api.twilio.com/2010-04-01"),
        ] {
            let url = write_message(&account_at(base), &outbound(), None).url;
            assert_eq!(url.as_str(), format!("{expected}/Accounts/{sid}/Messages.json"));
        }
        assert_eq!(write_message(&account_at("mailto:x"), &outbound(), None).url.as_str(), "mailto:x");
    }

    #[test]
    fn an_account_id_cannot_leave_its_place_in_the_path() {
        let account = Account { account_sid: "../a/b?c".into(), ..account() };
        let path = write_message(&account, &outbound(), None).url.path().to_owned();
        assert_eq!(path, "/2010-04-01/Accounts/..%2Fa%2Fb%3Fc/Messages.json");
    }

    #[test]
    fn a_lookup_filters_by_both_ends_or_by_the_person_alone() {
        let outbound = outbound();
        let both = write_lookup(&account(), Some(&outbound.from), &outbound.to);
        assert_eq!(both.url.as_str(), format!("{MESSAGES}?To=%2B14155550123&From=%2B14155550100&PageSize=50"));
        assert_eq!((both.method, both.form), (Method::Get, vec![]));
        let person = write_lookup(&account(), None, &outbound.to);
        assert_eq!(person.url.query(), Some("To=%2B14155550123&PageSize=50"));
    }

    #[test]
    fn the_next_page_stays_on_the_same_host() {
        let account = account_at("https://space.signalwire.com/api/laml");
        let next = write_page(&account, "/api/laml/2010-04-01/Accounts/x/Messages.json?Page=1&PageToken=PT").unwrap();
        assert_eq!(next.url.host_str(), Some("space.signalwire.com"));
        assert_eq!(next.url.query(), Some("Page=1&PageToken=PT"));
        for elsewhere in [
            "https://evil.example/2010-04-01",
            "//evil.example/x",
            "http://space.signalwire.com/x",
            "https://space.signalwire.com:8443/x",
            "https://a:b@space.signalwire.com/x",
            "file:///etc/passwd",
            "\\\\evil.example\\x",
        ] {
            assert!(write_page(&account, elsewhere).is_none(), "{elsewhere}");
        }
    }
}
