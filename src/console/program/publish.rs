//! Publishing: what would change is read first, then the draft is put in force, now or from a day on.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use serde::Deserialize;
use serde_json::Value;

use super::{
    Scene, Tab, seen_in,
    telling::{Book, Piece, Sentence},
    wrong,
};
use crate::{
    console::{
        form::Posted,
        page::{Page, go_done, html},
        trouble::Trouble,
        viewer::AtShop,
    },
    domain::{
        program::outline::{
            Place,
            difference::{Difference, differences},
        },
        shop::Shop,
    },
    http::Gateway,
    service::{change::ChangeError, drafts},
};

/// Something that is different, told.
pub(super) struct DifferenceTold {
    /// `added`, `gone`, `changed` or `reordered`.
    pub(super) kind: &'static str,
    pub(super) section: String,
    pub(super) title: String,
    /// How it was, where it is told otherwise now.
    pub(super) before: Vec<Sentence>,
    /// How it is.
    pub(super) after: Vec<Sentence>,
}

/// All that two programs say differently.
pub(super) fn tell_differences(before: &Book<'_>, after: &Book<'_>) -> Vec<DifferenceTold> {
    differences(before.document, after.document).into_iter().map(|one| tell(before, after, one)).collect()
}

fn tell(before: &Book<'_>, after: &Book<'_>, difference: Difference) -> DifferenceTold {
    let section = |place: Place| after.say.word("program-section", place.section.name());
    let only = |one: Vec<Sentence>, other: &[Sentence]| -> Vec<Sentence> {
        one.into_iter().filter(|sentence| !other.contains(sentence)).collect()
    };
    match difference {
        Difference::Added(place) => DifferenceTold {
            kind: "added",
            section: section(place),
            title: after.title(place),
            before: Vec::new(),
            after: after.sentences(place),
        },
        Difference::Gone(place) => DifferenceTold {
            kind: "gone",
            section: section(place),
            title: before.title(place),
            before: before.sentences(place),
            after: Vec::new(),
        },
        Difference::Changed(old, new) => {
            let (was, is) = (before.sentences(old), after.sentences(new));
            DifferenceTold {
                kind: "changed",
                section: section(new),
                title: after.title(new),
                before: only(was.clone(), &is),
                after: only(is, &was),
            }
        }
        Difference::Reordered(of) => DifferenceTold {
            kind: "reordered",
            section: after.say.word("program-section", of.name()),
            title: String::new(),
            before: Vec::new(),
            after: Vec::new(),
        },
    }
}

#[derive(Template)]
#[template(path = "program/publish.html")]
struct PublishPage {
    page: Page,
    tabs: Vec<Tab>,
    scene: Scene,
    differences: Vec<DifferenceTold>,
    seen: i64,
    wrong: i64,
    /// The version it began as is no longer the latest.
    is_outdated: bool,
    form: PublishForm,
    earliest: String,
    trouble: Option<String>,
}

/// The form.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in crate::console) struct PublishForm {
    seen: String,
    /// `now`, or `day`.
    when: String,
    /// The day.
    from: String,
}

/// What would change.
pub(in crate::console) async fn page(
    request: HttpRequest,
    at: AtShop,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let scene = Scene::look(at, &gateway).await?;
    show(&request, scene, &gateway, PublishForm::default(), None)
}

fn show(
    request: &HttpRequest,
    scene: Scene,
    gateway: &Gateway,
    form: PublishForm,
    trouble: Option<String>,
) -> Result<HttpResponse, Trouble> {
    let page = Page::of_shop(request, &scene.shop, "program").titled("program-publish");
    let row = scene.draft()?;
    let before: Value = scene.document();
    let differences =
        tell_differences(&Book::of(page.say, &before, &scene.shop), &Book::of(page.say, &row.document, &scene.shop));
    let wrong = wrong::mistakes(page.say, gateway, &scene.shop, &row.document).len();
    let wrong = i64::try_from(wrong).unwrap_or(i64::MAX);
    let is_outdated = scene.versions.first().is_some_and(|latest| latest.version != row.based_on);
    let seen = row.changed_at;
    let tomorrow = gateway.clock.now().with_timezone(&scene.shop.time_zone).date_naive() + Duration::days(1);
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (tabs, earliest) = (scene.tabs(&page, "publish"), tomorrow.to_string());
    let shown = PublishPage { page, tabs, scene, differences, seen, wrong, is_outdated, form, earliest, trouble };
    Ok(html(status, &shown))
}

/// Puts the draft in force.
pub(in crate::console) async fn submit(
    request: HttpRequest,
    at: AtShop,
    form: Posted<PublishForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let Posted(form) = form;
    let scene = Scene::to_change(at, &gateway).await?;
    let say = Page::of_shop(&request, &scene.shop, "program").say;
    let valid_from = match &*form.when {
        "now" => None,
        "day" => match begin_of(&scene.shop, &form.from) {
            Some(moment) => Some(moment),
            None => return show(&request, scene, &gateway, form, Some(say.t("program-wrong-day"))),
        },
        _ => return show(&request, scene, &gateway, form, Some(say.t("program-wrong-when"))),
    };
    let seen = seen_in(&form.seen);
    let draft = scene.draft()?.clone();
    match drafts::publish(gateway.change(&scene.by), &scene.shop, draft, valid_from, seen).await {
        Ok(_) if valid_from.is_some() => Ok(go_done(&scene.address(""), "program-coming")),
        Ok(_) => Ok(go_done(&scene.address(""), "program-published")),
        Err(error @ (ChangeError::Taken(_) | ChangeError::Mistaken(_))) => {
            show(&request, scene, &gateway, form, Some(wrong::refusal(say, &error)))
        }
        Err(error) => Err(error.into()),
    }
}

/// When a day begins where the shop is.
fn begin_of(shop: &Shop, day: &str) -> Option<DateTime<Utc>> {
    let day: NaiveDate = day.trim().parse().ok()?;
    let midnight = day.and_time(NaiveTime::MIN);
    // Where the clocks skip midnight, the first half hour that there is.
    let moments = (0..=4).map(|half_hours| midnight + Duration::minutes(30 * half_hours));
    let mut found = moments.filter_map(|local| local.and_local_timezone(shop.time_zone).earliest());
    found.next().map(|moment| moment.to_utc())
}
