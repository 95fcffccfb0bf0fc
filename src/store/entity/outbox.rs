use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub sender_id: Uuid,
    pub address: String,
    pub merchant_id: Option<Uuid>,
    pub shop_id: Option<Uuid>,
    pub inbound_id: Option<i64>,
    pub reply: String,
    #[sea_orm(column_type = "Text")]
    pub body: String,
    pub state: String,
    pub attempts: i32,
    pub due_at: i64,
    pub leased_by: Option<String>,
    pub leased_until: Option<i64>,
    pub provider_message_id: Option<String>,
    pub error_code: Option<i32>,
    pub reason: Option<String>,
    pub request_id: String,
    pub created_at: i64,
    pub attempted_at: Option<i64>,
    pub settled_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
