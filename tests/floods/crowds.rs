//! Very many at once.

use chrono::Duration;
use regulars::{config::Settings, stage::shops::NUMBER};

use crate::{
    COUNTING, count_read,
    harness::world::{Plan, World, until},
    say,
};

/// Five may join from a prefix, eight from a country, nine on a sender.
fn few_joins(settings: &mut Settings) {
    settings.limits.joins_per_prefix_max = 5;
    settings.limits.joins_per_country_max = 8;
    settings.limits.joins_per_sender_minute_max = 9;
}

fn joining<'a>(phones: impl IntoIterator<Item = String> + 'a) -> impl Iterator<Item = (String, &'a str)> + 'a {
    phones.into_iter().map(|phone| (phone, "COFFEE PLS"))
}

/// Neighbours: numbers that differ in the last three digits only.
fn neighbours(prefix: &str, count: usize) -> Vec<String> {
    (0..count).map(|n| format!("{prefix}{n:03}")).collect()
}

async fn members(world: &World) -> i64 {
    world.rows.count("enrolment").await
}

async fn alarms(world: &World, why: &str) -> u64 {
    world.api.figure(&format!("regulars_flood_alarms_total{{why=\"{why}\"}}")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_joins_from_one_prefix_is_damped_with_one_alarm_and_can_join_later() {
    let _alone = COUNTING.lock().await;
    Plan::settings(few_joins)
        .on_both(async |world| {
            let before = alarms(world, "joins_from_prefix").await;
            let phones = neighbours("+14155551", 20);
            say(world, joining(phones.clone())).await;
            assert_eq!(members(world).await, 5);
            assert_eq!(alarms(world, "joins_from_prefix").await, before + 1);
            assert_eq!(world.rows.count("inbound").await, 20, "every text is kept");
            assert_eq!(phones.iter().map(|phone| count_read(world, phone)).sum::<usize>(), 5);

            // Neither a question nor an answer for those who are damped, but they are heard, and others are served.
            say(world, [(phones[10].clone(), "BREAD PLS"), (phones[11].clone(), "STOP")]).await;
            say(world, [(phones[0].clone(), "BAL"), ("+14155552000".to_owned(), "COFFEE PLS")]).await;
            assert_eq!([0, 10, 11].map(|n| count_read(world, &phones[n])), [2, 0, 1]);
            assert_eq!(world.rows.count("consent WHERE kind = 'opt_out'").await, 1);
            assert_eq!(members(world).await, 6);

            world.stage.clock.advance(Duration::minutes(10));
            say(world, joining(phones[12..20].to_vec())).await;
            assert_eq!(members(world).await, 11);
            assert_eq!(alarms(world, "joins_from_prefix").await, before + 2, "one for each time");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_whether_to_join_count_as_joins_and_their_answers_do_not() {
    let _alone = COUNTING.lock().await;
    Plan::settings(few_joins)
        .on_both(async |world| {
            let phones = neighbours("+14155551", 8);
            say(world, phones.iter().map(|phone| (phone.clone(), "BREAD PLS"))).await;
            assert_eq!(world.rows.count("outbox WHERE reply = 'join-question'").await, 5);
            say(world, phones.iter().map(|phone| (phone.clone(), "YES"))).await;
            assert_eq!(members(world).await, 5);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_joins_from_one_country_and_who_joins_at_all_is_damped_too() {
    let _alone = COUNTING.lock().await;
    Plan::settings(few_joins)
        .on_both(async |world| {
            let before = (alarms(world, "joins_from_country").await, alarms(world, "joins_on_sender").await);
            let romanian = (0..12).map(|n| format!("+407{n:02}345678"));
            say(world, joining(romanian)).await;
            assert_eq!(members(world).await, 8);
            let anywhere = ["+447911123456", "+4915112345678", "+33612345678", "+14165550199"];
            say(world, joining(anywhere.map(str::to_owned))).await;
            assert_eq!(members(world).await, 9);
            let after = (alarms(world, "joins_from_country").await, alarms(world, "joins_on_sender").await);
            assert_eq!(after, (before.0 + 1, before.1 + 1));
            world.stage.clock.advance(Duration::minutes(1));
            say(world, joining(anywhere.map(str::to_owned))).await;
            assert_eq!(members(world).await, 12);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_country_that_is_not_allowed_is_heard_and_not_answered() {
    Plan::settings(|settings| settings.limits.countries = "us, CA".to_owned())
        .on_both(async |world| {
            let (home, away) = ("+14165550199", "+40712345678");
            say(world, joining([home, away].map(str::to_owned))).await;
            say(world, [(away.to_owned(), "HELP"), (away.to_owned(), "STOP")]).await;
            assert_eq!((count_read(world, home), count_read(world, away)), (1, 0));
            assert_eq!(members(world).await, 1);
            assert_eq!(world.rows.count(&format!("inbound WHERE address = '{away}'")).await, 3);
            assert_eq!(world.rows.count(&format!("consent WHERE address = '{away}' AND kind = 'opt_out'")).await, 1);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sender_that_is_texted_too_much_answers_again_a_minute_later() {
    let _alone = COUNTING.lock().await;
    Plan::settings(|settings| settings.limits.texts_per_sender_minute_max = 6)
        .on_both(async |world| {
            let before = alarms(world, "texts_to_sender").await;
            let phones = neighbours("+14155551", 10);
            say(world, joining(phones.clone())).await;
            assert_eq!(members(world).await, 6);
            assert_eq!(alarms(world, "texts_to_sender").await, before + 1);
            world.stage.clock.advance(Duration::minutes(1));
            say(world, joining(phones[6..].to_vec())).await;
            assert_eq!(members(world).await, 10);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_that_comes_in_one_batch_is_damped_as_well() {
    let _alone = COUNTING.lock().await;
    Plan::settings(few_joins)
        .on_both(async |world| {
            let handed_in = || world.api.figure("regulars_inbound_total");
            let before = handed_in().await;
            let held = world.rows.hold().await;
            let phones = neighbours("+14155551", 20);
            let forms: Vec<_> = phones.iter().map(|phone| world.provider.text(phone, NUMBER, "COFFEE PLS")).collect();
            let handing_in = futures_util::future::join_all(forms.iter().map(|form| world.provider.messages(form)));
            let waiting = async {
                until("all are handed in", async || handed_in().await >= before + 20).await;
                held.let_go().await;
            };
            let (answers, ()) = futures_util::future::join(handing_in, waiting).await;
            assert!(answers.iter().all(|answer| answer.status == 200));
            world.stage.settled().await.unwrap();
            assert_eq!(members(world).await, 5);
        })
        .await;
}
