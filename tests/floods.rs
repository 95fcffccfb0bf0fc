//! Robots that answer robots, and crowds that come from one corner: they stop or are damped, and people are answered.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod harness;

mod floods {
    mod crowds;
    mod robots;
}

use harness::world::World;
use regulars::stage::shops::NUMBER;

/// Alarms are counted for the whole process: tests that count them take turns.
static COUNTING: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// Hands texts in, one after another, and waits until what they lead to is sent.
async fn say(world: &World, texts: impl IntoIterator<Item = (String, &str)>) {
    for (phone, body) in texts {
        let answer = world.provider.messages(&world.provider.text(&phone, NUMBER, body)).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    }
    world.stage.settled().await.unwrap();
}

/// How many texts a phone has read.
fn count_read(world: &World, phone: &str) -> usize {
    world.stage.carrier.messages_to(phone).len()
}
