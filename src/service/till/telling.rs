//! What a member is told of what happened at the counter: at once, in the same commit, or it waits in the purse.

use super::desk::{AtCounter, Desk};
use crate::{
    domain::{
        purse::{Change, Purse},
        telling::{decide::Ear, hear::hear},
    },
    service::telling::{Words, ear},
};

impl Desk<'_> {
    /// The purse after a change, with what its member was told of it or will be.
    pub(super) fn told_of(&mut self, member: &AtCounter, change: &Change) -> Purse {
        let mut purse = change.purse.clone();
        let shop = member.shop_id.and_then(|id| self.known.directory.shop(id));
        // Another's purchase, or that of somebody who is a member of another shop of the program: it waits until it is looked for.
        let Some(shop) = shop.filter(|shop| self.enrolled.contains(&(member.member_id, shop.id))) else {
            purse.told =
                crate::service::telling::hear(&self.known.directory, &member.program, &member.purse, change, self.now);
            return purse;
        };
        purse.told = hear(&member.purse, change, &member.program, &shop.telling, self.now);
        purse.told.belong_to(shop);
        if purse.told.waiting.is_nothing() {
            return purse;
        }
        let listener = self.listeners.get(&(member.member_id, shop.sender_id));
        let ear = listener.map_or(Ear::Open, |known| {
            ear(known.is_opted_out || known.is_in_doubt, known.question.as_deref(), self.now)
        });
        if let Some(holder) = self.holders.get(&member.member_id) {
            let words = Words { known: self.known, program: &member.program, shop, holder, ear, now: self.now };
            self.writes.outbox.extend(words.tell(&mut purse));
        }
        purse
    }
}
