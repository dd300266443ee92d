//! What a sync tells of its work while it is under way.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use tracing::{Span, debug_span};

use crate::metrics;
use crate::report::{LeadCounts, Report, RequestCounts};

/// Tells how far a cycle is; [`SyncBuilder::on_event`](crate::SyncBuilder::on_event) takes who listens.
///
/// It holds no secret and no contact of a lead.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// A cycle has begun.
    CycleStarted {
        /// When.
        at: Timestamp,
    },
    /// The journals of Calltouch were read and new leads written down.
    LeadsRead {
        /// How many.
        leads: LeadCounts,
    },
    /// A step of the cycle has begun; of many leads, for the next portion of them.
    StepStarted {
        /// Which one.
        step: CycleStep,
    },
    /// A batch of leads has got its orders (заказы).
    OrdersMade {
        /// How many were made.
        made: u64,
        /// How many were refused and are dead letters now.
        refused: u64,
        /// When the oldest of the leads came in.
        oldest: Option<Timestamp>,
    },
    /// A cycle was carried through.
    CycleDone {
        /// What it did.
        report: Box<Report>,
    },
    /// A cycle could not be carried through, or not wholly.
    CycleFailed {
        /// Why, and what to do; the text of the [`Error`](crate::Error).
        reason: String,
        /// What it did all the same, when only new orders could not be made.
        report: Option<Box<Report>>,
        /// Requests spent at each service.
        requests: RequestCounts,
        /// How long it took, in milliseconds.
        elapsed_ms: u64,
    },
    /// A service refuses the credentials, so nothing is sent for a while.
    Resting {
        /// When they were refused first.
        since: Timestamp,
        /// When they are tried again.
        until: Timestamp,
        /// What the service said.
        reason: String,
    },
    /// The credentials are good again.
    RestEnded,
}

/// A step of a cycle, in the order of work.
///
/// Leads are carried by the thousand: one portion gets its deals while the next one gets its
/// counterparties and orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CycleStep {
    /// Leads are read from the journals of Calltouch.
    Journals,
    /// Changed orders and payments are read.
    OrderChanges,
    /// Leads get their counterparties (контрагенты).
    Counterparties,
    /// Leads get their orders (заказы).
    Orders,
    /// Orders get their deals (сделки).
    Deals,
    /// Deals are told what became of their orders.
    DealUpdates,
}

impl CycleStep {
    /// The step as a word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Journals => "journals",
            Self::OrderChanges => "order_changes",
            Self::Counterparties => "counterparties",
            Self::Orders => "orders",
            Self::Deals => "deals",
            Self::DealUpdates => "deal_updates",
        }
    }
}

/// Who is told.
pub(crate) type Listener = dyn Fn(&Event) + Send + Sync;

/// Tells everybody who wants to know: the counters, and the one who listens.
#[derive(Clone)]
pub(crate) struct Teller {
    /// Nothing when nobody is told at all.
    site_id: Option<u64>,
    listener: Option<Arc<Listener>>,
}

impl Teller {
    pub(crate) fn new(site_id: u64, listener: Option<Arc<Listener>>) -> Self {
        Self {
            site_id: Some(site_id),
            listener,
        }
    }

    /// Tells nobody: what a plan imagines is neither an event nor a figure.
    pub(crate) fn silent() -> Self {
        Self {
            site_id: None,
            listener: None,
        }
    }

    /// Tells the counters what a cycle carried, also one that ends in an error.
    pub(crate) fn carried(&self, report: &Report) {
        if let Some(site_id) = self.site_id {
            metrics::carried(site_id, report);
        }
    }

    /// Tells the counters how long the oldest lead of a batch waited for its order.
    pub(crate) fn lead_lag(&self, lead: Timestamp, now: Timestamp) {
        if let Some(site_id) = self.site_id {
            metrics::lead_lag(site_id, lead, now);
        }
    }

    /// Tells that a step begins; the span is that of its work.
    pub(crate) fn step(&self, step: CycleStep) -> Span {
        self.tell(&Event::StepStarted { step });
        debug_span!("ct_ms_sync.step", step = step.as_str())
    }

    pub(crate) fn tell(&self, event: &Event) {
        if let Some(site_id) = self.site_id {
            metrics::count(site_id, event);
        }
        if let Some(listener) = &self.listener {
            listener(event);
        }
    }
}

impl fmt::Debug for Teller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Teller")
            .field("site_id", &self.site_id)
            .finish_non_exhaustive()
    }
}
