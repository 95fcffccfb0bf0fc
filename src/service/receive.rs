//! A batch of inbound texts: seen before? → load → respond → apply → commit.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Duration, Utc};
use futures_util::future;
use uuid::Uuid;

use super::{
    apply::World,
    codes::{self, Codes},
    directory::LiveDirectory,
    recent::{Recent, Seen},
    repeats::repeats,
    silence,
    write::Wakes,
};
use crate::{
    domain::{
        conversation::{Allowed, Context, ForStaff, Question, respond},
        message::{Inbound, OptOutType},
        purse::waiting::Waiting,
        text::Text,
    },
    secrets::random_bytes,
    store::{
        Result, Transaction,
        failed::{FailedText, Reports},
        receiving::{Known, NewInbound, Prepared, TextKey},
    },
};

/// A text as it came in, verified.
pub struct Arrival {
    /// The account it came through.
    pub account_id: Uuid,
    /// The text.
    pub inbound: Inbound,
    /// The request that brought it.
    pub request_id: String,
    /// When.
    pub received_at: DateTime<Utc>,
}

/// What became of a batch of texts.
pub struct Received<'a> {
    /// What was decided, still to be written.
    pub decided: Prepared,
    /// Who has something to send once that is written.
    pub wakes: Wakes,
    /// What was seen; it counts once the transaction is committed ([`Recent::keep`]).
    pub seen: Seen,
    /// Those orders of staff that are new, by (account, provider's id): to be done now.
    pub to_staff: HashSet<(Uuid, &'a str)>,
    /// The texts of ours that, as was reported, did not arrive.
    pub failed: Vec<FailedText>,
}

/// Takes in texts, in the order in which they arrived, and with them what is reported of ours; what is decided is left to the caller
/// to write. Their authors must be locked already ([`Transaction::lock_addresses`]). Orders of staff, by (account, provider's id), are
/// kept, and left to the caller. An equal text within `equal_text` is a repeat; zero: never.
pub async fn receive<'a>(
    tx: &Transaction,
    (directory, recent, equal_text): (&LiveDirectory, &Recent, Duration),
    (arrivals, of_staff): (&[&'a Arrival], &[(Uuid, &'a str)]),
    reports: &Reports<'_>,
) -> Result<Received<'a>> {
    let senders = senders(directory, arrivals);
    let keys: Vec<_> = arrivals.iter().zip(&senders).map(|(arrival, sender)| key(arrival, *sender)).collect();
    let mut known = tx.look_up(&keys).await?;
    let strangers = strangers(&keys, &known);
    known.conversations.extend(silence::recall(tx, directory, &strangers).await?);
    let mut fresh: Vec<Fresh<'_>> = Vec::with_capacity(arrivals.len());
    for (arrival, sender_id) in arrivals.iter().zip(senders) {
        let id = (arrival.account_id, arrival.inbound.provider_message_id.clone());
        if known.seen.insert(id) {
            fresh.push(Fresh { arrival, sender_id });
        }
    }
    metrics::counter!("regulars_inbound_seen_before_total").increment((arrivals.len() - fresh.len()) as u64);
    let texts: Vec<_> = fresh.iter().map(|fresh| (fresh.arrival, fresh.sender_id)).collect();
    let repeats = repeats(tx, &texts, equal_text).await?;
    let codes = codes::look_up(tx, directory, &texts).await?;
    let stock = tx.stock_issued(&stocked(directory, &known)).await?;
    // Who wants no texts gets none, and orders nothing: their words are read as anybody's.
    let silent: HashSet<(Uuid, String)> = known
        .conversations
        .iter()
        .filter(|row| row.opted_out_at.is_some())
        .map(|row| (row.sender_id, row.address.clone()))
        .collect();
    let is_order = |fresh: &Fresh<'a>| {
        let address = fresh.arrival.inbound.from.as_str();
        let is_silent = fresh.sender_id.is_some_and(|id| silent.contains(&(id, address.to_owned())));
        !is_silent && of_staff.contains(&fresh.id())
    };
    let now = arrivals.iter().map(|arrival| arrival.received_at).max().unwrap_or_default();
    let waiting = waiting(tx, &known, now).await?;
    let mut world = World::new(known).with_stock(stock);
    let acted_on = fresh.iter().enumerate().filter(|(place, _)| !repeats.contains(place)).map(|(_, fresh)| fresh);
    let acted_on = acted_on.map(|fresh| (fresh, is_order(fresh)));
    let rows: Vec<_> = fresh.iter().map(row).collect();
    // The database writes what has come in while we decide what to answer.
    let deciding = async {
        let (seen, to_staff) = decide(&mut world, directory, recent, (&codes, &waiting), acted_on);
        tx.prepare(&world.writes).map(|decided| (decided, seen, to_staff))
    };
    let (taken_in, decided) = future::join(tx.take_in(&rows, reports), deciding).await;
    let (failed, (decided, seen, to_staff)) = (taken_in?, decided?);
    metrics::counter!("regulars_inbound_equal_total").increment(repeats.len() as u64);
    Ok(Received { decided, wakes: Wakes::of(&world.writes, false), seen, to_staff, failed })
}

/// Those who text and have no conversation with the sender yet.
fn strangers<'a>(keys: &[TextKey<'a>], known: &Known) -> Vec<(Uuid, &'a str)> {
    let talked: HashSet<(Uuid, &str)> =
        known.conversations.iter().map(|row| (row.sender_id, row.address.as_str())).collect();
    let people = keys.iter().filter_map(|key| Some((key.sender_id?, key.address)));
    distinct(people.filter(|person| !talked.contains(person)))
}

/// What waits for those of these people who were invited, by address.
async fn waiting(tx: &Transaction, known: &Known, now: DateTime<Utc>) -> Result<HashMap<String, Vec<Waiting>>> {
    let question = |json: &String| serde_json::from_str::<Question>(json).ok()?.step.invited_by();
    let invited = known.conversations.iter().filter_map(|row| Some((question(row.question.as_ref()?)?, row)));
    let people: Vec<_> = invited.map(|(shop_id, row)| (shop_id, row.address.clone())).collect();
    let mut waiting: HashMap<String, Vec<Waiting>> = HashMap::new();
    for row in tx.waiting_sales(&people, now.timestamp_millis()).await? {
        waiting.entry(row.address).or_default().push(row.waiting);
    }
    Ok(waiting)
}

/// The programs of these people in which there is not enough of everything.
fn stocked(directory: &LiveDirectory, known: &Known) -> Vec<Uuid> {
    let live = directory.read();
    let has_stock = |id: &Uuid| {
        let program = live.directory.program_at(*id, DateTime::<Utc>::MAX_UTC);
        program.is_some_and(|program| program.rewards.iter().any(|reward| reward.stock.is_some()))
    };
    distinct(known.purses.iter().map(|purse| purse.program_id).filter(has_stock))
}

/// A text that was not seen before.
struct Fresh<'a> {
    arrival: &'a Arrival,
    sender_id: Option<Uuid>,
}

impl<'a> Fresh<'a> {
    /// By what it is known.
    fn id(&self) -> (Uuid, &'a str) {
        (self.arrival.account_id, self.arrival.inbound.provider_message_id.as_str())
    }
}

/// The sender that each text was addressed to; `None` for an address nobody told us of.
fn senders(directory: &LiveDirectory, arrivals: &[&Arrival]) -> Vec<Option<Uuid>> {
    let known = directory.read();
    let sender = |arrival: &&Arrival| {
        let inbound = &arrival.inbound;
        let sender = known.directory.sender_of(inbound.to.as_str(), inbound.service.as_deref());
        sender.filter(|sender| sender.account_id == arrival.account_id).map(|sender| sender.id)
    };
    arrivals.iter().map(sender).collect()
}

/// One turn for each text from a person; each sees what those before it in the batch have changed. Orders of staff that are
/// not too many are answered, to be done later.
fn decide<'a, 'f>(
    world: &mut World,
    directory: &LiveDirectory,
    recent: &Recent,
    (codes, waiting): (&Codes, &HashMap<String, Vec<Waiting>>),
    fresh: impl Iterator<Item = (&'f Fresh<'a>, bool)>,
) -> (Seen, HashSet<(Uuid, &'a str)>)
where
    'a: 'f,
{
    let known = directory.read();
    let mut batch = recent.batch();
    let mut to_staff = HashSet::new();
    for (fresh, is_order) in fresh {
        let Fresh { arrival, sender_id } = fresh;
        let Some(sender) = sender_id.and_then(|id| known.directory.sender(id)) else { continue };
        if !arrival.inbound.from.is_person() {
            continue;
        }
        if is_order {
            if batch.admits(arrival, sender.id) {
                to_staff.insert(fresh.id());
            }
            continue;
        }
        let address = arrival.inbound.from.as_str();
        let conversation = world.conversation(sender.id, address);
        let enrolments = world.enrolments(address, sender.id, &known.directory);
        let members = world.members(address);
        let held = world.held(address, sender.id, &known.directory, arrival.received_at);
        let found = codes.in_text(&arrival.inbound.body);
        let seed = random_bytes().unwrap_or_default();
        let text = Text::read(&arrival.inbound.body);
        let context = |allowed| Context {
            now: arrival.received_at,
            directory: &known.directory,
            sender,
            enrolments: &enrolments,
            members: &members,
            held: &held,
            waiting: waiting.get(address).map_or(&[], Vec::as_slice),
            found: &found,
            seed,
            opt_out_type: arrival.inbound.opt_out_type,
            allowed,
        };
        let is_staff = !known.staff_of(address, sender.id).is_empty();
        let turn = batch.decide(arrival, sender.id, |allowed| {
            let turn = respond(&conversation, &text, &context(allowed));
            let turn = if is_staff { turn.telling_staff() } else { turn };
            let has_photo = !arrival.inbound.media.is_empty() && allowed != Allowed::NoAnswer;
            if has_photo { turn.for_staff(ForStaff::Photo) } else { turn }
        });
        world.apply(arrival, sender, turn, &known.directory);
    }
    (batch.seen(), to_staff)
}

fn key(arrival: &Arrival, sender_id: Option<Uuid>) -> TextKey<'_> {
    TextKey {
        account_id: arrival.account_id,
        provider_message_id: &arrival.inbound.provider_message_id,
        sender_id,
        address: arrival.inbound.from.as_str(),
    }
}

fn row<'a>(fresh: &Fresh<'a>) -> NewInbound<'a> {
    let Fresh { arrival, sender_id } = *fresh;
    let Inbound { provider_message_id, from, to, body, media, opt_out_type, segments, .. } = &arrival.inbound;
    NewInbound {
        account_id: arrival.account_id,
        provider_message_id,
        sender_id,
        address: from.as_str(),
        to_address: to.as_str(),
        body,
        media: (!media.is_empty()).then(|| serde_json::to_string(media).unwrap_or_default()),
        opt_out_type: opt_out_type.map(|opt_out_type| match opt_out_type {
            OptOutType::Stop => "STOP",
            OptOutType::Start => "START",
            OptOutType::Help => "HELP",
        }),
        segments: *segments,
        request_id: &arrival.request_id,
        received_at: arrival.received_at.timestamp_millis(),
    }
}

fn distinct<T: std::hash::Hash + Eq>(items: impl Iterator<Item = T>) -> Vec<T> {
    items.collect::<HashSet<_>>().into_iter().collect()
}
