//! Phones of staff, which every node knows, and what was recorded by them, or on the screen of a till.

use sea_orm::{ConnectionTrait as _, DbErr, QueryResult, Statement};
use serde::Serialize;
use uuid::Uuid;

use super::{
    Result, Store, StoreError, Transaction,
    directory::Page,
    rows::{Columns, Kind, given},
};
use crate::domain::{address::Address, staff::StaffPhone};

/// A phone of staff as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffPhoneRow {
    /// The phone.
    pub phone: StaffPhone,
    /// Whether it was removed.
    pub is_removed: bool,
}

/// What a phone recorded. Times are Unix milliseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// Our id.
    pub id: Uuid,
    /// The shop.
    pub shop_id: Uuid,
    /// The phone of the staff, or the till.
    pub address: String,
    /// `sale`, `redeemed`, `bought` or `invited`.
    pub kind: String,
    /// The member; nil for somebody who was invited.
    pub member_id: Uuid,
    /// The sale's number, the voucher's code, or nothing.
    pub subject: String,
    /// What it takes to undo it, as JSON.
    pub kept: Option<String>,
    /// When.
    pub created_at: i64,
    /// When it was undone.
    pub undone_at: Option<i64>,
}

const PHONE: Columns = &[
    ("id", Kind::Uuid),
    ("shop_id", Kind::Uuid),
    ("address", Kind::Text),
    ("name", Kind::Text),
    ("created_at", Kind::Integer),
    ("revision", Kind::Integer),
];
const DEED: Columns = &[
    ("id", Kind::Uuid),
    ("shop_id", Kind::Uuid),
    ("address", Kind::Text),
    ("kind", Kind::Text),
    ("member_id", Kind::Uuid),
    ("subject", Kind::Text),
    ("kept", Kind::Text),
    ("created_at", Kind::Integer),
];
const PHONE_READ: &str = "SELECT id, shop_id, address, name, created_at, removed_at FROM staff_phone";
const DEED_READ: &str = "SELECT d.id, d.shop_id, d.address, d.kind, d.member_id, d.subject, d.kept, d.created_at, d.undone_at \
                         FROM staff_deed AS d";
/// The most deeds of one phone that are looked at.
const DEEDS_MAX: u64 = 1_001;

impl Store {
    /// Phones that changed after `revision`, with those that were removed.
    pub(super) async fn staff_phones_since(&self, revision: i64) -> Result<Vec<StaffPhoneRow>> {
        let sql = format!("{PHONE_READ} WHERE revision > $1");
        let found = self.read_all(&sql, vec![revision.into()], read_phone).await?;
        found.into_iter().map(checked).collect()
    }

    /// The phones of a shop's staff in the order of their ids.
    pub async fn staff_phones(&self, shop_id: Uuid, page: Page) -> Result<Vec<StaffPhone>> {
        let sql = format!(
            "{PHONE_READ} WHERE shop_id = $1 AND removed_at IS NULL AND id > $2 ORDER BY id LIMIT {}",
            page.limit
        );
        let values = vec![shop_id.into(), page.after.unwrap_or(Uuid::nil()).into()];
        let found = self.read_all(&sql, values, read_phone).await?;
        found.into_iter().map(|row| checked(row).map(|row| row.phone)).collect()
    }
}

impl Store {
    /// What was recorded at a till of a shop from a moment on (Unix milliseconds), the latest first.
    pub async fn deeds_at(&self, shop_id: Uuid, address: &str, since: i64, limit: u64) -> Result<Vec<Deed>> {
        let sql = format!(
            "{DEED_READ} WHERE d.shop_id = $1 AND d.address = $2 AND d.created_at >= $3 \
             ORDER BY d.created_at DESC, d.id DESC LIMIT {limit}"
        );
        self.read_all(&sql, vec![shop_id.into(), address.into(), since.into()], read_deed).await
    }

    /// One deed of a till of a shop.
    pub async fn deed(&self, shop_id: Uuid, address: &str, id: Uuid) -> Result<Option<Deed>> {
        let sql = format!("{DEED_READ} WHERE d.id = $1 AND d.shop_id = $2 AND d.address = $3");
        Ok(self.read_all(&sql, vec![id.into(), shop_id.into(), address.into()], read_deed).await?.pop())
    }
}

impl Transaction {
    /// A phone of a shop's staff as it is kept now; `None` once it is removed.
    pub async fn staff_phone(&self, shop_id: Uuid, id: Uuid) -> Result<Option<StaffPhone>> {
        let sql = format!("{PHONE_READ} WHERE id = $1 AND shop_id = $2 AND removed_at IS NULL");
        let statement = Statement::from_sql_and_values(self.backend(), sql, [id.into(), shop_id.into()]);
        let found = self.0.query_one_raw(statement).await?.as_ref().map(read_phone).transpose()?;
        found.map(|row| checked(row).map(|row| row.phone)).transpose()
    }

    /// Authorises a phone.
    pub async fn insert_staff_phone(&self, new: &StaffPhone, revision: i64) -> Result<()> {
        let StaffPhone { id, shop_id, address, name, created_at } = new;
        let row = (id, shop_id, address.as_str(), name, created_at.timestamp_millis(), revision);
        self.insert("staff_phone", PHONE, "", &[row]).await?;
        Ok(())
    }

    /// Removes a phone of a shop's staff; whether it was there. `now` is in Unix milliseconds.
    pub async fn remove_staff_phone(&self, shop_id: Uuid, id: Uuid, now: i64, revision: i64) -> Result<bool> {
        let columns: Columns =
            &[("id", Kind::Uuid), ("shop_id", Kind::Uuid), ("removed_at", Kind::Integer), ("revision", Kind::Integer)];
        let sql = format!(
            "UPDATE staff_phone SET removed_at = given.removed_at, revision = given.revision FROM {} \
             WHERE staff_phone.id = given.id AND staff_phone.shop_id = given.shop_id AND staff_phone.removed_at IS NULL",
            given(self.backend(), columns)
        );
        Ok(self.run(&sql, &[(id, shop_id, now, revision)], Vec::new()).await? > 0)
    }

    /// How many phones a shop's staff have, and whether this is one of them.
    pub async fn count_staff_phones(&self, shop_id: Uuid, address: &str) -> Result<(i64, bool)> {
        let columns: Columns = &[("shop_id", Kind::Uuid), ("address", Kind::Text)];
        let sql = format!(
            "SELECT COUNT(*), COALESCE(MAX(CASE WHEN s.address = given.address THEN 1 ELSE 0 END), 0) FROM {} \
             CROSS JOIN staff_phone AS s WHERE s.shop_id = given.shop_id AND s.removed_at IS NULL",
            given(self.backend(), columns)
        );
        let found = self.query(&sql, &[(shop_id, address)], Vec::new()).await?;
        let read = |row: &QueryResult| Ok::<_, DbErr>((row.try_get_by_index(0)?, row.try_get_by_index::<i32>(1)? != 0));
        Ok(found.first().map(read).transpose()?.unwrap_or((0, false)))
    }

    /// What a phone recorded at these shops from a moment on (Unix milliseconds), the latest first.
    pub async fn deeds_of_phone(&self, address: &str, shop_ids: &[Uuid], since: i64) -> Result<Vec<Deed>> {
        let columns: Columns = &[("shop_id", Kind::Uuid), ("address", Kind::Text), ("since", Kind::Integer)];
        let sql = format!(
            "SELECT d.id, d.shop_id, d.address, d.kind, d.member_id, d.subject, d.kept, d.created_at, d.undone_at FROM {} \
             CROSS JOIN staff_deed AS d WHERE d.shop_id = given.shop_id AND d.address = given.address \
             AND d.created_at >= given.since ORDER BY d.created_at DESC, d.id DESC LIMIT {DEEDS_MAX}",
            given(self.backend(), columns)
        );
        let rows: Vec<_> = shop_ids.iter().map(|shop_id| (shop_id, address, since)).collect();
        let found = self.query(&sql, &rows, Vec::new()).await?;
        Ok(found.iter().map(read_deed).collect::<Result<_, _>>()?)
    }

    /// How often these phones recorded a sale of a member at a shop from a moment on (Unix milliseconds) that stands.
    pub async fn count_deeds_on(
        &self,
        (shop_id, member_id): (Uuid, Uuid),
        addresses: &[String],
        since: i64,
    ) -> Result<i64> {
        let columns: Columns =
            &[("shop_id", Kind::Uuid), ("member_id", Kind::Uuid), ("address", Kind::Text), ("since", Kind::Integer)];
        let sql = format!(
            "SELECT COUNT(*) FROM {} CROSS JOIN staff_deed AS d WHERE d.shop_id = given.shop_id \
             AND d.address = given.address AND d.created_at >= given.since AND d.member_id = given.member_id \
             AND d.kind = 'sale' AND d.undone_at IS NULL",
            given(self.backend(), columns)
        );
        let rows: Vec<_> = addresses.iter().map(|address| (shop_id, member_id, address, since)).collect();
        let mut count = 0;
        for row in self.query(&sql, &rows, Vec::new()).await? {
            count += row.try_get_by_index::<i64>(0)?;
        }
        Ok(count)
    }

    /// Keeps what a phone recorded.
    pub async fn insert_deeds(&self, deeds: &[Deed]) -> Result<()> {
        let rows: Vec<_> = deeds.iter().map(deed_values).collect();
        self.insert("staff_deed", DEED, "", &rows).await?;
        Ok(())
    }

    /// Keeps what was recorded at a till; what is kept already stays as it is.
    pub async fn insert_deeds_once(&self, deeds: &[Deed]) -> Result<()> {
        let rows: Vec<_> = deeds.iter().map(deed_values).collect();
        self.insert("staff_deed", DEED, "ON CONFLICT (id) DO NOTHING", &rows).await?;
        Ok(())
    }

    /// Marks a deed as undone. One that was undone already, by another node, is none to be undone now.
    pub async fn undo_deed(&self, id: Uuid, now: i64) -> Result<()> {
        let columns: Columns = &[("id", Kind::Uuid), ("undone_at", Kind::Integer)];
        let sql = format!(
            "UPDATE staff_deed SET undone_at = given.undone_at FROM {} \
             WHERE staff_deed.id = given.id AND staff_deed.undone_at IS NULL",
            given(self.backend(), columns)
        );
        match self.run(&sql, &[(id, now)], Vec::new()).await? {
            1 => Ok(()),
            _ => Err(StoreError::Busy),
        }
    }

    /// The member of a merchant with this phone, or whom they were merged into, and what they want to be called.
    pub async fn member_at(&self, merchant_id: Uuid, address: &str) -> Result<Option<(Uuid, Option<String>)>> {
        let columns: Columns = &[("merchant_id", Kind::Uuid), ("address", Kind::Text)];
        let sql = format!(
            "SELECT t.id, t.first_name FROM {} CROSS JOIN member AS m JOIN member AS t \
             ON t.id = COALESCE(m.merged_into, m.id) WHERE m.address = given.address AND m.merchant_id = given.merchant_id",
            given(self.backend(), columns)
        );
        let found = self.query(&sql, &[(merchant_id, address)], Vec::new()).await?;
        let read = |row: &QueryResult| Ok::<_, DbErr>((row.try_get_by_index(0)?, row.try_get_by_index(1)?));
        Ok(found.first().map(read).transpose()?)
    }

    /// When a voucher ended (Unix milliseconds), and by whom.
    pub async fn end_of_voucher(&self, program_id: Uuid, code: &str) -> Result<Option<(i64, String)>> {
        let columns: Columns = &[("program_id", Kind::Uuid), ("code", Kind::Text)];
        let sql = format!(
            "SELECT v.ended_at, v.ended_by FROM {} CROSS JOIN voucher AS v WHERE v.code = given.code \
             AND v.program_id = given.program_id AND v.ended_at IS NOT NULL",
            given(self.backend(), columns)
        );
        let found = self.query(&sql, &[(program_id, code)], Vec::new()).await?;
        let read = |row: &QueryResult| {
            let by: Option<String> = row.try_get_by_index(1)?;
            Ok::<_, DbErr>((row.try_get_by_index(0)?, by.unwrap_or_default()))
        };
        Ok(found.first().map(read).transpose()?)
    }

    /// Whether there is such an event already.
    pub async fn has_event(&self, id: Uuid) -> Result<bool> {
        let columns: Columns = &[("id", Kind::Uuid)];
        let sql =
            format!("SELECT 1 FROM {} CROSS JOIN event AS v WHERE v.id = given.id", given(self.backend(), columns));
        Ok(!self.query(&sql, &[[id]], Vec::new()).await?.is_empty())
    }
}

type PhoneValues = (Uuid, Uuid, String, String, i64, Option<i64>);

fn read_phone(row: &QueryResult) -> Result<PhoneValues, DbErr> {
    Ok((
        row.try_get_by_index(0)?,
        row.try_get_by_index(1)?,
        row.try_get_by_index(2)?,
        row.try_get_by_index(3)?,
        row.try_get_by_index(4)?,
        row.try_get_by_index(5)?,
    ))
}

fn checked((id, shop_id, address, name, created_at, removed_at): PhoneValues) -> Result<StaffPhoneRow> {
    let corrupt = |_| StoreError::Corrupt("staff_phone.address".to_owned());
    let phone = StaffPhone {
        id,
        shop_id,
        address: Address::parse(&address).map_err(corrupt)?,
        name,
        created_at: crate::clock::from_millis(created_at),
    };
    Ok(StaffPhoneRow { phone, is_removed: removed_at.is_some() })
}

fn read_deed(row: &QueryResult) -> Result<Deed, DbErr> {
    Ok(Deed {
        id: row.try_get_by_index(0)?,
        shop_id: row.try_get_by_index(1)?,
        address: row.try_get_by_index(2)?,
        kind: row.try_get_by_index(3)?,
        member_id: row.try_get_by_index(4)?,
        subject: row.try_get_by_index(5)?,
        kept: row.try_get_by_index(6)?,
        created_at: row.try_get_by_index(7)?,
        undone_at: row.try_get_by_index(8)?,
    })
}

fn deed_values(deed: &Deed) -> impl Serialize + '_ {
    let Deed { id, shop_id, address, kind, member_id, subject, kept, created_at, undone_at: _ } = deed;
    (id, shop_id, address, kind, member_id, subject, kept, created_at)
}
