//! Events of trigger scenarios (пользовательские события для триггерных сценариев).

use serde_json::{Value, json};

use super::{Emulator, field, refusal::Refusal, state::State};

/// Answers `calltouch-leads/custom-event`; the event is kept with all its fields.
pub(super) fn add(state: &mut State, site: u64, body: &Value) -> Result<Value, Refusal> {
    let Value::Object(given) = body else {
        return Err(Refusal::invalid("body", "an object is expected"));
    };
    for name in ["scenarioId", "uniqueKey"] {
        if field::text(given.get(name)).is_none() {
            return Err(Refusal::invalid(name, format!("{name} is required")));
        }
    }
    let mut event = given.clone();
    event.insert("siteId".to_owned(), json!(site));
    state.custom_events.push(Value::Object(event));
    Ok(json!({ "data": {} }))
}

impl Emulator {
    /// The custom events (пользовательские события) in the order they came, each with its `siteId`.
    #[must_use]
    pub fn custom_events(&self) -> Vec<Value> {
        self.shared.state().custom_events.clone()
    }
}
