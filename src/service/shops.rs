//! A shop opens or changes.

use chrono_tz::Tz;
use uuid::Uuid;

use super::{
    audit::{Line, pictures},
    change::{Change, ChangeError},
    programs::{self, NewProgram},
    senders::{self, SenderName},
};
use crate::{
    clock::from_millis,
    domain::{
        language::Language,
        money::Currency,
        profile::{birthday::DateOrder, question::SignUpQuestions},
        shop::{OptIn, Sender, Shop},
        telling::Telling,
    },
    store::Transaction,
};

/// A shop as it is asked for.
#[derive(Debug, Clone)]
pub struct NewShop {
    /// Whose shop it is.
    pub merchant_id: Uuid,
    /// The sender it texts from: shared, or kept for this merchant.
    pub sender: SenderName,
    /// Its name as members know it.
    pub name: String,
    /// Its time zone.
    pub time_zone: Tz,
    /// The language it speaks to begin with.
    pub language: Language,
    /// ISO 4217 code.
    pub currency: String,
    /// How one joins.
    pub opt_in: OptIn,
    /// What a new member is given.
    pub welcome_points: i64,
    /// Whom HELP names.
    pub contact: String,
    /// Where terms and privacy are told; empty where nowhere.
    pub terms: String,
    /// How many texts a month a member is told to expect at most.
    pub messages_per_month: u16,
    /// What it asks a new member.
    pub sign_up: SignUpQuestions,
    /// In which order its members write dates.
    pub date_order: DateOrder,
    /// What it tells its members without having been asked.
    pub telling: Telling,
}

/// What shall change of a shop; `None` stays as it is. Keywords stay on the sender where they were put.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "the fields of NewShop")]
pub struct ShopChanges {
    pub sender: Option<SenderName>,
    pub name: Option<String>,
    pub time_zone: Option<Tz>,
    pub language: Option<Language>,
    pub currency: Option<String>,
    pub opt_in: Option<OptIn>,
    pub welcome_points: Option<i64>,
    pub contact: Option<String>,
    pub terms: Option<String>,
    pub messages_per_month: Option<u16>,
    pub sign_up: Option<SignUpQuestions>,
    pub date_order: Option<DateOrder>,
    pub telling: Option<Telling>,
}

/// Opens a shop; answers it with its sender.
pub async fn create(change: Change<'_>, new: NewShop) -> Result<(Shop, Sender), ChangeError> {
    let (tx, revision) = change.begin().await?;
    if !tx.merchant_exists(new.merchant_id).await? {
        return Err(ChangeError::mistake("merchant_id", "there is no such merchant; GET /v1/merchants lists them"));
    }
    let sender = senders::find_for(&tx, new.merchant_id, &new.sender).await?;
    let id = Uuid::now_v7();
    let shop = Shop {
        id,
        merchant_id: new.merchant_id,
        sender_id: sender.id,
        name: new.name,
        time_zone: new.time_zone,
        language: new.language,
        currency: new.currency,
        opt_in: new.opt_in,
        welcome_points: new.welcome_points,
        contact: new.contact,
        terms: new.terms,
        messages_per_month: new.messages_per_month,
        sign_up: new.sign_up,
        date_order: new.date_order,
        telling: new.telling,
        program_id: id,
        created_at: change.now,
    };
    tx.insert_shop(&shop, revision).await?;
    change.note(&tx, Line::about("shop", id, &shop.name).at(&shop).created(pictures::of_shop(&shop))).await?;
    change.finish(tx).await?;
    Ok((shop, sender))
}

/// Changes a shop. With `merchant_id`, only one of that merchant's.
pub async fn update(
    change: Change<'_>,
    merchant_id: Option<Uuid>,
    id: Uuid,
    changes: ShopChanges,
) -> Result<Shop, ChangeError> {
    let (tx, revision) = change.begin().await?;
    let shop = tx.shop(id).await?.filter(|shop| merchant_id.is_none_or(|id| shop.merchant_id == id));
    let mut shop = shop.ok_or(ChangeError::NotFound)?;
    let before = pictures::of_shop(&shop);
    if let Some(name) = &changes.sender {
        shop.sender_id = senders::find_for(&tx, shop.merchant_id, name).await?.id;
    }
    let (told_before, currency_before) = (shop.telling, shop.currency.clone());
    changes.apply(&mut shop);
    let has_other_currency = shop.currency != currency_before;
    if has_other_currency {
        check_currency(&tx, &shop, &currency_before).await?;
    }
    if shop.telling != told_before {
        // When its members are told something next may be another time now: every purse is looked at once.
        tx.review_again(shop.program_id, change.now.timestamp_millis()).await?;
    }
    tx.update_shop(&shop, revision).await?;
    let line = Line::about("shop", id, &shop.name).at(&shop).changed(before, pictures::of_shop(&shop));
    change.note(&tx, line).await?;
    if has_other_currency {
        read_program_anew(&change, (&tx, revision), &shop).await?;
    }
    change.finish(tx).await?;
    Ok(shop)
}

/// What members hold is in the currency in which it was earned, and shops that share a program share it too.
async fn check_currency(tx: &Transaction, shop: &Shop, before: &str) -> Result<(), ChangeError> {
    if Currency::from_code(&shop.currency).is_none() {
        return Err(ChangeError::mistake("currency", "is none that programs know, such as USD or EUR"));
    }
    if tx.shops_of_program(shop.program_id).await?.len() > 1 {
        let sentence = "the shops that share this program have one currency; give this one a program of its own first";
        return Err(ChangeError::mistake("currency", sentence));
    }
    if tx.has_holders(shop.program_id).await? {
        let sentence = format!("stays {before}: what members hold was earned in it");
        return Err(ChangeError::mistake("currency", sentence));
    }
    Ok(())
}

/// The amounts of a program are in the currency that the shop had: its latest version is read anew in the one it has now.
async fn read_program_anew(
    change: &Change<'_>,
    (tx, revision): (&Transaction, i64),
    shop: &Shop,
) -> Result<(), ChangeError> {
    let id = shop.program_id;
    let Some((version, from)) = tx.last_program_version(id).await? else { return Ok(()) };
    let Some((_, document)) = tx.program_document(id, version).await? else { return Ok(()) };
    let valid_from = Some(from_millis(from)).filter(|from| *from > change.now);
    let new = NewProgram { id, document, valid_from, shop_ids: Vec::new() };
    let by = Some(change.author.name.clone());
    programs::apply_within(tx, revision, change, Some(shop.merchant_id), new, by).await.map(drop)
}

impl ShopChanges {
    fn apply(self, shop: &mut Shop) {
        let Self {
            sender: _,
            name,
            time_zone,
            language,
            currency,
            opt_in,
            welcome_points,
            contact,
            terms,
            messages_per_month,
            sign_up,
            date_order,
            telling,
        } = self;
        set(&mut shop.name, name);
        set(&mut shop.time_zone, time_zone);
        set(&mut shop.language, language);
        set(&mut shop.currency, currency);
        set(&mut shop.opt_in, opt_in);
        set(&mut shop.welcome_points, welcome_points);
        set(&mut shop.contact, contact);
        set(&mut shop.terms, terms);
        set(&mut shop.messages_per_month, messages_per_month);
        set(&mut shop.sign_up, sign_up);
        set(&mut shop.date_order, date_order);
        set(&mut shop.telling, telling);
    }
}

fn set<T>(field: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *field = value;
    }
}
