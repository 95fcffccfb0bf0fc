//! What a shop's members read, text by text, in each language: as built in, or in the shop's own words.

mod hints;
mod look;
pub(super) mod one;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use serde::Deserialize;

use self::look::Desk;
use super::{
    page::{Page, html},
    trouble::Trouble,
    viewer::AtShop,
};
use crate::{
    domain::{
        language::Language,
        words::{
            facts::{SEGMENTS_WELL, Size, languages},
            plain::folded,
            topics::TOPICS,
        },
    },
    http::Gateway,
};

/// The most characters that are looked for.
const SOUGHT_MAX: usize = 80;

/// What is shown of them all.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    language: String,
    topic: String,
    q: String,
}

/// A text in a list.
struct Row {
    key: &'static str,
    label: String,
    text: String,
    is_own: bool,
    segments: i64,
    is_long: bool,
}

/// A way to others: its address, its name, how many of its texts are the shop's own.
struct Way {
    href: String,
    name: String,
    own: usize,
    is_here: bool,
}

#[derive(Template)]
#[template(path = "words.html")]
struct WordsPage {
    page: Page,
    language: &'static str,
    topic: &'static str,
    sought: String,
    languages: Vec<Way>,
    topics: Vec<Way>,
    rows: Vec<Row>,
}

/// The topic of those that a shop has changed.
const OWN: &str = "own";

/// All texts of a topic, or those in which something is found.
pub(super) async fn page(
    request: HttpRequest,
    at: AtShop,
    asked: web::Query<Asked>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let page = Page::of_shop(&request, &at.shop, "words");
    let asked = asked.into_inner();
    let language = Language::all().find(|known| known.code() == asked.language).unwrap_or(at.shop.language);
    let names = TOPICS.iter().map(|topic| topic.name).chain([OWN]);
    let topic = names.into_iter().find(|name| *name == asked.topic).unwrap_or("joining");
    let sought: String = asked.q.trim().chars().take(SOUGHT_MAX).collect();
    let desk = Desk::of(&gateway, &at.shop, language);
    let rows = rows(&page, &desk, topic, &sought);
    let below = format!("/console/shops/{}/words", at.shop.id);
    let way = |language: Language, topic: &str| format!("{below}?language={}&topic={topic}", language.code());
    let own_in = |language: Language| {
        TOPICS.iter().flat_map(|topic| topic.keys).filter(|key| desk.is_own(language, key)).count()
    };
    let languages = languages(&at.shop).into_iter().map(|other| Way {
        href: way(other, topic),
        name: page.say.word("words-in", other.code()),
        own: own_in(other),
        is_here: other == language,
    });
    let own = Way {
        href: way(language, OWN),
        name: page.say.word("topic", OWN),
        own: own_in(language),
        is_here: sought.is_empty() && topic == OWN,
    };
    let topics = TOPICS.iter().map(|known| Way {
        href: way(language, known.name),
        name: page.say.word("topic", known.name),
        own: known.keys.iter().filter(|key| desk.is_own(language, key)).count(),
        is_here: sought.is_empty() && known.name == topic,
    });
    let (languages, topics) = (languages.collect(), topics.chain([own]).collect());
    let page = WordsPage { page, language: language.code(), topic, sought, languages, topics, rows };
    Ok(html(StatusCode::OK, &page))
}

/// The texts of a topic; all in which something is found, by what they are and by what they say.
fn rows(page: &Page, desk: &Desk, topic: &str, sought: &str) -> Vec<Row> {
    let words = folded(sought);
    let words: Vec<&str> = words.split_whitespace().collect();
    let is_of_topic = |name: &str, key: &'static str| match topic {
        _ if !words.is_empty() => true,
        OWN => desk.is_own(desk.language, key),
        topic => name == topic,
    };
    let keys = TOPICS.iter().flat_map(|topic| topic.keys.iter().map(|key| (topic.name, *key)));
    let rows = keys.filter(|(name, key)| is_of_topic(name, key)).map(|(_, key)| row(page, desk, key));
    let is_found = |row: &Row| {
        let said = folded(&format!("{} {}", row.label, row.text));
        words.iter().all(|word| said.contains(word))
    };
    rows.filter(is_found).collect()
}

/// A number as texts of the console take it.
fn counted(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn row(page: &Page, desk: &Desk, key: &'static str) -> Row {
    let text = desk.read(key, Size::Typical);
    let segments = crate::domain::segment::count(&text).segments;
    Row {
        key,
        label: page.say.word("words-label", key),
        is_own: desk.is_own(desk.language, key),
        is_long: segments > SEGMENTS_WELL,
        segments: counted(segments),
        text,
    }
}
