//! Texts that staff should see: for which shop, and of whom.

use uuid::Uuid;

use super::World;
use crate::{
    domain::{
        conversation::{ForStaff, Turn},
        directory::Directory,
        shop::Sender,
    },
    service::receive::Arrival,
    store::inbox::NewInboxItem,
};

impl World {
    /// Puts a text into the inbox of the shop that it is for, where staff should see it and one shop can be meant.
    pub(super) fn list_for_staff(&mut self, arrival: &Arrival, sender: &Sender, turn: &Turn, directory: &Directory) {
        let Some(why) = turn.for_staff else { return };
        let address = arrival.inbound.from.as_str();
        let Some(shop) = self.shop_meant(address, sender, turn, directory).and_then(|id| directory.shop(id)) else {
            return;
        };
        let known = self.members.get(address).into_iter().flatten();
        let member_id =
            known.into_iter().find(|known| known.member.merchant_id == shop.merchant_id).map(|known| known.id);
        self.writes.inbox.push(NewInboxItem {
            id: Uuid::now_v7(),
            merchant_id: shop.merchant_id,
            shop_id: shop.id,
            member_id,
            sender_id: sender.id,
            address: address.to_owned(),
            kind: ForStaff::word(why),
            account_id: arrival.account_id,
            provider_message_id: arrival.inbound.provider_message_id.clone(),
            received_at: arrival.received_at.timestamp_millis(),
        });
    }

    /// The shop that is meant: where they are a member; of several the one last spoken of, else the one joined last; of nobody's
    /// members the only shop that texts from this sender. What could be meant for several merchants is shown to none.
    fn shop_meant(&self, address: &str, sender: &Sender, turn: &Turn, directory: &Directory) -> Option<Uuid> {
        let all = self.enrolments(address, sender.id, directory);
        let mut theirs: Vec<Uuid> = all.iter().filter(|one| !one.has_left).map(|one| one.shop_id).collect();
        if theirs.is_empty() {
            theirs = all.iter().map(|one| one.shop_id).collect();
        }
        let spoken_of = turn.conversation.spoken_of.map(|spoken| spoken.shop_id);
        let on_sender = || {
            let mut shops = directory.shops_on(sender.id);
            shops.next().filter(|_| shops.next().is_none()).map(|shop| shop.id)
        };
        match (theirs.as_slice(), spoken_of) {
            ([only], _) => Some(*only),
            (several, Some(spoken)) if several.contains(&spoken) || several.is_empty() => Some(spoken),
            (several, _) => several.last().copied().or_else(on_sender),
        }
    }
}
