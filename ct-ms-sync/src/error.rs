//! What stops a whole cycle. What stops one lead is a [dead letter](crate::DeadLetter) instead.

use std::fmt;

use jiff::Timestamp;
use jiff::tz::Offset;

use crate::report::{Report, RequestCounts};
use crate::store::Rest;

/// A result of the sync.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a cycle, a check or a set-up could not be carried out.
///
/// The text says what was tried, what the service said and what to do next. It holds no secret and
/// no contact of a lead.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(Box<Kind>);

#[derive(Debug, thiserror::Error)]
enum Kind {
    #[error("configuration: {0}")]
    Config(String),
    #[error("{0}")]
    Account(String),
    #[error("{0}")]
    Rights(String),
    #[error("{0}")]
    Passing(String),
    #[error(transparent)]
    Calltouch(#[from] calltouch_api::Error),
    #[error(transparent)]
    Moysklad(#[from] moysklad_api::Error),
    #[error("{}; the pair rests until {} (Moscow time), a check or a preparation tries at once", .0.reason, moscow(.0.until))]
    Resting(Rest),
    #[error("{cause}; new orders wait until this is mended, everything else was carried")]
    Partly { cause: Error, report: Box<Report> },
    #[error("store: {doing}")]
    Store {
        doing: String,
        source: Option<sqlx::Error>,
    },
}

impl Error {
    pub(crate) fn config(text: impl Into<String>) -> Self {
        Self(Box::new(Kind::Config(text.into())))
    }

    /// The account is not as the configuration needs it.
    pub(crate) fn account(text: impl Into<String>) -> Self {
        Self(Box::new(Kind::Account(text.into())))
    }

    pub(crate) fn rights(text: impl Into<String>) -> Self {
        Self(Box::new(Kind::Rights(text.into())))
    }

    /// Something that may be otherwise in a minute.
    pub(crate) fn passing(text: impl Into<String>) -> Self {
        Self(Box::new(Kind::Passing(text.into())))
    }

    pub(crate) fn store(doing: impl fmt::Display, source: sqlx::Error) -> Self {
        Self(Box::new(Kind::Store {
            doing: doing.to_string(),
            source: Some(source),
        }))
    }

    pub(crate) fn store_text(text: impl Into<String>) -> Self {
        Self(Box::new(Kind::Store {
            doing: text.into(),
            source: None,
        }))
    }

    /// The pair sends nothing until its rest is over.
    pub(crate) fn resting(rest: Rest) -> Self {
        Self(Box::new(Kind::Resting(rest)))
    }

    /// The account is such that no order can be made; the rest of the cycle was carried through.
    pub(crate) fn partly(cause: Self, report: Report) -> Self {
        Self(Box::new(Kind::Partly {
            cause,
            report: Box::new(report),
        }))
    }

    /// Adds to the report, if there is one, what the cycle cost.
    pub(crate) fn with_cost(mut self, requests: RequestCounts, elapsed_ms: u64) -> Self {
        if let Kind::Partly { report, .. } = &mut *self.0 {
            report.requests = requests;
            report.elapsed_ms = elapsed_ms;
        }
        self
    }

    /// Whether new orders can be made once somebody has mended the account or the settings, while
    /// nothing else depends on it.
    pub(crate) fn stops_only_new_orders(&self) -> bool {
        matches!(*self.0, Kind::Account(_) | Kind::Rights(_))
    }

    /// Until when the pair rests because a service refuses its credentials; until then no cycle sends
    /// a request.
    ///
    /// A [check](crate::Sync::check) that finds nothing refused, or a
    /// [preparation](crate::Sync::prepare), ends the rest at once.
    #[must_use]
    pub fn resting_until(&self) -> Option<Timestamp> {
        match &*self.0 {
            Kind::Resting(rest) => Some(rest.until),
            _ => None,
        }
    }

    /// What the cycle did all the same, when only new orders could not be made.
    ///
    /// That is so when a setting names what the account no longer has, or a custom field that is
    /// missing cannot be created: leads wait, and changes of orders are carried.
    #[must_use]
    pub fn report(&self) -> Option<&Report> {
        match &*self.0 {
            Kind::Partly { report, .. } => Some(report),
            _ => None,
        }
    }

    /// Whether a setting is wrong, or names what the account does not have.
    #[must_use]
    pub fn is_config(&self) -> bool {
        match &*self.0 {
            Kind::Config(_) | Kind::Account(_) => true,
            Kind::Partly { cause, .. } => cause.is_config(),
            _ => false,
        }
    }

    /// Whether a service refused the credentials, or they lack a right.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        match &*self.0 {
            Kind::Rights(_) | Kind::Resting(_) => true,
            Kind::Partly { cause, .. } => cause.is_refused(),
            Kind::Calltouch(error) => error.is_unauthorized(),
            Kind::Moysklad(error) => error.is_unauthorized() || error.is_forbidden(),
            Kind::Config(_) | Kind::Account(_) | Kind::Passing(_) | Kind::Store { .. } => false,
        }
    }

    /// Whether МойСклад said that the user lacks a right for this very request.
    pub(crate) fn is_forbidden(&self) -> bool {
        matches!(&*self.0, Kind::Moysklad(error) if error.is_forbidden())
    }

    /// Whether the store failed: its file, its disk or its contents.
    #[must_use]
    pub fn is_store(&self) -> bool {
        matches!(*self.0, Kind::Store { .. })
    }

    /// Whether the same cycle may succeed later with nothing changed.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match &*self.0 {
            Kind::Calltouch(error) => error.is_retryable(),
            Kind::Moysklad(error) => error.is_retryable(),
            Kind::Passing(_) => true,
            Kind::Config(_)
            | Kind::Account(_)
            | Kind::Rights(_)
            | Kind::Resting(_)
            | Kind::Partly { .. }
            | Kind::Store { .. } => false,
        }
    }
}

/// The moment on the clocks of Moscow, to the second.
fn moscow(at: Timestamp) -> impl fmt::Display {
    Offset::constant(3)
        .to_datetime(at)
        .strftime("%Y-%m-%d %H:%M:%S")
        .to_string()
}

impl From<calltouch_api::Error> for Error {
    fn from(error: calltouch_api::Error) -> Self {
        Self(Box::new(error.into()))
    }
}

impl From<moysklad_api::Error> for Error {
    fn from(error: moysklad_api::Error) -> Self {
        Self(Box::new(error.into()))
    }
}
