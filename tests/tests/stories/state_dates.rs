//! Since when a deal has its status: when the order entered its state, not when it was last touched.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use std::time::Duration;

use moysklad_api::emulator::{Fault, FaultKind};
use serde_json::{Value, json};
use tests::Pair;
use tests::seed::{call, call_key};

const HOUR: Duration = Duration::from_hours(1);

/// A carried lead whose order was shipped at 19:00 and edited at 20:00, Moscow time.
async fn shipped_then_edited() -> Pair {
    let pair = Pair::start().await;
    pair.call(call(1, "79150000001"));
    pair.cycle().await;
    pair.advance(HOUR);
    pair.move_order(&call_key(1), "Отгружен");
    pair.advance(HOUR);
    pair.fill_order(&call_key(1), 10_000);
    pair
}

/// Hour of the deal's status, Moscow time.
fn hour(deal: &Value) -> String {
    let date = deal["statusDate"].as_str().unwrap();
    date.split(' ').nth(1).unwrap()[..2].to_owned()
}

#[tokio::test]
async fn a_state_counts_from_when_it_was_entered_though_the_order_changed_later() {
    let pair = shipped_then_edited().await;

    pair.cycle().await;

    let deal = pair.deal(&call_key(1));
    assert_eq!(deal["status"], "Отгружен");
    assert_eq!(hour(&deal), "19");
}

#[tokio::test]
async fn without_the_audit_a_state_counts_from_the_last_change() {
    let mut pair = shipped_then_edited().await;
    pair.config.orders.audit_state_dates = false;

    pair.cycle().await;

    assert_eq!(hour(&pair.deal(&call_key(1))), "20");
}

#[tokio::test]
async fn a_user_who_may_not_see_the_audit_is_asked_once_and_the_flow_goes_on() {
    let pair = shipped_then_edited().await;
    for id in 2..=5 {
        pair.call(call(id, &format!("7915000000{id}")));
    }
    pair.cycle().await;
    for id in 2..=5 {
        pair.move_order(&call_key(id), "Собран");
    }
    let fault = Fault::new("GET /entity/customerorder/{id}/audit").kind(FaultKind::Status(403));
    pair.moysklad.add_fault(fault);
    pair.reset_stats();

    let report = pair.cycle().await;

    assert_eq!(report.deals.updated, 4, "{report}");
    assert!(pair.requests().1 <= 6, "{report}");
    for id in 2..=5 {
        assert_eq!(pair.deal(&call_key(id))["status"], "Собран");
    }
}

#[tokio::test]
async fn the_audit_is_asked_only_for_orders_whose_state_changed() {
    let pair = shipped_then_edited().await;
    pair.cycle().await;
    pair.reset_stats();
    let idle = pair.cycle().await.requests.moysklad;

    pair.fill_order(&call_key(1), 20_000);
    let edited = pair.cycle().await.requests.moysklad;
    pair.move_order(&call_key(1), "Доставлен");
    let moved = pair.cycle().await.requests.moysklad;

    assert_eq!((edited, moved), (idle, idle + 1));
    let order = pair.order(&call_key(1));
    assert_eq!(order["state"]["meta"]["type"], json!("state"));
}
