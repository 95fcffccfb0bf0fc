//! A gateway with a shop and its till, and the till's maker, who signs what is recorded in `tests/tills`.

use std::sync::{Arc, Mutex};

use base64::{Engine, prelude::BASE64_STANDARD};
use chrono::Duration;
use hmac::{Hmac, KeyInit, Mac};
use regulars::stage::{OPERATOR_KEY, Stage, settings};
use serde_json::{Value, json};
use sha2::Sha256;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use crate::harness::{
    self,
    api::{Answer, Api, text},
};

pub const NUMBER: &str = "+14155550100";
pub const ANA: &str = "+14155550199";
pub const BEN: &str = "+14155550198";
pub const SECRET: &str = "what the till signs with";
/// What every member has before they buy anything.
pub const WELCOME: i64 = 7;

/// A gateway, a shop of a merchant, and Square's API.
pub struct Play {
    pub stage: Stage,
    pub api: Api,
    pub key: String,
    pub shop_id: String,
    pub square: SquareApi,
}

/// Plays on both databases with a shop in which a point is given for each whole unit, and Ana is a member.
pub async fn on_both(play: impl AsyncFn(&Play)) {
    let play = &play;
    harness::on_both(|url| async move {
        let square = SquareApi::start().await;
        let mut settings = settings(&url).unwrap();
        settings.tills.square_api_base_url = square.url.parse().unwrap();
        let stage = Stage::bare(settings).await.unwrap();
        let api = Api::at(stage.app.address());
        let (_, key) = api.merchant("Bean There").await;
        api.sender(NUMBER).await;
        let shop_id = api.shop(&key, "Bean There", NUMBER).await;
        api.keyword(&key, &shop_id, "COFFEE PLS").await;
        let program = json!({
            "name": "A point a dollar",
            "earn": [
                { "rule": "welcome", "points": WELCOME },
                { "rule": "spend", "points": 1, "per": 1, "tax": "included" },
                { "rule": "item", "points": 100, "articles": { "skus": ["MUG-7"] } },
            ],
        });
        api.put(&format!("/v1/programs/{shop_id}"), &program).await;
        let playing = Play { stage, api, key, shop_id, square };
        playing.join(ANA).await;
        play(&playing).await;
        playing.stage.stop().await;
    })
    .await;
}

impl Play {
    pub async fn join(&self, phone: &str) {
        let replies = self.stage.text(phone, "COFFEE PLS").await.unwrap();
        assert!(!replies.is_empty());
    }

    /// Adds a till an hour ago.
    pub async fn till(&self, kind: &str, more: Value) -> Value {
        let mut body = json!({ "kind": kind, "secret": SECRET });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let till = self.api.post(&self.tills(), &self.key, body).await.created();
        self.stage.clock.advance(Duration::hours(1));
        till
    }

    /// The address of the shop's tills in the API.
    pub fn tills(&self) -> String {
        format!("/v1/shops/{}/tills", self.shop_id)
    }

    pub async fn balance(&self, phone: &str) -> i64 {
        self.api.member(phone).await["balance"].as_i64().unwrap()
    }

    /// Reports as the till does.
    pub async fn report(&self, till: &Value, headers: &[(&str, &str)], body: &Value) -> Answer {
        self.report_signed_with(till, SECRET, headers, body.to_string().as_bytes()).await
    }

    pub async fn report_signed_with(
        &self,
        till: &Value,
        secret: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Answer {
        let url = text(till, "webhook_url");
        let (header, parts) = match text(till, "kind").as_str() {
            "square" => ("x-square-hmacsha256-signature", vec![url.as_bytes(), body]),
            "shopify" => ("X-Shopify-Hmac-Sha256", vec![body]),
            _ => ("X-WC-Webhook-Signature", vec![body]),
        };
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
        parts.iter().for_each(|part| mac.update(part));
        let signature = BASE64_STANDARD.encode(mac.finalize().into_bytes());
        let mut request =
            self.api.client.post(url).header(header, signature).header("Content-Type", "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Answer::of(request.body(body.to_vec()).send().await.unwrap()).await
    }

    /// Reports, is answered 200, and says what came of it.
    pub async fn told(&self, till: &Value, headers: &[(&str, &str)], body: &Value) -> Vec<String> {
        let outcomes = self.report(till, headers, body).await.ok()["outcomes"].take();
        serde_json::from_value(outcomes).unwrap()
    }
}

/// What is recorded of a till, in `tests/tills`.
pub fn recorded(name: &str) -> Value {
    let path = format!("{}/tests/tills/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// The same with another value at a place.
pub fn with(mut value: Value, pointer: &str, new: impl Into<Value>) -> Value {
    *value.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer} is not there")) = new.into();
    value
}

/// Square's API, as far as it is asked.
pub struct SquareApi {
    pub url: String,
    answer: Arc<Mutex<(u16, String)>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl SquareApi {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let answer = Arc::new(Mutex::new((500, "{}".to_owned())));
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let (to_answer, to_ask) = (Arc::clone(&answer), Arc::clone(&asked));
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut request = Vec::new();
                while !request.ends_with(b"\r\n\r\n") {
                    let Ok(byte) = stream.read_u8().await else { break };
                    request.push(byte);
                }
                to_ask.lock().unwrap().push(String::from_utf8_lossy(&request).to_lowercase());
                let (status, body) = to_answer.lock().unwrap().clone();
                let head =
                    format!("HTTP/1.1 {status} X\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
                stream.write_all((head + &body).as_bytes()).await.ok();
            }
        });
        Self { url, answer, asked }
    }

    /// What it answers from now on.
    pub fn answers(&self, status: u16, body: &Value) {
        *self.answer.lock().unwrap() = (status, body.to_string());
    }

    /// What it was asked, in small letters.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

/// The operator, where a merchant's key is not enough.
pub const OPERATOR: &str = OPERATOR_KEY;
