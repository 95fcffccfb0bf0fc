//! The line between a gateway and its carrier: writes down every request, can be cut, and can hold answers back.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream, tcp::OwnedReadHalf},
    sync::watch,
    task::{JoinHandle, JoinSet},
};

use super::{
    provider::Params,
    world::{until, within},
};

/// A line that passes bytes on as they are, and so all that goes wrong with a connection too.
pub struct Relay {
    pub address: SocketAddr,
    shared: Arc<Shared>,
    carrying: Mutex<Option<JoinHandle<()>>>,
}

struct Shared {
    carrier: SocketAddr,
    requests: watch::Sender<Vec<Request>>,
    answers_held: watch::Sender<bool>,
}

/// What a gateway asked of the carrier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub method: String,
    pub path: String,
    pub form: Params,
}

impl Relay {
    pub async fn start(carrier: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (requests, answers_held) = (watch::Sender::new(Vec::new()), watch::Sender::new(false));
        let shared = Arc::new(Shared { carrier, requests, answers_held });
        let carrying = tokio::spawn(carry(Arc::clone(&shared), listener));
        Self { address, shared, carrying: Mutex::new(Some(carrying)) }
    }

    /// All requests so far, oldest first.
    pub fn requests(&self) -> Vec<Request> {
        self.shared.requests.borrow().clone()
    }

    /// The methods of the requests that are about this phone, in order: POST for a send, GET for a look-up.
    pub fn methods(&self, phone: &str) -> Vec<String> {
        let escaped: String = form_urlencoded::byte_serialize(phone.as_bytes()).collect();
        let about = |request: &&Request| {
            request.path.contains(&escaped) || request.form.iter().any(|(name, value)| name == "To" && value == phone)
        };
        self.requests().iter().filter(about).map(|request| request.method.clone()).collect()
    }

    /// Waits for so many requests.
    pub async fn wait_for(&self, count: usize) {
        let mut requests = self.shared.requests.subscribe();
        within("a request", requests.wait_for(|requests| requests.len() >= count)).await.unwrap();
    }

    /// Refuses connections, and closes those that are open.
    pub async fn cut(&self) {
        let carrying = self.carrying.lock().unwrap().take().unwrap();
        carrying.abort();
        carrying.await.ok();
        until("connections are refused", || async { TcpStream::connect(self.address).await.is_err() }).await;
    }

    pub async fn mend(&self) {
        let listener = TcpListener::bind(self.address).await.unwrap();
        *self.carrying.lock().unwrap() = Some(tokio::spawn(carry(Arc::clone(&self.shared), listener)));
    }

    /// Holds all answers back, or lets them go.
    pub fn hold_answers(&self, held: bool) {
        self.shared.answers_held.send_replace(held);
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        if let Some(carrying) = self.carrying.lock().unwrap().take() {
            carrying.abort();
        }
    }
}

async fn carry(shared: Arc<Shared>, listener: TcpListener) {
    let mut connections = JoinSet::new();
    while let Ok((gateway, _)) = listener.accept().await {
        connections.spawn(connect(Arc::clone(&shared), gateway));
    }
}

async fn connect(shared: Arc<Shared>, gateway: TcpStream) {
    let Ok(carrier) = TcpStream::connect(shared.carrier).await else { return };
    let (from_gateway, mut to_gateway) = gateway.into_split();
    let (mut from_carrier, mut to_carrier) = carrier.into_split();
    let asking = pass_requests(&shared, from_gateway, &mut to_carrier);
    let answering = async {
        let mut buffer = vec![0; 16 * 1024];
        while let Ok(read @ 1..) = from_carrier.read(&mut buffer).await {
            shared.answers_held.subscribe().wait_for(|held| !held).await.ok();
            if to_gateway.write_all(&buffer[..read]).await.is_err() {
                break;
            }
        }
    };
    // Whoever hangs up first ends it for both.
    tokio::select! { () = asking => {}, () = answering => {} }
}

async fn pass_requests(shared: &Shared, mut from: OwnedReadHalf, to: &mut (impl AsyncWriteExt + Unpin)) {
    let (mut buffer, mut pending) = (vec![0; 16 * 1024], Vec::new());
    while let Ok(read @ 1..) = from.read(&mut buffer).await {
        pending.extend_from_slice(&buffer[..read]);
        while let Some((request, length)) = first_request(&pending) {
            pending.drain(..length);
            shared.requests.send_modify(|requests| requests.push(request));
        }
        if to.write_all(&buffer[..read]).await.is_err() {
            break;
        }
    }
}

/// The first request, once it is there in full, and how many bytes it takes.
fn first_request(bytes: &[u8]) -> Option<(Request, usize)> {
    let head_length = bytes.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let head = std::str::from_utf8(&bytes[..head_length]).unwrap();
    let mut lines = head.lines();
    let mut first = lines.next().unwrap().split(' ');
    let (method, path) = (first.next().unwrap().to_owned(), first.next().unwrap().to_owned());
    let headers = lines.filter_map(|line| line.split_once(':'));
    let mut lengths = headers.filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let body_length: usize = lengths.next().map_or(0, |(_, value)| value.trim().parse().unwrap());
    let body = bytes.get(head_length..head_length + body_length)?;
    let form = form_urlencoded::parse(body).into_owned().collect();
    Some((Request { method, path, form }, head_length + body_length))
}
