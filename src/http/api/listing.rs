//! Lists come in pages; a cursor says where the next one begins.

use actix_web::{http::StatusCode, web};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::caller::Caller;
use crate::{http::problem::Problem, service::change::Mistake, store::directory::Page};

/// Items of a page where the caller does not say.
const LIMIT_DEFAULT: u64 = 50;

/// The most items of a page.
const LIMIT_MAX: u64 = 200;

/// The longest cursor that we make stays far below.
const CURSOR_CHARS_MAX: usize = 256;

const NO_CURSOR: &str = "is none of ours; send next_cursor of the page before, or leave it out";

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Listing<T: ToSchema> {
    /// What is on this page.
    pub items: Vec<T>,
    /// Send it as `cursor` for the next page; `null` on the last one.
    #[schema(required, example = json!(null))]
    pub next_cursor: Option<String>,
}

/// Which page of a list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Paging {
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Items of a page, 1 to 200; 50 where it is left out.
    #[param(value_type = Option<u64>, minimum = 1, maximum = 200)]
    pub limit: Option<String>,
}

/// The query of a list without filters.
pub type PageQuery = web::Query<Paging>;

impl Paging {
    /// How many items.
    pub fn limit(&self) -> Result<u64, Problem> {
        let Some(limit) = self.limit.as_deref() else { return Ok(LIMIT_DEFAULT) };
        let limit = limit.parse().ok().filter(|limit| (1..=LIMIT_MAX).contains(limit));
        limit.ok_or_else(|| bad_query("limit", format!("must be from 1 to {LIMIT_MAX}")))
    }

    /// Where this page begins; `None` for the first one.
    pub fn after<C: DeserializeOwned>(&self) -> Result<Option<C>, Problem> {
        let read = |cursor: &str| {
            let json = BASE64_URL_SAFE_NO_PAD.decode(cursor).ok()?;
            serde_json::from_slice(&json).ok()
        };
        let Some(cursor) = self.cursor.as_deref() else { return Ok(None) };
        let is_sign = |sign: u8| sign.is_ascii_alphanumeric() || matches!(sign, b'-' | b'_');
        if !(2..=CURSOR_CHARS_MAX).contains(&cursor.len()) || !cursor.bytes().all(is_sign) {
            return Err(bad_query("cursor", NO_CURSOR));
        }
        let mistake = Mistake { field: "cursor".to_owned(), sentence: NO_CURSOR.to_owned() };
        let no_such_page = || Problem::of_fields(StatusCode::NOT_FOUND, vec![mistake]).of_kind("no-such-page");
        read(cursor).map(Some).ok_or_else(no_such_page)
    }

    /// For lists in the order of ids: one item more than asked for shows whether there is another page.
    pub fn by_id(&self) -> Result<Page, Problem> {
        Ok(Page { after: self.after::<Uuid>()?, limit: self.limit()? + 1 })
    }
}

impl<T: ToSchema> Listing<T> {
    /// Makes a page of at most `limit` items out of what was found, which is more if there is another page.
    /// `place` says where an item stands, `show` how it looks.
    pub fn page<F, C: Serialize>(
        mut found: Vec<F>,
        paging: &Paging,
        place: impl Fn(&F) -> C,
        show: impl FnMut(F) -> T,
    ) -> Result<Self, Problem> {
        let limit = usize::try_from(paging.limit()?).unwrap_or(usize::MAX);
        let has_more = found.len() > limit;
        found.truncate(limit);
        let next_cursor = found.last().filter(|_| has_more).map(|last| write_cursor(&place(last)));
        Ok(Self { items: found.into_iter().map(show).collect(), next_cursor })
    }
}

/// A cursor that [`Paging::after`] reads.
pub fn write_cursor(place: &impl Serialize) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(place).unwrap_or_default())
}

/// A parameter of the query is wrong.
pub fn bad_query(field: &str, sentence: impl Into<String>) -> Problem {
    Problem::of_fields(StatusCode::BAD_REQUEST, vec![Mistake { field: field.to_owned(), sentence: sentence.into() }])
}

/// The shop that a list is about: a key for one shop sees what is there.
pub fn of_shop(caller: Caller, wanted: Option<Uuid>) -> Result<Option<Uuid>, Problem> {
    match caller.shop() {
        Some(own) if wanted.is_some_and(|id| id != own) => {
            Err(unfit_query("shop_id", "is not the shop of this key; leave it out"))
        }
        Some(own) => Ok(Some(own)),
        None => Ok(wanted),
    }
}

/// A parameter of the query does not go together with the key, or with what is kept.
pub fn unfit_query(field: &str, sentence: impl Into<String>) -> Problem {
    Problem::of_fields(StatusCode::CONFLICT, vec![Mistake { field: field.to_owned(), sentence: sentence.into() }])
}

/// An id in the query.
pub fn id_in_query(field: &str, text: &str) -> Result<Uuid, Problem> {
    Uuid::parse_str(text).map_err(|_| bad_query(field, "must be a UUID"))
}
