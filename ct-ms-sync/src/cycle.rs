//! One cycle over one pair: read → decide → write → remember.

mod counterparties;
mod deal_updates;
mod deals;
mod halves;
mod leads;
mod order_changes;
mod orders;

pub(crate) use leads::{Journals, day};

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::Timestamp;

use crate::config::Config;
use crate::error::{Error, Result};
use crate::lead::LeadKey;
use crate::report::{Report, Step};
use crate::setup::{self, Setup};
use crate::store::{Failure, Ledger};

/// Everything a step works with.
pub(crate) struct Cycle<'a> {
    pub(crate) config: &'a Config,
    pub(crate) calltouch: &'a calltouch_api::Client,
    pub(crate) moysklad: &'a moysklad_api::Client,
    pub(crate) ledger: Ledger,
    pub(crate) setup: Setup,
    /// Whether the account has been read again in this cycle; once is enough.
    pub(crate) setup_reread: bool,
    pub(crate) now: Timestamp,
    /// Set when the cycle has to end after the step in hand.
    pub(crate) stop: &'a AtomicBool,
    pub(crate) report: Report,
}

impl Cycle<'_> {
    /// Carries what is known of both ways once.
    pub(crate) async fn run(mut self) -> Result<Report> {
        self.steps().await?;
        self.report.dead_letters = self.ledger.dead_letters().await?;
        Ok(self.report)
    }

    async fn steps(&mut self) -> Result<()> {
        if self.stops() {
            return Ok(());
        }
        // Changes are read before new orders are made, so that a cycle does not read back what it
        // has written itself.
        order_changes::read(self).await?;
        if self.stops() {
            return Ok(());
        }
        counterparties::settle(self).await?;
        if self.stops() {
            return Ok(());
        }
        orders::make(self).await?;
        if self.stops() {
            return Ok(());
        }
        deals::make(self).await?;
        if self.stops() {
            return Ok(());
        }
        deal_updates::send(self).await
    }

    /// Reads the account again: it has something that the set-up does not know.
    async fn reread_setup(&mut self) -> Result<()> {
        if self.setup_reread {
            return Ok(());
        }
        self.setup_reread = true;
        let (setup, _) =
            setup::read(self.moysklad, &self.config.orders, self.setup.organization).await?;
        self.setup = setup;
        self.ledger.forget_setup().await
    }

    fn stops(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

/// A row that was not written, in the words both services share.
struct Refusal {
    /// Whether the service said no to this very row.
    refused: bool,
    /// Whether credentials or rights were refused, so that nothing else will be written either.
    rights: bool,
    reason: String,
}

impl From<&moysklad_api::RowError> for Refusal {
    fn from(error: &moysklad_api::RowError) -> Self {
        let cause = error.cause();
        Self {
            refused: error.is_refused(),
            rights: cause.is_some_and(|error| error.is_unauthorized() || error.is_forbidden()),
            reason: error.to_string(),
        }
    }
}

impl From<&calltouch_api::RowError> for Refusal {
    fn from(error: &calltouch_api::RowError) -> Self {
        let cause = error.cause();
        Self {
            refused: error.is_refused(),
            rights: cause.is_some_and(calltouch_api::Error::is_unauthorized),
            reason: error.to_string(),
        }
    }
}

impl Refusal {
    /// The dead letter of a lead, unless the whole cycle has to end.
    fn of(self, lead: LeadKey, step: Step) -> Result<Failure> {
        if self.rights {
            return Err(Error::rights(self.reason));
        }
        Ok(Failure {
            lead,
            step,
            reason: self.reason,
            refused: self.refused,
        })
    }
}

/// How long the cycle took so far, in whole milliseconds.
pub(crate) fn milliseconds(elapsed: Duration) -> u64 {
    u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX)
}
