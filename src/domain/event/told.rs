//! What of a purse's change is told, and in which words.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::EventKind;
use crate::{
    language::Language,
    program::Program,
    purse::{Book, Change, Entry, LevelChange, Voucher, books::Ended, draw::shown},
};

/// Something to be told.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// What kind of thing.
    pub kind: EventKind,
    /// What it is known by within the purse: the same happens once.
    pub of: String,
    /// At which shop.
    pub shop_id: Option<Uuid>,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// The rest.
    pub about: Map<String, Value>,
}

/// All that is told of a change, at most one event for each kind and cause.
pub fn of_change(change: &Change, program: &Program) -> Vec<Told> {
    let moves = moves(&change.entries).into_iter().map(|moved| told_of_move(moved, change));
    let issued = change.issued.iter().map(|voucher| told_of_voucher(voucher, change, program));
    let ended = change.ended.iter().map(|ended| told_of_end(ended, change, program));
    let levels = change.levels.iter().map(|level| told_of_level(level, program));
    let reinstated = change.reinstated.iter().filter_map(|code| told_of_return(code, change, program));
    moves.chain(issued).chain(ended).chain(reinstated).chain(levels).collect()
}

/// Entries of one cause that are told together.
struct Moved<'a> {
    kind: EventKind,
    first: &'a Entry,
    amount: i64,
    lines: Vec<(&'a str, i64)>,
}

fn moves(entries: &[Entry]) -> Vec<Moved<'_>> {
    let mut moves: Vec<Moved<'_>> = Vec::new();
    for entry in entries {
        let meaning = meaning((entry.from, entry.to), entry.card.is_some(), entry.cause.kind);
        let Some((kind, sign)) = meaning else { continue };
        let amount = sign * entry.amount;
        let is_same = |known: &&mut Moved<'_>| {
            known.kind == kind && known.first.cause == entry.cause && known.first.card == entry.card
        };
        let at = match moves.iter_mut().rev().find(is_same) {
            Some(known) => known,
            None => {
                moves.push(Moved { kind, first: entry, amount: 0, lines: Vec::new() });
                let Some(new) = moves.last_mut() else { continue };
                new
            }
        };
        at.amount += amount;
        if let Some(rule) = &entry.rule {
            match at.lines.iter_mut().find(|(known, _)| *known == rule.as_str()) {
                Some((_, sum)) => *sum += amount,
                None => at.lines.push((rule, amount)),
            }
        }
    }
    moves
}

/// What a move between two books tells, and whether it takes away; `None` where a voucher tells it. `cause` is its kind.
pub fn meaning((from, to): (Book, Book), is_of_card: bool, cause: &str) -> Option<(EventKind, i64)> {
    let is_held = |book| matches!(book, Book::Pending | Book::Available);
    let is_by_hand = matches!(cause, "adjusted" | "moved");
    match (from, to) {
        (Book::Outside, to) if is_held(to) && is_of_card => Some((EventKind::StampsEarned, 1)),
        (_, Book::Outside) if is_of_card => Some((EventKind::StampsReversed, 1)),
        _ if is_of_card => None,
        (Book::Outside, to) if is_held(to) && is_by_hand => Some((EventKind::PointsAdjusted, 1)),
        (Book::Outside, to) if is_held(to) => Some((EventKind::PointsEarned, 1)),
        (_, Book::Outside) if is_by_hand => Some((EventKind::PointsAdjusted, -1)),
        (_, Book::Outside) => Some((EventKind::PointsReversed, 1)),
        (Book::Pending, Book::Available) => Some((EventKind::PointsReleased, 1)),
        (_, Book::Lapsed) => Some((EventKind::PointsLapsed, 1)),
        _ => None,
    }
}

fn told_of_move(moved: Moved<'_>, change: &Change) -> Told {
    let Entry { cause, card, at, shop_id, actor, reason, .. } = moved.first;
    let mut about = Map::new();
    match card {
        Some(card) => {
            about.insert("card".to_owned(), json!(card));
            about.insert("stamps".to_owned(), json!(moved.amount));
            about.insert("in_hand".to_owned(), json!(change.purse.card(card).in_hand()));
        }
        None => {
            about.insert("points".to_owned(), json!(moved.amount));
            with_balance(&mut about, change);
        }
    }
    if card.is_none() && !moved.lines.is_empty() {
        let line = |(rule, points): &(&str, i64)| json!({ "rule": rule, "points": points });
        about.insert("lines".to_owned(), moved.lines.iter().map(line).collect());
    }
    about.insert("cause".to_owned(), json!(cause.kind));
    about.insert("actor".to_owned(), json!(actor));
    if let Some(reason) = reason {
        about.insert("reason".to_owned(), json!(reason));
    }
    let of = format!("{}:{}", cause.written(), card.as_deref().unwrap_or_default());
    Told { kind: moved.kind, of, shop_id: *shop_id, at: *at, about }
}

fn told_of_voucher(voucher: &Voucher, change: &Change, program: &Program) -> Told {
    let mut about = reward(&voucher.code, &voucher.reward, voucher.points, program);
    about.insert("last_day".to_owned(), json!(voucher.last_day));
    if !voucher.of.is_empty() {
        about.insert("given_by".to_owned(), json!(voucher.of));
    }
    with_balance(&mut about, change);
    let caused = change.entries.iter().find(|entry| entry.cause.written() == voucher.cause);
    let shop_id = caused.or(change.entries.first()).and_then(|entry| entry.shop_id);
    Told { kind: EventKind::RewardIssued, of: voucher.code.clone(), shop_id, at: voucher.at, about }
}

fn told_of_end(ended: &Ended, change: &Change, program: &Program) -> Told {
    let kind = match ended.state {
        "redeemed" => EventKind::RewardRedeemed,
        "lapsed" => EventKind::RewardLapsed,
        _ => EventKind::RewardCancelled,
    };
    let mut about = reward(&ended.code, &ended.reward, ended.points, program);
    about.insert("actor".to_owned(), json!(ended.actor));
    with_balance(&mut about, change);
    let of = known_by(&ended.code, ended.reinstated);
    Told { kind, of, shop_id: ended.shop_id, at: ended.at, about }
}

/// A voucher that was redeemed waits again.
fn told_of_return(code: &str, change: &Change, program: &Program) -> Option<Told> {
    let voucher = change.purse.vouchers.iter().find(|voucher| voucher.code == *code)?;
    let mut about = reward(code, &voucher.reward, voucher.points, program);
    with_balance(&mut about, change);
    let entry = change.entries.iter().rev().find(|entry| entry.cause.kind == "reinstated");
    let at = entry.map_or(voucher.at, |entry| entry.at);
    let shop_id = entry.and_then(|entry| entry.shop_id);
    Some(Told { kind: EventKind::RewardReinstated, of: known_by(code, voucher.reinstated), shop_id, at, about })
}

/// What ends after it was reinstated ends anew.
fn known_by(code: &str, reinstated: i64) -> String {
    if reinstated > 0 { format!("{code}/{reinstated}") } else { code.to_owned() }
}

fn told_of_level(level: &LevelChange, program: &Program) -> Told {
    let LevelChange { from, to, cause, at, shop_id } = level;
    let place = |id: &Option<String>| program.tiers.as_ref().zip(id.as_ref()).and_then(|(tiers, id)| tiers.place(id));
    let name = to.as_ref().and_then(|id| program.level(id)).map(|level| level.name.in_language(Language::default()));
    let direction = if place(to) > place(from) { "up" } else { "down" };
    let mut about = Map::new();
    about.insert("level".to_owned(), json!(to));
    about.insert("level_name".to_owned(), json!(name));
    about.insert("previous".to_owned(), json!(from));
    about.insert("direction".to_owned(), json!(direction));
    about.insert("cause".to_owned(), json!(cause.kind));
    let of = format!("{}:{}", cause.written(), to.as_deref().unwrap_or_default());
    Told { kind: EventKind::TierChanged, of, shop_id: *shop_id, at: *at, about }
}

fn reward(code: &str, id: &str, points: i64, program: &Program) -> Map<String, Value> {
    let name = program.reward(id).map(|reward| reward.name.in_language(Language::default()));
    let mut about = Map::new();
    about.insert("code".to_owned(), json!(shown(code)));
    about.insert("reward".to_owned(), json!(id));
    about.insert("reward_name".to_owned(), json!(name));
    about.insert("points".to_owned(), json!(points));
    about
}

/// What there is after all of the change.
fn with_balance(about: &mut Map<String, Value>, change: &Change) {
    about.insert("balance".to_owned(), json!(change.purse.available));
    let pending = change.purse.pending_points();
    if pending != 0 {
        about.insert("pending".to_owned(), json!(pending));
    }
}
