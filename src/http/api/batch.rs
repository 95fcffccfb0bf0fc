//! `/v1/shops/{id}/purchases/batch`: what an offline till collected, answered item by item.

use actix_web::{HttpResponse, http::StatusCode, web};
use chrono::{DateTime, Utc};
use futures_util::future::join_all;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Refusals,
    body::{Body, make_whole, mistake_of, object, object_if_any, objects_if_any},
    caller::Caller,
    orders::{Recorded, Waiting},
    place,
    purchases::{
        self,
        reading::{Money, NewPurchase, NewRefund, ReturnedItem},
    },
    refunds,
};
use crate::{
    domain::shop::Shop,
    http::{Gateway, problem::Problem},
    service::{change::Mistake, till::outcome::Outcome},
};

/// The most items of a batch.
const ITEMS_MAX: usize = 500;
/// So many bytes they may take.
pub const BYTES_MAX: usize = 4 * 1024 * 1024;
/// So many items are handed in at once: they share a commit, and leave room for the other tills.
const AT_ONCE: usize = 100;

/// What a till collected.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    /// Purchases and refunds, oldest first.
    #[schema(value_type = Vec<BatchItem>, min_items = 1, max_items = 500)]
    items: Vec<Value>,
}

/// One of them: a purchase or a refund.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub enum BatchItem {
    /// A purchase or a visit.
    Purchase(#[serde(deserialize_with = "object")] Box<NewPurchase>),
    /// A refund, of a purchase in this batch or of before.
    Refund(#[serde(deserialize_with = "object")] Box<BatchRefund>),
}

/// A refund in a batch: that of a purchase, with the purchase's number.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BatchRefund {
    /// The till's number for the purchase.
    #[schema(min_length = 1, max_length = 100, example = "2027-03-01-0017")]
    sale_id: String,
    /// The till's number for the refund, unique within the purchase.
    #[schema(min_length = 1, max_length = 100, example = "2027-03-01-0017-R1")]
    refund_id: Option<String>,
    /// So much money goes back. This, or `items`, or neither.
    #[serde(default, deserialize_with = "object_if_any")]
    amount: Option<Money>,
    /// These articles come back.
    #[serde(default, deserialize_with = "objects_if_any")]
    #[schema(min_items = 1, max_items = 200)]
    items: Option<Vec<ReturnedItem>>,
    /// Whose purchase it must be: their phone.
    #[schema(max_length = 128, pattern = r"^\+[1-9][0-9]{6,14}$", example = "+14155550199")]
    phone: Option<String>,
    /// Whose purchase it must be: the member's id.
    member_id: Option<Uuid>,
}

impl BatchRefund {
    /// The number of its purchase, and the refund as it comes alone.
    fn alone(self) -> (String, NewRefund) {
        let Self { sale_id, refund_id, amount, items, phone, member_id } = self;
        (sale_id, NewRefund { refund_id, amount, items, phone, member_id })
    }
}

/// How a batch went.
#[derive(Debug, Serialize, ToSchema)]
pub struct BatchAnswer {
    /// For each item, in the order in which they were sent.
    items: Vec<ItemAnswer>,
    /// How many were recorded.
    recorded: usize,
    /// How many had been recorded before.
    repeated: usize,
    /// How many were refused; of these, those with status 503 can be sent again as they are.
    refused: usize,
}

/// How one item went.
#[derive(Debug, Serialize, ToSchema)]
pub struct ItemAnswer {
    /// The status that it would have been answered with alone.
    #[schema(example = 201)]
    status: u16,
    /// What came of it; `null` where it was refused.
    #[schema(required)]
    outcome: Option<Outcome>,
    /// Until when it waits for the YES of somebody who was invited; `null` where it does not.
    #[schema(required)]
    waits_until: Option<DateTime<Utc>>,
    /// Why it was refused; `null` where it was not.
    #[schema(required)]
    problem: Option<Problem>,
}

/// Takes what an offline till collected: purchases first, then refunds, each in the order in which they are sent. Each item is
/// answered on its own, and one that is refused does not hold up the others. The same batch again is harmless: what was
/// recorded is answered with `repeat`.
#[utoipa::path(post, path = "/v1/shops/{id}/purchases/batch", tag = "till", params(("id" = Uuid, Path,)),
    request_body = Batch, responses((status = 200, body = BatchAnswer), Refusals))]
pub async fn create(
    caller: Caller,
    gateway: web::Data<Gateway>,
    id: web::Path<Uuid>,
    body: Body<Batch>,
) -> Result<HttpResponse, Problem> {
    let shop = place::in_path(caller, &gateway, *id)?;
    let items = body.0.items;
    if !(1..=ITEMS_MAX).contains(&items.len()) {
        let mistake =
            Mistake { field: "items".to_owned(), sentence: format!("has 1 to {ITEMS_MAX} items; send more in parts") };
        return Err(Problem::of_fields(StatusCode::UNPROCESSABLE_ENTITY, vec![mistake]));
    }
    Ok(HttpResponse::Ok().json(take(caller, &gateway, &shop, items).await))
}

async fn take(caller: Caller, gateway: &Gateway, shop: &Shop, items: Vec<Value>) -> BatchAnswer {
    let mut answers: Vec<Option<ItemAnswer>> = items.iter().map(|_| None).collect();
    let (mut sales, mut refunds) = (Vec::new(), Vec::new());
    for (place, item) in items.into_iter().enumerate() {
        match read(item) {
            Ok(BatchItem::Purchase(new)) => sales.push((place, *new)),
            Ok(BatchItem::Refund(new)) => refunds.push((place, *new)),
            Err(problem) => answers[place] = Some(ItemAnswer::of(Err(problem))),
        }
    }
    // What is handed in at once is written in the order in which it was handed in.
    for some in chunks(sales) {
        let taken = some.into_iter().map(|(place, new)| async move {
            let outcome = purchases::record(caller, gateway, shop, new, None).await;
            (place, outcome.map(|(recorded, _)| recorded))
        });
        keep(join_all(taken).await, &mut answers);
    }
    for some in chunks(refunds) {
        let taken = some.into_iter().map(|(place, new): (usize, BatchRefund)| async move {
            let (sale_id, new) = new.alone();
            let outcome = refunds::refund(caller, gateway, shop, (&sale_id, new), None).await;
            (place, outcome.map(|outcome| Recorded::Done(Box::new(outcome))))
        });
        keep(join_all(taken).await, &mut answers);
    }
    BatchAnswer::of(answers.into_iter().flatten().collect())
}

fn read(mut item: Value) -> Result<BatchItem, Problem> {
    make_whole(&mut item);
    serde_path_to_error::deserialize(item).map_err(|error| {
        let path = error.path().to_string();
        let mistake = mistake_of(&path, &error.into_inner().to_string());
        Problem::of_fields(StatusCode::UNPROCESSABLE_ENTITY, vec![mistake])
    })
}

fn chunks<T>(items: Vec<T>) -> Vec<Vec<T>> {
    let mut chunks: Vec<Vec<T>> = Vec::new();
    for item in items {
        match chunks.last_mut() {
            Some(last) if last.len() < AT_ONCE => last.push(item),
            _ => chunks.push(vec![item]),
        }
    }
    chunks
}

fn keep(taken: Vec<(usize, Result<Recorded, Problem>)>, answers: &mut [Option<ItemAnswer>]) {
    for (place, outcome) in taken {
        answers[place] = Some(ItemAnswer::of(outcome));
    }
}

impl ItemAnswer {
    fn of(recorded: Result<Recorded, Problem>) -> Self {
        match recorded {
            Ok(Recorded::Done(outcome)) => {
                let status = if outcome.repeat { StatusCode::OK } else { StatusCode::CREATED };
                Self { status: status.as_u16(), outcome: Some(*outcome), waits_until: None, problem: None }
            }
            Ok(Recorded::Waits(Waiting { waits_until })) => {
                let (status, waits_until) = (StatusCode::ACCEPTED.as_u16(), Some(waits_until));
                Self { status, outcome: None, waits_until, problem: None }
            }
            Err(problem) => {
                if problem.status >= 500 {
                    tracing::error!(cause = %problem, "an item of a batch failed");
                }
                Self { status: problem.status, outcome: None, waits_until: None, problem: Some(problem) }
            }
        }
    }
}

impl BatchAnswer {
    fn of(items: Vec<ItemAnswer>) -> Self {
        let count = |status: fn(u16) -> bool| items.iter().filter(|item| status(item.status)).count();
        let (recorded, repeated) = (count(|status| status == 201), count(|status| status == 200));
        let refused = count(|status| status >= 400);
        Self { items, recorded, repeated, refused }
    }
}
