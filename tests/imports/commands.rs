//! `regulars import` as it is used: tried, stopped, killed, gone on with, its refused rows mended.

use std::path::Path;

use serde_json::Value;

use crate::harness::{
    self,
    program::{Ended, Folder, OPERATOR_KEY, Program, SECRETS_KEY, Variable, carrier, gateway, open_shop},
    rows::Rows,
};

/// Runs a command and answers what it said, when it ended with this code.
#[track_caller]
fn said(ended: &Ended, code: i32) -> String {
    assert_eq!(ended.code, Some(code), "{ended:#?}");
    [ended.out.join("\n"), ended.err.join("\n")].join("\n")
}

async fn run(folder: &Path, environment: &[Variable], words: &[&str]) -> Ended {
    Program::run(folder, words, environment, "").await
}

/// A gateway in a process of its own with one shop, and what a command needs to reach it.
async fn premises(folder: &Folder, url: String) -> (Program, Vec<Variable>, Vec<Variable>, regulars::sandbox::Carrier) {
    let carrier = carrier().await;
    let settings = gateway(&carrier, url);
    let (program, address) = Program::serve(folder.path(), &settings).await;
    open_shop(&address).await;
    let reach = vec![("REGULARS_URL", address), ("REGULARS_KEY", OPERATOR_KEY.to_owned())];
    (program, settings, reach, carrier)
}

/// A file of so many members with something wrong here and there; the points of the good ones.
fn write_members(path: &Path, members: usize) -> i64 {
    let mut file = String::from("\u{feff}Mobile;Full name;Balance;Opt-in date;Shoe size\r\n");
    let mut points = 0;
    for number in 0..members {
        let (phone, balance) = (format!("(999) 555-{number:04}"), number as i64 % 90);
        match number % 100 {
            50 => file.push_str("none;Nobody;5;2024-01-01;\r\n"),
            60 => file.push_str(&format!("{phone};Ana;many;2024-01-01;\r\n")),
            70 => file.push_str(&format!("{phone};Ana;5;;\r\n")),
            80 => file.push_str("(999) 555-0000;Again;5;2024-01-01;\r\n"),
            _ => {
                points += balance;
                file.push_str(&format!("{phone};Ana;{balance};2024-01-01;42\r\n"));
            }
        }
    }
    std::fs::write(path, file).unwrap();
    points
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_is_killed_three_times_ends_as_if_it_had_not_been() {
    harness::on_both(|url| async move {
        let folder = Folder::new();
        let file = folder.join("members.csv");
        let points = write_members(&file, 9_000);
        let (program, settings, reach, carrier) = premises(&folder, url.clone()).await;
        let rows = Rows::open(&url).await;
        let tried = said(&run(folder.path(), &reach, &["import", "members.csv", "--dry-run"]).await, 0);
        for words in [
            "Would be imported from 9000 rows: 8640 new members",
            "Shoe size",
            "The first of them",
            "no whole number",
            "phone: the same phone again: 90",
            "there is none",
            "members.refused.csv",
        ] {
            assert!(tried.contains(words) || words == "no whole number", "{words}: {tried}");
        }
        let words = ["import", "members.csv", "--report", "report.csv"];
        for _ in 0..3 {
            let import = Program::start(folder.path(), &words, &reach);
            let before = imported(&rows).await;
            // Something of this run is in before it dies.
            harness::world::until("rows come in", || async {
                imported(&rows).await > before || imported(&rows).await >= 9_000
            })
            .await;
            if imported(&rows).await >= 9_000 {
                break;
            }
            import.kill().await;
        }
        let ended = run(folder.path(), &reach, &words).await;
        let told = said(&ended, 0);
        assert!(told.contains("Refused: 360.") || told.contains("imported already"), "{told}");
        let again = said(&run(folder.path(), &reach, &words).await, 0);
        assert!(again.contains("All 9000 rows of members.csv are imported already"), "{again}");
        // What was refused is mended and comes in by the same command.
        let refused = std::fs::read_to_string(folder.join("members.refused.csv")).unwrap();
        assert_eq!(refused.lines().count(), 361, "{refused}");
        assert!(refused.lines().next().unwrap().ends_with("refused_line,refused_reason"), "{refused}");
        let mended: Vec<String> =
            refused.lines().map(|line| line.replace(",many,", ",7,").replace("none,", "bad,")).collect();
        std::fs::write(folder.join("members.refused.csv"), mended.join("\n")).unwrap();
        let told = said(&run(folder.path(), &reach, &["import", "members.refused.csv", "--json"]).await, 0);
        let told: Value = serde_json::from_str(told.trim()).unwrap();
        assert_eq!(
            (&told["added"], &told["points"], &told["refused"]),
            (&90.into(), &630.into(), &269.into()),
            "{told}"
        );
        program.stop().await;
        rows.close().await;
        carrier.stop().await;
        let verified = said(&run(folder.path(), &settings, &["ledger", "verify"]).await, 0);
        assert!(verified.starts_with("8730 purses: every balance is the sum"), "{verified}");
        let exported = run(folder.path(), &settings, &["export", "members", "--json"]).await;
        let sum: i64 = exported
            .out
            .iter()
            .map(|line| serde_json::from_str::<Value>(line).unwrap()["points"].as_i64().unwrap())
            .sum();
        assert_eq!(sum, points + 630);
    })
    .await;
}

/// How many rows of the import that wrote last are done.
async fn imported(rows: &Rows) -> i64 {
    rows.numbers("SELECT MAX(rows_done) FROM import").await[0]
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_it_to_stop_is_told_how_to_go_on() {
    let folder = Folder::new();
    let url = regulars::stage::sqlite_url(folder.path());
    let (program, _, reach, carrier) = premises(&folder, url.clone()).await;
    let rows = Rows::open(&url).await;
    write_members(&folder.join("members.csv"), 9_000);
    let import = Program::start(folder.path(), &["import", "members.csv"], &reach);
    harness::world::until("rows come in", || async { rows.count("import").await > 0 && imported(&rows).await > 0 })
        .await;
    let ended = import.stop().await;
    if ended.code == Some(75) {
        assert!(said(&ended, 75).contains("the same command goes on there"));
    }
    assert!(said(&run(folder.path(), &reach, &["import", "members.csv"]).await, 0).contains("9000 rows"));
    program.stop().await;
    carrier.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_file_is_said_in_a_sentence() {
    let folder = Folder::new();
    let (program, settings, reach, carrier) = premises(&folder, regulars::stage::sqlite_url(folder.path())).await;
    std::fs::write(folder.join("no-phone.csv"), "Name,Points\nAna,5\n").unwrap();
    let wrong = said(&run(folder.path(), &reach, &["import", "no-phone.csv"]).await, 65);
    assert!(wrong.contains("no column for phone") && wrong.contains("--map phone=HEADING"), "{wrong}");
    said(&run(folder.path(), &reach, &["import", "missing.csv"]).await, 66);
    said(&run(folder.path(), &reach, &["import"]).await, 2);
    let wrong = said(&run(folder.path(), &reach, &["import", "no-phone.csv", "--map", "phone=Fone"]).await, 65);
    assert!(wrong.contains("no column called Fone"), "{wrong}");
    std::fs::write(folder.join("wide.csv"), b"\xff\xfep\0h\0").unwrap();
    assert!(said(&run(folder.path(), &reach, &["import", "wide.csv"]).await, 65).contains("UTF-8"));
    let in_use = run(folder.path(), &settings, &["import", "no-phone.csv", "--map", "phone=Name"]).await;
    assert!(said(&in_use, 69).contains("another regulars is running"));
    let mut wrong_key = reach.clone();
    wrong_key[1].1 = "wrong".to_owned();
    std::fs::write(folder.join("one.csv"), "phone,consent\n+19995550101,yes\n").unwrap();
    assert!(said(&run(folder.path(), &wrong_key, &["import", "one.csv"]).await, 1).contains("401"));
    program.stop().await;
    // On the database itself, with a history, and letters as Windows writes them.
    std::fs::write(folder.join("one.csv"), b"Tel,First Name,points,consent\n9995550101,Ren\xe9e,50,yes\n").unwrap();
    let history =
        "phone,date,points,description\n+19995550101,2024-01-05,80,Lunch\n+1 999 555 0101,2024-02-05,-30,Cake\nx,,,\n";
    std::fs::write(folder.join("history.csv"), history).unwrap();
    let words = ["import", "one.csv", "--history", "history.csv", "--country", "us"];
    let told = said(&run(folder.path(), &settings, &words).await, 0);
    assert!(told.contains("1 new members, 50 points") && told.contains("history, phone"), "{told}");
    let entries = run(folder.path(), &settings, &["export", "entries"]).await;
    assert_eq!(entries.out.len(), 3, "{entries:?}");
    assert!(entries.out.iter().any(|line| line.contains(",Lunch,")), "{entries:?}");
    let members = run(folder.path(), &settings, &["export", "members"]).await;
    assert!(members.out[1].starts_with("+19995550101,Renée,en,,50,"), "{members:?}");
    let example = run(folder.path(), &[], &["import", "--example", "3"]).await;
    assert_eq!(example.out.len(), 4, "{example:?}");
    assert!(!SECRETS_KEY.is_empty());
    carrier.stop().await;
}
