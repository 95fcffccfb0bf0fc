//! Texts that no person typed to us: reactions, automatic replies, delivery notices, our own words come back. They are
//! never taken for consent or refusal, although they quote keywords and STOP, and are best left without an answer.

use super::text::Text;

mod automatic;
mod echo;
mod instruction;
mod notice;
mod phrases;
mod reaction;
mod system;

pub use instruction::instructs;

use self::phrases::Said;

/// A text that a machine made, and how we know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MachineMade {
    /// What it is.
    pub kind: MachineKind,
    /// The rule that matched, for logs and transcripts.
    pub rule: &'static str,
}

/// What machines text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MachineKind {
    /// A person liked, or laughed at, one of our texts, and a phone wrote that out.
    Reaction,
    /// Driving, busy, out of office, "thanks for contacting".
    AutoReply,
    /// A network or mail server says that a text of ours was not delivered.
    DeliveryNotice,
    /// Our own text, or another program's like it: forwarded, or two programs in a loop.
    Echo,
    /// Another program's text to whoever has the number: a code to log in with, a parcel on its way, a bill.
    SystemText,
}

impl MachineKind {
    /// Its name in logs and in the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reaction => "reaction",
            Self::AutoReply => "auto_reply",
            Self::DeliveryNotice => "delivery_notice",
            Self::Echo => "echo",
            Self::SystemText => "system_text",
        }
    }
}

/// What machine made the text; `None` for what a person may have typed. In doubt it is a person.
pub fn kind(text: &Text) -> Option<MachineMade> {
    if text.normal().len() < SHORTEST {
        return None;
    }
    let said = Said::read(text.normal());
    let made = |kind| move |rule| MachineMade { kind, rule };
    reaction::rule(text, said)
        .map(made(MachineKind::Reaction))
        .or_else(|| notice::rule(text, said).map(made(MachineKind::DeliveryNotice)))
        .or_else(|| automatic::rule(text, said).map(made(MachineKind::AutoReply)))
        .or_else(|| echo::rule(text, said).map(made(MachineKind::Echo)))
        .or_else(|| system::rule(text, said).map(made(MachineKind::SystemText)))
}

/// The fewest bytes of any of them, in normal form: three Chinese characters.
const SHORTEST: usize = 6;

/// Whether a normal form begins with these words.
fn begins(normal: &str, words: &str) -> bool {
    normal.strip_prefix(words).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ') || !words.is_ascii())
}

/// Whether something is asked: machines state.
fn asks(text: &Text) -> bool {
    text.raw().contains(['?', '？', '¿']) || text.normal().ends_with(['吗', '呢'])
}

#[cfg(test)]
mod tests;
