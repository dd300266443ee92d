//! Building JSON without copies.

use serde_json::Value;

/// Makes an object of values that it takes over; `json!` would copy each of them.
pub(crate) fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    let fields = fields.into_iter();
    Value::Object(
        fields
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    )
}
