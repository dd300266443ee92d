//! How long the receiver of webhooks takes to answer while a thousand come every second.
//!
//! ```text
//! cargo bench -p tests --bench receiver
//! ```
//!
//! The sender is a process of its own. It sends each webhook at its moment whether the ones before are
//! answered or not, and times count from that moment, so that no delay hides behind another.

#![allow(
    missing_docs,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use std::process::Command;
use std::time::Duration;

use axum::Router;
use ct_ms_sync::{Config, Store, Sync};
use moysklad_api::Credentials;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::time::sleep_until;

const A_SECOND: u32 = 1000;
const SECONDS: u32 = 20;
const SECRET: &str = "0123456789abcdef";
/// Names the receiver to the process that sends.
const TO: &str = "BENCH_RECEIVER";

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    match std::env::var(TO) {
        Ok(address) => runtime.block_on(send(&address)),
        Err(_) => runtime.block_on(receive()),
    }
}

async fn receive() {
    let calltouch = calltouch_api::Client::new(tests::seed::SITE, "token").unwrap();
    let moysklad = moysklad_api::Client::new(Credentials::token("token")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let store = format!("sqlite:{}", folder.path().join("store.sqlite").display());
    let store = Store::open(&store).await.unwrap();
    let sync = Sync::builder(Config::new(tests::seed::SITE), calltouch, moysklad, store)
        .webhook_secret(SECRET)
        .build()
        .unwrap();
    let app = Router::new().nest("/hooks", sync.webhook_router().unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!(
        "http://{}/hooks/moysklad/{SECRET}",
        listener.local_addr().unwrap()
    );
    tokio::spawn(async move { axum::serve(listener, app).await });
    let status = tokio::task::spawn_blocking(move || {
        Command::new(std::env::current_exe().unwrap())
            .env(TO, address)
            .status()
    });
    assert!(status.await.unwrap().unwrap().success());
}

async fn send(address: &str) {
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let body = json!({"events": [{
        "meta": {"type": "customerorder", "href": "https://api.moysklad.ru/api/remap/1.2/entity/customerorder/5f3b1c1e-9d0a-4c55-8a6e-000000000001"},
        "action": "UPDATE",
        "accountId": "5f3b1c1e-9d0a-4c55-8a6e-000000000002",
    }]})
    .to_string();
    let begin = tokio::time::Instant::now() + Duration::from_millis(200);
    let mut answers = Vec::new();
    for n in 0..A_SECOND * SECONDS {
        let due = begin + Duration::from_secs(1) / A_SECOND * n;
        sleep_until(due).await;
        let request = http
            .post(address)
            .header("content-type", "application/json")
            .body(body.clone());
        answers.push(tokio::spawn(async move {
            let answer = request.send().await.unwrap();
            assert_eq!(answer.status(), reqwest::StatusCode::NO_CONTENT);
            due.elapsed()
        }));
    }
    let mut times = Vec::new();
    for answer in answers {
        times.push(answer.await.unwrap());
    }
    let rate = f64::from(A_SECOND * SECONDS) / begin.elapsed().as_secs_f64();
    times.sort_unstable();
    let at = |share: f64| {
        let place = (times.len() - 1) as f64 * share;
        times[place as usize].as_secs_f64() * 1000.0
    };
    println!(
        "{} webhooks, {rate:.0} a second: p50 {:.2} ms, p99 {:.2} ms, p99.9 {:.2} ms, most {:.2} ms",
        times.len(),
        at(0.5),
        at(0.99),
        at(0.999),
        at(1.0),
    );
}
