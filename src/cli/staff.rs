//! `staff`: whose phones may record by text at a shop.

use clap::Subcommand;
use serde_json::json;

use super::{Failure, WRONG_INPUT, place::Place};
use crate::{
    config::Settings,
    domain::{address::Address, staff::StaffPhone},
    service::staff::phones::{self, NAME_CHARS_MAX, PHONES_MAX},
    store::directory::Page,
};

/// What `staff` does.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Authorise a phone to record visits, purchases and vouchers by text
    Add {
        /// The phone, as the provider writes it: +14155550142
        #[arg(long)]
        phone: String,
        /// Who has it; stands in the ledger as who did it
        #[arg(long)]
        name: String,
        /// The shop, by name or id; may be left out where there is but one
        #[arg(long)]
        shop: Option<String>,
    },
    /// List the phones of a shop's staff
    List {
        /// The shop, by name or id; may be left out where there is but one
        #[arg(long)]
        shop: Option<String>,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Remove a phone: its texts are a member's from now on
    Remove {
        /// The phone, as the provider writes it: +14155550142
        #[arg(long)]
        phone: String,
        /// The shop, by name or id; may be left out where there is but one
        #[arg(long)]
        shop: Option<String>,
    },
}

/// Does it.
pub async fn run(command: Command, settings: &Settings) -> Result<(), Failure> {
    let place = Place::open(settings).await?;
    match command {
        Command::Add { phone, name, shop } => {
            let shop = place.shop(shop.as_deref())?;
            let address = Address::parse(&phone).map_err(|error| Failure::new(WRONG_INPUT, error))?;
            let name = name.trim().to_owned();
            if name.is_empty() || name.chars().count() > NAME_CHARS_MAX || name.chars().any(char::is_control) {
                let sentence = format!("--name must be a name of 1 to {NAME_CHARS_MAX} characters");
                return Err(Failure::new(WRONG_INPUT, sentence));
            }
            let added = phones::add(place.change(), &shop, address, name).await;
            let added = added.map_err(|error| Failure::new(WRONG_INPUT, error))?;
            println!("{} may record by text at {} from {} now.", added.name, shop.name, added.address.as_str());
        }
        Command::List { shop, json } => {
            let shop = place.shop(shop.as_deref())?;
            for phone in of_shop(&place, shop.id).await? {
                println!("{}", if json { as_json(&phone) } else { told(&phone) });
            }
        }
        Command::Remove { phone, shop } => {
            let shop = place.shop(shop.as_deref())?;
            let known =
                of_shop(&place, shop.id).await?.into_iter().find(|known| known.address.as_str() == phone.trim());
            let none = || Failure::new(WRONG_INPUT, "this phone is not one of the shop's staff");
            phones::remove(place.change(), shop.id, known.ok_or_else(none)?.id).await?;
            println!("It may not record at {} any more.", shop.name);
        }
    }
    place.close().await
}

async fn of_shop(place: &Place, shop_id: uuid::Uuid) -> Result<Vec<StaffPhone>, Failure> {
    let limit = u64::try_from(PHONES_MAX).unwrap_or_default();
    Ok(place.store.staff_phones(shop_id, Page { after: None, limit }).await?)
}

fn told(phone: &StaffPhone) -> String {
    format!("{} {}, since {}", phone.address.as_str(), phone.name, phone.created_at.date_naive())
}

fn as_json(phone: &StaffPhone) -> String {
    let StaffPhone { id, shop_id, address, name, created_at } = phone;
    json!({ "id": id, "shop_id": shop_id, "phone": address.as_str(), "name": name, "created_at": created_at })
        .to_string()
}
