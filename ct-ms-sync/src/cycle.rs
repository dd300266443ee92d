//! One cycle over one pair: read → decide → write → remember.

mod counterparties;
mod deal_updates;
mod deals;
mod halves;
mod leads;
mod mask;
mod order_changes;
mod order_checks;
mod orders;
mod payments;
mod pen;
mod portions;
mod recorder;
mod remedy;
mod state_dates;

pub(crate) use leads::{Journals, day};
pub(crate) use pen::Pen;
pub(crate) use recorder::Recorder;
pub(crate) use state_dates::StateDates;

use std::time::Duration;

use jiff::Timestamp;
use moysklad_api::ErrorCode;
use tokio_util::sync::CancellationToken;
use tracing::{Instrument, warn};

use crate::config::Config;
use crate::error::{Error, Result};
use crate::event::{CycleStep, Event, Teller};
use crate::lead::LeadKey;
use crate::report::{Report, Step};
use crate::setup::{self, Setup};
use crate::store::{Failure, Ledger, Place, Said, Turn, Waiting};

/// Whether a cycle carries what changed in МойСклад.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Changes {
    Carried,
    Left,
}

/// Everything a step works with.
// What has been done in the cycle and what has not are flags of their own.
#[allow(clippy::struct_excessive_bools)]
pub(crate) struct Cycle<'a> {
    pub(crate) config: &'a Config,
    pub(crate) calltouch: &'a calltouch_api::Client,
    pub(crate) moysklad: &'a moysklad_api::Client,
    pub(crate) pen: Pen<'a>,
    pub(crate) ledger: Ledger,
    pub(crate) setup: Setup,
    /// Whether the states of orders are others than in the cycle before.
    pub(crate) states_changed: bool,
    /// Whether the account has been read again in this cycle; once is enough.
    pub(crate) setup_reread: bool,
    /// Whether the account had to be found out about first, as in a process that has just started.
    pub(crate) is_first: bool,
    pub(crate) state_dates: StateDates,
    /// Whether the index of contacts was brought up to date by this cycle.
    pub(crate) contacts_read: bool,
    /// Why no order can be made until somebody mends the account or the settings.
    pub(crate) obstacle: Option<Error>,
    pub(crate) teller: &'a Teller,
    pub(crate) now: Timestamp,
    /// Cancelled when the cycle has to end after the step in hand.
    pub(crate) stop: &'a CancellationToken,
    pub(crate) report: Report,
    /// Keeps others away from the pair while the cycle lasts.
    pub(crate) _turn: Turn,
}

impl Cycle<'_> {
    /// Carries what is known of both ways once.
    ///
    /// When no order can be made as the settings want it, everything else is done all the same,
    /// and the obstacle is the error.
    pub(crate) async fn run(self) -> Result<Report> {
        Ok(self.take(Changes::Carried).await?.report)
    }

    /// Carries the leads that wait, and nothing that changed in МойСклад.
    ///
    /// Tells too whether the index of contacts is up to date.
    pub(crate) async fn run_leads(self) -> Result<(Report, bool)> {
        let cycle = self.take(Changes::Left).await?;
        Ok((cycle.report, cycle.contacts_read))
    }

    async fn take(mut self, changes: Changes) -> Result<Self> {
        self.report.warnings.clone_from(&self.setup.warnings);
        let misnamed = setup::misnamed(&self.setup.states, &self.config.deals);
        self.report.warnings.extend(misnamed);
        for warning in &self.report.warnings {
            warn!(warning, "a setting does not fit the account");
        }
        let carried = self.carry(changes).await;
        self.teller.carried(&self.report);
        carried?;
        self.report.dead_letters = self.ledger.dead_letters().await?;
        match self.obstacle {
            Some(cause) => Err(Error::partly(cause, self.report)),
            None => Ok(self),
        }
    }

    /// Changes are read before new orders are made, so that a cycle does not read back what it has
    /// written itself.
    async fn carry(&mut self, changes: Changes) -> Result<()> {
        if changes == Changes::Carried && !self.stops() {
            let span = self.teller.step(CycleStep::OrderChanges);
            self.read_changes().instrument(span).await?;
        }
        if !self.stops() {
            portions::carry(self).await?;
        }
        if self.stops() {
            return Ok(());
        }
        let span = self.teller.step(CycleStep::DealUpdates);
        deal_updates::send(self).instrument(span).await
    }

    async fn read_changes(&mut self) -> Result<()> {
        if self.states_changed {
            order_changes::judge_again(self).await?;
        }
        order_changes::read(self).await?;
        payments::read(self).await?;
        order_checks::look(self).await
    }

    /// The next leads that wait for this step; those of a paused flow go on waiting.
    async fn next_waiting(
        &self,
        step: Step,
        place: &mut Place,
        until: Option<&Place>,
    ) -> Result<Vec<Waiting>> {
        loop {
            let waiting = self.ledger.next_waiting(step, self.now, place, until);
            let mut waiting = waiting.await?;
            let ended = waiting.is_empty();
            waiting.retain(|waiting| self.config.flows.carry(waiting.lead.key.kind()));
            if ended || !waiting.is_empty() {
                return Ok(waiting);
            }
        }
    }

    /// Reads the account again: it has something that the set-up does not know.
    async fn reread_setup(&mut self) -> Result<()> {
        if self.setup_reread {
            return Ok(());
        }
        self.setup_reread = true;
        let organization = self.setup.organization;
        let read = setup::read(&self.pen, &self.config.orders, organization).await;
        self.setup = match read {
            Ok((setup, _)) => setup,
            Err(error) if error.stops_only_new_orders() => {
                warn!(%error, "new orders wait");
                self.obstacle = Some(error);
                Setup::of_states(self.moysklad, self.setup.initial_state).await?
            }
            Err(error) => return Err(error),
        };
        order_changes::judge_again(self).await?;
        self.ledger.forget_setup().await
    }

    /// Tells of a batch of orders; `leads` are the moments at which their leads came.
    fn tell_of_orders(&self, leads: impl Iterator<Item = Timestamp> + Clone, refused: usize) {
        let oldest = leads.clone().min();
        if let Some(oldest) = oldest {
            self.teller.lead_lag(oldest, self.now);
        }
        self.teller.tell(&Event::OrdersMade {
            made: leads.count() as u64,
            refused: refused as u64,
            oldest,
        });
    }

    fn stops(&self) -> bool {
        self.stop.is_cancelled()
    }
}

/// A row that was not written, in the words both services share.
struct Refusal {
    /// Whether the service said no to this very row.
    refused: bool,
    /// Whether credentials or rights were refused, so that nothing else will be written either.
    rights: bool,
    reason: String,
    said: Said,
}

impl From<&moysklad_api::RowError> for Refusal {
    fn from(error: &moysklad_api::RowError) -> Self {
        let cause = error.cause();
        Self {
            refused: error.is_refused(),
            rights: cause.is_some_and(|error| error.is_unauthorized() || error.is_forbidden()),
            reason: error.to_string(),
            said: Said {
                code: error.code().map(ErrorCode::get),
                field: error.field().map(str::to_owned),
                remedy: Some(remedy::moysklad(error)),
            },
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
            said: Said {
                code: error.code(),
                field: cause.and_then(|error| error.field()).map(str::to_owned),
                remedy: Some(remedy::calltouch(error)),
            },
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
            said: self.said,
        })
    }
}

/// How long the cycle took so far, in whole milliseconds.
pub(crate) fn milliseconds(elapsed: Duration) -> u64 {
    u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX)
}
