//! A shop's members as a list: the latest first, by level, or by what was typed. Every page begins at a place of an index and
//! costs the same, however many members there are.

use sea_orm::{DbBackend, DbErr, QueryResult, Value};
use uuid::Uuid;

use super::{Result, Store, StoreError, counter::MEMBER_TAIL};
use crate::domain::{purse::Purse, search::Sought};

/// How many places of an index a page looks through at most, so that what fits few costs no more.
const LOOKED_THROUGH_MAX: u64 = 2_000;
/// No character comes behind this one.
const LAST_CHARACTER: char = '\u{10FFFF}';
/// So many last digits of a number are in the index.
const TAIL_DIGITS: usize = 4;

/// A member in a list. Times are Unix milliseconds.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedMember {
    /// Where they stand in the list: the next page begins behind.
    pub place: Uuid,
    /// Our id.
    pub id: Uuid,
    /// The person.
    pub address: String,
    /// What they want to be called.
    pub first_name: Option<String>,
    /// When they joined the shop.
    pub enrolled_at: i64,
    /// Since when they have left it.
    pub left_at: Option<i64>,
    /// What they hold in the shop's program.
    pub purse: Purse,
}

/// Which of a shop's members, and from where on.
#[derive(Debug, Clone, Copy)]
pub struct MemberPage<'a> {
    /// The shop.
    pub shop_id: Uuid,
    /// Its program.
    pub program_id: Uuid,
    /// Only those who hold this level.
    pub level: Option<&'a str>,
    /// The place behind which the page begins.
    pub before: Option<Uuid>,
    /// How many at most.
    pub limit: u64,
}

impl Store {
    /// A shop's members, the latest first, and the place behind which the next page begins. With a level, those who hold it,
    /// the latest purse first; such a page may hold less than asked for and yet not be the last one.
    pub async fn members_at(&self, page: MemberPage<'_>) -> Result<(Vec<ListedMember>, Option<Uuid>)> {
        let MemberPage { shop_id, program_id, level, before, limit } = page;
        let more = limit.saturating_add(1);
        let before = before.unwrap_or(Uuid::max());
        let mut values: Vec<Value> = vec![shop_id.into(), program_id.into(), before.into()];
        let sql = match level {
            None => format!(
                "SELECT e.id, {READ} FROM (SELECT * FROM enrolment WHERE shop_id = $1 AND id < $3 ORDER BY id DESC \
                 LIMIT {more}) AS e JOIN member AS m ON m.id = e.member_id \
                 LEFT JOIN purse AS p ON p.member_id = m.id AND p.program_id = $2 ORDER BY e.id DESC"
            ),
            Some(level) => {
                values.push(level.into());
                format!(
                    "SELECT p.id, {READ} FROM (SELECT * FROM purse WHERE program_id = $2 AND level = $4 AND id < $3 \
                     ORDER BY id DESC LIMIT {LOOKED_THROUGH_MAX}) AS p JOIN member AS m ON m.id = p.member_id \
                     JOIN enrolment AS e ON e.member_id = m.id AND e.shop_id = $1 ORDER BY p.id DESC LIMIT {more}"
                )
            }
        };
        let mut found = self.listed(&sql, values).await?;
        let most = usize::try_from(limit).unwrap_or(usize::MAX);
        let next = if found.len() > most {
            found.truncate(most);
            found.last().map(|last| last.place)
        } else if let Some(level) = level {
            self.last_purse_looked_at(program_id, level, before).await?
        } else {
            None
        };
        found.retain(|listed| !listed.address.is_empty());
        Ok((found, next))
    }

    /// A shop's members who fit what was typed, at most `limit`, whichever come first by the index.
    pub async fn members_sought(
        &self,
        merchant_id: Uuid,
        (shop_id, program_id): (Uuid, Uuid),
        sought: &Sought,
        limit: u64,
    ) -> Result<Vec<ListedMember>> {
        let mut found = Vec::new();
        for (which, more) in self.conditions(sought) {
            let sql = format!(
                "SELECT e.id, {READ} FROM member AS m JOIN enrolment AS e ON e.member_id = m.id AND e.shop_id = $1 \
                 LEFT JOIN purse AS p ON p.member_id = m.id AND p.program_id = $2 \
                 WHERE m.merchant_id = $3 AND m.erased_at IS NULL AND {which} LIMIT {limit}"
            );
            let values = [vec![shop_id.into(), program_id.into(), merchant_id.into()], more].concat();
            found.extend(self.listed(&sql, values).await?);
        }
        found.sort_by_key(|listed| std::cmp::Reverse(listed.place));
        found.dedup_by_key(|listed| listed.id);
        found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(found)
    }

    /// Conditions on a member `m` with their values, from $4 on.
    fn conditions(&self, sought: &Sought) -> Vec<(String, Vec<Value>)> {
        let name = match self.backend() {
            DbBackend::Postgres => "(lower(m.first_name) COLLATE \"C\")",
            _ => "lower(m.first_name)",
        };
        match sought {
            Sought::Nobody => Vec::new(),
            Sought::Name(spellings) => {
                let begins = |begins: &String| {
                    let which = format!("m.first_name IS NOT NULL AND {name} >= $4 AND {name} < $5");
                    (which, vec![begins.as_str().into(), format!("{begins}{LAST_CHARACTER}").into()])
                };
                spellings.iter().map(begins).collect()
            }
            Sought::Number { tail, address } => {
                let last = tail.get(tail.len().saturating_sub(TAIL_DIGITS)..).unwrap_or(tail);
                let ends =
                    (format!("{MEMBER_TAIL} = $4 AND m.address LIKE $5"), vec![last.into(), format!("%{tail}").into()]);
                let whole = address.iter().map(|address| ("m.address = $4".to_owned(), vec![address.as_str().into()]));
                std::iter::once(ends).chain(whole).collect()
            }
        }
    }

    /// The last purse that a page by level looked at, if there may be more behind.
    async fn last_purse_looked_at(&self, program_id: Uuid, level: &str, before: Uuid) -> Result<Option<Uuid>> {
        let sql = format!(
            "SELECT id FROM (SELECT id FROM purse WHERE program_id = $1 AND level = $2 AND id < $3 ORDER BY id DESC \
             LIMIT {LOOKED_THROUGH_MAX}) AS looked_at ORDER BY id LIMIT 1"
        );
        let count = format!(
            "SELECT COUNT(*) FROM (SELECT id FROM purse WHERE program_id = $1 AND level = $2 AND id < $3 ORDER BY id DESC \
             LIMIT {LOOKED_THROUGH_MAX}) AS looked_at"
        );
        let values = || -> Vec<Value> { vec![program_id.into(), level.into(), before.into()] };
        let looked_at: Vec<i64> = self.read_all(&count, values(), |row| row.try_get_by_index(0)).await?;
        if looked_at.first().is_none_or(|many| u64::try_from(*many).unwrap_or(0) < LOOKED_THROUGH_MAX) {
            return Ok(None);
        }
        Ok(self.read_all(&sql, values(), |row| row.try_get_by_index(0)).await?.pop())
    }

    async fn listed(&self, sql: &str, values: Vec<Value>) -> Result<Vec<ListedMember>> {
        let rows = self.read_all(sql, values, read_listed).await?;
        let corrupt = |error| StoreError::Corrupt(format!("purse.state: {error}"));
        let with_purse = |(listed, state): (ListedMember, Option<String>)| match state {
            Some(state) => Ok(ListedMember { purse: serde_json::from_str(&state).map_err(corrupt)?, ..listed }),
            None => Ok(listed),
        };
        rows.into_iter().map(with_purse).collect()
    }
}

/// What is read of a member `m`, enrolled by `e`, with the purse `p`. Of somebody who was erased the address is empty here.
const READ: &str =
    "m.id, CASE WHEN m.erased_at IS NULL THEN m.address ELSE '' END, m.first_name, e.enrolled_at, e.left_at, p.state";

fn read_listed(row: &QueryResult) -> Result<(ListedMember, Option<String>), DbErr> {
    let listed = ListedMember {
        place: row.try_get_by_index(0)?,
        id: row.try_get_by_index(1)?,
        address: row.try_get_by_index(2)?,
        first_name: row.try_get_by_index(3)?,
        enrolled_at: row.try_get_by_index(4)?,
        left_at: row.try_get_by_index(5)?,
        purse: Purse::default(),
    };
    Ok((listed, row.try_get_by_index(6)?))
}
