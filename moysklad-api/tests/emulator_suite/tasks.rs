//! Asynchronous tasks (асинхронные задачи).

use std::time::Duration;

use moysklad_api::emulator::Emulator;
use serde_json::Value;

use crate::client::{Answer, Shop};

/// Tasks that take a second of the emulator's clock, in an account of three counterparties.
async fn shop() -> Shop {
    let builder = Emulator::builder()
        .limits(false)
        .task_duration(Duration::from_mins(10));
    let shop = Shop::with(builder).await;
    for name in ["А", "Б", "В"] {
        shop.customer(name);
    }
    shop
}

async fn start(shop: &Shop) -> String {
    let answer = shop.get("/entity/counterparty?async=true").await;
    assert_eq!((answer.status, &answer.body), (202, &Value::from("")));
    let status = answer.header("content-location").unwrap();
    let result = answer.header("location").unwrap();
    assert_eq!(result, format!("{status}/result"));
    status
        .strip_prefix(&shop.emulator.base_url())
        .unwrap()
        .to_owned()
}

async fn result(shop: &Shop, task: &str) -> Answer {
    let policy = reqwest::redirect::Policy::none();
    let http = reqwest::Client::builder()
        .redirect(policy)
        .no_proxy()
        .build()
        .unwrap();
    let request = http.get(shop.url(&format!("{task}/result")));
    shop.send(request.bearer_auth(shop.emulator.token())).await
}

#[tokio::test]
async fn a_task_runs_ends_and_gives_its_result_as_a_file() {
    let shop = shop().await;
    let task = start(&shop).await;
    assert_eq!(shop.get(&task).await.body["state"], "PENDING");
    assert_eq!(result(&shop, &task).await.codes(), [61006]);
    shop.emulator.advance(Duration::from_secs(301));
    assert_eq!(shop.get(&task).await.body["state"], "PROCESSING");

    shop.emulator.advance(Duration::from_mins(5));
    let done = shop.get(&task).await.body;

    assert_eq!(done["state"], "DONE");
    assert!(
        done["request"]
            .as_str()
            .unwrap()
            .ends_with("/entity/counterparty?async=true")
    );
    assert!(done["deletionDate"].is_string());
    let redirect = result(&shop, &task).await;
    assert_eq!(redirect.status, 302);
    let location = redirect.header("location").unwrap();
    let file = shop.send(shop.http.get(location)).await;
    assert_eq!(file.names(), ["А", "Б", "В"]);
    shop.emulator.advance(Duration::from_secs(301));
    assert_eq!(shop.send(shop.http.get(location)).await.status, 403);
    shop.emulator.advance(Duration::from_hours(1));
    assert_eq!(result(&shop, &task).await.codes(), [61003]);
}

#[tokio::test]
async fn a_task_can_be_cancelled_until_it_ends() {
    let shop = shop().await;
    let task = start(&shop).await;
    let cancel = format!("{task}/cancel");

    assert_eq!(shop.send(shop.request("PUT", &cancel)).await.status, 204);

    assert_eq!(shop.get(&task).await.body["state"], "CANCEL");
    assert_eq!(result(&shop, &task).await.codes(), [61005]);
    assert_eq!(
        shop.send(shop.request("PUT", &cancel)).await.codes(),
        [61007]
    );
}

#[tokio::test]
async fn a_task_whose_list_is_refused_keeps_the_refusal() {
    let shop = shop().await;
    let answer = shop
        .get("/entity/counterparty?async=true&filter=nothing%3D1")
        .await;
    let task = answer.header("content-location").unwrap().to_owned();
    let task = task.strip_prefix(&shop.emulator.base_url()).unwrap();

    shop.emulator.advance(Duration::from_secs(601));

    let failed = shop.get(task).await.body;
    assert_eq!(failed["state"], "API_ERROR");
    assert_eq!(failed["errors"][0]["code"], 1034);
    assert_eq!(result(&shop, task).await.codes(), [61004]);
}

#[tokio::test]
async fn only_some_lists_run_in_the_background_and_only_a_few_at_once() {
    let shop = shop().await;

    assert_eq!(shop.get("/entity/store?async=true").await.codes(), [61000]);
    let paged = shop.get("/entity/counterparty?async=true&limit=10").await;
    assert_eq!(paged.codes(), [61001]);
    for _ in 0..4 {
        start(&shop).await;
    }
    assert_eq!(
        shop.get("/entity/counterparty?async=true").await.codes(),
        [61002]
    );
    assert_eq!(shop.get("/async").await.body["meta"]["size"], 4);
    let none = shop.filter("/async", "state=DONE").await;
    assert_eq!(none.body["meta"]["size"], 0);
}
