//! The programs that take webhooks: one that ends by itself, and one that serves until a signal.

use std::time::Duration;

use reqwest::{Client, StatusCode};
use tokio::time::{Instant, sleep};

use crate::process::{Running, program, run};

/// How long something may take to show.
const PATIENCE: Duration = Duration::from_mins(1);

#[tokio::test]
async fn webhooks_bring_a_call_and_a_done_order_over_at_once() {
    let ended = run(program("webhook_receiver")).await;

    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(ended.stderr, "");
    let lines: Vec<&str> = ended.stdout.lines().collect();
    assert_eq!(lines.len(), 10, "{}", ended.stdout);
    assert!(lines[0].starts_with("МойСклад tells of customerorder"));
    assert!(lines[8].starts_with("the call is an order with a deal"));
    assert!(lines[9].starts_with("the order is done, so its deal is closed"));
}

#[tokio::test]
async fn a_service_tells_of_its_health_and_figures_and_stops_in_peace() {
    let mut service = Running::start(program("embed_in_axum"));
    let address = service.line().await;
    let http = Client::builder().no_proxy().build().unwrap();
    let get = async |path: &str| http.get(format!("{address}{path}")).send().await.unwrap();

    let end = Instant::now() + PATIENCE;
    while get("/health").await.status() != StatusCode::OK {
        assert!(Instant::now() < end, "the service is never in good health");
        sleep(Duration::from_millis(50)).await;
    }
    let metrics = get("/metrics").await.text().await.unwrap();
    let unguarded = http.post(format!("{address}/hooks/moysklad/guess"));
    let unguarded = unguarded.send().await.unwrap();
    service.signal("INT").await;
    let ended = service.end().await;

    for figure in [
        "ct_ms_sync_orders_created_total{site_id=\"25918\"} 10",
        "ct_ms_sync_deals_created_total{site_id=\"25918\"} 10",
        "ct_ms_sync_cycles_total{site_id=\"25918\",outcome=\"done\"} 1",
        "ct_ms_sync_dead_letters{site_id=\"25918\"} 0",
        "ct_ms_sync_requests_total{site_id=\"25918\",service=\"moysklad\"}",
        "ct_ms_sync_cycle_duration_seconds_count{site_id=\"25918\"} 1",
    ] {
        assert!(metrics.contains(figure), "no {figure} in {metrics}");
    }
    assert_eq!(unguarded.status(), StatusCode::NOT_FOUND);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.stdout.starts_with("stopping"), "{ended:?}");
    assert_eq!(ended.stderr, "");
}
