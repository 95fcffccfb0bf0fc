//! The fourth step: what members will read, word for word, and what it costs to send.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::{Guide, live_keyword};
use crate::{
    console::{
        page::{Page, go, html},
        places::guide,
        say::Say,
        sign::link,
        trouble::Trouble,
        viewer::AtShop,
    },
    domain::{
        segment,
        shop::{OptIn, Shop},
    },
    http::Gateway,
    service::try_out::{Exchange, play},
};

#[derive(Template)]
#[template(path = "start_words.html")]
struct WordsStep {
    page: Page,
    guide: Guide,
    number: String,
    exchanges: Vec<Read>,
    rows: Vec<Row>,
    price: String,
    is_wrong_price: bool,
    /// What one member costs who joins, and a thousand of them.
    cost: Option<(String, String)>,
    joining: usize,
    settings_at: String,
    words_at: String,
}

/// A text and its answers, with what they take.
pub(in crate::console) struct Read {
    pub(in crate::console) said: String,
    pub(in crate::console) replies: Vec<Reply>,
}

/// An answer, with what it takes.
pub(in crate::console) struct Reply {
    pub(in crate::console) text: String,
    pub(in crate::console) takes: String,
    segments: usize,
}

/// What one kind of answer takes.
struct Row {
    name: String,
    takes: String,
    cost: String,
}

/// The price of a segment, as it was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Asked {
    price: String,
}

impl Read {
    /// Of what was played.
    pub(in crate::console) fn of(exchange: Exchange, say: Say) -> Self {
        let reply = |text: String| {
            let counted = segment::count(&text);
            let units = format!("{} · {}", say.n("units", counted.units), counted.encoding.name());
            let takes = format!("{} · {units}", say.n("segments", counted.segments));
            Reply { text, takes, segments: counted.segments }
        };
        Self { said: exchange.text, replies: exchange.replies.into_iter().map(reply).collect() }
    }

    fn segments(&self) -> usize {
        self.replies.iter().map(|reply| reply.segments).sum()
    }
}

/// The words of a shop.
pub(in crate::console) async fn page(
    request: HttpRequest,
    at: AtShop,
    gateway: web::Data<Gateway>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Trouble> {
    let page = Page::of_shop(&request, &at.shop, "words").titled("start-words");
    let say = page.say;
    let (typed, number) = {
        let known = gateway.directory.read();
        let Some(keyword) = live_keyword(&known.directory, &at.shop, gateway.clock.now()) else {
            return Ok(go(guide(&at.shop, "keyword")));
        };
        let number = known.directory.sender(keyword.sender_id).map(|sender| link::number_written(&sender.address));
        let texts = texts(&at.shop, keyword.phrase.display());
        (play(&known, keyword.sender_id, &texts, gateway.clock.now()), number.unwrap_or_default())
    };
    let exchanges: Vec<Read> = typed.into_iter().map(|exchange| Read::of(exchange, say)).collect();
    let price = read_price(&asked.price);
    let is_wrong_price = price.is_none() && !asked.price.trim().is_empty();
    let row = |read: &Read| Row {
        name: read.said.clone(),
        takes: say.n("segments", read.segments()),
        cost: price.map(|price| written(price, read.segments(), 1)).unwrap_or_default(),
    };
    let rows = exchanges.iter().map(row).collect();
    let joining: usize = exchanges.iter().take(joining_texts(&at.shop)).map(Read::segments).sum();
    let cost = price.map(|price| (written(price, joining, 1), written(price, joining, 1_000)));
    let guide = Guide::of(&gateway, say, &at.shop, "words");
    let settings_at = format!("/console/shops/{}/settings", at.shop.id);
    let words_at = format!("/console/shops/{}/words", at.shop.id);
    let price = asked.into_inner().price;
    let shown =
        WordsStep { page, guide, number, exchanges, rows, price, is_wrong_price, cost, joining, settings_at, words_at };
    Ok(html(StatusCode::OK, &shown))
}

/// Joining, and what every member may text.
fn texts(shop: &Shop, phrase: &str) -> Vec<String> {
    let yes = (shop.opt_in == OptIn::Double).then_some("YES");
    let all = [Some(phrase), yes, Some("BAL"), Some("HELP"), Some("STOP")];
    all.into_iter().flatten().map(str::to_owned).collect()
}

/// How many of them join.
fn joining_texts(shop: &Shop) -> usize {
    if shop.opt_in == OptIn::Double { 2 } else { 1 }
}

/// A price of a segment: `0.0079`, or with a comma.
fn read_price(typed: &str) -> Option<Decimal> {
    let typed = typed.trim().replace(',', ".");
    let price = Decimal::from_str_exact(&typed).ok().filter(|_| typed.len() <= 12)?;
    let fits = !price.is_sign_negative() && price <= Decimal::ONE_HUNDRED && price.scale() <= 6;
    fits.then_some(price)
}

/// What so many texts of so many segments cost, in the money in which the price was typed.
fn written(price: Decimal, segments: usize, times: usize) -> String {
    let cost = price * Decimal::from(segments) * Decimal::from(times);
    // Parts of cents matter for one text, not for a thousand.
    let cost = if times > 1 { cost.round_dp(2) } else { cost };
    cost.normalize().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_read_as_people_type_it() {
        assert_eq!(read_price(" 0,0079 "), Decimal::from_str_exact("0.0079").ok());
        for wrong in ["", "-1", "abc", "1000", "0.00000001", "1e3"] {
            assert_eq!(read_price(wrong), None, "{wrong}");
        }
        let price = read_price("0.0079").unwrap();
        assert_eq!((written(price, 2, 1), written(price, 2, 1_000)), ("0.0158".to_owned(), "15.8".to_owned()));
    }
}
