//! The owner of one merchant tries every address and every form of another; and what a customer can text is script on no page.

use regulars::{
    console::addresses,
    stage::{OPERATOR_KEY, people::OWNER},
};
use reqwest::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    members::{ANA, says},
    people::with_people,
};
use crate::harness::{
    api::text,
    visitor::{Seen, Visitor},
    world::{Plan, World},
};

const STRANGER: &str = "eve@other.example";
/// What would run in a browser that took it for more than text.
const SCRIPT: &str = "<img src=x onerror=alert(1)>";
/// What a spreadsheet would run.
const FORMULA: &str = "=HYPERLINK(1)";

/// What stands for a place in an address, each with something real of one merchant.
struct Things(Vec<(&'static str, String)>);

impl Things {
    fn of(&self, place: &str) -> &str {
        &self.0.iter().find(|(name, _)| *name == place).unwrap_or_else(|| panic!("nothing stands for {place}")).1
    }

    /// An address with everything filled in; `other` stands for the places it has.
    fn fill(&self, address: &str, other: &[(&'static str, String)]) -> String {
        let mut path = address.to_owned();
        while let Some((before, rest)) = path.clone().split_once('{') {
            let (place, after) = rest.split_once('}').unwrap();
            let own = other.iter().find(|(name, _)| *name == place).map(|(_, thing)| thing.as_str());
            path = format!("{before}{}{after}", own.unwrap_or_else(|| self.of(place)));
        }
        path
    }

    /// Fields of all forms, each with something real.
    fn fields(&self) -> Vec<(&str, &str)> {
        let named = [
            ("shop_id", "shop_id"),
            ("shop", "shop_id"),
            ("member_id", "member_id"),
            ("other", "member_id"),
            ("with", "member_id"),
            ("deed", "deed_id"),
            ("person", "person_id"),
        ];
        let ids = named.into_iter().map(|(field, place)| (field, self.of(place)));
        let plain = [
            ("name", "Stolen"),
            ("phone", ANA),
            ("who", ANA),
            ("amount", "5.00"),
            ("kind", "visit"),
            ("points", "100"),
            ("reason", "mine"),
            ("role", "owner"),
            ("email", "thief@other.example"),
            ("text", "Stolen words"),
            ("done", "yes"),
            ("deed_", "send"),
            ("pin", "90210"),
            ("what", "set"),
            ("how", "code"),
            ("confirm", "0101"),
            ("act", "discard"),
            ("written", "{}"),
            ("when", "now"),
            ("months", "3"),
            ("version", "1"),
            ("phrase", "STOLEN PLS"),
            ("id", "01890000-0000-7000-8000-000000000000"),
        ];
        ids.chain(plain).collect()
    }
}

/// Everything that a merchant has: members, texts, people, devices, links, a draft, deeds.
async fn things(world: &World, merchant: Uuid) -> Things {
    let shop = first_shop(world, merchant).to_string();
    let program = json!({ "name": "Club", "earn": [{ "rule": "welcome", "points": 10 }, { "rule": "spend", "points": 1 }],
        "rewards": [{ "id": "mug", "name": "Mug", "cost": 10 }] });
    world.api.put(&format!("/v1/programs/{shop}"), &program).await;
    says(world, ANA, "COFFEE PLS").await;
    says(world, ANA, &format!("do you have {SCRIPT} milk?")).await;
    let member = text(&world.api.member(ANA).await, "id");
    let keyword = text(&world.api.keyword(OPERATOR_KEY, &shop, "TEA PLS").await, "id");
    let owner = Visitor::signed_in(&world.api, OWNER).await;
    let people = format!("/console/merchants/{merchant}/people");
    owner.send(&people, &people, &[("name", "Lia"), ("email", "lia@bean.example"), ("role", "staff")]).await;
    let devices = format!("/console/merchants/{merchant}/devices");
    owner.send(&devices, &devices, &[("shop_id", &*shop), ("name", "Tablet"), ("how", "here")]).await;
    let draft = format!("/console/shops/{shop}/program");
    owner.send(&draft, &draft, &[]).await;
    let sale = json!({ "id": Uuid::new_v4(), "phone": ANA, "amount": 500 });
    let till = owner.open(&format!("/till/{shop}")).await;
    let csrf = between(&till, "data-csrf=\"", "\"");
    let deed = owner.send_json(&format!("/till/{shop}/orders"), &csrf, &sale).await;
    let deed: Value = serde_json::from_str(&deed.html).unwrap();
    let conversation = owner.open(&format!("/console/shops/{shop}/members/{member}/conversation")).await;
    let sam = world.stage.app.gateway().store.person_by_email("sam@bean.example").await.unwrap().unwrap();
    Things(vec![
        ("merchant_id", merchant.to_string()),
        ("member_id", member),
        ("keyword_id", keyword),
        ("person_id", sam.person.id.to_string()),
        ("link_id", between(&owner.open(&people).await, &format!("{people}/links/"), "\"")),
        ("device_id", between(&owner.open(&devices).await, &format!("{devices}/"), "/")),
        ("item_id", between(&owner.open(&format!("/console/shops/{shop}/inbox")).await, "/inbox/", "/")),
        ("message_id", between(&conversation, "/messages/", "\"")),
        ("deed_id", text(&deed, "deed")),
        ("shop_id", shop),
        ("token", "0".repeat(64)),
        ("language", "en".to_owned()),
        ("key", "help-more".to_owned()),
        ("file", "joins.csv".to_owned()),
        ("section", "earn".to_owned()),
        ("index", "0".to_owned()),
        ("version", "1".to_owned()),
    ])
}

fn between(seen: &Seen, before: &str, after: &str) -> String {
    let rest = seen.html.split(before).nth(1).unwrap_or_else(|| panic!("no {before} in {}", seen.html));
    rest.split(after).next().unwrap().to_owned()
}

fn first_shop(world: &World, merchant: Uuid) -> Uuid {
    let known = world.stage.app.gateway().directory.read();
    known.directory.all_shops().filter(|shop| shop.merchant_id == merchant).map(|shop| shop.id).min().unwrap()
}

/// Everything that is kept and that a page could change.
async fn kept(world: &World) -> Vec<(String, Vec<String>)> {
    let people = "SELECT role, name, email, password_hash, pin_hash, totp_sealed, removed_at FROM person";
    let of = |table: &str| format!("SELECT * FROM {table}");
    let tables = [
        "merchant",
        "shop",
        "keyword",
        "shop_words",
        "program_version",
        "program_draft",
        "member",
        "enrolment",
        "purse",
        "entry",
        "voucher",
        "sale",
        "outbox",
        "inbox",
        "person_invitation",
        "till_device",
        "api_key",
        "event",
        "conversation",
        "consent",
    ];
    let mut all = Vec::new();
    for sql in
        tables.iter().map(|table| of(table)).chain([people.to_owned(), of("audit") + " WHERE subject <> 'session'"])
    {
        let mut rows: Vec<String> = world.rows.all(&sql).await.iter().map(Value::to_string).collect();
        rows.sort();
        all.push((sql, rows));
    }
    all
}

/// Whether an address is about something of a merchant's.
fn is_of_somebody(address: &str) -> bool {
    address.contains("{merchant_id}") || address.contains("{shop_id}")
}

/// Opens an address and sends it a form of everything; how each was answered.
async fn try_both(world: &World, visitor: &Visitor, csrf: &str, path: &str, things: &Things) -> [StatusCode; 2] {
    world.stage.clock.advance(chrono::Duration::seconds(1));
    let mut fields = things.fields();
    fields.push(("csrf", csrf));
    [visitor.open(path).await.status, visitor.send_raw(path, &fields).await.status]
}

#[tokio::test]
async fn the_owner_of_another_merchant_gets_nowhere_at_any_address_and_with_any_form() {
    Plan::default()
        .on_both(async |world| {
            let (merchant, other) = with_people(world).await;
            let theirs = things(world, merchant).await;
            world.api.sender("+14155550188").await;
            let rival = json!({ "merchant_id": other, "name": "Rival", "sender": "+14155550188" });
            let rival = text(&world.api.post("/v1/shops", OPERATOR_KEY, rival).await.created(), "id");
            let program = json!({ "name": "Rival club", "earn": [{ "rule": "welcome", "points": 1 }] });
            world.api.put(&format!("/v1/programs/{rival}"), &program).await;
            world.stage.settled().await.unwrap();
            let eve = Visitor::signed_in(&world.api, STRANGER).await;
            let csrf = eve.open("/console/me").await.csrf();
            // Her own pages open: what is refused below is refused because it is another's.
            assert_eq!(eve.open(&format!("/console/shops/{rival}/members")).await.status, StatusCode::OK);
            let before = kept(world).await;
            let mut wrong = Vec::new();
            let mut walked = 0;
            for address in addresses().filter(|address| is_of_somebody(address)) {
                let path = theirs.fill(address, &[]);
                let answers = try_both(world, &eve, &csrf, &path, &theirs).await;
                walked += 1;
                if answers != [StatusCode::NOT_FOUND; 2] {
                    wrong.push(format!("{address}: {answers:?}"));
                }
            }
            // At her own shop, with what is another's.
            let own = [("merchant_id", other.to_string()), ("shop_id", rival.clone())];
            let inner =
                ["member_id", "keyword_id", "person_id", "link_id", "device_id", "item_id", "message_id", "deed_id"];
            let is_inner = |address: &&str| inner.iter().any(|place| address.contains(&format!("{{{place}}}")));
            for address in addresses().filter(|address| is_of_somebody(address)).filter(is_inner) {
                let path = theirs.fill(address, &own);
                let answers = try_both(world, &eve, &csrf, &path, &theirs).await;
                walked += 1;
                if answers != [StatusCode::NOT_FOUND; 2] {
                    wrong.push(format!("{address} at her own: {answers:?}"));
                }
            }
            // Forms of her own pages that name what is another's.
            for address in [
                "/console/merchants/{merchant_id}/devices",
                "/console/merchants/{merchant_id}/pins",
                "/console/merchants/{merchant_id}/people",
                "/till/{shop_id}/undo",
            ] {
                let path = theirs.fill(address, &own);
                let [_, sent] = try_both(world, &eve, &csrf, &path, &theirs).await;
                if !sent.is_client_error() {
                    wrong.push(format!("{address} with another's: {sent}"));
                }
            }
            for address in addresses().filter(|address| address.starts_with("/console/operator")) {
                let path = theirs.fill(address, &[]);
                let answers = try_both(world, &eve, &csrf, &path, &theirs).await;
                walked += 1;
                if answers != [StatusCode::FORBIDDEN; 2] {
                    wrong.push(format!("{address}: {answers:?}"));
                }
            }
            assert!(wrong.is_empty(), "{wrong:#?}");
            assert!(walked > 90, "{walked}");
            world.stage.settled().await.unwrap();
            for ((sql, was), (_, is)) in before.iter().zip(kept(world).await) {
                assert_eq!(*was, is, "{sql}");
            }
        })
        .await;
}

#[tokio::test]
async fn what_a_customer_can_text_is_script_on_no_page_and_a_formula_in_no_sheet() {
    Plan::default()
        .on_both(async |world| {
            let (merchant, _) = with_people(world).await;
            let theirs = things(world, merchant).await;
            let shop = theirs.of("shop_id").to_owned();
            // A name, an answer, feedback after a visit, a keyword that is none, a photo's words, what staff are answered.
            for said in
                [SCRIPT, FORMULA, &format!("lovely {SCRIPT}"), &format!("COFEE {SCRIPT}"), &format!("CODE {SCRIPT}")]
            {
                says(world, ANA, said).await;
            }
            world.rows.run(&format!("UPDATE member SET first_name = '{SCRIPT}'")).await;
            let owner = Visitor::signed_in(&world.api, OWNER).await;
            let inbox = format!("/console/shops/{shop}/inbox");
            let seen = owner.open(&format!("{inbox}?show=all&kind=feedback")).await;
            assert!(seen.html.contains("lovely &#60;img src=x"), "{}", seen.words());
            let mut opened = 0;
            for address in addresses() {
                let path = theirs.fill(address, &[]);
                if address == "/console/operator/traffic/tail" {
                    continue;
                }
                let seen = owner.open(&path).await;
                let kind = seen.headers.get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
                opened += usize::from(seen.status == StatusCode::OK && kind.starts_with("text/html"));
                assert!(!kind.starts_with("text/html") || !seen.html.contains("<img src=x"), "{path}: {}", seen.html);
            }
            assert!(opened > 35, "{opened}");
            world.rows.run(&format!("UPDATE member SET first_name = '{FORMULA}'")).await;
            for what in ["members", "messages"] {
                let path = format!("/v1/shops/{shop}/export?what={what}");
                let sheet = world.api.get(&path, OPERATOR_KEY).await.text;
                assert!(sheet.contains(&format!("'{FORMULA}")), "{what}: {sheet}");
                let bare = [format!(",{FORMULA}"), format!(",\"{FORMULA}"), format!("\n{FORMULA}")];
                assert!(!bare.iter().any(|bare| sheet.contains(bare)), "{what}: {sheet}");
            }
        })
        .await;
}
