//! One row a pair: where its leads begin, and its set-up as last read.

use jiff::Timestamp;
use sqlx::Row;

use super::{Ledger, failed, moment};
use crate::error::Result;

impl Ledger {
    /// Since when leads are carried: from `since` on if given, else from the first call of this on.
    pub(crate) async fn start(
        &self,
        now: Timestamp,
        since: Option<Timestamp>,
    ) -> Result<Timestamp> {
        let doing = "cannot read the pair";
        if let Some(since) = since {
            // Days before the old start have never been read.
            sqlx::query(
                "DELETE FROM cursors WHERE pair = $1 AND name IN ('calls', 'requests') \
                 AND EXISTS (SELECT 1 FROM pairs WHERE pair = $1 AND start_ms > $2)",
            )
            .bind(&self.pair)
            .bind(since.as_millisecond())
            .execute(&self.pool)
            .await
            .map_err(failed(doing))?;
        }
        let row = sqlx::query(
            "INSERT INTO pairs (pair, start_ms) VALUES ($1, $2) \
             ON CONFLICT (pair) DO UPDATE SET start_ms = CASE WHEN $3 = 1 THEN excluded.start_ms ELSE pairs.start_ms END \
             RETURNING start_ms",
        )
        .bind(&self.pair)
        .bind(since.unwrap_or(now).as_millisecond())
        .bind(i64::from(since.is_some()))
        .fetch_one(&self.pool)
        .await
        .map_err(failed(doing))?;
        moment(row.try_get(0).map_err(failed(doing))?)
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
        sqlx::query("UPDATE pairs SET setup = $2, setup_key = $3, setup_ms = $4 WHERE pair = $1")
            .bind(&self.pair)
            .bind(setup)
            .bind(key)
            .bind(now.as_millisecond())
            .execute(&self.pool)
            .await
            .map_err(failed("cannot keep the set-up"))?;
        Ok(())
    }

    /// Makes the kept set-up out of date, so that the next cycle reads the account again.
    pub(crate) async fn forget_setup(&self) -> Result<()> {
        sqlx::query("UPDATE pairs SET setup_ms = 0 WHERE pair = $1 AND setup IS NOT NULL")
            .bind(&self.pair)
            .execute(&self.pool)
            .await
            .map_err(failed("cannot forget the set-up"))?;
        Ok(())
    }
}
