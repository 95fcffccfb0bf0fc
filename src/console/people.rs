//! Who signs in: a merchant's people by its owners, the operators by operators. A link is shown once, to be handed on.

pub(super) mod crowd;
pub(super) mod one;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    form::{Hints, Posted},
    hints,
    page::{Page, go_done, html},
    say::Say,
    trouble::Trouble,
    viewer::id_in,
};
use crate::{
    domain::{
        access::Role,
        person::{OPERATOR, Person},
    },
    http::Gateway,
    service::{
        change::{ChangeError, Mistake},
        people::{
            inviting::{self, NewInvitation},
            keeping::Post,
        },
    },
    store::{directory, people::invited::InvitedRow},
};
use crowd::Crowd;

/// How many people a page shows.
const SHOWN: u64 = 100;

#[derive(Template)]
#[template(path = "people.html")]
struct PeoplePage {
    page: Page,
    crowd: Crowd,
    merchant: Option<String>,
    people: Vec<Listed>,
    more: Option<Uuid>,
    invited: Vec<Waiting>,
    form: InviteForm,
    hints: Hints,
    notice: Option<String>,
}

/// Somebody in the list.
struct Listed {
    id: Uuid,
    name: String,
    email: Option<String>,
    role: String,
    shop: Option<String>,
    seen: String,
    has_codes: bool,
    is_me: bool,
}

/// A link that nobody has used yet.
struct Waiting {
    id: Uuid,
    name: String,
    email: String,
    role: String,
    shop: Option<String>,
    by: String,
    ends: String,
    is_over: bool,
    is_for_password: bool,
}

/// The form by which somebody is invited.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct InviteForm {
    name: String,
    email: String,
    role: String,
    shop: String,
}

/// What the address says.
#[derive(Deserialize)]
pub(super) struct Asked {
    after: Option<Uuid>,
}

#[derive(Template)]
#[template(path = "link.html")]
struct LinkPage {
    page: Page,
    back: String,
    name: String,
    is_for_password: bool,
    ends: String,
    address: String,
    mail: String,
    text: String,
}

/// Everybody, and who is invited.
pub(super) async fn page(
    request: HttpRequest,
    crowd: Crowd,
    asked: web::Query<Asked>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let form = InviteForm { role: "staff".to_owned(), ..InviteForm::default() };
    let after = asked.into_inner().after;
    show(&request, &gateway, crowd, (StatusCode::OK, after), (form, Hints::default(), None)).await
}

/// Invites somebody, and shows the link.
pub(super) async fn invite(
    request: HttpRequest,
    crowd: Crowd,
    form: Posted<InviteForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let Posted(form) = form;
    let say = Page::of(&request, "").say;
    let author = crowd.viewer.author();
    let invited = match read_post(&crowd, &form.role, &form.shop) {
        Ok(post) => {
            let merchant_id = crowd.merchant_id;
            let new = NewInvitation { merchant_id, post, name: form.name.clone(), email: form.email.clone() };
            inviting::invite(gateway.change(&author), new).await
        }
        Err(mistake) => Err(mistake),
    };
    match invited {
        Ok((row, token)) => Ok(show_link(crowd.frame(&request), &gateway, crowd.base(), &row, &token)),
        Err(error) => {
            let (hints, notice) = refusal(say, error)?;
            show(&request, &gateway, crowd, (StatusCode::UNPROCESSABLE_ENTITY, None), (form, hints, notice)).await
        }
    }
}

/// What a form shows where it was refused: hints at its fields, or a sentence above them.
fn refusal(say: Say, error: ChangeError) -> Result<(Hints, Option<String>), Trouble> {
    match error {
        ChangeError::Mistaken(mistakes) => Ok((hints::of(say, mistakes), None)),
        ChangeError::Taken(sentence) => Ok((Hints::default(), Some(hints::taken(say, sentence)))),
        other => Err(other.into()),
    }
}

/// Takes a link back.
pub(super) async fn withdraw(
    request: HttpRequest,
    crowd: Crowd,
    form: Posted<Vec<(String, String)>>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let Posted(_) = form;
    let id = id_in(&request, "link_id")?;
    inviting::withdraw(gateway.change(&crowd.viewer.author()), crowd.merchant_id, id).await?;
    Ok(go_done(&crowd.base(), "withdrawn"))
}

/// The post that a form names.
fn read_post(crowd: &Crowd, role: &str, shop: &str) -> Result<Post, ChangeError> {
    let mistake = |field: &str| {
        let sentence = "is none of those that can be chosen".to_owned();
        ChangeError::Mistaken(vec![Mistake { field: field.to_owned(), sentence }])
    };
    if crowd.merchant_id.is_none() {
        return Ok(Post { role: Role::Owner, shop_id: None });
    }
    let role = Role::from_word(role).ok_or_else(|| mistake("role"))?;
    let shop_id = match shop {
        "" => None,
        id => Some(Uuid::try_parse(id).map_err(|_| mistake("shop"))?),
    };
    Ok(Post { role, shop_id })
}

async fn show(
    request: &HttpRequest,
    gateway: &Gateway,
    crowd: Crowd,
    (status, after): (StatusCode, Option<Uuid>),
    (form, hints, notice): (InviteForm, Hints, Option<String>),
) -> Result<HttpResponse, Trouble> {
    let merchant = crowd.merchant_name(gateway).await?;
    let page = crowd.frame(request);
    let mut rows = gateway.store.people(crowd.of(), directory::Page { after, limit: SHOWN + 1 }).await?;
    let has_more = rows.len() as u64 > SHOWN;
    rows.truncate(usize::try_from(SHOWN).unwrap_or(usize::MAX));
    let more = rows.last().filter(|_| has_more).map(|row| row.person.id);
    let me = crowd.viewer.person.id;
    let listed = rows.into_iter().map(|row| {
        let Person { id, ref name, ref email, shop_id, .. } = row.person;
        Listed {
            id,
            name: name.clone(),
            email: email.clone(),
            role: page.say.word("role", row.person.role_word()),
            shop: shop_id.map(|id| crowd.shop_name(id)),
            seen: match row.seen_at {
                Some(at) => page.say.of("seen-at", "when", page.say.moment(at, crowd.zone)),
                None => page.say.t("never-seen"),
            },
            has_codes: row.totp_sealed.is_some(),
            is_me: id == me,
        }
    });
    let people = listed.collect();
    let now = gateway.clock.now().timestamp_millis();
    let invited = gateway.store.invited_to(crowd.merchant_id).await?;
    let invited = invited.into_iter().map(|row| waiting(row, page.say, &crowd, now)).collect();
    Ok(html(status, &PeoplePage { page, crowd, merchant, people, more, invited, form, hints, notice }))
}

fn waiting(row: InvitedRow, say: Say, crowd: &Crowd, now: i64) -> Waiting {
    let role = if row.merchant_id.is_none() { OPERATOR } else { row.role.word() };
    Waiting {
        id: row.id,
        role: say.word("role", role),
        shop: row.shop_id.map(|id| crowd.shop_name(id)),
        ends: say.moment(row.ends_at, crowd.zone),
        is_over: row.ends_at <= now,
        is_for_password: row.person_id.is_some(),
        name: row.name,
        email: row.email,
        by: row.invited_by,
    }
}

/// The page that shows a link this once, with ways to hand it on.
pub(super) fn show_link(
    page: Page,
    gateway: &Gateway,
    back: String,
    row: &InvitedRow,
    token: &SecretString,
) -> HttpResponse {
    let base = gateway.settings.server.public_url.as_str().trim_end_matches('/');
    let address = format!("{base}/console/invited/{}", token.expose_secret());
    let key = if row.person_id.is_some() { "link-text-password" } else { "link-text" };
    let words = page.say.with(key, vec![("name", (&row.name).into()), ("link", (&address).into())]);
    let encoded = encoded(&words);
    let mail = format!(
        "mailto:{}?subject={}&body={encoded}",
        encoded_email(&row.email),
        self::encoded(&page.say.t("link-subject"))
    );
    let ends = page.say.moment(row.ends_at, chrono_tz::Tz::UTC);
    let title = if row.person_id.is_some() { "link-password" } else { "link" };
    let page = page.titled(title);
    let text = format!("sms:?&body={encoded}");
    let is_for_password = row.person_id.is_some();
    html(StatusCode::OK, &LinkPage { page, back, name: row.name.clone(), is_for_password, ends, address, mail, text })
}

/// Words as a part of an address: blanks are no plus signs there. (RFC 6068, 5)
fn encoded(words: &str) -> String {
    form_urlencoded::byte_serialize(words.as_bytes()).collect::<String>().replace('+', "%20")
}

fn encoded_email(email: &str) -> String {
    encoded(email).replace("%40", "@")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_an_address_cannot_add_anything_to_it() {
        assert_eq!(encoded("a b+c&cc=x\r\n"), "a%20b%2Bc%26cc%3Dx%0D%0A");
        assert_eq!(encoded_email("a+b?cc=x@bean.example"), "a%2Bb%3Fcc%3Dx@bean.example");
    }
}
