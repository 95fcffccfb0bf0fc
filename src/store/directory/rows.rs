//! Rows of the directory as values, and values as rows.

use chrono_tz::Tz;

use super::SealedAccount;
use crate::{
    clock::from_millis,
    domain::{
        address::Address,
        keyword::Phrase,
        language::Language,
        profile::birthday::DateOrder,
        shop::{Keyword, OptIn, Sender, Shop},
        telling::Telling,
    },
    store::{
        Result, StoreError,
        entity::{account, keyword, sender, shop},
    },
};

fn corrupt(what: &str) -> StoreError {
    StoreError::Corrupt(what.to_owned())
}

pub(super) fn read_account(row: account::Model) -> SealedAccount {
    SealedAccount {
        id: row.id,
        account_sid: row.account_sid,
        provider: row.provider,
        api_base_url: row.api_base_url,
        auth_token_sealed: row.auth_token_sealed,
        auth_token_previous_sealed: row.auth_token_previous_sealed,
        signing_key_sealed: row.signing_key_sealed,
        signature_header: row.signature_header,
        account_sid_pattern: row.account_sid_pattern,
        created_at: row.created_at,
    }
}

pub(super) fn read_sender(row: sender::Model) -> Result<Sender> {
    Ok(Sender {
        id: row.id,
        address: Address::parse(&row.address).map_err(|_| corrupt("sender.address"))?,
        account_id: row.account_id,
        merchant_id: row.merchant_id,
        service_sid: row.service_sid,
        messages_per_second: row.messages_per_second,
        created_at: from_millis(row.created_at),
    })
}

pub(super) fn sender_row(sender: &Sender, revision: i64) -> sender::Model {
    sender::Model {
        id: sender.id,
        address: sender.address.as_str().to_owned(),
        account_id: sender.account_id,
        merchant_id: sender.merchant_id,
        service_sid: sender.service_sid.clone(),
        messages_per_second: sender.messages_per_second,
        created_at: sender.created_at.timestamp_millis(),
        revision,
    }
}

pub(super) fn read_shop(row: shop::Model) -> Result<Shop> {
    Ok(Shop {
        id: row.id,
        merchant_id: row.merchant_id,
        sender_id: row.sender_id,
        time_zone: row.time_zone.parse::<Tz>().map_err(|_| corrupt("shop.time_zone"))?,
        language: Language::from_code(&row.language).ok_or_else(|| corrupt("shop.language"))?,
        opt_in: OptIn::from_word(&row.opt_in).ok_or_else(|| corrupt("shop.opt_in"))?,
        name: row.name,
        currency: row.currency,
        welcome_points: row.welcome_points,
        contact: row.contact,
        terms: row.terms,
        messages_per_month: u16::try_from(row.messages_per_month).map_err(|_| corrupt("shop.messages_per_month"))?,
        sign_up: serde_json::from_str(&row.sign_up).map_err(|_| corrupt("shop.sign_up"))?,
        date_order: DateOrder::from_word(&row.date_order).ok_or_else(|| corrupt("shop.date_order"))?,
        telling: match &row.telling {
            Some(written) => serde_json::from_str(written).map_err(|_| corrupt("shop.telling"))?,
            None => Telling::default(),
        },
        program_id: row.program_id.unwrap_or(row.id),
        created_at: from_millis(row.created_at),
    })
}

pub(super) fn shop_row(shop: &Shop, revision: i64) -> shop::Model {
    shop::Model {
        id: shop.id,
        merchant_id: shop.merchant_id,
        sender_id: shop.sender_id,
        name: shop.name.clone(),
        time_zone: shop.time_zone.name().to_owned(),
        language: shop.language.code().to_owned(),
        currency: shop.currency.clone(),
        opt_in: shop.opt_in.word().to_owned(),
        welcome_points: shop.welcome_points,
        contact: shop.contact.clone(),
        terms: shop.terms.clone(),
        messages_per_month: shop.messages_per_month.into(),
        sign_up: serde_json::to_string(&shop.sign_up).unwrap_or_default(),
        date_order: shop.date_order.word().to_owned(),
        program_id: (shop.program_id != shop.id).then_some(shop.program_id),
        telling: (shop.telling != Telling::default()).then(|| serde_json::to_string(&shop.telling).unwrap_or_default()),
        created_at: shop.created_at.timestamp_millis(),
        revision,
    }
}

pub(super) fn read_keyword(row: keyword::Model) -> Keyword {
    Keyword {
        id: row.id,
        shop_id: row.shop_id,
        sender_id: row.sender_id,
        phrase: Phrase::restore(row.phrase, row.normal),
        source: row.source,
        language: row.language.as_deref().and_then(Language::from_code),
        starts_at: row.starts_at.map(from_millis),
        ends_at: row.ends_at.map(from_millis),
        created_at: from_millis(row.created_at),
    }
}

pub(super) fn keyword_row(keyword: &Keyword, revision: i64) -> keyword::Model {
    keyword::Model {
        id: keyword.id,
        shop_id: keyword.shop_id,
        sender_id: keyword.sender_id,
        phrase: keyword.phrase.display().to_owned(),
        normal: keyword.phrase.normal().to_owned(),
        source: keyword.source.clone(),
        language: keyword.language.map(|language| language.code().to_owned()),
        starts_at: keyword.starts_at.map(|time| time.timestamp_millis()),
        ends_at: keyword.ends_at.map(|time| time.timestamp_millis()),
        created_at: keyword.created_at.timestamp_millis(),
        deleted_at: None,
        revision,
    }
}
