//! Why somebody did not get a text: what is kept of it is read, and the domain says what it means.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::{
    directory::{Known, LiveDirectory},
    till::{Whom, standing::Standing as AtCounter},
};
use crate::{
    clock::from_millis,
    domain::{
        address::Address,
        conversation::Question,
        delivery::{
            Step, Trouble, silence,
            why::{AHEAD_MAX, Case, explain},
        },
        language::Language,
        shop::{Sender, Shop},
        telling::{
            decide::{Ear, Scene},
            told::Told,
        },
    },
    store::{
        Result, Store,
        members::{Member, MemberEnrolment},
        way::TextOnItsWay,
    },
};

/// Every step of a text, and what happens next.
pub async fn of_text(
    store: &Store,
    directory: &LiveDirectory,
    text: &TextOnItsWay,
    now: DateTime<Utc>,
) -> Result<Vec<Step>> {
    let place = if text.state == "queued" { store.place_in_queue(text, AHEAD_MAX).await? } else { Default::default() };
    let known = directory.read();
    let sender = known.directory.sender(text.sender_id).cloned();
    let case = Case {
        now,
        created_at: from_millis(text.created_at),
        due_at: from_millis(text.due_at),
        state: text.state.clone(),
        reply: text.reply.clone(),
        is_answer: text.inbound_id.is_some(),
        attempts: text.attempts.into(),
        attempted_at: text.attempted_at.map(from_millis),
        settled_at: text.settled_at.map(from_millis),
        report: text.report.clone().map(|(word, at)| (word, from_millis(at))),
        trouble: text.error_code.map(|code| (code, explained(&known, sender.as_ref(), code))),
        is_behind: place.is_behind,
        ahead: place.ahead,
        messages_per_second: sender.map_or(1.0, |sender| sender.messages_per_second),
        pause: text.pause.clone().map(|(until, why)| (from_millis(until), why)),
        opted_out_at: text.opted_out_at.map(from_millis),
    };
    Ok(explain(&case))
}

/// Why a member gets no text from a shop, and when they get what waits for them.
pub async fn of_member(
    store: &Store,
    directory: &LiveDirectory,
    (shop, member, enrolment): (&Shop, &Member, Option<&MemberEnrolment>),
    now: DateTime<Utc>,
) -> Result<Vec<Step>> {
    let terms = store.terms_with(shop.sender_id, &member.address).await?;
    let last = store.last_text_to(shop.merchant_id, (shop.sender_id, &member.address)).await?;
    let at_counter = AtCounter::of(store, directory, (shop, &Whom::Member(member.id)), now).await?;
    let question = terms.question.as_deref().and_then(|json| serde_json::from_str::<Question>(json).ok());
    let asked_until = question.map(|question| question.lapses_at).filter(|until| *until > now);
    let known = directory.read();
    let sender = known.directory.sender(shop.sender_id);
    let failed = last.filter(is_failed).and_then(|text| {
        let code = text.error_code?;
        let at = text.settled_at.unwrap_or(text.created_at);
        Some((from_millis(at), code, explained(&known, sender, code)))
    });
    let is_merged = at_counter.as_ref().is_some_and(|standing| standing.member.member_id != member.id);
    let standing = silence::Standing {
        opted_out_at: terms.opted_out_at.map(from_millis),
        in_doubt_since: terms.no_marketing_since.map(from_millis),
        is_enrolled: enrolment.is_some(),
        left_at: enrolment.and_then(|enrolment| enrolment.left_at).map(from_millis),
        is_merged,
        asked_until,
        last_failed: failed,
    };
    let Some(program) = known.directory.program_of(shop, now) else { return Ok(Vec::new()) };
    let address = Address::parse(&member.address).ok();
    let language = Language::from_code(&member.language).unwrap_or(shop.language);
    let scene = Scene {
        now,
        program,
        shop,
        language,
        voice: known.directory.voice(Some(shop.id), language),
        phone: address.as_ref().and_then(Address::phone),
        ear: if asked_until.is_some() { Ear::Busy } else { Ear::Open },
        quiet_hours: &known.quiet_hours,
    };
    let told = at_counter.map_or_else(Told::default, |standing| standing.purse.told);
    Ok(silence::explain(&standing, &told, &scene))
}

fn is_failed(text: &TextOnItsWay) -> bool {
    let is_bad = |(word, _): &(String, i64)| matches!(word.as_str(), "failed" | "undelivered");
    matches!(text.state.as_str(), "failed" | "opted_out") || text.report.as_ref().is_some_and(is_bad)
}

fn explained(known: &Known, sender: Option<&Arc<Sender>>, code: i32) -> Trouble {
    let account = sender.and_then(|sender| known.account(sender.account_id));
    let code = u32::try_from(code).ok();
    account.zip(code).map_or(Trouble::Unknown, |(account, code)| (account.provider.explain)(code))
}
