use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "enrolment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub member_id: Uuid,
    pub shop_id: Uuid,
    pub keyword_id: Option<Uuid>,
    pub balance: i64,
    pub enrolled_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
