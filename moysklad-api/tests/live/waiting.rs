//! Asynchronous tasks and named filters.

use std::time::Duration;

use moysklad_api::async_task::TaskState;
use moysklad_api::counterparty;
use moysklad_api::emulator::Emulator;
use serde_json::json;

use super::shop::Shop;

const LONG: Duration = Duration::from_mins(10);

/// Opens a shop whose tasks take as long as the test says.
async fn patient_shop() -> Shop {
    Shop::open_with(Emulator::builder().task_duration(LONG)).await
}

#[tokio::test]
async fn a_task_is_started_polled_and_fetched_with_the_lists_own_filter() {
    let shop = patient_shop().await;
    for name in ["Вектор", "Вега", "Полюс"] {
        let customer = json!({"name": name});
        shop.emulator.add("counterparty", customer).unwrap();
    }
    let list = shop.client.counterparties().list();
    let list = list.filter(counterparty::NAME.starts_with("Ве"));

    let started = list.start().await.unwrap();
    assert!(started.poll().await.unwrap().state.is_open());
    shop.emulator.advance(LONG * 2);
    let done = started.wait(Duration::from_millis(10)).await.unwrap();
    let mut rows = started.fetch().await.unwrap();

    assert_eq!(done.state, TaskState::Done);
    rows.sort_by(|one, other| one.name.cmp(&other.name));
    let names: Vec<_> = rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["Вега", "Вектор"]);
    let tasks = shop.client.async_tasks().list().send_all().await.unwrap();
    assert_eq!(tasks[0].id, started.id());
}

#[tokio::test]
async fn a_cancelled_task_is_told_from_one_that_is_done() {
    let shop = patient_shop().await;
    let started = shop.client.counterparties().list().start().await.unwrap();

    started.cancel().send().await.unwrap();

    let task = started.wait(Duration::from_millis(10)).await.unwrap();
    assert_eq!(task.state, TaskState::Cancel);
    assert!(started.fetch().await.is_err());
}

#[tokio::test]
async fn a_named_filter_of_the_web_interface_narrows_a_list() {
    let shop = Shop::open().await;
    for name in ["Вектор", "Полюс"] {
        let customer = json!({"name": name});
        shop.emulator.add("counterparty", customer).unwrap();
    }
    shop.emulator
        .add_named_filter("counterparty", "На В", "name~=В")
        .unwrap();
    let customers = shop.client.counterparties();

    let filters = customers.named_filters().send().await.unwrap();
    let rows = customers.list().named_filter(&filters[0].to_ref());
    let rows = rows.send_all().await.unwrap();

    assert_eq!(filters[0].name.as_deref(), Some("На В"));
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].name, "Вектор");
}
