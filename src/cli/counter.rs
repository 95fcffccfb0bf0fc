//! `purchase`, `refund`, `adjust`, `redeem`, `codes`, `code-of-day`: what staff and operators record by hand.

use serde_json::json;
use uuid::Uuid;

use super::{Failure, WRONG_INPUT, place::Place};
use crate::{
    config::Settings,
    domain::{
        address::Address,
        money::{Amount, Currency},
        program::sale::{Item, Sale},
        purse::{draw::shown, refund::Returned},
        shop::Shop,
    },
    service::{
        codes::{self, NewCodes},
        till::{Done, NotDone, Order, What},
    },
};

/// Whom and where.
#[derive(Debug, clap::Args)]
pub struct Member {
    /// The shop, by name or id; may be left out where there is but one
    #[arg(long)]
    shop: Option<String>,
    /// The member's phone, as the provider writes it: +14155550199
    #[arg(long)]
    phone: String,
    /// Who records it
    #[arg(long, default_value = "operator")]
    by: String,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

/// What `purchase` takes.
#[derive(Debug, clap::Args)]
pub struct Purchase {
    #[command(flatten)]
    member: Member,
    /// What was paid, with tax; left out, it is a visit, or the sum of the items
    #[arg(long)]
    amount: Option<String>,
    /// The tax within it
    #[arg(long)]
    tax: Option<String>,
    /// An article: QUANTITY,CATEGORY,UNIT_PRICE or QUANTITY,CATEGORY,UNIT_PRICE,SKU; may be given again
    #[arg(long, value_name = "ITEM")]
    item: Vec<String>,
    /// How it was paid
    #[arg(long)]
    payment: Option<String>,
    /// The till's number for the sale: the same one again records nothing
    #[arg(long)]
    sale: Option<String>,
    /// When it happened (RFC 3339); now where left out
    #[arg(long)]
    at: Option<String>,
}

/// What `refund` takes.
#[derive(Debug, clap::Args)]
pub struct Refund {
    #[command(flatten)]
    member: Member,
    /// The till's number for the sale
    #[arg(long)]
    sale: String,
    /// How much went back; left out, all of it
    #[arg(long)]
    amount: Option<String>,
    /// An article that came back: QUANTITY,CATEGORY or QUANTITY,CATEGORY,,SKU; may be given again
    #[arg(long, value_name = "ITEM", conflicts_with = "amount")]
    item: Vec<String>,
    /// The till's number for the refund: the same one again takes nothing back
    #[arg(long)]
    refund: Option<String>,
}

/// What `adjust` takes.
#[derive(Debug, clap::Args)]
pub struct Adjust {
    #[command(flatten)]
    member: Member,
    /// How many points; below zero takes
    #[arg(long, allow_negative_numbers = true)]
    points: i64,
    /// Why
    #[arg(long)]
    reason: String,
    /// The same key again changes nothing
    #[arg(long)]
    key: Option<String>,
}

/// What `redeem` takes.
#[derive(Debug, clap::Args)]
pub struct Redeem {
    #[command(flatten)]
    member: Member,
    /// The voucher's code
    code: String,
    /// Cancel it instead: its points come back
    #[arg(long)]
    cancel: bool,
}

/// What `codes` takes.
#[derive(Debug, clap::Args)]
pub struct Codes {
    /// The shop, by name or id; may be left out where there is but one
    #[arg(long)]
    shop: Option<String>,
    /// The code rule of its program
    #[arg(long)]
    rule: String,
    /// What they are printed on
    #[arg(long)]
    batch: String,
    /// How many
    #[arg(long)]
    count: usize,
    /// For how many days they are good; for ever where left out
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..))]
    days: Option<u16>,
}

/// Records a purchase or a visit.
pub async fn purchase(args: Purchase, settings: &Settings) -> Result<(), Failure> {
    let place = Place::open(settings).await?;
    let shop = place.shop(args.member.shop.as_deref())?;
    let items: Vec<Item> = args.item.iter().map(|item| read_item(item, &shop)).collect::<Result<_, _>>()?;
    let sum = items.iter().map(|item| item.quantity.saturating_mul(item.unit_price)).sum();
    let at = args.at.as_deref().map(chrono::DateTime::parse_from_rfc3339).transpose();
    let at = at.map_err(|_| Failure::new(WRONG_INPUT, "--at must be a moment such as 2027-01-01T09:00:00-05:00"))?;
    let now = place.clock.now();
    if at.is_some_and(|at| at > now) {
        return Err(Failure::new(WRONG_INPUT, "--at must not be in the future"));
    }
    let amount = args.amount.as_deref().map(|amount| minor(amount, &shop)).transpose()?.unwrap_or(sum);
    let tax = args.tax.as_deref().map(|tax| minor(tax, &shop)).transpose()?.unwrap_or(0);
    if tax > amount {
        return Err(Failure::new(WRONG_INPUT, "--tax is within --amount, and cannot be more"));
    }
    let sale = Sale {
        id: args.sale.unwrap_or_else(|| Uuid::now_v7().to_string()),
        amount,
        tax,
        items,
        payment: args.payment,
        at: at.map_or(now, |at| at.to_utc()),
    };
    order(place, args.member, &shop, String::new(), What::Sale(sale)).await
}

/// Takes a purchase back.
pub async fn refund(args: Refund, settings: &Settings) -> Result<(), Failure> {
    let place = Place::open(settings).await?;
    let shop = place.shop(args.member.shop.as_deref())?;
    let returned = match (&args.amount, args.item.as_slice()) {
        (Some(amount), _) => Returned::Amount(minor(amount, &shop)?),
        (None, []) => Returned::All,
        (None, items) => Returned::Items(items.iter().map(|item| read_item(item, &shop)).collect::<Result<_, _>>()?),
    };
    let refund_id = args.refund.unwrap_or_else(|| Uuid::now_v7().to_string());
    order(place, args.member, &shop, String::new(), What::Refund { sale_id: args.sale, returned, refund_id }).await
}

/// Gives or takes points.
pub async fn adjust(args: Adjust, settings: &Settings) -> Result<(), Failure> {
    if args.reason.trim().is_empty() {
        return Err(Failure::new(WRONG_INPUT, "--reason must say why; it stands in the member's history"));
    }
    let place = Place::open(settings).await?;
    let shop = place.shop(args.member.shop.as_deref())?;
    let key = args.key.unwrap_or_else(|| Uuid::now_v7().to_string());
    order(place, args.member, &shop, key, What::Adjust { points: args.points, reason: args.reason }).await
}

/// Redeems or cancels a voucher.
pub async fn redeem(args: Redeem, settings: &Settings) -> Result<(), Failure> {
    let place = Place::open(settings).await?;
    let shop = place.shop(args.member.shop.as_deref())?;
    let what = if args.cancel { What::Cancel(args.code) } else { What::Redeem(args.code) };
    order(place, args.member, &shop, String::new(), what).await
}

/// Makes single-use codes, one a line.
pub async fn make_codes(args: Codes, settings: &Settings) -> Result<(), Failure> {
    let place = Place::open(settings).await?;
    let program_id = place.shop(args.shop.as_deref())?.program_id;
    let ends_at = args.days.map(|days| place.clock.now() + chrono::Duration::days(days.into()));
    let new = NewCodes { program_id, rule: args.rule, batch: args.batch, count: args.count, ends_at };
    let made = codes::make(&place.store, &place.directory, &new, place.clock.now()).await;
    for code in made.map_err(|error| Failure::new(WRONG_INPUT, error))? {
        println!("{code}");
    }
    place.close().await
}

/// Says a shop's code of the day.
pub async fn code_of_day(shop: Option<&str>, settings: &Settings) -> Result<(), Failure> {
    let place = Place::open(settings).await?;
    let shop = place.shop(shop)?;
    let code = codes::of_day(&place.directory.read().directory, &shop, place.clock.now());
    let none = || Failure::new(WRONG_INPUT, "the shop's program has no check_in rule, or secrets.key is not set");
    println!("{}", code.ok_or_else(none)?);
    place.close().await
}

async fn order(place: Place, member: Member, shop: &Shop, key: String, what: What) -> Result<(), Failure> {
    let address = Address::parse(&member.phone).map_err(|error| Failure::new(WRONG_INPUT, error))?;
    let order = Order { shop_id: shop.id, address: address.as_str().to_owned(), actor: member.by, key, what };
    let done = place.till().take(&order).await.map_err(|error| match error {
        NotDone::Store(error) => error.into(),
        refused => Failure::new(WRONG_INPUT, refused),
    })?;
    println!("{}", if member.json { as_json(&done).to_string() } else { told(&done) });
    place.close().await
}

fn told(done: &Done) -> String {
    let mut lines = Vec::new();
    if done.is_repeat {
        lines.push("This was recorded before; nothing has changed.".to_owned());
    }
    lines.extend(done.award.lines.iter().map(|line| format!("+{} by {}", line.points, line.rule)));
    lines.extend(done.award.stamps.iter().map(|(card, stamps)| format!("+{stamps} on the card {card}")));
    if done.taken_back > 0 {
        lines.push(format!("-{} taken back", done.taken_back));
    }
    lines.extend(done.issued.iter().map(|voucher| {
        format!("Voucher {} for {}, valid to {}", shown(&voucher.code), voucher.reward, voucher.last_day)
    }));
    lines.push(format!("Balance {}, pending {}", done.purse.available, done.purse.pending_points()));
    lines.join("\n")
}

fn as_json(done: &Done) -> serde_json::Value {
    let vouchers: Vec<_> = done
        .issued
        .iter()
        .map(|voucher| json!({ "code": shown(&voucher.code), "reward": voucher.reward, "last_day": voucher.last_day }))
        .collect();
    json!({
        "repeat": done.is_repeat,
        "earned": done.award.lines,
        "stamps": done.award.stamps,
        "taken_back": done.taken_back,
        "vouchers": vouchers,
        "balance": done.purse.available,
        "pending": done.purse.pending_points(),
    })
}

fn minor(written: &str, shop: &Shop) -> Result<i64, Failure> {
    let amount = written.parse::<Amount>().map_err(|error| Failure::new(WRONG_INPUT, format!("{written} {error}")))?;
    Ok(amount.minor(Currency::from_code(&shop.currency).unwrap_or_default()))
}

/// `2,coffee,3.50,SKU17`: what is left out is unknown.
fn read_item(written: &str, shop: &Shop) -> Result<Item, Failure> {
    let mut parts = written.split(',').map(str::trim);
    let quantity =
        parts.next().and_then(|quantity| quantity.parse().ok()).filter(|quantity| (1..=10_000).contains(quantity));
    let quantity = quantity
        .ok_or_else(|| Failure::new(WRONG_INPUT, format!("{written}: an item begins with how many, 1 to 10000")))?;
    let category = parts.next().filter(|part| !part.is_empty()).map(str::to_owned);
    let unit_price = parts.next().filter(|part| !part.is_empty()).map_or(Ok(0), |price| minor(price, shop))?;
    let sku = parts.next().filter(|part| !part.is_empty()).map(str::to_owned);
    Ok(Item { sku, name: None, category, quantity, unit_price })
}
