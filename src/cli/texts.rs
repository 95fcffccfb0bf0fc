//! `texts`: every reply in every language, as it is read, with the parts it is sent in.

use std::collections::BTreeSet;

use super::{Failure, place::Place};
use crate::{
    config::Settings,
    domain::{
        language::Language,
        segment::count,
        shop::OptIn,
        words::{
            facts::{Facts, Size},
            topics::TOPICS,
        },
    },
    stage::rehearsal::{Rehearsal, RehearsalError, SCRIPTS, Said, Sign},
};

/// What `texts` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only this language: en, es, fr, ro or zh
    #[arg(long, value_name = "CODE")]
    language: Option<String>,
    /// The texts of this shop, as it says them: its name or id
    #[arg(long, value_name = "SHOP")]
    shop: Option<String>,
}

/// Lists every reply on real values.
pub async fn run(args: &Args, settings: impl FnOnce() -> Result<Settings, Failure>) -> Result<(), Failure> {
    match &args.shop {
        Some(named) => tell_of_shop(args, named, &settings()?).await,
        None => tell_all(args),
    }
}

fn tell_all(args: &Args) -> Result<(), Failure> {
    let languages: Vec<Language> = match &args.language {
        None => Language::all().collect(),
        Some(code) => vec![Language::from_code(code).ok_or_else(|| unknown(code))?],
    };
    for language in languages {
        let said = everything_said(language).map_err(|error| Failure::new(1, error))?;
        println!("== {}: {} replies\n", language.code(), said.len());
        for (keys, body) in said {
            tell(&keys, &body);
        }
    }
    Ok(())
}

fn tell(keys: &str, body: &str) {
    let segments = count(body);
    println!("{} x {}, {} units  [{keys}]\n{body}\n", segments.segments, segments.encoding.name(), segments.units);
}

/// Every text that a shop may say in its own words, with its values in it.
async fn tell_of_shop(args: &Args, named: &str, settings: &Settings) -> Result<(), Failure> {
    let place = Place::open(settings).await?;
    let shop = place.shop(Some(named))?;
    let language = match &args.language {
        None => shop.language,
        Some(code) => Language::from_code(code).ok_or_else(|| unknown(code))?,
    };
    {
        let known = place.directory.read();
        let (directory, now) = (&known.directory, place.clock.now());
        let program = directory.program_of(&shop, now);
        let offer = directory.offer_of(&shop, shop.sender_id, language, now);
        let sender = directory.sender(shop.sender_id);
        let facts = Facts {
            shop: &shop,
            program: program.map(|program| &**program),
            phrase: offer.map(|keyword| keyword.phrase.display()),
            number: sender.map_or("", |sender| sender.address.as_str()),
        };
        let voice = directory.voice(Some(shop.id), language);
        let is_own = |key| directory.words_of(shop.id).is_some_and(|words| words.get(language, key).is_some());
        for key in TOPICS.iter().flat_map(|topic| topic.keys) {
            let mark = if is_own(key) { ", its own" } else { "" };
            tell(&format!("{key}{mark}"), &facts.read(key, Size::Typical, voice));
        }
    }
    place.close().await
}

fn unknown(code: &str) -> Failure {
    let known: Vec<&str> = Language::all().map(Language::code).collect();
    Failure::new(2, format!("the gateway does not speak {code}; it speaks {}", known.join(", ")))
}

/// Each reply once, with the messages it is made of, in the order of these.
fn everything_said(language: Language) -> Result<BTreeSet<(String, String)>, RehearsalError> {
    let mut said = BTreeSet::new();
    for opt_in in [OptIn::Single, OptIn::Double] {
        let rehearsal = Rehearsal::new(language, opt_in, 5, Sign::ordinary)?;
        for joined in [0, 1, 2, 5] {
            for script in SCRIPTS {
                for Said { keys, body } in rehearsal.say(&rehearsal.member_of(joined), script) {
                    said.insert((keys.join(" + "), body));
                }
            }
        }
    }
    Ok(said)
}
