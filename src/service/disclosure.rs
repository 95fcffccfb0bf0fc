//! All that is kept of one member, for whoever asks to see it. (GDPR Art. 15 and 20; a file that people and programs can read.)

use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    audit::Line,
    change::{Change, ChangeError},
};
use crate::{
    clock::from_millis,
    domain::{message::Media, purse::draw::shown, shop::Shop},
    store::{
        counter::VoucherRow,
        members::{LedgerEntry, Member, MemberEnrolment, ProfileAnswer},
        said::{ConsentRecord, Onlooker, Said},
    },
};

/// The most rows of one kind that go into a file.
const ROWS_MAX: u64 = 20_000;

/// All of it, as far as it is the onlooker's to see; the book says who took it, at which shop.
///
/// # Errors
/// The store failed.
pub async fn of_member(
    change: Change<'_>,
    shop: &Shop,
    (member, enrolments): (&Member, &[MemberEnrolment]),
    (onlooker, only_program): (Onlooker, Option<Uuid>),
) -> Result<Value, ChangeError> {
    let (store, now) = (change.store, change.now);
    let tx = store.begin().await?;
    change.note(&tx, Line::about("member", member.id, "").at(shop).did("exported")).await?;
    tx.commit().await?;
    let is_theirs = |shop_id: Uuid| enrolments.iter().any(|enrolment| enrolment.shop_id == shop_id);
    let answers = store.profile_answers(&[member.id]).await?.remove(&member.id).unwrap_or_default();
    let answers: Vec<Value> = answers.into_iter().filter(|one| is_theirs(one.shop_id)).map(answer).collect();
    let entries = store.entries(member.id, only_program, None, ROWS_MAX).await?;
    let vouchers = store.vouchers_of(member.id, None, ROWS_MAX).await?.into_iter();
    let vouchers = vouchers.filter(|row| only_program.is_none_or(|only| only == row.program_id));
    let consents = store.consents(member, None, ROWS_MAX, onlooker).await?;
    let texts = store.said(member, None, ROWS_MAX, onlooker).await?;
    Ok(json!({
        "made_at": now,
        "member": {
            "id": member.id,
            "phone": member.address,
            "language": member.language,
            "first_name": member.first_name,
            "birthday": member.birthday,
            "opted_out": member.is_opted_out,
            "created_at": from_millis(member.created_at),
        },
        "shops": enrolments.iter().map(enrolment).collect::<Vec<_>>(),
        "answers": answers,
        "entries": entries.iter().map(entry).collect::<Vec<_>>(),
        "vouchers": vouchers.map(voucher).collect::<Vec<_>>(),
        "consents": consents.into_iter().map(consent).collect::<Vec<_>>(),
        "texts": texts.into_iter().map(text).collect::<Vec<_>>(),
    }))
}

fn enrolment(one: &MemberEnrolment) -> Value {
    json!({
        "shop": one.shop,
        "joined_at": from_millis(one.enrolled_at),
        "left_at": one.left_at.map(from_millis),
        "keyword": one.keyword,
        "source": one.source,
        "balance": one.balance,
        "pending": one.pending,
        "locked": one.locked,
        "level": one.level,
    })
}

fn answer(one: ProfileAnswer) -> Value {
    json!({ "question": one.prompt, "answer": one.answer, "answered_at": from_millis(one.answered_at) })
}

fn entry(one: &LedgerEntry) -> Value {
    json!({
        "happened_at": from_millis(one.happened_at),
        "written_at": from_millis(one.created_at),
        "points": one.points(),
        "amount": one.amount,
        "from": one.from_book,
        "to": one.to_book,
        "card": one.card,
        "cause": one.cause,
        "rule": one.rule,
        "actor": one.actor,
        "reason": one.reason,
    })
}

fn voucher(one: VoucherRow) -> Value {
    json!({
        "code": shown(&one.code),
        "reward": one.reward,
        "points": one.points,
        "state": one.state,
        "issued_at": from_millis(one.issued_at),
        "last_day": one.last_day,
        "ended_at": one.ended_at.map(from_millis),
    })
}

fn consent(one: ConsentRecord) -> Value {
    json!({
        "at": from_millis(one.occurred_at),
        "kind": one.kind,
        "method": one.method,
        "reason": one.reason,
        "number": one.sender,
        "typed": one.typed,
        "shown": one.shown,
    })
}

fn text(one: Said) -> Value {
    let media: Vec<Media> = one.media.as_deref().and_then(|media| serde_json::from_str(media).ok()).unwrap_or_default();
    json!({
        "at": from_millis(one.place.at),
        "direction": if one.place.is_outbound { "to_member" } else { "from_member" },
        "number": one.sender,
        "body": one.body,
        "media": media.into_iter().map(|media| media.url).collect::<Vec<_>>(),
        "state": one.state,
        "delivery": one.delivery,
    })
}
