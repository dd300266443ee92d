//! Stop points: places where a request stands until a test lets go of it.

use tokio::sync::{oneshot, watch};

/// Where a request stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopWhen {
    /// Before anything is carried out.
    BeforeCommit,
    /// After the request is carried out and before it is answered.
    AfterCommit,
}

/// A request that is held, or will be.
///
/// Dropping it cuts the connection of that request without an answer.
#[derive(Debug)]
#[must_use = "dropping a stop point removes it"]
pub struct StopPoint {
    reached: watch::Receiver<bool>,
    _held: oneshot::Sender<()>,
}

impl StopPoint {
    /// Waits until the request stands at the point.
    pub async fn reached(&self) {
        let mut reached = self.reached.clone();
        if reached.wait_for(|reached| *reached).await.is_err() {
            // The emulator is gone, so no request will ever stand here.
            std::future::pending::<()>().await;
        }
    }

    /// Whether the request stands at the point.
    #[must_use]
    pub fn is_reached(&self) -> bool {
        *self.reached.borrow()
    }
}

/// The server's side of a stop point.
#[derive(Debug)]
pub(crate) struct Stop {
    pub(crate) when: StopWhen,
    reached: watch::Sender<bool>,
    released: oneshot::Receiver<()>,
}

impl Stop {
    /// Stands here until the test lets go.
    pub(crate) async fn stand(self) {
        self.reached.send_replace(true);
        // The sender is never used, only dropped.
        self.released.await.ok();
    }

    /// Whether the test has let go before any request came.
    fn is_dropped(&self) -> bool {
        self.reached.is_closed()
    }
}

/// The stop points that no request has come to yet, by the number of the request.
#[derive(Debug, Default)]
pub(crate) struct Stops {
    seen: u64,
    waiting: Vec<(u64, Stop)>,
}

impl Stops {
    /// Sets a point for the n-th request from now; the next one is the first.
    pub(crate) fn set(&mut self, n: u64, when: StopWhen) -> StopPoint {
        let (reached, seen) = watch::channel(false);
        let (held, released) = oneshot::channel();
        let number = self.seen.saturating_add(n);
        self.waiting.push((
            number,
            Stop {
                when,
                reached,
                released,
            },
        ));
        StopPoint {
            reached: seen,
            _held: held,
        }
    }

    /// Counts a request and takes the point that is set for it.
    pub(crate) fn take(&mut self) -> Option<Stop> {
        self.seen += 1;
        let seen = self.seen;
        self.waiting.retain(|(_, stop)| !stop.is_dropped());
        let place = self
            .waiting
            .iter()
            .position(|(number, _)| *number == seen)?;
        Some(self.waiting.swap_remove(place).1)
    }
}
