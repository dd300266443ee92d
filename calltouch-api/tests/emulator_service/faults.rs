//! What goes wrong on demand.

use std::time::{Duration, Instant};

use calltouch_api::emulator::{Fault, FaultKind};
use reqwest::{StatusCode, header};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::{CALLS, CREATE, Service, order};

const DAY: [(&str, &str); 2] = [("dateFrom", "20/11/2026"), ("dateTo", "20/11/2026")];

async fn with_fault(kind: FaultKind) -> Service {
    let service = Service::start().await;
    service
        .emulator
        .add_fault(Fault::new(format!("POST {CREATE}")).kind(kind).times(1));
    service
}

fn batch() -> Value {
    json!({ "orders": [order("crm-1")] })
}

#[tokio::test]
async fn a_cut_before_the_commit_leaves_nothing() {
    let service = with_fault(FaultKind::DropBeforeCommit).await;
    let error = service.sending(CREATE, &batch()).send().await.unwrap_err();
    assert!(
        error.is_request() && !error.is_connect(),
        "cut after it was sent: {error:?}"
    );
    assert!(service.emulator.deals().is_empty());
}

#[tokio::test]
async fn a_cut_after_the_commit_leaves_the_deal() {
    let service = with_fault(FaultKind::DropAfterCommit).await;
    let error = service.sending(CREATE, &batch()).send().await.unwrap_err();
    assert!(
        error.is_request() && !error.is_connect(),
        "cut after it was sent: {error:?}"
    );
    assert_eq!(service.emulator.deals().len(), 1);
}

#[tokio::test]
async fn a_cut_answer_has_not_one_byte() {
    let service = with_fault(FaultKind::DropAfterCommit).await;
    assert_eq!(raw_answer(&service).await, "");
}

#[tokio::test]
async fn a_torn_answer_announces_all_and_sends_a_part() {
    let service = with_fault(FaultKind::Truncate).await;

    let answer = raw_answer(&service).await;

    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .unwrap();
    let length: usize = length.parse().unwrap();
    assert!(!body.is_empty());
    assert!(body.len() < length, "{} of {length}", body.len());
    assert_eq!(
        service.emulator.deals().len(),
        1,
        "carried out all the same"
    );
}

#[tokio::test]
async fn a_torn_answer_is_an_error_for_a_client() {
    let service = with_fault(FaultKind::Truncate).await;
    let response = service.sending(CREATE, &batch()).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    assert!(response.bytes().await.is_err());
}

/// Sends the batch by hand and reads until the connection ends.
async fn raw_answer(service: &Service) -> String {
    let body = batch().to_string();
    let request = format!(
        "POST {CREATE} HTTP/1.1\r\nHost: x\r\nAccess-Token: {}\r\nSiteId: {}\r\n\
         Content-Length: {}\r\n\r\n{body}",
        super::TOKEN,
        super::SITE,
        body.len()
    );
    let address = service.emulator.base_url().replace("http://", "");
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn a_status_is_answered_and_nothing_is_carried_out() {
    let service = with_fault(FaultKind::Status(503)).await;
    let (status, body) = service.send(CREATE, &batch()).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(body["message"].is_string());
    assert!(service.emulator.deals().is_empty());
    assert_eq!(
        service.send(CREATE, &batch()).await.0,
        StatusCode::OK,
        "it was to be once"
    );
}

#[tokio::test]
async fn a_number_that_is_no_status_is_answered_as_500() {
    for status in [100, 9999] {
        let service = with_fault(FaultKind::Status(status)).await;
        let (status, _) = service.send(CREATE, &batch()).await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
    }
}

#[tokio::test]
async fn html_and_nothing_come_with_200() {
    for (kind, starts) in [(FaultKind::Html, "<!doctype html>"), (FaultKind::Empty, "")] {
        let service = with_fault(kind).await;
        let response = service.sending(CREATE, &batch()).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        let is_html = response
            .headers()
            .get(header::CONTENT_TYPE)
            .is_some_and(|kind| kind.to_str().unwrap().starts_with("text/html"));
        assert_eq!(is_html, kind == FaultKind::Html);
        let text = response.text().await.unwrap();
        assert!(
            text.starts_with(starts) && text.is_empty() == starts.is_empty(),
            "{text}"
        );
        assert!(service.emulator.deals().is_empty());
    }
}

#[tokio::test]
async fn a_late_answer_is_for_a_request_that_was_carried_out() {
    let service = with_fault(FaultKind::Delay(Duration::from_mins(10))).await;
    // Long enough for the request to arrive on a busy machine, far shorter than the delay.
    let sent = service
        .sending(CREATE, &batch())
        .timeout(Duration::from_secs(2));
    assert!(sent.send().await.unwrap_err().is_timeout());
    assert_eq!(service.emulator.deals().len(), 1);
}

#[tokio::test]
async fn a_delayed_answer_comes_when_its_time_is_over() {
    let service = with_fault(FaultKind::Delay(Duration::from_millis(50))).await;
    let start = Instant::now();
    assert_eq!(service.send(CREATE, &batch()).await.0, StatusCode::OK);
    assert!(start.elapsed() >= Duration::from_millis(50));
}

#[tokio::test]
async fn a_fault_keeps_to_its_route() {
    let service = Service::start().await;
    let route = "GET /calls-service/RestAPI/{id}/calls-diary/calls";
    service
        .emulator
        .add_fault(Fault::new(route).kind(FaultKind::Status(500)));
    assert_eq!(service.send(CREATE, &batch()).await.0, StatusCode::OK);
    for _ in 0..3 {
        assert_eq!(
            service.read(CALLS, &DAY).await.0,
            StatusCode::INTERNAL_SERVER_ERROR
        );
    }
    service.emulator.clear_faults();
    assert_eq!(service.read(CALLS, &DAY).await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_probability_strikes_the_same_requests_for_the_same_seed() {
    let run = async |seed: u64| {
        let service = Service::start_with(|builder| builder.seed(seed)).await;
        service.emulator.add_fault(
            Fault::new("*")
                .kind(FaultKind::Status(500))
                .probability(0.5),
        );
        let mut struck = Vec::new();
        for _ in 0..40 {
            struck.push(service.read(CALLS, &DAY).await.0 == StatusCode::INTERNAL_SERVER_ERROR);
        }
        struck
    };
    let first = run(1).await;
    assert!(first.contains(&true) && first.contains(&false));
    assert_eq!(first, run(1).await);
    assert_ne!(first, run(2).await);
}

#[tokio::test]
async fn a_429_by_fault_is_counted_as_one() {
    let service = with_fault(FaultKind::Status(429)).await;
    service.send(CREATE, &batch()).await;
    assert_eq!(service.emulator.stats().answered_429, 1);
}
