//! What every part of the carrier shares.

use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use actix_web::http::header::HeaderName;
use chrono::Utc;
use tokio::runtime::Handle;
use tokio::sync::{broadcast, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::callbacks::CallbackMode;
use super::faults::{Fault, FaultError, FaultKind, Faults};
use super::mailbox::{Mailbox, NewMessage};
use super::message::{Bubble, Message, Status};
use super::{CarrierError, CarrierSettings};

/// As patient as Twilio with a webhook.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const ANSWER_TIMEOUT: Duration = Duration::from_secs(15);

/// How many happenings a slow phone page may lag behind before it has to load everything anew.
const EVENTS_MAX: usize = 1024;

/// Most texts on their way at once; beyond it texts arrive at once and silently.
const TASKS_MAX: usize = 50_000;

/// Something a phone page shows.
#[derive(Debug, Clone)]
pub(super) enum Event {
    /// A text is new or has moved on.
    Message(Arc<Bubble>),
    /// A phone's blocks have changed.
    Blocks(Arc<str>),
    /// Faults or the callback mode have changed.
    Controls,
}

pub(super) struct Switchboard {
    pub settings: CarrierSettings,
    pub signature_header: HeaderName,
    pub client: reqwest::Client,
    pub stopping: CancellationToken,
    mailbox: Mutex<Mailbox>,
    faults: Mutex<Faults>,
    callbacks: Mutex<CallbackMode>,
    inbound_url: Mutex<Arc<str>>,
    callbacks_lost: AtomicU64,
    changes: watch::Sender<u64>,
    events: broadcast::Sender<Event>,
    tasks: TaskTracker,
    tasks_count: watch::Sender<usize>,
    runtime: Handle,
}

impl Switchboard {
    pub fn new(settings: CarrierSettings) -> Result<Self, CarrierError> {
        let system = |error: &dyn std::fmt::Display| CarrierError::System(error.to_string());
        // reqwest wants a TLS provider even where only plain HTTP is spoken.
        rustls::crypto::ring::default_provider().install_default().ok();
        let client = reqwest::Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(ANSWER_TIMEOUT)
            // Servers hang up on idle connections, many after 5 s; a callback on one just closed would be lost.
            .pool_idle_timeout(Duration::from_secs(2))
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .user_agent("TwilioProxy/1.1")
            .build()
            .map_err(|error| system(&error))?;
        let run = getrandom::u64().map_err(|error| system(&error))?;
        Ok(Self {
            signature_header: HeaderName::from_bytes(settings.signature_header.as_bytes())
                .map_err(|_| CarrierError::SignatureHeader)?,
            client,
            stopping: CancellationToken::new(),
            mailbox: Mutex::new(Mailbox::new(run, settings.messages_max, settings.stop_blocks)),
            faults: Mutex::default(),
            callbacks: Mutex::new(settings.callbacks),
            inbound_url: Mutex::new(settings.inbound_url.as_str().into()),
            callbacks_lost: AtomicU64::new(0),
            changes: watch::Sender::new(0),
            events: broadcast::Sender::new(EVENTS_MAX),
            tasks: TaskTracker::new(),
            tasks_count: watch::Sender::new(0),
            runtime: Handle::current(),
            settings,
        })
    }

    pub fn mailbox(&self) -> MutexGuard<'_, Mailbox> {
        lock(&self.mailbox)
    }

    pub fn faults(&self) -> Vec<Fault> {
        lock(&self.faults).waiting()
    }

    pub fn add_fault(&self, fault: Fault) -> Result<(), FaultError> {
        lock(&self.faults).add(fault)?;
        self.announce(|| Event::Controls);
        Ok(())
    }

    /// What happens to a create to this phone; uses it up.
    pub fn next_fault(&self, phone: &str) -> Option<FaultKind> {
        let fault = lock(&self.faults).next(phone)?;
        self.announce(|| Event::Controls);
        Some(fault)
    }

    pub fn clear_faults(&self) {
        lock(&self.faults).clear();
        self.announce(|| Event::Controls);
    }

    pub fn callbacks(&self) -> CallbackMode {
        *lock(&self.callbacks)
    }

    pub fn set_callbacks(&self, mode: CallbackMode) {
        *lock(&self.callbacks) = mode;
        self.announce(|| Event::Controls);
    }

    pub fn inbound_url(&self) -> Arc<str> {
        Arc::clone(&lock(&self.inbound_url))
    }

    pub fn set_inbound_url(&self, url: String) {
        *lock(&self.inbound_url) = url.into();
    }

    /// Takes a text into the mailbox; its number and id.
    pub fn take(&self, new: NewMessage) -> Message {
        let message = self.mailbox().take(new, Utc::now()).clone();
        self.announce_message(&message);
        message
    }

    /// Moves a text on; the changed text, while it is remembered.
    pub fn advance(&self, number: u64, status: Status, error_code: Option<u32>) -> Option<Message> {
        let message = self.mailbox().advance(number, status, error_code, Utc::now())?.clone();
        self.announce_message(&message);
        Some(message)
    }

    fn announce_message(&self, message: &Message) {
        self.announce(|| Event::Message(Arc::new(message.bubble())));
    }

    /// Wakes whoever waits; costs next to nothing when nobody does.
    pub fn announce(&self, event: impl FnOnce() -> Event) {
        self.changes.send_modify(|version| *version = version.wrapping_add(1));
        if self.events.receiver_count() > 0 {
            self.events.send(event()).ok();
        }
    }

    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    pub fn events(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }

    /// Runs on the carrier's own runtime, so that it outlives the request and its worker; false when too much runs.
    pub fn spawn(self: &Arc<Self>, task: impl Future<Output = ()> + Send + 'static) -> bool {
        if *self.tasks_count.borrow() >= TASKS_MAX {
            return false;
        }
        self.tasks_count.send_modify(|count| *count += 1);
        let switchboard = Arc::clone(self);
        self.tasks.spawn_on(
            async move {
                switchboard.stopping.run_until_cancelled(task).await;
                switchboard.tasks_count.send_modify(|count| *count = count.saturating_sub(1));
            },
            &self.runtime,
        );
        true
    }

    pub fn runtime(&self) -> &Handle {
        &self.runtime
    }

    pub async fn tasks_idle(&self) {
        self.tasks_count.subscribe().wait_for(|count| *count == 0).await.ok();
    }

    pub async fn tasks_ended(&self) {
        self.tasks.close();
        self.tasks.wait().await;
    }

    pub fn lose_callback(&self) {
        self.callbacks_lost.fetch_add(1, Ordering::Relaxed);
    }

    pub fn callbacks_lost(&self) -> u64 {
        self.callbacks_lost.load(Ordering::Relaxed)
    }

    pub fn hang_up(&self) {
        self.stopping.cancel();
    }
}

/// A panic elsewhere is no reason to stop carrying: nothing here is ever left half written.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
