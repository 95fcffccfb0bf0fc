//! `/v1/senders`

use std::{collections::HashMap, fmt, sync::LazyLock};

use actix_web::{HttpResponse, http::header, web};
use chrono::{DateTime, Utc};
use regex::Regex;
use secrecy::{ExposeSecret, SecretString};
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{MapAccess, Visitor, value::MapAccessDeserializer},
};
use url::Url;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Refusals,
    body::{Body, Checks, given, line},
    caller::Caller,
    listing::{Listing, PageQuery, Paging},
};
use crate::{
    config::is_pace,
    domain::{address::Address, shop},
    http::{Gateway, problem::Problem},
    providers,
    service::{
        account::{AccountChoice, GivenAccount},
        senders::{self, NewSender, SenderChanges, SenderName},
    },
    store::directory::SealedAccount,
};

/// How a sender's address is written: a phone number in E.164, a short code, a name, or an address on a channel.
pub(super) const ADDRESS: &str =
    r"^(\+[1-9][0-9]{6,14}|[0-9]{3,8}|[A-Za-z][A-Za-z0-9]{0,10}|[a-z]{2,20}:[!-~]{1,100})$";
static IS_ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(ADDRESS).ok());

/// A number, short code or agent from which shops text.
#[derive(Debug, Serialize, ToSchema)]
pub struct Sender {
    /// Our id.
    id: Uuid,
    /// As the provider writes it.
    #[schema(example = "+14155550100")]
    address: String,
    /// The merchant it is kept for; `null` when merchants share it.
    #[schema(required)]
    merchant_id: Option<Uuid>,
    /// The provider account it belongs to.
    #[schema(example = "AC00000000000000000000000000000000")]
    account_sid: String,
    /// Base of that provider's API.
    #[schema(example = "https://api.twilio.com/")]
    api_base_url: String,
    /// The messaging service that sends for it, where there is one.
    #[schema(required)]
    service_sid: Option<String>,
    /// Its pace: how many texts a second the carrier takes from it.
    #[schema(example = 1.0)]
    messages_per_second: f64,
    /// When it was added.
    created_at: DateTime<Utc>,
}

/// A sender to be added.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SenderBody {
    /// As the provider writes it: a phone number in E.164, a short code, or a channel address.
    #[schema(max_length = 128, example = "+14155550100")]
    address: String,
    /// The merchant it is kept for; left out, merchants share it.
    merchant_id: Option<Uuid>,
    /// Its pace, 0.01 to 10000; left out, notifier.messages_per_second of the settings.
    #[schema(minimum = 0.01, maximum = 10000)]
    messages_per_second: Option<f64>,
    /// The provider account; left out, the one of the settings.
    account: Option<AccountBody>,
    /// The messaging service that sends for it.
    #[schema(max_length = 64)]
    service_sid: Option<String>,
}

/// What shall change of a sender; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SenderPatch {
    /// The merchant it is kept for; `null` lets merchants share it.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Uuid>)]
    merchant_id: Option<Option<Uuid>>,
    /// Its pace, 0.01 to 10000.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = f64, required = false, minimum = 0.01, maximum = 10000)]
    messages_per_second: Option<f64>,
    /// Another account, or the same with new tokens.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = AccountBody, required = false)]
    account: Option<AccountBody>,
    /// The messaging service that sends for it; `null`: none.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 64)]
    service_sid: Option<Option<String>>,
}

/// A provider account: the id of a known one, or one that is new or changed.
#[derive(Debug, ToSchema)]
#[schema(examples(
    json!("AC00000000000000000000000000000000"),
    json!({"account_sid": "AC00000000000000000000000000000000", "auth_token": "…"})
))]
#[serde(untagged)]
pub enum AccountBody {
    /// The provider's id for a known account.
    Sid(String),
    /// The account itself.
    Account(Box<NewAccount>),
}

/// A provider account. One with a known `account_sid` gets these tokens, and keeps of the rest what is left out.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAccount {
    /// The provider's id for it.
    account_sid: String,
    /// The token that opens the API and signs webhooks. Sealed, never shown.
    #[schema(value_type = String, write_only, max_length = 256)]
    auth_token: SecretString,
    /// During a rotation, the token before: signatures by it are accepted too. Left out, there is none.
    #[schema(value_type = Option<String>, write_only, max_length = 256)]
    auth_token_previous: Option<SecretString>,
    /// The key that signs webhooks, where the token does not (SignalWire). Left out, the token does.
    #[schema(value_type = Option<String>, write_only, max_length = 256)]
    signing_key: Option<SecretString>,
    /// The provider whose API and webhooks it speaks. Left out: twilio, and all that speak as Twilio does.
    #[schema(example = "twilio")]
    provider: Option<String>,
    /// Base of the provider's API; may have a path. Left out, that of the settings.
    #[schema(example = "https://api.twilio.com")]
    api_base_url: Option<String>,
    /// The header that carries the signature. Left out, that of the settings.
    signature_header: Option<String>,
    /// A regular expression for the account's id. Left out, that of the settings.
    account_sid_pattern: Option<String>,
}

/// Adds a sender. Operator only.
#[utoipa::path(post, path = "/v1/senders", tag = "senders", request_body = SenderBody,
    responses((status = 201, body = Sender), Refusals))]
pub async fn create(
    caller: Caller,
    gateway: web::Data<Gateway>,
    body: Body<SenderBody>,
) -> Result<HttpResponse, Problem> {
    caller.only_operator()?;
    let new = read_new(body.0, &gateway)?;
    let (sender, account) = senders::create(gateway.change(&caller.author(&gateway)), new).await?;
    let location = format!("/v1/senders/{}", sender.id);
    Ok(HttpResponse::Created().insert_header((header::LOCATION, location)).json(show(sender, Some(&account))))
}

/// All senders for the operator; for a merchant, those kept for it and those shared; for a shop, those that it speaks on.
#[utoipa::path(get, path = "/v1/senders", tag = "senders", params(Paging),
    responses((status = 200, body = Listing<Sender>), Refusals))]
pub async fn list(caller: Caller, gateway: web::Data<Gateway>, query: PageQuery) -> Result<HttpResponse, Problem> {
    let page = query.by_id()?;
    let found = match caller.shop() {
        Some(shop_id) => gateway.store.senders_of_shop(shop_id, page).await?,
        None => gateway.store.senders(caller.scope(), page).await?,
    };
    let account_ids: Vec<Uuid> = found.iter().map(|sender| sender.account_id).collect();
    let accounts = gateway.store.accounts_by_ids(&account_ids).await?;
    let accounts: HashMap<Uuid, SealedAccount> = accounts.into_iter().map(|account| (account.id, account)).collect();
    let show = |sender: shop::Sender| {
        let account = accounts.get(&sender.account_id);
        show(sender, account)
    };
    Ok(HttpResponse::Ok().json(Listing::page(found, &query, |sender| sender.id, show)?))
}

/// One sender.
#[utoipa::path(get, path = "/v1/senders/{id}", tag = "senders", params(("id" = Uuid, Path,)),
    responses((status = 200, body = Sender), Refusals))]
pub async fn get(caller: Caller, gateway: web::Data<Gateway>, id: web::Path<Uuid>) -> Result<HttpResponse, Problem> {
    let found = gateway.store.senders_by_ids(&[*id]).await?.into_iter().next();
    let speaks_there = |shop_id| gateway.directory.read().directory.speaks_on(shop_id, *id);
    let is_theirs = |sender: &shop::Sender| {
        sender.merchant_id.is_none_or(|owner| caller.may_see(owner)) && caller.shop().is_none_or(speaks_there)
    };
    let sender = found.filter(is_theirs).ok_or_else(Problem::not_found)?;
    answer(&gateway, sender).await
}

/// Changes a sender: its pace, its merchant, its account or the account's tokens. Operator only.
#[utoipa::path(patch, path = "/v1/senders/{id}", tag = "senders", params(("id" = Uuid, Path,)), request_body = SenderPatch,
    responses((status = 200, body = Sender), Refusals))]
pub async fn update(
    caller: Caller,
    gateway: web::Data<Gateway>,
    id: web::Path<Uuid>,
    body: Body<SenderPatch>,
) -> Result<HttpResponse, Problem> {
    caller.only_operator()?;
    let changes = read_changes(body.0, &gateway)?;
    let sender = senders::update(gateway.change(&caller.author(&gateway)), *id, changes).await?;
    answer(&gateway, sender).await
}

/// Reads what names a sender: our id, or its address.
pub(super) fn sender_name(text: String) -> Result<SenderName, String> {
    match Uuid::parse_str(&text) {
        Ok(id) => Ok(SenderName::Id(id)),
        Err(_) => Address::parse(&text).map(SenderName::Address).map_err(|error| error.to_string()),
    }
}

async fn answer(gateway: &Gateway, sender: shop::Sender) -> Result<HttpResponse, Problem> {
    let accounts = gateway.store.accounts_by_ids(&[sender.account_id]).await?;
    Ok(HttpResponse::Ok().json(show(sender, accounts.first())))
}

fn show(sender: shop::Sender, account: Option<&SealedAccount>) -> Sender {
    Sender {
        id: sender.id,
        address: sender.address.as_str().to_owned(),
        merchant_id: sender.merchant_id,
        account_sid: account.map(|account| account.account_sid.clone()).unwrap_or_default(),
        api_base_url: account.map(|account| account.api_base_url.clone()).unwrap_or_default(),
        service_sid: sender.service_sid,
        messages_per_second: sender.messages_per_second,
        created_at: sender.created_at,
    }
}

fn read_new(body: SenderBody, gateway: &Gateway) -> Result<NewSender, Problem> {
    let mut checks = Checks::default();
    let address = checks.check("address", sender_address(&body.address));
    let pace = body.messages_per_second.unwrap_or(gateway.settings.notifier.messages_per_second);
    let pace = checks.check("messages_per_second", read_pace(pace));
    let service_sid = checks.optional("service_sid", body.service_sid, line(64));
    let account = match body.account {
        Some(account) => read_account(&mut checks, account, gateway),
        None => checks.fit("account", account_of_the_settings(gateway)),
    };
    let made = address.zip(pace).zip(account).map(|((address, messages_per_second), account)| NewSender {
        address,
        merchant_id: body.merchant_id,
        account,
        service_sid,
        messages_per_second,
    });
    checks.passed(made)
}

fn read_changes(body: SenderPatch, gateway: &Gateway) -> Result<SenderChanges, Problem> {
    let mut checks = Checks::default();
    let changes = SenderChanges {
        merchant_id: body.merchant_id,
        account: body.account.and_then(|account| read_account(&mut checks, account, gateway)),
        service_sid: checks.nullable("service_sid", body.service_sid, line(64)),
        messages_per_second: checks.optional("messages_per_second", body.messages_per_second, read_pace),
    };
    checks.passed(Some(changes))
}

/// A phone number that the provider would write otherwise would never be found again.
fn sender_address(written: &str) -> Result<Address, String> {
    let is_written_so = IS_ADDRESS.as_ref().is_some_and(|written_so| written_so.is_match(written));
    if !is_written_so {
        return Err(
            "write it as the provider does: phone numbers in E.164 (+14155550100), a short code, a name of up to 11 \
                    letters and digits, or an address on a channel (whatsapp:+14155550100)"
                .to_owned(),
        );
    }
    Address::parse(written).map_err(|error| error.to_string())
}

fn read_pace(pace: f64) -> Result<f64, &'static str> {
    Some(pace).filter(|pace| is_pace(*pace)).ok_or("must be from 0.01 to 10000 texts a second")
}

fn account_of_the_settings(gateway: &Gateway) -> Result<AccountChoice, &'static str> {
    let account_sid = &gateway.settings.twilio.account_sid;
    let known = Some(account_sid.clone()).filter(|account_sid| !account_sid.is_empty());
    known.map(AccountChoice::Known).ok_or(
        "is needed, since the settings have no twilio.account_sid; give the id of a known account or an object with \
         account_sid and auth_token",
    )
}

fn read_account(checks: &mut Checks, account: AccountBody, gateway: &Gateway) -> Option<AccountChoice> {
    let new = match account {
        AccountBody::Sid(account_sid) => {
            return checks.check("account", read_account_sid(account_sid)).map(AccountChoice::Known);
        }
        AccountBody::Account(new) => *new,
    };
    let account_sid = checks.check("account.account_sid", read_account_sid(new.account_sid));
    let auth_token = checks.check("account.auth_token", token(new.auth_token));
    let auth_token_previous = checks.optional("account.auth_token_previous", new.auth_token_previous, token);
    let signing_key = checks.optional("account.signing_key", new.signing_key, token);
    let provider = checks.optional("account.provider", new.provider, provider_name);
    let api_base_url = checks.optional("account.api_base_url", new.api_base_url, base_url);
    let signature_header = checks.optional("account.signature_header", new.signature_header, header_name);
    let account_sid_pattern = checks.optional("account.account_sid_pattern", new.account_sid_pattern, line(200));
    Some(AccountChoice::Given(Box::new(GivenAccount {
        account_sid: account_sid?,
        auth_token: auth_token?,
        auth_token_previous,
        signing_key,
        provider,
        api_base_url,
        signature_header,
        account_sid_pattern,
        defaults: gateway.settings.twilio.clone(),
    })))
}

/// It becomes part of an address, so it is held to letters, digits, hyphens and underscores whatever the pattern says.
fn read_account_sid(text: String) -> Result<String, String> {
    let text = line(64)(text)?;
    if text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_') {
        Ok(text)
    } else {
        Err("an account's id has only letters, digits, hyphens and underscores".to_owned())
    }
}

fn provider_name(text: String) -> Result<String, String> {
    if providers::provider(&text).is_some() {
        return Ok(text);
    }
    let known: Vec<&str> = providers::PROVIDERS.iter().map(|provider| provider.name).collect();
    Err(format!("must be one of: {}", known.join(", ")))
}

fn token(token: SecretString) -> Result<SecretString, &'static str> {
    let text = token.expose_secret();
    if (1..=256).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(token)
    } else {
        Err("a token has 1 to 256 visible ASCII characters")
    }
}

fn base_url(text: String) -> Result<String, &'static str> {
    let url = Url::parse(&text).ok().filter(|url| {
        matches!(url.scheme(), "http" | "https")
            && url.host_str().is_some()
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none()
            && text.len() <= 500
    });
    url.map(String::from)
        .ok_or("must be an http:// or https:// address without query or password, such as https://api.twilio.com")
}

fn header_name(text: String) -> Result<String, &'static str> {
    let is_name = text.len() <= 100 && header::HeaderName::try_from(&text).is_ok();
    if is_name { Ok(text) } else { Err("is not a header's name, such as X-Twilio-Signature") }
}

/// By hand, because serde's untagged enums do not say what was wrong.
impl<'de> Deserialize<'de> for AccountBody {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SidOrAccount;

        impl<'de> Visitor<'de> for SidOrAccount {
            type Value = AccountBody;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the id of a known account, or an object with account_sid and auth_token")
            }

            fn visit_str<E>(self, account_sid: &str) -> Result<AccountBody, E> {
                Ok(AccountBody::Sid(account_sid.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<AccountBody, A::Error> {
                let account = NewAccount::deserialize(MapAccessDeserializer::new(map))?;
                Ok(AccountBody::Account(Box::new(account)))
            }
        }

        deserializer.deserialize_any(SidOrAccount)
    }
}

#[cfg(test)]
mod tests;
