//! Never more than so many texts to one phone within so many seconds: what is too many goes out later, in order.

use chrono::Duration;
use regulars::config::Settings;

use crate::{
    ANA,
    harness::world::{Plan, World, until},
    read, say,
};

/// Everything is answered, however often it is asked.
fn talkative(settings: &mut Settings) {
    settings.limits.same_answer_max = 0;
    settings.limits.answers_per_phone_minute_max = 0;
    settings.limits.answers_per_phone_hour_max = 0;
    settings.limits.answers_per_phone_day_max = 0;
    settings.limits.texts_per_phone_minute_max = 0;
}

/// Waits until Ana has read so many, and until somebody else has who was answered after that: where Ana's next text could be
/// sent now, it would have been taken then.
async fn reads(world: &World, count: usize) {
    until("Ana has read them", || async { read(world, ANA).len() >= count && none_is_under_way(world).await }).await;
    for _ in 0..2 {
        let texts = world.rows.count("inbound").await;
        let somebody = format!("+1415556{texts:04}");
        say(world, &somebody, "HELP").await;
        world.stage.carrier.wait_for_messages_to(&somebody, 1).await;
    }
    until("nothing is under way", || none_is_under_way(world)).await;
    assert_eq!(read(world, ANA).len(), count);
}

async fn none_is_under_way(world: &World) -> bool {
    world.rows.count("outbox WHERE state = 'claimed'").await == 0
}

async fn check_no_window_has_more_than(world: &World, most: usize) {
    let times = "SELECT settled_at FROM outbox WHERE state = 'sent' AND address = '+14155550199' ORDER BY settled_at";
    let times = world.rows.numbers(times).await;
    for began in &times {
        let within = times.iter().filter(|at| (*began..=*began + 30_000).contains(*at)).count();
        assert!(within <= most, "{within} texts within 30 seconds: {times:?}");
    }
}

fn texts(count: usize) -> Vec<String> {
    (1..=count).map(|n| format!("text {n}")).collect()
}

/// Puts so many different texts to Ana into the queue at once, each due so many seconds from now.
async fn queue(world: &World, count: usize, due_in: fn(usize) -> i64) {
    let now = world.stage.clock.now().timestamp_millis();
    let row = |(n, body): (usize, &String)| {
        let due_at = now + 1000 * due_in(n);
        format!("((SELECT id FROM sender), '{ANA}', 'help-one', '{body}', 'queued', 0, {due_at}, 'request', {now})")
    };
    let rows: Vec<String> = texts(count).iter().enumerate().map(row).collect();
    let columns = "sender_id, address, reply, body, state, attempts, due_at, request_id, created_at";
    world.rows.run(&format!("INSERT INTO outbox ({columns}) VALUES {}", rows.join(", "))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn forty_texts_at_once_reach_one_phone_fifteen_at_a_time_in_order_and_hold_up_nobody() {
    Plan::settings(talkative)
        .on_both(async |world| {
            queue(world, 40, |_| 0).await;
            for (pause, count) in
                [(0, 15), (10_000, 15), (19_999, 15), (1, 15), (1, 30), (30_000, 30), (1, 40), (60_000, 40)]
            {
                world.stage.clock.advance(Duration::milliseconds(pause));
                reads(world, count).await;
            }
            assert_eq!(read(world, ANA), texts(40));
            check_no_window_has_more_than(world, 15).await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_phone_was_sent_before_a_restart_counts_after_it() {
    crate::harness::on_both(|url| async move {
        let world = World::open(&url, Plan::settings(talkative)).await;
        queue(&world, 20, |_| 0).await;
        reads(&world, 15).await;
        let world = world.restart(async |_, _, clock| clock.advance(Duration::seconds(29))).await;
        reads(&world, 15).await;
        world.stage.clock.advance(Duration::seconds(2));
        reads(&world, 20).await;
        check_no_window_has_more_than(&world, 15).await;
        world.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_that_are_spread_out_are_counted_in_every_window() {
    fn four(settings: &mut Settings) {
        talkative(settings);
        settings.notifier.texts_per_phone_max = 4;
    }
    Plan::settings(four)
        .on_both(async |world| {
            // The first four one by one, 8 seconds apart; the others as soon as may be.
            queue(world, 20, |n| [0, 8, 16, 24].get(n).copied().unwrap_or(0)).await;
            // Seconds since the first, and how many are read by then.
            let mut now = 0;
            for (at, count) in [
                (0, 1),
                (8, 2),
                (16, 3),
                (24, 4),
                (30, 4),
                (31, 5),
                (39, 6),
                (47, 7),
                (55, 8),
                (61, 8),
                (62, 9),
                (70, 10),
            ] {
                world.stage.clock.advance(Duration::seconds(at - now));
                now = at;
                reads(world, count).await;
            }
            check_no_window_has_more_than(world, 4).await;
        })
        .await;
}
