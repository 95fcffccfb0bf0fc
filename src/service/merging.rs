//! Two phones of one person become one member: previewed, done in one transaction, and taken back.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    audit::{self, Author, Line},
    directory::LiveDirectory,
    ledger::{Holder, person},
};
use crate::{
    domain::{
        program::Program,
        purse::{
            Cause, Occasion, Person, Purse,
            draw::Draw,
            merge::{Holding, Missing, Moved, merge, unmerge},
        },
    },
    secrets::random_bytes,
    store::{
        Store, StoreError, Transaction,
        merging::MergeRow,
        purses::{HolderRow, PurseRow},
        receiving::Writes,
    },
};

/// What a merge comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// Our id of it; `None` for a preview.
    pub id: Option<Uuid>,
    /// The member whose things move.
    pub from: Uuid,
    /// The member who has them.
    pub into: Uuid,
    /// By program, what moves.
    pub holdings: BTreeMap<Uuid, Holding>,
    /// By program, what could not be moved back.
    pub missing: BTreeMap<Uuid, Missing>,
    /// The shops that may not text the member before they join there themselves: consent does not move.
    pub not_member_at: Vec<Uuid>,
}

/// Why members were not merged, or a merge not undone; nothing has happened then.
#[derive(Debug, thiserror::Error)]
pub enum NotMerged {
    /// There is no such member, or no such merge.
    #[error("there is no such thing here")]
    NotFound,
    /// The same member twice.
    #[error("these are the same member")]
    Same,
    /// One of them is merged into another already.
    #[error("one of these members is merged into another one already")]
    MergedAlready,
    /// It was undone.
    #[error("this merge was undone already")]
    UndoneAlready,
    /// The member has been merged on.
    #[error("the member has been merged into another one since; undo that first")]
    MergedOn,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What is kept of a merge for the way back.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept {
    holdings: BTreeMap<Uuid, Holding>,
    /// Enrolments that ended.
    ended: Vec<Uuid>,
    /// Members that had been merged into the one that was merged.
    carried: Vec<Uuid>,
}

/// Merges members on a database.
#[derive(Clone, Copy)]
pub struct Merger<'m> {
    /// Where to write.
    pub store: &'m Store,
    /// Who is here.
    pub directory: &'m LiveDirectory,
    /// The time.
    pub now: DateTime<Utc>,
}

/// Who is merged into whom, and who says so.
#[derive(Debug, Clone)]
pub struct Wish {
    /// The member whose things move.
    pub from: Uuid,
    /// The member who has them then.
    pub into: Uuid,
    /// The merchant whose members they must be.
    pub merchant_id: Uuid,
    /// Who says so.
    pub actor: Author,
    /// Only say what would move.
    pub is_preview: bool,
}

impl Merger<'_> {
    /// Moves what one member holds to another, or says what would move.
    ///
    /// # Errors
    /// Why not.
    pub async fn merge(&self, wish: &Wish) -> Result<Merged, NotMerged> {
        if wish.from == wish.into {
            return Err(NotMerged::Same);
        }
        let tx = self.store.begin().await?;
        let (from, into) = self.both(&tx, wish).await?;
        let id = Uuid::now_v7();
        let mut work = Work::new(*self, &tx, id, "merged", &wish.actor.name);
        let mut known: BTreeMap<Uuid, PurseRow> = rows_by_program(tx.purses_of(&[into.member_id]).await?);
        let mut kept = Kept::default();
        let mut opened = BTreeSet::new();
        for row in tx.purses_of(&[from.member_id]).await? {
            let Some(program) = self.program(row.program_id) else { continue };
            let target = known.remove(&program.id).unwrap_or_else(|| {
                opened.insert(program.id);
                work.open(&program, into.member_id)
            });
            let holding = work.merge(&program, (&from, row), (&into, target));
            kept.holdings.insert(program.id, holding);
        }
        let not_member_at = work.end_enrolments((&from, &into), &opened, &mut kept).await?;
        kept.carried = tx.merged_members(from.member_id).await?;
        let result = Merged {
            id: (!wish.is_preview).then_some(id),
            from: from.member_id,
            into: into.member_id,
            holdings: kept.holdings.clone(),
            missing: BTreeMap::new(),
            not_member_at,
        };
        if wish.is_preview {
            return Ok(result);
        }
        let now = self.now.timestamp_millis();
        let moved: Vec<_> = kept.carried.iter().chain([&from.member_id]).map(|id| (*id, into.member_id)).collect();
        work.write().await?;
        tx.set_merged_into(&moved).await?;
        let row = MergeRow {
            id,
            merchant_id: wish.merchant_id,
            from_member_id: from.member_id,
            into_member_id: into.member_id,
            actor: wish.actor.name.clone(),
            moved: serde_json::to_string(&kept).unwrap_or_default(),
            created_at: now,
            undone_at: None,
        };
        tx.insert_merge(&row).await?;
        audit::note(&tx, &wish.actor, self.now, line(&row).did("merged")).await?;
        tx.commit().await?;
        Ok(result)
    }

    /// Gives back what is still there.
    ///
    /// # Errors
    /// Why not.
    pub async fn undo(&self, row: &MergeRow, actor: &Author) -> Result<Merged, NotMerged> {
        let kept: Kept =
            serde_json::from_str(&row.moved).map_err(|error| StoreError::Corrupt(format!("merge.moved: {error}")))?;
        let tx = self.store.begin().await?;
        let from = tx.holder(row.from_member_id).await?.ok_or(NotMerged::NotFound)?;
        let into = tx.holder(row.into_member_id).await?.ok_or(NotMerged::NotFound)?;
        tx.lock_addresses(&[&from.address, &into.address]).await?;
        if tx.merged_into(into.member_id).await?.flatten().is_some() {
            return Err(NotMerged::MergedOn);
        }
        if !tx.undo_merge(row.id, self.now.timestamp_millis()).await? {
            return Err(NotMerged::UndoneAlready);
        }
        let mut work = Work::new(*self, &tx, row.id, "unmerged", &actor.name);
        let mut sources = rows_by_program(tx.purses_of(&[into.member_id]).await?);
        let mut targets = rows_by_program(tx.purses_of(&[from.member_id]).await?);
        let (mut holdings, mut missing) = (BTreeMap::new(), BTreeMap::new());
        for (program_id, holding) in &kept.holdings {
            let program = self.program(*program_id);
            let rows = sources.remove(program_id).zip(targets.remove(program_id));
            let Some((program, (source, target))) = program.zip(rows) else { continue };
            let moved = work.unmerge(&program, (&into, source), (&from, target), holding);
            holdings.insert(program.id, moved.holding);
            missing.insert(program.id, moved.missing);
        }
        let left_at = row.created_at;
        for (id, _, left) in tx.enrolments_of(from.member_id).await? {
            if kept.ended.contains(&id) && left == Some(left_at) {
                work.writes.left.insert(id, None);
            }
        }
        work.write().await?;
        // Who began anew on the old phone meanwhile is their own member already.
        let mut back: Vec<(Uuid, Uuid)> = kept.carried.iter().map(|id| (*id, from.member_id)).collect();
        back.push((from.member_id, Uuid::nil()));
        tx.set_merged_into(&back).await?;
        audit::note(&tx, actor, self.now, line(row).did("unmerged")).await?;
        tx.commit().await?;
        let (from, into) = (from.member_id, into.member_id);
        Ok(Merged { id: Some(row.id), from, into, holdings, missing, not_member_at: Vec::new() })
    }

    /// Both members, locked: of the merchant, and neither of them merged away.
    async fn both(&self, tx: &Transaction, wish: &Wish) -> Result<(HolderRow, HolderRow), NotMerged> {
        let of_merchant = |holder: &HolderRow| holder.merchant_id == wish.merchant_id;
        let from = tx.holder(wish.from).await?.filter(of_merchant).ok_or(NotMerged::NotFound)?;
        let into = tx.holder(wish.into).await?.filter(of_merchant).ok_or(NotMerged::NotFound)?;
        tx.lock_addresses(&[&from.address, &into.address]).await?;
        for id in [wish.from, wish.into] {
            if tx.merged_into(id).await?.flatten().is_some() {
                return Err(NotMerged::MergedAlready);
            }
        }
        Ok((from, into))
    }

    fn program(&self, id: Uuid) -> Option<std::sync::Arc<Program>> {
        self.directory.read().directory.program_at(id, self.now).cloned()
    }
}

/// Members are named by their ids alone: the book outlives them.
fn line(row: &MergeRow) -> Line {
    Line::about("member", row.into_member_id, row.from_member_id.to_string()).of(row.merchant_id)
}

fn rows_by_program(rows: Vec<PurseRow>) -> BTreeMap<Uuid, PurseRow> {
    rows.into_iter().map(|row| (row.program_id, row)).collect()
}

/// A merge under way.
struct Work<'w> {
    merger: Merger<'w>,
    tx: &'w Transaction,
    occasion: Occasion,
    writes: Writes,
    /// Vouchers that move: (program, code, from, into) as purses.
    vouchers: Vec<(Uuid, String, Uuid, Uuid)>,
}

impl<'w> Work<'w> {
    fn new(merger: Merger<'w>, tx: &'w Transaction, id: Uuid, kind: &'static str, actor: &str) -> Self {
        let occasion = Occasion {
            cause: Cause::new(kind, id.to_string()),
            at: merger.now,
            shop_id: None,
            actor: actor.to_owned(),
            reason: None,
        };
        Self { merger, tx, occasion, writes: Writes::default(), vouchers: Vec::new() }
    }

    /// A purse in a program in which the member has none yet.
    fn open(&mut self, program: &Program, member_id: Uuid) -> PurseRow {
        let id = Uuid::now_v7();
        self.writes.ledger.opened.push((id, member_id, program.id, self.merger.now.timestamp_millis()));
        PurseRow { id, member_id, program_id: program.id, purse: Purse::default(), due_at: None }
    }

    fn merge(
        &mut self,
        program: &Program,
        (from, source): (&HolderRow, PurseRow),
        (into, target): (&HolderRow, PurseRow),
    ) -> Holding {
        let (giver, taker) = (person_of(from), person_of(into));
        let giving = self.bring_up_to_date(program, &source, &giver);
        let taking = self.bring_up_to_date(program, &target, &taker);
        let moved = merge(program, giving, taking, &self.occasion, &mut draw());
        self.keep(program, (&source, &giver), (&target, &taker), &moved);
        moved.holding
    }

    fn unmerge(
        &mut self,
        program: &Program,
        (into, source): (&HolderRow, PurseRow),
        (from, target): (&HolderRow, PurseRow),
        holding: &Holding,
    ) -> Moved {
        let (giver, taker) = (person_of(into), person_of(from));
        let giving = self.bring_up_to_date(program, &source, &giver);
        let taking = self.bring_up_to_date(program, &target, &taker);
        let moved = unmerge(program, taking, giving, holding, &self.occasion, &mut draw());
        self.keep(program, (&source, &giver), (&target, &taker), &moved);
        moved
    }

    /// What was due by now happens first.
    fn bring_up_to_date(&mut self, program: &Program, row: &PurseRow, person: &Person) -> Purse {
        let now = self.merger.now;
        if row.purse.next_due(program, person, now).is_none_or(|due| due > now) {
            return row.purse.clone();
        }
        let change = row.purse.clone().tick(program, person, now, &mut draw());
        let holder = Holder { purse_id: row.id, member_id: row.member_id, program, person };
        holder.keep(&change, now, &mut self.writes.ledger);
        change.purse
    }

    fn keep(
        &mut self,
        program: &Program,
        (source, giver): (&PurseRow, &Person),
        (target, taker): (&PurseRow, &Person),
        moved: &Moved,
    ) {
        for (row, person, change) in [(source, giver, &moved.from), (target, taker, &moved.into)] {
            let holder = Holder { purse_id: row.id, member_id: row.member_id, program, person };
            holder.keep(change, self.merger.now, &mut self.writes.ledger);
        }
        let vouchers = moved.holding.vouchers.iter();
        self.vouchers.extend(vouchers.map(|voucher| (program.id, voucher.code.clone(), source.id, target.id)));
    }

    /// The old phone is a member no more. In a program that is new to the other, they are known as one who had left: consent
    /// is theirs to give. Answers at which shops.
    async fn end_enrolments(
        &mut self,
        (from, into): (&HolderRow, &HolderRow),
        opened: &BTreeSet<Uuid>,
        kept: &mut Kept,
    ) -> Result<Vec<Uuid>, StoreError> {
        let now = self.merger.now.timestamp_millis();
        let others = self.tx.enrolments_of(into.member_id).await?;
        let mut not_member_at = Vec::new();
        for (id, shop_id, left_at) in self.tx.enrolments_of(from.member_id).await? {
            let theirs = others.iter().find(|(_, other, _)| *other == shop_id);
            if left_at.is_none() {
                kept.ended.push(id);
                self.writes.left.insert(id, Some(now));
                if theirs.is_none_or(|(.., left)| left.is_some()) {
                    not_member_at.push(shop_id);
                }
            }
            let program_id = self.merger.directory.read().directory.shop(shop_id).map(|shop| shop.program_id);
            if theirs.is_none() && program_id.is_some_and(|id| opened.contains(&id)) {
                let ended = Uuid::now_v7();
                self.writes.enrolments.push((ended, into.member_id, shop_id, None, Some("merged".to_owned()), now));
                self.writes.left.insert(ended, Some(now));
            }
        }
        Ok(not_member_at)
    }

    async fn write(&self) -> Result<(), StoreError> {
        self.tx.write(&self.writes).await?;
        self.tx.move_vouchers(&self.vouchers).await
    }
}

fn person_of(holder: &HolderRow) -> Person {
    person(holder.birthday.as_deref(), holder.answers.iter().cloned())
}

fn draw() -> Draw {
    Draw::new(random_bytes().unwrap_or_default())
}
