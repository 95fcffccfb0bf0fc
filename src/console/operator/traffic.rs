//! What passes just now: what waits and when it will be sent, calls that were refused, and the last lines as they are written.

use std::{convert::Infallible, sync::Arc, time::Duration};

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{self, ContentEncoding},
    },
    web,
};
use askama::Template;
use chrono_tz::Tz;
use futures_util::stream;
use serde_json::json;
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::Instant,
};

use super::health::{self, Health};
use crate::{
    console::{
        page::{Page, html},
        say::Say,
        trouble::Trouble,
    },
    domain::shop::Sender,
    http::Gateway,
    service::tail::{Line, Tail},
};

/// A line now and then keeps proxies from closing the stream.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// After so long a stream ends and is asked for anew: whoever was signed out meanwhile is let in no more.
const LASTS: Duration = Duration::from_secs(300);
/// So many may follow at once.
const FOLLOWERS_MAX: usize = 16;
/// The most senders with something to send that are shown.
const SENDERS_MAX: usize = 25;

#[derive(Template)]
#[template(path = "operator_traffic.html")]
struct TrafficPage {
    page: Page,
    busy: Vec<Health>,
    lines: Vec<Told>,
    refusals: Vec<(String, String, String, String)>,
    is_live: bool,
}

/// A line as it is shown.
struct Told {
    number: u64,
    at: String,
    what: String,
    phone: String,
    about: String,
}

/// What passes, as of now; the page's script goes on from there.
pub(in crate::console) async fn page(
    request: HttpRequest,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let page = Page::of(&request, "traffic");
    let say = page.say;
    let busy = gateway.store.senders_with_work(gateway.clock.now()).await?;
    let senders: Vec<Sender> = {
        let known = gateway.directory.read();
        let found = busy.iter().filter_map(|id| known.directory.sender(*id)).take(SENDERS_MAX);
        found.map(|sender| (**sender).clone()).collect()
    };
    let refusals = gateway.tail.refusals().into_iter().map(|refusal| {
        let why = say.find(&format!("refused-{}", refusal.why.replace([' ', '\''], "-")));
        let at = say.clock(refusal.at.timestamp_millis(), Tz::UTC);
        (at, why.unwrap_or_else(|| refusal.why.to_owned()), refusal.path, refusal.from)
    });
    let view = TrafficPage {
        busy: health::of(&gateway, say, &senders).await?,
        lines: gateway.tail.lines().iter().map(|line| told(line, say)).collect(),
        refusals: refusals.collect(),
        is_live: gateway.tail.followers() < FOLLOWERS_MAX,
        page,
    };
    Ok(html(StatusCode::OK, &view))
}

fn told(line: &Line, say: Say) -> Told {
    Told {
        number: line.number,
        at: say.clock(line.at.timestamp_millis(), Tz::UTC),
        what: say.word("passes", line.what),
        phone: line.phone.clone(),
        about: line.about.clone(),
    }
}

/// The same as it happens, as server-sent events.
pub(in crate::console) async fn follow(
    request: HttpRequest,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    if gateway.tail.followers() >= FOLLOWERS_MAX {
        return Err(Trouble::Busy);
    }
    let news = gateway.tail.follow();
    let say = Page::of(&request, "traffic").say;
    let seen = request.headers().get("last-event-id").and_then(|id| id.to_str().ok()?.parse::<u64>().ok());
    let mut missed = String::from("retry: 3000\n\n");
    let lines = gateway.tail.lines();
    let newer = lines.iter().rev().filter(|line| seen.is_some_and(|seen| line.number > seen));
    newer.for_each(|line| missed.push_str(&write_event(line, say)));
    // What was told before this moment is not told again.
    let next = lines.first().map_or(0, |line| line.number + 1);
    let feed = Feed { tail: Arc::clone(&gateway.tail), news, say, next, ends: Instant::now() + LASTS };
    let first = stream::once(async move { Ok::<_, Infallible>(web::Bytes::from(missed)) });
    let events = futures_util::StreamExt::chain(first, stream::unfold(feed, Feed::next));
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        // Packing would hold lines back.
        .insert_header(ContentEncoding::Identity)
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header(("x-accel-buffering", "no"))
        .streaming(events))
}

struct Feed {
    tail: Arc<Tail>,
    news: Receiver<Line>,
    say: Say,
    next: u64,
    ends: Instant,
}

impl Feed {
    /// What comes next; `None` ends the stream.
    async fn next(mut self) -> Option<(Result<web::Bytes, Infallible>, Self)> {
        loop {
            let heard = tokio::select! {
                () = self.tail.stop().cancelled() => return None,
                () = tokio::time::sleep_until(self.ends) => return None,
                heard = tokio::time::timeout(HEARTBEAT, self.news.recv()) => heard,
            };
            let told = match heard {
                Err(_) => ": still here\n\n".to_owned(),
                Ok(Err(RecvError::Closed)) => return None,
                // Too much passed for this line: the page goes on with what comes.
                Ok(Err(RecvError::Lagged(_))) => continue,
                Ok(Ok(line)) if line.number < self.next => continue,
                Ok(Ok(line)) => write_event(&line, self.say),
            };
            return Some((Ok(web::Bytes::from(told)), self));
        }
    }
}

fn write_event(line: &Line, say: Say) -> String {
    let Told { number, at, what, phone, about } = told(line, say);
    let written = json!({ "at": at, "what": what, "phone": phone, "about": about });
    format!("id: {number}\ndata: {written}\n\n")
}
