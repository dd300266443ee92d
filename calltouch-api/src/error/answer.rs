//! The bodies in which Calltouch says no; there are five shapes.

use crate::secret::{Token, redact};
use serde_json::Value;
use std::fmt;

/// What the service said, fit to be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) message: Option<String>,
    pub(crate) code: Option<i64>,
    pub(crate) violations: Vec<Violation>,
}

/// One thing that is wrong with the input.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// The path of the field, when the service names one.
    pub field: Option<String>,
    /// What is wrong with it, without the token, phones and e-mails.
    pub message: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.field {
            Some(field) => write!(f, "`{field}`: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

/// Reads the body of a refusal; `None` if it says nothing in any known shape.
pub(crate) fn read(body: &[u8], token: Option<&Token>) -> Option<Said> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let data = body.get("data");
    let of = |parent: Option<&Value>| parent.and_then(|parent| said(parent, token));
    business(data, token)
        .or_else(|| of(Some(&body)))
        .or_else(|| of(data))
}

/// Reads a refusal out of an answer that says it is a success.
///
/// A message beside `data` may be a kind word; one in place of it is a no.
pub(crate) fn denial(body: &Value, token: Option<&Token>) -> Option<Said> {
    let data = body.get("data").filter(|data| !data.is_null());
    business(data, token).or_else(|| match data {
        Some(_) => None,
        None => said(body, token),
    })
}

/// The two shapes that are never anything but a refusal.
fn business(data: Option<&Value>, token: Option<&Token>) -> Option<Said> {
    let data = data?;
    data.get("apiErrorData")
        .and_then(|error| said(error, token))
        .or_else(|| violations(data.get("validationErrorData")?, token))
}

/// Reads the error of one row: a text, or an object as above.
pub(crate) fn element(error: &Value, token: Option<&Token>) -> Said {
    let bare = || Said {
        message: Some(redact(error.as_str().unwrap_or(&error.to_string()), token)),
        ..Said::default()
    };
    said(error, token)
        .or_else(|| violations(error, token))
        .unwrap_or_else(bare)
}

/// Reads `errorMessage` or `message`, with `errorCode` or `code` beside it.
fn said(object: &Value, token: Option<&Token>) -> Option<Said> {
    let first = |names: [&str; 2]| names.iter().find_map(|name| object.get(name));
    let message = first(["message", "errorMessage"])
        .and_then(Value::as_str)
        .filter(|text| !text.trim().is_empty())
        .map(|text| redact(text, token));
    let code = first(["errorCode", "code"])
        .and_then(|code| crate::lenient::to_signed(code).ok().flatten());
    (message.is_some() || code.is_some()).then(|| Said {
        message,
        code,
        violations: Vec::new(),
    })
}

/// Reads the list of violations; the first one is the message.
fn violations(object: &Value, token: Option<&Token>) -> Option<Said> {
    // Which of these names the field is not documented.
    const FIELDS: [&str; 5] = ["field", "path", "propertyPath", "property", "fieldName"];
    let violations: Vec<Violation> = object
        .get("violations")?
        .as_array()?
        .iter()
        .filter_map(|violation| {
            let field = FIELDS.iter().find_map(|name| violation.get(name)?.as_str());
            let message = violation.get("message").or(Some(violation))?.as_str()?;
            Some(Violation {
                field: field.map(|field| redact(field, token)),
                message: redact(message, token),
            })
        })
        .collect();
    let message = violations.first()?.message.clone();
    Some(Said {
        message: Some(message),
        code: None,
        violations,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn message(body: &str) -> Option<String> {
        read(body.as_bytes(), None)?.message
    }

    #[test]
    fn every_shape_of_a_refusal_gives_its_message() {
        let table = [
            (
                r#"{"message":"Invalid credentials"}"#,
                Some("Invalid credentials"),
            ),
            (
                r#"{"data":{"apiErrorData":{"errorCode":10003,"errorMessage":"no widget"}}}"#,
                Some("no widget"),
            ),
            (
                r#"{"data":{"validationErrorData":{"violations":[{"message":"bad date"}]}}}"#,
                Some("bad date"),
            ),
            (r#"{"data":{"message":"inner"}}"#, Some("inner")),
            (r#"{"errorCode":"7","errorMessage":"old"}"#, Some("old")),
            (
                r#"{"message":"","data":{"message":"inner"}}"#,
                Some("inner"),
            ),
            ("{}", None),
            ("[]", None),
            ("<html>", None),
            ("", None),
        ];
        for (body, wanted) in table {
            assert_eq!(message(body).as_deref(), wanted, "{body}");
        }
    }

    #[test]
    fn the_most_telling_shape_wins() {
        let body = r#"{"message":"outer","data":{"message":"inner","apiErrorData":{"errorCode":1,"errorMessage":"told"}}}"#;

        let said = read(body.as_bytes(), None).unwrap();

        assert_eq!(
            (said.message.as_deref(), said.code),
            (Some("told"), Some(1))
        );
    }

    #[test]
    fn a_violation_names_its_field() {
        let body = r#"{"data":{"validationErrorData":{"violations":[{"message":"bad","field":"orders[0].status"},{"message":"worse"}]}}}"#;

        let said = read(body.as_bytes(), None).unwrap();

        let shown: Vec<String> = said.violations.iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["`orders[0].status`: bad", "worse"]);
    }

    #[test]
    fn the_error_of_a_row_reads_as_text_or_object() {
        let text = element(&Value::from("Lead not found"), None);
        let object = element(&serde_json::json!({"errorCode": 5, "message": "no"}), None);
        let other = element(&serde_json::json!({"a": 1}), None);

        assert_eq!(text.message.as_deref(), Some("Lead not found"));
        assert_eq!(
            (object.message.as_deref(), object.code),
            (Some("no"), Some(5))
        );
        assert_eq!(other.message.as_deref(), Some(r#"{"a":1}"#));
    }

    #[test]
    fn a_kind_word_beside_the_data_is_no_denial() {
        let denied = |body: Value| denial(&body, None).and_then(|said| said.message);

        assert_eq!(
            denied(serde_json::json!({"data": {}, "message": "ok"})),
            None
        );
        assert_eq!(
            denied(serde_json::json!({"data": {"message": "saved"}})),
            None
        );
        assert_eq!(
            denied(serde_json::json!({"data": null, "message": "no"})).as_deref(),
            Some("no")
        );
        assert_eq!(
            denied(serde_json::json!({"errorCode": 1, "errorMessage": "no"})).as_deref(),
            Some("no")
        );
        let business =
            serde_json::json!({"data": {"apiErrorData": {"errorMessage": "no"}}, "message": "ok"});
        assert_eq!(denied(business).as_deref(), Some("no"));
        assert_eq!(denied(Value::Null), None);
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_reader_of_a_refusal_panic(
            pieces in proptest::collection::vec(
                prop_oneof![
                    Just(br#"{"data":{"validationErrorData":{"violations":["#.to_vec()),
                    Just(br#"{"data":{"apiErrorData":{"errorCode":"#.to_vec()),
                    Just(br#"{"message":"+7 999 000-00-01"#.to_vec()),
                    Just(b"}]}}}".to_vec()),
                    proptest::collection::vec(any::<u8>(), 0..20),
                ],
                0..8,
            ),
        ) {
            let token = Token::from("t");
            let _ = read(&pieces.concat(), Some(&token));
        }

        #[test]
        fn no_message_costs_more_than_its_secrets(message in "\\PC{0,80}") {
            let body = serde_json::json!({"message": message});
            if let Some(said) = read(body.to_string().as_bytes(), None) {
                prop_assert!(said.message.is_some());
            }
        }
    }
}
