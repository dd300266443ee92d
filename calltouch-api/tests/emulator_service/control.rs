//! The emulator's own endpoints, its counts and its end.

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{Answer, CALLS, CREATE, Service, answer, order};

const DAY: [(&str, &str); 2] = [("dateFrom", "20/11/2026"), ("dateTo", "20/11/2026")];

fn url(service: &Service, path: &str) -> String {
    format!("{}/__emulator/{path}", service.emulator.base_url())
}

async fn get(service: &Service, path: &str) -> Value {
    let (status, body) = answer(service.http.get(url(service, path))).await;
    assert_eq!(status, StatusCode::OK);
    body
}

async fn add_faults(service: &Service, rules: Value) -> Answer {
    let body = json!({ "rules": rules });
    answer(service.http.post(url(service, "faults")).json(&body)).await
}

#[tokio::test]
async fn stats_count_by_route_and_not_themselves() {
    let service = Service::start().await;
    service.read(CALLS, &DAY).await;
    service.read(CALLS, &DAY).await;
    service
        .send(CREATE, &json!({ "orders": [order("crm-1")] }))
        .await;
    service.read("/nowhere", &[]).await;

    let expected = json!({
        "requests": 4,
        "answered_429": 0,
        "max_parallel": 1,
        "routes": {
            "GET /calls-service/RestAPI/{id}/calls-diary/calls": 2,
            "POST /lead-service/v1/api/client-order/create": 1,
            "GET /nowhere": 1,
        },
    });

    assert_eq!(get(&service, "stats").await, expected);
    assert_eq!(get(&service, "stats").await, expected);
    assert_eq!(
        serde_json::to_value(service.emulator.stats()).unwrap(),
        expected
    );
    service.emulator.reset_stats();
    let empty = json!({ "requests": 0, "answered_429": 0, "max_parallel": 0, "routes": {} });
    assert_eq!(get(&service, "stats").await, empty);
}

#[tokio::test]
async fn the_dump_holds_everything_in_the_services_own_names() {
    let service = Service::start().await;
    assert_eq!(
        get(&service, "dump").await,
        json!({ "calls": [], "requests": [], "deals": [] })
    );
    let call = service.emulator.add_call(json!({ "callTags": [] }));
    let request = service.emulator.add_request(json!({}));
    let mut given = order("crm-1");
    given["revenue"] = json!("10.50");
    given["customFields"] = json!([{ "field": "payed_sum", "value": "5" }]);
    service.send_one(CREATE, given.clone()).await;

    let dump = get(&service, "dump").await;

    assert_eq!(dump["calls"], json!([call]));
    assert_eq!(dump["requests"], json!([request]));
    for key in [
        "orderNumber",
        "status",
        "revenue",
        "statusDate",
        "customFields",
    ] {
        assert_eq!(dump["deals"][0][key], given[key], "{key}");
    }
}

#[tokio::test]
async fn faults_of_every_kind_are_taken_over_http() {
    let service = Service::start().await;
    let create = format!("POST {CREATE}");
    let (status, _) = add_faults(
        &service,
        json!([
            { "route": create, "kind": "status", "status": 503, "delay_ms": 0, "times": 1 },
            { "route": create, "kind": "drop_before_commit", "times": 1 },
            { "route": create, "kind": "truncate", "probability": 1, "times": 1 },
            { "route": create, "kind": "delay", "delay_ms": 1, "times": 1 },
            { "route": "*", "kind": "drop_after_commit" },
        ]),
    )
    .await;
    assert_eq!(status, StatusCode::OK);

    let send = async |number: &str| {
        let response = service
            .sending(CREATE, &json!({ "orders": [order(number)] }))
            .send()
            .await;
        match response {
            Ok(response) => (response.status().as_u16(), response.bytes().await.is_ok()),
            Err(_) => (0, false),
        }
    };
    assert_eq!(send("status").await, (503, true));
    assert_eq!(send("before").await, (0, false));
    assert_eq!(send("torn").await, (200, false));
    assert_eq!(send("late").await, (200, true));
    assert_eq!(send("after").await, (0, false));
    let stored: Vec<_> = ["status", "before", "torn", "late", "after"]
        .into_iter()
        .filter(|number| service.emulator.deal(number).is_some())
        .collect();
    assert_eq!(stored, ["torn", "late", "after"]);

    let removed = service
        .http
        .delete(url(&service, "faults"))
        .send()
        .await
        .unwrap();
    assert!(removed.status().is_success());
    assert_eq!(send("well").await, (200, true));
}

#[tokio::test]
async fn a_bad_rule_is_named_and_none_is_added() {
    let service = Service::start().await;
    let rules = json!([
        { "route": "*", "kind": "status", "status": 500 },
        { "route": "*", "kind": "status", "status": 42 },
    ]);

    let (status, body) = add_faults(&service, rules).await;

    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(body["field"], "rules[1].status");
    assert!(body["message"].as_str().unwrap().contains("status"));
    assert_eq!(service.read(CALLS, &DAY).await.0, StatusCode::OK);
}

#[tokio::test]
async fn faults_and_limits_do_not_touch_the_control_endpoints() {
    let service = Service::start_with(|builder| builder.limits(true)).await;
    add_faults(
        &service,
        json!([{ "route": "*", "kind": "drop_before_commit" }]),
    )
    .await;
    for _ in 0..10 {
        assert_eq!(get(&service, "stats").await["requests"], 0);
    }
}

#[tokio::test]
async fn a_dropped_emulator_is_gone() {
    let service = Service::start().await;
    service.read(CALLS, &DAY).await;
    let request = service.reading(CALLS, &DAY);
    drop(service.emulator);
    // The server's task ends at its next turn; after that nobody listens.
    tokio::task::yield_now().await;
    assert!(request.send().await.is_err());
}
