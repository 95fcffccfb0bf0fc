//! How the carrier is set up.

use std::net::SocketAddr;
use std::time::Duration;

use super::{CallbackMode, StopBlocks};

/// How the carrier is set up.
#[derive(Clone)]
pub struct CarrierSettings {
    /// Where it listens; port 0 takes any free one.
    pub bind: SocketAddr,
    /// The one account it knows.
    pub account_sid: String,
    /// The password of its API, and the key of its signatures.
    pub auth_token: String,
    /// The gateway's webhook for inbound texts; [`Carrier::set_inbound_url`](super::Carrier::set_inbound_url) changes it.
    pub inbound_url: String,
    /// Before `/2010-04-01` in every path, such as `/api/laml`; empty for Twilio itself.
    pub path_prefix: String,
    /// The header of its signatures.
    pub signature_header: String,
    /// The number that sends for every messaging service.
    pub service_sender: String,
    /// Pause before each step of a text's delivery; zero for tests.
    pub callback_delay: Duration,
    /// What becomes of a text, and in which order the gateway hears of it.
    pub callbacks: CallbackMode,
    /// What STOP does here.
    pub stop_blocks: StopBlocks,
    /// How many texts it remembers.
    pub messages_max: usize,
    /// Threads that serve requests.
    pub workers: usize,
    /// Whom the phones on the page can text.
    pub contacts: Vec<Contact>,
    /// What the page suggests to type.
    pub suggestions: Vec<String>,
}

/// Somebody in the phones' address book.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Contact {
    /// What the phone shows above the conversation.
    pub name: String,
    /// The number texted.
    pub address: String,
}

impl Default for CarrierSettings {
    fn default() -> Self {
        Self {
            bind: SocketAddr::from(([127, 0, 0, 1], 0)),
            account_sid: "AC00000000000000000000000000000000".to_owned(),
            auth_token: "sandbox".to_owned(),
            inbound_url: String::new(),
            path_prefix: String::new(),
            signature_header: "X-Twilio-Signature".to_owned(),
            service_sender: "+15550100100".to_owned(),
            callback_delay: Duration::ZERO,
            callbacks: CallbackMode::InOrder,
            stop_blocks: StopBlocks::AfterOneConfirmation,
            messages_max: 100_000,
            workers: 1,
            contacts: Vec::new(),
            suggestions: Vec::new(),
        }
    }
}
