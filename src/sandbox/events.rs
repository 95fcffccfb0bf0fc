//! What happens on the phones, as server-sent events.

use std::convert::Infallible;
use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse, web};
use futures_util::stream;
use serde::Serialize;
use tokio::sync::broadcast::{self, error::RecvError};

use super::phone::{no_store, read_controls};
use super::switchboard::{Event, Switchboard};

/// Phones one event stream can follow.
const PHONES_MAX: usize = 20;
/// A line now and then keeps proxies from closing the stream.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// One event stream, for the phones named by `?phone=…&phone=…`.
pub(super) async fn follow(board: web::Data<Switchboard>, request: HttpRequest) -> HttpResponse {
    let named = form_urlencoded::parse(request.query_string().as_bytes()).filter(|(name, _)| name == "phone");
    let phones: Vec<String> = named.take(PHONES_MAX).map(|(_, phone)| phone.into_owned()).collect();
    let feed = Feed { events: board.events(), board: board.into_inner(), phones };
    let lines = stream::once(async { Ok::<_, Infallible>(web::Bytes::from_static(b"retry: 1000\n\n")) });
    let lines = futures_util::StreamExt::chain(lines, stream::unfold(feed, Feed::next));
    no_store(HttpResponse::Ok()).content_type("text/event-stream").streaming(lines)
}

struct Feed {
    board: std::sync::Arc<Switchboard>,
    events: broadcast::Receiver<Event>,
    phones: Vec<String>,
}

impl Feed {
    /// The next lines for the page; `None` ends the stream when the carrier stops.
    async fn next(mut self) -> Option<(Result<web::Bytes, Infallible>, Self)> {
        loop {
            let event = tokio::select! {
                () = self.board.stopping.cancelled() => return None,
                event = tokio::time::timeout(HEARTBEAT, self.events.recv()) => event,
            };
            let lines = match event {
                Err(_) => Some(": still here\n\n".to_owned()),
                Ok(Err(RecvError::Closed)) => return None,
                Ok(Err(RecvError::Lagged(_))) => Some(write_event("resync", &())),
                Ok(Ok(event)) => self.write(&event),
            };
            if let Some(lines) = lines {
                return Some((Ok(web::Bytes::from(lines)), self));
            }
        }
    }

    fn write(&self, event: &Event) -> Option<String> {
        let ours = |phone: &str| self.phones.iter().any(|known| known == phone);
        match event {
            Event::Message(bubble) => ours(bubble.phone()).then(|| write_event("message", bubble.as_ref())),
            Event::Blocks(phone) => ours(phone).then(|| {
                let blocked = self.board.mailbox().blocked_senders(phone);
                write_event("blocks", &serde_json::json!({ "phone": &**phone, "blocked": blocked }))
            }),
            Event::Controls => Some(write_event("controls", &read_controls(&self.board))),
        }
    }
}

fn write_event(name: &str, value: &impl Serialize) -> String {
    format!("event: {name}\ndata: {}\n\n", serde_json::to_string(value).unwrap_or_default())
}
