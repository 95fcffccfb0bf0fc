//! A gateway with its carrier, a provider that calls it and a look into its tables.

use std::{future::Future, time::Duration};

use regulars::{
    app::App,
    clock::Clock,
    config::Settings,
    sandbox::{Carrier, CarrierSettings},
    stage::{
        Stage, carrier_settings, settings,
        shops::{Shops, furnish},
    },
};

use super::{api::Api, provider::Provider, relay::Relay, rows::Rows};

/// The longest that anything may take that is waited for: a disk under load can take half a minute for a commit.
const WITHIN: Duration = Duration::from_secs(60);

pub struct World {
    pub stage: Stage,
    pub api: Api,
    pub provider: Provider,
    pub rows: Rows,
    /// The line to the carrier.
    pub relay: Relay,
}

/// How a world differs from the usual one.
#[derive(Clone, Copy)]
pub struct Plan {
    pub settings: fn(&mut Settings),
    pub carrier: fn(&mut CarrierSettings),
    /// Whether the two shops are open.
    pub furnished: bool,
}

impl Default for Plan {
    fn default() -> Self {
        Self { settings: |_| {}, carrier: |_| {}, furnished: true }
    }
}

impl Plan {
    /// The same with other settings.
    pub fn settings(settings: fn(&mut Settings)) -> Self {
        Self { settings, ..Self::default() }
    }

    /// Plays on both databases.
    pub async fn on_both(self, play: impl AsyncFn(&World)) {
        let play = &play;
        super::on_both(|url| async move { self.play(&url, play).await }).await;
    }

    /// Plays on SQLite alone, where the database does not matter.
    pub async fn on_sqlite(self, play: impl AsyncFn(&World)) {
        let play = &play;
        super::on_sqlite(|url| async move { self.play(&url, play).await }).await;
    }

    /// Plays on PostgreSQL alone, where it differs.
    pub async fn on_postgres(self, play: impl AsyncFn(&World)) {
        let play = &play;
        super::on_postgres(|url| async move { self.play(&url, play).await }).await;
    }

    async fn play(self, url: &str, play: &impl AsyncFn(&World)) {
        let world = World::open(url, self).await;
        play(&world).await;
        world.close().await;
    }
}

impl World {
    pub async fn open(url: &str, plan: Plan) -> Self {
        let (mut settings, mut carrier) = (settings(url).unwrap(), carrier_settings());
        (plan.settings)(&mut settings);
        (plan.carrier)(&mut carrier);
        let carrier = Carrier::start(carrier).await.unwrap();
        let relay = Relay::start(carrier.address()).await;
        let mut api_base_url: url::Url = carrier.base_url().parse().unwrap();
        api_base_url.set_port(Some(relay.address.port())).unwrap();
        settings.twilio.api_base_url = api_base_url;
        let clock = Clock::standing_at(chrono::Utc::now());
        let app = App::start(settings, clock.clone()).await.unwrap();
        if plan.furnished {
            furnish(app.gateway(), &Shops::two().unwrap()).await.unwrap();
        }
        Self::of(Stage { app, carrier, clock }, Rows::open(url).await, relay)
    }

    fn of(stage: Stage, rows: Rows, relay: Relay) -> Self {
        let api = Api::at(stage.app.address());
        stage.carrier.set_inbound_url(api.url("/webhooks/twilio/messages"));
        Self { provider: Provider::new(&api), api, stage, rows, relay }
    }

    /// Moves the clock to an hour (UTC) that comes next: 18 is day in America and Europe, 7 is night in America.
    pub fn wait_for_hour(&self, hour: u32) {
        let now = self.stage.clock.now();
        let then = now.date_naive().and_hms_opt(hour, 0, 0).unwrap().and_utc();
        let then = if then > now { then } else { then + chrono::Duration::days(1) };
        self.stage.clock.advance(then - now);
    }

    /// Stops the gateway, lets `meanwhile` happen, and starts it anew; everything else goes on.
    pub async fn restart(self, meanwhile: impl AsyncFnOnce(&Rows, &Carrier, &Clock)) -> Self {
        let Self { stage: Stage { app, carrier, clock }, rows, relay, .. } = self;
        let mut settings = (*app.gateway().settings).clone();
        settings.server.public_url.set_port(Some(0)).unwrap();
        within("the gateway stops", app.stop()).await;
        meanwhile(&rows, &carrier, &clock).await;
        let app = App::start(settings, clock.clone()).await.unwrap();
        Self::of(Stage { app, carrier, clock }, rows, relay)
    }

    pub async fn close(self) {
        self.rows.check_books().await;
        self.rows.close().await;
        self.stage.stop().await;
    }
}

/// Waits until something is true that nothing tells us of. Asks again whenever it has been answered.
pub async fn until<F: Future<Output = bool>>(what: &str, is_true: impl Fn() -> F) {
    let asking = async {
        while !is_true().await {
            tokio::task::yield_now().await;
        }
    };
    within(what, asking).await;
}

/// Waits for something that will happen.
pub async fn within<T>(what: &str, happening: impl Future<Output = T>) -> T {
    tokio::time::timeout(WITHIN, happening).await.unwrap_or_else(|_| panic!("it never happened: {what}"))
}
