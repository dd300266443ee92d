//! Cycle after cycle, until told to stop.

use std::pin::pin;
use std::sync::atomic::Ordering;
use std::time::Duration;

use futures_util::future::{Either, select};
use tokio::time::{Instant, sleep, sleep_until};
use tokio_util::sync::CancellationToken;

use super::Sync;
use crate::error::Result;
use crate::report::Report;

/// Shortest pause between two cycles that webhooks ask for, so that a storm of them costs no more
/// requests than the limits allow.
const SHORTEST_PAUSE: Duration = Duration::from_secs(3);
/// How often the store is asked for webhooks that another process has taken.
const LOOK: Duration = Duration::from_secs(2);

impl Sync {
    /// Runs cycles until `stop` is ready; a stop lets the step in hand finish.
    ///
    /// `after_each` sees the outcome of every cycle. Cycles start `cycle.period_seconds` after the
    /// last one ended, or at once when the sync is [woken](Self::wake) or a webhook came, yet at least
    /// three seconds after the last one. While the pair rests because a service refuses its credentials,
    /// none starts.
    pub async fn run(
        &self,
        stop: impl Future<Output = ()>,
        mut after_each: impl FnMut(&Result<Report>),
    ) {
        let mut stop = pin!(stop);
        loop {
            let stopping = CancellationToken::new();
            let cycle = pin!(self.cycle(&stopping));
            let (outcome, stopped) = match select(cycle, &mut stop).await {
                Either::Left((outcome, _)) => (outcome, false),
                Either::Right(((), cycle)) => {
                    stopping.cancel();
                    (cycle.await, true)
                }
            };
            after_each(&outcome);
            if stopped {
                return;
            }
            let rests = outcome.is_err_and(|error| error.resting_until().is_some());
            let next = pin!(self.until_next(rests));
            if let Either::Right(_) = select(next, &mut stop).await {
                return;
            }
        }
    }

    /// Makes [`run`](Self::run) start its next cycle at once, at most every three seconds.
    pub fn wake(&self) {
        self.inner.wake.notify_one();
    }

    async fn until_next(&self, rests: bool) {
        if rests {
            return self.rested().await;
        }
        let ended = Instant::now();
        tokio::select! {
            () = sleep(self.period()) => {}
            () = async {
                tokio::select! {
                    () = self.inner.wake.notified() => {}
                    () = self.marked() => {}
                }
                sleep_until(ended + SHORTEST_PAUSE).await;
            } => {}
        }
    }

    /// Waits until a webhook is marked in the store that had not come when the last cycle began.
    async fn marked(&self) {
        if self.inner.config.webhooks.url.is_none() {
            return std::future::pending().await;
        }
        let bell = self.bell();
        loop {
            sleep(LOOK).await;
            // A store that fails now tells so in the next cycle.
            if let Ok(Some(mark)) = bell.mark().await
                && mark.received > self.inner.marks_seen.load(Ordering::Relaxed)
            {
                return;
            }
        }
    }
}
