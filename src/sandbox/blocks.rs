//! Who said STOP: the carrier's own list of pairs it lets nothing through to.

/// What the carrier does by itself when a phone says STOP.
///
/// Twilio's default blocks at once and answers by itself; an account may switch that off, and then the carrier blocks
/// nothing. The default here lets the gateway's own confirmation through first, so that one sees it on the phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StopBlocks {
    /// Nothing goes through after STOP (21610).
    Immediately,
    /// One further text goes through, then nothing (21610).
    #[default]
    AfterOneConfirmation,
    /// The carrier leaves opt-outs to the gateway.
    Never,
}

/// Twilio's words, as a whole text and in any case; "OPT OUT" with a blank is not one of them.
const STOP_WORDS: &[&str] = &["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"];
const START_WORDS: &[&str] = &["START", "YES", "UNSTOP"];

/// Most senders one phone can have blocked.
const BLOCKS_MAX: usize = 100;

/// The senders one phone has said STOP to.
#[derive(Debug, Default)]
pub(super) struct Blocks(Vec<Block>);

/// Whether a text goes through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Admission {
    Open,
    /// This one, and none after it.
    Last,
    Blocked,
}

#[derive(Debug)]
struct Block {
    sender: Box<str>,
    confirmations_left: u8,
}

impl Blocks {
    /// Reads an inbound text as the carrier does; says whether the list changed.
    pub fn hear(&mut self, sender: &str, body: &str, policy: StopBlocks) -> bool {
        let word = body.trim();
        if is_one_of(STOP_WORDS, word) {
            self.block(sender, policy)
        } else if is_one_of(START_WORDS, word) {
            let before = self.0.len();
            self.0.retain(|block| &*block.sender != sender);
            self.0.len() != before
        } else {
            false
        }
    }

    fn block(&mut self, sender: &str, policy: StopBlocks) -> bool {
        let confirmations_left = match policy {
            StopBlocks::Immediately => 0,
            StopBlocks::AfterOneConfirmation => 1,
            StopBlocks::Never => return false,
        };
        let known = self.0.iter().any(|block| &*block.sender == sender);
        if known || self.0.len() >= BLOCKS_MAX {
            return false;
        }
        self.0.push(Block { sender: sender.into(), confirmations_left });
        true
    }

    /// Whether a text from `sender` goes through; the one confirmation is used up by asking.
    pub fn admit(&mut self, sender: &str) -> Admission {
        match self.0.iter_mut().find(|block| &*block.sender == sender) {
            None => Admission::Open,
            Some(block) if block.confirmations_left > 0 => {
                block.confirmations_left -= 1;
                Admission::Last
            }
            Some(_) => Admission::Blocked,
        }
    }

    /// The senders blocked from now on.
    pub fn senders(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter(|block| block.confirmations_left == 0).map(|block| &*block.sender)
    }
}

fn is_one_of(words: &[&str], word: &str) -> bool {
    words.iter().any(|known| known.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stop_lets_one_confirmation_through_and_start_opens_again() {
        let mut blocks = Blocks::default();
        assert!(blocks.hear("+1", " stop ", StopBlocks::AfterOneConfirmation));
        assert_eq!(blocks.admit("+1"), Admission::Last);
        assert_eq!(blocks.admit("+1"), Admission::Blocked);
        assert_eq!(blocks.admit("+2"), Admission::Open, "another sender");
        assert_eq!(blocks.senders().collect::<Vec<_>>(), ["+1"]);
        assert!(!blocks.hear("+1", "STOP", StopBlocks::AfterOneConfirmation), "a second STOP changes nothing");
        assert_eq!(blocks.admit("+1"), Admission::Blocked);
        assert!(blocks.hear("+1", "unstop", StopBlocks::AfterOneConfirmation));
        assert_eq!(blocks.admit("+1"), Admission::Open);
    }

    #[test]
    fn only_the_single_word_counts() {
        let mut blocks = Blocks::default();
        for body in ["stop it", "STOP.", "opt out", "please stop", ""] {
            assert!(!blocks.hear("+1", body, StopBlocks::Immediately), "{body}");
        }
        assert!(blocks.hear("+1", "OptOut", StopBlocks::Immediately));
        assert_eq!(blocks.admit("+1"), Admission::Blocked);
        assert!(!Blocks::default().hear("+1", "STOP", StopBlocks::Never));
    }
}
