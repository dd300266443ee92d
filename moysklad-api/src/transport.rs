//! One call's way: permit, send, read, decode; and again if that does no harm and may help.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::time::Duration;

use backon::Retryable;
use bytes::{Bytes, BytesMut};
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderName, HeaderValue, Method, StatusCode};
use jiff::Timestamp;
use tracing::{Instrument, debug, debug_span, field};
use url::Url;

use crate::answer::Answer;
use crate::error::{Effect, Error, Kind, Result};
use crate::guard::{Fingerprint, Outcome};
use crate::limit::{Pace, Permit, WINDOW, Weight};
use crate::retry::{self, LONGEST_WAIT};
use crate::secret::Credentials;

/// The one spelling that every part of the service accepts.
const ACCEPTED: HeaderValue = HeaderValue::from_static("application/json;charset=utf-8");
const JSON: HeaderValue = HeaderValue::from_static("application/json");
/// Keeps webhooks whose addresses begin so from being sent for the request.
const SUPPRESSED: HeaderName = HeaderName::from_static("x-lognex-webhook-disablebyprefix");
/// What the service allows all headers together, the address among them.
const HEADERS_LIMIT: usize = 8 * 1024;
/// What goes into the headers besides the address and the authorization.
const OTHER_HEADERS: usize = 700;

/// Everything that a client and its clones share.
#[derive(Clone)]
pub(crate) struct Transport {
    pub(crate) http: reqwest::Client,
    pub(crate) base: Url,
    pub(crate) credentials: Credentials,
    pub(crate) authorization: HeaderValue,
    pub(crate) pace: Pace,
    pub(crate) attempts: u32,
    pub(crate) retry_delay: Duration,
    pub(crate) timeout: Duration,
    pub(crate) answer_limit: usize,
    /// Beginnings of the addresses whose webhooks writes do not fire.
    pub(crate) suppressed: Vec<HeaderValue>,
    /// Whether whatever is no GET is refused before it is sent.
    pub(crate) read_only: bool,
    pub(crate) sent: Arc<AtomicU64>,
}

/// A request as a value: what to do, on what, with what effect.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) operation: String,
    pub(crate) method: Method,
    /// The path under the base address.
    pub(crate) path: String,
    /// The path with placeholders for ids, as traces show it.
    pub(crate) template: String,
    pub(crate) query: Vec<(&'static str, String)>,
    pub(crate) body: Option<Bytes>,
    pub(crate) effect: Effect,
    /// Whether the answer may be a redirect, which `read` then looks at.
    pub(crate) redirects: bool,
}

impl Call {
    pub(crate) fn get(operation: impl Into<String>, path: impl Into<String>) -> Self {
        Self::new(operation, Method::GET, path, Effect::Read)
    }

    pub(crate) fn new(
        operation: impl Into<String>,
        method: Method,
        path: impl Into<String>,
        effect: Effect,
    ) -> Self {
        let path = path.into();
        Self {
            operation: operation.into(),
            method,
            template: path.clone(),
            path,
            query: Vec::new(),
            body: None,
            effect,
            redirects: false,
        }
    }

    /// Continues the path by an id.
    pub(crate) fn id(mut self, id: impl std::fmt::Display) -> Self {
        self.path = format!("{}/{id}", self.path);
        self.template.push_str("/{id}");
        self
    }

    pub(crate) fn param(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.query.push((name, value.into()));
        self
    }

    /// Lets the answer be a redirect.
    pub(crate) fn redirecting(mut self) -> Self {
        self.redirects = true;
        self
    }

    /// Continues the path by a fixed part.
    pub(crate) fn then(mut self, part: &str) -> Self {
        self.path = format!("{}/{part}", self.path);
        self.template = format!("{}/{part}", self.template);
        self
    }

    /// Sends this as JSON.
    pub(crate) fn json(mut self, body: &impl serde::Serialize) -> Result<Self> {
        let body = serde_json::to_vec(body)
            .map_err(|error| Error::unsendable(&self.operation, encode_failure(&error)))?;
        self.body = Some(body.into());
        Ok(self)
    }
}

/// Why a value does not become JSON; the value itself is not shown.
pub(crate) fn encode_failure(error: &serde_json::Error) -> String {
    format!(
        "the request cannot be written as JSON ({:?})",
        error.classify()
    )
}

/// A result, and whether an attempt before it may have been carried out too.
#[derive(Debug)]
pub(crate) struct Sent<T> {
    pub(crate) value: T,
    pub(crate) unclear_before: bool,
}

impl Transport {
    /// How long a query may be, percent-encoding included.
    pub(crate) fn query_limit(&self, path: &str) -> usize {
        let taken =
            OTHER_HEADERS + self.base.as_str().len() + path.len() + self.authorization.len();
        HEADERS_LIMIT.saturating_sub(taken)
    }

    /// Carries the call out; `read` turns the answer into a result or says what is wrong with it.
    pub(crate) async fn call<T>(
        &self,
        call: &Call,
        read: impl Fn(&Answer) -> Result<T, Kind>,
    ) -> Result<Sent<T>> {
        if self.read_only && call.method != Method::GET {
            let why = format!(
                "the client is read-only, and {} changes things",
                call.method
            );
            return Err(Error::unsendable(&call.operation, why));
        }
        let attempts = AtomicU32::new(0);
        let unclear = AtomicBool::new(false);
        let (attempts, unclear, read) = (&attempts, &unclear, &read);
        let fingerprint = Fingerprint::of(call);
        let attempt = || async move {
            let resends = attempts.fetch_add(1, Ordering::Relaxed);
            self.attempt(call, fingerprint, resends, read).await
        };
        let result = attempt
            .retry(retry::pauses(self.attempts, self.retry_delay))
            // What the guard holds back is the caller's to wait for.
            .when(|error: &Error| error.is_retryable() && !error.is_held_back())
            // `None`: attempts are used up, and the service's wait must not revive them.
            .adjust(|error, planned| {
                planned.and_then(|pause| retry::pause(error.retry_after(), pause))
            })
            .notify(|error, pause| {
                unclear.fetch_or(error.is_unclear(), Ordering::Relaxed);
                debug!(?pause, %error, "trying again");
            })
            .await;
        let unclear_before = unclear.load(Ordering::Relaxed);
        match result {
            Ok(value) => Ok(Sent {
                value,
                unclear_before,
            }),
            Err(error) => Err(error.after(attempts.load(Ordering::Relaxed), unclear_before)),
        }
    }

    async fn attempt<T>(
        &self,
        call: &Call,
        fingerprint: Fingerprint,
        resends: u32,
        read: impl Fn(&Answer) -> Result<T, Kind>,
    ) -> Result<T> {
        let permit = self.pace.permit(Weight::of(&call.path)).await;
        if let Err(held) = self.pace.admit(fingerprint) {
            permit.forgo();
            let kind = Kind::Held(held, Timestamp::now());
            return Err(Error::new(&call.operation, call.effect, kind));
        }
        let span = debug_span!(
            "moysklad.request",
            otel.kind = "client",
            otel.name = %format_args!("{} {}", call.method, call.template),
            http.request.method = %call.method,
            url.template = call.template,
            server.address = self.base.host_str(),
            http.request.resend_count = resends,
            http.response.status_code = field::Empty,
            error.type = field::Empty,
        );
        let result = self.exchange(call, &permit).instrument(span.clone()).await;
        drop(permit);
        self.pace.note(fingerprint, outcome(&result));
        let result = result.and_then(|answer| {
            span.record("http.response.status_code", answer.status.as_u16());
            read(&answer)
        });
        result.map_err(|kind| {
            let error = Error::new(&call.operation, call.effect, kind);
            if let Some(status) = error.status() {
                span.record("http.response.status_code", status);
            }
            span.record("error.type", error.kind_name());
            error
        })
    }

    async fn exchange(&self, call: &Call, permit: &Permit) -> Result<Answer, Kind> {
        let url = self.url(call);
        let mut request = self
            .http
            .request(call.method.clone(), url.clone())
            .timeout(self.timeout)
            .header(AUTHORIZATION, self.authorization.clone())
            .header(ACCEPT, ACCEPTED);
        if call.method != Method::GET {
            for prefix in &self.suppressed {
                request = request.header(SUPPRESSED, prefix.clone());
            }
        }
        if let Some(body) = &call.body {
            request = request.header(CONTENT_TYPE, JSON).body(body.clone());
        }
        self.sent.fetch_add(1, Ordering::Relaxed);
        let mut response = request.send().await.map_err(Kind::Transport)?;
        let status = response.status();
        // A client of the caller's own may have followed a redirect; what answered then is not
        // the service that was asked.
        if (status.is_redirection() && !call.redirects) || *response.url() != url {
            return Err(Kind::Redirect { status });
        }
        let headers = std::mem::take(response.headers_mut());
        permit.learn(&headers);
        let wait = retry::asked_wait(status, &headers);
        let mut body = BytesMut::new();
        while let Some(chunk) = response.chunk().await.map_err(Kind::Transport)? {
            if body.len() + chunk.len() > self.answer_limit {
                return Err(Kind::TooLarge {
                    status,
                    limit: self.answer_limit,
                });
            }
            body.extend_from_slice(&chunk);
        }
        let mut answer = Answer {
            status,
            wait,
            headers,
            body: body.freeze(),
            credentials: self.credentials.clone(),
        };
        if status == StatusCode::TOO_MANY_REQUESTS {
            if !answer.is_parallel_limit() {
                let wait = wait.unwrap_or(WINDOW);
                self.pace.close_for(wait.min(LONGEST_WAIT));
                answer.wait = Some(wait);
            }
            return Err(answer.refusal());
        }
        Ok(answer)
    }

    fn url(&self, call: &Call) -> Url {
        let mut url = self.base.clone();
        // The builder lets only addresses through that can have segments.
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(call.path.split('/'));
        }
        if !call.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&call.query);
        }
        url
    }
}

/// How an exchange counts for the guard.
fn outcome(result: &Result<Answer, Kind>) -> Outcome {
    match result {
        Ok(answer) => answer.status.into(),
        Err(Kind::Transport(error)) if error.is_connect() => Outcome::Harmless,
        Err(Kind::Transport(_)) => Outcome::Failed,
        Err(kind) => kind.status().map_or(Outcome::Harmless, Outcome::from),
    }
}
