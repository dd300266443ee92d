//! The guard over the wire: what endangers the access is not sent, and the error says so.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::time::Duration;

use jiff::Timestamp;
use moysklad_api::counterparty::{self, Counterparty};
use moysklad_api::{Client, Credentials, Error, Id, Pace};
use serde_json::json;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

const ID: &str = "e5a3c7b0-7b30-11f1-0a80-05cd00000100";

fn client(server: &MockServer, pace: Pace) -> Client {
    Client::builder(Credentials::token("t"))
        .base_url(format!("{}/api/remap/1.2", server.uri()))
        .pace(pace)
        .attempts(1)
        .build()
        .unwrap()
}

fn id(number: u32) -> Id<Counterparty> {
    ID.replace("00000100", &format!("{number:08}"))
        .parse()
        .unwrap()
}

async fn answering(answer: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    server
}

async fn update(client: &Client, id: Id<Counterparty>) -> Result<Counterparty, Error> {
    let update = counterparty::Update::default();
    client.counterparties().update(id, update).send().await
}

async fn seen(server: &MockServer) -> usize {
    server.received_requests().await.unwrap().len()
}

#[tokio::test]
async fn an_object_is_not_updated_more_often_than_a_quarter_of_what_bans() {
    let server =
        answering(ResponseTemplate::new(200).set_body_json(json!({"id": ID, "name": "n"}))).await;
    let pace = Pace::solution();
    let client = client(&server, pace.clone());
    for _ in 0..25 {
        update(&client, id(1)).await.unwrap();
    }

    let error = update(&client, id(1)).await.unwrap_err();

    assert!(error.is_held_back() && error.is_retryable() && !error.is_unclear());
    assert_eq!(error.status(), None);
    let until = error.held_until().unwrap();
    let now = Timestamp::now();
    assert!(until > now && until.duration_since(now) <= Duration::from_mins(1).try_into().unwrap());
    assert!(error.retry_after().unwrap() > Duration::from_secs(30));
    let text = error.to_string();
    assert!(text.contains("25 updates of one object"), "{text}");
    assert!(text.contains(&format!("{until:.0}")), "{text}");
    assert_eq!(seen(&server).await, 25);

    update(&client, id(2)).await.unwrap();
    let other = self::client(&server, pace);
    assert!(
        update(&other, id(1)).await.unwrap_err().is_held_back(),
        "the guard is the user's, not the client's"
    );
}

#[tokio::test]
async fn a_request_that_keeps_failing_stops_and_others_go_on() {
    let server = answering(ResponseTemplate::new(404)).await;
    let client = client(&server, Pace::solution());
    let mut sent = 0;
    let error = loop {
        let error = client.counterparties().get(id(1)).send().await.unwrap_err();
        if error.is_held_back() {
            break error;
        }
        assert!(error.is_not_found());
        sent += 1;
        assert!(sent <= 50, "more than a quarter of what bans");
    };

    assert!(error.to_string().contains("failures of this very request"));
    assert_eq!(seen(&server).await, sent);
    let other = client.counterparties().get(id(2)).send().await;
    assert!(other.unwrap_err().is_not_found());
}

#[tokio::test]
async fn answers_429_stop_all_requests() {
    let refusal = ResponseTemplate::new(429).insert_header("x-lognex-retry-after", "1");
    let server = answering(refusal).await;
    let client = client(&server, Pace::solution());
    let mut sent = 0;
    let error = loop {
        let error = client
            .counterparties()
            .get(id(sent))
            .send()
            .await
            .unwrap_err();
        if error.is_held_back() {
            break error;
        }
        assert!(error.is_rate_limited());
        sent += 1;
        assert!(sent <= 50, "more than a quarter of what bans");
    };

    assert!(error.to_string().contains("answers 429"), "{error}");
    assert_eq!(seen(&server).await, usize::try_from(sent).unwrap());
}

#[tokio::test]
async fn a_held_request_is_not_waited_for_inside_a_call() {
    let server =
        answering(ResponseTemplate::new(200).set_body_json(json!({"id": ID, "name": "n"}))).await;
    let patient = Client::builder(Credentials::token("t"))
        .base_url(format!("{}/api/remap/1.2", server.uri()))
        .pace(Pace::solution())
        .attempts(5)
        .build()
        .unwrap();
    for _ in 0..25 {
        update(&patient, id(1)).await.unwrap();
    }

    let held = tokio::time::timeout(Duration::from_secs(20), update(&patient, id(1))).await;

    assert!(held.unwrap().unwrap_err().is_held_back());
}

#[tokio::test]
async fn rows_that_were_held_back_are_unsent_and_can_be_sent_again() {
    let refusal = ResponseTemplate::new(429).insert_header("x-lognex-retry-after", "1");
    let server = answering(refusal).await;
    let client = client(&server, Pace::solution());
    for number in 0..40 {
        let error = client.counterparties().get(id(number)).send().await;
        assert!(error.unwrap_err().is_rate_limited());
    }

    let rows = client
        .counterparties()
        .create_many(vec![counterparty::New::new("n")])
        .send()
        .await;

    let error = rows[0].as_ref().unwrap_err();
    assert!(error.is_unsent() && error.is_retryable());
    assert!(error.cause().unwrap().is_held_back());
}

#[tokio::test]
async fn a_server_of_ones_own_is_not_guarded() {
    let server = answering(ResponseTemplate::new(404)).await;
    let client = client(&server, Pace::unlimited());

    for _ in 0..60 {
        let error = client.counterparties().get(id(1)).send().await.unwrap_err();
        assert!(error.is_not_found());
    }
}

#[tokio::test]
async fn a_tariff_without_something_is_told_and_advised_on() {
    for (status, code) in [
        (403, 1043),
        (403, 1070),
        (412, 30_006),
        (412, 41_001),
        (402, 0),
    ] {
        let body = json!({"errors": [
            {"error": "первое", "code": 3000, "parameter": "name"},
            {"error": "тариф", "code": code},
        ]});
        let server = answering(ResponseTemplate::new(status).set_body_json(body)).await;
        let client = client(&server, Pace::unlimited());

        let error = client.counterparties().get(id(1)).send().await.unwrap_err();

        assert!(error.is_tariff(), "{code}");
        assert_eq!(error.errors().len(), 2);
        assert_eq!(error.field(), Some("name"));
        assert!(!error.is_maintenance());
    }
    let server = answering(ResponseTemplate::new(412)).await;
    let client = client(&server, Pace::unlimited());
    assert!(
        !client
            .counterparties()
            .get(id(1))
            .send()
            .await
            .unwrap_err()
            .is_tariff()
    );
}
