//! Events for the merchants' own systems, written with the change that they tell of; and for whom they wait.

use sea_orm::{DbBackend, DbErr, QueryResult, Value};
use serde::Serialize;
use uuid::Uuid;

use super::{
    Result, Store, Transaction,
    rows::{Columns, Kind, given},
    script::Script,
};

/// Something that happened. Its time is in Unix milliseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// Our id, which derives from what happened: the same is told once.
    pub id: Uuid,
    /// The merchant it is told to.
    pub merchant_id: Uuid,
    /// At which shop, where it was at one.
    pub shop_id: Option<Uuid>,
    /// To which member, where it was to one.
    pub member_id: Option<Uuid>,
    /// What kind of thing, as Standard Webhooks writes it: `points.earned`.
    pub kind: &'static str,
    /// The rest, a JSON object.
    pub data: String,
    /// When.
    pub created_at: i64,
}

/// An event as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptEvent {
    /// Where it stands in the feed.
    pub place: Place,
    /// Our id.
    pub id: Uuid,
    /// The merchant it is told to.
    pub merchant_id: Uuid,
    /// At which shop, where it was at one.
    pub shop_id: Option<Uuid>,
    /// To which member, where it was to one.
    pub member_id: Option<Uuid>,
    /// The member's phone.
    pub phone: Option<String>,
    /// What kind of thing.
    pub kind: String,
    /// The rest, a JSON object.
    pub data: String,
    /// When it was written, Unix milliseconds.
    pub created_at: i64,
}

/// Where an event stands in the feed: the transaction that wrote it, and its number.
pub type Place = (i64, i64);

/// Which events of a merchant.
#[derive(Debug, Clone, Default)]
pub struct EventFilter {
    /// Of these kinds; empty: all.
    pub kinds: Vec<&'static str>,
    /// At this shop.
    pub shop_id: Option<Uuid>,
}

/// How many events a page of the feed looks through at most, so that a filter that fits few costs no more.
const LOOKED_THROUGH_MAX: u64 = 2_000;

/// What is read of an event `e` and its member `m`.
const READ: &str = "SELECT e.xact, e.number, e.id, e.merchant_id, e.shop_id, e.member_id, CASE WHEN m.erased_at IS NULL THEN m.address END, e.kind, e.data, e.created_at";

const EVENT: Columns = &[
    ("id", Kind::Uuid),
    ("merchant_id", Kind::Uuid),
    ("shop_id", Kind::Uuid),
    ("member_id", Kind::Uuid),
    ("kind", Kind::Text),
    ("data", Kind::Text),
    ("created_at", Kind::Integer),
];

impl NewEvent {
    /// Adds a value to the rest.
    pub fn add(&mut self, name: &str, value: impl Into<serde_json::Value>) {
        let field = serde_json::json!({ name: value.into() }).to_string();
        let more = self.data.trim_start_matches('{');
        let comma = if more == "}" { "" } else { "," };
        self.data = format!("{}{comma}{more}", field.trim_end_matches('}'));
    }
}

impl Transaction {
    /// Writes events, and for each webhook that wants one a delivery; whether there are any. One that is told already is not
    /// told again.
    pub async fn insert_events(&self, events: &[NewEvent]) -> Result<bool> {
        let mut script = self.script();
        add_events(&mut script, events)?;
        Ok(!self.play(script).await?.is_empty())
    }

    /// Writes an event for one webhook alone.
    pub async fn insert_event_for(&self, event: &NewEvent, webhook_id: Uuid) -> Result<()> {
        let mut script = self.script();
        script.add(&[event_values(event)], insert_event)?;
        let columns: Columns = &[
            ("webhook_id", Kind::Uuid),
            ("event_id", Kind::Uuid),
            ("state", Kind::Text),
            ("attempts", Kind::Integer),
            ("due_at", Kind::Integer),
            ("created_at", Kind::Integer),
        ];
        let row = (webhook_id, event.id, "queued", 0, event.created_at, event.created_at);
        script.insert("delivery", columns, "", &[row])?;
        self.play(script).await?;
        Ok(())
    }

    /// Forgets events and deliveries that were written before a moment (Unix milliseconds), at most so many of each; answers
    /// how many. Of a webhook that was deleted all deliveries are forgotten, and then itself.
    pub async fn prune_events(&self, before: i64, limit: u64) -> Result<u64> {
        let of_webhooks = |which: &str| {
            format!(
                "DELETE FROM delivery WHERE (webhook_id, event_id) IN (SELECT d.webhook_id, d.event_id FROM webhook AS w \
                 CROSS JOIN delivery AS d WHERE d.webhook_id = w.id AND {which} LIMIT {limit})"
            )
        };
        let events =
            format!("DELETE FROM event WHERE number IN (SELECT number FROM event WHERE created_at < $1 LIMIT {limit})");
        let mut deliveries = self.change(&of_webhooks("d.created_at < $1"), [before.into()]).await?;
        deliveries = deliveries.max(self.change(&of_webhooks("w.state = 'deleted'"), []).await?);
        let events = self.change(&events, [before.into()]).await?;
        let gone = "DELETE FROM webhook WHERE state = 'deleted' AND NOT EXISTS \
                    (SELECT 1 FROM delivery AS d WHERE d.webhook_id = webhook.id)";
        self.change(gone, []).await?;
        Ok(deliveries.max(events))
    }
}

/// Events, and for each webhook that wants one a delivery; a row is given where there are any.
pub(super) fn add_events(script: &mut Script, events: &[NewEvent]) -> Result<()> {
    let rows: Vec<_> = events.iter().map(event_values).collect();
    script.add(&rows, insert_event)?;
    script.add_counted(&rows, |backend| {
        format!(
            "INSERT INTO delivery (webhook_id, event_id, state, attempts, due_at, created_at) \
             SELECT w.id, given.id, 'queued', 0, given.created_at, given.created_at FROM {} CROSS JOIN webhook AS w \
             WHERE w.merchant_id = given.merchant_id AND w.state IN ('active', 'paused') \
             AND (w.kinds = '' OR w.kinds LIKE '%,' || given.kind || ',%') ON CONFLICT DO NOTHING",
            given(backend, EVENT)
        )
    })
}

fn insert_event(backend: DbBackend) -> String {
    let xact = if backend == DbBackend::Postgres { "pg_current_xact_id()::text::bigint" } else { "0" };
    format!(
        "INSERT INTO event (xact, id, merchant_id, shop_id, member_id, kind, data, created_at) \
         SELECT {xact}, id, merchant_id, shop_id, member_id, kind, data, created_at FROM {} WHERE true \
         ON CONFLICT (id) DO NOTHING",
        given(backend, EVENT)
    )
}

impl Store {
    /// Events of a merchant behind a place, oldest first, and from where to go on: behind the last one that was looked at.
    /// Those of transactions that may still be under way are not there yet: none is ever passed over.
    pub async fn feed(
        &self,
        merchant_id: Uuid,
        after: Place,
        filter: &EventFilter,
        limit: u64,
    ) -> Result<(Vec<KeptEvent>, Place)> {
        let settled = match self.backend() {
            DbBackend::Postgres => "AND xact < pg_snapshot_xmin(pg_current_snapshot())::text::bigint",
            _ => "",
        };
        let looked = format!(
            "SELECT xact, number FROM (SELECT xact, number FROM event WHERE merchant_id = $1 AND (xact, number) > ($2, $3) \
             {settled} ORDER BY xact, number LIMIT {LOOKED_THROUGH_MAX}) AS looked ORDER BY xact DESC, number DESC LIMIT 1"
        );
        let values = vec![merchant_id.into(), after.0.into(), after.1.into()];
        let read = |row: &QueryResult| Ok::<Place, DbErr>((row.try_get_by_index(0)?, row.try_get_by_index(1)?));
        let Some(end) = self.read_all(&looked, values.clone(), read).await?.pop() else {
            return Ok((Vec::new(), after));
        };
        let kinds = filter.kinds.iter().map(|kind| format!("'{kind}'")).collect::<Vec<_>>().join(", ");
        let of_kinds = if kinds.is_empty() { String::new() } else { format!("AND e.kind IN ({kinds})") };
        let at_shop = if filter.shop_id.is_some() { "AND e.shop_id = $6" } else { "" };
        let sql = format!(
            "{READ} FROM event AS e LEFT JOIN member AS m ON m.id = e.member_id WHERE e.merchant_id = $1 \
             AND (e.xact, e.number) > ($2, $3) AND (e.xact, e.number) <= ($4, $5) {of_kinds} {at_shop} \
             ORDER BY e.xact, e.number LIMIT {}",
            limit + 1
        );
        let ends: [Value; 2] = [end.0.into(), end.1.into()];
        let values = values.into_iter().chain(ends).chain(filter.shop_id.map(Value::from)).collect();
        let mut found = self.read_all(&sql, values, read_event).await?;
        let has_more = found.len() as u64 > limit;
        found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        let end = found.last().filter(|_| has_more).map_or(end, |last| last.place);
        Ok((found, end))
    }

    /// Events by their ids.
    pub async fn events(&self, ids: &[Uuid]) -> Result<Vec<KeptEvent>> {
        let sql = format!(
            "{READ} FROM {} CROSS JOIN event AS e LEFT JOIN member AS m ON m.id = e.member_id WHERE e.id = given.id",
            given(self.backend(), &[("id", Kind::Uuid)])
        );
        let ids: Vec<[Uuid; 1]> = ids.iter().map(|id| [*id]).collect();
        let json = serde_json::to_string(&ids).unwrap_or_default();
        let mut found = self.read_all(&sql, vec![json.into()], read_event).await?;
        found.sort_unstable_by_key(|event| event.place);
        Ok(found)
    }

    /// Events of a merchant that were written from a moment on (Unix milliseconds), oldest first: (id, kind).
    pub async fn events_since(&self, merchant_id: Uuid, since: i64, limit: u64) -> Result<Vec<(Uuid, String)>> {
        let sql = format!(
            "SELECT id, kind FROM event WHERE merchant_id = $1 AND created_at >= $2 ORDER BY xact, number LIMIT {limit}"
        );
        let read = |row: &QueryResult| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?));
        self.read_all(&sql, vec![merchant_id.into(), since.into()], read).await
    }
}

fn read_event(row: &QueryResult) -> Result<KeptEvent, DbErr> {
    Ok(KeptEvent {
        place: (row.try_get_by_index(0)?, row.try_get_by_index(1)?),
        id: row.try_get_by_index(2)?,
        merchant_id: row.try_get_by_index(3)?,
        shop_id: row.try_get_by_index(4)?,
        member_id: row.try_get_by_index(5)?,
        phone: row.try_get_by_index(6)?,
        kind: row.try_get_by_index(7)?,
        data: row.try_get_by_index(8)?,
        created_at: row.try_get_by_index(9)?,
    })
}

fn event_values(event: &NewEvent) -> impl Serialize + '_ {
    let NewEvent { id, merchant_id, shop_id, member_id, kind, data, created_at } = event;
    (id, merchant_id, shop_id, member_id, kind, data, created_at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_added_to_whatever_is_there() {
        let mut event = NewEvent {
            id: Uuid::nil(),
            merchant_id: Uuid::nil(),
            shop_id: None,
            member_id: None,
            kind: "points.earned",
            data: "{}".to_owned(),
            created_at: 0,
        };
        event.add("sale_id", "17\"}");
        event.add("more", "{");
        let read: serde_json::Value = serde_json::from_str(&event.data).unwrap();
        assert_eq!(read, serde_json::json!({ "sale_id": "17\"}", "more": "{" }));
    }
}
