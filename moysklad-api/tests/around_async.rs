//! Asynchronous tasks and named filters over the wire.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::time::Duration;

use moysklad_api::async_task::{self, AsyncTask, TaskState};
use moysklad_api::counterparty;
use moysklad_api::{Client, Credentials, ErrorCode, Id, Pace, Ref};
use serde_json::{Value, json};
use wiremock::matchers::{header, method, path, query_param, query_param_is_missing};
use wiremock::{Mock, MockServer, ResponseTemplate};

const BASE: &str = "/api/remap/1.2";
const ID: &str = "aa01c3d4-7c22-11f1-0a80-05cd00000400";

fn client(server: &MockServer) -> Client {
    Client::builder(Credentials::token("t"))
        .base_url(format!("{}{BASE}", server.uri()))
        .pace(Pace::unlimited())
        .attempts(2)
        .build()
        .unwrap()
}

fn ok(body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

async fn accept(server: &MockServer) {
    let link = format!("https://api.moysklad.ru{BASE}/async/{ID}");
    Mock::given(path(format!("{BASE}/entity/counterparty")))
        .and(query_param("async", "true"))
        .and(query_param_is_missing("limit"))
        .and(query_param_is_missing("offset"))
        .respond_with(
            ResponseTemplate::new(202)
                .insert_header("location", format!("{link}/result"))
                .insert_header("content-location", link),
        )
        .expect(1)
        .mount(server)
        .await;
}

fn task(state: &str) -> Value {
    json!({"id": ID, "state": state, "request": "r", "deletionDate": "2026-08-16 11:40:00.000"})
}

#[tokio::test]
async fn a_list_is_started_awaited_and_fetched_without_credentials() {
    let (server, storage) = (MockServer::start().await, MockServer::start().await);
    accept(&server).await;
    Mock::given(path(format!("{BASE}/async/{ID}")))
        .respond_with(ok(&task("PROCESSING")))
        .up_to_n_times(2)
        .mount(&server)
        .await;
    Mock::given(path(format!("{BASE}/async/{ID}")))
        .respond_with(ok(&task("DONE")))
        .mount(&server)
        .await;
    Mock::given(path(format!("{BASE}/async/{ID}/result")))
        .and(header("authorization", "Bearer t"))
        .respond_with(
            ResponseTemplate::new(302).insert_header("location", format!("{}/r", storage.uri())),
        )
        .mount(&server)
        .await;
    Mock::given(path("/r"))
        .respond_with(ok(
            &json!({"meta": {"size": 1}, "rows": [{"id": ID, "name": "ООО Вектор"}]}),
        ))
        .mount(&storage)
        .await;

    let list = client(&server)
        .counterparties()
        .list()
        .filter(counterparty::PHONE.starts_with("+7915"));
    let started = list.start().await.unwrap();
    let done = started.wait(Duration::from_millis(1)).await.unwrap();
    let rows = started.fetch().await.unwrap();

    assert_eq!(started.id(), ID.parse().unwrap());
    assert_eq!(done.state, TaskState::Done);
    assert_eq!(rows[0].name, "ООО Вектор");
    let first = &server.received_requests().await.unwrap()[0];
    assert!(first.url.query().unwrap().contains("filter="));
    let seen = storage.received_requests().await.unwrap();
    assert!(!seen[0].headers.contains_key("authorization"));
}

#[tokio::test]
async fn a_result_that_is_no_list_names_the_field() {
    let server = MockServer::start().await;
    accept(&server).await;
    Mock::given(path(format!("{BASE}/async/{ID}/result")))
        .respond_with(ok(&json!({"rows": [{"id": 5}]})))
        .mount(&server)
        .await;

    let started = client(&server)
        .counterparties()
        .list()
        .start()
        .await
        .unwrap();
    let error = started.fetch().await.unwrap_err();

    assert_eq!(error.field(), Some("rows[0].id"));
}

#[tokio::test]
async fn a_task_with_a_page_is_refused_before_sending() {
    let server = MockServer::start().await;
    let list = || client(&server).counterparties().list();

    for list in [list().limit(10), list().offset(1)] {
        assert_eq!(list.start().await.unwrap_err().status(), None);
    }
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn starting_is_not_repeated_after_an_unclear_end() {
    let server = MockServer::start().await;
    Mock::given(query_param("async", "true"))
        .respond_with(ResponseTemplate::new(502))
        .expect(1)
        .mount(&server)
        .await;

    let error = client(&server)
        .counterparties()
        .list()
        .start()
        .await
        .unwrap_err();

    assert!(error.is_unclear());
}

#[tokio::test]
async fn an_answer_that_names_no_task_is_an_error() {
    for answer in [
        ResponseTemplate::new(202),
        ResponseTemplate::new(202).insert_header("location", "https://h/async/nonsense/result"),
        ok(&json!({"rows": []})),
    ] {
        let server = MockServer::start().await;
        Mock::given(method("GET"))
            .respond_with(answer)
            .mount(&server)
            .await;

        assert!(
            client(&server)
                .counterparties()
                .list()
                .start()
                .await
                .is_err()
        );
    }
}

#[tokio::test]
async fn tasks_are_listed_and_cancelled() {
    let server = MockServer::start().await;
    let failed = json!({
        "id": ID, "state": "API_ERROR", "request": "r",
        "errors": [{"error": "нет параметра", "code": 39_000}, {"error": "и ещё"}],
    });
    Mock::given(path(format!("{BASE}/async")))
        .and(query_param("filter", "state=API_ERROR"))
        .respond_with(ok(&json!({"meta": {"size": 1}, "rows": [failed]})))
        .mount(&server)
        .await;
    let refused = json!({"errors": [{"error": "нельзя", "code": 61_007}]});
    Mock::given(method("PUT"))
        .and(path(format!("{BASE}/async/{ID}/cancel")))
        .respond_with(ResponseTemplate::new(204))
        .up_to_n_times(1)
        .mount(&server)
        .await;
    Mock::given(method("PUT"))
        .respond_with(ResponseTemplate::new(412).set_body_json(refused))
        .mount(&server)
        .await;
    let tasks = client(&server).async_tasks();

    let filter = async_task::STATE.eq(TaskState::ApiError);
    let found = tasks.list().filter(filter).send().await.unwrap();
    let id: Id<AsyncTask> = found.rows[0].id;
    tasks.cancel(id).send().await.unwrap();
    let error = tasks.cancel(id).send().await.unwrap_err();

    assert_eq!(found.rows[0].errors.len(), 2);
    assert_eq!(found.rows[0].errors[0].code, Some(ErrorCode::from(39_000)));
    assert!(
        error
            .codes()
            .any(|code| code == ErrorCode::ASYNC_UNCANCELLABLE)
    );
}

#[tokio::test]
async fn a_named_filter_is_found_and_applied_alone() {
    let server = MockServer::start().await;
    let href = |host: &str| format!("https://{host}{BASE}/entity/counterparty/namedfilter/{ID}");
    let row = json!({
        "meta": {"href": href("online.moysklad.ru"), "type": "namedfilter"}, "id": ID,
        "name": "Должники", "owner": {"meta": {"type": "employee"}},
    });
    let employee = Ref::of_type("employee", ID.parse().unwrap());
    Mock::given(path(format!("{BASE}/entity/counterparty/namedfilter")))
        .and(query_param(
            "owner",
            format!("https://api.moysklad.ru{BASE}/entity/employee/{ID}"),
        ))
        .respond_with(ok(&json!({"meta": {"size": 1}, "rows": [row]})))
        .mount(&server)
        .await;
    Mock::given(path(format!("{BASE}/entity/counterparty")))
        .and(query_param("namedfilter", href("api.moysklad.ru")))
        .and(query_param_is_missing("order"))
        .respond_with(ok(&json!({"meta": {"size": 0}, "rows": []})))
        .expect(1)
        .mount(&server)
        .await;
    let all = client(&server).counterparties();

    let filters = all.named_filters().owner(&employee).send().await.unwrap();
    let debtors = || all.list().named_filter(&filters[0].to_ref());

    assert_eq!(filters[0].name.as_deref(), Some("Должники"));
    assert!(debtors().send_all().await.unwrap().is_empty());
    for list in [
        debtors().filter(counterparty::PHONE.is_empty()),
        debtors().search("x"),
    ] {
        assert_eq!(list.send().await.unwrap_err().status(), None);
    }
}
