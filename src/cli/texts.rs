//! `texts`: every reply in every language, as it is read, with the parts it is sent in.

use std::collections::BTreeSet;

use super::Failure;
use crate::{
    domain::{
        language::Language,
        segment::{Encoding, count},
        shop::OptIn,
    },
    stage::rehearsal::{Rehearsal, RehearsalError, SCRIPTS, Said, Sign},
};

/// What `texts` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only this language: en, es, fr, ro or zh
    #[arg(long, value_name = "CODE")]
    language: Option<String>,
}

/// Lists every reply on real values.
pub fn run(args: &Args) -> Result<(), Failure> {
    let languages: Vec<Language> = match &args.language {
        None => Language::all().collect(),
        Some(code) => vec![Language::from_code(code).ok_or_else(|| unknown(code))?],
    };
    for language in languages {
        let said = everything_said(language).map_err(|error| Failure::new(1, error))?;
        println!("== {}: {} replies\n", language.code(), said.len());
        for (keys, body) in said {
            let segments = count(&body);
            let alphabet = if segments.encoding == Encoding::Gsm7 { "GSM-7" } else { "UCS-2" };
            println!("{} x {alphabet}, {} units  [{keys}]\n{body}\n", segments.segments, segments.units);
        }
    }
    Ok(())
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
