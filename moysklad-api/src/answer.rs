//! What came back, and how it is read.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, StatusCode};
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::error::{ErrorCode, Kind, Result, ServiceError, masked, read_errors};
use crate::secret::Credentials;

/// A whole answer of the service.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    /// How long the service asks to wait.
    pub(crate) wait: Option<Duration>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) credentials: Credentials,
}

impl Answer {
    /// Checks that the service agreed; for answers whose body says nothing more.
    pub(crate) fn agreed(&self) -> Result<(), Kind> {
        if self.status.is_success() {
            Ok(())
        } else {
            Err(self.refusal())
        }
    }

    /// Reads the body.
    pub(crate) fn decode<U: DeserializeOwned>(&self) -> Result<U, Kind> {
        self.agreed()?;
        self.parse()
    }

    /// Where a header of the answer points to.
    pub(crate) fn link(&self, header: &HeaderName) -> Option<&str> {
        self.headers.get(header)?.to_str().ok()
    }

    /// Reads the body as one object, which the service now and then puts into an array.
    pub(crate) fn decode_one<U: DeserializeOwned>(&self) -> Result<U, Kind> {
        if !self.is_array() {
            return self.decode();
        }
        let rows = self.rows()?;
        let [row] = rows.as_slice() else {
            return Err(self.unreadable(".", format!("{} objects instead of one", rows.len())));
        };
        match self.row_errors(row) {
            Some(errors) => Err(self.refused(errors)),
            None => self.decode_row(row),
        }
    }

    /// Whether there is no body.
    pub(crate) fn is_empty(&self) -> bool {
        self.body.trim_ascii().is_empty()
    }

    /// Whether the body is a JSON array, as answers to bulk requests are whatever their status.
    pub(crate) fn is_array(&self) -> bool {
        self.body.trim_ascii_start().starts_with(b"[")
    }

    /// Reads the body whatever the status says.
    pub(crate) fn parse<'a, U: Deserialize<'a>>(&'a self) -> Result<U, Kind> {
        parse(&self.body).map_err(|misread| self.misread(misread))
    }

    /// The elements of an answer to a bulk request, as they were written: one by one they are read
    /// in little memory, however many there are.
    pub(crate) fn rows(&self) -> Result<Vec<&RawValue>, Kind> {
        self.parse()
    }

    /// Reads one element of an answer to a bulk request.
    pub(crate) fn decode_row<'a, U: Deserialize<'a>>(&self, row: &'a RawValue) -> Result<U, Kind> {
        parse(row.get().as_bytes()).map_err(|misread| self.misread(misread))
    }

    /// What the service said about an element, if it refused it.
    pub(crate) fn row_errors(&self, row: &RawValue) -> Option<Vec<ServiceError>> {
        /// An element, as far as it tells whether it was refused.
        #[derive(Deserialize)]
        struct Verdict {
            errors: Option<IgnoredAny>,
        }
        let Verdict { errors } = serde_json::from_str(row.get()).ok()?;
        errors?;
        let json = serde_json::from_str(row.get()).unwrap_or_default();
        Some(self.scrubbed(&json))
    }

    /// The answer as a refusal, with what the service said.
    pub(crate) fn refusal(&self) -> Kind {
        self.refused(self.errors())
    }

    /// Whether the service counted too many requests at the same time.
    pub(crate) fn is_parallel_limit(&self) -> bool {
        self.errors()
            .iter()
            .any(|error| error.code == Some(ErrorCode::PARALLEL_LIMIT))
    }

    pub(crate) fn unreadable(&self, path: &str, what: impl Into<String>) -> Kind {
        let (path, what) = (path.to_owned(), what.into());
        Kind::Unreadable {
            status: self.status,
            path,
            what,
            cut: false,
        }
    }

    fn misread(&self, Misread { path, what, cut }: Misread) -> Kind {
        Kind::Unreadable {
            status: self.status,
            path,
            what,
            cut,
        }
    }

    fn refused(&self, errors: Vec<ServiceError>) -> Kind {
        Kind::Refused {
            status: self.status,
            errors,
            wait: self.wait,
        }
    }

    fn errors(&self) -> Vec<ServiceError> {
        // The front-end answers with HTML or nothing at all; then the status has to do.
        serde_json::from_slice(&self.body)
            .map(|json| self.scrubbed(&json))
            .unwrap_or_default()
    }

    fn scrubbed(&self, json: &Value) -> Vec<ServiceError> {
        let scrub = |text| self.credentials.scrub(text);
        read_errors(json)
            .into_iter()
            .map(|error| error.map_texts(scrub))
            .collect()
    }
}

/// Why bytes from outside are not what they should be.
pub(crate) struct Misread {
    /// The field concerned; `.` for the whole.
    pub(crate) path: String,
    pub(crate) what: String,
    /// Whether it is no whole JSON at all.
    pub(crate) cut: bool,
}

/// Reads bytes from outside.
pub(crate) fn parse<'a, U: Deserialize<'a>>(bytes: &'a [u8]) -> Result<U, Misread> {
    serde_json::from_slice(bytes).map_err(|error| {
        // Only a failure is worth the cost of keeping track of the path.
        let mut again = serde_json::Deserializer::from_slice(bytes);
        let path = match serde_path_to_error::deserialize::<_, U>(&mut again) {
            Err(failure) => failure.path().to_string(),
            Ok(_) => ".".to_owned(),
        };
        // A page of a proxy is no answer of the service, as one that stops in the middle is none.
        let cut = error.is_eof() || error.is_syntax();
        Misread {
            path,
            what: failure(&error),
            cut,
        }
    })
}

/// What JSON cannot be read for, without the value that was met.
fn failure(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let what = match text.rfind(", expected ") {
        Some(start) => text.get(start + 2..).unwrap_or_default(),
        None if error.is_data() && !text.starts_with("missing field") => "not a valid value",
        None => &text,
    };
    masked(what)
}

#[cfg(test)]
mod hostile;

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    struct Row {
        #[serde(rename = "sum")]
        _sum: u32,
    }

    fn answer(status: StatusCode, body: &'static str, token: &str) -> Answer {
        let credentials = Credentials::token(token);
        Answer {
            status,
            wait: None,
            headers: HeaderMap::new(),
            body: Bytes::from_static(body.as_bytes()),
            credentials,
        }
    }

    fn unreadable(body: &'static str) -> (String, String, bool) {
        match answer(StatusCode::OK, body, "t")
            .decode::<Vec<Row>>()
            .unwrap_err()
        {
            Kind::Unreadable {
                path, what, cut, ..
            } => (path, what, cut),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_unreadable_answer_names_the_field_and_not_its_value() {
        let (path, what, cut) = unreadable(r#"[{"sum": 1}, {"sum": "a@b.example 79151234567"}]"#);

        assert_eq!(path, "[1].sum");
        assert!(what.contains("expected u32") && !what.contains('@') && !what.contains("7915"));
        assert!(!cut);
    }

    #[test]
    fn a_body_that_is_no_whole_json_counts_as_cut() {
        for body in ["", r#"[{"sum": 1}, {"su"#, "<html>"] {
            assert!(unreadable(body).2, "{body}");
        }
        assert!(!unreadable("{}").2);
    }

    #[test]
    fn a_secret_that_the_service_repeats_is_scrubbed() {
        let body = r#"{"errors": [{"error": "wrong s3cret", "code": 1056}]}"#;

        let Kind::Refused { errors, .. } =
            answer(StatusCode::UNAUTHORIZED, body, "s3cret").refusal()
        else {
            panic!("not refused")
        };

        assert_eq!(errors[0].message, "wrong …");
    }

    #[test]
    fn one_object_is_read_from_an_array_of_one() {
        let one = |body| answer(StatusCode::OK, body, "t").decode_one::<Row>();

        assert!(one(r#"[{"sum": 1}]"#).is_ok());
        assert!(one(r#"{"sum": 1}"#).is_ok());
        assert!(matches!(one("[]"), Err(Kind::Unreadable { .. })));
        assert!(matches!(
            one(r#"[{"errors": [{"error": "нет", "code": 3000}]}]"#),
            Err(Kind::Refused { .. })
        ));
    }
}
