//! The counter that a command stands at: the database, or a running gateway. Either says the same of how it went.

use chrono::{DateTime, Utc};
use reqwest::Method;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::{
    super::{
        Failure, WRONG_INPUT,
        place::Place,
        remote::{Reach, Remote, RemoteShop},
    },
    Member,
};
use crate::{
    clock::Clock,
    config::Settings,
    domain::{
        address::Address,
        money::Currency,
        program::sale::Item,
        purse::{draw::typed, refund::Returned},
        shop::Shop,
    },
    service::{
        codes::{self, NewCodes},
        till::{
            NotDone, Order, What, Whom,
            outcome::Outcome,
            voucher::{EndedVoucher, Voucher},
        },
    },
};

/// A counter.
pub enum Desk {
    /// On the database.
    Here(Box<Place>, Box<Shop>),
    /// Through a running gateway.
    There(Remote, RemoteShop),
}

/// Codes to be made: of which rule, for what, how many, and good until when.
pub type Wanted = (String, String, usize, Option<DateTime<Utc>>);

impl Desk {
    /// Opens the counter of a shop.
    pub async fn open(reach: &Reach, shop: Option<&str>, settings: &Settings) -> Result<Self, Failure> {
        if let Some(remote) = reach.remote()? {
            let shop = remote.shop(shop).await?;
            return Ok(Self::There(remote, shop));
        }
        let place = Place::open(settings).await?;
        let shop = place.shop(shop)?;
        Ok(Self::Here(Box::new(place), Box::new(shop)))
    }

    /// The shop's currency.
    pub fn currency(&self) -> Currency {
        let code = match self {
            Self::Here(_, shop) => &shop.currency,
            Self::There(_, shop) => &shop.currency,
        };
        Currency::from_code(code).unwrap_or_default()
    }

    /// Whether it is on the database.
    pub fn is_here(&self) -> bool {
        matches!(self, Self::Here(..))
    }

    /// The time.
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            Self::Here(place, _) => place.clock.now(),
            Self::There(..) => Clock::system().now(),
        }
    }

    /// Does something for a member, under a key, at a moment where one is said; says how it went.
    pub async fn order(
        self,
        member: Member,
        (key, at): (String, Option<DateTime<Utc>>),
        what: What,
    ) -> Result<(), Failure> {
        let is_of_voucher = matches!(what, What::Redeem(_) | What::Cancel(_));
        let answer = match self {
            Self::Here(place, shop) => do_here(*place, &shop, &member, (key, what)).await?,
            Self::There(remote, shop) => do_there(&remote, &shop, &member, (key, at, what)).await?,
        };
        if member.json {
            println!("{answer}");
        } else if is_of_voucher {
            let EndedVoucher { voucher, outcome } = read(answer)?;
            let name = voucher.name.unwrap_or(voucher.reward);
            println!("{} {}: {name}\n{}", voucher.code, voucher.state, told(&outcome));
        } else {
            println!("{}", told(&read(answer)?));
        }
        Ok(())
    }

    /// Makes single-use codes, and says them, one a line.
    pub async fn codes(self, (rule, batch, count, ends_at): Wanted, as_json: bool) -> Result<(), Failure> {
        let answer = match self {
            Self::Here(place, shop) => {
                let new = NewCodes { program_id: shop.program_id, rule, batch, count, ends_at };
                let made = codes::make(place.change(), &new).await;
                let made = made.map_err(|error| Failure::new(WRONG_INPUT, error))?;
                place.close().await?;
                let NewCodes { program_id, rule, batch, ends_at, .. } = new;
                json!({ "program_id": program_id, "rule": rule, "batch": batch, "ends_at": ends_at, "codes": made })
            }
            Self::There(remote, shop) => {
                let body = json!({ "rule": rule, "batch": batch, "count": count, "ends_at": ends_at });
                let path = format!("/v1/programs/{}/codes", shop.id);
                remote.send(remote.request(Method::POST, &path).json(&body)).await?
            }
        };
        if as_json {
            println!("{answer}");
        } else {
            answer["codes"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .for_each(|code| println!("{code}"));
        }
        Ok(())
    }
}

async fn do_here(place: Place, shop: &Shop, member: &Member, (key, what): (String, What)) -> Result<Value, Failure> {
    let address = Address::parse(&member.phone).map_err(|error| Failure::new(WRONG_INPUT, error))?;
    let whom = Whom::Address(address.as_str().to_owned());
    let code = match &what {
        What::Redeem(code) | What::Cancel(code) => Some(typed(code)),
        _ => None,
    };
    let order = Order { shop_id: shop.id, whom, actor: member.by.clone(), key, what, invites: false };
    let taken = place.till().take(order).await.map_err(|error| match error {
        NotDone::Store(error) => error.into(),
        refused => Failure::new(WRONG_INPUT, refused),
    })?;
    let done = taken.done().ok_or_else(|| Failure::new(1, "it waits for somebody who was invited"))?;
    let now = place.clock.now();
    let row = match &code {
        Some(code) => place.store.voucher_by_code(shop.program_id, code).await?,
        None => None,
    };
    let answer = {
        let known = place.directory.read();
        let program = known.directory.program_at(shop.program_id, now);
        let program = program.ok_or_else(|| Failure::new(1, "the program of the shop is not known"))?;
        let outcome = Outcome::of(&done, program, shop.language, now);
        match row {
            Some(row) => {
                let voucher = Voucher::of(row, &known.directory, Some(shop), now);
                shown(&EndedVoucher { voucher, outcome })
            }
            None => shown(&outcome),
        }
    };
    place.close().await?;
    Ok(answer)
}

async fn do_there(
    remote: &Remote,
    shop: &RemoteShop,
    member: &Member,
    (key, at, what): (String, Option<DateTime<Utc>>, What),
) -> Result<Value, Failure> {
    let (phone, shop_id) = (&member.phone, shop.id);
    let money = |minor: i64| json!({ "minor": minor, "currency": shop.currency });
    let purchases = format!("/v1/shops/{shop_id}/purchases");
    let post = |path: String, body: Value| remote.request(Method::POST, &path).json(&body);
    let request = match what {
        What::Sale(sale) => {
            let items: Vec<Value> = sale.items.iter().map(whole).collect();
            let body = json!({
                "phone": phone, "sale_id": sale.id, "amount": money(sale.amount), "tax": sale.tax, "items": items,
                "payment_method": sale.payment, "occurred_at": at,
            });
            post(purchases, body)
        }
        What::Refund { sale_id, returned, refund_id } => {
            let mut body = json!({ "phone": phone, "refund_id": refund_id });
            match returned {
                Returned::All => {}
                Returned::Amount(minor) => body["amount"] = money(minor),
                Returned::Items(items) => body["items"] = items.iter().map(returned_item).collect(),
            }
            post(format!("{purchases}/{}/refund", escaped(&sale_id)), body)
        }
        What::Adjust { points, reason } => {
            let id = remote.member(shop, phone).await?;
            let body = json!({ "points": points, "reason": reason, "shop_id": shop_id });
            post(format!("/v1/members/{id}/adjustments"), body).header("Idempotency-Key", format!("\"{key}\""))
        }
        What::Redeem(code) => {
            let body = json!({ "shop_id": shop_id, "phone": phone });
            post(format!("/v1/vouchers/{}/redeem", escaped(&code)), body)
        }
        What::Cancel(code) => {
            let path = format!("/v1/vouchers/{}", escaped(&code));
            remote.request(Method::DELETE, &path).query(&[("shop_id", shop_id)])
        }
        other => return Err(Failure::new(WRONG_INPUT, format!("{} is not done through a gateway", other.kind()))),
    };
    remote.send(request).await
}

fn whole(item: &Item) -> Value {
    let mut shown = returned_item(item);
    shown["unit_price"] = item.unit_price.into();
    shown
}

fn returned_item(item: &Item) -> Value {
    json!({ "sku": item.sku, "name": item.name, "category": item.category, "quantity": item.quantity })
}

fn escaped(part: &str) -> String {
    form_urlencoded::byte_serialize(part.as_bytes()).collect::<String>().replace('+', "%20")
}

fn shown(answer: &impl Serialize) -> Value {
    serde_json::to_value(answer).unwrap_or_default()
}

fn read<T: DeserializeOwned>(answer: Value) -> Result<T, Failure> {
    let another = |error| Failure::new(1, format!("the gateway answers as another version does: {error}"));
    serde_json::from_value(answer).map_err(another)
}

fn told(outcome: &Outcome) -> String {
    let mut lines = Vec::new();
    if outcome.repeat {
        lines.push("This was recorded before; nothing has changed.".to_owned());
    }
    lines.extend(outcome.earned.iter().map(|earned| format!("+{} by {}", earned.points, earned.rule)));
    lines.extend(outcome.stamps.iter().map(|(card, stamps)| format!("+{stamps} on the card {card}")));
    if outcome.taken_back > 0 {
        lines.push(format!("-{} taken back", outcome.taken_back));
    }
    lines.extend(
        outcome
            .vouchers
            .iter()
            .map(|voucher| format!("Voucher {} for {}, valid to {}", voucher.code, voucher.reward, voucher.last_day)),
    );
    lines.push(format!("Balance {}, pending {}", outcome.balance, outcome.pending));
    lines.join("\n")
}
