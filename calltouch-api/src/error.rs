//! What went wrong: one opaque error that answers questions.

mod answer;
mod reason;
mod record;

pub use answer::Violation;
pub(crate) use answer::{Said, denial, element, read};
pub(crate) use reason::{Fate, Reason, Refusal};
pub use record::RecordError;

use crate::retry;
use std::fmt;
use std::time::Duration;

/// What every call of this crate gives back.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Says what was tried, on which site, what the service answered and what to do about it.
///
/// Neither `Display` nor `Debug` shows the token, a URL, a body, a phone number or an e-mail.
pub struct Error(Box<Failure>);

#[derive(Debug)]
struct Failure {
    operation: &'static str,
    site_id: Option<u64>,
    /// Whether the request may be carried out twice without harm.
    repeatable: bool,
    reason: Reason,
}

impl Error {
    /// A failure of a request.
    pub(crate) fn new(
        operation: &'static str,
        site_id: u64,
        repeatable: bool,
        reason: Reason,
    ) -> Self {
        Self(Box::new(Failure {
            operation,
            site_id: Some(site_id),
            repeatable,
            reason,
        }))
    }

    /// A failure before there is a request.
    pub(crate) fn local(operation: &'static str, reason: Reason) -> Self {
        Self(Box::new(Failure {
            operation,
            site_id: None,
            repeatable: false,
            reason,
        }))
    }

    /// What the failure says about the request itself.
    pub(crate) fn fate(&self) -> Fate {
        self.0.reason.fate()
    }

    /// Shows the HTTP status of the answer, if one came; none for a [record](Self::record).
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.reason.status()
    }

    /// Shows the service's own error code (`errorCode`).
    #[must_use]
    pub fn code(&self) -> Option<i64> {
        self.0.reason.said()?.code
    }

    /// Shows what the service said, without the token, phones and e-mails, cut at 500 characters.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.0.reason.said()?.message.as_deref()
    }

    /// Shows what the service found wrong in the input, one by one.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        self.0.reason.said().map_or(&[], |said| &said.violations)
    }

    /// Names what was tried, as `calls.list`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.0.operation
    }

    /// Names the field that could not be read: of the answer, or of the [record](Self::record).
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        match &self.0.reason {
            Reason::Unreadable { path, .. } if !path.is_empty() => Some(path),
            Reason::Record(record) => record.field(),
            _ => None,
        }
    }

    /// Whether one record of a journal could not be read, while the others can.
    ///
    /// A stream that yields such an error goes on; after any other error it has ended.
    #[must_use]
    pub fn is_record(&self) -> bool {
        self.record().is_some()
    }

    /// Says which record of a journal could not be read, if that is what went wrong.
    #[must_use]
    pub fn record(&self) -> Option<&RecordError> {
        match &self.0.reason {
            Reason::Record(record) => Some(record),
            _ => None,
        }
    }

    /// Whether the token is wrong or may not see the site (HTTP 401 or 403).
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        matches!(self.status(), Some(401 | 403))
    }

    /// Whether the token is good and may not see this site.
    ///
    /// The service answers HTTP 403 to this and to a wrong token alike, and only its words differ; they
    /// are not documented. So this holds if the words speak of the site or of access, and not of
    /// credentials. [`is_unauthorized`](Self::is_unauthorized) holds as well.
    #[must_use]
    pub fn is_site_denied(&self) -> bool {
        let speaks_of = |words: &[&str]| {
            let message = self.message().unwrap_or_default().to_lowercase();
            words.iter().any(|word| message.contains(word))
        };
        self.status() == Some(403)
            && speaks_of(&["site", "access", "сайт", "доступ", "проект"])
            && !speaks_of(&["credential", "token", "токен"])
    }

    /// Whether the daily API points of the site (баллы API) are used up.
    ///
    /// The answer to that is not documented: this holds for a refusal that speaks of points. They come
    /// back the next day, so repeating the request before is of no use.
    #[must_use]
    pub fn is_out_of_points(&self) -> bool {
        let message = self.message().unwrap_or_default().to_lowercase();
        let speaks_of_points = message.contains("балл")
            || message
                .split(|letter: char| !letter.is_alphanumeric())
                .any(|word| word == "points");
        speaks_of_points && matches!(self.0.reason, Reason::Refused(_))
    }

    /// Whether there were too many requests (HTTP 429).
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.status() == Some(429)
    }

    /// Whether the input was refused, by the service or by this crate before anything was sent.
    #[must_use]
    pub fn is_validation(&self) -> bool {
        match &self.0.reason {
            Reason::Input(_) => true,
            Reason::Refused(refusal) => {
                matches!(refusal.status, 400 | 422) || !refusal.said.violations.is_empty()
            }
            _ => false,
        }
    }

    /// Whether no whole answer came in time.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.0.reason, Reason::Timeout(_))
    }

    /// Whether no connection could be made, so that nothing was sent.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(self.0.reason, Reason::Connect(_))
    }

    /// Whether sending the same request again is safe and may help.
    ///
    /// The client has already done so as often as it is set to.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        retry::worth(&self.0.reason, self.0.repeatable)
    }

    /// Whether the service may have carried the request out although no good answer came.
    #[must_use]
    pub fn is_unclear(&self) -> bool {
        self.fate() == Fate::Unclear
    }

    /// Shows how long the server asked to wait.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match &self.0.reason {
            Reason::Refused(refusal) => refusal.retry_after,
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Failure {
            operation,
            site_id,
            reason,
            ..
        } = &*self.0;
        match site_id {
            Some(site_id) => write!(f, "{operation} of site {site_id}: {reason}"),
            None => write!(f, "{operation}: {reason}"),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Failure {
            operation,
            site_id,
            reason,
            ..
        } = &*self.0;
        f.debug_struct("Error")
            .field("operation", operation)
            .field("site_id", site_id)
            .field("reason", reason)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        // The reason itself is already in `Display`.
        self.0.reason.source()
    }
}
