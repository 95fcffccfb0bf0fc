//! The model: a small network over the features of a text. It is trained by `training/` from `tests/corpus/tune` and embedded.
//!
//! Each feature has a weight of its own and one for each hidden unit. A text's score is the sum of the weights, and of what the
//! hidden units say that are awake: those whose sum is above nothing.

use std::{borrow::Cow, sync::LazyLock};

use rustc_hash::FxHashMap;

use super::{
    features::{self, Feature, look},
    surface,
    tokens::Tokens,
};

/// How many hidden units there are.
pub const HIDDEN: usize = 63;
/// How many features there are: those of the sense, and behind them those of the surface.
pub const FEATURES: usize = features::WIDTH + surface::WIDTH;

/// The weights of a feature: its own, and one for each hidden unit. So many bytes that they fill a line of the processor's cache.
const ROW: usize = 1 + HIDDEN;
/// How many kinds of features there are, of sense and surface.
pub const KINDS: usize = features::KINDS + surface::KINDS;
/// The bytes that say where a feature's row is.
const PLACE: usize = 3;
/// The last bytes of a model file, behind the rows and their places: fingerprint, thresholds, scales, bias, and two numbers for each hidden unit.
const TAIL: usize = 8 + (3 + 2 + 1 + 2 * HIDDEN) * 4;

/// A trained model.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// Of what it was trained from: see [`Fingerprint`].
    pub fingerprint: u64,
    /// From which scores on a text is what.
    pub thresholds: Thresholds,
    /// What a weight of 1 stands for, of a feature's own and of those for hidden units.
    pub scales: [f32; 2],
    /// What a text without features scores.
    pub bias: f32,
    /// What each hidden unit sums up to without features.
    pub hidden_bias: [f32; HIDDEN],
    /// What each hidden unit counts.
    pub hidden_worth: [f32; HIDDEN],
    /// A row for each feature: its own weight, then one for each hidden unit. They are looked up where they lie in the file.
    pub rows: Cow<'static, [u8]>,
    /// Which row is whose, a number for each feature; without any, they are in the features' order.
    pub places: Cow<'static, [u8]>,
}

/// From which scores on a text is what.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// An opt-out.
    pub certain_from: f32,
    /// An opt-out where a rule is sure of it.
    pub sure_from: f32,
    /// Perhaps an opt-out.
    pub doubt_from: f32,
}

/// The model that is shipped.
pub static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(&SHIPPED.0));

/// The model's file, where each row is a line of the processor's cache.
#[repr(align(64))]
struct Aligned<Bytes>(Bytes);

static SHIPPED: Aligned<[u8; FEATURES * (ROW + PLACE) + TAIL]> = Aligned(*include_bytes!("model.bin"));

/// How many parts of a text are named as a reason.
const PARTS: usize = 3;

/// Tells `found` every feature of the text as the model counts them: its number, below [`FEATURES`], and its kind.
pub fn each_feature(tokens: &Tokens, raw: &str, mut found: impl FnMut(usize, usize)) {
    look(tokens, raw, |feature| found(feature.number as usize, feature.kind as usize));
    surface::look(raw, |number, kind| found(features::WIDTH + number as usize, features::KINDS + kind as usize));
}

/// What each feature of a kind is worth, in a text that has so many of each kind.
pub fn worths(counts: [u32; KINDS]) -> [f32; KINDS] {
    std::array::from_fn(|kind| match features::Kind::ALL.get(kind) {
        Some(sense) => features::worth(*sense, counts[kind]),
        None => surface::worth(counts[kind]),
    })
}

impl Model {
    /// Reads a model file; one that is cut off knows nothing.
    pub fn read(bytes: &'static [u8]) -> Self {
        let (rows, rest) = bytes.split_at_checked(FEATURES * ROW).unwrap_or_default();
        let (places, tail) = rest.split_at_checked(FEATURES * PLACE).unwrap_or_default();
        let (fingerprint, numbers) = tail.split_at_checked(8).unwrap_or_default();
        let fingerprint = u64::from_le_bytes(fingerprint.try_into().unwrap_or([0; 8]));
        let mut numbers = numbers.chunks_exact(4);
        let mut number = || f32::from_le_bytes(numbers.next().and_then(|four| four.try_into().ok()).unwrap_or([0; 4]));
        let thresholds = Thresholds { certain_from: number(), sure_from: number(), doubt_from: number() };
        let (scales, bias) = ([number(), number()], number());
        let (hidden_bias, hidden_worth) = ([(); HIDDEN].map(|()| number()), [(); HIDDEN].map(|()| number()));
        let (rows, places) = (rows.into(), places.into());
        Self { fingerprint, thresholds, scales, bias, hidden_bias, hidden_worth, rows, places }
    }

    /// The same with its rows in the order in which they are most often asked for, by how often each feature was met. One text asks
    /// for a hundred rows: scattered over the file, they would bring most of it into memory.
    pub fn ordered_by(self, met: &[u32]) -> Self {
        let mut features: Vec<usize> = (0..FEATURES).collect();
        features.sort_by_key(|feature| std::cmp::Reverse(met.get(*feature)));
        let mut places = vec![0; FEATURES * PLACE];
        for (place, feature) in features.iter().enumerate() {
            places[feature * PLACE..][..PLACE].copy_from_slice(&(place as u32).to_le_bytes()[..PLACE]);
        }
        let rows = features.iter().flat_map(|feature| self.row(*feature)).map(i8::cast_unsigned).collect();
        Self { rows, places: places.into(), ..self }
    }

    /// Writes it as a file.
    pub fn write(&self) -> Vec<u8> {
        let mut bytes = [&*self.rows, &*self.places].concat();
        bytes.extend(self.fingerprint.to_le_bytes());
        let Thresholds { certain_from, sure_from, doubt_from } = self.thresholds;
        let numbers = [certain_from, sure_from, doubt_from, self.scales[0], self.scales[1], self.bias];
        for number in numbers.iter().chain(&self.hidden_bias).chain(&self.hidden_worth) {
            bytes.extend(number.to_le_bytes());
        }
        bytes
    }

    /// The weights of a feature; nothing where the file is cut off.
    fn row(&self, number: usize) -> [i8; ROW] {
        let place = self.places.get(number * PLACE..).and_then(|rest| rest.first_chunk());
        let place = place.map_or(number, |[low, middle, high]| u32::from_le_bytes([*low, *middle, *high, 0]) as usize);
        let row = self.rows.get(place * ROW..).and_then(|rest| rest.first_chunk());
        row.map_or([0; ROW], |row| row.map(u8::cast_signed))
    }

    /// How much speaks for an opt-out: the logarithm of the odds.
    pub fn score(&self, tokens: &Tokens, raw: &str) -> f32 {
        let (own, hidden, _) = self.sums(tokens, raw);
        own + hidden.iter().zip(self.hidden_worth).map(|(sum, worth)| sum.max(0.0) * worth).sum::<f32>()
    }

    /// What the features' own weights sum up to, what each hidden unit does, and what a feature of each kind is worth.
    fn sums(&self, tokens: &Tokens, raw: &str) -> (f32, [f32; HIDDEN], [f32; KINDS]) {
        let (mut sums, mut counts) = ([[0_i32; ROW]; KINDS], [0_u32; KINDS]);
        each_feature(tokens, raw, |number, kind| {
            counts[kind] += 1;
            for (sum, weight) in sums[kind].iter_mut().zip(self.row(number)) {
                *sum += i32::from(weight);
            }
        });
        let worths = worths(counts);
        let mut all = [0.0; ROW];
        for (sums, worth) in sums.iter().zip(worths) {
            for (all, sum) in all.iter_mut().zip(sums) {
                *all += *sum as f32 * worth;
            }
        }
        let hidden = std::array::from_fn(|unit| all[1 + unit] * self.scales[1] + self.hidden_bias[unit]);
        (all[0] * self.scales[0] + self.bias, hidden, worths)
    }

    /// The parts of the text that speak for an opt-out the most, the weightiest first: what the score would lose without them, as
    /// far as no hidden unit wakes or falls asleep.
    pub fn parts<'a>(&self, tokens: &'a Tokens, raw: &str) -> Vec<&'a str> {
        let (_, hidden, worths) = self.sums(tokens, raw);
        let awake: [f32; HIDDEN] =
            std::array::from_fn(|unit| if hidden[unit] > 0.0 { self.hidden_worth[unit] * self.scales[1] } else { 0.0 });
        let mut weighed: FxHashMap<(u32, u32), f32> = FxHashMap::default();
        look(tokens, raw, |Feature { number, kind, start, end }| {
            let [own, others @ ..] = self.row(number as usize);
            let by_units = others.iter().zip(awake).map(|(weight, worth)| f32::from(*weight) * worth).sum::<f32>();
            if !matches!(kind, features::Kind::Whole | features::Kind::Letters) && end > start {
                let weight = (f32::from(own) * self.scales[0] + by_units) * worths[kind as usize];
                *weighed.entry((start, end)).or_default() += weight;
            }
        });
        let mut spans: Vec<((u32, u32), f32)> = weighed.into_iter().filter(|(_, weight)| *weight > 0.0).collect();
        spans.sort_by(|(left, more), (right, less)| less.total_cmp(more).then(left.cmp(right)));
        let mut chosen: Vec<(u32, u32)> = Vec::new();
        for ((start, end), _) in spans {
            if chosen.len() < PARTS && chosen.iter().all(|(from, to)| end <= *from || start >= *to) {
                chosen.push((start, end));
            }
        }
        chosen.into_iter().map(|(start, end)| tokens.spelled[start as usize..end as usize].trim()).collect()
    }
}

/// A number for what a model is trained from: every feature of every text, with what the text is. Other words in the
/// lexicon, other features, another corpus: another fingerprint.
#[derive(Debug, Clone, Copy)]
pub struct Fingerprint(u64);

impl Default for Fingerprint {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fingerprint {
    /// Takes in a text of the corpus.
    pub fn add(&mut self, tokens: &Tokens, raw: &str, is_opt_out: bool) {
        each_feature(tokens, raw, |number, kind| self.mix((number << 4 | kind) as u64));
        self.mix(u64::MAX - u64::from(is_opt_out));
    }

    /// The number.
    pub fn number(self) -> u64 {
        self.0
    }

    fn mix(&mut self, number: u64) {
        self.0 = (self.0 ^ number).wrapping_mul(0x0100_0000_01b3).rotate_left(5);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    #[test]
    fn a_model_is_read_as_it_was_written() {
        let model = Model {
            fingerprint: u64::MAX - 1,
            thresholds: Thresholds { certain_from: 2.5, sure_from: 1.5, doubt_from: -1.0 },
            scales: [0.01, 0.02],
            bias: -3.0,
            hidden_bias: std::array::from_fn(|unit| unit as f32),
            hidden_worth: std::array::from_fn(|unit| -(unit as f32)),
            rows: (0..FEATURES * ROW).map(|at| (at % 251) as u8).collect(),
            places: Cow::default(),
        };
        assert_eq!(model.row(1)[..3], [64, 65, 66]);
        let rows = [0, 1, 7, FEATURES - 1].map(|number| (number, model.row(number)));
        let met: Vec<u32> = (0..FEATURES as u32).map(|number| number % 1_000).collect();
        let ordered = model.ordered_by(&met);
        assert_eq!(ordered.rows[..3].to_vec(), rows_of(999));
        rows.into_iter().for_each(|(number, row)| assert_eq!(ordered.row(number), row));
        assert!(Model::read(ordered.write().leak()) == ordered);
        assert_eq!(Model::read(b"cut").row(1), [0; ROW]);
    }

    /// How the row of a feature begins in the first test's model.
    fn rows_of(feature: usize) -> Vec<u8> {
        (feature * ROW..feature * ROW + 3).map(|at| (at % 251) as u8).collect()
    }

    #[test]
    fn the_shipped_model_is_whole_and_its_thresholds_are_in_order() {
        assert_eq!(MODEL.rows.len(), FEATURES * ROW);
        let places: std::collections::BTreeSet<&[u8]> = MODEL.places.chunks(PLACE).collect();
        assert_eq!(places.len(), FEATURES, "each feature has a row of its own");
        assert!(MODEL.scales.iter().all(|scale| *scale > 0.0));
        let Thresholds { certain_from, sure_from, doubt_from } = MODEL.thresholds;
        assert!(doubt_from <= sure_from && sure_from <= certain_from);
    }

    #[test]
    fn a_score_is_what_weights_and_units_that_are_awake_sum_up_to() {
        let text = Text::read("no more");
        let tokens = Tokens::read(&text);
        let mut model = Model::read(b"");
        assert_eq!(model.score(&tokens, text.raw()), 0.0);
        model.bias = 1.0;
        model.hidden_bias[0] = 2.0;
        model.hidden_bias[1] = -2.0;
        model.hidden_worth = [10.0; HIDDEN];
        assert_eq!(model.score(&tokens, text.raw()), 21.0);
        let first = std::cell::Cell::new(None);
        let mut counts = [0; KINDS];
        each_feature(&tokens, text.raw(), |number, kind| {
            counts[kind] += 1;
            first.set(first.get().or(Some((number, kind))));
        });
        let (number, kind) = first.get().unwrap();
        let mut times = 0.0;
        each_feature(&tokens, text.raw(), |other, _| times += f32::from(u8::from(other == number)));
        model.scales = [0.5, 0.25];
        let mut rows = vec![0; FEATURES * ROW];
        rows[number * ROW] = 4;
        rows[number * ROW + 2] = 127;
        model.rows = rows.into();
        let worth = worths(counts)[kind] * times;
        let expected = 21.0 + 2.0 * worth + 10.0 * (127.0 * 0.25 * worth - 2.0).max(0.0);
        assert!((model.score(&tokens, text.raw()) - expected).abs() < 1e-3);
    }

    #[test]
    fn the_parts_named_are_of_the_text_and_do_not_overlap() {
        let text = Text::read("Hello, could you please stop texting me about your pizza offers?");
        let tokens = Tokens::read(&text);
        let parts = MODEL.parts(&tokens, text.raw());
        assert!((1..=PARTS).contains(&parts.len()));
        assert!(parts.iter().all(|part| tokens.spelled.contains(part)), "{parts:?}");
    }
}
