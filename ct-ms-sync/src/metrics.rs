//! Counters of what cycles do, through the facade of the crate `metrics`.
//!
//! Without a recorder, which is the program's to install, they cost next to nothing, so they need no
//! feature. Names and meanings stand in the readme of this crate.

use std::time::Duration;

use jiff::Timestamp;
use metrics::{Label, counter, gauge, histogram};

use crate::event::Event;
use crate::report::{Report, RequestCounts};

/// Every figure says which site it is of.
fn site(site_id: u64) -> Label {
    Label::new("site_id", site_id.to_string())
}

/// Counts what an event tells.
pub(crate) fn count(site_id: u64, event: &Event) {
    let site = || site(site_id);
    match event {
        Event::CycleDone { report } => {
            ended(site_id, "done", report.requests, report.elapsed_ms);
            dead_letters(site_id, report);
        }
        Event::CycleFailed {
            report,
            requests,
            elapsed_ms,
            ..
        } => {
            let outcome = if report.is_some() { "partly" } else { "failed" };
            ended(site_id, outcome, *requests, *elapsed_ms);
            if let Some(report) = report {
                dead_letters(site_id, report);
            }
        }
        Event::Resting { .. } => {
            counter!("ct_ms_sync_rests_total", vec![site()]).increment(1);
            gauge!("ct_ms_sync_resting", vec![site()]).set(1.0);
        }
        Event::RestEnded => gauge!("ct_ms_sync_resting", vec![site()]).set(0.0),
        Event::CycleStarted { .. }
        | Event::LeadsRead { .. }
        | Event::StepStarted { .. }
        | Event::OrdersMade { .. } => {}
    }
}

fn ended(site_id: u64, outcome: &'static str, requests: RequestCounts, elapsed_ms: u64) {
    let site = || site(site_id);
    let outcome = Label::new("outcome", outcome);
    counter!("ct_ms_sync_cycles_total", vec![site(), outcome]).increment(1);
    histogram!("ct_ms_sync_cycle_duration_seconds", vec![site()])
        .record(Duration::from_millis(elapsed_ms));
    for (service, sent) in [
        ("calltouch", requests.calltouch),
        ("moysklad", requests.moysklad),
    ] {
        let service = Label::new("service", service);
        counter!("ct_ms_sync_requests_total", vec![site(), service]).increment(sent);
    }
}

fn dead_letters(site_id: u64, report: &Report) {
    // Exact far beyond what any store holds.
    let waiting = u32::try_from(report.dead_letters.len()).unwrap_or(u32::MAX);
    gauge!("ct_ms_sync_dead_letters", vec![site(site_id)]).set(waiting);
}

/// Counts what a cycle carried, also one that ends in an error.
pub(crate) fn carried(site_id: u64, report: &Report) {
    for (name, figure) in [
        ("ct_ms_sync_leads_seen_total", report.leads.seen),
        ("ct_ms_sync_leads_new_total", report.leads.new),
        ("ct_ms_sync_leads_left_out_total", report.leads.left_out),
        (
            "ct_ms_sync_counterparties_created_total",
            report.counterparties.created,
        ),
        ("ct_ms_sync_orders_created_total", report.orders.created),
        ("ct_ms_sync_deals_created_total", report.deals.created),
        ("ct_ms_sync_deals_updated_total", report.deals.updated),
        ("ct_ms_sync_deals_closed_total", report.deals.closed),
    ] {
        counter!(name, vec![site(site_id)]).increment(figure);
    }
}

/// How long the oldest lead of a batch waited for its order.
pub(crate) fn lead_lag(site_id: u64, lead: Timestamp, now: Timestamp) {
    histogram!("ct_ms_sync_lead_lag_seconds", vec![site(site_id)]).record(between(lead, now));
}

/// How long a webhook waited until a cycle that it woke was done.
pub(crate) fn webhook_lag(site_id: u64, webhook: Timestamp, now: Timestamp) {
    histogram!("ct_ms_sync_webhook_lag_seconds", vec![site(site_id)]).record(between(webhook, now));
}

/// Counts a delivery to the receiver of webhooks.
#[cfg(feature = "webhooks")]
pub(crate) fn webhook(site_id: u64, service: &'static str, outcome: &'static str) {
    let labels = vec![
        site(site_id),
        Label::new("service", service),
        Label::new("outcome", outcome),
    ];
    counter!("ct_ms_sync_webhooks_total", labels).increment(1);
}

fn between(earlier: Timestamp, later: Timestamp) -> Duration {
    later
        .duration_since(earlier)
        .try_into()
        .unwrap_or(Duration::ZERO)
}
