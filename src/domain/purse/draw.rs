//! Codes that one can read aloud. Chance is made in the shell and comes in as a seed.

use sha2::{Digest, Sha256};

/// No vowels, so that no code is a word; no signs that look or sound like others.
const ALPHABET: &[u8; 20] = b"CDFHJKMNPRTVWXY34679";
/// The signs of a voucher's code: 64 million of them.
const VOUCHER_SIGNS: usize = 6;

/// Codes drawn from one seed: the same seed gives the same codes.
#[derive(Debug, Clone)]
pub struct Draw {
    seed: [u8; 16],
    drawn: u32,
}

impl Draw {
    /// From a seed that nobody can guess.
    pub fn new(seed: [u8; 16]) -> Self {
        Self { seed, drawn: 0 }
    }

    /// The code of a voucher, as it is kept.
    pub fn voucher(&mut self) -> String {
        self.code(VOUCHER_SIGNS)
    }

    /// A code of so many signs, at most 30.
    pub fn code(&mut self, signs: usize) -> String {
        self.drawn += 1;
        let hash = Sha256::new().chain_update(self.seed).chain_update(self.drawn.to_be_bytes()).finalize();
        // 256 is no multiple of 20, and the first signs come a little more often: of no use to anybody.
        hash.iter().take(signs).map(|byte| char::from(ALPHABET[usize::from(*byte) % ALPHABET.len()])).collect()
    }

    /// A number of so many digits.
    pub fn number(&mut self, digits: usize) -> String {
        self.drawn += 1;
        let hash = Sha256::new().chain_update(self.seed).chain_update(self.drawn.to_be_bytes()).finalize();
        hash.iter().take(digits).map(|byte| char::from(b'0' + byte % 10)).collect()
    }
}

/// A code as it is shown: in groups of at most four signs, K7Q-M3X.
pub fn shown(code: &str) -> String {
    let signs: Vec<char> = code.chars().collect();
    let groups = signs.len().div_ceil(4).max(1);
    let each = signs.len().div_ceil(groups).max(1);
    let groups: Vec<String> = signs.chunks(each).map(|group| group.iter().collect()).collect();
    groups.join("-")
}

/// A code as it is kept, from what somebody typed: without blanks and hyphens, in capitals.
pub fn typed(code: &str) -> String {
    code.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// Whether what somebody typed may be a voucher's code.
pub fn may_be_voucher(code: &str) -> bool {
    let code = typed(code);
    code.len() == VOUCHER_SIGNS && code.bytes().all(|sign| ALPHABET.contains(&sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_shown_in_groups_and_read_however_typed() {
        let code = Draw::new([7; 16]).voucher();
        assert_eq!(code.len(), VOUCHER_SIGNS);
        assert!(code.bytes().all(|sign| ALPHABET.contains(&sign)), "{code}");
        assert_eq!(typed(&format!(" {} ", shown(&code).to_lowercase())), code);
        assert_eq!(shown("CDFHJKMNPR"), "CDFH-JKMN-PR");
        assert_eq!(shown("CDFHJK"), "CDF-HJK");
    }
}
