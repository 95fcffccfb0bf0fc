//! A sale tried out: what it would earn and why, by the program in force and by the draft. Nothing is recorded.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use chrono::{DateTime, NaiveDateTime, Utc};
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use super::{Scene, Tab, telling::Book};
use crate::{
    console::{
        form::{Hints, Posted},
        page::{Page, html},
        trouble::Trouble,
        viewer::AtShop,
    },
    domain::{
        country::Country,
        money::{Amount, Currency},
        phone::read_phone,
        program::{
            Program,
            award::Award,
            outline::{Section, parts},
            sale::{Facts, Item, Sale},
        },
        purse::{Person, Purse},
    },
    http::Gateway,
    service::{
        drafts,
        till::{Whom, standing::Standing},
    },
};

/// So many lines of a sale can be tried.
const LINES: usize = 3;
/// The most characters of a word of the till.
const WORD_MAX: usize = 100;

/// What is tried.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub(in crate::console) struct TryForm {
    amount: String,
    payment: String,
    at: String,
    who: String,
    level: String,
    phone: String,
    category_0: String,
    quantity_0: String,
    price_0: String,
    category_1: String,
    quantity_1: String,
    price_1: String,
    category_2: String,
    quantity_2: String,
    price_2: String,
}

/// A line of the sale, as it was typed.
struct Line {
    place: usize,
    hint: Option<String>,
    category: String,
    quantity: String,
    price: String,
}

/// What a program would give.
struct Verdict {
    title: String,
    /// What is earned, and by which rule.
    lines: Vec<(String, String)>,
    /// All of it in points.
    total: String,
    /// Rules that look at sales and gave nothing, and why.
    silent: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "program/try.html")]
struct TryPage {
    page: Page,
    tabs: Vec<Tab>,
    scene: Scene,
    form: TryForm,
    lines: Vec<Line>,
    levels: Vec<(String, String)>,
    currency: &'static str,
    hints: Hints,
    verdicts: Vec<Verdict>,
    member: Option<String>,
    draft_is_wrong: bool,
}

/// The form.
pub(in crate::console) async fn page(
    request: HttpRequest,
    at: AtShop,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let scene = Scene::look(at, &gateway).await?;
    show(&request, scene, &gateway, TryForm::default(), false).await
}

/// The form, and what the sale would earn. Nothing is changed by it; it is sent as a form so that no phone is in an address.
pub(in crate::console) async fn submit(
    request: HttpRequest,
    at: AtShop,
    form: Posted<TryForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let Posted(form) = form;
    let scene = Scene::look(at, &gateway).await?;
    show(&request, scene, &gateway, form, true).await
}

async fn show(
    request: &HttpRequest,
    scene: Scene,
    gateway: &Gateway,
    form: TryForm,
    is_asked: bool,
) -> Result<HttpResponse, Trouble> {
    let page = Page::of_shop(request, &scene.shop, "program").titled("program-try");
    let mut hints = Hints::default();
    let currency = Currency::from_code(&scene.shop.currency).unwrap_or_default();
    let sale = read_sale(&page, &scene, &form, currency, gateway.clock.now(), &mut hints);
    let standing = standing(&page, &scene, gateway, &form, &mut hints).await?;
    let (in_force, draft) = programs(&scene, gateway);
    let draft_is_wrong = scene.draft.is_some() && draft.is_none();
    let mut verdicts = Vec::new();
    if let Some(sale) = sale.filter(|_| is_asked && !hints.any()) {
        let document = scene.document();
        let trial = Trial { page: &page, scene: &scene, sale: &sale, form: &form, standing: standing.as_ref() };
        verdicts.extend(in_force.map(|program| trial.judge("program-in-force", &program, &document)));
        let row = scene.draft.as_ref();
        verdicts.extend(draft.zip(row).map(|(program, row)| trial.judge("program-draft", &program, &row.document)));
    }
    if !is_asked {
        hints = Hints::default();
    }
    let status = if hints.any() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let member = standing.map(|standing| standing.member.first_name.unwrap_or_default());
    let (tabs, levels, lines) = (scene.tabs(&page, "try"), levels(&page, &scene), form.lines());
    let hint = |line: Line| Line { hint: hints.of(&format!("line-{}", line.place)).map(str::to_owned), ..line };
    let lines = lines.into_iter().map(hint).collect();
    let currency = currency.code();
    let shown = TryPage { page, tabs, form, lines, levels, currency, hints, verdicts, member, draft_is_wrong, scene };
    Ok(html(status, &shown))
}

/// The program in force and the draft, as far as they can be read.
fn programs(scene: &Scene, gateway: &Gateway) -> (Option<Program>, Option<Program>) {
    let now = gateway.clock.now();
    let in_force = drafts::read(&gateway.vault, &scene.shop, &scene.document(), now).ok();
    let draft = scene.draft.as_ref().and_then(|row| drafts::read(&gateway.vault, &scene.shop, &row.document, now).ok());
    (in_force, draft)
}

/// The levels that can be chosen: those of the draft, else of what is in force.
fn levels(page: &Page, scene: &Scene) -> Vec<(String, String)> {
    let document = scene.draft.as_ref().map_or_else(|| scene.document(), |row| row.document.clone());
    let book = Book::of(page.say, &document, &scene.shop);
    let ids = parts::ids(&document, Section::Levels);
    ids.into_iter().map(|id| (id.to_owned(), book.name_in(Section::Levels, id))).collect()
}

impl TryForm {
    fn lines(&self) -> Vec<Line> {
        let typed = [
            (&self.category_0, &self.quantity_0, &self.price_0),
            (&self.category_1, &self.quantity_1, &self.price_1),
            (&self.category_2, &self.quantity_2, &self.price_2),
        ];
        let line = |(place, (category, quantity, price)): (usize, (&String, &String, &String))| Line {
            place,
            hint: None,
            category: category.clone(),
            quantity: quantity.clone(),
            price: price.clone(),
        };
        typed.into_iter().take(LINES).enumerate().map(line).collect()
    }
}

fn read_sale(
    page: &Page,
    scene: &Scene,
    form: &TryForm,
    currency: Currency,
    now: DateTime<Utc>,
    hints: &mut Hints,
) -> Option<Sale> {
    let items = read_items(page, form, currency, hints);
    let sum = items.iter().map(|item| item.quantity.saturating_mul(item.unit_price)).fold(0, i64::saturating_add);
    let amount = match form.amount.trim() {
        "" => Some(sum),
        written => written.parse::<Amount>().ok().map(|amount| amount.minor(currency)),
    };
    if amount.is_none() {
        hints.add("amount", page.say.t("program-wrong-amount"));
    }
    let at = match form.at.trim() {
        "" => Some(now),
        written => NaiveDateTime::parse_from_str(written, "%Y-%m-%dT%H:%M")
            .ok()
            .and_then(|local| local.and_local_timezone(scene.shop.time_zone).earliest())
            .map(|at| at.to_utc()),
    };
    if at.is_none() {
        hints.add("at", page.say.t("program-wrong-day"));
    }
    let payment = Some(form.payment.trim()).filter(|paid| !paid.is_empty() && paid.chars().count() <= WORD_MAX);
    Some(Sale { id: "try".to_owned(), amount: amount?, tax: 0, items, payment: payment.map(str::to_owned), at: at? })
}

fn read_items(page: &Page, form: &TryForm, currency: Currency, hints: &mut Hints) -> Vec<Item> {
    let mut items = Vec::new();
    for line in form.lines() {
        let category = line.category.trim();
        if category.is_empty() {
            continue;
        }
        let quantity = match line.quantity.trim() {
            "" => Some(1),
            written => written.parse::<i64>().ok().filter(|quantity| (1..=10_000).contains(quantity)),
        };
        let price = match line.price.trim() {
            "" => Some(0),
            written => written.parse::<Amount>().ok().map(|price| price.minor(currency)),
        };
        match (quantity, price) {
            (Some(quantity), Some(unit_price)) => {
                // Whichever of both the program names by: the till's number or the category.
                let word: String = category.chars().take(WORD_MAX).collect();
                items.push(Item { sku: Some(word.clone()), name: None, category: Some(word), quantity, unit_price });
            }
            _ => hints.add(&format!("line-{}", line.place), page.say.t("program-wrong-item")),
        }
    }
    items
}

/// How a real member stands, where one is named.
async fn standing(
    page: &Page,
    scene: &Scene,
    gateway: &Gateway,
    form: &TryForm,
    hints: &mut Hints,
) -> Result<Option<Standing>, Trouble> {
    if form.who != "member" {
        return Ok(None);
    }
    let digits: String = form.phone.chars().filter(char::is_ascii_digit).take(15).collect();
    let found = match digits.len() {
        4..=9 => gateway.store.members_by_tail(Some(scene.shop.merchant_id), &digits, 2).await?,
        10.. => by_address(gateway, scene, form).await?,
        _ => Vec::new(),
    };
    let standing = match &*found {
        [id] => standing_of(gateway, scene, *id).await?,
        _ => None,
    };
    if standing.is_none() {
        hints.add("phone", page.say.t(if found.len() > 1 { "trial-several" } else { "trial-nobody" }));
    }
    Ok(standing)
}

async fn by_address(gateway: &Gateway, scene: &Scene, form: &TryForm) -> Result<Vec<Uuid>, Trouble> {
    let country = {
        let known = gateway.directory.read();
        let sender = known.directory.sender(scene.shop.sender_id);
        sender.and_then(|sender| Country::of_phone(sender.address.phone()?))
    };
    let Ok(address) = read_phone(&form.phone, country) else { return Ok(Vec::new()) };
    Ok(gateway.store.members_by_address(Some(scene.shop.merchant_id), &address).await?)
}

async fn standing_of(gateway: &Gateway, scene: &Scene, id: Uuid) -> Result<Option<Standing>, Trouble> {
    let whom = Whom::Member(id);
    let now = gateway.clock.now();
    Ok(Standing::of(&gateway.store, &gateway.directory, (&scene.shop, &whom), now).await?)
}

/// A sale on trial.
struct Trial<'a> {
    page: &'a Page,
    scene: &'a Scene,
    sale: &'a Sale,
    form: &'a TryForm,
    standing: Option<&'a Standing>,
}

impl Trial<'_> {
    fn judge(&self, title: &str, program: &Program, document: &Value) -> Verdict {
        let facts = self.facts(program);
        let award = program.judge_sale(self.sale, &facts);
        let book = Book::of(self.page.say, document, &self.scene.shop);
        Verdict {
            title: self.page.say.t(title),
            total: book.points(award.points()),
            lines: lines(&book, &award),
            silent: self.silent(&book, program, &facts, &award),
        }
    }

    fn facts(&self, program: &Program) -> Facts {
        let zone = self.scene.shop.time_zone;
        if let Some(standing) = self.standing {
            return standing.purse.facts(program, &standing.person, self.sale.at, zone);
        }
        let mut facts = Purse::default().facts(program, &Person::default(), self.sale.at, zone);
        facts.is_first = self.form.who == "new" || self.form.who.is_empty();
        if let Some(level) = program.level(&self.form.level) {
            facts.level = Some(level.id.clone());
        }
        facts
    }

    /// Rules that look at sales and gave nothing, each with the reason.
    fn silent(&self, book: &Book<'_>, program: &Program, facts: &Facts, award: &Award) -> Vec<(String, String)> {
        let gave = |id: &str| {
            award.points_of(id) > 0
                || award.stamps.contains_key(id)
                || award.gifts.iter().any(|gift| gift.rule == id)
                || award.referrer.as_ref().is_some_and(|line| line.rule == id)
        };
        let rules = program.rules.iter().filter(|rule| rule.earn.judges_sales() && !gave(&rule.id));
        let told = rules.map(|rule| {
            let unmet = rule.when.unmet(self.sale, facts, program.currency);
            let is_used_up = facts.left.get(&rule.id).is_some_and(|left| *left <= 0);
            let why = match unmet {
                Some(condition) => self.page.say.word("unmet", &condition.replace('_', "-")),
                None if is_used_up => self.page.say.t("unmet-limit"),
                None if rule.kind.name == "multiplier" => self.page.say.t("unmet-multiplier"),
                None if rule.kind.name == "referral" => self.page.say.t("unmet-referral"),
                None => self.page.say.t("unmet-nothing"),
            };
            (book.name_in(Section::Earn, &rule.id), why)
        });
        told.collect()
    }
}

/// What is earned, rule by rule.
fn lines(book: &Book<'_>, award: &Award) -> Vec<(String, String)> {
    let name = |id: &str| {
        let rule = book.name_in(Section::Earn, id);
        if rule == id { book.name_in(Section::Levels, id) } else { rule }
    };
    let points = award.lines.iter().map(|line| (name(&line.rule), book.points(line.points)));
    let stamps = award.stamps.iter().map(|(card, stamps)| (name(card), book.say.n("program-count-stamps", *stamps)));
    let gifts = award.gifts.iter().map(|gift| (name(&gift.rule), book.name_in(Section::Rewards, &gift.reward)));
    let friend = award.referrer.iter().map(|line| (book.say.t("trial-friend"), book.points(line.points)));
    points.chain(stamps).chain(gifts).chain(friend).collect()
}
