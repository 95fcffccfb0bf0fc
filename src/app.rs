//! Builds everything once, binds the port, starts in order, stops in reverse.

use std::{
    net::{SocketAddr, TcpListener},
    sync::Arc,
    time::Duration,
};

use actix_web::{App as HttpApp, HttpServer, dev::ServerHandle, middleware::from_fn, web};
use tokio::{net::TcpSocket, task::JoinHandle};
use tokio_util::sync::CancellationToken;
use tracing_actix_web::TracingLogger;

use crate::{
    bell::Bell,
    buyers::Buyers,
    clock::Clock,
    config::Settings,
    console,
    herald::{self, Herald},
    http::{self, Gateway, rush::Rush},
    notifier::{self, Notifier},
    secrets::Vault,
    service::{
        account, batch, clock_work,
        directory::{DirectoryError, LiveDirectory},
        figures,
        key_use::{self, KeyUse},
        once::UnderWay,
        recent::Recent,
        replays::Replays,
        tail::Tail,
        telling::{self, NoQuietHours},
        till::Terms,
        write::Writer,
    },
    store::{Store, StoreError},
    telemetry::{self, RequestSpan},
};

/// A running gateway.
pub struct App {
    address: SocketAddr,
    gateway: web::Data<Gateway>,
    server: ServerHandle,
    serving: JoinHandle<std::io::Result<()>>,
    writing: JoinHandle<()>,
    keeping_up: JoinHandle<()>,
    clock_working: JoinHandle<()>,
    key_noting: JoinHandle<()>,
    figure_keeping: JoinHandle<()>,
    notifier: Notifier,
    herald: Herald,
    stop: CancellationToken,
}

/// Why the gateway did not start: a sentence for the operator.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The port is taken, or the address is not ours.
    #[error(
        "cannot listen on {0}: {1}. Is another program using the port? Choose another with REGULARS__SERVER__BIND, or \
         with --bind for the demo"
    )]
    Bind(SocketAddr, std::io::Error),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What is kept in the database.
    #[error(transparent)]
    Directory(#[from] DirectoryError),
    /// The table of hours for texts.
    #[error(transparent)]
    QuietHours(#[from] NoQuietHours),
    /// The HTTP client.
    #[error("cannot make an HTTP client: {0}")]
    Client(#[from] reqwest::Error),
}

impl App {
    /// Starts a gateway with these settings. Where `server.public_url` still has port 0, the port that was found is
    /// filled in, for tests and the demo.
    pub async fn start(mut settings: Settings, clock: Clock) -> Result<Self, StartError> {
        // reqwest and sqlx bring no TLS of their own choosing; a second call finds it installed.
        rustls::crypto::ring::default_provider().install_default().ok();
        let bind = settings.server.bind;
        let listener = listen(bind).map_err(|error| StartError::Bind(bind, error))?;
        let address = listener.local_addr().map_err(|error| StartError::Bind(bind, error))?;
        if settings.server.public_url.port() == Some(0) {
            settings.server.public_url.set_port(Some(address.port())).ok();
        }
        let settings = Arc::new(settings);
        let store = Store::open(&settings.database.url, settings.database.connections_max).await?;
        let vault = Vault::new(settings.secrets.bytes());
        account::keep_configured(&store, &vault, &settings.twilio, clock.now()).await?;
        let directory = Arc::new(LiveDirectory::load(store.clone(), vault.clone()).await?);
        directory.keep_quiet_hours(telling::quiet_hours(&settings.telling)?);
        let stop = CancellationToken::new();
        let (bell, event_bell) = (Bell::default(), Bell::default());
        figures::look_back(&store, clock.now()).await?;
        let tail = Arc::new(Tail::new(stop.clone()));
        let writer = Writer {
            tail: Arc::clone(&tail),
            store: store.clone(),
            directory: Arc::clone(&directory),
            bell: bell.clone(),
            event_bell: event_bell.clone(),
            recent: Recent::new(&settings.limits),
            staff: settings.staff,
            terms: Terms::of(&settings),
            equal_text: chrono::Duration::seconds(settings.receiver.equal_text_seconds.into()),
        };
        let (writes, writing) = batch::start(writer, settings.receiver.queue_max, settings.receiver.batch_max);
        let notifier = Notifier::start(notifier::Parts {
            store: store.clone(),
            directory: Arc::clone(&directory),
            clock: clock.clone(),
            bell: bell.clone(),
            writes: writes.clone(),
            settings: settings.notifier.clone(),
            status_callback: status_callback(&settings),
        })?;
        let herald = Herald::start(herald::Parts {
            store: store.clone(),
            vault: vault.clone(),
            clock: clock.clone(),
            bell: event_bell.clone(),
            settings: settings.events.clone(),
        })?;
        let metrics = telemetry::metrics_handle();
        let poll = Duration::from_millis(settings.directory.poll_milliseconds);
        let keeping_up = tokio::spawn(keep_up(Arc::clone(&directory), metrics.clone(), poll, stop.clone()));
        let clock_working = tokio::spawn(clock_work::keep_going(
            store.clone(),
            Arc::clone(&directory),
            clock.clone(),
            Duration::from_secs(settings.programs.poll_seconds),
            stop.clone(),
        ));
        let buyers = Buyers::new(settings.tills.square_api_base_url.clone())?;
        let key_use = Arc::new(KeyUse::default());
        let key_noting = tokio::spawn(key_use::keep_noting(Arc::clone(&key_use), store.clone(), stop.clone()));
        let rush = Rush::new(clock.clone());
        let figure_keeping = tokio::spawn(figures::keep_following(
            store.clone(),
            Arc::clone(&directory),
            clock.clone(),
            writes.clone(),
            stop.clone(),
        ));
        let replays =
            Arc::new(Replays::new(store.clone(), clock.clone(), tokio::runtime::Handle::current(), stop.clone()));
        let gateway = Gateway {
            settings,
            store,
            directory,
            vault,
            clock,
            writes,
            bell,
            event_bell,
            buyers,
            metrics,
            key_use,
            replays,
            under_way: Arc::new(UnderWay::default()),
            rush,
            tail,
        };
        let gateway = web::Data::new(gateway);
        let (server, serving) = serve(listener, gateway.clone()).map_err(|error| StartError::Bind(bind, error))?;
        Ok(Self {
            address,
            gateway,
            server,
            serving,
            writing,
            keeping_up,
            clock_working,
            key_noting,
            figure_keeping,
            notifier,
            herald,
            stop,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What its requests use.
    pub fn gateway(&self) -> &Gateway {
        &self.gateway
    }

    /// Its notifier.
    pub fn notifier(&self) -> &Notifier {
        &self.notifier
    }

    /// Stops in reverse order: no new requests, the batches under way, the sends under way, the database.
    /// Takes at most `server.shutdown_seconds`; what is not done by then is taken up at the next start.
    pub async fn stop(self) {
        let most = Duration::from_secs(self.gateway.settings.server.shutdown_seconds);
        if tokio::time::timeout(most, self.stop_in_order()).await.is_err() {
            tracing::warn!(seconds = most.as_secs(), "the stop took too long; the rest is taken up at the next start");
        }
    }

    async fn stop_in_order(self) {
        self.stop.cancel();
        self.server.stop(true).await;
        self.serving.await.ok();
        self.keeping_up.await.ok();
        self.clock_working.await.ok();
        self.key_noting.await.ok();
        self.figure_keeping.await.ok();
        let store = self.gateway.store.clone();
        if let Err(error) = self.gateway.key_use.write(&store).await {
            tracing::warn!(%error, "when keys were last used could not be written");
        }
        tokio::join!(self.notifier.stop(), self.herald.stop());
        // The writer ends when nobody can hand anything in any more.
        drop(self.gateway);
        self.writing.await.ok();
        if let Err(error) = store.close().await {
            tracing::warn!(%error, "the database did not close in order");
        }
    }
}

/// Connections that may wait to be accepted: a launch day brings many at once.
const BACKLOG: u32 = 1024;

fn listen(bind: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = if bind.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // Or a restart would have to wait for the connections of the run before.
    socket.set_reuseaddr(true)?;
    socket.bind(bind)?;
    socket.listen(BACKLOG)?.into_std()
}

fn serve(
    listener: TcpListener,
    gateway: web::Data<Gateway>,
) -> std::io::Result<(ServerHandle, JoinHandle<std::io::Result<()>>)> {
    let server_settings = gateway.settings.server.clone();
    let body_bytes_max = server_settings.body_bytes_max;
    let mut server = HttpServer::new(move || {
        HttpApp::new()
            .wrap(from_fn(http::answer_head))
            .wrap(from_fn(http::answer_in_time))
            .wrap(TracingLogger::<RequestSpan>::new())
            .app_data(gateway.clone())
            .app_data(web::PayloadConfig::new(body_bytes_max))
            .configure(http::routes)
            .configure(console::routes)
    })
    .disable_signals()
    .shutdown_timeout(server_settings.shutdown_seconds);
    if server_settings.workers > 0 {
        server = server.workers(server_settings.workers);
    }
    let server = server.listen(listener)?.run();
    Ok((server.handle(), tokio::spawn(server)))
}

fn status_callback(settings: &Settings) -> String {
    format!("{}/webhooks/twilio/status", settings.server.public_url.as_str().trim_end_matches('/'))
}

/// Takes in changes made on other nodes, and lets the figures forget what is old.
async fn keep_up(
    directory: Arc<LiveDirectory>,
    metrics: metrics_exporter_prometheus::PrometheusHandle,
    poll: Duration,
    stop: CancellationToken,
) {
    while stop.run_until_cancelled(tokio::time::sleep(poll)).await.is_some() {
        if let Err(error) = directory.refresh().await {
            tracing::warn!(%error, "could not look for changes by other nodes");
        }
        metrics.run_upkeep();
    }
}
