//! One call's way: permit → send → read → judge → decode, and back to the start if that may help.

mod download;
mod outgoing;

pub(crate) use outgoing::{Access, Content, Outgoing};

use crate::error::{self, Error, Reason, Refusal, Result};
use crate::limit::{Limiter, Permit};
use crate::query::Query;
use crate::retry;
use crate::secret::Token;
use backon::Retryable;
use bytes::{Bytes, BytesMut};
use jiff::Timestamp;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue, RETRY_AFTER};
use reqwest::{Method, Response, StatusCode, Url};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::Duration;
use tracing::{Instrument, Span, debug, debug_span, field};

/// What every call needs of its client.
#[derive(Clone)]
pub(crate) struct Transport {
    pub(crate) http: reqwest::Client,
    /// Where `/calls-service/RestAPI/` is.
    pub(crate) rest_base: Url,
    /// Where `/lead-service/` and the other newer services are.
    pub(crate) services_base: Url,
    pub(crate) site_id: u64,
    pub(crate) token: Token,
    /// The token as a header that does not show in `Debug`.
    pub(crate) access_token: HeaderValue,
    pub(crate) limiter: Limiter,
    pub(crate) attempts: u32,
    pub(crate) retry_delay: Duration,
    pub(crate) timeout: Duration,
    pub(crate) largest_answer: usize,
    /// Whether whatever changes something is refused before it is sent.
    pub(crate) read_only: bool,
    pub(crate) sent: Arc<AtomicU64>,
}

impl Transport {
    /// Reads a journal.
    pub(crate) async fn get<T: DeserializeOwned>(
        &self,
        operation: &'static str,
        template: &'static str,
        query: &Query,
    ) -> Result<T> {
        let outgoing = Outgoing::new(operation, template, Content::Query(query));
        self.call(&outgoing).await
    }

    /// Writes by one of the newer methods.
    pub(crate) async fn post<T: DeserializeOwned>(
        &self,
        operation: &'static str,
        template: &'static str,
        body: &impl Serialize,
    ) -> Result<T> {
        let outgoing = self.json(operation, template, body)?;
        self.call(&outgoing).await
    }

    /// Writes by one of the newer methods, whose answer says no or nothing of use; empty is yes.
    pub(crate) async fn tell(
        &self,
        operation: &'static str,
        template: &'static str,
        body: &impl Serialize,
    ) -> Result<()> {
        let outgoing = Outgoing {
            may_be_empty: true,
            ..self.json(operation, template, body)?
        };
        let answer: Value = self.call(&outgoing).await?;
        match self.denial(outgoing.operation, &answer) {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }

    /// Carries out a request, repeats included, and reads its answer.
    pub(crate) async fn call<T: DeserializeOwned>(&self, outgoing: &Outgoing<'_>) -> Result<T> {
        let (status, body) = self
            .repeat(outgoing, |incoming| self.body(outgoing, incoming))
            .await?;
        decode(status.as_u16(), &body, &self.token).map_err(|reason| self.failed(outgoing, reason))
    }

    /// Finds the refusal in an answer that came as a success.
    pub(crate) fn denial(&self, operation: &'static str, answer: &Value) -> Option<Error> {
        let said = error::denial(answer, Some(&self.token))?;
        let refusal = Refusal {
            status: StatusCode::OK.as_u16(),
            said,
            retry_after: None,
        };
        let reason = Reason::Refused(refusal);
        Some(Error::new(operation, self.site_id, false, reason))
    }

    fn failed(&self, outgoing: &Outgoing<'_>, reason: Reason) -> Error {
        let repeatable = outgoing.content.is_repeatable();
        Error::new(outgoing.operation, self.site_id, repeatable, reason)
    }

    fn json(
        &self,
        operation: &'static str,
        template: &'static str,
        body: &impl Serialize,
    ) -> Result<Outgoing<'static>> {
        let body = serde_json::to_vec(body).map_err(|_| {
            let what = "the input cannot be written as JSON".to_owned();
            Error::new(operation, self.site_id, false, Reason::Input(what))
        })?;
        let content = Content::Json(body.into());
        Ok(Outgoing {
            access: Access::Headers,
            ..Outgoing::new(operation, template, content)
        })
    }

    /// Sends until an answer is good, or another attempt is not safe or of no use.
    async fn repeat<T, Fut>(
        &self,
        outgoing: &Outgoing<'_>,
        read: impl Fn(Incoming) -> Fut,
    ) -> Result<T>
    where
        Fut: Future<Output = Result<T, Reason>>,
    {
        let resends = AtomicU32::new(0);
        let attempt = || async {
            let span = self.span(outgoing, resends.fetch_add(1, Ordering::Relaxed));
            let exchange = async {
                let outcome = match self.exchange(outgoing, &span).await {
                    Ok(incoming) => read(incoming).await,
                    Err(reason) => Err(reason),
                };
                outcome.inspect_err(|reason| {
                    span.record("error.type", reason.kind());
                })
            };
            exchange
                .instrument(span.clone())
                .await
                .map_err(|reason| self.failed(outgoing, reason))
        };
        attempt
            .retry(retry::backoff(self.attempts, self.retry_delay))
            .when(Error::is_retryable)
            .adjust(|error, planned| retry::wait(error.retry_after(), planned))
            .notify(|error, wait| debug!(?wait, %error, "repeating the request"))
            .await
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
            server.address = self.base(outgoing).host_str(),
            calltouch.site_id = self.site_id,
            error.type = field::Empty,
        )
    }

    /// Sends once; the answer is at its body, and no refusal.
    async fn exchange(&self, outgoing: &Outgoing<'_>, span: &Span) -> Result<Incoming, Reason> {
        if self.read_only && outgoing.content.method() != Method::GET {
            let what = "the client is read-only, and this request changes things".to_owned();
            return Err(Reason::Input(what));
        }
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
        if status.is_success() {
            return Ok(Incoming { status, response });
        }
        let body = self.read(response).await?;
        let said = error::read(&body, Some(&self.token)).unwrap_or_default();
        Err(Reason::Refused(Refusal {
            status: status.as_u16(),
            said,
            retry_after,
        }))
    }

    /// Reads the whole body of a success.
    async fn body(
        &self,
        outgoing: &Outgoing<'_>,
        incoming: Incoming,
    ) -> Result<(StatusCode, Bytes), Reason> {
        let Incoming { status, response } = incoming;
        let is_html = is_kind(response.headers(), "text/html");
        let body = self.read(response).await?;
        if outgoing.may_be_empty && body.trim_ascii().is_empty() {
            return Ok((status, Bytes::from_static(b"null")));
        }
        accept(status, is_html, body)
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

/// An answer that is a success, before its body.
struct Incoming {
    status: StatusCode,
    response: Response,
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

fn is_kind(headers: &HeaderMap, wanted: &str) -> bool {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    kind.to_ascii_lowercase().starts_with(wanted)
}

/// Judges the body of a success before anybody tries to read it as JSON.
fn accept(status: StatusCode, is_html: bool, body: Bytes) -> Result<(StatusCode, Bytes), Reason> {
    let text = body.trim_ascii();
    if text.is_empty() {
        Err(Reason::Empty {
            status: status.as_u16(),
        })
    } else if text.starts_with(b"<") || (is_html && !starts_as_json(text)) {
        Err(Reason::Html {
            status: status.as_u16(),
        })
    } else {
        Ok((status, body))
    }
}

/// Whether it may be JSON that goes by the wrong name: a list, an object, or the bare number of a count.
fn starts_as_json(text: &[u8]) -> bool {
    matches!(text.first(), Some(b'{' | b'[' | b'0'..=b'9'))
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
