//! Texts that a modem or a gateway has handed in twice, under two ids.

use std::collections::{HashMap, HashSet};

use chrono::Duration;
use uuid::Uuid;

use super::receive::Arrival;
use crate::store::{Result, Transaction, equal_texts::EqualText};

/// The places of the texts that equal one which the same phone texted to the same sender less than `within` before, in this batch
/// or earlier, on any node. Each repeat begins the time anew, so that a stutter of any length is one text. With no time
/// nothing is looked up.
pub async fn repeats(tx: &Transaction, texts: &[(&Arrival, Option<Uuid>)], within: Duration) -> Result<HashSet<usize>> {
    if within.is_zero() {
        return Ok(HashSet::new());
    }
    // What was addressed to nobody we know is not acted on anyway.
    let addressed: Vec<(usize, EqualText<'_>)> = texts
        .iter()
        .enumerate()
        .filter_map(|(place, (arrival, sender_id))| Some((place, equal_text(arrival, (*sender_id)?, within))))
        .collect();
    let equals: Vec<EqualText<'_>> = addressed.iter().map(|(_, text)| *text).collect();
    let earlier = tx.texts_taken_in(&equals).await?;
    let mut last: HashMap<(Uuid, &str, &str), i64> = HashMap::new();
    let mut found = HashSet::new();
    for (at, (place, EqualText { sender_id, address, body, since })) in addressed.into_iter().enumerate() {
        let before = last.insert((sender_id, address, body), since);
        let is_in_batch = before.is_some_and(|before| since < before + within.num_milliseconds());
        if is_in_batch || earlier.contains(&at) {
            found.insert(place);
        }
    }
    Ok(found)
}

fn equal_text<'a>(arrival: &'a Arrival, sender_id: Uuid, within: Duration) -> EqualText<'a> {
    EqualText {
        sender_id,
        address: arrival.inbound.from.as_str(),
        body: &arrival.inbound.body,
        since: (arrival.received_at - within).timestamp_millis(),
    }
}
