//! One's own page: name and password, where one is signed in, one-time codes.

use chrono::{DateTime, Duration, Utc};
use regulars::stage::people::{OWNER, PASSWORD, furnish};
use reqwest::StatusCode;
use totp_rs::{Builder, Secret};

use super::people::{link_in, with_people};
use crate::harness::{
    visitor::Visitor,
    world::{Plan, World},
};

/// What an app with this secret shows.
fn code(secret: &str, now: DateTime<Utc>) -> String {
    let secret = Secret::try_from_base32(secret.replace(' ', "")).unwrap();
    let totp = Builder::new().with_secret(secret).build().unwrap();
    totp.generate(u64::try_from(now.timestamp()).unwrap()).to_string()
}

/// Turns one-time codes on; answers the secret and the recovery codes.
async fn turn_on(world: &World, visitor: &Visitor) -> (String, Vec<String>) {
    let page = visitor.open("/console/me/codes").await;
    assert!(page.html.contains("src=\"data:image/svg+xml;base64,"), "{}", page.html);
    let secret = page.html.split("class=\"secret\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let (sealed, csrf) = (page.value("sealed"), page.csrf());
    let wrong = [("sealed", &*sealed), ("code", "000000"), ("csrf", &*csrf)];
    let seen = visitor.send_raw("/console/me/codes", &wrong).await;
    assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
    // The same secret once more: whoever has scanned it need not scan again.
    assert!(seen.says("That is not the code") && seen.html.contains(&secret), "{}", seen.words());
    let code = code(&secret, world.stage.clock.now());
    let seen = visitor.send_raw("/console/me/codes", &[("sealed", &sealed), ("code", &code), ("csrf", &csrf)]).await;
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.words());
    let codes = seen.html.split("readonly>").nth(1).unwrap().split('<').next().unwrap();
    let codes: Vec<String> = codes.lines().map(str::to_owned).collect();
    assert_eq!(codes.len(), 10);
    (secret, codes)
}

/// Signs in by the password, up to where a code is asked for.
async fn knock(world: &World) -> Visitor {
    let visitor = Visitor::new(&world.api);
    let seen = visitor.sign_in(OWNER, PASSWORD, "/console/me").await;
    assert_eq!(seen.location.as_deref(), Some("/console/sign-in/code?next=%2Fconsole%2Fme"));
    visitor
}

async fn send_code(visitor: &Visitor, code: &str) -> crate::harness::visitor::Seen {
    let door = "/console/sign-in/code";
    visitor.send(door, door, &[("code", code), ("next", "/console/me")]).await
}

#[tokio::test]
async fn a_code_is_asked_for_after_the_password_and_is_good_once() {
    Plan::default()
        .on_both(async |world| {
            furnish(world.stage.app.gateway()).await.unwrap();
            let owner = Visitor::signed_in(&world.api, OWNER).await;
            let (secret, _) = turn_on(world, &owner).await;
            let now = || world.stage.clock.now();

            let visitor = knock(world).await;
            // The password alone opens nothing.
            for path in ["/console/me", "/console", "/console/me/codes"] {
                let seen = visitor.open(path).await;
                assert!(seen.location.unwrap().starts_with("/console/sign-in"), "{path}");
            }
            // The code by which they were turned on was taken already.
            assert!(send_code(&visitor, &code(&secret, now())).await.says("not right, or was used already"));
            world.stage.clock.advance(Duration::seconds(30));
            let before = visitor.cookie("regulars").unwrap();
            let good = code(&secret, now());
            let seen = send_code(&visitor, &good).await;
            assert_eq!((seen.status, seen.location.as_deref()), (StatusCode::SEE_OTHER, Some("/console/me")));
            // Another token than before: who knew the one before has nothing. (Session fixation)
            assert_ne!(visitor.cookie("regulars").unwrap(), before);
            let other = Visitor::new(&world.api);
            other.keep("regulars", &before);
            assert!(other.open("/console/me").await.location.is_some());
            assert!(other.open("/console/sign-in/code").await.location.is_some());
            assert_eq!(visitor.open("/console/me").await.status, StatusCode::OK);
            // A replay within its half minute.
            assert!(send_code(&knock(world).await, &good).await.says("was used already"));
        })
        .await;
}

#[tokio::test]
async fn codes_are_not_guessed() {
    Plan::default()
        .on_both(async |world| {
            furnish(world.stage.app.gateway()).await.unwrap();
            let owner = Visitor::signed_in(&world.api, OWNER).await;
            let (secret, _) = turn_on(world, &owner).await;
            world.stage.clock.advance(Duration::seconds(60));
            let visitor = knock(world).await;
            // All at once: each is counted before it is looked at.
            let csrf = visitor.open("/console/sign-in/code").await.csrf();
            let fields = [("code", "000000"), ("csrf", &*csrf)];
            let tries = (0..12).map(|_| visitor.send_raw("/console/sign-in/code", &fields));
            let answers = futures_util::future::join_all(tries).await;
            let looked_at = answers.iter().filter(|seen| seen.status == StatusCode::UNPROCESSABLE_ENTITY).count();
            assert_eq!(looked_at, 5);
            let good = code(&secret, world.stage.clock.now());
            let seen = send_code(&visitor, &good).await;
            assert_eq!(seen.status, StatusCode::TOO_MANY_REQUESTS);
            // Signing in again does not make them free again.
            assert_eq!(send_code(&knock(world).await, &good).await.status, StatusCode::TOO_MANY_REQUESTS);
            world.stage.clock.advance(Duration::seconds(30));
            let good = code(&secret, world.stage.clock.now());
            assert_eq!(send_code(&visitor, &good).await.status, StatusCode::SEE_OTHER);
            // Ten minutes for a code, then the password once more.
            let late = knock(world).await;
            world.stage.clock.advance(Duration::minutes(10));
            assert_eq!(late.open("/console/sign-in/code").await.location.as_deref(), Some("/console/sign-in"));
        })
        .await;
}

#[tokio::test]
async fn a_recovery_code_lets_in_once_and_codes_are_turned_off_with_the_password() {
    Plan::default()
        .on_both(async |world| {
            let (merchant, _) = with_people(world).await;
            let owner = Visitor::signed_in(&world.api, OWNER).await;
            let (_, codes) = turn_on(world, &owner).await;
            let typed = codes[0].to_uppercase().replace('-', " ");
            assert_eq!(send_code(&knock(world).await, &typed).await.status, StatusCode::SEE_OTHER);
            assert_eq!(send_code(&knock(world).await, &codes[0]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(owner.open("/console/me").await.says("You have 9 recovery codes left."));
            let seen = owner.send("/console/me", "/console/me/codes/recovery", &[("proof", "not this")]).await;
            assert!(seen.says("That is not your password."), "{}", seen.words());
            let seen = owner.send("/console/me", "/console/me/codes/recovery", &[("proof", PASSWORD)]).await;
            assert_eq!(seen.status, StatusCode::OK);
            assert_eq!(send_code(&knock(world).await, &codes[1]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
            let seen = owner.send("/console/me", "/console/me/codes/off", &[("proof", PASSWORD)]).await;
            assert_eq!(seen.location.as_deref(), Some("/console/me?done=codes-off"));
            Visitor::signed_in(&world.api, OWNER).await;
            let book = owner.open(&format!("/console/merchants/{merchant}/audit")).await;
            assert!(book.says("Ana Flores recovery code used: person Ana Flores"), "{}", book.words());
            assert!(!codes.iter().any(|code| book.html.contains(code)));
        })
        .await;
}

#[tokio::test]
async fn an_owner_takes_codes_from_somebody_who_lost_them_but_a_password_link_does_not() {
    Plan::default()
        .on_sqlite(async |world| {
            let (merchant, _) = with_people(world).await;
            let owner = Visitor::signed_in(&world.api, OWNER).await;
            let vera = Visitor::signed_in(&world.api, "vera@bean.example").await;
            turn_on(world, &vera).await;
            let id =
                world.stage.app.gateway().store.person_by_email("vera@bean.example").await.unwrap().unwrap().person.id;
            let page = format!("/console/merchants/{merchant}/people/{id}");
            let link = link_in(&owner.send(&page, &format!("{page}/link"), &[]).await);
            let seen = Visitor::new(&world.api).send_raw(&link, &[("password", PASSWORD), ("csrf", "")]).await;
            assert_eq!(seen.location.as_deref(), Some("/console/sign-in/code"));
            let seen = owner.send(&page, &format!("{page}/codes"), &[]).await;
            assert_eq!(seen.location.unwrap(), format!("{page}?done=codes-dropped"));
            Visitor::signed_in(&world.api, "vera@bean.example").await;
        })
        .await;
}

#[tokio::test]
async fn a_secret_made_for_somebody_else_is_refused() {
    Plan::default()
        .on_sqlite(async |world| {
            furnish(world.stage.app.gateway()).await.unwrap();
            let (ana, sam) =
                (Visitor::signed_in(&world.api, OWNER).await, Visitor::signed_in(&world.api, "sam@bean.example").await);
            let page = ana.open("/console/me/codes").await;
            let secret = page.html.split("class=\"secret\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
            let code = code(&secret, world.stage.clock.now());
            let fields = [("sealed", &*page.value("sealed")), ("code", &*code)];
            let seen = sam.send("/console/me/codes", "/console/me/codes", &fields).await;
            assert_eq!(seen.status, StatusCode::BAD_REQUEST);
        })
        .await;
}

#[tokio::test]
async fn a_password_is_changed_by_whoever_knows_it_and_ends_every_other_session() {
    Plan::default()
        .on_both(async |world| {
            furnish(world.stage.app.gateway()).await.unwrap();
            let (here, there) =
                (Visitor::signed_in(&world.api, OWNER).await, Visitor::signed_in(&world.api, OWNER).await);
            let change = async |present, new| {
                here.send("/console/me", "/console/me/password", &[("present", present), ("password", new)]).await
            };
            let seen = change("not this one at all", "another few words").await;
            assert!(seen.says("That is not your present password."), "{}", seen.words());
            assert!(change(PASSWORD, "short").await.says("12 to 128 characters"));
            let seen = change(PASSWORD, "another few words").await;
            assert_eq!(seen.location.as_deref(), Some("/console/me?done=password"));
            assert_eq!(here.open("/console/me").await.status, StatusCode::OK);
            assert_eq!(there.open("/console/me").await.status, StatusCode::SEE_OTHER);
            assert_eq!(there.sign_in(OWNER, PASSWORD, "").await.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert_eq!(there.sign_in(OWNER, "another few words", "").await.status, StatusCode::SEE_OTHER);
        })
        .await;
}

#[tokio::test]
async fn one_sees_where_one_is_signed_in_and_ends_it() {
    Plan::default()
        .on_both(async |world| {
            furnish(world.stage.app.gateway()).await.unwrap();
            let (here, there, sam) = (
                Visitor::signed_in(&world.api, OWNER).await,
                Visitor::signed_in(&world.api, OWNER).await,
                Visitor::signed_in(&world.api, "sam@bean.example").await,
            );
            let mark = here.open("/console/me").await.value("mark");
            assert_eq!(mark.len(), 16);
            // Only one's own.
            let seen = sam.send("/console/me", "/console/me/sessions", &[("mark", &mark)]).await;
            assert_eq!(seen.status, StatusCode::NOT_FOUND);
            let seen = here.send("/console/me", "/console/me/sessions", &[("mark", &mark)]).await;
            assert_eq!(seen.location.as_deref(), Some("/console/me?done=sessions"));
            assert_eq!(there.open("/console/me").await.status, StatusCode::SEE_OTHER);
            let other = Visitor::signed_in(&world.api, OWNER).await;
            here.send("/console/me", "/console/me/sessions", &[("mark", "")]).await;
            assert_eq!(other.open("/console/me").await.status, StatusCode::SEE_OTHER);
            assert_eq!(here.open("/console/me").await.status, StatusCode::OK);
            let seen = here.send("/console/me", "/console/me/name", &[("name", "Ana <b>F</b>")]).await;
            assert_eq!(seen.location.as_deref(), Some("/console/me?done=name"));
            let seen = here.open("/console/me").await;
            assert!(seen.html.contains("Ana &#60;b&#62;F") && !seen.html.contains("<b>F"), "{}", seen.html);
            let seen = here.send("/console/me", "/console/me/name", &[("name", "\u{7}")]).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
        })
        .await;
}

#[tokio::test]
async fn whoever_still_owes_a_code_may_sign_in_anew() {
    Plan::default()
        .on_sqlite(async |world| {
            furnish(world.stage.app.gateway()).await.unwrap();
            let owner = Visitor::signed_in(&world.api, OWNER).await;
            turn_on(world, &owner).await;
            let visitor = knock(world).await;
            let fields = [("email", "sam@bean.example"), ("password", PASSWORD), ("next", "")];
            let seen = visitor.send("/console/sign-in", "/console/sign-in", &fields).await;
            assert_eq!(seen.location.as_deref(), Some("/console"), "{}", seen.words());
        })
        .await;
}
