//! What waits in the outbox reaches the carrier, once and in order, whatever goes wrong on the way.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod harness;

mod delivery {
    mod codes;
    mod doubts;
    mod lanes;
    mod phones;
    mod requests;
    mod retries;
    mod stops;
}

use harness::world::{World, until};
use regulars::stage::shops::NUMBER;
use serde_json::Value;

const ANA: &str = "+14155550199";
const BEA: &str = "+14155550188";

/// Alarms are counted for the whole process: tests that count them take turns.
static COUNTING: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// Hands a text in, and waits for nothing.
async fn say(world: &World, phone: &str, body: &str) {
    let answer = world.provider.messages(&world.provider.text(phone, NUMBER, body)).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
}

/// Waits until nothing waits in the outbox. The clock stands still; whenever all that waits is due later, it is moved
/// to the first of it.
async fn settle_as_time_passes(world: &World) {
    until("everything is settled", || async {
        // In one look: between two, a text may go from one state to another. Only the first to each phone can be due.
        let open = "SELECT o.state, o.due_at FROM outbox AS o WHERE o.state IN ('queued', 'claimed', 'unclear') AND NOT EXISTS \
                    (SELECT 1 FROM outbox AS e WHERE e.sender_id = o.sender_id AND e.address = o.address AND e.id < o.id \
                    AND e.state IN ('queued', 'claimed', 'unclear')) ORDER BY o.due_at";
        let open = world.rows.all(open).await;
        if let Some(first) = open.first().filter(|_| open.iter().all(|row| row["state"] != "claimed")) {
            let pause = first["due_at"].as_i64().unwrap() - world.stage.clock.now().timestamp_millis();
            world.stage.clock.advance(chrono::Duration::milliseconds(pause.max(0)));
        }
        open.is_empty()
    })
    .await;
}

/// The rows of the outbox, oldest first.
async fn outbox(world: &World) -> Vec<Value> {
    let columns = "address, state, attempts, error_code, reason, provider_message_id, due_at, leased_by, body";
    world.rows.all(&format!("SELECT {columns} FROM outbox ORDER BY id")).await
}

/// The states and attempts of all rows.
async fn states(world: &World) -> Vec<(String, i64)> {
    let state = |row: &Value| (row["state"].as_str().unwrap().to_owned(), row["attempts"].as_i64().unwrap());
    outbox(world).await.iter().map(state).collect()
}

/// What a phone has read, oldest first.
fn read(world: &World, phone: &str) -> Vec<String> {
    world.stage.carrier.messages_to(phone).into_iter().map(|message| message.body).collect()
}
