//! Refused credentials cost one try a growing pause, whoever starts the cycles, and lose nothing.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use calltouch_api::emulator as calltouch;
use ct_ms_sync::{Event, Outcome, Repair, Replay, Store, Sync};
use futures_util::TryStreamExt;
use moysklad_api::Credentials;
use moysklad_api::emulator as moysklad;
use tests::seed::{call, call_key};
use tests::{Ending, Pair, now};
use tokio::sync::Notify;
use tokio::time::timeout;

/// A pair with two leads, whose access МойСклад refuses.
async fn locked_out() -> Pair {
    let pair = Pair::start().await;
    pair.call(call(1, "79150000001"));
    pair.call(call(2, "79150000002"));
    lock_moysklad(&pair);
    pair
}

fn lock_moysklad(pair: &Pair) {
    pair.moysklad
        .add_fault(moysklad::Fault::new("*").kind(moysklad::FaultKind::Status(401)));
}

fn assert_both_carried(pair: &Pair) {
    let ending = Ending::of(pair);
    ending.assert_no_doubles();
    let carried: Vec<_> = ending.orders.keys().cloned().collect();
    assert_eq!(carried, [call_key(1), call_key(2)]);
}

#[tokio::test]
async fn a_scheduler_that_never_tires_makes_one_probe_a_growing_pause() {
    let pair = locked_out().await;

    // A process of its own every five minutes, for six hours.
    for _ in 0..72 {
        let error = pair.try_cycle().await.unwrap_err();
        assert!(error.is_refused() && !error.is_retryable());
        assert!(error.to_string().contains("МойСклад"), "{error}");
        assert!(error.to_string().contains("rests until"), "{error}");
        assert!(error.resting_until().unwrap() > now());
        pair.advance(Duration::from_mins(5));
    }

    // At 0, 10, 30 and 70 minutes, then every hour; the clock goes on while a probe is under way.
    let probes = pair.moysklad.stats().requests;
    assert!((6..=8).contains(&probes), "{probes}");
    assert!(pair.calltouch.stats().requests <= 2 * probes);

    pair.moysklad.clear_faults();
    pair.advance(Duration::from_hours(1));
    let report = pair.cycle().await;

    assert_eq!(report.orders.created, 2);
    assert_both_carried(&pair);
    pair.cycle().await;
}

#[tokio::test]
async fn while_calltouch_refuses_moysklad_is_left_alone_too() {
    let pair = Pair::start().await;
    pair.call(call(1, "79150000001"));
    pair.call(call(2, "79150000002"));
    pair.calltouch
        .add_fault(calltouch::Fault::new("*").kind(calltouch::FaultKind::Status(403)));

    for _ in 0..24 {
        let error = pair.try_cycle().await.unwrap_err();
        assert!(error.to_string().contains("Calltouch"), "{error}");
        pair.advance(Duration::from_mins(5));
    }

    let probes = pair.calltouch.stats().requests;
    assert!((3..=4).contains(&probes), "{probes}");
    assert!(pair.moysklad.stats().requests <= probes);
    pair.calltouch.clear_faults();
    pair.advance(Duration::from_hours(1));
    pair.cycle().await;
    assert_both_carried(&pair);
}

#[tokio::test]
async fn credentials_that_are_refused_in_the_midst_of_a_cycle_are_not_tried_row_by_row() {
    let pair = Pair::start().await;
    for id in 1..=50 {
        pair.call(call(id, &format!("791500000{id:02}")));
    }
    let route = "POST /entity/counterparty";
    let refused = moysklad::Fault::new(route).kind(moysklad::FaultKind::Status(401));
    pair.moysklad.add_fault(refused);

    assert!(pair.try_cycle().await.unwrap_err().is_refused());

    assert_eq!(pair.moysklad.stats().routes[route], 1);
    pair.moysklad.clear_faults();
    pair.advance(Duration::from_hours(1));
    assert_eq!(pair.cycle().await.orders.created, 50);
}

#[tokio::test]
async fn a_check_or_a_preparation_ends_the_rest_once_access_is_back() {
    for check in [true, false] {
        let pair = locked_out().await;
        let sync = pair.sync().await;
        let until = sync.run_once().await.unwrap_err().resting_until().unwrap();

        // Still refused: the rest goes on.
        if check {
            assert!(sync.check().await.has(Outcome::Refused));
        } else {
            assert!(sync.prepare().await.unwrap_err().is_refused());
        }
        let error = sync.run_once().await.unwrap_err();
        assert_eq!(error.resting_until(), Some(until));

        pair.moysklad.clear_faults();
        if check {
            assert!(sync.check().await.is_good());
        } else {
            sync.prepare().await.unwrap();
        }
        assert_eq!(sync.run_once().await.unwrap().orders.created, 2);
        assert_both_carried(&pair);
    }
}

#[tokio::test]
async fn new_credentials_do_not_wait_for_the_rest_of_the_old_ones() {
    let pair = Pair::start().await;
    pair.call(call(1, "79150000001"));
    pair.call(call(2, "79150000002"));
    let store = Store::open(&pair.store_url()).await.unwrap();
    let wrong = pair.moysklad_client_as(Credentials::token("revoked"));
    let old = Sync::builder(
        pair.config.clone(),
        pair.calltouch_client(),
        wrong,
        store.clone(),
    );
    let old = old.clock(now).build().unwrap();
    assert!(old.run_once().await.unwrap_err().resting_until().is_some());

    let report = pair.sync_on(store).run_once().await.unwrap();

    assert_eq!(report.orders.created, 2);
    assert!(old.run_once().await.unwrap_err().resting_until().is_some());
}

#[tokio::test]
async fn a_sync_that_runs_goes_on_by_itself_and_tells_of_its_rest() {
    let mut pair = locked_out().await;
    pair.config.cycle.period_seconds = 1;
    let told = Arc::new(Mutex::new(Vec::new()));
    let listener = Arc::clone(&told);
    let store = Store::open(&pair.store_url()).await.unwrap();
    let (calltouch, moysklad) = (pair.calltouch_client(), pair.moysklad_client());
    let sync = Sync::builder(pair.config.clone(), calltouch, moysklad, store)
        .clock(now)
        .on_event(move |event| listener.lock().unwrap().push(event.clone()))
        .build()
        .unwrap();
    let done = Notify::new();
    let mut outcomes = Vec::new();

    let run = sync.run(done.notified(), |outcome| {
        outcomes.push(outcome.is_ok());
        pair.moysklad.clear_faults();
        if outcome.is_ok() {
            done.notify_one();
        }
    });
    timeout(Duration::from_mins(1), run)
        .await
        .expect("the sync goes on");

    assert_eq!(outcomes, [false, true]);
    assert_both_carried(&pair);
    let told = told.lock().unwrap();
    let place = |is: fn(&Event) -> bool| told.iter().position(is);
    let rests = place(|event| matches!(event, Event::Resting { .. }));
    let ends = place(|event| matches!(event, Event::RestEnded));
    let done = place(|event| matches!(event, Event::CycleDone { .. }));
    assert!(rests.is_some() && rests < ends && ends < done, "{told:?}");
}

#[tokio::test]
async fn one_pair_that_rests_does_not_keep_another_one_from_working() {
    let pair = locked_out().await;
    assert!(pair.try_cycle().await.is_err());
    let mut other = Pair::builder().site(4711).start().await;
    other.config.leads.since = pair.config.leads.since;
    let store = Store::open(&pair.store_url()).await.unwrap();

    assert!(other.sync_on(store).run_once().await.is_ok());

    assert!(
        pair.try_cycle()
            .await
            .unwrap_err()
            .resting_until()
            .is_some()
    );
}

#[tokio::test]
async fn neither_a_plan_nor_history_nor_a_replay_tries_again_while_the_pair_rests() {
    // Whatever is tried first finds the refusal, and everything after it rests.
    for first in 0..3 {
        let pair = locked_out().await;
        for mode in (first..3).chain(0..first) {
            let sync = pair.sync().await;
            let day = jiff::civil::date(2026, 11, 19);
            let error = match mode {
                0 => sync.plan().await.err(),
                1 => sync.replay(&Replay::All).await.err(),
                _ => sync.backfill(day, day).try_collect::<Vec<_>>().await.err(),
            };
            assert!(error.unwrap().resting_until().is_some(), "{first} {mode}");
        }
        assert_eq!(pair.moysklad.stats().requests, 1, "{first}");
        let day = jiff::civil::date(2026, 11, 20);
        let sync = pair.sync().await;
        let reconciled = sync.reconcile(day, day, Repair::No).await;
        assert!(reconciled.unwrap_err().resting_until().is_some());
        assert_eq!(pair.moysklad.stats().requests, 1, "{first}");
    }
}
