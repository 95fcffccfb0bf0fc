use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub account_sid: String,
    pub provider: String,
    pub api_base_url: String,
    pub auth_token_sealed: String,
    pub auth_token_previous_sealed: Option<String>,
    pub signing_key_sealed: Option<String>,
    pub signature_header: String,
    pub account_sid_pattern: String,
    pub created_at: i64,
    pub revision: i64,
}

impl ActiveModelBehavior for ActiveModel {}
