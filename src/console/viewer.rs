//! Who looks at a page, and the shop or the merchant it is about: nobody gets beyond what is theirs.

use std::{
    future::{Ready, ready},
    rc::Rc,
};

use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload};
use uuid::Uuid;

use super::{door::gateway, trouble::Trouble};
use crate::{
    domain::{access::Role, person::Person, shop::Shop},
    http::Gateway,
    service::audit::Author,
    store::{people::PersonRow, sessions::SessionRow},
};

/// Who looks.
#[derive(Debug, Clone)]
pub(super) struct Viewer {
    /// Who they are.
    pub(super) person: Person,
    /// What every form of theirs carries.
    pub(super) csrf: String,
    /// Their session.
    pub(super) token_hash: String,
    /// The till's device at which they came in by a PIN.
    pub(super) device_id: Option<Uuid>,
    /// A one-time code is still owed.
    pub(super) waits_for_code: bool,
}

impl Viewer {
    pub(super) fn new(session: SessionRow, row: PersonRow) -> Self {
        Self {
            person: row.person,
            csrf: session.csrf,
            token_hash: session.token_hash,
            device_id: session.device_id,
            waits_for_code: session.waits_for_code,
        }
    }

    /// Who they are, for the book of changes.
    pub(super) fn author(&self) -> Author {
        Author::person(&self.person)
    }

    /// Whether they may do what a role may.
    pub(super) fn may(&self, role: Role) -> bool {
        self.person.may(role)
    }

    /// The shops that are theirs to see, by name.
    pub(super) fn shops(&self, gateway: &Gateway) -> Vec<Shop> {
        let known = gateway.directory.read();
        let mut shops: Vec<Shop> =
            known.directory.all_shops().filter(|shop| self.person.is_at(shop)).cloned().collect();
        shops.sort_by_key(|shop| (shop.name.to_lowercase(), shop.id));
        shops
    }
}

/// Whoever looks, signed in.
pub(super) struct Seen(pub(super) Rc<Viewer>);

impl FromRequest for Seen {
    type Error = Trouble;
    type Future = Ready<Result<Self, Trouble>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(viewer_of(request).map(Self))
    }
}

/// The shop that the address names (`{shop_id}`), and who looks at it.
pub(super) struct AtShop {
    /// Who looks.
    pub(super) viewer: Rc<Viewer>,
    /// The shop; theirs to see.
    pub(super) shop: Shop,
}

impl FromRequest for AtShop {
    type Error = Trouble;
    type Future = Ready<Result<Self, Trouble>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(at_shop(request))
    }
}

fn at_shop(request: &HttpRequest) -> Result<AtShop, Trouble> {
    let viewer = viewer_of(request)?;
    let id = id_in(request, "shop_id")?;
    let gateway = gateway(request)?;
    let shop = gateway.directory.read().directory.shop(id).cloned();
    let shop = shop.filter(|shop| viewer.person.is_at(shop)).ok_or(Trouble::NotFound)?;
    Ok(AtShop { viewer, shop })
}

/// The merchant that the address names (`{merchant_id}`), and who looks; nobody who is for one shop alone.
pub(super) struct AtMerchant {
    /// Who looks.
    pub(super) viewer: Rc<Viewer>,
    /// The merchant; theirs to see. Whether there is one, the store says.
    pub(super) merchant_id: Uuid,
}

impl FromRequest for AtMerchant {
    type Error = Trouble;
    type Future = Ready<Result<Self, Trouble>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(at_merchant(request))
    }
}

fn at_merchant(request: &HttpRequest) -> Result<AtMerchant, Trouble> {
    let viewer = viewer_of(request)?;
    let merchant_id = id_in(request, "merchant_id")?;
    let is_theirs = viewer.person.is_of(merchant_id) && viewer.person.shop_id.is_none();
    if is_theirs { Ok(AtMerchant { viewer, merchant_id }) } else { Err(Trouble::NotFound) }
}

/// An id in the address; what is none is not found.
pub(super) fn id_in(request: &HttpRequest, name: &str) -> Result<Uuid, Trouble> {
    request.match_info().get(name).and_then(|id| Uuid::try_parse(id).ok()).ok_or(Trouble::NotFound)
}

/// Who looks, where somebody is signed in.
pub(super) fn viewer_of(request: &HttpRequest) -> Result<Rc<Viewer>, Trouble> {
    request.extensions().get::<Rc<Viewer>>().cloned().ok_or(Trouble::NotSignedIn(None))
}
