//! What every page has around it: who looks, where they are, the way to everything else.

use std::rc::Rc;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
};
use askama::Template;
use uuid::Uuid;

use super::{
    access::{MANAGER, OWNER, STAFF, VIEWER, Who},
    assets,
    door::gateway,
    icons::{self, Icon},
    say::Say,
    viewer::{Viewer, viewer_of},
};
use crate::domain::{person::Person, shop::Shop};

/// A place in a shop's menu: its name, which is its icon too, where it is below the shop, and who sees it there.
const SHOP_MENU: &[(&str, &str, Who)] = &[
    ("overview", "", VIEWER),
    ("till", "till", STAFF),
    ("members", "members", VIEWER),
    ("inbox", "inbox", STAFF),
    ("keywords", "keywords", VIEWER),
    ("program", "program", VIEWER),
    ("words", "words", VIEWER),
    ("settings", "settings", MANAGER),
];

/// The same for a merchant.
const MERCHANT_MENU: &[(&str, &str, Who)] = &[
    ("shops", "shops", VIEWER),
    ("people", "people", OWNER),
    ("devices", "devices", MANAGER),
    ("audit", "audit", MANAGER),
];

/// The same for the gateway.
const OPERATOR_MENU: &[(&str, &str, Who)] = &[
    ("merchants", "", Who::Operator),
    ("senders", "senders", Who::Operator),
    ("traffic", "traffic", Who::Operator),
    ("operators", "operators", Who::Operator),
    ("book", "audit", Who::Operator),
    ("in-force", "settings", Who::Operator),
];

/// A link in a menu.
pub(super) struct Link {
    pub(super) name: &'static str,
    pub(super) href: String,
    pub(super) is_here: bool,
}

/// What is around a page.
pub(super) struct Page {
    /// What it says, in the viewer's language.
    pub(super) say: Say,
    /// Its name in the menu.
    here: &'static str,
    /// Its title, written out.
    pub(super) title: String,
    /// Who looks.
    pub(super) viewer: Option<Rc<Viewer>>,
    /// The shop it is about.
    pub(super) shop: Option<Shop>,
    /// What every form carries, whether the viewer sees a menu or not.
    csrf: String,
    /// The merchant it is about.
    merchant_id: Option<Uuid>,
    /// The shops that the viewer can go to.
    pub(super) shops: Vec<(Uuid, String)>,
    /// What was done just now, as the page before says: a key of the texts that begins with `done-`.
    pub(super) done: Option<String>,
}

impl Page {
    /// The frame of a page that is no shop's.
    pub(super) fn of(request: &HttpRequest, here: &'static str) -> Self {
        // Whoever still owes a code or came by a PIN sees no menu of the console.
        let is_in = |viewer: &Rc<Viewer>| !viewer.waits_for_code && viewer.device_id.is_none();
        let viewer = viewer_of(request).ok();
        let language = viewer.as_deref().map(|viewer| viewer.person.language);
        let say = Say::new(language, request.headers().get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()));
        let csrf = viewer.as_deref().map(|viewer| viewer.csrf.clone()).unwrap_or_default();
        let viewer = viewer.filter(is_in);
        let shops = match (&viewer, gateway(request)) {
            (Some(viewer), Ok(gateway)) if !viewer.person.is_operator() => viewer.shops(&gateway),
            _ => Vec::new(),
        };
        let merchant_id = viewer.as_deref().and_then(|viewer| viewer.person.merchant_id);
        let title = if here.is_empty() { String::new() } else { say.word("menu", here) };
        Self {
            title,
            here,
            shop: None,
            csrf,
            merchant_id,
            shops: shops.into_iter().map(|shop| (shop.id, shop.name)).collect(),
            done: done_in(request, &say),
            viewer,
            say,
        }
    }

    /// The frame of a page at the door: no menu, whoever looks.
    pub(super) fn bare(request: &HttpRequest) -> Self {
        Self { viewer: None, merchant_id: None, shops: Vec::new(), ..Self::of(request, "") }
    }

    /// The frame of a shop's page.
    pub(super) fn of_shop(request: &HttpRequest, shop: &Shop, here: &'static str) -> Self {
        Self { shop: Some(shop.clone()), merchant_id: Some(shop.merchant_id), ..Self::of(request, here) }
    }

    /// The frame of a merchant's page.
    pub(super) fn of_merchant(request: &HttpRequest, merchant_id: Uuid, here: &'static str) -> Self {
        Self { merchant_id: Some(merchant_id), ..Self::of(request, here) }
    }

    /// The same under a title: the text `title-…`.
    pub(super) fn titled(mut self, name: &str) -> Self {
        self.title = self.say.word("title", name);
        self
    }

    /// The same under a title that is somebody's own word: a member's name.
    pub(super) fn named(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// What every form carries.
    pub(super) fn csrf(&self) -> &str {
        &self.csrf
    }

    /// The shop's menu.
    pub(super) fn shop_menu(&self) -> Vec<Link> {
        let Some(shop) = &self.shop else { return Vec::new() };
        self.links(SHOP_MENU, &format!("/console/shops/{}", shop.id))
    }

    /// The merchant's menu.
    pub(super) fn merchant_menu(&self) -> Vec<Link> {
        let Some(id) = self.merchant_id else { return Vec::new() };
        let is_for_one_shop = self.person().is_none_or(|person| person.shop_id.is_some());
        if is_for_one_shop { Vec::new() } else { self.links(MERCHANT_MENU, &format!("/console/merchants/{id}")) }
    }

    /// The operator's menu.
    pub(super) fn operator_menu(&self) -> Vec<Link> {
        self.links(OPERATOR_MENU, "/console/operator")
    }

    fn links(&self, menu: &[(&'static str, &str, Who)], below: &str) -> Vec<Link> {
        let Some(person) = self.person() else { return Vec::new() };
        let link = |(name, path, _): &(&'static str, &str, Who)| Link {
            name,
            href: if path.is_empty() { below.to_owned() } else { format!("{below}/{path}") },
            is_here: *name == self.here,
        };
        menu.iter().filter(|(.., who)| who.includes(person)).map(link).collect()
    }

    fn person(&self) -> Option<&Person> {
        self.viewer.as_deref().map(|viewer| &viewer.person)
    }

    /// A drawing.
    pub(super) fn icon(&self, name: &str) -> Icon {
        icons::icon(name)
    }

    /// Where a file of ours is; its address changes with what is in it.
    pub(super) fn asset(&self, file: &str) -> String {
        assets::address(file)
    }
}

/// What the page before did: only what there is a text for is said.
fn done_in(request: &HttpRequest, say: &Say) -> Option<String> {
    let query = form_urlencoded::parse(request.query_string().as_bytes());
    let done = query.into_iter().find(|(name, _)| name == "done")?.1;
    say.find(&format!("done-{done}"))
}

/// The answer that carries a page.
pub(super) fn html(status: StatusCode, page: &impl Template) -> HttpResponse {
    match page.render() {
        Ok(body) => HttpResponse::build(status).content_type("text/html; charset=utf-8").body(body),
        Err(error) => {
            tracing::error!(%error, "a page could not be written");
            HttpResponse::InternalServerError().finish()
        }
    }
}

/// Leads on to another page, after a form: a reload sends nothing again. (RFC 9110, 15.4.4)
pub(super) fn go(to: impl AsRef<str>) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, to.as_ref())).finish()
}

/// The same, to a page that says what was done: the text `done-…`.
pub(super) fn go_done(to: &str, done: &str) -> HttpResponse {
    let join = if to.contains('?') { '&' } else { '?' };
    go(format!("{to}{join}done={done}"))
}
