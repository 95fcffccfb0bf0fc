//! `chat`: the demo's conversation in the terminal, which can be kept as a transcript test.

use std::{
    io::IsTerminal,
    path::{Path, PathBuf},
};

use tokio::io::{AsyncBufReadExt, BufReader};

use super::{Failure, read_file};
use crate::stage::{
    Stage, TYPING,
    shops::{self, Shops},
    sqlite_url, temporary_folder,
    transcript::{Step, Time, Transcript, phone_of, span_of},
};

/// What `chat` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Keep the conversation as a transcript test
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    /// The shops to text, as in tests/conversations/*/shops.toml, instead of the demo's two
    #[arg(long, value_name = "FILE")]
    shops: Option<PathBuf>,
}

/// Reads texts until the input ends.
pub async fn run(args: Args) -> Result<(), Failure> {
    if let Some(path) = &args.save {
        open(path)?;
    }
    let shops = args.shops.as_deref().map_or_else(|| Ok(Shops::two()?), |path| read_file(path, Shops::parse))?;
    let folder = temporary_folder();
    let stage = Stage::with(&sqlite_url(&folder), &shops).await?;
    greet(&shops);
    let mut transcript = Transcript::default();
    let outcome = converse(&stage, &mut transcript).await;
    stage.stop().await;
    std::fs::remove_dir_all(&folder).ok();
    outcome?;
    if let Some(path) = args.save {
        save(&path, &transcript)?;
    }
    Ok(())
}

async fn converse(stage: &Stage, transcript: &mut Transcript) -> Result<(), Failure> {
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    let mut who = String::new();
    while let Some(line) = next_line(&mut lines, &who).await? {
        if let Some(name) = line.strip_prefix("/as ") {
            who = name.trim().chars().filter(|c| c.is_alphanumeric()).collect();
        } else if let Some(span) = line.strip_prefix("/later ").map(span_of) {
            match span {
                Some(span) => {
                    stage.pass(span).await?;
                    transcript.steps.push(Step::Pass { line: 0, time: Time::Later(span), read: Vec::new() });
                }
                None => println!("  write it like this: /later 2 hours"),
            }
        } else if line == "/quit" {
            break;
        } else {
            // A transcript numbers phones as they appear; so do we.
            let phone = phone_of(appearance(transcript, &who));
            stage.clock.advance(TYPING);
            let replies = stage.text(&phone, &line).await?;
            match replies.is_empty() {
                true => println!("  (no answer)"),
                false => replies.iter().for_each(|reply| println!("  {}", reply.replace('\n', "\n  "))),
            }
            transcript.steps.push(Step::Text { line: 0, who: who.clone(), body: line, replies });
        }
    }
    Ok(())
}

/// The place of a name among those that have texted.
fn appearance(transcript: &Transcript, who: &str) -> usize {
    let mut names: Vec<&str> = Vec::new();
    for step in &transcript.steps {
        if let Step::Text { who, .. } = step
            && !names.contains(&who.as_str())
        {
            names.push(who);
        }
    }
    names.iter().position(|name| *name == who).unwrap_or(names.len())
}

async fn next_line(
    lines: &mut tokio::io::Lines<BufReader<tokio::io::Stdin>>,
    who: &str,
) -> Result<Option<String>, Failure> {
    if std::io::stdin().is_terminal() {
        use std::io::Write;
        print!("{who}> ");
        std::io::stdout().flush()?;
    }
    Ok(lines.next_line().await?)
}

fn greet(shops: &Shops) {
    println!(
        "You have a phone, and {} is on every sign here. Text {}, then BAL, HELP, STOP …\n\
         /as Ana takes another phone, /later 2 hours lets time pass, /quit or Ctrl-D ends.\n",
        shops::NUMBER,
        shops.phrases().collect::<Vec<_>>().join(" or ")
    );
}

fn save(path: &Path, transcript: &Transcript) -> Result<(), Failure> {
    let title = path.file_stem().map(|stem| stem.to_string_lossy().replace(['_', '-'], " ")).unwrap_or_default();
    std::fs::write(path, transcript.write(&title)).map_err(|error| cannot_write(path, error))?;
    println!("Kept in {}; put it into tests/conversations and it is a test.", path.display());
    Ok(())
}

/// Whether it can be kept shows before the conversation, not after; what is there already stays until then.
fn open(path: &Path) -> Result<(), Failure> {
    let opened = std::fs::OpenOptions::new().append(true).create(true).open(path);
    opened.map(drop).map_err(|error| cannot_write(path, error))
}

fn cannot_write(path: &Path, error: std::io::Error) -> Failure {
    Failure::new(1, format!("cannot write {}: {error}; choose another place with --save FILE", path.display()))
}
