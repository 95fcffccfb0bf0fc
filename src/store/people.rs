//! People who sign in.

pub mod invited;

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, Condition, EntityTrait, IntoActiveModel, PaginatorTrait as _, QueryFilter,
    QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::{Result, Store, StoreError, Transaction, directory::Page, entity::person};
use crate::domain::{
    access::Role,
    language::Language,
    person::{OPERATOR, Person},
};

/// Somebody as they are kept. Times are Unix milliseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// Who.
    pub person: Person,
    /// What is kept of their password (Argon2id, PHC string).
    pub password_hash: Option<String>,
    /// What is kept of their PIN for the till.
    pub pin_hash: Option<String>,
    /// The secret of their one-time codes, sealed; without it they need none.
    pub totp_sealed: Option<String>,
    /// The step of the last one-time code that was taken: none is good twice.
    pub totp_step: Option<i64>,
    /// When they came.
    pub created_at: i64,
    /// When they were last here, to some minutes.
    pub seen_at: Option<i64>,
    /// Since when they may sign in no more.
    pub removed_at: Option<i64>,
}

/// Which people.
#[derive(Debug, Clone, Copy)]
pub enum PeopleOf {
    /// The operators.
    Gateway,
    /// A merchant's.
    Merchant(Uuid),
    /// Those who work at one of a merchant's shops: its own and those who are for all.
    Shop(Uuid, Uuid),
}

impl Store {
    /// Somebody who may sign in, by their email.
    pub async fn person_by_email(&self, email: &str) -> Result<Option<PersonRow>> {
        let found = person::Entity::find()
            .filter(person::Column::Email.eq(email))
            .filter(person::Column::RemovedAt.is_null())
            .one(&self.reader)
            .await?;
        found.map(read_person).transpose()
    }

    /// Somebody, whether they may still sign in or not.
    pub async fn person(&self, id: Uuid) -> Result<Option<PersonRow>> {
        person::Entity::find_by_id(id).one(&self.reader).await?.map(read_person).transpose()
    }

    /// Those who may sign in, in the order in which they came.
    pub async fn people(&self, of: PeopleOf, page: Page) -> Result<Vec<PersonRow>> {
        let mut select = person::Entity::find()
            .filter(person::Column::RemovedAt.is_null())
            .filter(condition(of))
            .order_by_asc(person::Column::Id)
            .limit(page.limit);
        if let Some(after) = page.after {
            select = select.filter(person::Column::Id.gt(after));
        }
        select.all(&self.reader).await?.into_iter().map(read_person).collect()
    }

    /// Whether anybody runs this gateway by the console yet.
    pub async fn has_operator(&self) -> Result<bool> {
        let operators = person::Entity::find()
            .filter(person::Column::MerchantId.is_null())
            .filter(person::Column::RemovedAt.is_null());
        Ok(operators.one(&self.reader).await?.is_some())
    }
}

impl Transaction {
    /// Somebody as they are kept now; nobody else changes them before this ends.
    pub async fn person(&self, id: Uuid) -> Result<Option<PersonRow>> {
        person::Entity::find_by_id(id).lock_exclusive().one(&self.0).await?.map(read_person).transpose()
    }

    /// Whether this email signs somebody in already.
    pub async fn email_is_taken(&self, email: &str) -> Result<bool> {
        Ok(person::Entity::find().filter(person::Column::Email.eq(email)).count(&self.0).await? > 0)
    }

    /// How many of these may sign in.
    pub async fn count_people(&self, of: PeopleOf, role: Option<Role>) -> Result<u64> {
        let mut select = person::Entity::find().filter(person::Column::RemovedAt.is_null()).filter(condition(of));
        if let Some(role) = role {
            select = select.filter(person::Column::Role.eq(role.word()));
        }
        Ok(select.count(&self.0).await?)
    }

    /// Keeps somebody new.
    pub async fn insert_person(&self, new: &PersonRow) -> Result<()> {
        let row = person_row(new).into_active_model();
        person::Entity::insert(row).exec_without_returning(&self.0).await?;
        Ok(())
    }

    /// Writes somebody changed.
    pub async fn update_person(&self, changed: &PersonRow) -> Result<()> {
        person::Entity::update(person_row(changed).into_active_model().reset_all()).exec(&self.0).await?;
        Ok(())
    }
}

fn condition(of: PeopleOf) -> Condition {
    match of {
        PeopleOf::Gateway => Condition::all().add(person::Column::MerchantId.is_null()),
        PeopleOf::Merchant(id) => Condition::all().add(person::Column::MerchantId.eq(id)),
        PeopleOf::Shop(merchant_id, shop_id) => Condition::all()
            .add(person::Column::MerchantId.eq(merchant_id))
            .add(Condition::any().add(person::Column::ShopId.is_null()).add(person::Column::ShopId.eq(shop_id))),
    }
}

fn read_person(row: person::Model) -> Result<PersonRow> {
    let role = match row.role.as_str() {
        OPERATOR => Some(Role::Owner),
        word => Role::from_word(word).filter(|_| row.merchant_id.is_some()),
    };
    let person = Person {
        id: row.id,
        merchant_id: row.merchant_id,
        shop_id: row.shop_id,
        role: role.ok_or_else(|| StoreError::Corrupt("person.role".to_owned()))?,
        name: row.name,
        email: row.email,
        language: Language::from_code(&row.language).unwrap_or_default(),
    };
    Ok(PersonRow {
        person,
        password_hash: row.password_hash,
        pin_hash: row.pin_hash,
        totp_sealed: row.totp_sealed,
        totp_step: row.totp_step,
        created_at: row.created_at,
        seen_at: row.seen_at,
        removed_at: row.removed_at,
    })
}

fn person_row(row: &PersonRow) -> person::Model {
    let PersonRow { person, password_hash, pin_hash, totp_sealed, totp_step, created_at, seen_at, removed_at } =
        row.clone();
    let role = person.role_word().to_owned();
    person::Model {
        id: person.id,
        merchant_id: person.merchant_id,
        shop_id: person.shop_id,
        role,
        name: person.name,
        email: person.email,
        language: person.language.code().to_owned(),
        password_hash,
        pin_hash,
        totp_sealed,
        totp_step,
        created_at,
        seen_at,
        removed_at,
    }
}
