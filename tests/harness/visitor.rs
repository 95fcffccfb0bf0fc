//! Somebody with a browser that runs no JavaScript: follows links, fills in forms, keeps a cookie.

use std::{net::SocketAddr, sync::Mutex};

use regulars::stage::people::PASSWORD;
use reqwest::{Client, RequestBuilder, StatusCode, header, redirect::Policy};

use super::api::Api;

/// Somebody with a browser.
pub struct Visitor {
    address: SocketAddr,
    client: Client,
    cookies: Mutex<Vec<(String, String)>>,
}

/// What they see.
#[derive(Debug)]
pub struct Seen {
    pub status: StatusCode,
    /// Where they were led, after a form.
    pub location: Option<String>,
    pub headers: header::HeaderMap,
    pub html: String,
}

impl Visitor {
    /// Somebody who has never been here.
    pub fn new(api: &Api) -> Self {
        let client = Client::builder().no_proxy().redirect(Policy::none()).build().unwrap();
        Self { address: api.address, client, cookies: Mutex::default() }
    }

    /// Somebody who has signed in.
    pub async fn signed_in(api: &Api, email: &str) -> Self {
        let visitor = Self::new(api);
        let seen = visitor.sign_in(email, PASSWORD, "").await;
        assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", seen.html);
        visitor
    }

    /// Sends the form of the door.
    pub async fn sign_in(&self, email: &str, password: &str, next: &str) -> Seen {
        let fields = [("email", email), ("password", password), ("next", next)];
        self.send_raw("/console/sign-in", &fields).await
    }

    /// Opens a page.
    pub async fn open(&self, path: &str) -> Seen {
        self.go(self.client.get(self.url(path))).await
    }

    /// Opens a page and follows where it leads.
    pub async fn follow(&self, path: &str) -> Seen {
        let mut seen = self.open(path).await;
        for _ in 0..5 {
            match seen.location.clone() {
                Some(to) => seen = self.open(&to).await,
                None => break,
            }
        }
        seen
    }

    /// Fills in a form: opens the page that has it, and sends it with what the page's forms carry.
    pub async fn send(&self, page: &str, action: &str, fields: &[(&str, &str)]) -> Seen {
        let seen = self.open(page).await;
        assert_eq!(seen.status, StatusCode::OK, "{page}: {}", seen.html);
        let csrf = seen.csrf();
        let mut fields = fields.to_vec();
        fields.push(("csrf", &csrf));
        self.send_raw(action, &fields).await
    }

    /// Sends fields as they are.
    pub async fn send_raw(&self, action: &str, fields: &[(&str, &str)]) -> Seen {
        self.go(self.client.post(self.url(action)).form(fields)).await
    }

    /// Sends fields with a header more.
    pub async fn send_with(&self, action: &str, fields: &[(&str, &str)], name: &str, value: &str) -> Seen {
        self.go(self.client.post(self.url(action)).form(fields).header(name, value)).await
    }

    /// What a page's script sends: JSON, with what forms carry in a header.
    pub async fn send_json(&self, path: &str, csrf: &str, body: &serde_json::Value) -> Seen {
        self.go(self.client.post(self.url(path)).header("x-csrf", csrf).json(body)).await
    }

    /// The value of a cookie they keep.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    }

    /// Has them keep a cookie.
    pub fn keep(&self, name: &str, value: &str) {
        let mut cookies = self.cookies.lock().unwrap();
        cookies.retain(|(known, _)| known != name);
        cookies.push((name.to_owned(), value.to_owned()));
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    async fn go(&self, request: RequestBuilder) -> Seen {
        let cookies: Vec<String> =
            self.cookies.lock().unwrap().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = if cookies.is_empty() { request } else { request.header(header::COOKIE, cookies.join("; ")) };
        let response = request.send().await.unwrap();
        for set in response.headers().get_all(header::SET_COOKIE) {
            let (pair, _) = set.to_str().unwrap().split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.keep(name, value);
            if value.is_empty() {
                self.cookies.lock().unwrap().retain(|(known, _)| known != name);
            }
        }
        let location = response.headers().get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned());
        let (status, headers) = (response.status(), response.headers().clone());
        Seen { status, location, headers, html: response.text().await.unwrap() }
    }
}

impl Seen {
    /// What the forms of this page carry.
    pub fn csrf(&self) -> String {
        self.value("csrf")
    }

    /// The value of the first hidden or filled field of this name.
    pub fn value(&self, name: &str) -> String {
        let after = self.html.split(&format!("name=\"{name}\" value=\"")).nth(1);
        after.and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
    }

    /// Whether the page says something, as people read it: without tags, blanks as one.
    pub fn says(&self, words: &str) -> bool {
        self.words().contains(words)
    }

    /// What people read.
    pub fn words(&self) -> String {
        let body = self.html.split("<body").nth(1).unwrap_or(&self.html);
        let mut words = String::new();
        let mut in_tag = true;
        for c in body.chars() {
            match c {
                '<' => in_tag = true,
                '>' => {
                    in_tag = false;
                    words.push(' ');
                }
                _ if !in_tag => words.push(c),
                _ => {}
            }
        }
        let words = words.replace("&#39;", "'").replace("&#34;", "\"").replace("&#38;", "&").replace("&amp;", "&");
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
