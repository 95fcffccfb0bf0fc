//! What is known of those for whom something is ordered at the counter: a batch in one look, and results kept for repeats.

use std::collections::HashMap;

use sea_orm::DbBackend;
use serde::Serialize;
use uuid::Uuid;

use super::{
    Result, Transaction,
    purses::{HolderRow, PURSE_READ, PurseRow, PurseValues, read_purse},
    rows::{Columns, Kind, gathered, given, read_gathered},
    script::Script,
};

/// By what an order is known. Without an address and a member it is for whom the voucher or the sale belongs to.
#[derive(Debug, Clone, Copy)]
pub struct OrderKey<'a> {
    /// The merchant of the shop.
    pub merchant_id: Uuid,
    /// The shop.
    pub shop_id: Uuid,
    /// The shop's program.
    pub program_id: Uuid,
    /// The sender that the shop texts from.
    pub sender_id: Uuid,
    /// The member's address.
    pub address: Option<&'a str>,
    /// The member.
    pub member_id: Option<Uuid>,
    /// A voucher's code.
    pub code: Option<&'a str>,
    /// Our id of a sale.
    pub sale_id: Option<Uuid>,
    /// Whose key `once` is.
    pub scope: Option<Uuid>,
    /// The key under which it is done once.
    pub once: Option<&'a str>,
}

/// What is known of a batch of orders.
#[derive(Debug, Default)]
pub struct OrdersKnown {
    /// By the order's place in the batch, the member.
    pub who: HashMap<usize, Uuid>,
    /// The members.
    pub holders: Vec<HolderRow>,
    /// What they hold in the programs of the shops.
    pub purses: Vec<PurseRow>,
    /// Sales that are named: (our id, purse, program, what is written of it).
    pub sales: Vec<(Uuid, Uuid, Uuid, String)>,
    /// Vouchers that are named: (program, code, purse, state).
    pub vouchers: Vec<(Uuid, String, Uuid, String)>,
    /// Who may be told of it.
    pub listeners: Vec<Listener>,
    /// The shops of which the members are members now, and when they joined: (member, shop, Unix milliseconds).
    pub enrolments: Vec<(Uuid, Uuid, i64)>,
    /// What was done under these keys before: (scope, key, fingerprint, answer).
    pub once: Vec<(Uuid, String, String, String)>,
}

/// How a member stands with the sender of a shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listener {
    /// The member.
    pub member_id: Uuid,
    /// The sender.
    pub sender_id: Uuid,
    /// Whether they are opted out of it.
    pub is_opted_out: bool,
    /// Whether they may be.
    pub is_in_doubt: bool,
    /// The open question, as JSON.
    pub question: Option<String>,
    /// The code of the language they chose.
    pub language: Option<String>,
}

/// A result that is kept, so that the same request is answered the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOnce {
    /// Whose key it is.
    pub scope: Uuid,
    /// The key.
    pub key: String,
    /// Of the request.
    pub fingerprint: String,
    /// What was answered.
    pub answer: String,
    /// When, Unix milliseconds.
    pub created_at: i64,
}

const ORDER: Columns = &[
    ("place", Kind::Integer),
    ("merchant_id", Kind::Uuid),
    ("shop_id", Kind::Uuid),
    ("program_id", Kind::Uuid),
    ("sender_id", Kind::Uuid),
    ("address", Kind::Text),
    ("member_id", Kind::Uuid),
    ("code", Kind::Text),
    ("sale_id", Kind::Uuid),
    ("scope", Kind::Uuid),
    ("once", Kind::Text),
];
const ONCE: Columns = &[
    ("scope", Kind::Uuid),
    ("key", Kind::Text),
    ("fingerprint", Kind::Text),
    ("state", Kind::Text),
    ("answer", Kind::Text),
    ("created_at", Kind::Integer),
];
const ID: Columns = &[("id", Kind::Uuid)];

pub(super) const HOLDER_READ: &[(&str, Kind)] = &[
    ("m.id", Kind::Uuid),
    ("m.merchant_id", Kind::Uuid),
    ("m.address", Kind::Text),
    ("m.language", Kind::Text),
    ("m.first_name", Kind::Text),
    ("m.birthday", Kind::Text),
];
pub(super) type HolderValues = (Uuid, Uuid, String, String, Option<String>, Option<String>);
type ListenerValues = (Uuid, Uuid, Option<i64>, Option<i64>, Option<String>, Option<String>);

/// For whom each order is: by address, by id, or the bearer of the voucher, or whose sale it is. A merged member is the one
/// they were merged into.
const WHO: &str = "SELECT given.place, COALESCE(m.merged_into, m.id) AS member_id FROM given CROSS JOIN member AS m \
    WHERE m.address = given.address AND m.merchant_id = given.merchant_id \
    UNION SELECT given.place, COALESCE(m.merged_into, m.id) FROM given CROSS JOIN member AS m \
    WHERE m.id = given.member_id AND m.merchant_id = given.merchant_id AND m.erased_at IS NULL \
    UNION SELECT given.place, p.member_id FROM given CROSS JOIN voucher AS v JOIN purse AS p ON p.id = v.purse_id \
    WHERE v.code = given.code AND v.program_id = given.program_id AND given.address IS NULL AND given.member_id IS NULL \
    UNION SELECT given.place, COALESCE(m.merged_into, m.id) FROM given CROSS JOIN sale AS s \
    JOIN purse AS p ON p.id = s.purse_id JOIN member AS m ON m.id = p.member_id \
    WHERE s.id = given.sale_id AND given.address IS NULL AND given.member_id IS NULL";

impl Transaction {
    /// The addresses that must be locked before these orders are looked up: of the members, and of the friends who brought
    /// them. SQLite has one writer, so there nothing need be locked.
    pub async fn addresses_of_orders(&self, orders: &[OrderKey<'_>]) -> Result<Vec<String>> {
        if self.backend() != DbBackend::Postgres {
            return Ok(Vec::new());
        }
        let sql = format!(
            "WITH {}, who AS MATERIALIZED ({WHO}) SELECT m.address FROM who CROSS JOIN member AS m WHERE m.id = who.member_id \
             UNION SELECT f.address FROM who CROSS JOIN given JOIN purse AS p ON p.member_id = who.member_id \
             AND p.program_id = given.program_id JOIN purse AS r ON r.id = (p.state::jsonb->>'referred_by')::uuid \
             JOIN member AS f ON f.id = r.member_id WHERE given.place = who.place",
            self.orders_given()
        );
        let found = self.query(&sql, &rows(orders), Vec::new()).await?;
        Ok(found.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?)
    }

    /// What is known of these orders and of those for whom they are, in one look.
    pub async fn look_up_orders(&self, orders: &[OrderKey<'_>]) -> Result<OrdersKnown> {
        let backend = self.backend();
        let people = "(SELECT DISTINCT member_id FROM who) AS person";
        let pairs = gathered(backend, &[("who.place", Kind::Integer), ("who.member_id", Kind::Uuid)], "FROM who");
        let holders = gathered(
            backend,
            HOLDER_READ,
            &format!("FROM {people} CROSS JOIN member AS m WHERE m.id = person.member_id"),
        );
        let answers = gathered(
            backend,
            &[("a.member_id", Kind::Uuid), ("a.question", Kind::Text), ("a.answer", Kind::Text)],
            &format!("FROM {people} CROSS JOIN profile_answer AS a WHERE a.member_id = person.member_id"),
        );
        let purses = gathered(
            backend,
            PURSE_READ,
            "FROM (SELECT DISTINCT who.member_id, given.program_id FROM who JOIN given ON given.place = who.place) AS w \
             CROSS JOIN purse AS p WHERE p.member_id = w.member_id AND p.program_id = w.program_id",
        );
        let sales = gathered(
            backend,
            &[
                ("s.id", Kind::Uuid),
                // Of a member who was merged into another: that one's purse.
                ("COALESCE(q.id, s.purse_id)", Kind::Uuid),
                ("s.program_id", Kind::Uuid),
                ("s.record", Kind::Text),
            ],
            "FROM (SELECT DISTINCT sale_id FROM given WHERE sale_id IS NOT NULL) AS w CROSS JOIN sale AS s \
             JOIN purse AS p ON p.id = s.purse_id JOIN member AS m ON m.id = p.member_id \
             LEFT JOIN purse AS q ON q.member_id = m.merged_into AND q.program_id = p.program_id WHERE s.id = w.sale_id",
        );
        let vouchers = gathered(
            backend,
            &[
                ("v.program_id", Kind::Uuid),
                ("v.code", Kind::Text),
                ("v.purse_id", Kind::Uuid),
                ("v.state", Kind::Text),
            ],
            "FROM (SELECT DISTINCT program_id, code FROM given WHERE code IS NOT NULL) AS w CROSS JOIN voucher AS v \
             WHERE v.code = w.code AND v.program_id = w.program_id",
        );
        let listeners = gathered(
            backend,
            &[
                ("w.member_id", Kind::Uuid),
                ("c.sender_id", Kind::Uuid),
                ("c.opted_out_at", Kind::Integer),
                ("c.no_marketing_since", Kind::Integer),
                ("c.question", Kind::Text),
                ("c.language", Kind::Text),
            ],
            "FROM (SELECT DISTINCT who.member_id, given.sender_id FROM who JOIN given ON given.place = who.place) AS w \
             CROSS JOIN member AS m CROSS JOIN conversation AS c \
             WHERE m.id = w.member_id AND c.sender_id = w.sender_id AND c.address = m.address",
        );
        let enrolments = gathered(
            backend,
            &[("e.member_id", Kind::Uuid), ("e.shop_id", Kind::Uuid), ("e.enrolled_at", Kind::Integer)],
            &format!(
                "FROM {people} CROSS JOIN enrolment AS e WHERE e.member_id = person.member_id AND e.left_at IS NULL"
            ),
        );
        let once = gathered(
            backend,
            &[
                ("i.scope", Kind::Uuid),
                ("i.key", Kind::Text),
                ("i.fingerprint", Kind::Text),
                // Nothing yet where a request of another kind has claimed the key.
                ("COALESCE(i.answer, '')", Kind::Text),
            ],
            "FROM (SELECT DISTINCT scope, once FROM given WHERE once IS NOT NULL) AS w CROSS JOIN idempotency AS i \
             WHERE i.scope = w.scope AND i.key = w.once",
        );
        let sql = format!(
            "WITH {}, who AS MATERIALIZED ({WHO}) SELECT {pairs}, {holders}, {answers}, {purses}, {sales}, {vouchers}, \
             {listeners}, {enrolments}, {once}",
            self.orders_given()
        );
        let mut known = OrdersKnown::default();
        // PostgreSQL takes a large batch in several statements, so the same may be found in more than one.
        for row in &self.query(&sql, &rows(orders), Vec::new()).await? {
            known.who.extend(read_gathered::<(usize, Uuid)>(row, 0)?);
            let answers: Vec<(Uuid, String, String)> = read_gathered(row, 2)?;
            let holders = read_gathered::<HolderValues>(row, 1)?.into_iter();
            known.holders.extend(holders.map(|values| read_holder(values, &answers)));
            for values in read_gathered::<PurseValues>(row, 3)? {
                known.purses.push(read_purse(values)?);
            }
            known.sales.extend(read_gathered::<(Uuid, Uuid, Uuid, String)>(row, 4)?);
            known.vouchers.extend(read_gathered::<(Uuid, String, Uuid, String)>(row, 5)?);
            known.listeners.extend(read_gathered::<ListenerValues>(row, 6)?.into_iter().map(read_listener));
            known.enrolments.extend(read_gathered::<(Uuid, Uuid, i64)>(row, 7)?);
            known.once.extend(read_gathered::<(Uuid, String, String, String)>(row, 8)?);
        }
        Ok(known)
    }

    /// The rows are read once, as a common table under the name that `given` gives them.
    fn orders_given(&self) -> String {
        let given = given(self.backend(), ORDER);
        format!("given AS MATERIALIZED {}", given.strip_suffix(" AS given").unwrap_or(&given))
    }

    /// Which of these entries the ledger has: what they account for has happened.
    pub async fn entries_known(&self, ids: &[Uuid]) -> Result<Vec<Uuid>> {
        let sql = format!("SELECT n.id FROM {} CROSS JOIN entry AS n WHERE n.id = given.id", given(self.backend(), ID));
        let rows: Vec<[Uuid; 1]> = ids.iter().map(|id| [*id]).collect();
        let found = self.query(&sql, &rows, Vec::new()).await?;
        Ok(found.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?)
    }
}

/// Keeps results. One that is there already is a conflict: another node was faster.
pub(super) fn add_once(script: &mut Script, results: &[NewOnce]) -> Result<()> {
    let row = |new: &NewOnce| {
        let NewOnce { scope, key, fingerprint, answer, created_at } = new.clone();
        (scope, key, fingerprint, "done", answer, created_at)
    };
    script.insert("idempotency", ONCE, "", &results.iter().map(row).collect::<Vec<_>>())
}

fn rows<'a>(orders: &'a [OrderKey<'a>]) -> Vec<impl Serialize + 'a> {
    let row = |(place, order): (usize, &'a OrderKey<'a>)| {
        let OrderKey { merchant_id, shop_id, program_id, sender_id, address, member_id, code, sale_id, scope, once } =
            order;
        (place, merchant_id, shop_id, program_id, sender_id, address, member_id, code, sale_id, scope, once)
    };
    orders.iter().enumerate().map(row).collect()
}

pub(super) fn read_holder(values: HolderValues, answers: &[(Uuid, String, String)]) -> HolderRow {
    let (member_id, merchant_id, address, language, first_name, birthday) = values;
    let told = answers.iter().filter(|(of, ..)| *of == member_id);
    let answers = told.map(|(_, question, answer)| (question.clone(), answer.clone())).collect();
    HolderRow { member_id, merchant_id, address, language, first_name, birthday, answers }
}

fn read_listener(values: ListenerValues) -> Listener {
    let (member_id, sender_id, opted_out_at, no_marketing_since, question, language) = values;
    Listener {
        member_id,
        sender_id,
        is_opted_out: opted_out_at.is_some(),
        is_in_doubt: no_marketing_since.is_some(),
        question,
        language,
    }
}
