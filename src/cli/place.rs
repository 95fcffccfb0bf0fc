//! The database that a command works on, and the shop and member it is about.

use std::sync::Arc;

use uuid::Uuid;

use super::{Failure, UNAVAILABLE, WRONG_INPUT};
use crate::{
    clock::Clock,
    config::Settings,
    domain::shop::Shop,
    secrets::Vault,
    service::{
        audit::Author,
        change::{Change, ChangeError},
        directory::LiveDirectory,
        telling,
        till::Till,
    },
    store::Store,
};

/// A database, and who is in it.
pub struct Place {
    /// Where rows are kept.
    pub store: Store,
    /// Who is here.
    pub directory: Arc<LiveDirectory>,
    /// Seals secrets.
    pub vault: Vault,
    /// What time it is.
    pub clock: Clock,
    /// Who changes things here.
    pub author: Author,
}

impl Place {
    /// Opens the database of these settings.
    pub async fn open(settings: &Settings) -> Result<Self, Failure> {
        let store = Store::open(&settings.database.url, settings.database.connections_max).await?;
        let vault = Vault::new(settings.secrets.bytes());
        let directory = LiveDirectory::load(store.clone(), vault.clone()).await;
        let directory = directory.map_err(|error| Failure::new(UNAVAILABLE, error))?;
        let hours = telling::quiet_hours(&settings.telling).map_err(|error| Failure::new(WRONG_INPUT, error))?;
        directory.keep_quiet_hours(hours);
        Ok(Self {
            store,
            directory: Arc::new(directory),
            vault,
            clock: Clock::system(),
            author: Author::command_line(),
        })
    }

    /// What takes orders.
    pub fn till(&self) -> Till<'_> {
        Till { store: &self.store, directory: &self.directory, now: self.clock.now() }
    }

    /// What changes who is here.
    pub fn change(&self) -> Change<'_> {
        Change {
            store: &self.store,
            directory: &self.directory,
            vault: &self.vault,
            now: self.clock.now(),
            author: &self.author,
        }
    }

    /// A shop by its id or its name; the only one where none is named.
    pub fn shop(&self, named: Option<&str>) -> Result<Shop, Failure> {
        let known = self.directory.read();
        let wanted = named.map(str::to_lowercase);
        let id = named.and_then(|named| Uuid::parse_str(named).ok());
        let is_meant =
            |shop: &&Shop| wanted.as_ref().is_none_or(|name| shop.name.to_lowercase() == *name) || Some(shop.id) == id;
        let mut shops: Vec<&Shop> = known.directory.all_shops().filter(is_meant).collect();
        shops.sort_by_key(|shop| (shop.created_at, shop.id));
        match shops.as_slice() {
            [shop] => Ok((*shop).clone()),
            [] => Err(Failure::new(WRONG_INPUT, "there is no such shop; name it with --shop")),
            several => {
                let names: Vec<String> =
                    several.iter().take(20).map(|shop| format!("{} ({})", shop.name, shop.id)).collect();
                Err(Failure::new(WRONG_INPUT, format!("which shop? Name one with --shop: {}", names.join(", "))))
            }
        }
    }

    /// Closes the database.
    pub async fn close(self) -> Result<(), Failure> {
        Ok(self.store.close().await?)
    }
}

impl From<ChangeError> for Failure {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::Store(error) => error.into(),
            ChangeError::Mistaken(mistakes) => {
                let told: Vec<String> = mistakes.iter().map(|mistake| format!("\n  {mistake}")).collect();
                Self::new(WRONG_INPUT, format!("the program is not as it should be:{}", told.concat()))
            }
            other => Self::new(1, other),
        }
    }
}
