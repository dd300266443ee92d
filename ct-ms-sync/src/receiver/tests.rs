//! The receiver from outside: requests in, status and marks out.

use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode};
use moysklad_api::Credentials;
use tokio::time::{Instant, timeout};
use tower::ServiceExt;

use super::LARGEST_BODY;
use crate::config::Config;
use crate::store::Store;
use crate::sync::Sync;

const SECRET: &str = "0123456789abcdef";
const SITE: u64 = 7;
/// What МойСклад waits for an answer.
const PATIENCE: Duration = Duration::from_millis(1500);

const ORDER_CHANGED: &str = r#"{"events": [{
    "meta": {
        "type": "customerorder",
        "href": "https://api.moysklad.ru/api/remap/1.2/entity/customerorder/0aa0bb1c-7b30-11f1-0a80-05cd00000100"
    },
    "action": "UPDATE"
}]}"#;

fn sync(store: Store) -> Sync {
    let calltouch = calltouch_api::Client::new(SITE, "token").unwrap();
    let moysklad = moysklad_api::Client::new(Credentials::token("token")).unwrap();
    Sync::builder(Config::new(SITE), calltouch, moysklad, store)
        .webhook_secret(SECRET)
        .build()
        .unwrap()
}

async fn memory() -> Sync {
    sync(Store::open("sqlite::memory:").await.unwrap())
}

fn request(method: Method, target: &str, body: impl Into<Body>) -> Request<Body> {
    Request::builder()
        .method(method)
        .uri(target)
        .body(body.into())
        .unwrap()
}

async fn status(router: &Router, method: Method, target: &str, body: &str) -> StatusCode {
    let request = request(method, target, body.to_owned());
    router.clone().oneshot(request).await.unwrap().status()
}

/// Waits until so many webhooks are marked.
async fn marked(sync: &Sync, wanted: i64) {
    timeout(Duration::from_secs(20), async {
        while sync.bell().mark().await.unwrap().map(|mark| mark.received) != Some(wanted) {
            tokio::task::yield_now().await;
        }
    })
    .await
    .unwrap_or_else(|_| panic!("{wanted} webhooks are never marked"));
}

#[tokio::test]
async fn what_the_flows_carry_is_marked_and_all_else_is_answered_and_forgotten() {
    let sync = memory().await;
    let router = sync.webhook_router().unwrap();
    let (calltouch, moysklad) = (
        format!("/calltouch/{SECRET}"),
        format!("/moysklad/{SECRET}?requestId=5b1f77e0"),
    );
    let product = ORDER_CHANGED.replace("customerorder", "product");
    let other_site = "leadtype=call&id=1&siteId=8";
    for (method, target, body, wanted) in [
        (Method::POST, calltouch.clone(), "leadtype=chat&id=1", 200),
        (Method::POST, calltouch.clone(), other_site, 200),
        (
            Method::POST,
            calltouch.clone(),
            "leadtype=call&id=1&callphase=callconnected",
            200,
        ),
        (
            Method::POST,
            calltouch.clone(),
            "leadtype=call&id=%7Bid%7D",
            200,
        ),
        (Method::POST, moysklad.clone(), &product, 204),
        (Method::POST, moysklad.clone(), r#"{"events": []}"#, 204),
    ] {
        assert_eq!(
            status(&router, method, &target, body).await,
            wanted,
            "{body}"
        );
    }
    assert_eq!(sync.bell().mark().await.unwrap(), None);

    let query = format!("{calltouch}?leadtype=request&requestId=9&siteId={SITE}");
    assert_eq!(status(&router, Method::GET, &query, "").await, 200);
    let call = "leadtype=call&id=1&callphase=calldisconnected";
    assert_eq!(status(&router, Method::POST, &calltouch, call).await, 200);
    assert_eq!(
        status(&router, Method::POST, &moysklad, ORDER_CHANGED).await,
        204
    );
    marked(&sync, 3).await;
}

#[tokio::test]
async fn without_the_secret_there_is_nothing_to_see_whatever_is_asked() {
    let router = memory().await.webhook_router().unwrap();
    for secret in [
        "0123456789abcdeF",
        "0123456789abcde",
        "%ff%fe",
        "%30123456789abcdef",
        "x",
    ] {
        for service in ["calltouch", "moysklad"] {
            for method in [Method::GET, Method::POST, Method::DELETE] {
                let target = format!("/{service}/{secret}");
                let request = request(method, &target, vec![b'x'; LARGEST_BODY + 1]);

                let answer = router.clone().oneshot(request).await.unwrap();

                assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{target}");
                assert_eq!(answer.headers().get("allow"), None);
                let body = to_bytes(answer.into_body(), 100).await.unwrap();
                assert!(body.is_empty());
            }
        }
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_webhook_shows_in_its_status() {
    let router = memory().await.webhook_router().unwrap();
    let (calltouch, moysklad) = (
        format!("/calltouch/{SECRET}"),
        format!("/moysklad/{SECRET}"),
    );
    let large = "x".repeat(LARGEST_BODY + 1);
    for (method, target, body, wanted) in [
        (Method::DELETE, &calltouch, "", 405),
        (Method::GET, &moysklad, "", 405),
        (Method::POST, &calltouch, "{79990000001", 400),
        (Method::POST, &moysklad, "79990000001", 400),
        (Method::POST, &moysklad, "", 400),
        (Method::POST, &moysklad, r#"{"events": {}}"#, 400),
        (Method::POST, &moysklad, &large, 413),
        (Method::POST, &calltouch, &large, 413),
    ] {
        let answer = status(&router, method, target, body).await;
        assert_eq!(answer, wanted, "{target}");
    }
}

#[tokio::test]
async fn a_store_that_is_held_up_holds_up_no_answer() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("s.sqlite").display());
    let sync = sync(Store::open(&url).await.unwrap());
    let router = sync.webhook_router().unwrap();
    let other = Store::open(&url).await.unwrap();
    let held = other.ledger("another").hold().await.unwrap();
    let target = format!("/moysklad/{SECRET}");

    let answers = async {
        for _ in 0..100 {
            let answer = status(&router, Method::POST, &target, ORDER_CHANGED).await;
            assert_eq!(answer, StatusCode::NO_CONTENT);
        }
    };
    timeout(PATIENCE, answers).await.expect("no answer waits");

    drop(held);
    marked(&sync, 100).await;
}

#[tokio::test]
async fn a_second_of_a_thousand_webhooks_is_answered_in_time_and_marked_to_the_last() {
    let sync = memory().await;
    let router = sync.webhook_router().unwrap();
    let target = format!("/moysklad/{SECRET}");
    let began = Instant::now();
    let mut slowest = Duration::ZERO;

    for _ in 0..1000 {
        let sent = Instant::now();
        let answer = status(&router, Method::POST, &target, ORDER_CHANGED).await;
        assert_eq!(answer, StatusCode::NO_CONTENT);
        slowest = slowest.max(sent.elapsed());
    }

    // Room for a machine that is busy with other tests; alone it takes a fraction of this.
    assert!(
        began.elapsed() < Duration::from_secs(5),
        "{:?}",
        began.elapsed()
    );
    assert!(slowest < PATIENCE, "{slowest:?}");
    marked(&sync, 1000).await;
}

#[tokio::test]
async fn a_router_without_a_secret_is_a_wrong_setting() {
    let calltouch = calltouch_api::Client::new(SITE, "token").unwrap();
    let moysklad = moysklad_api::Client::new(Credentials::token("token")).unwrap();
    let store = Store::open("sqlite::memory:").await.unwrap();
    let sync = Sync::builder(Config::new(SITE), calltouch, moysklad, store);

    let error = sync.build().unwrap().webhook_router().unwrap_err();

    assert!(error.is_config());
}
