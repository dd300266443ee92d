//! Orders and payments that are deleted, and what their deals are told.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use std::time::Duration;

use moysklad_api::emulator::{Fault, FaultKind};
use tests::Pair;
use tests::seed::{call, call_key};

/// Longer than an order is left alone.
const LATER: Duration = Duration::from_mins(61);

/// A pair whose leads are carried: two calls, each with an order of 100 roubles.
async fn carried() -> Pair {
    let pair = Pair::start().await;
    for id in 1..=2 {
        pair.call(call(id, &format!("7915000000{id}")));
    }
    pair.cycle().await;
    for id in 1..=2 {
        pair.fill_order(&call_key(id), 10_000);
    }
    pair.cycle().await;
    pair
}

#[tokio::test]
async fn an_order_in_the_trash_cancels_its_deal_and_one_taken_out_reopens_it() {
    let pair = carried().await;
    let order = pair.order_id(&call_key(1));
    pair.moysklad.trash("customerorder", &order).unwrap();

    let report = pair.cycle().await;

    assert_eq!(report.deals.updated, 1, "{report}");
    assert_eq!(pair.deal(&call_key(1))["status"], "CANCELED");
    assert_eq!(pair.deal(&call_key(2))["status"], "Новый");
    assert!(pair.cycle().await.wrote_nothing());

    pair.moysklad.restore("customerorder", &order).unwrap();
    let report = pair.cycle().await;

    assert_eq!(report.deals.updated, 1, "{report}");
    assert_eq!(pair.deal(&call_key(1))["status"], "Новый");
}

#[tokio::test]
async fn a_deleted_order_gives_its_deal_the_configured_status() {
    let mut pair = carried().await;
    pair.config.deals.status_on_delete = "Удалён".to_owned();
    let order = pair.order_id(&call_key(1));
    pair.moysklad.remove("customerorder", &order).unwrap();

    pair.advance(LATER);
    let report = pair.cycle().await;

    assert_eq!(report.deals.updated, 1, "{report}");
    assert_eq!(pair.deal(&call_key(1))["status"], "Удалён");
    assert_eq!(pair.deal(&call_key(2))["status"], "Новый");
    pair.advance(LATER);
    assert!(pair.cycle().await.wrote_nothing());
}

#[tokio::test]
async fn a_sync_that_keeps_running_notices_a_deletion_within_minutes_for_one_request() {
    let pair = carried().await;
    let sync = pair.sync().await;
    sync.run_once().await.unwrap();
    let order = pair.order_id(&call_key(1));
    pair.moysklad.remove("customerorder", &order).unwrap();
    pair.advance(Duration::from_mins(11));

    let report = sync.run_once().await.unwrap();
    pair.advance(Duration::from_mins(11));
    let idle = sync.run_once().await.unwrap();

    assert_eq!(report.deals.updated, 1, "{report}");
    assert_eq!(pair.deal(&call_key(1))["status"], "CANCELED");
    assert!(idle.wrote_nothing());
    let spent = idle.requests.calltouch + idle.requests.moysklad;
    assert!(
        spent <= 6,
        "an idle cycle with a look at the orders: {spent}"
    );
}

#[tokio::test]
async fn an_order_that_the_service_fails_to_tell_is_not_taken_for_deleted() {
    let pair = carried().await;
    let order = pair.order_id(&call_key(1));
    pair.moysklad.remove("customerorder", &order).unwrap();
    pair.advance(LATER);
    for kind in [FaultKind::Status(500), FaultKind::Html, FaultKind::Truncate] {
        let fault = Fault::new("GET /entity/customerorder/{id}").kind(kind);
        pair.moysklad.add_fault(fault);
        let outcome = pair.try_cycle().await;
        pair.moysklad.clear_faults();

        let told = outcome.map_or(0, |report| report.deals.updated);
        assert_eq!(told, 0, "{kind:?}");
        assert_eq!(pair.deal(&call_key(1))["status"], "Новый", "{kind:?}");
    }

    pair.advance(LATER);
    assert_eq!(pair.cycle().await.deals.updated, 1);
    assert_eq!(pair.deal(&call_key(1))["status"], "CANCELED");
}

#[tokio::test]
async fn a_payment_in_the_trash_is_no_longer_paid() {
    let pair = carried().await;
    let payment = pair.pay(&call_key(1), 7_000);
    pair.cycle().await;
    assert_eq!(pair.paid(&call_key(1)).unwrap(), "70");

    let payment = payment["id"].as_str().unwrap();
    pair.moysklad.trash("paymentin", payment).unwrap();
    let report = pair.cycle().await;

    assert_eq!(report.deals.updated, 1, "{report}");
    assert_eq!(pair.paid(&call_key(1)).unwrap(), "0");
}

#[tokio::test]
async fn a_deleted_payment_is_taken_off_though_no_change_tells_of_it() {
    let pair = carried().await;
    pair.pay(&call_key(1), 3_000);
    let order = pair.order_id(&call_key(1));
    let receipt = pair.moysklad.pay_cash(&order, 4_000).unwrap();
    pair.cycle().await;
    assert_eq!(pair.paid(&call_key(1)).unwrap(), "70");

    let receipt = receipt["id"].as_str().unwrap();
    pair.moysklad.remove("cashin", receipt).unwrap();
    pair.advance(LATER);
    pair.cycle().await;

    assert_eq!(pair.paid(&call_key(1)).unwrap(), "30");
}

#[tokio::test]
async fn many_deleted_orders_keep_no_other_one_from_being_looked_at() {
    let pair = Pair::start().await;
    for id in 1..=200 {
        pair.call(call(id, "79150000001"));
    }
    pair.cycle().await;
    let last = call_key(200);
    let payment = pair.pay(&last, 3_000);
    pair.cycle().await;
    for id in 1..200 {
        let order = pair.order_id(&call_key(id));
        pair.moysklad.remove("customerorder", &order).unwrap();
    }
    let payment = payment["id"].as_str().unwrap();
    pair.moysklad.remove("paymentin", payment).unwrap();

    let sync = pair.sync().await;
    for _ in 0..3 {
        pair.advance(Duration::from_mins(11));
        sync.run_once().await.unwrap();
    }

    assert_eq!(pair.paid(&last).unwrap(), "0");
}
