//! One kept-alive connection to a gateway, as cheap as can be: connection and request live in one task.

use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::{Duration, Instant};

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1::{self, SendRequest};
use hyper::header::{ACCEPT, CONTENT_TYPE, HOST, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use hyper::{Method, Request, Response, StatusCode, Uri};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// Where a gateway takes inbound texts.
pub const WEBHOOK_PATH: &str = "/webhooks/twilio/messages";
/// As patient as the provider with a webhook.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(15);
/// Servers hang up on idle connections, many after five seconds: one that rested longer than this is opened anew.
const IDLE_MAX: Duration = Duration::from_secs(2);

/// Where requests go, and what all of them have in common.
#[derive(Debug, Clone)]
pub struct Destination {
    /// Host and port to connect to.
    authority: String,
    headers: HeaderMap,
}

impl Destination {
    /// A gateway at this base address, which may have a path.
    pub fn at(base: &url::Url) -> anyhow::Result<Self> {
        anyhow::ensure!(
            base.scheme() == "http",
            "texts are sent over plain HTTP: give the gateway's own address (http://…), and as --public-url the one \
             that the provider calls"
        );
        let host = base.host_str().unwrap_or_default();
        let authority = format!("{host}:{}", base.port_or_known_default().unwrap_or(80));
        let text = HeaderValue::from_static;
        let headers = [
            (HOST, HeaderValue::try_from(&authority)?),
            (USER_AGENT, text("TwilioProxy/1.1")),
            (ACCEPT, text("*/*")),
            (HeaderName::from_static("x-home-region"), text("us1")),
        ];
        Ok(Self { authority, headers: headers.into_iter().collect() })
    }
}

/// A path on a gateway whose base address may have one already.
pub fn path_at(base: &url::Url, path: &str) -> anyhow::Result<Uri> {
    Ok(format!("{}{path}", base.path().trim_end_matches('/')).parse()?)
}

/// A request ready to be posted.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// The path on the gateway.
    pub path: Uri,
    /// What is posted.
    pub body: Bytes,
    /// What kind of body it is.
    pub content_type: HeaderValue,
    /// The header that proves who sends it: a signature, or a key.
    pub proof: (HeaderName, HeaderValue),
}

/// A connection that opens itself when it is needed.
pub struct Line {
    destination: Arc<Destination>,
    open: Option<Open>,
}

struct Open {
    sender: SendRequest<Full<Bytes>>,
    driver: Pin<Box<http1::Connection<TokioIo<TcpStream>, Full<Bytes>>>>,
    used_at: Instant,
}

/// Why there is no answer; the request comes back where nothing of it was sent.
struct Broken {
    why: String,
    unsent: Option<Request<Full<Bytes>>>,
}

impl Line {
    /// Not yet open.
    pub fn to(destination: Arc<Destination>) -> Self {
        Self { destination, open: None }
    }

    /// Posts a request and reads the whole answer. On a connection that turns out to be closed it is posted once more,
    /// provided that nothing of it was sent. An error says in a few words why there is no answer.
    pub async fn post(&mut self, request: &Prepared) -> Result<StatusCode, String> {
        let posting = self.try_twice(request);
        let answered = tokio::time::timeout(ANSWER_TIMEOUT, posting).await;
        let answered = answered.unwrap_or_else(|_| Err("no answer in 15 s".to_owned()));
        if answered.is_err() {
            self.open = None;
        }
        answered
    }

    async fn try_twice(&mut self, request: &Prepared) -> Result<StatusCode, String> {
        let request = self.request(request);
        match self.exchange(request).await {
            Err(Broken { unsent: Some(request), .. }) => {
                self.open = None;
                self.exchange(request).await.map_err(|broken| broken.why)
            }
            answered => answered.map_err(|broken| broken.why),
        }
    }

    fn request(&self, prepared: &Prepared) -> Request<Full<Bytes>> {
        let mut request = Request::new(Full::new(prepared.body.clone()));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = prepared.path.clone();
        *request.headers_mut() = self.destination.headers.clone();
        let (name, value) = prepared.proof.clone();
        request.headers_mut().insert(CONTENT_TYPE, prepared.content_type.clone());
        request.headers_mut().insert(name, value);
        request
    }

    async fn exchange(&mut self, request: Request<Full<Bytes>>) -> Result<StatusCode, Broken> {
        let mut open = match self.open.take().filter(|open| open.used_at.elapsed() < IDLE_MAX) {
            Some(open) => open,
            None => connect(&self.destination.authority).await.map_err(|why| Broken { why, unsent: None })?,
        };
        let (status, lives_on) = open.exchange(request).await?;
        if lives_on {
            open.used_at = Instant::now();
            self.open = Some(open);
        }
        Ok(status)
    }
}

impl Open {
    /// The status, and whether the connection can be used again.
    async fn exchange(&mut self, request: Request<Full<Bytes>>) -> Result<(StatusCode, bool), Broken> {
        let mut answer = pin!(ask(&mut self.sender, request));
        // The connection first: what it reads is then taken by the answer in the same turn.
        tokio::select! {
            biased;
            _ = &mut self.driver => answer.await.map(|status| (status, false)),
            answered = &mut answer => answered.map(|status| (status, true)),
        }
    }
}

async fn ask(sender: &mut SendRequest<Full<Bytes>>, request: Request<Full<Bytes>>) -> Result<StatusCode, Broken> {
    if let Err(error) = sender.ready().await {
        return Err(Broken { why: describe(&error), unsent: Some(request) });
    }
    let answer = sender
        .try_send_request(request)
        .await
        .map_err(|mut error| Broken { unsent: error.take_message(), why: describe(error.error()) })?;
    read(answer).await.map_err(|error| Broken { why: describe(&error), unsent: None })
}

async fn read(answer: Response<Incoming>) -> Result<StatusCode, hyper::Error> {
    let (head, mut body) = answer.into_parts();
    while let Some(frame) = body.frame().await {
        frame?;
    }
    Ok(head.status)
}

async fn connect(authority: &str) -> Result<Open, String> {
    let no_connection = |error: std::io::Error| format!("no connection: {}", error.kind());
    let stream = TcpStream::connect(authority).await.map_err(no_connection)?;
    stream.set_nodelay(true).map_err(no_connection)?;
    let (sender, driver) = http1::handshake(TokioIo::new(stream)).await.map_err(|error| describe(&error))?;
    Ok(Open { sender, driver: Box::pin(driver), used_at: Instant::now() })
}

fn describe(error: &hyper::Error) -> String {
    format!("no answer: {error}")
}
