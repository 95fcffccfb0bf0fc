//! A gateway with its carrier, a provider that calls it and a look into its tables.

use std::{future::Future, time::Duration};

use regulars::{
    config::Settings,
    sandbox::CarrierSettings,
    stage::{
        Stage, carrier_settings, settings,
        shops::{TWO_SHOPS, furnish},
    },
};

use super::{api::Api, provider::Provider, rows::Rows};

/// The longest that anything may take that is waited for.
const WITHIN: Duration = Duration::from_secs(20);

pub struct World {
    pub stage: Stage,
    pub api: Api,
    pub provider: Provider,
    pub rows: Rows,
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
        world.rows.check_books().await;
        world.close().await;
    }
}

impl World {
    async fn open(url: &str, plan: Plan) -> Self {
        let (mut settings, mut carrier) = (settings(url).unwrap(), carrier_settings());
        (plan.settings)(&mut settings);
        (plan.carrier)(&mut carrier);
        let stage = Stage::with_carrier(settings, carrier).await.unwrap();
        if plan.furnished {
            furnish(stage.app.gateway(), &TWO_SHOPS).await.unwrap();
        }
        let api = Api::at(stage.app.address());
        Self { provider: Provider::new(&api), rows: Rows::open(url).await, stage, api }
    }

    async fn close(self) {
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
