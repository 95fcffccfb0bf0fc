//! Members by what a cashier types: the last digits of a number, a number in any spelling, or the beginning of a name.

use uuid::Uuid;

use super::{caller::Caller, listing::bad_query};
use crate::{
    domain::search::{self, Sought},
    http::{Gateway, problem::Problem},
};

/// Ids of members that fit what was typed, at most `limit`: a longer search says more.
pub async fn find(caller: Caller, gateway: &Gateway, typed: &str, limit: u64) -> Result<Vec<Uuid>, Problem> {
    let sought = search::read(typed).map_err(|wrong| bad_query("search", wrong.to_string()))?;
    let (store, scope) = (&gateway.store, caller.scope());
    let mut found = Vec::new();
    match sought {
        Sought::Nobody => {}
        Sought::Number { tail, address } => {
            found.extend(store.members_by_tail(scope, &tail, limit).await?);
            if let Some(address) = address {
                found.extend(store.members_by_address(scope, &address).await?);
            }
        }
        Sought::Name(spellings) => {
            for begins in &spellings {
                found.extend(store.members_by_name(scope, begins, limit).await?);
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found)
}
