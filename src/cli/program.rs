//! `program`: checks, shows and applies loyalty programs.

use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, Utc};
use clap::Subcommand;
use uuid::Uuid;

use super::{Failure, NO_INPUT, WRONG_INPUT, place::Place};
use crate::{
    config::Settings,
    domain::{
        money::Currency,
        profile::question::Mistake,
        program::{
            Program,
            document::json_schema,
            draft::{self, Frame},
        },
    },
    service::programs::{self, NewProgram},
    stage::presets,
};

/// What `program` does.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Say all that is wrong with a program, or that nothing is
    Check {
        /// The program (TOML or JSON)
        file: PathBuf,
    },
    /// Show a shop's program, all its versions named
    Show {
        /// The shop, by name or id; may be left out where there is but one
        #[arg(long)]
        shop: Option<String>,
    },
    /// Make a program the one of a shop, or of several
    Apply {
        /// The program (TOML or JSON), or the name of a preset
        file: PathBuf,
        /// The shop, by name or id; given again, they share the program
        #[arg(long)]
        shop: Vec<String>,
        /// From when on it is in force: a day (2027-01-01, on the shop's calendar) or a moment (RFC 3339); now where left out
        #[arg(long, value_name = "WHEN")]
        from: Option<String>,
    },
    /// Print the JSON Schema of a program, for editors
    Schema,
    /// List the presets, or print one of them to begin with
    Presets {
        /// Its name
        name: Option<String>,
    },
}

/// Does it.
pub async fn run(command: Command, settings: impl Fn() -> Result<Settings, Failure>) -> Result<(), Failure> {
    match command {
        Command::Check { file } => check(&file),
        Command::Show { shop } => show(Place::open(&settings()?).await?, shop.as_deref()).await,
        Command::Apply { file, shop, from } => {
            apply(Place::open(&settings()?).await?, &file, &shop, from.as_deref()).await
        }
        Command::Schema => {
            println!("{}", pretty(&json_schema()));
            Ok(())
        }
        Command::Presets { name } => show_presets(name.as_deref()),
    }
}

fn check(file: &Path) -> Result<(), Failure> {
    let document = read(file)?;
    let frame = Frame {
        id: Uuid::nil(),
        merchant_id: Uuid::nil(),
        version: 1,
        valid_from: DateTime::<Utc>::MIN_UTC,
        currency: Currency::default(),
        time_zone: chrono_tz::UTC,
        secret: Vec::new(),
    };
    let program = Program::read(&document, frame).map_err(|mistakes| wrong(file, &mistakes))?;
    let (rules, rewards) = (program.rules.len(), program.rewards.len());
    println!("{}: a program of {rules} earn rules and {rewards} rewards; nothing is wrong with it.", file.display());
    Ok(())
}

async fn show(place: Place, shop: Option<&str>) -> Result<(), Failure> {
    let shop = place.shop(shop)?;
    let versions = place.store.program_versions(shop.program_id).await?;
    let now = place.clock.now().timestamp_millis();
    match versions.iter().find(|version| version.valid_from <= now).or(versions.first()) {
        None => println!("{} has no program; new members are given {} points.", shop.name, shop.welcome_points),
        Some(in_force) => {
            println!("# Program {} of {}", shop.program_id, shop.name);
            for version in versions.iter().rev() {
                let from = crate::clock::from_millis(version.valid_from).to_rfc3339();
                let mark = if version.version == in_force.version { " (shown)" } else { "" };
                println!("# version {} from {from}{mark}", version.version);
            }
            println!("\n{}", toml::to_string_pretty(&in_force.document).unwrap_or_else(|_| pretty(&in_force.document)));
        }
    }
    place.close().await
}

async fn apply(place: Place, file: &Path, shops: &[String], from: Option<&str>) -> Result<(), Failure> {
    let preset = file.to_str().filter(|_| !file.exists()).and_then(presets::find);
    let document = match preset {
        Some(written) => draft::parse(written).map_err(|mistake| wrong(file, &[mistake]))?,
        None => read(file)?,
    };
    let named: Vec<Option<&str>> =
        if shops.is_empty() { vec![None] } else { shops.iter().map(|shop| Some(shop.as_str())).collect() };
    let shops = named.into_iter().map(|shop| place.shop(shop)).collect::<Result<Vec<_>, _>>()?;
    let first = shops.first().ok_or_else(|| Failure::new(WRONG_INPUT, "which shop? Name one with --shop"))?;
    let valid_from = from.map(|from| moment(from, first.time_zone)).transpose()?;
    let shop_ids = shops.iter().map(|shop| shop.id).collect();
    let new = NewProgram { id: first.program_id, document, valid_from, shop_ids };
    let version = programs::apply(place.change(), None, new).await?;
    let from = crate::clock::from_millis(version.valid_from).with_timezone(&first.time_zone);
    let names: Vec<&str> = shops.iter().map(|shop| shop.name.as_str()).collect();
    println!(
        "Version {} of the program of {} is in force from {}.",
        version.version,
        names.join(", "),
        from.to_rfc3339()
    );
    place.close().await
}

fn show_presets(name: Option<&str>) -> Result<(), Failure> {
    match name {
        Some(name) => {
            let names = || presets::all().map(|(name, _)| name).collect::<Vec<_>>().join(", ");
            let found = presets::find(name);
            let found = found
                .ok_or_else(|| Failure::new(WRONG_INPUT, format!("there is no preset {name}, but {}", names())))?;
            print!("{found}");
        }
        None => {
            for (name, written) in presets::all() {
                let story =
                    draft::parse(written).ok().and_then(|document| Some(document.get("story")?.as_str()?.to_owned()));
                println!("{name:22} {}", story.unwrap_or_default());
            }
        }
    }
    Ok(())
}

fn moment(written: &str, time_zone: chrono_tz::Tz) -> Result<DateTime<Utc>, Failure> {
    if let Ok(day) = written.parse::<NaiveDate>() {
        let begin = day.and_time(chrono::NaiveTime::MIN).and_local_timezone(time_zone).earliest();
        return begin
            .map(|begin| begin.to_utc())
            .ok_or_else(|| Failure::new(WRONG_INPUT, "that day does not begin at midnight there; name a moment"));
    }
    let read = DateTime::parse_from_rfc3339(written).map(|moment| moment.to_utc());
    read.map_err(|_| {
        Failure::new(
            WRONG_INPUT,
            format!("{written} is no day and no moment; write 2027-01-01 or 2027-01-01T09:00:00-05:00"),
        )
    })
}

fn read(file: &Path) -> Result<serde_json::Value, Failure> {
    let name = file.display();
    let written = std::fs::read_to_string(file)
        .map_err(|error| Failure::new(NO_INPUT, format!("{name} cannot be read: {error}")))?;
    draft::parse(&written).map_err(|mistake| wrong(file, &[mistake]))
}

fn wrong(file: &Path, mistakes: &[Mistake]) -> Failure {
    let told: Vec<String> = mistakes
        .iter()
        .map(
            |Mistake { path, sentence }| {
                if path.is_empty() { format!("\n  {sentence}") } else { format!("\n  {path}: {sentence}") }
            },
        )
        .collect();
    Failure::new(WRONG_INPUT, format!("{} is not as it should be:{}", file.display(), told.concat()))
}

fn pretty(value: &serde_json::Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}
