use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: String,
    pub person_id: Uuid,
    pub device_id: Option<Uuid>,
    pub csrf: String,
    pub waits_for_code: bool,
    pub agent: String,
    pub created_at: i64,
    pub seen_at: i64,
    pub ends_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
