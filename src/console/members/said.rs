//! What was said with a member, as bubbles with what became of each text; what they agreed to; what they told of themselves.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;

use super::{AtMember, BeforeQuery, Frame, ROWS};
use crate::{
    console::{
        page::{Page, html},
        say::Say,
        trouble::Trouble,
        viewer::AtShop,
    },
    domain::{delivery::replying::REPLY, message::Media, segment},
    http::Gateway,
    store::{
        members::MemberEnrolment,
        said::{ConsentRecord, Said, SaidPlace},
    },
};

#[derive(Template)]
#[template(path = "members/conversation.html")]
struct ConversationPage {
    page: Page,
    frame: Frame,
    /// The oldest first.
    bubbles: Vec<Bubble>,
    earlier: Option<String>,
    is_latest: bool,
}

struct Bubble {
    is_ours: bool,
    /// What it says; `None` where it also speaks for others.
    body: Option<String>,
    photos: Vec<Photo>,
    foot: String,
    state: Option<(&'static str, String)>,
    why: Option<String>,
}

/// Something that came with a text.
pub(in crate::console) struct Photo {
    pub(in crate::console) href: Option<String>,
    pub(in crate::console) name: String,
}

#[derive(Template)]
#[template(path = "members/consent.html")]
struct ConsentPage {
    page: Page,
    frame: Frame,
    rows: Vec<Proof>,
    next: Option<String>,
    is_first: bool,
}

struct Proof {
    what: String,
    how: String,
    when: String,
    typed: String,
    shown: Option<String>,
    sender: String,
    reason: Option<String>,
}

#[derive(Template)]
#[template(path = "members/profile.html")]
struct ProfilePage {
    page: Page,
    frame: Frame,
    language: String,
    birthday: String,
    answers: Vec<(String, String, String)>,
    shops: Vec<(String, String, String)>,
}

/// The conversation.
pub(in crate::console) async fn conversation(
    request: HttpRequest,
    at: AtShop,
    asked: BeforeQuery,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let at = AtMember::find(&request, at, &gateway).await?;
    let before = read_place(&asked.before);
    let mut found = gateway.store.said(&at.member, before, ROWS + 1, at.onlooker()).await?;
    let has_more = found.len() as u64 > ROWS;
    found.truncate(usize::try_from(ROWS).unwrap_or(usize::MAX));
    let earlier = found.last().filter(|_| has_more);
    let earlier = earlier.map(|last| format!("{}/conversation?before={}", at.base(), written_place(last.place)));
    let (page, frame) = at.frame(&request, "conversation");
    found.reverse();
    let bubbles = found.into_iter().map(|said| bubble(&at, page.say, said)).collect();
    Ok(html(StatusCode::OK, &ConversationPage { page, frame, bubbles, earlier, is_latest: before.is_none() }))
}

fn bubble(at: &AtMember, say: Say, said: Said) -> Bubble {
    let SaidPlace { at: time, is_outbound, id, .. } = said.place;
    let mut foot = say.moment(time, at.shop.time_zone);
    if said.reply.as_deref() == Some(REPLY) {
        foot = format!("{foot} · {}", say.t("said-by-staff"));
    }
    if let Some(body) = said.body.as_deref().filter(|_| is_outbound) {
        let segments = i64::try_from(segment::count(body).segments).unwrap_or(i64::MAX);
        foot = format!("{foot} · {}", say.n("segments-count", segments));
    }
    Bubble {
        is_ours: is_outbound,
        state: is_outbound.then(|| state(say, &said)),
        why: is_outbound.then(|| format!("{}/messages/{id}", at.base())),
        photos: said.media.as_deref().map(|media| photos(media, say)).unwrap_or_default(),
        body: said.body,
        foot,
    }
}

/// What became of a text of ours: a class for its colour, and the word.
fn state(say: Say, said: &Said) -> (&'static str, String) {
    let state = said.state.as_deref().unwrap_or_default();
    let word = match (state, said.delivery.as_deref()) {
        ("sent", Some(report)) => report,
        (state, _) => state,
    };
    let colour = match word {
        "delivered" | "read" => "good",
        "failed" | "undelivered" | "opted_out" => "bad",
        "unclear" | "withdrawn" => "warn",
        _ => "",
    };
    let known = say.find(&format!("said-{}", word.replace('_', "-")));
    (colour, known.unwrap_or_else(|| say.t("said-sent")))
}

/// What came with a text. Pictures are the provider's and are not loaded from here; only a plain https address is led to.
pub(in crate::console) fn photos(media: &str, say: Say) -> Vec<Photo> {
    let media: Vec<Media> = serde_json::from_str(media).unwrap_or_default();
    let photo = |Media { url, content_type }: Media| {
        let is_safe = url::Url::parse(&url).is_ok_and(|url| url.scheme() == "https" && url.host().is_some());
        let kind = if content_type.starts_with("image/") { "said-photo" } else { "said-file" };
        Photo { href: is_safe.then_some(url), name: say.of(kind, "type", content_type) }
    };
    media.into_iter().map(photo).collect()
}

fn written_place(place: SaidPlace) -> String {
    let SaidPlace { at, cause, is_outbound, id } = place;
    format!("{at}.{cause}.{}.{id}", i64::from(is_outbound))
}

fn read_place(written: &str) -> Option<SaidPlace> {
    let numbers: Vec<i64> = written.split('.').filter_map(|part| part.parse().ok()).collect();
    match numbers.as_slice() {
        [at, cause, outbound, id] => Some(SaidPlace { at: *at, cause: *cause, is_outbound: *outbound != 0, id: *id }),
        _ => None,
    }
}

/// What they agreed to.
pub(in crate::console) async fn consent(
    request: HttpRequest,
    at: AtShop,
    asked: BeforeQuery,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let at = AtMember::find(&request, at, &gateway).await?;
    let before = asked.before.parse::<i64>().ok();
    let mut found = gateway.store.consents(&at.member, before, ROWS + 1, at.onlooker()).await?;
    let has_more = found.len() as u64 > ROWS;
    found.truncate(usize::try_from(ROWS).unwrap_or(usize::MAX));
    let next = found.last().filter(|_| has_more).map(|last| format!("{}/consent?before={}", at.base(), last.id));
    let (page, frame) = at.frame(&request, "consent");
    let rows = found.into_iter().map(|record| proof(&at, page.say, record)).collect();
    Ok(html(StatusCode::OK, &ConsentPage { page, frame, rows, next, is_first: before.is_none() }))
}

fn proof(at: &AtMember, say: Say, record: ConsentRecord) -> Proof {
    let word = |kind: &str, word: &str| say.word(kind, &word.replace('_', "-"));
    Proof {
        what: word("consent", &record.kind),
        how: word("consent-by", &record.method),
        when: say.moment(record.occurred_at, at.shop.time_zone),
        typed: record.typed,
        shown: record.shown,
        sender: record.sender,
        reason: record.reason,
    }
}

/// What they told of themselves.
pub(in crate::console) async fn profile(
    request: HttpRequest,
    at: AtShop,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let at = AtMember::find(&request, at, &gateway).await?;
    let answers = gateway.store.profile_answers(&[at.member.id]).await?.remove(&at.member.id).unwrap_or_default();
    let (page, frame) = at.frame(&request, "profile");
    let (say, zone) = (page.say, at.shop.time_zone);
    let theirs = answers.into_iter().filter(|answer| at.enrolments.iter().any(|one| one.shop_id == answer.shop_id));
    let answers = theirs.map(|answer| (answer.prompt, answer.answer, say.day(answer.answered_at, zone))).collect();
    let shop = |one: &MemberEnrolment| {
        let state = match one.left_at {
            Some(at) => say.of("member-left-on", "day", say.day(at, zone)),
            None => one.keyword.clone().or_else(|| one.source.clone()).unwrap_or_default(),
        };
        (one.shop.clone(), say.day(one.enrolled_at, zone), state)
    };
    let shown = ProfilePage {
        language: say.word("spoken", &at.member.language),
        birthday: at.member.birthday.as_deref().map(|day| birthday(say, day)).unwrap_or_else(|| "–".to_owned()),
        shops: at.enrolments.iter().map(shop).collect(),
        answers,
        page,
        frame,
    };
    Ok(html(StatusCode::OK, &shown))
}

/// `03-05` as people write a birthday: 5 Mar.
fn birthday(say: Say, written: &str) -> String {
    let months = say.t("months-short");
    let read = || {
        let (month, day) = written.split_once('-')?;
        let month = months.split(' ').nth(month.parse::<usize>().ok()?.checked_sub(1)?)?;
        Some(format!("{} {month}", day.parse::<u8>().ok()?))
    };
    read().unwrap_or_else(|| written.to_owned())
}
