//! When a job of a pair runs next: pure.

use std::hash::{DefaultHasher, Hash, Hasher};

use jiff::Timestamp;

use crate::pairs::Pair;

/// Seconds of a day.
const DAY: u32 = 24 * 60 * 60;

/// What a job does. The order is that of their priorities; `schema.sql` has them as numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    /// A cycle.
    Live,
    /// A cycle that looks at changed orders alone.
    Status,
    /// A comparison of both sides.
    Reconcile,
    /// Some of the days of a backfill.
    Backfill,
}

impl Kind {
    pub(crate) const ALL: [Self; 4] = [Self::Live, Self::Status, Self::Reconcile, Self::Backfill];

    /// What the database calls it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Status => "status",
            Self::Reconcile => "reconcile",
            Self::Backfill => "backfill",
        }
    }

    /// Seconds between two jobs of the kind; nothing when the pair has no such jobs.
    fn period(self, pair: &Pair) -> Option<u32> {
        match self {
            Self::Live => Some(pair.period_seconds),
            Self::Status => pair.status_period_seconds,
            Self::Reconcile => pair.reconcile.then_some(DAY),
            // As soon as there is room.
            Self::Backfill => pair.backfill.as_ref().map(|_| 1),
        }
    }
}

/// The first moment after `now` at which the job of a pair has its turn.
///
/// Every pair has a place of its own within the period, so that thousands of them come evenly, and
/// keeps it however long its cycles take.
pub(crate) fn next(pair: &Pair, kind: Kind, now: Timestamp) -> Option<Timestamp> {
    let period = i64::from(kind.period(pair)?) * 1000;
    let mut hasher = DefaultHasher::new();
    (pair.name.as_str(), kind.name()).hash(&mut hasher);
    let phase = i64::try_from(hasher.finish() >> 1)
        .unwrap_or(0)
        .rem_euclid(period);
    let since = (now.as_millisecond() - phase).rem_euclid(period);
    Timestamp::from_millisecond(now.as_millisecond() + period - since).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by a panic")]
mod tests {
    use serde_json::json;

    use super::*;

    fn pair(name: &str) -> Pair {
        let pair = json!({"name": name, "site_id": 1, "moysklad_user": "u", "credentials": "c"});
        serde_json::from_value(pair).unwrap()
    }

    #[test]
    fn a_pair_keeps_its_place_in_the_period() {
        let pair = pair("one");
        let now = Timestamp::from_second(1_790_000_000).unwrap();
        let first = next(&pair, Kind::Live, now).unwrap();
        let second = next(&pair, Kind::Live, first).unwrap();
        assert!(first > now && first.as_second() - now.as_second() <= 300);
        assert_eq!(second.as_second() - first.as_second(), 300);
    }

    #[test]
    fn pairs_are_spread_over_the_period() {
        let now = Timestamp::from_second(1_790_000_000).unwrap();
        let mut tenths = [0_u32; 10];
        for n in 0..5000 {
            let at = next(&pair(&format!("pair-{n}")), Kind::Live, now).unwrap();
            let tenth = (at.as_millisecond() - now.as_millisecond() - 1) / 30_000;
            *tenths.get_mut(usize::try_from(tenth).unwrap()).unwrap() += 1;
        }
        assert!(tenths.iter().all(|n| (400..600).contains(n)), "{tenths:?}");
    }

    #[test]
    fn a_pair_has_only_the_jobs_it_asks_for() {
        let now = Timestamp::from_second(1_790_000_000).unwrap();
        let plain = pair("one");
        for kind in [Kind::Status, Kind::Reconcile, Kind::Backfill] {
            assert_eq!(next(&plain, kind, now), None, "{kind:?}");
        }
    }
}
