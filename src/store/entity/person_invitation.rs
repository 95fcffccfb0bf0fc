use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person_invitation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub token_hash: String,
    pub merchant_id: Option<Uuid>,
    pub shop_id: Option<Uuid>,
    pub role: String,
    pub name: String,
    pub email: String,
    pub person_id: Option<Uuid>,
    pub invited_by: String,
    pub created_at: i64,
    pub ends_at: i64,
    pub used_at: Option<i64>,
    pub withdrawn_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
