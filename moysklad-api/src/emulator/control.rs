//! The endpoints by which other programs look into the emulator and break it.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use http::StatusCode;
use serde_json::{Map, Value, json};

use super::entity_types;
use super::expand::Expand;
use super::fault::{Fault, FaultKind};
use super::href::{Links, ROOT};
use super::render::Renderer;
use super::shared::Shared;
use super::stats::Stats;
use super::store::Table;
use super::world::World;

type Refused = (StatusCode, Json<Value>);

/// `GET /__emulator/stats`.
pub(crate) async fn stats(State(shared): State<Arc<Shared>>) -> Json<Stats> {
    Json(shared.stats())
}

/// `GET /__emulator/dump`.
pub(crate) async fn dump(State(shared): State<Arc<Shared>>) -> Json<Value> {
    let world = shared.world.lock();
    let base = format!("http://{}{ROOT}", world.settings.hosts.own);
    Json(everything(&world, Links { base: &base }))
}

/// `POST /__emulator/faults`.
pub(crate) async fn add_faults(
    State(shared): State<Arc<Shared>>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let faults = read_rules(&body)
        .map_err(|text| (StatusCode::BAD_REQUEST, Json(json!({"error": text}))))?;
    let added = faults.len();
    let mut rules = shared.faults.lock();
    for fault in faults {
        rules.add(fault);
    }
    Ok(Json(json!({"added": added})))
}

/// `DELETE /__emulator/faults`.
pub(crate) async fn clear_faults(State(shared): State<Arc<Shared>>) -> Json<Value> {
    shared.faults.lock().clear();
    Json(json!({}))
}

/// Every object of every type, nested rows included.
pub(crate) fn everything(world: &World, links: Links<'_>) -> Value {
    let renderer = Renderer { world, links };
    let types = entity_types::ALL.iter().map(|kind| {
        let expand = Expand::nested_rows(kind);
        let rows = world.store.table(kind).into_iter().flat_map(Table::rows);
        let rows: Vec<Value> = rows.map(|row| renderer.row(kind, row, &expand)).collect();
        (kind.keyword.to_owned(), Value::from(rows))
    });
    Value::Object(types.collect())
}

fn read_rules(body: &[u8]) -> Result<Vec<Fault>, String> {
    let body: Value =
        serde_json::from_slice(body).map_err(|error| format!("the body is not JSON: {error}"))?;
    let rules = body.get("rules").and_then(Value::as_array);
    let rules = rules.ok_or_else(|| "rules: an array of rules is needed".to_owned())?;
    let read = rules.iter().enumerate().map(|(place, rule)| {
        let fields = rule
            .as_object()
            .ok_or_else(|| format!("rules[{place}]: an object is needed"));
        read_rule(fields?).map_err(|text| format!("rules[{place}].{text}"))
    });
    read.collect()
}

fn read_rule(rule: &Map<String, Value>) -> Result<Fault, String> {
    const FIELDS: [&str; 6] = [
        "route",
        "kind",
        "status",
        "delay_ms",
        "probability",
        "times",
    ];
    if let Some(unknown) = rule.keys().find(|name| !FIELDS.contains(&name.as_str())) {
        return Err(format!(
            "{unknown}: unknown field, known are {}",
            FIELDS.join(", ")
        ));
    }
    let route = rule.get("route").and_then(Value::as_str);
    let route = route
        .filter(|route| *route == "*" || route.split_once(" /").is_some())
        .ok_or("route: a method and a path such as `POST /entity/customerorder`, or `*`")?;
    let whole = |name: &str| match rule.get(name) {
        None => Ok(None),
        Some(value) => value
            .as_u64()
            .map(Some)
            .ok_or_else(|| format!("{name}: a whole number is needed")),
    };
    let kind = match rule.get("kind").and_then(Value::as_str) {
        Some("status") => {
            let status = whole("status")?.and_then(|status| u16::try_from(status).ok());
            let status = status.filter(|status| (200..=599).contains(status));
            FaultKind::Status(status.ok_or("status: a number from 200 to 599 is needed")?)
        }
        Some("drop_before_commit") => FaultKind::DropBeforeCommit,
        Some("drop_after_commit") => FaultKind::DropAfterCommit,
        Some("delay") => {
            let delay = whole("delay_ms")?.ok_or("delay_ms: a number of milliseconds is needed")?;
            FaultKind::Delay(Duration::from_millis(delay))
        }
        Some("truncate") => FaultKind::Truncate,
        Some("html") => FaultKind::Html,
        Some("empty") => FaultKind::Empty,
        _ => {
            return Err(
                "kind: one of status, drop_before_commit, drop_after_commit, delay, \
                        truncate, html, empty is needed"
                    .to_owned(),
            );
        }
    };
    let mut fault = Fault::new(route).kind(kind);
    if let Some(probability) = rule.get("probability") {
        let probability = probability
            .as_f64()
            .filter(|share| (0.0..=1.0).contains(share));
        fault =
            fault.probability(probability.ok_or("probability: a number from 0 to 1 is needed")?);
    }
    if let Some(times) = whole("times")? {
        fault = fault.times(times);
    }
    Ok(fault)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_rule_is_refused_by_the_name_of_its_field() {
        for (rule, named) in [
            (json!({"kind": "truncate"}), "rules[0].route"),
            (json!({"route": "*", "kind": "explode"}), "rules[0].kind"),
            (json!({"route": "*", "kind": "status"}), "rules[0].status"),
            (json!({"route": "*", "kind": "delay"}), "rules[0].delay_ms"),
            (
                json!({"route": "*", "kind": "truncate", "probability": 2}),
                "rules[0].probability",
            ),
            (
                json!({"route": "*", "kind": "truncate", "times": -1}),
                "rules[0].times",
            ),
            (
                json!({"route": "*", "kind": "truncate", "tims": 1}),
                "rules[0].tims",
            ),
        ] {
            let body = json!({"rules": [rule]}).to_string();
            let error = read_rules(body.as_bytes()).unwrap_err();
            assert!(error.starts_with(named), "{error}");
        }
    }
}
