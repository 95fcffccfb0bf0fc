use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "program_version")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub program_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i32,
    pub valid_from: i64,
    pub currency: String,
    pub time_zone: String,
    pub document: String,
    pub created_at: i64,
    pub reviewed_to: Option<Uuid>,
    pub reviewed_at: Option<i64>,
    pub revision: i64,
    pub created_by: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
