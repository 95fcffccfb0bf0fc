use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "shop")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub merchant_id: Uuid,
    pub sender_id: Uuid,
    pub name: String,
    pub time_zone: String,
    pub language: String,
    pub currency: String,
    pub opt_in: String,
    pub welcome_points: i64,
    pub contact: String,
    pub terms: String,
    pub messages_per_month: i32,
    pub sign_up: String,
    pub date_order: String,
    pub program_id: Option<Uuid>,
    pub telling: Option<String>,
    pub created_at: i64,
    pub revision: i64,
}

impl ActiveModelBehavior for ActiveModel {}
