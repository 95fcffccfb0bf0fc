//! The steps at the till: a number or a code is typed, a member is chosen, what they have is shown.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    AtTill,
    deeds::{called, program_of},
    figures::{
        CardDrawn, RewardOffered, VoucherHeld, cards_drawn, level_name, points, rewards_offered, vouchers_held, worth,
    },
    frame::{Frame, show},
    refusals::refusal,
};
use crate::{
    console::{form::Posted, page::go, trouble::Trouble, viewer::id_in},
    domain::{
        phone::{read_phone, written},
        purse::draw::typed,
    },
    service::till::{NotDone, Whom, standing::Standing, voucher::Voucher},
    store::StoreError,
};

/// The fewest digits of a number that are looked for.
const DIGITS_MIN: usize = 4;
/// So many digits are taken for a whole number.
const WHOLE_NUMBER: usize = 7;
/// The most members who are offered to choose from.
const CHOICES_MAX: u64 = 6;
/// The most characters of what is looked for.
const TYPED_CHARS_MAX: usize = 40;

#[derive(Template)]
#[template(path = "till/start.html")]
struct StartPage {
    frame: Frame,
    who: String,
    wrong: Option<String>,
    code: String,
    code_wrong: Option<String>,
}

#[derive(Template)]
#[template(path = "till/choose.html")]
struct ChoosePage {
    frame: Frame,
    who: String,
    choices: Vec<Choice>,
    has_more: bool,
}

/// A member to choose.
struct Choice {
    id: Uuid,
    name: String,
    phone: String,
    balance: String,
}

#[derive(Template)]
#[template(path = "till/stranger.html")]
struct StrangerPage {
    frame: Frame,
    shown: String,
    phone: String,
}

#[derive(Template)]
#[template(path = "till/member.html")]
struct MemberPage {
    frame: Frame,
    member_id: Uuid,
    name: String,
    phone: String,
    balance: String,
    has_points: bool,
    cards: Vec<CardDrawn>,
    level: Option<String>,
    vouchers: Vec<VoucherHeld>,
    rewards: Vec<RewardOffered>,
    amount: String,
    wrong: Option<String>,
}

#[derive(Template)]
#[template(path = "till/voucher.html")]
struct VoucherPage {
    frame: Frame,
    code: String,
    name: String,
    worth: Option<String>,
    who: String,
    until: String,
}

/// What is looked for.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in crate::console) struct Sought {
    who: String,
    code: String,
}

/// The first step.
pub(in crate::console) async fn start(request: HttpRequest, at: AtTill) -> Result<HttpResponse, Trouble> {
    let frame = Frame::of(&request, &at, "start").await?;
    Ok(show(None, &start_page(frame)))
}

/// The first step as browsers keep it for when the line is lost: nothing in it is about a member.
pub(in crate::console) async fn shell(request: HttpRequest, at: AtTill) -> Result<HttpResponse, Trouble> {
    let frame = Frame { is_shell: true, ..Frame::bare(&request, &at, "start") };
    Ok(show(None, &start_page(frame)))
}

fn start_page(frame: Frame) -> StartPage {
    StartPage { frame, who: String::new(), wrong: None, code: String::new(), code_wrong: None }
}

/// Looks for a member by what was typed: a number, or its last digits.
pub(in crate::console) async fn find(
    request: HttpRequest,
    at: AtTill,
    form: Posted<Sought>,
) -> Result<HttpResponse, Trouble> {
    let who: String = form.0.who.trim().chars().take(TYPED_CHARS_MAX).collect();
    let frame = Frame::of(&request, &at, "find").await?;
    let digits: String = who.chars().filter(char::is_ascii_digit).collect();
    if digits.len() < DIGITS_MIN || who.chars().any(char::is_alphabetic) {
        let wrong = frame.t("till-number-short");
        return Ok(refused_number(frame, who, wrong));
    }
    let mut found = Vec::new();
    let phone = read_phone(&who, at.country()).ok();
    if let Some(phone) = &phone {
        found.extend(standing(&at, &Whom::Address(phone.clone())).await?);
    }
    if found.is_empty() && digits.len() < WHOLE_NUMBER {
        let ids = at.gateway.store.members_by_tail(Some(at.shop.merchant_id), &digits, CHOICES_MAX + 1).await?;
        for id in ids {
            found.extend(standing(&at, &Whom::Member(id)).await?);
        }
    }
    match (found.as_slice(), phone) {
        ([one], _) => Ok(go(format!("{}/members/{}", at.home(), one.member.member_id))),
        ([], Some(phone)) => Ok(show(None, &StrangerPage { frame, shown: written(&phone), phone })),
        ([], None) => {
            let key = if digits.len() < WHOLE_NUMBER { "till-nobody-ends-so" } else { "till-number-wrong" };
            let wrong = frame.t(key);
            Ok(refused_number(frame, who, wrong))
        }
        (several, _) => Ok(choose(frame, who, several)),
    }
}

fn choose(frame: Frame, who: String, several: &[Standing]) -> HttpResponse {
    let most = usize::try_from(CHOICES_MAX).unwrap_or(usize::MAX);
    let choice = |standing: &Standing| Choice {
        id: standing.member.member_id,
        name: called(&standing.member),
        phone: written(&standing.member.address),
        balance: points(frame.say, &standing.program, standing.purse.available),
    };
    let choices = several.iter().take(most).map(choice).collect();
    show(None, &ChoosePage { choices, who, has_more: several.len() > most, frame })
}

async fn standing(at: &AtTill, whom: &Whom) -> Result<Option<Standing>, StoreError> {
    Standing::of(&at.gateway.store, &at.gateway.directory, (&at.shop, whom), at.now).await
}

/// A member at the counter.
pub(in crate::console) async fn member(request: HttpRequest, at: AtTill) -> Result<HttpResponse, Trouble> {
    let id = id_in(&request, "member_id")?;
    show_member(&request, &at, id, String::new(), None).await
}

/// The same with what is wrong with what was entered.
pub(super) async fn show_member(
    request: &HttpRequest,
    at: &AtTill,
    id: Uuid,
    amount: String,
    wrong: Option<String>,
) -> Result<HttpResponse, Trouble> {
    let standing = standing(at, &Whom::Member(id)).await?.ok_or(Trouble::NotFound)?;
    let frame = Frame::of(request, at, "member").await?;
    let (say, program) = (frame.say, &standing.program);
    let page = MemberPage {
        member_id: standing.member.member_id,
        name: called(&standing.member),
        phone: written(&standing.member.address),
        balance: points(say, program, standing.purse.available),
        has_points: program.has_points(),
        cards: cards_drawn(say, program, &standing.purse),
        level: level_name(say, program, &standing.purse, at.now),
        vouchers: vouchers_held(say, &frame.money, program, &standing.purse),
        rewards: rewards_offered(say, &frame.money, &standing, at.now),
        amount,
        wrong,
        frame,
    };
    Ok(show(page.wrong.as_deref(), &page))
}

/// Shows a voucher by its code, before it is redeemed.
pub(in crate::console) async fn voucher(
    request: HttpRequest,
    at: AtTill,
    form: Posted<Sought>,
) -> Result<HttpResponse, Trouble> {
    let code: String = form.0.code.trim().chars().take(TYPED_CHARS_MAX).collect();
    let frame = Frame::of(&request, &at, "voucher").await?;
    let row = at.gateway.store.voucher_by_code(at.shop.program_id, &typed(&code)).await?;
    let voucher = row.map(|row| Voucher::of(row, &at.gateway.directory.read().directory, Some(&at.shop), at.now));
    let standing = match &voucher {
        Some(voucher) => standing(&at, &Whom::Member(voucher.member_id)).await?,
        None => None,
    };
    let (Some(voucher), Some(standing)) = (voucher, standing) else {
        return Ok(wrong_code(frame, code, &NotDone::NoSuchVoucher));
    };
    if voucher.state != "issued" {
        return Ok(wrong_code(frame, code, &NotDone::VoucherEnded(voucher.state)));
    }
    let program = program_of(&at)?;
    let page = VoucherPage {
        name: super::figures::reward_name(frame.say, &program, &voucher.reward),
        worth: voucher.worth.as_ref().and_then(|worth_at_till| worth(frame.say, &frame.money, worth_at_till)),
        who: called(&standing.member),
        until: frame.say.day(program.begin_of(voucher.last_day).timestamp_millis(), program.time_zone),
        code: voucher.code,
        frame,
    };
    Ok(show(None, &page))
}

fn wrong_code(frame: Frame, code: String, refused: &NotDone) -> HttpResponse {
    let wrong = refusal(frame.say, None, refused).unwrap_or_default();
    refused_code(frame, code, wrong)
}

/// The first step, with why a code is not taken.
pub(super) fn refused_code(frame: Frame, code: String, wrong: String) -> HttpResponse {
    show(Some(&wrong), &StartPage { code, code_wrong: Some(wrong.clone()), ..start_page(frame) })
}

/// The first step, with why a number is not taken.
pub(super) fn refused_number(frame: Frame, who: String, wrong: String) -> HttpResponse {
    show(Some(&wrong), &StartPage { who, wrong: Some(wrong.clone()), ..start_page(frame) })
}
