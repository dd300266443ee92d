//! Errors: what every bad answer becomes, and what its text says.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::error::Error as _;
use std::time::Duration;

use moysklad_api::{Client, Credentials, Error, ErrorCode, Pace, counterparty};
use serde_json::json;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

async fn client(answer: ResponseTemplate) -> (Client, MockServer) {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    let client = Client::builder(Credentials::token("t"))
        .base_url(format!("{}/api/remap/1.2", server.uri()))
        .pace(Pace::unlimited())
        .timeout(Duration::from_millis(300))
        .attempts(1)
        .answer_limit(10_000)
        .build()
        .unwrap();
    (client, server)
}

async fn read(answer: ResponseTemplate) -> Error {
    client(answer)
        .await
        .0
        .counterparties()
        .list()
        .send()
        .await
        .unwrap_err()
}

async fn write(answer: ResponseTemplate) -> Error {
    let (client, _server) = client(answer).await;
    client
        .counterparties()
        .create(counterparty::New::new("n"))
        .send()
        .await
        .unwrap_err()
}

fn refusal(status: u16, code: i64) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(json!({"errors": [{"error": "нет", "code": code}]}))
}

#[tokio::test]
async fn a_refusal_answers_every_question_about_itself() {
    let body = json!({"errors": [
        {
            "error": "поле 'email' содержит некорректный адрес petr@vector.example",
            "parameter": "email", "code": 3015, "line": 1, "column": 17,
            "moreInfo": "https://dev.moysklad.ru/doc/api/remap/1.2/#error_3015",
        },
        {"error": "ещё"},
    ]});

    let error = write(ResponseTemplate::new(412).set_body_json(body)).await;

    assert_eq!(error.operation(), "counterparty.create");
    assert_eq!(error.status(), Some(412));
    assert_eq!(error.codes().collect::<Vec<_>>(), [ErrorCode::WRONG_EMAIL]);
    assert_eq!(error.field(), Some("email"));
    assert!(error.is_validation() && !error.is_retryable() && !error.is_unclear());
    let service = &error.errors()[0];
    assert!(service.message.contains("petr@vector.example"));
    assert_eq!((service.line, service.column), (Some(1), Some(17)));
    assert_eq!(error.errors()[1].code, None);
    let text = error.to_string();
    assert_eq!(
        text,
        "counterparty.create: МойСклад refused the request (HTTP 412): 3015 on `email` at line 1 \
         column 17 «поле 'email' содержит некорректный адрес …», «ещё»; correct the request"
    );
    assert!(!format!("{error:?}").contains("petr"));
}

#[tokio::test]
async fn statuses_and_codes_lead_to_the_same_answers() {
    type Question = fn(&Error) -> bool;
    let cases: [(ResponseTemplate, Question); 18] = [
        (refusal(401, 1056), Error::is_unauthorized),
        (ResponseTemplate::new(401), Error::is_unauthorized),
        (refusal(403, 1016), Error::is_forbidden),
        (refusal(412, 14010), Error::is_forbidden),
        (refusal(400, 1045), Error::is_forbidden),
        (ResponseTemplate::new(403), Error::is_forbidden),
        (refusal(404, 1021), Error::is_not_found),
        (ResponseTemplate::new(404), Error::is_not_found),
        (refusal(409, 1028), Error::is_in_use),
        (refusal(429, 1049), Error::is_rate_limited),
        (ResponseTemplate::new(429), Error::is_rate_limited),
        (refusal(429, 1073), Error::is_parallel_limited),
        (refusal(503, 1074), Error::is_maintenance),
        (ResponseTemplate::new(503), Error::is_maintenance),
        (refusal(400, 2016), Error::is_validation),
        (ResponseTemplate::new(413), Error::is_validation),
        (refusal(504, 1088), Error::is_timeout),
        (
            ResponseTemplate::new(200).set_delay(Duration::from_secs(5)),
            Error::is_timeout,
        ),
    ];
    let questions: [(&str, Question); 9] = [
        ("unauthorized", Error::is_unauthorized),
        ("forbidden", Error::is_forbidden),
        ("not found", Error::is_not_found),
        ("in use", Error::is_in_use),
        ("rate", Error::is_rate_limited),
        ("parallel", Error::is_parallel_limited),
        ("maintenance", Error::is_maintenance),
        ("validation", Error::is_validation),
        ("timeout", Error::is_timeout),
    ];
    for (answer, holds) in cases {
        let error = read(answer).await;
        assert!(holds(&error), "{error}");
        let all: Vec<_> = questions
            .iter()
            .filter(|(_, asked)| asked(&error))
            .map(|(name, _)| *name)
            .collect();
        assert_eq!(all.len(), 1, "{error}: {all:?}");
    }
}

#[tokio::test]
async fn only_writes_are_unclear() {
    for status in [500, 502, 503, 504] {
        assert!(
            write(ResponseTemplate::new(status)).await.is_unclear(),
            "{status}"
        );
        let error = read(ResponseTemplate::new(status)).await;
        assert!(!error.is_unclear() && error.is_retryable(), "{status}");
    }
    for status in [400, 401, 403, 404, 409, 412, 413, 415, 429] {
        assert!(
            !write(ResponseTemplate::new(status)).await.is_unclear(),
            "{status}"
        );
    }
    assert!(
        write(ResponseTemplate::new(200).set_body_string("<html>"))
            .await
            .is_unclear()
    );
}

#[tokio::test]
async fn empty_and_html_answers_are_errors_with_their_status() {
    let empty = read(ResponseTemplate::new(415)).await;
    assert!(empty.to_string().contains("HTTP 415") && empty.to_string().contains("gzip"));

    let html = ResponseTemplate::new(502).set_body_raw("<html>Bad Gateway</html>", "text/html");
    let html = read(html).await;
    assert_eq!(html.status(), Some(502));
    assert!(!html.to_string().contains("html"));

    let fine = ResponseTemplate::new(200).set_body_raw("<html>login</html>", "text/html");
    let fine = read(fine).await;
    assert_eq!(fine.status(), Some(200));
    assert!(fine.to_string().contains("cannot read"), "{fine}");
    assert!(!fine.to_string().contains("login"));

    assert!(read(ResponseTemplate::new(200)).await.is_retryable());
}

#[tokio::test]
async fn an_unreadable_answer_names_the_field() {
    let rows = json!([{"id": "3c9e2a10-7b11-11f1-0a80-0a1b00000011", "name": "n", "salesAmount": "+79151234567 рублей"}]);
    let body = json!({"meta": {"size": 1}, "rows": rows});

    let error = read(ResponseTemplate::new(200).set_body_json(body)).await;

    assert_eq!(error.field(), Some("rows[0].salesAmount"));
    assert!(
        error.to_string().contains("`rows[0].salesAmount`"),
        "{error}"
    );
    assert!(!format!("{error}{error:?}").contains("7915"));
}

#[tokio::test]
async fn a_giant_answer_is_refused_before_it_fills_the_memory() {
    let error = read(ResponseTemplate::new(200).set_body_string("x".repeat(20_000))).await;

    assert!(error.to_string().contains("10000 bytes"), "{error}");
    assert!(!error.is_retryable());
}

#[tokio::test]
async fn a_redirect_is_an_error_and_is_not_followed() {
    let elsewhere = MockServer::start().await;
    let answer = ResponseTemplate::new(302).insert_header("location", elsewhere.uri());

    let error = read(answer).await;

    assert_eq!(error.status(), Some(302));
    assert!(error.to_string().contains("base URL"), "{error}");
    assert!(elsewhere.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_redirect_followed_by_a_client_of_ones_own_is_an_error_too() {
    let elsewhere = MockServer::start().await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"rows": []})))
        .mount(&elsewhere)
        .await;
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(302).insert_header("location", elsewhere.uri()))
        .mount(&server)
        .await;
    let client = Client::builder(Credentials::token("t"))
        .base_url(server.uri())
        .http_client(reqwest::Client::new())
        .attempts(1)
        .build()
        .unwrap();

    assert!(client.counterparties().list().send().await.is_err());
}

#[tokio::test]
async fn no_connection_is_told_from_no_answer() {
    let client = Client::builder(Credentials::token("t"))
        .base_url("http://127.0.0.1:1/api/remap/1.2")
        .pace(Pace::unlimited())
        .attempts(2)
        .build()
        .unwrap();

    let create = client.counterparties().create(counterparty::New::new("n"));
    let error = create.send().await.unwrap_err();

    assert!(error.is_connect() && error.is_retryable() && !error.is_unclear());
    assert_eq!(error.attempts(), 2);
    assert!(error.to_string().contains("after 2 attempts"), "{error}");
    assert!(error.source().is_some());
    assert!(!format!("{error}{error:?}").contains("entity/counterparty"));
}

#[tokio::test]
async fn the_services_wait_is_told() {
    let answer = refusal(429, 1049).insert_header("x-lognex-retry-after", "1840");
    assert_eq!(
        read(answer).await.retry_after(),
        Some(Duration::from_millis(1840))
    );
    assert_eq!(
        read(refusal(429, 1049)).await.retry_after(),
        Some(Duration::from_secs(3))
    );
    assert_eq!(read(refusal(429, 1073)).await.retry_after(), None);
}

#[test]
fn a_wrong_setting_is_told_before_anything_is_sent() {
    for (credentials, url, word) in [
        (Credentials::token(""), "http://localhost", "empty"),
        (Credentials::login("", "pw"), "http://localhost", "empty"),
        (Credentials::token("a\nb"), "http://localhost", "characters"),
        (Credentials::token("t"), "localhost:80", "http"),
        (Credentials::token("t"), "no address", "no address"),
        (
            Credentials::token("t"),
            "http://me:pw@localhost",
            "credentials",
        ),
        (Credentials::token("t"), "http://localhost?a=b", "query"),
    ] {
        let error = Client::builder(credentials)
            .base_url(url)
            .build()
            .unwrap_err();
        assert!(error.to_string().contains(word), "{error}");
        assert!(!error.to_string().contains("pw"));
    }
}

#[tokio::test]
async fn a_code_without_a_name_is_kept() {
    let error = read(refusal(412, 99_999)).await;

    assert_eq!(error.codes().next().map(ErrorCode::get), Some(99_999));
    assert!(ErrorCode::PRODUCTS.contains(&ErrorCode::new(16_050)));
}
