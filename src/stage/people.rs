//! People who can sign in at once: an operator, and who works for the first merchant.

use secrecy::SecretString;

use crate::{
    domain::{access::Role, language::Language, person::read_email},
    http::Gateway,
    service::{
        audit::Author,
        people::{self, NewPerson},
    },
    store::{Result, StoreError},
};

/// The password of everybody here.
pub const PASSWORD: &str = "coffee and bread";

/// Who runs the gateway.
pub const OPERATOR: &str = "olga@regulars.example";
/// Who owns the first merchant.
pub const OWNER: &str = "ana@bean.example";

/// Everybody: email, name, role; the operator has none.
const EVERYBODY: &[(&str, &str, Option<Role>)] = &[
    (OPERATOR, "Olga", None),
    (OWNER, "Ana Flores", Some(Role::Owner)),
    ("max@bean.example", "Max", Some(Role::Manager)),
    ("sam@bean.example", "Sam", Some(Role::Staff)),
    ("vera@bean.example", "Vera", Some(Role::Viewer)),
];

/// Lets them in, unless they are in already. The merchant is the one of the first shop.
pub async fn furnish(gateway: &Gateway) -> Result<()> {
    let first = gateway.directory.read().directory.all_shops().min_by_key(|shop| shop.id).cloned();
    let merchant_id = first.ok_or_else(|| StoreError::Refused("there is no shop".to_owned()))?.merchant_id;
    for (email, name, role) in EVERYBODY {
        if gateway.store.person_by_email(&read_email(email).unwrap_or_default()).await?.is_some() {
            continue;
        }
        let new = NewPerson {
            merchant_id: role.map(|_| merchant_id),
            shop_id: None,
            role: role.unwrap_or(Role::Owner),
            name: (*name).to_owned(),
            email: (*email).to_owned(),
            language: Language::default(),
            password: SecretString::from(PASSWORD),
        };
        let created = people::create(gateway.change(&Author::command_line()), new).await;
        created.map_err(|error| StoreError::Refused(error.to_string()))?;
    }
    Ok(())
}
