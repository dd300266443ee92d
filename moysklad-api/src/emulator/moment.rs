//! Moments as the service writes them: Moscow wall clock with milliseconds.

use jiff::{Timestamp, civil, tz::Offset};

/// Moscow is three hours ahead of UTC all year.
const MOSCOW: Offset = Offset::constant(3);

const MINUTE: i64 = 60_000;

/// A point in time to the millisecond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Moment(i64);

impl Moment {
    /// The moment this many milliseconds after the epoch.
    pub(crate) const fn from_millisecond(ms: i64) -> Self {
        Self(ms)
    }

    /// Milliseconds since the epoch.
    pub(crate) const fn millisecond(self) -> i64 {
        self.0
    }

    /// Whether filters take this moment: not before the epoch, not after the year 3000.
    pub(crate) fn is_filterable(self) -> bool {
        self.0 >= 0 && self.civil().year() <= 3000
    }

    /// The start of this moment's minute: what fields of minute precision keep.
    pub(crate) const fn minute(self) -> Self {
        Self(self.0 - self.0.rem_euclid(MINUTE))
    }

    /// The Moscow wall clock of this moment.
    pub(crate) fn civil(self) -> civil::DateTime {
        let time = Timestamp::from_millisecond(self.0).unwrap_or(Timestamp::UNIX_EPOCH);
        MOSCOW.to_datetime(time)
    }

    /// The service's text: `YYYY-MM-DD HH:mm:ss.SSS`.
    pub(crate) fn text(self) -> String {
        let at = self.civil();
        format!(
            "{:04}-{:02}-{:02} {:02}:{:02}:{:02}.{:03}",
            at.year(),
            at.month(),
            at.day(),
            at.hour(),
            at.minute(),
            at.second(),
            at.millisecond(),
        )
    }

    /// Reads `YYYY-MM-DD HH:mm[:ss[.SSS]]`; any other form is refused.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let shaped = text.len() >= 16
            && text.len() <= 23
            && text.bytes().enumerate().all(|(place, byte)| match place {
                4 | 7 => byte == b'-',
                10 => byte == b' ',
                13 | 16 => byte == b':',
                19 => byte == b'.',
                _ => byte.is_ascii_digit(),
            });
        if !shaped || matches!(text.len(), 17 | 18 | 20) {
            return None;
        }
        let full = if text.len() == 16 {
            format!("{text}:00")
        } else {
            text.to_owned()
        };
        let civil: civil::DateTime = full.parse().ok()?;
        let time = MOSCOW.to_timestamp(civil).ok()?;
        Some(Self(time.as_millisecond()))
    }
}

#[cfg(test)]
mod tests {
    use super::Moment;

    #[test]
    fn a_text_with_or_without_seconds_and_milliseconds_is_read() {
        let texts = [
            "2026-08-14 12:31",
            "2026-08-14 12:31:05",
            "2026-08-14 12:31:05.214",
        ];

        let read = texts.map(|text| Moment::parse(text).unwrap().text());

        assert_eq!(
            read,
            [
                "2026-08-14 12:31:00.000",
                "2026-08-14 12:31:05.000",
                "2026-08-14 12:31:05.214"
            ]
        );
    }

    #[test]
    fn another_form_of_date_is_refused() {
        for text in [
            "2026-08-14",
            "2026-08-14T12:31:05",
            "14.08.2026 12:31",
            "2026-13-01 00:00:00",
        ] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_epoch_is_three_in_the_morning_in_moscow() {
        assert_eq!(
            Moment::from_millisecond(0).text(),
            "1970-01-01 03:00:00.000"
        );
    }
}
