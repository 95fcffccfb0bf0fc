//! The first five minutes: a shop, a keyword, a program, its words, a try, a sign. Where somebody stands follows from what there
//! is already, so that one can go away and come back.

pub(super) mod keyword;
pub(super) mod program;
pub(super) mod shop;
pub(super) mod sign;
pub(super) mod stories;
pub(super) mod trial;
pub(super) mod words;

use actix_web::{HttpResponse, web};

use super::{page::go, places::guide, say::Say, trouble::Trouble, viewer::AtShop};
use crate::{
    domain::{
        directory::Directory,
        shop::{Keyword, Shop},
    },
    http::Gateway,
};
use chrono::{DateTime, Utc};

/// The steps in order.
const STEPS: [&str; 6] = ["shop", "keyword", "program", "words", "try", "sign"];

/// The way, above every step.
pub(super) struct Guide {
    pub(super) steps: Vec<Step>,
    /// Where the next one is, once this one is done.
    pub(super) after: Option<String>,
}

/// One step of it.
pub(super) struct Step {
    pub(super) label: String,
    pub(super) href: Option<String>,
    pub(super) is_here: bool,
    pub(super) is_past: bool,
}

/// How far a shop has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Progress {
    has_shop: bool,
    has_keyword: bool,
    has_program: bool,
}

impl Progress {
    fn of(directory: &Directory, shop: &Shop, now: DateTime<Utc>) -> Self {
        let has_keyword = live_keyword(directory, shop, now).is_some();
        // A shop that has none earns by a plain program, which has no version.
        let has_program = directory.program_of(shop, now).is_some_and(|program| program.version > 0);
        Self { has_shop: true, has_keyword, has_program }
    }

    /// Whether a step is done; those that only look are done with what they look at.
    fn has_done(self, step: &str) -> bool {
        match step {
            "shop" => self.has_shop,
            "keyword" => self.has_keyword,
            "program" => self.has_program,
            _ => self.has_keyword && self.has_program,
        }
    }

    /// The step to be done now.
    fn next(self) -> &'static str {
        STEPS.into_iter().find(|step| !self.has_done(step)).unwrap_or("words")
    }
}

/// The keyword that is understood now, the oldest.
fn live_keyword<'a>(directory: &'a Directory, shop: &Shop, now: DateTime<Utc>) -> Option<&'a Keyword> {
    directory.keywords_of(shop.id).find(|keyword| keyword.is_live(now))
}

impl Guide {
    /// Before there is a shop.
    fn before_all(say: Say) -> Self {
        Self::at(say, "shop", None, Progress { has_shop: false, has_keyword: false, has_program: false })
    }

    /// Within a shop's guide.
    fn of(gateway: &Gateway, say: Say, shop: &Shop, here: &str) -> Self {
        let now = gateway.clock.now();
        let progress = Progress::of(&gateway.directory.read().directory, shop, now);
        Self::at(say, here, Some(shop), progress)
    }

    fn at(say: Say, here: &str, shop: Option<&Shop>, progress: Progress) -> Self {
        let place = STEPS.iter().position(|step| *step == here).unwrap_or_default();
        let href = |step: &str| {
            let shop = shop?;
            Some(if step == "shop" { format!("/console/shops/{}/settings", shop.id) } else { guide(shop, step) })
        };
        let step = |(at, step): (usize, &&str)| {
            // Steps that only look are behind one when one has gone past them.
            let only_looks = matches!(*step, "words" | "try" | "sign");
            let is_past = at != place && if only_looks { at < place } else { progress.has_done(step) };
            let label = say.word("start-step", step);
            Step { label, href: href(step).filter(|_| at != place), is_here: at == place, is_past }
        };
        let steps = STEPS.iter().enumerate().map(step).collect();
        let after = STEPS.get(place + 1).filter(|_| progress.has_done(here)).and_then(|step| href(step));
        Self { steps, after }
    }
}

/// Leads to the step that is to be done now.
pub(super) async fn go_on(at: AtShop, gateway: web::Data<Gateway>) -> Result<HttpResponse, Trouble> {
    let progress = Progress::of(&gateway.directory.read().directory, &at.shop, gateway.clock.now());
    Ok(go(guide(&at.shop, progress.next())))
}
