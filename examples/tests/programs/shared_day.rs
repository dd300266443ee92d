//! A day through `emulators` and `two_way_sync` in two processes: the day of `LEADS_DIR` when that
//! is set, a small one otherwise.

use std::path::Path;

use reqwest::Method;
use serde_json::{Value, json};

use crate::leads;
use crate::pair::Pair;

/// What the first cycle has to make of the day.
struct Expected {
    leads: usize,
    known: usize,
    new_people: usize,
}

async fn start() -> (Pair, Expected) {
    let Ok(folder) = std::env::var("LEADS_DIR") else {
        let expected = Expected {
            leads: leads::LEADS,
            known: leads::KNOWN,
            new_people: leads::NEW_PEOPLE,
        };
        return (Pair::start().await, expected);
    };
    let folder = Path::new(&folder);
    let text = std::fs::read_to_string(folder.join("expected.json")).unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    let number = |name: &str| usize::try_from(file[name].as_u64().unwrap()).unwrap();
    let expected = Expected {
        leads: number("leads"),
        known: number("counterparties_before"),
        new_people: number("counterparties_created"),
    };
    let pair = Pair::of(folder, file["day"].as_str().unwrap()).await;
    (pair, expected)
}

async fn requests(pair: &Pair) -> u64 {
    let stats = pair.emulators.moysklad.stats().await;
    stats["requests"].as_u64().unwrap()
}

async fn assert_never_too_many(pair: &Pair) {
    for side in [&pair.emulators.calltouch, &pair.emulators.moysklad] {
        let stats = side.stats().await;
        assert_eq!(stats["answered_429"], 0, "{stats}");
    }
}

#[tokio::test]
async fn a_day_is_carried_once_and_within_the_budget_of_requests() {
    let (pair, expected) = start().await;

    let first = pair.once().await;

    let first_requests = requests(&pair).await;
    assert_eq!(first["leads"]["seen"], expected.leads);
    assert_eq!(first["leads"]["new"], expected.leads);
    assert_eq!(first["leads"]["left_out"], 0);
    assert_eq!(first["counterparties"]["created"], expected.new_people);
    assert_eq!(first["orders"]["created"], expected.leads);
    assert_eq!(first["deals"]["created"], expected.leads);
    assert_eq!(first["dead_letters"], json!([]));
    assert_eq!(first["requests"]["moysklad"], first_requests);
    assert!(first_requests <= 12, "{first_requests} requests");

    let second = pair.once().await;

    let idle_requests = requests(&pair).await - first_requests;
    assert!(idle_requests <= 4, "{idle_requests} requests when idle");
    assert_eq!(second["requests"]["moysklad"], idle_requests);
    assert_eq!(second["leads"]["new"], 0);
    assert_eq!(second["counterparties"]["created"], 0);
    assert_eq!(second["orders"]["created"], 0);
    assert_eq!(
        second["deals"],
        json!({"created": 0, "updated": 0, "closed": 0})
    );
    let stored = pair.emulators.moysklad.dump().await;
    let count = |kind: &str| stored[kind].as_array().unwrap().len();
    assert_eq!(count("customerorder"), expected.leads);
    assert_eq!(count("counterparty"), expected.known + expected.new_people);
    let deals = pair.emulators.calltouch.all("deals").await;
    assert_eq!(deals.len(), expected.leads);
    assert_never_too_many(&pair).await;
}

#[tokio::test]
async fn the_work_of_a_manager_comes_back_once() {
    let (pair, _) = start().await;
    pair.once().await;
    let moysklad = &pair.emulators.moysklad;
    let orders = moysklad.all("customerorder").await;
    let [shipped, delivered] = &orders[..2] else {
        panic!("{orders:?}");
    };
    let product = json!({"name": "Диван"});
    let product = moysklad
        .ask(Method::POST, "/entity/product", Some(product))
        .await;
    let change = |state: &Value, price: u64| {
        let position =
            json!({"assortment": {"meta": product["meta"]}, "price": price, "quantity": 1});
        json!({"state": {"meta": state["meta"]}, "positions": [position]})
    };
    let metadata = moysklad
        .ask(Method::GET, "/entity/customerorder/metadata", None)
        .await;
    let state = |name: &str| {
        let states = metadata["states"].as_array().unwrap();
        states.iter().find(|state| state["name"] == name).unwrap()
    };
    for (order, body) in [
        (shipped, change(state("Отгружен"), 1_234_550)),
        (delivered, change(state("Доставлен"), 990_000)),
    ] {
        let path = format!("/entity/customerorder/{}", order["id"].as_str().unwrap());
        moysklad.ask(Method::PUT, &path, Some(body)).await;
    }
    let payment = json!({
        "organization": shipped["organization"],
        "agent": shipped["agent"],
        "sum": 500_000,
        "operations": [{"meta": shipped["meta"], "linkedSum": 500_000}],
    });
    moysklad
        .ask(Method::POST, "/entity/paymentin", Some(payment))
        .await;

    let next = pair.once().await;
    let after = pair.once().await;

    assert_eq!(
        next["deals"],
        json!({"created": 0, "updated": 1, "closed": 1})
    );
    assert_eq!(
        after["deals"],
        json!({"created": 0, "updated": 0, "closed": 0})
    );
    let deals = pair.emulators.calltouch.all("deals").await;
    let deal = |order: &Value| {
        let mut all = deals.iter();
        all.find(|deal| deal["orderNumber"] == order["externalCode"])
            .unwrap()
    };
    let sum = |deal: &Value| deal["revenue"].to_string().trim_matches('"').to_owned();
    assert_eq!(deal(shipped)["status"], "Отгружен");
    assert_eq!(sum(deal(shipped)), "12345.5");
    let fields = deal(shipped)["customFields"].as_array().unwrap();
    let received = fields.iter().find(|field| field["field"] == "payed_sum");
    assert_eq!(received.unwrap()["value"], "5000");
    assert_eq!(deal(delivered)["status"], "COMPLETED");
    assert_eq!(sum(deal(delivered)), "9900");
    assert_never_too_many(&pair).await;
}
