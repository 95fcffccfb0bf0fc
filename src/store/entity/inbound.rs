use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "inbound")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub account_id: Uuid,
    pub provider_message_id: String,
    pub sender_id: Option<Uuid>,
    pub address: String,
    pub to_address: String,
    #[sea_orm(column_type = "Text")]
    pub body: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub media: Option<String>,
    pub opt_out_type: Option<String>,
    pub segments: i32,
    pub request_id: String,
    pub received_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
