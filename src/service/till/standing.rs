//! How a member stands now, with all that was due by now: for quotes and for what is asked at the counter. Nothing is written.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Utc};

use super::{Whom, desk::draw};
use crate::{
    domain::{
        program::Program,
        purse::{Person, Purse},
        shop::Shop,
    },
    service::{directory::LiveDirectory, ledger::person},
    store::{Result, Store, counter::Asked, purses::HolderRow},
};

/// A member and what they hold in the program of a shop.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The member.
    pub member: HolderRow,
    /// What else counts.
    pub person: Person,
    /// The program.
    pub program: Arc<Program>,
    /// What they hold now.
    pub purse: Purse,
    /// How many of stocked rewards were bought.
    issued: HashMap<String, i64>,
}

impl Standing {
    /// How a member stands at a shop; `None` where they have nothing there.
    pub async fn of(
        store: &Store,
        directory: &LiveDirectory,
        (shop, whom): (&Shop, &Whom),
        now: DateTime<Utc>,
    ) -> Result<Option<Self>> {
        let asked = match whom {
            Whom::Address(address) => Asked::Address(address),
            Whom::Member(id) => Asked::Member(*id),
            Whom::Holder => return Ok(None),
        };
        let found = store.standing(shop.merchant_id, shop.program_id, asked).await?;
        let program = directory.read().directory.program_at(shop.program_id, now).cloned();
        let Some(((member, purse), program)) = found.zip(program) else { return Ok(None) };
        let issued = store.stock_of(shop.program_id).await?.into_iter().collect();
        let person = person(member.birthday.as_deref(), member.answers.iter().cloned());
        let is_due = purse.next_due(&program, &person, now).is_some_and(|due| due <= now);
        let purse = if is_due { purse.tick(&program, &person, now, &mut draw()).purse } else { purse };
        Ok(Some(Self { member, person, program, purse, issued }))
    }

    /// How many of a reward there are left; `None` where there is no limit.
    pub fn stock_left(&self, reward: &str) -> Option<i64> {
        let stock = self.program.reward(reward)?.stock?;
        Some((stock - self.issued.get(reward).copied().unwrap_or(0)).max(0))
    }
}
