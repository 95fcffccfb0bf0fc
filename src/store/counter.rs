//! What tills ask for and do not change: a member's standing, a sale, vouchers, and members by what a cashier types.

use sea_orm::{DbBackend, DbErr, QueryResult, Value};
use uuid::Uuid;

use super::{
    Result, Store, StoreError,
    purses::HolderRow,
    rows::{Kind, gathered, read_gathered},
};
use crate::domain::purse::{Purse, sale::SaleRecord};

/// Who is asked about.
#[derive(Debug, Clone, Copy)]
pub enum Asked<'a> {
    /// The member with this address.
    Address(&'a str),
    /// The member with this id.
    Member(Uuid),
}

/// A voucher in any state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoucherRow {
    /// The program.
    pub program_id: Uuid,
    /// Its code, as it is kept.
    pub code: String,
    /// Whose it is.
    pub member_id: Uuid,
    /// The reward.
    pub reward: String,
    /// Points that it holds or held.
    pub points: i64,
    /// `issued`, `redeemed`, `cancelled` or `lapsed`.
    pub state: String,
    /// `points`, or the rule or level that gave it.
    pub cause: String,
    /// Unix milliseconds.
    pub issued_at: i64,
    /// The last day on which it can be redeemed.
    pub last_day: String,
    /// Unix milliseconds.
    pub ended_at: Option<i64>,
    /// At which shop.
    pub ended_shop_id: Option<Uuid>,
    /// Who did it.
    pub ended_by: Option<String>,
}

/// Where a page of vouchers begins: behind the one issued then, with this program and code.
pub type VoucherPlace = (i64, Uuid, String);

const VOUCHER: &str = "v.program_id, v.code, p.member_id, v.reward, v.points, v.state, v.cause, v.issued_at, v.last_day, \
                       v.ended_at, v.ended_shop_id, v.ended_by FROM voucher AS v JOIN purse AS p ON p.id = v.purse_id";

impl Store {
    /// A member with what they hold in a program; one who was merged into another is that other.
    pub async fn standing(
        &self,
        merchant_id: Uuid,
        program_id: Uuid,
        asked: Asked<'_>,
    ) -> Result<Option<(HolderRow, Purse)>> {
        let (which, value): (&str, Value) = match asked {
            Asked::Address(address) => ("f.address = $3", address.into()),
            Asked::Member(id) => ("f.id = $3", id.into()),
        };
        let answers = gathered(
            self.backend(),
            &[("a.question", Kind::Text), ("a.answer", Kind::Text)],
            "FROM profile_answer AS a WHERE a.member_id = m.id",
        );
        let sql = format!(
            "SELECT m.id, m.merchant_id, m.address, m.language, m.first_name, m.birthday, {answers}, p.state FROM member AS f \
             JOIN member AS m ON m.id = COALESCE(f.merged_into, f.id) JOIN purse AS p ON p.member_id = m.id \
             WHERE f.merchant_id = $1 AND p.program_id = $2 AND {which}"
        );
        let read = |row: &QueryResult| {
            let holder = HolderRow {
                member_id: row.try_get_by_index(0)?,
                merchant_id: row.try_get_by_index(1)?,
                address: row.try_get_by_index(2)?,
                language: row.try_get_by_index(3)?,
                first_name: row.try_get_by_index(4)?,
                birthday: row.try_get_by_index(5)?,
                answers: read_gathered(row, 6).map_err(|error| DbErr::Type(error.to_string()))?,
            };
            Ok((holder, row.try_get_by_index::<String>(7)?))
        };
        let found = self.read_all(&sql, vec![merchant_id.into(), program_id.into(), value], read).await?.pop();
        let Some((holder, state)) = found else { return Ok(None) };
        let corrupt = |error| StoreError::Corrupt(format!("purse.state: {error}"));
        Ok(Some((holder, serde_json::from_str(&state).map_err(corrupt)?)))
    }

    /// How many of a program's stocked rewards were bought: (reward, issued).
    pub async fn stock_of(&self, program_id: Uuid) -> Result<Vec<(String, i64)>> {
        let sql = "SELECT reward, issued FROM reward_stock WHERE program_id = $1";
        let read = |row: &QueryResult| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?));
        self.read_all(sql, vec![program_id.into()], read).await
    }

    /// A sale as it stands, by our id, and whose it is.
    pub async fn sale_record(&self, id: Uuid) -> Result<Option<(Uuid, SaleRecord)>> {
        let sql = "SELECT p.member_id, s.record FROM sale AS s JOIN purse AS p ON p.id = s.purse_id WHERE s.id = $1";
        let read = |row: &QueryResult| Ok((row.try_get_by_index(0)?, row.try_get_by_index::<String>(1)?));
        let Some((member_id, record)) = self.read_all(sql, vec![id.into()], read).await?.pop() else { return Ok(None) };
        let corrupt = |error| StoreError::Corrupt(format!("sale.record: {error}"));
        Ok(Some((member_id, serde_json::from_str(&record).map_err(corrupt)?)))
    }

    /// A voucher by its code, as it is kept.
    pub async fn voucher_by_code(&self, program_id: Uuid, code: &str) -> Result<Option<VoucherRow>> {
        let sql = format!("SELECT {VOUCHER} WHERE v.program_id = $1 AND v.code = $2");
        Ok(self.read_all(&sql, vec![program_id.into(), code.into()], read_voucher).await?.pop())
    }

    /// A member's vouchers in every state, the latest first; those behind `after`.
    pub async fn vouchers_of(
        &self,
        member_id: Uuid,
        after: Option<VoucherPlace>,
        limit: u64,
    ) -> Result<Vec<VoucherRow>> {
        let (at, program_id, code) = after.unwrap_or((i64::MAX, Uuid::nil(), String::new()));
        let sql = format!(
            "SELECT {VOUCHER} WHERE p.member_id = $1 AND (v.issued_at < $2 OR (v.issued_at = $2 AND \
             (v.program_id > $3 OR (v.program_id = $3 AND v.code > $4)))) \
             ORDER BY v.issued_at DESC, v.program_id, v.code LIMIT {limit}"
        );
        self.read_all(&sql, vec![member_id.into(), at.into(), program_id.into(), code.into()], read_voucher).await
    }

    /// Ids of members whose number ends in these digits, four at least; at most `limit`, whichever come first by the index.
    pub async fn members_by_tail(&self, merchant_id: Option<Uuid>, digits: &str, limit: u64) -> Result<Vec<Uuid>> {
        let tail = &digits[digits.len().saturating_sub(TAIL_DIGITS)..];
        let suffix = format!("%{digits}");
        let which = format!("{MEMBER_TAIL} = $1 AND m.address LIKE $2");
        self.member_ids(merchant_id, &which, vec![tail.into(), suffix.into()], limit).await
    }

    /// Ids of members with this address.
    pub async fn members_by_address(&self, merchant_id: Option<Uuid>, address: &str) -> Result<Vec<Uuid>> {
        self.member_ids(merchant_id, "m.address = $1", vec![address.into()], ADDRESSES_MAX).await
    }

    /// Ids of members whose name begins so; at most `limit`, whichever come first by the index.
    pub async fn members_by_name(&self, merchant_id: Option<Uuid>, begins: &str, limit: u64) -> Result<Vec<Uuid>> {
        let name = match self.backend() {
            DbBackend::Postgres => "(lower(m.first_name) COLLATE \"C\")",
            _ => "lower(m.first_name)",
        };
        // The index has only those with a name.
        let which = format!("m.first_name IS NOT NULL AND {name} >= $1 AND {name} < $2");
        // No character comes behind the last one.
        let end = format!("{begins}\u{10FFFF}");
        self.member_ids(merchant_id, &which, vec![begins.into(), end.into()], limit).await
    }

    /// The indexes begin with the merchant, so the operator's search asks for one merchant after the other.
    async fn member_ids(
        &self,
        merchant_id: Option<Uuid>,
        which: &str,
        mut values: Vec<Value>,
        limit: u64,
    ) -> Result<Vec<Uuid>> {
        let of_merchant = merchant_id.map_or_else(|| "true".to_owned(), |_| format!("o.id = ${}", values.len() + 1));
        values.extend(merchant_id.map(Value::from));
        let sql = format!(
            "SELECT m.id FROM merchant AS o CROSS JOIN member AS m WHERE {of_merchant} AND m.merchant_id = o.id \
             AND m.merged_into IS NULL AND m.erased_at IS NULL AND {which} LIMIT {limit}"
        );
        self.read_all(&sql, values, |row| row.try_get_by_index(0)).await
    }
}

/// The most merchants of which somebody with one address is shown to be a member.
const ADDRESSES_MAX: u64 = 200;
/// So many last digits of a number are in the index.
const TAIL_DIGITS: usize = 4;
/// As the index `member_tail` has them, shelf by shelf.
pub(super) const MEMBER_TAIL: &str =
    "m.shelf IN (SELECT number FROM shelf) AND substr(m.address, length(m.address) - 3)";

fn read_voucher(row: &QueryResult) -> Result<VoucherRow, DbErr> {
    Ok(VoucherRow {
        program_id: row.try_get_by_index(0)?,
        code: row.try_get_by_index(1)?,
        member_id: row.try_get_by_index(2)?,
        reward: row.try_get_by_index(3)?,
        points: row.try_get_by_index(4)?,
        state: row.try_get_by_index(5)?,
        cause: row.try_get_by_index(6)?,
        issued_at: row.try_get_by_index(7)?,
        last_day: row.try_get_by_index(8)?,
        ended_at: row.try_get_by_index(9)?,
        ended_shop_id: row.try_get_by_index(10)?,
        ended_by: row.try_get_by_index(11)?,
    })
}
