//! What can go wrong, and the questions a caller asks about it.
//!
//! [`Error`] ends a request, [`RowError`] one row of a bulk request. Both hold what the service
//! said as [`ServiceError`]s. Neither shows credentials, contacts or bodies.

use std::time::Duration;

use http::StatusCode;
use jiff::Timestamp;

use crate::guard::Held;
use crate::retry::Failure;

mod advice;
mod code;
mod row;
mod service;
mod text;

pub use code::ErrorCode;
pub use row::RowError;
pub use service::ServiceError;

pub(crate) use service::{masked, read_errors};

/// What a request of this crate ends with.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a request failed; opaque, and ready to answer what a caller needs to know.
///
/// Its text says what was tried, what the service said and what to do next. Phone numbers and
/// e-mail addresses in the service's words are masked there; [`Error::errors`] has them whole.
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    operation: String,
    kind: Kind,
    effect: Effect,
    /// Attempts made so far.
    attempts: u32,
    /// An attempt before the last may have been carried out.
    unclear_before: bool,
}

/// What carrying out a request does, and so what repeating it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Changes nothing.
    Read,
    /// Changes something; doing it twice is the same as once.
    RepeatableWrite,
    /// Changes something once more every time.
    Write,
}

impl Effect {
    pub(crate) const fn is_repeatable(self) -> bool {
        matches!(self, Self::Read | Self::RepeatableWrite)
    }
}

/// How a request failed.
#[derive(Debug)]
pub(crate) enum Kind {
    /// The client or the request was put together wrongly; nothing was sent.
    Unsendable(String),
    /// The guard held the request back; since when.
    Held(Held, Timestamp),
    /// No connection, no answer or a broken one.
    Transport(reqwest::Error),
    /// The answer is larger than the client takes.
    TooLarge { status: StatusCode, limit: usize },
    /// The server, or something before it, points elsewhere.
    Redirect { status: StatusCode },
    /// The service, or something before it, refused.
    Refused {
        status: StatusCode,
        errors: Vec<ServiceError>,
        wait: Option<Duration>,
    },
    /// The answer is not what it should be; `cut` if it is no whole JSON at all.
    Unreadable {
        status: StatusCode,
        path: String,
        what: String,
        cut: bool,
    },
}

impl Kind {
    /// The HTTP status of the answer, if there was one.
    pub(crate) fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Unsendable(_) | Self::Held(..) | Self::Transport(_) => None,
            Self::TooLarge { status, .. }
            | Self::Redirect { status }
            | Self::Refused { status, .. }
            | Self::Unreadable { status, .. } => Some(*status),
        }
    }
}

impl Error {
    pub(crate) fn new(operation: impl Into<String>, effect: Effect, kind: Kind) -> Self {
        let kind = match kind {
            // reqwest prints addresses, whose queries hold contacts.
            Kind::Transport(source) => Kind::Transport(source.without_url()),
            kind => kind,
        };
        let operation = operation.into();
        Self(Box::new(Inner {
            operation,
            kind,
            effect,
            attempts: 1,
            unclear_before: false,
        }))
    }

    /// An error found before anything was sent.
    pub(crate) fn unsendable(operation: impl Into<String>, why: impl Into<String>) -> Self {
        Self::new(operation, Effect::Read, Kind::Unsendable(why.into()))
    }

    /// Notes how the attempts before went.
    pub(crate) fn after(mut self, attempts: u32, unclear_before: bool) -> Self {
        self.0.attempts = attempts;
        self.0.unclear_before = unclear_before;
        self
    }

    /// Whether an attempt before the last may have been carried out.
    pub(crate) fn was_unclear_before(&self) -> bool {
        self.0.unclear_before
    }

    /// The failure as the rules of repeating see it; none when nothing was sent.
    fn failure(&self) -> Option<Failure> {
        match &self.0.kind {
            Kind::Unsendable(_) | Kind::Held(..) => None,
            Kind::Transport(source) if source.is_connect() => Some(Failure::Connect),
            Kind::Transport(_) | Kind::Unreadable { cut: true, .. } => Some(Failure::Cut),
            Kind::Redirect { status } if status.is_redirection() => Some(Failure::Status(*status)),
            // A redirect that was followed may have been a write elsewhere.
            Kind::Redirect { .. } | Kind::TooLarge { .. } | Kind::Unreadable { .. } => {
                Some(Failure::Unreadable)
            }
            Kind::Refused { status, .. } => Some(Failure::Status(*status)),
        }
    }

    /// What was tried, for example `customerorder.create`.
    #[must_use]
    pub fn operation(&self) -> &str {
        &self.0.operation
    }

    /// The HTTP status of the answer, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.kind.status().map(|status| status.as_u16())
    }

    /// What the service said, in its own order; empty if it said nothing readable.
    #[must_use]
    pub fn errors(&self) -> &[ServiceError] {
        match &self.0.kind {
            Kind::Refused { errors, .. } => errors,
            _ => &[],
        }
    }

    /// The codes the service gave.
    pub fn codes(&self) -> impl Iterator<Item = ErrorCode> + '_ {
        self.errors().iter().filter_map(|error| error.code)
    }

    /// The field of the request or, if the answer was not readable, of the answer.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        match &self.0.kind {
            Kind::Refused { errors, .. } => service::field(errors),
            Kind::Unreadable { path, .. } => Some(path),
            _ => None,
        }
    }

    /// How many attempts were made.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Whether the object or the address does not exist.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(404) || self.has(|code| code == ErrorCode::NOT_FOUND)
    }

    /// Whether the credentials are wrong, or the user or the account is blocked.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.status() == Some(401) || self.has(|code| code == ErrorCode::AUTHENTICATION)
    }

    /// Whether the credentials are right but do not allow this.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.status() == Some(403) || self.has(service::is_about_rights)
    }

    /// Whether the service counted too many requests in its time unit.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.has(|code| code == ErrorCode::RATE_LIMIT)
            || (self.status() == Some(429) && !self.is_parallel_limited())
    }

    /// Whether the service counted too many requests at the same time.
    #[must_use]
    pub fn is_parallel_limited(&self) -> bool {
        self.has(|code| code == ErrorCode::PARALLEL_LIMIT)
    }

    /// Whether the service did not accept what the request says; [`Error::field`] may tell where.
    #[must_use]
    pub fn is_validation(&self) -> bool {
        matches!(self.status(), Some(400 | 412 | 413 | 422))
            && !self.is_forbidden()
            && !self.is_not_found()
            && !self.is_unauthorized()
    }

    /// Whether the object cannot be deleted because others use it.
    #[must_use]
    pub fn is_in_use(&self) -> bool {
        self.status() == Some(409) || self.has(service::is_about_use)
    }

    /// Whether the service is switched off for a while.
    #[must_use]
    pub fn is_maintenance(&self) -> bool {
        self.status() == Some(503) || self.has(service::is_about_maintenance)
    }

    /// Whether the account's tariff (тариф) does not include what was asked for.
    #[must_use]
    pub fn is_tariff(&self) -> bool {
        self.status() == Some(402) || self.has(service::is_about_tariff)
    }

    /// Whether the client held the request back, since more like it would endanger the access.
    ///
    /// The service switches a user's access off who sends too many requests that end with 429, too
    /// many equal ones that fail, or too many updates of one object; only its support switches it
    /// on again. Nothing was sent; [`Error::held_until`] tells when the request may go.
    #[must_use]
    pub fn is_held_back(&self) -> bool {
        matches!(self.0.kind, Kind::Held(..))
    }

    /// When a request that was held back may be sent.
    #[must_use]
    pub fn held_until(&self) -> Option<Timestamp> {
        match &self.0.kind {
            Kind::Held(held, since) => Some(since.checked_add(held.wait).unwrap_or(Timestamp::MAX)),
            _ => None,
        }
    }

    /// Whether the answer did not come in time.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(&self.0.kind, Kind::Transport(source) if source.is_timeout())
            || self.status() == Some(504)
            || self.has(|code| code == ErrorCode::PROCESSING_TIMEOUT)
    }

    /// Whether there was no connection, so nothing was sent.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(&self.0.kind, Kind::Transport(source) if source.is_connect())
    }

    /// Whether sending the same request again does no harm and may help.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.is_held_back()
            || self
                .failure()
                .is_some_and(|failure| failure.is_retryable(self.0.effect.is_repeatable()))
    }

    /// Whether the write may have been carried out although it ended with this error.
    #[must_use]
    pub fn is_unclear(&self) -> bool {
        self.0.effect != Effect::Read
            && (self.0.unclear_before || self.failure().is_some_and(Failure::is_unclear))
    }

    /// How long the service asks to wait, or the guard of the access does.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match &self.0.kind {
            Kind::Refused { wait, .. } => *wait,
            Kind::Held(held, _) => Some(held.wait),
            _ => None,
        }
    }

    /// Whether the request was surely not carried out, for a reason that is not in its contents.
    pub(crate) fn is_turned_away(&self) -> bool {
        if self.is_unclear() {
            return false;
        }
        match self.failure() {
            None | Some(Failure::Connect) => true,
            Some(_) => {
                self.is_unauthorized()
                    || self.is_forbidden()
                    || matches!(
                        self.status(),
                        Some(300..400 | 402 | 404 | 405 | 410 | 415 | 429)
                    )
            }
        }
    }

    /// What kind of failure this is, as traces name it.
    pub(crate) fn kind_name(&self) -> &'static str {
        match &self.0.kind {
            Kind::Unsendable(_) => "unsendable",
            Kind::Held(..) => "held",
            Kind::Transport(source) if source.is_timeout() => "timeout",
            Kind::Transport(source) if source.is_connect() => "connect",
            Kind::Transport(_) => "cut",
            Kind::TooLarge { .. } => "too_large",
            Kind::Redirect { .. } => "redirect",
            Kind::Refused { .. } => "refused",
            Kind::Unreadable { .. } => "unreadable",
        }
    }

    fn has(&self, question: impl Fn(ErrorCode) -> bool) -> bool {
        self.codes().any(question)
    }
}
