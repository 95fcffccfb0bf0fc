//! What is recorded by forms, and undone.

use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    AtTill,
    deeds::{program_of, show_deed},
    figures::Money,
    frame::{Frame, say_of},
    pages::{refused_code, refused_number, show_member},
    refusals::refusal,
};
use crate::{
    console::{form::Posted, page::go, trouble::Trouble},
    domain::phone::read_phone,
    service::{
        counter::{NotUndone, Recorded},
        till::{NotDone, Whom},
    },
};

/// What is to be recorded.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in crate::console) struct RecordForm {
    /// `sale`, `visit`, `voucher`, `reward` or `invite`.
    kind: String,
    /// The id that the page gave it: sent twice, it is done once.
    id: String,
    member_id: String,
    phone: String,
    amount: String,
    code: String,
    reward: String,
    points: String,
    invite: String,
}

/// What is to be undone.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in crate::console) struct UndoForm {
    deed: String,
}

/// Records what a form says, and leads to what came of it.
pub(in crate::console) async fn record(
    request: HttpRequest,
    at: AtTill,
    form: Posted<RecordForm>,
) -> Result<HttpResponse, Trouble> {
    let Posted(form) = form;
    let id = Uuid::try_parse(&form.id).map_err(|_| Trouble::StaleForm)?;
    let recorded = match read(&at, &form)? {
        Ok(recorded) => recorded,
        Err(key) => {
            let wrong = say_of(&request, &at).t(key);
            return refused(&request, &at, form, wrong).await;
        }
    };
    match at.here().record(id, recorded).await {
        Ok(deed) => Ok(go(format!("{}/deeds/{}", at.home(), deed.id))),
        Err(error) => {
            let program = program_of(&at)?;
            match refusal(say_of(&request, &at), Some(&program), &error) {
                None => Err(Trouble::Busy),
                Some(_) if matches!(error, NotDone::Store(_)) => Err(Trouble::Failed(error.to_string())),
                Some(wrong) => refused(&request, &at, form, wrong).await,
            }
        }
    }
}

/// What the form says or, as a text, what is wrong with it.
fn read(at: &AtTill, form: &RecordForm) -> Result<Result<Recorded, &'static str>, Trouble> {
    let member = || Uuid::try_parse(&form.member_id).map_err(|_| Trouble::StaleForm);
    Ok(match form.kind.as_str() {
        kind @ ("sale" | "visit") => {
            let amount = if kind == "visit" { Some(0) } else { Money::of(&at.shop).read(&form.amount) };
            let Some(amount) = amount else { return Ok(Err("till-amount-wrong")) };
            let whom = match form.phone.trim() {
                "" => Whom::Member(member()?),
                phone => match read_phone(phone, at.country()) {
                    Ok(address) => Whom::Address(address),
                    Err(_) => return Ok(Err("till-number-wrong")),
                },
            };
            Ok(Recorded::Sale { whom, amount, at: at.now, invites: !form.invite.is_empty() })
        }
        "voucher" => Ok(Recorded::Voucher(form.code.chars().take(40).collect())),
        "reward" => {
            let points = form.points.trim();
            let read = points.parse::<i64>().ok().filter(|points| *points > 0);
            if !points.is_empty() && read.is_none() {
                return Ok(Err("till-wrong-points"));
            }
            Ok(Recorded::Reward { member_id: member()?, reward: form.reward.clone(), points: read })
        }
        "invite" => match read_phone(&form.phone, at.country()) {
            Ok(address) => Ok(Recorded::Invite(address)),
            Err(_) => Err("till-number-wrong"),
        },
        _ => return Err(Trouble::StaleForm),
    })
}

/// The step before once more, with what was typed and why it was not done.
async fn refused(request: &HttpRequest, at: &AtTill, form: RecordForm, wrong: String) -> Result<HttpResponse, Trouble> {
    if let Ok(id) = Uuid::try_parse(&form.member_id) {
        return show_member(request, at, id, form.amount, Some(wrong)).await;
    }
    let frame = Frame::of(request, at, "start").await?;
    if form.kind == "voucher" {
        return Ok(refused_code(frame, form.code, wrong));
    }
    Ok(refused_number(frame, form.phone, wrong))
}

/// Takes back one of this till's deeds.
pub(in crate::console) async fn undo(
    request: HttpRequest,
    at: AtTill,
    form: Posted<UndoForm>,
) -> Result<HttpResponse, Trouble> {
    let id = Uuid::try_parse(&form.0.deed).map_err(|_| Trouble::StaleForm)?;
    let say = say_of(&request, &at);
    let wrong = match at.here().undo(id).await {
        Ok(deed) => return Ok(go(format!("{}/deeds/{}", at.home(), deed.id))),
        Err(NotUndone::NoSuchDeed) => return Err(Trouble::NotFound),
        Err(NotUndone::TooLate) => say.t("till-undo-too-late"),
        Err(NotUndone::Store(error)) => return Err(error.into()),
        Err(NotUndone::NotDone(error)) => match refusal(say, None, &error) {
            None => return Err(Trouble::Busy),
            Some(_) => say.t("till-cannot-undo"),
        },
    };
    let deed = at.here().find(id).await?.ok_or(Trouble::NotFound)?;
    show_deed(&request, &at, &deed, Some(wrong)).await
}
