//! Refusals in the service's own form: HTTP status, codes, texts.

mod english;
mod format;
mod request;
mod value;

use http::StatusCode;
use serde_json::{Value, json};

pub(crate) use self::english::translate;

/// Why the emulated service refused something, as it would answer over HTTP.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{status}: {}", self.summary())]
pub struct ServiceErrors {
    status: u16,
    errors: Vec<ServiceError>,
}

/// One item of the service's `errors` array.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ServiceError {
    code: u32,
    text: String,
    parameter: Option<String>,
    place: Option<(usize, usize)>,
    dependencies: Vec<Value>,
}

impl ServiceErrors {
    /// The HTTP status of the answer.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The service's error codes, in the order of the answer.
    #[must_use]
    pub fn codes(&self) -> Vec<u32> {
        self.errors.iter().map(|error| error.code).collect()
    }

    /// The body of the answer: `{"errors": […]}`.
    #[must_use]
    pub fn body(&self) -> Value {
        json!({"errors": self.errors.iter().map(ServiceError::body).collect::<Vec<_>>()})
    }

    /// Several refusals of one object as one answer; the first decides the status.
    pub(crate) fn all(problems: Vec<Self>) -> Result<(), Self> {
        problems
            .into_iter()
            .reduce(|mut first, next| {
                first.errors.extend(next.errors);
                first
            })
            .map_or(Ok(()), Err)
    }

    pub(crate) fn http_status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn summary(&self) -> String {
        let items = self.errors.iter().map(|error| match &error.parameter {
            Some(parameter) => format!("{} ({parameter})", error.code),
            None => error.code.to_string(),
        });
        items.collect::<Vec<_>>().join(", ")
    }

    fn new(status: u16, code: u32, text: impl Into<String>) -> Self {
        let error = ServiceError {
            code,
            text: text.into(),
            ..ServiceError::default()
        };
        Self {
            status,
            errors: vec![error],
        }
    }

    fn with(mut self, change: impl FnOnce(&mut ServiceError)) -> Self {
        if let Some(error) = self.errors.first_mut() {
            change(error);
        }
        self
    }

    fn about(self, parameter: &str) -> Self {
        self.with(|error| error.parameter = Some(parameter.to_owned()))
    }
}

impl ServiceError {
    fn body(&self) -> Value {
        let mut body = json!({
            "error": self.text,
            "code": self.code,
            "moreInfo": format!("https://dev.moysklad.ru/doc/api/remap/1.2/#error_{}", self.code),
        });
        if let Some(map) = body.as_object_mut() {
            if let Some(parameter) = &self.parameter {
                map.insert("parameter".into(), parameter.as_str().into());
            }
            if let Some((line, column)) = self.place {
                map.insert("line".into(), line.into());
                map.insert("column".into(), column.into());
            }
            if !self.dependencies.is_empty() {
                map.insert("dependencies".into(), self.dependencies.clone().into());
            }
        }
        body
    }
}
