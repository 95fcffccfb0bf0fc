//! Phones of people who were erased and want no texts: only a keyed hash of each is kept, so whoever texts or is texted anew is
//! looked up by it.

use uuid::Uuid;

use super::directory::LiveDirectory;
use crate::store::{Result, Transaction, receiving::ConversationRow};

/// The conversations, as far as they tell of silence, of those of these people (sender, phone) who were erased. A conversation that
/// there is counts before them. Costs nothing where nobody was ever erased.
pub(super) async fn recall(
    tx: &Transaction,
    directory: &LiveDirectory,
    people: &[(Uuid, &str)],
) -> Result<Vec<ConversationRow>> {
    if people.is_empty() || !directory.has_silenced() {
        return Ok(Vec::new());
    }
    let hash =
        |(sender_id, address): &(Uuid, &str)| Some((directory.hash_phone(address)?, *sender_id, (*address).to_owned()));
    let hashed: Vec<(String, Uuid, String)> = people.iter().filter_map(hash).collect();
    let hashes: Vec<String> = hashed.iter().map(|(hash, ..)| hash.clone()).collect();
    let silenced = tx.silenced(&hashes).await?;
    let row = |(hash, sender_id, address): &(String, Uuid, String)| {
        let known = silenced.iter().find(|known| known.phone_hash == *hash && known.sender_id == *sender_id)?;
        Some(ConversationRow {
            sender_id: *sender_id,
            address: address.clone(),
            question: None,
            opted_out_at: known.opted_out_at,
            no_marketing_since: known.no_marketing_since,
            hinted_at: None,
            language: None,
            language_offered_at: None,
            spoken_of: None,
            updated_at: 0,
        })
    };
    Ok(hashed.iter().filter_map(row).collect())
}
