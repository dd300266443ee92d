//! A pair whose credentials are refused rests: one try, then a pause that grows to an hour.
//!
//! Whoever starts the cycles, and however often: the store says until when, so that neither a
//! scheduler nor a restart makes a locked account of a refused one. Both services rest together,
//! since without one of them nothing of the other can be carried.

use std::time::Duration;

use tracing::warn;

use super::Sync;
use crate::error::{Error, Result};
use crate::event::Event;
use crate::store::Ledger;

/// How often it is looked whether somebody else has ended the rest.
const LOOK: Duration = Duration::from_mins(1);

impl Sync {
    /// Where webhooks are marked; the account may not be known yet when one comes.
    pub(crate) fn bell(&self) -> Ledger {
        let site_id = self.inner.config.calltouch.site_id;
        self.inner.store.ledger(format!("ct-{site_id}"))
    }

    /// Where a rest is written down: with these credentials, of which no account may be known.
    ///
    /// Others are tried at once, so a new token needs nobody to end the rest of the old one.
    fn bed(&self) -> Ledger {
        let (calltouch, moysklad) = (&self.inner.calltouch, &self.inner.moysklad);
        self.inner.store.ledger(format!(
            "ct-{}:{:08x}-{:08x}",
            calltouch.site_id(),
            calltouch.credentials_mark(),
            moysklad.credentials_mark()
        ))
    }

    pub(super) fn period(&self) -> Duration {
        Duration::from_secs(u64::from(self.inner.config.cycle.period_seconds))
    }

    /// Refuses to begin a cycle while the pair rests.
    pub(super) async fn ensure_awake(&self) -> Result<()> {
        match self.bed().rest().await? {
            Some(rest) if rest.until > (self.inner.clock)() => Err(Error::resting(rest)),
            _ => Ok(()),
        }
    }

    /// Lets the pair rest if a service has refused its credentials, and ends its rest if not.
    pub(super) async fn rest_after<T>(&self, outcome: Result<T>) -> Result<T> {
        // What a plan remembers is thrown away.
        if self.inner.recorder.is_some() {
            return outcome;
        }
        let error = match outcome {
            // A right that only new orders need is no reason to rest.
            Err(error) if error.is_refused() && error.report().is_none() => error,
            Err(error) if error.report().is_none() => return Err(error),
            good => {
                self.wake_up().await;
                return good;
            }
        };
        let now = (self.inner.clock)();
        let rest = self
            .bed()
            .let_rest(&error.to_string(), self.period(), now)
            .await;
        match rest {
            Ok(rest) => {
                self.inner.teller.tell(&Event::Resting {
                    since: rest.since,
                    until: rest.until,
                    reason: rest.reason.clone(),
                });
                Err(Error::resting(rest))
            }
            Err(failure) => {
                warn!(error = %failure, "it cannot be written down that the pair rests");
                Err(error)
            }
        }
    }

    /// Ends the rest of the pair: its credentials have been accepted.
    pub(super) async fn wake_up(&self) {
        let bed = self.bed();
        let ended = async {
            let rests = bed.rest().await?.is_some();
            if rests {
                bed.end_rest().await?;
            }
            Ok::<bool, Error>(rests)
        };
        match ended.await {
            Ok(true) => {
                self.inner.teller.tell(&Event::RestEnded);
                self.wake();
            }
            Ok(false) => {}
            Err(error) => warn!(%error, "the end of a rest cannot be written down"),
        }
    }

    /// Waits until the rest is over, or somebody has ended it.
    pub(super) async fn rested(&self) {
        while let Err(error) = self.ensure_awake().await {
            let left = error
                .resting_until()
                .and_then(|until| Duration::try_from(until - (self.inner.clock)()).ok());
            tokio::time::sleep(left.unwrap_or(LOOK).min(LOOK)).await;
        }
    }
}
