use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "keyword")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub shop_id: Uuid,
    pub sender_id: Uuid,
    pub phrase: String,
    pub normal: String,
    pub source: Option<String>,
    pub language: Option<String>,
    pub starts_at: Option<i64>,
    pub ends_at: Option<i64>,
    pub created_at: i64,
    pub deleted_at: Option<i64>,
    pub revision: i64,
}

impl ActiveModelBehavior for ActiveModel {}
