//! Whose purses have something to tell, and who of their members can be told.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, QueryResult, Statement};
use uuid::Uuid;

use super::{
    Result, Transaction,
    orders::{HOLDER_READ, HolderValues, read_holder},
    purses::HolderRow,
    rows::{Kind, gathered, given, read_gathered},
};

/// Members who might be told something.
#[derive(Debug, Default)]
pub struct Hearers {
    /// The members.
    pub holders: Vec<HolderRow>,
    /// Where they are members now.
    pub memberships: Vec<Membership>,
}

/// A member of a shop, and how they stand with its sender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// The member.
    pub member_id: Uuid,
    /// The shop.
    pub shop_id: Uuid,
    /// Whether they are opted out, or may be.
    pub is_closed: bool,
    /// The open question, as JSON.
    pub question: Option<String>,
}

type MembershipValues = (Uuid, Uuid, Option<i64>, Option<i64>, Option<String>);

impl Transaction {
    /// Purses whose members are to be told something, the longest overdue first. `now` is in Unix milliseconds.
    pub async fn purse_ids_to_tell(&self, now: i64, limit: u64) -> Result<Vec<Uuid>> {
        let sql = format!("SELECT id FROM purse WHERE tell_at <= $1 ORDER BY tell_at LIMIT {limit}");
        let rows = self.0.query_all_raw(Statement::from_sql_and_values(self.backend(), sql, [now.into()])).await?;
        Ok(rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?)
    }

    /// How many texts wait to be sent, by sender.
    pub async fn texts_queued(&self) -> Result<HashMap<Uuid, u32>> {
        let sql = "SELECT sender_id, COUNT(*) FROM outbox WHERE state = 'queued' GROUP BY sender_id";
        let rows = self.0.query_all_raw(Statement::from_string(self.backend(), sql)).await?;
        let read = |row: &QueryResult| {
            let count: i64 = row.try_get_by_index(1)?;
            Ok((row.try_get_by_index(0)?, u32::try_from(count).unwrap_or(u32::MAX)))
        };
        rows.iter().map(read).collect()
    }

    /// What is known of members who might be told something, in one look.
    pub async fn hearers(&self, member_ids: &[Uuid]) -> Result<Hearers> {
        let backend = self.backend();
        let source = given(backend, &[("id", Kind::Uuid)]);
        let holders =
            gathered(backend, HOLDER_READ, &format!("FROM {source} CROSS JOIN member AS m WHERE m.id = given.id"));
        let answers = gathered(
            backend,
            &[("a.member_id", Kind::Uuid), ("a.question", Kind::Text), ("a.answer", Kind::Text)],
            &format!("FROM {source} CROSS JOIN profile_answer AS a WHERE a.member_id = given.id"),
        );
        let memberships = gathered(
            backend,
            &[
                ("e.member_id", Kind::Uuid),
                ("e.shop_id", Kind::Uuid),
                ("c.opted_out_at", Kind::Integer),
                ("c.no_marketing_since", Kind::Integer),
                ("c.question", Kind::Text),
            ],
            &format!(
                "FROM {source} CROSS JOIN member AS m JOIN enrolment AS e ON e.member_id = m.id \
                 JOIN shop AS s ON s.id = e.shop_id \
                 LEFT JOIN conversation AS c ON c.sender_id = s.sender_id AND c.address = m.address \
                 WHERE m.id = given.id AND e.left_at IS NULL"
            ),
        );
        let sql = format!("SELECT {holders}, {answers}, {memberships}");
        let rows: Vec<[Uuid; 1]> = member_ids.iter().map(|id| [*id]).collect();
        let mut hearers = Hearers::default();
        for row in &self.query(&sql, &rows, Vec::new()).await? {
            let answers: Vec<(Uuid, String, String)> = read_gathered(row, 1)?;
            let holders = read_gathered::<HolderValues>(row, 0)?.into_iter();
            hearers.holders.extend(holders.map(|values| read_holder(values, &answers)));
            hearers.memberships.extend(read_gathered::<MembershipValues>(row, 2)?.into_iter().map(read_membership));
        }
        Ok(hearers)
    }
}

fn read_membership((member_id, shop_id, opted_out_at, in_doubt_since, question): MembershipValues) -> Membership {
    let is_closed = opted_out_at.is_some() || in_doubt_since.is_some();
    Membership { member_id, shop_id, is_closed, question }
}
