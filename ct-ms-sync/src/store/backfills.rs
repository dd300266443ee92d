//! How far each backfill has come: the first day that it has still to carry.

use jiff::civil::Date;
use jiff::tz::Offset;
use sqlx::Row;

use super::{Ledger, failed, moment};
use crate::error::{Error, Result};

/// What the names of their cursors begin with.
const PREFIX: &str = "backfill:";

/// Days that a backfill was asked for, the first and the last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) from: Date,
    pub(crate) to: Date,
}

impl Range {
    fn name(self) -> String {
        format!("{PREFIX}{}..{}", self.from, self.to)
    }

    fn read(name: &str) -> Option<Self> {
        let (from, to) = name.strip_prefix(PREFIX)?.split_once("..")?;
        Some(Self {
            from: from.parse().ok()?,
            to: to.parse().ok()?,
        })
    }
}

impl Ledger {
    /// The first day that the backfill has still to carry.
    pub(crate) async fn backfilled_to(&self, range: Range) -> Result<Date> {
        let doing = "cannot read how far a backfill is";
        let row = sqlx::query("SELECT at_ms FROM cursors WHERE pair = $1 AND name = $2")
            .bind(&self.pair)
            .bind(range.name())
            .fetch_optional(&self.pool)
            .await
            .map_err(failed(doing))?;
        match row {
            Some(row) => Ok(day(row.try_get(0).map_err(failed(doing))?)?.max(range.from)),
            None => Ok(range.from),
        }
    }

    /// Writes down that the backfill has carried every day before `next`.
    pub(crate) async fn backfilled(&self, range: Range, next: Date) -> Result<()> {
        let midnight = Offset::UTC
            .to_timestamp(next.at(0, 0, 0, 0))
            .map_err(|_| Error::config("a backfill cannot end there"))?;
        sqlx::query(
            "INSERT INTO cursors (pair, name, at_ms) VALUES ($1, $2, $3) \
             ON CONFLICT (pair, name) DO UPDATE SET at_ms = excluded.at_ms WHERE excluded.at_ms > cursors.at_ms",
        )
        .bind(&self.pair)
        .bind(range.name())
        .bind(midnight.as_millisecond())
        .execute(&self.pool)
        .await
        .map_err(failed("cannot write down how far a backfill is"))?;
        Ok(())
    }

    /// Whether a backfill has carried the day.
    pub(crate) async fn has_backfilled(&self, wanted: Date) -> Result<bool> {
        let doing = "cannot read the backfills";
        let rows = sqlx::query("SELECT name, at_ms FROM cursors WHERE pair = $1")
            .bind(&self.pair)
            .fetch_all(&self.pool)
            .await
            .map_err(failed(doing))?;
        for row in &rows {
            let name: String = row.try_get(0).map_err(failed(doing))?;
            let Some(range) = Range::read(&name) else {
                continue;
            };
            let next = day(row.try_get(1).map_err(failed(doing))?)?;
            if range.from <= wanted && wanted < next {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn day(ms: i64) -> Result<Date> {
    Ok(Offset::UTC.to_datetime(moment(ms)?).date())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::store::Store;

    #[tokio::test]
    async fn a_backfill_goes_on_where_it_was_and_knows_no_other_range() {
        let ledger = Store::for_test().await.ledger("pair");
        let range = Range {
            from: date(2026, 1, 1),
            to: date(2026, 3, 31),
        };
        let other = Range {
            to: date(2026, 3, 30),
            ..range
        };
        assert_eq!(ledger.backfilled_to(range).await.unwrap(), range.from);

        ledger.backfilled(range, date(2026, 2, 1)).await.unwrap();

        assert_eq!(ledger.backfilled_to(range).await.unwrap(), date(2026, 2, 1));
        assert_eq!(ledger.backfilled_to(other).await.unwrap(), other.from);
        for (day, carried) in [
            (date(2025, 12, 31), false),
            (date(2026, 1, 1), true),
            (date(2026, 1, 31), true),
            (date(2026, 2, 1), false),
        ] {
            assert_eq!(ledger.has_backfilled(day).await.unwrap(), carried, "{day}");
        }
    }
}
