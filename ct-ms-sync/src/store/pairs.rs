//! One row a pair: where its leads begin, and its set-up as last read.

use jiff::{Timestamp, ToSpan};
use sqlx::{Any, Row, Transaction};
use tracing::warn;

use super::{Ledger, failed, moment};
use crate::error::Result;

/// How far the clocks of the services and of this machine may be apart.
const CLOCKS_DIFFER_HOURS: i64 = 24;

impl Ledger {
    /// Since when leads are carried: from `since` on if given, else from the first call of this on.
    ///
    /// Calltouch tells the seconds of a lead and no less, so the second of the first call counts whole.
    pub(crate) async fn start(
        &self,
        now: Timestamp,
        since: Option<Timestamp>,
    ) -> Result<Timestamp> {
        let doing = "cannot read the pair";
        let mut transaction = self.begin().await?;
        if let Some(since) = since {
            // Days before the old start have never been read.
            sqlx::query(
                "DELETE FROM cursors WHERE pair = $1 AND name IN ('calls', 'requests') \
                 AND EXISTS (SELECT 1 FROM pairs WHERE pair = $1 AND start_ms > $2)",
            )
            .bind(&self.pair)
            .bind(since.as_millisecond())
            .execute(&mut *transaction)
            .await
            .map_err(failed(doing))?;
        }
        let row = sqlx::query(
            "INSERT INTO pairs (pair, start_ms) VALUES ($1, $2) \
             ON CONFLICT (pair) DO UPDATE SET start_ms = CASE WHEN $3 = 1 THEN excluded.start_ms ELSE pairs.start_ms END \
             RETURNING start_ms",
        )
        .bind(&self.pair)
        .bind(since.unwrap_or(now).as_second().saturating_mul(1000))
        .bind(i64::from(since.is_some()))
        .fetch_one(&mut *transaction)
        .await
        .map_err(failed(doing))?;
        self.distrust_future_in(&mut transaction, now).await?;
        Self::commit(transaction).await?;
        moment(row.try_get(0).map_err(failed(doing))?)
    }

    /// Takes back cursors that are ahead of the clock: it was wrong once, or is now.
    ///
    /// What was read before is known, so reading it again costs time and nothing else; believing
    /// such a cursor would hide everything up to its day.
    async fn distrust_future_in(
        &self,
        transaction: &mut Transaction<'_, Any>,
        now: Timestamp,
    ) -> Result<()> {
        let latest = now.checked_add(CLOCKS_DIFFER_HOURS.hours()).unwrap_or(now);
        let mut taken_back = 0;
        for statement in [
            "DELETE FROM cursors WHERE pair = $1 AND at_ms > $2 AND name NOT IN ('orders', 'payments_in', 'cash_ins') \
             AND name NOT LIKE 'backfill:%'",
            // Without these, changes of orders are not read at all.
            "UPDATE cursors SET at_ms = COALESCE((SELECT MIN(lead_ms) FROM deals WHERE pair = $1), 0) \
             WHERE pair = $1 AND at_ms > $2 AND name IN ('orders', 'payments_in', 'cash_ins')",
        ] {
            let changed = sqlx::query(statement)
                .bind(&self.pair)
                .bind(latest.as_millisecond())
                .execute(&mut **transaction)
                .await
                .map_err(failed("cannot take back a cursor"))?;
            taken_back += changed.rows_affected();
        }
        if taken_back > 0 {
            warn!(
                taken_back,
                "cursors were ahead of the clock, so lists are read again; check the clock of this machine"
            );
        }
        Ok(())
    }

    /// Since when leads are carried; nothing when the pair has never been at work.
    pub(crate) async fn started(&self) -> Result<Option<Timestamp>> {
        let doing = "cannot read the pair";
        let row = sqlx::query("SELECT start_ms FROM pairs WHERE pair = $1")
            .bind(&self.pair)
            .fetch_optional(&self.pool)
            .await
            .map_err(failed(doing))?;
        row.map(|row| moment(row.try_get(0).map_err(failed(doing))?))
            .transpose()
    }

    /// The set-up kept under `key`, and when it was read.
    pub(crate) async fn setup(&self, key: &str) -> Result<Option<(String, Timestamp)>> {
        let doing = "cannot read the set-up";
        let row =
            sqlx::query("SELECT setup, setup_ms FROM pairs WHERE pair = $1 AND setup_key = $2")
                .bind(&self.pair)
                .bind(key)
                .fetch_optional(&self.pool)
                .await
                .map_err(failed(doing))?;
        row.map(|row| {
            let text = row.try_get(0).map_err(failed(doing))?;
            Ok((text, moment(row.try_get(1).map_err(failed(doing))?)?))
        })
        .transpose()
    }

    /// Keeps a set-up under `key`.
    pub(crate) async fn keep_setup(&self, key: &str, setup: &str, now: Timestamp) -> Result<()> {
        let mut transaction = self.begin().await?;
        sqlx::query("UPDATE pairs SET setup = $2, setup_key = $3, setup_ms = $4 WHERE pair = $1")
            .bind(&self.pair)
            .bind(setup)
            .bind(key)
            .bind(now.as_millisecond())
            .execute(&mut *transaction)
            .await
            .map_err(failed("cannot keep the set-up"))?;
        Self::commit(transaction).await
    }

    /// Makes the kept set-up out of date, so that the next cycle reads the account again.
    pub(crate) async fn forget_setup(&self) -> Result<()> {
        let mut transaction = self.begin().await?;
        sqlx::query("UPDATE pairs SET setup_ms = 0 WHERE pair = $1 AND setup IS NOT NULL")
            .bind(&self.pair)
            .execute(&mut *transaction)
            .await
            .map_err(failed("cannot forget the set-up"))?;
        Self::commit(transaction).await
    }
}

#[cfg(test)]
mod tests {
    use crate::store::Store;

    #[tokio::test]
    async fn a_lead_of_the_very_second_in_which_a_pair_starts_is_carried() {
        let ledger = Store::for_test().await.ledger("pair");

        let start = ledger.start("2026-11-20T09:00:00.987Z".parse().unwrap(), None);

        assert_eq!(start.await.unwrap().to_string(), "2026-11-20T09:00:00Z");
    }
}
