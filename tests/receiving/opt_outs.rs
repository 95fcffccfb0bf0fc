//! STOP, START and HELP that the provider has obeyed and answered by itself: recorded, not answered.

use regulars::{
    sandbox::{CarrierSettings, InboundText, StopBlocks},
    stage::shops::NUMBER,
};
use serde_json::{Value, json};

use crate::harness::world::{Plan, World};

const ANA: &str = "+14155550199";

fn plan() -> Plan {
    Plan { carrier: |carrier: &mut CarrierSettings| carrier.stop_blocks = StopBlocks::Never, ..Plan::default() }
}

/// What is answered to a text on which the provider has acted.
async fn noticed(world: &World, body: &str, opt_out_type: &str) -> Vec<String> {
    let text = InboundText::new(ANA, NUMBER, body).param("OptOutType", opt_out_type);
    world.stage.deliver(text, ANA).await.unwrap()
}

async fn consents(world: &World) -> Vec<(Value, Value, Value)> {
    let consents = world.api.of_member(ANA, "consents").await;
    consents
        .into_iter()
        .map(|consent| (consent["kind"].clone(), consent["method"].clone(), consent["typed"].clone()))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_provider_has_answered_is_recorded_and_not_answered_again() {
    plan()
        .on_both(async |world| {
            world.stage.text(ANA, "COFFEE PLS").await.unwrap();
            assert!(noticed(world, "HELP", "HELP").await.is_empty());
            assert_eq!(world.api.member(ANA).await["opted_out"], false);

            for _ in 0..2 {
                assert!(noticed(world, "Basta!", "STOP").await.is_empty());
                assert_eq!(world.api.member(ANA).await["opted_out"], true);
            }
            assert!(world.stage.text(ANA, "BAL").await.unwrap().is_empty(), "silence after STOP");
            assert!(noticed(world, "help", "HELP").await.is_empty());

            assert!(noticed(world, "START", "START").await.is_empty());
            assert_eq!(world.api.member(ANA).await["opted_out"], false);
            assert_eq!(world.stage.text(ANA, "BAL").await.unwrap().len(), 1);

            let proof = |kind: &str, method: &str, typed: &str| (json!(kind), json!(method), json!(typed));
            assert_eq!(
                consents(world).await,
                [
                    proof("opt_in", "keyword", "COFFEE PLS"),
                    proof("opt_out", "provider_notice", "Basta!"),
                    proof("opt_in_again", "provider_notice", "START"),
                ]
            );
            let kept =
                world.rows.all("SELECT opt_out_type FROM inbound WHERE opt_out_type IS NOT NULL ORDER BY id").await;
            let kept: Vec<&str> = kept.iter().map(|row| row["opt_out_type"].as_str().unwrap()).collect();
            assert_eq!(kept, ["HELP", "STOP", "STOP", "HELP", "START"]);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_about_somebody_we_do_not_know_is_kept_for_when_they_come() {
    plan()
        .on_both(async |world| {
            assert!(noticed(world, "STOP", "STOP").await.is_empty());
            assert!(world.stage.text(ANA, "hello?").await.unwrap().is_empty(), "silence for a stranger too");
            assert_eq!(world.stage.text(ANA, "COFFEE PLS").await.unwrap().len(), 1, "a keyword is fresh consent");
            let member = world.api.member(ANA).await;
            assert_eq!((&member["opted_out"], &member["balance"]), (&json!(false), &json!(10)));
        })
        .await;
}
