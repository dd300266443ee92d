//! The emulator against the documented behaviour of the service, over plain HTTP.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use calltouch_api::emulator::{Emulator, EmulatorBuilder};
use reqwest::{Client, RequestBuilder, StatusCode, header, redirect};
use serde_json::{Value, json};

#[path = "emulator_service/access.rs"]
mod access;
#[path = "emulator_service/annotations.rs"]
mod annotations;
#[path = "emulator_service/calls.rs"]
mod calls;
#[path = "emulator_service/control.rs"]
mod control;
#[path = "emulator_service/deals.rs"]
mod deals;
#[path = "emulator_service/faults.rs"]
mod faults;
#[path = "emulator_service/imports.rs"]
mod imports;
#[path = "emulator_service/legacy.rs"]
mod legacy;
#[path = "emulator_service/matching.rs"]
mod matching;
#[path = "emulator_service/orders.rs"]
mod orders;
#[path = "emulator_service/points.rs"]
mod points;
#[path = "emulator_service/recordings.rs"]
mod recordings;
#[path = "emulator_service/registration.rs"]
mod registration;
#[path = "emulator_service/requests.rs"]
mod requests;
#[path = "emulator_service/seeding.rs"]
mod seeding;
#[path = "emulator_service/statistics.rs"]
mod statistics;
#[path = "emulator_service/stops.rs"]
mod stops;
#[path = "emulator_service/webhooks.rs"]
mod webhooks;
#[path = "emulator_service/widgets.rs"]
mod widgets;

const SITE: u64 = 25918;
const TOKEN: &str = "a/b.c token";

const CALLS: &str = "/calls-service/RestAPI/25918/calls-diary/calls";
const ORDERS: &str = "/calls-service/RestAPI/25918/orders-diary/orders";
const REQUESTS: &str = "/calls-service/RestAPI/requests";
const CREATE: &str = "/lead-service/v1/api/client-order/create";
const UPDATE: &str = "/lead-service/v1/api/client-order/update";
const DELETE: &str = "/lead-service/v1/api/client-order/delete";

/// An emulator and a client that follows no redirects.
struct Service {
    emulator: Emulator,
    http: Client,
}

/// What came back: the status and the JSON, null when there is none.
type Answer = (StatusCode, Value);

impl Service {
    /// A service without the limit, whose clock starts at noon of 20/11/2026 in Moscow.
    async fn start() -> Self {
        Self::start_with(|builder| builder).await
    }

    async fn start_with(change: impl FnOnce(EmulatorBuilder) -> EmulatorBuilder) -> Self {
        let builder = Emulator::builder()
            .site_id(SITE)
            .token(TOKEN)
            .limits(false)
            .now("2026-11-20T09:00:00Z".parse().unwrap());
        let http = Client::builder()
            .redirect(redirect::Policy::none())
            // No idle timers, so a paused clock stands still.
            .pool_idle_timeout(None)
            .build()
            .unwrap();
        Self {
            emulator: change(builder).start().await.unwrap(),
            http,
        }
    }

    /// A journal request with the token, not sent yet.
    fn reading(&self, path: &str, query: &[(&str, &str)]) -> RequestBuilder {
        let url = format!("{}{path}", self.emulator.base_url());
        self.http
            .get(url)
            .query(&[("clientApiId", TOKEN)])
            .query(query)
    }

    async fn read(&self, path: &str, query: &[(&str, &str)]) -> Answer {
        answer(self.reading(path, query)).await
    }

    /// The records of 20/11/2026 in the journal of calls.
    async fn calls_of_the_day(&self, query: &[(&str, &str)]) -> Vec<Value> {
        self.records(CALLS, "20/11/2026", query).await
    }

    /// The records of 20/11/2026 in the journal of deals.
    async fn orders_of_the_day(&self, query: &[(&str, &str)]) -> Vec<Value> {
        self.records(ORDERS, "20/11/2026", query).await
    }

    /// The records of 20/11/2026 in the journal of requests.
    async fn requests_of_the_day(&self, query: &[(&str, &str)]) -> Vec<Value> {
        let site = [("siteId", "25918")];
        self.records(REQUESTS, "11/20/2026", &[&site, query].concat())
            .await
    }

    async fn records(&self, path: &str, day: &str, query: &[(&str, &str)]) -> Vec<Value> {
        let period = [("dateFrom", day), ("dateTo", day), ("page", "1")];
        let (status, body) = self.read(path, &[&period, query].concat()).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        body.get("records")
            .unwrap_or(&body)
            .as_array()
            .unwrap()
            .clone()
    }

    /// A request to the newer family, not sent yet.
    fn sending(&self, path: &str, body: &Value) -> RequestBuilder {
        self.http
            .post(format!("{}{path}", self.emulator.base_url()))
            .header("Access-Token", TOKEN)
            .header("SiteId", SITE)
            .json(body)
    }

    async fn send(&self, path: &str, body: &Value) -> Answer {
        answer(self.sending(path, body)).await
    }

    /// Sends one order and returns its result.
    async fn send_one(&self, path: &str, order: Value) -> Value {
        let (status, body) = self.send(path, &json!({ "orders": [order] })).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        body["data"]["orders"][0].clone()
    }
}

async fn answer(request: RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    let status = response.status();
    let kind = response.headers().get(header::CONTENT_TYPE).cloned();
    let text = response.text().await.unwrap();
    let json = kind.is_some_and(|kind| kind == "application/json");
    (
        status,
        if json {
            serde_json::from_str(&text).unwrap()
        } else {
            Value::Null
        },
    )
}

/// A complete order of noon, 20/11/2026.
fn order(number: &str) -> Value {
    json!({
        "orderNumber": number,
        "status": "Новая сделка",
        "orderDate": "20-11-2026 12:00:00",
        "statusDate": "20-11-2026 12:00:00",
    })
}

/// The order with one field more, or another value of it.
fn order_with(number: &str, key: &str, value: Value) -> Value {
    let mut order = order(number);
    order[key] = value;
    order
}

/// The values of one field of all records.
fn column(records: &[Value], key: &str) -> Vec<Value> {
    records.iter().map(|record| record[key].clone()).collect()
}

/// The code in an answer that refuses a request by a rule of its method.
fn business_error(answer: &Answer) -> u64 {
    assert_eq!(answer.0, StatusCode::BAD_REQUEST, "{}", answer.1);
    let error = &answer.1["data"]["apiErrorData"];
    assert!(error["errorMessage"].is_string(), "{}", answer.1);
    error["errorCode"].as_u64().unwrap()
}

/// The name of the field in an answer that calls a request invalid.
fn violation(answer: &Answer) -> &str {
    assert_eq!(answer.0, StatusCode::BAD_REQUEST);
    let violation = &answer.1["data"]["validationErrorData"]["violations"][0];
    assert!(violation["message"].is_string(), "{}", answer.1);
    violation["field"].as_str().unwrap()
}
