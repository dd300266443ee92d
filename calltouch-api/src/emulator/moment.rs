//! Moscow wall-clock texts and the seconds since the epoch behind them.

use jiff::{
    Timestamp, civil,
    tz::{Offset, offset},
};

/// Moscow has kept this offset all year round since 2014.
const MOSCOW: Offset = offset(3);

/// The order in which a journal expects day and month.
#[derive(Clone, Copy, Debug)]
pub(super) enum DayOrder {
    /// `dd/mm/yyyy`: calls and deals.
    DayFirst,
    /// `mm/dd/yyyy`: requests.
    MonthFirst,
}

impl DayOrder {
    /// The format as the service's pages write it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::DayFirst => "dd/mm/yyyy",
            Self::MonthFirst => "mm/dd/yyyy",
        }
    }

    /// Reads a day; every part has its full number of digits.
    pub(super) fn day(self, text: &str) -> Option<civil::Date> {
        let format = match self {
            Self::DayFirst => "%d/%m/%Y",
            Self::MonthFirst => "%m/%d/%Y",
        };
        let full = matches!(text.as_bytes(), [_, _, b'/', _, _, b'/', _, _, _, _]);
        full.then(|| civil::Date::strptime(format, text).ok())?
    }
}

/// Reads a time of day, `HH:MM:SS`.
pub(super) fn time(text: &str) -> Option<civil::Time> {
    let full = matches!(text.as_bytes(), [_, _, b':', _, _, b':', _, _]);
    full.then(|| civil::Time::strptime("%H:%M:%S", text).ok())?
}

/// Counts the seconds since the epoch of a Moscow wall clock.
pub(super) fn seconds(moment: civil::DateTime) -> Option<i64> {
    MOSCOW.to_timestamp(moment).ok().map(Timestamp::as_second)
}

/// Writes the moment as the journals do: `dd/mm/yyyy HH:MM:SS`.
pub(super) fn journal_text(seconds: i64) -> String {
    wall_clock(seconds)
        .strftime("%d/%m/%Y %H:%M:%S")
        .to_string()
}

/// Reads what [`journal_text`] writes, also with an hour of one digit.
pub(super) fn from_journal(text: &str) -> Option<i64> {
    seconds(civil::DateTime::strptime("%d/%m/%Y %H:%M:%S", text).ok()?)
}

/// Writes the moment as deals take it: `dd-mm-yyyy HH:MM:SS`.
pub(super) fn deal_text(seconds: i64) -> String {
    wall_clock(seconds)
        .strftime("%d-%m-%Y %H:%M:%S")
        .to_string()
}

/// Reads what [`deal_text`] writes; every part has its full number of digits.
pub(super) fn from_deal(text: &str) -> Option<i64> {
    let full = matches!(text.as_bytes(), [_, _, b'-', _, _, b'-', ..]) && text.len() == 19;
    let read = full.then(|| civil::DateTime::strptime("%d-%m-%Y %H:%M:%S", text).ok())?;
    seconds(read?)
}

/// Writes the moment as webhooks do: `yyyy-mm-dd HH:MM:SS`.
pub(super) fn year_first_text(seconds: i64) -> String {
    wall_clock(seconds)
        .strftime("%Y-%m-%d %H:%M:%S")
        .to_string()
}

/// Reads what [`year_first_text`] writes; every part has its full number of digits.
pub(super) fn from_year_first(text: &str) -> Option<i64> {
    let full = matches!(text.as_bytes(), [_, _, _, _, b'-', ..]) && text.len() == 19;
    let read = full.then(|| civil::DateTime::strptime("%Y-%m-%d %H:%M:%S", text).ok())?;
    seconds(read?)
}

/// Reads the date of a form: `dd.mm.yyyy HH:MM:SS`, or as deals write it.
pub(super) fn from_form(text: &str) -> Option<i64> {
    from_deal(&text.replace('.', "-"))
}

/// Writes the day as the journals do: `dd/mm/yyyy`.
pub(super) fn day_text(seconds: i64) -> String {
    wall_clock(seconds).strftime("%d/%m/%Y").to_string()
}

/// Numbers the days in Moscow.
pub(super) fn day_number(seconds: i64) -> i64 {
    seconds
        .saturating_add(i64::from(MOSCOW.seconds()))
        .div_euclid(24 * 60 * 60)
}

/// A number of seconds outside the calendar shows as the epoch: only a seeded record can hold one.
fn wall_clock(seconds: i64) -> civil::DateTime {
    MOSCOW.to_datetime(Timestamp::from_second(seconds).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_texts_are_three_hours_ahead_of_the_epoch() {
        assert_eq!(journal_text(1_700_000_000), "15/11/2023 01:13:20");
        assert_eq!(deal_text(1_700_000_000), "15-11-2023 01:13:20");
        assert_eq!(from_journal("15/11/2023 1:13:20"), Some(1_700_000_000));
        assert_eq!(from_deal("15-11-2023 01:13:20"), Some(1_700_000_000));
    }

    #[test]
    fn a_day_is_read_only_in_its_own_order_and_full_length() {
        let day = civil::date(2026, 11, 20);
        assert_eq!(DayOrder::DayFirst.day("20/11/2026"), Some(day));
        assert_eq!(DayOrder::MonthFirst.day("11/20/2026"), Some(day));
        assert_eq!(DayOrder::MonthFirst.day("20/11/2026"), None);
        assert_eq!(DayOrder::DayFirst.day("2026-11-20"), None);
        assert_eq!(DayOrder::DayFirst.day("1/11/2026"), None);
        assert_eq!(DayOrder::DayFirst.day("20/11/26"), None);
    }

    #[test]
    fn each_method_reads_its_own_format() {
        assert_eq!(year_first_text(1_700_000_000), "2023-11-15 01:13:20");
        assert_eq!(from_year_first("2023-11-15 01:13:20"), Some(1_700_000_000));
        assert_eq!(from_year_first("15-11-2023 01:13:20"), None);
        assert_eq!(from_form("15.11.2023 01:13:20"), Some(1_700_000_000));
        assert_eq!(from_form("15-11-2023 01:13:20"), Some(1_700_000_000));
        assert_eq!(day_text(1_700_000_000), "15/11/2023");
    }

    #[test]
    fn a_day_begins_at_midnight_in_moscow() {
        let midnight = from_deal("16-11-2023 00:00:00").unwrap();
        assert_eq!(day_number(midnight), day_number(midnight - 1) + 1);
        assert_eq!(day_number(midnight), day_number(midnight + 86_399));
    }

    #[test]
    fn a_deal_date_in_another_format_is_not_read() {
        for text in [
            "2026-11-20 10:00:00",
            "20/11/2026 10:00:00",
            "20-11-2026",
            "20-11-2026 1:00:00",
        ] {
            assert_eq!(from_deal(text), None, "{text}");
        }
    }
}
