//! A sale of somebody who was invited: it waits for their YES, and only then is it a purchase, judged at its own time.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Change, Occasion, Person, Purse, books::Versions, draw::Draw, refund::Returned, sale::SaleRecord};
use crate::{
    program::{Program, earn::Event, sale::Sale},
    purse::Cause,
};

/// A sale that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Our id of the sale.
    pub id: Uuid,
    /// The shop.
    pub shop_id: Uuid,
    /// Who recorded it.
    pub actor: String,
    /// What it is.
    pub bought: Bought,
}

/// What waits: the sale, and what of it was returned meanwhile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bought {
    /// The sale.
    pub sale: Sale,
    /// The till's number for each return, and what of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub returns: Vec<(String, Returned)>,
}

impl Waiting {
    /// The sale becomes a purchase, and its returns are taken back from it: what happens to the purse, in order, and what
    /// is written of the sale afterwards.
    pub fn sell(
        &self,
        purse: Purse,
        versions: Versions<'_>,
        person: &Person,
        shop_zone: chrono_tz::Tz,
        occasion: &Occasion,
        draw: &mut Draw,
    ) -> (Vec<Change>, SaleRecord) {
        let of_sale = |kind: &'static str, id: String| Occasion { cause: Cause::new(kind, id), ..occasion.clone() };
        let Bought { sale, returns } = &self.bought;
        let sold = of_sale("sale", self.id.to_string());
        let (change, mut record) = purse.sell(versions, person, sale, shop_zone, sold, draw);
        let mut purse = change.purse.clone();
        let mut changes = vec![change];
        for (refund_id, returned) in returns {
            let refunded = of_sale("refund", format!("{}/{refund_id}", self.id));
            // More than there was left to return changes nothing.
            if let Ok(refund) = purse.clone().refund(versions, &record, returned, refund_id, refunded, draw) {
                (purse, record) = (refund.change.purse.clone(), refund.record);
                changes.push(refund.change);
            }
        }
        (changes, record)
    }
}

impl Purse {
    /// What a newcomer would hold after this sale; nothing but the welcome where there is none. For telling only.
    pub fn of_newcomer(program: &Program, sale: Option<&Sale>, occasion: &Occasion, draw: &mut Draw) -> Self {
        let (zone, person) = (program.time_zone, Person::default());
        let joined = Self::default().earn(program, &person, Event::Joined, zone, occasion.clone(), draw).0;
        match sale {
            Some(sale) => joined.purse.sell(program, &person, sale, zone, occasion.clone(), draw).0.purse,
            None => joined.purse,
        }
    }
}
