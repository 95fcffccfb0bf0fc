//! Members as lists and pages show them: each with where they earn, what they told of themselves, what they earned.
//!
//! Everything is found from one person's address or ids, so that no read costs more as members become many.

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
    /// What they want to be called.
    pub first_name: Option<String>,
    /// Their birthday, `MM-DD`.
    pub birthday: Option<String>,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Whether they are opted out of a sender that the merchant uses.
    pub is_opted_out: bool,
    /// Whether they may be: they were asked, and have not answered.
    pub is_in_doubt: bool,
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
    /// Points to be spent in the shop's program, the sum of the entries.
    pub balance: i64,
    /// The shop's program, which may be that of other shops too.
    pub program_id: Uuid,
    /// Points that cannot be spent yet.
    pub pending: i64,
    /// Points in vouchers.
    pub locked: i64,
    /// The level held.
    pub level: Option<String>,
    /// Unix milliseconds.
    pub enrolled_at: i64,
    /// The phrase by which they joined.
    pub keyword: Option<String>,
    /// Where it hung when they joined.
    pub source: Option<String>,
    /// Since when they have left, Unix milliseconds.
    pub left_at: Option<i64>,
}

/// What a member answered to a question of a shop's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileAnswer {
    /// The member.
    pub member_id: Uuid,
    /// The shop.
    pub shop_id: Uuid,
    /// The question's id.
    pub question: String,
    /// The question as it was asked.
    pub prompt: String,
    /// The answer.
    pub answer: String,
    /// Unix milliseconds.
    pub answered_at: i64,
}

/// A line in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerEntry {
    /// Our id.
    pub id: Uuid,
    /// The program.
    pub program_id: Uuid,
    /// Its place in the purse's history, from 1.
    pub number: i64,
    /// At which shop.
    pub shop_id: Option<Uuid>,
    /// Where it was taken from.
    pub from_book: String,
    /// Where it went.
    pub to_book: String,
    /// The punch card whose stamps these are; `None` for points.
    pub card: Option<String>,
    /// How many.
    pub amount: i64,
    /// Why.
    pub cause: String,
    /// The rule that gave it, or the reward it is for.
    pub rule: Option<String>,
    /// The version of the program that decided it.
    pub version: i32,
    /// Who did it.
    pub actor: String,
    /// What staff said why.
    pub reason: Option<String>,
    /// When it happened, Unix milliseconds.
    pub happened_at: i64,
    /// When it was written down, Unix milliseconds.
    pub created_at: i64,
}

impl LedgerEntry {
    /// What it did to the points that the member has, spendable or pending; 0 where they only moved.
    pub fn points(&self) -> i64 {
        let is_held = |book: &str| matches!(book, "pending" | "available");
        match (is_held(&self.from_book), is_held(&self.to_book)) {
            _ if self.card.is_some() => 0,
            (false, true) => self.amount,
            (true, false) => -self.amount,
            _ => 0,
        }
    }
}

/// What is read of a member `m`.
const MEMBER: &str = "m.id, m.merchant_id, m.address, m.language, m.first_name, m.birthday, m.created_at, (SELECT \
    MAX(CASE WHEN c.opted_out_at IS NOT NULL THEN 2 WHEN c.no_marketing_since IS NOT NULL THEN 1 ELSE 0 END) \
    FROM conversation AS c WHERE c.address = m.address AND c.sender_id IN \
    (SELECT sender_id FROM shop WHERE merchant_id = m.merchant_id UNION SELECT k.sender_id FROM enrolment AS e \
    JOIN keyword AS k ON k.id = e.keyword_id WHERE e.member_id = m.id))";

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
            "SELECT {MEMBER} FROM (SELECT m.* FROM {from} AND m.erased_at IS NULL{}{} ORDER BY m.id LIMIT {}) AS m ORDER BY m.id",
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
        let sql = format!("SELECT {MEMBER} FROM member AS m WHERE m.id = $1 AND m.erased_at IS NULL");
        Ok(self.read_all(&sql, vec![id.into()], read_member).await?.pop())
    }

    /// Whether a member belongs, or once belonged, to a shop.
    pub async fn was_enrolled(&self, member_id: Uuid, shop_id: Uuid) -> Result<bool> {
        let sql = "SELECT 1 FROM enrolment WHERE member_id = $1 AND shop_id = $2 LIMIT 1";
        let found = self.read_all(sql, vec![member_id.into(), shop_id.into()], |_| Ok(())).await?;
        Ok(!found.is_empty())
    }

    /// Members by our ids, in their order.
    pub async fn members_by_ids(&self, ids: &[Uuid]) -> Result<Vec<Member>> {
        let given = given(self.backend(), &[("id", Kind::Uuid)]);
        let sql = format!(
            "SELECT {MEMBER} FROM {given} CROSS JOIN member AS m WHERE m.id = given.id AND m.erased_at IS NULL ORDER BY m.id"
        );
        self.read_all(&sql, vec![ids_json(ids)?.into()], read_member).await
    }

    /// Where these members earn, oldest first.
    pub async fn enrolments(&self, member_ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<MemberEnrolment>>> {
        let sql = format!(
            "SELECT e.member_id, e.shop_id, s.name, COALESCE(p.available, 0), e.enrolled_at, k.phrase, e.source, e.left_at, \
             COALESCE(s.program_id, s.id), COALESCE(p.pending, 0), COALESCE(p.locked, 0), p.level FROM {} \
             CROSS JOIN enrolment AS e JOIN shop AS s ON s.id = e.shop_id LEFT JOIN keyword AS k ON k.id = e.keyword_id \
             LEFT JOIN purse AS p ON p.member_id = e.member_id AND p.program_id = COALESCE(s.program_id, s.id) \
             WHERE e.member_id = given.id ORDER BY e.enrolled_at, e.id",
            given(self.backend(), &[("id", Kind::Uuid)])
        );
        let mut by_member: HashMap<Uuid, Vec<MemberEnrolment>> = HashMap::new();
        for enrolment in self.read_all(&sql, vec![ids_json(member_ids)?.into()], read_enrolment).await? {
            by_member.entry(enrolment.member_id).or_default().push(enrolment);
        }
        Ok(by_member)
    }

    /// What these members answered to the shops' own questions.
    pub async fn profile_answers(&self, member_ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<ProfileAnswer>>> {
        let sql = format!(
            "SELECT a.member_id, a.shop_id, a.question, a.prompt, a.answer, a.answered_at FROM {} \
             CROSS JOIN profile_answer AS a WHERE a.member_id = given.id ORDER BY a.answered_at, a.question",
            given(self.backend(), &[("id", Kind::Uuid)])
        );
        let mut by_member: HashMap<Uuid, Vec<ProfileAnswer>> = HashMap::new();
        for answer in self.read_all(&sql, vec![ids_json(member_ids)?.into()], read_answer).await? {
            by_member.entry(answer.member_id).or_default().push(answer);
        }
        Ok(by_member)
    }

    /// A member's entries, program by program, newest first; those behind `after` (program, place). With `only`, those in this
    /// program.
    pub async fn entries(
        &self,
        member_id: Uuid,
        only: Option<Uuid>,
        after: Option<(Uuid, i64)>,
        limit: u64,
    ) -> Result<Vec<LedgerEntry>> {
        let (program, number) = after.unwrap_or((Uuid::nil(), 0));
        let of_program = if only.is_some() { " AND p.program_id = $4" } else { "" };
        let sql = format!(
            "SELECT n.id, p.program_id, n.number, n.shop_id, n.from_book, n.to_book, n.card, n.amount, n.cause, n.rule, \
             n.version, n.actor, n.reason, n.happened_at, n.created_at FROM purse AS p \
             JOIN entry AS n ON n.purse_id = p.id WHERE p.member_id = $1 AND (p.program_id > $2 OR \
             (p.program_id = $2 AND n.number < $3)){of_program} ORDER BY p.program_id, n.number DESC LIMIT {limit}"
        );
        let mut values: Vec<Value> = vec![member_id.into(), program.into(), number.into()];
        values.extend(only.map(Value::from));
        self.read_all(&sql, values, read_entry).await
    }

    /// The last member that a filtered page looked at, if there may be more behind.
    async fn last_looked_at(&self, after: Option<Uuid>) -> Result<Option<Uuid>> {
        let sql = format!("SELECT id FROM member WHERE id > $1 ORDER BY id LIMIT 1 OFFSET {}", LOOKED_THROUGH_MAX - 1);
        let after = after.unwrap_or(Uuid::nil());
        Ok(self.read_all(&sql, vec![after.into()], |row| row.try_get_by_index(0)).await?.pop())
    }

    pub(super) async fn read_all<T>(
        &self,
        sql: &str,
        values: Vec<Value>,
        read: impl Fn(&QueryResult) -> Result<T, DbErr>,
    ) -> Result<Vec<T>> {
        let rows = self.reader.query_all_raw(Statement::from_sql_and_values(self.backend(), sql, values)).await?;
        Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
    }
}

/// Ids as the rows of [`given`].
fn ids_json(ids: &[Uuid]) -> Result<String> {
    let rows: Vec<[Uuid; 1]> = ids.iter().map(|id| [*id]).collect();
    serde_json::to_string(&rows).map_err(|error| StoreError::Refused(error.to_string()))
}

fn read_member(row: &QueryResult) -> Result<Member, DbErr> {
    let doubt: Option<i32> = row.try_get_by_index(7)?;
    Ok(Member {
        id: row.try_get_by_index(0)?,
        merchant_id: row.try_get_by_index(1)?,
        address: row.try_get_by_index(2)?,
        language: row.try_get_by_index(3)?,
        first_name: row.try_get_by_index(4)?,
        birthday: row.try_get_by_index(5)?,
        created_at: row.try_get_by_index(6)?,
        is_opted_out: doubt == Some(2),
        is_in_doubt: doubt == Some(1),
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
        left_at: row.try_get_by_index(7)?,
        program_id: row.try_get_by_index(8)?,
        pending: row.try_get_by_index(9)?,
        locked: row.try_get_by_index(10)?,
        level: row.try_get_by_index(11)?,
    })
}

fn read_answer(row: &QueryResult) -> Result<ProfileAnswer, DbErr> {
    Ok(ProfileAnswer {
        member_id: row.try_get_by_index(0)?,
        shop_id: row.try_get_by_index(1)?,
        question: row.try_get_by_index(2)?,
        prompt: row.try_get_by_index(3)?,
        answer: row.try_get_by_index(4)?,
        answered_at: row.try_get_by_index(5)?,
    })
}

fn read_entry(row: &QueryResult) -> Result<LedgerEntry, DbErr> {
    Ok(LedgerEntry {
        id: row.try_get_by_index(0)?,
        program_id: row.try_get_by_index(1)?,
        number: row.try_get_by_index(2)?,
        shop_id: row.try_get_by_index(3)?,
        from_book: row.try_get_by_index(4)?,
        to_book: row.try_get_by_index(5)?,
        card: row.try_get_by_index(6)?,
        amount: row.try_get_by_index(7)?,
        cause: row.try_get_by_index(8)?,
        rule: row.try_get_by_index(9)?,
        version: row.try_get_by_index(10)?,
        actor: row.try_get_by_index(11)?,
        reason: row.try_get_by_index(12)?,
        happened_at: row.try_get_by_index(13)?,
        created_at: row.try_get_by_index(14)?,
    })
}
