//! Things as the book shows them: what people may change of them, and never a secret.

use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    domain::{
        person::Person,
        shop::{Keyword, Sender, Shop},
        staff::StaffPhone,
    },
    store::{
        devices::DeviceRow, directory::SealedAccount, keys::KeyRow, programs::ProgramVersion, tills::SealedTill,
        webhooks::WebhookRow,
    },
};

/// A shop.
pub fn of_shop(shop: &Shop) -> Value {
    json!({
        "name": shop.name,
        "sender": shop.sender_id,
        "time_zone": shop.time_zone.name(),
        "language": shop.language.code(),
        "currency": shop.currency,
        "opt_in": shop.opt_in.word(),
        "welcome_points": shop.welcome_points,
        "contact": shop.contact,
        "terms": shop.terms,
        "messages_per_month": shop.messages_per_month,
        "sign_up": as_json(&shop.sign_up),
        "date_order": shop.date_order.word(),
        "telling": as_json(&shop.telling),
        "program": shop.program_id,
    })
}

/// A keyword.
pub fn of_keyword(keyword: &Keyword) -> Value {
    json!({
        "phrase": keyword.phrase.display(),
        "sender": keyword.sender_id,
        "source": keyword.source,
        "language": keyword.language.map(|language| language.code()),
        "starts_at": keyword.starts_at,
        "ends_at": keyword.ends_at,
    })
}

/// A sender.
pub fn of_sender(sender: &Sender) -> Value {
    json!({
        "merchant": sender.merchant_id,
        "account": sender.account_id,
        "service_sid": sender.service_sid,
        "messages_per_second": sender.messages_per_second,
    })
}

/// A provider account; whether its token changed, but no token.
pub fn of_account(account: &SealedAccount) -> Value {
    json!({
        "account_sid": account.account_sid,
        "provider": account.provider,
        "api_base_url": account.api_base_url,
        "signature_header": account.signature_header,
    })
}

/// A key: what it may do, and the end of it.
pub fn of_key(row: &KeyRow) -> Value {
    json!({
        "name": row.key.name,
        "role": row.key.role.word(),
        "shop": row.key.shop_id,
        "ends_in": row.hint,
    })
}

/// A version of a program.
pub fn of_program(version: i32, valid_from: i64, document: &Value) -> Value {
    let from = crate::clock::from_millis(valid_from);
    json!({ "version": version, "valid_from": from, "document": document })
}

/// The same of a version as it is kept.
pub fn of_program_version(version: &ProgramVersion) -> Value {
    of_program(version.version, version.valid_from, &version.document)
}

/// A webhook.
pub fn of_webhook(row: &WebhookRow) -> Value {
    json!({
        "url": row.url,
        "kinds": row.kinds().collect::<Vec<_>>(),
        "description": row.description,
        "state": row.state,
    })
}

/// A till that reports.
pub fn of_till(till: &SealedTill) -> Value {
    json!({
        "name": till.name,
        "kind": till.kind,
        "options": serde_json::from_str::<Value>(&till.options).unwrap_or_default(),
        "opens_api": till.token_sealed.is_some(),
    })
}

/// A phone of staff, masked.
pub fn of_staff_phone(phone: &StaffPhone) -> Value {
    json!({ "name": phone.name, "phone": phone.address.to_string() })
}

/// A till's device.
pub fn of_device(device: &DeviceRow) -> Value {
    json!({ "name": device.name, "shop": device.shop_id })
}

/// Somebody who signs in.
pub fn of_person(person: &Person) -> Value {
    json!({
        "name": person.name,
        "email": person.email,
        "role": person.role_word(),
        "shop": person.shop_id,
    })
}

fn as_json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}
