//! The emulator's clock: a chosen start, real time passed since, and jumps.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::moment::Moment;

/// Tells the time and hands out the moments of writes.
#[derive(Debug)]
pub(crate) struct Clock {
    start: i64,
    began: Instant,
    jumped: AtomicI64,
    last_write: AtomicI64,
}

impl Clock {
    /// Starts a clock that shows `start` now.
    pub(crate) fn starting_at(start: Timestamp) -> Self {
        Self {
            start: start.as_millisecond(),
            began: Instant::now(),
            jumped: AtomicI64::new(0),
            last_write: AtomicI64::new(i64::MIN),
        }
    }

    /// The time now.
    pub(crate) fn now(&self) -> Moment {
        let passed = milliseconds(self.began.elapsed());
        let jumped = self.jumped.load(Ordering::Relaxed);
        Moment::from_millisecond(self.start.saturating_add(passed).saturating_add(jumped))
    }

    /// Moves the clock forward.
    pub(crate) fn advance(&self, by: Duration) {
        self.jumped.fetch_add(milliseconds(by), Ordering::Relaxed);
    }

    /// The moment of a write: later than that of every write before it.
    pub(crate) fn tick(&self) -> Moment {
        let now = self.now().millisecond();
        let later = |last: i64| Some(now.max(last.saturating_add(1)));
        let last = self
            .last_write
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, later)
            .unwrap_or(now);
        Moment::from_millisecond(now.max(last.saturating_add(1)))
    }
}

fn milliseconds(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_write_is_later_than_the_one_before() {
        let clock = Clock::starting_at(Timestamp::UNIX_EPOCH);

        let writes: Vec<_> = (0..100).map(|_| clock.tick()).collect();

        assert!(writes.is_sorted_by(|earlier, later| earlier < later));
    }

    #[test]
    fn a_jump_is_added_to_the_time() {
        let clock = Clock::starting_at(Timestamp::UNIX_EPOCH);

        clock.advance(Duration::from_hours(1));

        assert!(clock.now().millisecond() >= 3_600_000);
    }
}
