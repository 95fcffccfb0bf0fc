use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub merchant_id: Option<Uuid>,
    pub shop_id: Option<Uuid>,
    pub role: String,
    pub name: String,
    pub email: Option<String>,
    pub language: String,
    pub password_hash: Option<String>,
    pub pin_hash: Option<String>,
    pub totp_sealed: Option<String>,
    pub totp_step: Option<i64>,
    pub created_at: i64,
    pub seen_at: Option<i64>,
    pub removed_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
