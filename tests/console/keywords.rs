//! Shops, the guided start, keywords, QR codes, signs and settings.

use regulars::stage::{
    OPERATOR_KEY,
    people::{OWNER, PASSWORD, furnish},
    shops::NUMBER,
};
use reqwest::StatusCode;
use serde_json::json;

use crate::harness::{
    visitor::Visitor,
    world::{Plan, World},
};

const VIEWER: &str = "vera@bean.example";
const MANAGER: &str = "max@bean.example";

/// The shops of a stage: their ids and their merchant's, by name.
fn shop(world: &World, name: &str) -> (String, String) {
    let known = world.stage.app.gateway().directory.read();
    let shop = known.directory.all_shops().find(|shop| shop.name == name).unwrap();
    (shop.id.to_string(), shop.merchant_id.to_string())
}

fn keyword_of(world: &World, shop: &str, phrase: &str) -> String {
    let known = world.stage.app.gateway().directory.read();
    let id = shop.parse().unwrap();
    let found = known.directory.keywords_of(id).find(|keyword| keyword.phrase.display() == phrase);
    found.unwrap().id.to_string()
}

async fn with_people(world: &World) -> (String, String) {
    furnish(world.stage.app.gateway()).await.unwrap();
    shop(world, "Bean There")
}

/// Somebody who owns another merchant, with a shop of theirs.
async fn rival(world: &World) -> Visitor {
    use regulars::{
        domain::{access::Role, language::Language},
        service::{
            audit::Author,
            people::{NewPerson, create},
        },
    };
    let made = world.api.post("/v1/merchants", OPERATOR_KEY, json!({ "name": "Rival" })).await.created();
    let merchant_id = made["id"].as_str().unwrap().parse().unwrap();
    let gateway = world.stage.app.gateway();
    let new = NewPerson {
        merchant_id: Some(merchant_id),
        shop_id: None,
        role: Role::Owner,
        name: "Rita".to_owned(),
        email: "rita@rival.example".to_owned(),
        language: Language::default(),
        password: PASSWORD.into(),
    };
    create(gateway.change(&Author::command_line()), new).await.unwrap();
    Visitor::signed_in(&world.api, "rita@rival.example").await
}

#[tokio::test]
async fn the_first_five_minutes_lead_from_a_name_to_a_sign() {
    Plan::default()
        .on_both(async |world| {
            let (_, merchant) = with_people(world).await;
            let ana = Visitor::signed_in(&world.api, OWNER).await;
            let start = format!("/console/merchants/{merchant}/start");
            let seen = ana.open(&start).await;
            assert!(seen.says("Open your shop") && seen.says("(415) 555-0100"), "{}", seen.words());
            let (sender, zone) = (seen.value("sender"), "America/Los_Angeles");
            let fields =
                [("name", "Tea <b>&</b> Toast"), ("contact", "tea@toast.example"), ("sender", sender.as_str())];
            let mut fields = fields.to_vec();
            fields.extend([("time_zone", zone), ("language", "en"), ("currency", "USD")]);
            let seen = ana.send(&start, &start, &fields).await;
            let keyword = seen.location.unwrap();
            assert!(keyword.ends_with("/start/keyword"), "{keyword}");
            let base = keyword.trim_end_matches("/start/keyword").to_owned();
            // What is reserved, taken or near is said, and what is free is at hand.
            for (phrase, why) in [("STOP", "already means something"), ("COFFEE PLS", "is taken on this number")] {
                let seen = ana.send(&keyword, &keyword, &[("phrase", phrase)]).await;
                assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
                assert!(seen.says(why) && seen.html.contains("name=\"take\""), "{phrase}: {}", seen.words());
            }
            let check = format!("{base}/keywords/check?phrase=");
            assert!(ana.open(&format!("{check}BREAD+PL")).await.says("one slip of the thumb"));
            assert!(ana.open(&format!("{check}TEA+TIME")).await.says("It’s free."));
            let seen = ana.send(&keyword, &keyword, &[("phrase", "COFFEE PLS"), ("take", "TEA TIME")]).await;
            let program = seen.location.unwrap();
            assert_eq!(program, format!("{base}/start/program?done=keyword-added"));
            let seen =
                ana.send(&program, &format!("{base}/start/program"), &[("preset", "birthday-and-referral")]).await;
            assert_eq!(seen.location.unwrap(), format!("{base}/start/words?done=program-chosen"));
            let seen = ana.open(&format!("{base}/start/words?price=0.0079")).await;
            assert!(
                seen.says("Tea <b>&</b> Toast: welcome!") || seen.html.contains("Tea &#60;b&#62;"),
                "{}",
                seen.html
            );
            assert!(seen.says("segment") && seen.says("0.0"), "{}", seen.words());
            // The birthday gift needs birthdays: the shop asks for them now.
            let shop_id = base.rsplit('/').next().unwrap().parse().unwrap();
            let kept = world.stage.app.gateway().store.shop(shop_id).await.unwrap().unwrap();
            assert!(kept.sign_up.birthday);
            let texts_before = world.rows.count("outbox").await;
            let seen =
                ana.send(&format!("{base}/start/try"), &format!("{base}/start/try"), &[("press", "TEA TIME")]).await;
            assert!(seen.says("welcome!") && seen.value("said") == "TEA TIME", "{}", seen.words());
            let said = [("said", "TEA TIME"), ("said", "SKIP"), ("say", "<script>alert(1)</script>")];
            let seen = ana.send(&format!("{base}/start/try"), &format!("{base}/start/try"), &said).await;
            assert!(!seen.html.contains("<script>alert"), "{}", seen.html);
            assert_eq!(world.rows.count("outbox").await, texts_before, "a try writes nothing");
            assert_eq!(world.rows.count("member").await, 0, "a try makes no member");
            let seen = ana.open(&format!("{base}/start/sign")).await;
            assert!(
                seen.says("Print a sign") && seen.says("Consent is not a condition of purchase"),
                "{}",
                seen.words()
            );
            // The keyword is live for everybody.
            let replies = world.stage.text("+14155550177", "tea time").await.unwrap();
            assert!(replies[0].contains("welcome"), "{replies:?}");
            // Coming back, one is where one was.
            let seen = ana.open(&format!("{base}/start")).await;
            assert_eq!(seen.location.unwrap(), format!("{base}/start/words"));
        })
        .await;
}

#[tokio::test]
async fn who_has_no_shop_is_led_to_the_start_and_told_what_is_missing() {
    Plan::default()
        .on_sqlite(async |world| {
            with_people(world).await;
            let rita = rival(world).await;
            let seen = rita.open("/console").await;
            let start = seen.location.unwrap();
            assert!(start.ends_with("/start"), "{start}");
            // The number of the stage is its merchant's alone, or shared by all.
            let seen = rita.open(&start).await;
            assert!(seen.says("No number yet") || seen.says("shared"), "{}", seen.words());
            let form = [("name", ""), ("sender", "x"), ("time_zone", "Mars"), ("language", "xx"), ("currency", "usd")];
            let csrf = seen.csrf();
            let seen = rita.send_raw(&start, &[&form[..], &[("csrf", csrf.as_str())]].concat()).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
        })
        .await;
}

#[tokio::test]
async fn a_keyword_is_added_changed_ended_and_deleted() {
    Plan::default()
        .on_both(async |world| {
            let (bean, _) = with_people(world).await;
            let max = Visitor::signed_in(&world.api, MANAGER).await;
            let list = format!("/console/shops/{bean}/keywords");
            assert!(max.open(&list).await.says("COFFEE PLS"));
            let new = format!("{list}/new");
            let fields = [("phrase", "LATTE LOVE"), ("source", "<script>x</script>"), ("starts", "2020-01-32")];
            let seen = max.send(&new, &new, &fields).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(seen.says("This is no day") && seen.value("phrase") == "LATTE LOVE", "{}", seen.words());
            assert!(!seen.html.contains("<script>x"));
            let fields = [("phrase", "LATTE LOVE"), ("source", "Table"), ("ends", "2099-12-31"), ("language", "es")];
            let seen = max.send(&new, &new, &fields).await;
            let at = seen.location.unwrap().replace("?done=keyword-added", "");
            let seen = max.open(&at).await;
            assert!(seen.says("Live until 31 Dec 2099") && seen.value("ends") == "2099-12-31", "{}", seen.words());
            // In Spanish, as its sign is.
            assert!(seen.says("Envía") && seen.says("Al enviar LATTE LOVE"), "{}", seen.words());
            let fields = [("phrase", "LATTE AMOR"), ("source", "Window"), ("ends", "")];
            let seen = max.send(&at, &at, &fields).await;
            assert_eq!(seen.location.unwrap(), format!("{at}?done=keyword-changed"));
            assert!(max.open(&list).await.says("LATTE AMOR Live Window"), "{}", max.open(&list).await.words());
            let seen = max.send(&at, &at, &[("phrase", "COFFEE PLS")]).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(seen.says("is taken on this number"), "{}", seen.words());
            max.send(&at, &format!("{at}/end"), &[]).await;
            assert!(max.open(&at).await.says("Ended"));
            let seen = max.send(&at, &format!("{at}/delete"), &[]).await;
            assert_eq!(seen.location.unwrap(), format!("{list}?done=keyword-deleted"));
            assert_eq!(max.open(&at).await.status, StatusCode::NOT_FOUND);
        })
        .await;
}

#[tokio::test]
async fn codes_and_signs_are_files_that_say_what_they_should() {
    Plan::default()
        .on_sqlite(async |world| {
            let (bean, _) = with_people(world).await;
            let vera = Visitor::signed_in(&world.api, VIEWER).await;
            let at = format!("/console/shops/{bean}/keywords/{}", keyword_of(world, &bean, "COFFEE PLS"));
            let svg = vera.open(&format!("{at}/qr.svg")).await;
            assert!(svg.html.starts_with("<svg") && svg.html.contains("COFFEE PLS"), "{}", svg.html);
            assert_eq!(svg.headers["content-type"], "image/svg+xml");
            let png = vera.open(&format!("{at}/qr.png?size=99999&save=1")).await;
            assert_eq!(png.headers["content-type"], "image/png");
            assert!(png.headers["content-disposition"].to_str().unwrap().contains("coffee-pls.png"));
            for kind in ["door", "tent", "strip"] {
                for paper in ["a4", "letter"] {
                    let pdf = vera.open(&format!("{at}/sign.pdf?kind={kind}&paper={paper}&line=Free+caf%C3%A9")).await;
                    assert_eq!(pdf.headers["content-type"], "application/pdf");
                    assert!(pdf.html.starts_with("%PDF-") && pdf.html.contains("Helvetica"), "{kind} {paper}");
                    assert!(pdf.html.contains("COFFEE PLS"));
                }
            }
            // What a PDF has no letters for is printed from the page.
            let seen = vera.open(&format!("{at}/sign.pdf?kind=door&line=%E5%92%96%E5%95%A1")).await;
            assert!(seen.location.unwrap().starts_with(&format!("{at}/sign?")));
            let seen =
                vera.open(&format!("{at}/sign?kind=tent&line=%E5%92%96%E5%95%A1&terms=bean.example/terms")).await;
            assert!(seen.says("咖啡") && seen.says("Terms and privacy: bean.example/terms"), "{}", seen.words());
            for wrong in ["sign?kind=wall", "qr.png?size=-1", "qr.png?size=x"] {
                assert!(vera.open(&format!("{at}/{wrong}")).await.status.is_client_error(), "{wrong}");
            }
            let number = NUMBER.trim_start_matches('+');
            assert!(
                vera.open(&at).await.html.contains(&format!("sms:+{number}?&#38;body=COFFEE%20PLS")),
                "{}",
                vera.open(&at).await.html
            );
        })
        .await;
}

#[tokio::test]
async fn settings_are_kept_section_by_section_and_mistakes_are_hinted() {
    Plan::default()
        .on_both(async |world| {
            let (bean, _) = with_people(world).await;
            let max = Visitor::signed_in(&world.api, MANAGER).await;
            let at = format!("/console/shops/{bean}/settings");
            let fields = [
                ("name", "Bean & Leaf"),
                ("contact", "hi@bean.example"),
                ("language", "es"),
                ("time_zone", "America/Chicago"),
                ("currency", "EUR"),
            ];
            let seen = max.send(&at, &format!("{at}/shop"), &fields).await;
            assert_eq!(seen.location.unwrap(), format!("{at}?done=settings-shop"));
            let fields = [("opt_in", "double"), ("welcome_points", "25"), ("messages_per_month", "0")];
            let seen = max.send(&at, &format!("{at}/joining"), &fields).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(
                seen.says("whole number from 1 to 100") && seen.value("welcome_points") == "25",
                "{}",
                seen.words()
            );
            let fields = [("opt_in", "double"), ("welcome_points", "25"), ("messages_per_month", "6")];
            max.send(&at, &format!("{at}/joining"), &fields).await;
            let mut questions = vec![("first_name", "on"), ("date_order", "day_first"), ("lapse_hours", "12")];
            questions.extend([("own-0-prompt", "Milk?"), ("own-0-kind", "choice"), ("own-0-options", "Oat")]);
            let seen = max.send(&at, &format!("{at}/questions"), &questions).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(seen.says("Give 2 to 9 choices") && seen.value("own-0-prompt") == "Milk?", "{}", seen.words());
            questions.pop();
            questions.push(("own-0-options", "Oat\r\nCow"));
            max.send(&at, &format!("{at}/questions"), &questions).await;
            let numbers = ["reward_near_stamps", "reward_near_points", "voucher_lapses_days", "points_lapse_days"];
            let mut telling: Vec<(&str, &str)> = numbers.into_iter().map(|name| (name, "3")).collect();
            telling.extend([
                ("welcome_back_days", "60"),
                ("bundle_minutes", "0"),
                ("texts_per_week", "1"),
                ("level", "on"),
            ]);
            max.send(&at, &format!("{at}/telling"), &telling).await;
            let kept = world.stage.app.gateway().store.shop(bean.parse().unwrap()).await.unwrap().unwrap();
            assert_eq!((kept.name.as_str(), kept.currency.as_str(), kept.welcome_points), ("Bean & Leaf", "EUR", 25));
            assert_eq!((kept.messages_per_month, kept.sign_up.own[0].id.as_str()), (6, "milk"));
            assert_eq!(kept.sign_up.lapse_after_minutes, 720);
            assert!(kept.telling.level && !kept.telling.earned && kept.telling.welcome_back_days == 60);
            // Once somebody holds something, the currency stays.
            world.stage.text("+14155550178", "COFFEE PLS").await.unwrap();
            world.stage.text("+14155550178", "YES").await.unwrap();
            let seen = max.open(&at).await;
            assert!(!seen.html.contains("name=\"currency\""), "{}", seen.html);
            let fields = [("name", "Bean"), ("language", "en"), ("time_zone", "UTC"), ("currency", "USD")];
            max.send(&at, &format!("{at}/shop"), &fields).await;
            let kept = world.stage.app.gateway().store.shop(bean.parse().unwrap()).await.unwrap().unwrap();
            assert_eq!((kept.name.as_str(), kept.currency.as_str()), ("Bean", "EUR"));
        })
        .await;
}

#[tokio::test]
async fn the_address_of_terms_is_kept_with_the_shop_and_stands_on_every_sign() {
    Plan::default()
        .on_both(async |world| {
            let (bean, _) = with_people(world).await;
            let keyword = keyword_of(world, &bean, "COFFEE PLS");
            let max = Visitor::signed_in(&world.api, MANAGER).await;
            let at = format!("/console/shops/{bean}/settings");
            let send = async |terms: &str| {
                let fields = [("name", "Bean"), ("language", "en"), ("time_zone", "UTC"), ("terms", terms)];
                max.send(&at, &format!("{at}/shop"), &fields).await
            };
            for wrong in
                ["not an address", "javascript:alert(1)", "<b>.example", &format!("{}.example", "a".repeat(120))]
            {
                let seen = send(wrong).await;
                assert!(
                    seen.status == StatusCode::UNPROCESSABLE_ENTITY && seen.says("That is no web address"),
                    "{wrong}"
                );
            }
            assert_eq!(send("bean.example/terms").await.location.unwrap(), format!("{at}?done=settings-shop"));
            assert_eq!(max.open(&at).await.value("terms"), "bean.example/terms");
            let sign = format!("/console/shops/{bean}/keywords/{keyword}/sign?kind=door");
            let printed = max.open(&sign).await;
            assert!(printed.says("Terms and privacy: bean.example/terms"), "{}", printed.words());
            // One sign can say another, or none.
            assert!(max.open(&format!("{sign}&terms=x.example")).await.says("Terms and privacy: x.example"));
            assert!(!max.open(&format!("{sign}&terms=")).await.says("Terms and privacy:"));
            // By the API it is the same; no text is longer for it.
            let path = format!("/v1/shops/{bean}");
            assert_eq!(world.api.get(&path, OPERATOR_KEY).await.ok()["terms_url"], "bean.example/terms");
            let patch = json!({ "terms_url": "no address" });
            assert_eq!(world.api.patch(&path, OPERATOR_KEY, patch).await.status, 422);
            let patch = json!({ "terms_url": "" });
            assert_eq!(world.api.patch(&path, OPERATOR_KEY, patch).await.ok()["terms_url"], "");
        })
        .await;
}

#[tokio::test]
async fn the_currency_stays_once_somebody_holds_something_whoever_asks() {
    Plan::default()
        .on_both(async |world| {
            let (bean, _) = with_people(world).await;
            let path = format!("/v1/shops/{bean}");
            let program = json!({ "name": "Club", "earn": [{ "rule": "spend", "points": 1 }] });
            world.api.put(&format!("/v1/programs/{bean}"), &program).await;
            let to = async |currency: &str| world.api.patch(&path, OPERATOR_KEY, json!({ "currency": currency })).await;
            let none = to("ZZZ").await;
            assert_eq!((none.status.as_u16(), none.fields()), (409, vec!["currency"]), "{}", none.text);
            assert_eq!(to("EUR").await.ok()["currency"], "EUR");
            // Its program is read in it from now on.
            let version = world.api.get(&format!("/v1/programs/{bean}"), OPERATOR_KEY).await.ok();
            assert_eq!(version["version"], 2, "{version}");
            world.stage.text("+14155550178", "COFFEE PLS").await.unwrap();
            let refused = to("USD").await;
            assert_eq!((refused.status.as_u16(), refused.fields()), (409, vec!["currency"]), "{}", refused.text);
            assert!(refused.text.contains("what members hold was earned in it"), "{}", refused.text);
            // The one that it has is no change.
            assert_eq!(to("EUR").await.ok()["currency"], "EUR");
        })
        .await;
}

#[tokio::test]
async fn another_merchant_sees_none_of_it_and_a_viewer_changes_nothing() {
    Plan::default()
        .on_both(async |world| {
            let (bean, merchant) = with_people(world).await;
            let keyword = keyword_of(world, &bean, "COFFEE PLS");
            let (rita, vera) = (rival(world).await, Visitor::signed_in(&world.api, VIEWER).await);
            let base = format!("/console/shops/{bean}");
            let one = format!("{base}/keywords/{keyword}");
            let of_merchant = format!("/console/merchants/{merchant}");
            let reads = [
                "",
                "/keywords",
                "/keywords/new",
                "/keywords/check?phrase=A",
                "/settings",
                "/start",
                "/start/keyword",
                "/start/program",
                "/start/words",
                "/start/try",
                "/start/sign",
            ];
            let mut reads: Vec<String> = reads.iter().map(|path| format!("{base}{path}")).collect();
            reads.extend(["", "/qr.svg", "/qr.png", "/sign", "/sign.pdf"].iter().map(|path| format!("{one}{path}")));
            reads.extend(["/shops", "/start"].iter().map(|path| format!("{of_merchant}{path}")));
            for path in &reads {
                assert_eq!(rita.open(path).await.status, StatusCode::NOT_FOUND, "{path}");
            }
            let writes = [
                "/keywords/new",
                "/start/keyword",
                "/start/program",
                "/start/try",
                "/settings/shop",
                "/settings/joining",
                "/settings/questions",
                "/settings/telling",
            ];
            let mut writes: Vec<String> = writes.iter().map(|path| format!("{base}{path}")).collect();
            writes.extend(["", "/end", "/delete"].iter().map(|path| format!("{one}{path}")));
            writes.push(format!("{of_merchant}/start"));
            let (theirs, hers) = (rita.open("/console/me").await.csrf(), vera.open("/console/me").await.csrf());
            for path in &writes {
                let fields =
                    [("csrf", theirs.as_str()), ("phrase", "MINE"), ("name", "Mine"), ("preset", "dollar-points")];
                assert_eq!(rita.send_raw(path, &fields).await.status, StatusCode::NOT_FOUND, "{path}");
                let fields =
                    [("csrf", hers.as_str()), ("phrase", "MINE"), ("name", "Mine"), ("preset", "dollar-points")];
                assert_eq!(vera.send_raw(path, &fields).await.status, StatusCode::FORBIDDEN, "{path}");
            }
            // A keyword of another shop of the same merchant is not this shop's.
            let (crumb, _) = shop(world, "Crumb & Co");
            let ana = Visitor::signed_in(&world.api, OWNER).await;
            let mixed = format!("/console/shops/{crumb}/keywords/{keyword}");
            assert_eq!(ana.open(&mixed).await.status, StatusCode::NOT_FOUND);
            let kept = world.api.get(&format!("/v1/shops/{bean}/keywords"), OPERATOR_KEY).await.ok();
            assert!(!kept.to_string().contains("MINE"), "{kept}");
        })
        .await;
}

#[tokio::test]
async fn pages_are_small_and_in_spanish_where_that_is_asked_for() {
    Plan::default()
        .on_sqlite(async |world| {
            let (bean, _) = with_people(world).await;
            let ana = Visitor::signed_in(&world.api, OWNER).await;
            ana.send("/console/me", "/console/me", &[("language", "es")]).await;
            let base = format!("/console/shops/{bean}");
            for (path, words) in [
                ("keywords", "Palabra clave"),
                ("settings", "Preguntas a los nuevos socios"),
                ("start/program", "¿Cómo ganan tus socios?"),
                ("start/words", "Lo que leerán tus socios"),
                ("start/try", "En tu propio teléfono"),
                ("start/sign", "Imprime tu cartel"),
            ] {
                let seen = ana.open(&format!("{base}/{path}")).await;
                assert!(seen.says(words), "{path}: {}", seen.words());
                assert!(seen.html.len() < 40_000, "{path}: {}", seen.html.len());
            }
        })
        .await;
}
