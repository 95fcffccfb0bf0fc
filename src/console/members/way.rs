//! "Why didn't I get it?": the way of one text, and why somebody gets none.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use chrono::{DateTime, Utc};

use super::{AtMember, Frame};
use crate::{
    console::{
        page::{Page, html},
        say::{Say, Told},
        trouble::Trouble,
        viewer::AtShop,
    },
    domain::delivery::Step,
    http::Gateway,
    service::way,
    store::way::TextOnItsWay,
};

#[derive(Template)]
#[template(path = "members/way.html")]
struct WayPage {
    page: Page,
    frame: Frame,
    /// What the text says; `None` on the page of the member.
    text: Option<String>,
    is_text: bool,
    steps: Vec<Shown>,
}

struct Shown {
    when: String,
    sentence: String,
    is_next: bool,
    is_bad: bool,
}

/// Why a member gets no text.
pub(in crate::console) async fn of_member(
    request: HttpRequest,
    at: AtShop,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let at = AtMember::find(&request, at, &gateway).await?;
    let of_member = (&at.shop, &at.member, Some(&at.enrolment));
    let steps = way::of_member(&gateway.store, &gateway.directory, of_member, gateway.clock.now()).await?;
    let (page, frame) = at.frame(&request, "way");
    let steps = steps.into_iter().map(|step| shown(&at, page.say, step)).collect();
    Ok(html(StatusCode::OK, &WayPage { page, frame, text: None, is_text: false, steps }))
}

/// Why a text did not arrive, or has not yet.
pub(in crate::console) async fn of_text(
    request: HttpRequest,
    at: AtShop,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let at = AtMember::find(&request, at, &gateway).await?;
    let id = request.match_info().get("message_id").and_then(|id| id.parse::<i64>().ok()).ok_or(Trouble::NotFound)?;
    let text = gateway.store.text_on_its_way(id).await?.filter(|text| is_theirs(&at, text));
    let text = text.ok_or(Trouble::NotFound)?;
    let steps = way::of_text(&gateway.store, &gateway.directory, &text, gateway.clock.now()).await?;
    let (page, frame) = at.frame(&request, "conversation");
    let steps = steps.into_iter().map(|step| shown(&at, page.say, step)).collect();
    // What also speaks for other merchants is not shown.
    let body = text.merchant_id.map(|_| text.body);
    Ok(html(StatusCode::OK, &WayPage { page, frame, text: body, is_text: true, steps }))
}

fn is_theirs(at: &AtMember, text: &TextOnItsWay) -> bool {
    let of_merchant = text.merchant_id.is_none_or(|id| id == at.shop.merchant_id);
    let of_shop = at.viewer.person.shop_id.is_none_or(|own| text.shop_id.is_none_or(|id| id == own));
    text.address == at.member.address && of_merchant && of_shop
}

fn shown(at: &AtMember, say: Say, step: Step) -> Shown {
    let moment = |at_time: DateTime<Utc>| say.moment(at_time.timestamp_millis(), at.shop.time_zone);
    let what = &step.what;
    let mut values: Vec<(&str, Told)> = vec![
        ("count", what.count().unwrap_or(0).into()),
        ("until", what.until().map(moment).unwrap_or_default().into()),
    ];
    if let Some((code, trouble)) = what.trouble() {
        values.push(("code", code.to_string().into()));
        values.push(("why", say.t(&format!("carrier-{}", trouble.word())).into()));
    }
    let word = what.word();
    Shown {
        when: step.at.map(moment).unwrap_or_else(|| say.t(if step.is_next { "way-then" } else { "way-now" })),
        sentence: say.with(&format!("way-{word}"), values),
        is_next: step.is_next,
        is_bad: matches!(
            word,
            "failed"
                | "undelivered"
                | "opted_out_there"
                | "opted_out"
                | "because"
                | "last_failed"
                | "left"
                | "withdrawn"
        ),
    }
}
