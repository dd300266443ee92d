//! Faults on demand: refusals, cut connections, slow, torn and senseless answers.

use std::time::Duration;

/// What a fault does to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FaultKind {
    /// Answers with this HTTP status and `{"message": …}`; nothing is carried out.
    ///
    /// A number that is no final HTTP status is answered as 500.
    Status(u16),
    /// Cuts the connection; nothing is carried out.
    DropBeforeCommit,
    /// Carries the request out, then cuts the connection without an answer.
    DropAfterCommit,
    /// Carries the request out and holds the answer back for this long.
    Delay(Duration),
    /// Carries the request out, announces the whole answer and cuts it in the middle.
    Truncate,
    /// Answers 200 with a page of HTML; nothing is carried out.
    Html,
    /// Answers 200 with an empty body; nothing is carried out.
    Empty,
}

/// A rule by which requests go wrong: on one route or on all, always or now and then.
///
/// ```
/// use calltouch_api::emulator::{Fault, FaultKind};
///
/// let fault = Fault::new("POST /lead-service/v1/api/client-order/create")
///     .kind(FaultKind::DropAfterCommit)
///     .times(1);
/// # let _ = fault;
/// ```
#[derive(Clone, Debug)]
#[must_use = "a fault does nothing until it is added to an emulator"]
pub struct Fault {
    route: String,
    kind: FaultKind,
    times: Option<u64>,
    probability: f64,
}

impl Fault {
    /// Makes every request of the route fail with HTTP 500 until told otherwise.
    ///
    /// A route is `*` for all, or a method and a path with ids written `{id}`, for example
    /// `GET /calls-service/RestAPI/{id}/calls-diary/calls`.
    pub fn new(route: impl Into<String>) -> Self {
        Self {
            route: route.into(),
            kind: FaultKind::Status(500),
            times: None,
            probability: 1.0,
        }
    }

    /// Sets what happens.
    pub fn kind(mut self, kind: FaultKind) -> Self {
        self.kind = kind;
        self
    }

    /// Ends the fault after it has happened this often.
    pub fn times(mut self, times: u64) -> Self {
        self.times = Some(times);
        self
    }

    /// Sets how likely a request of the route is hit: 0 never, 1 (the default) always.
    pub fn probability(mut self, probability: f64) -> Self {
        self.probability = probability;
        self
    }

    fn is_spent(&self) -> bool {
        self.times == Some(0)
    }
}

/// The rules in force, and the dice.
#[derive(Debug)]
pub(super) struct Faults {
    rules: Vec<Fault>,
    dice: Dice,
}

impl Faults {
    pub(super) fn seeded(seed: u64) -> Self {
        Self {
            rules: Vec::new(),
            dice: Dice(seed),
        }
    }

    /// Adds a rule after the others and says how many there are.
    pub(super) fn add(&mut self, fault: Fault) -> usize {
        self.rules.push(fault);
        self.rules.len()
    }

    pub(super) fn clear(&mut self) {
        self.rules.clear();
    }

    /// The fault that hits this request: the first rule for it whose dice say so.
    pub(super) fn strike(&mut self, route: &str) -> Option<FaultKind> {
        self.rules.retain(|rule| !rule.is_spent());
        let dice = &mut self.dice;
        let hit = self
            .rules
            .iter_mut()
            .filter(|rule| rule.route == "*" || rule.route == route)
            .find(|rule| dice.roll() < rule.probability)?;
        if let Some(times) = &mut hit.times {
            *times = times.saturating_sub(1);
        }
        Some(hit.kind)
    }
}

/// SplitMix64: the same seed gives the same run of numbers on every machine.
#[derive(Debug)]
struct Dice(u64);

impl Dice {
    /// A number in 0..1.
    fn roll(&mut self) -> f64 {
        // The upper 32 bits are exact in a float, and fine enough for a probability.
        f64::from(u32::try_from(self.next() >> 32).unwrap_or_default()) / 4_294_967_296.0
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.0)
    }
}

/// Scatters the bits of a number.
pub(super) fn mix(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_ends_after_its_times_and_the_next_one_takes_over() {
        let mut faults = Faults::seeded(1);
        faults.add(Fault::new("GET /a").kind(FaultKind::Html).times(2));
        faults.add(Fault::new("*").kind(FaultKind::Empty));

        let struck: Vec<_> = (0..3).map(|_| faults.strike("GET /a")).collect();

        assert_eq!(
            struck,
            [
                Some(FaultKind::Html),
                Some(FaultKind::Html),
                Some(FaultKind::Empty)
            ]
        );
        assert_eq!(faults.strike("GET /b"), Some(FaultKind::Empty));
    }

    #[test]
    fn the_same_seed_throws_the_same_dice() {
        let run = |seed| {
            let mut faults = Faults::seeded(seed);
            faults.add(Fault::new("*").probability(0.3));
            (0..1000)
                .map(|_| faults.strike("GET /").is_some())
                .collect::<Vec<_>>()
        };

        let hits = run(7).iter().filter(|hit| **hit).count();

        assert_eq!(run(7), run(7));
        assert_ne!(run(7), run(8));
        assert!((250..350).contains(&hits), "{hits} of 1000 at 0.3");
    }

    #[test]
    fn a_probability_of_nought_never_strikes() {
        let mut faults = Faults::seeded(1);
        faults.add(Fault::new("*").probability(0.0));
        assert!((0..100).all(|_| faults.strike("GET /").is_none()));
    }
}
