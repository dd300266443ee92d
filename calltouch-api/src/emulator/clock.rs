//! The emulator's clock: a start, the time that really passed, and what a test added.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

/// Tells the emulator's time.
///
/// Time passes on tokio's clock, so in a test with a paused clock it passes with that clock.
#[derive(Debug)]
pub(super) struct Clock {
    start: Timestamp,
    begun: Instant,
    added: Duration,
}

impl Clock {
    pub(super) fn starting_at(start: Timestamp) -> Self {
        Self {
            start,
            begun: Instant::now(),
            added: Duration::ZERO,
        }
    }

    pub(super) fn now(&self) -> Timestamp {
        let passed = self.begun.elapsed().saturating_add(self.added);
        let passed = SignedDuration::try_from(passed).unwrap_or(SignedDuration::MAX);
        self.start.checked_add(passed).unwrap_or(Timestamp::MAX)
    }

    pub(super) fn seconds(&self) -> i64 {
        self.now().as_second()
    }

    pub(super) fn advance(&mut self, by: Duration) {
        self.added = self.added.saturating_add(by);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn the_clock_counts_what_passed_and_what_was_added() {
        let start: Timestamp = "2026-11-20T09:00:00Z".parse().unwrap();
        let mut clock = Clock::starting_at(start);

        tokio::time::advance(Duration::from_secs(5)).await;
        clock.advance(Duration::from_hours(1));

        assert_eq!(clock.now().to_string(), "2026-11-20T10:00:05Z");
    }
}
