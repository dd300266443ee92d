//! Orders and payments change, and exactly what changed is told to the deals.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use moysklad_api::emulator::{Fault, FaultKind};
use serde_json::json;
use tests::Pair;
use tests::seed::{call, call_key, request, request_key};

/// A pair whose leads are carried: three calls and a request.
async fn carried() -> Pair {
    let pair = Pair::start().await;
    for id in 1..=3 {
        pair.call(call(id, &format!("7915000000{id}")));
    }
    pair.request(request(10, "Анна", "", "anna@mail.example"));
    pair.cycle().await;
    pair
}

#[tokio::test]
async fn a_shipped_order_updates_its_deal_and_a_delivered_one_closes_it() {
    let pair = carried().await;
    pair.fill_order(&call_key(1), 1_234_550);
    pair.pay(&call_key(1), 500_000);
    pair.move_order(&call_key(1), "Отгружен");
    pair.fill_order(&request_key(10), 99_999);
    pair.move_order(&request_key(10), "Доставлен");

    let report = pair.cycle().await;

    assert_eq!((report.deals.updated, report.deals.closed), (1, 1));
    let shipped = pair.deal(&call_key(1));
    assert_eq!(shipped["status"], "Отгружен");
    assert_eq!(shipped["revenue"], "12345.5");
    assert_eq!(pair.paid(&call_key(1)).unwrap(), "5000");
    let done = pair.deal(&request_key(10));
    assert_eq!(
        (&done["status"], &done["revenue"]),
        (&json!("COMPLETED"), &json!("999.99"))
    );
    assert_eq!(pair.deal(&call_key(2))["status"], "PENDING");

    pair.calltouch.reset_stats();
    let idle = pair.cycle().await;
    assert!(idle.wrote_nothing(), "{idle}");
    assert_eq!(
        pair.calltouch.stats().requests,
        2,
        "two journals are read, nothing is sent"
    );
}

#[tokio::test]
async fn a_payment_is_noticed_though_the_order_stays_as_it_was() {
    let pair = carried().await;
    pair.pay(&call_key(1), 20_000);
    let report = pair.cycle().await;
    assert_eq!(report.deals.updated, 1);
    assert_eq!(pair.paid(&call_key(1)).unwrap(), "200");

    pair.moysklad
        .pay_cash(&pair.order_id(&call_key(1)), 5_050)
        .unwrap();
    let report = pair.cycle().await;
    assert_eq!(report.deals.updated, 1);
    assert_eq!(pair.paid(&call_key(1)).unwrap(), "250.5");
}

#[tokio::test]
async fn a_payment_moved_to_another_order_is_taken_off_the_first() {
    let pair = carried().await;
    let payment = pair
        .moysklad
        .pay(&pair.order_id(&call_key(1)), 20_000)
        .unwrap();
    pair.cycle().await;
    let other = pair.order(&call_key(2));
    let moved = json!({"operations": [{"meta": other["meta"], "linkedSum": 20_000}]});
    pair.moysklad
        .edit("paymentin", payment["id"].as_str().unwrap(), moved)
        .unwrap();

    let report = pair.cycle().await;

    assert_eq!(report.deals.updated, 2);
    assert_eq!(pair.paid(&call_key(1)).unwrap(), "0");
    assert_eq!(pair.paid(&call_key(2)).unwrap(), "200");
}

#[tokio::test]
async fn an_order_that_goes_back_reopens_its_deal() {
    let pair = carried().await;
    pair.move_order(&call_key(1), "Доставлен");
    assert_eq!(pair.cycle().await.deals.closed, 1);

    pair.move_order(&call_key(1), "Собран");
    let report = pair.cycle().await;

    assert_eq!((report.deals.updated, report.deals.closed), (1, 0));
    assert_eq!(pair.deal(&call_key(1))["status"], "Собран");
}

#[tokio::test]
async fn an_order_made_by_hand_is_nobodys_lead() {
    let pair = carried().await;
    let made = pair.order(&call_key(1));
    let by_hand = json!({"organization": made["organization"], "agent": made["agent"]});
    let order = pair.moysklad.add("customerorder", by_hand).unwrap();
    pair.moysklad
        .set_order_state(order["id"].as_str().unwrap(), "Доставлен")
        .unwrap();

    assert!(pair.cycle().await.wrote_nothing());
    assert_eq!(pair.calltouch.deals().len(), 4);
}

#[tokio::test]
async fn more_orders_than_a_page_that_changed_at_one_moment_are_all_told() {
    let pair = Pair::start().await;
    for id in 0..1500 {
        pair.call(call(id, "79150000001"));
    }
    pair.cycle().await;
    let state = pair.moysklad.state_id("customerorder", "Собран").unwrap();
    let href = format!(
        "{}/entity/customerorder/metadata/states/{state}",
        pair.moysklad.base_url()
    );
    // One bulk write gives all its objects one moment; the service takes a thousand at once.
    let orders: Vec<_> = pair.orders().iter().map(|order| json!({"meta": order["meta"], "state": {"meta": {"href": href, "type": "state", "mediaType": "application/json"}}})).collect();
    for batch in orders.chunks(1000) {
        let http = reqwest::Client::new();
        let answer = http
            .post(format!("{}/entity/customerorder", pair.moysklad.base_url()))
            .bearer_auth(pair.moysklad.token())
            .header("Accept-Encoding", "gzip")
            .json(&batch)
            .send()
            .await
            .unwrap();
        assert!(answer.status().is_success(), "{}", answer.status());
    }

    let report = pair.cycle().await;

    assert_eq!(report.deals.updated, 1500);
    assert!(pair.cycle().await.wrote_nothing());
}

#[tokio::test]
async fn deals_are_told_anew_when_a_state_is_renamed_and_done() {
    let pair = carried().await;
    pair.move_order(&call_key(1), "Отгружен");
    pair.cycle().await;
    assert_eq!(pair.deal(&call_key(1))["status"], "Отгружен");
    let client = pair.moysklad_client();
    let states = client.customer_orders().states();
    let state = states.find("Отгружен").await.unwrap().unwrap();
    let update = moysklad_api::state::Update {
        name: Some("Отправлен".into()),
        ..Default::default()
    };
    states.update(state.id, update).send().await.unwrap();

    pair.advance(std::time::Duration::from_secs(3601));
    let report = pair.cycle().await;

    assert_eq!(report.deals.updated, 1);
    assert_eq!(pair.deal(&call_key(1))["status"], "Отправлен");
    assert!(pair.cycle().await.wrote_nothing());
}

#[tokio::test]
async fn exactly_one_of_the_two_flows_fires_whatever_the_state() {
    let pair = carried().await;
    for (state, closes) in [
        ("Подтвержден", false),
        ("Доставлен", true),
        ("Собран", false),
        ("Возврат", false),
        ("Доставлен", true),
        ("Отменен", false),
        ("Отгружен", false),
        ("Новый", false),
    ] {
        pair.move_order(&call_key(1), state);

        let report = pair.cycle().await;

        let fired = (report.deals.updated, report.deals.closed);
        assert_eq!(fired, if closes { (0, 1) } else { (1, 0) }, "{state}");
        let status = if closes { "COMPLETED" } else { state };
        assert_eq!(pair.deal(&call_key(1))["status"], status);
    }
}

#[tokio::test]
async fn more_money_than_the_order_costs_is_told_as_it_came() {
    let pair = carried().await;
    pair.fill_order(&call_key(1), 10_000);
    for kopecks in [3_333, 6_667, 1] {
        pair.pay(&call_key(1), kopecks);
        pair.cycle().await;
    }

    assert_eq!(pair.deal(&call_key(1))["revenue"], "100");
    assert_eq!(pair.paid(&call_key(1)).unwrap(), "100.01");
}

#[tokio::test]
async fn a_configuration_that_changes_between_two_steps_of_a_lead_doubles_nothing() {
    let mut pair = Pair::start().await;
    pair.call(call(1, "79150000001"));
    let create = "POST /lead-service/v1/api/client-order/create";
    let gone = calltouch_api::emulator::FaultKind::Status(503);
    pair.calltouch
        .add_fault(calltouch_api::emulator::Fault::new(create).kind(gone));
    pair.cycle().await;
    pair.calltouch.clear_faults();
    assert_eq!(pair.calltouch.deals().len(), 0);

    pair.config.orders.initial_state = Some("Собран".into());
    pair.config.deals.status_on_creation = "НОВАЯ".into();
    pair.call(call(2, "79150000001"));
    pair.cycle().await;

    tests::Ending::of(&pair).assert_no_doubles();
    assert_eq!(pair.state_name(&pair.order(&call_key(1))), "Новый");
    assert_eq!(pair.state_name(&pair.order(&call_key(2))), "Собран");
    assert_eq!(pair.deal(&call_key(2))["status"], "НОВАЯ");
    assert!(pair.cycle().await.wrote_nothing());
}

#[tokio::test]
async fn a_lead_whose_order_may_be_there_is_carried_whatever_the_settings_say_since() {
    let mut pair = Pair::start().await;
    pair.call(call(1, "79150000001"));
    let lost = Fault::new("POST /entity/customerorder").kind(FaultKind::DropAfterCommit);
    pair.moysklad.add_fault(lost.times(1));
    pair.cycle().await;
    assert_eq!((pair.orders().len(), pair.calltouch.deals().len()), (1, 0));

    pair.config.leads.excluded_sources = vec!["yandex".into()];
    pair.call(call(2, "79150000002"));
    pair.cycle().await;

    assert_eq!(pair.orders().len(), 1, "the second lead is left out");
    assert_eq!(pair.deal(&call_key(1))["status"], "PENDING");
}

#[tokio::test]
async fn a_dead_letter_of_a_lead_that_is_left_out_since_is_taken_back() {
    let mut pair = Pair::start().await;
    pair.call(call(1, "79150000001"));
    let refused = Fault::new("POST /entity/counterparty").kind(FaultKind::Status(400));
    pair.moysklad.add_fault(refused);
    assert_eq!(pair.cycle().await.dead_letters.len(), 1);
    pair.moysklad.clear_faults();

    pair.config.leads.excluded_sources = vec!["yandex".into()];

    assert_eq!(pair.cycle().await.dead_letters, []);
    assert_eq!(pair.orders().len(), 0);
}

#[tokio::test]
async fn leads_of_a_paused_flow_wait_until_it_runs_again() {
    let mut pair = Pair::start().await;
    pair.call(call(1, "79150000001"));
    pair.request(request(2, "Анна", "79150000002", ""));
    let busy = Fault::new("POST /entity/counterparty").kind(FaultKind::Status(503));
    pair.moysklad.add_fault(busy.times(1));
    pair.cycle().await;
    assert_eq!(pair.orders().len(), 0);

    pair.config.flows.calls = false;
    assert_eq!(pair.cycle().await.orders.created, 1);
    assert_eq!(pair.orders()[0]["externalCode"], request_key(2));
    pair.config.flows.calls = true;

    assert_eq!(pair.cycle().await.orders.created, 1);
}
