//! Every conversation in `tests/conversations`, word for word, on both databases. A folder is a number with its shops:
//! `shops.toml` says which, every other file is a conversation.
//!
//! With `REGULARS_TRANSCRIPTS=write` the replies in the files are replaced by those that were read, to be looked through.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test that cannot go on has failed")]

mod harness;
mod conversations {
    pub mod wording;
}

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::Mutex,
};

use conversations::wording::Wording;
use futures_util::{StreamExt, stream};
use regulars::{
    domain::{
        commands::{self, COMMANDS},
        text::Text,
    },
    stage::{
        Stage, settings,
        shops::{Shops, furnish},
        transcript::{OUTCOME, Step, Transcript},
    },
};

/// No conversation has more phones.
const PHONES_MAX: usize = 20;
/// How many numbers are played at once: most of the time passes in waiting.
const FOLDERS_AT_ONCE: usize = 4;
/// Where shops speak in their own words, which are in no language's file.
const OWN_WORDS: &str = "own-words";
/// How many conversations there are at least.
const CONVERSATIONS_MIN: usize = 120;

/// A number, its shops, and what is texted there.
struct Folder {
    name: String,
    shops: Shops,
    conversations: Vec<PathBuf>,
}

#[tokio::test(flavor = "multi_thread")]
async fn every_conversation_goes_as_it_is_written() {
    let folders = folders();
    let differences = Mutex::new(Vec::new());
    let played = folders.iter().map(|folder| {
        harness::on_both(|url| async {
            let url = url;
            let differing = play(&url, folder).await;
            differences.lock().unwrap().extend(differing);
        })
    });
    stream::iter(played).buffer_unordered(FOLDERS_AT_ONCE).collect::<Vec<()>>().await;
    let differences = differences.into_inner().unwrap();
    assert!(differences.is_empty(), "{} differ:\n\n{}", differences.len(), differences.join("\n\n"));
}

/// Plays all conversations of a folder; answers where they differ.
async fn play(url: &str, folder: &Folder) -> Vec<String> {
    let stage = Stage::bare(settings(url).unwrap()).await.unwrap();
    furnish(stage.app.gateway(), &folder.shops).await.unwrap();
    let mut differing = Vec::new();
    for (index, path) in folder.conversations.iter().enumerate() {
        // Phones of its own for each conversation.
        let phones_from = index * PHONES_MAX;
        if std::env::var_os("REGULARS_TRANSCRIPTS").is_some_and(|asked| asked == "write") {
            let read = read(path).read(&stage, phones_from).await.unwrap();
            fs::write(path, rewritten(&fs::read_to_string(path).unwrap(), &read)).unwrap();
        } else if let Err(error) = read(path).play(&stage, phones_from).await {
            differing.push(format!("{} {error}", path.display()));
        }
    }
    stage.stop().await;
    differing
}

#[test]
fn there_are_as_many_conversations_as_promised() {
    let count: usize = all_folders().iter().map(|folder| folder.conversations.len()).sum();
    assert!(count >= CONVERSATIONS_MIN, "only {count} conversations");
}

#[test]
fn every_command_is_in_a_conversation() {
    let texted: Vec<String> = all_texts().map(|(body, _)| body).collect();
    let found: BTreeSet<&str> =
        texted.iter().filter_map(|body| Some(commands::find(&Text::read(body))?.0.name)).collect();
    let missing: Vec<&str> = COMMANDS.iter().map(|command| command.name).filter(|name| !found.contains(name)).collect();
    assert!(missing.is_empty(), "in no conversation: {}", missing.join(", "));
}

/// Questions are replies as well, those of every kind that a shop may ask among them.
#[test]
fn every_reply_is_in_a_conversation_in_every_language() {
    let wording = Wording::of_all_languages();
    let mut missing = wording.all();
    let replies: BTreeSet<String> = all_texts().flat_map(|(_, replies)| replies).collect();
    for reply in &replies {
        let said = wording.messages_of(reply).unwrap_or_else(|| panic!("in no language's file: {reply:?}"));
        missing.retain(|message| !said.contains(message));
    }
    let missing: Vec<String> = missing.iter().map(|(code, key)| format!("{code} {key}")).collect();
    assert!(missing.is_empty(), "{} in no conversation: {}", missing.len(), missing.join(", "));
}

/// What is texted in all conversations, with what is read because of it.
fn all_texts() -> impl Iterator<Item = (String, Vec<String>)> {
    let built_in = all_folders().into_iter().filter(|folder| folder.name != OWN_WORDS);
    let steps = built_in.flat_map(|folder| folder.conversations).flat_map(|path| read(&path).steps);
    steps.map(|step| match step {
        Step::Text { body, replies, .. } => (body, replies),
        Step::Pass { read, .. } | Step::Counter { read, .. } => {
            (String::new(), read.into_iter().map(|(_, reply)| reply).collect())
        }
    })
}

fn folders() -> Vec<Folder> {
    let only = std::env::var("REGULARS_TRANSCRIPTS_ONLY").ok();
    let is_asked_for = |folder: &Folder| only.as_ref().is_none_or(|only| *only == folder.name);
    all_folders().into_iter().filter(is_asked_for).collect()
}

fn all_folders() -> Vec<Folder> {
    let mut paths = entries(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conversations"));
    paths.retain(|path| path.is_dir());
    let open = |path: PathBuf| {
        let written = fs::read_to_string(path.join("shops.toml")).unwrap();
        let shops = Shops::parse(&written).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut conversations = entries(&path);
        conversations.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
        Folder { name: path.file_name().unwrap().to_string_lossy().into_owned(), shops, conversations }
    };
    paths.into_iter().map(open).collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn read(path: &Path) -> Transcript {
    let transcript = Transcript::parse(&fs::read_to_string(path).unwrap());
    transcript.unwrap_or_else(|error| panic!("{} {error}", path.display()))
}

/// A transcript with the replies that were read in place of those it has; remarks and order stay.
fn rewritten(written: &str, read: &[(usize, String, Vec<String>)]) -> String {
    let mut of_reply = false;
    let mut kept: Vec<(usize, String)> = Vec::new();
    for (number, line) in written.lines().enumerate() {
        let is_reply = line.split_once('<').is_some_and(|(who, _)| who.chars().all(char::is_alphanumeric));
        of_reply = is_reply || line.starts_with("= ") || (of_reply && line.starts_with("  "));
        if !of_reply {
            kept.push((number + 1, line.to_owned()));
        }
    }
    let mut out = String::new();
    for (place, (_, line)) in kept.iter().enumerate() {
        out += line;
        out.push('\n');
        // The replies follow the last line of the text that they answer.
        let continues = kept.get(place + 1).is_some_and(|(_, next)| next.starts_with("  "));
        let begins = kept[..=place].iter().rev().find(|(_, line)| !line.starts_with("  ")).map(|(number, _)| *number);
        for (_, who, replies) in read.iter().filter(|(at, ..)| Some(*at) == begins && !continues) {
            let mark = if who == OUTCOME { OUTCOME.to_owned() } else { format!("{who}<") };
            for reply in replies {
                out += &format!("{mark} {}\n", reply.replace('\n', "\n  "));
            }
        }
    }
    out
}
