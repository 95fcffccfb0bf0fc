//! A shop's members: the list, and one member's pages. What is a member's phone, text or consent is for staff; who only looks sees
//! the phone masked.

pub(super) mod counter;
pub(super) mod erasing;
pub(super) mod history;
pub(super) mod list;
pub(super) mod merging;
pub(super) mod overview;
pub(super) mod said;
mod shown;
pub(super) mod way;

use std::rc::Rc;

use actix_web::{HttpRequest, web};
use uuid::Uuid;

use self::shown::{display_name, shown_phone};
use super::{
    page::Page,
    say::Say,
    trouble::Trouble,
    viewer::{AtShop, Viewer, id_in},
};
use crate::{
    domain::{access::Role, language::Language, shop::Shop},
    http::Gateway,
    store::{
        members::{Member, MemberEnrolment},
        said::Onlooker,
    },
};

/// So many rows stand on a page.
pub(super) const ROWS: u64 = 50;

/// A member of the shop that the address names.
pub(super) struct AtMember {
    pub(super) viewer: Rc<Viewer>,
    pub(super) shop: Shop,
    pub(super) member: Member,
    /// Where they earn that the viewer may know of.
    pub(super) enrolments: Vec<MemberEnrolment>,
    /// How they belong to this shop.
    pub(super) enrolment: MemberEnrolment,
}

/// A place of a member's pages: its name, and where it is below the member.
const TABS: &[(&str, &str, Role)] = &[
    ("overview", "", Role::Viewer),
    ("entries", "/entries", Role::Viewer),
    ("conversation", "/conversation", Role::Staff),
    ("consent", "/consent", Role::Staff),
    ("profile", "/profile", Role::Staff),
    ("way", "/why", Role::Staff),
];

/// A tab.
pub(super) struct Tab {
    pub(super) name: String,
    pub(super) href: String,
    pub(super) is_here: bool,
}

/// What stands around all pages of one member.
pub(super) struct Frame {
    /// The list of the shop's members.
    pub(super) list: String,
    /// The member's first page.
    pub(super) base: String,
    pub(super) name: String,
    pub(super) phone: String,
    pub(super) tabs: Vec<Tab>,
    pub(super) is_opted_out: bool,
    pub(super) is_in_doubt: bool,
    pub(super) left: Option<String>,
    /// Whether the viewer records sales and redeems vouchers.
    pub(super) may_serve: bool,
    /// Whether the viewer corrects.
    pub(super) may_correct: bool,
}

impl AtMember {
    /// The member that the address names (`{member_id}`), if they belong or once belonged to the shop.
    pub(super) async fn find(request: &HttpRequest, at: AtShop, gateway: &Gateway) -> Result<Self, Trouble> {
        let id = id_in(request, "member_id")?;
        Self::of(at, gateway, id).await
    }

    async fn of(at: AtShop, gateway: &Gateway, id: Uuid) -> Result<Self, Trouble> {
        let AtShop { viewer, shop } = at;
        let member = gateway.store.member(id).await?.filter(|member| member.merchant_id == shop.merchant_id);
        let member = member.ok_or(Trouble::NotFound)?;
        let mut enrolments = gateway.store.enrolments(&[id]).await?.remove(&id).unwrap_or_default();
        enrolments.retain(|enrolment| viewer.person.shop_id.is_none_or(|own| own == enrolment.shop_id));
        let enrolment = enrolments.iter().find(|enrolment| enrolment.shop_id == shop.id).cloned();
        let enrolment = enrolment.ok_or(Trouble::NotFound)?;
        Ok(Self { viewer, shop, member, enrolments, enrolment })
    }

    /// How much of what was said the viewer sees.
    pub(super) fn onlooker(&self) -> Onlooker {
        self.viewer.person.shop_id.map_or(Onlooker::Merchant, Onlooker::Shop)
    }

    /// The member's first page.
    pub(super) fn base(&self) -> String {
        format!("/console/shops/{}/members/{}", self.shop.id, self.member.id)
    }

    /// A page of this member, at a tab, with what stands around it.
    pub(super) fn frame(&self, request: &HttpRequest, here: &str) -> (Page, Frame) {
        let page = Page::of_shop(request, &self.shop, "members");
        let name = display_name(page.say, self.member.first_name.as_deref());
        let base = self.base();
        let tab = |(name, path, _): &(&str, &str, Role)| Tab {
            name: page.say.word("member-tab", name),
            href: format!("{base}{path}"),
            is_here: *name == here,
        };
        let tabs = TABS.iter().filter(|(.., role)| self.viewer.may(*role)).map(tab).collect();
        let frame = Frame {
            list: format!("/console/shops/{}/members", self.shop.id),
            phone: shown_phone(&self.member.address, &self.viewer),
            tabs,
            is_opted_out: self.member.is_opted_out,
            is_in_doubt: self.member.is_in_doubt && !self.member.is_opted_out,
            left: self.enrolment.left_at.map(|at| page.say.day(at, self.shop.time_zone)),
            may_serve: self.viewer.may(Role::Staff),
            may_correct: self.viewer.may(Role::Manager),
            name,
            base,
        };
        (page.named(frame.name.clone()), frame)
    }
}

/// Somebody's own word for who they are on the ledger: their name.
pub(super) fn actor(viewer: &Viewer) -> String {
    viewer.person.name.clone()
}

/// The gateway's language for what programs call things: that of the pages.
fn language(say: Say) -> Language {
    Language::from_code(say.code()).unwrap_or_default()
}

/// A cursor in the query: an id or a number behind which the page begins.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Before {
    /// The place.
    pub(super) before: String,
}

/// The query of a list in pages.
pub(super) type BeforeQuery = web::Query<Before>;
