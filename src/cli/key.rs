//! `key create|list|rotate|revoke`: merchants' keys to the API, on the database itself. On SQLite no gateway may be running.

use clap::{Subcommand, builder::PossibleValuesParser};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Failure, WRONG_INPUT, place::Place};
use crate::{
    clock::from_millis,
    config::Settings,
    domain::access::Role,
    service::{
        change::ChangeError,
        keys::{self, GRACE_SECONDS_MAX, KeyKeeper, NewKey},
    },
    store::{
        directory::{Merchant, Page},
        keys::{KeyFilter, KeyRow},
    },
};

/// How many rows are read at once.
const PAGE: u64 = 500;
const NAME_CHARS_MAX: usize = 80;

/// What `key` does. A running gateway on SQLite has the file to itself: there, use `/v1/keys`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a key; its secret is shown this once
    Create {
        #[command(flatten)]
        merchant: OfMerchant,
        /// What it may do
        #[arg(long, value_parser = PossibleValuesParser::new(["staff", "manager", "owner"]))]
        role: String,
        /// What it is called; stands in the ledger as who did it
        #[arg(long)]
        name: String,
        /// The one shop it is for, by name or id; all of the merchant's where left out
        #[arg(long)]
        shop: Option<String>,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// List keys, those that were revoked too
    List {
        #[command(flatten)]
        merchant: OfMerchant,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Give a key a new secret, shown this once; the old one is good for a while
    Rotate {
        /// The key's id, see `list`
        id: Uuid,
        /// For how many seconds the old secret is good; 0: no more from now on
        #[arg(long, default_value_t = keys::GRACE_SECONDS, value_parser = clap::value_parser!(u32).range(0..=i64::from(GRACE_SECONDS_MAX)))]
        grace_seconds: u32,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Revoke a key: it is refused from now on
    Revoke {
        /// The key's id, see `list`
        id: Uuid,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
}

/// Whose keys.
#[derive(Debug, clap::Args)]
pub struct OfMerchant {
    /// The merchant, by name or id; may be left out where there is but one
    #[arg(long)]
    merchant: Option<String>,
}

/// Does it.
pub async fn run(command: Command, settings: &Settings) -> Result<(), Failure> {
    let place = Place::open(settings).await?;
    match command {
        Command::Create { merchant, role, name, shop, json } => {
            let merchant_id = find_merchant(&place, &merchant).await?.id;
            let shop_id = shop.as_deref().map(|shop| place.shop(Some(shop))).transpose()?.map(|shop| shop.id);
            let role = Role::from_word(&role).unwrap_or(Role::Staff);
            let new = NewKey { merchant_id, shop_id, role, name: read_name(&name)? };
            let made = keys::create(place.change(), KeyKeeper::default(), new).await;
            let (row, secret) = made.map_err(refused)?;
            say_secret(&row, &secret, json);
        }
        Command::List { merchant, json } => list(&place, &merchant, json).await?,
        Command::Rotate { id, grace_seconds, json } => {
            let rotated = keys::rotate(place.change(), KeyKeeper::default(), id, grace_seconds).await;
            let (row, secret) = rotated.map_err(refused)?;
            say_secret(&row, &secret, json);
        }
        Command::Revoke { id, json } => {
            keys::revoke(place.change(), KeyKeeper::default(), id).await.map_err(refused)?;
            println!("{}", if json { json!({ "id": id, "revoked": true }).to_string() } else { "Revoked.".to_owned() });
        }
    }
    place.close().await
}

async fn list(place: &Place, merchant: &OfMerchant, json: bool) -> Result<(), Failure> {
    let filter = KeyFilter { merchant_id: Some(find_merchant(place, merchant).await?.id), shop_id: None };
    let mut rows: Vec<KeyRow> = Vec::new();
    loop {
        let page = Page { after: rows.last().map(|row| row.key.id), limit: PAGE };
        let found = place.store.keys(filter, page).await?;
        if found.is_empty() {
            break;
        }
        rows.extend(found);
    }
    if json {
        println!("{}", Value::from(rows.iter().map(as_json).collect::<Vec<_>>()));
    } else {
        rows.iter().for_each(|row| println!("{}", told(place, row)));
    }
    Ok(())
}

async fn find_merchant(place: &Place, named: &OfMerchant) -> Result<Merchant, Failure> {
    let wanted = named.merchant.as_deref().map(str::to_lowercase);
    let id = named.merchant.as_deref().and_then(|named| Uuid::parse_str(named).ok());
    let is_meant = |merchant: &Merchant| {
        wanted.as_ref().is_none_or(|name| merchant.name.to_lowercase() == *name) || Some(merchant.id) == id
    };
    let (mut meant, mut after) = (Vec::new(), None);
    loop {
        let found = place.store.merchants(None, Page { after, limit: PAGE }).await?;
        let Some(last) = found.last() else { break };
        after = Some(last.id);
        meant.extend(found.into_iter().filter(is_meant));
    }
    match meant.as_slice() {
        [merchant] => Ok(merchant.clone()),
        [] => Err(Failure::new(WRONG_INPUT, "there is no such merchant; name one with --merchant")),
        several => {
            let names: Vec<String> =
                several.iter().take(20).map(|merchant| format!("{} ({})", merchant.name, merchant.id)).collect();
            let sentence = format!("which merchant? Name one with --merchant: {}", names.join(", "));
            Err(Failure::new(WRONG_INPUT, sentence))
        }
    }
}

fn read_name(name: &str) -> Result<String, Failure> {
    let name = name.trim();
    if name.is_empty() || name.chars().nth(NAME_CHARS_MAX).is_some() || name.chars().any(char::is_control) {
        let sentence = format!("--name must have 1 to {NAME_CHARS_MAX} characters, in one line");
        return Err(Failure::new(WRONG_INPUT, sentence));
    }
    Ok(name.to_owned())
}

fn refused(error: ChangeError) -> Failure {
    match error {
        ChangeError::NotFound => Failure::new(WRONG_INPUT, "there is no such key; `regulars key list` shows them"),
        ChangeError::Mistaken(_) | ChangeError::Taken(_) => Failure::new(WRONG_INPUT, error),
        other => other.into(),
    }
}

fn say_secret(row: &KeyRow, secret: &SecretString, json: bool) {
    let secret = secret.expose_secret();
    if json {
        let mut shown = as_json(row);
        shown["api_key"] = Value::from(secret);
        println!("{shown}");
    } else {
        println!("{secret}\nKey {} ({}, {}). It is not shown again.", row.key.id, row.key.name, row.key.role.word());
    }
}

fn told(place: &Place, row: &KeyRow) -> String {
    let KeyRow { key, hint, last_used_at, revoked_at, .. } = row;
    let shop = key.shop_id.map(|id| match place.directory.read().directory.shop(id) {
        Some(shop) => format!(", {} alone", shop.name),
        None => format!(", shop {id} alone"),
    });
    let used = last_used_at.map_or_else(|| "never used".to_owned(), |at| format!("last used {}", moment(at)));
    let revoked = revoked_at.map(|at| format!(", revoked {}", moment(at))).unwrap_or_default();
    let (shop, role) = (shop.unwrap_or_default(), key.role.word());
    format!("{}  …{hint}  {role}{shop}  {}  {used}{revoked}", key.id, key.name)
}

fn moment(millis: i64) -> String {
    from_millis(millis).format("%Y-%m-%d %H:%M UTC").to_string()
}

fn as_json(row: &KeyRow) -> Value {
    let KeyRow { key, hint, created_at, last_used_at, previous_until, revoked_at, .. } = row;
    json!({
        "id": key.id,
        "merchant_id": key.merchant_id,
        "shop_id": key.shop_id,
        "role": key.role.word(),
        "name": key.name,
        "hint": hint,
        "created_at": from_millis(*created_at),
        "last_used_at": last_used_at.map(from_millis),
        "previous_until": previous_until.map(from_millis),
        "revoked_at": revoked_at.map(from_millis),
    })
}
