//! What became of one row of a batch that failed.

use crate::error::{Error, Fate, Said};
use std::fmt;
use std::sync::Arc;

/// Says why one row of a batch did not succeed, and what is known of it.
///
/// Exactly one of [`is_refused`](Self::is_refused), [`is_unclear`](Self::is_unclear) and
/// [`is_unsent`](Self::is_unsent) holds. An unclear row must be looked up before it is sent again.
#[derive(Clone)]
pub struct RowError(Arc<Row>);

struct Row {
    operation: &'static str,
    fate: Fate,
    said: Said,
    cause: Option<Arc<Error>>,
}

impl RowError {
    /// The service answered about this row, and said no.
    pub(crate) fn refused(operation: &'static str, said: Said) -> Self {
        Self(Arc::new(Row {
            operation,
            fate: Fate::Refused,
            said,
            cause: None,
        }))
    }

    /// The service answered, and the answer does not settle this row.
    pub(crate) fn unclear(operation: &'static str, why: &str) -> Self {
        let said = Said {
            message: Some(why.to_owned()),
            ..Said::default()
        };
        Self(Arc::new(Row {
            operation,
            fate: Fate::Unclear,
            said,
            cause: None,
        }))
    }

    /// The request that carried this row failed.
    pub(crate) fn failed(cause: Arc<Error>) -> Self {
        let said = Said {
            message: cause.message().map(str::to_owned),
            code: cause.code(),
            violations: cause.violations().to_vec(),
        };
        let (operation, fate) = (cause.operation(), cause.fate());
        Self(Arc::new(Row {
            operation,
            fate,
            said,
            cause: Some(cause),
        }))
    }

    /// Whether the service answered and said no, about this row or the whole batch.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.0.fate == Fate::Refused
    }

    /// Whether it is not known if the row was saved.
    ///
    /// So after a timeout, a cut connection, a failure of the server, an answer that cannot be read or
    /// one that does not mention the row.
    #[must_use]
    pub fn is_unclear(&self) -> bool {
        self.0.fate == Fate::Unclear
    }

    /// Whether the row was surely not carried out.
    ///
    /// So when no connection could be made, the batch was turned away (429, 503 with `Retry-After`), the
    /// token was refused, or this crate refused the row itself.
    #[must_use]
    pub fn is_unsent(&self) -> bool {
        self.0.fate == Fate::Unsent
    }

    /// Whether the batch failed as a whole, so that the row itself may be good.
    ///
    /// Together with [`is_refused`](Self::is_refused): another row of the same batch may be the cause, and
    /// sending the rows one by one tells which.
    #[must_use]
    pub fn is_whole_batch(&self) -> bool {
        self.0
            .cause
            .as_ref()
            .is_some_and(|cause| cause.status().is_some())
    }

    /// Whether sending the row again is safe and may help; never for an unclear row.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.is_unsent()
            && self
                .0
                .cause
                .as_ref()
                .is_some_and(|cause| cause.is_retryable() || cause.status() == Some(503))
    }

    /// Shows what the service said, without the token, phones and e-mails.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.0.said.message.as_deref()
    }

    /// Shows the service's own error code.
    #[must_use]
    pub fn code(&self) -> Option<i64> {
        self.0.said.code
    }

    /// Shows the failure of the request that carried the row, if that is what failed.
    #[must_use]
    pub fn cause(&self) -> Option<&Error> {
        self.0.cause.as_deref()
    }
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Row {
            operation,
            fate,
            said,
            cause,
        } = &*self.0;
        let what = match (fate, cause) {
            (Fate::Refused, None) => "Calltouch refused the row",
            (Fate::Refused, Some(_)) => "Calltouch refused the batch",
            (Fate::Unclear, _) => "it is not known whether the row was saved",
            (Fate::Unsent, _) => "the row was not carried out",
        };
        if let Some(cause) = cause {
            return write!(f, "{what}: {cause}");
        }
        write!(f, "{operation}: {what}")?;
        if let Some(code) = said.code {
            write!(f, ", code {code}")?;
        }
        said.message
            .as_ref()
            .map_or(Ok(()), |message| write!(f, ": {message}"))
    }
}

impl fmt::Debug for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RowError")
            .field("operation", &self.0.operation)
            .field("fate", &self.0.fate)
            .field("said", &self.0.said)
            .field("cause", &self.0.cause)
            .finish()
    }
}

impl std::error::Error for RowError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        // The cause itself is already in `Display`.
        std::error::Error::source(self.0.cause.as_deref()?)
    }
}
