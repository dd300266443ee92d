//! Why a request failed, and what that says about whether it was carried out.

use super::answer::Said;
use super::record::RecordError;
use std::error::Error;
use std::fmt;
use std::time::Duration;

/// Why a request failed. Foreign errors lose their URL before they get in here.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Reason {
    /// Refused by this crate, before anything was sent.
    #[error("{0}")]
    Input(String),
    /// No connection: nothing was sent.
    #[error("cannot connect to the server: check the base URL and the network")]
    Connect(#[source] reqwest::Error),
    /// No whole answer in time.
    #[error("no whole answer in time: try again later or set a longer timeout")]
    Timeout(#[source] reqwest::Error),
    /// The connection broke, or the answer did.
    #[error("the connection broke before the whole answer came: try again later")]
    Interrupted(#[source] reqwest::Error),
    /// The service answered, and said no.
    #[error("{0}")]
    Refused(Refusal),
    /// The server sent us elsewhere, which it does with paths that it does not know.
    #[error(
        "redirected to the help centre or elsewhere (HTTP {status}): the address is wrong, check the base URL"
    )]
    Redirected {
        status: u16,
        /// A foreign HTTP client went where it was sent.
        followed: bool,
    },
    /// A page for people.
    #[error("the server answered with a page for people (HTTP {status}): check the base URL")]
    Html { status: u16 },
    /// Success without a body.
    #[error("the server answered with nothing (HTTP {status})")]
    Empty { status: u16 },
    /// More than we are ready to hold.
    #[error("the answer is larger than {limit} bytes: ask for less or set a higher limit")]
    TooLarge { status: u16, limit: usize },
    /// JSON, but not the JSON we know.
    #[error("cannot read {} of the answer: {wanted}", quoted(path))]
    Unreadable {
        status: u16,
        path: String,
        wanted: String,
    },
    /// One record of a page, while the others are fine.
    #[error("{0}")]
    Record(RecordError),
    /// The caller's writer took no more.
    #[error("cannot write what was received: {0}")]
    Write(#[source] std::io::Error),
}

/// What became of a request that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// The service read it and said no.
    Refused,
    /// It was surely not carried out.
    Unsent,
    /// Nobody knows.
    Unclear,
}

impl Reason {
    /// Sorts a failure of reqwest; it loses its URL, which holds the token.
    pub(crate) fn transport(error: reqwest::Error) -> Self {
        let error = error.without_url();
        if error.is_builder() {
            Self::Input("the HTTP client cannot build the request: check the base URL".into())
        } else if error.is_connect() {
            Self::Connect(error)
        } else if error.is_timeout() {
            Self::Timeout(error)
        } else {
            Self::Interrupted(error)
        }
    }

    /// Sorts a failure of the JSON reader; only what it expected is kept, never what it found.
    pub(crate) fn unreadable(
        status: u16,
        error: &serde_path_to_error::Error<serde_json::Error>,
    ) -> Self {
        Self::Unreadable {
            status,
            path: path(error),
            wanted: wanted(error.inner()),
        }
    }

    pub(crate) fn fate(&self) -> Fate {
        match self {
            Self::Input(_)
            | Self::Connect(_)
            | Self::Redirected {
                followed: false, ..
            } => Fate::Unsent,
            Self::Refused(refusal) => refusal.fate(),
            _ => Fate::Unclear,
        }
    }

    pub(crate) fn status(&self) -> Option<u16> {
        match self {
            Self::Refused(Refusal { status, .. })
            | Self::Redirected { status, .. }
            | Self::Html { status }
            | Self::Empty { status }
            | Self::TooLarge { status, .. }
            | Self::Unreadable { status, .. } => Some(*status),
            Self::Input(_)
            | Self::Connect(_)
            | Self::Timeout(_)
            | Self::Interrupted(_)
            | Self::Record(_)
            | Self::Write(_) => None,
        }
    }

    pub(crate) fn said(&self) -> Option<&Said> {
        match self {
            Self::Refused(refusal) => Some(&refusal.said),
            _ => None,
        }
    }

    /// A word for `error.type` of a span.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Input(_) => "input",
            Self::Connect(_) => "connect",
            Self::Timeout(_) => "timeout",
            Self::Interrupted(_) => "interrupted",
            Self::Refused(_) => "refused",
            Self::Redirected { .. } => "redirected",
            Self::Html { .. } => "html",
            Self::Empty { .. } => "empty",
            Self::TooLarge { .. } => "too_large",
            Self::Unreadable { .. } => "unreadable",
            Self::Record(_) => "record",
            Self::Write(_) => "write",
        }
    }

    pub(crate) fn source(&self) -> Option<&(dyn Error + 'static)> {
        Error::source(self)
    }
}

/// The path as a sentence names it.
fn quoted(path: &str) -> String {
    if path.is_empty() {
        "the top".to_owned()
    } else {
        format!("`{path}`")
    }
}

/// The path of what could not be read; the reader writes `.` for the whole and `?` for what it had not
/// reached.
pub(super) fn path(error: &serde_path_to_error::Error<serde_json::Error>) -> String {
    let path = error.path().to_string();
    path.trim_end_matches(['.', '?']).to_owned()
}

/// What the JSON reader expected, without the value it found, which may be somebody's phone.
pub(super) fn wanted(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let text = text
        .rsplit_once(" at line ")
        .map_or(text.as_str(), |(text, _)| text);
    // A record read by itself has lost its place.
    let place = match error.line() {
        0 => String::new(),
        line => format!(" (line {line}, column {})", error.column()),
    };
    if text.starts_with("missing field") || text.starts_with("duplicate field") {
        return text.to_owned();
    }
    match text.rsplit_once("expected ") {
        Some((_, wanted)) if error.is_data() => format!("expected {wanted}{place}"),
        _ if error.is_eof() => format!("the JSON ends too early{place}"),
        _ => format!("it is not the JSON it should be{place}"),
    }
}

/// An answer that is no success.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) said: Said,
    pub(crate) retry_after: Option<Duration>,
}

impl Refusal {
    fn fate(&self) -> Fate {
        match self.status {
            // Turned away at the door, as with 429 and the other refusals at the end.
            503 if self.retry_after.is_some() => Fate::Unsent,
            // The input was read. A success with an error in its body is the same "no".
            200..=299 | 400 | 422 => Fate::Refused,
            // The server or somebody before it gave up while the request was on its way.
            408 | 499 | 500.. => Fate::Unclear,
            _ => Fate::Unsent,
        }
    }

    /// What to do next.
    fn advice(&self) -> Option<&'static str> {
        match self.status {
            401 | 403 => Some("check the token and that it may see the site"),
            404 => Some("check the base URL and the site"),
            429 => Some("the limit of requests is used up, wait before the next one"),
            500.. => Some("try again later"),
            _ if !self.said.violations.is_empty() => Some("correct the named values"),
            _ => None,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verb = if self.status >= 500 {
            "could not serve"
        } else {
            "refused"
        };
        write!(f, "Calltouch {verb} the request (HTTP {})", self.status)?;
        if let Some(code) = self.said.code {
            write!(f, ", code {code}")?;
        }
        if !self.said.violations.is_empty() {
            let all: Vec<String> = self
                .said
                .violations
                .iter()
                .map(ToString::to_string)
                .collect();
            write!(f, ": {}", all.join("; "))?;
        } else if let Some(message) = &self.said.message {
            write!(f, ": {message}")?;
        }
        match self.advice() {
            Some(advice) => write!(f, ": {advice}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(status: u16, retry_after: Option<u64>) -> Refusal {
        let retry_after = retry_after.map(Duration::from_secs);
        Refusal {
            status,
            said: Said::default(),
            retry_after,
        }
    }

    #[test]
    fn a_status_tells_whether_the_request_was_carried_out() {
        let table = [
            (200, None, Fate::Refused),
            (400, None, Fate::Refused),
            (401, None, Fate::Unsent),
            (403, None, Fate::Unsent),
            (404, None, Fate::Unsent),
            (408, None, Fate::Unclear),
            (422, None, Fate::Refused),
            (429, None, Fate::Unsent),
            (500, None, Fate::Unclear),
            (502, None, Fate::Unclear),
            (503, None, Fate::Unclear),
            (503, Some(1), Fate::Unsent),
            (504, None, Fate::Unclear),
        ];
        for (status, wait, fate) in table {
            assert_eq!(refusal(status, wait).fate(), fate, "{status} {wait:?}");
        }
    }

    #[test]
    fn the_reader_never_quotes_what_it_found() {
        let found = "79990000001";
        let error = serde_json::from_str::<u8>(&format!("\"{found}\"")).unwrap_err();

        let shown = wanted(&error);

        assert_eq!(shown, "expected u8 (line 1, column 13)");
    }
}
