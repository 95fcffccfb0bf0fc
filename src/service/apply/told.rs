//! What a turn does to a membership, as the merchants' own systems are told of it.

use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

use super::World;
use crate::{
    domain::{
        consent::ConsentMethod,
        conversation::Turn,
        directory::Directory,
        effect::Effect,
        event::EventKind,
        shop::{Keyword, Sender, Shop},
    },
    service::events::of_member,
    store::events::NewEvent,
};

/// Somebody joined a shop by a keyword or by an invitation, or came back to it.
pub(super) fn enrolled(
    member_id: Uuid,
    shop: &Shop,
    keyword: Option<&Keyword>,
    again: bool,
    now: DateTime<Utc>,
) -> NewEvent {
    let source = keyword.map_or(Some("invitation"), |keyword| keyword.source.as_deref());
    let about = json!({ "keyword": keyword.map(|keyword| keyword.phrase.display()), "source": source, "again": again });
    of_member(EventKind::MemberEnrolled, (shop.merchant_id, member_id, Some(shop.id)), about, now)
}

/// Somebody left a shop.
pub(super) fn left(merchant_id: Uuid, member_id: Uuid, shop_id: Uuid, now: DateTime<Utc>) -> NewEvent {
    of_member(EventKind::MemberLeft, (merchant_id, member_id, Some(shop_id)), json!({}), now)
}

impl World {
    /// Tells every merchant whose member the person is on this sender that they opted out, or in again.
    pub(super) fn tell_silence(
        &mut self,
        sender: &Sender,
        address: &str,
        turn: &Turn,
        directory: &Directory,
        now: DateTime<Utc>,
    ) {
        let was_silent = self.conversation(sender.id, address).silent_since.is_some();
        let is_silent = turn.conversation.silent_since.is_some();
        if was_silent == is_silent {
            return;
        }
        let kind = if is_silent { EventKind::MemberOptedOut } else { EventKind::MemberOptedIn };
        let about = json!({ "sender": sender.address.as_str(), "method": method(turn).map(ConsentMethod::word) });
        for known in self.members.get(address).into_iter().flatten() {
            if known.enrolments.iter().any(|enrolment| directory.speaks_on(enrolment.shop_id, sender.id)) {
                let whose = (known.member.merchant_id, known.id, None);
                self.writes.ledger.events.push(of_member(kind, whose, about.clone(), now));
            }
        }
    }
}

/// How the turn's consent came about.
fn method(turn: &Turn) -> Option<ConsentMethod> {
    let mut methods = turn.effects.iter().filter_map(|effect| match effect {
        Effect::Record { method, .. } => Some(*method),
        _ => None,
    });
    methods.next_back()
}
