//! The real program in a process of its own: started, listened to line by line, told to stop, or killed.

use std::{
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use regulars::{
    sandbox::{Carrier, CarrierSettings},
    stage::{ACCOUNT_SID, shops::NUMBER, temporary_folder},
};
use reqwest::Client;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWriteExt, BufReader},
    process::{Child, Command},
    sync::watch,
    task::JoinHandle,
};

pub const OPERATOR_KEY: &str = "an-operator-key-for-tests";
pub const AUTH_TOKEN: &str = "s3cret-token";
/// Base64 of 32 bytes.
pub const SECRETS_KEY: &str = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LTEyMzQ=";

/// The longest that anything waited for may take; far more than it does.
const PATIENCE: Duration = Duration::from_secs(60);

/// A folder that is gone when it is dropped.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        let folder = temporary_folder();
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

/// A variable of the environment.
pub type Variable = (&'static str, String);

/// The program, running; killed when dropped.
pub struct Program {
    child: Child,
    out: Stream,
    err: Stream,
}

/// How it ended, and all it said.
#[derive(Debug)]
pub struct Ended {
    /// `None`: by a signal.
    pub code: Option<i32>,
    pub out: Vec<String>,
    pub err: Vec<String>,
}

/// Lines as they come.
struct Stream {
    lines: watch::Receiver<Vec<String>>,
    reading: JoinHandle<()>,
}

impl Program {
    /// Starts it in a folder, with nothing in its environment but this.
    pub fn start(folder: &Path, words: &[&str], environment: &[Variable]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_regulars"))
            .args(words)
            .env_clear()
            .env("RUST_BACKTRACE", "1")
            .envs(environment.iter().map(|(name, value)| (name, value)))
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let out = Stream::of(child.stdout.take().unwrap());
        let err = Stream::of(child.stderr.take().unwrap());
        Self { child, out, err }
    }

    /// Starts it, gives it these lines to read, and waits until it ends.
    pub async fn run(folder: &Path, words: &[&str], environment: &[Variable], input: &str) -> Ended {
        let mut program = Self::start(folder, words, environment);
        let mut stdin = program.child.stdin.take().unwrap();
        // Who does not read ends early: then there is nobody to write to.
        stdin.write_all(input.as_bytes()).await.ok();
        drop(stdin);
        program.end().await
    }

    /// Starts `serve` and waits until it is ready; the address it listens on.
    pub async fn serve(folder: &Path, environment: &[Variable]) -> (Self, String) {
        let mut environment = environment.to_vec();
        environment.push(("REGULARS__LOG__FORMAT", "json".to_owned()));
        let program = Self::start(folder, &["serve"], &environment);
        let ready: Value = serde_json::from_str(&program.complains("the gateway is ready").await).unwrap();
        let address = format!("http://{}", ready["address"].as_str().unwrap());
        (program, address)
    }

    /// The first line on standard output with these words, once it is there.
    pub async fn says(&self, words: &str) -> String {
        self.out.line(words).await
    }

    /// The first line on standard error with these words, once it is there.
    pub async fn complains(&self, words: &str) -> String {
        self.err.line(words).await
    }

    /// As service managers ask a program to stop. The standard library knows no signal but KILL; the shell does.
    pub async fn terminate(&self) {
        let mut shell = Command::new("sh");
        shell.args(["-c", "kill -TERM \"$0\""]).arg(self.child.id().unwrap().to_string());
        assert!(shell.status().await.unwrap().success());
    }

    /// `kill -9`.
    pub async fn kill(mut self) {
        self.child.start_kill().unwrap();
        let ended = self.end().await;
        assert_eq!(ended.code, None, "it was to be killed, but ended by itself: {ended:?}");
    }

    /// Waits until it ends by itself.
    pub async fn end(mut self) -> Ended {
        let status = tokio::time::timeout(PATIENCE, self.child.wait()).await;
        let Ok(status) = status else { panic!("it does not end; it said {:?}", self.err.lines.borrow()) };
        Ended { code: status.unwrap().code(), out: self.out.all().await, err: self.err.all().await }
    }

    /// Asks it to stop and waits until it has.
    pub async fn stop(self) -> Ended {
        self.terminate().await;
        self.end().await
    }
}

impl Stream {
    fn of(stream: impl AsyncRead + Unpin + Send + 'static) -> Self {
        let (said, lines) = watch::channel(Vec::new());
        let reading = tokio::spawn(async move {
            let mut stream = BufReader::new(stream).lines();
            while let Ok(Some(line)) = stream.next_line().await {
                said.send_modify(|lines: &mut Vec<String>| lines.push(line));
            }
        });
        Self { lines, reading }
    }

    async fn line(&self, words: &str) -> String {
        let mut lines = self.lines.clone();
        let find = |lines: &Vec<String>| lines.iter().find(|line| line.contains(words)).cloned();
        let said = tokio::time::timeout(PATIENCE, lines.wait_for(|lines| find(lines).is_some())).await;
        match said {
            Ok(Ok(lines)) => find(&lines).unwrap(),
            _ => panic!("it never says {words:?}, but {:#?}", self.lines.borrow()),
        }
    }

    async fn all(self) -> Vec<String> {
        self.reading.await.unwrap();
        self.lines.borrow().clone()
    }
}

/// A free port of this machine.
pub fn any_port() -> Variable {
    ("REGULARS__SERVER__BIND", "127.0.0.1:0".to_owned())
}

/// A carrier for such a gateway.
pub async fn carrier() -> Carrier {
    let settings = CarrierSettings {
        account_sid: ACCOUNT_SID.to_owned(),
        auth_token: AUTH_TOKEN.to_owned(),
        ..CarrierSettings::default()
    };
    Carrier::start(settings).await.unwrap()
}

/// Settings of a gateway that sends by this carrier.
pub fn gateway(carrier: &Carrier, database_url: String) -> Vec<Variable> {
    vec![
        any_port(),
        ("REGULARS__SERVER__PUBLIC_URL", "http://127.0.0.1:0".to_owned()),
        ("REGULARS__DATABASE__URL", database_url),
        ("REGULARS__OPERATOR__API_KEY", OPERATOR_KEY.to_owned()),
        ("REGULARS__SECRETS__KEY", SECRETS_KEY.to_owned()),
        ("REGULARS__TWILIO__API_BASE_URL", carrier.base_url()),
        ("REGULARS__TWILIO__ACCOUNT_SID", ACCOUNT_SID.to_owned()),
        ("REGULARS__TWILIO__ACCOUNT_SID_PATTERN", "^AC.{32}$".to_owned()),
        ("REGULARS__TWILIO__AUTH_TOKEN", AUTH_TOKEN.to_owned()),
    ]
}

/// A merchant, its number, a shop and its keyword, by HTTP alone.
pub async fn open_shop(address: &str) {
    let post = async |path: &str, body: Value| {
        let request = Client::new().post(format!("{address}{path}")).bearer_auth(OPERATOR_KEY).json(&body);
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 201, "{path}");
        answer.json::<Value>().await.unwrap()
    };
    let merchant = post("/v1/merchants", json!({ "name": "Main Street" })).await;
    let sender = json!({ "address": NUMBER, "merchant_id": merchant["id"], "messages_per_second": 1000 });
    post("/v1/senders", sender).await;
    let shop = json!({ "merchant_id": merchant["id"], "name": "Bean There", "sender": NUMBER, "welcome_points": 10,
                       "contact": "hi@beanthere.example" });
    let shop = post("/v1/shops", shop).await;
    post(&format!("/v1/shops/{}/keywords", shop["id"].as_str().unwrap()), json!({ "phrase": "COFFEE PLS" })).await;
}
