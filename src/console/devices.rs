//! A merchant's tills: this browser becomes one, another is given a code, and what is a till no more is removed.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use base64::{Engine, prelude::BASE64_STANDARD};
use fast_qr::{
    ECL, QRBuilder,
    convert::{Builder, svg::SvgBuilder},
};
use secrecy::ExposeSecret;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    cookies::{self, Kept},
    form::{Hints, Posted},
    page::{Page, go_done, html},
    trouble::Trouble,
    viewer::{AtMerchant, id_in},
};
use crate::{
    clock::from_millis,
    domain::{purse::draw::shown, shop::Shop},
    http::Gateway,
    secrets::hash_token,
    service::{
        change::ChangeError,
        devices::{self, CODE_MINUTES, NewDevice},
    },
    store::devices::DeviceRow,
};

#[derive(Template)]
#[template(path = "devices.html")]
struct DevicesPage {
    page: Page,
    merchant_id: Uuid,
    devices: Vec<DeviceShown>,
    shops: Vec<(Uuid, String)>,
    form: DeviceForm,
    hints: Hints,
    /// The till that this browser is.
    here: Option<(String, Uuid)>,
    /// A code that was just made.
    code: Option<CodeShown>,
}

/// A device in the list.
struct DeviceShown {
    id: Uuid,
    name: String,
    shop: String,
    approved: String,
    approved_by: String,
    seen: Option<String>,
    waits_until: Option<String>,
    is_here: bool,
}

/// A code as it is shown, once.
struct CodeShown {
    code: String,
    link: String,
    /// The link, drawn.
    drawn: String,
    shop: String,
}

/// A device to be approved.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub(super) struct DeviceForm {
    shop_id: String,
    name: String,
    /// `here` or `code`.
    how: String,
}

/// The list.
pub(super) async fn page(
    request: HttpRequest,
    at: AtMerchant,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    show(&request, &at, &gateway, StatusCode::OK, Entered::default()).await
}

/// What was entered, and what came of it.
#[derive(Default)]
struct Entered {
    form: DeviceForm,
    hints: Hints,
    code: Option<CodeShown>,
}

/// Approves this browser, or makes a code for another.
pub(super) async fn approve(
    request: HttpRequest,
    at: AtMerchant,
    form: Posted<DeviceForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let Posted(form) = form;
    let shops = shops_of(&at, &gateway);
    let shop = shops.iter().find(|shop| shop.id.to_string() == form.shop_id).ok_or(Trouble::NotFound)?;
    let new = NewDevice { shop, name: &form.name };
    let author = at.viewer.author();
    let approved = if form.how == "code" {
        let code = devices::make_code(gateway.change(&author), new).await;
        code.map(|code| Approved::Code(code_shown(&gateway, &code, shop)))
    } else {
        devices::approve(gateway.change(&author), new).await.map(Approved::Here)
    };
    match approved {
        Ok(Approved::Here(token)) => {
            let mut response = go_done(&format!("/console/merchants/{}/devices", at.merchant_id), "device-here");
            cookies::put(&mut response, &gateway, Kept::Till, Some(token.expose_secret()))?;
            Ok(response)
        }
        Ok(Approved::Code(code)) => {
            let entered = Entered { code: Some(code), ..Entered::default() };
            show(&request, &at, &gateway, StatusCode::OK, entered).await
        }
        Err(error) => {
            let mut hints = Hints::default();
            let say = Page::of(&request, "").say;
            match error {
                ChangeError::Mistaken(_) => hints.add("name", say.t("devices-name-wrong")),
                ChangeError::Vault(_) => hints.add("name", say.t("devices-no-key")),
                other => return Err(other.into()),
            }
            let entered = Entered { form, hints, code: None };
            show(&request, &at, &gateway, StatusCode::UNPROCESSABLE_ENTITY, entered).await
        }
    }
}

enum Approved {
    Here(secrecy::SecretString),
    Code(CodeShown),
}

/// Makes a device a till no more.
pub(super) async fn remove(
    request: HttpRequest,
    at: AtMerchant,
    form: Posted<Vec<(String, String)>>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let Posted(_) = form;
    let id = id_in(&request, "device_id")?;
    devices::remove(gateway.change(&at.viewer.author()), (at.merchant_id, id)).await?;
    Ok(go_done(&format!("/console/merchants/{}/devices", at.merchant_id), "device-removed"))
}

/// The shops of the merchant, by name.
pub(super) fn shops_of(at: &AtMerchant, gateway: &Gateway) -> Vec<Shop> {
    let mut shops = at.viewer.shops(gateway);
    shops.retain(|shop| shop.merchant_id == at.merchant_id);
    shops
}

async fn show(
    request: &HttpRequest,
    at: &AtMerchant,
    gateway: &Gateway,
    status: StatusCode,
    entered: Entered,
) -> Result<HttpResponse, Trouble> {
    let page = Page::of_merchant(request, at.merchant_id, "devices");
    let shops = shops_of(at, gateway);
    let own = cookies::read(request, Kept::Till).map(|token| hash_token(&token));
    let rows = gateway.store.devices_of(at.merchant_id).await?;
    let oldest = (gateway.clock.now() - chrono::Duration::minutes(CODE_MINUTES)).timestamp_millis();
    let rows = rows.into_iter().filter(|row| !row.waits() || row.created_at > oldest);
    let devices: Vec<DeviceShown> = rows.map(|row| shown_device(&page, &shops, own.as_deref(), row)).collect();
    let here = devices.iter().find(|device| device.is_here);
    let here = here.and_then(|device| {
        let shop = shops.iter().find(|shop| shop.name == device.shop)?;
        Some((shop.name.clone(), shop.id))
    });
    let shops = shops.into_iter().map(|shop| (shop.id, shop.name)).collect();
    let Entered { form, hints, code } = entered;
    Ok(html(status, &DevicesPage { page, merchant_id: at.merchant_id, devices, shops, form, hints, here, code }))
}

fn shown_device(page: &Page, shops: &[Shop], own: Option<&str>, row: DeviceRow) -> DeviceShown {
    let shop = shops.iter().find(|shop| shop.id == row.shop_id);
    let zone = shop.map_or(chrono_tz::Tz::UTC, |shop| shop.time_zone);
    let until = row.created_at + chrono::Duration::minutes(CODE_MINUTES).num_milliseconds();
    DeviceShown {
        id: row.id,
        shop: shop.map(|shop| shop.name.clone()).unwrap_or_default(),
        approved: page.say.day(row.created_at, zone),
        seen: row.seen_at.map(|seen| page.say.moment(seen, zone)),
        waits_until: row.waits().then(|| from_millis(until).with_timezone(&zone).format("%H:%M").to_string()),
        is_here: own == Some(&*row.token_hash),
        name: row.name,
        approved_by: row.approved_by,
    }
}

fn code_shown(gateway: &Gateway, code: &str, shop: &Shop) -> CodeShown {
    let public_url = gateway.settings.server.public_url.as_str().trim_end_matches('/');
    let link = format!("{public_url}/till?code={code}");
    let drawn = QRBuilder::new(link.clone()).ecl(ECL::M).build();
    let drawn = drawn.map(|drawn| SvgBuilder::default().margin(2).to_str(&drawn)).unwrap_or_default();
    let drawn = format!("data:image/svg+xml;base64,{}", BASE64_STANDARD.encode(drawn));
    CodeShown { code: shown(code), link, drawn, shop: shop.name.clone() }
}
