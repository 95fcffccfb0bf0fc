//! Plays prepared texts, flat out or to a timetable, and keeps the time.
//!
//! All connections live on one thread of their own: no hand-offs, and one core of two at the most.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context;
use futures_util::future::join_all;
use hdrhistogram::Histogram;
use hyper::StatusCode;
use tokio::sync::oneshot;

use crate::line::{Destination, Line, Prepared};

/// How texts are played.
#[derive(Debug, Clone)]
pub struct Score {
    /// Where to.
    pub destination: Arc<Destination>,
    /// How many connections, each with one text under way.
    pub connections: u16,
    /// Texts a second; `None`: as fast as they are answered.
    pub rate: Option<f64>,
    /// Play the texts over and over for at least so long; `None`: once.
    pub at_least: Option<Duration>,
}

/// What a text met with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// 2xx: the gateway has promised to see to it.
    Taken,
    /// Any other status: it has not.
    Refused,
    /// No whole answer: nobody knows.
    Unclear,
}

/// What came of a play.
#[derive(Debug)]
pub struct Played {
    /// For every text, in order, its last answer.
    pub answers: Vec<Answer>,
    /// How often each status or failure was met with.
    pub tally: BTreeMap<String, u64>,
    /// Microseconds to the end of the answer: from the moment a text was due where there is a rate, or else from
    /// when it was sent.
    pub latency: Histogram<u64>,
    /// From the first text to the last answer.
    pub took: Duration,
}

/// Latencies are counted up to this many microseconds.
const LATENCY_MAX: u64 = 10 * 60 * 1_000_000;

/// Plays the texts; `answered` counts along.
pub async fn play(score: Score, texts: Arc<[Prepared]>, answered: Arc<AtomicU64>) -> anyhow::Result<Played> {
    let (done, outcome) = oneshot::channel();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    // A plain thread: unlike a blocking task it does not hold up the end of the program after Ctrl-C.
    std::thread::Builder::new()
        .name("player".to_owned())
        .spawn(move || done.send(runtime.block_on(play_here(&score, &texts, &answered))).ok())?;
    outcome.await.context("the player has stopped")?
}

async fn play_here(score: &Score, texts: &[Prepared], answered: &AtomicU64) -> anyhow::Result<Played> {
    let concert = Concert {
        score,
        texts,
        answered,
        started: Instant::now(),
        next: Cell::new(0),
        answers: RefCell::new(vec![Answer::Unclear; texts.len()]),
        tally: RefCell::default(),
        latency: RefCell::new(Histogram::new_with_max(LATENCY_MAX, 3)?),
    };
    join_all((0..score.connections).map(|_| concert.play_a_part())).await;
    let took = concert.started.elapsed();
    Ok(Played {
        answers: concert.answers.into_inner(),
        tally: concert.tally.into_inner(),
        latency: concert.latency.into_inner(),
        took,
    })
}

/// What all connections share, on one thread.
struct Concert<'a> {
    score: &'a Score,
    texts: &'a [Prepared],
    answered: &'a AtomicU64,
    started: Instant,
    next: Cell<usize>,
    answers: RefCell<Vec<Answer>>,
    tally: RefCell<BTreeMap<String, u64>>,
    latency: RefCell<Histogram<u64>>,
}

impl Concert<'_> {
    async fn play_a_part(&self) {
        let mut line = Line::to(Arc::clone(&self.score.destination));
        while let Some(number) = self.take_next() {
            let begun = self.wait_until_due(number).await;
            let index = number % self.texts.len();
            let answer = line.post(&self.texts[index]).await;
            self.note(index, begun, answer);
        }
    }

    fn take_next(&self) -> Option<usize> {
        let number = self.next.get();
        let again = self.score.at_least.is_some_and(|least| self.started.elapsed() < least);
        let more = number < self.texts.len() || (again && !self.texts.is_empty());
        more.then(|| {
            self.next.set(number + 1);
            number
        })
    }

    /// The moment from which the latency counts. With a rate it is the moment the text was due, even when all
    /// connections were busy then: a gateway that stalls does not get to slow the clock down.
    async fn wait_until_due(&self, number: usize) -> Instant {
        let Some(rate) = self.score.rate else {
            return Instant::now();
        };
        let due = self.started + Duration::from_secs_f64(number as f64 / rate);
        tokio::time::sleep_until(due.into()).await;
        due
    }

    fn note(&self, index: usize, begun: Instant, answer: Result<StatusCode, String>) {
        let micros = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.latency.borrow_mut().saturating_record(micros);
        self.answers.borrow_mut()[index] = match &answer {
            Ok(status) if status.is_success() => Answer::Taken,
            Ok(_) => Answer::Refused,
            Err(_) => Answer::Unclear,
        };
        let mut tally = self.tally.borrow_mut();
        match &answer {
            Ok(status) => count(&mut tally, status.as_str()),
            Err(why) => count(&mut tally, why),
        }
        self.answered.fetch_add(1, Ordering::Relaxed);
    }
}

fn count(tally: &mut BTreeMap<String, u64>, what: &str) {
    match tally.get_mut(what) {
        Some(times) => *times += 1,
        None => {
            tally.insert(what.to_owned(), 1);
        }
    }
}
