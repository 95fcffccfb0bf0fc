//! Members by what a cashier types.

use serde_json::Value;

use super::{OPERATOR_KEY, Plan, on_both, text};

#[actix_web::test]
async fn a_member_is_found_by_the_last_digits_a_number_in_any_spelling_or_the_beginning_of_a_name() {
    on_both(async |till| {
        till.world.stage.text("+447700900123", "COFFEE PLS").await.unwrap();
        till.world.stage.text("+14155550123", "COFFEE PLS").await.unwrap();
        for (phone, name) in [("+14155550199", "Ana"), ("+447700900123", "Élodie"), ("+14155550123", "anabel")] {
            till.world.rows.run(&format!("UPDATE member SET first_name = '{name}' WHERE address = '{phone}'")).await;
        }
        let shop = &till.shop;
        let search = async |typed: &str| -> Vec<String> {
            let typed: String = form_urlencoded::byte_serialize(typed.as_bytes()).collect();
            let path = format!("/v1/members?search={typed}&shop_id={shop}");
            let found: Value = till.world.api.get(&path, OPERATOR_KEY).await.ok();
            let mut phones: Vec<String> =
                found["items"].as_array().unwrap().iter().map(|member| text(member, "phone")).collect();
            phones.sort();
            phones
        };
        let (ana, anabel, elodie) = ("+14155550199", "+14155550123", "+447700900123");
        for (typed, found) in [
            ("0199", &[ana][..]),
            ("0123", &[anabel, elodie]),
            ("(415) 555-0199", &[ana]),
            ("+1 415 555 0199", &[ana]),
            ("07700 900 123", &[elodie]),
            ("00447700900123", &[elodie]),
            ("an", &[anabel, ana]),
            ("ANA", &[anabel, ana]),
            ("anab", &[anabel]),
            ("élo", &[elodie]),
            ("É", &[elodie]),
            ("zz", &[]),
            ("9999", &[]),
        ] {
            assert_eq!(search(typed).await, found, "{typed}");
        }
        for typed in ["199", "%20", "x".repeat(61).as_str()] {
            till.get(&format!("/v1/members?search={typed}")).await.problem(400);
        }
    })
    .await;
}

#[actix_web::test]
async fn a_search_goes_by_the_index_however_many_members_there_are() {
    Plan::default()
        .on_sqlite(async |world| {
            let name = "m.first_name IS NOT NULL AND lower(m.first_name) >= 'an' AND lower(m.first_name) < 'ao'";
            for (which, index) in
                [("m.shelf IN (SELECT number FROM shelf) AND substr(m.address, length(m.address) - 3) = '0199'", "member_tail"), (name, "member_name")]
            {
                let sql = format!(
                    "EXPLAIN QUERY PLAN SELECT m.id FROM merchant AS o CROSS JOIN member AS m WHERE m.merchant_id = o.id \
                     AND m.merged_into IS NULL AND {which} LIMIT 50"
                );
                let plan = format!("{:?}", world.rows.all(&sql).await);
                assert!(plan.contains(index) && plan.contains("<expr>"), "{which}: {plan}");
            }
        })
        .await;
}
