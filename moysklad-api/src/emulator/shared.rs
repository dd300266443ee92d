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
    /// One for each user, in the order of the credentials.
    pub(crate) limiters: Guarded<Vec<Limiter>>,
    pub(crate) faults: Guarded<Faults>,
    pub(crate) stops: Guarded<Stops>,
    pub(crate) stats: Guarded<Stats>,
    parallel: AtomicU64,
    /// Requests of each user that are under way.
    by_user: Vec<AtomicU64>,
}

impl Shared {
    pub(crate) fn new(
        clock: Arc<Clock>,
        credentials: Credentials,
        world: World,
        limiter: &Limiter,
        faults: Faults,
    ) -> Self {
        let users = credentials.users().count();
        Self {
            clock,
            credentials,
            world: Guarded::new(world),
            limiters: Guarded::new(vec![limiter.clone(); users]),
            faults: Guarded::new(faults),
            stops: Guarded::new(Stops::default()),
            stats: Guarded::new(Stats::default()),
            parallel: AtomicU64::new(0),
            by_user: (0..users).map(|_| AtomicU64::new(0)).collect(),
        }
    }

    /// Counts a request of a user that begins, until the returned value is dropped.
    pub(crate) fn enter(self: &Arc<Self>, route: String, user: Option<usize>) -> UnderWay {
        let parallel = self.parallel.fetch_add(1, Ordering::AcqRel) + 1;
        let mut stats = self.stats.lock();
        stats.requests += 1;
        stats.max_parallel = stats.max_parallel.max(parallel);
        *stats.routes.entry(route).or_default() += 1;
        drop(stats);
        let seat = user.and_then(|user| self.by_user.get(user));
        let of_user = seat.map_or(0, |seat| seat.fetch_add(1, Ordering::AcqRel) + 1);
        UnderWay {
            shared: Arc::clone(self),
            user,
            of_user,
            parallel,
        }
    }

    /// The counts so far.
    pub(crate) fn stats(&self) -> Stats {
        let mut stats = self.stats.lock().clone();
        let limiters = self.limiters.lock();
        stats.banned = limiters.iter().any(Limiter::is_banned);
        stats.nearest_ban = limiters.iter().map(Limiter::nearest_ban).max().unwrap_or(0);
        stats
    }
}

/// A request that is under way.
#[derive(Debug)]
pub(crate) struct UnderWay {
    shared: Arc<Shared>,
    pub(crate) user: Option<usize>,
    /// How many requests of the same user were under way, this one included.
    pub(crate) of_user: u64,
    /// How many requests were under way when this one began, itself included.
    pub(crate) parallel: u64,
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.shared.parallel.fetch_sub(1, Ordering::AcqRel);
        let seat = self.user.and_then(|user| self.shared.by_user.get(user));
        if let Some(seat) = seat {
            seat.fetch_sub(1, Ordering::AcqRel);
        }
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
