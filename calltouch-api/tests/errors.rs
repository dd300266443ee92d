//! What goes wrong over the wire, and what the error says about it.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    unreachable_pub,
    dead_code
)]

#[path = "wire/server.rs"]
mod server;

use calltouch_api::{Client, Error, Limiter, Period};
use jiff::civil::date;
use serde_json::json;
use server::{SITE, TOKEN, asked, builder, client};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::Duration;
use wiremock::matchers::{any, path_regex};
use wiremock::{Mock, MockServer, ResponseTemplate};

fn day() -> Period {
    Period::day(date(2026, 11, 20))
}

async fn list(client: &Client) -> Result<usize, Error> {
    Ok(client.calls().list(day()).send().await?.records.len())
}

async fn answer(template: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(template)
        .mount(&server)
        .await;
    server
}

#[tokio::test]
async fn every_shape_of_a_refusal_says_what_to_do() {
    let violation = json!({"data": {"validationErrorData": {"violations": [
        {"message": "bad date", "field": "dateFrom"}, {"message": "too long"}]}}});
    let table = [
        (
            ResponseTemplate::new(403).set_body_json(json!({"message": "Invalid credentials"})),
            "calls.list of site 12345: Calltouch refused the request (HTTP 403): Invalid credentials: \
             check the token and that it may see the site",
        ),
        (
            ResponseTemplate::new(401),
            "calls.list of site 12345: Calltouch refused the request (HTTP 401): \
             check the token and that it may see the site",
        ),
        (
            ResponseTemplate::new(400)
                .set_body_json(json!({"data": {"apiErrorData": {"errorCode": 10003, "errorMessage": "one day only"}}})),
            "calls.list of site 12345: Calltouch refused the request (HTTP 400), code 10003: one day only",
        ),
        (
            ResponseTemplate::new(400).set_body_json(violation),
            "calls.list of site 12345: Calltouch refused the request (HTTP 400): \
             `dateFrom`: bad date; too long: correct the named values",
        ),
        (
            ResponseTemplate::new(500).set_body_json(json!({"message": "oops"})),
            "calls.list of site 12345: Calltouch could not serve the request (HTTP 500): oops: try again later",
        ),
        (
            ResponseTemplate::new(200).set_body_json(json!({"message": "not today"})),
            "calls.list of site 12345: Calltouch refused the request (HTTP 200): not today",
        ),
        (
            ResponseTemplate::new(200).set_body_string("<!DOCTYPE html><p>help"),
            "calls.list of site 12345: the server answered with a page for people (HTTP 200): check the base URL",
        ),
        (
            ResponseTemplate::new(200).set_body_raw("help", "text/html"),
            "calls.list of site 12345: the server answered with a page for people (HTTP 200): check the base URL",
        ),
        (
            ResponseTemplate::new(200),
            "calls.list of site 12345: the server answered with nothing (HTTP 200)",
        ),
        (
            ResponseTemplate::new(302).insert_header("Location", "/support/"),
            "calls.list of site 12345: redirected to the help centre or elsewhere (HTTP 302): \
             the address is wrong, check the base URL",
        ),
        (
            ResponseTemplate::new(200).set_body_string("{\"records\":[{"),
            "calls.list of site 12345: cannot read `records[0]` of the answer: \
             the JSON ends too early (line 1, column 13)",
        ),
        (
            ResponseTemplate::new(200).set_body_string("{}"),
            "calls.list of site 12345: cannot read the top of the answer: missing field `records`",
        ),
    ];
    for (template, wanted) in table {
        let server = answer(template).await;
        let client = builder(&server).attempts(1).build().unwrap();

        let error = list(&client).await.unwrap_err();

        assert_eq!(error.to_string(), wanted);
        assert_eq!(error.operation(), "calls.list");
    }
}

#[tokio::test]
async fn an_error_answers_the_questions_a_caller_has() {
    let server = answer(
        ResponseTemplate::new(429)
            .insert_header("Retry-After", "0")
            .set_body_json(json!({"message": "slow down"})),
    )
    .await;

    let error = list(&client(&server)).await.unwrap_err();

    assert!(error.is_rate_limited() && error.is_retryable());
    assert!(!error.is_unclear() && !error.is_unauthorized() && !error.is_validation());
    assert_eq!(
        (error.status(), error.message()),
        (Some(429), Some("slow down"))
    );
    assert_eq!(error.retry_after(), Some(Duration::ZERO));
}

#[tokio::test]
async fn a_read_is_repeated_until_it_works_or_the_attempts_are_used_up() {
    for (status, attempts) in [
        (500, 4),
        (502, 4),
        (503, 4),
        (504, 4),
        (429, 4),
        (400, 1),
        (403, 1),
        (404, 1),
    ] {
        let server = answer(ResponseTemplate::new(status)).await;
        let client = client(&server);

        let error = list(&client).await.unwrap_err();

        assert_eq!(error.status(), Some(status));
        assert_eq!(client.clone().requests_sent(), attempts, "{status}");
    }
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(500))
        .up_to_n_times(3)
        .mount(&server)
        .await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(200).set_body_string("[]"))
        .mount(&server)
        .await;
    assert_eq!(list(&client(&server)).await.unwrap(), 0);
}

#[tokio::test]
async fn a_wait_longer_than_a_minute_is_given_back_at_once() {
    let server = answer(ResponseTemplate::new(429).insert_header("Retry-After", "3600")).await;
    let client = client(&server);

    let error = list(&client).await.unwrap_err();

    assert_eq!(error.retry_after(), Some(Duration::from_hours(1)));
    assert_eq!(client.requests_sent(), 1);
}

#[tokio::test]
async fn no_connection_is_no_request() {
    // A port that was free a moment ago and has no listener.
    let address = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let client = Client::builder(SITE, TOKEN)
        .base_url(format!("http://{address}"))
        .limiter(Limiter::unlimited())
        .retry_delay(Duration::from_millis(1))
        .build()
        .unwrap();

    let error = list(&client).await.unwrap_err();

    assert!(
        error.is_connect() && error.is_retryable() && !error.is_unclear(),
        "{error}"
    );
    assert_eq!(client.requests_sent(), 4);
    let deal = calltouch_api::deal::New::new("1", "PENDING", jiff::Timestamp::UNIX_EPOCH);
    let outcomes = client.deals().create(vec![deal]).send().await;
    let row = outcomes[0].as_ref().unwrap_err();
    assert!(row.is_unsent() && row.is_retryable());
}

#[tokio::test]
async fn no_answer_in_time_leaves_a_write_unclear_and_sends_it_once() {
    let server = answer(ResponseTemplate::new(200).set_delay(Duration::from_mins(1))).await;
    let client = builder(&server)
        .timeout(Duration::from_millis(50))
        .attempts(2)
        .build()
        .unwrap();

    let error = list(&client).await.unwrap_err();
    let deal = calltouch_api::deal::New::new("1", "PENDING", jiff::Timestamp::UNIX_EPOCH);
    let outcomes = client.deals().create(vec![deal]).send().await;

    assert!(error.is_timeout() && error.is_retryable(), "{error}");
    let row = outcomes[0].as_ref().unwrap_err();
    assert!(row.is_unclear() && row.cause().unwrap().is_timeout() && !row.is_retryable());
    assert_eq!(client.requests_sent(), 3);
}

/// Serves these bytes to every connection and closes it.
fn raw_server(answer: &'static [u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        while let Ok((mut stream, _)) = listener.accept() {
            let _ = stream.read(&mut [0; 8192]);
            let _ = stream.write_all(answer);
        }
    });
    format!("http://{address}")
}

#[tokio::test]
async fn a_connection_cut_at_any_point_leaves_a_write_unclear() {
    let answers: [&[u8]; 3] = [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"data\":{\"orders\":[",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\x1f\x8b\x08\x00",
    ];
    for answer in answers {
        let server = MockServer::start().await;
        let client = builder(&server)
            .base_url(raw_server(answer))
            .build()
            .unwrap();
        let deal = calltouch_api::deal::New::new("1", "PENDING", jiff::Timestamp::UNIX_EPOCH);

        let outcomes = client.deals().create(vec![deal]).send().await;

        let row = outcomes[0].as_ref().unwrap_err();
        assert!(row.is_unclear(), "{row}");
        assert_eq!(client.requests_sent(), 1);
    }
}

#[tokio::test]
async fn an_answer_too_large_is_given_up() {
    let server =
        answer(ResponseTemplate::new(200).set_body_string(format!("[{}]", " ".repeat(1000)))).await;
    let fits = builder(&server).largest_answer(1002).build().unwrap();
    let too_small = builder(&server).largest_answer(1001).build().unwrap();

    assert_eq!(list(&fits).await.unwrap(), 0);
    let error = list(&too_small).await.unwrap_err();

    assert!(
        error.to_string().contains("larger than 1001 bytes"),
        "{error}"
    );
    assert!(error.is_unclear() && !error.is_retryable());
}

#[tokio::test]
async fn a_redirect_is_never_followed() {
    let server = MockServer::start().await;
    let away = ResponseTemplate::new(302).insert_header("Location", "/support/");
    Mock::given(path_regex("^/calls-service/"))
        .respond_with(away)
        .mount(&server)
        .await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(200).set_body_string("[]"))
        .mount(&server)
        .await;

    let error = list(&client(&server)).await.unwrap_err();

    assert_eq!(error.status(), Some(302));
    assert_eq!(asked(&server).await.len(), 1);
}

#[tokio::test]
async fn a_redirect_that_a_foreign_client_followed_is_an_error_all_the_same() {
    let server = MockServer::start().await;
    let away = ResponseTemplate::new(302).insert_header("Location", "/support/");
    Mock::given(path_regex("^/calls-service/"))
        .respond_with(away)
        .mount(&server)
        .await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(200).set_body_string("[]"))
        .mount(&server)
        .await;
    let follows = builder(&server)
        .http_client(reqwest::Client::new())
        .build()
        .unwrap();

    let error = list(&follows).await.unwrap_err();

    assert!(error.to_string().contains("redirected"), "{error}");
    assert!(error.is_unclear(), "where it went is not known");
}
