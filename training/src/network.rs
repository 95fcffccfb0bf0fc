//! The network, trained by stochastic gradient descent with Adagrad: the features of a text are few out of very many, so a step
//! touches a few rows, and each weight has a pace of its own. Features and hidden units are left out by chance while it learns, so
//! that it does not rely on any single one.

use std::{collections::BTreeMap, thread};

use fastrand::Rng;
use regulars::domain::intent::model::{FEATURES, HIDDEN};

/// How often it sees each text.
const ROUNDS: usize = 8;
/// The first step's pace; it falls to nearly nothing.
const PACE: f32 = 0.05;
const PACE_LAST: f32 = 0.02;
/// How many features, and hidden units, are left out.
const FEATURES_OUT: f32 = 0.3;
const UNITS_OUT: f32 = 0.3;
/// What Adagrad has seen of a weight before it has seen anything.
const SEEN: f32 = 0.01;
/// How far weights are from nothing before the first step.
const START: f32 = 0.03;
/// How many networks learn the same, each from another beginning: where one of them is wrong, the others seldom are.
pub const NETWORKS: usize = 3;
/// How many hidden units each of them has; side by side they are the model's.
const UNITS: usize = HIDDEN / NETWORKS;

/// A text as the network sees it.
pub struct Row {
    features: Vec<(u32, f32)>,
    /// What it is.
    pub is_opt_out: bool,
}

impl Row {
    /// Features that a text has more than once count so often.
    pub fn new(found: impl Iterator<Item = (u32, f32)>, is_opt_out: bool) -> Self {
        let mut features = BTreeMap::new();
        found.for_each(|(number, worth)| *features.entry(number).or_insert(0.0) += worth);
        Self { features: features.into_iter().collect(), is_opt_out }
    }

    /// The features that it has.
    pub fn numbers(&self) -> impl Iterator<Item = usize> + '_ {
        self.features.iter().map(|(number, _)| *number as usize)
    }
}

/// A weight, and the sum of the squares of what has pulled at it.
#[derive(Clone, Copy)]
struct Weight {
    of: f32,
    pulled: f32,
}

impl Weight {
    fn new(of: f32) -> Self {
        Self { of, pulled: SEEN }
    }

    fn step(&mut self, pull: f32, pace: f32) {
        self.pulled += pull * pull;
        self.of -= pace * pull / self.pulled.sqrt();
    }
}

/// A network, while it learns and after.
struct Network {
    bias: Weight,
    hidden_bias: [Weight; UNITS],
    hidden_worth: [Weight; UNITS],
    rows: Vec<[Weight; 1 + UNITS]>,
}

impl Network {
    /// The network that has learnt from these rows; the same from the same and the same seed.
    fn train(rows: &[&Row], seed: u64) -> Self {
        let mut rng = Rng::with_seed(seed);
        let mut network = Self::start(&mut rng);
        let mut order: Vec<usize> = (0..rows.len()).collect();
        let steps = (ROUNDS * rows.len()) as f32;
        let mut done = 0_u32;
        for _ in 0..ROUNDS {
            rng.shuffle(&mut order);
            for at in &order {
                done += 1;
                let pace = PACE * (1.0 - done as f32 / steps).max(PACE_LAST);
                network.learn(rows[*at], pace, &mut rng);
            }
        }
        network
    }

    fn start(rng: &mut Rng) -> Self {
        let mut near_nothing = || Weight::new((rng.f32() * 2.0 - 1.0) * START);
        let rows = (0..FEATURES).map(|_| {
            let mut row = [(); 1 + UNITS].map(|()| near_nothing());
            row[0] = Weight::new(0.0);
            row
        });
        let rows = rows.collect();
        // Half of the units speak for it from the start, half against.
        let hidden_worth = std::array::from_fn(|unit| Weight::new(if unit % 2 == 0 { 1.0 } else { -1.0 }));
        Self { bias: Weight::new(0.0), hidden_bias: [Weight::new(0.0); UNITS], hidden_worth, rows }
    }

    fn score(&self, row: &Row) -> f32 {
        let (own, hidden) = self.sums(&row.features);
        own + hidden.iter().zip(&self.hidden_worth).map(|(sum, worth)| sum.max(0.0) * worth.of).sum::<f32>()
    }

    fn sums(&self, features: &[(u32, f32)]) -> (f32, [f32; UNITS]) {
        let (mut own, mut hidden) = (self.bias.of, self.hidden_bias.map(|weight| weight.of));
        for (number, worth) in features {
            let [first, others @ ..] = &self.rows[*number as usize];
            own += first.of * worth;
            for (sum, weight) in hidden.iter_mut().zip(others) {
                *sum += weight.of * worth;
            }
        }
        (own, hidden)
    }

    fn learn(&mut self, row: &Row, pace: f32, rng: &mut Rng) {
        let kept = row.features.iter().filter(|_| rng.f32() >= FEATURES_OUT);
        let kept: Vec<(u32, f32)> = kept.map(|(number, worth)| (*number, worth / (1.0 - FEATURES_OUT))).collect();
        let (own, hidden) = self.sums(&kept);
        let awake = hidden.map(|sum| {
            let is_awake = sum > 0.0 && rng.f32() >= UNITS_OUT;
            if is_awake { 1.0 / (1.0 - UNITS_OUT) } else { 0.0 }
        });
        let says: [f32; UNITS] = std::array::from_fn(|unit| hidden[unit] * awake[unit]);
        let score = own + says.iter().zip(&self.hidden_worth).map(|(says, worth)| says * worth.of).sum::<f32>();
        let pull = 1.0 / (1.0 + (-score).exp()) - f32::from(u8::from(row.is_opt_out));
        let pulls: [f32; UNITS] = std::array::from_fn(|unit| pull * self.hidden_worth[unit].of * awake[unit]);
        self.bias.step(pull, pace);
        for unit in 0..UNITS {
            self.hidden_worth[unit].step(pull * says[unit], pace);
            self.hidden_bias[unit].step(pulls[unit], pace);
        }
        for (number, worth) in kept {
            let [first, others @ ..] = &mut self.rows[number as usize];
            first.step(pull * worth, pace);
            for (weight, pull) in others.iter_mut().zip(pulls) {
                weight.step(pull * worth, pace);
            }
        }
    }
}

/// Networks that are asked together.
pub struct Networks(Vec<Network>);

impl Networks {
    /// The networks that have learnt from these rows; the same from the same.
    pub fn train(rows: &[&Row]) -> Self {
        let networks = thread::scope(|scope| {
            let learning: Vec<_> =
                (0..NETWORKS).map(|seed| scope.spawn(move || Network::train(rows, seed as u64))).collect();
            learning.into_iter().map(|learning| learning.join()).collect::<Result<_, _>>()
        });
        Self(networks.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    }

    /// The logarithm of the odds that the text is an opt-out: what they say on average.
    pub fn score(&self, row: &Row) -> f32 {
        self.mean(|network| network.score(row))
    }

    /// What they have learnt, as one network: bias, each hidden unit's, what each counts, and the rows.
    pub fn learnt(&self) -> (f32, [f32; HIDDEN], [f32; HIDDEN], Vec<[f32; 1 + HIDDEN]>) {
        let unit = |at: usize| (&self.0[at / UNITS], at % UNITS);
        let hidden_bias = std::array::from_fn(|at| unit(at).0.hidden_bias[unit(at).1].of);
        let hidden_worth = std::array::from_fn(|at| unit(at).0.hidden_worth[unit(at).1].of / NETWORKS as f32);
        let row = |number: usize| {
            std::array::from_fn(|at| match at.checked_sub(1) {
                None => self.mean(|network| network.rows[number][0].of),
                Some(at) => unit(at).0.rows[number][1 + unit(at).1].of,
            })
        };
        (self.mean(|network| network.bias.of), hidden_bias, hidden_worth, (0..FEATURES).map(row).collect())
    }

    fn mean(&self, of: impl Fn(&Network) -> f32) -> f32 {
        self.0.iter().map(of).sum::<f32>() / NETWORKS as f32
    }
}
