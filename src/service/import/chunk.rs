//! A set of rows on its way: each row is decided in memory, and what is to be written is gathered.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Taken;
use crate::{
    domain::{
        consent::ConsentKind,
        import::{Newcomer, Standing},
        program::Program,
        purse::{
            Occasion, Person, Purse,
            draw::Draw,
            import::{Opening, cause_of},
        },
    },
    secrets::random_bytes,
    service::ledger::{Holder, person},
    store::{
        Result, Transaction,
        importing::{ImportedConsent, ImportedMember, KnownMember, Newcomers, Origin},
    },
};

/// A set of rows under way.
pub(super) struct Chunk<'a> {
    program: &'a Program,
    origin: &'a Origin<'a>,
    now: DateTime<Utc>,
    draw: Draw,
    known: HashMap<String, KnownMember>,
    repeated: HashSet<Uuid>,
    purses: HashMap<Uuid, (Purse, Person)>,
    /// What the set will write.
    pub(super) newcomers: Newcomers,
}

impl<'a> Chunk<'a> {
    pub(super) fn new(program: &'a Program, origin: &'a Origin<'a>, now: DateTime<Utc>) -> Self {
        Self {
            program,
            origin,
            now,
            draw: Draw::new(random_bytes().unwrap_or_default()),
            known: HashMap::new(),
            repeated: HashSet::new(),
            purses: HashMap::new(),
            newcomers: Newcomers::default(),
        }
    }

    /// Takes in who is a member, and the purses to which something is added, with all that was due by now.
    pub(super) async fn take_in(
        &mut self,
        tx: &Transaction,
        known: Vec<KnownMember>,
        repeated: HashSet<Uuid>,
        set: &[(i64, Newcomer)],
    ) -> Result<()> {
        self.known = known.into_iter().map(|known| (known.address.clone(), known)).collect();
        self.repeated = repeated;
        let adds = set.iter().filter(|(_, newcomer)| adds_something(&newcomer.opening));
        let known = adds.filter_map(|(_, newcomer)| self.known.get(&newcomer.phone));
        let with_purse = known.filter_map(|known| Some((known.purse_id?, known.birthday.clone())));
        let birthdays: HashMap<Uuid, Option<String>> =
            with_purse.filter(|(id, _)| !self.repeated.contains(id)).collect();
        let added_to: Vec<Uuid> = birthdays.keys().copied().collect();
        for row in tx.purses(&added_to).await? {
            let is_due = row.due_at.is_some_and(|due| due <= self.now.timestamp_millis());
            let holder = if is_due { tx.holder(row.member_id).await? } else { None };
            let birthday = birthdays.get(&row.id).and_then(Option::as_deref);
            let person = person(birthday, holder.into_iter().flat_map(|holder| holder.answers));
            let mut purse = row.purse;
            if is_due {
                let change = purse.tick(self.program, &person, self.now, &mut self.draw);
                let holder =
                    Holder { purse_id: row.id, member_id: row.member_id, program: self.program, person: &person };
                holder.keep(&change, self.now, &mut self.newcomers.ledger);
                purse = change.purse;
            }
            self.purses.insert(row.id, (purse, person));
        }
        Ok(())
    }

    /// Decides a row.
    pub(super) fn take(&mut self, row: i64, newcomer: &Newcomer, taken: &mut Taken) {
        match self.known.get(&newcomer.phone).cloned() {
            None => {
                self.add(newcomer);
                taken.added += 1;
                taken.points += newcomer.opening.points;
            }
            Some(known) => {
                taken.known.push(row);
                if self.add_to(&known, newcomer) {
                    taken.points += newcomer.opening.points;
                } else {
                    taken.repeated.push(row);
                }
            }
        }
    }

    /// Somebody new.
    fn add(&mut self, newcomer: &Newcomer) {
        let member_id = Uuid::now_v7();
        let joined_at = newcomer.joined_at.unwrap_or(self.now).timestamp_millis();
        self.newcomers.members.push(ImportedMember {
            id: member_id,
            address: newcomer.phone.clone(),
            language: newcomer.language.code(),
            first_name: newcomer.first_name.clone(),
            birthday: newcomer.birthday.map(|birthday| birthday.to_string()),
            joined_at,
        });
        self.enrol(member_id, newcomer, joined_at);
        self.prove(newcomer);
        let person = Person { birthday: newcomer.birthday, ..Person::default() };
        self.open(member_id, &person, &newcomer.opening);
        self.note(member_id, newcomer);
    }

    /// Somebody who is a member: gaps are filled, points are added once. Whether this source brought something now.
    fn add_to(&mut self, known: &KnownMember, newcomer: &Newcomer) -> bool {
        let KnownMember { member_id, purse_id, .. } = *known;
        let birthday = newcomer.birthday.map(|birthday| birthday.to_string());
        let learns_name = known.first_name.is_none() && newcomer.first_name.is_some();
        if learns_name || (known.birthday.is_none() && birthday.is_some()) {
            self.newcomers.learnt.push((member_id, newcomer.first_name.clone(), birthday));
        }
        // Who left the shop stays away: their enrolment is there, and is not touched.
        if !known.is_enrolled {
            self.enrol(member_id, newcomer, newcomer.joined_at.unwrap_or(self.now).timestamp_millis());
        }
        if !known.came_before {
            self.prove(newcomer);
            self.note(member_id, newcomer);
        }
        match purse_id {
            Some(id) if self.repeated.contains(&id) => false,
            Some(id) if adds_something(&newcomer.opening) => {
                self.add_points(id, member_id, &newcomer.opening);
                self.repeated.insert(id);
                true
            }
            Some(_) => true,
            None => {
                let known_birthday = known.birthday.as_deref().and_then(|day| day.parse().ok());
                let person = Person { birthday: known_birthday.or(newcomer.birthday), ..Person::default() };
                let id = self.open(member_id, &person, &newcomer.opening);
                self.known.values_mut().filter(|known| known.member_id == member_id).for_each(|known| {
                    (known.purse_id, known.is_enrolled, known.came_before) = (Some(id), true, true);
                });
                self.repeated.insert(id);
                true
            }
        }
    }

    fn enrol(&mut self, member_id: Uuid, newcomer: &Newcomer, joined_at: i64) {
        // Who was not asked is as one who left: their points wait until they text a keyword.
        let left_at = (newcomer.standing == Standing::Unasked).then(|| self.now.timestamp_millis());
        self.newcomers.enrolments.push((Uuid::now_v7(), member_id, joined_at, left_at));
    }

    fn prove(&mut self, newcomer: &Newcomer) {
        let now = self.now;
        let address = newcomer.phone.clone();
        let (kind, at, typed, shown) = match &newcomer.standing {
            Standing::Unasked => return,
            Standing::Agreed { at, how, shown } => {
                (ConsentKind::OptIn, at.or(newcomer.joined_at), how.clone(), shown.clone())
            }
            Standing::OptedOut { at } => {
                let since = at.unwrap_or(now).timestamp_millis();
                self.newcomers.opted_out.push((address.clone(), since));
                (ConsentKind::OptOut, *at, String::new(), String::new())
            }
        };
        let occurred_at = at.unwrap_or(now).timestamp_millis();
        self.newcomers.consents.push(ImportedConsent { address, kind: kind.word(), typed, shown, occurred_at });
    }

    fn open(&mut self, member_id: Uuid, person: &Person, opening: &Opening) -> Uuid {
        let purse_id = Uuid::now_v7();
        let change = Purse::default().import(self.program, opening, self.occasion(), &mut self.draw);
        let opened = &mut self.newcomers.opened;
        opened.opened.push((purse_id, member_id, self.program.id, self.now.timestamp_millis()));
        Holder { purse_id, member_id, program: self.program, person }.keep(&change, self.now, opened);
        purse_id
    }

    fn add_points(&mut self, purse_id: Uuid, member_id: Uuid, opening: &Opening) {
        let occasion = self.occasion();
        let Some((purse, person)) = self.purses.get_mut(&purse_id) else { return };
        let change = purse.clone().import(self.program, opening, occasion, &mut self.draw);
        let holder = Holder { purse_id, member_id, program: self.program, person };
        holder.keep(&change, self.now, &mut self.newcomers.ledger);
        *purse = change.purse;
    }

    fn note(&mut self, member_id: Uuid, newcomer: &Newcomer) {
        for (question, prompt, answer) in [
            ("external_id", "Number in the other system", &newcomer.external_id),
            ("note", "Note in the other system", &newcomer.note),
        ] {
            if !answer.is_empty() {
                self.newcomers.answers.push((member_id, question, prompt, answer.clone()));
            }
        }
    }

    fn occasion(&self) -> Occasion {
        Occasion {
            cause: cause_of(self.origin.to.source),
            at: self.now,
            shop_id: Some(self.origin.to.shop_id),
            actor: self.origin.actor.to_owned(),
            reason: None,
        }
    }
}

/// Whether there is anything to add to a purse.
fn adds_something(opening: &Opening) -> bool {
    opening.leaves_entries()
}
