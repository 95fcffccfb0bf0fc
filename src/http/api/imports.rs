//! `/v1/shops/{id}/imports`, `/v1/imports/{id}`: members of another system, handed in by sets of rows; `/v1/shops/{id}/export`.

mod reading;

use actix_web::{HttpMessage, HttpRequest, HttpResponse, http::StatusCode, web};
use chrono::{DateTime, Utc};
use futures_util::stream;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    Refusals,
    body::{Body, Checks, collect, line, text_of_at_most},
    caller::Caller,
    listing::{Listing, PageQuery, bad_query},
    messages::onlooker,
};
use crate::{
    clock::from_millis,
    domain::{
        access::Role,
        import::{Refusal, Terms, row::CELL_CHARS_MAX},
        shop::Shop,
    },
    http::{Gateway, problem::Problem},
    service::{
        export::{Export, Format, What},
        import::{self, Importer, NewImport, NotImported, Options, SOURCE_CHARS_MAX},
    },
    store::importing::ImportRow,
};

/// The most bytes of a set of rows: 5,000 long ones.
pub const ROWS_BYTES_MAX: usize = 8 * 1024 * 1024;
/// The most characters of a fingerprint.
const FINGERPRINT_CHARS_MAX: usize = 128;
/// The place of the last row that a file may have.
pub const PLACE_MAX: i64 = 1_000_000_000;

/// An import of another system's members, and how far it has got.
#[derive(Debug, Serialize, ToSchema)]
pub struct Import {
    /// Our id, which derives from the shop, the source, the fingerprint and the options: the same import has the same.
    id: Uuid,
    /// The shop.
    shop_id: Uuid,
    /// What the other system's file is called.
    #[schema(example = "members.csv")]
    source: String,
    /// Of the file.
    #[schema(example = "9f86d081884c7d65")]
    fingerprint: String,
    /// Whether it only says what would be done.
    dry_run: bool,
    /// Whether rows without consent are taken, as members who are sent nothing until they text a keyword.
    without_consent: bool,
    /// How many rows are done, from the first one on: the next set begins there.
    rows_done: i64,
    /// How many of them were refused.
    rows_refused: i64,
    /// How many members were added.
    members_added: i64,
    /// How many rows were about somebody who was a member.
    members_known: i64,
    /// How many points came in.
    points_added: i64,
    /// How rows are read: `country`, `date_order`, `language`, `time_zone`, `levels`, …
    #[schema(value_type = Object)]
    terms: serde_json::Value,
    /// When it began.
    created_at: DateTime<Utc>,
    /// When it went on last.
    updated_at: DateTime<Utc>,
}

/// An import to be begun. The same again is the same import, and goes on where it stood.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewImportBody {
    /// What the other system's file is called. A person's points of one source are added once, whatever file they stand in.
    #[schema(min_length = 1, max_length = 80, example = "members.csv")]
    source: String,
    /// Of the file, such as its SHA-256: another file is another import.
    #[schema(min_length = 1, max_length = 128, example = "9f86d081884c7d65")]
    fingerprint: String,
    /// Only say what would be done.
    #[serde(default)]
    #[schema(default = false)]
    dry_run: bool,
    /// Take rows without consent, as members who are sent nothing until they text a keyword.
    #[serde(default)]
    #[schema(default = false)]
    without_consent: bool,
    /// What those were shown when they agreed of whom the rows do not say.
    #[serde(default)]
    #[schema(default = "", max_length = 500, example = "Join our club by text")]
    consent_text: String,
    /// The country of phones without a country code; that of the shop's number where it is left out.
    #[schema(min_length = 2, max_length = 2, example = "US")]
    country: Option<String>,
}

/// Which rows these are.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RowsQuery {
    /// The place of the first row, from 0: `rows_done` of the import.
    #[param(value_type = i64, minimum = 0, example = 0)]
    from: Option<String>,
    /// The place behind the last row; left out, the rows follow each other. Rows that are not among them count as refused.
    #[param(value_type = Option<i64>, minimum = 0)]
    until: Option<String>,
}

/// What became of a set of rows.
#[derive(Debug, Serialize, ToSchema)]
pub struct TakenRows {
    /// How many rows of the import are done.
    rows_done: i64,
    /// How many members were added, or would be.
    added: i64,
    /// How many points came in.
    points: i64,
    /// The places of rows about somebody who was a member.
    known: Vec<i64>,
    /// Those of them whose points came from this source before.
    repeated: Vec<i64>,
    /// Rows that were refused.
    refused: Vec<RefusedRow>,
}

/// A row that was refused.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefusedRow {
    /// Its place, from 0.
    row: i64,
    /// What of it is wrong.
    #[schema(example = "phone")]
    field: &'static str,
    /// What is wrong and what to do.
    #[schema(example = "is no phone number")]
    detail: String,
}

/// What is exported.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ExportQuery {
    /// `members`, `entries`, `consents` or `messages`; members where it is left out.
    #[param(pattern = "^(members|entries|consents|messages)$", example = "members")]
    what: Option<String>,
    /// `csv` or `json` (an object a line); CSV where it is left out.
    #[param(pattern = "^(csv|json)$", example = "csv")]
    format: Option<String>,
}

/// Begins an import, or goes on with the same one.
#[utoipa::path(post, path = "/v1/shops/{id}/imports", tag = "imports", params(("id" = Uuid, Path,)),
    request_body = NewImportBody, responses((status = 200, body = Import), Refusals))]
pub async fn create(
    caller: Caller,
    gateway: web::Data<Gateway>,
    id: web::Path<Uuid>,
    body: Body<NewImportBody>,
) -> Result<HttpResponse, Problem> {
    let shop = shop_of(caller, &gateway, *id)?;
    let NewImportBody { source, fingerprint, dry_run, without_consent, consent_text, country } = body.0;
    let mut checks = Checks::default();
    let source = checks.check("source", line(SOURCE_CHARS_MAX)(source));
    let fingerprint = checks.check("fingerprint", line(FINGERPRINT_CHARS_MAX)(fingerprint));
    let consent_text = checks.check("consent_text", text_of_at_most(CELL_CHARS_MAX)(consent_text));
    let checked = source.zip(fingerprint).zip(consent_text);
    let ((source, fingerprint), consent_text) = checks.passed(checked)?;
    let options = Options { dry_run, without_consent, consent_text, country };
    let new = NewImport { shop_id: shop.id, source, fingerprint, options };
    Ok(HttpResponse::Ok().json(show(importer(&gateway).begin(&new, &caller.author(&gateway)).await?)))
}

/// The imports of a shop.
#[utoipa::path(get, path = "/v1/shops/{id}/imports", tag = "imports", params(("id" = Uuid, Path,), super::listing::Paging),
    responses((status = 200, body = Listing<Import>), Refusals))]
pub async fn list(
    caller: Caller,
    gateway: web::Data<Gateway>,
    id: web::Path<Uuid>,
    query: PageQuery,
) -> Result<HttpResponse, Problem> {
    let shop = shop_of(caller, &gateway, *id)?;
    let page = query.by_id()?;
    let after = page.after.unwrap_or(Uuid::nil());
    let found = gateway.store.imports(shop.merchant_id, shop.id, after, page.limit).await?;
    let mut imports = Vec::with_capacity(found.len());
    for row in found {
        imports.push(importer(&gateway).find(row.id).await?);
    }
    Ok(HttpResponse::Ok().json(Listing::page(imports, &query, |import| import.row.id, show)?))
}

/// An import, and how far it has got.
#[utoipa::path(get, path = "/v1/imports/{id}", tag = "imports", params(("id" = Uuid, Path,)),
    responses((status = 200, body = Import), Refusals))]
pub async fn get(caller: Caller, gateway: web::Data<Gateway>, id: web::Path<Uuid>) -> Result<HttpResponse, Problem> {
    Ok(HttpResponse::Ok().json(show(import_of(caller, &gateway, *id).await?)))
}

/// Takes rows, at most 5,000 at once, in the order of the file: as a list or, with any other type of content than JSON
/// (`application/x-ndjson`), an object a line. Rows that were taken before are answered
/// as done; the same person's points of one source are added once. Nothing is sent to anybody.
#[utoipa::path(post, path = "/v1/imports/{id}/rows", tag = "imports", params(("id" = Uuid, Path,), RowsQuery),
    request_body(content = Object, content_type = "application/json",
        description = "The rows, each cell as people write it. row: its place, where rows are left out."),
    responses((status = 200, body = TakenRows), Refusals))]
pub async fn take(
    caller: Caller,
    gateway: web::Data<Gateway>,
    id: web::Path<Uuid>,
    query: web::Query<RowsQuery>,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let import = import_of(caller, &gateway, *id).await?;
    let RowsQuery { from, until } = query.into_inner();
    let place = |field: &str, text: &str| {
        let place = text.parse::<i64>().ok().filter(|place| (0..=PLACE_MAX).contains(place));
        place.ok_or_else(|| bad_query(field, "must be the place of a row, from 0"))
    };
    let from = place("from", from.as_deref().unwrap_or_default())?;
    let until = until.as_deref().map(|until| place("until", until)).transpose()?;
    let body = collect(payload.into_inner(), ROWS_BYTES_MAX).await?;
    let is_list = request.content_type() == "application/json";
    let rows = if is_list { reading::listed(&body)? } else { reading::lined_up(&body)? };
    let batch = reading::batch(&import.terms.reader(gateway.clock.now()), &rows, from, until)?;
    let actor = caller.actor(&gateway);
    let taken = importer(&gateway).take(&import, &actor, batch).await?;
    let refused = |(row, Refusal { field, sentence })| RefusedRow { row, field: field.word(), detail: sentence };
    Ok(HttpResponse::Ok().json(TakenRows {
        rows_done: taken.rows_done,
        added: taken.added,
        points: taken.points,
        known: taken.known,
        repeated: taken.repeated,
        refused: taken.refused.into_iter().map(refused).collect(),
    }))
}

/// All that is known of a shop's members, as a file.
#[utoipa::path(get, path = "/v1/shops/{id}/export", tag = "imports", params(("id" = Uuid, Path,), ExportQuery),
    responses((status = 200, content((String = "text/csv"), (String = "application/x-ndjson"))), Refusals))]
pub async fn export(
    caller: Caller,
    gateway: web::Data<Gateway>,
    id: web::Path<Uuid>,
    query: web::Query<ExportQuery>,
) -> Result<HttpResponse, Problem> {
    let shop = shop_of(caller, &gateway, *id)?;
    let what = What::from_word(query.what.as_deref().unwrap_or("members"));
    let what = what.ok_or_else(|| bad_query("what", "must be members, entries, consents or messages"))?;
    let format = Format::from_word(query.format.as_deref().unwrap_or("csv"));
    let format = format.ok_or_else(|| bad_query("format", "must be csv or json"))?;
    let author = caller.author(&gateway);
    let export = Export::begin(gateway.change(&author), shop, (what, format), onlooker(caller)).await?;
    let kind = match format {
        Format::Csv => "text/csv; charset=utf-8",
        Format::Json => "application/x-ndjson",
    };
    let name = format!("attachment; filename=\"{}.{}\"", what.word(), format.word());
    let heading = web::Bytes::from(export.heading());
    let pages = stream::try_unfold(Some((export, None, Some(heading))), async |at| {
        let Some((export, after, heading)) = at else { return Ok::<_, crate::store::StoreError>(None) };
        if let Some(heading) = heading {
            return Ok(Some((heading, Some((export, after, None)))));
        }
        let (lines, next) = export.page(after).await?;
        Ok(Some((web::Bytes::from(lines), next.map(|next| (export, Some(next), None)))))
    });
    let mut response = HttpResponse::Ok();
    response.content_type(kind).insert_header(("content-disposition", name));
    Ok(response.streaming(Box::pin(pages)))
}

fn importer(gateway: &Gateway) -> Importer<'_> {
    Importer { store: &gateway.store, directory: &gateway.directory, now: gateway.clock.now() }
}

/// A shop whose members this caller may import and take away.
fn shop_of(caller: Caller, gateway: &Gateway, id: Uuid) -> Result<Shop, Problem> {
    let shop = gateway.directory.read().directory.shop(id).cloned();
    let shop = shop.filter(|shop| caller.may_act_at(shop)).ok_or_else(Problem::not_found)?;
    caller.needs(Role::Owner)?;
    Ok(shop)
}

async fn import_of(caller: Caller, gateway: &Gateway, id: Uuid) -> Result<import::Import, Problem> {
    let import = importer(gateway).find(id).await?;
    shop_of(caller, gateway, import.row.shop_id)?;
    Ok(import)
}

fn show(import: import::Import) -> Import {
    let import::Import { row, options, terms } = import;
    let ImportRow { id, shop_id, source, fingerprint, rows_done, rows_refused, .. } = row;
    let ImportRow { members_added, members_known, points_added, created_at, updated_at, .. } = row;
    Import {
        id,
        shop_id,
        source,
        fingerprint,
        dry_run: options.dry_run,
        without_consent: options.without_consent,
        rows_done,
        rows_refused,
        members_added,
        members_known,
        points_added,
        terms: serde_json::to_value::<Terms>(terms).unwrap_or_default(),
        created_at: from_millis(created_at),
        updated_at: from_millis(updated_at),
    }
}

impl From<NotImported> for Problem {
    fn from(error: NotImported) -> Self {
        match error {
            NotImported::NotFound => Self::not_found(),
            NotImported::NoCountry(_) => Self::of_fields(
                StatusCode::UNPROCESSABLE_ENTITY,
                vec![crate::service::change::Mistake {
                    field: "country".to_owned(),
                    sentence: "must be the ISO code of a country, such as US".to_owned(),
                }],
            ),
            NotImported::OutOfStep(rows_done) => Self::new(
                StatusCode::CONFLICT,
                format!("{rows_done} rows of this import are done: the next set begins with from={rows_done}."),
            ),
            NotImported::Store(error) => error.into(),
        }
    }
}
