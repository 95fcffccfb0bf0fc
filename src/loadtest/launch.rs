//! The day itself: start, set up, play, count, stop.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context, bail};
use secrecy::ExposeSecret;

use super::access::Access;
use super::args::Args;
use super::child::Program;
use super::crowd::{Ask, Crowd};
use super::premises::Premises;
use super::progress::{Step, say};
use super::replies::{self, Mark};
use super::report::{Bare, OwnGateway, Phase, Report, Verdict, milliseconds, taken};
use super::setup::{LaunchShop, set_up};
use crate::sandbox::{CallbackMode, Carrier, CarrierSettings};
use crate::yardstick::line::{Destination, Prepared};
use crate::yardstick::player::{self, Played, Score};

/// The bare endpoint is so fast that it has to be played to for a while.
const BARE_AT_LEAST: Duration = Duration::from_secs(4);
/// After this pause a gateway counts as idle.
const UNTIL_IDLE: Duration = Duration::from_secs(1);
/// How often a step shows how far it is.
const SHOW_EVERY: Duration = Duration::from_millis(100);

/// Plays a launch day and reports. Refused, lost or doubled texts are no error here: the report tells of them.
pub async fn play(args: &Args) -> anyhow::Result<Report> {
    // reqwest wants a TLS provider even where only plain HTTP is spoken.
    rustls::crypto::ring::default_provider().install_default().ok();
    let mut report = Report::new(args);
    let mut premises = Premises::open(args.folder.as_deref(), &args.database).await?;
    let played = until_interrupted(play_at(args, &premises, &mut report)).await;
    if !args.keep {
        premises.drop_database().await?;
    }
    let all_well = played.is_ok() && report.is_clean() && !args.keep;
    if all_well || premises.has_nothing_to_show() {
        premises.remove_folder()?;
    } else {
        say(&format!("Logs are left in {}", premises.folder.display()));
    }
    played.map(|()| report)
}

/// Ctrl-C ends the day early, but not without tidying up.
async fn until_interrupted(day: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
    tokio::select! {
        played = day => played,
        _ = tokio::signal::ctrl_c() => bail!("interrupted"),
    }
}

async fn play_at(args: &Args, premises: &Premises, report: &mut Report) -> anyhow::Result<()> {
    let given = Access::given(args)?;
    let is_ours = given.is_none();
    let access = given.map_or_else(Access::fresh, Ok)?;
    let mut day = Day::begin(args, access).await?;
    if args.compare {
        report.bare = Some(day.play_to_bare_endpoint(premises).await?);
    }
    if is_ours {
        report.gateway = Some(day.play_to_own_gateway(premises, report).await?);
    } else {
        day.rehearse().await?;
        day.play_phases(report).await?;
    }
    report.receipts_refused = day.carrier.callbacks_lost();
    Ok(())
}

/// What stays the same all day.
struct Day<'a> {
    args: &'a Args,
    access: Access,
    carrier: Carrier,
    /// Sets this day's numbers apart from those of any other.
    run: u32,
    shops: Vec<LaunchShop>,
}

impl<'a> Day<'a> {
    async fn begin(args: &'a Args, access: Access) -> anyhow::Result<Self> {
        let defaults = CarrierSettings::default();
        let carrier = Carrier::start(CarrierSettings {
            bind: args.carrier_bind.filter(|_| args.gateway.is_some()).unwrap_or(defaults.bind),
            account_sid: access.account_sid.clone(),
            auth_token: access.auth_token.expose_secret().to_owned(),
            inbound_url: access.signed_webhook(),
            callbacks: if args.without_receipts { CallbackMode::None } else { CallbackMode::InOrder },
            // Two crowds with three replies each, the rehearsal, and as many again that should not be.
            messages_max: 12 * (args.phones as usize + 100),
            ..defaults
        })
        .await?;
        Ok(Self { args, access, carrier, run: getrandom::u32()? % 10_000, shops: Vec::new() })
    }

    /// Starts a gateway, plays, and stops it.
    async fn play_to_own_gateway(&mut self, premises: &Premises, report: &mut Report) -> anyhow::Result<OwnGateway> {
        let mut gateway = self.start("serve", &self.access, premises)?;
        let ready = gateway.wait_until_ready(&self.access.address("/health/ready")).await?;
        self.rehearse().await?;
        tokio::time::sleep(UNTIL_IDLE).await;
        let idle = gateway.memory();
        self.play_phases(report).await?;
        let peak = gateway.memory();
        let stopped = gateway.stop().await?;
        Ok(OwnGateway {
            database: premises.description.clone(),
            ready_milliseconds: milliseconds(ready),
            idle_bytes: idle.map(|memory| memory.resident_bytes),
            peak_bytes: peak.map(|memory| memory.peak_bytes),
            stop_milliseconds: milliseconds(stopped),
        })
    }

    /// Sets up the shops, and lets one phone join each, so that a mistake shows before the day begins.
    async fn rehearse(&mut self) -> anyhow::Result<()> {
        self.shops = set_up(&self.access, self.run, self.args.senders, self.args.pace).await?;
        let mut crowd = self.gather(0, self.args.senders.into());
        let phase = self.play_phase("rehearsal", Ask::Join, &mut crowd, None).await?;
        let carrier = self.carrier.base_url();
        anyhow::ensure!(
            phase.accepted == phase.texts,
            "the gateway did not take the first texts; it answered {:?}. Are its account, token and public URL those \
             given here ({})?",
            phase.answers,
            self.access.public_url
        );
        anyhow::ensure!(
            phase.replies > 0,
            "the gateway took the first texts, but no reply arrived. Is its twilio.api_base_url {carrier}?"
        );
        anyhow::ensure!(
            phase.verdict == Verdict::default(),
            "the first texts were not answered rightly: {:?}",
            self.carrier.outbound().iter().map(|message| message.body.as_str()).collect::<Vec<_>>()
        );
        Ok(())
    }

    async fn play_phases(&self, report: &mut Report) -> anyhow::Result<()> {
        let (first, count) = (self.args.senders.into(), self.args.phones);
        let mut crowd = self.gather(first, count);
        let join = self.play_phase("JOIN", Ask::Join, &mut crowd, self.args.rate).await?;
        let balance = self.play_phase("BAL", Ask::Balance, &mut crowd, self.args.rate).await?;
        let (joins, balances) = (join.accepted_per_second, balance.accepted_per_second);
        report.phases.extend([join, balance]);
        if self.args.purchases {
            let purchases = self.play_phase("PURCHASE", Ask::Purchase, &mut crowd, self.args.rate).await?;
            let rate = purchases.accepted_per_second;
            report.phases.push(purchases);
            report.purchases_to_bare = report.bare.as_ref().map(|bare| rate / bare.accepted_per_second);
        }
        if self.args.rate.is_none() {
            report.joins_to_bare = report.bare.as_ref().map(|bare| joins / bare.accepted_per_second);
            report.balances_to_joins = Some(balances / joins);
        }
        if self.args.half {
            let mut crowd = self.gather(first + count, count);
            for (name, ask, top) in [("JOIN at half", Ask::Join, joins), ("BAL at half", Ask::Balance, balances)] {
                let half = Some(top / 2.0).filter(|rate| *rate > 0.0);
                report.phases.push(self.play_phase(name, ask, &mut crowd, half).await?);
            }
        }
        Ok(())
    }

    /// Every phone of the crowd texts once; then we wait for the replies.
    async fn play_phase(&self, name: &str, ask: Ask, crowd: &mut Crowd, rate: Option<f64>) -> anyhow::Result<Phase> {
        let texts = self.prepare(name, ask, crowd).await?;
        let mark = Mark::set(&self.carrier);
        let played = self.play_texts(name, &self.access, texts, rate, None).await?;
        crowd.note(ask, &played.answers);
        let expected = taken(&played.answers);
        let mut step = Step::begin(format!("{name}: replies"), expected);
        let patience = Duration::from_secs(self.args.patience);
        let arrived = mark.wait_for(expected, &self.carrier, patience, &mut step).await;
        step.finish(arrived.replies, "");
        let verdict = replies::check(crowd, &self.carrier, &self.shops);
        Ok(Phase::new(name, rate, played, arrived, verdict))
    }

    async fn prepare(&self, name: &str, ask: Ask, crowd: &Crowd) -> anyhow::Result<Arc<[Prepared]>> {
        let mut step = Step::begin(format!("{name}: prepare"), crowd.len());
        let texts = crowd.prepare(ask, &self.access, &self.carrier, &self.shops, |done| step.reach(done, "")).await?;
        step.finish(crowd.len(), "");
        Ok(texts)
    }

    /// Plays prepared texts and shows how far it is.
    async fn play_texts(
        &self,
        name: &str,
        access: &Access,
        texts: Arc<[Prepared]>,
        rate: Option<f64>,
        at_least: Option<Duration>,
    ) -> anyhow::Result<Played> {
        let destination = Destination::at(&access.base)?;
        let score = Score { destination: Arc::new(destination), connections: self.args.connections, rate, at_least };
        let mut step = Step::begin(format!("{name}: texts"), texts.len() as u64);
        let answered = Arc::new(AtomicU64::new(0));
        let mut playing = pin!(player::play(score, texts, Arc::clone(&answered)));
        let mut show = tokio::time::interval(SHOW_EVERY);
        let played = loop {
            tokio::select! {
                played = &mut playing => break played?,
                _ = show.tick() => step.reach(answered.load(Ordering::Relaxed), ""),
            }
        };
        let count: u64 = played.tally.values().sum();
        step.finish(count, format!("{:.0} a second", count as f64 / played.took.as_secs_f64()));
        Ok(played)
    }

    /// The same joins to the endpoint that only checks the signature. It runs, as the gateway does, in a process of
    /// its own, and has gone before the gateway starts.
    async fn play_to_bare_endpoint(&self, premises: &Premises) -> anyhow::Result<Bare> {
        let access = self.access.elsewhere()?;
        let mut endpoint = self.start("bare-endpoint", &access, premises)?;
        endpoint.wait_until_ready(&access.address("/health/ready")).await?;
        self.carrier.set_inbound_url(access.signed_webhook());
        let shop = LaunchShop { id: String::new(), sender: "+9990000000".to_owned(), name: String::new() };
        let crowd = self.gather(0, self.args.phones);
        let texts = crowd.prepare(Ask::Join, &access, &self.carrier, &[shop], |_| ()).await?;
        let played = self.play_texts("bare endpoint", &access, texts, None, Some(BARE_AT_LEAST)).await?;
        self.carrier.set_inbound_url(self.access.signed_webhook());
        endpoint.stop().await?;
        Ok(Bare::new(played))
    }

    fn gather(&self, first: u32, count: u32) -> Crowd {
        Crowd::gather(self.run, first, count, self.shops.len().max(1))
    }

    fn start(&self, subcommand: &str, access: &Access, premises: &Premises) -> anyhow::Result<Program> {
        let program = match &self.args.program {
            Some(program) => std::path::absolute(program)?,
            None => std::env::current_exe().context("the path of this program is unknown")?,
        };
        let mut environment = access.environment(&self.carrier.base_url())?;
        environment.push(("REGULARS__DATABASE__URL", premises.database_url.expose_secret().to_owned()));
        environment.push(("REGULARS__LOG__LEVEL", "warn".to_owned()));
        Program::start(&program, subcommand, environment, &premises.folder)
    }
}
