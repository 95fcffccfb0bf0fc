//! Figures follow what was written: events, texts that are sent, texts that came in. Each step reads a bounded piece behind
//! its cursor, folds it in memory, and writes the sums with the cursor in one transaction: so everything counts exactly once,
//! whichever node does it and wherever one stops. Nothing waits for it.

mod facts;
mod rebuilding;

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

pub use rebuilding::look_back;

use super::{
    batch::Queue,
    directory::{Known, LiveDirectory},
    write::Write,
};
use crate::{
    clock::{Clock, from_millis},
    domain::{
        figures::{
            Fact, HOURS_KEPT, Outcome, Patron, Patrons, Sent, Tally, What, day_of, fold, fold_text, month_of, name,
            next_look,
        },
        segment,
        shop::Shop,
    },
    store::{
        Result, Store,
        figures::{Followed, FollowedEvent, TextLooked},
        importing::Newcomers,
    },
};

/// How often what is new is looked for.
const POLL: Duration = Duration::from_secs(2);
/// How many events share a commit.
const EVENTS: u64 = 2_000;
/// How many texts share a commit; their bodies are read.
const TEXTS: u64 = 1_000;
/// How many texts that came in share a commit.
const INBOUND: u64 = 5_000;
/// A text counts so many seconds after it was written: most are on the phone by then, and need no second look. No transaction
/// that writes texts takes as long, so none with a lower number is still to come.
const RIPE_SECONDS: i64 = 15;
/// Of the time, figures take one part in so many while there is much to catch up with.
const SHARE: u32 = 4;
/// From so many texts on that wait to be written, they are a rush.
const RUSH: usize = 8;
/// How often a step lets a rush go first.
const GIVES_WAY: u32 = 20;
/// How many looks pass from one time that old hours are forgotten to the next.
const LOOKS_PER_PRUNING: u32 = 500;

/// Follows until it is stopped.
pub async fn keep_following(
    store: Store,
    directory: Arc<LiveDirectory>,
    clock: Clock,
    writes: Queue<Write>,
    stop: CancellationToken,
) {
    let mut looks = 0;
    while stop.run_until_cancelled(tokio::time::sleep(POLL)).await.is_some() {
        let follower = Follower { store: &store, directory: &directory, now: clock.now() };
        let done = stop.run_until_cancelled(follower.follow(Some(&writes))).await;
        if let Some(Err(error)) = done {
            tracing::warn!(%error, "the figures are behind; the next look goes on where they stand");
        }
        looks += 1;
        if looks % LOOKS_PER_PRUNING == 0
            && let Err(error) = follower.forget_old_hours().await
        {
            tracing::warn!(%error, "old figures of senders could not be forgotten; it is tried again");
        }
    }
}

/// Folds all that there is by now.
///
/// # Errors
/// The store; what was folded before counts.
pub async fn catch_up(store: &Store, directory: &LiveDirectory, now: DateTime<Utc>) -> Result<()> {
    Follower { store, directory, now }.follow(None).await
}

/// What an import adds in one of its transactions: nobody is told of each who came.
pub fn of_import(newcomers: &Newcomers, source: &str, shop: &Shop) -> Tally {
    let mut tally = Tally::default();
    let mut patrons = Patrons::default();
    for (_, member_id, joined_at, left_at) in &newcomers.enrolments {
        let day = day_of(from_millis(*joined_at), shop.time_zone);
        let fact =
            |what| Fact { shop_id: shop.id, program_id: shop.program_id, member_id: Some(*member_id), day, what };
        fold(&[fact(What::Joined(Some(source.to_owned())))], &mut patrons, &mut tally);
        if left_at.is_some() {
            // Who was not asked is no member yet.
            tally.add(shop.id, name::MEMBERS, 0, "", -1);
        }
    }
    let held: i64 = newcomers.opened.purses.values().map(|purse| purse.available + purse.pending + purse.locked).sum();
    tally.add(shop.program_id, name::POINTS, 0, "", held);
    tally
}

/// How a step went.
enum Stepped {
    /// There was nothing.
    Nothing,
    /// Something was folded, here or by another node: there may be more.
    Something,
}

/// While texts come in at a rush there is one step every few seconds; it catches up when they are answered.
async fn give_way(others: &Queue<Write>) {
    for _ in 0..GIVES_WAY {
        if others.depth() < RUSH {
            return;
        }
        tokio::time::sleep(POLL / 8).await;
    }
}

struct Follower<'a> {
    store: &'a Store,
    directory: &'a LiveDirectory,
    now: DateTime<Utc>,
}

impl Follower<'_> {
    /// Steps until there is nothing more. With others who write, it lets them go first, and takes one part in [`SHARE`] of the
    /// time.
    async fn follow(&self, others: Option<&Queue<Write>>) -> Result<()> {
        loop {
            if let Some(others) = others {
                give_way(others).await;
            }
            let began = Instant::now();
            // What happened since has its turn when what happened before is counted.
            let told = match self.store.rebuilding().await? {
                Some(from) => self.step_rebuilding(from).await?,
                None => self.step_events().await?,
            };
            let steps = [told, self.step_texts().await?, self.step_inbound().await?];
            if steps.iter().all(|step| matches!(step, Stepped::Nothing)) {
                return Ok(());
            }
            if others.is_some() {
                tokio::time::sleep(began.elapsed() * (SHARE - 1)).await;
            }
        }
    }

    async fn step_events(&self) -> Result<Stepped> {
        let from = self.store.cursor(Followed::Events).await?;
        let events = self.store.events_behind(from, EVENTS).await?;
        let Some(last) = events.last() else { return Ok(Stepped::Nothing) };
        let to = last.place;
        if !self.knows_shops_of(&events).await {
            return Ok(Stepped::Nothing);
        }
        let mut silenced: Vec<Uuid> =
            events.iter().filter(|event| facts::is_of_all_shops(event)).filter_map(|event| event.member_id).collect();
        // Who opted out and in again is asked for once, or each would count as often.
        silenced.sort_unstable();
        silenced.dedup();
        let shops_of = if silenced.is_empty() { Vec::new() } else { self.store.shops_of_members(&silenced).await? };
        let facts: Vec<Fact> = {
            let known = self.directory.read();
            events.iter().flat_map(|event| facts::of_event(event, &known.directory, &shops_of)).collect()
        };
        let mut patrons = self.patrons_of(&facts).await?;
        let mut tally = Tally::default();
        fold(&facts, &mut patrons, &mut tally);
        let tx = self.store.begin().await?;
        if tx.move_cursor(Followed::Events, from, to).await? {
            tx.put_patrons(&patrons).await?;
            tx.add_figures(tally).await?;
            tx.commit().await?;
        }
        Ok(Stepped::Something)
    }

    /// A shop of another node may be so new that it is not known here yet.
    async fn knows_shops_of(&self, events: &[FollowedEvent]) -> bool {
        let is_known = |known: &Known| {
            let shops: HashSet<Uuid> = events.iter().filter_map(|event| event.shop_id).collect();
            shops.iter().all(|id| known.directory.shop(*id).is_some())
        };
        if is_known(&self.directory.read()) {
            return true;
        }
        match self.directory.refresh().await {
            Ok(()) => true,
            Err(error) => {
                tracing::warn!(%error, "the figures wait until the shops are known");
                false
            }
        }
    }

    /// How those who came or brought something back visit; who comes for the first time, from the month of joining on.
    async fn patrons_of(&self, facts: &[Fact]) -> Result<Patrons> {
        let is_visit = |fact: &&Fact| matches!(fact.what, What::Sold(_) | What::Returned(..));
        let pairs: HashSet<(Uuid, Uuid)> =
            facts.iter().filter(is_visit).filter_map(|fact| Some((fact.shop_id, fact.member_id?))).collect();
        if pairs.is_empty() {
            return Ok(Patrons::default());
        }
        let pairs: Vec<(Uuid, Uuid)> = pairs.into_iter().collect();
        let mut patrons = self.store.patrons(&pairs).await?;
        let new: Vec<(Uuid, Uuid)> = pairs.into_iter().filter(|pair| !patrons.contains_key(pair)).collect();
        if !new.is_empty() {
            let joined = self.store.joined_at(&new).await?;
            let known = self.directory.read();
            for ((shop_id, member_id), joined_at) in joined {
                let day = day_of(from_millis(joined_at), zone_of(&known, Some(shop_id)));
                let patron = Patron { joined_month: month_of(day), ..Patron::default() };
                patrons.insert((shop_id, member_id), patron);
            }
        }
        Ok(patrons)
    }

    async fn step_texts(&self) -> Result<Stepped> {
        let from = self.store.cursor(Followed::Texts).await?;
        let ripe = (self.now - chrono::Duration::seconds(RIPE_SECONDS)).timestamp_millis();
        let mut texts = self.store.texts_behind(from.1, TEXTS).await?;
        texts.truncate(texts.iter().take_while(|text| text.created_at <= ripe).count());
        let last = texts.last().map_or(from.1, |text| text.id);
        texts.extend(self.store.texts_to_look_at(self.now.timestamp_millis(), TEXTS).await?);
        if texts.is_empty() {
            return Ok(Stepped::Nothing);
        }
        let looked = self.look_at(&texts);
        let tx = self.store.begin().await?;
        if tx.move_cursor(Followed::Texts, from, (from.0 + 1, last)).await? {
            tx.add_figures(looked.tally).await?;
            tx.raise_figures(&looked.receipts).await?;
            tx.put_open_texts(&looked.open).await?;
            tx.close_texts(&looked.closed).await?;
            tx.commit().await?;
        }
        Ok(Stepped::Something)
    }

    fn look_at(&self, texts: &[TextLooked]) -> Looked {
        let known = self.directory.read();
        let mut looked = Looked::default();
        let mut receipts: HashMap<Uuid, i64> = HashMap::new();
        for text in texts {
            let (sent, before, looks) = read_text(text, zone_of(&known, text.shop_id));
            fold_text(&sent, before, &mut looked.tally);
            if let Some(at) = text.receipt_at {
                let last = receipts.entry(text.sender_id).or_default();
                *last = at.max(*last);
            }
            let next = next_look(looks).filter(|_| sent.outcome.is_open());
            match next {
                Some(pause) => {
                    let due_at = (self.now + pause).timestamp_millis();
                    looked.open.push((text.id, sent.outcome.word(), sent.day, looks + 1, due_at));
                }
                None if before.is_some() => looked.closed.push(text.id),
                None => {}
            }
        }
        looked.receipts = receipts.into_iter().map(|(of, at)| (of, name::LAST_RECEIPT, at)).collect();
        looked.receipts.sort_unstable();
        looked
    }

    async fn step_inbound(&self) -> Result<Stepped> {
        let from = self.store.cursor(Followed::Inbound).await?;
        let ripe = (self.now - chrono::Duration::seconds(RIPE_SECONDS)).timestamp_millis();
        let mut texts = self.store.inbound_behind(from.1, INBOUND).await?;
        texts.truncate(texts.iter().take_while(|(.., at)| *at <= ripe).count());
        let Some((last, ..)) = texts.last() else { return Ok(Stepped::Nothing) };
        let mut tally = Tally::default();
        for (_, sender_id, at) in &texts {
            if let Some(sender_id) = sender_id {
                tally.add(*sender_id, name::RECEIVED_BY_HOUR, at.div_euclid(3_600_000), "", 1);
            }
        }
        let tx = self.store.begin().await?;
        if tx.move_cursor(Followed::Inbound, from, (from.0, *last)).await? {
            tx.add_figures(tally).await?;
            tx.commit().await?;
        }
        Ok(Stepped::Something)
    }

    async fn forget_old_hours(&self) -> Result<()> {
        let before = self.now.timestamp().div_euclid(3600) - HOURS_KEPT;
        let senders: Vec<Uuid> = self.directory.read().directory.all_senders().map(|sender| sender.id).collect();
        for sender in senders {
            let tx = self.store.begin().await?;
            for hourly in [name::TEXTS_BY_HOUR, name::RECEIVED_BY_HOUR] {
                tx.forget_figures(sender, hourly, before).await?;
            }
            tx.commit().await?;
        }
        Ok(())
    }
}

/// What a look at texts brings.
#[derive(Default)]
struct Looked {
    tally: Tally,
    receipts: Vec<(Uuid, &'static str, i64)>,
    open: Vec<(i64, &'static str, i64, i64, i64)>,
    closed: Vec<i64>,
}

/// A text, what the look before had counted of it, and how many looks there were.
fn read_text(text: &TextLooked, zone: Tz) -> (Sent, Option<Outcome>, i64) {
    let written_at = from_millis(text.created_at);
    let (before, day, looks) = match &text.before {
        Some((word, day, looks)) => (Outcome::from_word(word), *day, *looks),
        None => (None, day_of(written_at, zone), 0),
    };
    let sent = Sent {
        sender_id: text.sender_id,
        shop_id: text.shop_id,
        day,
        written_at,
        segments: i64::try_from(segment::count(&text.body).segments).unwrap_or(1),
        outcome: Outcome::read(&text.state, text.receipt.as_deref()),
        error_code: text.error_code.map(i64::from),
    };
    (sent, before, looks)
}

fn zone_of(known: &Known, shop_id: Option<Uuid>) -> Tz {
    shop_id.and_then(|id| known.directory.shop(id)).map_or(Tz::UTC, |shop| shop.time_zone)
}
