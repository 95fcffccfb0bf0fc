//! The load test against the real thing: a gateway in a process of its own, the built-in carrier, real HTTP.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use clap::Parser;
use regulars::loadtest::{self, Args, Report, Verdict};

#[derive(Parser)]
struct CommandLine {
    #[command(flatten)]
    args: Args,
}

fn args(program: &str, words: &[&str]) -> Args {
    let words = words.iter().copied();
    CommandLine::parse_from(["loadtest", "--program", program].into_iter().chain(words)).args
}

fn assert_fifty_of_fifty(report: &Report, phase: &str) {
    let phase = report.phase(phase).unwrap();
    assert_eq!((phase.texts, phase.accepted, phase.replies), (50, 50, 50), "{phase:?}");
    assert_eq!(phase.verdict, Verdict::default(), "{phase:?}");
    assert_eq!(phase.answers.iter().collect::<Vec<_>>(), [(&"200".to_owned(), &50)]);
}

#[tokio::test]
async fn fifty_phones_join_and_ask_and_every_one_of_them_is_answered_once() {
    let words = ["--phones", "50", "--pace", "2000", "--half", "--compare"];
    let args = args(env!("CARGO_BIN_EXE_regulars"), &words);
    let report = loadtest::play(&args).await.unwrap();
    for phase in ["JOIN", "BAL", "JOIN at half", "BAL at half"] {
        assert_fifty_of_fifty(&report, phase);
    }
    assert!(report.is_clean());
    assert!(report.gateway.is_some());
    let bare = report.bare.unwrap();
    assert_eq!(bare.answers.keys().collect::<Vec<_>>(), ["200"], "the bare endpoint takes our signatures");
}

#[tokio::test]
async fn a_gateway_that_cannot_start_says_why() {
    let args = args("/nowhere/regulars", &["--phones", "1"]);
    let error = loadtest::play(&args).await.unwrap_err();
    let said = format!("{error:#}");
    assert!(said.contains("/nowhere/regulars cannot be started"), "{said}");
}
