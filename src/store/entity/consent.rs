use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "consent")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub sender_id: Uuid,
    pub address: String,
    pub shop_id: Option<Uuid>,
    pub kind: String,
    pub method: String,
    #[sea_orm(column_type = "Text")]
    pub typed: String,
    #[sea_orm(column_type = "Text")]
    pub shown: String,
    pub provider_message_id: Option<String>,
    pub occurred_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
