//! Statistics (статистика): how many calls there were, by day and by search phrase.
//!
//! See [`Statistics`].

use crate::client::Client;
use crate::error::Result;
use crate::lenient;
use crate::period::{self, Period};
use crate::query::Query;
use crate::text::Text;
use crate::transport::{Access, Content, Outgoing};
use jiff::civil::Date;
use serde::de::{DeserializeOwned, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;

/// Leads to the counts of the calls of a site.
#[derive(Clone, Copy, Debug)]
pub struct Statistics<'a> {
    client: &'a Client,
}

/// Says how many calls fall under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Count {
    /// The day or the search phrase, as the service wrote it.
    pub name: Text,
    /// How many calls.
    pub calls: u64,
}

impl Count {
    /// Reads the name as a day of Moscow time; the service's format for it is not documented.
    #[must_use]
    pub fn day(&self) -> Option<Date> {
        self.name.timestamp().map(period::moscow_day)
    }
}

impl<'a> Statistics<'a> {
    pub(crate) fn new(client: &'a Client) -> Self {
        Self { client }
    }

    /// Counts all calls of the period (`calls/total-count`).
    ///
    /// # Errors
    ///
    /// [`Error::is_unauthorized`](crate::Error::is_unauthorized) if the token may not see the site.
    pub async fn total(&self, period: Period) -> Result<u64> {
        const PATH: &str = "/calls-service/RestAPI/statistics/{siteId}/calls/total-count";
        let total: Total = self.read("statistics.total", PATH, period).await?;
        Ok(total.0)
    }

    /// Counts the calls of each day (`calls/count-by-date`), in the order of the service.
    ///
    /// # Errors
    ///
    /// As [`total`](Self::total).
    pub async fn by_day(&self, period: Period) -> Result<Vec<Count>> {
        const PATH: &str = "/calls-service/RestAPI/statistics/{siteId}/calls/count-by-date";
        self.counts("statistics.by_day", PATH, period).await
    }

    /// Counts the calls from search engines of each day (`calls/seo/count-by-date`).
    ///
    /// # Errors
    ///
    /// As [`total`](Self::total).
    pub async fn seo_by_day(&self, period: Period) -> Result<Vec<Count>> {
        const PATH: &str = "/calls-service/RestAPI/statistics/{siteId}/calls/seo/count-by-date";
        self.counts("statistics.seo_by_day", PATH, period).await
    }

    /// Counts the calls from search engines of each search phrase (`calls/seo/count-by-keywords`).
    ///
    /// # Errors
    ///
    /// As [`total`](Self::total).
    pub async fn seo_by_keyword(&self, period: Period) -> Result<Vec<Count>> {
        const PATH: &str = "/calls-service/RestAPI/statistics/{siteId}/calls/seo/count-by-keywords";
        self.counts("statistics.seo_by_keyword", PATH, period).await
    }

    async fn counts(
        &self,
        operation: &'static str,
        path: &'static str,
        period: Period,
    ) -> Result<Vec<Count>> {
        let counts: Counts = self.read(operation, path, period).await?;
        Ok(counts.0)
    }

    /// These methods know the token by another name than the rest of their family.
    async fn read<T: DeserializeOwned>(
        &self,
        operation: &'static str,
        path: &'static str,
        period: Period,
    ) -> Result<T> {
        let mut query = Query::default();
        query.set("dateFrom", period::day(period.from()));
        query.set("dateTo", period::day(period.to()));
        let outgoing = Outgoing {
            access: Access::Pair("access_token"),
            ..Outgoing::new(operation, path, Content::Query(&query))
        };
        self.client.transport().call(&outgoing).await
    }
}

/// A bare number.
#[derive(Deserialize)]
#[serde(transparent)]
struct Total(#[serde(deserialize_with = "lenient::id")] u64);

/// An object of numbers; an empty one may come as an empty list.
struct Counts(Vec<Count>);

impl<'de> Deserialize<'de> for Counts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CountsVisitor)
    }
}

struct CountsVisitor;

impl<'de> Visitor<'de> for CountsVisitor {
    type Value = Counts;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("counts by name")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Counts, A::Error> {
        let mut counts = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            let Total(calls) = map.next_value()?;
            let name = Text::from(name);
            counts.push(Count { name, calls });
        }
        Ok(Counts(counts))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Counts, A::Error> {
        match seq.next_element::<serde::de::IgnoredAny>()? {
            None => Ok(Counts(Vec::new())),
            Some(_) => Err(lenient::expected("counts by name")),
        }
    }

    fn visit_unit<E: Error>(self) -> Result<Counts, E> {
        Ok(Counts(Vec::new()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn counts_keep_the_order_of_the_service_and_read_as_days() {
        let Counts(counts) =
            serde_json::from_str(r#"{"16/11/2023":"2","15/11/2023":1,"2023-11-14":0}"#).unwrap();

        let read: Vec<_> = counts
            .iter()
            .map(|count| (count.day(), count.calls))
            .collect();
        assert_eq!(
            read,
            [
                (Some(date(2023, 11, 16)), 2),
                (Some(date(2023, 11, 15)), 1),
                (Some(date(2023, 11, 14)), 0),
            ]
        );
    }

    #[test]
    fn no_counts_come_as_an_empty_object_an_empty_list_or_null() {
        for json in ["{}", "[]", "null"] {
            assert!(
                serde_json::from_str::<Counts>(json).unwrap().0.is_empty(),
                "{json}"
            );
        }
        for json in ["[1]", "5", r#"{"a":"many"}"#, r#"{"message":"no"}"#] {
            assert!(serde_json::from_str::<Counts>(json).is_err(), "{json}");
        }
    }
}
