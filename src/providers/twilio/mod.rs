//! The Twilio-compatible API: Twilio itself, SignalWire and others of the same shape.

pub mod error_code;
pub mod form;
pub mod inbound;
pub mod outbound;
pub mod signature;

use super::Provider;

/// Its line in the list of providers.
pub const PROVIDER: Provider = Provider {
    name: "twilio",
    write_message: outbound::write_message,
    write_lookup: outbound::write_lookup,
    write_page: outbound::write_page,
    read_page: outbound::read_page,
    read_answer: outbound::read_answer,
    explain: error_code::explain,
};

#[cfg(test)]
pub(super) mod tests {
    use serde_json::Value;

    use crate::Account;

    /// The token of all made-up accounts in the vectors.
    pub const TOKEN: &str = "2f7a1d4e9b3c58604f1e7d2a6b9c0e35";

    /// The made-up account of the vectors.
    pub fn account() -> Account {
        Account {
            id: uuid::Uuid::nil(),
            account_sid: "ACa1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4".into(),
            provider: &super::PROVIDER,
            auth_token: TOKEN.into(),
            signing_keys: vec![TOKEN.into()],
            api_base_url: "https://api.twilio.com".parse().unwrap(),
            signature_header: super::signature::SIGNATURE_HEADER.into(),
            account_sid_pattern: "^AC[0-9a-f]{32}$".into(),
        }
    }

    /// A vector file, parsed.
    pub fn vectors(name: &str) -> Value {
        let path = format!("{}/../../tests/vectors/{name}", env!("CARGO_MANIFEST_DIR"));
        serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
    }
}
