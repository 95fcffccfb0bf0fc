use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub merchant_id: Option<Uuid>,
    pub shop_id: Option<Uuid>,
    pub created_at: i64,
    pub person_id: Option<Uuid>,
    pub actor: String,
    pub deed: String,
    pub subject: String,
    pub subject_id: Option<Uuid>,
    pub subject_name: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
