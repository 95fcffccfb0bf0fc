//! A provider that calls our webhooks: signs forms with the token and for the address it was given, right or wrong.

use std::sync::atomic::{AtomicU64, Ordering};

use regulars::{
    providers::twilio::signature,
    stage::{ACCOUNT_SID, ACCOUNT_TOKEN},
};

use super::api::{Answer, Api};

/// Where texts are handed in.
pub const MESSAGES: &str = "/webhooks/twilio/messages";
/// Where receipts are handed in.
pub const STATUS: &str = "/webhooks/twilio/status";

/// The parameters of a form.
pub type Params = Vec<(String, String)>;

/// A provider as it is set up.
#[derive(Clone)]
pub struct Provider {
    pub api: Api,
    /// What it was told to call; the request goes to the gateway wherever that is.
    pub public_url: String,
    pub account_sid: String,
    pub token: String,
    pub header: String,
}

impl Provider {
    /// The provider of a stage's account.
    pub fn new(api: &Api) -> Self {
        Self {
            api: api.clone(),
            public_url: api.url(""),
            account_sid: ACCOUNT_SID.to_owned(),
            token: ACCOUNT_TOKEN.to_owned(),
            header: signature::SIGNATURE_HEADER.to_owned(),
        }
    }

    /// The form of a text under a new id.
    pub fn text(&self, from: &str, to: &str, body: &str) -> Params {
        let sid = new_sid();
        params(&[
            ("MessageSid", &sid),
            ("SmsSid", &sid),
            ("AccountSid", &self.account_sid),
            ("From", from),
            ("To", to),
            ("Body", body),
            ("NumMedia", "0"),
            ("NumSegments", "1"),
            ("ApiVersion", "2010-04-01"),
        ])
    }

    /// The form of a receipt for a text from `from` to `to`.
    pub fn receipt(&self, sid: &str, from: &str, to: &str, status: &str) -> Params {
        params(&[
            ("MessageSid", sid),
            ("SmsSid", sid),
            ("AccountSid", &self.account_sid),
            ("From", from),
            ("To", to),
            ("MessageStatus", status),
            ("SmsStatus", status),
            ("ApiVersion", "2010-04-01"),
        ])
    }

    /// Hands a text in.
    pub async fn messages(&self, params: &Params) -> Answer {
        self.call(MESSAGES, params).await
    }

    /// Hands a receipt in.
    pub async fn status(&self, params: &Params) -> Answer {
        self.call(STATUS, params).await
    }

    /// Signs and posts.
    pub async fn call(&self, path: &str, params: &Params) -> Answer {
        self.post(path, params, Some(&self.sign(path, params))).await
    }

    pub fn sign(&self, path: &str, params: &Params) -> String {
        signature::sign(&self.token, &format!("{}{path}", self.public_url), params)
    }

    /// Posts with this signature or none.
    pub async fn post(&self, path: &str, params: &Params, signature: Option<&str>) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish();
        let request = self.api.client.post(self.api.url(path)).body(body);
        let mut request = request.header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8");
        if let Some(signature) = signature {
            request = request.header(&self.header, signature);
        }
        Answer::of(request.send().await.unwrap()).await
    }
}

pub fn params(pairs: &[(&str, &str)]) -> Params {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// The same form with one parameter more, or with another value for it.
pub fn with(mut params: Params, name: &str, value: &str) -> Params {
    match params.iter_mut().find(|(known, _)| known == name) {
        Some(param) => param.1 = value.to_owned(),
        None => params.push((name.to_owned(), value.to_owned())),
    }
    params
}

/// The same form without a parameter.
pub fn without(mut params: Params, name: &str) -> Params {
    params.retain(|(known, _)| known != name);
    params
}

pub fn get<'a>(params: &'a Params, name: &str) -> &'a str {
    params.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
}

/// An id that nobody has used.
pub fn new_sid() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    format!("SM{:032x}", NEXT.fetch_add(1, Ordering::Relaxed))
}
