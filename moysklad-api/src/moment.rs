//! The service's clock: Moscow time, three hours ahead of UTC all year, without a zone in the text.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use serde_with::{DeserializeFromStr, SerializeDisplay};

const MOSCOW: Offset = Offset::constant(3);

/// A Moscow wall clock reading, exact to the millisecond: `2026-08-14 12:31:05.214`.
///
/// [`Moment::timestamp`] gives the instant meant, `Moment::from` takes one.
///
/// ```
/// # use moysklad_api::Moment;
/// let moment: Moment = "2026-08-14 12:31:05".parse()?;
/// assert_eq!(moment.timestamp().to_string(), "2026-08-14T09:31:05Z");
/// assert_eq!(moment.to_string(), "2026-08-14 12:31:05.000");
/// # Ok::<(), jiff::Error>(())
/// ```
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, SerializeDisplay, DeserializeFromStr,
)]
pub struct Moment(DateTime);

impl Moment {
    /// Takes a Moscow wall clock reading; what is finer than a millisecond is cut off.
    #[must_use]
    pub fn new(wall: DateTime) -> Self {
        let millis = wall.millisecond();
        let cut = wall
            .with()
            .subsec_nanosecond(i32::from(millis) * 1_000_000)
            .build();
        Self(cut.unwrap_or(wall))
    }

    /// The Moscow wall clock reading.
    #[must_use]
    pub const fn civil(self) -> DateTime {
        self.0
    }

    /// The instant meant.
    ///
    /// Readings at the very ends of the calendar (the years -9999 and 9999) that have no instant
    /// give the nearest one.
    #[must_use]
    pub fn timestamp(self) -> Timestamp {
        MOSCOW.to_timestamp(self.0).unwrap_or(if self.0.year() < 0 {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        })
    }
}

impl From<Timestamp> for Moment {
    fn from(instant: Timestamp) -> Self {
        Self::new(MOSCOW.to_datetime(instant))
    }
}

impl FromStr for Moment {
    type Err = jiff::Error;

    /// Reads `YYYY-MM-DD HH:mm[:ss[.SSS]]`; a text with an offset of its own is taken at its word.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let has_offset = text
            .get(10..)
            .is_some_and(|time| time.contains(['+', '-', 'Z', 'z']));
        if has_offset {
            text.parse::<Timestamp>().map(Self::from)
        } else {
            text.parse().map(Self::new)
        }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0.strftime("%Y-%m-%d %H:%M:%S.%3f"), f)
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_spelling_of_the_service_is_read() {
        for (text, written) in [
            ("2026-08-14 12:31:05.214", "2026-08-14 12:31:05.214"),
            ("2026-08-14 12:31:05", "2026-08-14 12:31:05.000"),
            ("2026-08-14 12:31", "2026-08-14 12:31:00.000"),
            ("2026-08-14T12:31:05.214+03:00", "2026-08-14 12:31:05.214"),
            ("2026-08-14T09:31:05Z", "2026-08-14 12:31:05.000"),
            (" 2026-01-01 00:00:00.000 ", "2026-01-01 00:00:00.000"),
        ] {
            assert_eq!(
                text.parse::<Moment>().unwrap().to_string(),
                written,
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_moment_is_an_error() {
        for text in [
            "",
            "yesterday",
            "2026-13-01 00:00:00",
            "14.08.2026 12:31",
            "Дата не указана",
        ] {
            assert!(text.parse::<Moment>().is_err(), "{text}");
        }
    }

    #[test]
    fn moscow_midnight_is_the_evening_before_in_utc() {
        let moment: Moment = "2027-01-01 00:00:00.000".parse().unwrap();

        assert_eq!(moment.timestamp().to_string(), "2026-12-31T21:00:00Z");
    }

    #[test]
    fn every_wall_clock_reading_has_an_instant() {
        assert_eq!(Moment::new(DateTime::MIN).timestamp(), Timestamp::MIN);
        assert_eq!(Moment::new(DateTime::MAX).timestamp(), Timestamp::MAX);
        assert!(Moment::from(Timestamp::MIN) < Moment::from(Timestamp::MAX));
    }

    proptest! {
        #[test]
        fn a_moment_survives_text_and_instant(millis in 0_i64..253_402_000_000_000) {
            let moment = Moment::from(Timestamp::from_millisecond(millis).unwrap());

            prop_assert_eq!(moment.to_string().parse::<Moment>().unwrap(), moment);
            prop_assert_eq!(moment.timestamp().as_millisecond(), millis);
            let json = serde_json::to_string(&moment).unwrap();
            prop_assert_eq!(serde_json::from_str::<Moment>(&json).unwrap(), moment);
        }
    }
}
