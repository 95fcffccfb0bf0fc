//! Strangers who were invited, and their sales that wait for a YES.

use sea_orm::{DbErr, QueryResult};
use uuid::Uuid;

use super::{
    Result, StoreError, Transaction,
    receiving::{CONVERSATION_READ, ConversationRow, read_conversation},
    rows::{Columns, Kind, gathered, given, read_gathered},
};
use crate::domain::purse::waiting::Waiting;

/// An invitation. Times are Unix milliseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// The shop that invited.
    pub shop_id: Uuid,
    /// Whom.
    pub address: String,
    /// `sent`, `accepted` or `declined`.
    pub state: String,
    /// When.
    pub created_at: i64,
    /// From when on a YES comes too late.
    pub lapses_at: i64,
}

/// A sale that waits. Times are Unix milliseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingRow {
    /// The sale.
    pub waiting: Waiting,
    /// For whom.
    pub address: String,
    /// When it was recorded.
    pub created_at: i64,
    /// Until when it waits.
    pub lapses_at: i64,
}

/// What is written about invitations in one transaction.
#[derive(Debug, Default, Clone)]
pub struct InvitationWrites {
    /// New ones.
    pub sent: Vec<Invitation>,
    /// Sales that begin to wait.
    pub waiting: Vec<WaitingRow>,
    /// Waiting sales of which something was returned.
    pub returned: Vec<WaitingRow>,
    /// Those that were answered: (shop, address, state); their sales wait no longer.
    pub ended: Vec<(Uuid, String, &'static str)>,
    /// Those that were held back, and are sent no more: (sender, address, shop).
    pub unasked: Vec<(Uuid, String, Uuid)>,
}

impl InvitationWrites {
    pub(super) fn is_empty(&self) -> bool {
        let Self { sent, waiting, returned, ended, unasked } = self;
        sent.is_empty() && waiting.is_empty() && returned.is_empty() && ended.is_empty() && unasked.is_empty()
    }
}

/// Where a stranger may have been invited.
#[derive(Debug, Clone, Copy)]
pub struct StrangerKey<'a> {
    /// The shop.
    pub shop_id: Uuid,
    /// Its sender.
    pub sender_id: Uuid,
    /// The stranger, where they are named.
    pub address: Option<&'a str>,
    /// Our id of the sale.
    pub sale_id: Option<Uuid>,
}

/// What is known of strangers.
#[derive(Debug, Default)]
pub struct StrangersKnown {
    /// Their invitations.
    pub invitations: Vec<Invitation>,
    /// Their conversations.
    pub conversations: Vec<ConversationRow>,
    /// Those of the sales named that wait.
    pub waiting: Vec<WaitingRow>,
}

const STRANGER: Columns =
    &[("shop_id", Kind::Uuid), ("sender_id", Kind::Uuid), ("address", Kind::Text), ("sale_id", Kind::Uuid)];
const INVITATION: Columns = &[
    ("id", Kind::Uuid),
    ("shop_id", Kind::Uuid),
    ("address", Kind::Text),
    ("state", Kind::Text),
    ("created_at", Kind::Integer),
    ("lapses_at", Kind::Integer),
];
const WAITING: Columns = &[
    ("id", Kind::Uuid),
    ("shop_id", Kind::Uuid),
    ("address", Kind::Text),
    ("sale", Kind::Text),
    ("actor", Kind::Text),
    ("created_at", Kind::Integer),
    ("lapses_at", Kind::Integer),
];
const AT_SHOP: Columns = &[("shop_id", Kind::Uuid), ("address", Kind::Text), ("state", Kind::Text)];
const WAITING_READ: &[(&str, Kind)] = &[
    ("w.id", Kind::Uuid),
    ("w.shop_id", Kind::Uuid),
    ("w.address", Kind::Text),
    ("w.sale", Kind::Text),
    ("w.actor", Kind::Text),
    ("w.created_at", Kind::Integer),
    ("w.lapses_at", Kind::Integer),
];
type WaitingValues = (Uuid, Uuid, String, String, String, i64, i64);

impl Transaction {
    /// What is known of strangers, in one look.
    pub async fn look_up_strangers(&self, keys: &[StrangerKey<'_>]) -> Result<StrangersKnown> {
        let backend = self.backend();
        let given = given(backend, STRANGER);
        let given = given.strip_suffix(" AS given").unwrap_or(&given);
        let invitations = gathered(
            backend,
            &[
                ("i.shop_id", Kind::Uuid),
                ("i.address", Kind::Text),
                ("i.state", Kind::Text),
                ("i.created_at", Kind::Integer),
                ("i.lapses_at", Kind::Integer),
            ],
            "FROM (SELECT DISTINCT shop_id, address FROM given WHERE address IS NOT NULL) AS s \
             CROSS JOIN invitation AS i WHERE i.address = s.address AND i.shop_id = s.shop_id",
        );
        let conversations = gathered(
            backend,
            CONVERSATION_READ,
            "FROM (SELECT DISTINCT sender_id, address FROM given WHERE address IS NOT NULL) AS s \
             CROSS JOIN conversation AS c WHERE c.sender_id = s.sender_id AND c.address = s.address",
        );
        let waiting = gathered(
            backend,
            WAITING_READ,
            "FROM (SELECT DISTINCT sale_id FROM given WHERE sale_id IS NOT NULL) AS s \
             CROSS JOIN waiting_sale AS w WHERE w.id = s.sale_id",
        );
        let sql = format!("WITH given AS MATERIALIZED {given} SELECT {invitations}, {conversations}, {waiting}");
        let rows: Vec<_> = keys.iter().map(|key| (key.shop_id, key.sender_id, key.address, key.sale_id)).collect();
        let mut known = StrangersKnown::default();
        for row in &self.query(&sql, &rows, Vec::new()).await? {
            let invitations = read_gathered::<(Uuid, String, String, i64, i64)>(row, 0)?.into_iter();
            known.invitations.extend(invitations.map(|(shop_id, address, state, created_at, lapses_at)| Invitation {
                shop_id,
                address,
                state,
                created_at,
                lapses_at,
            }));
            known.conversations.extend(read_gathered(row, 1)?.into_iter().map(read_conversation));
            for values in read_gathered::<WaitingValues>(row, 2)? {
                known.waiting.push(read_waiting(values)?);
            }
        }
        Ok(known)
    }

    /// The sales that wait for these people at these shops at a moment (Unix milliseconds), the oldest first.
    pub async fn waiting_sales(&self, people: &[(Uuid, String)], now: i64) -> Result<Vec<WaitingRow>> {
        let columns: Columns = &[("shop_id", Kind::Uuid), ("address", Kind::Text), ("now", Kind::Integer)];
        let sql = format!(
            "SELECT w.id, w.shop_id, w.address, w.sale, w.actor, w.created_at, w.lapses_at FROM {} \
             CROSS JOIN waiting_sale AS w WHERE w.address = given.address AND w.shop_id = given.shop_id \
             AND w.lapses_at > given.now ORDER BY w.created_at, w.id",
            given(self.backend(), columns)
        );
        let rows: Vec<_> = people.iter().map(|(shop_id, address)| (shop_id, address, now)).collect();
        let found = self.query(&sql, &rows, Vec::new()).await?;
        found.iter().map(|row| read_waiting(waiting_values(row)?)).collect()
    }

    /// Whether a stranger may still answer a shop's invitation at a moment (Unix milliseconds).
    pub async fn is_invited(&self, shop_id: Uuid, address: &str, now: i64) -> Result<bool> {
        let columns: Columns = &[("shop_id", Kind::Uuid), ("address", Kind::Text), ("now", Kind::Integer)];
        let sql = format!(
            "SELECT 1 FROM {} CROSS JOIN invitation AS i WHERE i.address = given.address \
             AND i.shop_id = given.shop_id AND i.state = 'sent' AND i.lapses_at > given.now",
            given(self.backend(), columns)
        );
        Ok(!self.query(&sql, &[(shop_id, address, now)], Vec::new()).await?.is_empty())
    }

    /// Deletes some of the sales that nobody said YES to in time; how many. `now` is in Unix milliseconds.
    pub async fn delete_lapsed_sales(&self, now: i64, limit: u64) -> Result<u64> {
        let columns: Columns = &[("now", Kind::Integer)];
        let sql = format!(
            "DELETE FROM waiting_sale WHERE id IN (SELECT w.id FROM {} CROSS JOIN waiting_sale AS w \
             WHERE w.lapses_at <= given.now LIMIT {limit})",
            given(self.backend(), columns)
        );
        self.run(&sql, &[[now]], Vec::new()).await
    }

    /// Writes what happened to invitations. One that is there already is a conflict: nobody is invited twice.
    pub(super) async fn write_invitations(&self, writes: &InvitationWrites) -> Result<()> {
        if writes.is_empty() {
            return Ok(());
        }
        let backend = self.backend();
        let sent: Vec<_> = writes
            .sent
            .iter()
            .map(|sent| (Uuid::now_v7(), sent.shop_id, &sent.address, &sent.state, sent.created_at, sent.lapses_at))
            .collect();
        self.insert("invitation", INVITATION, "", &sent).await?;
        let waiting: Vec<_> = writes.waiting.iter().map(waiting_row).collect();
        self.insert("waiting_sale", WAITING, "", &waiting).await?;
        let columns: Columns = &[("id", Kind::Uuid), ("sale", Kind::Text)];
        let sql = format!(
            "UPDATE waiting_sale SET sale = given.sale FROM {} WHERE waiting_sale.id = given.id",
            given(backend, columns)
        );
        let returned: Vec<_> = writes.returned.iter().map(|row| (row.waiting.id, bought(row))).collect();
        if self.run(&sql, &returned, Vec::new()).await? != returned.len() as u64 {
            // It has just become a purchase: another attempt finds that.
            return Err(StoreError::Busy);
        }
        let sql = format!(
            "UPDATE invitation SET state = given.state FROM {} WHERE invitation.address = given.address \
             AND invitation.shop_id = given.shop_id",
            given(backend, AT_SHOP)
        );
        self.run(&sql, &writes.ended, Vec::new()).await?;
        let sql = format!(
            "DELETE FROM waiting_sale WHERE id IN (SELECT w.id FROM {} CROSS JOIN waiting_sale AS w \
             WHERE w.address = given.address AND w.shop_id = given.shop_id)",
            given(backend, AT_SHOP)
        );
        self.run(&sql, &writes.ended, Vec::new()).await?;
        let columns: Columns = &[("sender_id", Kind::Uuid), ("address", Kind::Text), ("shop_id", Kind::Uuid)];
        let sql = format!(
            "UPDATE outbox SET state = 'withdrawn' WHERE state = 'deferred' AND id IN (SELECT o.id FROM {} \
             CROSS JOIN outbox AS o WHERE o.address = given.address AND o.sender_id = given.sender_id \
             AND o.shop_id = given.shop_id AND o.reply = 'invited' AND o.state = 'deferred')",
            given(backend, columns)
        );
        self.run(&sql, &writes.unasked, Vec::new()).await?;
        Ok(())
    }
}

fn bought(row: &WaitingRow) -> String {
    serde_json::to_string(&row.waiting.bought).unwrap_or_default()
}

fn waiting_row(row: &WaitingRow) -> (Uuid, Uuid, &str, String, &str, i64, i64) {
    let Waiting { id, shop_id, actor, .. } = &row.waiting;
    (*id, *shop_id, &row.address, bought(row), actor, row.created_at, row.lapses_at)
}

fn waiting_values(row: &QueryResult) -> Result<WaitingValues, DbErr> {
    Ok((
        row.try_get_by_index(0)?,
        row.try_get_by_index(1)?,
        row.try_get_by_index(2)?,
        row.try_get_by_index(3)?,
        row.try_get_by_index(4)?,
        row.try_get_by_index(5)?,
        row.try_get_by_index(6)?,
    ))
}

fn read_waiting(values: WaitingValues) -> Result<WaitingRow> {
    let (id, shop_id, address, sale, actor, created_at, lapses_at) = values;
    let bought = serde_json::from_str(&sale);
    let bought = bought.map_err(|error| StoreError::Corrupt(format!("waiting_sale.sale: {error}")))?;
    Ok(WaitingRow { waiting: Waiting { id, shop_id, actor, bought }, address, created_at, lapses_at })
}
