//! A gateway called over HTTP, as an operator or a merchant does.

use std::{net::SocketAddr, time::Duration};

use regulars::stage::OPERATOR_KEY;
use reqwest::{Client, Method, Response, StatusCode, header::HeaderMap};
use serde_json::{Value, json};

/// The way to a gateway.
#[derive(Clone)]
pub struct Api {
    pub address: SocketAddr,
    pub client: Client,
}

/// What was answered.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
    pub body: Value,
}

impl Api {
    pub fn at(address: SocketAddr) -> Self {
        // Sooner than the gateway closes it: a request on a line that is just being closed is lost.
        let client = Client::builder().no_proxy().pool_idle_timeout(Duration::from_secs(1)).build();
        Self { address, client: client.unwrap() }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub async fn call(&self, method: Method, path: &str, key: &str, body: Option<&Value>) -> Answer {
        let mut request = self.client.request(method, self.url(path));
        if !key.is_empty() {
            request = request.bearer_auth(key);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        Answer::of(request.send().await.unwrap()).await
    }

    pub async fn get(&self, path: &str, key: &str) -> Answer {
        self.call(Method::GET, path, key, None).await
    }

    pub async fn post(&self, path: &str, key: &str, body: Value) -> Answer {
        self.call(Method::POST, path, key, Some(&body)).await
    }

    pub async fn patch(&self, path: &str, key: &str, body: Value) -> Answer {
        self.call(Method::PATCH, path, key, Some(&body)).await
    }

    /// Puts something as the operator; what is answered then.
    pub async fn put(&self, path: &str, body: &Value) -> Value {
        let answer = self.call(Method::PUT, path, OPERATOR_KEY, Some(body)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        answer.body
    }

    /// A merchant's id and key.
    pub async fn merchant(&self, name: &str) -> (String, String) {
        let body = self.post("/v1/merchants", OPERATOR_KEY, json!({ "name": name })).await.created();
        (text(&body, "id"), text(&body, "api_key"))
    }

    pub async fn sender(&self, address: &str) -> Value {
        self.post("/v1/senders", OPERATOR_KEY, json!({ "address": address })).await.created()
    }

    pub async fn shop(&self, key: &str, name: &str, sender: &str) -> String {
        let shop = json!({ "name": name, "sender": sender, "welcome_points": 7, "contact": "hi@example.com" });
        text(&self.post("/v1/shops", key, shop).await.created(), "id")
    }

    pub async fn keyword(&self, key: &str, shop_id: &str, phrase: &str) -> Value {
        let path = format!("/v1/shops/{shop_id}/keywords");
        self.post(&path, key, json!({ "phrase": phrase, "source": "door" })).await.created()
    }

    /// All items of a list, page by page.
    pub async fn all(&self, path: &str, key: &str, limit: usize) -> Vec<Value> {
        let mut items = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = self.get(&format!("{path}?limit={limit}{cursor}"), key).await.ok();
            let on_page = page["items"].as_array().unwrap();
            assert!(on_page.len() <= limit);
            items.extend(on_page.iter().cloned());
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return items,
            }
        }
    }

    /// The only member with this phone, for the operator.
    pub async fn member(&self, phone: &str) -> Value {
        let phone = form_urlencoded::byte_serialize(phone.as_bytes()).collect::<String>();
        let mut found = self.get(&format!("/v1/members?phone={phone}"), OPERATOR_KEY).await.ok();
        let found = found["items"].as_array_mut().unwrap();
        assert_eq!(found.len(), 1, "{found:?}");
        found.remove(0)
    }

    /// What belongs to the only member with this phone (`messages`, `entries`, `consents`), oldest first.
    pub async fn of_member(&self, phone: &str, what: &str) -> Vec<Value> {
        let id = text(&self.member(phone).await, "id");
        let mut found = self.all(&format!("/v1/members/{id}/{what}"), OPERATOR_KEY, 200).await;
        found.reverse();
        found
    }

    /// A figure of `/metrics`, with its labels as they are written there; 0 where it was never counted.
    pub async fn figure(&self, name: &str) -> u64 {
        let metrics = self.get("/metrics", "").await;
        let line = metrics.text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.map_or(0, |figure| figure.parse().unwrap())
    }
}

impl Answer {
    pub async fn of(response: Response) -> Self {
        let (status, headers) = (response.status(), response.headers().clone());
        let text = response.text().await.unwrap();
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        Self { status, headers, text, body }
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    #[track_caller]
    pub fn ok(self) -> Value {
        assert_eq!(self.status, 200, "{}", self.text);
        self.body
    }

    #[track_caller]
    pub fn created(self) -> Value {
        assert_eq!(self.status, 201, "{}", self.text);
        assert!(self.header("location").ends_with(&text(&self.body, "id")));
        self.body
    }

    /// The problem's detail, when it is a problem with this status.
    #[track_caller]
    pub fn problem(&self, status: u16) -> String {
        assert_eq!(self.status, status, "{}", self.text);
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(self.body["status"], status);
        text(&self.body, "detail")
    }

    /// The fields that a problem names.
    pub fn fields(&self) -> Vec<&str> {
        let errors = self.body["errors"].as_array().into_iter().flatten();
        errors.map(|error| error["field"].as_str().unwrap()).collect()
    }
}

#[track_caller]
pub fn text(value: &Value, field: &str) -> String {
    value[field].as_str().unwrap_or_else(|| panic!("{field} in {value}")).to_owned()
}
