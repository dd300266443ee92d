//! Refusals in the shapes the service answers them.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use serde_json::{Value, json};

/// Where the service sends whoever asks for a path it does not know.
const HELP_CENTRE: HeaderValue = HeaderValue::from_static("https://www.calltouch.ru/support/");

/// Why a request as a whole is refused.
#[derive(Debug)]
pub(super) enum Refusal {
    /// 403: a wrong token, or one without access to the site.
    Forbidden(&'static str),
    /// 400 `apiErrorData`: understood, but against a rule of the method.
    Business { code: u32, message: String },
    /// 400 `validationErrorData`: a field is missing or cannot be read.
    Invalid { field: String, message: String },
    /// 404: there is nothing to send.
    Missing(&'static str),
    /// 302: the path is unknown.
    HelpCentre,
    /// 200 with a page: the path is unknown, in the other manner.
    HelpPage,
}

impl Refusal {
    pub(super) fn invalid(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Invalid {
            field: field.into(),
            message: message.into(),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::Forbidden(message) => {
                (StatusCode::FORBIDDEN, Json(json!({ "message": message }))).into_response()
            }
            Self::Business { code, message } => bad_request(
                &json!({ "apiErrorData": { "errorCode": code, "errorMessage": message } }),
            ),
            Self::Invalid { field, message } => bad_request(&json!({
                "validationErrorData": { "violations": [{ "field": field, "message": message }] }
            })),
            Self::Missing(message) => {
                (StatusCode::NOT_FOUND, Json(json!({ "message": message }))).into_response()
            }
            Self::HelpPage => html_page(),
            Self::HelpCentre => {
                (StatusCode::FOUND, [(header::LOCATION, HELP_CENTRE)]).into_response()
            }
        }
    }
}

/// A page for people where a program expects JSON.
pub(super) fn html_page() -> Response {
    Html("<!doctype html><title>Calltouch</title>").into_response()
}

fn bad_request(data: &Value) -> Response {
    (StatusCode::BAD_REQUEST, Json(json!({ "data": data }))).into_response()
}
