//! The guard: stops a client long before the service would switch its access off.
//!
//! Only the support of МойСклад gives access back once it is gone. In one minute the service
//! takes 200 answers 429, 200 equal requests that fail, and 100 updates of one object; the guard
//! lets through at most a quarter of each, those in flight included.

use std::collections::VecDeque;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::{Method, StatusCode};
use tokio::time::Instant;

use crate::transport::Call;

/// The time over which the service counts.
const MINUTE: Duration = Duration::from_mins(1);
/// The most answers 429; 200 ban. Five requests in flight may add to it before the guard knows.
const RATE_LIMITED: usize = 40;
/// The most failures of equal requests; 200 ban. The same five may add to it.
const EQUAL_FAILURES: usize = 40;
/// The most updates of one object; 100 ban. They are counted before they are sent.
const UPDATES: usize = 25;

/// Why the guard holds a request back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    RateLimited,
    EqualFailures,
    Updates,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RateLimited => write!(f, "{RATE_LIMITED} answers 429"),
            Self::EqualFailures => write!(f, "{EQUAL_FAILURES} failures of this very request"),
            Self::Updates => write!(f, "{UPDATES} updates of one object"),
        }
    }
}

/// That a request is held back, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) reason: Reason,
    pub(crate) wait: Duration,
}

/// What the service would recognise a request by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fingerprint {
    request: u64,
    /// The object that a PUT changes.
    object: Option<u64>,
}

impl Fingerprint {
    pub(crate) fn of(call: &Call) -> Self {
        let request = (call.method.as_str(), &call.path, &call.query, &call.body);
        Self {
            request: hash(request),
            object: (call.method == Method::PUT).then(|| hash(&call.path)),
        }
    }
}

fn hash(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// How a request ended, as far as the service's counting goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The service agreed, or was not reached at all.
    Harmless,
    /// The service refused, or broke off.
    Failed,
    /// The service refused by 429.
    RateLimited,
}

impl From<StatusCode> for Outcome {
    fn from(status: StatusCode) -> Self {
        match status {
            StatusCode::TOO_MANY_REQUESTS => Self::RateLimited,
            status if status.is_client_error() || status.is_server_error() => Self::Failed,
            _ => Self::Harmless,
        }
    }
}

/// Counts what the service counts; one for each user, like the pace.
#[derive(Debug, Default)]
pub(crate) struct Guard(Mutex<Counts>);

#[derive(Debug, Default)]
struct Counts {
    rate_limited: Window,
    failed: Window,
    updated: Window,
}

impl Guard {
    /// Lets a request pass, or tells why and for how long not.
    pub(crate) fn admit(&self, request: Fingerprint) -> Result<(), Held> {
        let now = Instant::now();
        let mut counts = self.counts();
        let updates = |object| counts.updated.full(object, UPDATES, now);
        // Of equal waits the last is named, which concerns the most requests.
        let checks = [
            (Reason::Updates, request.object.and_then(updates)),
            (
                Reason::EqualFailures,
                counts.failed.full(request.request, EQUAL_FAILURES, now),
            ),
            (
                Reason::RateLimited,
                counts.rate_limited.full(0, RATE_LIMITED, now),
            ),
        ];
        let longest = checks
            .into_iter()
            .filter_map(|(reason, wait)| wait.map(|wait| Held { reason, wait }))
            .max_by_key(|held| held.wait);
        if let Some(held) = longest {
            return Err(held);
        }
        if let Some(object) = request.object {
            counts.updated.add(object, now);
        }
        Ok(())
    }

    /// Takes down how an admitted request ended.
    pub(crate) fn note(&self, request: Fingerprint, outcome: Outcome) {
        let now = Instant::now();
        let mut counts = self.counts();
        if outcome != Outcome::Harmless {
            counts.failed.add(request.request, now);
        }
        if outcome == Outcome::RateLimited {
            counts.rate_limited.add(0, now);
        }
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        // Nothing between lock and unlock can leave the counts half-changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What happened in the last minute, oldest first; the pace bounds how much that can be.
#[derive(Debug, Default)]
struct Window(VecDeque<(Instant, u64)>);

impl Window {
    fn add(&mut self, key: u64, now: Instant) {
        while self
            .0
            .front()
            .is_some_and(|(then, _)| *then + MINUTE <= now)
        {
            self.0.pop_front();
        }
        self.0.push_back((now, key));
    }

    /// How long until fewer than `limit` entries of the key are a minute young; none if they are.
    fn full(&self, key: u64, limit: usize, now: Instant) -> Option<Duration> {
        let free = self
            .0
            .iter()
            .rev()
            .filter(|(_, other)| *other == key)
            .nth(limit.saturating_sub(1))
            .map(|(then, _)| *then + MINUTE)?;
        (free > now).then(|| free - now)
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::advance;

    use super::*;
    use crate::error::Effect;

    /// A quarter of what the service takes before it switches off.
    const QUARTER_OF_FAILURES: usize = 200 / 4;
    const QUARTER_OF_UPDATES: usize = 100 / 4;
    const IN_FLIGHT: usize = 5;

    fn update(object: u32) -> Fingerprint {
        let path = format!("entity/customerorder/{object}");
        Fingerprint::of(&Call::new("t", Method::PUT, path, Effect::RepeatableWrite))
    }

    fn read(filter: &str) -> Fingerprint {
        let call = Call::get("t", "entity/customerorder").param("filter", filter);
        Fingerprint::of(&call)
    }

    /// How many requests pass when five at a time end like this.
    fn passing(guard: &Guard, request: Fingerprint, outcome: Outcome) -> (usize, Held) {
        let mut passed = 0;
        loop {
            let mut flight = 0;
            let held = loop {
                match guard.admit(request) {
                    Ok(()) if flight + 1 == IN_FLIGHT => break None,
                    Ok(()) => flight += 1,
                    Err(held) => break Some(held),
                }
            };
            let sent = if held.is_some() { flight } else { flight + 1 };
            for _ in 0..sent {
                guard.note(request, outcome);
            }
            passed += sent;
            assert!(passed < 1000, "the guard never stops");
            if let Some(held) = held {
                return (passed, held);
            }
        }
    }

    #[tokio::test(start_paused = true)]
    async fn answers_429_stop_everything_at_a_quarter_of_what_bans() {
        let guard = Guard::default();

        let (passed, held) = passing(&guard, read("a"), Outcome::RateLimited);

        assert!((10..=QUARTER_OF_FAILURES).contains(&passed), "{passed}");
        assert_eq!(held.reason, Reason::RateLimited);
        assert_eq!(guard.admit(update(1)).unwrap_err().wait, MINUTE);
        advance(MINUTE).await;
        assert_eq!(guard.admit(update(1)), Ok(()));
    }

    #[tokio::test(start_paused = true)]
    async fn equal_failing_requests_stop_and_others_go_on() {
        let guard = Guard::default();

        let (passed, held) = passing(&guard, read("a"), Outcome::Failed);

        assert!((10..=QUARTER_OF_FAILURES).contains(&passed), "{passed}");
        assert_eq!(held.reason, Reason::EqualFailures);
        assert_eq!(guard.admit(read("b")), Ok(()));
        advance(MINUTE).await;
        assert_eq!(guard.admit(read("a")), Ok(()));
    }

    #[tokio::test(start_paused = true)]
    async fn updates_of_one_object_stop_however_they_end() {
        for outcome in [Outcome::Harmless, Outcome::Failed] {
            let guard = Guard::default();

            let (passed, held) = passing(&guard, update(1), outcome);

            assert!((10..=QUARTER_OF_UPDATES).contains(&passed), "{passed}");
            assert_eq!(held.reason, Reason::Updates);
            assert_eq!(guard.admit(update(2)), Ok(()));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn the_wait_ends_when_the_oldest_is_a_minute_old() {
        let guard = Guard::default();
        guard.admit(update(1)).unwrap();
        advance(Duration::from_secs(20)).await;
        for _ in 1..UPDATES {
            guard.admit(update(1)).unwrap();
        }

        let held = guard.admit(update(1)).unwrap_err();

        assert_eq!(held.wait, Duration::from_secs(40));
        advance(held.wait).await;
        assert_eq!(guard.admit(update(1)), Ok(()));
        assert_eq!(
            guard.admit(update(1)).unwrap_err().wait,
            Duration::from_secs(20)
        );
    }

    #[tokio::test(start_paused = true)]
    async fn no_minute_sees_more_updates_of_one_object_than_a_quarter() {
        let guard = Guard::default();
        let mut sent = Vec::new();
        for _ in 0..600 {
            if guard.admit(update(1)).is_ok() {
                sent.push(Instant::now());
            }
            advance(Duration::from_millis(700)).await;
        }

        for window in sent.windows(QUARTER_OF_UPDATES + 1) {
            assert!(window[QUARTER_OF_UPDATES] - window[0] >= MINUTE);
        }
    }

    #[test]
    fn only_refusals_count() {
        for (status, outcome) in [
            (200, Outcome::Harmless),
            (302, Outcome::Harmless),
            (404, Outcome::Failed),
            (429, Outcome::RateLimited),
            (503, Outcome::Failed),
        ] {
            let status = StatusCode::from_u16(status).unwrap();
            assert_eq!(Outcome::from(status), outcome, "{status}");
        }
    }
}
