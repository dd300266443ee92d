//! Points at which a request stands still.

use std::time::Duration;

use calltouch_api::emulator::StopWhen;
use reqwest::StatusCode;
use serde_json::json;

use super::{CALLS, CREATE, Service, order};

const DAY: [(&str, &str); 2] = [("dateFrom", "20/11/2026"), ("dateTo", "20/11/2026")];

/// Sends a batch in a task of its own.
fn create(service: &Service) -> tokio::task::JoinHandle<reqwest::Result<reqwest::Response>> {
    let request = service.sending(CREATE, &json!({ "orders": [order("crm-1")] }));
    tokio::spawn(request.send())
}

/// Waits for something that must happen, on a busy machine too.
async fn soon<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(30), future)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_request_held_before_its_commit_has_done_nothing() {
    let service = Service::start().await;
    let stop = service.emulator.stop_at(1, StopWhen::BeforeCommit);
    let sent = create(&service);

    soon(stop.reached()).await;
    assert!(service.emulator.deals().is_empty());
    assert!(!sent.is_finished());
    drop(stop);

    let error = soon(sent).await.unwrap().unwrap_err();
    assert!(error.is_request() && !error.is_connect(), "{error:?}");
    assert!(service.emulator.deals().is_empty());
}

#[tokio::test]
async fn a_request_held_after_its_commit_is_done_and_unanswered() {
    let service = Service::start().await;
    let stop = service.emulator.stop_at(1, StopWhen::AfterCommit);
    let sent = create(&service);

    soon(stop.reached()).await;
    assert_eq!(service.emulator.deals().len(), 1);
    assert!(!sent.is_finished());
    drop(stop);

    assert!(soon(sent).await.unwrap().is_err());
    assert_eq!(service.emulator.deals().len(), 1);
}

#[tokio::test]
async fn a_client_that_dies_at_the_point_leaves_what_it_left() {
    for (when, deals) in [(StopWhen::BeforeCommit, 0), (StopWhen::AfterCommit, 1)] {
        let service = Service::start().await;
        let stop = service.emulator.stop_at(1, when);
        let sent = create(&service);

        soon(stop.reached()).await;
        sent.abort();
        assert!(soon(sent).await.unwrap_err().is_cancelled());
        drop(stop);

        assert_eq!(
            service.read(CALLS, &DAY).await.0,
            StatusCode::OK,
            "the service goes on"
        );
        assert_eq!(service.emulator.deals().len(), deals, "{when:?}");
    }
}

#[tokio::test]
async fn only_the_nth_request_from_now_is_held() {
    let service = Service::start().await;
    service.read(CALLS, &DAY).await;
    let stop = service.emulator.stop_at(3, StopWhen::BeforeCommit);

    assert_eq!(service.read(CALLS, &DAY).await.0, StatusCode::OK);
    assert_eq!(service.read(CALLS, &DAY).await.0, StatusCode::OK);
    let held = create(&service);
    soon(stop.reached()).await;
    assert_eq!(
        service.read(CALLS, &DAY).await.0,
        StatusCode::OK,
        "the fourth passes the third"
    );

    assert!(!held.is_finished());
    drop(stop);
    assert!(soon(held).await.unwrap().is_err());
}

#[tokio::test]
async fn a_point_dropped_early_holds_nobody() {
    let service = Service::start().await;
    drop(service.emulator.stop_at(1, StopWhen::BeforeCommit));
    assert_eq!(service.read(CALLS, &DAY).await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_crash_can_be_staged_at_every_request_of_a_piece_of_work() {
    let service = Service::start().await;
    let work = async || {
        service.read(CALLS, &DAY).await;
        service.read(CALLS, &DAY).await;
        service.read(CALLS, &DAY).await;
    };
    let mut crashes = 0;
    for nth in 1.. {
        let stop = service.emulator.stop_at(nth, StopWhen::AfterCommit);
        tokio::select! {
            () = work() => break,
            () = stop.reached() => crashes += 1,
        }
    }
    assert_eq!(crashes, 3);
}

#[tokio::test]
async fn held_requests_count_as_parallel() {
    let service = Service::start().await;
    let first = service.emulator.stop_at(1, StopWhen::BeforeCommit);
    let second = service.emulator.stop_at(2, StopWhen::BeforeCommit);
    let held = [create(&service), create(&service)];

    soon(first.reached()).await;
    soon(second.reached()).await;

    assert_eq!(service.emulator.stats().max_parallel, 2);
    drop((first, second));
    for request in held {
        assert!(soon(request).await.unwrap().is_err());
    }
}
