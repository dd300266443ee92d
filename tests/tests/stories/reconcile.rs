//! Both sides compared: every lead has one fate, every kopeck is where it belongs.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use ct_ms_sync::config::WithoutPhone;
use ct_ms_sync::{ExceptionKind, Reconciliation, Repair};
use jiff::civil::{Date, date};
use moysklad_api::emulator::{Fault, FaultKind};
use rust_decimal::Decimal;
use serde_json::json;
use tests::seed::{call, call_key, request, request_key, with};
use tests::{Ending, Pair};

const DAY: Date = date(2026, 11, 20);

async fn reconciled(pair: &Pair, repair: Repair) -> Reconciliation {
    pair.sync().await.reconcile(DAY, DAY, repair).await.unwrap()
}

/// Three calls and a request, carried and worked on.
async fn carried() -> Pair {
    let pair = Pair::start().await;
    for id in 1..=3 {
        pair.call(call(id, &format!("7915000000{id}")));
    }
    pair.request(request(10, "Анна", "", "anna@mail.example"));
    pair.cycle().await;
    pair.fill_order(&call_key(1), 1_234_567);
    pair.move_order(&call_key(1), "Отгружен");
    pair.fill_order(&request_key(10), 99_999);
    pair.move_order(&request_key(10), "Доставлен");
    pair.cycle().await;
    pair
}

fn kinds(reconciliation: &Reconciliation) -> Vec<(ExceptionKind, String)> {
    let exceptions = reconciliation.exceptions.iter();
    exceptions
        .map(|exception| (exception.kind, exception.lead.to_string()))
        .collect()
}

fn roubles(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[tokio::test]
async fn a_carried_day_agrees_to_the_kopeck_and_changes_nothing() {
    let pair = carried().await;
    let before = Ending::of(&pair);

    let reconciliation = reconciled(&pair, Repair::No).await;

    assert!(reconciliation.is_good(), "{reconciliation}");
    assert_eq!(
        (reconciliation.leads.total, reconciliation.leads.order),
        (4, 4)
    );
    let money = &reconciliation.money;
    assert_eq!((money.total.orders, money.total.deals), (4, 4));
    assert_eq!(money.total.order_sum, roubles("13345.66"));
    assert_eq!(money.total.deal_sum, roubles("13345.66"));
    assert_eq!(money.by_status["COMPLETED"].deal_sum, roubles("999.99"));
    assert_eq!(money.by_status["Отгружен"].order_sum, roubles("12345.67"));
    assert_eq!(money.by_status["PENDING"].orders, 2);
    assert_eq!(money.by_day[&DAY], money.total);
    assert_eq!(money.by_source["yandex"].orders, 3);
    assert_eq!(money.by_source["google"].deal_sum, roubles("999.99"));
    let google = reconciliation.funnel["google"];
    assert_eq!((google.leads, google.orders, google.won), (1, 1, 1));
    assert_eq!(google.revenue, roubles("999.99"));
    let yandex = reconciliation.funnel["yandex"];
    assert_eq!((yandex.leads, yandex.orders, yandex.won), (3, 3, 0));
    assert_eq!(yandex.order_sum, roubles("12345.67"));
    assert_eq!(yandex.revenue, Decimal::ZERO);
    assert_eq!(Ending::of(&pair), before);
    let json = serde_json::to_value(&reconciliation).unwrap();
    assert_eq!(json["money"]["total"]["order_sum"], "13345.66");
    assert_eq!(json["leads"]["total"], 4);
}

#[tokio::test]
async fn every_lead_has_exactly_one_fate() {
    let mut pair = Pair::start().await;
    pair.config.leads.min_duration_seconds = 30;
    let lasting = |seconds: u32| json!({"duration": seconds});
    pair.call(with(call(1, "79150000001"), lasting(60)));
    pair.call(with(call(2, "79150000002"), lasting(5)));
    pair.cycle().await;
    pair.moysklad
        .add_fault(Fault::new("POST /entity/customerorder").kind(FaultKind::Status(400)));
    pair.call(with(call(3, "79150000003"), lasting(60)));
    pair.cycle().await;
    pair.moysklad.clear_faults();
    // One that goes on, and one that no cycle has read yet.
    pair.call(with(
        call(4, "79150000004"),
        json!({"callphase": "callconnected"}),
    ));
    pair.call(with(call(5, "79150000005"), lasting(60)));

    let reconciliation = reconciled(&pair, Repair::No).await;

    let fates = &reconciliation.leads;
    assert_eq!(fates.total, 5, "{reconciliation}");
    assert_eq!((fates.order, fates.left_out), (1, 1), "{reconciliation}");
    assert_eq!(fates.left_out_by["leads.min_duration_seconds"], 1);
    assert_eq!(
        (fates.dead_letters, fates.waiting, fates.lost),
        (1, 1, 1),
        "{reconciliation}"
    );
    assert!(!fates.is_conserved());
    assert_eq!(
        kinds(&reconciliation),
        [(ExceptionKind::LeadWithoutOrder, call_key(5))]
    );
}

#[tokio::test]
async fn what_does_not_agree_is_named_each_by_its_kind() {
    let pair = carried().await;
    pair.calltouch.remove_deal(&call_key(2)).unwrap();
    pair.fill_order(&call_key(1), 1_000_000);
    let second = pair.order(&call_key(3));
    let double = json!({"organization": second["organization"], "agent": second["agent"], "externalCode": call_key(3)});
    pair.moysklad.add("customerorder", double).unwrap();
    let order = pair.order_id(&request_key(10));
    pair.moysklad.trash("customerorder", &order).unwrap();

    let reconciliation = reconciled(&pair, Repair::No).await;

    assert_eq!(
        kinds(&reconciliation),
        [
            (ExceptionKind::DealDiffers, call_key(1)),
            (ExceptionKind::OrderWithoutDeal, call_key(2)),
            (ExceptionKind::SeveralOrders, call_key(3)),
            (ExceptionKind::OrderGone, request_key(10)),
        ],
        "{reconciliation}"
    );
    assert_eq!(reconciliation.leads.order_gone, 1);
    assert!(reconciliation.leads.is_conserved());
    assert!(!reconciliation.is_good());
    let differs = &reconciliation.exceptions[0].text;
    assert!(
        differs.contains("12345.67") && differs.contains("10000"),
        "{differs}"
    );
}

#[tokio::test]
async fn a_deal_of_nobody_is_named() {
    let pair = carried().await;
    let deal = json!({"orderNumber": call_key(77), "status": "PENDING", "orderDate": "20-11-2026 12:00:00", "revenue": "5"});
    pair.calltouch.add_deal(deal);

    let reconciliation = reconciled(&pair, Repair::No).await;

    assert_eq!(
        kinds(&reconciliation),
        [
            (ExceptionKind::DealWithoutLead, call_key(77)),
            (ExceptionKind::DealWithoutOrder, call_key(77)),
        ]
    );
}

#[tokio::test]
async fn a_repair_makes_what_is_missing_and_nothing_twice() {
    let mut pair = carried().await;
    let undisturbed = Ending::of(&pair);
    pair.calltouch.remove_deal(&call_key(1)).unwrap();
    pair.calltouch.remove_deal(&call_key(2)).unwrap();
    pair.call(call(5, "79150000005"));

    let repaired = reconciled(&pair, Repair::Yes).await.repaired.unwrap();

    assert_eq!(repaired.handed_over, 3);
    assert_eq!(repaired.report.dead_letters, []);
    let after = reconciled(&pair, Repair::Yes).await;
    assert!(after.is_good(), "{after}");
    assert_eq!(after.repaired, None, "there is nothing left to repair");
    assert_eq!(pair.deal(&call_key(1))["status"], "Отгружен");

    // Without the store, what is there is met again, and what is missing is made.
    pair.lose_store();
    pair.calltouch.remove_deal(&request_key(10)).unwrap();
    reconciled(&pair, Repair::Yes).await;
    let after = reconciled(&pair, Repair::No).await;
    assert!(after.is_good(), "{after}");
    let ending = Ending::of(&pair);
    ending.assert_no_doubles();
    assert_eq!(ending.orders.len(), undisturbed.orders.len() + 1);
}

#[tokio::test]
async fn days_in_the_wrong_order_are_a_wrong_setting() {
    let pair = Pair::start().await;
    let sync = pair.sync().await;
    let error = sync.reconcile(DAY, date(2026, 11, 19), Repair::No).await;
    assert!(error.unwrap_err().is_config());
}

#[tokio::test]
async fn a_lead_that_any_rule_left_out_is_accounted_for() {
    let mut pair = Pair::start().await;
    pair.config.leads.hidden_number = WithoutPhone::LeaveOut;
    pair.call(call(1, ""));
    pair.cycle().await;

    let reconciliation = reconciled(&pair, Repair::No).await;

    assert_eq!(reconciliation.leads.left_out, 1, "{reconciliation}");
    assert_eq!(reconciliation.leads.left_out_by["leads.hidden_number"], 1);
    let key: ct_ms_sync::LeadKey = call_key(1).parse().unwrap();
    assert!(pair.sync().await.explain(key).await.unwrap().is_some());
}

#[tokio::test]
async fn a_deal_that_is_told_nothing_on_purpose_is_no_exception() {
    let mut pair = Pair::start().await;
    pair.config.deals.silent_states = vec!["Собран".into()];
    pair.call(call(1, "79150000001"));
    pair.cycle().await;
    pair.move_order(&call_key(1), "Собран");
    pair.cycle().await;
    assert_eq!(pair.deal(&call_key(1))["status"], "PENDING");

    let reconciliation = reconciled(&pair, Repair::No).await;

    assert_eq!(kinds(&reconciliation), []);
}
