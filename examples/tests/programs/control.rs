//! `/__emulator/…` of both emulators, asked from another process.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::emulators::{Emulators, Side};
use crate::leads;
use crate::pair::Pair;

/// The names of an object's fields.
fn names(object: &Value) -> Vec<&str> {
    let fields = object.as_object().unwrap();
    fields.keys().map(String::as_str).collect()
}

/// Asks one of the service's own routes and returns the status; a cut connection has none.
async fn ask(side: &Side, path: &str) -> Option<StatusCode> {
    let request = reqwest::Client::builder()
        .no_proxy()
        .build()
        .unwrap()
        .get(format!("{}{path}", side.base_url))
        .bearer_auth(&side.token)
        .query(&[("clientApiId", side.token.as_str())]);
    let answer = request.send().await.ok()?;
    let status = answer.status();
    // Half an answer is none.
    answer.bytes().await.ok()?;
    Some(status)
}

#[tokio::test]
async fn the_ready_line_has_the_documented_shape() {
    let emulators = Emulators::start(&[]).await;

    let ready = &emulators.ready;
    assert_eq!(names(ready), ["calltouch", "moysklad"]);
    assert_eq!(names(&ready["calltouch"]), ["base_url", "site_id", "token"]);
    assert_eq!(
        names(&ready["moysklad"]),
        ["base_url", "login", "password", "token"]
    );
    assert!(ready["calltouch"]["site_id"].is_u64());
    let address = ready["moysklad"]["base_url"].as_str().unwrap();
    assert!(address.starts_with("http://127.0.0.1:"), "{address}");
    assert!(address.ends_with("/api/remap/1.2"), "{address}");
}

#[tokio::test]
async fn stats_count_requests_by_route_and_not_their_own() {
    let pair = Pair::start().await;
    pair.once().await;

    for (side, route) in [
        (
            &pair.emulators.calltouch,
            "GET /calls-service/RestAPI/{id}/calls-diary/calls",
        ),
        (&pair.emulators.moysklad, "POST /entity/customerorder"),
    ] {
        let stats = side.stats().await;
        for name in ["requests", "answered_429", "max_parallel"] {
            assert!(stats[name].is_u64(), "{stats}");
        }
        assert_eq!(stats["routes"][route], 1, "{stats}");
        let routes = stats["routes"].as_object().unwrap();
        let sum: u64 = routes.values().filter_map(Value::as_u64).sum();
        assert_eq!(stats["requests"], sum);
        assert!(routes.keys().all(|route| !route.contains("__emulator")));
        assert_eq!(side.stats().await, stats, "asking changes the figures");
    }
}

#[tokio::test]
async fn a_dump_holds_everything_under_the_names_of_the_service() {
    let pair = Pair::start().await;
    pair.once().await;

    let [calltouch, moysklad] = pair.dumps().await;

    assert_eq!(names(&calltouch), ["calls", "deals", "requests"]);
    let deals = calltouch["deals"].as_array().unwrap();
    assert_eq!(deals.len(), leads::LEADS);
    for deal in deals {
        assert_eq!(deal["status"], "PENDING");
        assert!(deal["orderNumber"].is_string() && !deal["revenue"].is_null());
    }
    assert_eq!(calltouch["calls"][0]["callId"], 501);
    assert_eq!(calltouch["requests"][1]["requestId"], 602);
    let orders = moysklad["customerorder"].as_array().unwrap();
    assert_eq!(orders.len(), leads::LEADS);
    assert!(orders.iter().all(|order| order["externalCode"].is_string()));
    for kind in ["counterparty", "organization", "paymentin"] {
        assert!(moysklad[kind].is_array(), "{kind}");
    }
}

#[tokio::test]
async fn faults_are_added_take_effect_run_out_and_are_removed() {
    let emulators = Emulators::start(&["--no-limits"]).await;
    let site_id = &emulators.ready["calltouch"]["site_id"];
    let orders = format!(
        "/calls-service/RestAPI/{site_id}/orders-diary/orders?dateFrom=01/11/2026&dateTo=02/11/2026"
    );
    for (side, path, route) in [
        (
            &emulators.calltouch,
            orders.as_str(),
            "GET /calls-service/RestAPI/{id}/orders-diary/orders",
        ),
        (
            &emulators.moysklad,
            "/entity/counterparty",
            "GET /entity/counterparty",
        ),
    ] {
        assert_eq!(ask(side, path).await, Some(StatusCode::OK));

        side.break_by(json!({"route": route, "kind": "status", "status": 503, "times": 1}))
            .await;
        assert_eq!(ask(side, path).await, Some(StatusCode::SERVICE_UNAVAILABLE));
        assert_eq!(ask(side, path).await, Some(StatusCode::OK), "times: 1");

        for kind in ["drop_before_commit", "drop_after_commit", "truncate"] {
            side.break_by(json!({"route": "*", "kind": kind, "probability": 1.0}))
                .await;
            assert_eq!(ask(side, path).await, None, "{kind}");
            assert_eq!(ask(side, path).await, None, "{kind} is for ever");
            side.mend().await;
            assert_eq!(ask(side, path).await, Some(StatusCode::OK));
        }

        side.break_by(json!({"route": route, "kind": "delay", "delay_ms": 300}))
            .await;
        let started = std::time::Instant::now();
        assert_eq!(ask(side, path).await, Some(StatusCode::OK));
        assert!(started.elapsed().as_millis() >= 300);
        side.mend().await;
    }
}

#[tokio::test]
async fn a_rule_that_cannot_be_read_is_refused_by_the_name_of_its_field() {
    let emulators = Emulators::start(&[]).await;
    for side in [&emulators.calltouch, &emulators.moysklad] {
        let rules = json!({"rules": [{"route": "*", "kind": "explode"}]});
        let answer = side.control(Method::POST, "faults", Some(rules)).await;

        assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
        let text = answer.text().await.unwrap();
        assert!(text.contains("rules[0].kind"), "{text}");
    }
}
