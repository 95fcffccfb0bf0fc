//! What providers hand in: who may, what becomes of it, and what when it comes twice, late, wrong or all at once.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod harness;

mod receiving {
    mod batches;
    mod forms;
    mod opt_outs;
    mod receipts;
    mod repeats;
    mod samples;
    mod signatures;
}

/// The XML that sends nothing on our behalf, as [`harness::api::Answer`] has it when a text or a receipt was taken in.
#[track_caller]
fn assert_taken(answer: &harness::api::Answer) {
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert!(answer.header("content-type").starts_with("text/xml"), "{}", answer.header("content-type"));
    let document = answer.text.rsplit_once("?>").map_or(answer.text.as_str(), |(_, document)| document);
    assert_eq!(document.trim(), "<Response/>");
}

/// Refusals are counted for the whole process: tests that count them take turns.
static COUNTING: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
