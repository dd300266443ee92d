//! Rate, parallelism and what access is switched off for.

use std::time::Duration;

use jiff::Timestamp;
use moysklad_api::emulator::{Builder, Emulator, StopWhen};
use serde_json::json;

use crate::client::{Shop, id};

/// An emulator whose clock moves by hand as good as alone.
fn limited() -> Builder {
    let before_weights: Timestamp = "2026-01-15T09:00:00Z".parse().unwrap();
    Emulator::builder().now(before_weights).weight(45)
}

#[tokio::test]
async fn every_answer_says_what_is_left() {
    let shop = Shop::with(limited().weight(4)).await;

    let answer = shop.get("/entity/store").await;
    let unknown = shop.get("/nowhere").await;

    assert_eq!(answer.header("X-RateLimit-Limit"), Some("11"));
    assert_eq!(answer.header("X-RateLimit-Remaining"), Some("10"));
    assert_eq!(answer.header("X-Lognex-Retry-TimeInterval"), Some("3000"));
    assert_eq!(answer.header("X-Lognex-Reset"), Some("0"));
    assert_eq!(answer.header("X-Lognex-Retry-After"), None);
    assert!(unknown.header("X-RateLimit-Remaining").is_some());
}

#[tokio::test]
async fn a_spent_window_is_refused_until_the_time_it_names() {
    let shop = Shop::with(limited()).await;
    assert_eq!(shop.get("/entity/store").await.status, 200);

    let refused = shop.get("/entity/store").await;

    assert_eq!((refused.status, refused.codes()), (429, vec![1049]));
    assert_eq!(refused.header("X-RateLimit-Remaining"), Some("0"));
    let wait: u64 = refused
        .header("X-Lognex-Retry-After")
        .unwrap()
        .parse()
        .unwrap();
    assert!(wait <= 3000, "{wait}");
    shop.emulator.advance(Duration::from_millis(wait));
    assert_eq!(shop.get("/entity/store").await.status, 200);
    assert_eq!(shop.emulator.stats().answered_429, 1);
}

#[tokio::test]
async fn the_cost_follows_the_schedule_by_the_emulators_date() {
    let november: Timestamp = "2026-11-30T20:59:00Z".parse().unwrap();
    let shop = Shop::with(Emulator::builder().now(november)).await;

    let before = shop.get("/entity/store").await;
    shop.emulator.advance(Duration::from_mins(2));
    let after = shop.get("/entity/store").await;

    assert_eq!(before.header("X-RateLimit-Limit"), Some("15"));
    assert_eq!(after.header("X-RateLimit-Limit"), Some("11"));
}

#[tokio::test]
async fn more_than_five_at_once_are_refused_without_a_time() {
    let shop = Shop::with(limited().weight(1)).await;
    let points: Vec<_> = (1..=5)
        .map(|n| shop.emulator.stop_at(n, StopWhen::AfterCommit))
        .collect();
    let mut held = Vec::new();
    for point in &points {
        held.push(tokio::spawn(shop.request("GET", "/entity/store").send()));
        point.reached().await;
    }

    let sixth = shop.get("/entity/store").await;

    assert_eq!((sixth.status, sixth.codes()), (429, vec![1073]));
    assert_eq!(sixth.header("X-Lognex-Retry-After"), None);
    assert_eq!(shop.emulator.stats().max_parallel, 6);
    drop(points);
    for request in held {
        assert!(request.await.unwrap().is_err());
    }
    assert_eq!(shop.get("/entity/store").await.status, 200);
}

#[tokio::test]
async fn limits_can_be_switched_off() {
    let shop = Shop::with(limited().limits(false)).await;

    for _ in 0..3 {
        let answer = shop.get("/entity/store").await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("X-RateLimit-Limit"), None);
    }
}

#[tokio::test]
async fn seeding_costs_nothing() {
    let shop = Shop::with(limited()).await;

    for _ in 0..100 {
        shop.customer("А");
    }

    assert_eq!(shop.get("/entity/counterparty").await.status, 200);
    assert_eq!(shop.emulator.stats().requests, 1);
}

#[tokio::test]
async fn hammering_one_object_switches_access_off_until_support_helps() {
    let shop = Shop::with(limited().weight(1)).await;
    let customer = shop.customer("А");
    let path = format!("/entity/counterparty/{}", id(&customer));

    for _ in 0..=100 {
        // As much as the bucket needs for one more request; all stay within one minute.
        shop.emulator.advance(Duration::from_millis(70));
        assert_eq!(shop.put(&path, json!({"phone": "1"})).await.status, 200);
    }

    let banned = shop.get("/entity/store").await;
    assert_eq!((banned.status, banned.codes()), (403, vec![1061]));
    assert!(shop.emulator.stats().banned);
    shop.emulator.unban();
    assert_eq!(shop.get("/entity/store").await.status, 200);
}
