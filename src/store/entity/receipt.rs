use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "receipt")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub provider_message_id: String,
    pub account_id: Uuid,
    pub status: String,
    pub rank: i32,
    pub error_code: Option<i32>,
    pub done_at: String,
    pub received_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
