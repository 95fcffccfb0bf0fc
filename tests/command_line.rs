//! The real program on the command line: what it says, how it ends, and with which exit code.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod harness;

use std::{net::TcpListener, os::unix::fs::PermissionsExt, time::Duration};

use harness::program::{
    AUTH_TOKEN, Ended, Folder, OPERATOR_KEY, Program, SECRETS_KEY, Variable, any_port, carrier, gateway, open_shop,
};
use regulars::{
    sandbox::{Fault, FaultKind},
    stage::{
        Stage,
        shops::NUMBER,
        sqlite_url,
        transcript::{Step, Transcript},
    },
};
use reqwest::Client;
use sea_orm::{ConnectionTrait, Database};
use serde_json::{Value, json};
use tokio::net::TcpSocket;

fn sqlite(folder: &Folder) -> Variable {
    ("REGULARS__DATABASE__URL", sqlite_url(folder.path()))
}

/// Ended with one sentence on standard error that has these words, and nothing that only a programmer reads.
#[track_caller]
fn assert_refused(ended: &Ended, code: i32, words: &[&str]) {
    assert_eq!(ended.code, Some(code), "{ended:#?}");
    let said = ended.err.join("\n");
    for word in words {
        assert!(said.contains(word), "{word:?} is not in {said}");
    }
    let last_words = ended.err.iter().filter(|line| line.starts_with("regulars: ")).count();
    assert_eq!(last_words, 1, "{said}");
    for strange in ["panicked", "backtrace", "RUST_", "src/", AUTH_TOKEN, SECRETS_KEY, OPERATOR_KEY, "\u{1b}["] {
        assert!(!said.contains(strange), "{strange:?} is in {said}");
    }
}

/// Ended in order, and said so last.
#[track_caller]
fn assert_stopped(ended: &Ended) {
    let last: Value = serde_json::from_str(ended.err.last().unwrap()).unwrap();
    let said = (ended.code, last["message"].as_str());
    assert_eq!(said, (Some(0), Some("the gateway has stopped")), "{ended:#?}");
}

#[tokio::test]
async fn help_names_every_command_and_the_exit_codes() {
    let folder = Folder::new();
    let ended = Program::run(folder.path(), &["--help"], &[], "").await;
    assert_eq!(ended.code, Some(0));
    let help = ended.out.join("\n");
    for command in ["demo", "chat", "serve", "migrate", "check-config", "health", "classify", "carrier", "loadtest"] {
        assert!(help.contains(&format!("\n  {command} ")), "{command} is not in {help}");
    }
    assert!(help.contains("Exit codes: 0 done") && help.contains("69 ") && help.contains("78 "), "{help}");
}

#[tokio::test]
async fn classify_prints_what_a_corpus_is_taken_for() {
    let folder = Folder::new();
    let corpus = folder.path().join("corpus.jsonl");
    let lines = [("STOP", "OPT_OUT"), ("please stop texting me", "OPT_OUT"), ("two coffees please", "OTHER")];
    let lines = lines.map(|(text, label)| json!({"text": text, "lang": "en", "label": label}).to_string() + "\n");
    std::fs::write(&corpus, lines.concat()).unwrap();
    let words = ["classify", "--corpus", corpus.to_str().unwrap()];
    let ended = Program::run(folder.path(), &words, &[], "").await;
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let said = ended.out.join("\n");
    for expected in [
        "all: 3 texts",
        "en: 3 texts",
        "recall 100.00 %",
        "false alarms 0.00 %",
        "Missed opt-outs: 0",
        "in doubt is heard",
    ] {
        assert!(said.contains(expected), "{expected:?} is not in {said}");
    }
    let ended = Program::run(folder.path(), &[words.as_slice(), &["--json"]].concat(), &[], "").await;
    let figures: Value = serde_json::from_str(&ended.out.join("\n")).unwrap();
    assert_eq!((&figures["all"]["opt_outs_obeyed"], &figures["all"]["recall"]), (&json!(2), &json!(1.0)));
    assert_eq!(figures["by_language"]["en"]["others_passed"], json!(1));
    std::fs::write(&corpus, lines.concat() + "stop\n").unwrap();
    assert_refused(&Program::run(folder.path(), &words, &[], "").await, 65, &["corpus.jsonl", "line 4", "OPT_OUT"]);
    std::fs::remove_file(&corpus).unwrap();
    assert_refused(&Program::run(folder.path(), &words, &[], "").await, 66, &["corpus.jsonl", "cannot be read"]);
}

#[tokio::test]
async fn the_version_is_that_of_the_package() {
    let folder = Folder::new();
    let ended = Program::run(folder.path(), &["--version"], &[], "").await;
    assert_eq!((ended.code, ended.out), (Some(0), vec![format!("regulars {}", env!("CARGO_PKG_VERSION"))]));
}

#[tokio::test]
async fn wrong_usage_has_a_code_of_its_own() {
    let folder = Folder::new();
    for words in [&["nonsense"][..], &["serve", "--port", "80"], &["carrier"], &[]] {
        let ended = Program::run(folder.path(), words, &[], "").await;
        assert_eq!(ended.code, Some(2), "{words:?}: {ended:?}");
        assert!(ended.err.iter().any(|line| line.contains("Usage: regulars")), "{words:?}: {ended:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn migrate_makes_the_schema_once_and_refuses_one_that_is_newer() {
    harness::on_both(|url| async move {
        let folder = Folder::new();
        let environment = [("REGULARS__DATABASE__URL", url.clone())];
        for time in ["fresh", "again"] {
            let ended = Program::run(folder.path(), &["migrate"], &environment, "").await;
            let said = ["The schema is up to date.".to_owned()];
            assert_eq!((ended.code, &*ended.out), (Some(0), &said[..]), "{time}: {:?}", ended.err);
        }
        let database = Database::connect(&url).await.unwrap();
        let newer = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_of_tomorrow', 0)";
        database.execute_unprepared(newer).await.unwrap();
        database.close().await.unwrap();
        for command in ["migrate", "serve"] {
            let environment = [environment[0].clone(), any_port()];
            let ended = Program::run(folder.path(), &[command], &environment, "").await;
            assert_refused(&ended, 69, &["newer than this program", "m9999_of_tomorrow", "install the newer version"]);
        }
    })
    .await;
}

#[tokio::test]
async fn settings_in_order_are_shown_without_secrets() {
    let folder = Folder::new();
    std::fs::write(folder.join("regulars.toml"), "[server]\nbind = \"0.0.0.0:8088\"\nshutdown_seconds = 7\n").unwrap();
    let environment = [
        ("REGULARS_CONFIG", "regulars.toml".to_owned()),
        ("REGULARS__SERVER__PUBLIC_URL", "https://texts.example.com/gateway/".to_owned()),
        ("REGULARS__DATABASE__URL", "postgres://regulars:s3cret-token@db/regulars".to_owned()),
        ("REGULARS__OPERATOR__API_KEY", OPERATOR_KEY.to_owned()),
        ("REGULARS__TWILIO__ACCOUNT_SID", format!("AC{}", "0".repeat(32))),
        ("REGULARS__TWILIO__AUTH_TOKEN", AUTH_TOKEN.to_owned()),
        ("REGULARS__SECRETS__KEY", SECRETS_KEY.to_owned()),
    ];
    let ended = Program::run(folder.path(), &["check-config"], &environment, "").await;
    let said = ended.out.join("\n");
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(said.contains("0.0.0.0:8088") && said.contains("https://texts.example.com/gateway/webhooks/"), "{said}");
    for secret in [OPERATOR_KEY, AUTH_TOKEN, SECRETS_KEY] {
        assert!(!said.contains(secret), "{said}");
    }
    assert!(!folder.join("data").exists(), "looking changes nothing");
}

#[tokio::test]
async fn every_mistake_in_the_settings_is_named_at_once_by_every_command_that_needs_them() {
    let folder = Folder::new();
    std::fs::write(folder.join("wrong.toml"), "[receiver]\nbatch_max = 0\nbach_max = 5\n").unwrap();
    let environment = [
        ("REGULARS__SERVER__BIND", "everywhere".to_owned()),
        ("REGULARS__SERVER__PUBLIC_URL", "texts.example.com".to_owned()),
        ("REGULARS__SERVER__WORKERS", "several".to_owned()),
        ("REGULARS__TWILIO__ACCOUNT_SID", format!("AC{}", "0".repeat(32))),
        ("REGULARS__TWILIO__AUTH_TOKEN", AUTH_TOKEN.to_owned()),
        ("REGULARS__TWILIO__ACCOUNT_SID_PATTERN", "(".to_owned()),
    ];
    for command in ["check-config", "serve", "migrate", "health"] {
        let ended = Program::run(folder.path(), &[command, "--config", "wrong.toml"], &environment, "").await;
        let named = [
            "\n  receiver.bach_max: ",
            "\n  receiver.batch_max: ",
            "\n  secrets.key: ",
            "\n  server.bind: ",
            "\n  server.public_url: ",
            "\n  server.workers: ",
            "\n  twilio.account_sid_pattern: ",
        ];
        assert_refused(&ended, 78, &named);
        assert_eq!(ended.err.len(), 1 + named.len(), "a line each: {:#?}", ended.err);
        assert!(ended.out.is_empty() && !folder.join("data").exists(), "{ended:?}");
    }
}

#[tokio::test]
async fn a_settings_file_that_is_not_there_is_named() {
    let folder = Folder::new();
    let ended = Program::run(folder.path(), &["serve", "--config", "nowhere.toml"], &[], "").await;
    assert_refused(&ended, 78, &["nowhere.toml", "cannot be read"]);
}

#[tokio::test]
async fn an_account_without_the_key_that_seals_its_token_is_refused() {
    let folder = Folder::new();
    let environment = [
        ("REGULARS__TWILIO__ACCOUNT_SID", format!("AC{}", "0".repeat(32))),
        ("REGULARS__TWILIO__AUTH_TOKEN", AUTH_TOKEN.to_owned()),
    ];
    let ended = Program::run(folder.path(), &["serve"], &environment, "").await;
    assert_refused(&ended, 78, &["secrets.key: is missing", "openssl rand -base64 32"]);
}

#[tokio::test]
async fn a_port_in_use_is_named_and_nothing_is_made() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let folder = Folder::new();
    let environment = [("REGULARS__SERVER__BIND", address.clone())];
    let ended = Program::run(folder.path(), &["serve"], &environment, "").await;
    assert_refused(&ended, 69, &[&format!("cannot listen on {address}"), "REGULARS__SERVER__BIND"]);
    assert!(!folder.join("data").exists());
    let words = ["demo", "--bind", &address, "--carrier-bind", "127.0.0.1:0"];
    let ended = Program::run(folder.path(), &words, &[], "").await;
    assert_refused(&ended, 69, &[&format!("cannot listen on {address}"), "--bind"]);
    let words = ["demo", "--bind", "127.0.0.1:0", "--carrier-bind", &address];
    let ended = Program::run(folder.path(), &words, &[], "").await;
    assert_refused(&ended, 69, &[&format!("cannot listen on {address}"), "--carrier-bind"]);
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_named() {
    let folder = Folder::new();
    // Under a file there is no folder, not even for root.
    std::fs::write(folder.join("file"), "").unwrap();
    let path = folder.join("file").join("below");
    for (words, key) in [(&["serve"][..], "database.url"), (&["migrate"], "database.url")] {
        let environment = [any_port(), ("REGULARS__DATABASE__URL", sqlite_url(&path))];
        let ended = Program::run(folder.path(), words, &environment, "").await;
        assert_refused(&ended, 69, &["cannot write the folder", path.to_str().unwrap(), key]);
    }
    let words = ["demo", "--bind", "127.0.0.1:0", "--carrier-bind", "127.0.0.1:0", "--data", "file/below"];
    let ended = Program::run(folder.path(), &words, &[], "").await;
    assert_refused(&ended, 1, &["cannot write to the folder file/below", "--data"]);
    let ended = Program::run(folder.path(), &["chat", "--save", "file/below.txt"], &[], "").await;
    assert_refused(&ended, 1, &["cannot write file/below.txt", "--save"]);
    assert!(ended.out.is_empty(), "said before the conversation, not after: {ended:?}");
}

#[tokio::test]
async fn a_file_that_is_no_database_is_not_touched() {
    let folder = Folder::new();
    let content = "Dear diary, ".repeat(1000);
    std::fs::write(folder.join("regulars.db"), &content).unwrap();
    let ended = Program::run(folder.path(), &["serve"], &[sqlite(&folder), any_port()], "").await;
    assert_refused(&ended, 69, &["file is not a database"]);
    assert_eq!(std::fs::read_to_string(folder.join("regulars.db")).unwrap(), content);
}

#[tokio::test]
async fn a_database_that_does_not_answer_is_named_without_its_password() {
    let folder = Folder::new();
    // Takes connections and says nothing.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let closed = nobody_listens();
    for (address, reason) in
        [(silent.local_addr().unwrap(), "no answer within"), (closed.local_addr().unwrap(), "refused")]
    {
        let url = format!("postgres://regulars:{AUTH_TOKEN}@{address}/regulars");
        let environment = [any_port(), ("REGULARS__DATABASE__URL", url)];
        let ended = Program::run(folder.path(), &["serve"], &environment, "").await;
        assert_refused(&ended, 69, &[&format!("PostgreSQL at {address}"), reason, "database.url"]);
    }
}

#[tokio::test]
async fn a_database_that_is_not_there_is_named() {
    harness::on_postgres(|url| async move {
        let folder = Folder::new();
        let environment = [any_port(), ("REGULARS__DATABASE__URL", format!("{url}_of_nobody"))];
        let ended = Program::run(folder.path(), &["serve"], &environment, "").await;
        assert_refused(&ended, 69, &["_of_nobody\" does not exist", "database.url"]);
    })
    .await;
}

#[tokio::test]
async fn a_second_process_on_one_file_is_refused_and_the_first_goes_on() {
    let folder = Folder::new();
    let environment = [sqlite(&folder), any_port()];
    let (first, address) = Program::serve(folder.path(), &environment).await;
    for command in ["serve", "migrate"] {
        let ended = Program::run(folder.path(), &[command], &environment, "").await;
        assert_refused(&ended, 69, &["another regulars is running on", "regulars.db"]);
    }
    let ended = Program::run(folder.path(), &["health", &address], &[], "").await;
    assert_eq!((ended.code, &*ended.out), (Some(0), &["ready".to_owned()][..]), "{ended:?}");
    assert_stopped(&first.stop().await);
    let (again, _) = Program::serve(folder.path(), &environment).await;
    // The file is free once the first has stopped.
    assert_stopped(&again.stop().await);
}

#[tokio::test]
async fn health_says_why_a_gateway_is_not_ready() {
    let folder = Folder::new();
    let closed = nobody_listens();
    let nobody = closed.local_addr().unwrap();
    let environment = [("REGULARS__SERVER__BIND", nobody.to_string())];
    let ended = Program::run(folder.path(), &["health"], &environment, "").await;
    assert_refused(&ended, 69, &[&format!("http://{nobody}"), "refused"]);
    let (program, address) = Program::serve(folder.path(), &[sqlite(&folder), any_port()]).await;
    // By the settings, which may say "everywhere".
    let port = address.rsplit(':').next().unwrap();
    let environment = [("REGULARS__SERVER__BIND", format!("0.0.0.0:{port}"))];
    let ended = Program::run(folder.path(), &["health"], &environment, "").await;
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let ended = Program::run(folder.path(), &["health", &format!("{address}/elsewhere")], &[], "").await;
    assert_refused(&ended, 1, &["not ready: status 404"]);
    assert_stopped(&program.stop().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn asked_to_stop_it_ends_within_its_time_even_while_a_send_hangs() {
    let folder = Folder::new();
    let carrier = carrier().await;
    let mut environment = gateway(&carrier, sqlite_url(folder.path()));
    environment.push(("REGULARS__SERVER__SHUTDOWN_SECONDS", "1".to_owned()));
    let (program, address) = Program::serve(folder.path(), &environment).await;
    open_shop(&address).await;
    carrier.set_inbound_url(format!("{address}/webhooks/twilio/messages"));
    // Longer than the test waits for the end.
    let held = FaultKind::Timeout { taken: true, hold_milliseconds: 60_000 };
    carrier.add_fault(Fault::once(held)).unwrap();
    assert_eq!(carrier.text("+14155551001", NUMBER, "COFFEE PLS").await.unwrap().status, 200);
    carrier.wait_for_messages_to("+14155551001", 1).await;
    program.terminate().await;
    let ended = tokio::time::timeout(Duration::from_secs(30), program.end()).await.expect("an end in its time");
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    assert!(ended.err.iter().any(|line| line.contains("the gateway has stopped")), "{ended:#?}");
    carrier.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_in_a_chat_plays_again_as_a_transcript() {
    let folder = Folder::new();
    let said = "COFFEE PLS\n/later 90 seconds\nBAL\n/as Ana\nwhat's this? I <3 coffee > tea #1\n\nBREAD PLS\nyes\n/as Bo B\nSTOP\n\
                /later never\n/as Ana\n/later 3 days\nHELP\n/quit\nnever texted\n";
    let ended = Program::run(folder.path(), &["chat", "--save", "as-said.txt"], &[], said).await;
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    let heard = ended.out.join("\n");
    assert!(heard.contains("Bean There") && heard.contains("/later 2 hours") && heard.contains("Kept in as-said.txt"));
    let written = std::fs::read_to_string(folder.join("as-said.txt")).unwrap();
    let transcript = Transcript::parse(&written).unwrap();
    let texts = transcript.steps.iter().filter(|step| matches!(step, Step::Text { .. })).count();
    assert_eq!((texts, transcript.steps.len()), (8, 10), "{written}");
    harness::on_sqlite(|url| {
        let transcript = transcript.clone();
        async move {
            let stage = Stage::on(&url).await.unwrap();
            transcript.play(&stage, 0).await.unwrap_or_else(|error| panic!("{error}"));
            stage.stop().await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_prints_links_that_work_and_goes_on_where_it_stopped() {
    let folder = Folder::new();
    let words = ["demo", "--empty", "--bind", "127.0.0.1:0", "--carrier-bind", "127.0.0.1:0"];
    let demo = Program::start(folder.path(), &words, &[]);
    let links = Links::printed_by(&demo).await;
    links.all_answer().await;
    let reply = links.text("+14155552001", "COFFEE PLS").await;
    assert!(reply.contains("Bean There"), "{reply}");
    assert!(folder.join("data/regulars.db").exists());
    for name in ["secrets.key", "operator.key"] {
        let mode = folder.join("data").join(name).metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{name} is its owner's alone");
    }
    let ended = demo.stop().await;
    assert_eq!((ended.code, &*ended.err), (Some(0), &[][..]), "{ended:#?}");
    let demo = Program::start(folder.path(), &words, &[]);
    let again = Links::printed_by(&demo).await;
    assert_eq!(again.operator_key, links.operator_key);
    let shops = again.get("/v1/shops").await;
    assert_eq!(shops["items"].as_array().unwrap().len(), 2, "{shops}");
    let reply = again.text("+14155552001", "BAL").await;
    assert!(reply.contains("10 points"), "{reply}");
    assert_eq!(demo.stop().await.code, Some(0));
}

/// Keeps a port on which nobody listens.
fn nobody_listens() -> TcpSocket {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    socket
}

/// What the demo prints.
struct Links {
    phone: String,
    docs: String,
    health: String,
    operator_key: String,
    client: Client,
}

impl Links {
    async fn printed_by(demo: &Program) -> Self {
        demo.says("Ctrl-C stops it").await;
        let last_word = async |line: &str| demo.says(line).await.split_whitespace().last().unwrap().to_owned();
        Self {
            phone: last_word("Phone ").await,
            docs: last_word("API description ").await,
            health: last_word("Health ").await,
            operator_key: last_word("Operator's key ").await,
            client: Client::new(),
        }
    }

    async fn all_answer(&self) {
        for (link, shows) in [(&self.phone, "<html"), (&self.docs, "swagger-ui"), (&self.health, "ready")] {
            let answer = self.client.get(link).send().await.unwrap();
            assert_eq!(answer.status(), 200, "{link}");
            let page = answer.text().await.unwrap();
            assert!(page.contains(shows), "{link}: {page}");
        }
    }

    async fn get(&self, path: &str) -> Value {
        let gateway = self.health.trim_end_matches("/health/ready");
        let request = self.client.get(format!("{gateway}{path}")).bearer_auth(&self.operator_key);
        request.send().await.unwrap().json().await.unwrap()
    }

    /// Texts as the phone page does, and reads what comes.
    async fn text(&self, phone: &str, body: &str) -> String {
        let carrier = self.phone.trim_end_matches("/phone");
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("phone", phone).finish();
        let mut events = self.client.get(format!("{carrier}/sandbox/events?{query}")).send().await.unwrap();
        let text = json!({ "from": phone, "to": NUMBER, "body": body });
        let answer = self.client.post(format!("{carrier}/sandbox/texts")).json(&text).send().await.unwrap();
        assert_eq!(answer.json::<Value>().await.unwrap()["status"], 200);
        let mut seen = String::new();
        let is_reply = |line: &&str| line.starts_with("data: ") && line.contains("\"inbound\":false");
        loop {
            let more = tokio::time::timeout(Duration::from_secs(60), events.chunk()).await.expect("a reply");
            seen.push_str(&String::from_utf8_lossy(&more.unwrap().expect("the stream goes on")));
            if let Some(event) = seen.rsplit_once("\n\n").and_then(|(whole, _)| whole.lines().find(is_reply)) {
                return event.to_owned();
            }
        }
    }
}
