//! `regulars key`, on the database itself.

use serde_json::{Value, json};

use crate::{
    harness::program::{Ended, Folder, Program, SECRETS_KEY, Variable},
    premises::{Premises, bare},
};

use regulars::stage::sqlite_url;

async fn run(folder: &Folder, words: &[&str]) -> Ended {
    let environment: [Variable; 2] =
        [("REGULARS__DATABASE__URL", sqlite_url(folder.path())), ("REGULARS__SECRETS__KEY", SECRETS_KEY.to_owned())];
    Program::run(folder.path(), words, &environment, "").await
}

async fn json_of(folder: &Folder, words: &[&str]) -> Value {
    let ended = run(folder, &[&["key"], words, &["--json"]].concat()).await;
    assert_eq!(ended.code, Some(0), "{ended:?}");
    serde_json::from_str(&ended.out.join("\n")).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_made_listed_replaced_and_revoked_where_no_gateway_runs() {
    let folder = Folder::new();
    let settings = |settings: &mut regulars::config::Settings| {
        settings.secrets.key = secrecy::SecretString::from(SECRETS_KEY);
    };
    let plan = crate::harness::world::Plan { settings, ..bare() };
    let world = crate::harness::world::World::open(&sqlite_url(folder.path()), plan).await;
    let premises = Premises::open(&world).await;

    let refused = run(&folder, &["key", "list", "--merchant", "Two Cafes"]).await;
    assert_eq!(refused.code, Some(69), "{refused:?}");
    assert!(refused.err.join("\n").contains("another regulars is running"), "{refused:?}");
    world.close().await;

    let of = ["--merchant", "two cafes"];
    let made = ["create", "--role", "staff", "--name", "Till 7", "--shop", "South Cafe"];
    let made = json_of(&folder, &[&made[..], &of].concat()).await;
    let id = made["id"].as_str().unwrap();
    assert_eq!((&made["shop_id"], &made["role"]), (&json!(premises.south), &json!("staff")));
    assert!(made["api_key"].as_str().unwrap().starts_with("rgl_"));
    let listed = json_of(&folder, &["list", "--merchant", &premises.merchant_id]).await;
    assert_eq!(listed.as_array().unwrap().len(), 2);
    assert_eq!((&listed[1]["name"], &listed[1]["api_key"]), (&json!("Till 7"), &Value::Null));
    let rotated = json_of(&folder, &["rotate", id, "--grace-seconds", "60"]).await;
    assert_ne!(rotated["api_key"], made["api_key"]);
    assert!(rotated["previous_until"].is_string());
    let said = run(&folder, &["key", "list", "--merchant", "two cafes"]).await.out.join("\n");
    for word in ["Till 7", "South Cafe alone", "never used", rotated["hint"].as_str().unwrap()] {
        assert!(said.contains(word), "{word} is not in {said}");
    }
    assert_eq!(json_of(&folder, &["revoke", id]).await, json!({ "id": id, "revoked": true }));
    assert!(json_of(&folder, &[&["list"], &of[..]].concat()).await[1]["revoked_at"].is_string());

    for (words, code, sentence) in [
        (&["key", "create", "--role", "staff", "--name", "T"][..], 65, "which merchant?"),
        (&["key", "list", "--merchant", "Nobody"], 65, "there is no such merchant"),
        (&["key", "rotate", id], 65, "was revoked"),
        (&["key", "revoke", &premises.north], 65, "there is no such key"),
        (&["key", "create", "--role", "king", "--name", "T"], 2, "staff, manager, owner"),
        (&["key", "rotate", id, "--grace-seconds", "2592001"], 2, "2592001"),
    ] {
        let ended = run(&folder, words).await;
        assert_eq!(ended.code, Some(code), "{ended:?}");
        assert!(ended.err.join("\n").contains(sentence), "{sentence} is not in {ended:?}");
    }
}
