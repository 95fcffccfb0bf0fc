//! What was done at this till, as it is shown: one after the other at the side, and one by itself with what was earned and why.

use std::{collections::HashMap, sync::Arc};

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use uuid::Uuid;

use super::{
    AtTill,
    figures::{self, CardDrawn, Money, cards_drawn, points, reward_name, rule_name, worth},
    frame::{Frame, show},
};
use crate::{
    console::{say::Say, trouble::Trouble, viewer::id_in},
    domain::{phone::written, program::Program},
    service::{
        counter::{Deed, Undo},
        till::{Whom, outcome::WorthAtTill, standing::Standing},
    },
};

/// A deed in a line.
pub(super) struct DeedLine {
    pub(super) id: Uuid,
    pub(super) icon: &'static str,
    /// Whom it was for.
    pub(super) who: String,
    /// What was done.
    pub(super) what: String,
    /// What came of it.
    pub(super) outcome: String,
    /// The time of the day, where the shop is.
    pub(super) at: String,
    pub(super) is_undone: bool,
    /// Until when it can be undone (Unix milliseconds).
    pub(super) undo_until: Option<i64>,
}

impl DeedLine {
    /// This till's last deeds.
    pub(super) async fn last(at: &AtTill, say: Say) -> Result<Vec<Self>, Trouble> {
        let deeds = at.here().last().await?;
        let ids: Vec<Uuid> = deeds.iter().filter_map(|deed| deed.member_id).collect();
        let names: HashMap<Uuid, String> = match ids.is_empty() {
            true => HashMap::new(),
            false => at
                .gateway
                .store
                .members_by_ids(&ids)
                .await?
                .into_iter()
                .map(|m| (m.id, m.first_name.unwrap_or_else(|| written(&m.address))))
                .collect(),
        };
        let program = program_of(at)?;
        let line = |deed: &Deed| {
            let who = deed.member_id.and_then(|id| names.get(&id).cloned());
            Self::of(at, say, &program, deed, who)
        };
        Ok(deeds.iter().map(line).collect())
    }

    /// One of them.
    pub(super) fn of(at: &AtTill, say: Say, program: &Program, deed: &Deed, who: Option<String>) -> Self {
        let money = Money::of(&at.shop);
        let now = at.now.timestamp_millis();
        Self {
            id: deed.id,
            icon: icon(deed),
            who: who.unwrap_or_else(|| say.t("till-invited-one")),
            what: what(say, program, &money, deed),
            outcome: outcome(say, program, deed),
            at: time(at, deed.kept.receipt.at),
            is_undone: deed.undone_at.is_some(),
            undo_until: deed.undo_until().filter(|until| *until > now),
        }
    }
}

fn icon(deed: &Deed) -> &'static str {
    match deed.kind.as_str() {
        "sale" => "till",
        "invited" => "inbox",
        _ => "program",
    }
}

/// What was done, in few words.
fn what(say: Say, program: &Program, money: &Money, deed: &Deed) -> String {
    match &deed.kept.undo {
        Some(Undo::Sale(0)) => say.t("till-visit"),
        Some(Undo::Sale(amount)) => money.write(say, *amount),
        Some(Undo::Redeemed(voucher) | Undo::Bought(voucher)) => reward_name(say, program, &voucher.reward),
        None => say.word("till-kind", &deed.kind),
    }
}

/// What came of it, in few words.
fn outcome(say: Say, program: &Program, deed: &Deed) -> String {
    let receipt = &deed.kept.receipt;
    if receipt.waits_until.is_some() {
        return say.t("till-waits");
    }
    let mut parts = Vec::new();
    if receipt.points != 0 {
        let sign = if receipt.points > 0 { "+" } else { "" };
        parts.push(format!("{sign}{}", points(say, program, receipt.points)));
    }
    let stamps: i64 = receipt.stamps.values().sum();
    if stamps > 0 {
        parts.push(format!("+{}", say.n("till-stamps", stamps)));
    }
    parts.join(" · ")
}

/// The time of the day, where the shop is.
pub(super) fn time(at: &AtTill, millis: i64) -> String {
    let moment = chrono::DateTime::from_timestamp_millis(millis).unwrap_or_default();
    moment.with_timezone(&at.shop.time_zone).format("%H:%M").to_string()
}

/// The program of the till's shop.
pub(super) fn program_of(at: &AtTill) -> Result<Arc<Program>, Trouble> {
    let known = at.gateway.directory.read();
    known.directory.program_of(&at.shop, at.now).cloned().ok_or(Trouble::NotFound)
}

/// A reason for what was earned.
pub(super) struct Why {
    pub(super) name: String,
    pub(super) gives: String,
}

#[derive(Template)]
#[template(path = "till/deed.html")]
struct DeedPage {
    frame: Frame,
    line: DeedLine,
    /// Great and in front: what was earned, or is to be handed over.
    headline: String,
    /// Whether something is to be handed over.
    hands_over: bool,
    worth: Option<String>,
    why: Vec<Why>,
    gifts: Vec<String>,
    balance: Option<String>,
    cards: Vec<CardDrawn>,
    level: Option<String>,
    waits_until: Option<String>,
    is_late: bool,
    wrong: Option<String>,
}

/// What was done, and how the member stands now.
pub(in crate::console) async fn page(request: HttpRequest, at: AtTill) -> Result<HttpResponse, Trouble> {
    let id = id_in(&request, "deed_id")?;
    let deed = at.here().find(id).await?.ok_or(Trouble::NotFound)?;
    show_deed(&request, &at, &deed, None).await
}

/// The same with what is wrong.
pub(super) async fn show_deed(
    request: &HttpRequest,
    at: &AtTill,
    deed: &Deed,
    wrong: Option<String>,
) -> Result<HttpResponse, Trouble> {
    let frame = Frame::of(request, at, "deed").await?;
    let (say, program) = (frame.say, program_of(at)?);
    let (gateway, receipt) = (&at.gateway, &deed.kept.receipt);
    let standing = match deed.member_id {
        Some(id) => Standing::of(&gateway.store, &gateway.directory, (&at.shop, &Whom::Member(id)), at.now).await?,
        None => None,
    };
    let who = standing.as_ref().map(|standing| called(&standing.member));
    let reward = receipt.reward.as_deref();
    let voucher_points = match &deed.kept.undo {
        Some(Undo::Redeemed(voucher) | Undo::Bought(voucher)) => voucher.points,
        _ => 0,
    };
    let worth_of = |id: &str| {
        program
            .reward(id)
            .and_then(|reward| worth(say, &frame.money, &WorthAtTill::of(reward, &program, voucher_points)))
    };
    let page = DeedPage {
        headline: headline(say, &program, deed),
        hands_over: reward.is_some() && deed.undone_at.is_none(),
        worth: reward.and_then(worth_of),
        why: reasons(say, &program, deed),
        gifts: receipt.gifts.iter().map(|id| reward_name(say, &program, id)).collect(),
        balance: standing.as_ref().map(|standing| points(say, &program, standing.purse.available)),
        cards: standing.as_ref().map(|standing| cards_drawn(say, &program, &standing.purse)).unwrap_or_default(),
        level: standing.as_ref().and_then(|standing| figures::level_name(say, &program, &standing.purse, at.now)),
        waits_until: receipt.waits_until.map(|until| say.day(until, at.shop.time_zone)),
        is_late: deed.created_at - receipt.at > LATE_MILLIS,
        line: DeedLine::of(at, say, &program, deed, who),
        wrong,
        frame,
    };
    Ok(show(page.wrong.as_deref(), &page))
}

/// After so many milliseconds something is told to have been recorded later.
const LATE_MILLIS: i64 = 90_000;

/// How a member is called at the counter.
pub(super) fn called(member: &crate::store::purses::HolderRow) -> String {
    member.first_name.clone().unwrap_or_else(|| written(&member.address))
}

fn headline(say: Say, program: &Program, deed: &Deed) -> String {
    let receipt = &deed.kept.receipt;
    if deed.undone_at.is_some() {
        return say.t("till-undone");
    }
    if let Some(reward) = &receipt.reward {
        return reward_name(say, program, reward);
    }
    if receipt.waits_until.is_some() {
        return say.t("till-waits");
    }
    match outcome(say, program, deed) {
        nothing if nothing.is_empty() => say.t("till-recorded"),
        earned => earned,
    }
}

fn reasons(say: Say, program: &Program, deed: &Deed) -> Vec<Why> {
    let receipt = &deed.kept.receipt;
    let of_points = receipt.why.iter().map(|(rule, given)| Why {
        name: rule_name(say, program, rule),
        gives: format!("+{}", points(say, program, *given)),
    });
    let of_stamps = receipt.stamps.iter().filter(|(_, given)| **given > 0).map(|(rule, given)| Why {
        name: rule_name(say, program, rule),
        gives: format!("+{}", say.n("till-stamps", *given)),
    });
    of_points.chain(of_stamps).collect()
}
