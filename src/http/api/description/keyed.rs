//! What the description says of every operation from `RESOURCES`: who may, and that every write takes an `Idempotency-Key`. The
//! header itself is described once (`tightened.rs`): what it may be depends on what was sent before, which no schema knows.

use actix_web::http::Method;
use utoipa::{
    Modify,
    openapi::{OpenApi, path::Operation},
};

use super::operations_of;
use crate::http::api::{
    RESOURCES,
    access::{Access, Who},
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
                    add_line(operation, "Takes an `Idempotency-Key`.");
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
    add_line(operation, &who);
}

fn add_line(operation: &mut Operation, line: &str) {
    let said = operation.description.take().filter(|said| !said.is_empty());
    operation.description = Some(said.map_or(line.to_owned(), |said| format!("{said}\n\n{line}")));
}
