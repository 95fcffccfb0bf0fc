//! All that is known of a shop's members, for a spreadsheet or another system, page by page, so that a million of them need no
//! more memory than a hundred.

mod sheet;

use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

pub use sheet::Format;

use self::sheet::Cell;
use crate::{
    clock::from_millis,
    domain::{program::tier::Measure, shop::Shop},
    service::{
        audit::Line,
        change::{Change, ChangeError},
    },
    store::{
        Result, Store,
        directory::Page,
        exporting::ExportFacts,
        members::{Member, MemberEnrolment, MemberFilter, ProfileAnswer},
        said::Onlooker,
    },
};

/// How many members share a page.
const MEMBERS_AT_ONCE: u64 = 250;
/// How many lines of one member are read at once.
const LINES_AT_ONCE: u64 = 500;

/// What is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Who belongs, and what they hold: what `import` reads.
    Members,
    /// The ledger.
    Entries,
    /// Proof of consent.
    Consents,
    /// What was said.
    Messages,
}

impl What {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Members, Self::Entries, Self::Consents, Self::Messages];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Members => "members",
            Self::Entries => "entries",
            Self::Consents => "consents",
            Self::Messages => "messages",
        }
    }

    /// Reads the word; `None` for another.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.word() == word)
    }

    fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Members => &MEMBER,
            Self::Entries => &ENTRY,
            Self::Consents => &CONSENT,
            Self::Messages => &MESSAGE,
        }
    }
}

const MEMBER: [&str; 20] = [
    "phone",
    "first_name",
    "language",
    "birthday",
    "points",
    "points_pending",
    "points_in_vouchers",
    "lifetime_points",
    "stamps",
    "level",
    "joined_at",
    "consent",
    "consent_at",
    "consent_how",
    "consent_text",
    "opted_out",
    "opted_out_at",
    "left_at",
    "external_id",
    "note",
];
const ENTRY: [&str; 13] = [
    "phone",
    "number",
    "at",
    "points",
    "amount",
    "from",
    "to",
    "card",
    "cause",
    "rule",
    "actor",
    "reason",
    "written_at",
];
const CONSENT: [&str; 9] = ["phone", "at", "kind", "method", "sender", "whole_sender", "typed", "shown", "reason"];
const MESSAGE: [&str; 9] = ["phone", "at", "direction", "sender", "body", "reply", "state", "delivery", "reason"];

/// An export of a shop.
#[derive(Clone)]
pub struct Export {
    /// Where to read.
    pub store: Store,
    /// The shop.
    pub shop: Shop,
    /// What.
    pub what: What,
    /// As what.
    pub format: Format,
    /// Who looks: what concerns others on a shared sender is not shown to everybody.
    pub onlooker: Onlooker,
    /// How the program counts towards levels, and its card: what `lifetime_points` and `stamps` are.
    counts_points: bool,
    card: Option<String>,
    now: DateTime<Utc>,
}

impl Export {
    /// An export as things stand now; the book says who took it.
    ///
    /// # Errors
    /// The store failed.
    pub async fn begin(
        change: Change<'_>,
        shop: Shop,
        (what, format): (What, Format),
        onlooker: Onlooker,
    ) -> std::result::Result<Self, ChangeError> {
        let tx = change.store.begin().await?;
        let line = Line::about("export", shop.id, &shop.name).at(&shop);
        let taken = json!({ "what": what.word(), "format": format.word() });
        change.note(&tx, line.created(taken).did("exported")).await?;
        tx.commit().await?;
        Ok(Self::of(change, shop, (what, format), onlooker))
    }

    fn of(change: Change<'_>, shop: Shop, (what, format): (What, Format), onlooker: Onlooker) -> Self {
        let now = change.now;
        let known = change.directory.read();
        let program = known.directory.program_of(&shop, now);
        let tiers = program.and_then(|program| program.tiers.as_ref());
        let counts_points = tiers.is_some_and(|tiers| tiers.by == Measure::Points);
        let card = program.and_then(|program| Some(program.cards().next()?.0.id.clone()));
        Self { store: change.store.clone(), shop, what, format, onlooker, counts_points, card, now }
    }

    /// What comes before all pages.
    pub fn heading(&self) -> String {
        self.format.heading(self.what.columns())
    }

    /// The lines of a page of members, and where the next one begins.
    pub async fn page(&self, after: Option<Uuid>) -> Result<(String, Option<Uuid>)> {
        let filter = MemberFilter {
            merchant_id: Some(self.shop.merchant_id),
            shop_id: Some(self.shop.id),
            ..MemberFilter::default()
        };
        let page = Page { after, limit: MEMBERS_AT_ONCE };
        let (members, next) = self.store.members(&filter, page).await?;
        let mut lines = String::new();
        match self.what {
            What::Members => self.write_members(&members, &mut lines).await?,
            _ => {
                for member in &members {
                    self.write_lines_of(member, &mut lines).await?;
                }
            }
        }
        Ok((lines, next))
    }

    async fn write_members(&self, members: &[Member], lines: &mut String) -> Result<()> {
        let ids: Vec<Uuid> = members.iter().map(|member| member.id).collect();
        let enrolments = self.store.enrolments(&ids).await?;
        let answers = self.store.profile_answers(&ids).await?;
        let facts = self.store.export_facts(&ids, (self.shop.program_id, self.shop.sender_id)).await?;
        for member in members {
            let enrolment = enrolments.get(&member.id).into_iter().flatten().find(|one| one.shop_id == self.shop.id);
            let (Some(enrolment), Some(facts)) = (enrolment, facts.get(&member.id)) else { continue };
            let answers = answers.get(&member.id).map(Vec::as_slice).unwrap_or_default();
            self.write(lines, &self.member_cells(member, enrolment, facts, answers));
        }
        Ok(())
    }

    fn member_cells(
        &self,
        member: &Member,
        enrolment: &MemberEnrolment,
        facts: &ExportFacts,
        answers: &[ProfileAnswer],
    ) -> Vec<Cell> {
        let said = |question: &str| {
            let answer = answers.iter().find(|one| one.question == question && one.shop_id == self.shop.id);
            Cell::text(answer.map(|one| one.answer.as_str()))
        };
        let stamps = self.card.as_deref().map(|card| facts.purse.card(card).in_hand().max(0));
        let counted = facts.purse.progress.iter().map(|(_, amount)| *amount).sum();
        let level = facts.purse.level.as_ref().map(|held| held.id.as_str());
        let (agreed_at, how, shown) = match &facts.agreed {
            Some((at, how, typed, shown)) => {
                (Some(*at), Some(if typed.is_empty() { how.as_str() } else { typed.as_str() }), Some(shown.as_str()))
            }
            None => (None, None, None),
        };
        let has_agreed = enrolment.left_at.is_none() && facts.opted_out_at.is_none() && agreed_at.is_some();
        vec![
            Cell::text(Some(&member.address)),
            Cell::text(member.first_name.as_deref()),
            Cell::text(Some(&member.language)),
            Cell::text(member.birthday.as_deref()),
            Cell::Number(facts.purse.available),
            Cell::Number(facts.purse.pending_points()),
            Cell::Number(facts.purse.locked_points()),
            if self.counts_points { Cell::Number(counted) } else { Cell::Nothing },
            stamps.map_or(Cell::Nothing, Cell::Number),
            Cell::text(level),
            moment(Some(enrolment.enrolled_at)),
            Cell::text(Some(if has_agreed { "yes" } else { "no" })),
            if has_agreed { moment(agreed_at) } else { Cell::Nothing },
            Cell::text(how),
            Cell::text(shown),
            Cell::text(Some(if facts.opted_out_at.is_some() { "yes" } else { "no" })),
            moment(facts.opted_out_at),
            moment(enrolment.left_at),
            said("external_id"),
            said("note"),
        ]
    }

    async fn write_lines_of(&self, member: &Member, lines: &mut String) -> Result<()> {
        match self.what {
            What::Members => Ok(()),
            What::Entries => self.write_entries(member, lines).await,
            What::Consents => self.write_consents(member, lines).await,
            What::Messages => self.write_messages(member, lines).await,
        }
    }

    async fn write_entries(&self, member: &Member, lines: &mut String) -> Result<()> {
        let mut after = None;
        loop {
            let only = Some(self.shop.program_id);
            let entries = self.store.entries(member.id, only, after, LINES_AT_ONCE).await?;
            for entry in &entries {
                self.write(
                    lines,
                    &[
                        Cell::text(Some(&member.address)),
                        Cell::Number(entry.number),
                        moment(Some(entry.happened_at)),
                        Cell::Number(entry.points()),
                        Cell::Number(entry.amount),
                        Cell::text(Some(&entry.from_book)),
                        Cell::text(Some(&entry.to_book)),
                        Cell::text(entry.card.as_deref()),
                        Cell::text(Some(&entry.cause)),
                        Cell::text(entry.rule.as_deref()),
                        Cell::text(Some(&entry.actor)),
                        Cell::text(entry.reason.as_deref()),
                        moment(Some(entry.created_at)),
                    ],
                );
            }
            match entries.last() {
                Some(last) if entries.len() as u64 == LINES_AT_ONCE => after = Some((last.program_id, last.number)),
                _ => return Ok(()),
            }
        }
    }

    async fn write_consents(&self, member: &Member, lines: &mut String) -> Result<()> {
        let mut before = None;
        loop {
            let consents = self.store.consents(member, before, LINES_AT_ONCE, self.onlooker).await?;
            for consent in consents.iter().filter(|one| one.shop_id.is_none_or(|id| id == self.shop.id)) {
                self.write(
                    lines,
                    &[
                        Cell::text(Some(&member.address)),
                        moment(Some(consent.occurred_at)),
                        Cell::text(Some(&consent.kind)),
                        Cell::text(Some(&consent.method)),
                        Cell::text(Some(&consent.sender)),
                        Cell::text(Some(if consent.shop_id.is_none() { "yes" } else { "no" })),
                        Cell::text(Some(&consent.typed)),
                        Cell::text(consent.shown.as_deref()),
                        Cell::text(consent.reason.as_deref()),
                    ],
                );
            }
            match consents.last() {
                Some(last) if consents.len() as u64 == LINES_AT_ONCE => before = Some(last.id),
                _ => return Ok(()),
            }
        }
    }

    async fn write_messages(&self, member: &Member, lines: &mut String) -> Result<()> {
        let mut before = None;
        loop {
            let said = self.store.said(member, before, LINES_AT_ONCE, self.onlooker).await?;
            for one in &said {
                self.write(
                    lines,
                    &[
                        Cell::text(Some(&member.address)),
                        moment(Some(one.place.at)),
                        Cell::text(Some(if one.place.is_outbound { "outbound" } else { "inbound" })),
                        Cell::text(Some(&one.sender)),
                        Cell::text(one.body.as_deref()),
                        Cell::text(one.reply.as_deref()),
                        Cell::text(one.state.as_deref()),
                        Cell::text(one.delivery.as_deref()),
                        Cell::text(one.reason.as_deref()),
                    ],
                );
            }
            match said.last() {
                Some(last) if said.len() as u64 == LINES_AT_ONCE => before = Some(last.place),
                _ => return Ok(()),
            }
        }
    }

    fn write(&self, lines: &mut String, cells: &[Cell]) {
        self.format.write(self.what.columns(), cells, lines);
    }

    /// When it began.
    pub fn began_at(&self) -> DateTime<Utc> {
        self.now
    }
}

/// A moment, Unix milliseconds.
fn moment(at: Option<i64>) -> Cell {
    let written = |at| from_millis(at).to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    at.map_or(Cell::Nothing, |at| Cell::Text(written(at)))
}
