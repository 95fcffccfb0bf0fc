//! What a till reports becomes sales and refunds. A till tries again whatever is not answered 2xx, and is switched off by its
//! maker where that happens too often: so only what another try can better is put off, and all else is taken and counted.

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use crate::{
    buyers::{Buyers, NoAnswer},
    domain::{
        address::Address,
        country::Country,
        phone::read_phone,
        program::sale::Sale,
        purse::refund::{NotRefunded, Returned},
        shop::Shop,
    },
    service::{
        batch::Queue,
        directory::LiveDirectory,
        till::{self, Done, NotDone, Order, What, Whom},
        write::Write,
    },
    store::{Store, StoreError, Transaction},
    tills::{Phone, Reported, ReportedRefund, ReportedSale, Till},
};

/// How long before a till was added its sales may have happened: those of the day, not those of years ago, which come when an
/// old order is touched.
const EARLIER_MAX: Duration = Duration::days(1);
/// How long it is known that a sale was reported and not recorded; a refund comes sooner as a rule.
const UNRECORDED_KEPT: Duration = Duration::days(100);

/// Why a sale is not recorded that had not been when it was returned; the store knows the word.
const REFUNDED: &str = "refunded";

/// What it takes to do what tills report.
#[derive(Clone, Copy)]
pub struct Reports<'a> {
    /// Where rows are kept.
    pub store: &'a Store,
    /// Who is here.
    pub directory: &'a LiveDirectory,
    /// The one stream of writes.
    pub writes: &'a Queue<Write>,
    /// Whom to ask who a buyer is.
    pub buyers: &'a Buyers,
    /// The time.
    pub now: DateTime<Utc>,
}

/// What came of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// A sale was recorded.
    Recorded,
    /// A sale waits for the YES of somebody who was invited.
    Waits,
    /// A sale or refund was known already.
    Repeated,
    /// A sale was taken back, or a part of it.
    TakenBack,
    /// A buyer's phone is known now, or is no more.
    BuyerKept,
    /// Nothing was recorded, and why.
    Unrecorded(&'static str),
}

/// Why the till shall report it once more.
#[derive(Debug, thiserror::Error)]
pub enum PutOff {
    /// A refund came before its sale.
    #[error("this refund came before its sale; send it again in a while")]
    NoSaleYet,
    /// Nobody said who the buyer is.
    #[error("who the buyer is could not be asked ({0}); send it again in a while")]
    NoBuyer(#[from] NoAnswer),
    /// Too much is waiting.
    #[error("too much is waiting to be written; send it again in a moment")]
    QueueFull,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Outcome {
    /// Its word in figures and in what is answered.
    pub fn word(self) -> &'static str {
        match self {
            Self::Recorded => "recorded",
            Self::Waits => "waits",
            Self::Repeated => "repeated",
            Self::TakenBack => "taken_back",
            Self::BuyerKept => "buyer_kept",
            Self::Unrecorded(why) => why,
        }
    }
}

impl Reports<'_> {
    /// Does what a till reports.
    ///
    /// # Errors
    /// The till shall report it once more; what was done by then is known then.
    pub async fn take(&self, till: &Till, reported: Reported) -> Result<Outcome, PutOff> {
        let shop = self.directory.read().directory.shop(till.shop_id).cloned();
        let Some(shop) = shop else { return Ok(Outcome::Unrecorded("no_shop")) };
        match reported {
            Reported::Sale(sale) => self.sell(till, &shop, *sale).await,
            Reported::Refund(refund) => self.refund(till, &shop, refund).await,
            Reported::Buyer { id, phone, at } => {
                let address = phone.and_then(|phone| self.address(&shop, &phone));
                self.keep_buyer(till, &id, address.as_ref(), at).await?;
                Ok(Outcome::BuyerKept)
            }
        }
    }

    async fn sell(&self, till: &Till, shop: &Shop, sale: ReportedSale) -> Result<Outcome, PutOff> {
        let id = sale.id.clone();
        let outcome = match self.why_not(till, shop, &sale).await? {
            Some(why) => Outcome::Unrecorded(why),
            None => match self.who_buys(till, shop, &sale).await? {
                Some(address) => self.record(till, &address, sale).await?,
                None => Outcome::Unrecorded("no_phone"),
            },
        };
        if let Outcome::Unrecorded(why) = outcome {
            self.keep_unrecorded(till, &id, why).await?;
        }
        Ok(outcome)
    }

    /// The refund of the sale is then known for what it is: somebody else's.
    async fn keep_unrecorded(&self, till: &Till, sale_id: &str, why: &str) -> Result<(), StoreError> {
        let (now, since) = (self.now.timestamp_millis(), (self.now - UNRECORDED_KEPT).timestamp_millis());
        let tx = self.store.begin().await?;
        tx.keep_unrecorded((till.id, sale_id), why, now, since).await?;
        tx.commit().await
    }

    /// Why a sale is not this shop's business.
    async fn why_not(&self, till: &Till, shop: &Shop, sale: &ReportedSale) -> Result<Option<&'static str>, StoreError> {
        let why = if till.options.location.is_some() && till.options.location != sale.location {
            Some("elsewhere")
        } else if sale.at < till.created_at - EARLIER_MAX {
            Some("too_early")
        } else if !sale.currency.code().eq_ignore_ascii_case(&shop.currency) {
            tracing::warn!(till = %till.id, "a till reports sales in another currency than its shop's");
            Some("other_currency")
        } else {
            // Somebody joined after their sale had been returned, and the till tells of the sale again.
            let before = self.store.why_unrecorded(till.id, &sale.id).await?;
            before.is_some_and(|why| why == REFUNDED).then_some(REFUNDED)
        };
        Ok(why)
    }

    /// The phone that was given at checkout, else that of the buyer whom the till names.
    async fn who_buys(&self, till: &Till, shop: &Shop, sale: &ReportedSale) -> Result<Option<Address>, PutOff> {
        if let Some(address) = sale.phones.iter().find_map(|phone| self.address(shop, phone)) {
            return Ok(Some(address));
        }
        let Some(buyer) = &sale.buyer else { return Ok(None) };
        if let Some(known) = self.store.address_of_buyer(till.id, buyer).await? {
            return Ok(Address::parse(&known).ok());
        }
        let phone = self.buyers.phone_of(till, buyer).await.inspect_err(|error| {
            tracing::warn!(till = %till.id, %error, "who a buyer is could not be asked; is the access token right?");
        })?;
        let address = phone.and_then(|phone| self.address(shop, &phone));
        if address.is_some() {
            self.keep_buyer(till, buyer, address.as_ref(), self.now).await?;
        }
        Ok(address)
    }

    /// A phone in full, as it is read in the country beside it, else in the shop's.
    fn address(&self, shop: &Shop, phone: &Phone) -> Option<Address> {
        let beside = phone.country.as_deref().and_then(Country::from_code);
        let of_shop = || {
            let known = self.directory.read();
            let sender = known.directory.sender(shop.sender_id)?;
            sender.address.phone().and_then(Country::of_phone)
        };
        let country = beside.or_else(of_shop).or_else(|| Country::from_code("US"))?;
        let phone = read_phone(&phone.written, Some(country)).ok()?;
        Address::parse(&phone).ok()
    }

    async fn keep_buyer(
        &self,
        till: &Till,
        buyer: &str,
        address: Option<&Address>,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let tx: Transaction = self.store.begin().await?;
        match address {
            Some(address) => tx.keep_buyer(till.id, buyer, address.as_str(), at.timestamp_millis()).await?,
            None => tx.forget_buyer(till.id, buyer, at.timestamp_millis()).await?,
        }
        tx.commit().await
    }

    async fn record(&self, till: &Till, address: &Address, reported: ReportedSale) -> Result<Outcome, PutOff> {
        let ReportedSale { id, amount, tax, items, payment, at, .. } = reported;
        let id = till.kind.sale_id(till.id, &id);
        let sale = Sale { id, amount, tax, items, payment, at };
        let order = order(till, Whom::Address(address.as_str().to_owned()), What::Sale(sale));
        match self.place(order).await {
            Ok(Some(done)) if done.is_repeat => Ok(Outcome::Repeated),
            Ok(Some(_)) => Ok(Outcome::Recorded),
            Ok(None) => Ok(Outcome::Waits),
            Err(changed @ NotDone::OtherAmount { .. }) => {
                tracing::warn!(till = %till.id, why = %changed, "a till reports a sale again");
                Ok(Outcome::Repeated)
            }
            Err(refused) => self.refused(till, refused),
        }
    }

    async fn refund(&self, till: &Till, shop: &Shop, refund: ReportedRefund) -> Result<Outcome, PutOff> {
        let returned = match refund.money {
            Some((_, currency)) if !currency.code().eq_ignore_ascii_case(&shop.currency) => {
                tracing::warn!(till = %till.id, "a till reports refunds in another currency than its shop's");
                return Ok(Outcome::Unrecorded("other_currency"));
            }
            Some((minor, _)) => Returned::Amount(minor),
            None => Returned::All,
        };
        let mut taken = self.place(take_back(till, &refund, returned)).await;
        if let Err(NotDone::TooMuch(_)) = taken {
            // A tip or the parcel went back as well: what is left of the goods is less than that.
            taken = self.place(take_back(till, &refund, Returned::All)).await;
        }
        match taken {
            Ok(Some(done)) if done.is_repeat => Ok(Outcome::Repeated),
            Ok(_) => Ok(Outcome::TakenBack),
            Err(NotDone::NoSuchSale) => self.without_sale(till, &refund).await,
            Err(NotDone::NotRefunded(NotRefunded::NothingLeft)) => Ok(Outcome::Repeated),
            Err(refused) => self.refused(till, refused),
        }
    }

    /// A refund whose sale is not recorded: of somebody who is no member, or too early, or of before the till was added.
    async fn without_sale(&self, till: &Till, refund: &ReportedRefund) -> Result<Outcome, PutOff> {
        let is_known = self.store.why_unrecorded(till.id, &refund.sale_id).await?.is_some();
        let is_young = self.now - refund.at < till.kind.refund_waits && refund.at >= till.created_at;
        if !refund.may_be_unknown && !is_known && is_young {
            return Err(PutOff::NoSaleYet);
        }
        if !refund.may_be_unknown && !is_known {
            tracing::warn!(till = %till.id, "a till reports the refund of a sale that it never reported");
        }
        if is_known {
            self.keep_unrecorded(till, &refund.sale_id, REFUNDED).await?;
        }
        Ok(Outcome::Unrecorded("no_sale"))
    }

    /// Does what is ordered; `None` where it waits for somebody who was invited.
    async fn place(&self, order: Order) -> Result<Option<Done>, NotDone> {
        Ok(till::place(self.writes, order, None, self.now).await?.done())
    }

    /// What another try would not better is taken for what it is.
    fn refused(&self, till: &Till, refused: NotDone) -> Result<Outcome, PutOff> {
        match refused {
            NotDone::QueueFull => Err(PutOff::QueueFull),
            NotDone::Store(error) => Err(error.into()),
            NotDone::NoSuchMember => Ok(Outcome::Unrecorded("no_member")),
            other => {
                tracing::warn!(till = %till.id, why = %other, "what a till reports is refused");
                Ok(Outcome::Unrecorded("refused"))
            }
        }
    }
}

/// An order of a till: every one is made here.
fn order(till: &Till, whom: Whom, what: What) -> Order {
    let key = Uuid::now_v7().to_string();
    let invites = till.options.invite && matches!(what, What::Sale(_));
    Order { shop_id: till.shop_id, whom, actor: till.kind.name.to_owned(), key, what, invites }
}

fn take_back(till: &Till, refund: &ReportedRefund, returned: Returned) -> Order {
    let sale_id = till.kind.sale_id(till.id, &refund.sale_id);
    order(till, Whom::Holder, What::Refund { sale_id, returned, refund_id: refund.id.clone() })
}
