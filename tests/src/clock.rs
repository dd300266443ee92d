//! The clock of a story: a fixed start, real time since, and jumps.
//!
//! A test runs on a thread of its own, so each has its own clock.

use std::cell::Cell;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

/// When stories start unless they say otherwise: 20 November 2026, 18:00 in Moscow.
pub const START: Timestamp = Timestamp::constant(1_795_186_800, 0);

thread_local! {
    static CLOCK: Cell<(Timestamp, Option<Instant>)> = const { Cell::new((START, None)) };
}

/// The time of the story that runs on this thread.
#[must_use]
pub fn now() -> Timestamp {
    let (start, began) = CLOCK.get();
    let passed = began.map_or(Duration::ZERO, |began| began.elapsed());
    start + SignedDuration::try_from(passed).expect("a story ends in this century")
}

/// Starts the clock of this thread at a moment.
pub(crate) fn start_at(start: Timestamp) {
    CLOCK.set((start, Some(Instant::now())));
}

/// Puts the clock of this thread forward.
pub(crate) fn advance(by: Duration) {
    let (start, began) = CLOCK.get();
    let by = SignedDuration::try_from(by).expect("a jump of less than centuries");
    CLOCK.set((start + by, began));
}
