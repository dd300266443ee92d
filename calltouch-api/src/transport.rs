//! One call's way: permit → send → read → judge → decode, and back to the start if that may help.

use crate::error::{self, Error, Reason, Refusal, Result};
use crate::limit::{Limiter, Permit};
use crate::query::Query;
use crate::retry;
use crate::secret::Token;
use backon::Retryable;
use bytes::{Bytes, BytesMut};
use jiff::Timestamp;
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderValue, RETRY_AFTER};
use reqwest::{Method, RequestBuilder, Response, StatusCode, Url};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::Duration;
use tracing::{Instrument, Span, debug, debug_span, field};

/// What every call needs of its client.
pub(crate) struct Transport {
    pub(crate) http: reqwest::Client,
    pub(crate) base: Url,
    pub(crate) site_id: u64,
    pub(crate) token: Token,
    /// The token as a header that does not show in `Debug`.
    pub(crate) access_token: HeaderValue,
    pub(crate) limiter: Limiter,
    pub(crate) attempts: u32,
    pub(crate) retry_delay: Duration,
    pub(crate) timeout: Duration,
    pub(crate) largest_answer: usize,
    pub(crate) sent: AtomicU64,
}

/// A request of one of the two families, before anything is sent.
pub(crate) struct Outgoing<'a> {
    /// Names the call in errors, as `calls.list`.
    pub(crate) operation: &'static str,
    /// The path with `{siteId}` in it, which is also what a span shows.
    pub(crate) template: &'static str,
    /// The journals read, by a query; the newer methods write, by a body.
    pub(crate) content: Content<'a>,
}

pub(crate) enum Content<'a> {
    /// Family A: GET, the token in the query.
    Query(&'a Query),
    /// Family B: POST, the token in a header. Carried out at most once.
    Json(Bytes),
}

impl Content<'_> {
    fn method(&self) -> Method {
        match self {
            Self::Query(_) => Method::GET,
            Self::Json(_) => Method::POST,
        }
    }

    fn is_repeatable(&self) -> bool {
        matches!(self, Self::Query(_))
    }
}

impl Transport {
    /// Reads a journal.
    pub(crate) async fn get<T: DeserializeOwned>(
        &self,
        operation: &'static str,
        template: &'static str,
        query: &Query,
    ) -> Result<T> {
        self.call(&Outgoing {
            operation,
            template,
            content: Content::Query(query),
        })
        .await
    }

    /// Writes by one of the newer methods.
    pub(crate) async fn post<T: DeserializeOwned>(
        &self,
        operation: &'static str,
        template: &'static str,
        body: &impl Serialize,
    ) -> Result<T> {
        let body = serde_json::to_vec(body).map_err(|_| {
            let what = "the input cannot be written as JSON".to_owned();
            Error::new(operation, self.site_id, false, Reason::Input(what))
        })?;
        self.call(&Outgoing {
            operation,
            template,
            content: Content::Json(body.into()),
        })
        .await
    }

    async fn call<T: DeserializeOwned>(&self, outgoing: &Outgoing<'_>) -> Result<T> {
        let resends = AtomicU32::new(0);
        let failed = |reason| {
            let repeatable = outgoing.content.is_repeatable();
            Error::new(outgoing.operation, self.site_id, repeatable, reason)
        };
        let attempt = || async {
            let span = self.span(outgoing, resends.fetch_add(1, Ordering::Relaxed));
            self.attempt(outgoing, &span)
                .instrument(span.clone())
                .await
                .map_err(failed)
        };
        let (status, body) = attempt
            .retry(retry::backoff(self.attempts, self.retry_delay))
            .when(Error::is_retryable)
            .adjust(|error, planned| retry::wait(error.retry_after(), planned))
            .notify(|error, wait| debug!(?wait, %error, "repeating the request"))
            .await?;
        decode(status.as_u16(), &body, &self.token).map_err(failed)
    }

    /// One span an attempt, with the names of OpenTelemetry; never the query.
    fn span(&self, outgoing: &Outgoing<'_>, resends: u32) -> Span {
        let method = outgoing.content.method();
        debug_span!(
            "calltouch.request",
            otel.kind = "client",
            otel.name = %format_args!("{method} {}", outgoing.template),
            http.request.method = %method,
            http.request.resend_count = resends,
            http.response.status_code = field::Empty,
            url.template = outgoing.template,
            server.address = self.base.host_str(),
            calltouch.site_id = self.site_id,
            error.type = field::Empty,
        )
    }

    async fn attempt(
        &self,
        outgoing: &Outgoing<'_>,
        span: &Span,
    ) -> Result<(StatusCode, Bytes), Reason> {
        let outcome = self.exchange(outgoing, span).await;
        if let Err(reason) = &outcome {
            span.record("error.type", reason.kind());
        }
        outcome
    }

    async fn exchange(
        &self,
        outgoing: &Outgoing<'_>,
        span: &Span,
    ) -> Result<(StatusCode, Bytes), Reason> {
        let (url, request) = self.request(outgoing);
        let permit = self.limiter.acquire().await;
        self.sent.fetch_add(1, Ordering::Relaxed);
        let response = request.send().await.map_err(Reason::transport)?;
        let status = response.status();
        span.record("http.response.status_code", status.as_u16());
        let retry_after = retry_after(&response);
        release(permit, status, retry_after);
        // A client of the caller's may have gone where the server sent it.
        let followed = !same_place(response.url(), &url);
        if followed || status.is_redirection() {
            return Err(Reason::Redirected {
                status: status.as_u16(),
                followed,
            });
        }
        let is_html = is_html(response.headers());
        let body = self.read(response).await?;
        if status.is_success() {
            accept(status, is_html, body)
        } else {
            let said = error::read(&body, Some(&self.token)).unwrap_or_default();
            Err(Reason::Refused(Refusal {
                status: status.as_u16(),
                said,
                retry_after,
            }))
        }
    }

    fn request(&self, outgoing: &Outgoing<'_>) -> (Url, RequestBuilder) {
        let site_id = self.site_id.to_string();
        let mut url = self.base.clone();
        let prefix = url.path().trim_end_matches('/');
        url.set_path(&format!(
            "{prefix}{}",
            outgoing.template.replace("{siteId}", &site_id)
        ));
        if let Content::Query(query) = &outgoing.content {
            url.query_pairs_mut()
                .append_pair("clientApiId", self.token.expose())
                .extend_pairs(query.iter());
        }
        let request = self
            .http
            .request(outgoing.content.method(), url.clone())
            .timeout(self.timeout)
            .header(ACCEPT, "application/json");
        let request = match &outgoing.content {
            Content::Query(_) => request,
            Content::Json(body) => request
                .header("Access-Token", self.access_token.clone())
                .header("SiteId", site_id)
                .header(CONTENT_TYPE, "application/json")
                .body(body.clone()),
        };
        (url, request)
    }

    /// Reads the body piece by piece, so that an endless one is given up in time.
    async fn read(&self, mut response: Response) -> Result<Bytes, Reason> {
        let (status, limit) = (response.status().as_u16(), self.largest_answer);
        let mut body = BytesMut::new();
        while let Some(piece) = response.chunk().await.map_err(Reason::transport)? {
            if body.len() + piece.len() > limit {
                return Err(Reason::TooLarge { status, limit });
            }
            body.extend_from_slice(&piece);
        }
        Ok(body.freeze())
    }
}

/// Gives the slot back; a refusal for too many requests stops everybody on the limiter.
fn release(permit: Permit<'_>, status: StatusCode, retry_after: Option<Duration>) {
    if status == StatusCode::TOO_MANY_REQUESTS {
        permit.pause(retry_after.unwrap_or(Duration::from_secs(1)));
    }
    drop(permit);
}

fn retry_after(response: &Response) -> Option<Duration> {
    let header = response.headers().get(RETRY_AFTER)?.to_str().ok()?;
    retry::parse_retry_after(header, Timestamp::now())
}

fn same_place(one: &Url, other: &Url) -> bool {
    one.origin() == other.origin() && one.path() == other.path()
}

fn is_html(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    kind.to_ascii_lowercase().starts_with("text/html")
}

/// Judges the body of a success before anybody tries to read it as JSON.
fn accept(status: StatusCode, is_html: bool, body: Bytes) -> Result<(StatusCode, Bytes), Reason> {
    let text = body.trim_ascii();
    if text.is_empty() {
        Err(Reason::Empty {
            status: status.as_u16(),
        })
    } else if text.starts_with(b"<")
        || (is_html && !text.starts_with(b"{") && !text.starts_with(b"["))
    {
        Err(Reason::Html {
            status: status.as_u16(),
        })
    } else {
        Ok((status, body))
    }
}

/// Reads the answer; one that is an error in spite of its status is that error.
fn decode<T: DeserializeOwned>(status: u16, body: &[u8], token: &Token) -> Result<T, Reason> {
    let mut reader = serde_json::Deserializer::from_slice(body);
    let error = match serde_path_to_error::deserialize(&mut reader) {
        Ok(answer) => return Ok(answer),
        Err(error) => error,
    };
    match error::read(body, Some(token)) {
        Some(said) => Err(Reason::Refused(Refusal {
            status,
            said,
            retry_after: None,
        })),
        None => Err(Reason::unreadable(status, &error)),
    }
}
