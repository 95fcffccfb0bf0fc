//! How many texts a second are read, told from what machines text, and found to be a keyword, nearly one, or none; and what
//! it takes to hear opt-outs in other words as well.
//! Run: `cargo bench --bench reader`

use std::hint::black_box;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use regulars::domain::{
    directory::{Directory, Found},
    keyword::Phrase,
    language::Language,
    machine,
    profile::{birthday::DateOrder, question::SignUpQuestions},
    reading,
    shop::{Keyword, OptIn, Shop},
    text::Text,
};
use uuid::Uuid;

const SIZES: [u32; 3] = [10, 10_000, 1_000_000];
/// The bar: so many texts a second on one core.
const BAR: f64 = 200_000.0;
/// Different texts in each round; enough of them to leave the processor's caches.
const TEXTS: u32 = 50_000;
const ROUNDS: u32 = 4;

fn main() {
    println!(
        "  keywords  senders    a day  quarters  exact  courteous   near  ordinary   look-up   ratio    whole   memory each"
    );
    let mut least = [f64::INFINITY; 2];
    for size in SIZES {
        for senders in [1_000.min(size), 1] {
            let measured = measure_size(size, senders);
            least = std::array::from_fn(|mix| least[mix].min(measured[mix]));
        }
    }
    println!("{EXPLANATION}");
    measure_worst();
    let [day, quarters] = least.map(|least| least / BAR);
    println!(
        "\nThe least of the table is {day:.2} times the bar of {BAR} texts a second on a launch day, {quarters:.2} times in quarters."
    );
}

const EXPLANATION: &str = "
a day, quarters: texts a second of two mixes of what is on the sign (\"golden latte monday\"), courteous (\"hi, golden latte
monday please!\"), near misses (\"goldn late monday\") and ordinary texts (\"is the terrace open today? we are four\"). On a
launch day 16, 2, 1 and 1 of 20 texts are such; the other mix has a quarter of each. The next four columns are microseconds
a text of each kind. Each is read, told from machine-made ones, and found. look-up is a
find of the phrase alone in microseconds, without reading; ratio is what a text in quarters takes, in look-ups. whole is
microseconds a text in quarters where commands and opt-outs in other words are listened for too, as the gateway does.";

/// How many of twenty texts are of each kind on a launch day.
const DAY: [f64; 4] = [16.0, 2.0, 1.0, 1.0];

/// Texts a second on a launch day, and in quarters.
fn measure_size(size: u32, senders: u32) -> [f64; 2] {
    let before = resident_bytes();
    let directory = fill(size, senders, phrase_of);
    let memory = resident_bytes().saturating_sub(before) / u64::from(size);
    let kinds = [exact, courteous, near, ordinary].map(|kind| measure(&directory, &texts(size, senders, kind)));
    let mix = kinds.iter().map(|(seconds, _)| seconds).sum::<f64>() / kinds.len() as f64;
    let look_up = measure_look_ups(&directory, &texts(size, senders, exact));
    let day = kinds.iter().zip(DAY).map(|((seconds, _), share)| seconds * share / 20.0).sum::<f64>();
    print!("{size:>10} {senders:>8} {:>8.0} {:>9.0}", 1.0 / day, 1.0 / mix);
    for (seconds, _) in kinds {
        print!("{:>8.2} ", seconds * 1e6);
    }
    let whole = [exact, courteous, near, ordinary].map(|kind| measure_whole(&directory, &texts(size, senders, kind)));
    let whole = whole.iter().sum::<f64>() / whole.len() as f64;
    println!("{:>9.2} {:>7.1} {:>8.2} {memory:>9} bytes", look_up * 1e6, mix / look_up, whole * 1e6);
    let found = kinds.map(|(_, found)| found);
    assert_eq!((found[0].0, found[1].0, found[3].0), (1.0, 1.0, 0.0), "keywords found");
    assert!(
        found[2].0 + found[2].1 > 0.99 && found[3].1 < 0.01,
        "near misses found: {:?} and {:?}",
        found[2],
        found[3]
    );
    [1.0 / day, 1.0 / mix]
}

/// Inputs made to be slow, at ten thousand keywords with the same beginning and letters, on one sender.
fn measure_worst() {
    let directory = fill(10_000, 1, |number| format!("coffee coffee club {number:04}"));
    let long = "coffee ".repeat(230);
    let spread = "\u{fdfa}\u{1f468}\u{200d}".repeat(530);
    println!("\nMade to be slow, with ten thousand keywords that differ in four digits:");
    for (name, typed) in [
        ("one that is one slip from many", "coffee coffee club 12"),
        ("two slips from many", "cofffee coffee clb 12x4"),
        ("polite and two slips from many", "hi please coffee coffee clob 1294x thanks please"),
        ("1,600 characters of nearly keywords", long.as_str()),
        ("1,600 characters that grow when folded", spread.as_str()),
        ("1,600 greetings", &"hi ".repeat(533)),
        ("1,600 characters of quotes", &"> ok\n".repeat(320)),
        ("1,600 characters of signatures", &"sent from my iphone ".repeat(80)),
    ] {
        let texts = vec![(sender_of(0, 1), typed.to_owned()); 2_000];
        println!("{:>9.1} microseconds: {name}", measure(&directory, &texts).0 * 1e6);
    }
}

/// Seconds a text takes on average, and the shares found to be a keyword and to be near one.
fn measure(directory: &Directory, texts: &[(Uuid, String)]) -> (f64, (f64, f64)) {
    let (mut keywords, mut near) = (0_u32, 0_u32);
    let started = processor_time();
    for _ in 0..ROUNDS {
        for (sender, typed) in texts {
            let text = Text::read(typed);
            black_box(machine::kind(&text));
            match black_box(directory.find(*sender, &text, DateTime::UNIX_EPOCH)) {
                Found::Keyword { .. } => keywords += 1,
                Found::Near(_) => near += 1,
                Found::Past { .. } | Found::Nothing => {}
            }
        }
    }
    let read = f64::from(ROUNDS) * texts.len() as f64;
    ((processor_time() - started).as_secs_f64() / read, (f64::from(keywords) / read, f64::from(near) / read))
}

/// Seconds a text takes on average that is read whole.
fn measure_whole(directory: &Directory, texts: &[(Uuid, String)]) -> f64 {
    let started = processor_time();
    for (sender, typed) in texts {
        black_box(reading::read(&Text::read(typed), *sender, directory, DateTime::UNIX_EPOCH));
    }
    (processor_time() - started).as_secs_f64() / texts.len() as f64
}

/// Seconds an exact look-up takes on average, of texts that have been read.
fn measure_look_ups(directory: &Directory, texts: &[(Uuid, String)]) -> f64 {
    let texts: Vec<(Uuid, Text)> = texts.iter().map(|(sender, typed)| (*sender, Text::read(typed))).collect();
    let started = processor_time();
    for _ in 0..ROUNDS {
        for (sender, text) in &texts {
            assert!(black_box(directory.keyword_of(*sender, text, DateTime::UNIX_EPOCH)).is_some());
        }
    }
    (processor_time() - started).as_secs_f64() / (f64::from(ROUNDS) * texts.len() as f64)
}

/// Texts about keywords in an order that has nothing to do with the order in which they were put in.
fn texts(size: u32, senders: u32, kind: fn(u32) -> String) -> Vec<(Uuid, String)> {
    (0..TEXTS)
        .map(|text| text.wrapping_mul(2_654_435_761) % size)
        .map(|number| (sender_of(number, senders), kind(number)))
        .collect()
}

fn exact(number: u32) -> String {
    phrase_of(number).to_uppercase()
}

fn courteous(number: u32) -> String {
    let phrase = phrase_of(number);
    match number % 4 {
        0 => format!("Hi, {phrase} please!"),
        1 => format!("{phrase} thanks 🙏"),
        2 => format!("please sign me up for {phrase}"),
        _ => phrase.replace(' ', ""),
    }
}

/// A letter of the first word doubled, left out or changed.
fn near(number: u32) -> String {
    let phrase = phrase_of(number);
    let (head, tail) = phrase.split_at(2);
    match number % 3 {
        0 => format!("{head}{}{tail}", tail.chars().next().unwrap_or('x')),
        1 => format!("{head}{}", &tail[1..]),
        _ => format!("{head}w{}", &tail[1..]),
    }
}

fn ordinary(number: u32) -> String {
    let sentences = [
        "is the terrace open today? we are four",
        "What time do you close on Sundays",
        "ok see you there",
        "I love this place, best croissants in town!",
        "¿Abren mañana por la mañana?",
        "👍",
        "can I bring my dog",
        "I'm running late, ten minutes",
    ];
    sentences[number as usize % sentences.len()].to_owned()
}

const FIRST: &[&str] = &[
    "golden",
    "silver",
    "happy",
    "lucky",
    "urban",
    "corner",
    "harbor",
    "garden",
    "sunny",
    "cozy",
    "royal",
    "fresh",
    "little",
    "grand",
    "velvet",
    "copper",
    "crystal",
    "maple",
    "willow",
    "river",
    "mountain",
    "island",
    "desert",
    "forest",
    "ocean",
    "castle",
    "village",
    "market",
    "station",
    "bridge",
    "cherry",
    "lemon",
    "ginger",
    "pepper",
    "vanilla",
    "cinnamon",
    "saffron",
    "basil",
    "orange",
    "purple",
    "scarlet",
    "turquoise",
    "midnight",
    "morning",
    "evening",
    "winter",
    "summer",
    "autumn",
    "spring",
    "holiday",
];
const SECOND: &[&str] = &[
    "latte",
    "bakery",
    "pizza",
    "noodles",
    "burger",
    "tacos",
    "barber",
    "florist",
    "bookshop",
    "cinema",
    "theatre",
    "museum",
    "gallery",
    "studio",
    "fitness",
    "yoga",
    "boxing",
    "climbing",
    "bowling",
    "karaoke",
    "brewery",
    "winery",
    "chocolate",
    "donuts",
    "pancake",
    "waffles",
    "smoothie",
    "espresso",
    "matcha",
    "kombucha",
    "sandwich",
    "salad",
    "sushi",
    "ramen",
    "dumpling",
    "curry",
    "kebab",
    "falafel",
    "gelato",
    "cupcake",
    "pretzel",
    "bagels",
    "muffin",
    "brunch",
    "dinner",
    "supper",
    "picnic",
    "festival",
    "carnival",
    "parade",
];

/// "golden latte 7 b": different for each number up to a million, and to within one slip.
fn phrase_of(number: u32) -> String {
    let (first, rest) = (FIRST[number as usize % 50], number / 50);
    let (second, rest) = (SECOND[rest as usize % 50], rest / 50);
    let (third, fourth) = (SECOND[rest as usize % 50], rest / 50);
    if number < 2_500 {
        return format!("{first} {second}");
    }
    format!("{first} {second} {third} {}", FIRST[fourth as usize % 50])
}

fn fill(size: u32, senders: u32, phrase_of: impl Fn(u32) -> String) -> Directory {
    let mut directory = Directory::default();
    for sender in 0..senders {
        directory.put_shop(shop_on(sender_of(sender, senders)));
    }
    for number in 0..size {
        let sender_id = sender_of(number, senders);
        directory.put_keyword(Keyword {
            id: Uuid::from_u128(number.into()),
            shop_id: sender_id,
            sender_id,
            phrase: Phrase::parse(&phrase_of(number)).unwrap_or_else(|wrong| panic!("{wrong}")),
            source: None,
            language: None,
            starts_at: None,
            ends_at: None,
            created_at: DateTime::UNIX_EPOCH,
        });
    }
    directory
}

/// The one shop on a sender; it has the sender's id.
fn shop_on(sender_id: Uuid) -> Shop {
    Shop {
        id: sender_id,
        merchant_id: Uuid::nil(),
        sender_id,
        name: "Bean There".into(),
        time_zone: chrono_tz::UTC,
        language: Language::default(),
        currency: "USD".into(),
        opt_in: OptIn::Double,
        welcome_points: 0,
        contact: String::new(),
        terms: String::new(),
        messages_per_month: 4,
        sign_up: SignUpQuestions::default(),
        date_order: DateOrder::MonthFirst,
        telling: Default::default(),
        program_id: sender_id,
        created_at: DateTime::<Utc>::UNIX_EPOCH,
    }
}

fn sender_of(number: u32, senders: u32) -> Uuid {
    Uuid::from_u128(0x5eed << 64 | u128::from(number % senders))
}

/// The time this thread has had on a core, so that what else the machine does is not counted; time as it passes where
/// `/proc` is not.
fn processor_time() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let schedstat = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = schedstat.and_then(|line| line.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

/// The memory of this process, in bytes; 0 where `/proc` is not.
fn resident_bytes() -> u64 {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages: u64 = statm.split(' ').nth(1).and_then(|pages| pages.parse().ok()).unwrap_or(0);
    pages * 4096
}
