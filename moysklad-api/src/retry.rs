//! Which failures are repeated, and after how long: decided without a clock or a network.

use std::time::Duration;

use backon::ExponentialBuilder;
use http::{HeaderMap, StatusCode};

/// The first pause when the service names none, unless the caller names another.
pub(crate) const FIRST_PAUSE: Duration = Duration::from_millis(500);
/// The longest pause of our own choice.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// The longest wait of the service's asking that is waited here; a longer one is the caller's.
pub(crate) const LONGEST_WAIT: Duration = Duration::from_mins(1);

/// How an attempt ended without a usable answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// No connection: nothing was sent.
    Connect,
    /// The connection broke or stayed silent after the request may have arrived.
    Cut,
    /// An answer with this status.
    Status(StatusCode),
    /// An answer that is whole but not what it should be.
    Unreadable,
}

impl Failure {
    /// Whether another attempt may help and does no harm.
    ///
    /// `repeatable` tells that carrying the request out twice is the same as once.
    pub(crate) fn is_retryable(self, repeatable: bool) -> bool {
        match self {
            // Turned away before any work was done.
            Self::Connect | Self::Status(StatusCode::TOO_MANY_REQUESTS) => true,
            Self::Cut => repeatable,
            Self::Status(status) => repeatable && status.is_server_error(),
            Self::Unreadable => false,
        }
    }

    /// Whether a write that ended so may have been carried out all the same.
    pub(crate) fn is_unclear(self) -> bool {
        match self {
            Self::Connect => false,
            Self::Cut | Self::Unreadable => true,
            Self::Status(status) => status.is_server_error(),
        }
    }
}

/// The pauses between attempts when the service names none: growing, with jitter.
pub(crate) fn pauses(attempts: u32, first: Duration) -> ExponentialBuilder {
    ExponentialBuilder::new()
        .with_min_delay(first)
        .with_max_delay(LONGEST_PAUSE)
        .with_max_times(attempts.saturating_sub(1).try_into().unwrap_or(usize::MAX))
        .with_jitter()
}

/// How long to pause before the next attempt; none if the service asks for more than one waits.
pub(crate) fn pause(asked: Option<Duration>, planned: Duration) -> Option<Duration> {
    match asked {
        Some(asked) if asked > LONGEST_WAIT => None,
        Some(asked) => Some(asked),
        None => Some(planned),
    }
}

/// How long the service asks to wait, from its own headers in milliseconds, else the standard one.
pub(crate) fn asked_wait(status: StatusCode, headers: &HeaderMap) -> Option<Duration> {
    let number = |name: &str| headers.get(name)?.to_str().ok()?.trim().parse::<u64>().ok();
    // Other answers carry the reset too, where it asks for nothing.
    let limited = status == StatusCode::TOO_MANY_REQUESTS;
    number("x-lognex-retry-after")
        .or_else(|| number("x-lognex-reset").filter(|millis| limited && *millis > 0))
        .map(Duration::from_millis)
        .or_else(|| number("retry-after").map(Duration::from_secs))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn only_what_does_no_harm_is_repeated() {
        let status = |code| Failure::Status(StatusCode::from_u16(code).unwrap());
        for (failure, repeatable, unrepeatable) in [
            (Failure::Connect, true, true),
            (Failure::Cut, true, false),
            (Failure::Unreadable, false, false),
            (status(429), true, true),
            (status(500), true, false),
            (status(502), true, false),
            (status(503), true, false),
            (status(504), true, false),
            (status(400), false, false),
            (status(401), false, false),
            (status(404), false, false),
            (status(412), false, false),
            (status(415), false, false),
        ] {
            assert_eq!(failure.is_retryable(true), repeatable, "{failure:?}");
            assert_eq!(failure.is_retryable(false), unrepeatable, "{failure:?}");
        }
    }

    #[test]
    fn a_write_is_unclear_unless_it_was_surely_turned_away() {
        assert!(Failure::Cut.is_unclear());
        assert!(Failure::Unreadable.is_unclear());
        assert!(Failure::Status(StatusCode::BAD_GATEWAY).is_unclear());
        assert!(!Failure::Connect.is_unclear());
        assert!(!Failure::Status(StatusCode::TOO_MANY_REQUESTS).is_unclear());
        assert!(!Failure::Status(StatusCode::BAD_REQUEST).is_unclear());
    }

    #[test]
    fn the_services_own_wait_comes_before_the_standard_one() {
        let wait = |status: u16, pairs: &[(&'static str, &'static str)]| {
            let headers = pairs
                .iter()
                .map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value)))
                .collect();
            asked_wait(StatusCode::from_u16(status).unwrap(), &headers)
        };

        let both = [("x-lognex-retry-after", "1840"), ("retry-after", "9")];
        assert_eq!(wait(429, &both), Some(Duration::from_millis(1840)));
        assert_eq!(
            wait(429, &[("x-lognex-reset", "700")]),
            Some(Duration::from_millis(700))
        );
        assert_eq!(wait(502, &[("x-lognex-reset", "700")]), None);
        assert_eq!(wait(429, &[("x-lognex-reset", "0")]), None);
        assert_eq!(
            wait(503, &[("retry-after", "2")]),
            Some(Duration::from_secs(2))
        );
        assert_eq!(wait(503, &[("retry-after", "soon")]), None);
    }

    #[test]
    fn the_asked_wait_replaces_the_planned_pause_unless_it_is_too_long() {
        let planned = Duration::from_millis(500);

        assert_eq!(pause(None, planned), Some(planned));
        assert_eq!(pause(Some(Duration::ZERO), planned), Some(Duration::ZERO));
        assert_eq!(pause(Some(LONGEST_WAIT), planned), Some(LONGEST_WAIT));
        assert_eq!(pause(Some(LONGEST_WAIT + planned), planned), None);
    }
}
