//! Which failures are repeated, and after how long. Pure: no clock, no network.

use crate::error::Reason;
use backon::ExponentialBuilder;
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use std::time::Duration;

/// The longest a call waits between two attempts; a server that asks for more gets no more attempts.
const LONGEST_WAIT: Duration = Duration::from_mins(1);

/// Pauses that double from `first` on, with jitter; `attempts` counts the first try too.
pub(crate) fn backoff(attempts: u32, first: Duration) -> ExponentialBuilder {
    ExponentialBuilder::default()
        .with_min_delay(first)
        .with_max_delay(LONGEST_WAIT)
        .with_max_times(usize::try_from(attempts.saturating_sub(1)).unwrap_or(usize::MAX))
        .with_jitter()
}

/// Whether another attempt is safe and may help.
///
/// A request that may be repeated is repeated whenever the failure may pass. One that must not be
/// carried out twice is repeated only if it was turned away at the door.
pub(crate) fn worth(reason: &Reason, repeatable: bool) -> bool {
    match reason {
        Reason::Connect(_) => true,
        Reason::Timeout(_) | Reason::Interrupted(_) => repeatable,
        Reason::Refused(refusal) => match refusal.status {
            429 => true,
            408 | 500 | 502..=504 => repeatable,
            _ => false,
        },
        _ => false,
    }
}

/// The pause before the next attempt: what the server asked for, else what was planned.
///
/// `planned` is `None` when the attempts are used up, and the server's wish must not revive them.
pub(crate) fn wait(asked: Option<Duration>, planned: Option<Duration>) -> Option<Duration> {
    let planned = planned?;
    match asked {
        Some(asked) => (asked <= LONGEST_WAIT).then_some(asked),
        None => Some(planned),
    }
}

/// Reads `Retry-After`: seconds, or an HTTP date.
pub(crate) fn parse_retry_after(header: &str, now: Timestamp) -> Option<Duration> {
    let header = header.trim();
    if let Ok(seconds) = header.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = rfc2822::parse(header).ok()?.timestamp();
    // A date that has passed means "now".
    Some(Duration::try_from(date.duration_since(now)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Refusal, Said};

    fn status(status: u16) -> Reason {
        Reason::Refused(Refusal {
            status,
            said: Said::default(),
            retry_after: None,
        })
    }

    #[test]
    fn only_a_request_that_was_turned_away_is_repeated_when_it_must_not_run_twice() {
        // (status, repeatable request, request that must not run twice)
        let table = [
            (400, false, false),
            (401, false, false),
            (403, false, false),
            (404, false, false),
            (408, true, false),
            (429, true, true),
            (500, true, false),
            (501, false, false),
            (502, true, false),
            (503, true, false),
            (504, true, false),
        ];
        for (code, repeatable, once) in table {
            assert_eq!(worth(&status(code), true), repeatable, "{code}");
            assert_eq!(worth(&status(code), false), once, "{code}");
        }
    }

    #[test]
    fn an_answer_that_makes_no_sense_is_not_asked_for_again() {
        for reason in [Reason::Html { status: 200 }, Reason::Empty { status: 200 }] {
            assert!(!worth(&reason, true), "{reason:?}");
        }
    }

    #[test]
    fn the_wait_of_the_server_wins_while_attempts_are_left() {
        let (short, long) = (Duration::from_secs(1), Duration::from_secs(9));

        assert_eq!(wait(Some(long), Some(short)), Some(long));
        assert_eq!(wait(None, Some(short)), Some(short));
        assert_eq!(wait(Some(long), None), None);
        assert_eq!(wait(Some(LONGEST_WAIT + short), Some(short)), None);
    }

    #[test]
    fn a_wait_reads_from_seconds_and_from_a_date() {
        let now = "2015-10-21T07:28:00Z".parse().unwrap();
        let table = [
            ("3", Some(Duration::from_secs(3))),
            (" 0 ", Some(Duration::ZERO)),
            (
                "Wed, 21 Oct 2015 07:28:30 GMT",
                Some(Duration::from_secs(30)),
            ),
            ("Wed, 21 Oct 2015 07:27:30 GMT", Some(Duration::ZERO)),
            ("soon", None),
            ("-1", None),
        ];
        for (header, wanted) in table {
            assert_eq!(parse_retry_after(header, now), wanted, "{header}");
        }
    }
}
