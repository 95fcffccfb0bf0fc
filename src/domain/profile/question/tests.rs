use serde_json::json;

use super::*;

fn own(id: &str, kind: AnswerKind) -> OwnQuestion {
    OwnQuestion { id: id.to_owned(), prompt: "Oily, dry or normal skin?".to_owned(), kind }
}

fn choice(options: &[&str]) -> AnswerKind {
    AnswerKind::Choice { options: options.iter().map(|&option| option.to_owned()).collect() }
}

fn questions(own: Vec<OwnQuestion>) -> SignUpQuestions {
    SignUpQuestions { first_name: true, birthday: true, own, ..SignUpQuestions::default() }
}

fn asked(id: &str) -> Asked {
    Asked::Own(id.to_owned())
}

#[test]
fn they_are_asked_in_order_each_once() {
    let all = questions(vec![own("skin", AnswerKind::FreeText), own("milk", AnswerKind::YesNo)]);
    let mut order = vec![all.first().unwrap()];
    while let Some(next) = all.next_after(order.last().unwrap()) {
        order.push(next);
    }
    assert_eq!(order, [Asked::FirstName, Asked::Birthday, asked("skin"), asked("milk")]);
    assert_eq!(SignUpQuestions::default().first(), None);
    let name_only = SignUpQuestions { birthday: false, ..questions(vec![]) };
    assert_eq!(name_only.next_after(&Asked::FirstName), None);
}

#[test]
fn a_shop_that_changes_its_questions_confuses_nobody() {
    let before = questions(vec![own("skin", AnswerKind::FreeText), own("milk", AnswerKind::YesNo)]);
    let without_birthday = SignUpQuestions { birthday: false, ..before.clone() };
    assert_eq!(without_birthday.next_after(&Asked::Birthday), Some(asked("skin")));
    assert_eq!(without_birthday.expected(&Asked::Birthday), None);
    let without_name = SignUpQuestions { first_name: false, ..before.clone() };
    assert_eq!(without_name.next_after(&Asked::FirstName), Some(Asked::Birthday));
    let without_skin = questions(vec![own("milk", AnswerKind::YesNo)]);
    assert_eq!(without_skin.next_after(&asked("skin")), None);
    assert_eq!(without_skin.expected(&asked("skin")), None);
    assert_eq!(SignUpQuestions::default().next_after(&Asked::FirstName), None);
}

#[test]
fn their_json_is_what_the_api_shows_and_absent_fields_have_their_default() {
    let all = questions(vec![own("skin", choice(&["Oily", "Dry"])), own("milk", AnswerKind::YesNo)]);
    let prompt = "Oily, dry or normal skin?";
    let shown = json!({
        "first_name": true,
        "birthday": true,
        "own": [
            { "id": "skin", "prompt": prompt, "kind": "choice", "options": ["Oily", "Dry"] },
            { "id": "milk", "prompt": prompt, "kind": "yes_no" },
        ],
        "lapse_after_minutes": 1440,
    });
    assert_eq!(serde_json::to_value(&all).unwrap(), shown);
    assert_eq!(serde_json::from_value::<SignUpQuestions>(shown).unwrap(), all);
    assert_eq!(serde_json::from_value::<SignUpQuestions>(json!({})).unwrap(), SignUpQuestions::default());
    assert!(serde_json::from_value::<OwnQuestion>(json!({ "id": "a", "prompt": "b", "kind": "choice" })).is_err());
}

#[test]
fn what_was_asked_is_stored_and_keyed() {
    for (asked, stored) in [
        (Asked::FirstName, json!("first_name")),
        (Asked::Birthday, json!("birthday")),
        (asked("skin"), json!({ "own": "skin" })),
    ] {
        assert_eq!(serde_json::to_value(&asked).unwrap(), stored);
        assert_eq!(serde_json::from_value::<Asked>(stored).unwrap(), asked);
        assert_eq!(Asked::from_key(asked.key()), asked);
    }
}

#[test]
fn good_questions_have_no_mistakes() {
    for own in [
        vec![],
        vec![own("skin", choice(&["Oily skin", "Dry skin", "Normal", "👍"]))],
        vec![own("a", choice(&["1", "2", "3+"])), own("b", AnswerKind::YesNo), own("c_9", AnswerKind::FreeText)],
        vec![own(&"a".repeat(30), choice(&["油性", "干性", "No"]))],
    ] {
        assert_eq!(questions(own).mistakes(), []);
    }
    let longest = OwnQuestion { prompt: "ä".repeat(140), ..own("a", choice(&["x", &"é".repeat(40)])) };
    assert_eq!(questions(vec![longest]).mistakes(), []);
}

#[test]
fn every_mistake_is_named_at_once_with_what_to_do() {
    let long = "a".repeat(141);
    let wrong = SignUpQuestions {
        own: vec![
            OwnQuestion { prompt: long, ..own("Skin type", choice(&["Oily", "oily!", "", "Skip", "STOP", "1"])) },
            OwnQuestion { prompt: "Hi\u{202e}there".into(), ..own("birthday", choice(&["one", "two"])) },
            OwnQuestion { prompt: " ?".into(), ..own("birthday", choice(&["only"])) },
            own("d", AnswerKind::YesNo),
        ],
        lapse_after_minutes: 4,
        ..SignUpQuestions::default()
    };
    let found = wrong.mistakes();
    let paths: Vec<&str> = found.iter().map(|mistake| mistake.path.as_str()).collect();
    let expected = [
        "lapse_after_minutes",
        "own",
        "own[0].id",
        "own[0].prompt",
        "own[0].options[1]",
        "own[0].options[2]",
        "own[0].options[3]",
        "own[0].options[4]",
        "own[0].options[5]",
        "own[1].id",
        "own[1].prompt",
        "own[2].id",
        "own[2].id",
        "own[2].prompt",
        "own[2].options",
    ];
    assert_eq!(paths, expected);
    assert_eq!(found[0].sentence, "must be 5 to 10080 minutes");
    assert!(found[4].sentence.contains("like option 1") && found[8].sentence.contains("number of another option"));
    let week = SignUpQuestions { lapse_after_minutes: 10_081, ..SignUpQuestions::default() };
    assert_eq!(week.mistakes().len(), 1);
}

#[test]
fn a_list_without_end_is_one_mistake() {
    let endless: Vec<String> = (0..100_000).map(|_| "a".to_owned()).collect();
    let wrong = questions(vec![own("a", AnswerKind::Choice { options: endless })]);
    assert_eq!(wrong.mistakes().len(), 9);
}
