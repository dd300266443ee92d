//! `/__emulator/…`: counts, faults and contents for tests in other processes.

use std::{sync::Arc, time::Duration};

use axum::{
    Json, Router,
    body::Bytes,
    extract::State as Held,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    fault::{Fault, FaultKind},
    server::Shared,
    stats::Stats,
};

/// Requests under this path are neither counted nor limited, and faults do not touch them.
pub(super) const PREFIX: &str = "/__emulator/";

pub(super) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/__emulator/stats", get(stats))
        .route("/__emulator/faults", post(add_faults).delete(clear_faults))
        .route("/__emulator/dump", get(dump))
        .with_state(shared)
}

async fn stats(shared: Held<Arc<Shared>>) -> Json<Stats> {
    Json(shared.gate.stats())
}

async fn dump(shared: Held<Arc<Shared>>) -> Json<Value> {
    Json(shared.state().dump())
}

async fn add_faults(shared: Held<Arc<Shared>>, body: Bytes) -> Result<Json<Value>, BadRule> {
    let faults = read(&body)?;
    let added = faults.len();
    for fault in faults {
        shared.gate.add_fault(fault);
    }
    Ok(Json(json!({ "added": added })))
}

async fn clear_faults(shared: Held<Arc<Shared>>) -> StatusCode {
    shared.gate.clear_faults();
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    rules: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    route: Option<String>,
    kind: Option<Kind>,
    status: Option<u16>,
    delay_ms: Option<u64>,
    probability: Option<f64>,
    times: Option<u64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Status,
    DropBeforeCommit,
    DropAfterCommit,
    Delay,
    Truncate,
    Html,
    Empty,
}

/// A rule that cannot be read; none of its request is added.
#[derive(Debug)]
struct BadRule {
    field: String,
    message: String,
}

impl IntoResponse for BadRule {
    fn into_response(self) -> Response {
        let message = format!("{}: {}", self.field, self.message);
        let body = json!({ "field": self.field, "message": message });
        (StatusCode::BAD_REQUEST, Json(body)).into_response()
    }
}

fn read(body: &[u8]) -> Result<Vec<Fault>, BadRule> {
    let reader = &mut serde_json::Deserializer::from_slice(body);
    let rules: Rules = serde_path_to_error::deserialize(reader).map_err(|error| BadRule {
        field: error.path().to_string(),
        message: error.inner().to_string(),
    })?;
    rules
        .rules
        .into_iter()
        .enumerate()
        .map(|(index, rule)| rule.fault(index))
        .collect()
}

impl Rule {
    fn fault(self, index: usize) -> Result<Fault, BadRule> {
        let bad = |field: &str, message: &str| BadRule {
            field: format!("rules[{index}].{field}"),
            message: message.to_owned(),
        };
        let route = self.route.ok_or_else(|| bad("route", "is required"))?;
        if route != "*"
            && !route
                .split_once(' ')
                .is_some_and(|(_, path)| path.starts_with('/'))
        {
            return Err(bad("route", "\"*\" or \"METHOD /path\" is expected"));
        }
        let kind = match self.kind.ok_or_else(|| bad("kind", "is required"))? {
            Kind::Status => {
                let status = self.status.ok_or_else(|| bad("status", "is required"))?;
                if !(200..=599).contains(&status) {
                    return Err(bad("status", "200 to 599 is expected"));
                }
                FaultKind::Status(status)
            }
            Kind::Delay => {
                let delay = self
                    .delay_ms
                    .ok_or_else(|| bad("delay_ms", "is required"))?;
                FaultKind::Delay(Duration::from_millis(delay))
            }
            Kind::DropBeforeCommit => FaultKind::DropBeforeCommit,
            Kind::DropAfterCommit => FaultKind::DropAfterCommit,
            Kind::Truncate => FaultKind::Truncate,
            Kind::Html => FaultKind::Html,
            Kind::Empty => FaultKind::Empty,
        };
        let probability = self.probability.unwrap_or(1.0);
        if !(0.0..=1.0).contains(&probability) {
            return Err(bad("probability", "0 to 1 is expected"));
        }
        let fault = Fault::new(route).kind(kind).probability(probability);
        Ok(match self.times {
            Some(times) => fault.times(times),
            None => fault,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused_field(rule: &Value) -> String {
        let body = json!({ "rules": [rule] }).to_string();
        read(body.as_bytes()).unwrap_err().field
    }

    #[test]
    fn a_bad_rule_is_refused_with_the_name_of_its_field() {
        let cases = [
            (json!({"kind": "truncate"}), "rules[0].route"),
            (
                json!({"route": "create", "kind": "truncate"}),
                "rules[0].route",
            ),
            (json!({"route": "*"}), "rules[0].kind"),
            (json!({"route": "*", "kind": "explode"}), "rules[0].kind"),
            (json!({"route": "*", "kind": "status"}), "rules[0].status"),
            (
                json!({"route": "*", "kind": "status", "status": 99}),
                "rules[0].status",
            ),
            (json!({"route": "*", "kind": "delay"}), "rules[0].delay_ms"),
            (
                json!({"route": "*", "kind": "empty", "probability": 1.5}),
                "rules[0].probability",
            ),
            (
                json!({"route": "*", "kind": "empty", "times": "often"}),
                "rules[0].times",
            ),
            (
                json!({"route": "*", "kind": "empty", "chance": 1}),
                "rules[0].chance",
            ),
        ];
        for (rule, field) in cases {
            assert_eq!(refused_field(&rule), field, "{rule}");
        }
    }
}
