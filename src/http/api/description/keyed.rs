//! What the description says of every operation from `RESOURCES`: who may, and the `Idempotency-Key` of every write.

use actix_web::http::Method;
use serde_json::json;
use utoipa::{
    Modify,
    openapi::{
        ObjectBuilder, OpenApi, RefOr, Required, Type,
        path::{Operation, Parameter, ParameterBuilder, ParameterIn},
    },
};

use super::operations_of;
use crate::{
    http::api::{
        RESOURCES,
        access::{Access, Who},
        once::key,
    },
    service::once::KEPT_HOURS,
};

/// Says who may, and how a write is made safe to repeat.
pub struct Keyed;

impl Modify for Keyed {
    fn modify(&self, openapi: &mut OpenApi) {
        for (path, item) in &mut openapi.paths.paths {
            let Some((_, access, _)) = RESOURCES.iter().find(|(known, ..)| known == path) else { continue };
            for (method, operation) in operations_of(item) {
                say_who(operation, *access, method);
                if method != "GET" {
                    operation.parameters.get_or_insert_default().push(RefOr::T(idempotency_key()));
                }
            }
        }
    }
}

fn say_who(operation: &mut Operation, access: Access, method: &str) {
    let method = Method::from_bytes(method.as_bytes()).unwrap_or(Method::GET);
    let who = match access.of(&method) {
        Who::Operator => "For the operator alone.".to_owned(),
        Who::Key(role) => format!("For keys with the role `{}` or more.", role.word()),
    };
    let said = operation.description.take().filter(|said| !said.is_empty());
    operation.description = Some(said.map_or(who.clone(), |said| format!("{said}\n\n{who}")));
}

fn idempotency_key() -> Parameter {
    let description = format!(
        "A key of your own making, such as a UUID: the same request with the same key is done once, and answered again as it was, \
         with `Idempotency-Replayed: true` where the answer itself was kept. 409 while the first is under way, 422 where the key \
         stands for another request. A refusal changes nothing and is not kept: correct the request and send it with the same \
         key. Kept for {KEPT_HOURS} hours. It may be sent as `idempotency_key` in the body instead."
    );
    let schema = ObjectBuilder::new()
        .schema_type(Type::String)
        .pattern(Some(key::PATTERN))
        .min_length(Some(1))
        // With its marks, and a backslash before every sign.
        .max_length(Some(2 * key::KEY_CHARS_MAX + 2))
        .build();
    ParameterBuilder::new()
        .name(key::HEADER)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(description))
        .schema(Some(schema))
        .example(Some(json!("\"8e03978e-40d5-43e8-bc93-6894a57f9324\"")))
        .build()
}
