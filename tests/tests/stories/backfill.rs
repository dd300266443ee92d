//! History is carried some days at a time, beside the cycles.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use std::pin::pin;

use calltouch_api::emulator::StopWhen as CalltouchWhen;
use ct_ms_sync::config::OnMatch;
use ct_ms_sync::{Progress, Sync};
use futures_util::{StreamExt, TryStreamExt};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use moysklad_api::emulator::StopWhen as MoyskladWhen;
use serde_json::json;
use tests::seed::{call, call_key, journal_text, request, with};
use tests::{Ending, Pair};

const FROM: Date = date(2026, 9, 1);
const TO: Date = date(2026, 11, 19);

/// A call on a day of the past.
fn past_call(id: u64, number: &str, day: Date) -> serde_json::Value {
    let at = journal_text(day.at(12, 0, 0, 0));
    with(call(id, number), json!({"date": at}))
}

/// Two leads of today, and one on each tenth day of the past.
async fn pair() -> Pair {
    let pair = Pair::start().await;
    pair.call(call(1, "79150000001"));
    pair.request(request(2, "Анна", "", "anna@mail.example"));
    for n in 0..8_u32 {
        let day = FROM.saturating_add(i64::from(n * 10).days());
        let number = format!("7915000001{}", n % 5);
        pair.call(past_call(u64::from(100 + n), &number, day));
    }
    pair
}

async fn all(sync: &Sync) -> Vec<Progress> {
    sync.backfill(FROM, TO).try_collect().await.unwrap()
}

#[tokio::test]
async fn history_is_carried_once_and_cycles_go_on_beside_it() {
    let pair = pair().await;
    let first = pair.cycle().await;
    assert_eq!(first.orders.created, 2, "history is no business of a cycle");

    let slices = all(&pair.sync().await).await;

    let last = slices.last().unwrap();
    assert_eq!((last.to, last.days_done, last.days), (TO, 80, 80));
    assert!(slices.len() > 2, "{slices:?}");
    let orders: u64 = slices.iter().map(|slice| slice.report.orders.created).sum();
    assert_eq!(orders, 8);
    let ending = Ending::of(&pair);
    ending.assert_no_doubles();
    assert_eq!(ending.orders.len(), 10);
    assert_eq!(ending.counterparties.len(), 7);
    let after = pair.cycle().await;
    assert!(after.wrote_nothing(), "{after}");
    assert_eq!(after.leads.new, 0);
    let requests = after.requests.calltouch + after.requests.moysklad;
    assert!(requests <= 6, "{:?}", after.requests);
}

#[tokio::test]
async fn a_backfill_that_was_left_goes_on_where_it_was() {
    let pair = pair().await;
    let first = {
        let sync = pair.sync().await;
        let mut slices = pin!(sync.backfill(FROM, TO));
        slices.next().await.unwrap().unwrap()
    };

    let rest = all(&pair.sync().await).await;
    let again = all(&pair.sync().await).await;

    assert_eq!(first.from, FROM);
    assert_eq!(rest[0].from, first.to.saturating_add(1.day()));
    let made: u64 = again.iter().map(|slice| slice.report.orders.created).sum();
    assert_eq!(made, 0, "what was carried is left as it is");
    assert_eq!(Ending::of(&pair).orders.len(), 8);
}

#[tokio::test]
async fn a_lead_that_a_cycle_carries_between_two_slices_is_carried_once() {
    let pair = pair().await;
    let sync = pair.sync().await;
    let mut slices = pin!(sync.backfill(FROM, TO));
    let mut done = 0;
    while let Some(slice) = slices.next().await {
        slice.unwrap();
        done += 1;
        pair.call(call(10 + done, "79150000001"));
        assert_eq!(sync.run_once().await.unwrap().dead_letters, []);
    }

    let ending = Ending::of(&pair);
    ending.assert_no_doubles();
    assert_eq!(ending.orders.len(), 10 + usize::try_from(done).unwrap());
}

#[tokio::test]
async fn a_backfill_killed_at_any_request_ends_as_an_undisturbed_one() {
    let undisturbed = {
        let pair = pair().await;
        all(&pair.sync().await).await;
        Ending::of(&pair)
    };
    let mut points = 0;
    for (calltouch, step) in [(true, 3), (false, 2)] {
        for n in (1..).step_by(step) {
            let pair = pair().await;
            let reached = {
                let stops = if calltouch {
                    (
                        Some(pair.calltouch.stop_at(n, CalltouchWhen::AfterCommit)),
                        None,
                    )
                } else {
                    (
                        None,
                        Some(pair.moysklad.stop_at(n, MoyskladWhen::AfterCommit)),
                    )
                };
                let sync = pair.sync().await;
                tokio::select! {
                    _ = all(&sync) => false,
                    () = async {
                        match &stops {
                            (Some(stop), _) => stop.reached().await,
                            (_, Some(stop)) => stop.reached().await,
                            _ => std::future::pending().await,
                        }
                    } => true,
                }
            };
            if !reached {
                break;
            }
            points += 1;
            all(&pair.sync().await).await;
            let ending = Ending::of(&pair);
            ending.assert_no_doubles();
            assert_eq!(ending, undisturbed, "request {n}, Calltouch {calltouch}");
        }
    }
    assert!(points > 8, "{points}");
}

#[tokio::test]
async fn a_busy_day_goes_through_in_portions_and_few_requests() {
    let pair = Pair::start().await;
    for id in 0..2500 {
        // Every person calls twice, most of them in two portions.
        let number = format!("7915{:07}", id % 1250);
        pair.call(past_call(id, &number, TO));
    }

    let sync = pair.sync().await;
    let slices: Vec<Progress> = sync.backfill(TO, TO).try_collect().await.unwrap();

    let report = &slices[0].report;
    assert_eq!((report.orders.created, report.deals.created), (2500, 2500));
    assert_eq!(report.counterparties.created, 1250);
    assert_eq!(pair.moysklad.all("counterparty").len(), 1250);
    let requests = report.requests.calltouch + report.requests.moysklad;
    assert!(requests <= 50, "{:?}", report.requests);
    assert_eq!(pair.order(&call_key(2499))["externalCode"], call_key(2499));
}

#[tokio::test]
async fn days_in_the_wrong_order_are_a_wrong_setting() {
    let pair = Pair::start().await;
    let sync = pair.sync().await;
    let error = pin!(sync.backfill(TO, FROM))
        .next()
        .await
        .unwrap()
        .unwrap_err();
    assert!(error.is_config(), "{error}");
    assert!(error.to_string().contains("2026-11-19"), "{error}");
}

#[tokio::test]
async fn settings_that_let_more_through_are_served_by_the_same_backfill_again() {
    let mut pair = pair().await;
    pair.config.leads.min_duration_seconds = 3600;
    all(&pair.sync().await).await;
    assert_eq!(Ending::of(&pair).orders.len(), 0);

    pair.config.leads.min_duration_seconds = 0;
    all(&pair.sync().await).await;

    let ending = Ending::of(&pair);
    ending.assert_no_doubles();
    assert_eq!(ending.orders.len(), 8);
}

#[tokio::test]
async fn a_contact_that_one_slice_fills_in_is_known_to_the_next() {
    let mut pair = Pair::start().await;
    pair.config.counterparties.on_match = OnMatch::FillEmpty;
    pair.cycle().await;
    let of = |id, phone: &str, day: u32| {
        let at = FROM.saturating_add(i64::from(day).days());
        let at = journal_text(at.at(12, 0, 0, 0));
        with(
            request(id, "Анна", phone, "anna@mail.example"),
            json!({"dateStr": at}),
        )
    };
    pair.call(past_call(1, "79150000001", FROM));
    pair.request(of(2, "79150000001", 10));
    pair.request(of(3, "", 40));

    all(&pair.sync().await).await;

    assert_eq!(pair.orders().len(), 3);
    assert_eq!(pair.moysklad.all("counterparty").len(), 1);
}
