//! Links by which people are let in, or get a new password; kept by the hash of what is in them.

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, IntoActiveModel, PaginatorTrait as _, QueryFilter, QueryOrder,
    QuerySelect as _, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    domain::{access::Role, person::OPERATOR},
    store::{Result, Store, StoreError, Transaction, entity::person_invitation as invitation},
};

/// A link as it is kept. Times are Unix milliseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitedRow {
    /// Our id.
    pub id: Uuid,
    /// What is kept of its token.
    pub token_hash: String,
    /// Whose people one joins; `None`: the operators.
    pub merchant_id: Option<Uuid>,
    /// The one shop one is for.
    pub shop_id: Option<Uuid>,
    /// What one may do then.
    pub role: Role,
    /// Who is invited.
    pub name: String,
    /// Their email, by which they sign in.
    pub email: String,
    /// Who is here already and chooses a new password; `None`: somebody new.
    pub person_id: Option<Uuid>,
    /// Who invited them.
    pub invited_by: String,
    /// When.
    pub created_at: i64,
    /// Until when it is good.
    pub ends_at: i64,
    /// When it was used.
    pub used_at: Option<i64>,
    /// When it was taken back.
    pub withdrawn_at: Option<i64>,
}

impl InvitedRow {
    /// Whether it is good. `now` is in Unix milliseconds.
    pub fn is_good(&self, now: i64) -> bool {
        self.used_at.is_none() && self.withdrawn_at.is_none() && now < self.ends_at
    }
}

/// The most links that are shown of one merchant.
const SHOWN_MAX: u64 = 100;

impl Store {
    /// A link by what is kept of its token.
    pub async fn invited(&self, token_hash: &str) -> Result<Option<InvitedRow>> {
        let select = invitation::Entity::find().filter(invitation::Column::TokenHash.eq(token_hash));
        select.one(&self.reader).await?.map(read_invited).transpose()
    }

    /// The links of a merchant, or of the gateway, that nobody has used or taken back; the latest first.
    pub async fn invited_to(&self, merchant_id: Option<Uuid>) -> Result<Vec<InvitedRow>> {
        let select = open_of(merchant_id).order_by_desc(invitation::Column::Id).limit(SHOWN_MAX);
        select.all(&self.reader).await?.into_iter().map(read_invited).collect()
    }
}

impl Transaction {
    /// A link as it is kept now.
    pub async fn invited(&self, id: Uuid) -> Result<Option<InvitedRow>> {
        invitation::Entity::find_by_id(id).lock_exclusive().one(&self.0).await?.map(read_invited).transpose()
    }

    /// How many links are open.
    pub async fn count_invited(&self, merchant_id: Option<Uuid>) -> Result<u64> {
        Ok(open_of(merchant_id).count(&self.0).await?)
    }

    /// Keeps a new link.
    pub async fn insert_invited(&self, new: &InvitedRow) -> Result<()> {
        let row = invited_row(new).into_active_model();
        invitation::Entity::insert(row).exec_without_returning(&self.0).await?;
        Ok(())
    }

    /// Notes that a link was used; whether it was good until now.
    pub async fn use_invited(&self, id: Uuid, now: i64) -> Result<bool> {
        self.close(Condition::all().add(invitation::Column::Id.eq(id)), invitation::Column::UsedAt, now).await
    }

    /// Takes a link back; whether it was open until now.
    pub async fn withdraw_invited(&self, id: Uuid, now: i64) -> Result<bool> {
        self.close(Condition::all().add(invitation::Column::Id.eq(id)), invitation::Column::WithdrawnAt, now).await
    }

    /// Takes back all open links of a merchant, or of the gateway, that lead to this email: the newest alone is good.
    pub async fn withdraw_invited_as(&self, merchant_id: Option<Uuid>, email: &str, now: i64) -> Result<bool> {
        let which = Condition::all().add(of(merchant_id)).add(invitation::Column::Email.eq(email));
        self.close(which, invitation::Column::WithdrawnAt, now).await
    }

    /// Forgets links that ended long ago.
    pub async fn forget_old_invited(&self, merchant_id: Option<Uuid>, ended_before: i64) -> Result<()> {
        invitation::Entity::delete_many()
            .filter(of(merchant_id))
            .filter(invitation::Column::EndsAt.lt(ended_before))
            .exec(&self.0)
            .await?;
        Ok(())
    }

    async fn close(&self, which: Condition, how: invitation::Column, now: i64) -> Result<bool> {
        let closed = invitation::Entity::update_many()
            .col_expr(how, Expr::value(now))
            .filter(which)
            .filter(invitation::Column::UsedAt.is_null())
            .filter(invitation::Column::WithdrawnAt.is_null())
            .exec(&self.0)
            .await?;
        Ok(closed.rows_affected > 0)
    }
}

fn of(merchant_id: Option<Uuid>) -> Condition {
    Condition::all().add(match merchant_id {
        Some(id) => invitation::Column::MerchantId.eq(id),
        None => invitation::Column::MerchantId.is_null(),
    })
}

fn open_of(merchant_id: Option<Uuid>) -> sea_orm::Select<invitation::Entity> {
    invitation::Entity::find()
        .filter(of(merchant_id))
        .filter(invitation::Column::UsedAt.is_null())
        .filter(invitation::Column::WithdrawnAt.is_null())
}

fn read_invited(row: invitation::Model) -> Result<InvitedRow> {
    let role = if row.role == OPERATOR { Some(Role::Owner) } else { Role::from_word(&row.role) };
    Ok(InvitedRow {
        id: row.id,
        token_hash: row.token_hash,
        merchant_id: row.merchant_id,
        shop_id: row.shop_id,
        role: role.ok_or_else(|| StoreError::Corrupt("person_invitation.role".to_owned()))?,
        name: row.name,
        email: row.email,
        person_id: row.person_id,
        invited_by: row.invited_by,
        created_at: row.created_at,
        ends_at: row.ends_at,
        used_at: row.used_at,
        withdrawn_at: row.withdrawn_at,
    })
}

fn invited_row(row: &InvitedRow) -> invitation::Model {
    let row = row.clone();
    let role = if row.merchant_id.is_none() { OPERATOR } else { row.role.word() };
    invitation::Model {
        id: row.id,
        token_hash: row.token_hash,
        merchant_id: row.merchant_id,
        shop_id: row.shop_id,
        role: role.to_owned(),
        name: row.name,
        email: row.email,
        person_id: row.person_id,
        invited_by: row.invited_by,
        created_at: row.created_at,
        ends_at: row.ends_at,
        used_at: row.used_at,
        withdrawn_at: row.withdrawn_at,
    }
}
