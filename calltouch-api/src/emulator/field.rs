//! Readers of one JSON value that accept the spellings clients use.

use rust_decimal::Decimal;
use serde_json::{Map, Number, Value};

/// A JSON object of the service.
pub(super) type Object = Map<String, Value>;

/// Reads an id, also when it is written as text.
pub(super) fn id(value: Option<&Value>) -> Option<u64> {
    match value? {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// Reads a text that is not empty; a number is read as its digits.
pub(super) fn text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        _ => None,
    }
}

/// Reads a text as it is, an absent one as empty.
pub(super) fn raw<'a>(object: &'a Object, key: &str) -> &'a str {
    object.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// Reads a flag, also written as a word or a number.
pub(super) fn is_set(object: &Object, key: &str) -> bool {
    match object.get(key) {
        Some(Value::Bool(set)) => *set,
        Some(Value::String(word)) => flag(word).unwrap_or_default(),
        Some(Value::Number(number)) => number.as_u64() == Some(1),
        _ => false,
    }
}

/// Reads a flag in any spelling of published clients: `true`, `True`, `1`.
pub(super) fn flag(word: &str) -> Option<bool> {
    match word.to_ascii_lowercase().as_str() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

/// Whether the value is absent or null.
pub(super) fn is_empty(value: Option<&Value>) -> bool {
    value.is_none_or(Value::is_null)
}

/// Reads a sum in roubles from a number or a text.
pub(super) fn decimal(value: &Value) -> Option<Decimal> {
    match value {
        Value::Number(number) => {
            let text = number.to_string();
            text.parse()
                .or_else(|_| Decimal::from_scientific(&text))
                .ok()
        }
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// Writes a sum as a JSON number, null when there is none.
pub(super) fn amount(value: Option<&Value>) -> Value {
    let Some(sum) = value.and_then(decimal) else {
        return Value::Null;
    };
    let whole = if sum.fract().is_zero() {
        i64::try_from(sum).ok()
    } else {
        None
    };
    whole
        .map(Number::from)
        .or_else(|| f64::try_from(sum).ok().and_then(Number::from_f64))
        .map_or(Value::Null, Value::Number)
}

/// The items of a list; anything else has none.
pub(super) fn items(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_sum_keeps_its_kopecks_and_stays_whole_when_it_is_whole() {
        assert_eq!(amount(Some(&json!("100000.50"))), json!(100_000.5));
        assert_eq!(amount(Some(&json!("1500"))), json!(1500));
        assert_eq!(amount(Some(&json!("1500.00"))), json!(1500));
        assert_eq!(amount(Some(&json!(12.34))), json!(12.34));
        assert_eq!(amount(Some(&json!("много"))), Value::Null);
        assert_eq!(amount(None), Value::Null);
    }

    #[test]
    fn a_flag_is_read_in_every_published_spelling() {
        for word in ["true", "True", "TRUE", "1"] {
            assert_eq!(flag(word), Some(true), "{word}");
        }
        for word in ["false", "False", "0"] {
            assert_eq!(flag(word), Some(false), "{word}");
        }
        assert_eq!(flag("yes"), None);
    }
}
