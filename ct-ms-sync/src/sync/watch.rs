//! The frame of a cycle: what it answers, what it costs, and who is told of it.

use std::sync::atomic::Ordering;

use futures_util::FutureExt;
use jiff::Timestamp;
use tokio::time::Instant;
use tracing::{debug, info, warn};

use super::Sync;
use crate::cycle::milliseconds;
use crate::error::Result;
use crate::event::Event;
use crate::metrics;
use crate::report::{Report, RequestCounts};
use crate::store::Mark;

/// How things stood when a cycle began.
pub(super) struct Watch {
    at: Timestamp,
    started: Instant,
    sent: RequestCounts,
    mark: Option<Mark>,
}

impl Sync {
    pub(super) async fn begin(&self) -> Watch {
        let at = (self.inner.clock)();
        self.inner.teller.tell(&Event::CycleStarted { at });
        // Whoever woke the sync before this is answered by this cycle.
        let _ = self.inner.wake.notified().now_or_never();
        let mark = match self.bell().mark().await {
            Ok(mark) => mark,
            Err(error) => {
                debug!(%error, "the marks of webhooks cannot be read");
                None
            }
        };
        let received = mark.map_or(0, |mark| mark.received);
        self.inner.marks_seen.store(received, Ordering::Relaxed);
        Watch {
            at,
            started: Instant::now(),
            sent: self.sent(),
            mark,
        }
    }

    fn sent(&self) -> RequestCounts {
        RequestCounts {
            calltouch: self.inner.calltouch.requests_sent(),
            moysklad: self.inner.moysklad.requests_sent(),
        }
    }

    pub(super) async fn end(&self, watch: Watch, outcome: Result<Report>) -> Result<Report> {
        let sent = self.sent();
        let requests = RequestCounts {
            calltouch: sent.calltouch.saturating_sub(watch.sent.calltouch),
            moysklad: sent.moysklad.saturating_sub(watch.sent.moysklad),
        };
        let elapsed_ms = milliseconds(watch.started.elapsed());
        let outcome = outcome
            .map(|report| Report {
                requests,
                elapsed_ms,
                ..report
            })
            .map_err(|error| error.with_cost(requests, elapsed_ms));
        let outcome = self.rest_after(outcome).await;
        match &outcome {
            Ok(report) => {
                self.answer(watch).await;
                info!(
                    leads = report.leads.new,
                    orders = report.orders.created,
                    deals = report.deals.created,
                    updated = report.deals.updated,
                    closed = report.deals.closed,
                    dead_letters = report.dead_letters.len(),
                    "cycle done"
                );
                self.inner.teller.tell(&Event::CycleDone {
                    report: Box::new(report.clone()),
                });
            }
            Err(error) => {
                warn!(%error, "cycle failed");
                self.inner.teller.tell(&Event::CycleFailed {
                    reason: error.to_string(),
                    report: error.report().map(|report| Box::new(report.clone())),
                    requests,
                    elapsed_ms,
                });
            }
        }
        outcome
    }

    /// Takes back the marks of webhooks that had come when the cycle began.
    async fn answer(&self, watch: Watch) {
        let Some(mark) = watch.mark else { return };
        let Some(since) = mark.waiting_since() else {
            return;
        };
        let site_id = self.inner.config.calltouch.site_id;
        metrics::webhook_lag(site_id, since, (self.inner.clock)());
        if let Err(error) = self.bell().answer_marks(mark.received, watch.at).await {
            warn!(%error, "the marks of webhooks cannot be taken back");
        }
    }
}
