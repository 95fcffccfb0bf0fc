//! Somebody who signs in and follows every link.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use anyhow::{Context, ensure};
use reqwest::{Client, StatusCode, header, redirect::Policy};
use secrecy::ExposeSecret;

use crate::loadtest::access::{Access, random_hex};

/// How many addresses of one kind are opened.
const OF_A_KIND: usize = 3;

/// Pages that differ in their ids alone.
#[derive(Debug)]
pub struct Kind {
    /// The address, ids left out.
    pub pattern: String,
    /// Some of them.
    pub addresses: Vec<String>,
    /// How heavy one is with its styles and scripts, compressed as browsers ask for it.
    pub bytes: usize,
}

/// What was answered.
pub struct Opened {
    pub status: StatusCode,
    pub kind: String,
    pub location: Option<String>,
    /// As it came over the line.
    pub body: Vec<u8>,
}

/// A browser with a session.
pub struct Browser {
    client: Client,
    access: Access,
    cookie: String,
}

impl Browser {
    /// Becomes the first operator.
    pub async fn sign_in(access: &Access) -> anyhow::Result<Self> {
        let client = Client::builder().no_proxy().redirect(Policy::none()).build()?;
        let key = access.api_key.expose_secret();
        let password = random_hex()?;
        let form = [
            ("key", key),
            ("name", "Page test"),
            ("email", "pages@regulars.example"),
            ("password", &password),
            ("csrf", ""),
        ];
        let answer = client.post(access.address("/console/set-up")).form(&form).send().await?;
        let cookie = answer.headers().get(header::SET_COOKIE).and_then(|cookie| cookie.to_str().ok());
        let cookie = cookie.and_then(|cookie| cookie.split(';').next()).context("nobody was signed in")?.to_owned();
        Ok(Self { client, access: access.clone(), cookie })
    }

    /// Opens a page.
    pub async fn open(&self, path: &str) -> anyhow::Result<Opened> {
        self.ask(path, "identity").await
    }

    async fn ask(&self, path: &str, encoding: &str) -> anyhow::Result<Opened> {
        let request = self.client.get(self.access.address(path)).header(header::COOKIE, &self.cookie);
        let answer = request.header(header::ACCEPT_ENCODING, encoding).send().await?;
        let head = |name: header::HeaderName| {
            answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
        };
        let (status, kind, location) = (answer.status(), head(header::CONTENT_TYPE), head(header::LOCATION));
        let location = Some(location).filter(|to| !to.is_empty());
        Ok(Opened { status, kind, location, body: answer.bytes().await?.to_vec() })
    }

    /// Follows every link from the front page and the shop's, until nothing new is found.
    pub async fn find_pages(&self, shop_id: &str) -> anyhow::Result<Vec<Kind>> {
        let mut waiting = VecDeque::from(["/console".to_owned(), format!("/console/shops/{shop_id}")]);
        let mut known: BTreeSet<String> = waiting.iter().cloned().collect();
        let mut kinds: BTreeMap<String, Kind> = BTreeMap::new();
        while let Some(path) = waiting.pop_front() {
            let pattern = pattern_of(&path);
            if kinds.get(&pattern).is_some_and(|kind| kind.addresses.len() >= OF_A_KIND) {
                continue;
            }
            let opened = self.open(&path).await?;
            if let Some(to) = opened.location {
                if is_page(&to) && known.insert(to.clone()) {
                    waiting.push_back(to);
                }
                continue;
            }
            ensure!(opened.status == StatusCode::OK, "{path} was answered {}", opened.status);
            if !opened.kind.starts_with("text/html") {
                continue;
            }
            let html = String::from_utf8_lossy(&opened.body).into_owned();
            for link in links(&html).filter(|link| is_page(link)) {
                if known.insert(link.clone()) {
                    waiting.push_back(link);
                }
            }
            let bytes = if kinds.contains_key(&pattern) { 0 } else { self.weigh(&path, &html).await? };
            let kind = kinds.entry(pattern.clone()).or_insert(Kind { pattern, addresses: Vec::new(), bytes });
            kind.addresses.push(path);
        }
        Ok(kinds.into_values().collect())
    }

    /// A page with its styles, scripts and pictures, compressed.
    async fn weigh(&self, path: &str, html: &str) -> anyhow::Result<usize> {
        let mut bytes = self.ask(path, "gzip").await?.body.len();
        let files: BTreeSet<String> = sources(html).filter(|file| file.starts_with('/')).collect();
        for file in files {
            bytes += self.ask(&file, "gzip").await?.body.len();
        }
        Ok(bytes)
    }
}

/// Links that lead to pages of ours.
fn is_page(link: &str) -> bool {
    let is_ours = link == "/console" || link == "/till" || link.starts_with("/console/") || link.starts_with("/till/");
    is_ours && !link.starts_with("/console/assets/")
}

fn links(html: &str) -> impl Iterator<Item = String> {
    attributes(html, "<a ", "href=\"")
}

fn sources(html: &str) -> impl Iterator<Item = String> {
    let styles = attributes(html, "<link ", "href=\"");
    styles.chain(attributes(html, "<script ", "src=\"")).chain(attributes(html, "<img ", "src=\""))
}

/// What an attribute says in each tag of a kind.
fn attributes(html: &str, tag: &'static str, name: &'static str) -> impl Iterator<Item = String> {
    html.split(tag).skip(1).filter_map(move |rest| {
        let value = rest.split('>').next()?.split(name).nth(1)?.split('"').next()?;
        Some(value.replace("&#38;", "&").replace("&amp;", "&").split('#').next().unwrap_or_default().to_owned())
    })
}

/// An address without its ids and with the names of what it asks for.
fn pattern_of(path: &str) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let is_id = |part: &str| part.len() >= 12 && part.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    let parts: Vec<&str> = path.split('/').map(|part| if is_id(part) { "…" } else { part }).collect();
    let names: BTreeSet<&str> =
        query.split('&').filter_map(|pair| pair.split('=').next()).filter(|n| !n.is_empty()).collect();
    let names: Vec<&str> = names.into_iter().collect();
    if names.is_empty() { parts.join("/") } else { format!("{}?{}", parts.join("/"), names.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_read_and_addresses_of_a_kind_are_one() {
        let html =
            r##"<a class="x" href="/console/a?b=1&#38;c=2#d">x</a> <link rel="s" href="/s.css"><a href="https://e">"##;
        assert_eq!(links(html).collect::<Vec<_>>(), ["/console/a?b=1&c=2", "https://e"]);
        assert_eq!(sources(html).collect::<Vec<_>>(), ["/s.css"]);
        let pattern = pattern_of("/console/shops/0198c7de-0000-7000-8000-000000000001/members?q=a&after=b");
        assert_eq!(pattern, "/console/shops/…/members?after&q");
        assert!(is_page("/till") && !is_page("/console/assets/1/a.css") && !is_page("/consoles"));
    }
}
