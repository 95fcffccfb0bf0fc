//! The way of one text: every step with its time, who or what holds it, and what happens next. A function of values.

use chrono::{DateTime, Duration, Utc};

use super::{Step, Trouble, What};

/// A text that is written this long before it may go is held.
const HELD_FROM: Duration = Duration::seconds(1);
/// The most texts ahead that are counted.
pub const AHEAD_MAX: i64 = 10_000;

/// What is known of a text, of its sender and of its reader.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// The time.
    pub now: DateTime<Utc>,
    /// When it was written; for one that is held, when it may go.
    pub created_at: DateTime<Utc>,
    /// From when on it may be tried.
    pub due_at: DateTime<Utc>,
    /// Its state in the outbox.
    pub state: String,
    /// Which reply it is.
    pub reply: String,
    /// Whether a text of theirs caused it.
    pub is_answer: bool,
    /// How often it was tried.
    pub attempts: i64,
    /// When it was tried last.
    pub attempted_at: Option<DateTime<Utc>>,
    /// When it was settled.
    pub settled_at: Option<DateTime<Utc>>,
    /// The furthest that the provider reported, in its word, and when.
    pub report: Option<(String, DateTime<Utc>)>,
    /// What went wrong, by the provider's number.
    pub trouble: Option<(i32, Trouble)>,
    /// Whether an earlier text to the same phone is not settled.
    pub is_behind: bool,
    /// How many texts of the sender go first, at most [`AHEAD_MAX`].
    pub ahead: i64,
    /// How many texts a second the sender sends.
    pub messages_per_second: f64,
    /// Until when the sender rests, and why.
    pub pause: Option<(DateTime<Utc>, Option<String>)>,
    /// Since when the reader is opted out of the sender.
    pub opted_out_at: Option<DateTime<Utc>>,
}

/// Every step of a text, in order, what happens next at the end.
pub fn explain(case: &Case) -> Vec<Step> {
    let mut steps = vec![Step::now(kind_of(case)), Step::past(Some(case.created_at.min(case.now)), What::Queued)];
    match case.state.as_str() {
        "queued" | "deferred" => steps.extend(waiting(case)),
        "claimed" => steps.extend([Step::past(case.attempted_at, What::UnderWay)]),
        "unclear" => {
            steps.push(Step::past(case.attempted_at, What::Tried(case.attempts)));
            steps.push(Step::next(What::LookUp(case.due_at.max(case.now))));
        }
        "sent" => steps.extend(sent(case)),
        "failed" => {
            steps.push(Step::past(case.attempted_at, What::Tried(case.attempts)));
            steps.push(Step::past(case.settled_at, What::Failed));
            steps.extend(because(case));
            steps.push(Step::next(What::Done));
        }
        "opted_out" => {
            steps.push(Step::past(case.settled_at, What::OptedOutThere));
            steps.extend(because(case));
            steps.push(Step::next(What::Done));
        }
        _ => steps.extend([Step::past(case.opted_out_at, What::Withdrawn), Step::next(What::Done)]),
    }
    steps
}

fn kind_of(case: &Case) -> What {
    match case.reply.as_str() {
        super::replying::REPLY => What::ByStaff,
        _ if case.is_answer => What::Answer,
        _ => What::Unasked,
    }
}

/// Why it has not gone yet, the strongest reason last, for it is what happens next.
fn waiting(case: &Case) -> Vec<Step> {
    let mut steps = Vec::new();
    if case.attempts > 0 {
        steps.push(Step::past(case.attempted_at, What::Tried(case.attempts)));
        steps.extend(because(case));
    }
    if let Some((until, why)) = case.pause.clone().filter(|(until, _)| *until > case.now) {
        steps.push(Step::now(What::Paused(until, why)));
    }
    if case.is_behind {
        steps.push(Step::next(What::Behind));
    } else if case.due_at > case.now && case.attempts > 0 {
        steps.push(Step::next(What::Again(case.due_at)));
    } else if case.due_at > case.now + HELD_FROM {
        steps.push(Step::next(What::Held(case.due_at)));
    } else if case.ahead > 0 {
        steps.push(Step::next(What::Paced(case.ahead, seconds_for(case))));
    } else {
        steps.push(Step::next(What::Due));
    }
    steps
}

fn seconds_for(case: &Case) -> i64 {
    let pace = case.messages_per_second.max(0.01);
    // At most ten thousand texts at a hundredth a second.
    (case.ahead as f64 / pace).ceil() as i64
}

fn sent(case: &Case) -> Vec<Step> {
    let mut steps = Vec::new();
    if case.attempts > 1 {
        steps.push(Step::past(case.attempted_at, What::Tried(case.attempts)));
    }
    steps.push(Step::past(case.settled_at, What::Taken));
    let (word, at) = match &case.report {
        Some((word, at)) => (word.as_str(), Some(*at)),
        None => ("", None),
    };
    match word {
        "delivered" => steps.extend([Step::past(at, What::Delivered), Step::next(What::Done)]),
        "read" => steps.extend([Step::past(at, What::Read), Step::next(What::Done)]),
        "undelivered" | "failed" => {
            steps.push(Step::past(at, What::Undelivered));
            steps.extend(because(case));
            steps.push(Step::next(What::Done));
        }
        "sent" => steps.extend([Step::past(at, What::OnItsWay)]),
        _ => steps.push(Step::now(What::NoReport)),
    }
    steps
}

fn because(case: &Case) -> Option<Step> {
    case.trouble.map(|(code, trouble)| Step::now(What::Because(code, trouble)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap()
    }

    fn case(state: &str) -> Case {
        Case {
            now: at(100),
            created_at: at(0),
            due_at: at(0),
            state: state.to_owned(),
            reply: "balance-one".to_owned(),
            is_answer: true,
            attempts: 0,
            attempted_at: None,
            settled_at: None,
            report: None,
            trouble: None,
            is_behind: false,
            ahead: 0,
            messages_per_second: 2.0,
            pause: None,
            opted_out_at: None,
        }
    }

    fn words(case: &Case) -> Vec<&'static str> {
        explain(case).iter().map(|step| step.what.word()).collect()
    }

    #[test]
    fn a_text_that_waits_says_for_what() {
        let queued = case("queued");
        assert_eq!(words(&queued), ["answer", "queued", "due"]);
        let behind = Case { is_behind: true, ..queued.clone() };
        assert_eq!(words(&behind), ["answer", "queued", "behind"]);
        let held = Case { created_at: at(4000), due_at: at(4000), is_answer: false, ..queued.clone() };
        assert_eq!(words(&held), ["unasked", "queued", "held"]);
        assert_eq!(explain(&held)[1].at, Some(at(100)), "it was written by now, whenever it may go");
        let paced = explain(&Case { ahead: 25, ..queued.clone() });
        assert_eq!(paced.last().unwrap().what, What::Paced(25, 13));
        let paused = Case { pause: Some((at(160), Some("Authenticate".to_owned()))), ..queued };
        assert_eq!(words(&paused), ["answer", "queued", "paused", "due"]);
    }

    #[test]
    fn a_text_that_was_tried_says_when_it_is_tried_again_and_why() {
        let tried = Case {
            attempts: 1,
            attempted_at: Some(at(90)),
            due_at: at(130),
            trouble: Some((30003, Trouble::OutOfReach)),
            ..case("queued")
        };
        assert_eq!(words(&tried), ["answer", "queued", "tried", "because", "again"]);
        let unclear = Case { attempts: 1, attempted_at: Some(at(90)), due_at: at(95), ..case("unclear") };
        assert_eq!(explain(&unclear).last().unwrap().what, What::LookUp(at(100)), "never in the past");
    }

    #[test]
    fn what_the_carrier_says_is_told_with_its_number() {
        let taken = Case { attempts: 1, settled_at: Some(at(5)), ..case("sent") };
        assert_eq!(words(&taken), ["answer", "queued", "taken", "no_report"]);
        let report = |word: &str| Some((word.to_owned(), at(9)));
        assert_eq!(
            words(&Case { report: report("sent"), ..taken.clone() }),
            ["answer", "queued", "taken", "on_its_way"]
        );
        let delivered = explain(&Case { report: report("delivered"), ..taken.clone() });
        assert_eq!(delivered[3], Step::past(Some(at(9)), What::Delivered));
        let landline = Case { report: report("undelivered"), trouble: Some((30006, Trouble::Unreachable)), ..taken };
        assert_eq!(words(&landline), ["answer", "queued", "taken", "undelivered", "because", "done"]);
        assert!(explain(&landline)[4].what.sentence().ends_with("(number 30006)"));
    }

    #[test]
    fn who_opted_out_before_it_went_is_why() {
        let withdrawn = Case { opted_out_at: Some(at(3)), ..case("withdrawn") };
        assert_eq!(explain(&withdrawn)[2], Step::past(Some(at(3)), What::Withdrawn));
        assert_eq!(words(&case("opted_out")), ["answer", "queued", "opted_out_there", "done"]);
    }
}
