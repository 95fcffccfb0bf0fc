//! What was said between a member and their merchant, and what they agreed to. What went over a sender that merchants
//! share is shown to a merchant as far as it concerns nobody else.

use sea_orm::{DbErr, QueryResult, Value};
use uuid::Uuid;

use super::{Result, Store, members::Member};

/// Who looks at a conversation, and so how much of it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Onlooker {
    /// The operator: everything.
    Operator,
    /// The merchant: what concerns nobody else.
    Merchant,
    /// One shop of the merchant: what concerns no other shop.
    Shop(Uuid),
}

impl Onlooker {
    /// The condition under which what was said to everybody on sender `s` may be read. A shop's id is the parameter $4.
    fn may_read(self) -> String {
        match self {
            Self::Operator => "true".to_owned(),
            Self::Merchant => CONCERNS_NOBODY_ELSE.to_owned(),
            Self::Shop(_) => format!("{CONCERNS_NOBODY_ELSE} AND {CONCERNS_NO_OTHER_SHOP}"),
        }
    }

    /// The condition under which a reply is the onlooker's own.
    fn own_text(self) -> &'static str {
        if matches!(self, Self::Shop(_)) { "o.shop_id = $4" } else { "o.merchant_id = $2" }
    }

    /// The senders over which they talk with this member.
    fn senders(self) -> &'static str {
        if matches!(self, Self::Shop(_)) { SENDERS_OF_SHOP } else { SENDERS_BETWEEN }
    }

    /// The condition that leaves out what is another shop's.
    fn is_theirs(self, shop_id: &str) -> String {
        match self {
            Self::Shop(_) => format!(" AND ({shop_id} IS NULL OR {shop_id} = $4)"),
            _ => String::new(),
        }
    }

    /// The parameter $4: a shop's id, which only a shop's conditions read.
    fn value(self) -> Value {
        match self {
            Self::Shop(id) => id.into(),
            _ => Uuid::nil().into(),
        }
    }
}

/// A text from or to a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Where it stands in the conversation.
    pub place: SaidPlace,
    /// The address of the sender.
    pub sender: String,
    /// What it says; `None` where it also speaks for other merchants.
    pub body: Option<String>,
    /// Attachments as JSON.
    pub media: Option<String>,
    /// Parts of one that came in, as the provider counted.
    pub segments: Option<i32>,
    /// The provider's id of the text.
    pub provider_message_id: Option<String>,
    /// For one that goes out: which reply.
    pub reply: Option<String>,
    /// For one that goes out: its state in the outbox.
    pub state: Option<String>,
    /// For one that goes out: how often it was tried.
    pub attempts: Option<i32>,
    /// For one that went out: the furthest that the provider reported.
    pub delivery: Option<String>,
    /// The provider's number for what went wrong.
    pub error_code: Option<i32>,
    /// What went wrong, in plain words.
    pub reason: Option<String>,
}

/// Where a text stands in a conversation: by time, a reply after the text that caused it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SaidPlace {
    /// Unix milliseconds.
    pub at: i64,
    /// The text that came in, or the one that caused what goes out.
    pub cause: i64,
    /// Whether it goes out.
    pub is_outbound: bool,
    /// Our id among those that came in, or among those that go out.
    pub id: i64,
}

/// Proof of consent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentRecord {
    /// Our id; grows in the order of writing.
    pub id: i64,
    /// The shop; `None`: all on the sender.
    pub shop_id: Option<Uuid>,
    /// The address of the sender.
    pub sender: String,
    /// What happened.
    pub kind: String,
    /// How.
    pub method: String,
    /// By which rule it was heard, where it was said in their own words.
    pub reason: Option<String>,
    /// What the person typed.
    pub typed: String,
    /// What we showed in the same turn; `None` where it also speaks for other merchants.
    pub shown: Option<String>,
    /// The provider's id of the person's text.
    pub provider_message_id: Option<String>,
    /// Unix milliseconds.
    pub occurred_at: i64,
}

/// Senders over which this merchant ($2) and this member ($3) talk.
const SENDERS_BETWEEN: &str = "SELECT id FROM sender WHERE merchant_id = $2 \
    UNION SELECT sender_id FROM shop WHERE merchant_id = $2 \
    UNION SELECT k.sender_id FROM enrolment AS e JOIN keyword AS k ON k.id = e.keyword_id WHERE e.member_id = $3";

/// Whether what was said to everybody on sender `s` concerns this merchant ($2) alone: the sender is its own, or the
/// person ($1) is nobody else's member.
const CONCERNS_NOBODY_ELSE: &str = "(s.merchant_id = $2 OR NOT EXISTS \
    (SELECT 1 FROM member AS other WHERE other.address = $1 AND other.merchant_id <> $2))";

/// The senders of shop $4.
const SENDERS_OF_SHOP: &str =
    "SELECT sender_id FROM shop WHERE id = $4 UNION SELECT sender_id FROM keyword WHERE shop_id = $4";

/// Whether what was said to member $3 for no shop in particular concerns shop $4 alone.
const CONCERNS_NO_OTHER_SHOP: &str =
    "NOT EXISTS (SELECT 1 FROM enrolment AS e WHERE e.member_id = $3 AND e.shop_id <> $4)";

impl Store {
    /// What was said between a member and their merchant, newest first, before `before`, as far as it is the
    /// onlooker's to see.
    pub async fn said(
        &self,
        member: &Member,
        before: Option<SaidPlace>,
        limit: u64,
        onlooker: Onlooker,
    ) -> Result<Vec<Said>> {
        let end = SaidPlace { at: i64::MAX, cause: i64::MAX, is_outbound: true, id: i64::MAX };
        let SaidPlace { at, cause, is_outbound, id } = before.unwrap_or(end);
        let (may_read, senders) = (onlooker.may_read(), onlooker.senders());
        let (own, is_theirs) = (onlooker.own_text(), onlooker.is_theirs("o.shop_id"));
        // What a text that came in says may be meant for any shop on its sender.
        let sql = format!(
            "SELECT * FROM (\
             SELECT i.received_at AS at, i.id AS cause, 0 AS outbound, i.id AS id, s.address AS sender, i.body AS body, \
             i.media AS media, i.segments AS segments, i.provider_message_id AS provider_message_id, \
             CAST(NULL AS text) AS reply, CAST(NULL AS text) AS state, CAST(NULL AS integer) AS attempts, \
             CAST(NULL AS text) AS delivery, CAST(NULL AS integer) AS error_code, CAST(NULL AS text) AS reason \
             FROM inbound AS i JOIN sender AS s ON s.id = i.sender_id \
             WHERE i.address = $1 AND i.sender_id IN ({senders}) \
             UNION ALL SELECT o.created_at, COALESCE(o.inbound_id, {}), 1, o.id, s.address, \
             CASE WHEN {own} OR ({may_read}) THEN o.body END, \
             NULL, NULL, o.provider_message_id, o.reply, o.state, o.attempts, r.status, \
             COALESCE(r.error_code, o.error_code), o.reason \
             FROM outbox AS o JOIN sender AS s ON s.id = o.sender_id LEFT JOIN receipt AS r \
             ON r.provider_message_id = o.provider_message_id AND r.account_id = s.account_id \
             WHERE o.address = $1 AND (o.merchant_id = $2 OR (o.merchant_id IS NULL AND o.sender_id IN ({senders}))){is_theirs}\
             ) AS said WHERE (at, cause, outbound, id) < ($5, $6, $7, $8) \
             ORDER BY at DESC, cause DESC, outbound DESC, id DESC LIMIT {limit}",
            i64::MAX
        );
        let mut values = between(member, onlooker);
        values.extend([at.into(), cause.into(), i64::from(is_outbound).into(), id.into()]);
        self.read_all(&sql, values, read_said).await
    }

    /// A member's proof of consent, newest first, before the id `before`, as far as it is the onlooker's to see.
    pub async fn consents(
        &self,
        member: &Member,
        before: Option<i64>,
        limit: u64,
        onlooker: Onlooker,
    ) -> Result<Vec<ConsentRecord>> {
        let (may_read, senders) = (onlooker.may_read(), onlooker.senders());
        let is_theirs = onlooker.is_theirs("c.shop_id");
        let sql = format!(
            "SELECT c.id, c.shop_id, s.address, c.kind, c.method, c.reason, c.typed, \
             CASE WHEN c.shop_id IS NOT NULL OR ({may_read}) THEN c.shown END, c.provider_message_id, c.occurred_at \
             FROM consent AS c JOIN sender AS s ON s.id = c.sender_id \
             WHERE c.address = $1 AND c.sender_id IN ({senders}) AND c.id < $5 \
             AND (c.shop_id IS NULL OR c.shop_id IN (SELECT id FROM shop WHERE merchant_id = $2)){is_theirs} \
             ORDER BY c.id DESC LIMIT {limit}"
        );
        let mut values = between(member, onlooker);
        values.push(before.unwrap_or(i64::MAX).into());
        self.read_all(&sql, values, read_consent).await
    }
}

/// The parameters of the conditions above.
fn between(member: &Member, onlooker: Onlooker) -> Vec<Value> {
    vec![member.address.as_str().into(), member.merchant_id.into(), member.id.into(), onlooker.value()]
}

fn read_said(row: &QueryResult) -> Result<Said, DbErr> {
    let outbound: i32 = row.try_get_by_index(2)?;
    Ok(Said {
        place: SaidPlace {
            at: row.try_get_by_index(0)?,
            cause: row.try_get_by_index(1)?,
            is_outbound: outbound != 0,
            id: row.try_get_by_index(3)?,
        },
        sender: row.try_get_by_index(4)?,
        body: row.try_get_by_index(5)?,
        media: row.try_get_by_index(6)?,
        segments: row.try_get_by_index(7)?,
        provider_message_id: row.try_get_by_index(8)?,
        reply: row.try_get_by_index(9)?,
        state: row.try_get_by_index(10)?,
        attempts: row.try_get_by_index(11)?,
        delivery: row.try_get_by_index(12)?,
        error_code: row.try_get_by_index(13)?,
        reason: row.try_get_by_index(14)?,
    })
}

fn read_consent(row: &QueryResult) -> Result<ConsentRecord, DbErr> {
    Ok(ConsentRecord {
        id: row.try_get_by_index(0)?,
        shop_id: row.try_get_by_index(1)?,
        sender: row.try_get_by_index(2)?,
        kind: row.try_get_by_index(3)?,
        method: row.try_get_by_index(4)?,
        reason: row.try_get_by_index(5)?,
        typed: row.try_get_by_index(6)?,
        shown: row.try_get_by_index(7)?,
        provider_message_id: row.try_get_by_index(8)?,
        occurred_at: row.try_get_by_index(9)?,
    })
}
