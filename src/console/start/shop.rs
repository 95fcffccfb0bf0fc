//! The first step: a shop opens. Its name is enough; what else is asked is filled in as is usual where its number is from.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use super::Guide;
use crate::{
    console::{
        form::{Hints, Posted},
        hints,
        keywords::edit::languages,
        page::{Page, go, html},
        places::{Number, currencies, guide, numbers, usual_at, zones},
        say::Say,
        trouble::Trouble,
        viewer::AtMerchant,
    },
    domain::{
        access::Role,
        language::Language,
        money::Currency,
        shop::{OptIn, Sender},
    },
    http::Gateway,
    service::{
        change::ChangeError,
        fields::{CONTACT_CHARS_MAX, NAME_CHARS_MAX, contact, currency, name, time_zone, usual_date_order},
        senders::SenderName,
        shops::{self, NewShop},
    },
    store::directory::{Merchant, Page as Part},
};

/// The most numbers to choose from.
const NUMBERS_MAX: u64 = 100;
/// How many texts a month a member is told to expect where nothing is said.
const MESSAGES_PER_MONTH: u16 = 4;

#[derive(Template)]
#[template(path = "start_shop.html")]
struct ShopStep {
    page: Page,
    guide: Guide,
    form: ShopForm,
    hints: Hints,
    numbers: Vec<Number>,
    zones: Vec<(String, String)>,
    languages: Vec<(&'static str, String)>,
    currencies: Vec<String>,
    is_operator: bool,
}

/// The form.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct ShopForm {
    name: String,
    contact: String,
    time_zone: String,
    language: String,
    currency: String,
    sender: String,
}

/// The form, filled in with what is usual.
pub(in crate::console) async fn page(
    request: HttpRequest,
    at: AtMerchant,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let merchant = find_merchant(&gateway, at.merchant_id).await?;
    let senders = senders(&gateway, at.merchant_id).await?;
    let is_first = !gateway.directory.read().directory.all_shops().any(|shop| shop.merchant_id == at.merchant_id);
    let (currency, zone) = usual_at(senders.first());
    let form = ShopForm {
        // The first shop is often called as the merchant is.
        name: if is_first { merchant.name } else { String::new() },
        contact: at.viewer.person.email.clone().filter(|_| !at.viewer.person.is_operator()).unwrap_or_default(),
        time_zone: zone.to_owned(),
        language: at.viewer.person.language.code().to_owned(),
        currency: currency.to_owned(),
        sender: numbers(&senders).first().map(|number| number.id.clone()).unwrap_or_default(),
    };
    Ok(show(&request, &at, StatusCode::OK, (form, Hints::default()), &senders))
}

/// Opens the shop and goes on to its keyword.
pub(in crate::console) async fn submit(
    request: HttpRequest,
    at: AtMerchant,
    form: Posted<ShopForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    find_merchant(&gateway, at.merchant_id).await?;
    let Posted(form) = form;
    let say = Page::of_merchant(&request, at.merchant_id, "shops").say;
    let mut hints = Hints::default();
    let wrong = async |form, hints| {
        let senders = senders(&gateway, at.merchant_id).await?;
        Ok(show(&request, &at, StatusCode::UNPROCESSABLE_ENTITY, (form, hints), &senders))
    };
    let Some(new) = read(&form, at.merchant_id, say, &mut hints) else { return wrong(form, hints).await };
    match shops::create(gateway.change(&at.viewer.author()), new).await {
        Ok((shop, _)) => Ok(go(guide(&shop, "keyword"))),
        Err(ChangeError::Mistaken(mistakes)) => {
            let hints = hints::of(say, mistakes);
            wrong(form, hints).await
        }
        Err(error) => Err(error.into()),
    }
}

fn read(form: &ShopForm, merchant_id: Uuid, say: Say, hints: &mut Hints) -> Option<NewShop> {
    let mut known = Typed { hints };
    let name = known.check("name", name(form.name.clone()), || say.n("hint-shop-name", NAME_CHARS_MAX));
    let contact = known.check("contact", contact(form.contact.clone()), || say.n("hint-line", CONTACT_CHARS_MAX));
    let time_zone = known.check("time_zone", time_zone(form.time_zone.clone()), || say.t("hint-choose"));
    let language = known.check("language", Language::from_code(&form.language).ok_or(()), || say.t("hint-choose"));
    let is_known = |code: String| Currency::from_code(&code).is_some().then_some(code).ok_or("unknown");
    let currency = currency(form.currency.clone()).and_then(is_known);
    let currency = known.check("currency", currency, || say.t("hint-choose"));
    let sender = known.check("sender", Uuid::try_parse(&form.sender), || say.t("hint-number"));
    let currency = currency?;
    Some(NewShop {
        merchant_id,
        sender: SenderName::Id(sender?),
        name: name?,
        time_zone: time_zone?,
        language: language?,
        date_order: usual_date_order(Some(&currency)),
        currency,
        opt_in: OptIn::Single,
        welcome_points: 0,
        contact: contact?,
        terms: String::new(),
        messages_per_month: MESSAGES_PER_MONTH,
        sign_up: Default::default(),
        telling: Default::default(),
    })
}

/// Checks field after field; hints are in the words of the page.
struct Typed<'a> {
    hints: &'a mut Hints,
}

impl Typed<'_> {
    /// The value where it is right.
    fn check<T, E>(&mut self, field: &str, read: Result<T, E>, hint: impl FnOnce() -> String) -> Option<T> {
        if read.is_err() {
            self.hints.add(field, hint());
        }
        read.ok()
    }
}

async fn find_merchant(gateway: &Gateway, id: Uuid) -> Result<Merchant, Trouble> {
    let found = gateway.store.merchants(Some(id), Part { after: None, limit: 1 }).await?;
    found.into_iter().next().ok_or(Trouble::NotFound)
}

/// The numbers that the merchant's shops may text from.
pub(in crate::console) async fn senders(gateway: &Gateway, merchant_id: Uuid) -> Result<Vec<Sender>, Trouble> {
    Ok(gateway.store.senders(Some(merchant_id), Part { after: None, limit: NUMBERS_MAX }).await?)
}

fn show(
    request: &HttpRequest,
    at: &AtMerchant,
    status: StatusCode,
    (form, hints): (ShopForm, Hints),
    senders: &[Sender],
) -> HttpResponse {
    let page = Page::of_merchant(request, at.merchant_id, "shops").titled("start-shop");
    let guide = Guide::before_all(page.say);
    let (zones, languages, currencies) = (zones(&form.time_zone), languages(page.say), currencies(&form.currency));
    let is_operator = at.viewer.person.is_operator() && at.viewer.may(Role::Owner);
    let numbers = numbers(senders);
    html(status, &ShopStep { page, guide, form, hints, numbers, zones, languages, currencies, is_operator })
}
