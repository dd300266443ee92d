//! Dead letters, tried again at once.

use super::Sync;
use crate::error::Result;
use crate::report::Report;
use crate::store::Replay;

impl Sync {
    /// Ends the pause of dead letters and runs a cycle, which tries them again.
    ///
    /// [`Report::replayed`] counts them. A record that could not be read
    /// ([`Step::Lead`](crate::Step::Lead)) is read again only with its day of the journal: by a
    /// cycle while the day is within `leads.lookback_days`, by a [backfill](Self::backfill)
    /// afterwards.
    ///
    /// # Errors
    ///
    /// As [`run_once`](Self::run_once).
    pub async fn replay(&self, which: &Replay) -> Result<Report> {
        let replayed = {
            let mut running = self.inner.running.lock().await;
            let pair = self.enter_awake(&mut running).await?;
            pair.ledger.replay(which).await?
        };
        let mut report = self.run_once().await?;
        report.replayed = replayed;
        Ok(report)
    }
}
