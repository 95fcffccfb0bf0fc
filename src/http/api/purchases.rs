//! `/v1/shops/{id}/purchases`: what tills record, ask before, and look up again.

pub mod reading;

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use self::reading::{Money, NewPurchase};
use super::{
    Refusals,
    body::{Body, Checks},
    caller::Caller,
    once::OnceKey,
    orders::{self, Recorded, Waiting},
    place,
};
use crate::{
    domain::{
        program::{
            Program,
            award::{Award, Line},
            sale::Item,
        },
        purse::sale::SaleRecord,
        shop::Shop,
    },
    http::{Gateway, problem::Problem},
    service::till::{
        NotDone, Once, What,
        outcome::{Earned, Outcome, Person},
        sale_uuid,
        standing::Standing,
    },
};

/// A purchase as it stands: less what was returned.
#[derive(Debug, Serialize, ToSchema)]
pub struct Purchase {
    /// The till's number.
    #[schema(example = "2027-03-01-0017")]
    sale_id: String,
    /// Where.
    shop_id: Uuid,
    /// Who bought.
    member_id: Uuid,
    /// Whether anything of it stands.
    stands: bool,
    /// What was paid, with tax.
    amount: Money,
    /// The tax within it, in the smallest unit.
    tax: i64,
    /// What was bought.
    items: Vec<PurchaseItem>,
    /// How it was paid.
    #[schema(required, example = "card")]
    payment_method: Option<String>,
    /// When it happened.
    occurred_at: DateTime<Utc>,
    /// What it earned, rule by rule, less what was taken back.
    earned: Vec<Earned>,
    /// All points that it earned.
    points: i64,
    /// Stamps that it earned, by punch card.
    stamps: BTreeMap<String, i64>,
    /// The version of the program that judged it.
    program_version: i32,
    /// What was returned, in order.
    refunds: Vec<Refund>,
}

/// A line of a purchase.
#[derive(Debug, Serialize, ToSchema)]
pub struct PurchaseItem {
    /// The till's number for the article.
    #[schema(required)]
    sku: Option<String>,
    /// What it is called.
    #[schema(required)]
    name: Option<String>,
    /// What kind of thing it is.
    #[schema(required)]
    category: Option<String>,
    /// How many.
    quantity: i64,
    /// What each cost, in the smallest unit.
    unit_price: i64,
}

/// A refund that was done.
#[derive(Debug, Serialize, ToSchema)]
pub struct Refund {
    /// The till's number for it, or ours.
    refund_id: String,
    /// The money that went back.
    amount: Money,
    /// Points that were taken back.
    points: i64,
    /// When.
    at: DateTime<Utc>,
}

/// What a purchase would earn now.
#[derive(Debug, Serialize, ToSchema)]
pub struct Quote {
    /// Who would buy.
    member: Person,
    /// What it would earn, and by which rule.
    earned: Vec<Reason>,
    /// All points that it would earn.
    points: i64,
    /// Stamps that it would earn, by punch card.
    stamps: BTreeMap<String, i64>,
    /// Rewards that it would give at once, by id; a card that becomes full gives its own besides.
    rewards: Vec<String>,
    /// Whether it had been recorded already: then recording it would earn nothing.
    repeat: bool,
    /// Points to be spent now, before it.
    balance: i64,
}

/// Points, and why.
#[derive(Debug, Serialize, ToSchema)]
pub struct Reason {
    /// The rule's id in the program, or the id of the level that multiplies.
    #[schema(example = "spend")]
    rule: String,
    /// What kind of rule it is: `spend`, `visit`, `item`, `multiplier`, `bonus` … or `level`.
    #[schema(example = "spend")]
    kind: String,
    /// How many.
    points: i64,
}

/// Records a purchase or a visit. Send it again as often as you like: the same `sale_id` is recorded once, and is answered
/// with `repeat`.
#[utoipa::path(post, path = "/v1/shops/{id}/purchases", tag = "till", params(("id" = Uuid, Path,)),
    request_body = NewPurchase, responses((status = 201, body = Outcome, description = "It was recorded."),
    (status = 200, body = Outcome, description = "It had been recorded before; nothing has changed."),
    (status = 202, body = Waiting, description = "The phone is no member's and was invited: it waits for their YES."), Refusals))]
pub async fn create(
    caller: Caller,
    gateway: web::Data<Gateway>,
    id: web::Path<Uuid>,
    OnceKey(once): OnceKey,
    body: Body<NewPurchase>,
) -> Result<HttpResponse, Problem> {
    let shop = place::in_path(caller, &gateway, *id)?;
    let (recorded, number) = record(caller, &gateway, &shop, body.0, once).await?;
    Ok(match recorded {
        Recorded::Done(outcome) => orders::answer(&outcome, Some(location(&shop, &number))),
        Recorded::Waits(waiting) => HttpResponse::Accepted().json(waiting),
    })
}

/// Says what a purchase would earn and why. Nothing is recorded.
#[utoipa::path(post, path = "/v1/shops/{id}/purchases/quote", tag = "till", params(("id" = Uuid, Path,)),
    request_body = NewPurchase, responses((status = 200, body = Quote), Refusals))]
pub async fn quote(
    caller: Caller,
    gateway: web::Data<Gateway>,
    id: web::Path<Uuid>,
    body: Body<NewPurchase>,
) -> Result<HttpResponse, Problem> {
    let shop = place::in_path(caller, &gateway, *id)?;
    let (now, mut new, mut checks) = (gateway.clock.now(), body.0, Checks::default());
    let named = (new.phone.take(), new.member_id.take());
    let whom = orders::whom(&gateway, &shop, named, &mut checks);
    let sale = reading::sale(new, &shop, now, &mut checks);
    let (whom, sale) = checks.passed(whom.zip(sale))?;
    let standing = Standing::of(&gateway.store, &gateway.directory, (&shop, &whom), now).await?;
    let standing = standing.ok_or(NotDone::NoSuchMember)?;
    let judge = gateway.directory.read().directory.program_at(shop.program_id, sale.at).cloned();
    let judge = judge.ok_or(NotDone::NoSuchShop)?;
    let award = standing.purse.quote(&judge, &standing.person, &sale, shop.time_zone);
    let repeat = gateway.store.sale_record(sale_uuid(shop.id, &sale.id)).await?.is_some();
    Ok(HttpResponse::Ok().json(show_quote(&standing, &award, &judge, repeat)))
}

/// A purchase as it stands.
#[utoipa::path(get, path = "/v1/shops/{id}/purchases/{sale_id}", tag = "till",
    params(("id" = Uuid, Path,), ("sale_id" = String, Path, description = "The till's number", min_length = 1, max_length = 100)),
    responses((status = 200, body = Purchase), Refusals))]
pub async fn get(
    caller: Caller,
    gateway: web::Data<Gateway>,
    path: web::Path<(Uuid, String)>,
) -> Result<HttpResponse, Problem> {
    let (id, sale_id) = path.into_inner();
    let shop = place::in_path(caller, &gateway, id)?;
    let (member_id, record) =
        gateway.store.sale_record(sale_uuid(shop.id, sale_id.trim())).await?.ok_or(NotDone::NoSuchSale)?;
    Ok(HttpResponse::Ok().json(show(&shop, member_id, record)))
}

/// Records one purchase; how it went, and its number.
pub(super) async fn record(
    caller: Caller,
    gateway: &Gateway,
    shop: &Shop,
    mut new: NewPurchase,
    once: Option<Once>,
) -> Result<(Recorded, String), Problem> {
    let (mut checks, invites) = (Checks::default(), new.invite);
    let named = (new.phone.take(), new.member_id.take());
    let whom = orders::whom(gateway, shop, named, &mut checks);
    let sale = reading::sale(new, shop, gateway.clock.now(), &mut checks);
    let (whom, sale) = checks.passed(whom.zip(sale))?;
    let number = sale.id.clone();
    let recorded = orders::place_or_invite(caller, gateway, (shop, whom, What::Sale(sale)), invites, once).await?;
    Ok((recorded, number))
}

/// Where a purchase is found.
pub(super) fn location(shop: &Shop, sale_id: &str) -> String {
    let sale_id: String = form_urlencoded::byte_serialize(sale_id.as_bytes()).collect();
    format!("/v1/shops/{}/purchases/{}", shop.id, sale_id.replace('+', "%20"))
}

fn show_quote(standing: &Standing, award: &Award, judge: &Program, repeat: bool) -> Quote {
    let kind = |rule: &str| judge.rule(rule).map_or("level", |rule| rule.kind.name).to_owned();
    let reason = |line: &Line| Reason { rule: line.rule.clone(), kind: kind(&line.rule), points: line.points };
    Quote {
        member: Person { id: standing.member.member_id, first_name: standing.member.first_name.clone() },
        earned: award.lines.iter().map(reason).collect(),
        points: award.points(),
        stamps: award.stamps.clone(),
        rewards: award.gifts.iter().map(|gift| gift.reward.clone()).collect(),
        repeat,
        balance: standing.purse.available,
    }
}

fn show(shop: &Shop, member_id: Uuid, record: SaleRecord) -> Purchase {
    let money = |minor: i64| Money { minor, currency: shop.currency.clone() };
    let SaleRecord { sale, award, version, stands, refunds, .. } = record;
    let item = |Item { sku, name, category, quantity, unit_price }: Item| PurchaseItem {
        sku,
        name,
        category,
        quantity,
        unit_price,
    };
    Purchase {
        sale_id: sale.id,
        shop_id: shop.id,
        member_id,
        stands,
        amount: money(if stands { sale.amount } else { 0 }),
        tax: if stands { sale.tax } else { 0 },
        items: sale.items.into_iter().map(item).collect(),
        payment_method: sale.payment,
        occurred_at: sale.at,
        points: award.points(),
        earned: award.lines.into_iter().map(|line| Earned { rule: line.rule, points: line.points }).collect(),
        stamps: award.stamps,
        program_version: version,
        refunds: refunds
            .into_iter()
            .map(|refund| Refund {
                refund_id: refund.id,
                amount: money(refund.amount),
                points: refund.points,
                at: refund.at,
            })
            .collect(),
    }
}
