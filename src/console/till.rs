//! The till: one screen for a tablet or a phone. Every step is a page that needs no script; with one they follow each other in
//! place, and what is entered while the line is lost is kept and sent later.

pub(super) mod deeds;
pub(super) mod door;
mod figures;
mod frame;
mod orders;
pub(super) mod own_pin;
pub(super) mod pages;
pub(super) mod recording;
mod refusals;
pub(super) mod worker;

use std::{future::Future, pin::Pin, rc::Rc};

use actix_web::{FromRequest, HttpRequest, HttpResponse, dev::Payload, web};
use chrono::{DateTime, Utc};

pub(super) use self::orders::take as take_order;
use super::{
    cookies::{self, Kept},
    door::gateway,
    page::go,
    trouble::Trouble,
    viewer::{AtShop, Viewer, id_in, viewer_of},
};
use crate::{
    domain::{country::Country, shop::Shop},
    http::Gateway,
    service::{
        counter::{Counter, Place},
        devices,
    },
    store::devices::DeviceRow,
};

/// Somebody at a till of the shop that the address names: at a device that was approved for it, or signed in by a password.
pub(super) struct AtTill {
    viewer: Rc<Viewer>,
    shop: Shop,
    gateway: web::Data<Gateway>,
    device: Option<DeviceRow>,
    now: DateTime<Utc>,
}

impl FromRequest for AtTill {
    type Error = Trouble;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Trouble>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { find(&request).await })
    }
}

async fn find(request: &HttpRequest) -> Result<AtTill, Trouble> {
    let (viewer, gateway) = (viewer_of(request)?, gateway(request)?);
    let id = id_in(request, "shop_id")?;
    let shop = gateway.directory.read().directory.shop(id).cloned();
    let shop = shop.filter(|shop| viewer.person.is_at(shop)).ok_or(Trouble::NotFound)?;
    let now = gateway.clock.now();
    let device = match cookies::read(request, Kept::Till) {
        Some(token) => devices::recognise(&gateway.store, now, &token).await?,
        None => None,
    };
    if let Some(id) = viewer.device_id {
        // A session that began with a PIN is good at its device alone, and for the shop whose till that is.
        let here = device.as_ref().filter(|device| device.id == id).ok_or(Trouble::NotSignedIn(None))?;
        if here.shop_id != shop.id {
            return Err(Trouble::NotFound);
        }
    }
    let device = device.filter(|device| device.shop_id == shop.id);
    Ok(AtTill { viewer, shop, gateway, device, now })
}

impl AtTill {
    /// The counter, where `actor` records.
    fn counter<'a>(&'a self, actor: &'a str) -> Counter<'a> {
        let by_person = || Place::Person(self.viewer.person.id);
        Counter {
            store: &self.gateway.store,
            directory: &self.gateway.directory,
            writes: &self.gateway.writes,
            shop: &self.shop,
            place: self.device.as_ref().map_or_else(by_person, |device| Place::Device(device.id)),
            actor,
            now: self.now,
        }
    }

    /// The counter, where whoever is here records.
    fn here(&self) -> Counter<'_> {
        self.counter(&self.viewer.person.name)
    }

    /// The country whose people the members are.
    fn country(&self) -> Option<Country> {
        let known = self.gateway.directory.read();
        Country::of_phone(known.directory.sender(self.shop.sender_id)?.address.phone()?)
    }

    /// The address of the screen.
    fn home(&self) -> String {
        format!("/till/{}", self.shop.id)
    }
}

/// Leads from the console to the till of a shop.
pub(super) async fn lead_in(at: AtShop) -> HttpResponse {
    go(format!("/till/{}", at.shop.id))
}
