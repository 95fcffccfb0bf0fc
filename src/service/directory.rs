//! The directory in memory, shared by all threads, kept up with changes made here or on another node.

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, PoisonError, RwLock, RwLockReadGuard,
        atomic::{AtomicBool, Ordering},
    },
};

use chrono::{DateTime, Utc};
use secrecy::SecretString;
use tokio::sync::Mutex;
use url::Url;
use uuid::Uuid;

use crate::{
    clock::from_millis,
    domain::{
        access::ApiKey,
        directory::Directory,
        language::Language,
        money::Currency,
        program::{Program, draft::Frame},
        shop::Shop,
        staff::StaffPhone,
        telling::quiet::QuietHours,
        words::{Template, topics},
    },
    providers::{Account, provider},
    secrets::{Vault, VaultError},
    store::{
        Store, StoreError,
        directory::{Changes, SealedAccount},
        keys::KeyRow,
        programs::ProgramVersion,
        staff::StaffPhoneRow,
        tills::SealedTill,
        words::WordsRow,
    },
    tills::Till,
};

/// Senders, shops and keywords, and the provider accounts behind the senders.
#[derive(Default)]
pub struct Known {
    /// Senders, shops, keywords.
    pub directory: Directory,
    /// When members may be told something unasked.
    pub quiet_hours: QuietHours,
    accounts: HashMap<Uuid, Arc<Account>>,
    accounts_by_sid: HashMap<Box<str>, Uuid>,
    keys: HashMap<Uuid, Arc<ApiKey>>,
    /// By what is kept of a key: which one, and until when where it was replaced (Unix milliseconds).
    keys_by_hash: HashMap<Box<str>, (Uuid, Option<i64>)>,
    tills: HashMap<Uuid, Arc<Till>>,
    /// By address: somebody may be staff of several shops.
    staff: HashMap<Box<str>, Vec<Arc<StaffPhone>>>,
    staff_by_shop: HashMap<Uuid, HashSet<String>>,
    revision: i64,
}

/// What is known, and how to keep it up to date.
pub struct LiveDirectory {
    store: Store,
    vault: Vault,
    known: RwLock<Known>,
    refreshing: Mutex<()>,
    /// Whether any phone that was erased wants no texts; never taken back.
    has_silenced: AtomicBool,
}

/// Why the directory could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum DirectoryError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A provider token does not open.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// An account at a provider that this version does not speak to.
    #[error("provider account {0} is at {1}, which this version of regulars does not know")]
    Provider(String, String),
    /// An account's address is none.
    #[error("the API address of provider account {0} is not a URL")]
    ApiBaseUrl(String),
}

impl Known {
    /// The number of the last change that is known.
    pub fn revision(&self) -> i64 {
        self.revision
    }

    /// A provider account by our id.
    pub fn account(&self, id: Uuid) -> Option<&Arc<Account>> {
        self.accounts.get(&id)
    }

    /// The account that a webhook speaks for: by the provider's id for it, else by the sender that was addressed, else
    /// by the messaging service. (Looking at the service first loses numbers of a pool.)
    pub fn account_of(
        &self,
        account_sid: Option<&str>,
        sender: Option<&str>,
        service: Option<&str>,
    ) -> Option<&Arc<Account>> {
        let by_sid = account_sid.and_then(|sid| self.accounts_by_sid.get(sid)).copied();
        let by_sender = || Some(self.directory.sender_of(sender?, None)?.account_id);
        let by_service = || Some(self.directory.sender_of("", service)?.account_id);
        self.account(by_sid.or_else(by_sender).or_else(by_service)?)
    }

    /// A good key by its id.
    pub fn key(&self, id: Uuid) -> Option<&Arc<ApiKey>> {
        self.keys.get(&id)
    }

    /// A good key by what is kept of it; one that was replaced is good for a while.
    pub fn key_of(&self, hash: &str, now: DateTime<Utc>) -> Option<&Arc<ApiKey>> {
        let (id, until) = self.keys_by_hash.get(hash)?;
        self.keys.get(id).filter(|_| until.is_none_or(|until| now.timestamp_millis() < until))
    }

    /// A till that reports to a shop, by our id.
    pub fn till(&self, id: Uuid) -> Option<&Arc<Till>> {
        self.tills.get(&id)
    }

    /// The shops of a sender of whose staff this phone is, oldest first.
    pub fn staff_of(&self, address: &str, sender_id: Uuid) -> Vec<(Arc<StaffPhone>, Shop)> {
        let phones = self.staff.get(address).into_iter().flatten();
        let at_shop = |phone: &Arc<StaffPhone>| {
            let shop = self.directory.shop(phone.shop_id).filter(|shop| shop.sender_id == sender_id)?;
            Some((Arc::clone(phone), shop.clone()))
        };
        let mut found: Vec<_> = phones.filter_map(at_shop).collect();
        found.sort_by_key(|(_, shop)| (shop.created_at, shop.id));
        found
    }

    /// The addresses of all phones of a shop's staff.
    pub fn staff_at(&self, shop_id: Uuid) -> Vec<String> {
        self.staff_by_shop.get(&shop_id).into_iter().flatten().cloned().collect()
    }

    fn put_staff(&mut self, row: StaffPhoneRow) {
        let StaffPhoneRow { phone, is_removed } = row;
        let address = phone.address.as_str().to_owned();
        let known = self.staff.entry(address.as_str().into()).or_default();
        known.retain(|other| other.id != phone.id);
        let at_shop = self.staff_by_shop.entry(phone.shop_id).or_default();
        if !is_removed {
            at_shop.insert(address);
            known.push(Arc::new(phone));
            return;
        }
        // A phone that was removed and authorised anew is there under another id.
        if known.iter().all(|other| other.shop_id != phone.shop_id) {
            at_shop.remove(&address);
        }
        if known.is_empty() {
            self.staff.remove(address.as_str());
        }
    }

    fn put_key(&mut self, row: KeyRow) {
        let id = row.key.id;
        if self.keys.remove(&id).is_some() {
            self.keys_by_hash.retain(|_, (of, _)| *of != id);
        }
        if row.revoked_at.is_some() {
            return;
        }
        self.keys_by_hash.insert(row.hash.into(), (id, None));
        if let Some(hash) = row.previous_hash {
            self.keys_by_hash.insert(hash.into(), (id, Some(row.previous_until.unwrap_or(0))));
        }
        self.keys.insert(id, Arc::new(row.key));
    }

    fn put_account(&mut self, account: Account) {
        self.accounts_by_sid.insert(account.account_sid.as_str().into(), account.id);
        self.accounts.insert(account.id, Arc::new(account));
    }
}

impl LiveDirectory {
    /// Loads all that is known.
    pub async fn load(store: Store, vault: Vault) -> Result<Self, DirectoryError> {
        let has_silenced = AtomicBool::new(store.has_silenced().await?);
        let live = Self { store, vault, known: RwLock::default(), refreshing: Mutex::default(), has_silenced };
        live.refresh().await?;
        Ok(live)
    }

    /// Keeps other hours for texts than those built in.
    pub fn keep_quiet_hours(&self, hours: QuietHours) {
        self.known.write().unwrap_or_else(PoisonError::into_inner).quiet_hours = hours;
    }

    /// A look at what is known. Short: a refresh waits for it.
    pub fn read(&self) -> RwLockReadGuard<'_, Known> {
        self.known.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is kept of a single-use code; `None` where no key is set.
    pub fn hash_code(&self, code: &str) -> Option<String> {
        self.vault.hash_code(code)
    }

    /// What is kept of the phone of somebody who was erased; `None` where no key is set.
    pub fn hash_phone(&self, address: &str) -> Option<String> {
        self.vault.hash_phone(address)
    }

    /// Whether any phone that was erased wants no texts, as far as this node knows.
    pub fn has_silenced(&self) -> bool {
        self.has_silenced.load(Ordering::Relaxed)
    }

    /// Takes in what has changed since the last look; costs as much as there are changes.
    pub async fn refresh(&self) -> Result<(), DirectoryError> {
        let _one_at_a_time = self.refreshing.lock().await;
        let since = self.read().revision;
        let changes = self.store.changes_since(since).await?;
        if changes.revision == since {
            return Ok(());
        }
        // Whoever erases somebody takes a revision, so that every node looks.
        if !self.has_silenced() && self.store.has_silenced().await? {
            self.has_silenced.store(true, Ordering::Relaxed);
        }
        let accounts = changes.accounts.iter().map(|sealed| open_account(&self.vault, sealed));
        let accounts = accounts.collect::<Result<Vec<_>, _>>()?;
        let programs = changes.programs.iter().filter_map(|version| read_program(&self.vault, version)).collect();
        let mut tills = Vec::with_capacity(changes.tills.len());
        for sealed in &changes.tills {
            tills.push((sealed.id, open_till(&self.vault, sealed)?));
        }
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        take_in(&mut known, accounts, programs, changes);
        for (id, till) in tills {
            match till {
                Some(till) => known.tills.insert(id, Arc::new(till)),
                None => known.tills.remove(&id),
            };
        }
        Ok(())
    }
}

fn take_in(known: &mut Known, accounts: Vec<Account>, programs: Vec<Program>, changes: Changes) {
    accounts.into_iter().for_each(|account| known.put_account(account));
    changes.senders.into_iter().for_each(|sender| known.directory.put_sender(sender));
    changes.shops.into_iter().for_each(|shop| known.directory.put_shop(shop));
    changes.keywords.into_iter().for_each(|keyword| known.directory.put_keyword(keyword));
    programs.into_iter().for_each(|program| known.directory.put_program(program));
    changes.keys.into_iter().for_each(|key| known.put_key(key));
    changes.staff_phones.into_iter().for_each(|row| known.put_staff(row));
    changes.words.iter().for_each(|row| put_words(known, row));
    changes.deleted_keywords.into_iter().for_each(|id| known.directory.remove_keyword(id));
    known.revision = changes.revision;
}

/// A text that this version cannot read (of another version of the program) is said as built in, and that is told.
fn put_words(known: &mut Known, row: &WordsRow) {
    let Some((language, (_, key))) = Language::from_code(&row.language).zip(topics::find(&row.key)) else { return };
    let read = row.text.as_deref().map(|text| Template::read(text, language, key)).transpose();
    let text = read.unwrap_or_else(|error| {
        let (shop, language, key) = (row.shop_id, &row.language, key);
        tracing::error!(%shop, language, key, %error, "a shop's own text cannot be read and is said as built in");
        None
    });
    known.directory.put_words(row.shop_id, (language, key), text);
}

/// `None` for a till that is removed, or that this version cannot read.
fn open_till(vault: &Vault, sealed: &SealedTill) -> Result<Option<Till>, VaultError> {
    if sealed.removed_at.is_some() { Ok(None) } else { super::tills::open(vault, sealed) }
}

/// A version that this program cannot read (written by a later one) is left out, and said so.
fn read_program(vault: &Vault, version: &ProgramVersion) -> Option<Program> {
    let read = frame(vault, version).map(|frame| Program::read(&version.document, frame));
    match read {
        Some(Ok(program)) => Some(program),
        other => {
            let mistake = other.and_then(Result::err).and_then(|mistakes| mistakes.into_iter().next());
            let mistake = mistake.map_or_else(String::new, |mistake| format!("{}: {}", mistake.path, mistake.sentence));
            let (program, number) = (version.program_id, version.version);
            tracing::error!(%program, number, mistake, "a version of a program cannot be read and is left out");
            None
        }
    }
}

/// What is not written in a program; `None` for a currency or a time zone that nobody knows any more.
pub(super) fn frame(vault: &Vault, version: &ProgramVersion) -> Option<Frame> {
    Some(Frame {
        id: version.program_id,
        merchant_id: version.merchant_id,
        version: version.version,
        valid_from: from_millis(version.valid_from),
        currency: Currency::from_code(&version.currency)?,
        time_zone: version.time_zone.parse().ok()?,
        secret: vault.derive(&format!("code of the day {}", version.program_id)),
    })
}

fn open_account(vault: &Vault, sealed: &SealedAccount) -> Result<Account, DirectoryError> {
    let open = |secret: &String| vault.open(secret, &sealed.account_sid);
    let in_force = sealed.signing_key_sealed.as_ref().unwrap_or(&sealed.auth_token_sealed);
    let signing_keys = std::iter::once(in_force).chain(&sealed.auth_token_previous_sealed).map(open);
    Ok(Account {
        id: sealed.id,
        account_sid: sealed.account_sid.clone(),
        provider: provider(&sealed.provider)
            .ok_or_else(|| DirectoryError::Provider(sealed.account_sid.clone(), sealed.provider.clone()))?,
        auth_token: open(&sealed.auth_token_sealed)?,
        signing_keys: signing_keys.collect::<Result<Vec<SecretString>, _>>()?,
        api_base_url: Url::parse(&sealed.api_base_url)
            .map_err(|_| DirectoryError::ApiBaseUrl(sealed.account_sid.clone()))?,
        signature_header: sealed.signature_header.clone(),
        account_sid_pattern: sealed.account_sid_pattern.clone(),
    })
}
