//! Programs and the counter on the command line, as staff and operators use them: on a database that a gateway has made, with
//! members who joined by text.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "a test that cannot go on has failed")]

mod harness;

use harness::program::{Ended, Folder, Program, SECRETS_KEY, Variable};
use regulars::stage::{OPERATOR_KEY, Stage, settings, shops, sqlite_url};
use secrecy::SecretString;
use serde_json::Value;

const ANA: &str = "+14155550199";

/// A database with two shops, where Ana is a member of both; no gateway runs on it any more.
async fn premises() -> (Folder, Vec<Variable>) {
    let folder = Folder::new();
    let url = sqlite_url(folder.path());
    let mut settings = settings(&url).unwrap();
    settings.secrets.key = SecretString::from(SECRETS_KEY);
    let stage = Stage::bare(settings).await.unwrap();
    shops::furnish(stage.app.gateway(), &shops::Shops::two().unwrap()).await.unwrap();
    for text in ["COFFEE PLS", "BREAD PLS", "YES"] {
        stage.text(ANA, text).await.unwrap();
    }
    stage.stop().await;
    let environment = vec![("REGULARS__DATABASE__URL", url), ("REGULARS__SECRETS__KEY", SECRETS_KEY.to_owned())];
    (folder, environment)
}

async fn run(folder: &Folder, environment: &[Variable], words: &str) -> Ended {
    // Quoted parts stay together.
    let mut parts = Vec::new();
    for (place, part) in words.split('"').enumerate() {
        if place % 2 == 1 {
            parts.push(part);
        } else {
            parts.extend(part.split_whitespace());
        }
    }
    Program::run(folder.path(), &parts, environment, "").await
}

#[track_caller]
fn said(ended: &Ended, code: i32) -> String {
    assert_eq!(ended.code, Some(code), "{ended:#?}");
    [ended.out.join("\n"), ended.err.join("\n")].join("\n")
}

#[tokio::test]
async fn a_program_is_checked_applied_and_shown() {
    let (folder, environment) = premises().await;
    std::fs::write(
        folder.join("wrong.toml"),
        "name = \"X\"\nearn = [{ rule = \"spent\", points = 1 }, { rule = \"visit\" }]",
    )
    .unwrap();
    let wrong = said(&run(&folder, &environment, "program check wrong.toml").await, 65);
    assert!(
        wrong.contains("earn[0].rule") && wrong.contains("did you mean spend?") && wrong.contains("earn[1]"),
        "{wrong}"
    );
    let presets = said(&run(&folder, &environment, "program presets").await, 0);
    assert!(presets.contains("stars-gold") && presets.lines().count() >= 13, "{presets}");
    let written = said(&run(&folder, &environment, "program presets dollar-points").await, 0);
    std::fs::write(folder.join("mine.toml"), written.trim_start()).unwrap();
    let right = said(&run(&folder, &environment, "program check mine.toml").await, 0);
    assert!(right.contains("nothing is wrong"), "{right}");
    let which = said(&run(&folder, &environment, "program apply mine.toml").await, 65);
    assert!(which.contains("which shop?") && which.contains("Bean There"), "{which}");
    let applied = said(&run(&folder, &environment, "program apply mine.toml --shop \"Bean There\"").await, 0);
    assert!(applied.contains("Version 1"), "{applied}");
    let past =
        said(&run(&folder, &environment, "program apply mine.toml --shop \"Bean There\" --from 2020-01-01").await, 65);
    assert!(past.contains("must not be in the past"), "{past}");
    let shown = said(&run(&folder, &environment, "program show --shop \"bean there\"").await, 0);
    assert!(shown.contains("version 1 from") && shown.contains("rule = \"spend\""), "{shown}");
    let schema = said(&run(&folder, &environment, "program schema").await, 0);
    let schema: Value = serde_json::from_str(&schema).unwrap();
    assert_eq!(schema["title"], "Regulars loyalty program");
}

#[tokio::test]
async fn what_is_sold_and_returned_is_recorded_once() {
    let (folder, environment) = premises().await;
    said(&run(&folder, &environment, "program apply dollar-points --shop \"Bean There\"").await, 0);
    let at = format!("--shop \"Bean There\" --phone {ANA}");
    let json = async |words: &str| -> Value {
        let ended = run(&folder, &environment, &format!("{words} {at} --json")).await;
        serde_json::from_str(said(&ended, 0).trim()).unwrap()
    };
    let before = json("adjust --points 0 --reason look").await["balance"].as_i64().unwrap();
    let bought = json("purchase --amount 12.80 --sale 17").await;
    assert_eq!((&bought["repeat"], bought["balance"].as_i64().unwrap()), (&false.into(), before + 12), "{bought}");
    let again = json("purchase --amount 12.80 --sale 17").await;
    assert_eq!((&again["repeat"], again["balance"].as_i64().unwrap()), (&true.into(), before + 12));
    let back = json("refund --sale 17 --refund a --amount 5").await;
    assert_eq!((&back["taken_back"], back["balance"].as_i64().unwrap()), (&5.into(), before + 7), "{back}");
    let given = json("adjust --points 50 --reason \"a long wait\" --once k1").await;
    let twice = json("adjust --points 50 --reason \"a long wait\" --once k1").await;
    assert_eq!((&given["balance"], &twice["repeat"]), (&twice["balance"], &true.into()));
    for (words, code, hint) in [
        ("purchase --amount 1,50", 65, "4.50"),
        ("purchase --amount 1 --tax 2", 65, "cannot be more"),
        ("refund --sale 99", 65, "no such sale"),
        ("redeem CDF-HJK", 65, "no voucher with this code"),
        ("adjust --points 5 --reason \" \"", 65, "must say why"),
    ] {
        let refused = said(&run(&folder, &environment, &format!("{words} {at}")).await, code);
        assert!(refused.contains(hint), "{words}: {refused}");
    }
    let stranger = run(&folder, &environment, "purchase --amount 1 --shop \"Bean There\" --phone +14155550000").await;
    assert!(said(&stranger, 65).contains("nobody with this phone"));
    let verified = said(&run(&folder, &environment, "ledger verify").await, 0);
    assert!(verified.contains("every balance is the sum of its entries"), "{verified}");
}

#[tokio::test]
async fn codes_are_made_and_a_ledger_that_was_tampered_with_is_found_out() {
    let (folder, environment) = premises().await;
    said(&run(&folder, &environment, "program apply stars-gold --shop \"Bean There\"").await, 0);
    let unknown =
        said(&run(&folder, &environment, "codes --shop \"Bean There\" --rule none --batch x --count 3").await, 65);
    assert!(unknown.contains("its code rules are:"), "{unknown}");
    let rule = unknown.rsplit("are: ").next().unwrap().trim().split(',').next().unwrap().to_owned();
    let words = format!("codes --shop \"Bean There\" --rule {rule} --batch spring --count 3");
    let made = run(&folder, &environment, &words).await;
    assert_eq!(made.out.iter().collect::<std::collections::BTreeSet<_>>().len(), 3, "{made:#?}");
    let db = sea_orm::Database::connect(sqlite_url(folder.path())).await.unwrap();
    sea_orm::ConnectionTrait::execute_unprepared(&db, "UPDATE purse SET available = available + 1").await.unwrap();
    db.close().await.unwrap();
    let found = said(&run(&folder, &environment, "ledger verify").await, 1);
    assert!(found.contains("the column available") && found.contains("2 differences"), "{found}");
}

#[tokio::test]
async fn the_counter_goes_through_a_running_gateway_and_says_the_same_as_on_the_database() {
    let folder = Folder::new();
    let url = sqlite_url(folder.path());
    let mut settings = settings(&url).unwrap();
    settings.secrets.key = SecretString::from(SECRETS_KEY);
    let stage = Stage::bare(settings).await.unwrap();
    let shops = shops::Shops::two().unwrap().with_program("dollar-points").unwrap();
    shops::furnish(stage.app.gateway(), &shops).await.unwrap();
    stage.text(ANA, "COFFEE PLS").await.unwrap();
    let here = vec![("REGULARS__DATABASE__URL", url), ("REGULARS__SECRETS__KEY", SECRETS_KEY.to_owned())];
    let mut there = here.clone();
    there.push(("REGULARS_URL", format!("http://{}", stage.app.address())));
    there.push(("REGULARS_KEY", OPERATOR_KEY.to_owned()));
    let at = format!("--shop \"Bean There\" --phone {ANA}");

    let in_use = said(&run(&folder, &here, &format!("purchase --amount 1 {at}")).await, 69);
    assert!(in_use.contains("another regulars is running") && in_use.contains("--url"), "{in_use}");
    let json = async |environment: &[Variable], words: &str| -> Value {
        let ended = run(&folder, environment, &format!("{words} {at} --json")).await;
        serde_json::from_str(said(&ended, 0).trim()).unwrap()
    };
    let moment = stage.clock.now().to_rfc3339();
    let bought = json(&there, &format!("purchase --amount 12.80 --sale 17 --at {moment}")).await;
    assert_eq!((&bought["repeat"], &bought["points"]), (&false.into(), &12.into()), "{bought}");
    let back = json(&there, "refund --sale 17 --refund a --amount 5").await;
    assert_eq!(back["taken_back"], 5, "{back}");
    let given = json(&there, "adjust --points 50 --reason \"a long wait\"").await;
    assert_eq!(given["balance"].as_i64().unwrap(), back["balance"].as_i64().unwrap() + 50);
    let told = said(&run(&folder, &there, &format!("purchase --amount 12.80 --sale 17 {at}")).await, 0);
    assert!(told.contains("recorded before"), "{told}");
    for (words, hint) in [
        ("refund --sale 99", "no such sale"),
        ("redeem CDF-HJK", "no voucher with this code"),
        ("redeem CDF-HJK --cancel", "no voucher with this code"),
    ] {
        let refused = said(&run(&folder, &there, &format!("{words} {at}")).await, 65);
        assert!(refused.contains(hint), "{words}: {refused}");
    }
    let stranger =
        run(&folder, &there, "adjust --points 1 --reason x --shop \"Bean There\" --phone +14155550000").await;
    assert!(said(&stranger, 65).contains("nobody with this phone"));
    stage.stop().await;

    let after = json(&here, "purchase --amount 12.80 --sale 17").await;
    let fields = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!((fields(&after), &after["repeat"]), (fields(&bought), &true.into()));
    let gone = said(&run(&folder, &there, &format!("purchase --amount 1 {at}")).await, 69);
    assert!(gone.contains("no gateway answers"), "{gone}");
}
