//! The parameters of a journal request.

use std::collections::BTreeMap;

use super::{
    field,
    moment::{self, DayOrder},
    refusal::Refusal,
};

/// The first second and the second after the last of a period.
pub(super) type Span = std::ops::Range<i64>;

/// `dateFrom` lies after `dateTo`.
const PERIOD_REVERSED: u32 = 1002;

const DAY: i64 = 24 * 60 * 60;

/// The decoded query or form; of a parameter given twice the last counts.
#[derive(Debug)]
pub(super) struct Query(BTreeMap<String, String>);

impl Query {
    pub(super) fn parse(raw: Option<&str>) -> Self {
        let pairs = url::form_urlencoded::parse(raw.unwrap_or_default().as_bytes());
        Self(pairs.into_owned().collect())
    }

    /// Reads the query and the form of a method that takes its parameters in either.
    pub(super) fn with_form(raw: Option<&str>, form: &[u8]) -> Self {
        let mut query = Self::parse(raw);
        query
            .0
            .extend(url::form_urlencoded::parse(form).into_owned());
        query
    }

    /// The value of a parameter; an empty one is absent.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        let text = self.0.get(name).map(String::as_str);
        text.filter(|text| !text.is_empty())
    }

    /// Whether the parameter is there without a value.
    pub(super) fn is_blank(&self, name: &str) -> bool {
        self.0
            .get(name)
            .is_some_and(|value| value.trim().is_empty())
    }

    pub(super) fn flag(&self, name: &str) -> Result<bool, Refusal> {
        let Some(word) = self.text(name) else {
            return Ok(false);
        };
        field::flag(word)
            .ok_or_else(|| Refusal::invalid(name, format!("{name}: true or false expected")))
    }

    pub(super) fn number(&self, name: &str) -> Result<Option<u64>, Refusal> {
        let read = |text: &str| {
            text.parse()
                .map_err(|_| Refusal::invalid(name, format!("{name}: a whole number expected")))
        };
        self.text(name).map(read).transpose()
    }

    /// Reads `dateFrom`/`dateTo` with `timeFrom`/`timeTo`, all of them inclusive.
    pub(super) fn period(&self, order: DayOrder) -> Result<Period, Refusal> {
        let day = |name: &str| {
            let read = self.text(name).and_then(|text| order.day(text));
            read.ok_or_else(|| {
                Refusal::invalid(name, format!("{name}: a date {} expected", order.name()))
            })
        };
        let time = |name: &str| {
            let read = |text| {
                moment::time(text)
                    .ok_or_else(|| Refusal::invalid(name, format!("{name}: HH:MM:SS expected")))
            };
            self.text(name).map(read).transpose()
        };
        let (from, to) = (day("dateFrom")?, day("dateTo")?);
        let (time_from, time_to) = (time("timeFrom")?, time("timeTo")?);
        if from > to {
            return Err(Refusal::Business {
                code: PERIOD_REVERSED,
                message: "dateFrom must not be later than dateTo".to_owned(),
            });
        }
        let at = |moment| {
            moment::seconds(moment)
                .ok_or_else(|| Refusal::invalid("dateFrom", "the date is out of range"))
        };
        let start = at(from.to_datetime(time_from.unwrap_or_default()))?;
        let end = match time_to {
            Some(time) => at(to.to_datetime(time))? + 1,
            None => at(to.to_datetime(jiff::civil::Time::midnight()))? + DAY,
        };
        // An inverted range of times within one day holds nothing.
        Ok(Period {
            span: start..end.max(start),
            one_day: from == to,
        })
    }
}

/// The period asked for.
#[derive(Debug)]
pub(super) struct Period {
    pub(super) span: Span,
    /// Whether it begins and ends on the same day.
    pub(super) one_day: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_runs_to_the_end_of_its_last_day_or_to_its_time() {
        let day = Query::parse(Some("dateFrom=15/11/2023&dateTo=15%2F11%2F2023"));
        let day = day.period(DayOrder::DayFirst).unwrap();
        assert_eq!(day.span, 1_699_995_600..1_700_082_000);
        assert!(day.one_day);

        let hours = "dateFrom=15/11/2023&dateTo=16/11/2023&timeFrom=01:13:20&timeTo=00:00:00";
        let hours = Query::parse(Some(hours))
            .period(DayOrder::DayFirst)
            .unwrap();
        assert_eq!(hours.span, 1_700_000_000..1_700_082_001);
        assert!(!hours.one_day);
    }

    #[test]
    fn a_flag_that_is_no_flag_is_refused_by_name() {
        let query = Query::parse(Some("withOrders=maybe"));
        let Err(Refusal::Invalid { field, .. }) = query.flag("withOrders") else {
            panic!("a refusal is expected");
        };
        assert_eq!(field, "withOrders");
    }
}
