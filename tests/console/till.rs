//! The till: who may open it, what is recorded on it once however often it is sent, and what is kept from whom.

use chrono::Duration;
use regulars::stage::{
    OPERATOR_KEY,
    people::{OPERATOR, OWNER, furnish},
};
use reqwest::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::harness::{
    visitor::{Seen, Visitor},
    world::{Plan, World},
};

const MANAGER: &str = "max@bean.example";
const VIEWER: &str = "vera@bean.example";
const ANA: &str = "+14155550101";
const PIN: &str = "4711";

/// A shop with a program, Ana as its member, and people.
struct Till {
    shop: String,
    other_shop: String,
    merchant: String,
    ana: String,
}

impl Till {
    async fn open(world: &World) -> Self {
        furnish(world.stage.app.gateway()).await.unwrap();
        let shops = world.api.get("/v1/shops", OPERATOR_KEY).await.body;
        let id = |place: usize, what: &str| shops["items"][place][what].as_str().unwrap().to_owned();
        let (shop, other_shop, merchant) = (id(0, "id"), id(1, "id"), id(0, "merchant_id"));
        let program = json!({ "name": "Club", "earn": [
            { "rule": "welcome", "points": 10 },
            { "rule": "spend", "points": 1 },
            { "rule": "card", "id": "card", "stamps": 3, "per": "visit", "reward": "gift" }],
            "rewards": [{ "id": "gift", "name": "Gift", "valid_days": 30 },
                { "id": "mug", "name": "Mug", "cost": 10, "valid_days": 30 }] });
        world.api.put(&format!("/v1/programs/{shop}"), &program).await;
        world.stage.text(ANA, "COFFEE PLS").await.unwrap();
        let ana = world.api.member(ANA).await["id"].as_str().unwrap().to_owned();
        Self { shop, other_shop, merchant, ana }
    }

    fn devices(&self) -> String {
        format!("/console/merchants/{}/devices", self.merchant)
    }

    fn pins(&self) -> String {
        format!("/console/merchants/{}/pins", self.merchant)
    }

    fn home(&self) -> String {
        format!("/till/{}", self.shop)
    }

    /// A browser that a manager made a till of the shop and left.
    async fn device(&self, world: &World) -> Visitor {
        let visitor = Visitor::signed_in(&world.api, MANAGER).await;
        let fields = [("shop_id", self.shop.as_str()), ("name", "Tablet"), ("how", "here")];
        let seen = visitor.send(&self.devices(), &self.devices(), &fields).await;
        assert_eq!(seen.location.as_deref(), Some(&*format!("{}?done=device-here", self.devices())), "{}", seen.html);
        visitor.send("/console/me", "/console/sign-out", &[]).await;
        visitor
    }

    /// Somebody who works at the till alone.
    async fn hire(&self, world: &World, name: &str, shop: &str) {
        let visitor = Visitor::signed_in(&world.api, MANAGER).await;
        let fields = [("name", name), ("shop_id", shop), ("pin", PIN)];
        let seen = visitor.send(&self.pins(), &self.pins(), &fields).await;
        assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", seen.html);
    }

    /// Somebody at the till, by their PIN.
    async fn at_work(&self, world: &World) -> Visitor {
        self.hire(world, "Tess", "").await;
        let visitor = self.device(world).await;
        let seen = pin(&visitor, "Tess", PIN).await;
        assert_eq!(seen.location.as_deref(), Some(&*self.home()), "{}", seen.html);
        visitor
    }

    async fn order(&self, visitor: &Visitor, order: Value) -> Value {
        let csrf = csrf(&visitor.open(&self.home()).await);
        let seen = visitor.send_json(&format!("{}/orders", self.home()), &csrf, &order).await;
        assert_eq!(seen.status, StatusCode::OK, "{}", seen.html);
        serde_json::from_str(&seen.html).unwrap()
    }
}

fn csrf(page: &Seen) -> String {
    page.html.split("data-csrf=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// The link behind a name.
fn link_of(page: &Seen, name: &str) -> String {
    let before = page.html.split(&format!(">{name}<")).next().unwrap();
    before.rsplit("href=\"").next().unwrap().split('"').next().unwrap().to_owned()
}

async fn pin(visitor: &Visitor, name: &str, pin: &str) -> Seen {
    let person = person_behind(visitor, name).await;
    visitor.send_raw("/till/sign-in", &[("person", &person), ("pin", pin), ("csrf", "")]).await
}

/// The id behind a name at the door.
async fn person_behind(visitor: &Visitor, name: &str) -> String {
    link_of(&visitor.open("/till").await, name).replace("/till?person=", "")
}

async fn balance(world: &World) -> i64 {
    world.api.member(ANA).await["enrolments"][0]["balance"].as_i64().unwrap()
}

fn sale(id: Uuid, amount: i64) -> Value {
    json!({ "id": id, "phone": ANA, "amount": amount })
}

#[tokio::test]
async fn staff_open_the_till_with_a_pin_at_an_approved_device_and_see_nothing_of_the_console() {
    Plan::default()
        .on_both(async |world| {
            let till = Till::open(world).await;
            assert!(Visitor::new(&world.api).open("/till").await.says("This browser is no till yet"));
            let seen = Visitor::new(&world.api).open(&till.home()).await;
            assert!(seen.location.unwrap().starts_with("/till?next="));
            let visitor = till.at_work(world).await;
            assert!(visitor.open(&till.home()).await.says("Tess"));
            for path in ["/console", "/console/me", &till.devices(), &format!("/console/shops/{}", till.shop)] {
                assert_eq!(
                    visitor.open(path).await.location.unwrap().split('?').next(),
                    Some("/console/sign-in"),
                    "{path}"
                );
            }
            // It is a till of that shop alone, though Tess works at all of them.
            assert_eq!(visitor.open(&format!("/till/{}", till.other_shop)).await.status, StatusCode::NOT_FOUND);
            // A session of a till is worth nothing without its device.
            let thief = Visitor::new(&world.api);
            thief.keep("regulars", &visitor.cookie("regulars").unwrap());
            assert_eq!(thief.open(&till.home()).await.status, StatusCode::SEE_OTHER);
            world.stage.clock.advance(Duration::minutes(121));
            assert_eq!(visitor.open(&till.home()).await.status, StatusCode::SEE_OTHER, "two hours without use");
        })
        .await;
}

#[tokio::test]
async fn a_pin_takes_a_new_session_and_ends_the_one_before() {
    Plan::default()
        .on_both(async |world| {
            let till = Till::open(world).await;
            till.hire(world, "Tess", "").await;
            till.hire(world, "Ugo", &till.shop).await;
            let visitor = till.device(world).await;
            let ugo = person_behind(&visitor, "Ugo").await;
            visitor.keep("regulars", "chosen-by-somebody-else");
            assert_eq!(pin(&visitor, "Tess", PIN).await.status, StatusCode::SEE_OTHER);
            let of_tess = visitor.cookie("regulars").unwrap();
            assert_ne!(of_tess, "chosen-by-somebody-else");
            let planted = Visitor::new(&world.api);
            planted.keep("regulars-till", &visitor.cookie("regulars-till").unwrap());
            planted.keep("regulars", "chosen-by-somebody-else");
            assert_eq!(planted.open(&till.home()).await.status, StatusCode::SEE_OTHER);
            planted.keep("regulars", &of_tess);
            assert!(planted.open(&till.home()).await.says("Tess"));
            // Ugo's PIN was on the screen when Tess came in elsewhere in the same browser.
            let old_form = [("person", ugo.as_str()), ("pin", PIN), ("csrf", "")];
            assert_eq!(visitor.send_raw("/till/sign-in", &old_form).await.status, StatusCode::BAD_REQUEST);
            let of_tess_page = csrf(&visitor.open(&till.home()).await);
            let form = [("person", ugo.as_str()), ("pin", PIN), ("csrf", of_tess_page.as_str())];
            assert_eq!(visitor.send_raw("/till/sign-in", &form).await.status, StatusCode::SEE_OTHER);
            assert!(visitor.open(&till.home()).await.says("Ugo"));
            assert_eq!(planted.open(&till.home()).await.status, StatusCode::SEE_OTHER, "Tess has gone");
        })
        .await;
}

#[tokio::test]
async fn a_pin_is_not_guessed() {
    Plan::default()
        .on_both(async |world| {
            let till = Till::open(world).await;
            till.hire(world, "Tess", "").await;
            till.hire(world, "Ugo", &till.shop).await;
            let visitor = till.device(world).await;
            for guess in ["0000", "1234", "1111", "2580", "4710"] {
                assert_eq!(pin(&visitor, "Tess", guess).await.status, StatusCode::UNPROCESSABLE_ENTITY);
            }
            let seen = pin(&visitor, "Tess", PIN).await;
            assert_eq!(seen.status, StatusCode::TOO_MANY_REQUESTS);
            assert!(seen.says("Wait 15 seconds"), "{}", seen.words());
            // Another is not kept waiting, and being right of one forgets nothing of the other.
            let other = Visitor::new(&world.api);
            other.keep("regulars-till", &visitor.cookie("regulars-till").unwrap());
            assert_eq!(pin(&other, "Ugo", PIN).await.status, StatusCode::SEE_OTHER);
            world.stage.clock.advance(Duration::seconds(16));
            assert_eq!(pin(&visitor, "Tess", "0000").await.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert_eq!(pin(&visitor, "Tess", PIN).await.status, StatusCode::TOO_MANY_REQUESTS);
            world.stage.clock.advance(Duration::seconds(31));
            assert_eq!(pin(&visitor, "Tess", PIN).await.status, StatusCode::SEE_OTHER);
        })
        .await;
}

#[tokio::test]
async fn many_guesses_at_once_are_as_few_as_one_after_the_other() {
    Plan::default()
        .on_both(async |world| {
            let till = Till::open(world).await;
            till.hire(world, "Tess", "").await;
            let visitor = till.device(world).await;
            let guesses = futures_util::future::join_all((0..20).map(|_| pin(&visitor, "Tess", "0000"))).await;
            let looked_at = guesses.iter().filter(|seen| seen.status == StatusCode::UNPROCESSABLE_ENTITY).count();
            assert_eq!(looked_at, 5);
        })
        .await;
}

#[tokio::test]
async fn a_code_makes_one_browser_a_till_once_and_for_ten_minutes() {
    Plan::default()
        .on_both(async |world| {
            let till = Till::open(world).await;
            let manager = Visitor::signed_in(&world.api, MANAGER).await;
            let code = async || {
                let fields = [("shop_id", till.shop.as_str()), ("name", "Tablet"), ("how", "code")];
                let seen = manager.send(&till.devices(), &till.devices(), &fields).await;
                assert_eq!(seen.status, StatusCode::OK, "{}", seen.html);
                seen.html.split("/till?code=").nth(1).unwrap().split('"').next().unwrap().to_owned()
            };
            let late = code().await;
            world.stage.clock.advance(Duration::minutes(11));
            let good = code().await;
            let open = async |code: &str| {
                let visitor = Visitor::new(&world.api);
                // Opening the link alone changes nothing.
                assert!(visitor.open(&format!("/till?code={code}")).await.html.contains(&format!("value=\"{code}\"")));
                let seen = visitor.send_raw("/till/open", &[("code", code), ("csrf", "")]).await;
                (seen.status, visitor)
            };
            assert_eq!(open(&late).await.0, StatusCode::UNPROCESSABLE_ENTITY);
            let (status, visitor) = open(&good.to_lowercase()).await;
            assert_eq!(status, StatusCode::SEE_OTHER);
            assert!(visitor.open("/till").await.says("Who are you?"));
            assert_eq!(open(&good).await.0, StatusCode::UNPROCESSABLE_ENTITY, "used already");
            for _ in 0..10 {
                open("CDFHJKMN").await;
            }
            assert_eq!(open("CDFHJKMN").await.0, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(manager.open(&till.devices()).await.says("Tablet"));
        })
        .await;
}

#[tokio::test]
async fn a_removed_till_is_closed_at_once() {
    Plan::default()
        .on_both(async |world| {
            let till = Till::open(world).await;
            let visitor = till.at_work(world).await;
            let manager = Visitor::signed_in(&world.api, MANAGER).await;
            let page = manager.open(&till.devices()).await;
            let action = page.html.split("action=\"").find(|part| part.contains("/remove\"")).unwrap();
            let action = action.split('"').next().unwrap().to_owned();
            let seen = manager.send(&till.devices(), &action, &[]).await;
            assert_eq!(seen.status, StatusCode::SEE_OTHER);
            assert_eq!(visitor.open(&till.home()).await.status, StatusCode::SEE_OTHER);
            assert!(visitor.open("/till").await.says("This browser is no till yet"));
            assert_eq!(world.rows.count("audit WHERE subject = 'device' AND deed = 'removed'").await, 1);
        })
        .await;
}

#[tokio::test]
async fn a_pin_is_not_guessed_at_one_device_after_the_other() {
    Plan::default()
        .on_both(async |world| {
            let till = Till::open(world).await;
            let tess = till.at_work(world).await;
            let mut answers = Vec::new();
            for _ in 0..5 {
                let device = till.device(world).await;
                for _ in 0..5 {
                    answers.push(pin(&device, "Tess", "0000").await.status);
                }
            }
            let looked_at = answers.iter().filter(|status| **status == StatusCode::UNPROCESSABLE_ENTITY).count();
            assert_eq!(looked_at, 20, "{answers:?}");
            // Whoever is in stays in, and the right PIN works after the wait.
            assert_eq!(tess.open(&till.home()).await.status, StatusCode::OK);
            world.stage.clock.advance(Duration::seconds(15));
            assert_eq!(pin(&till.device(world).await, "Tess", PIN).await.status, StatusCode::SEE_OTHER);
        })
        .await;
}

#[tokio::test]
async fn staff_change_their_own_pin_at_the_till_and_on_their_own_page() {
    Plan::default()
        .on_both(async |world| {
            let till = Till::open(world).await;
            let (here, there) = (till.at_work(world).await, till.device(world).await);
            assert_eq!(pin(&there, "Tess", PIN).await.status, StatusCode::SEE_OTHER);
            let path = format!("{}/pin", till.home());
            assert!(here.open(&till.home()).await.html.contains(&path));
            let change = async |present: &str, new: &str, again: &str| {
                let fields = [("present-pin", present), ("pin", new), ("again", again)];
                here.send(&path, &path, &fields).await
            };
            for (present, new, again, said) in [
                (PIN, "1111", "1111", "Take 4 to 6 digits"),
                (PIN, "90210", "90211", "That is not the same PIN"),
                ("0000", "90210", "90210", "That is not your PIN"),
            ] {
                let seen = change(present, new, again).await;
                assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
                assert!(seen.says(said) && !seen.html.contains(new), "{}", seen.words());
            }
            let seen = change(PIN, "90210", "90210").await;
            assert!(seen.status == StatusCode::OK && seen.says("Your PIN is changed"), "{}", seen.words());
            // The shift goes on here, and ends elsewhere.
            assert_eq!(here.open(&till.home()).await.status, StatusCode::OK);
            assert_eq!(there.open(&till.home()).await.status, StatusCode::SEE_OTHER);
            assert_eq!(pin(&there, "Tess", PIN).await.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert_eq!(pin(&there, "Tess", "90210").await.status, StatusCode::SEE_OTHER);
            // The PIN that one has is guessed there as little as at the door.
            for _ in 0..5 {
                assert_eq!(change("0000", "4711", "4711").await.status, StatusCode::UNPROCESSABLE_ENTITY);
            }
            assert_eq!(change("90210", "4711", "4711").await.status, StatusCode::TOO_MANY_REQUESTS);
            here.send(&till.home(), "/console/sign-out", &[]).await;
            assert_eq!(pin(&here, "Tess", "90210").await.status, StatusCode::TOO_MANY_REQUESTS);

            // On one's own page, for whoever has one.
            let manager = Visitor::signed_in(&world.api, "max@bean.example").await;
            assert!(!manager.open("/console/me").await.html.contains("/console/me/pin"));
            let fields = [("present-pin", ""), ("pin", "90210"), ("again", "90210")];
            let seen = manager.send("/console/me", "/console/me/pin", &fields).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
            let max = world.stage.app.gateway().store.person_by_email("max@bean.example").await.unwrap().unwrap();
            let set = format!("{}/{}", till.pins(), max.person.id);
            manager.send(&till.pins(), &set, &[("pin", "5802"), ("what", "set")]).await;
            let change = async |present: &str| {
                let fields = [("present-pin", present), ("pin", "90210"), ("again", "90210")];
                manager.send("/console/me", "/console/me/pin", &fields).await
            };
            assert!(change("0000").await.says("That is not your PIN"));
            assert_eq!(change("5802").await.location.as_deref(), Some("/console/me?done=own-pin"));
            assert_eq!(pin(&till.device(world).await, "Max", "90210").await.status, StatusCode::SEE_OTHER);
        })
        .await;
}

#[tokio::test]
async fn a_pin_that_is_changed_or_taken_ends_the_shift() {
    Plan::default()
        .on_both(async |world| {
            let till = Till::open(world).await;
            let visitor = till.at_work(world).await;
            let manager = Visitor::signed_in(&world.api, MANAGER).await;
            let page = manager.open(&till.pins()).await;
            let of = |name: &str| {
                let row = page.html.split("<tr>").find(|row| row.contains(&format!("<span>{name}</span>"))).unwrap();
                row.split("action=\"").nth(1).map(|rest| rest.split('"').next().unwrap().to_owned())
            };
            assert_eq!(of("Ana Flores"), None, "a manager is not to come in as the owner");
            let action = of("Tess").unwrap();
            let seen = manager.send(&till.pins(), &action, &[("pin", "1234"), ("what", "set")]).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(seen.says("Take 4 to 6 digits"), "{}", seen.words());
            assert_eq!(visitor.open(&till.home()).await.status, StatusCode::OK);
            let seen = manager.send(&till.pins(), &action, &[("pin", "90210"), ("what", "set")]).await;
            assert_eq!(seen.status, StatusCode::SEE_OTHER);
            assert_eq!(visitor.open(&till.home()).await.status, StatusCode::SEE_OTHER);
            assert_eq!(pin(&visitor, "Tess", PIN).await.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert_eq!(pin(&visitor, "Tess", "90210").await.status, StatusCode::SEE_OTHER);
            manager.send(&till.pins(), &action, &[("pin", ""), ("what", "remove")]).await;
            assert_eq!(visitor.open(&till.home()).await.status, StatusCode::SEE_OTHER);
            assert!(visitor.open("/till").await.says("Nobody has a PIN"));
        })
        .await;
}

#[tokio::test]
async fn a_sale_is_recorded_without_a_script_and_undone_within_its_minute() {
    Plan::default()
        .on_both(async |world| {
            let till = Till::open(world).await;
            let visitor = till.at_work(world).await;
            let home = till.home();
            let find = format!("{home}/find");
            for (typed, says) in
                [("01", "at least 4 digits"), ("9999", "No member’s number ends so"), ("<script>", "at least 4 digits")]
            {
                let seen = visitor.send(&home, &find, &[("who", typed)]).await;
                assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
                assert!(seen.says(says) && !seen.html.contains("<script>\""), "{}", seen.words());
            }
            let member = format!("{home}/members/{}", till.ana);
            for typed in ["0101", "(415) 555-0101"] {
                assert_eq!(
                    visitor.send(&home, &find, &[("who", typed)]).await.location.as_deref(),
                    Some(&*member),
                    "{typed}"
                );
            }
            let page = visitor.open(&member).await;
            assert!(page.says("10 points") && page.says("0 of 3"), "{}", page.words());
            let record = format!("{home}/record");
            let fields = |amount: &'static str, kind: &'static str| {
                [
                    ("id", page.value("id")),
                    ("member_id", till.ana.clone()),
                    ("amount", amount.to_owned()),
                    ("kind", kind.to_owned()),
                ]
            };
            let send = async |fields: [(&str, String); 4]| {
                let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
                visitor.send(&member, &record, &fields).await
            };
            let seen = send(fields("lots", "sale")).await;
            assert!(
                seen.status == StatusCode::UNPROCESSABLE_ENTITY && seen.says("Type what was paid"),
                "{}",
                seen.words()
            );
            let deed = send(fields("12.80", "sale")).await.location.unwrap();
            // The same form once more: a second press, a reload.
            assert_eq!(send(fields("12.80", "sale")).await.location.unwrap(), deed);
            let seen = visitor.open(&deed).await;
            assert!(
                seen.says("+12 points") && seen.says("For what was spent") && seen.says("1 of 3"),
                "{}",
                seen.words()
            );
            assert_eq!(balance(world).await, 22);
            let actor = world.rows.all("SELECT DISTINCT actor FROM entry WHERE cause = 'sale'").await;
            assert_eq!(actor, [json!({ "actor": "Tess" })]);
            let undo = format!("{home}/undo");
            let id = deed.rsplit('/').next().unwrap();
            for _ in 0..2 {
                assert_eq!(visitor.send(&deed, &undo, &[("deed", id)]).await.location.as_deref(), Some(&*deed));
            }
            assert!(visitor.open(&deed).await.says("Undone"));
            assert_eq!(balance(world).await, 10);
            let page = visitor.open(&member).await;
            let fields = [
                ("id", page.value("id")),
                ("member_id", till.ana.clone()),
                ("amount", String::new()),
                ("kind", "visit".to_owned()),
            ];
            let deed = send(fields).await.location.unwrap();
            assert!(visitor.open(&home).await.says("Visit · +1 stamp"));
            world.stage.clock.advance(Duration::seconds(71));
            let seen = visitor.send(&deed, &undo, &[("deed", deed.rsplit('/').next().unwrap())]).await;
            assert!(
                seen.status == StatusCode::UNPROCESSABLE_ENTITY && seen.says("The minute is over"),
                "{}",
                seen.words()
            );
        })
        .await;
}

#[tokio::test]
async fn what_is_sent_again_or_late_or_in_another_order_counts_once_and_at_its_time() {
    Plan::default()
        .on_both(async |world| {
            let till = Till::open(world).await;
            let visitor = till.at_work(world).await;
            let [first, second] = [Uuid::new_v4(), Uuid::new_v4()];
            let hour = 3_600_000;
            let late = |id: Uuid, amount: i64, hours: i64| {
                let mut order = sale(id, amount);
                order["age_ms"] = json!(hours * hour);
                order
            };
            world.stage.clock.advance(Duration::hours(5));
            let visitor = {
                pin(&visitor, "Tess", PIN).await;
                visitor
            };
            // The later one comes first, and both answers are lost.
            let deed = till.order(&visitor, late(second, 500, 1)).await["deed"].clone();
            till.order(&visitor, late(first, 1_000, 3)).await;
            assert_eq!(till.order(&visitor, late(second, 500, 1)).await["deed"], deed);
            assert_eq!(till.order(&visitor, late(first, 1_000, 3)).await["state"], "done");
            assert_eq!(balance(world).await, 25);
            let now = world.stage.clock.now().timestamp_millis();
            let times = world.rows.numbers("SELECT happened_at FROM sale ORDER BY happened_at").await;
            assert_eq!(times, [now - 3 * hour, now - hour]);
            // A clock that goes ahead does not make a sale of tomorrow.
            let mut ahead = sale(Uuid::new_v4(), 100);
            ahead["age_ms"] = json!(-hour);
            assert_eq!(till.order(&visitor, ahead).await["state"], "done");
            let refused = till.order(&visitor, late(Uuid::new_v4(), 100, 24 * 31)).await;
            assert!(
                refused["state"] == "refused" && refused["message"].as_str().unwrap().contains("30 days"),
                "{refused}"
            );
            // Somebody else's phone, and a sale under the same id.
            let mut another = sale(first, 1_000);
            another["phone"] = json!("+14155550177");
            assert_eq!(till.order(&visitor, another).await["state"], "refused");
            assert_eq!(balance(world).await, 26);
        })
        .await;
}

#[tokio::test]
async fn what_one_entered_is_theirs_though_another_sends_it() {
    Plan::default()
        .on_both(async |world| {
            let till = Till::open(world).await;
            till.hire(world, "Ugo", "").await;
            let visitor = till.at_work(world).await;
            let page = visitor.open("/till").await;
            assert_eq!(page.location.as_deref(), Some(&*till.home()));
            let other = Visitor::new(&world.api);
            other.keep("regulars-till", &visitor.cookie("regulars-till").unwrap());
            let ugo = link_of(&other.open("/till").await, "Ugo").replace("/till?person=", "");
            let mut order = sale(Uuid::new_v4(), 100);
            order["made_by"] = json!(ugo);
            till.order(&visitor, order).await;
            let mut order = sale(Uuid::new_v4(), 100);
            order["made_by"] = json!(Uuid::new_v4());
            till.order(&visitor, order).await;
            let actors = world.rows.all("SELECT DISTINCT actor FROM entry WHERE cause = 'sale' ORDER BY actor").await;
            assert_eq!(actors, [json!({ "actor": "Tess" }), json!({ "actor": "Ugo (Tess)" })]);
        })
        .await;
}

#[tokio::test]
async fn an_order_is_taken_from_the_tills_own_page_alone() {
    Plan::default()
        .on_sqlite(async |world| {
            let till = Till::open(world).await;
            let visitor = till.at_work(world).await;
            let orders = format!("{}/orders", till.home());
            let order = sale(Uuid::new_v4(), 100);
            assert_eq!(visitor.send_json(&orders, "", &order).await.status, StatusCode::BAD_REQUEST);
            let csrf = csrf(&visitor.open(&till.home()).await);
            assert_eq!(visitor.send_json(&orders, &csrf, &json!({ "id": 1 })).await.status, StatusCode::BAD_REQUEST);
            let large = json!({ "id": Uuid::new_v4(), "phone": "1".repeat(9_000), "amount": 1 });
            assert_eq!(visitor.send_json(&orders, &csrf, &large).await.status, StatusCode::BAD_REQUEST);
            for amount in [-1, i64::MAX] {
                assert_eq!(till.order(&visitor, sale(Uuid::new_v4(), amount)).await["state"], "refused");
            }
            assert_eq!(Visitor::new(&world.api).send_json(&orders, &csrf, &order).await.status, StatusCode::SEE_OTHER);
            assert_eq!(balance(world).await, 10);
        })
        .await;
}

#[tokio::test]
async fn a_reward_is_handed_over_once_and_given_back_by_undo() {
    Plan::default()
        .on_both(async |world| {
            let till = Till::open(world).await;
            let visitor = till.at_work(world).await;
            let member = format!("{}/members/{}", till.home(), till.ana);
            let record = format!("{}/record", till.home());
            let id = Uuid::new_v4().to_string();
            let fields = [("id", id.as_str()), ("member_id", till.ana.as_str()), ("kind", "reward"), ("reward", "mug")];
            let deed = visitor.send(&member, &record, &fields).await.location.unwrap();
            assert_eq!(visitor.send(&member, &record, &fields).await.location.unwrap(), deed);
            let seen = visitor.open(&deed).await;
            assert!(seen.says("Hand over now: Mug") && seen.says("0 points"), "{}", seen.words());
            let again = Uuid::new_v4().to_string();
            let second = [("id", again.as_str()), fields[1], fields[2], fields[3]];
            let seen = visitor.send(&member, &record, &second).await;
            assert!(
                seen.status == StatusCode::UNPROCESSABLE_ENTITY && seen.says("10 points missing"),
                "{}",
                seen.words()
            );
            let undo = [("deed", deed.rsplit('/').next().unwrap())];
            visitor.send(&deed, &format!("{}/undo", till.home()), &undo).await;
            assert_eq!(balance(world).await, 10);
            assert_eq!(world.rows.count("voucher WHERE state = 'cancelled'").await, 1);
        })
        .await;
}

#[tokio::test]
async fn a_voucher_is_looked_up_redeemed_once_and_brought_back() {
    Plan::default()
        .on_both(async |world| {
            let till = Till::open(world).await;
            let visitor = till.at_work(world).await;
            let path = format!("/v1/members/{}/vouchers", till.ana);
            let issued =
                world.api.post(&path, OPERATOR_KEY, json!({ "reward": "mug", "shop_id": till.shop })).await.body;
            let code = issued["vouchers"][0]["code"].as_str().unwrap().to_owned();
            let (home, voucher) = (till.home(), format!("{}/voucher", till.home()));
            assert!(
                visitor.send(&home, &voucher, &[("code", "XXX-XXX")]).await.says("There is no voucher with this code")
            );
            let typed = code.to_lowercase().replace('-', " ");
            let seen = visitor.send(&home, &voucher, &[("code", &typed)]).await;
            assert!(seen.says("Mug") && seen.html.contains(&code), "{}", seen.words());
            let id = seen.value("id");
            let fields = [("id", id.as_str()), ("kind", "voucher"), ("code", code.as_str())];
            let deed = visitor.send(&home, &format!("{home}/record"), &fields).await.location.unwrap();
            assert!(visitor.open(&deed).await.says("Hand over now: Mug"));
            assert!(visitor.send(&home, &voucher, &[("code", &code)]).await.says("was redeemed already"));
            let undo = [("deed", deed.rsplit('/').next().unwrap())];
            visitor.send(&deed, &format!("{home}/undo"), &undo).await;
            assert_eq!(world.rows.count("voucher WHERE state = 'issued'").await, 1);
        })
        .await;
}

#[tokio::test]
async fn somebody_unknown_is_invited_and_their_sale_waits_for_their_yes() {
    Plan::default()
        .on_both(async |world| {
            world.wait_for_hour(18);
            let till = Till::open(world).await;
            let visitor = till.at_work(world).await;
            let (home, zoe) = (till.home(), "+14155550142");
            let seen = visitor.send(&home, &format!("{home}/find"), &[("who", "415 555 0142")]).await;
            assert!(seen.says("Not a member yet") && seen.says("may we text you once?"), "{}", seen.words());
            let mut order = sale(Uuid::new_v4(), 700);
            order["phone"] = json!(zoe);
            let refused = till.order(&visitor, order.clone()).await;
            assert!(refused["state"] == "refused" && refused["may_invite"] == true, "{refused}");
            order["invite"] = json!(true);
            let waits = till.order(&visitor, order.clone()).await;
            assert_eq!(waits["state"], "waits", "{waits}");
            assert_eq!(till.order(&visitor, order).await["deed"], waits["deed"]);
            assert!(visitor.open(&home).await.says("Waits for their YES"));
            world.stage.text(zoe, "YES").await.unwrap();
            assert_eq!(world.api.member(zoe).await["enrolments"][0]["balance"], 17);
        })
        .await;
}

#[tokio::test]
async fn nobody_else_opens_this_till_or_its_devices_and_names_are_no_script() {
    Plan::default()
        .on_both(async |world| {
            let till = Till::open(world).await;
            till.hire(world, "<script>alert(1)</script>", "").await;
            let visitor = till.at_work(world).await;
            assert!(!visitor.open(&till.home()).await.html.contains("<script>alert"));
            let owner = Visitor::signed_in(&world.api, OWNER).await;
            for path in [till.pins(), till.devices()] {
                let seen = owner.open(&path).await;
                assert!(seen.status == StatusCode::OK && !seen.html.contains("<script>alert"), "{path}");
            }
            let deed = till.order(&visitor, sale(Uuid::new_v4(), 100)).await["deed"].as_str().unwrap().to_owned();
            // Another till of the same shop has deeds of its own.
            assert_eq!(owner.open(&format!("{}/deeds/{deed}", till.home())).await.status, StatusCode::NOT_FOUND);
            let undo = format!("{}/undo", till.home());
            let csrf = csrf(&owner.open(&till.home()).await);
            let fields = [("deed", deed.as_str()), ("csrf", csrf.as_str())];
            assert_eq!(owner.send_raw(&undo, &fields).await.status, StatusCode::NOT_FOUND);

            let (merchant, key) = world.api.merchant("Rivals").await;
            world.api.sender("+14155550188").await;
            let rival = world.api.shop(&key, "Rival", "+14155550188").await;
            for path in [
                format!("/till/{rival}"),
                format!("/till/{rival}/shell"),
                format!("/console/shops/{rival}/till"),
                format!("/console/merchants/{merchant}/devices"),
                format!("/console/merchants/{merchant}/pins"),
            ] {
                assert_eq!(owner.open(&path).await.status, StatusCode::NOT_FOUND, "{path}");
            }
            let csrf = owner.open("/console/me").await.csrf();
            for path in ["find", "voucher", "record", "undo"].map(|name| format!("/till/{rival}/{name}")) {
                assert_eq!(owner.send_raw(&path, &[("csrf", &csrf)]).await.status, StatusCode::NOT_FOUND, "{path}");
            }
            assert_eq!(
                owner.send_json(&format!("/till/{rival}/orders"), &csrf, &sale(Uuid::new_v4(), 1)).await.status,
                StatusCode::NOT_FOUND
            );
            let fields = [("shop_id", rival.as_str()), ("name", "Mine"), ("how", "here"), ("csrf", csrf.as_str())];
            for path in [till.devices(), format!("/console/merchants/{merchant}/devices")] {
                assert_eq!(owner.send_raw(&path, &fields).await.status, StatusCode::NOT_FOUND, "{path}");
            }
            let nobody = Uuid::new_v4();
            for path in [format!("{}/{nobody}/remove", till.devices()), format!("{}/{nobody}", till.pins())] {
                assert_eq!(
                    owner.send_raw(&path, &[("csrf", &csrf), ("pin", "4711")]).await.status,
                    StatusCode::NOT_FOUND,
                    "{path}"
                );
            }
            // A member of another merchant is nobody here.
            let path = format!("{}/members/{nobody}", till.home());
            assert_eq!(owner.open(&path).await.status, StatusCode::NOT_FOUND);
            let viewer = Visitor::signed_in(&world.api, VIEWER).await;
            for path in [till.home(), till.devices(), till.pins(), format!("/console/shops/{}/till", till.shop)] {
                assert_eq!(viewer.open(&path).await.status, StatusCode::FORBIDDEN, "{path}");
            }
            let operator = Visitor::signed_in(&world.api, OPERATOR).await;
            assert_eq!(operator.open(&till.devices()).await.status, StatusCode::OK);
        })
        .await;
}

#[tokio::test]
async fn what_browsers_put_aside_is_about_no_member() {
    Plan::default()
        .on_sqlite(async |world| {
            let till = Till::open(world).await;
            let visitor = till.at_work(world).await;
            till.order(&visitor, sale(Uuid::new_v4(), 100)).await;
            assert!(visitor.open(&till.home()).await.html.contains("0101"));
            let shell = visitor.open(&format!("{}/shell", till.home())).await;
            assert!(shell.html.contains(" data-shell") && !shell.html.contains("0101"));
            let worker = visitor.open("/till/worker.js").await;
            assert_eq!(worker.headers.get("service-worker-allowed").unwrap(), "/till");
            assert!(worker.headers.get("content-type").unwrap().to_str().unwrap().starts_with("text/javascript"));
        })
        .await;
}
