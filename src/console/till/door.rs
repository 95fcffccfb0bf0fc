//! The till's own door: at an approved device one picks one's name and types one's PIN; at any other one types the code that
//! makes it a till.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};
use askama::Template;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    console::{
        assets,
        cookies::{self, Kept},
        door,
        form::Posted,
        icons::{self, Icon},
        page::{go, html},
        say::Say,
        trouble::Trouble,
        viewer::viewer_of,
    },
    domain::{access::Role, person::Person},
    http::Gateway,
    service::{devices, people::pins},
    store::devices::DeviceRow,
};

/// What is around every step of the door.
struct Porch {
    say: Say,
    csrf: String,
    /// The shop whose till this is.
    shop: String,
    wrong: Option<String>,
}

impl Porch {
    fn t(&self, key: &str) -> String {
        self.say.t(key)
    }

    fn icon(&self, name: &str) -> Icon {
        icons::icon(name)
    }

    fn asset(&self, file: &str) -> String {
        assets::address(file)
    }
}

#[derive(Template)]
#[template(path = "till/unapproved.html")]
struct UnapprovedPage {
    porch: Porch,
    code: String,
    next: String,
    /// The shops whose till whoever is signed in may use.
    shops: Vec<(Uuid, String)>,
}

#[derive(Template)]
#[template(path = "till/names.html")]
struct NamesPage {
    porch: Porch,
    device: String,
    people: Vec<Person>,
    /// Whoever is signed in by a password already.
    present: Option<(String, Uuid)>,
}

#[derive(Template)]
#[template(path = "till/pin.html")]
struct PinPage {
    porch: Porch,
    person: Person,
}

/// What the address says.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in crate::console) struct Asked {
    person: String,
    code: String,
    next: String,
}

/// The code of a device.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in crate::console) struct CodeForm {
    code: String,
}

/// A name and a PIN.
#[derive(Deserialize)]
pub(in crate::console) struct PinForm {
    #[serde(default)]
    person: String,
    #[serde(default)]
    pin: SecretString,
}

/// The door.
pub(in crate::console) async fn page(
    request: HttpRequest,
    asked: web::Query<Asked>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let Some(device) = device_of(&request, &gateway).await? else {
        return Ok(unapproved(&request, &gateway, asked.into_inner(), None));
    };
    if let Ok(viewer) = viewer_of(&request)
        && viewer.device_id == Some(device.id)
    {
        return Ok(go(format!("/till/{}", device.shop_id)));
    }
    let people = pins::people_at(&gateway.store, &device).await?;
    let chosen = Uuid::try_parse(&asked.person).ok();
    match chosen.and_then(|id| people.iter().find(|person| person.id == id)) {
        Some(person) => {
            let porch = porch(&request, &gateway, Some(&device), None);
            Ok(html(StatusCode::OK, &PinPage { porch, person: person.clone() }))
        }
        None => Ok(names(&request, &gateway, &device, people)),
    }
}

/// Makes this browser a till by a code.
pub(in crate::console) async fn open(
    request: HttpRequest,
    form: Posted<CodeForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let code: String = form.0.code.trim().chars().take(20).collect();
    let from = request.peer_addr().map(|address| address.ip().to_string()).unwrap_or_default();
    let say = say_of(&request);
    let wrong = match devices::open_by_code(&gateway.store, &gateway.vault, gateway.clock.now(), &code, &from).await {
        Ok(Some(token)) => {
            let mut response = go("/till");
            cookies::put(&mut response, &gateway, Kept::Till, Some(token.expose_secret()))?;
            return Ok(response);
        }
        Ok(None) => say.t("till-code-wrong"),
        Err(why) => door::kept_out(say, "till-code-wrong", why)?.1,
    };
    Ok(unapproved(&request, &gateway, Asked { code, ..Asked::default() }, Some(wrong)))
}

/// Signs somebody in by their PIN.
pub(in crate::console) async fn sign_in(
    request: HttpRequest,
    form: Posted<PinForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let Posted(PinForm { person, pin }) = form;
    let Some(device) = device_of(&request, &gateway).await? else { return Ok(go("/till")) };
    let id = Uuid::try_parse(&person).map_err(|_| Trouble::StaleForm)?;
    let (now, knock) = (gateway.clock.now(), door::knock_of(&request));
    let (store, vault) = (&gateway.store, &gateway.vault);
    let why = match pins::sign_in_at((store, vault), now, &device, (id, &pin), knock).await {
        Ok(signed_in) => return door::let_in(&gateway, format!("/till/{}", device.shop_id), &signed_in),
        Err(why) => why,
    };
    let (status, wrong) = door::kept_out(say_of(&request), "till-pin-wrong", why)?;
    let people = pins::people_at(&gateway.store, &device).await?;
    let Some(person) = people.into_iter().find(|person| person.id == id) else { return Ok(go("/till")) };
    let porch = porch(&request, &gateway, Some(&device), Some(wrong));
    Ok(html(status, &PinPage { porch, person }))
}

async fn device_of(request: &HttpRequest, gateway: &Gateway) -> Result<Option<DeviceRow>, Trouble> {
    let Some(token) = cookies::read(request, Kept::Till) else { return Ok(None) };
    Ok(devices::recognise(&gateway.store, gateway.clock.now(), &token).await?)
}

fn names(request: &HttpRequest, gateway: &Gateway, device: &DeviceRow, people: Vec<Person>) -> HttpResponse {
    let shop = gateway.directory.read().directory.shop(device.shop_id).cloned();
    let viewer = viewer_of(request).ok().filter(|viewer| viewer.device_id.is_none() && !viewer.waits_for_code);
    let may =
        viewer.filter(|viewer| shop.as_ref().is_some_and(|shop| viewer.person.is_at(shop)) && viewer.may(Role::Staff));
    let present = may.map(|viewer| (viewer.person.name.clone(), device.shop_id));
    let porch = porch(request, gateway, Some(device), None);
    html(StatusCode::OK, &NamesPage { porch, device: device.name.clone(), people, present })
}

fn unapproved(request: &HttpRequest, gateway: &Gateway, asked: Asked, wrong: Option<String>) -> HttpResponse {
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let viewer = viewer_of(request).ok().filter(|viewer| viewer.device_id.is_none() && !viewer.waits_for_code);
    let may = viewer.filter(|viewer| viewer.may(Role::Staff) && !viewer.person.is_operator());
    let shops = may.map(|viewer| viewer.shops(gateway)).unwrap_or_default();
    let next = if asked.next.starts_with("/till/") { asked.next } else { "/till".to_owned() };
    let page = UnapprovedPage {
        porch: porch(request, gateway, None, wrong),
        code: asked.code.chars().take(20).collect(),
        next: form_urlencoded::byte_serialize(next.as_bytes()).collect(),
        shops: shops.into_iter().map(|shop| (shop.id, shop.name)).collect(),
    };
    html(status, &page)
}

fn porch(request: &HttpRequest, gateway: &Gateway, device: Option<&DeviceRow>, wrong: Option<String>) -> Porch {
    let known = gateway.directory.read();
    let shop = device.and_then(|device| known.directory.shop(device.shop_id)).map(|shop| shop.name.clone());
    let csrf = viewer_of(request).map(|viewer| viewer.csrf.clone()).unwrap_or_default();
    Porch { say: say_of(request), csrf, shop: shop.unwrap_or_default(), wrong }
}

fn say_of(request: &HttpRequest) -> Say {
    let language = viewer_of(request).ok().map(|viewer| viewer.person.language);
    Say::new(language, request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()))
}
