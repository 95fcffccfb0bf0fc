//! Who signs in at the console and the till.

use uuid::Uuid;

use super::{access::Role, language::Language, shop::Shop};

/// The most characters of a person's name.
pub const NAME_CHARS_MAX: usize = 60;

/// The most characters of an email address. (RFC 5321, 4.5.3.1.3)
pub const EMAIL_CHARS_MAX: usize = 254;

/// The fewest and the most characters of a password. Long ones are welcome; there are no other rules. (NIST SP 800-63B-4, 3.1.1.2)
pub const PASSWORD_CHARS: std::ops::RangeInclusive<usize> = 12..=128;

/// Somebody who signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Our id.
    pub id: Uuid,
    /// Whose people they are of; `None`: an operator, who sees every merchant.
    pub merchant_id: Option<Uuid>,
    /// The one shop they are for; `None`: all of the merchant's.
    pub shop_id: Option<Uuid>,
    /// What they may do.
    pub role: Role,
    /// How they are called; stands in the ledger as who did it.
    pub name: String,
    /// Where invitations went, in small letters; staff who only have a PIN have none.
    pub email: Option<String>,
    /// The language of their pages.
    pub language: Language,
}

impl Person {
    /// Whether they run the gateway.
    pub fn is_operator(&self) -> bool {
        self.merchant_id.is_none()
    }

    /// Whether they may do what a role may.
    pub fn may(&self, role: Role) -> bool {
        self.role >= role
    }

    /// Whether a merchant's things are theirs to see.
    pub fn is_of(&self, merchant_id: Uuid) -> bool {
        self.merchant_id.is_none_or(|id| id == merchant_id)
    }

    /// Whether a shop's things are theirs to see.
    pub fn is_at(&self, shop: &Shop) -> bool {
        self.is_of(shop.merchant_id) && self.shop_id.is_none_or(|id| id == shop.id)
    }

    /// The word for their role in tables.
    pub fn role_word(&self) -> &'static str {
        if self.is_operator() { OPERATOR } else { self.role.word() }
    }
}

/// The word in tables for who runs the gateway.
pub const OPERATOR: &str = "operator";

/// An email address as it is kept: trimmed, in small letters; `None` where it cannot be one. Whether it can be reached, only a text
/// sent there would show.
pub fn read_email(written: &str) -> Option<String> {
    let email = written.trim().to_lowercase();
    let (local, host) = email.rsplit_once('@')?;
    let is_plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>()[],;:\\\"".contains(c);
    let looks_right = !local.is_empty()
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && !email.contains("..")
        && email.chars().all(is_plain)
        && email.chars().count() <= EMAIL_CHARS_MAX;
    looks_right.then_some(email)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_email_is_kept_in_small_letters_and_what_is_none_is_refused() {
        assert_eq!(read_email(" Ana@Bean-There.example ").as_deref(), Some("ana@bean-there.example"));
        for none in
            ["", "ana", "ana@", "@bean.example", "ana@bean", "a b@bean.example", "ana@.example", "<ana@b.example>"]
        {
            assert_eq!(read_email(none), None, "{none}");
        }
    }
}
