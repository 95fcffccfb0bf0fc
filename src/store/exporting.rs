//! What an export says of members besides what lists show: what they hold, and the proof that they may be texted.

use std::collections::HashMap;

use sea_orm::{DbErr, QueryResult};
use uuid::Uuid;

use super::{
    Result, Store, StoreError,
    rows::{Kind, given},
};
use crate::domain::purse::Purse;

/// What an export adds to a member. Times are Unix milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExportFacts {
    /// What they hold in the shop's program.
    pub purse: Purse,
    /// Since when they are opted out of the shop's sender.
    pub opted_out_at: Option<i64>,
    /// The last time they agreed there: (when, how, what they typed, what they were shown).
    pub agreed: Option<(i64, String, String, String)>,
}

impl Store {
    /// What these members hold in a program, and how they stand with a sender.
    pub async fn export_facts(
        &self,
        member_ids: &[Uuid],
        (program_id, sender_id): (Uuid, Uuid),
    ) -> Result<HashMap<Uuid, ExportFacts>> {
        let sql = format!(
            "SELECT m.id, p.state, c.opted_out_at, k.occurred_at, k.method, k.typed, k.shown FROM {} \
             CROSS JOIN member AS m LEFT JOIN purse AS p ON p.member_id = m.id AND p.program_id = $2 \
             LEFT JOIN conversation AS c ON c.sender_id = $3 AND c.address = m.address \
             LEFT JOIN consent AS k ON k.id = (SELECT MAX(l.id) FROM consent AS l WHERE l.address = m.address \
             AND l.sender_id = $3 AND l.kind IN ('opt_in', 'opt_in_again')) WHERE m.id = given.id",
            given(self.backend(), &[("id", Kind::Uuid)])
        );
        let ids: Vec<[Uuid; 1]> = member_ids.iter().map(|id| [*id]).collect();
        let ids = serde_json::to_string(&ids).map_err(|error| StoreError::Refused(error.to_string()))?;
        let rows = self.read_all(&sql, vec![ids.into(), program_id.into(), sender_id.into()], read_facts).await?;
        let mut facts = HashMap::new();
        for (id, state, found) in rows {
            let purse = state.map(|state| serde_json::from_str(&state)).transpose();
            let purse = purse.map_err(|error| StoreError::Corrupt(format!("purse.state: {error}")))?;
            facts.insert(id, ExportFacts { purse: purse.unwrap_or_default(), ..found });
        }
        Ok(facts)
    }
}

fn read_facts(row: &QueryResult) -> Result<(Uuid, Option<String>, ExportFacts), DbErr> {
    let agreed_at: Option<i64> = row.try_get_by_index(3)?;
    let agreed = match agreed_at {
        None => None,
        Some(at) => Some((at, row.try_get_by_index(4)?, row.try_get_by_index(5)?, row.try_get_by_index(6)?)),
    };
    let facts = ExportFacts { purse: Purse::default(), opted_out_at: row.try_get_by_index(2)?, agreed };
    Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?, facts))
}
