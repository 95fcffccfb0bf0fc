//! Telling members what happened, unasked: what waits in their purses is told when its time has come, in small batches, on one
//! node at a time; each text is written with the purse that keeps that it was told.

use std::{collections::HashMap, fs, path::PathBuf, sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{
    directory::{Known, LiveDirectory},
    ledger::{Holder, person},
};
use crate::{
    config,
    domain::{
        address::Address,
        conversation::Question,
        directory::Directory,
        language::Language,
        program::Program,
        purse::{Change, Purse, draw::Draw},
        shop::Shop,
        telling::{
            decide::{self, Ear, Scene},
            hear,
            quiet::QuietHours,
            told::Told,
        },
    },
    secrets::random_bytes,
    store::{
        Result, Store, Transaction,
        purses::{HolderRow, PurseRow},
        receiving::{NewOutbox, Writes},
        telling::Hearers,
    },
};

/// How many purses share a commit.
const BATCH: u64 = 200;
/// No more texts are queued of a sender than it sends in so many seconds.
const SECONDS_QUEUED_MAX: f64 = 5.0;
/// When a purse of which nothing could be made is looked at again.
const AGAIN_AFTER: chrono::Duration = chrono::Duration::hours(1);

/// A table of hours that cannot be used: a sentence for the operator.
#[derive(Debug, thiserror::Error)]
#[error("telling.quiet_hours_file: {}: {why}", .path.display())]
pub struct NoQuietHours {
    path: PathBuf,
    why: String,
}

/// The hours for texts of these settings.
///
/// # Errors
/// A file that cannot be read, or what is wrong in it.
pub fn quiet_hours(settings: &config::Telling) -> Result<QuietHours, NoQuietHours> {
    if settings.quiet_hours_file.is_empty() {
        return Ok(QuietHours::default());
    }
    let path = PathBuf::from(&settings.quiet_hours_file);
    let read = fs::read_to_string(&path).map_err(|error| error.to_string());
    read.and_then(|written| QuietHours::parse(&written)).map_err(|why| NoQuietHours { path, why })
}

/// What is heard of a change at the shop that tells the purse's member.
pub fn hear(directory: &Directory, program: &Program, before: &Purse, change: &Change, now: DateTime<Utc>) -> Told {
    let telling = teller(directory, before, program.id).map(|shop| shop.telling).unwrap_or_default();
    hear::hear(before, change, program, &telling, now)
}

/// The shop that tells the purse's member, as far as the purse says.
pub fn teller<'d>(directory: &'d Directory, purse: &Purse, program_id: Uuid) -> Option<&'d Shop> {
    let is_of_program = |shop: &&Shop| shop.program_id == program_id;
    let shop = purse.told.shop_id.and_then(|id| directory.shop(id)).filter(is_of_program);
    shop.or_else(|| directory.shop(program_id).filter(is_of_program))
}

/// Whether somebody can be told something, by their conversation with the sender: whether they are opted out or may be, and
/// the question that is open (JSON).
pub fn ear(is_closed: bool, question: Option<&str>, now: DateTime<Utc>) -> Ear {
    let question = question.and_then(|written| serde_json::from_str::<Question>(written).ok());
    if is_closed {
        Ear::Closed
    } else if question.is_some_and(|question| now < question.lapses_at) {
        Ear::Busy
    } else {
        Ear::Open
    }
}

/// What is needed to tell a member something.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    /// Who is here.
    pub known: &'a Known,
    /// The program.
    pub program: &'a Program,
    /// The shop that tells.
    pub shop: &'a Shop,
    /// The member.
    pub holder: &'a HolderRow,
    /// Whether they can be told.
    pub ear: Ear,
    /// The time.
    pub now: DateTime<Utc>,
}

impl Words<'_> {
    /// The text that goes out now of what waits in a purse, if one does.
    pub fn tell(&self, purse: &mut Purse) -> Option<NewOutbox> {
        let Self { known, program, shop, holder, ear, now } = *self;
        let language = Language::from_code(&holder.language).unwrap_or(shop.language);
        let address = Address::parse(&holder.address).ok();
        let phone = address.as_ref().and_then(Address::phone);
        let voice = known.directory.voice(Some(shop.id), language);
        let scene = Scene { now, program, shop, language, voice, phone, ear, quiet_hours: &known.quiet_hours };
        let reply = decide::tell(purse, &scene)?;
        Some(NewOutbox {
            sender_id: shop.sender_id,
            address: holder.address.clone(),
            merchant_id: Some(shop.merchant_id),
            shop_id: Some(shop.id),
            account_id: None,
            cause: None,
            reply: reply.key(),
            body: voice.write(&reply),
            request_id: format!("told-{}", holder.member_id),
            held_until: None,
            created_at: now.timestamp_millis(),
        })
    }
}

/// Tells all that is to be told now; answers how many texts that were.
pub async fn tell_due(
    store: &Store,
    directory: &LiveDirectory,
    now: DateTime<Utc>,
    stop: &CancellationToken,
) -> Result<u64> {
    let mut told = 0;
    while !stop.is_cancelled() {
        let tx = store.begin().await?;
        let (purses, texts) = if tx.try_clock_lock().await? { tell_batch(&tx, directory, now).await? } else { (0, 0) };
        tx.commit().await?;
        told += texts;
        metrics::counter!("regulars_told_total").increment(texts);
        if purses < BATCH {
            break;
        }
    }
    Ok(told)
}

/// How many purses were looked at, and how many texts came of it.
async fn tell_batch(tx: &Transaction, directory: &LiveDirectory, now: DateTime<Utc>) -> Result<(u64, u64)> {
    let ids = tx.purse_ids_to_tell(now.timestamp_millis(), BATCH).await?;
    if ids.is_empty() {
        return Ok((0, 0));
    }
    let addresses = tx.addresses_of_purses(&ids).await?;
    tx.lock_addresses(&addresses.iter().map(String::as_str).collect::<Vec<_>>()).await?;
    let purses = tx.purses(&ids).await?;
    let members: Vec<Uuid> = purses.iter().map(|row| row.member_id).collect();
    let hearers = tx.hearers(&members).await?;
    let queued = tx.texts_queued().await?;
    let writes = {
        let known = directory.read();
        let mut round = Round { known: &known, hearers: &hearers, queued, now, writes: Writes::default() };
        // Of a program that this node cannot read, nothing can be told until it can.
        purses.into_iter().filter_map(|row| round.look_at(row)).for_each(drop);
        round.writes
    };
    tx.write(&writes).await?;
    Ok((writes.ledger.purses.len() as u64, writes.outbox.len() as u64))
}

/// A batch of purses that are looked at.
struct Round<'a> {
    known: &'a Known,
    hearers: &'a Hearers,
    /// By sender, how many texts wait to be sent.
    queued: HashMap<Uuid, u32>,
    now: DateTime<Utc>,
    writes: Writes,
}

impl Round<'_> {
    /// Brings a purse up to date, and tells its member what there is to be told.
    fn look_at(&mut self, row: PurseRow) -> Option<()> {
        let now = self.now;
        let program: Arc<Program> = self.known.directory.program_at(row.program_id, now).cloned()?;
        let hearer = self.hearers.holders.iter().find(|holder| holder.member_id == row.member_id)?;
        let person = person(hearer.birthday.as_deref(), hearer.answers.iter().cloned());
        let holder = Holder { purse_id: row.id, member_id: row.member_id, program: &program, person: &person };
        let mut purse = self.ticked(row.purse, &holder);
        let (shop, ear) = who_tells(&purse, &program, self.known, self.hearers, row.member_id, now);
        if let Some(shop) = shop {
            purse.told.belong_to(shop);
        }
        let later = shop.and_then(|shop| self.has_to_wait(shop.sender_id));
        if later.is_none() {
            purse.remind(&program, now);
            match shop {
                Some(shop) => {
                    let words = Words { known: self.known, program: &program, shop, holder: hearer, ear, now };
                    self.writes.outbox.extend(words.tell(&mut purse));
                }
                None => purse.told.be_silent(),
            }
        }
        holder.keep_state(&purse, now, &mut self.writes.ledger);
        if let Some(state) = self.writes.ledger.purses.get_mut(&row.id) {
            let again = (now + later.unwrap_or(AGAIN_AFTER)).timestamp_millis();
            state.tell_at = state.tell_at.map(|at| if at <= now.timestamp_millis() { again } else { at });
        }
        Some(())
    }

    /// The purse with all that was due by now.
    fn ticked(&mut self, purse: Purse, holder: &Holder<'_>) -> Purse {
        let Holder { program, person, .. } = *holder;
        if purse.next_due(program, person, self.now).is_none_or(|due| due > self.now) {
            return purse;
        }
        let mut draw = Draw::new(random_bytes().unwrap_or_default());
        let change = purse.clone().tick(program, person, self.now, &mut draw);
        let told = hear(&self.known.directory, program, &purse, &change, self.now);
        holder.keep_moves(&change, self.now, &mut self.writes.ledger);
        Purse { told, ..change.purse }
    }

    /// How long a sender's text has to wait, so that answers to what members text never stand behind many of these: where so
    /// many are queued already that it takes some seconds to send them.
    fn has_to_wait(&mut self, sender_id: Uuid) -> Option<chrono::Duration> {
        let pace = self.known.directory.sender(sender_id)?.messages_per_second.max(0.01);
        let queued = self.queued.entry(sender_id).or_default();
        *queued = queued.saturating_add(1);
        let seconds = f64::from(*queued) / pace;
        // Half of the pace is left for the answers.
        let wait = || chrono::Duration::from_std(Duration::from_secs_f64(seconds * 2.0)).unwrap_or(AGAIN_AFTER);
        (seconds > SECONDS_QUEUED_MAX.max(1.0 / pace)).then(wait)
    }
}

/// The shop that tells: the one the purse names, where its holder is a member there, else the oldest of the program where
/// they are one; and whether they can be told.
fn who_tells<'d>(
    purse: &Purse,
    program: &Program,
    known: &'d Known,
    hearers: &Hearers,
    member_id: Uuid,
    now: DateTime<Utc>,
) -> (Option<&'d Shop>, Ear) {
    let of_member = hearers.memberships.iter().filter(|membership| membership.member_id == member_id);
    let shops = of_member.filter_map(|membership| Some((known.directory.shop(membership.shop_id)?, membership)));
    let of_program = shops.filter(|(shop, _)| shop.program_id == program.id);
    let named = purse.told.shop_id.unwrap_or(program.id);
    match of_program.min_by_key(|(shop, _)| (shop.id != named, shop.created_at, shop.id)) {
        Some((shop, membership)) => (Some(shop), ear(membership.is_closed, membership.question.as_deref(), now)),
        None => (None, Ear::Closed),
    }
}
