//! Webhooks (вебхуки): registered, and really delivered.

use std::time::Duration;

use moysklad_api::emulator::Emulator;
use serde_json::{Value, json};
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use crate::client::{Shop, id};

/// A receiver that gives this answer to everything.
async fn receiver(answer: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    let mock = Mock::given(method("POST")).respond_with(answer);
    mock.mount(&server).await;
    server
}

fn watch(shop: &Shop, to: &str, action: &str, entity_type: &str) -> Value {
    let hook = json!({"url": to, "action": action, "entityType": entity_type});
    shop.emulator.add("webhook", hook).unwrap()
}

/// Waits until so many notifications are done with, whether taken or lost.
async fn settled(shop: &Shop, count: u64) {
    for _ in 0..500 {
        let stats = shop.emulator.stats();
        if stats.webhooks_delivered + stats.webhooks_lost >= count {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!(
        "the notifications are still under way: {:?}",
        shop.emulator.stats()
    );
}

async fn received(server: &MockServer) -> Vec<Request> {
    server.received_requests().await.unwrap()
}

fn body(request: &Request) -> Value {
    serde_json::from_slice(&request.body).unwrap()
}

#[tokio::test]
async fn a_change_reaches_the_receiver_with_the_fields_it_asked_for() {
    let shop = Shop::open().await;
    let server = receiver(ResponseTemplate::new(204)).await;
    let hook = json!({
        "url": format!("{}/hook?secret=1", server.uri()),
        "action": "UPDATE", "entityType": "customerorder", "diffType": "FIELDS",
    });
    shop.post("/entity/webhook", hook).await;
    let order = shop.order();

    shop.emulator.set_order_state(id(&order), "Собран").unwrap();
    settled(&shop, 1).await;

    let requests = received(&server).await;
    assert_eq!(requests.len(), 1);
    let told = body(&requests[0]);
    assert_eq!(told["events"][0]["updatedFields"], json!(["state"]));
    assert_eq!(told["events"][0]["action"], "UPDATE");
    assert_eq!(told["events"][0]["meta"]["type"], "customerorder");
    assert_eq!(told["events"][0]["meta"]["href"], order["meta"]["href"]);
    assert_eq!(told["events"][0]["accountId"], order["accountId"]);
    assert_eq!(told["auditContext"]["uid"], shop.emulator.login());
    assert_eq!(told["auditContext"]["moment"].as_str().unwrap().len(), 19);
    let query = requests[0].url.query().unwrap();
    assert!(query.starts_with("secret=1&requestId="), "{query}");
    let agent = requests[0].headers.get("user-agent").unwrap();
    assert!(
        agent
            .to_str()
            .unwrap()
            .starts_with("MoySklad webhook touch agent")
    );
    assert!(requests[0].headers.get("authorization").is_none());
}

#[tokio::test]
async fn the_events_of_a_bulk_request_come_in_one_payload() {
    let shop = Shop::open().await;
    let server = receiver(ResponseTemplate::new(200)).await;
    watch(&shop, &server.uri(), "CREATE", "counterparty");

    let rows = json!([{"name": "А"}, {"name": "Б"}, {"phone": "no name"}]);
    shop.post("/entity/counterparty", rows).await;
    settled(&shop, 1).await;

    let requests = received(&server).await;
    assert_eq!(requests.len(), 1);
    assert_eq!(body(&requests[0])["events"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_bad_answer_is_followed_by_three_more_attempts_under_the_same_id() {
    let shop = Shop::open().await;
    let server = receiver(ResponseTemplate::new(500)).await;
    watch(&shop, &server.uri(), "CREATE", "counterparty");

    shop.customer("А");
    settled(&shop, 1).await;

    let requests = received(&server).await;
    assert_eq!(requests.len(), 4);
    assert!(
        requests
            .iter()
            .all(|request| request.url == requests[0].url)
    );
    assert_eq!(shop.emulator.stats().webhooks_lost, 1);
}

#[tokio::test]
async fn a_receiver_that_is_too_slow_is_not_asked_again() {
    let builder = Emulator::builder()
        .limits(false)
        .webhook_patience(Duration::from_millis(50));
    let shop = Shop::with(builder).await;
    let slow = ResponseTemplate::new(200).set_delay(Duration::from_secs(5));
    let server = receiver(slow).await;
    watch(&shop, &server.uri(), "CREATE", "counterparty");

    shop.customer("А");
    settled(&shop, 1).await;

    assert_eq!(shop.emulator.stats().webhooks_lost, 1);
    assert!(received(&server).await.len() <= 1);
}

#[tokio::test]
async fn a_prefix_keeps_its_own_webhooks_silent_for_one_request() {
    let shop = Shop::open().await;
    let [own, other] = [
        receiver(ResponseTemplate::new(200)).await,
        receiver(ResponseTemplate::new(200)).await,
    ];
    for server in [&own, &other] {
        watch(&shop, &server.uri(), "CREATE", "counterparty");
    }

    let request = shop
        .request("POST", "/entity/counterparty")
        .json(&json!({"name": "А"}));
    shop.send(request.header("X-Lognex-WebHook-DisableByPrefix", own.uri()))
        .await;
    shop.customer("Б");
    settled(&shop, 3).await;

    assert_eq!(received(&own).await.len(), 1);
    assert_eq!(received(&other).await.len(), 2);
    let request = shop
        .request("POST", "/entity/counterparty")
        .json(&json!({"name": "В"}));
    let refused = request.header("X-Lognex-WebHook-DisableByPrefix", "https://some_url");
    assert_eq!(shop.send(refused).await.codes(), [3030]);
}

#[tokio::test]
async fn the_trash_counts_as_a_deletion_unless_told_otherwise() {
    for (update, action) in [(false, "DELETE"), (true, "UPDATE")] {
        let builder = Emulator::builder().limits(false).trash_is_update(update);
        let shop = Shop::with(builder).await;
        let server = receiver(ResponseTemplate::new(200)).await;
        for action in ["DELETE", "UPDATE"] {
            watch(&shop, &server.uri(), action, "customerorder");
        }
        let order = shop.order();

        shop.emulator.trash("customerorder", id(&order)).unwrap();
        settled(&shop, 1).await;

        let requests = received(&server).await;
        assert_eq!(requests.len(), 1);
        assert_eq!(body(&requests[0])["events"][0]["action"], action);
    }
}

#[tokio::test]
async fn a_webhook_that_is_switched_off_hears_nothing() {
    let shop = Shop::open().await;
    let server = receiver(ResponseTemplate::new(200)).await;
    let hook = watch(&shop, &server.uri(), "CREATE", "counterparty");
    let path = format!("/entity/webhook/{}", id(&hook));
    assert_eq!(shop.put(&path, json!({"enabled": false})).await.status, 200);
    shop.customer("А");
    assert_eq!(shop.put(&path, json!({"enabled": true})).await.status, 200);

    shop.customer("Б");
    settled(&shop, 1).await;

    assert_eq!(received(&server).await.len(), 1);
}

#[tokio::test]
async fn webhooks_are_refused_by_the_service_s_codes() {
    let shop = Shop::open().await;
    let hook = |url: &str, action: &str, entity_type: &str| json!({"url": url, "action": action, "entityType": entity_type});
    let good = "https://crm.example.org/hook";
    let long = format!("https://crm.example.org/{}", "x".repeat(255));

    for (body, code) in [
        (hook(good, "UPDATE", "webhook"), 30000),
        (hook(good, "UPDATE", "starship"), 30000),
        (hook(good, "EXPLODE", "customerorder"), 30002),
        (hook("crm.example.org", "UPDATE", "customerorder"), 30005),
        (hook(good, "DELETE", "async"), 30008),
        (hook(good, "PROCESSED", "customerorder"), 30008),
        (hook(&long, "UPDATE", "customerorder"), 30010),
    ] {
        let answer = shop.post("/entity/webhook", body.clone()).await;
        assert_eq!((answer.status, answer.codes()), (412, vec![code]), "{body}");
    }
    let mut fields = hook(good, "CREATE", "customerorder");
    fields["diffType"] = json!("FIELDS");
    assert_eq!(shop.post("/entity/webhook", fields).await.codes(), [30009]);
    assert!(shop.emulator.all("webhook").is_empty());
}

#[tokio::test]
async fn a_type_and_action_have_five_webhooks_with_different_addresses() {
    let shop = Shop::open().await;
    let hook = |n: u32| {
        let url = format!("https://crm.example.org/{n}");
        json!({"url": url, "action": "UPDATE", "entityType": "customerorder"})
    };
    for n in 0..5 {
        let answer = shop.post("/entity/webhook", hook(n)).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.body["method"], "POST");
        assert_eq!(answer.body["diffType"], "NONE");
    }

    assert_eq!(shop.post("/entity/webhook", hook(0)).await.codes(), [30003]);
    assert_eq!(shop.post("/entity/webhook", hook(5)).await.codes(), [30007]);
    assert_eq!(shop.get("/entity/webhook").await.body["meta"]["size"], 5);
}

#[tokio::test]
async fn a_task_is_told_when_it_begins_and_when_it_is_processed() {
    let builder = Emulator::builder()
        .limits(false)
        .task_duration(Duration::from_mins(1));
    let shop = Shop::with(builder).await;
    let server = receiver(ResponseTemplate::new(200)).await;
    for action in ["CREATE", "PROCESSED"] {
        watch(&shop, &server.uri(), action, "async");
    }

    shop.get("/entity/counterparty?async=true").await;
    settled(&shop, 1).await;
    shop.emulator.advance(Duration::from_mins(1));
    let tasks = shop.get("/async").await.body;
    settled(&shop, 2).await;

    let told: Vec<Value> = received(&server).await.iter().map(body).collect();
    let actions: Vec<_> = told
        .iter()
        .map(|told| &told["events"][0]["action"])
        .collect();
    assert_eq!(actions, ["CREATE", "PROCESSED"]);
    assert_eq!(
        told[0]["events"][0]["meta"]["href"],
        tasks["rows"][0]["meta"]["href"]
    );
}

#[tokio::test]
async fn a_webhook_of_stock_is_kept_like_any_object() {
    let shop = Shop::open().await;
    let hook = json!({
        "url": "https://crm.example.org/stock", "stockType": "stock", "reportType": "all",
    });

    let made = shop.post("/entity/webhookstock", hook.clone()).await;

    assert_eq!(made.status, 200, "{}", made.body);
    assert_eq!(made.body["enabled"], true);
    let path = format!("/entity/webhookstock/{}", id(&made.body));
    let changed = shop.put(&path, json!({"reportType": "bystore"})).await.body;
    assert_eq!(changed["reportType"], "bystore");
    assert_eq!(shop.delete(&path).await.status, 200);
    assert_eq!(
        shop.get("/entity/webhookstock").await.body["meta"]["size"],
        0
    );
}

#[tokio::test]
async fn a_change_of_stock_is_told_a_minute_later_and_once() {
    let shop = Shop::open().await;
    let server = receiver(ResponseTemplate::new(200)).await;
    let hook = json!({"url": server.uri(), "stockType": "stock", "reportType": "bystore"});
    let hook = shop.post("/entity/webhookstock", hook).await;
    assert_eq!(hook.status, 200, "{}", hook.body);
    let mug = shop.emulator.add("product", json!({"name": "Кружка"}));
    shop.emulator.set_stock(id(&mug.unwrap()), 14.0).unwrap();
    shop.emulator
        .add("demand", shop.order_of(&shop.customer("А")))
        .unwrap();

    shop.emulator.advance(Duration::from_secs(30));
    assert_eq!(received(&server).await.len(), 0);
    shop.emulator.advance(Duration::from_secs(31));
    settled(&shop, 1).await;
    shop.emulator.advance(Duration::from_secs(61));

    let requests = received(&server).await;
    assert_eq!(requests.len(), 1);
    let told = body(&requests[0]);
    assert_eq!(told["stockType"], "stock");
    assert_eq!(told["reportType"], "bystore");
    assert_eq!(told["accountId"], hook.body["accountId"]);
    let report = told["reportUrl"].as_str().unwrap();
    let expected = shop.url("/report/stock/bystore/current?changedSince=");
    assert!(report.starts_with(&expected), "{report}");
    let query = requests[0].url.query().unwrap();
    assert!(query.starts_with("requestId="), "{query}");
}
