//! The endpoints for other processes, and the statistics.

use serde_json::{Value, json};

use crate::client::{Answer, Shop, id};

async fn control(shop: &Shop, method: &str, path: &str, body: Option<Value>) -> Answer {
    let root = shop.emulator.base_url().replace("/api/remap/1.2", "");
    let method = method.parse::<reqwest::Method>().unwrap();
    let request = shop
        .http
        .request(method, format!("{root}/__emulator/{path}"));
    let request = match body {
        Some(body) => request.json(&body),
        None => request,
    };
    shop.send(request).await
}

#[tokio::test]
async fn requests_are_counted_by_route() {
    let shop = Shop::open().await;
    let customer = shop.customer("А");
    let path = format!("/entity/counterparty/{}", id(&customer));

    shop.get(&path).await;
    shop.get(&path).await;
    shop.post("/entity/counterparty", json!({})).await;
    shop.get("/nowhere").await;

    let stats = control(&shop, "GET", "stats", None).await.body;
    assert_eq!(stats["requests"], 4);
    assert_eq!(stats["answered_429"], 0);
    assert_eq!(stats["max_parallel"], 1);
    assert_eq!(stats["routes"]["GET /entity/counterparty/{id}"], 2);
    assert_eq!(stats["routes"]["POST /entity/counterparty"], 1);
    assert_eq!(serde_json::to_value(shop.emulator.stats()).unwrap(), stats);
    shop.emulator.reset_stats();
    assert_eq!(shop.emulator.stats().requests, 0);
}

#[tokio::test]
async fn faults_are_added_and_cleared_over_http() {
    let shop = Shop::open().await;
    let rules = json!({"rules": [
        {"route": "GET /entity/store", "kind": "status", "status": 503, "times": 1},
        {"route": "GET /entity/group", "kind": "drop_before_commit"},
    ]});

    assert_eq!(
        control(&shop, "POST", "faults", Some(rules)).await.status,
        200
    );

    assert_eq!(shop.get("/entity/store").await.status, 503);
    assert_eq!(shop.get("/entity/store").await.status, 200);
    assert!(shop.request("GET", "/entity/group").send().await.is_err());
    control(&shop, "DELETE", "faults", None).await;
    assert_eq!(shop.get("/entity/group").await.status, 200);
}

#[tokio::test]
async fn a_bad_rule_is_refused_by_name_and_adds_nothing() {
    let shop = Shop::open().await;
    let rules = json!({"rules": [
        {"route": "*", "kind": "status", "status": 500}, {"route": "*", "kind": "status"},
    ]});

    let refused = control(&shop, "POST", "faults", Some(rules)).await;

    assert_eq!(refused.status, 400);
    assert!(
        refused.body["error"]
            .as_str()
            .unwrap()
            .contains("rules[1].status")
    );
    assert_eq!(shop.get("/entity/store").await.status, 200);
}

#[tokio::test]
async fn a_dump_holds_everything_in_the_services_words() {
    let shop = Shop::open().await;
    let order = shop.order();
    shop.emulator
        .set_positions(id(&order), &[(100, 2.0)])
        .unwrap();
    shop.emulator.pay(id(&order), 150).unwrap();
    shop.emulator.trash("customerorder", id(&order)).unwrap();

    let dump = control(&shop, "GET", "dump", None).await.body;

    assert_eq!(dump["counterparty"][0]["name"], "Покупатель");
    assert_eq!(dump["customerorder"][0]["sum"], 200.0);
    assert_eq!(dump["customerorder"][0]["payedSum"], 150.0);
    assert_eq!(
        dump["customerorder"][0]["positions"]["rows"][0]["quantity"],
        2.0
    );
    assert_eq!(dump["paymentin"].as_array().unwrap().len(), 1);
    assert_eq!(shop.emulator.stats().requests, 0);
}
