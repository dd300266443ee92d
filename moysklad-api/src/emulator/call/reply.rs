//! What a request comes to, and the HTTP answer that tells of it.

use axum::body::{Body, Bytes};
use axum::response::Response;
use http::header::{ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_TYPE};
use http::request::Parts;
use http::{HeaderName, HeaderValue, Method, StatusCode};
use serde_json::Value;

use super::text;
use crate::emulator::dispatch::Answer;
use crate::emulator::error::{ServiceErrors, translate};
use crate::emulator::limit::{Asked, Refusal};
use crate::emulator::shared::Shared;

/// What the gates and the work come to.
pub(super) struct Reply {
    pub(super) status: StatusCode,
    pub(super) body: Option<Value>,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) refusal: Option<Refusal>,
    pub(super) request_body: Bytes,
}

impl Reply {
    pub(super) fn bare(status: StatusCode) -> Self {
        Self {
            status,
            body: None,
            headers: Vec::new(),
            refusal: None,
            request_body: Bytes::new(),
        }
    }

    pub(super) fn refused(errors: &ServiceErrors, refusal: Option<Refusal>) -> Self {
        let body = Some(errors.body());
        Self {
            body,
            refusal,
            ..Self::bare(errors.http_status())
        }
    }
}

impl Shared {
    pub(super) fn issue_token(&self, parts: &Parts) -> Result<Answer, ServiceErrors> {
        if parts.method != Method::POST {
            return Err(ServiceErrors::method_not_allowed());
        }
        let authorization = text(&parts.headers, &AUTHORIZATION);
        let user = self
            .credentials
            .check_basic(authorization, self.clock.now())?;
        let world = self.world.lock();
        let token = world.mint.token();
        let status = if world.settings.switches.token_status_200 {
            StatusCode::OK
        } else {
            StatusCode::CREATED
        };
        drop(world);
        user.replace_token(token.clone());
        let body = serde_json::json!({"access_token": token});
        Ok(Answer {
            status,
            body: Some(body),
            headers: Vec::new(),
        })
    }

    /// Makes the answer of a reply, with the headers that every answer has.
    pub(super) fn respond(&self, parts: &Parts, user: usize, mut reply: Reply) -> Response {
        let now = self.clock.now();
        let path = parts.uri.path();
        let limits = {
            let mut limiters = self.limiters.lock();
            let asked = Asked {
                method: parts.method.as_str(),
                path,
                query: parts.uri.query().unwrap_or_default(),
                body: &reply.request_body,
            };
            limiters.get_mut(user).map_or_else(Vec::new, |limiter| {
                limiter.note(now, &asked, reply.status.as_u16());
                limiter.headers(now, path, reply.refusal)
            })
        };
        if reply.status == StatusCode::TOO_MANY_REQUESTS {
            self.stats.lock().answered_429 += 1;
        }
        let language = text(&parts.headers, &ACCEPT_LANGUAGE).unwrap_or_default();
        if let Some(body) = &mut reply.body
            && language.trim_start().to_ascii_lowercase().starts_with("en")
        {
            translate(body);
        }
        let body = reply.body.map(|body| {
            if text(
                &parts.headers,
                &HeaderName::from_static("lognex-pretty-print-json"),
            ) == Some("true")
            {
                format!("{body:#}")
            } else {
                serde_json::to_string(&body).unwrap_or_default()
            }
        });
        let mut response = Response::new(body.map_or_else(Body::empty, Body::from));
        *response.status_mut() = reply.status;
        let headers = response.headers_mut();
        let json = HeaderValue::from_static("application/json;charset=utf-8");
        headers.insert(CONTENT_TYPE, json);
        for (name, value) in reply.headers {
            if let Ok(value) = HeaderValue::try_from(value) {
                headers.insert(name, value);
            }
        }
        for (name, value) in limits {
            if let Ok(name) = HeaderName::try_from(name) {
                headers.insert(name, HeaderValue::from(value));
            }
        }
        if reply.status == StatusCode::UNAUTHORIZED {
            headers.insert("X-Lognex-Auth", HeaderValue::from_static("1056"));
            let message = HeaderValue::from_static("Authentication failed");
            headers.insert("X-Lognex-Auth-Message", message);
        }
        response
    }
}
