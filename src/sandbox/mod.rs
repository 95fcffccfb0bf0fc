//! The built-in carrier: a Twilio-compatible server, and phones in the browser.
//!
//! The demo, the tests and the load generator all use this one, over real HTTP. It keeps everything in bounded memory,
//! adds no chance of its own (no random delay, no random fault), and does what it is told through [`Carrier`] or
//! through `/sandbox/…`.

mod api;
mod blocks;
mod callbacks;
mod connection;
mod events;
mod faults;
mod form;
mod inbound;
mod listing;
mod mailbox;
mod message;
mod phone;
mod refusal;
mod settings;
mod switchboard;
mod webhook;

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use actix_web::dev::ServerHandle;
use actix_web::{App, HttpServer, web};
use tokio::sync::watch;

pub use blocks::StopBlocks;
pub use callbacks::CallbackMode;
pub use faults::{Fault, FaultError, FaultKind};
pub use inbound::{InboundError, InboundText};
pub use mailbox::{Counts, Mailbox};
pub use message::{Direction, Message, Status};
pub use settings::{CarrierSettings, Contact};
use switchboard::Switchboard;
pub use webhook::{InboundAnswer, SignedForm};

/// Largest request body the carrier reads, in bytes.
const BODY_BYTES_MAX: usize = 64 * 1024;

/// Why the carrier did not start.
#[derive(Debug, thiserror::Error)]
pub enum CarrierError {
    /// The address is taken or not ours.
    #[error("the carrier cannot listen on {0}: {1}")]
    Bind(SocketAddr, std::io::Error),
    /// Not a header name.
    #[error("signature_header is not the name of an HTTP header")]
    SignatureHeader,
    /// The path prefix does not begin with a slash, or ends with one.
    #[error("path_prefix must be empty or begin with / and not end with it")]
    PathPrefix,
    /// No HTTP client or no randomness on this machine.
    #[error("the carrier cannot start: {0}")]
    System(String),
}

/// A running carrier. Dropping it stops it; [`Carrier::stop`] also waits.
pub struct Carrier {
    address: SocketAddr,
    switchboard: Arc<Switchboard>,
    server: ServerHandle,
}

impl Carrier {
    /// Starts listening; call it inside a tokio runtime.
    pub async fn start(settings: CarrierSettings) -> Result<Self, CarrierError> {
        check_prefix(&settings.path_prefix)?;
        let (bind, workers) = (settings.bind, settings.workers.max(1));
        let listener = TcpListener::bind(bind).map_err(|error| CarrierError::Bind(bind, error))?;
        let address = listener.local_addr().map_err(|error| CarrierError::Bind(bind, error))?;
        let switchboard = Arc::new(Switchboard::new(settings)?);
        let shared = web::Data::from(Arc::clone(&switchboard));
        let server = HttpServer::new(move || {
            App::new()
                .app_data(shared.clone())
                .app_data(web::PayloadConfig::new(BODY_BYTES_MAX))
                .configure(|routes| api::mount(routes, &shared.settings.path_prefix))
                .configure(phone::mount)
        })
        .on_connect(connection::remember)
        .workers(workers)
        .disable_signals()
        .listen(listener)
        .map_err(|error| CarrierError::Bind(bind, error))?
        .run();
        let handle = server.handle();
        tokio::spawn(server);
        Ok(Self { address, switchboard, server: handle })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The API base URL to point the gateway at, without `/2010-04-01`.
    pub fn base_url(&self) -> String {
        format!("http://{}{}", self.address, self.switchboard.settings.path_prefix)
    }

    /// The page with the phones.
    pub fn phone_url(&self) -> String {
        format!("http://{}/phone", self.address)
    }

    /// Points it at the gateway's webhook for inbound texts.
    pub fn set_inbound_url(&self, url: impl Into<String>) {
        self.switchboard.set_inbound_url(url.into());
    }

    /// Texts from a phone: posts the signed webhook and waits for its answer.
    pub async fn text(&self, from: &str, to: &str, body: &str) -> Result<InboundAnswer, InboundError> {
        self.deliver(InboundText::new(from, to, body)).await
    }

    /// The same for a text with media, further parameters or a given id. An id that was used before is a repeat: it is
    /// posted again, but stays one text on the phone.
    pub async fn deliver(&self, text: InboundText) -> Result<InboundAnswer, InboundError> {
        inbound::deliver(&self.switchboard, text).await
    }

    /// The form that [`Carrier::deliver`] would post, signed, for whoever posts it himself; nothing is remembered.
    pub fn signed_form(&self, text: &InboundText) -> SignedForm {
        inbound::sign_form(&self.switchboard, text)
    }

    /// The texts the gateway has sent to one phone, oldest first.
    pub fn messages_to(&self, phone: &str) -> Vec<Message> {
        self.look(|mailbox| mailbox.messages_to(phone).cloned().collect())
    }

    /// Every text the gateway has sent that is still remembered, oldest first.
    pub fn outbound(&self) -> Vec<Message> {
        let is_outbound = |message: &&Message| message.direction == Direction::Outbound;
        self.look(|mailbox| mailbox.messages().filter(is_outbound).cloned().collect())
    }

    /// Looks into the mailbox; keep it short, creates wait meanwhile.
    pub fn look<T>(&self, look: impl FnOnce(&Mailbox) -> T) -> T {
        look(&self.switchboard.mailbox())
    }

    /// Waits until `look` finds something in the mailbox, looking again after every change.
    pub async fn wait_for<T>(&self, mut look: impl FnMut(&Mailbox) -> Option<T>) -> T {
        let mut changes = self.subscribe();
        loop {
            changes.borrow_and_update();
            if let Some(found) = self.look(&mut look) {
                return found;
            }
            if changes.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }

    /// Waits until the gateway has sent this phone so many texts, and returns them.
    pub async fn wait_for_messages_to(&self, phone: &str, count: usize) -> Vec<Message> {
        self.wait_for(|mailbox| {
            let messages: Vec<_> = mailbox.messages_to(phone).cloned().collect();
            (messages.len() >= count).then_some(messages)
        })
        .await
    }

    /// Waits until every text has reached its last status and every callback has been answered.
    pub async fn wait_for_callbacks(&self) {
        self.switchboard.tasks_idle().await;
    }

    /// Changes whenever anything in the mailbox does.
    pub fn subscribe(&self) -> watch::Receiver<u64> {
        self.switchboard.changes()
    }

    /// Adds a fault for the next creates.
    pub fn add_fault(&self, fault: Fault) -> Result<(), FaultError> {
        self.switchboard.add_fault(fault)
    }

    /// The faults that still wait.
    pub fn faults(&self) -> Vec<Fault> {
        self.switchboard.faults()
    }

    /// Forgets every fault that still waits.
    pub fn clear_faults(&self) {
        self.switchboard.clear_faults();
    }

    /// Chooses what becomes of the texts taken from now on.
    pub fn set_callbacks(&self, mode: CallbackMode) {
        self.switchboard.set_callbacks(mode);
    }

    /// Callbacks that the gateway did not answer with 2xx, or that were given up because too many waited.
    pub fn callbacks_lost(&self) -> u64 {
        self.switchboard.callbacks_lost()
    }

    /// Stops at once: open connections are closed, callbacks under way are dropped.
    pub async fn stop(self) {
        self.switchboard.hang_up();
        self.server.stop(false).await;
        self.switchboard.tasks_ended().await;
    }
}

impl Drop for Carrier {
    fn drop(&mut self) {
        self.switchboard.hang_up();
        drop(self.server.stop(false));
    }
}

fn check_prefix(prefix: &str) -> Result<(), CarrierError> {
    let good = prefix.is_empty() || (prefix.starts_with('/') && !prefix.ends_with('/'));
    if good { Ok(()) } else { Err(CarrierError::PathPrefix) }
}
