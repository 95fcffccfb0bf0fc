//! What owners change of their people, and operators of theirs: their role and shop, and that they are there at all.

use uuid::Uuid;

use super::{find, line};
use crate::{
    domain::{access::Role, person::Person},
    service::{
        audit::pictures,
        change::{Change, ChangeError},
    },
    store::{
        Transaction,
        people::{PeopleOf, PersonRow},
    },
};

/// What somebody shall be allowed to do, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Post {
    /// What.
    pub role: Role,
    /// At this shop alone; `None`: at all of the merchant's.
    pub shop_id: Option<Uuid>,
}

impl Post {
    /// Refuses what no post can be.
    pub(super) async fn check(self, tx: &Transaction, merchant_id: Option<Uuid>) -> Result<(), ChangeError> {
        let Some(shop_id) = self.shop_id else { return Ok(()) };
        if self.role == Role::Owner {
            return Err(ChangeError::mistake("shop", "must be all shops: an owner decides over the whole business"));
        }
        match tx.shop(shop_id).await?.filter(|shop| Some(shop.merchant_id) == merchant_id) {
            Some(_) => Ok(()),
            None => Err(ChangeError::mistake("shop", "there is no such shop here")),
        }
    }
}

/// Gives somebody of a merchant another post.
///
/// # Errors
/// There is no such person, there is no such post, or nobody would own the merchant then.
pub async fn appoint(change: Change<'_>, merchant_id: Uuid, id: Uuid, post: Post) -> Result<(), ChangeError> {
    let (tx, _) = change.begin().await?;
    let row = find(&tx, Some(merchant_id), id).await?;
    post.check(&tx, Some(merchant_id)).await?;
    if post.role != Role::Owner {
        refuse_last(&tx, &row).await?;
    }
    let person = Person { role: post.role, shop_id: post.shop_id, ..row.person.clone() };
    let noted = line(&person).changed(pictures::of_person(&row.person), pictures::of_person(&person));
    tx.update_person(&PersonRow { person, ..row }).await?;
    change.note(&tx, noted).await?;
    change.finish(tx).await
}

/// Removes somebody of a merchant, or of the operators: their sessions end at once, and their email is free again.
///
/// # Errors
/// There is no such person, or they are the last who could let anybody in.
pub async fn remove(change: Change<'_>, merchant_id: Option<Uuid>, id: Uuid) -> Result<(), ChangeError> {
    let (tx, _) = change.begin().await?;
    let row = find(&tx, merchant_id, id).await?;
    refuse_last(&tx, &row).await?;
    let noted = line(&row.person).removed(pictures::of_person(&row.person));
    if let Some(email) = &row.person.email {
        tx.withdraw_invited_as(merchant_id, email, change.now.timestamp_millis()).await?;
    }
    let person = Person { email: None, ..row.person.clone() };
    let removed_at = Some(change.now.timestamp_millis());
    let gone = PersonRow { person, password_hash: None, pin_hash: None, totp_sealed: None, removed_at, ..row };
    tx.update_person(&gone).await?;
    tx.delete_sessions_of(id, None).await?;
    change.note(&tx, noted).await?;
    change.finish(tx).await
}

/// Takes one-time codes from somebody who has lost what makes them.
///
/// # Errors
/// There is no such person.
pub async fn drop_codes(change: Change<'_>, merchant_id: Option<Uuid>, id: Uuid) -> Result<(), ChangeError> {
    let tx = change.store.begin().await?;
    let row = find(&tx, merchant_id, id).await?;
    if row.totp_sealed.is_some() {
        let noted = line(&row.person).did("codes-off");
        tx.update_person(&PersonRow { totp_sealed: None, totp_step: None, ..row }).await?;
        change.note(&tx, noted).await?;
    }
    Ok(tx.commit().await?)
}

/// Changes of this kind wait for one another, so two last ones cannot go at once.
async fn refuse_last(tx: &Transaction, row: &PersonRow) -> Result<(), ChangeError> {
    let (of, role) = match row.person.merchant_id {
        None => (PeopleOf::Gateway, None),
        Some(_) if row.person.role != Role::Owner => return Ok(()),
        Some(id) => (PeopleOf::Merchant(id), Some(Role::Owner)),
    };
    if tx.count_people(of, role).await? > 1 {
        return Ok(());
    }
    let sentence = match row.person.merchant_id {
        None => "This is the last operator; invite another one first.",
        Some(_) => "This is the last owner; make somebody else an owner first.",
    };
    Err(ChangeError::Taken(sentence.to_owned()))
}
