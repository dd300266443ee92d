//! Bulk requests: one result for every row, whatever the service answers.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::time::Duration;

use moysklad_api::counterparty::{self, Counterparty};
use moysklad_api::{Client, Credentials, ErrorCode, Id, Pace};
use serde_json::{Value, json};
use uuid::Uuid;
use wiremock::matchers::{any, method, path};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

const BASE: &str = "/api/remap/1.2";

fn client(server: &MockServer) -> Client {
    Client::builder(Credentials::token("t"))
        .base_url(format!("{}{BASE}", server.uri()))
        .pace(Pace::unlimited())
        .timeout(Duration::from_secs(2))
        .attempts(2)
        .build()
        .unwrap()
}

fn uuid(number: usize) -> Uuid {
    Uuid::from_u128(number.try_into().unwrap())
}

fn new(number: usize) -> counterparty::New {
    counterparty::New::new(format!("n{number}")).sync_id(uuid(number))
}

fn refusal() -> Value {
    json!({"errors": [{
        "error": "поле 'email' содержит некорректный адрес",
        "parameter": "email",
        "code": 3015,
    }]})
}

/// Answers as the service does: every row saved under its `syncId`.
fn save_all(request: &Request) -> ResponseTemplate {
    let rows: Vec<Value> = request.body_json().unwrap();
    let saved: Vec<_> = rows
        .iter()
        .map(|row| json!({"id": row["syncId"], "name": row["name"]}))
        .collect();
    ResponseTemplate::new(200).set_body_json(saved)
}

#[tokio::test]
async fn more_than_a_thousand_rows_are_split_and_keep_their_order() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path(format!("{BASE}/entity/counterparty")))
        .respond_with(save_all)
        .mount(&server)
        .await;
    let client = client(&server);

    let results = client
        .counterparties()
        .create_many((0..2500).map(new).collect())
        .send()
        .await;

    assert_eq!(client.requests_sent(), 3);
    assert_eq!(results.len(), 2500);
    for (number, result) in results.iter().enumerate() {
        assert_eq!(result.as_ref().unwrap().name, format!("n{number}"));
    }
}

#[tokio::test]
async fn no_rows_make_no_request() {
    let server = MockServer::start().await;
    let client = client(&server);

    assert!(
        client
            .counterparties()
            .create_many(Vec::new())
            .send()
            .await
            .is_empty()
    );
    assert_eq!(client.requests_sent(), 0);
}

#[tokio::test]
async fn a_mixed_answer_is_read_row_by_row_whatever_its_status() {
    for status in [200, 400, 412] {
        let server = MockServer::start().await;
        let rows = json!([{"id": uuid(0), "name": "n0"}, refusal(), {"id": uuid(2), "name": "n2"}]);
        Mock::given(any())
            .respond_with(ResponseTemplate::new(status).set_body_json(rows))
            .mount(&server)
            .await;

        let results = client(&server)
            .counterparties()
            .create_many((0..3).map(new).collect())
            .send()
            .await;

        assert_eq!(results[0].as_ref().unwrap().name, "n0");
        assert_eq!(results[2].as_ref().unwrap().name, "n2");
        let refused = results[1].as_ref().unwrap_err();
        assert!(refused.is_refused() && !refused.is_whole_request() && !refused.is_retryable());
        assert_eq!(refused.code(), Some(ErrorCode::WRONG_EMAIL));
        assert_eq!(refused.field(), Some("email"));
        assert!(refused.cause().is_none());
        let sent: Vec<Value> = server.received_requests().await.unwrap()[0]
            .body_json()
            .unwrap();
        assert_eq!(sent[1], json!({"name": "n1", "syncId": uuid(1)}));
    }
}

#[tokio::test]
async fn a_row_that_cannot_be_read_may_be_saved_and_holds_up_no_other() {
    let server = MockServer::start().await;
    let rows = json!([{"id": 5, "name": "n0"}, {"id": uuid(1), "name": "n1"}]);
    Mock::given(any())
        .respond_with(ResponseTemplate::new(200).set_body_json(rows))
        .mount(&server)
        .await;

    let results = client(&server)
        .counterparties()
        .create_many((0..2).map(new).collect())
        .send()
        .await;

    let unclear = results[0].as_ref().unwrap_err();
    assert!(unclear.is_unclear() && unclear.is_retryable(), "{unclear}");
    assert_eq!(unclear.field(), Some("id"));
    assert!(results[1].is_ok());
}

#[tokio::test]
async fn an_answer_of_another_length_leaves_every_row_unclear() {
    for rows in [
        json!([]),
        json!([{"id": uuid(0), "name": "n0"}]),
        json!({"id": uuid(0), "name": "n"}),
    ] {
        let server = MockServer::start().await;
        Mock::given(any())
            .respond_with(ResponseTemplate::new(200).set_body_json(rows))
            .mount(&server)
            .await;

        let results = client(&server)
            .counterparties()
            .create_many((0..2).map(new).collect())
            .send()
            .await;

        assert_eq!(results.len(), 2);
        assert!(
            results
                .iter()
                .all(|row| row.as_ref().unwrap_err().is_unclear())
        );
    }
}

#[tokio::test]
async fn an_array_of_one_may_be_answered_by_an_object() {
    let server = MockServer::start().await;
    let saved = json!({"id": uuid(0), "name": "n0"});
    Mock::given(any())
        .respond_with(ResponseTemplate::new(200).set_body_json(saved))
        .up_to_n_times(1)
        .mount(&server)
        .await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(412).set_body_json(refusal()))
        .mount(&server)
        .await;
    let counterparties = client(&server).counterparties();

    let saved = counterparties.create_many(vec![new(0)]).send().await;
    let refused = counterparties.create_many(vec![new(0)]).send().await;

    assert_eq!(saved[0].as_ref().unwrap().name, "n0");
    let refused = refused[0].as_ref().unwrap_err();
    assert!(refused.is_refused() && !refused.is_whole_request());
    assert_eq!(refused.code(), Some(ErrorCode::WRONG_EMAIL));
}

#[tokio::test]
async fn a_refusal_of_the_whole_request_is_told_from_one_of_a_row() {
    let server = MockServer::start().await;
    let body = json!({"errors": [{"error": "не JSON", "code": 2001, "line": 1, "column": 3}]});
    Mock::given(any())
        .respond_with(ResponseTemplate::new(400).set_body_json(body))
        .mount(&server)
        .await;

    let results = client(&server)
        .counterparties()
        .create_many((0..2).map(new).collect())
        .send()
        .await;

    for row in results {
        let error = row.unwrap_err();
        assert!(error.is_refused() && error.is_whole_request());
        assert_eq!(error.code(), Some(ErrorCode::NOT_JSON));
        assert!(error.cause().unwrap().is_validation());
    }
}

#[tokio::test]
async fn a_bulk_whose_every_row_has_a_sync_id_is_repeated() {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(504))
        .up_to_n_times(1)
        .mount(&server)
        .await;
    Mock::given(any())
        .respond_with(save_all)
        .mount(&server)
        .await;
    let client = client(&server);

    let results = client
        .counterparties()
        .create_many((0..2).map(new).collect())
        .send()
        .await;

    assert!(results.iter().all(Result::is_ok));
    assert_eq!(client.requests_sent(), 2);
}

#[tokio::test]
async fn a_bulk_with_one_row_without_a_sync_id_is_not_repeated() {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(504))
        .mount(&server)
        .await;
    let client = client(&server);
    let rows = vec![new(0), counterparty::New::new("n1")];

    let results = client.counterparties().create_many(rows).send().await;

    assert_eq!(client.requests_sent(), 1);
    let [first, second] = results.try_into().unwrap();
    let (first, second) = (first.unwrap_err(), second.unwrap_err());
    assert!(first.is_unclear() && first.is_retryable());
    assert!(second.is_unclear() && !second.is_retryable());
}

#[tokio::test]
async fn after_wrong_credentials_no_further_rows_are_sent() {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(401))
        .mount(&server)
        .await;
    let client = client(&server);

    let results = client
        .counterparties()
        .create_many((0..1001).map(new).collect())
        .send()
        .await;

    assert_eq!(client.requests_sent(), 1);
    assert_eq!(results.len(), 1001);
    for row in results {
        let error = row.unwrap_err();
        assert!(error.is_unsent() && error.cause().unwrap().is_unauthorized());
    }
}

#[tokio::test]
async fn what_was_turned_away_for_its_rate_is_unsent() {
    let server = MockServer::start().await;
    let busy = ResponseTemplate::new(429).insert_header("x-lognex-retry-after", "10");
    Mock::given(any()).respond_with(busy).mount(&server).await;
    let client = client(&server);

    let results = client
        .counterparties()
        .create_many(vec![new(0), new(1)])
        .send()
        .await;

    assert_eq!(client.requests_sent(), 2);
    for row in results {
        let error = row.unwrap_err();
        assert!(error.is_unsent() && error.is_retryable(), "{error}");
    }
}

#[tokio::test]
async fn many_updates_name_their_objects() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path(format!("{BASE}/entity/counterparty")))
        .respond_with(|request: &Request| {
            let rows: Vec<Value> = request.body_json().unwrap();
            let saved: Vec<_> = rows
                .iter()
                .map(|row| {
                    let href = row["meta"]["href"].as_str().unwrap();
                    json!({"id": href.rsplit('/').next().unwrap(), "name": row["description"]})
                })
                .collect();
            ResponseTemplate::new(200).set_body_json(saved)
        })
        .mount(&server)
        .await;
    let update = |text: &str| counterparty::Update {
        description: text.to_owned().into(),
        ..Default::default()
    };
    let updates = vec![
        (Id::new(uuid(1)), update("a")),
        (Id::new(uuid(2)), update("b")),
    ];

    let results = client(&server)
        .counterparties()
        .update_many(updates)
        .send()
        .await;

    let names: Vec<_> = results.into_iter().map(|row| row.unwrap()).collect();
    assert_eq!(names[0].id.uuid(), uuid(1));
    assert_eq!(names[1].name, "b");
    let sent: Value = server.received_requests().await.unwrap()[0]
        .body_json()
        .unwrap();
    assert_eq!(
        sent[0],
        json!({
            "meta": {
                "href": format!(
                    "https://api.moysklad.ru/api/remap/1.2/entity/counterparty/{}", uuid(1)
                ),
                "type": "counterparty",
                "mediaType": "application/json",
            },
            "description": "a",
        })
    );
}

#[tokio::test]
async fn many_deletions_have_a_result_each() {
    let server = MockServer::start().await;
    let gone = json!({"errors": [{"error": "не найден", "code": 1021}]});
    Mock::given(path(format!("{BASE}/entity/counterparty/delete")))
        .respond_with(
            ResponseTemplate::new(200).set_body_json(json!([{"info": "удалена"}, gone.clone()])),
        )
        .mount(&server)
        .await;
    let ids: Vec<Id<Counterparty>> = vec![Id::new(uuid(1)), Id::new(uuid(2))];

    let results = client(&server)
        .counterparties()
        .delete_many(ids)
        .send()
        .await;

    assert!(results[0].is_ok());
    assert_eq!(
        results[1].as_ref().unwrap_err().code(),
        Some(ErrorCode::NOT_FOUND)
    );
}

#[tokio::test]
async fn many_deletions_repeated_after_a_lost_answer_succeed() {
    let server = MockServer::start().await;
    let gone = json!({"errors": [{"error": "не найден", "code": 1021}]});
    Mock::given(any())
        .respond_with(ResponseTemplate::new(502))
        .up_to_n_times(1)
        .mount(&server)
        .await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(200).set_body_json(json!([gone])))
        .mount(&server)
        .await;

    let ids: Vec<Id<Counterparty>> = vec![Id::new(uuid(1))];
    let results = client(&server)
        .counterparties()
        .delete_many(ids)
        .send()
        .await;

    assert!(results[0].is_ok());
}

#[tokio::test]
async fn answers_to_rows_are_read_as_any_type() {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(save_all)
        .mount(&server)
        .await;

    let create = client(&server).counterparties().create_many(vec![new(3)]);
    let results = create.send_as::<Value>().await;

    assert_eq!(results[0].as_ref().unwrap()["id"], json!(uuid(3)));
}

#[tokio::test]
async fn every_request_can_be_spawned() {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(404))
        .mount(&server)
        .await;
    let counterparties = client(&server).counterparties();
    let id: Id<Counterparty> = Id::new(uuid(1));

    let update = counterparties.update(id, counterparty::Update::default());
    let (save, many) = (
        counterparties.create(new(1)),
        counterparties.create_many(vec![new(1)]),
    );
    let (remove, removals) = (
        counterparties.delete(id),
        counterparties.delete_many(vec![id]),
    );
    let attribute = counterparties.attributes().list();
    let (metadata, states) = (counterparties.metadata(), counterparties.states().list());

    assert!(tokio::spawn(update.send()).await.unwrap().is_err());
    assert!(tokio::spawn(save.send()).await.unwrap().is_err());
    assert!(tokio::spawn(many.send()).await.unwrap()[0].is_err());
    assert!(tokio::spawn(remove.send()).await.unwrap().is_err());
    assert!(tokio::spawn(removals.send()).await.unwrap()[0].is_err());
    assert!(tokio::spawn(attribute.send()).await.unwrap().is_err());
    assert!(tokio::spawn(metadata.send()).await.unwrap().is_err());
    assert!(tokio::spawn(states.send()).await.unwrap().is_err());
    assert!(
        tokio::spawn(counterparties.list().send_all())
            .await
            .unwrap()
            .is_err()
    );
}
