//! A merchant's own system: takes what it is told, and answers as it is set up to.

use std::{
    collections::VecDeque,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, dev::ServerHandle, web};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;
use tokio::sync::watch;

use super::world::within;

/// A server with one address.
pub struct Receiver {
    pub address: SocketAddr,
    calls: watch::Receiver<Vec<Call>>,
    answers: Answers,
    server: ServerHandle,
}

/// A call that came in.
#[derive(Debug, Clone)]
pub struct Call {
    pub headers: HeaderMap,
    pub body: String,
}

/// A status, and what it says in `Retry-After`.
pub type Reply = (u16, Option<&'static str>);
type Answers = Arc<Mutex<(VecDeque<Reply>, Reply)>>;

impl Receiver {
    pub async fn start() -> Self {
        let (told, calls) = watch::channel(Vec::new());
        let answers = Answers::new(Mutex::new((VecDeque::new(), (204, None))));
        let (told, of_server) = (Arc::new(told), Arc::clone(&answers));
        let server = HttpServer::new(move || {
            let (told, answers) = (Arc::clone(&told), Arc::clone(&of_server));
            App::new().default_service(web::to(move |request: HttpRequest, body: String| {
                let (told, answers) = (Arc::clone(&told), Arc::clone(&answers));
                async move { take(&told, &answers, &request, body) }
            }))
        });
        let server = server.workers(1).disable_signals().bind("127.0.0.1:0").unwrap();
        let address = server.addrs()[0];
        let server = server.run();
        let handle = server.handle();
        tokio::spawn(server);
        Self { address, calls, answers, server: handle }
    }

    pub fn url(&self) -> String {
        format!("http://{}/told", self.address)
    }

    /// Answers the next calls like this, one after another.
    pub fn answer_next(&self, replies: impl IntoIterator<Item = Reply>) {
        self.answers.lock().unwrap().0.extend(replies);
    }

    /// Answers all others like this.
    pub fn answer(&self, reply: Reply) {
        self.answers.lock().unwrap().1 = reply;
    }

    /// What has come in so far.
    pub fn calls(&self) -> Vec<Call> {
        self.calls.borrow().clone()
    }

    /// Waits until so many calls have come in; all of them.
    pub async fn wait_for(&self, calls: usize) -> Vec<Call> {
        let mut told = self.calls.clone();
        within(&format!("{calls} calls"), async { told.wait_for(|told| told.len() >= calls).await.unwrap().clone() })
            .await
    }

    pub async fn stop(self) {
        self.server.stop(false).await;
    }
}

impl Call {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    pub fn id(&self) -> &str {
        self.header("webhook-id")
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub fn kind(&self) -> String {
        self.json()["type"].as_str().unwrap().to_owned()
    }
}

fn take(told: &watch::Sender<Vec<Call>>, answers: &Answers, request: &HttpRequest, body: String) -> HttpResponse {
    let pair = |(name, value): (&actix_web::http::header::HeaderName, &actix_web::http::header::HeaderValue)| {
        let name: HeaderName = name.as_str().parse().unwrap();
        (name, HeaderValue::from_bytes(value.as_bytes()).unwrap())
    };
    let headers = request.headers().iter().map(pair).collect();
    let (status, retry_after) = {
        let mut answers = answers.lock().unwrap();
        let otherwise = answers.1;
        answers.0.pop_front().unwrap_or(otherwise)
    };
    told.send_modify(|calls| calls.push(Call { headers, body }));
    let mut response = HttpResponse::build(actix_web::http::StatusCode::from_u16(status).unwrap());
    if let Some(retry_after) = retry_after {
        response.insert_header(("Retry-After", retry_after));
    }
    if status / 100 == 3 {
        response.insert_header(("Location", "http://127.0.0.1:9/elsewhere"));
    }
    response.finish()
}
