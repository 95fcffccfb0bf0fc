//! What words of all five languages have in common: a small set of meanings, by which rules and model see a text.

/// A set of concepts, a bit for each.
pub type Concepts = u64;

/// The concepts, as the lexicon files name them; a concept's place is its bit.
pub const CONCEPTS: &[&str] = &[
    // what is asked for
    "END", "UNSUB", "CANCEL", "REMOVE", "BLOCK", "DNC", "ALONE", "GOAWAY", "STOPSIGN", "OUT", "LAST",
    "SPARE", // why
    "ENOUGH", "BOTHER", "INSULT", "ANGRY", "REPORT", "LEGAL", "THREAT", "WRONG", "NOTME", "LEFT", "DEAD", "INTEREST",
    // about what
    "CONTACT", "MESSAGES", "ADS", "OFFERS", "LIST", "NUMBER", "PERSON", "SIGNUP", "RECEIVE", "ACCOUNT",
    // the joints of a sentence
    "NEG", "NEVER", "MORE", "WANT", "ME", "YOU", "THIS", "PLEASE", "HOWTO", "ONLY",
    // what speaks against it
    "DONTSTOP", "BACK", "KEEP", "LIKE", "WHEN", "ASK", "SHOP", "FOOD", "FAMILY", "HABIT", "PLACE", "TIME", "MUSIC",
    "CHANNEL", "DIGITS", // known, and of no weight
    "NAMECALL", "WORDS",
];

/// The bit of a concept; none for a name that is not in [`CONCEPTS`].
pub const fn bit(name: &str) -> Concepts {
    let mut at = 0;
    while at < CONCEPTS.len() {
        if same(CONCEPTS[at].as_bytes(), name.as_bytes()) {
            return 1 << at;
        }
        at += 1;
    }
    0
}

const fn same(left: &[u8], right: &[u8]) -> bool {
    let mut at = 0;
    while at < left.len() && at < right.len() && left[at] == right[at] {
        at += 1;
    }
    at == left.len() && at == right.len()
}

/// Known, but without a meaning that counts.
pub const WORDS: Concepts = bit("WORDS");

/// The concepts of a set, by number.
pub fn each(concepts: Concepts) -> impl Iterator<Item = u32> {
    let mut rest = concepts & !WORDS;
    std::iter::from_fn(move || {
        let next = rest.trailing_zeros();
        rest &= rest.wrapping_sub(1);
        (next < 64).then_some(next)
    })
}
