//! Shops to play on, as a file of plain lines says them: what `chat`, the demo and the transcripts open.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Duration, Utc};
use serde::Deserialize;
use uuid::Uuid;

use super::presets;
use crate::{
    domain::{
        address::Address,
        keyword::Phrase,
        language::Language,
        profile::{birthday::DateOrder, question::SignUpQuestions},
        program::draft,
        shop::{Keyword, OptIn, Sender, Shop},
        telling::Telling,
    },
    http::Gateway,
    service::{
        audit::Author,
        change::ChangeError,
        keywords::Within,
        programs::{self, NewProgram},
        words,
    },
    store::{Result, StoreError, Transaction, directory::Merchant},
};

/// The number that all shops text from.
pub const NUMBER: &str = "+14155550100";

/// "Bean There" enrols at once, "Crumb & Co" asks first.
const TWO_SHOPS: &str = include_str!("two_shops.toml");
/// The same two, as the demo has them.
const DEMO_SHOPS: &str = include_str!("demo_shops.toml");

/// Shops to be opened on one number.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shops {
    /// In the order in which they open.
    shops: Vec<NewShop>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewShop {
    /// Its name as members know it.
    name: String,
    /// Whose it is.
    #[serde(default = "main_street")]
    merchant: String,
    /// `single` or `double`.
    opt_in: String,
    #[serde(default)]
    welcome_points: i64,
    /// Whom HELP names.
    #[serde(default)]
    contact: String,
    #[serde(default = "english")]
    language: String,
    /// `month_first` or `day_first`.
    #[serde(default = "month_first")]
    date_order: String,
    #[serde(default)]
    sign_up: SignUpQuestions,
    /// What it tells its members; as usual where it says nothing.
    #[serde(default)]
    telling: Telling,
    /// Its program: the name of a preset, or a program as it is written. Left out, points on joining alone.
    program: Option<serde_json::Value>,
    /// The shop before it whose program it shares.
    shares_program_of: Option<String>,
    /// By language and key, what it says in its own words.
    #[serde(default)]
    words: BTreeMap<String, BTreeMap<String, String>>,
    /// What is on its signs, the current one first.
    keywords: Vec<NewKeyword>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewKeyword {
    phrase: String,
    #[serde(default = "sign")]
    source: String,
    /// The language it is written in, where it is not the shop's.
    language: Option<String>,
    /// Since when it is no longer understood.
    ended_days_ago: Option<i64>,
    /// Until when it is.
    ends_in_days: Option<i64>,
    /// When it will be.
    starts_in_days: Option<i64>,
}

fn main_street() -> String {
    "Main Street".to_owned()
}

fn english() -> String {
    "en".to_owned()
}

fn month_first() -> String {
    DateOrder::MonthFirst.word().to_owned()
}

fn sign() -> String {
    "sign".to_owned()
}

impl Shops {
    /// The two shops of `chat`.
    pub fn two() -> Result<Self> {
        Self::parse(TWO_SHOPS)
    }

    /// The two shops of the demo: the first asks for names and has three signs out.
    pub fn demo() -> Result<Self> {
        Self::parse(DEMO_SHOPS)
    }

    /// The same shops, the first one with a preset for its program.
    pub fn with_program(mut self, preset: &str) -> Result<Self> {
        if presets::find(preset).is_none() {
            let names: Vec<&str> = presets::all().map(|(name, _)| name).collect();
            return Err(refused(format!("there is no preset {preset}; choose one of {}", names.join(", "))));
        }
        if let Some(first) = self.shops.first_mut() {
            first.program = Some(serde_json::Value::String(preset.to_owned()));
        }
        Ok(self)
    }

    /// Reads a file of shops (TOML).
    pub fn parse(written: &str) -> Result<Self> {
        let source = config::File::from_str(written, config::FileFormat::Toml);
        let built = config::Config::builder().add_source(source).build().map_err(refused)?;
        built.try_deserialize().map_err(refused)
    }

    /// What is on their signs.
    pub fn phrases(&self) -> impl Iterator<Item = &str> {
        self.shops.iter().flat_map(|shop| &shop.keywords).map(|keyword| &*keyword.phrase)
    }
}

/// Sets up the number and these shops with their merchants, unless the number is known already.
pub async fn furnish(gateway: &Gateway, shops: &Shops) -> Result<()> {
    let now = gateway.clock.now();
    let tx = gateway.store.begin().await?;
    let revision = tx.next_revision().await?;
    if tx.sender_by_address(NUMBER).await?.is_none() {
        let merchants = open_merchants(&tx, shops, now, revision).await?;
        let account = tx.account_by_sid(&gateway.settings.twilio.account_sid).await?;
        let account = account.ok_or_else(|| StoreError::Refused("no provider account is set up".to_owned()))?;
        let only_merchant = merchants.values().next().filter(|_| merchants.len() == 1);
        let sender = Sender {
            id: Uuid::now_v7(),
            address: Address::parse(NUMBER).map_err(refused)?,
            account_id: account.id,
            merchant_id: only_merchant.copied(),
            service_sid: None,
            messages_per_second: gateway.settings.notifier.messages_per_second,
            created_at: now,
        };
        tx.insert_sender(&sender, revision).await?;
        for new in &shops.shops {
            let merchant_id = merchants.get(new.merchant.as_str()).copied().unwrap_or_default();
            let shop = shop(new, merchant_id, sender.id, now)?;
            tx.insert_shop(&shop, revision).await?;
            for sign in &new.keywords {
                tx.insert_keyword(&keyword(sign, &shop, now)?, revision).await?;
            }
        }
    }
    tx.commit().await?;
    gateway.directory.refresh().await.map_err(refused)?;
    give_programs(gateway, shops).await?;
    give_words(gateway, shops).await
}

/// Has the shops say things in their own words.
async fn give_words(gateway: &Gateway, shops: &Shops) -> Result<()> {
    for new in shops.shops.iter().filter(|new| !new.words.is_empty()) {
        let shop = {
            let known = gateway.directory.read();
            known.directory.all_shops().find(|shop| shop.name == new.name).cloned()
        };
        let shop = shop.ok_or_else(|| refused("the shop is not there"))?;
        let within = Within { merchant_id: Some(shop.merchant_id), shop_id: shop.id };
        let texts = new.words.iter().flat_map(|(language, texts)| texts.iter().map(move |text| (language, text)));
        for (language, (key, text)) in texts {
            let wrong = |error: ChangeError| refused(format!("{}: {language} {key}: {error}", new.name));
            let name = words::find(language, key).map_err(wrong)?;
            words::put(gateway.change(&Author::command_line()), within, name, text, &new.merchant)
                .await
                .map_err(wrong)?;
        }
    }
    Ok(())
}

/// Gives the shops their programs, unless they have them already.
async fn give_programs(gateway: &Gateway, shops: &Shops) -> Result<()> {
    for new in shops.shops.iter().filter(|new| new.program.is_some() || new.shares_program_of.is_some()) {
        let (shop_id, program_id) = {
            let known = gateway.directory.read();
            let named = |name: &str| known.directory.all_shops().find(|shop| shop.name == name).map(|shop| shop.id);
            let shop_id = named(&new.name).ok_or_else(|| refused("the shop is not there"))?;
            (shop_id, new.shares_program_of.as_deref().and_then(named).unwrap_or(shop_id))
        };
        let versions = gateway.store.program_versions(program_id).await?;
        let document = match (&new.program, versions.first()) {
            (Some(_), Some(_)) => continue,
            (Some(serde_json::Value::String(preset)), None) => {
                let written = presets::find(preset).ok_or_else(|| refused(format!("there is no preset {preset}")))?;
                draft::parse(written).map_err(|mistake| refused(mistake.sentence))?
            }
            (Some(written), None) => written.clone(),
            (None, Some(shared)) => shared.document.clone(),
            (None, None) => return Err(refused("share the program of a shop that has one")),
        };
        let new = NewProgram { id: program_id, document, valid_from: None, shop_ids: vec![shop_id] };
        programs::apply(gateway.change(&Author::command_line()), None, new).await.map_err(refused)?;
    }
    Ok(())
}

async fn open_merchants<'a>(
    tx: &Transaction,
    shops: &'a Shops,
    now: DateTime<Utc>,
    revision: i64,
) -> Result<HashMap<&'a str, Uuid>> {
    let mut merchants = HashMap::new();
    for name in shops.shops.iter().map(|shop| shop.merchant.as_str()) {
        if !merchants.contains_key(name) {
            let merchant = Merchant { id: Uuid::now_v7(), name: name.to_owned(), created_at: now.timestamp_millis() };
            tx.insert_merchant(&merchant, revision).await?;
            merchants.insert(name, merchant.id);
        }
    }
    Ok(merchants)
}

fn shop(new: &NewShop, merchant_id: Uuid, sender_id: Uuid, now: DateTime<Utc>) -> Result<Shop> {
    if let Some(mistake) = new.sign_up.mistakes().first() {
        return Err(refused(format!("{}: sign_up.{} {}", new.name, mistake.path, mistake.sentence)));
    }
    let id = Uuid::now_v7();
    Ok(Shop {
        id,
        merchant_id,
        sender_id,
        name: new.name.clone(),
        time_zone: chrono_tz::America::Los_Angeles,
        language: language(&new.language)?,
        currency: "USD".to_owned(),
        opt_in: OptIn::from_word(&new.opt_in).ok_or_else(|| refused("opt_in is single or double"))?,
        welcome_points: new.welcome_points,
        contact: new.contact.clone(),
        terms: String::new(),
        messages_per_month: 4,
        sign_up: new.sign_up.clone(),
        date_order: DateOrder::from_word(&new.date_order)
            .ok_or_else(|| refused("date_order is month_first or day_first"))?,
        telling: new.telling,
        program_id: id,
        created_at: now,
    })
}

fn keyword(new: &NewKeyword, shop: &Shop, now: DateTime<Utc>) -> Result<Keyword> {
    Ok(Keyword {
        id: Uuid::now_v7(),
        shop_id: shop.id,
        sender_id: shop.sender_id,
        phrase: Phrase::parse(&new.phrase).map_err(refused)?,
        source: Some(new.source.clone()),
        language: new.language.as_deref().map(language).transpose()?,
        starts_at: new.starts_in_days.map(|days| now + Duration::days(days)),
        ends_at: new.ends_in_days.or(new.ended_days_ago.map(|days| -days)).map(|days| now + Duration::days(days)),
        created_at: now,
    })
}

fn language(code: &str) -> Result<Language> {
    Language::from_code(code).ok_or_else(|| refused(format!("the gateway does not speak {code}")))
}

fn refused(error: impl std::fmt::Display) -> StoreError {
    StoreError::Refused(error.to_string())
}
