//! The names and values of a webhook, from a query, a form or JSON.

use crate::error::{Error, Reason, Result};
use crate::lenient;
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use url::form_urlencoded;

/// Holds everything a webhook sent, as text under the names of the service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Fields(BTreeMap<String, String>);

impl Fields {
    /// Shows the value of a name, as it was sent.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Shows the value of a name, unless it is empty, `null`, `undefined` or a placeholder of the cabinet.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        let value = self.get(name)?.trim();
        let nothing = value.is_empty() || matches!(value, "null" | "undefined");
        (!nothing && !is_placeholder(value)).then_some(value)
    }

    /// Walks names and values, in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether a value is a placeholder of the cabinet's test button.
    pub(super) fn has_placeholder(&self) -> bool {
        self.0.values().any(|value| is_placeholder(value))
    }

    pub(super) fn from_pairs<N, V>(pairs: impl IntoIterator<Item = (N, V)>) -> Self
    where
        N: Into<String>,
        V: Into<String>,
    {
        let pair = |(name, value): (N, V)| (name.into(), value.into());
        Self(pairs.into_iter().map(pair).collect())
    }

    pub(super) fn read(query: &str, content_type: Option<&str>, body: &[u8]) -> Result<Self> {
        let query = query.trim_start_matches('?').as_bytes();
        let mut fields = Self::from_pairs(form_urlencoded::parse(query));
        let text = body.trim_ascii();
        let kind = content_type.unwrap_or_default().to_ascii_lowercase();
        if kind.contains("json") || text.starts_with(b"{") {
            fields.0.extend(json(text)?.0);
        } else if kind.starts_with("multipart/") {
            return Err(refuse("a multipart body is nothing Calltouch sends"));
        } else {
            fields
                .0
                .extend(Self::from_pairs(form_urlencoded::parse(text)).0);
        }
        Ok(fields)
    }
}

fn refuse(what: &str) -> Error {
    Error::local("webhook.read", Reason::Input(what.to_owned()))
}

/// Reads an object; nothing at all is an empty one.
fn json(text: &[u8]) -> Result<Fields> {
    if text.is_empty() {
        return Ok(Fields::default());
    }
    let object: Map<String, Value> = serde_json::from_slice(text)
        .map_err(|_| refuse("the body says that it is JSON, and is no JSON object"))?;
    let fields = object.into_iter();
    Ok(Fields(
        fields
            .filter_map(|(name, value)| Some((name, flat(value)?)))
            .collect(),
    ))
}

/// A value as a form would have it: a list is cut by commas, null is nothing.
fn flat(value: Value) -> Option<String> {
    let is_flat = |value: &Value| !value.is_array() && !value.is_object();
    match value {
        Value::Array(list) if list.iter().all(is_flat) => {
            let texts: Vec<String> = list.into_iter().filter_map(lenient::to_string).collect();
            Some(texts.join(","))
        }
        other => lenient::to_string(other),
    }
}

/// Whether a value is a name in braces, and nothing else: a value of braces may also be JSON.
fn is_placeholder(value: &str) -> bool {
    let name = value
        .trim()
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'));
    name.is_some_and(|name| {
        !name.is_empty()
            && name
                .chars()
                .all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn query_form_and_json_say_the_same() {
        let query = Fields::read("?id=7&subject=%D0%B0+b&tags_manual=x%2Cy", None, b"").unwrap();
        let form = Fields::read(
            "",
            Some("application/x-www-form-urlencoded; charset=utf-8"),
            b"id=7&subject=%D0%B0+b&tags_manual=x%2Cy",
        )
        .unwrap();
        let json = r#" {"id": 7, "subject": "а b", "tags_manual": ["x", "y"], "manager": null}"#;
        let json = Fields::read("", Some("application/json"), json.as_bytes()).unwrap();

        assert_eq!(query, form);
        assert_eq!(form, json);
        assert_eq!(json.get("subject"), Some("а b"));
    }

    #[test]
    fn the_body_goes_before_the_query() {
        let fields = Fields::read("secret=s&id=1", None, b"id=2").unwrap();

        assert_eq!(
            (fields.get("secret"), fields.get("id")),
            (Some("s"), Some("2"))
        );
    }

    #[test]
    fn a_body_that_cannot_be_read_is_refused_and_not_quoted() {
        for (kind, body) in [
            (Some("application/json"), "79990000001"),
            (None, "{79990000001"),
            (Some("multipart/form-data; boundary=x"), "79990000001"),
        ] {
            let error = Fields::read("", kind, body.as_bytes()).unwrap_err();
            assert!(error.is_validation());
            assert!(!format!("{error} {error:?}").contains("79990000001"));
        }
    }

    #[test]
    fn only_a_name_in_braces_is_a_placeholder() {
        for placeholder in ["{callerphone}", " {utm_source} "] {
            assert!(is_placeholder(placeholder), "{placeholder}");
        }
        for value in ["{}", "{", r#"{"a":1}"#, "a{b}", "{a b}", ""] {
            assert!(!is_placeholder(value), "{value}");
        }
    }
}
