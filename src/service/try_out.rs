//! What a shop would answer: a conversation is played from its beginning with somebody nobody knows. It is the real one in all
//! it says, and nothing of it is written or sent.

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use super::{apply::World, directory::Known, receive::Arrival};
use crate::{
    domain::{
        address::Address,
        conversation::{Allowed, Context, FoundCodes, Turn, respond},
        effect::Effect,
        message::Inbound,
        shop::Sender,
        text::Text,
    },
    store::receiving,
};

/// The most texts of a conversation.
pub const TEXTS_MAX: usize = 20;
/// The most characters of a text that are read: three segments, more than most people type.
pub const TEXT_CHARS_MAX: usize = 480;

/// Who texts: a number that nobody is given. (North American Numbering Plan, 555-0100 to 555-0199)
const SOMEBODY: &str = "+12025550100";
/// How long they take to type.
const TYPING: Duration = Duration::seconds(7);

/// A text, and what is answered to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// What was texted.
    pub text: String,
    /// What is read then, in order.
    pub replies: Vec<String>,
}

/// Plays a conversation with a sender, beginning at `begins`; texts that are too many are left out.
pub fn play(known: &Known, sender_id: Uuid, texts: &[String], begins: DateTime<Utc>) -> Vec<Exchange> {
    let (Some(sender), Ok(somebody)) = (known.directory.sender(sender_id), Address::parse(SOMEBODY)) else {
        return Vec::new();
    };
    let mut world = World::new(receiving::Known::default());
    let mut at = begins;
    let mut played = Vec::new();
    for text in texts.iter().take(TEXTS_MAX) {
        let text: String = text.chars().take(TEXT_CHARS_MAX).collect();
        let arrival = arrival(sender, &somebody, &text, (at, played.len()));
        let turn = decide(&mut world, known, sender, &arrival);
        let replies = replies(&turn);
        world.apply(&arrival, sender, turn, &known.directory);
        played.push(Exchange { text, replies });
        at += TYPING;
    }
    played
}

fn decide(world: &mut World, known: &Known, sender: &Sender, arrival: &Arrival) -> Turn {
    let address = arrival.inbound.from.as_str();
    let conversation = world.conversation(sender.id, address);
    let enrolments = world.enrolments(address, sender.id, &known.directory);
    let members = world.members(address);
    let held = world.held(address, sender.id, &known.directory, arrival.received_at);
    let mut seed = [0; 16];
    // Codes differ from text to text, and are the same when the conversation is played again.
    seed.iter_mut().zip(arrival.inbound.provider_message_id.bytes()).for_each(|(seed, byte)| *seed = byte);
    let context = Context {
        now: arrival.received_at,
        directory: &known.directory,
        sender,
        enrolments: &enrolments,
        members: &members,
        held: &held,
        waiting: &[],
        found: &FoundCodes::default(),
        seed,
        opt_out_type: None,
        allowed: Allowed::All,
    };
    respond(&conversation, &Text::read(&arrival.inbound.body), &context)
}

fn arrival(sender: &Sender, somebody: &Address, text: &str, (at, place): (DateTime<Utc>, usize)) -> Arrival {
    let inbound = Inbound {
        provider_message_id: format!("try-{place}"),
        from: somebody.clone(),
        to: sender.address.clone(),
        service: None,
        body: text.to_owned(),
        media: Vec::new(),
        opt_out_type: None,
        segments: 1,
    };
    Arrival { account_id: sender.account_id, inbound, request_id: String::new(), received_at: at }
}

fn replies(turn: &Turn) -> Vec<String> {
    let said = turn.effects.iter().filter_map(|effect| match effect {
        Effect::Say { reply, .. } => Some(turn.language.write(reply)),
        _ => None,
    });
    said.collect()
}
