//! The built-in carrier over real HTTP: what it answers must satisfy Twilio's own description.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::net::SocketAddr;

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use regulars::domain::message::DeliveryStatus;
use regulars::providers::twilio::signature;
use regulars::sandbox::{CallbackMode, Carrier, CarrierSettings, Fault, FaultKind, InboundText, Status, StopBlocks};
use serde_json::{Value, json};
use tokio::sync::watch;

const SHOP: &str = "+15550100100";
const PHONE: &str = "+14155550123";

/// A webhook that remembers what it was called with.
struct Gateway {
    address: SocketAddr,
    calls: watch::Sender<Vec<Call>>,
    server: actix_web::dev::ServerHandle,
}

#[derive(Clone, Debug)]
struct Call {
    path: String,
    signature: String,
    params: Vec<(String, String)>,
}

impl Call {
    fn get(&self, name: &str) -> &str {
        self.params.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

impl Gateway {
    fn start(status: u16) -> Self {
        let calls = watch::Sender::new(Vec::new());
        let shared = web::Data::new((calls.clone(), status));
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = HttpServer::new(move || App::new().app_data(shared.clone()).default_service(web::to(record)))
            .workers(1)
            .disable_signals()
            .listen(listener)
            .unwrap()
            .run();
        let handle = server.handle();
        tokio::spawn(server);
        Self { address, calls, server: handle }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    fn calls(&self) -> Vec<Call> {
        self.calls.borrow().clone()
    }
}

async fn record(
    shared: web::Data<(watch::Sender<Vec<Call>>, u16)>,
    request: HttpRequest,
    body: web::Bytes,
) -> HttpResponse {
    let signature = request.headers().get("X-Twilio-Signature").map(|value| value.to_str().unwrap().to_owned());
    shared.0.send_modify(|calls| {
        calls.push(Call {
            path: request.uri().to_string(),
            signature: signature.unwrap_or_default(),
            params: form_urlencoded::parse(&body).into_owned().collect(),
        });
    });
    HttpResponse::build(actix_web::http::StatusCode::from_u16(shared.1).unwrap())
        .content_type("text/xml")
        .body("<Response/>")
}

/// A carrier and a client that knows its account.
struct World {
    carrier: Carrier,
    client: reqwest::Client,
}

impl World {
    async fn start(change: impl FnOnce(&mut CarrierSettings)) -> Self {
        let mut settings = CarrierSettings::default();
        change(&mut settings);
        let carrier = Carrier::start(settings).await.unwrap();
        Self { carrier, client: reqwest::Client::builder().no_proxy().build().unwrap() }
    }

    fn url(&self, rest: &str) -> String {
        format!("{}/2010-04-01/Accounts/AC00000000000000000000000000000000/{rest}", self.carrier.base_url())
    }

    async fn send(&self, form: &[(&str, &str)]) -> Result<(u16, Value), reqwest::Error> {
        let request = self.client.post(self.url("Messages.json")).form(form);
        let answer = request.basic_auth("AC00000000000000000000000000000000", Some("sandbox")).send().await?;
        Ok((answer.status().as_u16(), answer.json().await?))
    }

    async fn text(&self, to: &str, body: &str) -> (u16, Value) {
        self.send(&[("To", to), ("From", SHOP), ("Body", body)]).await.unwrap()
    }

    async fn get(&self, url: String) -> (u16, Value) {
        let request = self.client.get(url).basic_auth("AC00000000000000000000000000000000", Some("sandbox"));
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    async fn control(&self, path: &str, body: Value) -> (u16, Value) {
        let url = format!("http://{}{path}", self.carrier.address());
        let answer = self.client.post(url).json(&body).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }
}

/// Checks a value against a part of Twilio's description.
fn assert_described(pointer: &str, value: &Value) {
    let text = include_str!("vectors/twilio_messages_openapi.json");
    let mut description: Value = serde_json::from_str(text).unwrap();
    allow_null(&mut description);
    description["$ref"] = json!(format!("#{pointer}"));
    let validator = jsonschema::validator_for(&description).unwrap();
    let errors: Vec<_> =
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:?} in {value}");
}

/// OpenAPI 3.0 writes `nullable` where JSON Schema has a list of types; and nothing may be there that is not described.
fn allow_null(value: &mut Value) {
    if let Value::Object(object) = value {
        if object.get("nullable") == Some(&json!(true)) {
            let kind = object["type"].clone();
            object.insert("type".to_owned(), json!([kind, "null"]));
        }
        if object.contains_key("properties") {
            object.insert("additionalProperties".to_owned(), json!(false));
        }
        object.values_mut().for_each(allow_null);
    } else if let Value::Array(values) = value {
        values.iter_mut().for_each(allow_null);
    }
}

const MESSAGE: &str = "/components/schemas/api.v2010.account.message";
const ERROR: &str = "/components/schemas/error";
const LIST: &str =
    "/paths/~12010-04-01~1Accounts~1%7BAccountSid%7D~1Messages.json/get/responses/200/content/application~1json/schema";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_created_text_can_be_fetched_and_is_what_twilio_describes() {
    let world = World::start(|_| {}).await;
    let (status, created) = world.text(PHONE, "Hello \u{1F600}").await;
    assert_eq!(status, 201);
    assert_described(MESSAGE, &created);
    assert_eq!((&created["status"], &created["num_segments"]), (&json!("queued"), &json!("1")));
    assert_eq!((&created["to"], &created["from"]), (&json!(PHONE), &json!(SHOP)));
    world.carrier.wait_for_callbacks().await;
    let (status, fetched) = world.get(world.url(&format!("Messages/{}.json", created["sid"].as_str().unwrap()))).await;
    assert_eq!((status, &fetched["status"]), (200, &json!("delivered")));
    assert_described(MESSAGE, &fetched);
    let (status, missing) = world.get(world.url("Messages/SM00000000000000000000000000000000.json")).await;
    assert_eq!((status, &missing["code"]), (404, &json!(20404)));
    assert_described(ERROR, &missing);
    world.carrier.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_text_through_a_service_gets_its_sender_later() {
    let world = World::start(|_| {}).await;
    let service = "MG00000000000000000000000000000001";
    let (_, created) = world.send(&[("To", PHONE), ("MessagingServiceSid", service), ("Body", "hi")]).await.unwrap();
    assert_described(MESSAGE, &created);
    assert_eq!((&created["status"], &created["from"]), (&json!("accepted"), &Value::Null));
    assert_eq!(created["num_segments"], json!("0"));
    world.carrier.wait_for_callbacks().await;
    assert_eq!(world.carrier.messages_to(PHONE)[0].from, SHOP);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_creates_are_refused_with_twilios_codes() {
    let world = World::start(|_| {}).await;
    let long = "x".repeat(1601);
    let cases: &[(&[(&str, &str)], u64)] = &[
        (&[("From", SHOP), ("Body", "hi")], 21604),
        (&[("To", PHONE), ("Body", "hi")], 21603),
        (&[("To", PHONE), ("From", SHOP)], 21602),
        (&[("To", PHONE), ("From", SHOP), ("Body", "")], 21602),
        (&[("To", PHONE), ("From", SHOP), ("Body", &long)], 21617),
        (&[("To", "12345"), ("From", SHOP), ("Body", "hi")], 21211),
        (&[("To", PHONE), ("From", SHOP), ("Body", "hi"), ("StatusCallback", "nowhere")], 21609),
    ];
    for (form, code) in cases {
        let (status, body) = world.send(form).await.unwrap();
        assert_eq!((status, body["code"].as_u64()), (400, Some(*code)), "{body}");
        assert_described(ERROR, &body);
    }
    let wrong = world.client.post(world.url("Messages.json")).basic_auth("AC0", Some("guess")).send().await.unwrap();
    assert_eq!(wrong.status().as_u16(), 401);
    let body: Value = wrong.json().await.unwrap();
    assert_eq!(body["code"], json!(20003));
    assert_described(ERROR, &body);
    let huge = world.client.post(world.url("Messages.json")).body(vec![b'a'; 70_000]).send().await.unwrap();
    assert_eq!(huge.status().as_u16(), 413);
    assert!(world.carrier.outbound().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_text_can_be_neither_changed_nor_deleted_here_and_twilios_error_says_so() {
    let world = World::start(|_| {}).await;
    let (_, created) = world.text(PHONE, "stays").await;
    let url = world.url(&format!("Messages/{}.json", created["sid"].as_str().unwrap()));
    for request in [world.client.delete(&url), world.client.post(&url).body("Body="), world.client.put(&url)] {
        let answer = request.basic_auth("AC00000000000000000000000000000000", Some("sandbox")).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 405);
        let body: Value = answer.json().await.unwrap();
        assert_eq!(body["code"], json!(20004));
        assert_described(ERROR, &body);
    }
    assert_eq!(world.carrier.messages_to(PHONE)[0].body, "stays");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_are_followed_to_the_end_while_new_texts_arrive() {
    let world = World::start(|_| {}).await;
    for index in 0..7 {
        world.text(if index == 3 { "+14155550999" } else { PHONE }, &index.to_string()).await;
    }
    let origin = format!("http://{}", world.carrier.address());
    let encoded = PHONE.replace('+', "%2B");
    let mut next = Some(world.url(&format!("Messages.json?To={encoded}&PageSize=2")));
    let mut bodies = Vec::new();
    let mut back = None;
    while let Some(url) = next {
        let (status, page) = world.get(url).await;
        assert_eq!(status, 200);
        assert_described(LIST, &page);
        bodies
            .extend(page["messages"].as_array().unwrap().iter().map(|text| text["body"].as_str().unwrap().to_owned()));
        next = page["next_page_uri"].as_str().map(|uri| format!("{origin}{uri}"));
        back = page["previous_page_uri"].as_str().map(|uri| format!("{origin}{uri}"));
        world.text(PHONE, "late").await;
    }
    assert_eq!(bodies, ["6", "5", "4", "2", "1", "0"]);
    let (_, previous) = world.get(back.unwrap()).await;
    assert_eq!((&previous["messages"][0]["body"], &previous["messages"][1]["body"]), (&json!("4"), &json!("2")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_filter_by_sender_and_by_day() {
    let world = World::start(|_| {}).await;
    world.text(PHONE, "one").await;
    world.carrier.wait_for_callbacks().await;
    let count = async |query: &str| {
        let (status, page) = world.get(world.url(&format!("Messages.json?{query}"))).await;
        assert_eq!(status, 200, "{page}");
        page["messages"].as_array().unwrap().len()
    };
    assert_eq!(count("From=%2B15550100100").await, 1);
    assert_eq!(count("From=%2B15550100101").await, 0);
    assert_eq!(count("DateSent%3E=2020-01-01").await, 1);
    assert_eq!(count("DateSent>=2020-01-01&DateSent<=2100-01-01").await, 1);
    assert_eq!(count("DateSent%3C=2020-01-01").await, 0);
    assert_eq!(count("DateSent=2020-01-01").await, 0);
    // Twilio's libraries write a day as its midnight.
    let sent = world.carrier.messages_to(PHONE)[0].sent_at.unwrap();
    let day = sent.date_naive();
    let (before, after) = (day.pred_opt().unwrap(), day.succ_opt().unwrap());
    for (query, found) in [
        (format!("DateSent={day}"), 1),
        (format!("DateSent={day}T00:00:00Z"), 1),
        (format!("DateSent={before}T00:00:00Z"), 0),
        (format!("DateSent={after}T00:00:00Z"), 0),
        (format!("DateSent%3E={day}T00:00:00Z&DateSent%3C={after}T00:00:00Z"), 1),
        (format!("DateSent%3E={after}T00:00:00Z"), 0),
        (format!("DateSent%3C={before}T23:59:58Z"), 0),
    ] {
        assert_eq!(count(&query).await, found, "{query}, sent at {sent}");
    }
    let (status, refused) = world.get(world.url("Messages.json?DateSent=yesterday")).await;
    assert_eq!((status, &refused["code"]), (400, &json!(20001)));
}

/// What a gateway is told about one text in this mode.
async fn told(mode: CallbackMode) -> (Vec<Call>, Gateway, World) {
    let gateway = Gateway::start(204);
    let world = World::start(|settings| settings.callbacks = mode).await;
    let callback = gateway.url("/webhooks/twilio/status?outbox=7&x=a%20b");
    let form = [("To", PHONE), ("From", SHOP), ("Body", "hi"), ("StatusCallback", callback.as_str())];
    assert_eq!(world.send(&form).await.unwrap().0, 201);
    world.carrier.wait_for_callbacks().await;
    let calls = gateway.calls();
    for call in &calls {
        assert_eq!(call.signature, signature::sign("sandbox", &callback, &call.params));
        assert_eq!(call.path, "/webhooks/twilio/status?outbox=7&x=a%20b");
        assert_eq!(call.get("SmsStatus"), call.get("MessageStatus"));
        assert_eq!(call.get("To"), PHONE);
    }
    (calls, gateway, world)
}

fn statuses(calls: &[Call]) -> Vec<&str> {
    calls.iter().map(|call| call.get("MessageStatus")).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn callbacks_come_signed_and_in_order() {
    let (calls, gateway, world) = told(CallbackMode::InOrder).await;
    assert_eq!(statuses(&calls), ["queued", "sent", "delivered"]);
    assert_eq!(calls[2].get("RawDlrDoneDate").len(), 10);
    assert_eq!(calls[1].get("RawDlrDoneDate"), "");
    assert_eq!(world.carrier.callbacks_lost(), 0);
    gateway.server.stop(false).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn callbacks_can_come_out_of_order_fail_or_stay_away() {
    assert_eq!(statuses(&told(CallbackMode::OutOfOrder).await.0), ["delivered", "sent", "queued"]);
    assert!(told(CallbackMode::None).await.0.is_empty());
    let (calls, _, world) = told(CallbackMode::Undelivered { code: 30005 }).await;
    assert_eq!(statuses(&calls), ["queued", "sent", "undelivered"]);
    assert_eq!(calls[2].get("ErrorCode"), "30005");
    assert_eq!(world.carrier.messages_to(PHONE)[0].status, Status::Outbound(DeliveryStatus::Undelivered));
    let (calls, ..) = told(CallbackMode::Failed { code: 30008 }).await;
    assert_eq!(statuses(&calls), ["queued", "failed"]);
    assert_eq!(calls[1].get("ErrorCode"), "30008");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_text_from_a_phone_is_posted_signed_and_answered() {
    let gateway = Gateway::start(200);
    let url = gateway.url("/webhooks/twilio/messages");
    let world = World::start(|settings| settings.inbound_url = format!("{url}#rc=2")).await;
    let text = InboundText::new(PHONE, SHOP, "COFFEE PLS é&=+")
        .sid("SM0123456789abcdef0123456789abcdef")
        .media("https://example.com/a.jpg", "image/jpeg")
        .param("OptOutType", "HELP");
    for _ in 0..2 {
        let answer = world.carrier.deliver(text.clone()).await.unwrap();
        assert_eq!((answer.status, &*answer.content_type, &*answer.body), (200, "text/xml", "<Response/>"));
    }
    let calls = gateway.calls();
    assert_eq!(calls.len(), 2);
    for call in &calls {
        assert_eq!(call.signature, signature::sign("sandbox", &url, &call.params));
        assert_eq!(call.get("Body"), "COFFEE PLS é&=+");
        assert_eq!((call.get("NumMedia"), call.get("MediaUrl0")), ("1", "https://example.com/a.jpg"));
        assert_eq!((call.get("OptOutType"), call.get("FromCountry")), ("HELP", "US"));
        assert_eq!(call.get("MessageSid"), "SM0123456789abcdef0123456789abcdef");
    }
    let kept = world.carrier.look(|mailbox| mailbox.messages_of(PHONE).cloned().collect::<Vec<_>>());
    assert_eq!((kept.len(), kept[0].status), (1, Status::Received), "a repeat is one text on the phone");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_text_that_the_gateway_refuses_or_misses_is_marked() {
    let gateway = Gateway::start(503);
    let world = World::start(|settings| settings.inbound_url = gateway.url("/in")).await;
    assert_eq!(world.carrier.text(PHONE, SHOP, "hi").await.unwrap().status, 503);
    assert_eq!(gateway.calls().len(), 1, "an answer is an answer: no second try");
    world.carrier.set_inbound_url("http://127.0.0.1:9/in");
    assert!(world.carrier.text(PHONE, SHOP, "hi").await.is_err());
    let kept = world.carrier.look(|mailbox| mailbox.messages_of(PHONE).map(|text| text.status).collect::<Vec<_>>());
    assert_eq!(kept, [Status::NotReceived; 2]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stop_blocks_after_the_confirmation_until_start() {
    let gateway = Gateway::start(200);
    let world = World::start(|settings| settings.inbound_url = gateway.url("/in")).await;
    world.carrier.text(PHONE, SHOP, "stop").await.unwrap();
    assert_eq!(world.text(PHONE, "You are out.").await.0, 201);
    let (status, refused) = world.text(PHONE, "Really?").await;
    assert_eq!((status, &refused["code"]), (400, &json!(21610)));
    assert_described(ERROR, &refused);
    let other = world.send(&[("To", PHONE), ("From", "+15550100199"), ("Body", "hi")]).await.unwrap();
    assert_eq!(other.0, 201, "another sender is not blocked");
    world.carrier.text(PHONE, SHOP, "Start").await.unwrap();
    assert_eq!(world.text(PHONE, "Welcome back.").await.0, 201);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stop_can_block_at_once_or_not_at_all() {
    for (policy, expected) in [(StopBlocks::Immediately, 400), (StopBlocks::Never, 201)] {
        let gateway = Gateway::start(200);
        let world = World::start(|settings| {
            settings.inbound_url = gateway.url("/in");
            settings.stop_blocks = policy;
        })
        .await;
        world.carrier.text(PHONE, SHOP, "STOP").await.unwrap();
        assert_eq!(world.text(PHONE, "You are out.").await.0, expected);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn faults_happen_on_demand_and_only_as_often_as_asked() {
    let world = World::start(|_| {}).await;
    let (status, _) = world
        .control("/sandbox/faults", json!({"kind": {"too_many_requests": {"retry_after_seconds": 2}}, "to": PHONE}))
        .await;
    assert_eq!(status, 201);
    world.carrier.add_fault(Fault::once(FaultKind::ServerError { taken: true })).unwrap();
    world.carrier.add_fault(Fault::once(FaultKind::Refused { status: 400, code: 21614 })).unwrap();
    assert_eq!(world.text("+14155550999", "taken all the same").await.0, 500);
    let (status, limited) = world.text(PHONE, "a").await;
    assert_eq!((status, &limited["code"]), (429, &json!(20429)));
    assert_described(ERROR, &limited);
    assert_eq!(world.text(PHONE, "b").await.1["code"], json!(21614));
    assert_eq!(world.text(PHONE, "c").await.0, 201);
    let bodies: Vec<_> = world.carrier.outbound().into_iter().map(|text| text.body).collect();
    assert_eq!(bodies, ["taken all the same", "c"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn retry_after_is_told_when_asked_for() {
    let world = World::start(|_| {}).await;
    for (seconds, expected) in [(Some(7), Some("7")), (None, None)] {
        let kind = FaultKind::TooManyRequests { retry_after_seconds: seconds };
        world.carrier.add_fault(Fault::once(kind)).unwrap();
        let request = world.client.post(world.url("Messages.json"));
        let answer = request.basic_auth("AC00000000000000000000000000000000", Some("sandbox")).send().await.unwrap();
        let told = answer.headers().get("Retry-After").map(|value| value.to_str().unwrap().to_owned());
        assert_eq!(told.as_deref(), expected);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dropped_or_timed_out_create_gets_no_answer_whether_taken_or_not() {
    let world = World::start(|_| {}).await;
    for (taken, kind) in [
        (true, FaultKind::Dropped { taken: true }),
        (false, FaultKind::Dropped { taken: false }),
        (true, FaultKind::Timeout { taken: true, hold_milliseconds: 1 }),
        (false, FaultKind::Timeout { taken: false, hold_milliseconds: 1 }),
    ] {
        let before = world.carrier.outbound().len();
        world.carrier.add_fault(Fault::once(kind.clone())).unwrap();
        let error = world.send(&[("To", PHONE), ("From", SHOP), ("Body", "hi")]).await.unwrap_err();
        assert!(!error.is_connect() && !error.is_decode(), "{kind:?}: {error:?}");
        assert_eq!(world.carrier.outbound().len() - before, usize::from(taken), "{kind:?}");
    }
    assert_eq!(world.text(PHONE, "and on").await.0, 201);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_controls_are_refused_with_a_sentence() {
    let world = World::start(|_| {}).await;
    for (path, body) in [
        ("/sandbox/faults", json!({"kind": {"dropped": {}}, "times": 0})),
        ("/sandbox/faults", json!({"kind": {"earthquake": {}}})),
        ("/sandbox/callbacks", json!({"mode": "sideways"})),
        ("/sandbox/texts", json!({"from": "", "to": SHOP, "body": "hi"})),
        ("/sandbox/texts", json!({"from": PHONE, "to": SHOP, "body": "x".repeat(1601)})),
    ] {
        let (status, answer) = world.control(path, body.clone()).await;
        assert_eq!(status, 400, "{body}");
        assert!(answer["error"].as_str().is_some_and(|sentence| !sentence.is_empty()), "{answer}");
    }
    let (status, answer) = world.control("/sandbox/texts", json!({"from": PHONE, "to": SHOP, "body": "hi"})).await;
    assert_eq!(status, 502, "{answer}");
    let (_, controls) = world.control("/sandbox/callbacks", json!({"mode": {"failed": {"code": 30003}}})).await;
    assert_eq!(controls, json!({"faults": [], "callbacks": {"failed": {"code": 30003}}}));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_is_small_and_allows_nothing_from_elsewhere() {
    let world = World::start(|_| {}).await;
    let origin = format!("http://{}", world.carrier.address());
    let mut weight = 0;
    for (path, kind) in [("/", "text/html"), ("/phone.css", "text/css"), ("/phone.js", "text/javascript")] {
        let answer = world.client.get(format!("{origin}{path}")).send().await.unwrap();
        let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
        assert!(header("content-type").starts_with(kind));
        assert!(header("content-security-policy").starts_with("default-src 'none'; script-src 'self'"));
        let text = answer.text().await.unwrap();
        assert!(!text.contains("innerHTML") && !text.contains("https://"), "{path}");
        weight += text.len();
    }
    assert!((1..60_000).contains(&weight), "{weight} bytes");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_page_hears_of_its_own_phone_only() {
    let world = World::start(|_| {}).await;
    let events = format!("http://{}/sandbox/events?phone=%2B14155550123", world.carrier.address());
    let mut stream = world.client.get(events).send().await.unwrap();
    let mut heard = String::from_utf8(stream.chunk().await.unwrap().unwrap().to_vec()).unwrap();
    world.text("+14155550999", "not for you").await;
    world.text(PHONE, "<b>line one\nline two</b>").await;
    while !heard.contains("delivered") {
        heard.push_str(std::str::from_utf8(&stream.chunk().await.unwrap().unwrap()).unwrap());
    }
    assert!(heard.contains(r#""body":"<b>line one\nline two</b>""#), "{heard}");
    assert!(!heard.contains("not for you"), "{heard}");
    world.carrier.stop().await;
    while let Ok(Some(_)) = stream.chunk().await {}
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_page_hears_that_it_is_blocked_once_the_confirmation_is_out() {
    let gateway = Gateway::start(200);
    let world = World::start(|settings| settings.inbound_url = gateway.url("/in")).await;
    let events = format!("http://{}/sandbox/events?phone=%2B14155550123", world.carrier.address());
    let mut stream = world.client.get(events).send().await.unwrap();
    world.carrier.text(PHONE, SHOP, "STOP").await.unwrap();
    assert!(world.carrier.look(|mailbox| mailbox.blocked_senders(PHONE)).is_empty());
    world.text(PHONE, "You are out.").await;
    let mut heard = String::new();
    while !heard.contains(r#"{"blocked":["+15550100100"],"phone":"+14155550123"}"#) {
        heard.push_str(std::str::from_utf8(&stream.chunk().await.unwrap().unwrap()).unwrap());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_prefix_and_another_signature_header_make_it_another_provider() {
    let world = World::start(|settings| {
        settings.path_prefix = "/api/laml".to_owned();
        settings.signature_header = "X-SignalWire-Signature".to_owned();
    })
    .await;
    let (status, created) = world.text(PHONE, "hi").await;
    assert_eq!(status, 201);
    assert!(created["uri"].as_str().unwrap().starts_with("/api/laml/2010-04-01/Accounts/"));
    let form = world.carrier.signed_form(&InboundText::new(PHONE, SHOP, "hi"));
    assert_eq!(form.header.as_str(), "x-signalwire-signature");
}
