//! How long 10 000 leads take while both services hold their limits, against the time that the limits
//! alone would need: the slower of the two services, asked without a pause.
//!
//! ```text
//! cargo bench -p tests --bench pace
//! ```
//!
//! Both clocks are real, so it takes half a minute. `BENCH_LEADS=1000` chooses another number.

#![allow(
    missing_docs,
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

#[path = "../roles/services.rs"]
mod services;

use std::time::Instant;

use ct_ms_sync::{Config, Event, Store, Sync};
use jiff::ToSpan;
use jiff::tz::Offset;
use moysklad_api::Credentials;
use services::{SITE, Services};

/// Requests a second that Calltouch takes from an address.
const CALLTOUCH_A_SECOND: f64 = 5.0;
/// Requests that МойСклад takes from a user in a window, until 30 November 2026 and after it.
const MOYSKLAD_A_WINDOW: [f64; 2] = [15.0, 11.0];
const WINDOW_SECONDS: f64 = 3.0;

fn main() {
    services::be_the_services();
    let leads = std::env::var("BENCH_LEADS").map_or(10_000, |n| n.parse().unwrap());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(carry(leads));
}

async fn carry(leads: u64) {
    let services = Services::start(leads, true);
    let text = |side: &str, what: &str| services.ready[side][what].as_str().unwrap().to_owned();
    let calltouch = calltouch_api::Client::builder(SITE, text("calltouch", "token"))
        .base_url(text("calltouch", "url"))
        .build()
        .unwrap();
    let moysklad = moysklad_api::Client::builder(Credentials::token(text("moysklad", "token")))
        .base_url(text("moysklad", "url"))
        .build()
        .unwrap();
    let today = Offset::constant(3)
        .to_datetime(jiff::Timestamp::now())
        .date();
    let mut config = Config::new(SITE);
    config.leads.since = Some(today.saturating_sub(60.days()));
    let folder = tempfile::tempdir().unwrap();
    let store = format!("sqlite:{}", folder.path().join("store.sqlite").display());
    let store = Store::open(&store).await.unwrap();
    let began = Instant::now();
    let sync = Sync::builder(config, calltouch, moysklad, store)
        .on_event(move |event| tell(began, event))
        .build()
        .unwrap();

    let report = sync.run_once().await.unwrap();

    let seconds = began.elapsed().as_secs_f64();
    assert_eq!(report.deals.created, leads);
    let (calltouch, moysklad) = (report.requests.calltouch, report.requests.moysklad);
    // A full budget is there to begin with.
    let for_calltouch = (calltouch as f64 - CALLTOUCH_A_SECOND).max(0.0) / CALLTOUCH_A_SECOND;
    let for_moysklad = |window: f64| (moysklad as f64 - window).max(0.0) / window * WINDOW_SECONDS;
    let [now, later] = MOYSKLAD_A_WINDOW.map(for_moysklad);
    let least = for_calltouch.max(now);
    println!(
        "{leads} leads: {calltouch} requests to Calltouch need {for_calltouch:.1} s, {moysklad} to МойСклад {now:.1} s ({later:.1} s from December 2026); taken {seconds:.1} s, {:.2} of the least",
        seconds / least,
    );
}

/// Shows where the time goes: when each step begins.
fn tell(began: Instant, event: &Event) {
    if let Event::StepStarted { step } = event {
        println!("  {:5.1} s  {step:?}", began.elapsed().as_secs_f64());
    }
}
