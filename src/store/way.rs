//! The way of one text, and how somebody stands with a shop: what it takes to say why somebody did not get a text.

use sea_orm::{DbErr, QueryResult, Value};
use uuid::Uuid;

use super::{Result, Store};

/// A text on its way, or at its end. Times are Unix milliseconds.
#[derive(Debug, Clone, PartialEq)]
pub struct TextOnItsWay {
    /// Our id.
    pub id: i64,
    /// The sender.
    pub sender_id: Uuid,
    /// To whom.
    pub address: String,
    /// Whose text; `None` where several merchants share it.
    pub merchant_id: Option<Uuid>,
    /// For which shop, where it was for one.
    pub shop_id: Option<Uuid>,
    /// The text that caused it.
    pub inbound_id: Option<i64>,
    /// Which reply.
    pub reply: String,
    /// What it says.
    pub body: String,
    /// Its state in the outbox.
    pub state: String,
    /// How often it was tried.
    pub attempts: i32,
    /// From when on it may be tried.
    pub due_at: i64,
    /// When it was written, or may go where it is held.
    pub created_at: i64,
    /// When it was tried last.
    pub attempted_at: Option<i64>,
    /// When it was settled.
    pub settled_at: Option<i64>,
    /// The provider's number for what went wrong.
    pub error_code: Option<i32>,
    /// The furthest that the provider reported, and when.
    pub report: Option<(String, i64)>,
    /// Until when the sender rests, and why.
    pub pause: Option<(i64, Option<String>)>,
    /// Since when its reader is opted out of the sender.
    pub opted_out_at: Option<i64>,
}

/// What a queue says of a text that waits in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    /// Whether an earlier text to the same phone is not settled.
    pub is_behind: bool,
    /// How many texts of the sender go first, at most as many as asked for.
    pub ahead: i64,
}

/// How somebody stands with a sender. Times are Unix milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Terms {
    /// Since when they are opted out.
    pub opted_out_at: Option<i64>,
    /// Since when it is in doubt whether they want any texts.
    pub no_marketing_since: Option<i64>,
    /// The open question, as JSON.
    pub question: Option<String>,
}

impl Store {
    /// A text by our id.
    pub async fn text_on_its_way(&self, id: i64) -> Result<Option<TextOnItsWay>> {
        let sql = "SELECT o.id, o.sender_id, o.address, o.merchant_id, o.shop_id, o.inbound_id, o.reply, o.body, o.state, \
                   o.attempts, o.due_at, o.created_at, o.attempted_at, o.settled_at, COALESCE(r.error_code, o.error_code), \
                   r.status, r.received_at, l.paused_until, l.pause_reason, c.opted_out_at FROM outbox AS o \
                   JOIN sender AS s ON s.id = o.sender_id LEFT JOIN receipt AS r \
                   ON r.provider_message_id = o.provider_message_id AND r.account_id = s.account_id \
                   LEFT JOIN sender_lease AS l ON l.sender_id = o.sender_id \
                   LEFT JOIN conversation AS c ON c.sender_id = o.sender_id AND c.address = o.address WHERE o.id = $1";
        Ok(self.read_all(sql, vec![id.into()], read_text).await?.pop())
    }

    /// What stands before a text that waits; at most `most` texts are counted.
    pub async fn place_in_queue(&self, text: &TextOnItsWay, most: i64) -> Result<Place> {
        let ahead = format!(
            "SELECT COUNT(*) FROM (SELECT 1 FROM outbox WHERE sender_id = $1 AND state = 'queued' AND id < $2 LIMIT {most}) \
             AS ahead"
        );
        let values: Vec<Value> = vec![text.sender_id.into(), text.id.into()];
        let ahead: Vec<i64> = self.read_all(&ahead, values, |row| row.try_get_by_index(0)).await?;
        let behind = "SELECT 1 FROM outbox WHERE sender_id = $1 AND address = $2 AND id < $3 \
                      AND state IN ('queued', 'claimed', 'unclear') LIMIT 1";
        let values: Vec<Value> = vec![text.sender_id.into(), text.address.as_str().into(), text.id.into()];
        let behind = self.read_all(behind, values, |_| Ok(())).await?;
        Ok(Place { is_behind: !behind.is_empty(), ahead: ahead.first().copied().unwrap_or(0) })
    }

    /// How somebody stands with a sender.
    pub async fn terms_with(&self, sender_id: Uuid, address: &str) -> Result<Terms> {
        let sql =
            "SELECT opted_out_at, no_marketing_since, question FROM conversation WHERE sender_id = $1 AND address = $2";
        let read = |row: &QueryResult| {
            let (opted_out_at, no_marketing_since) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            Ok(Terms { opted_out_at, no_marketing_since, question: row.try_get_by_index(2)? })
        };
        let values: Vec<Value> = vec![sender_id.into(), address.into()];
        Ok(self.read_all(sql, values, read).await?.pop().unwrap_or_default())
    }

    /// The last text of a merchant's to somebody over a sender.
    pub async fn last_text_to(
        &self,
        merchant_id: Uuid,
        (sender_id, address): (Uuid, &str),
    ) -> Result<Option<TextOnItsWay>> {
        let sql = "SELECT o.id FROM outbox AS o WHERE o.address = $1 AND o.sender_id = $2 \
                   AND (o.merchant_id = $3 OR o.merchant_id IS NULL) ORDER BY o.id DESC LIMIT 1";
        let values: Vec<Value> = vec![address.into(), sender_id.into(), merchant_id.into()];
        let found: Vec<i64> = self.read_all(sql, values, |row| row.try_get_by_index(0)).await?;
        match found.first() {
            Some(id) => self.text_on_its_way(*id).await,
            None => Ok(None),
        }
    }

    /// The member of a merchant with an address, by our id.
    pub async fn member_id_at(&self, merchant_id: Uuid, address: &str) -> Result<Option<Uuid>> {
        let sql = "SELECT id FROM member WHERE address = $1 AND merchant_id = $2 AND erased_at IS NULL";
        Ok(self.read_all(sql, vec![address.into(), merchant_id.into()], |row| row.try_get_by_index(0)).await?.pop())
    }
}

fn read_text(row: &QueryResult) -> Result<TextOnItsWay, DbErr> {
    let report: (Option<String>, Option<i64>) = (row.try_get_by_index(15)?, row.try_get_by_index(16)?);
    let paused_until: Option<i64> = row.try_get_by_index(17)?;
    let why: Option<String> = row.try_get_by_index(18)?;
    Ok(TextOnItsWay {
        id: row.try_get_by_index(0)?,
        sender_id: row.try_get_by_index(1)?,
        address: row.try_get_by_index(2)?,
        merchant_id: row.try_get_by_index(3)?,
        shop_id: row.try_get_by_index(4)?,
        inbound_id: row.try_get_by_index(5)?,
        reply: row.try_get_by_index(6)?,
        body: row.try_get_by_index(7)?,
        state: row.try_get_by_index(8)?,
        attempts: row.try_get_by_index(9)?,
        due_at: row.try_get_by_index(10)?,
        created_at: row.try_get_by_index(11)?,
        attempted_at: row.try_get_by_index(12)?,
        settled_at: row.try_get_by_index(13)?,
        error_code: row.try_get_by_index(14)?,
        report: report.0.zip(report.1),
        pause: paused_until.map(|until| (until, why)),
        opted_out_at: row.try_get_by_index(19)?,
    })
}
