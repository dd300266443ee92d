//! Why one row of a bulk request was not saved.

use std::fmt;
use std::sync::Arc;

use super::{Error, ErrorCode, Kind, ServiceError, service};

/// Why one row of a bulk request has no result; cheap to clone.
///
/// Exactly one of [`is_refused`](Self::is_refused), [`is_unclear`](Self::is_unclear) and
/// [`is_unsent`](Self::is_unsent) holds.
#[derive(Clone)]
pub struct RowError {
    outcome: Outcome,
    reason: Reason,
    /// Carrying the row out twice is the same as once.
    repeatable: bool,
    /// An attempt before the last may have been carried out.
    unclear_before: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Refused,
    Unclear,
    Unsent,
}

#[derive(Clone)]
enum Reason {
    /// The service answered about this very row.
    Row(Arc<[ServiceError]>),
    /// The request that carried the row failed.
    Request(Arc<Error>),
}

impl RowError {
    pub(crate) fn refused(errors: Vec<ServiceError>, repeatable: bool) -> Self {
        Self::new(Outcome::Refused, Reason::Row(errors.into()), repeatable)
    }

    /// The row shares the end of the request that carried it, `alone` or with others.
    pub(crate) fn failed(cause: Arc<Error>, repeatable: bool, alone: bool) -> Self {
        if cause.is_unclear() {
            Self::new(Outcome::Unclear, Reason::Request(cause), repeatable)
        } else if cause.is_turned_away() {
            Self::unsent(cause, repeatable)
        } else if alone && !cause.errors().is_empty() {
            Self::refused(cause.errors().to_vec(), repeatable)
        } else {
            Self::new(Outcome::Refused, Reason::Request(cause), repeatable)
        }
    }

    /// The row was not carried out, because of what `cause` shows.
    pub(crate) fn unsent(cause: Arc<Error>, repeatable: bool) -> Self {
        Self::new(Outcome::Unsent, Reason::Request(cause), repeatable)
    }

    fn new(outcome: Outcome, reason: Reason, repeatable: bool) -> Self {
        Self {
            outcome,
            reason,
            repeatable,
            unclear_before: false,
        }
    }

    /// Notes how the attempts before went.
    pub(crate) fn after(self, unclear_before: bool) -> Self {
        Self {
            unclear_before,
            ..self
        }
    }

    /// Whether an attempt before the last may have been carried out.
    pub(crate) fn was_unclear_before(&self) -> bool {
        self.unclear_before
    }

    /// Whether the service answered about this row, or the whole request, and said no.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.outcome == Outcome::Refused
    }

    /// Whether the row may be saved although no readable answer came.
    #[must_use]
    pub fn is_unclear(&self) -> bool {
        self.outcome == Outcome::Unclear
    }

    /// Whether the row was surely not carried out, for a reason that is not in the row.
    #[must_use]
    pub fn is_unsent(&self) -> bool {
        self.outcome == Outcome::Unsent
    }

    /// Whether the service said no to the whole request and not to this row alone.
    ///
    /// Any of the request's rows may be the reason; sent apart, the others may pass.
    #[must_use]
    pub fn is_whole_request(&self) -> bool {
        self.is_refused() && matches!(self.reason, Reason::Request(_))
    }

    /// What the service said.
    #[must_use]
    pub fn errors(&self) -> &[ServiceError] {
        match &self.reason {
            Reason::Row(errors) => errors,
            Reason::Request(cause) => cause.errors(),
        }
    }

    /// The first code the service gave.
    #[must_use]
    pub fn code(&self) -> Option<ErrorCode> {
        self.errors().iter().find_map(|error| error.code)
    }

    /// The first field the service named.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        match &self.reason {
            Reason::Row(errors) => service::field(errors),
            Reason::Request(cause) => cause.field(),
        }
    }

    /// The error of the request that carried the row, unless the service answered about the row.
    #[must_use]
    pub fn cause(&self) -> Option<&Error> {
        match &self.reason {
            Reason::Row(_) => None,
            Reason::Request(cause) => Some(cause),
        }
    }

    /// Whether sending the row again does no harm and may help.
    ///
    /// An unclear row is retryable only if repeating it makes no second object.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        let passing = |code| {
            service::is_about_maintenance(code)
                || code == ErrorCode::CHANGED_IN_PARALLEL
                || code == ErrorCode::RATE_LIMIT
                || code == ErrorCode::PARALLEL_LIMIT
        };
        match (&self.reason, self.outcome) {
            (Reason::Row(_), _) => self.code().is_some_and(passing),
            (Reason::Request(_), Outcome::Refused) => false,
            (Reason::Request(_), Outcome::Unclear) => self.repeatable,
            (Reason::Request(cause), Outcome::Unsent) => {
                !matches!(cause.0.kind, Kind::Unsendable(_))
            }
        }
    }
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.reason {
            Reason::Row(errors) => {
                f.write_str("МойСклад refused the row")?;
                service::write_errors(f, errors)
            }
            Reason::Request(cause) => {
                f.write_str(match self.outcome {
                    Outcome::Refused => "the row went down with its request: ",
                    Outcome::Unclear => "the row may be saved or not: ",
                    Outcome::Unsent => "the row was not carried out: ",
                })?;
                fmt::Display::fmt(cause, f)
            }
        }
    }
}

impl fmt::Debug for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RowError({self})")
    }
}

impl std::error::Error for RowError {}
