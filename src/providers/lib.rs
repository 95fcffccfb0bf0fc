//! Who carries it: pure translators between a provider's HTTP and our values. No network here.
//!
//! The web side asks for a [`Form`](twilio::form::Form), verifies it and reads an inbound text or a receipt from it.
//! The notifier asks for an [`ApiRequest`], performs it, and lets the provider's words become an [`Answer`].

pub mod twilio;

use std::fmt::{self, Debug, Formatter};
use std::time::Duration;

use chrono::{DateTime, Utc};
use secrecy::SecretString;
use url::Url;
use uuid::Uuid;

use regulars_domain::address::{Address, AddressError};
use regulars_domain::delivery::Trouble;
use regulars_domain::message::{DeliveryStatus, Outbound};

/// Every provider, in the order they are offered. A new one is a file and a line here.
pub const PROVIDERS: &[Provider] = &[twilio::PROVIDER];

/// What the notifier needs of a provider.
///
/// Its webhooks have routes of their own, since every provider signs and writes them differently.
#[derive(Clone, Copy)]
pub struct Provider {
    /// Its name in settings, tables and paths.
    pub name: &'static str,
    /// The request that sends a text; through a messaging service if one is named.
    pub write_message: fn(&Account, &Outbound, service: Option<&str>) -> ApiRequest,
    /// The request that lists what was sent to a person; from any sender if none is named.
    pub write_lookup: fn(&Account, from: Option<&Address>, to: &Address) -> ApiRequest,
    /// The request for the next page of a list; `None` if the link leads to another host.
    pub write_page: fn(&Account, next_page_uri: &str) -> Option<ApiRequest>,
    /// Reads one page of a list.
    pub read_page: fn(body: &[u8]) -> Result<Page, Unreadable>,
    /// Reads what was said to a send.
    pub read_answer: fn(http_status: u16, retry_after: Option<&str>, DateTime<Utc>, body: &[u8]) -> Answer,
    /// What an error number of its own means.
    pub explain: fn(code: u32) -> Trouble,
}

impl Debug for Provider {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// The provider of that name.
pub fn provider(name: &str) -> Option<&'static Provider> {
    PROVIDERS.iter().find(|provider| provider.name == name)
}

/// How one account at a provider is reached and recognised.
#[derive(Debug, Clone)]
pub struct Account {
    /// Our id of it.
    pub id: Uuid,
    /// The provider's id of it: `AC…` at Twilio, a UUID at SignalWire.
    pub account_sid: String,
    /// Who carries its texts.
    pub provider: &'static Provider,
    /// The token that opens the API.
    pub auth_token: SecretString,
    /// What webhooks may be signed with: the key or token in force, and the one before it while they are being rotated.
    pub signing_keys: Vec<SecretString>,
    /// Where the API is, before `/2010-04-01`; may have a path (`https://space.signalwire.com/api/laml`).
    pub api_base_url: Url,
    /// The header that carries the signature of a webhook.
    pub signature_header: String,
    /// The regular expression its account ids follow.
    pub account_sid_pattern: String,
}

/// A request for the notifier to perform, with Basic authentication.
#[derive(Debug, Clone)]
pub struct ApiRequest {
    /// GET or POST.
    pub method: Method,
    /// Where to, query included.
    pub url: Url,
    /// The form to post; empty for GET.
    pub form: Vec<(String, String)>,
    /// The account's id.
    pub username: String,
    /// The account's current token.
    pub password: SecretString,
}

/// The methods the providers' APIs need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Sends.
    Post,
}

/// What a provider said to a send. It alone decides what becomes of the outbox row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Taken.
    Accepted {
        /// The id under which receipts will speak of it.
        provider_message_id: String,
        /// How far it is already.
        status: DeliveryStatus,
    },
    /// Not taken, through nobody's fault: the same text may be sent again.
    RetryAfter {
        /// How long the provider asks us to wait; at most [`PAUSE_MAX`].
        pause: Option<Duration>,
        /// The provider's number for it.
        code: Option<u32>,
    },
    /// Not taken, because the sender is too fast.
    RateLimited {
        /// How long the provider asks us to wait; at most [`PAUSE_MAX`].
        pause: Option<Duration>,
        /// The provider's number for it.
        code: Option<u32>,
    },
    /// Not taken and never will be: the recipient, the text or our request is at fault.
    Refused {
        /// The provider's number for it.
        code: Option<u32>,
        /// Why, for an operator; without phone numbers.
        reason: String,
    },
    /// Not taken: the person has opted out at the provider.
    OptedOut {
        /// The provider's number for it.
        code: Option<u32>,
    },
    /// Not taken: nothing will be until an operator has acted.
    Misconfigured {
        /// The provider's number for it.
        code: Option<u32>,
        /// Why, for an operator; without phone numbers.
        reason: String,
    },
    /// May have been taken: look it up before sending it again.
    Unclear {
        /// The provider's number for it.
        code: Option<u32>,
    },
}

/// The longest pause a provider can ask of us; what asks for more is tried again after it.
pub const PAUSE_MAX: Duration = Duration::from_secs(3600);

/// What to make of no answer at all: a refused connection took nothing, a silence after the request left may have.
pub fn read_no_answer(request_left: bool) -> Answer {
    if request_left { Answer::Unclear { code: None } } else { Answer::RetryAfter { pause: None, code: None } }
}

/// A page of the provider's list of messages, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The messages on it.
    pub messages: Vec<Listed>,
    /// Where the list goes on, if it does.
    pub next_page_uri: Option<String>,
}

/// A message as the provider's list has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The provider's id.
    pub sid: String,
    /// To whom.
    pub to: Option<Address>,
    /// From whom; `None` until a messaging service has chosen.
    pub from: Option<Address>,
    /// The text.
    pub body: String,
    /// How far it is; `None` for a text that came in, and for a word we do not know.
    pub status: Option<DeliveryStatus>,
    /// When the provider took it.
    pub date_created: Option<DateTime<Utc>>,
    /// Why it failed.
    pub error_code: Option<u32>,
    /// Whether it went out (rather than came in).
    pub outbound: bool,
}

/// Why something from a provider cannot be read: one sentence that names the part, never its value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// More parameters than any provider sends.
    #[error("the form has more than {0} parameters")]
    TooManyParameters(usize),
    /// Absent or blank.
    #[error("the parameter {0} is missing")]
    Missing(&'static str),
    /// Beyond what we keep.
    #[error("the parameter {0} has more than {1} characters")]
    TooLong(&'static str, usize),
    /// Blanks or control characters in an id.
    #[error("the parameter {0} is not an id of printable ASCII characters")]
    NoId(&'static str),
    /// Not an address.
    #[error("the parameter {0} is not an address: {1}")]
    NoAddress(&'static str, AddressError),
    /// Not the JSON of a list of messages.
    #[error("the answer is not a list of messages in JSON")]
    NoList,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_provider_has_a_name_of_its_own_and_samples_of_its_webhooks() {
        for (index, known) in PROVIDERS.iter().enumerate() {
            assert!(PROVIDERS[..index].iter().all(|other| other.name != known.name), "{} twice", known.name);
            let samples =
                format!("{}/../../tests/vectors/{}_inbound_samples.json", env!("CARGO_MANIFEST_DIR"), known.name);
            assert!(std::path::Path::new(&samples).exists(), "{samples} is missing");
            assert_eq!(provider(known.name).unwrap().name, known.name);
        }
        assert!(provider("pigeon").is_none());
    }

    #[test]
    fn silence_after_the_request_left_is_unclear_and_before_it_is_safe_to_try_again() {
        assert_eq!(read_no_answer(true), Answer::Unclear { code: None });
        assert_eq!(read_no_answer(false), Answer::RetryAfter { pause: None, code: None });
    }

    #[test]
    fn an_account_hides_its_tokens() {
        let account = twilio::tests::account();
        assert!(!format!("{account:?}").contains(twilio::tests::TOKEN));
    }
}
