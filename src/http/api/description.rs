//! `/openapi.json`, which describes `/v1`, and `/docs`, which shows it.

mod keyed;

use std::sync::{Arc, LazyLock};

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};
use utoipa::{
    IntoResponses, Modify, OpenApi,
    openapi::{
        RefOr,
        path::{Operation, PathItem},
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};
use utoipa_swagger_ui::Config;

use self::keyed::Keyed;
use super::{
    adjustments, audit, batch, codes, deliveries, erasing, events, examples, holdings, imports, keys, keyword_check,
    keywords, members, merchants, merging, messages, programs, purchases, refunds, senders, shops, staff_phones,
    tightened, tills, vouchers, webhooks, why, words,
};
use crate::http::problem::{FieldProblem, Problem};

/// What a page of `/docs` may load: what comes from here. Swagger UI sets styles on its elements and has its pictures
/// inside its style sheet.
const DOCS_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
                           connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; \
                           frame-ancestors 'none'";

/// The description, made once.
pub static DESCRIPTION: LazyLock<utoipa::openapi::OpenApi> = LazyLock::new(Description::openapi);

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Regulars",
        description = "Set up a gateway and look into it. Keys go into `Authorization: Bearer KEY`: the operator's \
                       opens everything, a merchant's opens what is its own, as far as its role and its shop go. Every write \
                       takes an Idempotency-Key: send the same request with the same key until it is answered, and it is done \
                       once; answers are kept for 24 hours. Lists come in pages: send `next_cursor` \
                       as `cursor` until it is null. Problems are application/problem+json (RFC 9457). Times are \
                       RFC 3339 in UTC."
    ),
    paths(
        merchants::create, merchants::list, merchants::get,
        keys::create, keys::list, keys::get, keys::rotate, keys::revoke,
        senders::create, senders::list, senders::get, senders::update,
        shops::create, shops::list, shops::get, shops::update,
        keywords::create, keywords::list, keywords::get, keywords::update, keywords::delete, keyword_check::check,
        words::get, words::put, words::delete,
        staff_phones::create, staff_phones::list, staff_phones::delete,
        tills::create, tills::list, tills::get, tills::update, tills::delete,
        programs::get, programs::put, programs::schema, codes::create,
        imports::create, imports::list, imports::get, imports::take, imports::export,
        members::list, members::get, erasing::erase, merging::merge, merging::undo, members::entries, messages::list, messages::consents,
        why::of_message, why::of_member,
        vouchers::list, holdings::rewards, holdings::tier,
        purchases::create, purchases::quote, purchases::get, refunds::create, batch::create,
        adjustments::adjust, adjustments::act, vouchers::issue, vouchers::get, vouchers::redeem, vouchers::cancel,
        events::list, audit::list,
        webhooks::create, webhooks::list, webhooks::get, webhooks::update, webhooks::delete, webhooks::rotate, webhooks::resume,
        deliveries::test, deliveries::replay, deliveries::list, deliveries::replay_one,
    ),
    tags(
        (name = "merchants", description = "Businesses, each with its key."),
        (name = "keys", description = "Who may call, and what they may do."),
        (name = "senders", description = "Numbers, short codes and agents, with the provider accounts behind them."),
        (name = "shops", description = "Where members earn."),
        (name = "keywords", description = "Phrases on signs that make members."),
        (name = "tills", description = "Tills that a shop has already, whose sales and refunds count here."),
        (name = "programs", description = "What members earn, and what it buys."),
        (name = "till", description = "What tills record: purchases, refunds, points by hand, vouchers."),
        (name = "imports", description = "Members of another system, and ours for another one. Owners only."),
        (name = "members", description = "Who belongs, what they earned, what was said, what they agreed to."),
        (name = "audit", description = "Who changed what, before and after."),
        (name = "events", description = "What happened, for programs that ask."),
        (name = "webhooks", description = "Where programs are told what happens, as Standard Webhooks has it."),
    ),
    components(schemas(FieldProblem, batch::BatchItem)),
    security(("key" = [])),
    modifiers(&Key, &Wording, &Keyed),
)]
struct Description;

struct Key;

impl Modify for Key {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let scheme =
            HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(
                "The operator's key, or a merchant's. A merchant's has a role: staff records and redeems; a manager also corrects, \
                 and edits keywords and programs; an owner also decides over shops, keys and what is connected. One for a shop \
                 sees and touches that shop alone. The first is shown when the merchant is created, others by POST /v1/keys.",
            ));
        openapi.components.get_or_insert_default().add_security_scheme("key", SecurityScheme::Http(scheme.build()));
    }
}

/// Names every operation after its method and path, and says of every answer what it is.
struct Wording;

impl Modify for Wording {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        for (path, item) in &mut openapi.paths.paths {
            for (method, operation) in operations_of(item) {
                operation.operation_id = Some(operation_name(method, path));
                for (status, response) in &mut operation.responses.responses {
                    if let RefOr::T(response) = response
                        && response.description.is_empty()
                    {
                        status_in_words(status).clone_into(&mut response.description);
                    }
                }
            }
        }
    }
}

fn operations_of(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    let methods = [
        ("GET", &mut item.get),
        ("POST", &mut item.post),
        ("PUT", &mut item.put),
        ("PATCH", &mut item.patch),
        ("DELETE", &mut item.delete),
    ];
    methods.into_iter().filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
}

/// What is done to a thing at an address of its own: `/v1/keys/{id}/rotate` is `rotate_key`.
const VERBS: &[&str] = &["rotate", "resume", "test", "replay", "merge", "undo"];

/// `list_keywords`, `create_keyword`, `get_keyword`, `update_keyword`, `delete_keyword`.
fn operation_name(method: &str, path: &str) -> String {
    let mut names = path.rsplit('/').filter(|part| !part.starts_with('{'));
    let things = names.next().unwrap_or_default();
    let (things, thing) = (&things.replace('-', "_"), one_of(things));
    match method {
        "POST" if VERBS.contains(&things.as_str()) => format!("{things}_{}", one_of(names.next().unwrap_or_default())),
        "GET" if things == "why" => format!("explain_{}", one_of(names.next().unwrap_or_default())),
        "GET" if path.ends_with('}') => format!("get_{thing}"),
        "GET" => format!("list_{things}"),
        "POST" => format!("create_{thing}"),
        "DELETE" => format!("delete_{thing}"),
        _ => format!("update_{thing}"),
    }
}

/// The singular of what an address is called.
fn one_of(things: &str) -> String {
    let in_y = things.strip_suffix("ies").map(|stem| format!("{stem}y"));
    in_y.unwrap_or_else(|| things.trim_end_matches('s').to_owned()).replace('-', "_")
}

fn status_in_words(status: &str) -> &'static str {
    match status {
        "200" => "What was asked for.",
        "202" => "It is under way.",
        "201" => "It was added; Location says where it is.",
        "204" => "It was deleted.",
        _ => "Nothing else to say.",
    }
}

/// What any operation may refuse with.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "read by the derive alone")]
pub enum Refusals {
    /// The body is not JSON, or the query or the Idempotency-Key is wrong.
    #[response(status = 400, content_type = "application/problem+json")]
    BadRequest(#[to_schema] Problem),
    /// No key, or none that is known.
    #[response(status = 401, content_type = "application/problem+json")]
    Unauthorized(#[to_schema] Problem),
    /// The key may not do this: it takes another role, the whole merchant's key, or the operator's.
    #[response(status = 403, content_type = "application/problem+json")]
    Forbidden(#[to_schema] Problem),
    /// There is no such thing, or it is another merchant's or, for a shop's key, another shop's.
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(#[to_schema] Problem),
    /// Fields that do not go together, or not with the key or with what is there, each named in `errors`; or the first request with
    /// this Idempotency-Key is still under way.
    #[response(status = 409, content_type = "application/problem+json")]
    Conflict(#[to_schema] Problem),
    /// The body is too large.
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(#[to_schema] Problem),
    /// Fields that are not as they are described, each named in `errors`; or the Idempotency-Key stands for another request.
    #[response(status = 422, content_type = "application/problem+json")]
    Unprocessable(#[to_schema] Problem),
    /// A fault of the gateway's, logged under `request_id`.
    #[response(status = 500, content_type = "application/problem+json")]
    Internal(#[to_schema] Problem),
    /// The store does not answer; try again after Retry-After.
    #[response(status = 503, content_type = "application/problem+json")]
    Unavailable(#[to_schema] Problem),
}

/// The description as it is served: with what its generator cannot say, and with examples.
static SERVED: LazyLock<String> = LazyLock::new(|| {
    let mut description = serde_json::to_value(&*DESCRIPTION).unwrap_or_default();
    tightened::tighten(&mut description);
    examples::add(&mut description);
    description.to_string()
});

/// `GET /openapi.json`
pub async fn openapi() -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(SERVED.as_str())
}

/// `GET /docs`: its pictures and scripts are found below `/docs/`.
pub async fn docs() -> HttpResponse {
    HttpResponse::PermanentRedirect().insert_header((header::LOCATION, "docs/")).finish()
}

/// `GET /docs/…`, from files inside the program.
pub async fn docs_file(file: web::Path<String>) -> HttpResponse {
    // The bar at the top would only say who made the page, and ask for other descriptions.
    // Without "none" the page sends the address of the description to the validator of Swagger's makers.
    let config = Config::from("../openapi.json").validator_url("none").use_base_layout();
    match utoipa_swagger_ui::serve(&file, Arc::new(config)) {
        Ok(Some(file)) => {
            let mut response = HttpResponse::Ok();
            response.content_type(file.content_type);
            response.insert_header((header::CONTENT_SECURITY_POLICY, DOCS_POLICY));
            response.insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"));
            response.insert_header((header::REFERRER_POLICY, "no-referrer"));
            if file.gzpipped {
                response.insert_header((header::CONTENT_ENCODING, "gzip"));
            }
            response.body(file.bytes.into_owned())
        }
        _ => Problem::not_found().response(),
    }
}

/// The path is right, the method is not: `Allow` says which are.
pub async fn method_not_allowed(request: HttpRequest) -> HttpResponse {
    // HEAD goes where GET does, see `http::answer_head`.
    let named = |method| if method == "GET" { "GET, HEAD" } else { method };
    let methods = request.match_pattern().map(|path| methods_of(&path)).unwrap_or_default();
    let allowed = methods.into_iter().map(named).collect::<Vec<_>>().join(", ");
    let detail = format!("This path answers to {allowed}.");
    let mut response = Problem::new(StatusCode::METHOD_NOT_ALLOWED, detail).response();
    if let Ok(allowed) = header::HeaderValue::try_from(allowed) {
        response.headers_mut().insert(header::ALLOW, allowed);
    }
    response
}

/// The methods that the description has for a path.
pub fn methods_of(path: &str) -> Vec<&'static str> {
    let Some(item) = DESCRIPTION.paths.paths.get(path) else { return Vec::new() };
    let operations = [
        ("GET", &item.get),
        ("POST", &item.post),
        ("PUT", &item.put),
        ("PATCH", &item.patch),
        ("DELETE", &item.delete),
    ];
    operations.into_iter().filter(|(_, operation)| operation.is_some()).map(|(method, _)| method).collect()
}
