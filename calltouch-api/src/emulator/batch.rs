//! The items of a batch, as all methods of the newer family take them.

use serde_json::Value;

use super::refusal::Refusal;

/// The most items of one batch.
const MAX_ITEMS: usize = 100;

/// Reads the list under the key: one to a hundred items.
pub(super) fn items<'a>(body: &'a Value, key: &str) -> Result<&'a [Value], Refusal> {
    let list = body
        .get(key)
        .and_then(Value::as_array)
        .ok_or_else(|| Refusal::invalid(key, format!("{key} must be a list")))?;
    match list.len() {
        0 => Err(Refusal::invalid(key, format!("{key} must not be empty"))),
        1..=MAX_ITEMS => Ok(list),
        _ => Err(Refusal::invalid(
            key,
            format!("{key}: at most {MAX_ITEMS} items are allowed"),
        )),
    }
}
