//! What happened to purses, each kind of row in one statement.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use uuid::Uuid;

use crate::store::{
    Result, Transaction,
    events::{NewEvent, add_events},
    rows::{Columns, Kind, given},
    script::Script,
};

/// A single-use code that was used: (hash, program, purse, used_at).
pub type UsedCode = (String, Uuid, Uuid, i64);

/// All that is written about purses in one transaction.
#[derive(Debug, Default)]
pub struct LedgerWrites {
    /// Purses that were opened: (id, member, program, opened_at); what they hold is in `purses`.
    pub opened: Vec<(Uuid, Uuid, Uuid, i64)>,
    /// By purse, what it holds afterwards.
    pub purses: BTreeMap<Uuid, PurseState>,
    /// The entries that account for it.
    pub entries: Vec<NewEntry>,
    /// Vouchers that were issued.
    pub issued: Vec<NewVoucher>,
    /// Vouchers that ended.
    pub ended: Vec<EndedVoucher>,
    /// Vouchers that had been redeemed and wait again: (program, code).
    pub reinstated: Vec<(Uuid, String)>,
    /// Sales, new or changed.
    pub sales: BTreeMap<Uuid, NewSale>,
    /// Single-use codes that were used.
    pub used_codes: Vec<UsedCode>,
    /// Members' own codes: (code, program, purse).
    pub referral_codes: Vec<(String, Uuid, Uuid)>,
    /// By (program, reward), how many more were bought of it.
    pub stock: BTreeMap<(Uuid, String), i64>,
    /// What the merchants' own systems are told of it.
    pub events: Vec<NewEvent>,
}

/// What a purse holds, as it is kept. Times are Unix milliseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PurseState {
    /// Points to be spent.
    pub available: i64,
    /// Points that cannot be spent yet.
    pub pending: i64,
    /// Points in vouchers.
    pub locked: i64,
    /// The level held.
    pub level: Option<String>,
    /// All of it as JSON.
    pub state: String,
    /// When something is due next.
    pub due_at: Option<i64>,
    /// When its member is to be told something next.
    pub tell_at: Option<i64>,
    /// When this changed.
    pub updated_at: i64,
}

/// An entry as it is kept. Times are Unix milliseconds.
#[derive(Debug, Clone)]
pub struct NewEntry {
    /// The purse.
    pub purse_id: Uuid,
    /// Its place in the purse's history, from 1.
    pub number: i64,
    /// Our id, which derives from its cause.
    pub id: Uuid,
    /// The word of its cause.
    pub cause: &'static str,
    /// Which one.
    pub cause_id: String,
    /// Where it is taken from.
    pub from_book: &'static str,
    /// Where it goes.
    pub to_book: &'static str,
    /// The punch card whose stamps these are.
    pub card: Option<String>,
    /// How many.
    pub amount: i64,
    /// The rule or reward.
    pub rule: Option<String>,
    /// The program's version.
    pub version: i32,
    /// At which shop.
    pub shop_id: Option<Uuid>,
    /// Who.
    pub actor: String,
    /// What staff said why.
    pub reason: Option<String>,
    /// When it happened.
    pub happened_at: i64,
    /// When it was written down.
    pub created_at: i64,
}

/// A voucher as it is kept. Times are Unix milliseconds.
#[derive(Debug, Clone)]
pub struct NewVoucher {
    /// The program.
    pub program_id: Uuid,
    /// Its code.
    pub code: String,
    /// Whose it is.
    pub purse_id: Uuid,
    /// The reward.
    pub reward: String,
    /// Points it holds.
    pub points: i64,
    /// `issued`.
    pub state: &'static str,
    /// What gave it.
    pub cause: String,
    /// When.
    pub issued_at: i64,
    /// The last day on which it can be redeemed.
    pub last_day: String,
}

/// A voucher that ended.
#[derive(Debug, Clone)]
pub struct EndedVoucher {
    /// The program.
    pub program_id: Uuid,
    /// Its code.
    pub code: String,
    /// `redeemed`, `cancelled` or `lapsed`.
    pub state: &'static str,
    /// When, Unix milliseconds.
    pub ended_at: i64,
    /// At which shop.
    pub ended_shop_id: Option<Uuid>,
    /// Who did it.
    pub ended_by: String,
}

/// A sale as it is kept. Times are Unix milliseconds.
#[derive(Debug, Clone)]
pub struct NewSale {
    /// The shop.
    pub shop_id: Uuid,
    /// The till's number for it.
    pub sale_id: String,
    /// Whose it is.
    pub purse_id: Uuid,
    /// The program that judged it.
    pub program_id: Uuid,
    /// All of it as JSON.
    pub record: String,
    /// When it happened.
    pub happened_at: i64,
    /// When it was written down.
    pub created_at: i64,
}

const OPENED: Columns = &[
    ("id", Kind::Uuid),
    ("member_id", Kind::Uuid),
    ("program_id", Kind::Uuid),
    ("opened_at", Kind::Integer),
    ("available", Kind::Integer),
    ("pending", Kind::Integer),
    ("locked", Kind::Integer),
    ("level", Kind::Text),
    ("state", Kind::Text),
    ("due_at", Kind::Integer),
    ("tell_at", Kind::Integer),
    ("updated_at", Kind::Integer),
];
const STATE: Columns = &[
    ("id", Kind::Uuid),
    ("available", Kind::Integer),
    ("pending", Kind::Integer),
    ("locked", Kind::Integer),
    ("level", Kind::Text),
    ("state", Kind::Text),
    ("due_at", Kind::Integer),
    ("tell_at", Kind::Integer),
    ("updated_at", Kind::Integer),
];
const ENTRY: Columns = &[
    ("purse_id", Kind::Uuid),
    ("number", Kind::Integer),
    ("id", Kind::Uuid),
    ("cause", Kind::Text),
    ("cause_id", Kind::Text),
    ("from_book", Kind::Text),
    ("to_book", Kind::Text),
    ("card", Kind::Text),
    ("amount", Kind::Integer),
    ("rule", Kind::Text),
    ("version", Kind::Integer),
    ("shop_id", Kind::Uuid),
    ("actor", Kind::Text),
    ("reason", Kind::Text),
    ("happened_at", Kind::Integer),
    ("created_at", Kind::Integer),
];
const VOUCHER: Columns = &[
    ("program_id", Kind::Uuid),
    ("code", Kind::Text),
    ("purse_id", Kind::Uuid),
    ("reward", Kind::Text),
    ("points", Kind::Integer),
    ("state", Kind::Text),
    ("cause", Kind::Text),
    ("issued_at", Kind::Integer),
    ("last_day", Kind::Text),
];
const ENDED: Columns = &[
    ("program_id", Kind::Uuid),
    ("code", Kind::Text),
    ("state", Kind::Text),
    ("ended_at", Kind::Integer),
    ("ended_shop_id", Kind::Uuid),
    ("ended_by", Kind::Text),
];
const SALE: Columns = &[
    ("id", Kind::Uuid),
    ("shop_id", Kind::Uuid),
    ("sale_id", Kind::Text),
    ("purse_id", Kind::Uuid),
    ("program_id", Kind::Uuid),
    ("record", Kind::Text),
    ("happened_at", Kind::Integer),
    ("created_at", Kind::Integer),
];
const USED: Columns =
    &[("hash", Kind::Text), ("program_id", Kind::Uuid), ("used_by", Kind::Uuid), ("used_at", Kind::Integer)];
const REFERRAL: Columns = &[("code", Kind::Text), ("program_id", Kind::Uuid), ("purse_id", Kind::Uuid)];
const STOCK: Columns = &[("program_id", Kind::Uuid), ("reward", Kind::Text), ("issued", Kind::Integer)];

impl Transaction {
    /// Writes what happened to purses; whether somebody's own systems are to be told of it. An entry that is there already is a
    /// conflict: nothing is posted twice.
    pub async fn write_ledger(&self, writes: &LedgerWrites) -> Result<bool> {
        let mut script = self.script();
        add_ledger(&mut script, writes)?;
        let is_told = !self.play(script).await?.is_empty();
        self.use_codes(&writes.used_codes).await?;
        Ok(is_told)
    }

    /// A code is used once: where another was faster, nothing of this transaction stands.
    pub(in crate::store) async fn use_codes(&self, used: &[UsedCode]) -> Result<()> {
        if used.is_empty() {
            return Ok(());
        }
        let sql = format!(
            "UPDATE code SET used_at = given.used_at, used_by = given.used_by FROM {} \
             WHERE code.hash = given.hash AND code.program_id = given.program_id AND code.used_at IS NULL",
            given(self.backend(), USED)
        );
        let changed = self.run(&sql, used, Vec::new()).await?;
        if changed != used.len() as u64 {
            return Err(crate::store::StoreError::Busy);
        }
        Ok(())
    }
}

/// All of it but the codes that were used ([`Transaction::use_codes`]); a row is given where there are deliveries.
pub(in crate::store) fn add_ledger(script: &mut Script, writes: &LedgerWrites) -> Result<()> {
    let opened: BTreeSet<Uuid> = writes.opened.iter().map(|(id, ..)| *id).collect();
    let new: Vec<_> = writes
        .opened
        .iter()
        .filter_map(|opened| Some((opened, writes.purses.get(&opened.0)?)))
        .map(opened_values)
        .collect();
    script.insert("purse", OPENED, "", &new)?;
    let changed = writes.purses.iter().filter(|(id, _)| !opened.contains(id));
    let states: Vec<_> = changed.map(|(id, state)| state_values(*id, state)).collect();
    script.add(&states, |backend| {
        format!(
            "UPDATE purse SET available = given.available, pending = given.pending, locked = given.locked, \
             level = given.level, state = given.state, due_at = given.due_at, tell_at = given.tell_at, \
             updated_at = given.updated_at \
             FROM {} WHERE purse.id = given.id",
            given(backend, STATE)
        )
    })?;
    script.insert("entry", ENTRY, "", &writes.entries.iter().map(entry_values).collect::<Vec<_>>())?;
    script.insert("voucher", VOUCHER, "", &writes.issued.iter().map(voucher_values).collect::<Vec<_>>())?;
    end_vouchers(script, &writes.ended)?;
    reinstate_vouchers(script, &writes.reinstated)?;
    let sales: Vec<_> = writes.sales.iter().map(|(id, sale)| sale_values(*id, sale)).collect();
    script.insert("sale", SALE, "ON CONFLICT (id) DO UPDATE SET record = excluded.record", &sales)?;
    script.insert("referral_code", REFERRAL, "", &writes.referral_codes)?;
    let stock: Vec<_> = writes.stock.iter().map(|((program, reward), more)| (program, reward, more)).collect();
    let tail = "ON CONFLICT (program_id, reward) DO UPDATE SET issued = reward_stock.issued + excluded.issued";
    script.insert("reward_stock", STOCK, tail, &stock)?;
    add_events(script, &writes.events)
}

/// A voucher ends once: one that is no longer issued stays as it ended.
fn end_vouchers(script: &mut Script, ended: &[EndedVoucher]) -> Result<()> {
    let row = |ended: &EndedVoucher| {
        let EndedVoucher { program_id, code, state, ended_at, ended_shop_id, ended_by } = ended.clone();
        (program_id, code, state, ended_at, ended_shop_id, ended_by)
    };
    script.add(&ended.iter().map(row).collect::<Vec<_>>(), |backend| {
        format!(
            "UPDATE voucher SET state = given.state, ended_at = given.ended_at, ended_shop_id = given.ended_shop_id, \
             ended_by = given.ended_by FROM {} WHERE voucher.program_id = given.program_id \
             AND voucher.code = given.code AND voucher.state = 'issued'",
            given(backend, ENDED)
        )
    })
}

/// A voucher that was redeemed waits again.
fn reinstate_vouchers(script: &mut Script, vouchers: &[(Uuid, String)]) -> Result<()> {
    let columns: Columns = &[("program_id", Kind::Uuid), ("code", Kind::Text)];
    script.add(vouchers, |backend| {
        format!(
            "UPDATE voucher SET state = 'issued', ended_at = NULL, ended_shop_id = NULL, ended_by = NULL FROM {} \
             WHERE voucher.program_id = given.program_id AND voucher.code = given.code AND voucher.state = 'redeemed'",
            given(backend, columns)
        )
    })
}

/// A purse that was opened is written as it is at the end.
fn opened_values<'a>((opened, state): (&'a (Uuid, Uuid, Uuid, i64), &'a PurseState)) -> impl Serialize + use<'a> {
    let (id, member_id, program_id, opened_at) = opened;
    let PurseState { available, pending, locked, level, state, due_at, tell_at, updated_at } = state;
    (id, member_id, program_id, opened_at, available, pending, locked, level, state, due_at, tell_at, updated_at)
}

fn state_values(id: Uuid, state: &PurseState) -> impl Serialize + '_ {
    let PurseState { available, pending, locked, level, state, due_at, tell_at, updated_at } = state;
    (id, available, pending, locked, level, state, due_at, tell_at, updated_at)
}

/// Tuples are serialised up to sixteen values long.
fn entry_values(entry: &NewEntry) -> impl Serialize + '_ {
    let NewEntry { purse_id, number, id, cause, cause_id, from_book, to_book, card, .. } = entry;
    let NewEntry { amount, rule, version, shop_id, actor, reason, happened_at, created_at, .. } = entry;
    (
        purse_id,
        number,
        id,
        cause,
        cause_id,
        from_book,
        to_book,
        card,
        amount,
        rule,
        version,
        shop_id,
        actor,
        reason,
        happened_at,
        created_at,
    )
}

fn voucher_values(voucher: &NewVoucher) -> impl Serialize + '_ {
    let NewVoucher { program_id, code, purse_id, reward, points, state, cause, issued_at, last_day } = voucher;
    (program_id, code, purse_id, reward, points, state, cause, issued_at, last_day)
}

fn sale_values(id: Uuid, sale: &NewSale) -> impl Serialize + '_ {
    let NewSale { shop_id, sale_id, purse_id, program_id, record, happened_at, created_at } = sale;
    (id, shop_id, sale_id, purse_id, program_id, record, happened_at, created_at)
}
