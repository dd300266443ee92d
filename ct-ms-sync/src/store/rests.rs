//! Whether a pair rests because a service refuses its credentials, and until when.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use sqlx::Row;

use super::{Ledger, failed, moment};
use crate::error::Result;

/// Longest pause between two tries.
const LONGEST: Duration = Duration::from_hours(1);

/// A pair that sends nothing for a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rest {
    /// When the credentials were refused first.
    pub(crate) since: Timestamp,
    /// When they are tried again.
    pub(crate) until: Timestamp,
    /// What the service said, without secrets.
    pub(crate) reason: String,
}

impl Ledger {
    /// The rest of the pair, whether it is over or not; nothing while its credentials are good.
    pub(crate) async fn rest(&self) -> Result<Option<Rest>> {
        let doing = "cannot read whether the pair rests";
        let row = sqlx::query("SELECT since_ms, until_ms, reason FROM rests WHERE pair = $1")
            .bind(&self.pair)
            .fetch_optional(&self.pool)
            .await
            .map_err(failed(doing))?;
        row.map(|row| {
            Ok(Rest {
                since: moment(row.try_get(0).map_err(failed(doing))?)?,
                until: moment(row.try_get(1).map_err(failed(doing))?)?,
                reason: row.try_get(2).map_err(failed(doing))?,
            })
        })
        .transpose()
    }

    /// Lets the pair rest for twice as long as after the refusal before.
    ///
    /// The first rest lasts twice the `period` between two cycles.
    pub(crate) async fn let_rest(
        &self,
        reason: &str,
        period: Duration,
        now: Timestamp,
    ) -> Result<Rest> {
        let doing = "cannot write down that the pair rests";
        // As precise as the store is.
        let now = moment(now.as_millisecond())?;
        let mut transaction = self.begin().await?;
        let row = sqlx::query("SELECT since_ms, probes FROM rests WHERE pair = $1")
            .bind(&self.pair)
            .fetch_optional(&mut *transaction)
            .await
            .map_err(failed(doing))?;
        let (since, probes) = match row {
            Some(row) => {
                let probes: i64 = row.try_get(1).map_err(failed(doing))?;
                let since = moment(row.try_get(0).map_err(failed(doing))?)?;
                (since, probes.saturating_add(1))
            }
            None => (now, 1),
        };
        let rest = Rest {
            since,
            until: SignedDuration::try_from(pause(period, probes))
                .ok()
                .and_then(|pause| now.checked_add(pause).ok())
                .unwrap_or(now),
            reason: reason.to_owned(),
        };
        sqlx::query(
            "INSERT INTO rests (pair, since_ms, until_ms, probes, reason) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (pair) DO UPDATE SET until_ms = excluded.until_ms, probes = excluded.probes, reason = excluded.reason",
        )
        .bind(&self.pair)
        .bind(rest.since.as_millisecond())
        .bind(rest.until.as_millisecond())
        .bind(probes)
        .bind(&rest.reason)
        .execute(&mut *transaction)
        .await
        .map_err(failed(doing))?;
        Self::commit(transaction).await?;
        Ok(rest)
    }

    /// Ends the rest of the pair.
    pub(crate) async fn end_rest(&self) -> Result<()> {
        sqlx::query("DELETE FROM rests WHERE pair = $1")
            .bind(&self.pair)
            .execute(&self.pool)
            .await
            .map_err(failed("cannot write down that the pair rests no longer"))?;
        Ok(())
    }
}

/// How long to rest after so many refusals in a row.
fn pause(period: Duration, probes: i64) -> Duration {
    let doublings = u32::try_from(probes).unwrap_or(u32::MAX);
    period
        .saturating_mul(2_u32.saturating_pow(doublings))
        .min(LONGEST.max(period))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    #[test]
    fn pauses_double_up_to_an_hour_and_are_never_shorter_than_the_period() {
        let minutes = |minutes| Duration::from_mins(minutes);
        let pauses = |period| [1, 2, 3, 4, 1000].map(|probes| pause(minutes(period), probes));

        assert_eq!(pauses(5), [10, 20, 40, 60, 60].map(minutes));
        assert_eq!(pauses(120), [120; 5].map(minutes));
    }

    #[tokio::test]
    async fn a_rest_grows_with_every_refusal_and_ends_for_good() {
        let ledger = Store::for_test().await.ledger("pair");
        let at = |minute: i64| Timestamp::from_second(60 * minute).unwrap();
        let period = Duration::from_mins(5);

        ledger.let_rest("no", period, at(0)).await.unwrap();
        let second = ledger.let_rest("never", period, at(10)).await.unwrap();

        assert_eq!(
            second,
            Rest {
                since: at(0),
                until: at(30),
                reason: "never".into()
            }
        );
        assert_eq!(ledger.rest().await.unwrap(), Some(second));
        ledger.end_rest().await.unwrap();
        assert_eq!(ledger.rest().await.unwrap(), None);
        let anew = ledger.let_rest("no", period, at(50)).await.unwrap();
        assert_eq!((anew.since, anew.until), (at(50), at(60)));
    }
}
