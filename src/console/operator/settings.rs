//! The settings in force.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;

use crate::{
    console::{
        page::{Page, html},
        trouble::Trouble,
    },
    http::Gateway,
};

#[derive(Template)]
#[template(path = "operator_settings.html")]
struct SettingsPage {
    page: Page,
    sections: Vec<(&'static str, Vec<(&'static str, String)>)>,
    lead: String,
}

/// Every setting by section; secrets are said to be set, or not.
pub(in crate::console) async fn page(
    request: HttpRequest,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let mut sections: Vec<(&'static str, Vec<(&'static str, String)>)> = Vec::new();
    for (key, value) in gateway.settings.in_force() {
        let (section, name) = key.split_once('.').unwrap_or(("", key));
        match sections.last_mut() {
            Some((last, settings)) if *last == section => settings.push((name, value)),
            _ => sections.push((section, vec![(name, value)])),
        }
    }
    let page = Page::of(&request, "in-force");
    let lead = page.say.of("settings-lead", "version", env!("CARGO_PKG_VERSION"));
    Ok(html(StatusCode::OK, &SettingsPage { page, sections, lead }))
}
