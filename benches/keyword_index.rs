//! What finding a keyword costs with ten, ten thousand and a million of them. Run: `cargo bench --bench keyword_index`

use std::hint::black_box;
use std::time::Instant;

use regulars::domain::keyword::{KeywordIndex, Phrase, Place};
use regulars::domain::text::Text;
use uuid::Uuid;

const SIZES: [u32; 3] = [10, 10_000, 1_000_000];
const SENDERS: u32 = 1_000;
/// Different texts looked up in each round, as a launch day brings them; enough of them to leave the processor's caches.
const TEXTS: u32 = 100_000;
const ROUNDS: u32 = 20;

fn main() {
    println!("  keywords        hit  ratio       miss  ratio   a bare read    memory each");
    let mut smallest = None;
    for size in SIZES {
        let before = resident_bytes();
        let index = fill(size);
        let memory = resident_bytes().saturating_sub(before) / u64::from(size);
        let hit = measure(&index, &texts(size, "spring"), 1);
        let miss = measure(&index, &texts(size, "autumn"), 0);
        let (least_hit, least_miss) = *smallest.get_or_insert((hit, miss));
        let (hit_ratio, miss_ratio) = (hit / least_hit, miss / least_miss);
        let read = measure_bare_reads(size as usize * BYTES_EACH);
        print!("{size:>10}  {hit:>6.1} ns {hit_ratio:>5.1}x  {miss:>6.1} ns {miss_ratio:>5.1}x");
        match size {
            0..10_000 => println!("  {read:>9.1} ns  too few to tell"),
            _ => println!("  {read:>9.1} ns  {memory:>9} bytes"),
        }
    }
    println!("{EXPLANATION}");
}

const EXPLANATION: &str = "
A find hashes the text and looks at two places, at every size: a byte for each keyword near the hash, and the one entry
they point to. What grows is the time the memory takes to answer: ten keywords live in the processor's nearest cache,
most of a million do not. Cache misses, not comparisons, make the difference; a bare read is one read at a random place
of as much memory. A miss is mostly decided by the bytes alone, which stay near for longer.";

/// About what a keyword takes.
const BYTES_EACH: usize = 240;

/// Nanoseconds one read takes at a random place in this many bytes, each place known only after the read before.
fn measure_bare_reads(bytes: usize) -> f64 {
    let memory = vec![1_u64; bytes / 8];
    let (started, mut at) = (Instant::now(), 0_u64);
    for _ in 0..TEXTS * ROUNDS {
        let value = memory[(at >> 16) as usize % memory.len()];
        at = at.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(value);
    }
    black_box(at);
    started.elapsed().as_nanos() as f64 / f64::from(ROUNDS * TEXTS)
}

fn fill(size: u32) -> KeywordIndex {
    let mut index = KeywordIndex::new();
    for number in 0..size {
        let phrase = Phrase::parse(&phrase_of(number, "spring")).unwrap_or_else(|wrong| panic!("{wrong}"));
        index.insert(sender_of(number), &phrase, Place(number));
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
    let pages: u64 = statm.split(' ').nth(1).and_then(|pages| pages.parse().ok()).unwrap_or(0);
    pages * 4096
}
