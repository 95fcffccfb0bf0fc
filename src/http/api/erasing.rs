//! `DELETE /v1/members/{id}`: somebody asks to be forgotten.

use actix_web::{HttpResponse, http::StatusCode, web};
use uuid::Uuid;

use super::{Refusals, caller::Caller, members};
use crate::{
    domain::access::Role,
    http::{Gateway, problem::Problem},
    service::erasing::{self, NotErased},
};

/// Erases a member: phone, name, answers and texts go for good; what they held stays in the books without a name. If they had
/// opted out they are still not texted. Cannot be undone. For managers.
#[utoipa::path(delete, path = "/v1/members/{id}", tag = "members", params(("id" = Uuid, Path,)),
    responses((status = 204, description = "It is erased."), Refusals))]
pub async fn erase(caller: Caller, gateway: web::Data<Gateway>, id: web::Path<Uuid>) -> Result<HttpResponse, Problem> {
    caller.needs(Role::Manager)?;
    let member = members::find(caller, &gateway, *id).await?;
    erasing::erase(gateway.change(&caller.author(&gateway)), (member.merchant_id, member.id), caller.shop()).await?;
    Ok(HttpResponse::NoContent().finish())
}

impl From<NotErased> for Problem {
    fn from(refused: NotErased) -> Self {
        match refused {
            NotErased::NotFound => Self::not_found(),
            NotErased::Change(error) => error.into(),
            other => Self::new(StatusCode::CONFLICT, other.to_string()),
        }
    }
}
