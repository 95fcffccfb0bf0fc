//! Members as lists and pages show them: each with where they earn, what they earned, what was said, what they agreed to.
//!
//! Everything is found from one person's address or ids, so that no read costs more as members become many. What went
//! over a sender that merchants share is shown to a merchant as far as it concerns nobody else.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, DbErr, QueryResult, Statement, Value};
use uuid::Uuid;

use super::{
    Result, Store, StoreError,
    directory::Page,
    rows::{Kind, given},
};

/// How many members a page of a list looks through at most, so that a filter that fits few costs no more.
const LOOKED_THROUGH_MAX: u64 = 5_000;

/// Which members.
#[derive(Debug, Clone, Default)]
pub struct MemberFilter {
    /// Only this merchant's.
    pub merchant_id: Option<Uuid>,
    /// Only those with this address.
    pub address: Option<String>,
    /// Only those enrolled at this shop.
    pub shop_id: Option<Uuid>,
}

/// A member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Our id.
    pub id: Uuid,
    /// Whose member.
    pub merchant_id: Uuid,
    /// The person.
    pub address: String,
    /// The code of the language they are answered in.
    pub language: String,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Whether they are opted out of a sender that the merchant uses.
    pub is_opted_out: bool,
}

/// Where a member earns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberEnrolment {
    /// The member.
    pub member_id: Uuid,
    /// The shop.
    pub shop_id: Uuid,
    /// Its name.
    pub shop: String,
    /// Points, the sum of the entries.
    pub balance: i64,
    /// Unix milliseconds.
    pub enrolled_at: i64,
    /// The phrase by which they joined.
    pub keyword: Option<String>,
    /// Where it hung.
    pub source: Option<String>,
}

/// A line in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerEntry {
    /// Our id.
    pub id: Uuid,
    /// The shop.
    pub shop_id: Uuid,
    /// Earned, or below zero.
    pub points: i64,
    /// Why.
    pub cause: String,
    /// Unix milliseconds.
    pub created_at: i64,
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
    /// What the person typed.
    pub typed: String,
    /// What we showed in the same turn; `None` where it also speaks for other merchants.
    pub shown: Option<String>,
    /// The provider's id of the person's text.
    pub provider_message_id: Option<String>,
    /// Unix milliseconds.
    pub occurred_at: i64,
}

/// What is read of a member `m`.
const MEMBER: &str = "m.id, m.merchant_id, m.address, m.language, m.created_at, CASE WHEN EXISTS \
    (SELECT 1 FROM conversation AS c WHERE c.address = m.address AND c.opted_out_at IS NOT NULL AND c.sender_id IN \
    (SELECT sender_id FROM shop WHERE merchant_id = m.merchant_id UNION SELECT k.sender_id FROM enrolment AS e \
    JOIN keyword AS k ON k.id = e.keyword_id WHERE e.member_id = m.id)) THEN 1 ELSE 0 END";

/// Senders over which this merchant ($2) and this member ($3) talk.
const SENDERS_BETWEEN: &str = "SELECT id FROM sender WHERE merchant_id = $2 \
    UNION SELECT sender_id FROM shop WHERE merchant_id = $2 \
    UNION SELECT k.sender_id FROM enrolment AS e JOIN keyword AS k ON k.id = e.keyword_id WHERE e.member_id = $3";

/// Whether what was said to everybody on sender `s` concerns this merchant ($2) alone: the sender is its own, or the
/// person ($1) is nobody else's member.
const CONCERNS_NOBODY_ELSE: &str = "(s.merchant_id = $2 OR NOT EXISTS \
    (SELECT 1 FROM member AS other WHERE other.address = $1 AND other.merchant_id <> $2))";

impl Store {
    /// Members in the order of their ids, and the id after which the next page begins. A page may hold less than
    /// asked for, even nothing, and yet not be the last one: it looks through a bounded number of members.
    pub async fn members(&self, filter: &MemberFilter, page: Page) -> Result<(Vec<Member>, Option<Uuid>)> {
        let mut values: Vec<Value> = vec![page.after.unwrap_or(Uuid::nil()).into()];
        let mut place = |value: Value| {
            values.push(value);
            format!("${}", values.len())
        };
        let is_filtered = filter.merchant_id.is_some() || filter.shop_id.is_some();
        let looks_through = is_filtered && filter.address.is_none();
        let from = match &filter.address {
            Some(address) => format!("member AS m WHERE m.id > $1 AND m.address = {}", place(address.as_str().into())),
            None if looks_through => {
                format!("(SELECT * FROM member WHERE id > $1 ORDER BY id LIMIT {LOOKED_THROUGH_MAX}) AS m WHERE true")
            }
            None => "member AS m WHERE m.id > $1".to_owned(),
        };
        let of_merchant = filter.merchant_id.map(|id| format!(" AND m.merchant_id = {}", place(id.into())));
        let of_shop = filter.shop_id.map(|id| {
            let id = place(id.into());
            format!(" AND EXISTS (SELECT 1 FROM enrolment AS e WHERE e.member_id = m.id AND e.shop_id = {id})")
        });
        // Whether somebody is opted out is looked up for those on the page alone, hence the inner query.
        let sql = format!(
            "SELECT {MEMBER} FROM (SELECT m.* FROM {from}{}{} ORDER BY m.id LIMIT {}) AS m ORDER BY m.id",
            of_merchant.unwrap_or_default(),
            of_shop.unwrap_or_default(),
            page.limit.saturating_add(1)
        );
        let mut members = self.read_all(&sql, values, read_member).await?;
        let limit = usize::try_from(page.limit).unwrap_or(usize::MAX);
        let next = if members.len() > limit {
            members.truncate(limit);
            members.last().map(|last| last.id)
        } else if looks_through {
            self.last_looked_at(page.after).await?
        } else {
            None
        };
        Ok((members, next))
    }

    /// A member by our id.
    pub async fn member(&self, id: Uuid) -> Result<Option<Member>> {
        let sql = format!("SELECT {MEMBER} FROM member AS m WHERE m.id = $1");
        Ok(self.read_all(&sql, vec![id.into()], read_member).await?.pop())
    }

    /// Where these members earn, oldest first.
    pub async fn enrolments(&self, member_ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<MemberEnrolment>>> {
        let rows: Vec<[Uuid; 1]> = member_ids.iter().map(|id| [*id]).collect();
        let json = serde_json::to_string(&rows).map_err(|error| StoreError::Refused(error.to_string()))?;
        let sql = format!(
            "SELECT e.member_id, e.shop_id, s.name, e.balance, e.enrolled_at, k.phrase, k.source FROM {} \
             CROSS JOIN enrolment AS e JOIN shop AS s ON s.id = e.shop_id LEFT JOIN keyword AS k ON k.id = e.keyword_id \
             WHERE e.member_id = given.id ORDER BY e.enrolled_at, e.id",
            given(self.backend(), &[("id", Kind::Uuid)])
        );
        let mut by_member: HashMap<Uuid, Vec<MemberEnrolment>> = HashMap::new();
        for enrolment in self.read_all(&sql, vec![json.into()], read_enrolment).await? {
            by_member.entry(enrolment.member_id).or_default().push(enrolment);
        }
        Ok(by_member)
    }

    /// A member's entries, newest first, those before `before` (time, id).
    pub async fn entries(&self, member_id: Uuid, before: Option<(i64, Uuid)>, limit: u64) -> Result<Vec<LedgerEntry>> {
        let (at, id) = before.unwrap_or((i64::MAX, Uuid::max()));
        let sql = format!(
            "SELECT n.id, e.shop_id, n.points, n.cause, n.created_at FROM enrolment AS e \
             JOIN entry AS n ON n.enrolment_id = e.id WHERE e.member_id = $1 AND (n.created_at, n.id) < ($2, $3) \
             ORDER BY n.created_at DESC, n.id DESC LIMIT {limit}"
        );
        self.read_all(&sql, vec![member_id.into(), at.into(), id.into()], read_entry).await
    }

    /// What was said between a member and their merchant, newest first, before `before`. With `all`, also what a reply
    /// on a shared sender says for other merchants.
    pub async fn said(&self, member: &Member, before: Option<SaidPlace>, limit: u64, all: bool) -> Result<Vec<Said>> {
        let end = SaidPlace { at: i64::MAX, cause: i64::MAX, is_outbound: true, id: i64::MAX };
        let SaidPlace { at, cause, is_outbound, id } = before.unwrap_or(end);
        let is_theirs = if all { "true" } else { CONCERNS_NOBODY_ELSE };
        let sql = format!(
            "SELECT * FROM (\
             SELECT i.received_at AS at, i.id AS cause, 0 AS outbound, i.id AS id, s.address AS sender, i.body AS body, \
             i.media AS media, i.segments AS segments, i.provider_message_id AS provider_message_id, \
             CAST(NULL AS text) AS reply, CAST(NULL AS text) AS state, CAST(NULL AS integer) AS attempts, \
             CAST(NULL AS text) AS delivery, CAST(NULL AS integer) AS error_code, CAST(NULL AS text) AS reason \
             FROM inbound AS i JOIN sender AS s ON s.id = i.sender_id \
             WHERE i.address = $1 AND i.sender_id IN ({SENDERS_BETWEEN}) \
             UNION ALL SELECT o.created_at, COALESCE(o.inbound_id, {}), 1, o.id, s.address, \
             CASE WHEN o.merchant_id = $2 OR {is_theirs} THEN o.body END, \
             NULL, NULL, o.provider_message_id, o.reply, o.state, o.attempts, r.status, \
             COALESCE(r.error_code, o.error_code), o.reason \
             FROM outbox AS o JOIN sender AS s ON s.id = o.sender_id LEFT JOIN receipt AS r \
             ON r.provider_message_id = o.provider_message_id AND r.account_id = s.account_id \
             WHERE o.address = $1 AND (o.merchant_id = $2 OR (o.merchant_id IS NULL AND o.sender_id IN ({SENDERS_BETWEEN})))\
             ) AS said WHERE (at, cause, outbound, id) < ($4, $5, $6, $7) \
             ORDER BY at DESC, cause DESC, outbound DESC, id DESC LIMIT {limit}",
            i64::MAX
        );
        let mut values = between(member);
        values.extend([at.into(), cause.into(), i64::from(is_outbound).into(), id.into()]);
        self.read_all(&sql, values, read_said).await
    }

    /// A member's proof of consent, newest first, before the id `before`. With `all`, also what an answer on a shared
    /// sender says for other merchants.
    pub async fn consents(
        &self,
        member: &Member,
        before: Option<i64>,
        limit: u64,
        all: bool,
    ) -> Result<Vec<ConsentRecord>> {
        let is_theirs = if all { "true" } else { CONCERNS_NOBODY_ELSE };
        let sql = format!(
            "SELECT c.id, c.shop_id, s.address, c.kind, c.method, c.typed, \
             CASE WHEN c.shop_id IS NOT NULL OR {is_theirs} THEN c.shown END, c.provider_message_id, c.occurred_at \
             FROM consent AS c JOIN sender AS s ON s.id = c.sender_id \
             WHERE c.address = $1 AND c.sender_id IN ({SENDERS_BETWEEN}) AND c.id < $4 \
             AND (c.shop_id IS NULL OR c.shop_id IN (SELECT id FROM shop WHERE merchant_id = $2)) \
             ORDER BY c.id DESC LIMIT {limit}"
        );
        let mut values = between(member);
        values.push(before.unwrap_or(i64::MAX).into());
        self.read_all(&sql, values, read_consent).await
    }

    /// The last member that a filtered page looked at, if there may be more behind.
    async fn last_looked_at(&self, after: Option<Uuid>) -> Result<Option<Uuid>> {
        let sql = format!("SELECT id FROM member WHERE id > $1 ORDER BY id LIMIT 1 OFFSET {}", LOOKED_THROUGH_MAX - 1);
        let after = after.unwrap_or(Uuid::nil());
        Ok(self.read_all(&sql, vec![after.into()], |row| row.try_get_by_index(0)).await?.pop())
    }

    async fn read_all<T>(
        &self,
        sql: &str,
        values: Vec<Value>,
        read: impl Fn(&QueryResult) -> Result<T, DbErr>,
    ) -> Result<Vec<T>> {
        let rows = self.reader.query_all_raw(Statement::from_sql_and_values(self.backend(), sql, values)).await?;
        Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
    }
}

/// The parameters of [`SENDERS_BETWEEN`] and [`CONCERNS_NOBODY_ELSE`].
fn between(member: &Member) -> Vec<Value> {
    vec![member.address.as_str().into(), member.merchant_id.into(), member.id.into()]
}

fn read_member(row: &QueryResult) -> Result<Member, DbErr> {
    let opted_out: i32 = row.try_get_by_index(5)?;
    Ok(Member {
        id: row.try_get_by_index(0)?,
        merchant_id: row.try_get_by_index(1)?,
        address: row.try_get_by_index(2)?,
        language: row.try_get_by_index(3)?,
        created_at: row.try_get_by_index(4)?,
        is_opted_out: opted_out != 0,
    })
}

fn read_enrolment(row: &QueryResult) -> Result<MemberEnrolment, DbErr> {
    Ok(MemberEnrolment {
        member_id: row.try_get_by_index(0)?,
        shop_id: row.try_get_by_index(1)?,
        shop: row.try_get_by_index(2)?,
        balance: row.try_get_by_index(3)?,
        enrolled_at: row.try_get_by_index(4)?,
        keyword: row.try_get_by_index(5)?,
        source: row.try_get_by_index(6)?,
    })
}

fn read_entry(row: &QueryResult) -> Result<LedgerEntry, DbErr> {
    Ok(LedgerEntry {
        id: row.try_get_by_index(0)?,
        shop_id: row.try_get_by_index(1)?,
        points: row.try_get_by_index(2)?,
        cause: row.try_get_by_index(3)?,
        created_at: row.try_get_by_index(4)?,
    })
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
        typed: row.try_get_by_index(5)?,
        shown: row.try_get_by_index(6)?,
        provider_message_id: row.try_get_by_index(7)?,
        occurred_at: row.try_get_by_index(8)?,
    })
}
