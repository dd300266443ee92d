//! Days and moments as Calltouch writes them: Moscow wall clock, in many formats.
//!
//! | where | format |
//! |---|---|
//! | journal of calls and deals, asked | `dd/mm/yyyy` ([`day`]) |
//! | journal of requests, asked | `mm/dd/yyyy` ([`day_of_requests`]) |
//! | bounds inside a day | `HH:MM:SS` ([`time`]) |
//! | journals, answered | `dd/mm/yyyy HH:MM:SS`, the hour at times with one digit ([`parse_moment`]) |
//! | deals and requests, sent | `dd-mm-yyyy HH:MM:SS` ([`moment`]) |
//! | imports of calls and custom events, sent | `yyyy-mm-dd HH:MM:SS` ([`iso_moment`]) |
//! | the older registration, sent | `dd.mm.yyyy HH:MM:SS` ([`dotted_moment`]) |
//! | instants, answered | seconds (calls) or milliseconds (requests) since the epoch |

use crate::error::{Error, Reason, Result};
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, offset};
use jiff::{Span, Timestamp};

/// Moscow is three hours ahead of UTC all year.
const MOSCOW: Offset = offset(3);

/// Names whole days of Moscow time, both ends included.
///
/// ```
/// use calltouch_api::Period;
/// use jiff::civil::date;
///
/// let november = Period::new(date(2026, 11, 1), date(2026, 11, 30))?;
/// assert_eq!(november.days().count(), 30);
/// assert_eq!(november.windows(7).count(), 5);
/// # Ok::<(), calltouch_api::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    from: Date,
    to: Date,
}

impl Period {
    /// Names the days from `from` to `to`.
    ///
    /// # Errors
    ///
    /// [`Error::is_validation`] if `from` is after `to`.
    pub fn new(from: Date, to: Date) -> Result<Self> {
        if from > to {
            let what = format!("the first day {from} is after the last day {to}");
            return Err(Error::local("period", Reason::Input(what)));
        }
        Ok(Self { from, to })
    }

    /// Names one day.
    #[must_use]
    pub fn day(day: Date) -> Self {
        Self { from: day, to: day }
    }

    /// Shows the first day.
    #[must_use]
    pub fn from(&self) -> Date {
        self.from
    }

    /// Shows the last day.
    #[must_use]
    pub fn to(&self) -> Date {
        self.to
    }

    /// Walks the days, the first one first.
    pub fn days(&self) -> impl Iterator<Item = Date> + Send + use<> {
        self.windows(1).map(|window| window.from)
    }

    /// Cuts the period into periods of at most `max_days` days, the first one first; 0 counts as 1.
    pub fn windows(&self, max_days: u32) -> impl Iterator<Item = Self> + Send + use<> {
        let last = self.to;
        let step = i64::from(max_days.max(1)) - 1;
        let window = move |from: Date| {
            // More days than the calendar has end where the period does.
            let step = Span::new().try_days(step);
            let to = step
                .and_then(|step| from.checked_add(step))
                .unwrap_or(last)
                .min(last);
            Self { from, to }
        };
        std::iter::successors(Some(window(self.from)), move |previous| {
            let next = previous.to.tomorrow().ok()?;
            (next <= last).then(|| window(next))
        })
    }
}

/// The day as the journals of calls and deals want it.
pub(crate) fn day(day: Date) -> String {
    day.strftime("%d/%m/%Y").to_string()
}

/// The day as the journal of requests wants it: the month first.
pub(crate) fn day_of_requests(day: Date) -> String {
    day.strftime("%m/%d/%Y").to_string()
}

/// The time inside a day.
pub(crate) fn time(time: Time) -> String {
    time.strftime("%H:%M:%S").to_string()
}

/// The moment as the deals methods want it, in Moscow time.
pub(crate) fn moment(at: Timestamp) -> String {
    MOSCOW
        .to_datetime(at)
        .strftime("%d-%m-%Y %H:%M:%S")
        .to_string()
}

/// The moment as the oldest methods want it, in Moscow time.
pub(crate) fn dotted_moment(at: Timestamp) -> String {
    MOSCOW
        .to_datetime(at)
        .strftime("%d.%m.%Y %H:%M:%S")
        .to_string()
}

/// The moment as the import of calls and the custom events want it, in Moscow time.
pub(crate) fn iso_moment(at: Timestamp) -> String {
    MOSCOW
        .to_datetime(at)
        .strftime("%Y-%m-%d %H:%M:%S")
        .to_string()
}

/// The moment as the journals write it, in Moscow time.
pub(crate) fn journal_moment(at: Timestamp) -> String {
    MOSCOW
        .to_datetime(at)
        .strftime("%d/%m/%Y %H:%M:%S")
        .to_string()
}

/// The day of Moscow an instant falls on.
pub(crate) fn moscow_day(at: Timestamp) -> Date {
    MOSCOW.to_datetime(at).date()
}

/// Reads a moment in any format Calltouch is known to write; `None` if it is none of them.
///
/// Digits alone are seconds since the epoch, or milliseconds from 12 digits on.
pub(crate) fn parse_moment(text: &str) -> Option<Timestamp> {
    const DAYS: [&str; 4] = ["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d", "%d.%m.%Y"];
    let text = text.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let number = text.parse().ok()?;
        return if text.len() < 12 {
            Timestamp::from_second(number).ok()
        } else {
            Timestamp::from_millisecond(number).ok()
        };
    }
    let (day, time) = match text.split_once(char::is_whitespace) {
        Some((day, time)) => (day, time.trim()),
        None => (text, "0:00:00"),
    };
    let wall = DAYS.iter().find_map(|format| {
        // A year of two digits would be one of the first century.
        let day = Date::strptime(format, day)
            .ok()
            .filter(|day| day.year() >= 1970)?;
        let time = Time::strptime("%H:%M:%S", time).ok()?;
        Some(DateTime::from_parts(day, time))
    });
    match wall {
        Some(wall) => MOSCOW.to_timestamp(wall).ok(),
        // An instant that names its own zone needs no guess.
        None => text.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn every_format_of_the_service_names_the_same_instant() {
        let instant = Timestamp::from_second(1_700_000_000).unwrap();
        let table = [
            "15/11/2023 01:13:20",
            "15/11/2023 1:13:20",
            "15/11/2023  1:13:20",
            "15-11-2023 01:13:20",
            "2023-11-15 01:13:20",
            "15.11.2023 01:13:20",
            "1700000000",
            "1700000000000",
            "2023-11-14T22:13:20Z",
        ];
        for text in table {
            assert_eq!(parse_moment(text), Some(instant), "{text}");
        }
    }

    #[test]
    fn a_day_without_a_time_is_midnight_in_moscow() {
        let wanted = "2023-11-14T21:00:00Z".parse().ok();

        assert_eq!(parse_moment("15/11/2023"), wanted);
    }

    #[test]
    fn what_is_no_moment_is_none() {
        for text in [
            "",
            "null",
            "32/01/2023 00:00:00",
            "15/11/2023 25:00:00",
            "15/11/23",
            "{date}",
        ] {
            assert_eq!(parse_moment(text), None, "{text}");
        }
    }

    #[test]
    fn days_go_out_in_the_order_their_journal_wants() {
        let day_before_christmas = date(2026, 12, 3);

        assert_eq!(day(day_before_christmas), "03/12/2026");
        assert_eq!(day_of_requests(day_before_christmas), "12/03/2026");
    }

    #[test]
    fn a_moment_goes_out_in_moscow_time() {
        let at = "2026-12-31T21:30:05Z".parse().unwrap();

        assert_eq!(moment(at), "01-01-2027 00:30:05");
        assert_eq!(dotted_moment(at), "01.01.2027 00:30:05");
        assert_eq!(iso_moment(at), "2027-01-01 00:30:05");
        assert_eq!(journal_moment(at), "01/01/2027 00:30:05");
        assert_eq!(moscow_day(at), date(2027, 1, 1));
    }

    #[test]
    fn windows_cover_every_day_once() {
        let period = Period::new(date(2024, 2, 20), date(2024, 3, 10)).unwrap();
        for size in [0, 1, 2, 7, 19, 20, 31, u32::MAX] {
            let days: Vec<Date> = period
                .windows(size)
                .flat_map(|window| window.days())
                .collect();
            assert_eq!(days, period.days().collect::<Vec<_>>(), "{size}");
            assert!(
                period
                    .windows(size)
                    .all(|window| window.days().count() <= size.max(1) as usize)
            );
        }
        assert_eq!(period.days().count(), 20);
    }

    #[test]
    fn a_period_that_ends_before_it_begins_is_refused() {
        let error = Period::new(date(2024, 2, 2), date(2024, 2, 1)).unwrap_err();

        assert!(error.is_validation());
        assert_eq!(
            error.to_string(),
            "period: the first day 2024-02-02 is after the last day 2024-02-01"
        );
    }
}
