use base64::{Engine, prelude::BASE64_STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use super::*;

const SECRET: &str = "a-secret-of-the-till";
const URL: &str = "https://texts.example.com/webhooks/tills/0197a3c0-7d1a-7cc2-9d3c-0b8f8a1f0e11";

fn recorded(name: &str) -> Value {
    let path = format!("{}/tests/tills/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn sign(parts: &[&[u8]]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    parts.iter().for_each(|part| mac.update(part));
    BASE64_STANDARD.encode(mac.finalize().into_bytes())
}

fn read(kind: &TillKind, headers: &[(&'static str, &'static str)], body: &Value) -> Result<Vec<Reported>, Unreadable> {
    read_with(kind, headers, body, &Options::default())
}

fn read_with(
    kind: &TillKind,
    headers: &[(&'static str, &'static str)],
    body: &Value,
    options: &Options,
) -> Result<Vec<Reported>, Unreadable> {
    let body = body.to_string();
    (kind.read)(&Posted { url: URL, headers: headers.to_vec(), body: body.as_bytes() }, options)
}

fn sale_of(reported: Result<Vec<Reported>, Unreadable>) -> ReportedSale {
    match reported.unwrap().into_iter().next() {
        Some(Reported::Sale(sale)) => *sale,
        other => panic!("no sale: {other:?}"),
    }
}

fn refund_of(reported: Result<Vec<Reported>, Unreadable>) -> ReportedRefund {
    match reported.unwrap().into_iter().next() {
        Some(Reported::Refund(refund)) => refund,
        other => panic!("no refund: {other:?}"),
    }
}

fn with(mut value: Value, pointer: &str, new: Value) -> Value {
    *value.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer} is not there")) = new;
    value
}

const PAID: &[(&str, &str)] = &[("X-Shopify-Topic", "orders/paid")];
const REFUNDED: &[(&str, &str)] = &[("x-shopify-topic", "refunds/create")];
const UPDATED: &[(&str, &str)] = &[("X-WC-Webhook-Topic", "order.updated")];

#[test]
fn every_kind_has_a_name_of_its_own_and_a_recorded_report() {
    for (index, kind) in TILLS.iter().enumerate() {
        assert!(TILLS[..index].iter().all(|other| other.name != kind.name), "{} twice", kind.name);
        assert_eq!(till_kind(kind.name).unwrap().name, kind.name);
        let folder = std::fs::read_dir(format!("{}/tests/tills", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let mut names = folder.map(|file| file.unwrap().file_name().to_string_lossy().into_owned());
        assert!(names.any(|name| name.starts_with(kind.name)), "nothing of {} is recorded in tests/tills", kind.name);
    }
    assert!(till_kind("abacus").is_none());
}

#[test]
fn a_signature_fits_its_body_its_secret_and_at_square_its_address_alone() {
    let body = br#"{"id":1}"#;
    for (kind, header, parts) in [
        (&square::TILL, "x-square-hmacsha256-signature", vec![URL.as_bytes(), body.as_slice()]),
        (&shopify::TILL, "X-Shopify-Hmac-Sha256", vec![body.as_slice()]),
        (&woocommerce::TILL, "X-WC-Webhook-Signature", vec![body.as_slice()]),
    ] {
        let signature = sign(&parts);
        let posted = Posted { url: URL, headers: vec![(header, &signature)], body };
        let secret = SecretString::from(SECRET);
        assert!((kind.is_signed)(&posted, &secret), "{kind:?}");
        assert!(
            !(kind.is_signed)(&Posted { body: br#"{"id":2}"#, ..posted.clone() }, &secret),
            "{kind:?}: another body"
        );
        assert!(!(kind.is_signed)(&posted, &SecretString::from("another")), "{kind:?}: another secret");
        assert!(!(kind.is_signed)(&Posted { headers: vec![], ..posted.clone() }, &secret), "{kind:?}: none");
        let shorter = &signature[..signature.len() - 4];
        let cut = Posted { headers: vec![(header, shorter)], ..posted.clone() };
        assert!(!(kind.is_signed)(&cut, &secret), "{kind:?}: cut off");
        let elsewhere = Posted { url: "https://texts.example.com/", ..posted };
        assert_eq!((kind.is_signed)(&elsewhere, &secret), kind.name != "square", "{kind:?}: another address");
    }
}

#[test]
fn an_empty_secret_signed_nothing() {
    let mac = Hmac::<Sha256>::new_from_slice(b"").unwrap().chain_update(b"{}");
    let signature = BASE64_STANDARD.encode(mac.finalize().into_bytes());
    let headers = vec![("x-shopify-hmac-sha256", signature.as_str())];
    let posted = Posted { url: URL, headers, body: b"{}" };
    assert!(!(shopify::TILL.is_signed)(&posted, &SecretString::default()));
}

#[test]
fn a_square_payment_is_a_sale_without_its_tip_once_it_is_completed() {
    let payment = recorded("square_payment");
    let sale = sale_of(read(&square::TILL, &[], &payment));
    assert_eq!((sale.amount, sale.tax, sale.currency.code()), (1280, 0, "USD"));
    assert_eq!(sale.id, "hYy9pRFVxpDsO1FB05SunFWUe9JZY");
    assert_eq!(sale.buyer.as_deref(), Some("RDX9Z4XTIZR7MRZJUXNY9HUK6I"));
    assert_eq!((sale.location.as_deref(), sale.payment.as_deref()), (Some("S8GWD5R9QB376"), Some("card")));
    for status in ["APPROVED", "PENDING", "CANCELED", "FAILED", "SOMETHING_NEW"] {
        let other = with(payment.clone(), "/data/object/payment/status", json!(status));
        assert_eq!(read(&square::TILL, &[], &other), Ok(vec![]), "{status}");
    }
    let money = json!({ "amount": 1500, "currency": "JPY" });
    let yen = with(payment, "/data/object/payment/amount_money", money);
    assert_eq!(sale_of(read(&square::TILL, &[], &yen)).amount, 1500, "in the smallest unit already");
}

#[test]
fn a_square_refund_counts_once_it_is_completed_and_belongs_to_a_payment() {
    let refund = recorded("square_refund");
    let read_refund = refund_of(read(&square::TILL, &[], &refund));
    assert_eq!(read_refund.money.map(|(minor, currency)| (minor, currency.code())), Some((500, "USD")));
    assert_eq!(read_refund.sale_id, "hYy9pRFVxpDsO1FB05SunFWUe9JZY");
    let pending = with(refund.clone(), "/data/object/refund/status", json!("PENDING"));
    let unlinked = with(refund, "/data/object/refund/payment_id", Value::Null);
    for nothing in [pending, unlinked] {
        assert_eq!(read(&square::TILL, &[], &nothing), Ok(vec![]));
    }
}

#[test]
fn a_square_customer_has_a_phone_or_none_and_is_forgotten_when_deleted() {
    let customer = recorded("square_customer");
    let phone = |reported: Result<Vec<Reported>, Unreadable>| match reported.unwrap().remove(0) {
        Reported::Buyer { id, phone, .. } => (id, phone.map(|phone| (phone.written, phone.country))),
        other => panic!("{other:?}"),
    };
    let id = "RDX9Z4XTIZR7MRZJUXNY9HUK6I".to_owned();
    let there = Some(("(415) 555-0199".to_owned(), Some("US".to_owned())));
    assert_eq!(phone(read(&square::TILL, &[], &customer)), (id.clone(), there));
    let without = with(customer.clone(), "/data/object/customer/phone_number", Value::Null);
    assert_eq!(phone(read(&square::TILL, &[], &without)), (id.clone(), None));
    let deleted = with(customer, "/type", json!("customer.deleted"));
    assert_eq!(phone(read(&square::TILL, &[], &deleted)), (id, None));
}

#[test]
fn square_is_asked_for_one_customer_whatever_their_number_is() {
    let look_up = square::TILL.look_up.unwrap();
    let base = Url::parse("https://connect.squareup.com").unwrap();
    let question = (look_up.write)(&base, &SecretString::from("EAAA"), "RDX9");
    assert_eq!(question.url.as_str(), "https://connect.squareup.com/v2/customers/RDX9");
    let hostile = (look_up.write)(&base, &SecretString::from("EAAA"), "../../v2/payments?x=#");
    assert_eq!(hostile.url.host_str(), Some("connect.squareup.com"));
    assert!(hostile.url.path().starts_with("/v2/customers/..%2F") && hostile.url.query().is_none(), "{}", hostile.url);
    let answer = recorded("square_looked_up").to_string();
    let phone = (look_up.read)(200, answer.as_bytes()).unwrap().unwrap();
    assert_eq!(phone.written, "+1 415-555-0199");
    assert_eq!((look_up.read)(404, b""), Ok(None));
    for refused in [401, 403, 429, 500] {
        assert_eq!((look_up.read)(refused, b"{}"), Err(Unreadable::Status(refused)));
    }
}

#[test]
fn a_shopify_order_is_its_goods_with_tax_without_shipping_tip_and_gift_cards() {
    let order = recorded("shopify_order");
    let sale = sale_of(read(&shopify::TILL, PAID, &order));
    assert_eq!((sale.amount, sale.tax, sale.currency.code()), (5832, 432, "USD"), "54.00 and 4.32 of tax");
    assert_eq!((sale.id.as_str(), sale.at.to_rfc3339().as_str()), ("820982911946154508", "2027-03-01T17:31:01+00:00"));
    let items: Vec<_> =
        sale.items.iter().map(|item| (item.sku.as_deref(), item.category.as_deref(), item.quantity)).collect();
    assert_eq!(items, [(Some("BEANS-1"), Some("Bean There"), 2), (Some("MUG-7"), Some("Kitchen"), 1)]);
    assert_eq!(sale.items[0].unit_price, 2144, "with its tax, before the coupon");
    let phones: Vec<_> = sale.phones.iter().map(|phone| phone.written.as_str()).collect();
    assert_eq!(phones, ["415-555-0199", "415-555-0198"], "who pays comes before who receives");

    let included = with(order.clone(), "/taxes_included", json!(true));
    assert_eq!(sale_of(read(&shopify::TILL, PAID, &included)).amount, 5400);
    let with_card = with(order.clone(), "/line_items/1/gift_card", json!(true));
    let with_card = sale_of(read(&shopify::TILL, PAID, &with_card));
    assert_eq!((with_card.amount, with_card.tax, with_card.items.len()), (3888, 288, 1), "36.00 and 2.88 of tax");
    for (pointer, value) in [("/financial_status", json!("pending")), ("/test", json!(true))] {
        assert_eq!(
            read(&shopify::TILL, PAID, &with(order.clone(), pointer, value.clone())),
            Ok(vec![]),
            "{pointer} {value}"
        );
    }
    for topic in ["orders/create", "orders/updated", ""] {
        assert_eq!(read(&shopify::TILL, &[("X-Shopify-Topic", topic)], &order), Ok(vec![]), "{topic}");
    }
    let yen = with(with(order.clone(), "/currency", json!("JPY")), "/subtotal_price", json!("5400"));
    assert_eq!(sale_of(read(&shopify::TILL, PAID, &yen)).amount, 5404, "no digits behind the point; 4.32 is 4");
    let dinar = with(with(order, "/currency", json!("KWD")), "/subtotal_price", json!("5.125"));
    assert_eq!(sale_of(read(&shopify::TILL, PAID, &dinar)).amount, 9445, "three digits");
}

#[test]
fn a_shopify_refund_is_the_money_that_went_back_for_goods() {
    let refund = recorded("shopify_refund");
    let goods = refund_of(read(&shopify::TILL, REFUNDED, &refund));
    assert_eq!(goods.money.map(|(minor, _)| minor), Some(1944), "25.44 without 6.00 of shipping");
    assert_eq!((goods.sale_id.as_str(), goods.id.as_str()), ("820982911946154508", "890088186047892319"));
    let failed = with(refund.clone(), "/transactions/0/status", json!("failure"));
    let shelved = with(refund.clone(), "/transactions", json!([]));
    let parcel = with(refund, "/transactions/0/amount", json!("6.00"));
    for nothing in [failed, shelved, parcel] {
        assert_eq!(read(&shopify::TILL, REFUNDED, &nothing), Ok(vec![]));
    }
}

#[test]
fn a_woocommerce_order_is_its_goods_and_brings_its_refunds() {
    let order = recorded("woocommerce_order");
    let sale = sale_of(read(&woocommerce::TILL, UPDATED, &order));
    assert_eq!((sale.amount, sale.tax, sale.id.as_str()), (1944, 144, "727"), "18.00 and 1.44 of tax");
    assert_eq!((sale.items[0].quantity, sale.items[0].unit_price), (2, 1080));
    assert_eq!(sale.at.to_rfc3339(), "2027-03-01T17:35:30+00:00");
    let listed = json!([{ "id": 726, "reason": "", "total": "-10.00" }, { "id": 725, "total": "-2.50" }]);
    let refunded = with(order.clone(), "/refunds", listed);
    let reported = read(&woocommerce::TILL, UPDATED, &refunded).unwrap();
    let money = reported[1..].iter().map(|one| match one {
        Reported::Refund(refund) => (refund.id.as_str(), refund.money.unwrap().0),
        other => panic!("{other:?}"),
    });
    assert_eq!(money.collect::<Vec<_>>(), [("726", 1000), ("725", 250)]);
    for (status, reports) in [("pending", 0), ("on-hold", 0), ("completed", 1), ("cancelled", 1), ("refunded", 1)] {
        let changed = with(order.clone(), "/status", json!(status));
        assert_eq!(read(&woocommerce::TILL, UPDATED, &changed).unwrap().len(), reports, "{status}");
    }
    let options = Options { paid_statuses: vec!["picked-up".to_owned()], ..Options::default() };
    assert_eq!(read_with(&woocommerce::TILL, UPDATED, &order, &options), Ok(vec![]));
    let picked_up = with(order.clone(), "/status", json!("picked-up"));
    assert_eq!(read_with(&woocommerce::TILL, UPDATED, &picked_up, &options).unwrap().len(), 1);
    assert_eq!(read(&woocommerce::TILL, &[("X-WC-Webhook-Topic", "product.updated")], &order), Ok(vec![]));
}

#[test]
fn only_the_ping_of_woocommerce_is_a_greeting() {
    let ping = |body: &'static [u8], headers| (woocommerce::TILL.is_greeting)(&Posted { url: URL, headers, body });
    assert!(ping(b"webhook_id=14", vec![]));
    assert!(!ping(b"webhook_id=14", vec![("x-wc-webhook-topic", "order.updated")]));
    for other in [&b""[..], b"webhook_id=", b"webhook_id=1x", b"{}", b"webhook_id=123456789012345678901"] {
        assert!(!ping(other, vec![]));
    }
    let posted = Posted { url: URL, headers: vec![], body: b"webhook_id=14" };
    assert!(!(square::TILL.is_greeting)(&posted) && !(shopify::TILL.is_greeting)(&posted));
}

#[test]
fn what_is_not_what_it_claims_is_named_by_its_part_and_never_by_its_value() {
    let order = recorded("shopify_order");
    for (pointer, value, part) in [
        ("/subtotal_price", json!("+14155550199"), "subtotal_price"),
        ("/subtotal_price", json!("1e30"), "subtotal_price"),
        ("/currency", json!("+14155550199"), "currency"),
        ("/id", json!({ "+14155550199": 1 }), "id"),
        ("/line_items/1/price", json!([]), "line_items[1].price"),
        ("/created_at", json!("yesterday"), "created_at"),
    ] {
        let sentence = read(&shopify::TILL, PAID, &with(order.clone(), pointer, value)).unwrap_err().to_string();
        assert!(sentence.contains(part) && !sentence.contains("4155550199"), "{sentence}");
    }
    let payment = recorded("square_payment");
    for (pointer, value) in [
        ("/data/object/payment/amount_money/amount", json!(-5)),
        ("/data/object/payment/amount_money/amount", json!(i64::MAX)),
        ("/data/object/payment/amount_money/currency", json!("BEANS")),
        ("/data/object/payment", Value::Null),
        ("/data", Value::Null),
    ] {
        assert!(read(&square::TILL, &[], &with(payment.clone(), pointer, value)).is_err(), "{pointer}");
    }
    for kind in TILLS {
        let headers = vec![PAID[0], UPDATED[0]];
        for body in [&b""[..], b"[]", b"null", b"\xff", b"{", b"webhook_id=1"] {
            let posted = Posted { url: URL, headers: headers.clone(), body };
            assert!((kind.read)(&posted, &Options::default()).is_err(), "{kind:?} {body:?}");
        }
    }
    assert!(read(&square::TILL, &[], &json!({ "type": "labor.shift.created", "data": 5 })).is_err());
    assert_eq!(read(&square::TILL, &[], &json!({ "type": "labor.shift.created" })), Ok(vec![]));
}

#[test]
fn a_sale_never_has_more_lines_than_one_may_have() {
    let mut order = recorded("shopify_order");
    let line = order["line_items"][0].clone();
    let lines = (0..500).map(|number| with(line.clone(), "/sku", json!(format!("S{}", number / 2))));
    order["line_items"] = lines.collect();
    let sale = sale_of(read(&shopify::TILL, PAID, &order));
    assert_eq!((sale.items.len(), sale.items[0].quantity), (200, 4), "equal lines are one");
}

#[test]
fn the_number_of_a_sale_is_its_own_among_all_tills_of_a_shop() {
    let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
    assert_eq!(square::TILL.sale_id(one, "A"), square::TILL.sale_id(other, "A"), "Square's are the same everywhere");
    assert_ne!(woocommerce::TILL.sale_id(one, "727"), woocommerce::TILL.sale_id(other, "727"));
    assert_eq!(woocommerce::TILL.sale_id(one, "727"), "woocommerce:000000000001:727");
}

#[test]
fn a_phone_is_not_shown() {
    let phone = Phone::of(Some("+14155550199".to_owned()), None).unwrap();
    assert!(!format!("{phone:?}").contains("0199"));
    assert_eq!(Phone::of(Some("  ".to_owned()), None), None);
    assert_eq!(Phone::of(Some("9".repeat(65)), None), None);
}
