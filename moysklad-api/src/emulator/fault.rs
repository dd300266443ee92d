//! Faults on request: wrong statuses, cut connections, delays, broken answers.

use std::fmt;
use std::time::Duration;

use super::mint::Chance;

/// A rule by which requests go wrong.
///
/// ```
/// use std::time::Duration;
/// use moysklad_api::emulator::{Fault, FaultKind};
///
/// // About every third list of orders is late; the next create is refused once.
/// let late = Fault::new("GET /entity/customerorder")
///     .kind(FaultKind::Delay(Duration::from_millis(50)))
///     .probability(0.3);
/// let refused = Fault::new("POST /entity/customerorder").kind(FaultKind::Status(503)).times(1);
/// # let _ = (late, refused);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    route: String,
    kind: FaultKind,
    times: Option<u64>,
    probability: f64,
}

/// How a request goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FaultKind {
    /// Refuses the request with this HTTP status; nothing is carried out.
    Status(u16),
    /// Cuts the connection before anything is carried out.
    DropBeforeCommit,
    /// Carries the request out, then cuts the connection without an answer.
    DropAfterCommit,
    /// Carries the request out this much later.
    Delay(Duration),
    /// Carries the request out and cuts the connection in the middle of the answer.
    Truncate,
    /// Carries the request out and answers 200 with a page of HTML.
    Html,
    /// Carries the request out and answers 200 with nothing.
    Empty,
}

impl Fault {
    /// Makes requests of a route go wrong, for ever and each time, with the status 500 unless
    /// [`kind`](Self::kind) says otherwise.
    ///
    /// A route is a method and a path below the base address with ids written `{id}`, such as
    /// `PUT /entity/customerorder/{id}`; `*` means every route.
    pub fn new(route: impl Into<String>) -> Self {
        Self {
            route: route.into(),
            kind: FaultKind::Status(500),
            times: None,
            probability: 1.0,
        }
    }

    /// Sets how the requests go wrong.
    #[must_use]
    pub fn kind(mut self, kind: FaultKind) -> Self {
        self.kind = kind;
        self
    }

    /// Stops after the rule has taken effect so many times.
    #[must_use]
    pub fn times(mut self, times: u64) -> Self {
        self.times = Some(times);
        self
    }

    /// Takes effect with this probability, from 0 to 1, drawn from the emulator's seed.
    #[must_use]
    pub fn probability(mut self, probability: f64) -> Self {
        self.probability = probability;
        self
    }
}

/// The rules in force.
pub(crate) struct Faults {
    rules: Vec<Fault>,
    chance: Chance,
}

impl Faults {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            rules: Vec::new(),
            chance: Chance::new(seed),
        }
    }

    pub(crate) fn add(&mut self, fault: Fault) {
        self.rules.push(fault);
    }

    pub(crate) fn clear(&mut self) {
        self.rules.clear();
    }

    /// The faults of a request: delays that apply, and the first other rule that does.
    pub(crate) fn draw(&mut self, route: &str) -> (Duration, Option<FaultKind>) {
        let mut delay = Duration::ZERO;
        let mut drawn = None;
        for rule in &mut self.rules {
            let matches = rule.route == "*" || rule.route == route;
            let taken = drawn.is_some() && !matches!(rule.kind, FaultKind::Delay(_));
            if !matches || taken || rule.times == Some(0) || !self.chance.happens(rule.probability)
            {
                continue;
            }
            rule.times = rule.times.map(|times| times - 1);
            match rule.kind {
                FaultKind::Delay(by) => delay += by,
                kind => drawn = Some(kind),
            }
        }
        self.rules.retain(|rule| rule.times != Some(0));
        (delay, drawn)
    }
}

impl fmt::Debug for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.rules).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_with_a_count_ends() {
        let mut faults = Faults::new(1);
        faults.add(
            Fault::new("GET /entity/store")
                .kind(FaultKind::Truncate)
                .times(2),
        );

        let drawn: Vec<_> = (0..3).map(|_| faults.draw("GET /entity/store").1).collect();

        assert_eq!(
            drawn,
            [Some(FaultKind::Truncate), Some(FaultKind::Truncate), None]
        );
    }

    #[test]
    fn a_rule_leaves_other_routes_alone() {
        let mut faults = Faults::new(1);
        faults.add(Fault::new("GET /entity/store").kind(FaultKind::Empty));

        assert_eq!(faults.draw("POST /entity/store").1, None);
    }

    #[test]
    fn a_delay_goes_with_another_fault() {
        let mut faults = Faults::new(1);
        faults.add(Fault::new("*").kind(FaultKind::Delay(Duration::from_millis(5))));
        faults.add(Fault::new("*").kind(FaultKind::Status(503)));

        assert_eq!(
            faults.draw("any"),
            (Duration::from_millis(5), Some(FaultKind::Status(503)))
        );
    }
}
