//! Pace over the wire: refusals are waited out, by everybody who shares the client.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use moysklad_api::{Client, ClientBuilder, Credentials, Pace};
use serde_json::json;
use tokio::task::JoinSet;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

fn builder(server: &MockServer, pace: Pace) -> ClientBuilder {
    Client::builder(Credentials::token("t"))
        .base_url(format!("{}/api/remap/1.2", server.uri()))
        .pace(pace)
}

fn client(server: &MockServer, pace: Pace) -> Client {
    builder(server, pace).build().unwrap()
}

fn empty() -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(json!({"meta": {"size": 0}, "rows": []}))
}

/// Notes when each request came.
async fn noting(
    server: &MockServer,
    answer: impl Fn(usize) -> ResponseTemplate + Send + Sync + 'static,
) -> Arc<Mutex<Vec<Instant>>> {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&seen);
    let answer = move |_: &Request| {
        let mut noted = noted.lock().unwrap();
        noted.push(Instant::now());
        answer(noted.len())
    };
    Mock::given(any()).respond_with(answer).mount(server).await;
    seen
}

#[tokio::test]
async fn after_a_429_whoever_shares_the_pace_waits_as_long_as_the_service_asks() {
    let server = MockServer::start().await;
    let seen = noting(&server, |number| match number {
        1 => ResponseTemplate::new(429).insert_header("x-lognex-retry-after", "400"),
        _ => empty(),
    })
    .await;
    let pace = Pace::solution();
    let hasty = builder(&server, pace.clone()).attempts(1).build().unwrap();
    let other = builder(&server, pace).build().unwrap();

    assert!(
        hasty
            .counterparties()
            .list()
            .send()
            .await
            .unwrap_err()
            .is_rate_limited()
    );
    other.counterparties().list().send().await.unwrap();
    hasty.clone().counterparties().list().send().await.unwrap();

    let seen = seen.lock().unwrap();
    assert_eq!(seen.len(), 3);
    assert!(seen[1] - seen[0] >= Duration::from_millis(400));
}

#[tokio::test]
async fn a_request_refused_for_its_rate_is_sent_again_when_the_service_said() {
    let server = MockServer::start().await;
    let seen = noting(&server, |number| match number {
        1 => ResponseTemplate::new(429).insert_header("x-lognex-retry-after", "400"),
        _ => empty(),
    })
    .await;

    client(&server, Pace::unlimited())
        .counterparties()
        .list()
        .send()
        .await
        .unwrap();

    let seen = seen.lock().unwrap();
    assert_eq!(seen.len(), 2);
    assert!(seen[1] - seen[0] >= Duration::from_millis(400));
}

#[tokio::test]
async fn too_many_in_parallel_backs_off_without_a_header() {
    let server = MockServer::start().await;
    let busy = json!({"errors": [{"error": "параллельно", "code": 1073}]});
    let seen = noting(&server, move |number| match number {
        1 => ResponseTemplate::new(429).set_body_json(busy.clone()),
        _ => empty(),
    })
    .await;

    client(&server, Pace::solution())
        .counterparties()
        .list()
        .send()
        .await
        .unwrap();

    let seen = seen.lock().unwrap();
    assert_eq!(seen.len(), 2);
    assert!(seen[1] - seen[0] >= Duration::from_millis(450));
}

#[tokio::test]
async fn the_limit_in_the_answers_is_obeyed_from_the_next_request_on() {
    let server = MockServer::start().await;
    let seen = noting(&server, |_| empty().insert_header("x-ratelimit-limit", "3")).await;
    let client = client(&server, Pace::solution());

    for _ in 0..4 {
        client.counterparties().list().send().await.unwrap();
    }

    let seen = seen.lock().unwrap();
    assert!(seen[3] - seen[0] >= Duration::from_secs(3));
}

#[tokio::test]
async fn the_server_never_sees_more_than_five_requests_at_once() {
    let server = MockServer::start().await;
    let slow = empty().set_delay(Duration::from_millis(100));
    let seen = noting(&server, move |_| slow.clone()).await;
    let client = client(&server, Pace::solution());

    let mut tasks = JoinSet::new();
    for _ in 0..20 {
        let client = client.clone();
        tasks.spawn(async move { client.counterparties().list().send().await.map(|_| ()) });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap().unwrap();
    }

    // Each answer takes 100 ms, so a request within 90 ms of another was in flight with it.
    let seen = seen.lock().unwrap();
    let together = |first: &Instant| {
        let close = |other: &&Instant| {
            other
                .checked_duration_since(*first)
                .is_some_and(|gap| gap < Duration::from_millis(90))
        };
        seen.iter().filter(close).count()
    };
    let most = seen.iter().map(together).max().unwrap();
    assert!((2..=5).contains(&most), "{most} at once");
}
