//! A member at a glance: what they hold, how far they are, what they can have, and what staff can do for them.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{AtMember, Frame, language, shown::points};
use crate::{
    console::{
        form::Hints,
        page::{Page, html},
        say::Say,
        trouble::Trouble,
        viewer::AtShop,
    },
    domain::{
        program::{Program, reward::Reward, tier::Measure},
        purse::{Purse, Voucher, draw::shown, spend::Purchase},
    },
    http::Gateway,
    service::{
        till::{
            Whom,
            outcome::{CardHeld, LevelNow, cards},
            standing::Standing,
        },
        way,
    },
};

#[derive(Template)]
#[template(path = "members/overview.html")]
struct OverviewPage {
    page: Page,
    frame: Frame,
    hints: Hints,
    /// What was typed.
    adjust: Adjusted,
    /// Marks the form, so that sending it twice counts once.
    once: Uuid,
    held: Option<Held>,
    joined: String,
    source: String,
    /// Whether they can be texted, in a sentence.
    reach: String,
    is_reachable: bool,
}

/// What was typed into the form by which points are given or taken.
#[derive(Default, Clone)]
pub(super) struct Adjusted {
    pub(super) points: String,
    pub(super) reason: String,
}

/// What a member holds.
struct Held {
    unit: String,
    balance: String,
    pending: Option<String>,
    locked: Option<String>,
    visits: String,
    last_visit: String,
    lapse: Option<String>,
    level: Option<LevelShown>,
    cards: Vec<CardShown>,
    vouchers: Vec<VoucherShown>,
    rewards: Vec<RewardShown>,
}

struct LevelShown {
    name: String,
    next: Option<String>,
    missing: Option<String>,
    progress: i64,
    threshold: i64,
}

struct CardShown {
    name: String,
    reward: String,
    /// One for each stamp of the card: whether it is there.
    stamps: Vec<bool>,
    count: String,
    filled: i64,
}

struct VoucherShown {
    code: String,
    name: String,
    good_until: String,
}

struct RewardShown {
    id: String,
    name: String,
    cost: String,
    can_have: bool,
    is_money: bool,
    why_not: String,
}

/// The page.
pub(in crate::console) async fn page(
    request: HttpRequest,
    at: AtShop,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let at = AtMember::find(&request, at, &gateway).await?;
    show(&request, &at, &gateway, StatusCode::OK, (Adjusted::default(), Hints::default())).await
}

/// The page, with what was typed and what is wrong with it.
pub(super) async fn show(
    request: &HttpRequest,
    at: &AtMember,
    gateway: &Gateway,
    status: StatusCode,
    (adjust, hints): (Adjusted, Hints),
) -> Result<HttpResponse, Trouble> {
    let (page, frame) = at.frame(request, "overview");
    let (say, now) = (page.say, gateway.clock.now());
    let standing =
        Standing::of(&gateway.store, &gateway.directory, (&at.shop, &Whom::Member(at.member.id)), now).await?;
    let of_member = (&at.shop, &at.member, Some(&at.enrolment));
    let steps = way::of_member(&gateway.store, &gateway.directory, of_member, now).await?;
    let first = steps.first().map(|step| step.what.word()).unwrap_or("open");
    let held = standing.map(|standing| held(at, &standing, say, gateway));
    let source = at.enrolment.keyword.clone().or_else(|| at.enrolment.source.clone());
    let shown = OverviewPage {
        joined: say.day(at.enrolment.enrolled_at, at.shop.time_zone),
        source: source.unwrap_or_else(|| "–".to_owned()),
        reach: say.t(&format!("reach-{first}")),
        is_reachable: first == "open",
        once: Uuid::now_v7(),
        page,
        frame,
        hints,
        adjust,
        held,
    };
    Ok(html(status, &shown))
}

fn held(at: &AtMember, standing: &Standing, say: Say, gateway: &Gateway) -> Held {
    let Standing { program, purse, .. } = standing;
    let (zone, now) = (at.shop.time_zone, gateway.clock.now());
    let some = |count: i64| (count != 0).then(|| points(program, count, say));
    let last = purse.last_visit_at();
    let lapse = purse.next_to_lapse().map(|(day, count)| {
        let day = say.day(program.begin_of(day).timestamp_millis(), program.time_zone);
        say.of2("member-lapse", "points", points(program, count, say), "day", day)
    });
    Held {
        unit: program.unit.forms(language(say)).few.to_owned(),
        balance: say.number(purse.available),
        pending: some(purse.pending_points()),
        locked: some(purse.locked_points()),
        visits: say.number(purse.sales),
        last_visit: last.map_or_else(|| say.t("never"), |at| say.day(at.timestamp_millis(), zone)),
        lapse,
        level: level(at, program, purse, say, now),
        cards: cards_shown(program, purse, say),
        vouchers: purse.vouchers.iter().map(|voucher| voucher_shown(program, voucher, say)).collect(),
        rewards: program.for_sale().into_iter().map(|reward| reward_shown(standing, reward, say, now)).collect(),
    }
}

fn level(at: &AtMember, program: &Program, purse: &Purse, say: Say, now: DateTime<Utc>) -> Option<LevelShown> {
    let level = LevelNow::of(purse, program, at.shop.language, now)?;
    let tiers = program.tiers.as_ref()?;
    let name = |id: &String| program.level(id).map(|level| level.name.in_language(language(say)).to_owned());
    let progress = purse.progress_in_span(program, program.day(now)).max(0);
    let next = level.next.as_ref().and_then(|id| program.level(id));
    let threshold = next.and_then(|next| tiers.threshold(next, program.currency)).unwrap_or(0);
    let missing = level.missing.map(|missing| match tiers.by {
        Measure::Spend => say.money(program.currency, missing),
        Measure::Points => points(program, missing, say),
        Measure::Visits => say.n("visits-count", missing),
        Measure::Friends => say.n("friends-count", missing),
    });
    Some(LevelShown {
        name: level.id.as_ref().and_then(name).unwrap_or_else(|| say.t("member-no-level")),
        next: level.next.as_ref().and_then(name),
        missing,
        progress: progress.min(threshold),
        threshold,
    })
}

fn cards_shown(program: &Program, purse: &Purse, say: Say) -> Vec<CardShown> {
    let reward_name = |id: &str| {
        program.reward(id).map_or_else(String::new, |reward| reward.name.in_language(language(say)).to_owned())
    };
    let named = |id: &str| program.rule(id)?.name.as_ref().map(|name| name.in_language(language(say)).to_owned());
    let card = |card: CardHeld| CardShown {
        name: named(&card.id).unwrap_or_else(|| say.t("member-card")),
        reward: reward_name(&card.reward),
        stamps: (0..card.size.clamp(0, STAMPS_DRAWN_MAX)).map(|place| place < card.stamps).collect(),
        count: say.of2("member-stamps", "count", card.stamps, "size", card.size),
        filled: card.filled,
    };
    cards(purse, program).into_iter().map(card).collect()
}

/// The most stamps of a card that are drawn; of larger ones the number says enough.
const STAMPS_DRAWN_MAX: i64 = 40;

fn voucher_shown(program: &Program, voucher: &Voucher, say: Say) -> VoucherShown {
    let name = program.reward(&voucher.reward).map(|reward| reward.name.in_language(language(say)).to_owned());
    VoucherShown {
        code: shown(&voucher.code),
        name: name.unwrap_or_else(|| voucher.reward.clone()),
        good_until: say.day(program.begin_of(voucher.last_day).timestamp_millis(), program.time_zone),
    }
}

fn reward_shown(standing: &Standing, reward: &Reward, say: Say, now: DateTime<Utc>) -> RewardShown {
    let Standing { program, purse, .. } = standing;
    let left = standing.stock_left(&reward.id);
    let points_wanted = reward.is_money().then(|| purse.available.max(1));
    let wanted = Purchase { reward: &reward.id, points: points_wanted, stock_left: left };
    let refused = purse.cost_of(program, wanted, now).err();
    RewardShown {
        id: reward.id.clone(),
        name: reward.name.in_language(language(say)).to_owned(),
        cost: reward.cost.map_or_else(String::new, |cost| points(program, cost, say)),
        can_have: refused.is_none(),
        is_money: reward.is_money(),
        why_not: refused.map(|refused| super::counter::why_not(program, &refused, say)).unwrap_or_default(),
    }
}
