//! Links by which people come in, what owners change of them, and who is kept out of it.

use chrono::Duration;
use regulars::{
    domain::{access::Role, language::Language},
    service::{
        audit::Author,
        people::{self, NewPerson},
    },
    stage::people::{OPERATOR, OWNER, PASSWORD, furnish},
};
use reqwest::StatusCode;
use uuid::Uuid;

use crate::harness::{
    visitor::{Seen, Visitor},
    world::{Plan, World},
};

const STRANGER: &str = "eve@other.example";

/// The people of the first merchant, and another merchant with an owner; answers the first one's id and the other's.
pub async fn with_people(world: &World) -> (Uuid, Uuid) {
    let gateway = world.stage.app.gateway();
    furnish(gateway).await.unwrap();
    let (other, _) = world.api.merchant("Other").await;
    let other = Uuid::parse_str(&other).unwrap();
    let new = NewPerson {
        merchant_id: Some(other),
        shop_id: None,
        role: Role::Owner,
        name: "Eve".to_owned(),
        email: STRANGER.to_owned(),
        language: Language::default(),
        password: PASSWORD.into(),
    };
    people::create(gateway.change(&Author::command_line()), new).await.unwrap();
    let owner = gateway.store.person_by_email(OWNER).await.unwrap().unwrap();
    (owner.person.merchant_id.unwrap(), other)
}

/// Where the link on a page leads, without the host.
pub fn link_in(seen: &Seen) -> String {
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.words());
    let token = seen.html.split("/console/invited/").nth(1).unwrap().split(['"', '%', '&']).next().unwrap();
    assert_eq!(token.len(), 64, "{token}");
    format!("/console/invited/{token}")
}

async fn id_of(world: &World, email: &str) -> Uuid {
    world.stage.app.gateway().store.person_by_email(email).await.unwrap().unwrap().person.id
}

const LIA: [(&str, &str); 4] = [("name", "Lia"), ("email", "Lia@Bean.example"), ("role", "staff"), ("shop", "")];

#[tokio::test]
async fn an_owner_invites_by_a_link_that_is_good_once() {
    Plan::default()
        .on_both(async |world| {
            let (merchant, _) = with_people(world).await;
            let people = format!("/console/merchants/{merchant}/people");
            let owner = Visitor::signed_in(&world.api, OWNER).await;
            let seen = owner.send(&people, &people, &LIA).await;
            let link = link_in(&seen);
            assert!(seen.html.contains("mailto:lia@bean.example?subject="), "{}", seen.html);
            let list = owner.open(&people).await;
            assert!(list.says("Lia Invited lia@bean.example · Staff By Ana Flores"), "{}", list.words());
            // Who has signed in was here; who has not, not yet.
            assert!(list.says("Ana Flores You ana@bean.example Owner Last here"), "{}", list.words());
            assert!(list.says("Max max@bean.example Manager Never here yet"), "{}", list.words());
            // The link itself is nowhere any more.
            assert!(!list.html.contains("/console/invited/"));

            let lia = Visitor::new(&world.api);
            let page = lia.open(&link).await;
            assert!(page.says("Ana Flores invites you to") && page.says("as Staff"), "{}", page.words());
            let seen = lia.send(&link, &link, &[("name", "Lia Rey"), ("password", "short")]).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(seen.says("12 to 128 characters") && seen.html.contains("value=\"Lia Rey\""));
            // What a condition puts into a tag stands apart from what is before it.
            assert!(seen.html.contains("required aria-invalid=\"true\""), "{}", seen.html);
            let seen = lia.send(&link, &link, &[("name", "Lia Rey"), ("password", PASSWORD)]).await;
            assert_eq!((seen.status, seen.location.as_deref()), (StatusCode::SEE_OTHER, Some("/console")));
            assert!(lia.open("/console/me").await.says("lia@bean.example"));

            // Used twice.
            let again = Visitor::new(&world.api);
            let seen = again.open(&link).await;
            assert_eq!(seen.status, StatusCode::NOT_FOUND);
            assert!(seen.says("used already"), "{}", seen.words());
            let seen = again.send_raw(&link, &[("name", "Mallory"), ("password", PASSWORD), ("csrf", "")]).await;
            assert_eq!(seen.status, StatusCode::NOT_FOUND);
            // Staff see no page of owners, and no form of theirs does anything.
            assert_eq!(lia.open(&people).await.status, StatusCode::FORBIDDEN);
            let csrf = lia.open("/console/me").await.csrf();
            let mut fields = LIA.to_vec();
            fields.push(("csrf", &csrf));
            assert_eq!(lia.send_raw(&people, &fields).await.status, StatusCode::FORBIDDEN);
            assert!(owner.open(&people).await.says("Lia Rey"));
        })
        .await;
}

#[tokio::test]
async fn a_link_ends_after_seven_days_and_when_it_is_taken_back_or_made_again() {
    Plan::default()
        .on_both(async |world| {
            let (merchant, _) = with_people(world).await;
            let people = format!("/console/merchants/{merchant}/people");
            let owner = Visitor::signed_in(&world.api, OWNER).await;
            let visitor = Visitor::new(&world.api);
            let first = link_in(&owner.send(&people, &people, &LIA).await);
            let second = link_in(&owner.send(&people, &people, &LIA).await);
            assert_eq!(visitor.open(&first).await.status, StatusCode::NOT_FOUND);
            assert_eq!(visitor.open(&second).await.status, StatusCode::OK);
            let list = owner.open(&people).await.html;
            let id = list.split("/people/links/").nth(1).unwrap().split('"').next().unwrap().to_owned();
            let withdraw = format!("{people}/links/{id}");
            let seen = owner.send(&people, &withdraw, &[]).await;
            assert_eq!(seen.location.unwrap(), format!("{people}?done=withdrawn"));
            assert_eq!(visitor.open(&second).await.status, StatusCode::NOT_FOUND);
            assert_eq!(owner.send(&people, &withdraw, &[]).await.status, StatusCode::NOT_FOUND);

            let third = link_in(&owner.send(&people, &people, &LIA).await);
            world.stage.clock.advance(Duration::days(7) - Duration::seconds(1));
            assert_eq!(visitor.open(&third).await.status, StatusCode::OK);
            world.stage.clock.advance(Duration::seconds(1));
            let seen = visitor.send_raw(&third, &[("name", "Lia"), ("password", PASSWORD), ("csrf", "")]).await;
            assert_eq!(seen.status, StatusCode::NOT_FOUND);
            assert_eq!(
                visitor.sign_in("lia@bean.example", PASSWORD, "").await.status,
                StatusCode::UNPROCESSABLE_ENTITY
            );
        })
        .await;
}

#[tokio::test]
async fn what_is_wrong_with_an_invitation_is_said_at_its_field() {
    Plan::default()
        .on_sqlite(async |world| {
            let (merchant, _) = with_people(world).await;
            let people = format!("/console/merchants/{merchant}/people");
            let owner = Visitor::signed_in(&world.api, OWNER).await;
            let shop = world.stage.app.gateway().directory.read().directory.all_shops().next().unwrap().id.to_string();
            let none = Uuid::nil().to_string();
            for (name, email, role, at, hint) in [
                (" ", "lia@bean.example", "staff", "", "1 to 60 characters"),
                ("Lia", "lia", "staff", "", "no email address"),
                ("Lia", OWNER, "staff", "", "signs in with this email already"),
                ("Lia", STRANGER, "staff", "", "signs in with this email already"),
                ("Lia", "lia@bean.example", "operator", "", "Choose one of these"),
                ("Lia", "lia@bean.example", "staff", &none, "Choose one of these"),
                ("Lia", "lia@bean.example", "owner", &shop, "An owner is for all shops"),
            ] {
                let fields = [("name", name), ("email", email), ("role", role), ("shop", at)];
                let seen = owner.send(&people, &people, &fields).await;
                assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{hint}");
                assert!(seen.says(hint), "{hint}: {}", seen.words());
            }
            let script = "<script>alert(1)</script>";
            let fields = [("name", script), ("email", "lia@bean.example"), ("role", "staff"), ("shop", "")];
            let link = link_in(&owner.send(&people, &people, &fields).await);
            for seen in [owner.open(&people).await, owner.open(&link).await] {
                assert!(!seen.html.contains(script) && seen.html.contains("&#60;script&#62;alert(1)"), "{}", seen.html);
            }
        })
        .await;
}

#[tokio::test]
async fn whoever_is_removed_is_out_at_once_and_may_come_again() {
    Plan::default()
        .on_both(async |world| {
            let (merchant, _) = with_people(world).await;
            let people = format!("/console/merchants/{merchant}/people");
            let owner = Visitor::signed_in(&world.api, OWNER).await;
            let sam = Visitor::signed_in(&world.api, "sam@bean.example").await;
            let page = format!("{people}/{}", id_of(world, "sam@bean.example").await);
            assert_eq!(sam.open("/console/me").await.status, StatusCode::OK);
            let seen = owner.send(&page, &format!("{page}/remove"), &[]).await;
            assert_eq!(seen.location.unwrap(), format!("{people}?done=person-removed"));
            assert_eq!(sam.open("/console/me").await.status, StatusCode::SEE_OTHER);
            assert_eq!(sam.sign_in("sam@bean.example", PASSWORD, "").await.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert_eq!(owner.open(&page).await.status, StatusCode::NOT_FOUND);
            let fields = [("name", "Sam"), ("email", "sam@bean.example"), ("role", "viewer"), ("shop", "")];
            link_in(&owner.send(&people, &people, &fields).await);
        })
        .await;
}

#[tokio::test]
async fn the_last_owner_and_the_last_operator_stay() {
    Plan::default()
        .on_both(async |world| {
            let (merchant, _) = with_people(world).await;
            let owner = Visitor::signed_in(&world.api, OWNER).await;
            let page = format!("/console/merchants/{merchant}/people/{}", id_of(world, OWNER).await);
            let seen = owner.send(&page, &format!("{page}/remove"), &[]).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(seen.says("This is the last owner."), "{}", seen.words());
            let seen = owner.send(&page, &page, &[("role", "viewer"), ("shop", "")]).await;
            assert!(seen.says("This is the last owner."), "{}", seen.words());
            // With another owner there, the first may go.
            let max = format!("/console/merchants/{merchant}/people/{}", id_of(world, "max@bean.example").await);
            let seen = owner.send(&max, &max, &[("role", "owner"), ("shop", "")]).await;
            assert_eq!(seen.location.unwrap(), format!("{max}?done=appointed"));
            let seen = owner.send(&page, &page, &[("role", "staff"), ("shop", "")]).await;
            assert_eq!(seen.location.as_deref(), Some("/console"));
            // A role counts at once, in the session that is open.
            assert_eq!(owner.open(&max).await.status, StatusCode::FORBIDDEN);

            let operator = Visitor::signed_in(&world.api, OPERATOR).await;
            let page = format!("/console/operator/operators/{}", id_of(world, OPERATOR).await);
            let seen = operator.send(&page, &format!("{page}/remove"), &[]).await;
            assert!(seen.says("This is the last operator."), "{}", seen.words());
        })
        .await;
}

#[tokio::test]
async fn a_new_password_by_a_link_ends_every_session_and_the_wait_of_who_guessed() {
    Plan::default()
        .on_both(async |world| {
            let (merchant, _) = with_people(world).await;
            let owner = Visitor::signed_in(&world.api, OWNER).await;
            let vera = Visitor::signed_in(&world.api, "vera@bean.example").await;
            let page = format!("/console/merchants/{merchant}/people/{}", id_of(world, "vera@bean.example").await);
            let link = link_in(&owner.send(&page, &format!("{page}/link"), &[]).await);
            for _ in 0..6 {
                vera.sign_in("vera@bean.example", "guess guess guess", "").await;
            }
            let new = "another few words";
            let seen = Visitor::new(&world.api).send_raw(&link, &[("password", new), ("csrf", "")]).await;
            assert_eq!(seen.location.as_deref(), Some("/console"), "{}", seen.words());
            assert_eq!(vera.open("/console/me").await.status, StatusCode::SEE_OTHER);
            assert_eq!(vera.sign_in("vera@bean.example", PASSWORD, "").await.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert_eq!(vera.sign_in("vera@bean.example", new, "").await.status, StatusCode::SEE_OTHER);
            assert_eq!(Visitor::new(&world.api).open(&link).await.status, StatusCode::NOT_FOUND);
        })
        .await;
}

#[tokio::test]
async fn nobody_reaches_another_merchants_people() {
    Plan::default()
        .on_both(async |world| {
            let (merchant, other) = with_people(world).await;
            let owner = Visitor::signed_in(&world.api, OWNER).await;
            let people = format!("/console/merchants/{merchant}/people");
            owner.send(&people, &people, &LIA).await;
            let link = owner.open(&people).await.html;
            let link = link.split("/people/links/").nth(1).unwrap().split('"').next().unwrap().to_owned();
            let (ana, sam) = (id_of(world, OWNER).await, id_of(world, "sam@bean.example").await);
            let eve = Visitor::signed_in(&world.api, STRANGER).await;
            let csrf = eve.open("/console/me").await.csrf();
            let role = [("role", "staff"), ("shop", ""), ("name", "M"), ("email", "m@m.example"), ("csrf", &*csrf)];
            // By the other's address, and by her own with their ids.
            for base in [people, format!("/console/merchants/{other}/people")] {
                for (path, reads) in [
                    (format!("{base}/{ana}"), true),
                    (format!("{base}/{sam}"), true),
                    (format!("{base}/{sam}/link"), false),
                    (format!("{base}/{sam}/codes"), false),
                    (format!("{base}/{sam}/remove"), false),
                    (format!("{base}/links/{link}"), false),
                ] {
                    if reads {
                        assert_eq!(eve.open(&path).await.status, StatusCode::NOT_FOUND, "{path}");
                    }
                    assert_eq!(eve.send_raw(&path, &role).await.status, StatusCode::NOT_FOUND, "{path}");
                }
            }
            let people = format!("/console/merchants/{merchant}/people");
            for path in [people.clone(), format!("/console/merchants/{merchant}/audit")] {
                assert_eq!(eve.open(&path).await.status, StatusCode::NOT_FOUND, "{path}");
            }
            assert_eq!(eve.send_raw(&people, &role).await.status, StatusCode::NOT_FOUND);
            for path in ["/console/operator", "/console/operator/operators", "/console/operator/audit"] {
                assert_eq!(eve.open(path).await.status, StatusCode::FORBIDDEN, "{path}");
            }
            for path in ["/console/operator", "/console/operator/operators"] {
                assert_eq!(eve.send_raw(path, &role).await.status, StatusCode::FORBIDDEN, "{path}");
            }
            // A shop of another merchant is none here.
            let shop = world.stage.app.gateway().directory.read().directory.all_shops().next().unwrap().id.to_string();
            let own = format!("/console/merchants/{other}/people");
            let fields = [("name", "M"), ("email", "m@m.example"), ("role", "staff"), ("shop", &*shop)];
            assert_eq!(eve.send(&own, &own, &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
            // An operator's page of people is of operators alone.
            let operator = Visitor::signed_in(&world.api, OPERATOR).await;
            let page = format!("/console/operator/operators/{sam}");
            assert_eq!(operator.open(&page).await.status, StatusCode::NOT_FOUND);
            let none = format!("/console/merchants/{}/people", Uuid::nil());
            assert_eq!(operator.open(&none).await.status, StatusCode::NOT_FOUND);
        })
        .await;
}

#[tokio::test]
async fn an_operator_takes_in_a_merchant_whose_owner_then_comes_in() {
    Plan::default()
        .on_both(async |world| {
            with_people(world).await;
            let operator = Visitor::signed_in(&world.api, OPERATOR).await;
            let home = operator.follow("/console").await;
            assert!(home.says("Bean There") || home.says("Other"), "{}", home.words());
            let wrong = [("merchant", "  "), ("name", "Noor"), ("email", "noor@tea.example")];
            let seen = operator.send("/console/operator", "/console/operator", &wrong).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(seen.says("merchant’s name") && seen.html.contains("value=\"Noor\""), "{}", seen.words());
            let fields = [("merchant", "100% Tea_House"), ("name", "Noor"), ("email", "noor@tea.example")];
            let seen = operator.send("/console/operator", "/console/operator", &fields).await;
            let link = link_in(&seen);
            for (search, is_there) in [("tea_house", true), ("100%", true), ("teaXhouse", false), ("%25%25", false)] {
                let seen = operator.open(&format!("/console/operator?search={search}")).await;
                assert_eq!(seen.says("100% Tea_House"), is_there, "{search}: {}", seen.words());
            }
            let noor = Visitor::new(&world.api);
            noor.send(&link, &link, &[("name", "Noor"), ("password", PASSWORD)]).await;
            assert!(noor.follow("/console").await.says("Open your shop"));
            assert_eq!(noor.open("/console/operator").await.status, StatusCode::FORBIDDEN);
        })
        .await;
}

#[tokio::test]
async fn whoever_sends_forms_faster_than_one_can_press_is_held_up() {
    Plan::default()
        .on_sqlite(async |world| {
            with_people(world).await;
            let owner = Visitor::signed_in(&world.api, OWNER).await;
            let csrf = owner.open("/console/me").await.csrf();
            let fields = [("language", "en"), ("csrf", &*csrf)];
            for _ in 0..120 {
                assert_eq!(owner.send_raw("/console/me", &fields).await.status, StatusCode::SEE_OTHER);
            }
            let seen = owner.send_raw("/console/me", &fields).await;
            assert_eq!(seen.status, StatusCode::TOO_MANY_REQUESTS);
            assert!(seen.says("Nothing of the last was done") && seen.headers.contains_key("retry-after"));
            assert_eq!(owner.open("/console/me").await.status, StatusCode::OK);
            world.stage.clock.advance(Duration::seconds(1));
            assert_eq!(owner.send_raw("/console/me", &fields).await.status, StatusCode::SEE_OTHER);
        })
        .await;
}
