//! `/v1/members`: who belongs, and what they earned.

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    Refusals,
    caller::Caller,
    listing::{Listing, PageQuery, Paging, bad_query, id_in_query, unfit_query, write_cursor},
    search,
};
use crate::{
    clock::from_millis,
    domain::address::ADDRESS_CHARS_MAX,
    http::{Gateway, problem::Problem},
    store::{
        directory::Page,
        members::{self, LedgerEntry, MemberEnrolment, MemberFilter},
    },
};

/// A person who belongs to a merchant.
#[derive(Debug, Serialize, ToSchema)]
pub struct Member {
    /// Our id.
    id: Uuid,
    /// Whose member.
    merchant_id: Uuid,
    /// The address they text from, as the provider writes it.
    #[schema(example = "+14155550199")]
    phone: String,
    /// The language they are answered in.
    #[schema(example = "en")]
    language: String,
    /// What they want to be called, where they said so.
    #[schema(required, example = "Ana")]
    first_name: Option<String>,
    /// Their birthday as `MM-DD`, where they said so.
    #[schema(required, example = "03-05")]
    birthday: Option<String>,
    /// What they answered to the shops' own questions.
    answers: Vec<ProfileAnswer>,
    /// Whether they opted out of a sender that the merchant uses.
    opted_out: bool,
    /// Whether they may be sent marketing there: not once they opted out, nor while it is in doubt whether they did.
    marketing: bool,
    /// Points to be spent in all programs together.
    balance: i64,
    /// The shops they joined, oldest first.
    enrolments: Vec<Enrolment>,
    /// When they joined the first shop.
    created_at: DateTime<Utc>,
}

/// What a member answered to a question of a shop's own.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProfileAnswer {
    /// The shop.
    shop_id: Uuid,
    /// The question's id.
    #[schema(example = "skin")]
    question: String,
    /// The question as it was asked.
    #[schema(example = "Oily, dry or normal skin?")]
    prompt: String,
    /// The answer.
    #[schema(example = "Dry")]
    answer: String,
    /// When.
    answered_at: DateTime<Utc>,
}

/// Where a member earns.
#[derive(Debug, Serialize, ToSchema)]
pub struct Enrolment {
    /// The shop.
    shop_id: Uuid,
    /// Its name.
    #[schema(example = "Bean There")]
    shop: String,
    /// The shop's program; where it is that of other shops too, the points are the same ones.
    program_id: Uuid,
    /// Points to be spent: the sum of the entries.
    balance: i64,
    /// Points that cannot be spent yet.
    pending: i64,
    /// Points in vouchers.
    locked: i64,
    /// The level held.
    #[schema(required, example = "gold")]
    level: Option<String>,
    /// When they joined.
    enrolled_at: DateTime<Utc>,
    /// The phrase by which they joined.
    #[schema(required, example = "COFFEE PLS")]
    keyword: Option<String>,
    /// Where it hung.
    #[schema(required, example = "door")]
    source: Option<String>,
    /// When they left; `null`: they have not. Their points wait for their return.
    #[schema(required)]
    left_at: Option<DateTime<Utc>>,
}

/// A line in the ledger. Entries are never changed or deleted.
#[derive(Debug, Serialize, ToSchema)]
pub struct Entry {
    /// Our id, which derives from the cause.
    id: Uuid,
    /// The program.
    program_id: Uuid,
    /// Its place in the member's history there, from 1.
    number: i64,
    /// At which shop; `null` where time alone did it.
    #[schema(required)]
    shop_id: Option<Uuid>,
    /// What it did to the points that the member has, spendable or pending: earned, or below zero; 0 where they only moved.
    points: i64,
    /// How many moved.
    amount: i64,
    /// Where they were: `outside`, `pending`, `available`, `locked`, `spent`, `lapsed`.
    #[schema(example = "outside")]
    from: String,
    /// Where they went.
    #[schema(example = "available")]
    to: String,
    /// The punch card whose stamps these are; `null` for points.
    #[schema(required)]
    card: Option<String>,
    /// Why.
    #[schema(example = "sale")]
    cause: String,
    /// The rule that gave them, or the reward they are for.
    #[schema(required, example = "spend")]
    rule: Option<String>,
    /// The version of the program that decided it; 0 for a shop without one.
    version: i32,
    /// Who did it.
    #[schema(example = "till")]
    actor: String,
    /// What staff said why.
    #[schema(required)]
    reason: Option<String>,
    /// When it happened.
    happened_at: DateTime<Utc>,
    /// When it was written down.
    created_at: DateTime<Utc>,
}

/// Which members.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MemberQuery {
    /// Only the one who texts from this address, written as the provider does: +14155550199.
    #[param(min_length = 1, max_length = 128, pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$", example = "+14155550199")]
    phone: Option<String>,
    /// Only those who joined this shop.
    #[param(value_type = Option<Uuid>)]
    shop_id: Option<String>,
    /// Only those whose number ends in these four digits or more, whose number this is in any spelling, or whose name begins
    /// so. Answers at most `limit` of them, on one page: where there are more, type more.
    #[param(min_length = 1, max_length = 60, pattern = r"[a-z]|([0-9][^0-9]*){4}", example = "0199")]
    search: Option<String>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Items of a page, 1 to 200; 50 where it is left out.
    #[param(value_type = Option<u64>, minimum = 1, maximum = 200)]
    limit: Option<String>,
}

/// Members: all for the operator, its own for a merchant, those who are or were enrolled at it for a shop. A page may hold less than `limit`, even nothing: only
/// `next_cursor` says whether it is the last one.
#[utoipa::path(get, path = "/v1/members", tag = "members", params(MemberQuery),
    responses((status = 200, body = Listing<Member>), Refusals))]
pub async fn list(
    caller: Caller,
    gateway: web::Data<Gateway>,
    query: web::Query<MemberQuery>,
) -> Result<HttpResponse, Problem> {
    let MemberQuery { phone, shop_id, search, cursor, limit } = query.into_inner();
    let paging = Paging { cursor, limit };
    let address = phone.map(|phone| address_in_query(&phone)).transpose()?;
    let shop_id = shop_id.map(|id| id_in_query("shop_id", &id)).transpose()?;
    if shop_id.zip(caller.shop()).is_some_and(|(asked, own)| asked != own) {
        return Err(unfit_query("shop_id", "is not the shop of this key; leave it out"));
    }
    let filter = MemberFilter { merchant_id: caller.scope(), address, shop_id: shop_id.or(caller.shop()) };
    let page = Page { after: paging.after()?, limit: paging.limit()? };
    let (mut found, next) = match search {
        Some(typed) => (searched(caller, &gateway, &typed, &filter, page.limit).await?, None),
        None => gateway.store.members(&filter, page).await?,
    };
    let ids: Vec<Uuid> = found.iter().map(|member| member.id).collect();
    let mut enrolments = gateway.store.enrolments(&ids).await?;
    let joined = |member: &members::Member, shop: Uuid| {
        enrolments.get(&member.id).is_some_and(|all| all.iter().any(|enrolment| enrolment.shop_id == shop))
    };
    found.retain(|member| filter.shop_id.is_none_or(|shop| joined(member, shop)));
    let mut answers = gateway.store.profile_answers(&ids).await?;
    let show = |member: members::Member| {
        let (enrolments, answers) = (enrolments.remove(&member.id), answers.remove(&member.id));
        show(caller, member, enrolments.unwrap_or_default(), answers.unwrap_or_default())
    };
    let items = found.into_iter().map(show).collect();
    Ok(HttpResponse::Ok().json(Listing { items, next_cursor: next.map(|id| write_cursor(&id)) }))
}

async fn searched(
    caller: Caller,
    gateway: &Gateway,
    typed: &str,
    filter: &MemberFilter,
    limit: u64,
) -> Result<Vec<members::Member>, Problem> {
    let ids = search::find(caller, gateway, typed, limit).await?;
    let mut found = gateway.store.members_by_ids(&ids).await?;
    found.retain(|member| filter.address.as_ref().is_none_or(|address| member.address == *address));
    Ok(found)
}

/// One member.
#[utoipa::path(get, path = "/v1/members/{id}", tag = "members", params(("id" = Uuid, Path,)),
    responses((status = 200, body = Member), Refusals))]
pub async fn get(caller: Caller, gateway: web::Data<Gateway>, id: web::Path<Uuid>) -> Result<HttpResponse, Problem> {
    let member = find(caller, &gateway, *id).await?;
    let enrolments = gateway.store.enrolments(&[member.id]).await?.remove(&member.id);
    let answers = gateway.store.profile_answers(&[member.id]).await?.remove(&member.id);
    Ok(HttpResponse::Ok().json(show(caller, member, enrolments.unwrap_or_default(), answers.unwrap_or_default())))
}

/// A member's entries, program by program, newest first. A shop's key sees those of its program.
#[utoipa::path(get, path = "/v1/members/{id}/entries", tag = "members", params(("id" = Uuid, Path,), Paging),
    responses((status = 200, body = Listing<Entry>), Refusals))]
pub async fn entries(
    caller: Caller,
    gateway: web::Data<Gateway>,
    id: web::Path<Uuid>,
    query: PageQuery,
) -> Result<HttpResponse, Problem> {
    let member = find(caller, &gateway, *id).await?;
    let only = caller.shop().map(|id| gateway.directory.read().directory.shop(id).map_or(id, |shop| shop.program_id));
    let found = gateway.store.entries(member.id, only, query.after()?, query.limit()? + 1).await?;
    let place = |entry: &LedgerEntry| (entry.program_id, entry.number);
    Ok(HttpResponse::Ok().json(Listing::page(found, &query, place, show_entry)?))
}

/// The member, if this caller may see it.
pub(super) async fn find(caller: Caller, gateway: &Gateway, id: Uuid) -> Result<members::Member, Problem> {
    let found = gateway.store.member(id).await?;
    let member = found.filter(|member| caller.may_see(member.merchant_id)).ok_or_else(Problem::not_found)?;
    match caller.shop() {
        Some(shop_id) if !gateway.store.was_enrolled(id, shop_id).await? => Err(Problem::not_found()),
        _ => Ok(member),
    }
}

/// In a query `+` means a blank, so a number that was not escaped arrives with one.
fn address_in_query(phone: &str) -> Result<String, Problem> {
    let address = match phone.strip_prefix(' ') {
        Some(digits) if digits.starts_with(|c: char| c.is_ascii_digit()) => format!("+{digits}"),
        _ => phone.replace(": ", ":+"),
    };
    if address.is_empty() || address.chars().nth(ADDRESS_CHARS_MAX).is_some() || address.chars().any(char::is_control) {
        return Err(bad_query("phone", "is no address; write it as the provider does: +14155550199"));
    }
    Ok(address)
}

/// A shop sees what is its own.
fn show(
    caller: Caller,
    member: members::Member,
    mut enrolments: Vec<MemberEnrolment>,
    mut answers: Vec<members::ProfileAnswer>,
) -> Member {
    let is_theirs = |shop_id| caller.shop().is_none_or(|own| own == shop_id);
    enrolments.retain(|enrolment| is_theirs(enrolment.shop_id));
    answers.retain(|answer| is_theirs(answer.shop_id));
    Member {
        id: member.id,
        merchant_id: member.merchant_id,
        phone: member.address,
        language: member.language,
        first_name: member.first_name,
        birthday: member.birthday,
        answers: answers.into_iter().map(show_answer).collect(),
        opted_out: member.is_opted_out,
        marketing: !member.is_opted_out && !member.is_in_doubt,
        balance: all_points(&enrolments),
        enrolments: enrolments.into_iter().map(show_enrolment).collect(),
        created_at: from_millis(member.created_at),
    }
}

/// Shops that share a program show the same points.
fn all_points(enrolments: &[MemberEnrolment]) -> i64 {
    let points: HashMap<Uuid, i64> =
        enrolments.iter().map(|enrolment| (enrolment.program_id, enrolment.balance)).collect();
    points.values().sum()
}

fn show_enrolment(enrolment: MemberEnrolment) -> Enrolment {
    let MemberEnrolment { shop_id, shop, program_id, balance, pending, locked, level, keyword, source, .. } = enrolment;
    let (enrolled_at, left_at) = (from_millis(enrolment.enrolled_at), enrolment.left_at.map(from_millis));
    Enrolment { shop_id, shop, program_id, balance, pending, locked, level, enrolled_at, keyword, source, left_at }
}

fn show_answer(answer: members::ProfileAnswer) -> ProfileAnswer {
    let members::ProfileAnswer { member_id: _, shop_id, question, prompt, answer, answered_at } = answer;
    ProfileAnswer { shop_id, question, prompt, answer, answered_at: from_millis(answered_at) }
}

fn show_entry(entry: LedgerEntry) -> Entry {
    Entry {
        id: entry.id,
        program_id: entry.program_id,
        number: entry.number,
        shop_id: entry.shop_id,
        points: entry.points(),
        amount: entry.amount,
        from: entry.from_book,
        to: entry.to_book,
        card: entry.card,
        cause: entry.cause,
        rule: entry.rule,
        version: entry.version,
        actor: entry.actor,
        reason: entry.reason,
        happened_at: from_millis(entry.happened_at),
        created_at: from_millis(entry.created_at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plus_that_arrives_as_a_blank_is_a_plus() {
        for (given, meant) in [
            (" 14155550199", "+14155550199"),
            ("+14155550199", "+14155550199"),
            ("whatsapp: 14155550199", "whatsapp:+14155550199"),
            ("rcs:someone", "rcs:someone"),
        ] {
            assert_eq!(address_in_query(given).unwrap(), meant);
        }
        assert!(address_in_query("").is_err());
        assert!(address_in_query(&"1".repeat(129)).is_err());
    }
}
