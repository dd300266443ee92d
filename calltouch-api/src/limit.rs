//! The pace: Calltouch takes five requests a second from one source address.

use std::collections::VecDeque;
use std::fmt;
use std::num::NonZeroU32;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, sleep_until};

/// What Calltouch allows one address.
const PER_SECOND: usize = 5;
/// How long a slot stays busy after its answer came.
const BUSY: Duration = Duration::from_secs(1);
/// The longest pause a refusal can lay on everybody.
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

/// The service counts per source address, and a process has one; so one limiter for the process.
static SHARED: LazyLock<Limiter> = LazyLock::new(|| Limiter::with_slots(PER_SECOND));

/// Keeps the clients that share it under the service's rate.
///
/// Calltouch counts requests per source address, whatever site or token they are for. So
/// [`Limiter::default`] is **one limiter for the whole process**: every client uses it unless it is
/// given another one. Several processes behind one address have to share the five out by
/// [`Limiter::per_second`].
///
/// A slot is busy from the moment a request is sent until one second after its answer began, so
/// however long the way to the server is, it never counts more than the limit in any second. A call
/// that is dropped half-way gives its slot back a second later. Waiting is fair: first come, first sent.
#[derive(Clone)]
pub struct Limiter(Option<Arc<Slots>>);

impl Limiter {
    /// Makes a limiter of its own, for this many requests in any second.
    #[must_use]
    pub fn per_second(requests: NonZeroU32) -> Self {
        let most = Semaphore::MAX_PERMITS;
        Self::with_slots(usize::try_from(requests.get()).unwrap_or(most).min(most))
    }

    /// Makes a limiter that never waits, for servers of one's own.
    #[must_use]
    pub fn unlimited() -> Self {
        Self(None)
    }

    fn with_slots(count: usize) -> Self {
        Self(Some(Arc::new(Slots {
            turns: Semaphore::new(count),
            count,
            state: Mutex::default(),
        })))
    }

    /// Waits for a slot, and keeps it as long as the permit lives and one second more.
    pub(crate) async fn acquire(&self) -> Permit<'_> {
        let Some(slots) = &self.0 else {
            return Permit { held: None };
        };
        let held = slots.wait().await;
        Permit { held }
    }
}

impl Default for Limiter {
    /// Gives the limiter that all clients of this process share.
    fn default() -> Self {
        SHARED.clone()
    }
}

impl fmt::Debug for Limiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(slots) => write!(f, "Limiter({} per second)", slots.count),
            None => f.write_str("Limiter(unlimited)"),
        }
    }
}

struct Slots {
    turns: Semaphore,
    count: usize,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// When used slots come free, the first one first; a slot never used is not in here.
    free_at: VecDeque<Instant>,
    /// How many slots are with a permit.
    taken: usize,
    /// Nobody sends before this: the server asked for a pause.
    pause: Option<Instant>,
}

impl Slots {
    fn state(&self) -> MutexGuard<'_, State> {
        // The state is whole between any two statements that can panic.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn wait(&self) -> Option<Held<'_>> {
        // The semaphore is never closed; if it were, pacing would be all that is lost.
        let turn = self.turns.acquire().await.ok()?;
        let free_at = {
            let mut state = self.state();
            // A slot never used is as good as one that came free long ago.
            let fresh = state.taken + state.free_at.len() < self.count;
            state.taken += 1;
            if fresh {
                None
            } else {
                state.free_at.pop_front()
            }
        };
        let mut held = Held {
            slots: self,
            free_at,
            sent: false,
            _turn: turn,
        };
        while let Some(until) = held.ready_at(Instant::now()) {
            sleep_until(until).await;
        }
        held.sent = true;
        Some(held)
    }
}

/// One slot, taken by one call.
struct Held<'a> {
    slots: &'a Slots,
    free_at: Option<Instant>,
    sent: bool,
    _turn: SemaphorePermit<'a>,
}

impl Held<'_> {
    /// When the slot may be used, if that is not now.
    ///
    /// Both waits are capped: instants of a runtime whose clock ran ahead must not block another.
    fn ready_at(&self, now: Instant) -> Option<Instant> {
        let slot = self.free_at.map(|at| at.min(now + BUSY));
        let pause = self
            .slots
            .state()
            .pause
            .map(|at| at.min(now + LONGEST_PAUSE));
        slot.max(pause).filter(|at| *at > now)
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        let mut state = self.slots.state();
        state.taken -= 1;
        match (self.sent, self.free_at) {
            (true, _) => state.free_at.push_back(Instant::now() + BUSY),
            (false, Some(unused)) => state.free_at.push_front(unused),
            (false, None) => {}
        }
    }
}

/// The right to send one request.
pub(crate) struct Permit<'a> {
    held: Option<Held<'a>>,
}

impl Permit<'_> {
    /// Makes everybody on this limiter wait, because the server said so.
    pub(crate) fn pause(&self, wait: Duration) {
        if let Some(held) = &self.held {
            let until = Instant::now() + wait.min(LONGEST_PAUSE);
            let mut state = held.slots.state();
            state.pause = state.pause.max(Some(until));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::future::join_all;

    fn limiter(per_second: u32) -> Limiter {
        Limiter::per_second(NonZeroU32::new(per_second).unwrap())
    }

    async fn sent_at(limiter: &Limiter, latency: Duration, start: Instant) -> Duration {
        let _permit = limiter.acquire().await;
        let sent = start.elapsed();
        tokio::time::sleep(latency).await;
        sent
    }

    #[tokio::test(start_paused = true)]
    async fn no_second_ever_sees_more_than_the_limit() {
        let (limiter, start) = (limiter(5), Instant::now());
        let calls =
            (0..100_u64).map(|n| sent_at(&limiter, Duration::from_millis(n * 37 % 700), start));

        let mut times = join_all(calls).await;

        times.sort();
        assert_eq!(times.len(), 100);
        for six in times.windows(6) {
            assert!(six[5] >= six[0] + BUSY, "{six:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_fast_server_is_used_at_the_full_rate() {
        let (limiter, start) = (limiter(5), Instant::now());

        join_all((0..1000).map(|_| sent_at(&limiter, Duration::from_millis(5), start))).await;

        let rate = 1000.0 / start.elapsed().as_secs_f64();
        assert!(rate >= 4.75, "{rate}");
    }

    #[tokio::test(start_paused = true)]
    async fn five_clients_on_three_sites_share_the_pace_and_use_it_up() {
        let (limiter, start) = (limiter(5), Instant::now());
        let client = |number: u64| {
            let limiter = limiter.clone();
            tokio::spawn(async move {
                let mut times = Vec::new();
                for read in 0..200 {
                    let latency = Duration::from_millis(5 + (number * 7 + read) % 30);
                    times.push(sent_at(&limiter, latency, start).await);
                }
                times
            })
        };

        let times = join_all((0..5).map(client)).await;

        let mut times: Vec<Duration> = times.into_iter().flat_map(Result::unwrap).collect();
        times.sort();
        assert_eq!(times.len(), 1000);
        for six in times.windows(6) {
            assert!(six[5] >= six[0] + BUSY, "{six:?}");
        }
        let rate = 1000.0 / start.elapsed().as_secs_f64();
        assert!(rate >= 4.75, "{rate}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_slot_is_busy_until_a_second_after_the_answer() {
        let (limiter, start) = (limiter(1), Instant::now());

        sent_at(&limiter, Duration::from_secs(3), start).await;
        let second = sent_at(&limiter, Duration::ZERO, start).await;

        assert_eq!(second.as_millis() / 10, 400);
    }

    #[tokio::test(start_paused = true)]
    async fn a_dropped_call_gives_its_slot_back_after_the_second() {
        let (limiter, start) = (limiter(1), Instant::now());
        {
            let sending = sent_at(&limiter, Duration::from_hours(1), start);
            let _ = tokio::time::timeout(Duration::from_millis(100), sending).await;
        }

        let next = sent_at(&limiter, Duration::ZERO, start).await;

        assert_eq!(next.as_millis() / 10, 110);
    }

    #[tokio::test(start_paused = true)]
    async fn a_call_dropped_while_waiting_takes_no_slot() {
        let (limiter, start) = (limiter(1), Instant::now());
        sent_at(&limiter, Duration::ZERO, start).await;
        for _ in 0..10 {
            let waiting = sent_at(&limiter, Duration::ZERO, start);
            assert!(
                tokio::time::timeout(Duration::from_millis(10), waiting)
                    .await
                    .is_err()
            );
        }

        let next = sent_at(&limiter, Duration::ZERO, start).await;

        assert!(next <= Duration::from_millis(1010), "{next:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_of_the_server_holds_everybody() {
        let (limiter, start) = (limiter(5), Instant::now());
        limiter.acquire().await.pause(Duration::from_secs(7));

        let times = join_all((0..3).map(|_| sent_at(&limiter, Duration::ZERO, start))).await;

        assert!(
            times.iter().all(|at| *at >= Duration::from_secs(7)),
            "{times:?}"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn an_unlimited_limiter_never_waits() {
        let (limiter, start) = (Limiter::unlimited(), Instant::now());

        join_all((0..1000).map(|_| sent_at(&limiter, Duration::ZERO, start))).await;

        assert!(start.elapsed() < Duration::from_millis(10));
    }

    #[test]
    fn the_default_is_one_for_the_process() {
        let (one, other) = (Limiter::default(), Limiter::default());

        assert!(Arc::ptr_eq(
            one.0.as_ref().unwrap(),
            other.0.as_ref().unwrap()
        ));
    }
}
