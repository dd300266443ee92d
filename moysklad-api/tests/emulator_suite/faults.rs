//! Faults and stop points: what really happens on the wire and in the store.

use std::time::{Duration, Instant};

use moysklad_api::emulator::{Fault, FaultKind, StopWhen};
use serde_json::json;

use crate::client::Shop;

const CREATE: &str = "POST /entity/counterparty";

fn create(shop: &Shop) -> reqwest::RequestBuilder {
    shop.request("POST", "/entity/counterparty")
        .json(&json!({"name": "А"}))
}

fn stored(shop: &Shop) -> usize {
    shop.emulator.all("counterparty").len()
}

#[tokio::test]
async fn a_status_is_answered_and_nothing_is_carried_out() {
    let shop = Shop::open().await;
    shop.emulator
        .add_fault(Fault::new(CREATE).kind(FaultKind::Status(503)).times(1));

    let refused = shop.send(create(&shop)).await;

    assert_eq!((refused.status, stored(&shop)), (503, 0));
    assert_eq!(refused.body["errors"].as_array().unwrap().len(), 1);
    assert_eq!(shop.send(create(&shop)).await.status, 200);
}

#[tokio::test]
async fn a_connection_is_cut_before_or_after_the_work() {
    let shop = Shop::open().await;
    for (kind, left) in [
        (FaultKind::DropBeforeCommit, 0),
        (FaultKind::DropAfterCommit, 1),
    ] {
        shop.emulator
            .add_fault(Fault::new(CREATE).kind(kind).times(1));

        let error = create(&shop).send().await.unwrap_err();

        assert!(error.status().is_none() && !error.is_connect(), "{error:?}");
        assert_eq!(stored(&shop), left, "{kind:?}");
    }
}

#[tokio::test]
async fn an_answer_breaks_off_in_the_middle() {
    let shop = Shop::open().await;
    shop.emulator
        .add_fault(Fault::new(CREATE).kind(FaultKind::Truncate).times(1));

    let answer = create(&shop).send().await.unwrap();

    assert_eq!(answer.status(), 200);
    assert!(answer.bytes().await.is_err());
    assert_eq!(stored(&shop), 1);
}

#[tokio::test]
async fn half_of_a_broken_answer_really_arrives() {
    let shop = Shop::open().await;
    shop.emulator.add_fault(
        Fault::new("GET /entity/store")
            .kind(FaultKind::Truncate)
            .times(1),
    );
    let plain = reqwest::Client::builder()
        .no_gzip()
        .no_proxy()
        .build()
        .unwrap();
    let request = plain
        .get(shop.url("/entity/store"))
        .bearer_auth(shop.emulator.token());

    let mut answer = request
        .header("Accept-Encoding", "gzip")
        .send()
        .await
        .unwrap();

    let length = usize::try_from(answer.content_length().unwrap()).unwrap();
    let mut seen = 0;
    while let Ok(Some(chunk)) = answer.chunk().await {
        seen += chunk.len();
    }
    assert_eq!(seen, length / 2);
}

#[tokio::test]
async fn html_and_nothing_are_answered_after_the_work() {
    let shop = Shop::open().await;

    shop.emulator
        .add_fault(Fault::new(CREATE).kind(FaultKind::Html).times(1));
    let html = create(&shop).send().await.unwrap();
    assert!(
        html.headers()["content-type"]
            .to_str()
            .unwrap()
            .starts_with("text/html")
    );
    assert_eq!(html.status(), 200);
    assert!(html.text().await.unwrap().starts_with("<html>"));
    shop.emulator
        .add_fault(Fault::new(CREATE).kind(FaultKind::Empty).times(1));
    let empty = create(&shop).send().await.unwrap();
    assert_eq!(empty.status(), 200);
    assert!(empty.bytes().await.unwrap().is_empty());

    assert_eq!(stored(&shop), 2);
}

#[tokio::test]
async fn a_delay_is_waited_for() {
    let shop = Shop::open().await;
    let delay = Duration::from_millis(50);
    shop.emulator
        .add_fault(Fault::new("*").kind(FaultKind::Delay(delay)).times(1));
    let begun = Instant::now();

    let answer = shop.get("/entity/store").await;

    assert_eq!(answer.status, 200);
    assert!(begun.elapsed() >= delay);
}

#[tokio::test]
async fn a_fault_keeps_to_its_route_until_it_is_cleared() {
    let shop = Shop::open().await;
    let route = "GET /entity/counterparty/{id}";
    shop.emulator
        .add_fault(Fault::new(route).kind(FaultKind::Status(500)));
    let customer = shop.customer("А");
    let path = format!("/entity/counterparty/{}", customer["id"].as_str().unwrap());

    assert_eq!(shop.get("/entity/counterparty").await.status, 200);
    assert_eq!(shop.get(&path).await.status, 500);
    shop.emulator.clear_faults();
    assert_eq!(shop.get(&path).await.status, 200);
}

#[tokio::test]
async fn a_refusal_for_the_rate_on_request_has_the_headers_of_one() {
    let shop = Shop::with(moysklad_api::emulator::Emulator::builder()).await;
    shop.emulator
        .add_fault(Fault::new("*").kind(FaultKind::Status(429)).times(1));

    let refused = shop.get("/entity/store").await;

    assert_eq!(refused.codes(), [1049]);
    assert!(refused.header("X-Lognex-Retry-After").is_some());
    assert_eq!(shop.emulator.stats().answered_429, 1);
}

#[tokio::test]
async fn chance_is_repeatable_by_its_seed() {
    let outcomes = async |seed: u64| {
        let builder = moysklad_api::emulator::Emulator::builder()
            .limits(false)
            .seed(seed);
        let shop = Shop::with(builder).await;
        shop.emulator.add_fault(
            Fault::new("*")
                .kind(FaultKind::Status(500))
                .probability(0.5),
        );
        let mut outcomes = Vec::new();
        for _ in 0..20 {
            outcomes.push(shop.get("/entity/group").await.status);
        }
        outcomes
    };

    let [one, two, other] = [outcomes(1).await, outcomes(1).await, outcomes(2).await];

    assert_eq!(one, two);
    assert_ne!(one, other);
    assert!(one.contains(&200) && one.contains(&500));
}

#[tokio::test]
async fn a_request_stands_before_its_work_until_it_is_cut() {
    let shop = Shop::open().await;
    let point = shop.emulator.stop_at(2, StopWhen::BeforeCommit);

    assert_eq!(shop.get("/entity/store").await.status, 200);
    assert!(!point.is_reached());
    let request = tokio::spawn(create(&shop).send());
    point.reached().await;
    assert_eq!(stored(&shop), 0);
    drop(point);

    assert!(request.await.unwrap().is_err());
    assert_eq!(stored(&shop), 0);
    assert_eq!(shop.send(create(&shop)).await.status, 200);
}

#[tokio::test]
async fn a_request_stands_after_its_work_until_it_is_cut() {
    let shop = Shop::open().await;
    let point = shop.emulator.stop_at(1, StopWhen::AfterCommit);

    let request = tokio::spawn(create(&shop).send());
    point.reached().await;
    assert_eq!(stored(&shop), 1);
    drop(point);

    assert!(request.await.unwrap().is_err());
}

#[tokio::test]
async fn a_client_that_goes_away_at_a_point_leaves_nothing_behind() {
    let shop = Shop::open().await;
    let point = shop.emulator.stop_at(1, StopWhen::BeforeCommit);
    let request = tokio::spawn(create(&shop).send());

    point.reached().await;
    request.abort();
    drop(point);

    assert_eq!(
        shop.get("/entity/counterparty").await.body["meta"]["size"],
        0
    );
}

#[tokio::test]
async fn a_point_that_is_dropped_early_stops_nobody() {
    let shop = Shop::open().await;

    drop(shop.emulator.stop_at(1, StopWhen::BeforeCommit));

    assert_eq!(shop.get("/entity/store").await.status, 200);
}
