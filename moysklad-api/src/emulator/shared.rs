//! What the server, its control endpoints and the user's handle share.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::auth::Credentials;
use super::clock::Clock;
use super::fault::Faults;
use super::limit::Limiter;
use super::stats::Stats;
use super::stop::Stops;
use super::world::World;

/// The state of one emulator.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) clock: Arc<Clock>,
    pub(crate) credentials: Credentials,
    pub(crate) world: Guarded<World>,
    pub(crate) limiter: Guarded<Limiter>,
    pub(crate) faults: Guarded<Faults>,
    pub(crate) stops: Guarded<Stops>,
    pub(crate) stats: Guarded<Stats>,
    parallel: AtomicU64,
}

impl Shared {
    pub(crate) fn new(
        clock: Arc<Clock>,
        credentials: Credentials,
        world: World,
        limiter: Limiter,
        faults: Faults,
    ) -> Self {
        Self {
            clock,
            credentials,
            world: Guarded::new(world),
            limiter: Guarded::new(limiter),
            faults: Guarded::new(faults),
            stops: Guarded::new(Stops::default()),
            stats: Guarded::new(Stats::default()),
            parallel: AtomicU64::new(0),
        }
    }

    /// Counts a request that begins, until the returned value is dropped.
    pub(crate) fn enter(self: &Arc<Self>, route: String) -> UnderWay {
        let parallel = self.parallel.fetch_add(1, Ordering::AcqRel) + 1;
        let mut stats = self.stats.lock();
        stats.requests += 1;
        stats.max_parallel = stats.max_parallel.max(parallel);
        *stats.routes.entry(route).or_default() += 1;
        drop(stats);
        UnderWay {
            shared: Arc::clone(self),
            parallel,
        }
    }

    /// The counts so far.
    pub(crate) fn stats(&self) -> Stats {
        let mut stats = self.stats.lock().clone();
        stats.banned = self.limiter.lock().is_banned();
        stats
    }
}

/// A request that is under way.
#[derive(Debug)]
pub(crate) struct UnderWay {
    shared: Arc<Shared>,
    /// How many requests were under way when this one began, itself included.
    pub(crate) parallel: u64,
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.shared.parallel.fetch_sub(1, Ordering::AcqRel);
    }
}

/// A mutex that a panicking test does not make unusable.
#[derive(Debug)]
pub(crate) struct Guarded<T>(Mutex<T>);

impl<T> Guarded<T> {
    fn new(value: T) -> Self {
        Self(Mutex::new(value))
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
