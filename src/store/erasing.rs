//! What is written where a member is erased: what is personal goes, what the books need stays without a name. And what is kept
//! of a phone that wants no texts: a keyed hash.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, QueryResult, Statement, Value};
use uuid::Uuid;

use super::{
    Result, Store, Transaction,
    rows::{Columns, Kind, given},
};

/// How a phone that was erased stands with a sender. Times are Unix milliseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silenced {
    /// What is kept of the phone.
    pub phone_hash: String,
    /// The sender.
    pub sender_id: Uuid,
    /// Since when it is opted out.
    pub opted_out_at: Option<i64>,
    /// Since when it is in doubt whether it wants any texts.
    pub no_marketing_since: Option<i64>,
}

/// A phone of a merchant's that is erased.
#[derive(Debug, Clone)]
pub struct Phone<'a> {
    /// The merchant.
    pub merchant_id: Uuid,
    /// The phone.
    pub address: &'a str,
    /// What is kept of it.
    pub hash: &'a str,
    /// The senders on which all that was said is the merchant's.
    pub senders: &'a [Uuid],
    /// Whether somebody else's member has the same phone.
    pub is_known_elsewhere: bool,
}

const SILENCED: Columns = &[
    ("phone_hash", Kind::Text),
    ("sender_id", Kind::Uuid),
    ("opted_out_at", Kind::Integer),
    ("no_marketing_since", Kind::Integer),
    ("created_at", Kind::Integer),
];
const SENDER: Columns = &[("sender_id", Kind::Uuid)];

/// Shops of the merchant $1.
const SHOPS: &str = "SELECT id FROM shop WHERE merchant_id = $1";

impl Store {
    /// Whether any phone that was erased wants no texts.
    pub async fn has_silenced(&self) -> Result<bool> {
        Ok(!self.read_all("SELECT 1 FROM silenced LIMIT 1", Vec::new(), |_| Ok(())).await?.is_empty())
    }
}

impl Transaction {
    /// How phones that were erased stand with senders, by what is kept of them.
    pub async fn silenced(&self, hashes: &[String]) -> Result<Vec<Silenced>> {
        let columns: Columns = &[("phone_hash", Kind::Text)];
        let sql = format!(
            "SELECT s.phone_hash, s.sender_id, s.opted_out_at, s.no_marketing_since FROM {} CROSS JOIN silenced AS s \
             WHERE s.phone_hash = given.phone_hash",
            given(self.backend(), columns)
        );
        let rows: Vec<[&String; 1]> = hashes.iter().map(|hash| [hash]).collect();
        let read = |row: &QueryResult| {
            let (phone_hash, sender_id) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            let (opted_out_at, no_marketing_since) = (row.try_get_by_index(2)?, row.try_get_by_index(3)?);
            Ok(Silenced { phone_hash, sender_id, opted_out_at, no_marketing_since })
        };
        self.query(&sql, &rows, Vec::new()).await?.iter().map(read).collect()
    }

    /// Whether another merchant's member has this phone.
    pub async fn is_known_elsewhere(&self, merchant_id: Uuid, address: &str) -> Result<bool> {
        let sql = "SELECT 1 FROM member WHERE address = $2 AND merchant_id <> $1 LIMIT 1";
        let statement = Statement::from_sql_and_values(self.backend(), sql, [merchant_id.into(), address.into()]);
        Ok(self.0.query_one_raw(statement).await?.is_some())
    }

    /// Whether a text to this phone is being sent right now, or may have been.
    pub async fn has_text_under_way(&self, phone: &Phone<'_>) -> Result<bool> {
        let sql = "SELECT sender_id, merchant_id FROM outbox WHERE address = $1 AND state IN ('claimed', 'unclear')";
        let statement = Statement::from_sql_and_values(self.backend(), sql, [phone.address.into()]);
        let mut found = false;
        for row in self.0.query_all_raw(statement).await? {
            let (sender_id, merchant_id): (Uuid, Option<Uuid>) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            found |= merchant_id == Some(phone.merchant_id) || phone.senders.contains(&sender_id);
        }
        Ok(found)
    }

    /// Keeps the opt-outs of a phone by its hash alone, and forgets the conversations that had them.
    pub async fn keep_silence(&self, phone: &Phone<'_>, now: i64) -> Result<()> {
        let sql = "SELECT sender_id, opted_out_at, no_marketing_since FROM conversation WHERE sender_id = $1 AND address = $2";
        let mut kept = Vec::new();
        let mut lifted = Vec::new();
        for sender_id in phone.senders {
            let values: [Value; 2] = [(*sender_id).into(), phone.address.into()];
            let row = self.0.query_one_raw(Statement::from_sql_and_values(self.backend(), sql, values)).await?;
            let Some(row) = row else { continue };
            let (since, doubt): (Option<i64>, Option<i64>) = (row.try_get_by_index(1)?, row.try_get_by_index(2)?);
            if since.is_some() || doubt.is_some() {
                kept.push((phone.hash, *sender_id, since, doubt, now));
            } else {
                lifted.push((phone.hash, *sender_id));
            }
        }
        let columns: Columns = &[("phone_hash", Kind::Text), ("sender_id", Kind::Uuid)];
        let sql = format!(
            "DELETE FROM silenced WHERE (phone_hash, sender_id) IN (SELECT phone_hash, sender_id FROM {})",
            given(self.backend(), columns)
        );
        self.run(&sql, &lifted, Vec::new()).await?;
        let tail = "ON CONFLICT (phone_hash, sender_id) DO UPDATE SET opted_out_at = excluded.opted_out_at, \
                    no_marketing_since = excluded.no_marketing_since";
        self.insert("silenced", SILENCED, tail, &kept).await?;
        self.of_senders("DELETE FROM conversation WHERE address = $2 AND sender_id IN", phone).await
    }

    /// Takes the words and the phone out of all that was said. The rows stay: they say that a text came in or went out.
    pub async fn erase_texts(&self, phone: &Phone<'_>) -> Result<()> {
        let Phone { merchant_id, address, hash, is_known_elsewhere, .. } = *phone;
        for sql in [
            "UPDATE outbox SET state = 'withdrawn' WHERE address = $2 AND state IN ('queued', 'deferred') AND sender_id IN",
            "UPDATE outbox SET address = '', body = '', reason = NULL WHERE address = $2 AND sender_id IN",
            "UPDATE inbound SET address = '', body = '', media = NULL WHERE address = $2 AND sender_id IN",
        ] {
            self.of_senders(sql, phone).await?;
        }
        let withdrawn = "UPDATE outbox SET state = 'withdrawn' WHERE merchant_id = $1 AND address = $2 AND state IN ('queued', 'deferred')";
        let outbox = "UPDATE outbox SET address = '', body = '', reason = NULL WHERE merchant_id = $1 AND address = $2";
        for sql in [withdrawn, outbox] {
            self.change(sql, vec![merchant_id.into(), address.into()]).await?;
        }
        if !is_known_elsewhere {
            let sql =
                "UPDATE inbound SET address = '', body = '', media = NULL WHERE address = $1 AND sender_id IS NULL";
            self.change(sql, vec![address.into()]).await?;
        }
        // That somebody agreed, when and how can still be shown, to whoever names the phone.
        let proof = format!(
            "UPDATE consent SET address = $3, typed = '', shown = '', reason = NULL WHERE address = $2 \
             AND shop_id IN ({SHOPS})"
        );
        let kept = format!("erased:{hash}");
        self.change(&proof, vec![merchant_id.into(), address.into(), kept.as_str().into()]).await?;
        let sql = format!(
            "UPDATE consent SET address = '{kept}', typed = '', shown = '', reason = NULL WHERE address = $2 AND sender_id IN"
        );
        self.of_senders(&sql, phone).await
    }

    /// Forgets what else is kept by the phone.
    pub async fn erase_traces(&self, phone: &Phone<'_>) -> Result<()> {
        let Phone { merchant_id, address, .. } = *phone;
        for sql in [
            format!("DELETE FROM invitation WHERE address = $2 AND shop_id IN ({SHOPS})"),
            format!("DELETE FROM waiting_sale WHERE address = $2 AND shop_id IN ({SHOPS})"),
            format!(
                "DELETE FROM till_buyer WHERE address = $2 AND till_id IN (SELECT id FROM till WHERE shop_id IN ({SHOPS}))"
            ),
            "DELETE FROM inbox WHERE merchant_id = $1 AND address = $2".to_owned(),
        ] {
            self.change(&sql, vec![merchant_id.into(), address.into()]).await?;
        }
        Ok(())
    }

    /// Leaves an empty member behind, whose entries still add up. `now` is in Unix milliseconds.
    pub async fn empty_member(&self, member_id: Uuid, now: i64) -> Result<()> {
        let address = format!("erased:{member_id}");
        let sql = "UPDATE member SET address = $2, first_name = NULL, birthday = NULL, erased_at = $3 WHERE id = $1";
        self.change(sql, vec![member_id.into(), address.as_str().into(), now.into()]).await?;
        let sql = "UPDATE enrolment SET left_at = $2 WHERE member_id = $1 AND left_at IS NULL";
        self.change(sql, vec![member_id.into(), now.into()]).await?;
        for sql in [
            "DELETE FROM profile_answer WHERE member_id = $1",
            // Such a code is made of a name.
            "DELETE FROM referral_code WHERE purse_id IN (SELECT id FROM purse WHERE member_id = $1)",
            "UPDATE purse SET tell_at = NULL WHERE member_id = $1",
            // Amounts are never changed; what staff wrote about somebody goes with them.
            "UPDATE entry SET reason = NULL WHERE reason IS NOT NULL AND purse_id IN \
             (SELECT id FROM purse WHERE member_id = $1)",
        ] {
            self.change(sql, vec![member_id.into()]).await?;
        }
        Ok(())
    }

    /// Runs a statement on the phone ($2) that ends in the senders on which all is the merchant's.
    async fn of_senders(&self, sql: &str, phone: &Phone<'_>) -> Result<()> {
        let rows: Vec<[&Uuid; 1]> = phone.senders.iter().map(|id| [id]).collect();
        let sql = format!("{sql} (SELECT sender_id FROM {})", given(self.backend(), SENDER));
        self.run(&sql, &rows, vec![phone.address.into()]).await?;
        Ok(())
    }

    /// The members with these ids by their addresses.
    pub async fn addresses_of_members(&self, ids: &[Uuid]) -> Result<HashMap<Uuid, String>> {
        let columns: Columns = &[("id", Kind::Uuid)];
        let sql = format!(
            "SELECT m.id, m.address FROM {} CROSS JOIN member AS m WHERE m.id = given.id AND m.erased_at IS NULL",
            given(self.backend(), columns)
        );
        let rows: Vec<[&Uuid; 1]> = ids.iter().map(|id| [id]).collect();
        let read = |row: &QueryResult| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?));
        self.query(&sql, &rows, Vec::new()).await?.iter().map(read).collect()
    }
}
