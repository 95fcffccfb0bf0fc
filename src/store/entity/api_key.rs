use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_key")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub merchant_id: Option<Uuid>,
    pub hash: String,
    pub created_at: i64,
    pub revoked_at: Option<i64>,
    pub shop_id: Option<Uuid>,
    pub role: String,
    pub name: String,
    pub hint: String,
    pub previous_hash: Option<String>,
    pub previous_until: Option<i64>,
    pub last_used_at: Option<i64>,
    pub revision: i64,
}

impl ActiveModelBehavior for ActiveModel {}
