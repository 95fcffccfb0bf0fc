//! Members that were merged: two phones of one person.

use sea_orm::{DbErr, QueryResult};
use uuid::Uuid;

use super::{
    Result, Store, Transaction,
    rows::{Columns, Kind, given},
    script::Script,
};

/// A merge as it is kept. Times are Unix milliseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeRow {
    /// Our id.
    pub id: Uuid,
    /// Whose members.
    pub merchant_id: Uuid,
    /// The member whose things moved.
    pub from_member_id: Uuid,
    /// The member who has them.
    pub into_member_id: Uuid,
    /// Who did it.
    pub actor: String,
    /// What moved, as JSON.
    pub moved: String,
    /// When.
    pub created_at: i64,
    /// When it was undone.
    pub undone_at: Option<i64>,
}

const MERGE: Columns = &[
    ("id", Kind::Uuid),
    ("merchant_id", Kind::Uuid),
    ("from_member_id", Kind::Uuid),
    ("into_member_id", Kind::Uuid),
    ("actor", Kind::Text),
    ("moved", Kind::Text),
    ("created_at", Kind::Integer),
];
const ID: Columns = &[("id", Kind::Uuid)];

impl Store {
    /// A merge by our id.
    pub async fn merge(&self, id: Uuid) -> Result<Option<MergeRow>> {
        let sql = "SELECT g.id, g.merchant_id, g.from_member_id, g.into_member_id, g.actor, g.moved, g.created_at, \
                   g.undone_at FROM merge AS g WHERE g.id = $1";
        Ok(self.read_all(sql, vec![id.into()], read_merge).await?.pop())
    }
}

impl Store {
    /// The merges into a member that were not undone, the latest first.
    pub async fn merges_into(&self, member_id: Uuid) -> Result<Vec<MergeRow>> {
        let sql = "SELECT g.id, g.merchant_id, g.from_member_id, g.into_member_id, g.actor, g.moved, g.created_at, \
                   g.undone_at FROM merge AS g WHERE g.into_member_id = $1 AND g.undone_at IS NULL ORDER BY g.id DESC";
        self.read_all(sql, vec![member_id.into()], read_merge).await
    }
}

impl Transaction {
    /// Keeps a merge.
    pub async fn insert_merge(&self, new: &MergeRow) -> Result<()> {
        let MergeRow { id, merchant_id, from_member_id, into_member_id, actor, moved, created_at, undone_at: _ } = new;
        let row = (id, merchant_id, from_member_id, into_member_id, actor, moved, created_at);
        self.insert("merge", MERGE, "", &[row]).await?;
        Ok(())
    }

    /// Marks a merge as undone; whether it was not before. `now` is in Unix milliseconds.
    pub async fn undo_merge(&self, id: Uuid, now: i64) -> Result<bool> {
        let columns: Columns = &[("id", Kind::Uuid), ("undone_at", Kind::Integer)];
        let sql = format!(
            "UPDATE merge SET undone_at = given.undone_at FROM {} WHERE merge.id = given.id AND merge.undone_at IS NULL",
            given(self.backend(), columns)
        );
        Ok(self.run(&sql, &[(id, now)], Vec::new()).await? == 1)
    }

    /// Into whom a member was merged; the first is `None` where there is no such member.
    pub async fn merged_into(&self, member_id: Uuid) -> Result<Option<Option<Uuid>>> {
        let sql = format!(
            "SELECT m.merged_into FROM {} CROSS JOIN member AS m WHERE m.id = given.id",
            given(self.backend(), ID)
        );
        let found = self.query(&sql, &[[member_id]], Vec::new()).await?;
        Ok(found.first().map(|row| row.try_get_by_index(0)).transpose()?)
    }

    /// Says into whom these members were merged: (member, into whom); nil for nobody.
    pub async fn set_merged_into(&self, members: &[(Uuid, Uuid)]) -> Result<()> {
        let sql = format!(
            "UPDATE member SET merged_into = NULLIF(given.other, given.nobody) FROM {} WHERE member.id = given.id",
            given(self.backend(), &[("id", Kind::Uuid), ("other", Kind::Uuid), ("nobody", Kind::Uuid)])
        );
        let rows: Vec<_> = members.iter().map(|(id, into)| (id, into, Uuid::nil())).collect();
        self.run(&sql, &rows, Vec::new()).await?;
        Ok(())
    }

    /// The members that were merged into this one and are so still.
    pub async fn merged_members(&self, into_member_id: Uuid) -> Result<Vec<Uuid>> {
        let sql = format!(
            "SELECT DISTINCT m.id FROM {} CROSS JOIN merge AS g JOIN member AS m ON m.id = g.from_member_id \
             WHERE g.into_member_id = given.id AND g.undone_at IS NULL AND m.merged_into = given.id",
            given(self.backend(), ID)
        );
        let found = self.query(&sql, &[[into_member_id]], Vec::new()).await?;
        Ok(found.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?)
    }

    /// All enrolments of a member: (our id, shop, when they left).
    pub async fn enrolments_of(&self, member_id: Uuid) -> Result<Vec<(Uuid, Uuid, Option<i64>)>> {
        let sql = format!(
            "SELECT e.id, e.shop_id, e.left_at FROM {} CROSS JOIN enrolment AS e WHERE e.member_id = given.id \
             ORDER BY e.enrolled_at, e.id",
            given(self.backend(), ID)
        );
        let found = self.query(&sql, &[[member_id]], Vec::new()).await?;
        let read = |row: &QueryResult| {
            Ok::<_, DbErr>((row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?))
        };
        Ok(found.iter().map(read).collect::<Result<_, _>>()?)
    }

    /// Vouchers that wait to be redeemed move with what they hold: (program, code, from, into) as purses.
    pub async fn move_vouchers(&self, moved: &[(Uuid, String, Uuid, Uuid)]) -> Result<()> {
        let columns: Columns =
            &[("program_id", Kind::Uuid), ("code", Kind::Text), ("from_id", Kind::Uuid), ("into_id", Kind::Uuid)];
        let sql = format!(
            "UPDATE voucher SET purse_id = given.into_id FROM {} WHERE voucher.program_id = given.program_id \
             AND voucher.code = given.code AND voucher.purse_id = given.from_id AND voucher.state = 'issued'",
            given(self.backend(), columns)
        );
        self.run(&sql, moved, Vec::new()).await?;
        Ok(())
    }
}

/// Members who began anew on the phone from which they had been merged away.
pub(super) fn part_members(script: &mut Script, members: &[Uuid]) -> Result<()> {
    let rows: Vec<_> = members.iter().map(|id| [*id]).collect();
    script.add(&rows, |backend| {
        format!("UPDATE member SET merged_into = NULL FROM {} WHERE member.id = given.id", given(backend, ID))
    })
}

fn read_merge(row: &QueryResult) -> Result<MergeRow, DbErr> {
    Ok(MergeRow {
        id: row.try_get_by_index(0)?,
        merchant_id: row.try_get_by_index(1)?,
        from_member_id: row.try_get_by_index(2)?,
        into_member_id: row.try_get_by_index(3)?,
        actor: row.try_get_by_index(4)?,
        moved: row.try_get_by_index(5)?,
        created_at: row.try_get_by_index(6)?,
        undone_at: row.try_get_by_index(7)?,
    })
}
