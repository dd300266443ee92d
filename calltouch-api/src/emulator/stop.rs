//! Points at which a request is held still, for tests of crashes.

use tokio::sync::{oneshot, watch};

/// Where a held request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopWhen {
    /// The request has arrived in full; nothing of it has been carried out.
    BeforeCommit,
    /// The request has been carried out; its answer has not been sent.
    AfterCommit,
}

/// A point at which one request is held, made by [`Emulator::stop_at`](super::Emulator::stop_at).
///
/// While it stands, that request gets no answer; all others go on. Dropping the point cuts the
/// connection of the held request without an answer. A point that is dropped before its request
/// arrives has no effect.
#[derive(Debug)]
#[must_use = "dropping the point releases the request at once"]
pub struct StopPoint {
    reached: watch::Receiver<bool>,
    // Its drop is the signal to the held request.
    _release: oneshot::Sender<()>,
}

impl StopPoint {
    /// Waits until the request stands at the point.
    ///
    /// It never resolves if the request does not come, so race it against the work that sends it.
    pub async fn reached(&self) {
        if self
            .reached
            .clone()
            .wait_for(|reached| *reached)
            .await
            .is_err()
        {
            // The emulator is gone: the request can no longer come.
            std::future::pending::<()>().await;
        }
    }
}

/// The server's end of a [`StopPoint`].
#[derive(Debug)]
pub(super) struct Stop {
    /// Which request is held, counted from the start of the emulator.
    pub(super) arrival: u64,
    pub(super) when: StopWhen,
    reached: watch::Sender<bool>,
    released: oneshot::Receiver<()>,
}

impl Stop {
    pub(super) fn new(arrival: u64, when: StopWhen) -> (Self, StopPoint) {
        let (reached, see_reached) = watch::channel(false);
        let (release, released) = oneshot::channel();
        let stop = Self {
            arrival,
            when,
            reached,
            released,
        };
        (
            stop,
            StopPoint {
                reached: see_reached,
                _release: release,
            },
        )
    }

    /// Whether the point was dropped before its request came.
    pub(super) fn is_abandoned(&mut self) -> bool {
        matches!(
            self.released.try_recv(),
            Err(oneshot::error::TryRecvError::Closed)
        )
    }

    /// Stands still until the point is dropped.
    pub(super) async fn hold(self) {
        self.reached.send_replace(true);
        // Nothing is ever sent: the error is the drop of the point.
        let _ = self.released.await;
    }
}
