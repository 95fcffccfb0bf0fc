//! The two shops of the demo, the chat and the transcripts: one merchant, one number, two keywords.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    domain::{
        address::Address,
        keyword::Phrase,
        language::Language,
        shop::{Keyword, OptIn, Sender, Shop},
    },
    http::Gateway,
    store::{Result, StoreError, directory::Merchant},
};

/// The number that both shops text from.
pub const NUMBER: &str = "+14155550100";
/// The merchant.
const MERCHANT: &str = "Main Street";

/// A shop to set up.
pub struct NewShop {
    /// Its name.
    pub name: &'static str,
    /// What is on its sign.
    pub phrase: &'static str,
    /// How one joins.
    pub opt_in: OptIn,
    /// What a new member is given.
    pub welcome_points: i64,
    /// Whom HELP names.
    pub contact: &'static str,
    /// The language it speaks.
    pub language: &'static str,
}

/// "Bean There" enrols at once, "Crumb & Co" asks first.
pub const TWO_SHOPS: [NewShop; 2] = [
    NewShop {
        name: "Bean There",
        phrase: "COFFEE PLS",
        opt_in: OptIn::Single,
        welcome_points: 10,
        contact: "hi@beanthere.example",
        language: "en",
    },
    NewShop {
        name: "Crumb & Co",
        phrase: "BREAD PLS",
        opt_in: OptIn::Double,
        welcome_points: 5,
        contact: "415-555-0102",
        language: "en",
    },
];

/// Sets up the merchant, its number and these shops, unless the number is known already.
pub async fn furnish(gateway: &Gateway, shops: &[NewShop]) -> Result<()> {
    let now = gateway.clock.now();
    let tx = gateway.store.begin().await?;
    let revision = tx.next_revision().await?;
    if tx.sender_by_address(NUMBER).await?.is_none() {
        let account = tx.account_by_sid(&gateway.settings.twilio.account_sid).await?;
        let account = account.ok_or_else(|| StoreError::Refused("no provider account is set up".to_owned()))?;
        let merchant = Merchant { id: Uuid::now_v7(), name: MERCHANT.to_owned(), created_at: now.timestamp_millis() };
        tx.insert_merchant(&merchant, revision).await?;
        let sender = Sender {
            id: Uuid::now_v7(),
            address: Address::parse(NUMBER).map_err(refused)?,
            account_id: account.id,
            merchant_id: Some(merchant.id),
            service_sid: None,
            messages_per_second: gateway.settings.notifier.messages_per_second,
            created_at: now,
        };
        tx.insert_sender(&sender, revision).await?;
        for new in shops {
            let shop = shop(new, merchant.id, sender.id, now);
            tx.insert_shop(&shop, revision).await?;
            tx.insert_keyword(&keyword(new, &shop, now)?, revision).await?;
        }
    }
    tx.commit().await?;
    gateway.directory.refresh().await.map_err(refused)
}

fn shop(new: &NewShop, merchant_id: Uuid, sender_id: Uuid, now: DateTime<Utc>) -> Shop {
    Shop {
        id: Uuid::now_v7(),
        merchant_id,
        sender_id,
        name: new.name.to_owned(),
        time_zone: chrono_tz::America::Los_Angeles,
        language: Language::from_code(new.language).unwrap_or_default(),
        currency: "USD".to_owned(),
        opt_in: new.opt_in,
        welcome_points: new.welcome_points,
        contact: new.contact.to_owned(),
        messages_per_month: 4,
        created_at: now,
    }
}

fn keyword(new: &NewShop, shop: &Shop, now: DateTime<Utc>) -> Result<Keyword> {
    Ok(Keyword {
        id: Uuid::now_v7(),
        shop_id: shop.id,
        sender_id: shop.sender_id,
        phrase: Phrase::parse(new.phrase).map_err(refused)?,
        source: Some("sign".to_owned()),
        starts_at: None,
        ends_at: None,
        created_at: now,
    })
}

fn refused(error: impl std::fmt::Display) -> StoreError {
    StoreError::Refused(error.to_string())
}
