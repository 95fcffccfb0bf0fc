//! What finding a keyword costs with ten, ten thousand and a million of them. Run: `cargo bench --bench keyword_index`

use std::hint::black_box;
use std::time::Instant;

use regulars::domain::keyword::{KeywordId, KeywordIndex, Phrase};
use regulars::domain::text::Text;
use uuid::Uuid;

const SIZES: [u32; 3] = [10, 10_000, 1_000_000];
const SENDERS: u32 = 1_000;
/// Different texts looked up in each round, as a launch day brings them; enough of them to leave the processor's caches.
const TEXTS: u32 = 100_000;
const ROUNDS: u32 = 20;

fn main() {
    println!(
        "{:>10}  {:>9} {:>6}  {:>9} {:>6}  {:>13}",
        "keywords", "hit", "ratio", "miss", "ratio", "memory each"
    );
    let mut smallest = None;
    for size in SIZES {
        let before = resident_bytes();
        let index = fill(size);
        let each = resident_bytes().saturating_sub(before) / u64::from(size);
        let hit = measure(&index, &texts(size, "spring"), 1);
        let miss = measure(&index, &texts(size, "autumn"), 0);
        let (least_hit, least_miss) = *smallest.get_or_insert((hit, miss));
        let (more_hit, more_miss) = (hit / least_hit, miss / least_miss);
        let memory = if size < 10_000 {
            "-".to_owned()
        } else {
            format!("{each} bytes")
        };
        println!(
            "{size:>10}  {hit:>6.1} ns {more_hit:>5.1}x  {miss:>6.1} ns {more_miss:>5.1}x  {memory:>13}"
        );
    }
    println!();
    println!(
        "A find is one hash and one comparison at every size. What grows is the time the memory takes to answer:"
    );
    println!(
        "ten keywords live in the processor's nearest cache, a million do not, and a hit touches three places"
    );
    println!("(table, slot, phrase), a miss one.");
}

fn fill(size: u32) -> KeywordIndex {
    let mut index = KeywordIndex::new();
    for number in 0..size {
        let phrase =
            Phrase::parse(&phrase_of(number, "spring")).unwrap_or_else(|wrong| panic!("{wrong}"));
        index.insert(
            sender_of(number),
            &phrase,
            KeywordId(Uuid::from_u128(number.into())),
        );
    }
    assert_eq!(index.len(), size as usize);
    index
}

/// Texts in an order that has nothing to do with the order in which the keywords were inserted.
fn texts(size: u32, season: &str) -> Vec<(Uuid, Text)> {
    (0..TEXTS)
        .map(|text| text.wrapping_mul(2_654_435_761) % size)
        .map(|number| (sender_of(number), Text::read(&phrase_of(number, season))))
        .collect()
}

/// Nanoseconds a find takes on average, with `found` keywords found each time.
fn measure(index: &KeywordIndex, texts: &[(Uuid, Text)], found: usize) -> f64 {
    let started = Instant::now();
    for _ in 0..ROUNDS {
        for (sender, text) in texts {
            assert_eq!(black_box(index.find(*sender, text)).len(), found);
        }
    }
    started.elapsed().as_nanos() as f64 / f64::from(ROUNDS * TEXTS)
}

fn phrase_of(number: u32, season: &str) -> String {
    format!("coffee {season} {}", number / SENDERS)
}

fn sender_of(number: u32) -> Uuid {
    Uuid::from_u128(0x5eed << 64 | u128::from(number % SENDERS))
}

/// The memory of this process, in bytes; 0 where `/proc` is not.
fn resident_bytes() -> u64 {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages: u64 = statm
        .split(' ')
        .nth(1)
        .and_then(|pages| pages.parse().ok())
        .unwrap_or(0);
    pages * 4096
}
