//! Every example of the API's description, sent to a gateway: it is answered as the example says, and the answer is what the
//! description says. With `REGULARS_EXAMPLES=write` what was answered is written into `src/http/api/examples.json`; read it
//! before you keep it. In a step that is new, `"@Title#/pointer"` stands for what an earlier step was answered.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod harness;

use std::collections::{BTreeSet, HashMap};

use harness::{
    api::{Answer, Api},
    receiver::Receiver,
    world::until,
};
use regulars::{
    sandbox::InboundText,
    stage::{OPERATOR_KEY, Stage, settings, shops::NUMBER},
};
use reqwest::Method;
use serde_json::{Map, Value, json};

const EXAMPLES: &str = "src/http/api/examples.json";
/// Where the examples have the gateway; it is on this machine.
const GATEWAY: &str = "https://texts.example.com/";
/// Where the examples have a merchant's own system; it is one on this machine.
const RECEIVER: &str = "https://beanthere.example/regulars";
/// From so many characters on, what chance made stands nowhere by another chance.
const SURE: usize = 7;
/// Fields that chance fills.
const DRAWN: &[&str] = &[
    "code",
    "codes",
    "api_key",
    "key",
    "secret",
    "token",
    "hint",
    "next_cursor",
    "provider_message_id",
    "api_base_url",
];

/// An operation of the description.
struct Operation<'d> {
    method: Method,
    path: &'d str,
    described: &'d Value,
}

/// A gateway on which the examples are played.
struct Play {
    stage: Stage,
    api: Api,
    receiver: Receiver,
    description: Value,
    /// What stands in the examples → what chance made of it this time.
    drawn: HashMap<String, String>,
    /// By title, what was answered this time.
    answers: HashMap<String, Value>,
}

#[actix_web::test]
async fn every_example_is_true_and_every_operation_has_one() {
    let steps: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(EXAMPLES).unwrap()).unwrap();
    let steps = &steps;
    harness::on_both(|url| async move {
        let played = Play::open(&url).await.play(steps.clone()).await;
        if !std::env::var("REGULARS_EXAMPLES").is_ok_and(|wish| wish == "write") {
            for (played, step) in played.iter().zip(steps) {
                assert_eq!(played, step, "REGULARS_EXAMPLES=write writes the examples anew");
            }
        } else if url.starts_with("sqlite") {
            std::fs::write(EXAMPLES, format!("{}\n", serde_json::to_string_pretty(&played).unwrap())).unwrap();
        }
    })
    .await;
}

impl Play {
    async fn open(url: &str) -> Self {
        let stage = Stage::bare(settings(url).unwrap()).await.unwrap();
        let api = Api::at(stage.app.address());
        let receiver = Receiver::start().await;
        let description = api.get("/openapi.json", "").await.ok();
        let drawn = HashMap::from([(GATEWAY.to_owned(), api.url("/")), (RECEIVER.to_owned(), receiver.url())]);
        Self { stage, api, receiver, description, drawn, answers: HashMap::new() }
    }

    async fn play(mut self, mut steps: Vec<Value>) -> Vec<Value> {
        for step in &mut steps {
            match (step.get("text").cloned(), step.get("minutes_later").and_then(Value::as_i64)) {
                (Some(text), _) => self.text(&text).await,
                (_, Some(minutes)) => self.stage.clock.advance(chrono::Duration::minutes(minutes)),
                _ => self.request(step).await,
            }
        }
        self.check_that_all_have_examples(&steps);
        self.stage.stop().await;
        self.receiver.stop().await;
        steps
    }

    async fn text(&self, text: &Value) {
        let from = text["from"].as_str().unwrap();
        let text = InboundText::new(from, NUMBER, text["body"].as_str().unwrap());
        self.stage.settled().await.unwrap();
        self.stage.deliver(text, from).await.unwrap();
        self.stage.settled().await.unwrap();
        self.stage.carrier.wait_for_callbacks().await;
    }

    async fn request(&mut self, step: &mut Value) {
        for part in ["parameters", "body"] {
            if let Some(part) = step.get_mut(part) {
                self.resolve(part);
            }
        }
        let sent = self.as_drawn(step);
        let name = sent["operation"].as_str().unwrap();
        let title = sent["title"].as_str().unwrap().to_owned();
        let operation = operation(&self.description, name);
        let path = path(&operation, sent.get("parameters").and_then(Value::as_object));
        if name == "list_deliveries" {
            self.wait_for_deliveries(&path).await;
        }
        let answer = self.ask(&operation, &path, sent.get("body")).await;
        assert_eq!(Some(answer.status.as_u16().into()), sent["status"].as_u64(), "{title}: {}", answer.text);
        if answer.status.is_success() {
            self.check("body", &operation.described["requestBody"], sent.get("body"), &title);
        }
        let described = &operation.described["responses"][answer.status.as_str()];
        self.check("answer", described, (!answer.text.is_empty()).then_some(&answer.body), &title);
        if !answer.text.is_empty() && step.get("brief").is_none() {
            let mut shown = answer.body.clone();
            self.learn("", step.get("answer").unwrap_or(&Value::Null), &answer.body);
            self.as_shown(&mut shown);
            step["answer"] = shown;
        }
        self.answers.insert(title, answer.body);
    }

    /// Sends a request, in the form that is described; an answer that is no JSON is a text.
    async fn ask(&self, operation: &Operation<'_>, path: &str, body: Option<&Value>) -> Answer {
        let content = operation.described["requestBody"]["content"].as_object();
        let form = content.and_then(|content| content.keys().next()).filter(|form| *form != "application/json");
        let mut answer = match (form, body.and_then(Value::as_str)) {
            (Some(form), Some(body)) => {
                let request = self.api.client.request(operation.method.clone(), self.api.url(path));
                let request = request.bearer_auth(OPERATOR_KEY).header("Content-Type", form).body(body.to_owned());
                Answer::of(request.send().await.unwrap()).await
            }
            _ => self.api.call(operation.method.clone(), path, OPERATOR_KEY, body).await,
        };
        if !answer.text.is_empty() && !answer.header("content-type").contains("json") {
            answer.body = Value::String(answer.text.clone());
        }
        answer
    }

    /// What is told meanwhile is shown once it has come to an end.
    async fn wait_for_deliveries(&self, path: &str) {
        let is_settled = || async {
            let log = self.api.get(path, OPERATOR_KEY).await.ok();
            log["items"].as_array().unwrap().iter().all(|delivery| !delivery["settled_at"].is_null())
        };
        until("deliveries are settled", is_settled).await;
    }

    /// Whether a body is what its schema says.
    fn check(&self, what: &str, described: &Value, body: Option<&Value>, title: &str) {
        let content = described.get("content").and_then(Value::as_object).and_then(|content| content.values().next());
        let (Some(content), Some(body)) = (content, body) else {
            assert!(body.is_none() && content.is_none(), "{title}: a {what} that is not described, or none that is");
            return;
        };
        let mut schema = content["schema"].clone();
        schema["components"] = self.description["components"].clone();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let wrong: Vec<String> =
            validator.iter_errors(body).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(wrong.is_empty(), "{title}: the {what} is not as described: {wrong:#?}\n{body:#}");
    }

    fn check_that_all_have_examples(&self, steps: &[Value]) {
        let mut missing = BTreeSet::new();
        for item in self.description["paths"].as_object().unwrap().values() {
            for described in item.as_object().unwrap().values() {
                let name = &described["operationId"];
                let is_example = |step: &&Value| {
                    let has_body = step.get("body").is_some() || described.get("requestBody").is_none();
                    step["operation"] == *name && step["status"].as_u64().unwrap() < 300 && has_body
                };
                if !steps.iter().any(|step| is_example(&step)) {
                    missing.insert(name.as_str().unwrap());
                }
            }
        }
        assert!(missing.is_empty(), "operations without an example in {EXAMPLES}: {missing:?}");
    }

    /// `@Title#/pointer` → what the step of that title was answered.
    fn resolve(&self, value: &mut Value) {
        match value {
            Value::String(text) if text.starts_with('@') => {
                let (title, pointer) = text[1..].split_once('#').unwrap();
                let answer = self.answers.get(title).unwrap_or_else(|| panic!("no step is called {title}"));
                let mut found = answer.pointer(pointer).unwrap_or_else(|| panic!("{text} in {answer}")).clone();
                self.as_shown(&mut found);
                *value = found;
            }
            Value::Array(values) => values.iter_mut().for_each(|value| self.resolve(value)),
            Value::Object(fields) => fields.values_mut().for_each(|value| self.resolve(value)),
            _ => {}
        }
    }

    /// What is shown in an example, as chance has it this time.
    fn as_drawn(&self, step: &Value) -> Value {
        let mut drawn = step.clone();
        for part in ["parameters", "body"] {
            if let Some(part) = drawn.get_mut(part) {
                replace(part, self.drawn.iter());
            }
        }
        drawn
    }

    /// The way back.
    fn as_shown(&self, value: &mut Value) {
        replace(value, self.drawn.iter().map(|(shown, drawn)| (drawn, shown)));
    }

    /// Keeps what chance made of what an example shows.
    fn learn(&mut self, field: &str, shown: &Value, drawn: &Value) {
        match (shown, drawn) {
            (Value::String(shown), Value::String(drawn)) if shown != drawn => {
                let is_id = |text: &str| uuid::Uuid::parse_str(text.trim_start_matches("evt_")).is_ok();
                if DRAWN.contains(&field) || (is_id(shown) && is_id(drawn)) {
                    self.drawn.insert(shown.clone(), drawn.clone());
                }
            }
            (Value::Array(shown), Value::Array(drawn)) => {
                shown.iter().zip(drawn).for_each(|(shown, drawn)| self.learn(field, shown, drawn));
            }
            (Value::Object(shown), Value::Object(drawn)) => {
                for (field, shown) in shown {
                    self.learn(field, shown, drawn.get(field).unwrap_or(&Value::Null));
                }
            }
            _ => {}
        }
    }
}

fn replace<'a>(value: &mut Value, by: impl Iterator<Item = (&'a String, &'a String)> + Clone) {
    match value {
        Value::String(text) => {
            for (from, to) in by {
                // What is short may stand in something else by chance.
                if text == from || (from.len() >= SURE && text.contains(from.as_str())) {
                    *text = text.replace(from.as_str(), to);
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| replace(value, by.clone())),
        Value::Object(fields) => fields.values_mut().for_each(|value| replace(value, by.clone())),
        _ => {}
    }
}

fn operation<'d>(description: &'d Value, name: &str) -> Operation<'d> {
    for (path, item) in description["paths"].as_object().unwrap() {
        for (method, described) in item.as_object().unwrap() {
            if described["operationId"] == name {
                return Operation { method: method.to_uppercase().parse().unwrap(), path, described };
            }
        }
    }
    panic!("no operation is called {name}");
}

fn path(operation: &Operation<'_>, parameters: Option<&Map<String, Value>>) -> String {
    let mut path = operation.path.to_owned();
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in parameters.into_iter().flatten() {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let place = format!("{{{name}}}");
        if path.contains(&place) {
            let value: String = form_urlencoded::byte_serialize(value.as_bytes()).collect();
            path = path.replace(&place, &value.replace('+', "%20"));
        } else {
            query.append_pair(name, &value);
        }
    }
    let query = query.finish();
    if query.is_empty() { path } else { format!("{path}?{query}") }
}

#[test]
fn what_chance_fills_is_put_back() {
    let mut value = json!({ "detail": "it is AB-CDEF", "hint": "AB", "ids": ["AB-CDEF", "C"] });
    let drawn = HashMap::from([("AB".to_owned(), "XY".to_owned()), ("AB-CDEF".to_owned(), "UV-WXYZ".to_owned())]);
    replace(&mut value, drawn.iter());
    assert_eq!(value, json!({ "detail": "it is UV-WXYZ", "hint": "XY", "ids": ["UV-WXYZ", "C"] }));
}
