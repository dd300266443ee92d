//! The query of a journal: what is asked, before anything is sent.

use crate::attribution::Attribution;
use crate::period;
use jiff::civil::Time;
use std::borrow::Cow;

/// Names and values in the order they were set; a name stands once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Query(Vec<(Cow<'static, str>, String)>);

impl Query {
    /// Sets a value, over an earlier one of the same name.
    pub(crate) fn set(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) {
        let (name, value) = (name.into(), value.into());
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name, value)),
        }
    }

    /// Switches a flag on.
    pub(crate) fn flag(&mut self, name: &'static str) {
        self.set(name, "true");
    }

    /// Sets the attribution model.
    pub(crate) fn attribution(&mut self, model: Attribution) {
        self.set("attribution", model.code().to_string());
    }

    /// Sets a bound inside the days.
    pub(crate) fn time(&mut self, name: &'static str, time: Time) {
        self.set(name, period::time(time));
    }

    /// Walks the pairs.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_ref(), value.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_set_twice_goes_out_once_with_the_last_value() {
        let mut query = Query::default();
        query.set("page", "1");
        query.flag("withOrders");
        query.set("page", "2");

        assert_eq!(
            query.iter().collect::<Vec<_>>(),
            [("page", "2"), ("withOrders", "true")]
        );
    }
}
