//! Whose people a page is about: a merchant's, as its address says, or the gateway's own.

use std::{
    future::{Ready, ready},
    rc::Rc,
};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use chrono_tz::Tz;
use uuid::Uuid;

use crate::{
    console::{
        door::gateway,
        page::Page,
        trouble::Trouble,
        viewer::{AtMerchant, Viewer, viewer_of},
    },
    domain::shop::Shop,
    http::Gateway,
    store::{directory, people::PeopleOf},
};

/// Whose people.
pub(in crate::console) struct Crowd {
    /// Who looks.
    pub(in crate::console) viewer: Rc<Viewer>,
    /// The merchant; `None`: the gateway.
    pub(in crate::console) merchant_id: Option<Uuid>,
    /// The merchant's shops, by name.
    pub(in crate::console) shops: Vec<Shop>,
    /// Where its first shop is; times are told as they are there.
    pub(in crate::console) zone: Tz,
}

impl FromRequest for Crowd {
    type Error = Trouble;
    type Future = Ready<Result<Self, Trouble>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let at = match request.match_info().get("merchant_id") {
            Some(_) => {
                let at = AtMerchant::from_request(request, payload).into_inner();
                at.map(|at| (at.viewer, Some(at.merchant_id)))
            }
            None => viewer_of(request).map(|viewer| (viewer, None)),
        };
        ready(at.and_then(|(viewer, merchant_id)| {
            let gateway = gateway(request)?;
            Ok(Self::new(&gateway, viewer, merchant_id))
        }))
    }
}

impl Crowd {
    fn new(gateway: &Gateway, viewer: Rc<Viewer>, merchant_id: Option<Uuid>) -> Self {
        let known = gateway.directory.read();
        let is_theirs = |shop: &&Shop| Some(shop.merchant_id) == merchant_id;
        let mut shops: Vec<Shop> = known.directory.all_shops().filter(is_theirs).cloned().collect();
        let zone = shops.iter().min_by_key(|shop| (shop.created_at, shop.id)).map_or(Tz::UTC, |shop| shop.time_zone);
        shops.sort_by_key(|shop| (shop.name.to_lowercase(), shop.id));
        Self { viewer, merchant_id, shops, zone }
    }

    /// Where the list of them is.
    pub(in crate::console) fn base(&self) -> String {
        match self.merchant_id {
            Some(id) => format!("/console/merchants/{id}/people"),
            None => "/console/operator/operators".to_owned(),
        }
    }

    /// The frame of a page about them.
    pub(in crate::console) fn frame(&self, request: &HttpRequest) -> Page {
        match self.merchant_id {
            Some(id) => Page::of_merchant(request, id, "people"),
            None => Page::of(request, "operators"),
        }
    }

    /// The store's word for them.
    pub(in crate::console) fn of(&self) -> PeopleOf {
        self.merchant_id.map_or(PeopleOf::Gateway, PeopleOf::Merchant)
    }

    /// The name of a shop of the merchant.
    pub(in crate::console) fn shop_name(&self, id: Uuid) -> String {
        self.shops.iter().find(|shop| shop.id == id).map_or_else(|| id.to_string(), |shop| shop.name.clone())
    }

    /// The merchant's name, for an operator, who has many; nothing where there is no merchant.
    ///
    /// # Errors
    /// There is no such merchant.
    pub(in crate::console) async fn merchant_name(&self, gateway: &Gateway) -> Result<Option<String>, Trouble> {
        let Some(id) = self.merchant_id.filter(|_| self.viewer.person.is_operator()) else { return Ok(None) };
        let found = gateway.store.merchants(Some(id), directory::Page { after: None, limit: 1 }).await?;
        found.into_iter().next().map(|merchant| Some(merchant.name)).ok_or(Trouble::NotFound)
    }
}
