//! A draft played against what was really sold: what it would have cost, who gains, who loses.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use chrono::Months;
use uuid::Uuid;

use super::{Scene, Tab, telling::Book};
use crate::{
    console::{
        form::Posted,
        page::{Page, go, html},
        say::Say,
        trouble::Trouble,
        viewer::AtShop,
    },
    domain::{
        access::Role,
        address::Address,
        money::{Amount, Currency},
        phone,
        program::{
            Program,
            outline::{Section, parts},
        },
        purse::replay::{Comparison, Worths, point_worth, stated_worth},
    },
    http::Gateway,
    service::{
        drafts,
        replays::{Outcome, Replay, State, WARM_UP_MONTHS, Wish, mark_of},
    },
};

/// How far back one can look, in months.
const MONTHS: [u32; 3] = [1, 3, 6];
/// So many of who gain and who lose most are named.
const NAMED_MAX: usize = 10;

/// A reward with what it costs the shop.
struct RewardAsked {
    id: String,
    name: String,
    /// Said by the program itself.
    stated: Option<String>,
    /// Typed by the reader.
    typed: String,
}

/// A figure before and after.
struct Row {
    told: String,
    before: String,
    after: String,
    difference: String,
}

/// Who gains or loses much.
struct Named {
    member: Option<Uuid>,
    name: String,
    phone: String,
    before: String,
    after: String,
    difference: String,
}

/// What came of a replay, told.
struct Told {
    months: i64,
    began: String,
    is_stale: bool,
    one_in: u64,
    is_cut: bool,
    sales: i64,
    members: i64,
    rows: Vec<Row>,
    gain: i64,
    lose: i64,
    same: i64,
    gainers: Vec<Named>,
    losers: Vec<Named>,
}

#[derive(Template)]
#[template(path = "program/replay.html")]
struct ReplayPage {
    page: Page,
    tabs: Vec<Tab>,
    scene: Scene,
    months: Vec<(u32, String, bool)>,
    rewards: Vec<RewardAsked>,
    currency: &'static str,
    draft_is_wrong: bool,
    /// Members looked through, and sales played, while it runs.
    running: Option<(String, String)>,
    has_failed: bool,
    told: Option<Told>,
    /// Where the same page is looked at again, with what rewards cost.
    again: String,
}

/// How a replay stands.
pub(in crate::console) async fn page(
    request: HttpRequest,
    at: AtShop,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let is_viewer = !at.viewer.may(Role::Staff);
    let scene = Scene::look(at, &gateway).await?;
    let page = Page::of_shop(&request, &scene.shop, "program").titled("program-replay");
    let row = scene.draft()?.clone();
    let program = drafts::read(&gateway.vault, &scene.shop, &row.document, gateway.clock.now()).ok();
    let currency = Currency::from_code(&scene.shop.currency).unwrap_or_default();
    let book = Book::of(page.say, &row.document, &scene.shop);
    let rewards = rewards(&book, program.as_ref(), request.query_string(), currency);
    let replay = gateway.replays.of(scene.shop.program_id).await?;
    let running = match replay.as_ref().map(|replay| &replay.state) {
        Some(State::Running { members, sales }) => Some((written(page.say, *members), written(page.say, *sales))),
        _ => None,
    };
    let has_failed = matches!(replay.as_ref().map(|replay| &replay.state), Some(State::Failed));
    let told = match (&replay, &program) {
        (Some(replay), Some(program)) => {
            let teller = Teller { say: page.say, book: &book, program, rewards: &rewards, currency, is_viewer };
            teller.tell(&gateway, &scene, replay).await?
        }
        _ => None,
    };
    let last = replay.as_ref().map_or(3, |replay| replay.months);
    let months =
        MONTHS.map(|months| (months, page.say.n("program-count-months", i64::from(months)), months == last)).into();
    let (tabs, again) = (scene.tabs(&page, "replay"), scene.address("replay"));
    let (draft_is_wrong, currency) = (program.is_none(), currency.code());
    let shown =
        ReplayPage { page, tabs, scene, months, rewards, currency, draft_is_wrong, running, has_failed, told, again };
    Ok(html(StatusCode::OK, &shown))
}

fn written(say: Say, number: u64) -> String {
    say.number(i64::try_from(number).unwrap_or(i64::MAX))
}

/// The rewards of a draft: what each costs, where the program says so, or as the reader says.
fn rewards(book: &Book<'_>, program: Option<&Program>, query: &str, currency: Currency) -> Vec<RewardAsked> {
    let typed = |id: &str| {
        let name = format!("worth-{id}");
        let mut fields = form_urlencoded::parse(query.as_bytes());
        fields.find(|(field, _)| *field == name).map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
    };
    let asked = |id: &str| RewardAsked {
        name: book.name_in(Section::Rewards, id),
        stated: program.and_then(|program| stated_worth(program, id)).map(|minor| currency.write(minor)),
        typed: typed(id),
        id: id.to_owned(),
    };
    parts::ids(book.document, Section::Rewards).into_iter().map(asked).collect()
}

/// Begins a replay.
pub(in crate::console) async fn submit(
    at: AtShop,
    form: Posted<Vec<(String, String)>>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let Posted(fields) = form;
    let scene = Scene::to_change(at, &gateway).await?;
    let row = scene.draft()?;
    let asked: Option<u32> =
        fields.iter().find(|(name, _)| name == "months").and_then(|(_, months)| months.parse().ok());
    let months = asked.filter(|months| MONTHS.contains(months)).ok_or(Trouble::StaleForm)?;
    let now = gateway.clock.now();
    if let Ok(program) = drafts::read(&gateway.vault, &scene.shop, &row.document, now) {
        let since = now.checked_sub_months(Months::new(months)).unwrap_or(now);
        let warm_since = since.checked_sub_months(Months::new(WARM_UP_MONTHS)).unwrap_or(since);
        let wish = Wish { program: Arc::new(program), draft: mark_of(&row.document), months, since, warm_since };
        gateway.replays.begin(Arc::clone(&gateway.directory), wish).await?;
    }
    let worths = fields.iter().filter(|(name, value)| name.starts_with("worth-") && !value.trim().is_empty());
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in worths {
        query.append_pair(name, value.trim());
    }
    let query = query.finish();
    let to = scene.address("replay");
    Ok(go(if query.is_empty() { to } else { format!("{to}?{query}") }))
}

/// Tells what came of a replay.
struct Teller<'a> {
    say: Say,
    book: &'a Book<'a>,
    program: &'a Program,
    rewards: &'a [RewardAsked],
    currency: Currency,
    is_viewer: bool,
}

impl Teller<'_> {
    async fn tell(&self, gateway: &Gateway, scene: &Scene, replay: &Replay) -> Result<Option<Told>, Trouble> {
        let State::Done(outcome) = &replay.state else { return Ok(None) };
        let (worths, point) = self.worths();
        let mut all = Comparison::default();
        outcome.members.iter().for_each(|(_, one)| all.add(one));
        let mut by_gain: Vec<(i64, &(Uuid, Comparison))> =
            outcome.members.iter().map(|one| (self.gain(&one.1, &worths, point), one)).collect();
        // Stable by the purse, so that the same replay is told the same.
        by_gain.sort_by_key(|(gain, (purse, _))| (std::cmp::Reverse(*gain), *purse));
        let count = |is: &dyn Fn(i64) -> bool| by_gain.iter().filter(|(gain, _)| is(*gain)).count();
        let scaled = |count: usize| self.scaled(count, outcome);
        let gainers = by_gain.iter().take_while(|(gain, _)| *gain > 0).take(NAMED_MAX).map(|(_, one)| *one).collect();
        let losers =
            by_gain.iter().rev().take_while(|(gain, _)| *gain < 0).take(NAMED_MAX).map(|(_, one)| *one).collect();
        Ok(Some(Told {
            months: i64::from(replay.months),
            began: self.say.moment(replay.began_at, scene.shop.time_zone),
            is_stale: scene.draft.as_ref().is_some_and(|draft| mark_of(&draft.document) != replay.draft),
            one_in: outcome.one_in,
            is_cut: outcome.is_cut,
            sales: all.sales.saturating_mul(i64::try_from(outcome.one_in).unwrap_or(1)),
            members: scaled(outcome.members.len()),
            rows: self.rows(&all, outcome, &worths, point),
            gain: scaled(count(&|gain| gain > 0)),
            lose: scaled(count(&|gain| gain < 0)),
            same: scaled(count(&|gain| gain == 0)),
            gainers: self.named(gateway, gainers).await?,
            losers: self.named(gateway, losers).await?,
        }))
    }

    fn scaled(&self, count: usize, outcome: &Outcome) -> i64 {
        let one_in = i64::try_from(outcome.one_in).unwrap_or(1);
        i64::try_from(count).unwrap_or(i64::MAX).saturating_mul(one_in)
    }

    /// What rewards cost, and a point at most in thousandths of the smallest unit.
    fn worths(&self) -> (Worths, Option<i64>) {
        let worth = |asked: &RewardAsked| {
            let typed = asked.typed.parse::<Amount>().ok().map(|amount| amount.minor(self.currency));
            Some((asked.id.clone(), typed.or_else(|| stated_worth(self.program, &asked.id))?))
        };
        let worths: Worths = self.rewards.iter().filter_map(worth).collect();
        let point = point_worth(self.program, &worths);
        (worths, point)
    }

    /// What a member gains, in money where worths are known, else in points and then in rewards.
    fn gain(&self, one: &Comparison, worths: &Worths, point: Option<i64>) -> i64 {
        let by_money = one.after.worth(worths, point) - one.before.worth(worths, point);
        let count = |gain: &crate::domain::purse::replay::Gain| gain.rewards.values().sum::<i64>();
        let by_points = one.after.points - one.before.points;
        [by_money, by_points, count(&one.after) - count(&one.before)].into_iter().find(|gain| *gain != 0).unwrap_or(0)
    }

    fn rows(&self, all: &Comparison, outcome: &Outcome, worths: &Worths, point: Option<i64>) -> Vec<Row> {
        let one_in = i64::try_from(outcome.one_in).unwrap_or(1);
        let number = |told: String, before: i64, after: i64| {
            let (before, after) = (before.saturating_mul(one_in), after.saturating_mul(one_in));
            let difference = self.signed(after - before, &|number| self.say.number(number));
            Row { told, before: self.say.number(before), after: self.say.number(after), difference }
        };
        let points = self.book.points(0).split_once(' ').map(|(_, unit)| unit.to_owned()).unwrap_or_default();
        let mut rows =
            vec![number(self.say.of("replay-points", "unit", points.clone()), all.before.points, all.after.points)];
        if all.thanks != (0, 0) {
            rows.push(number(self.say.of("replay-thanks", "unit", points), all.thanks.0, all.thanks.1));
        }
        let mut ids: Vec<&String> = all.before.rewards.keys().chain(all.after.rewards.keys()).collect();
        ids.sort();
        ids.dedup();
        for id in ids {
            let of = |gain: &crate::domain::purse::replay::Gain| gain.rewards.get(id).copied().unwrap_or(0);
            rows.push(number(self.book.name_in(Section::Rewards, id), of(&all.before), of(&all.after)));
        }
        if !worths.is_empty() {
            let money =
                |gain: &crate::domain::purse::replay::Gain| gain.worth(worths, point).saturating_mul(one_in) / 1000;
            let (before, after) = (money(&all.before), money(&all.after));
            let difference = self.signed(after - before, &|minor| self.say.money(self.currency, minor));
            let told = self.say.t("replay-worth");
            rows.push(Row {
                told,
                before: self.say.money(self.currency, before),
                after: self.say.money(self.currency, after),
                difference,
            });
        }
        rows
    }

    fn signed(&self, number: i64, write: &dyn Fn(i64) -> String) -> String {
        match number {
            0 => "=".to_owned(),
            1.. => format!("+{}", write(number)),
            _ => format!("−{}", write(number.saturating_neg())),
        }
    }

    async fn named(&self, gateway: &Gateway, chosen: Vec<&(Uuid, Comparison)>) -> Result<Vec<Named>, Trouble> {
        let ids: Vec<Uuid> = chosen.iter().map(|(id, _)| *id).collect();
        let holders = gateway.store.holders_of(&ids).await?;
        let named = |(id, one): &&(Uuid, Comparison)| {
            let holder = holders.iter().find(|holder| holder.purse_id == *id);
            let address = holder.and_then(|holder| Address::parse(&holder.address).ok());
            let phone_shown = match address {
                Some(address) if self.is_viewer => address.to_string(),
                Some(address) => phone::written(address.as_str()),
                None => String::new(),
            };
            let told = |gain: &crate::domain::purse::replay::Gain| self.gain_told(gain);
            let points = one.after.points - one.before.points;
            Named {
                member: holder.map(|holder| holder.member_id),
                name: holder.and_then(|holder| holder.first_name.clone()).unwrap_or_default(),
                phone: phone_shown,
                before: told(&one.before),
                after: told(&one.after),
                difference: self.signed(points, &|points| self.book.points(points)),
            }
        };
        Ok(chosen.iter().map(named).collect())
    }

    /// "120 stars, 2 × Coffee".
    fn gain_told(&self, gain: &crate::domain::purse::replay::Gain) -> String {
        let rewards = gain.rewards.iter();
        let rewards = rewards.map(|(id, count)| format!("{count} × {}", self.book.name_in(Section::Rewards, id)));
        std::iter::once(self.book.points(gain.points)).chain(rewards).collect::<Vec<_>>().join(", ")
    }
}
