//! The program `emulators` and the endpoints by which other programs look into it.

use std::time::Duration;

use reqwest::{Client, Method, Response, StatusCode};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use crate::process::{Running, program};

/// How long something may take to show in an emulator.
const PATIENCE: Duration = Duration::from_secs(30);

/// Both emulators in a process of their own.
pub(crate) struct Emulators {
    pub(crate) calltouch: Side,
    pub(crate) moysklad: Side,
    /// The line by which the program says that it is ready.
    pub(crate) ready: Value,
    _process: Running,
}

impl Emulators {
    pub(crate) async fn start(arguments: &[&str]) -> Self {
        let mut command = program("emulators");
        command.args(arguments);
        let mut process = Running::start(command);
        let ready: Value = serde_json::from_str(&process.line().await).unwrap();
        let side = |name: &str| Side {
            base_url: text(&ready[name]["base_url"]),
            token: text(&ready[name]["token"]),
            http: Client::builder().no_proxy().build().unwrap(),
        };
        Self {
            calltouch: side("calltouch"),
            moysklad: side("moysklad"),
            ready,
            _process: process,
        }
    }
}

/// One of the two services.
#[derive(Clone)]
pub(crate) struct Side {
    pub(crate) base_url: String,
    pub(crate) token: String,
    http: Client,
}

impl Side {
    /// Asks one of the emulator's own endpoints: `stats`, `faults` or `dump`.
    pub(crate) async fn control(
        &self,
        method: Method,
        endpoint: &str,
        body: Option<Value>,
    ) -> Response {
        let host = self.base_url.trim_end_matches("/api/remap/1.2");
        let mut request = self
            .http
            .request(method, format!("{host}/__emulator/{endpoint}"));
        if let Some(body) = body {
            request = request.json(&body);
        }
        request.send().await.unwrap()
    }

    pub(crate) async fn stats(&self) -> Value {
        let answer = self.control(Method::GET, "stats", None).await;
        answer.json().await.unwrap()
    }

    pub(crate) async fn dump(&self) -> Value {
        let answer = self.control(Method::GET, "dump", None).await;
        answer.json().await.unwrap()
    }

    /// Everything stored of one kind, such as `deals` or `customerorder`.
    pub(crate) async fn all(&self, kind: &str) -> Vec<Value> {
        self.dump().await[kind].as_array().unwrap().clone()
    }

    /// How many requests went to a route.
    pub(crate) async fn count(&self, route: &str) -> u64 {
        self.stats().await["routes"][route].as_u64().unwrap_or(0)
    }

    /// Makes requests go wrong by one rule.
    pub(crate) async fn break_by(&self, rule: Value) {
        let rules = json!({ "rules": [rule] });
        let answer = self.control(Method::POST, "faults", Some(rules)).await;
        assert_eq!(answer.status(), StatusCode::OK);
    }

    /// Lets all requests go right again.
    pub(crate) async fn mend(&self) {
        let answer = self.control(Method::DELETE, "faults", None).await;
        assert!(answer.status().is_success());
    }

    /// Waits until a route has been asked.
    pub(crate) async fn until_asked(&self, route: &str) {
        let end = Instant::now() + PATIENCE;
        while self.count(route).await == 0 {
            assert!(Instant::now() < end, "{route} is never asked");
            sleep(Duration::from_millis(5)).await;
        }
    }

    /// Waits until something of a kind is stored that was not there before.
    pub(crate) async fn until_stored(&self, kind: &str, before: usize) {
        let end = Instant::now() + PATIENCE;
        while self.all(kind).await.len() <= before {
            assert!(Instant::now() < end, "no {kind} is ever stored");
            sleep(Duration::from_millis(5)).await;
        }
    }

    /// Sends a request to МойСклад as its user.
    pub(crate) async fn ask(&self, method: Method, path: &str, body: Option<Value>) -> Value {
        let mut request = self
            .http
            .request(method, format!("{}{path}", self.base_url))
            .bearer_auth(&self.token);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = request.send().await.unwrap();
        let status = answer.status();
        let answer: Value = answer.json().await.unwrap();
        assert!(status.is_success(), "{path}: {answer}");
        answer
    }
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}
