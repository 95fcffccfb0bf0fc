//! `/v1/keywords/check`

use actix_web::{HttpResponse, http::StatusCode, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{Refusals, caller::Caller, listing::id_in_query};
use crate::{
    domain::{
        directory::Directory,
        keyword,
        shop::{Sender, Shop},
    },
    http::{Gateway, problem::Problem},
    service::{
        change::Mistake,
        keyword_check::{self, Asked},
    },
};

/// Which phrase is asked about, and where it shall hang.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CheckQuery {
    /// What shall be on the sign.
    #[param(example = "COFFEE PLS")]
    phrase: String,
    /// The sender on which it shall be understood, by address or id. Left out, the shop's.
    #[param(example = "+14155550100")]
    sender: Option<String>,
    /// The shop it shall be for: its own keywords may be near, and suggestions bear its name.
    #[param(value_type = Option<Uuid>)]
    shop_id: Option<String>,
}

/// Whether a phrase may be put on a sign.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeywordCheck {
    /// Whether it would be taken in now.
    free: bool,
    /// The form in which it is compared with what people text; `null` where it is no phrase.
    #[schema(required, example = "coffee pls")]
    normal: Option<String>,
    /// What speaks against it, what refuses it first.
    objections: Vec<Objection>,
    /// Up to three phrases that would be taken in; none where this one would.
    #[schema(max_items = 3, example = json!(["BEAN THERE"]))]
    suggestions: Vec<String>,
}

/// Something that speaks against a phrase.
#[derive(Debug, Serialize, ToSchema)]
pub struct Objection {
    /// `phrase`, `taken`, `near`, `reserved`, `mixed-script`, `courtesy`, `number` or `too-short`, which refuse; `like-reserved`,
    /// `looks-alike`, `contains-opt-out`, `autocorrected` or `long`, which warn.
    #[schema(example = "near")]
    code: &'static str,
    /// What is wrong and what to do.
    detail: String,
    /// Whether the phrase is refused for it, or only warned of.
    refuses: bool,
}

/// Says whether a phrase may be put on a sign, while one types. What is said here binds nobody: another may be quicker.
#[utoipa::path(get, path = "/v1/keywords/check", tag = "keywords", params(CheckQuery),
    responses((status = 200, body = KeywordCheck), Refusals))]
pub async fn check(
    caller: Caller,
    gateway: web::Data<Gateway>,
    query: web::Query<CheckQuery>,
) -> Result<HttpResponse, Problem> {
    let known = gateway.directory.read();
    let place = Place::find(caller, &known.directory, &query)?;
    let asked = Asked { phrase: &query.phrase, sender_id: place.sender.id, shop: place.shop, keyword_id: None };
    let checked = keyword_check::check(&known.directory, asked, gateway.clock.now());
    let free = checked.is_free();
    let suggestions = checked.suggestions.iter().map(|phrase| phrase.display().to_owned()).collect();
    let objections = checked.objections.into_iter().map(show).collect();
    Ok(HttpResponse::Ok().json(KeywordCheck { free, normal: checked.normal, objections, suggestions }))
}

/// The query names what is not there.
fn unknown(field: &str, sentence: &str) -> Problem {
    let mistake = Mistake { field: field.to_owned(), sentence: sentence.to_owned() };
    Problem::of_fields(StatusCode::NOT_FOUND, vec![mistake])
}

/// Where the keyword shall hang.
struct Place<'a> {
    sender: &'a Sender,
    shop: Option<&'a Shop>,
}

impl<'a> Place<'a> {
    fn find(caller: Caller, directory: &'a Directory, query: &CheckQuery) -> Result<Self, Problem> {
        let shop_id = query.shop_id.as_deref().map(|id| id_in_query("shop_id", id)).transpose()?;
        // A key for one shop asks for that shop.
        let shop = match shop_id.or(caller.shop()) {
            Some(id) => {
                let shop = directory.shop(id).filter(|shop| caller.may_act_at(shop));
                Some(shop.ok_or_else(|| unknown("shop_id", "there is no such shop here; GET /v1/shops lists them"))?)
            }
            None => None,
        };
        let sender = match (query.sender.as_deref(), shop) {
            (Some(name), _) => find_sender(directory, name),
            (None, Some(shop)) => directory.sender(shop.sender_id).map(AsRef::as_ref),
            (None, None) => {
                let sentence = "is missing; send it, or shop_id for the shop's".to_owned();
                let mistake = Mistake { field: "sender".to_owned(), sentence };
                return Err(Problem::of_fields(StatusCode::CONFLICT, vec![mistake]).of_kind("which-shop"));
            }
        };
        // As in a change: the sender must be for this shop's merchant, or for the caller.
        let merchant_id = shop.map(|shop| shop.merchant_id).or(caller.scope());
        let may_use = |sender: &&Sender| {
            merchant_id.is_none_or(|merchant_id| sender.merchant_id.is_none_or(|owner| owner == merchant_id))
        };
        let sender = sender.filter(may_use);
        let sender =
            sender.ok_or_else(|| unknown("sender", "there is no such sender here; GET /v1/senders lists them"))?;
        Ok(Self { sender, shop })
    }
}

fn find_sender<'a>(directory: &'a Directory, name: &str) -> Option<&'a Sender> {
    let by_id = Uuid::parse_str(name).ok().and_then(|id| directory.sender(id));
    by_id.or_else(|| directory.sender_of(name.trim(), None)).map(AsRef::as_ref)
}

fn show(objection: keyword::Objection) -> Objection {
    Objection { code: objection.code, detail: objection.sentence, refuses: objection.refuses }
}
