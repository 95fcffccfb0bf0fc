//! The program of a shop: in sentences as it is in force, changed as a draft, tried on a sale, replayed, published, brought back.

mod asking;
mod draft;
mod part;
mod publish;
mod replay;
mod telling;
mod trying;
mod versions;
mod wrong;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use serde::Deserialize;
use serde_json::Value;

use self::telling::{Book, Piece, Sentence};
use super::{
    form::Posted,
    page::{Page, go, html},
    trouble::Trouble,
    viewer::AtShop,
};
use crate::{
    domain::{
        access::Role,
        program::outline::{Place, Section},
        shop::Shop,
    },
    http::Gateway,
    service::{audit::Author, drafts},
    store::{drafts::DraftRow, programs::ProgramVersion},
};

pub(super) use self::{
    draft::{page as draft_page, submit as change_draft, whole as whole_page, write_whole},
    part::{page as part_page, submit as change_part},
    publish::{page as publish_page, submit as publish},
    replay::{page as replay_page, submit as begin_replay},
    trying::{page as try_page, submit as try_sale},
    versions::{bring_back, page as versions_page, version as version_page},
};

/// What every page of this room knows.
struct Scene {
    shop: Shop,
    /// All versions, the latest first.
    versions: Vec<ProgramVersion>,
    /// Which of them is in force; `None` where the shop has no program of its own yet.
    in_force: Option<usize>,
    draft: Option<DraftRow>,
    /// Other shops that have the program too.
    shared_with: Vec<String>,
    /// Whether the viewer may change it: for all shops that have it.
    may_write: bool,
    /// Who they are.
    by: Author,
}

impl Scene {
    async fn look(at: AtShop, gateway: &Gateway) -> Result<Self, Trouble> {
        let AtShop { viewer, shop } = at;
        let now = gateway.clock.now().timestamp_millis();
        let versions = gateway.store.program_versions(shop.program_id).await?;
        let in_force = versions.iter().position(|version| version.valid_from <= now);
        let in_force = in_force.or_else(|| versions.len().checked_sub(1));
        let draft = gateway.store.program_draft(shop.program_id).await?;
        let known = gateway.directory.read();
        let shops = known.directory.shops_in(shop.program_id);
        let may_write = viewer.may(Role::Manager) && shops.iter().all(|other| viewer.person.is_at(other));
        let others = shops.iter().filter(|other| other.id != shop.id);
        let shared_with = others.map(|other| other.name.clone()).collect();
        let by = viewer.author();
        drop(known);
        Ok(Self { shop, versions, in_force, draft, shared_with, may_write, by })
    }

    /// The same for who may change it.
    async fn to_change(at: AtShop, gateway: &Gateway) -> Result<Self, Trouble> {
        let scene = Self::look(at, gateway).await?;
        if scene.may_write { Ok(scene) } else { Err(Trouble::NotAllowed) }
    }

    /// The version in force.
    fn version(&self) -> Option<&ProgramVersion> {
        self.versions.get(self.in_force?)
    }

    /// The program in force, as it is written.
    fn document(&self) -> Value {
        self.version().map_or_else(|| drafts::plain(&self.shop), |version| version.document.clone())
    }

    /// The draft; nothing is found where there is none.
    fn draft(&self) -> Result<&DraftRow, Trouble> {
        self.draft.as_ref().ok_or(Trouble::NotFound)
    }

    /// Where this room is.
    fn address(&self, below: &str) -> String {
        let base = format!("/console/shops/{}/program", self.shop.id);
        if below.is_empty() { base } else { format!("{base}/{below}") }
    }

    /// The way between the pages of this room.
    fn tabs(&self, page: &Page, here: &str) -> Vec<Tab> {
        let has_draft = self.draft.is_some();
        let all = [("program", "", true), ("draft", "draft", has_draft), ("try", "try", true)];
        let more = [("replay", "replay", has_draft), ("publish", "publish", has_draft), ("versions", "versions", true)];
        let shown = all.into_iter().chain(more).filter(|(.., shown)| *shown);
        shown
            .map(|(name, below, _)| Tab {
                told: page.say.word("program-tab", name),
                href: self.address(below),
                is_here: name == here,
            })
            .collect()
    }
}

/// The state of a draft that somebody saw who sends a form.
fn seen_in(form: &str) -> i64 {
    form.parse().unwrap_or(0)
}

/// A page of this room.
struct Tab {
    told: String,
    href: String,
    is_here: bool,
}

/// Parts of one kind, told.
struct SectionTold {
    name: &'static str,
    title: String,
    parts: Vec<PartTold>,
}

/// A part, told.
struct PartTold {
    section: &'static str,
    index: usize,
    title: String,
    sentences: Vec<Sentence>,
    /// What is wrong with it.
    wrong: Vec<String>,
}

/// A program, told part by part. Mistakes are by their path.
fn tell(book: &Book<'_>, mistakes: &[(String, String)]) -> Vec<SectionTold> {
    let of_section = |section: Section| SectionTold {
        name: section.name(),
        title: book.say.word("program-section", section.name()),
        parts: section.places(book.document).into_iter().map(|place| tell_part(book, place, mistakes)).collect(),
    };
    Section::ALL.into_iter().map(of_section).collect()
}

fn tell_part(book: &Book<'_>, place: Place, mistakes: &[(String, String)]) -> PartTold {
    use crate::domain::program::outline::within;
    let is_of = |(path, _): &&(String, String)| within(path, place).is_some();
    PartTold {
        section: place.section.name(),
        index: place.index,
        title: book.title(place),
        sentences: book.sentences(place),
        wrong: mistakes.iter().filter(is_of).map(|(_, sentence)| sentence.clone()).collect(),
    }
}

#[derive(Template)]
#[template(path = "program/in_force.html")]
struct InForcePage {
    page: Page,
    tabs: Vec<Tab>,
    scene: Scene,
    sections: Vec<SectionTold>,
    since: Option<String>,
    coming: Option<(i32, String)>,
    draft_by: Option<(String, String)>,
}

/// The program in force.
pub(super) async fn page(
    request: HttpRequest,
    at: AtShop,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let scene = Scene::look(at, &gateway).await?;
    let page = Page::of_shop(&request, &scene.shop, "program");
    let (say, zone, now) = (page.say, scene.shop.time_zone, gateway.clock.now().timestamp_millis());
    let document = scene.document();
    let sections = tell(&Book::of(say, &document, &scene.shop), &[]);
    let since = scene.version().map(|version| say.moment(version.valid_from, zone));
    let coming = scene.versions.iter().rev().find(|version| version.valid_from > now);
    let coming = coming.map(|version| (version.version, say.moment(version.valid_from, zone)));
    let draft_by = scene.draft.as_ref().map(|draft| (draft.changed_by.clone(), say.moment(draft.changed_at, zone)));
    let tabs = scene.tabs(&page, "program");
    Ok(html(StatusCode::OK, &InForcePage { page, tabs, scene, sections, since, coming, draft_by }))
}

/// A form that only says what to do.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct DoForm {
    act: String,
    seen: String,
    section: String,
    index: String,
    kind: String,
}

/// Begins a draft of what is in force.
pub(super) async fn begin(at: AtShop, _: Posted<DoForm>, gateway: web::Data<Gateway>) -> Result<HttpResponse, Trouble> {
    let scene = Scene::to_change(at, &gateway).await?;
    let based_on = scene.version().map_or(0, |version| version.version);
    drafts::begin(gateway.change(&scene.by), &scene.shop, (scene.document(), based_on), None).await?;
    Ok(go(scene.address("draft")))
}

/// The place that a form or an address names, where the document has it.
fn place_in(document: &Value, section: &str, index: &str) -> Option<Place> {
    let place = Place { section: Section::named(section)?, index: index.parse().ok()? };
    place.part(document).is_some().then_some(place)
}

/// Kinds of rules, each with what it does.
fn rule_kinds(page: &Page) -> Vec<(&'static str, String, String)> {
    use crate::domain::program::earn::EARN_RULES;
    let told = |name: &'static str| {
        let key = name.replace('_', "-");
        (name, page.say.word("program-kind", &key), page.say.word("program-kind-story", &key))
    };
    EARN_RULES.iter().map(|kind| told(kind.name)).collect()
}

/// Ids of a kind of part, for a test that asks whether all kinds of rules are told.
#[cfg(test)]
fn clauses_of(kind: &str) -> usize {
    crate::domain::program::outline::parts::rule_clauses(kind).len()
}

#[cfg(test)]
mod tests;
