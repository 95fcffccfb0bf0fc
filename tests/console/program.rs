//! The program on the console: in sentences, changed as a draft, tried, replayed against what was really sold, published and
//! brought back; and kept from whom it is not.

use regulars::{
    app::App,
    domain::{program::draft, purse::refund::Returned},
    service::till::{Order, Till, What, Whom},
    stage::{
        OPERATOR_KEY,
        people::{OWNER, furnish},
    },
};
use reqwest::StatusCode;
use uuid::Uuid;

use crate::harness::{
    api::Api,
    visitor::{Seen, Visitor},
    world::{Plan, World, until},
};

const PROGRAM: &str = r#"
name = "Bean club"
unit = "star"
earn = [
    { rule = "spend", points = 1, per = 1, tax = "included" },
    { rule = "bonus", points = 7, when = { basket_from = 50 } },
    { rule = "card", stamps = 4, reward = "coffee", articles = { categories = ["coffee"] } },
]
rewards = [{ id = "coffee", name = { en = "A coffee", es = "Un café" }, cost = 25 }]
"#;

const ANA: &str = "+14155550199";
const BEN: &str = "+14155550198";
const CYD: &str = "+14155550197";

/// The first shop with its program and its people; its id and where its program is.
async fn open(world: &World) -> (Uuid, String) {
    furnish(world.stage.app.gateway()).await.unwrap();
    let shop = {
        let known = world.stage.app.gateway().directory.read();
        let shop = known.directory.all_shops().min_by_key(|shop| shop.id).unwrap();
        shop.id
    };
    world.api.put(&format!("/v1/programs/{shop}"), &draft::parse(PROGRAM).unwrap()).await;
    (shop, format!("/console/shops/{shop}/program"))
}

async fn begun(visitor: &Visitor, at: &str) {
    let seen = visitor.send(at, at, &[]).await;
    assert_eq!(seen.location, Some(format!("{at}/draft")), "{}", seen.words());
}

/// Fills in a part of the draft.
async fn change(visitor: &Visitor, at: &str, part: &str, fields: &[(&str, &str)]) -> Seen {
    let page = format!("{at}/draft/{part}");
    let seen = visitor.open(&page).await.value("seen");
    visitor.send(&page, &page, &[fields, &[("seen", &seen)]].concat()).await
}

/// Does something with the draft as a whole.
async fn act(visitor: &Visitor, at: &str, fields: &[(&str, &str)]) -> Seen {
    let page = format!("{at}/draft");
    let seen = visitor.open(&page).await.value("seen");
    visitor.send(&page, &page, &[fields, &[("seen", &seen)]].concat()).await
}

async fn publish(visitor: &Visitor, at: &str, fields: &[(&str, &str)]) -> Seen {
    let page = format!("{at}/publish");
    let seen = visitor.open(&page).await.value("seen");
    visitor.send(&page, &page, &[fields, &[("seen", &seen)]].concat()).await
}

#[tokio::test]
async fn a_program_is_read_changed_published_and_brought_back() {
    Plan::default()
        .on_both(async |world| {
            let (shop, at) = open(world).await;
            let visitor = Visitor::signed_in(&world.api, OWNER).await;
            let seen = visitor.open(&at).await;
            assert!(seen.says("For every $1 spent, members earn 1 star ."), "{}", seen.words());
            assert!(seen.says("A card with 4 stamps is full, and gives A coffee ."), "{}", seen.words());
            begun(&visitor, &at).await;
            let seen = change(&visitor, &at, "earn/0", &[("points", "2"), ("per", "1")]).await;
            assert_eq!(seen.location, Some(format!("{at}/draft?done=part-saved")), "{}", seen.words());
            let seen = act(&visitor, &at, &[("act", "remove"), ("section", "earn"), ("index", "1")]).await;
            assert_eq!(seen.location, Some(format!("{at}/draft?done=part-removed")), "{}", seen.words());
            let added = act(&visitor, &at, &[("act", "add"), ("section", "earn"), ("kind", "welcome")]).await;
            assert_eq!(added.location, Some(format!("{at}/draft/earn/2")), "{}", added.words());
            // Nothing of it counts yet.
            assert!(visitor.open(&at).await.says("members earn 1 star ."));
            let seen = visitor.open(&format!("{at}/publish")).await;
            for words in [
                "members earn 1 star .",
                "members earn 2 stars .",
                "Bonus gone",
                "Welcome gift new",
                "Who joins gets 10 stars .",
            ] {
                assert!(seen.says(words), "{words}: {}", seen.words());
            }
            let seen = publish(&visitor, &at, &[("when", "now")]).await;
            assert_eq!(seen.location, Some(format!("{at}?done=program-published")), "{}", seen.words());
            let seen = visitor.open(&at).await;
            assert!(seen.says("members earn 2 stars .") && seen.says("Change the program"), "{}", seen.words());
            let document = world.api.get(&format!("/v1/programs/{shop}"), OPERATOR_KEY).await.ok();
            assert_eq!((&document["version"], &document["program"]["earn"][0]["points"]), (&2.into(), &2.into()));
            let versions = format!("{at}/versions");
            let seen = visitor.open(&versions).await;
            assert!(seen.says("Version 2") && seen.says("Published by Ana Flores"), "{}", seen.words());
            let seen = visitor.send(&versions, &versions, &[("version", "1")]).await;
            assert_eq!(seen.location, Some(format!("{at}/publish?done=version-brought-back")), "{}", seen.words());
            let seen = publish(&visitor, &at, &[("when", "day"), ("from", "2020-01-01")]).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(seen.says("must not be in the past"), "{}", seen.words());
            let tomorrow = (world.stage.clock.now() + chrono::Duration::days(2)).date_naive().to_string();
            let seen = publish(&visitor, &at, &[("when", "day"), ("from", &tomorrow)]).await;
            assert_eq!(seen.location, Some(format!("{at}?done=program-coming")), "{}", seen.words());
            assert!(visitor.open(&at).await.says("Another version comes into force on"));
        })
        .await;
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost() {
    Plan::default()
        .on_both(async |world| {
            let (_, at) = open(world).await;
            let visitor = Visitor::signed_in(&world.api, OWNER).await;
            begun(&visitor, &at).await;
            let seen = change(&visitor, &at, "earn/0", &[("points", "many"), ("per", "2.50")]).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(seen.says("Type a whole number, such as 10."), "{}", seen.words());
            assert!(seen.html.contains("value=\"many\"") && seen.html.contains("value=\"2.50\""), "{}", seen.html);
            assert!(seen.html.contains("aria-invalid=\"true\""));
            let seen = change(&visitor, &at, "rewards/0", &[("cost", "0")]).await;
            assert!(seen.says("Type a number from 1 to 1000000."), "{}", seen.words());
            // A reward that a card gives is taken out: the card says so, and nothing is published.
            act(&visitor, &at, &[("act", "remove"), ("section", "rewards"), ("index", "0")]).await;
            let seen = visitor.open(&format!("{at}/draft")).await;
            assert!(
                seen.says("One thing must be put right") && seen.says("That reward is not in the program."),
                "{}",
                seen.words()
            );
            let seen = publish(&visitor, &at, &[("when", "now")]).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(visitor.open(&at).await.says("members earn 1 star ."));
            // What somebody else changed meanwhile is not written over.
            let page = format!("{at}/draft/earn/0");
            let stale = visitor.open(&page).await.value("seen");
            change(&visitor, &at, "earn/0", &[("points", "3")]).await;
            let seen = visitor.send(&page, &page, &[("points", "9"), ("seen", &stale)]).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(seen.says("Somebody else changed this draft meanwhile.") && seen.html.contains("value=\"9\""));
            let seen = act(&visitor, &at, &[("act", "discard")]).await;
            assert_eq!(seen.location, Some(format!("{at}?done=draft-discarded")), "{}", seen.words());
            assert_eq!(visitor.open(&format!("{at}/draft")).await.status, StatusCode::NOT_FOUND);
        })
        .await;
}

#[tokio::test]
async fn script_in_names_comes_out_as_text_and_the_written_program_keeps_all() {
    Plan::default()
        .on_sqlite(async |world| {
            let (_, at) = open(world).await;
            let visitor = Visitor::signed_in(&world.api, OWNER).await;
            begun(&visitor, &at).await;
            let script = "<script>alert(1)</script>";
            change(&visitor, &at, "rewards/0", &[("name", script), ("name.es", "Un café")]).await;
            change(&visitor, &at, "basics/0", &[("name", script)]).await;
            for page in ["draft", "draft/rewards/0", "draft/whole", "publish", "replay", "try", "draft/earn/2"] {
                let seen = visitor.open(&format!("{at}/{page}")).await;
                assert_eq!(seen.status, StatusCode::OK, "{page}");
                assert!(!seen.html.contains("<script>alert"), "{page}");
            }
            let page = format!("{at}/draft/whole");
            let seen = visitor.open(&page).await.value("seen");
            let refused = visitor.send(&page, &page, &[("written", "{ \"name\": "), ("seen", &seen)]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(refused.says("this is no JSON"), "{}", refused.words());
            let written = "name = \"By hand\"\nearn = [{ rule = \"visit\", points = 4 }]";
            let kept = visitor.send(&page, &page, &[("written", written), ("seen", &seen)]).await;
            assert_eq!(kept.location, Some(format!("{at}/draft?done=part-saved")), "{}", kept.words());
            assert!(visitor.open(&format!("{at}/draft")).await.says("Each visit earns 4 points ."));
        })
        .await;
}

#[tokio::test]
async fn a_viewer_only_reads_and_another_merchant_finds_nothing() {
    Plan::default()
        .on_both(async |world| {
            let (_, at) = open(world).await;
            let owner = Visitor::signed_in(&world.api, OWNER).await;
            begun(&owner, &at).await;
            let pages = [
                "",
                "/draft",
                "/draft/earn/0",
                "/draft/whole",
                "/try",
                "/replay",
                "/publish",
                "/versions",
                "/versions/1",
            ];
            let viewer = Visitor::signed_in(&world.api, "vera@bean.example").await;
            let csrf = viewer.open("/console/me").await.csrf();
            for page in pages {
                let address = format!("{at}{page}");
                assert_eq!(viewer.open(&address).await.status, StatusCode::OK, "{page}");
                let sent = viewer.send_raw(&address, &[("csrf", &csrf), ("act", "discard"), ("months", "1")]).await;
                let wanted = if page == "/try" {
                    StatusCode::OK
                } else if page == "/versions/1" {
                    StatusCode::NOT_FOUND
                } else {
                    StatusCode::FORBIDDEN
                };
                assert_eq!(sent.status, wanted, "{page}: {}", sent.words());
            }
            let (_, key) = world.api.merchant("Others").await;
            world.api.sender("+14155550111").await;
            let others = world.api.shop(&key, "Theirs", "+14155550111").await;
            let foreign = format!("/console/shops/{others}/program");
            let csrf = owner.open("/console/me").await.csrf();
            for page in pages {
                let address = format!("{foreign}{page}");
                assert_eq!(owner.open(&address).await.status, StatusCode::NOT_FOUND, "{page}");
                let sent = owner.send_raw(&address, &[("csrf", &csrf), ("seen", "1")]).await;
                assert_eq!(sent.status, StatusCode::NOT_FOUND, "{page}");
            }
            for page in ["draft/earn/99", "draft/nothing/0", "draft/earn/x", "versions/77"] {
                assert_eq!(owner.open(&format!("{at}/{page}")).await.status, StatusCode::NOT_FOUND, "{page}");
            }
        })
        .await;
}

#[tokio::test]
async fn a_sale_tried_out_shows_what_it_earns_by_both_and_why_not() {
    Plan::default()
        .on_both(async |world| {
            let (_, at) = open(world).await;
            let visitor = Visitor::signed_in(&world.api, OWNER).await;
            begun(&visitor, &at).await;
            change(&visitor, &at, "earn/0", &[("points", "2")]).await;
            let page = format!("{at}/try");
            let fields = [("amount", "20"), ("who", "new"), ("category_0", "coffee"), ("quantity_0", "3")];
            let seen = visitor.send(&page, &page, &fields).await;
            for words in ["In force 20 stars", "The draft 40 stars", "3 stamps", "Bonus : too little was paid"] {
                assert!(seen.says(words), "{words}: {}", seen.words());
            }
            let seen = visitor.send(&page, &page, &[("amount", "a lot"), ("who", "member"), ("phone", "0000")]).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(
                seen.says("Type an amount such as 4.50.") && seen.says("No member has this number."),
                "{}",
                seen.words()
            );
            world.stage.text(ANA, "COFFEE PLS").await.unwrap();
            let seen = visitor.send(&page, &page, &[("amount", "60"), ("who", "member"), ("phone", "0199")]).await;
            assert!(seen.says("In force 67 stars") && seen.says("The draft 127 stars"), "{}", seen.words());
        })
        .await;
}

async fn buys(world: &World, shop: Uuid, phone: &str, what: What) {
    let gateway = world.stage.app.gateway();
    let till = Till { store: &gateway.store, directory: &gateway.directory, now: world.stage.clock.now() };
    let (whom, key) = (Whom::Address(phone.to_owned()), Uuid::new_v4().to_string());
    let order = Order { shop_id: shop, whom, actor: "till".to_owned(), key, what, invites: false };
    till.take(order).await.unwrap();
}

fn bought(world: &World, id: &str, amount: i64, coffees: i64) -> What {
    let items = match coffees {
        0 => serde_json::json!([]),
        _ => serde_json::json!([{ "category": "coffee", "quantity": coffees, "unit_price": 100 }]),
    };
    let at = world.stage.clock.now();
    let sale = serde_json::json!({ "id": id, "amount": amount * 100, "items": items, "at": at });
    What::Sale(serde_json::from_value(sale).unwrap())
}

/// By hand. Really: Ana 60 + 7 and 20, five stamps, one card; Ben 10; Cyd 40. By the draft, 1 star for $2 and 20 a visit, no bonus:
/// Ana 50 and 30, the same card; Ben 25; Cyd 40. A coffee costs $2.50, so a star ten cents: $13.70 + $2.50 became $14.50 + $2.50.
#[tokio::test]
async fn a_replay_tells_what_the_draft_would_have_cost_and_who_gains_and_loses() {
    Plan::default()
        .on_both(async |world| {
            let (shop, at) = open(world).await;
            for phone in [ANA, BEN, CYD] {
                world.stage.text(phone, "COFFEE PLS").await.unwrap();
            }
            buys(world, shop, BEN, bought(world, "long-ago", 500, 4)).await;
            world.stage.clock.advance(chrono::Duration::days(40));
            buys(world, shop, ANA, bought(world, "1", 60, 3)).await;
            buys(world, shop, ANA, bought(world, "2", 20, 2)).await;
            buys(world, shop, BEN, bought(world, "3", 10, 0)).await;
            buys(world, shop, BEN, bought(world, "4", 30, 0)).await;
            let (sale_id, refund_id) = ("4".to_owned(), "back".to_owned());
            buys(world, shop, BEN, What::Refund { sale_id, returned: Returned::All, refund_id }).await;
            buys(world, shop, CYD, bought(world, "5", 40, 0)).await;
            let visitor = Visitor::signed_in(&world.api, OWNER).await;
            begun(&visitor, &at).await;
            change(&visitor, &at, "earn/0", &[("per", "2")]).await;
            act(&visitor, &at, &[("act", "remove"), ("section", "earn"), ("index", "1")]).await;
            act(&visitor, &at, &[("act", "add"), ("section", "earn"), ("kind", "visit")]).await;
            change(&visitor, &at, "earn/2", &[("points", "20")]).await;
            let entries = world.rows.count("entry").await;
            let page = format!("{at}/replay");
            let seen = visitor.send(&page, &page, &[("months", "1"), ("worth-coffee", "2.50")]).await;
            let result = seen.location.unwrap();
            assert_eq!(result, format!("{page}?worth-coffee=2.50"));
            until("the replay is done", || async { !visitor.open(&result).await.says("The replay is running") }).await;
            let seen = visitor.open(&result).await;
            for words in [
                "Would gain 1",
                "Would lose 1",
                "The same 1",
                "Sales played 4",
                "of 3 members",
                "Given: stars 137 145 +8",
                "A coffee 1 1 =",
                "Worth in money $16.20 $17.00 +$0.80",
                "+1 415-555-0198 10 stars 25 stars +15 stars",
                "+1 415-555-0199 87 stars, 1 × A coffee 80 stars, 1 × A coffee −7 stars",
            ] {
                assert!(seen.says(words), "{words}: {}", seen.words());
            }
            assert_eq!(world.rows.count("entry").await, entries);
            // A viewer sees no whole phone; and a draft that was changed since is said to be.
            let viewer = Visitor::signed_in(&world.api, "vera@bean.example").await;
            let seen = viewer.open(&result).await;
            let in_full = ["+1 415-555-0199", ANA].iter().any(|phone| seen.html.contains(phone));
            assert!(seen.says("Would lose 1") && !in_full, "{}", seen.words());
            change(&visitor, &at, "earn/2", &[("points", "21")]).await;
            assert!(visitor.open(&result).await.says("The draft has been changed since."));
        })
        .await;
}

#[tokio::test]
async fn a_replay_goes_on_with_cards_from_before_and_is_known_at_every_node() {
    Plan::default()
        .on_both(async |world| {
            let (shop, at) = open(world).await;
            world.stage.text(ANA, "COFFEE PLS").await.unwrap();
            buys(world, shop, ANA, bought(world, "before", 5, 3)).await;
            world.stage.clock.advance(chrono::Duration::days(40));
            buys(world, shop, ANA, bought(world, "now", 5, 1)).await;
            let visitor = Visitor::signed_in(&world.api, OWNER).await;
            begun(&visitor, &at).await;
            let page = format!("{at}/replay");
            visitor.send(&page, &page, &[("months", "1")]).await;
            until("the replay is done", || async { !visitor.open(&page).await.says("The replay is running") }).await;
            let seen = visitor.open(&page).await;
            // The card was filled by the one stamp that counts.
            assert!(seen.says("A coffee 1 1 =") && seen.says("Sales played 1 of 1 member"), "{}", seen.words());
            assert_eq!(world.rows.count("program_replay WHERE state = 'done'").await, 1);
            if world.rows.is_sqlite() {
                return;
            }
            // Another node has it from the database, as a node would after a restart.
            let mut settings = (*world.stage.app.gateway().settings).clone();
            settings.server.public_url.set_port(Some(0)).unwrap();
            let other = App::start(settings, world.stage.clock.clone()).await.unwrap();
            let there = Visitor::signed_in(&Api::at(other.address()), OWNER).await;
            let seen = there.open(&page).await;
            assert!(seen.says("A coffee 1 1 =") && !seen.says("has been changed since"), "{}", seen.words());
            change(&visitor, &at, "earn/0", &[("per", "2")]).await;
            assert!(there.open(&page).await.says("The draft has been changed since."));
            other.stop().await;
            // A replay that ended with its node does not go on for ever.
            world.rows.run("UPDATE program_replay SET state = 'running', outcome = NULL").await;
            world.stage.clock.advance(chrono::Duration::minutes(2));
            assert!(!visitor.open(&page).await.says("The replay is running"));
            visitor.send(&page, &page, &[("months", "1")]).await;
            until("it is done anew", || async { !visitor.open(&page).await.says("The replay is running") }).await;
            assert_eq!(world.rows.count("program_replay WHERE state = 'done'").await, 1);
        })
        .await;
}
