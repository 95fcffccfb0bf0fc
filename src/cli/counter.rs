//! `purchase`, `refund`, `adjust`, `redeem`, `codes`, `code-of-day`: what staff and operators record by hand, in the database or
//! through a running gateway.

mod desk;

use uuid::Uuid;

use self::desk::Desk;
use super::{Failure, WRONG_INPUT, place::Place, remote::Reach};
use crate::{
    config::Settings,
    domain::{
        money::{Amount, Currency},
        program::sale::{Item, Sale},
        purse::refund::Returned,
    },
    service::{codes, till::What},
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
    /// Answer as JSON, as the API does
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    reach: Reach,
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
    /// A name for this adjustment: the same one again changes nothing
    #[arg(long)]
    once: Option<String>,
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
    /// Answer as JSON, as the API does
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    reach: Reach,
}

/// Records a purchase or a visit.
pub async fn purchase(args: Purchase, settings: &Settings) -> Result<(), Failure> {
    let desk = Desk::open(&args.member.reach, args.member.shop.as_deref(), settings).await?;
    let currency = desk.currency();
    let items: Vec<Item> = args.item.iter().map(|item| read_item(item, currency)).collect::<Result<_, _>>()?;
    let sum = items.iter().map(|item| item.quantity.saturating_mul(item.unit_price)).sum();
    let at = args.at.as_deref().map(chrono::DateTime::parse_from_rfc3339).transpose();
    let at = at.map_err(|_| Failure::new(WRONG_INPUT, "--at must be a moment such as 2027-01-01T09:00:00-05:00"))?;
    let (at, now) = (at.map(|at| at.to_utc()), desk.now());
    // A gateway has a clock of its own, and says so itself.
    if desk.is_here() && at.is_some_and(|at| at > now) {
        return Err(Failure::new(WRONG_INPUT, "--at must not be in the future"));
    }
    let amount = args.amount.as_deref().map(|amount| minor(amount, currency)).transpose()?.unwrap_or(sum);
    let tax = args.tax.as_deref().map(|tax| minor(tax, currency)).transpose()?.unwrap_or(0);
    if tax > amount {
        return Err(Failure::new(WRONG_INPUT, "--tax is within --amount, and cannot be more"));
    }
    let sale = Sale {
        id: args.sale.unwrap_or_else(|| Uuid::now_v7().to_string()),
        amount,
        tax,
        items,
        payment: args.payment,
        at: at.unwrap_or(now),
    };
    desk.order(args.member, (String::new(), at), What::Sale(sale)).await
}

/// Takes a purchase back.
pub async fn refund(args: Refund, settings: &Settings) -> Result<(), Failure> {
    let desk = Desk::open(&args.member.reach, args.member.shop.as_deref(), settings).await?;
    let currency = desk.currency();
    let returned = match (&args.amount, args.item.as_slice()) {
        (Some(amount), _) => Returned::Amount(minor(amount, currency)?),
        (None, []) => Returned::All,
        (None, items) => Returned::Items(items.iter().map(|item| read_item(item, currency)).collect::<Result<_, _>>()?),
    };
    let refund_id = args.refund.unwrap_or_else(|| Uuid::now_v7().to_string());
    desk.order(args.member, (String::new(), None), What::Refund { sale_id: args.sale, returned, refund_id }).await
}

/// Gives or takes points.
pub async fn adjust(args: Adjust, settings: &Settings) -> Result<(), Failure> {
    if args.reason.trim().is_empty() {
        return Err(Failure::new(WRONG_INPUT, "--reason must say why; it stands in the member's history"));
    }
    let desk = Desk::open(&args.member.reach, args.member.shop.as_deref(), settings).await?;
    let key = args.once.unwrap_or_else(|| Uuid::now_v7().to_string());
    desk.order(args.member, (key, None), What::Adjust { points: args.points, reason: args.reason }).await
}

/// Redeems or cancels a voucher.
pub async fn redeem(args: Redeem, settings: &Settings) -> Result<(), Failure> {
    let desk = Desk::open(&args.member.reach, args.member.shop.as_deref(), settings).await?;
    let what = if args.cancel { What::Cancel(args.code) } else { What::Redeem(args.code) };
    desk.order(args.member, (String::new(), None), what).await
}

/// Makes single-use codes, one a line.
pub async fn make_codes(args: Codes, settings: &Settings) -> Result<(), Failure> {
    let desk = Desk::open(&args.reach, args.shop.as_deref(), settings).await?;
    let ends_at = args.days.map(|days| desk.now() + chrono::Duration::days(days.into()));
    desk.codes((args.rule, args.batch, args.count, ends_at), args.json).await
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

fn minor(written: &str, currency: Currency) -> Result<i64, Failure> {
    let amount = written.parse::<Amount>().map_err(|error| Failure::new(WRONG_INPUT, format!("{written} {error}")))?;
    Ok(amount.minor(currency))
}

/// `2,coffee,3.50,SKU17`: what is left out is unknown.
fn read_item(written: &str, currency: Currency) -> Result<Item, Failure> {
    let mut parts = written.split(',').map(str::trim);
    let quantity =
        parts.next().and_then(|quantity| quantity.parse().ok()).filter(|quantity| (1..=10_000).contains(quantity));
    let quantity = quantity
        .ok_or_else(|| Failure::new(WRONG_INPUT, format!("{written}: an item begins with how many, 1 to 10000")))?;
    let category = parts.next().filter(|part| !part.is_empty()).map(str::to_owned);
    let unit_price = parts.next().filter(|part| !part.is_empty()).map_or(Ok(0), |price| minor(price, currency))?;
    let sku = parts.next().filter(|part| !part.is_empty()).map(str::to_owned);
    Ok(Item { sku, name: None, category, quantity, unit_price })
}
