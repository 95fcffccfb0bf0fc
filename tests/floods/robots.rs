//! A robot that answers whatever it reads.

use chrono::Duration;

use crate::harness::world::{Plan, World};

const ROBOT: &str = "+14155550199";
/// How long a conversation is looked at.
const TEXTS_MAX: usize = 300;

/// Lets a robot text, and then answer every reply with the next of its words, after a while each; how much it was told.
async fn chat(world: &World, pause: Duration, words: impl IntoIterator<Item = String>) -> usize {
    let mut words = words.into_iter();
    let (mut told, mut to_answer) = (0, 1);
    while to_answer > 0 && told < TEXTS_MAX {
        world.stage.clock.advance(pause);
        let Some(word) = words.next() else { break };
        let replies = world.stage.text(ROBOT, &word).await.unwrap().len();
        told += replies;
        to_answer = to_answer - 1 + replies;
    }
    told
}

fn cycle(words: &[&str]) -> impl Iterator<Item = String> {
    words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>().into_iter().cycle()
}

/// A robot that has joined, with these words and this pause, is told at most so much.
async fn stops(words: &[&str], seconds: i64, most: usize) {
    Plan::default()
        .on_both(async |world| {
            world.stage.text(ROBOT, "COFFEE PLS").await.unwrap();
            world.stage.clock.advance(Duration::hours(2));
            let told = chat(world, Duration::seconds(seconds), cycle(words)).await;
            assert!((1..=most).contains(&told), "{words:?} each {seconds} s: {told} texts");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn that_always_says_the_same_stops_within_a_handful() {
    stops(&["HELP"], 2, 3).await;
    stops(&["BAL"], 2, 3).await;
    stops(&["COFFEE PLS"], 2, 3).await;
    stops(&["Thank you for your message!"], 2, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn that_says_two_things_alternately_stops() {
    stops(&["BAL", "HELP"], 2, 6).await;
    stops(&["BREAD PLS", "NO"], 2, 10).await;
    stops(&["NO", "YES"], 2, 6).await;
    stops(&["START", "STOP"], 2, 11).await;
    stops(&["STOP", "COFFEE PLS"], 2, 11).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn that_calls_one_thing_by_many_names_stops() {
    stops(&["BAL", "BALANCE", "POINTS", "bal!", "Balance?", "my points", "SALDO"], 2, 6).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn that_is_slow_stops_too() {
    stops(&["HELP"], 5 * 60, 12).await;
    stops(&["BAL", "HELP"], 20 * 60, 24).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn that_says_something_new_each_time_stops() {
    Plan::default()
        .on_both(async |world| {
            let words = (0..).map(|n: u64| format!("word{:x} {:x}", n.wrapping_mul(0x9E37_79B9), n * 7919));
            let told = chat(world, Duration::seconds(1), words).await;
            assert!((1..=10).contains(&told), "{told} texts");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_gateways_that_text_each_other_stop() {
    for opening in ["COFFEE PLS", "HELP", "hello"] {
        Plan::default()
            .on_both(async |one| {
                Plan::default()
                    .on_sqlite(async |other| {
                        let (mut told, mut open) = (0, vec![(false, opening.to_owned())]);
                        while let Some((to_other, body)) = open.pop() {
                            let world = if to_other { other } else { one };
                            let replies = world.stage.text(ROBOT, &body).await.unwrap();
                            told += replies.len();
                            assert!(told <= 10, "{opening}: they do not stop");
                            open.extend(replies.into_iter().map(|reply| (!to_other, reply)));
                        }
                        assert!(told > 0);
                    })
                    .await;
            })
            .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_robot_that_was_stopped_is_still_heard() {
    Plan::default()
        .on_both(async |world| {
            world.stage.text(ROBOT, "COFFEE PLS").await.unwrap();
            chat(world, Duration::zero(), cycle(&["START", "STOP"])).await;
            assert!(world.stage.text(ROBOT, "START").await.unwrap().is_empty(), "it was told that often enough");
            assert_eq!(world.api.member(ROBOT).await["opted_out"], false);
            assert_eq!(world.stage.text(ROBOT, "STOP").await.unwrap().len(), 1);
            assert_eq!(world.api.member(ROBOT).await["opted_out"], true);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_asks_again_and_again_is_answered_like_one() {
    Plan::default()
        .on_both(async |world| {
            world.stage.text(ROBOT, "COFFEE PLS").await.unwrap();
            for day in 0..3 {
                for text in ["BAL", "bal", "HELP", "BAL"] {
                    world.stage.clock.advance(Duration::seconds(9));
                    assert_eq!(world.stage.text(ROBOT, text).await.unwrap().len(), 1, "{text} on day {day}");
                }
                world.stage.clock.advance(Duration::hours(24));
            }
            // The confirmation of an opt-out is owed, even to somebody who has been answered as often as one may be.
            for n in 0..20 {
                world.stage.text(ROBOT, ["BAL", "HELP", "COFFEE PLS", "START"][n % 4]).await.unwrap();
            }
            assert_eq!(world.stage.text(ROBOT, "STOP").await.unwrap().len(), 1);
        })
        .await;
}
