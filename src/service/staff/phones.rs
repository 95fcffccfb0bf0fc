//! Who may record by text: phones of a shop's staff are authorised and removed.

use uuid::Uuid;

use crate::{
    domain::{address::Address, shop::Shop, staff::StaffPhone},
    service::{
        audit::{Line, pictures},
        change::{Change, ChangeError},
    },
};

/// The most phones of one shop's staff.
pub const PHONES_MAX: i64 = 100;
/// The most characters of the name of who has a phone.
pub const NAME_CHARS_MAX: usize = 40;

/// Authorises a phone to record by text at a shop.
///
/// # Errors
/// The phone is none, or is authorised already, or there are too many.
pub async fn add(change: Change<'_>, shop: &Shop, address: Address, name: String) -> Result<StaffPhone, ChangeError> {
    if address.phone().is_none() {
        return Err(ChangeError::mistake("phone", "must be a phone as the provider writes it, such as +14155550199"));
    }
    let (tx, revision) = change.begin().await?;
    let (count, is_there) = tx.count_staff_phones(shop.id, address.as_str()).await?;
    if is_there {
        return Err(ChangeError::Taken("this phone is authorised at this shop already".to_owned()));
    }
    if count >= PHONES_MAX {
        return Err(ChangeError::Taken(format!("a shop has at most {PHONES_MAX} phones of staff; remove one first")));
    }
    let phone = StaffPhone { id: Uuid::now_v7(), shop_id: shop.id, address, name, created_at: change.now };
    tx.insert_staff_phone(&phone, revision).await?;
    let line = Line::about("staff-phone", phone.id, &phone.name).at(shop);
    change.note(&tx, line.created(pictures::of_staff_phone(&phone))).await?;
    change.finish(tx).await?;
    Ok(phone)
}

/// Removes a phone: from now on its texts are a member's.
///
/// # Errors
/// There is no such phone at this shop.
pub async fn remove(change: Change<'_>, shop_id: Uuid, id: Uuid) -> Result<(), ChangeError> {
    let (tx, revision) = change.begin().await?;
    let phone = tx.staff_phone(shop_id, id).await?.ok_or(ChangeError::NotFound)?;
    let shop = tx.shop(shop_id).await?.ok_or(ChangeError::NotFound)?;
    if !tx.remove_staff_phone(shop_id, id, change.now.timestamp_millis(), revision).await? {
        return Err(ChangeError::NotFound);
    }
    let line = Line::about("staff-phone", id, &phone.name).at(&shop);
    change.note(&tx, line.removed(pictures::of_staff_phone(&phone))).await?;
    change.finish(tx).await
}
