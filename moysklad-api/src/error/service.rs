//! What the service says in an error, and how much of it may be shown.

use std::fmt;

use serde_json::Value;
use uuid::Uuid;

use super::ErrorCode;
use crate::meta::Meta;

/// One error as the service described it.
///
/// The fields are what the service sent, contacts included; `Debug` and `Display` mask them.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServiceError {
    /// What went wrong, in the service's words; Russian unless the service chose otherwise.
    pub message: String,
    /// What the service adds to that (`error_message`).
    pub detail: Option<String>,
    /// The field or parameter concerned.
    pub parameter: Option<String>,
    /// The code; the service leaves it out at times.
    pub code: Option<ErrorCode>,
    /// Link to the documentation of the code.
    pub more_info: Option<String>,
    /// Line of the request's JSON.
    pub line: Option<u64>,
    /// Column of the request's JSON.
    pub column: Option<u64>,
    /// The objects that use the one to be deleted.
    pub dependencies: Vec<Meta>,
    /// The object concerned.
    pub meta: Option<Meta>,
}

impl ServiceError {
    fn read(json: &Value) -> Option<Self> {
        let text = |name: &str| json.get(name)?.as_str().map(str::to_owned);
        let number = |name: &str| match json.get(name)? {
            Value::String(digits) => digits.parse().ok(),
            value => value.as_i64(),
        };
        let meta = |value: &Value| serde_json::from_value(value.clone()).ok();
        let dependency = |value: &Value| meta(value.get("meta").unwrap_or(value));
        Some(Self {
            message: text("error").or_else(|| text("error_message"))?,
            detail: text("error_message"),
            parameter: text("parameter"),
            code: number("code").map(ErrorCode::new),
            more_info: text("moreInfo"),
            line: number("line").and_then(|line| line.try_into().ok()),
            column: number("column").and_then(|column| column.try_into().ok()),
            dependencies: json
                .get("dependencies")
                .and_then(Value::as_array)
                .map(|all| all.iter().filter_map(dependency).collect())
                .unwrap_or_default(),
            meta: json.get("meta").and_then(meta),
        })
    }

    /// The same error with every text put through `clean`.
    pub(crate) fn map_texts(mut self, clean: impl Fn(String) -> String) -> Self {
        self.message = clean(self.message);
        self.detail = self.detail.map(&clean);
        self.parameter = self.parameter.map(&clean);
        self.more_info = self.more_info.map(&clean);
        self
    }
}

impl fmt::Display for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(code) = self.code {
            write!(f, "{code} ")?;
        }
        if let Some(parameter) = &self.parameter {
            write!(f, "on `{}` ", masked(parameter))?;
        }
        if let (Some(line), Some(column)) = (self.line, self.column) {
            write!(f, "at line {line} column {column} ")?;
        }
        write!(f, "«{}»", masked(&self.message))
    }
}

impl fmt::Debug for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ServiceError({self})")
    }
}

/// Reads `{"errors": […]}`, an array of such, or nothing at all.
pub(crate) fn read_errors(json: &Value) -> Vec<ServiceError> {
    match json {
        Value::Array(rows) => rows.iter().flat_map(read_errors).collect(),
        Value::Object(fields) => match fields.get("errors") {
            Some(Value::Array(errors)) => errors.iter().filter_map(ServiceError::read).collect(),
            Some(error) => ServiceError::read(error).into_iter().collect(),
            None => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// The first field that the errors name.
pub(super) fn field(errors: &[ServiceError]) -> Option<&str> {
    errors.iter().find_map(|error| error.parameter.as_deref())
}

pub(super) fn write_errors(f: &mut fmt::Formatter<'_>, errors: &[ServiceError]) -> fmt::Result {
    for (place, error) in errors.iter().enumerate() {
        f.write_str(if place == 0 { ": " } else { ", " })?;
        fmt::Display::fmt(error, f)?;
    }
    Ok(())
}

/// Whether the code says that the caller lacks a right.
pub(super) fn is_about_rights(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::NO_VIEW_RIGHT
            | ErrorCode::NO_EDIT_RIGHT
            | ErrorCode::NO_DELETE_RIGHT
            | ErrorCode::NO_CREATE_RIGHT
            | ErrorCode::NO_PRINT_RIGHT
            | ErrorCode::NO_FIELD_RIGHT
            | ErrorCode::NO_APPROVE_RIGHT
            | ErrorCode::NO_API_ACCESS
            | ErrorCode::NO_ACCESS_TO_LINKED
            | ErrorCode::NO_FIELD_PERMISSION
            | ErrorCode::ATTRIBUTES_NEED_ADMIN
            | ErrorCode::REQUIRED_NEEDS_ADMIN
            | ErrorCode::WEBHOOKS_NEED_ADMIN
            | ErrorCode::AUDIT_NEEDS_ADMIN
            | ErrorCode::GROUPS_NEED_ADMIN
    )
}

/// Whether the code says that others use the object.
pub(super) fn is_about_use(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::IN_USE | ErrorCode::CHILD_IN_USE | ErrorCode::DICTIONARY_IN_USE
    )
}

/// Whether the code says that the tariff does not include something.
pub(super) fn is_about_tariff(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::TARIFF
            | ErrorCode::TARIFF_WITHOUT_CRM
            | ErrorCode::TARIFF_WITHOUT_RESOURCE
            | ErrorCode::WEBHOOK_TARIFF
            | ErrorCode::DICTIONARY_TARIFF
    )
}

/// Whether the code says that the service rests.
pub(super) fn is_about_maintenance(code: ErrorCode) -> bool {
    matches!(code, ErrorCode::MAINTENANCE | ErrorCode::UNAVAILABLE)
}

/// The text without e-mail addresses and anything long enough to be a phone number.
///
/// Object ids stay: they are what one searches by.
pub(crate) fn masked(text: &str) -> String {
    mask_numbers(&mask_addresses(text))
}

fn mask_addresses(text: &str) -> String {
    let of_address = |c: char| c.is_alphanumeric() || "._%+-@".contains(c);
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(of_address) {
        let (before, from) = rest.split_at(start);
        let (word, after) = from.split_at(from.find(|c| !of_address(c)).unwrap_or(from.len()));
        out.push_str(before);
        out.push_str(if word.contains('@') { "…" } else { word });
        rest = after;
    }
    out.push_str(rest);
    out
}

fn mask_numbers(text: &str) -> String {
    let of_number = |c: char| c.is_numeric() || "+-().\u{a0} \u{202f}".contains(c);
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_alphanumeric() || c == '+') {
        let (before, from) = rest.split_at(start);
        out.push_str(before);
        if let Some((id, after)) = from.split_at_checked(36).filter(|(id, _)| is_uuid(id)) {
            out.push_str(id);
            rest = after;
            continue;
        }
        let by_number = from.starts_with(|c: char| c.is_numeric() || c == '+');
        let end = if by_number {
            from.find(|c| !of_number(c))
        } else {
            from.find(|c: char| !c.is_alphabetic())
        };
        let (run, after) = from.split_at(end.unwrap_or(from.len()));
        // What only separates belongs to the text that follows.
        let digits_end = run.rfind(char::is_alphanumeric).map_or(run.len(), |last| {
            last + run
                .get(last..)
                .and_then(|tail| tail.chars().next())
                .map_or(0, char::len_utf8)
        });
        let (number, separators) = run.split_at(digits_end);
        out.push_str(if by_number && is_long_number(number) {
            "…"
        } else {
            number
        });
        out.push_str(separators);
        rest = after;
    }
    out.push_str(rest);
    out
}

fn is_uuid(text: &str) -> bool {
    text.contains('-') && Uuid::try_parse(text).is_ok()
}

/// Five digits in a row, or seven with the separators people write into phone numbers.
fn is_long_number(text: &str) -> bool {
    let digits = text.chars().filter(|c| c.is_numeric()).count();
    let longest = text
        .split(|c: char| !c.is_numeric())
        .map(str::len)
        .max()
        .unwrap_or(0);
    longest >= 5 || digits >= 7
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn contacts_are_masked_and_ids_stay() {
        for (text, shown) in [
            (
                "некорректный адрес 'petr.i@vector.example'",
                "некорректный адрес '…'",
            ),
            ("телефон +7 (915) 123-45-67, доб. 12", "телефон …, доб. 12"),
            ("phone 79151234567.", "phone …."),
            ("8 915 123 45 67 и всё", "… и всё"),
            ("не более 255 символов", "не более 255 символов"),
            (
                "объект '3c9e2a10-7b11-11f1-0a80-0a1b00000011' не найден",
                "объект '3c9e2a10-7b11-11f1-0a80-0a1b00000011' не найден",
            ),
            ("", ""),
            ("код3000", "код3000"),
            ("a12345b", "a…b"),
            ("+", "+"),
        ] {
            assert_eq!(masked(text), shown);
        }
    }

    #[test]
    fn all_shapes_of_an_error_body_are_read() {
        let one =
            json!({"error": "нет", "code": 3000, "parameter": "name", "line": 1, "column": 17});
        let worded = json!({"error": "нет", "code": "1056"});
        let dependent = json!({"error": "занят", "code": 1028, "dependencies": [
            {"meta": {"type": "customerorder"}}, {"type": "demand"},
        ]});

        let errors = read_errors(&json!({"errors": [one, worded, dependent, "garbage", {}]}));
        let rows = read_errors(&json!([{"errors": [one]}, {"id": 1}, {"errors": [one]}]));

        assert_eq!(errors.len(), 3);
        assert_eq!(errors[0].code, Some(ErrorCode::REQUIRED));
        assert_eq!((errors[0].line, errors[0].column), (Some(1), Some(17)));
        assert_eq!(errors[1].code, Some(ErrorCode::AUTHENTICATION));
        let types: Vec<_> = errors[2]
            .dependencies
            .iter()
            .map(|meta| meta.entity_type.as_deref())
            .collect();
        assert_eq!(types, [Some("customerorder"), Some("demand")]);
        assert_eq!(rows.len(), 2);
        assert!(read_errors(&json!("<html>")).is_empty());
    }
}
