//! What is around every step at the till: the shop, who is here, the state of the line, the last deeds.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
};
use askama::Template;
use uuid::Uuid;

use super::{AtTill, deeds::DeedLine, figures::Money};
use crate::console::{
    assets,
    icons::{self, Icon},
    page::html,
    say::Say,
    trouble::Trouble,
};

/// What is around a step.
pub(super) struct Frame {
    pub(super) say: Say,
    pub(super) csrf: String,
    pub(super) shop_id: Uuid,
    pub(super) shop: String,
    pub(super) person: String,
    pub(super) person_id: Uuid,
    /// Whether they came by a PIN.
    pub(super) by_pin: bool,
    pub(super) money: Money,
    /// The server's time, Unix milliseconds.
    pub(super) now: i64,
    /// Kept by the browser to be shown while the line is lost: nothing in it is about a member.
    pub(super) is_shell: bool,
    /// This till's last deeds.
    pub(super) last: Vec<DeedLine>,
    /// The name of the step.
    pub(super) step: &'static str,
}

impl Frame {
    /// What is around a step of this till.
    pub(super) async fn of(request: &HttpRequest, at: &AtTill, step: &'static str) -> Result<Self, Trouble> {
        let last = DeedLine::last(at, say_of(request, at)).await?;
        Ok(Self { last, ..Self::bare(request, at, step) })
    }

    /// The same without anything about members.
    pub(super) fn bare(request: &HttpRequest, at: &AtTill, step: &'static str) -> Self {
        let say = say_of(request, at);
        let person = &at.viewer.person;
        Self {
            say,
            csrf: at.viewer.csrf.clone(),
            shop_id: at.shop.id,
            shop: at.shop.name.clone(),
            person: person.name.clone(),
            person_id: person.id,
            by_pin: at.viewer.device_id.is_some(),
            money: Money::of(&at.shop),
            now: at.now.timestamp_millis(),
            is_shell: false,
            last: Vec::new(),
            step,
        }
    }

    /// A text of the till.
    pub(super) fn t(&self, key: &str) -> String {
        self.say.t(key)
    }

    /// A drawing.
    pub(super) fn icon(&self, name: &str) -> Icon {
        icons::icon(name)
    }

    /// Where a file of ours is.
    pub(super) fn asset(&self, file: &str) -> String {
        assets::address(file)
    }

    /// Another id for what is recorded next.
    pub(super) fn new_id(&self) -> Uuid {
        Uuid::new_v4()
    }
}

/// The language of whoever is here.
pub(super) fn say_of(request: &HttpRequest, at: &AtTill) -> Say {
    let accepted = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Say::new(Some(at.viewer.person.language), accepted)
}

/// A step with what is wrong with what was typed, if anything is.
pub(super) fn show(wrong: Option<&str>, page: &impl Template) -> HttpResponse {
    html(if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }, page)
}
