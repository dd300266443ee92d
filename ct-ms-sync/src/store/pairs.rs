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

    /// The set-up kept under `key`, unless it was read before `not_before`.
    pub(crate) async fn setup(&self, key: &str, not_before: Timestamp) -> Result<Option<String>> {
        let doing = "cannot read the set-up";
        let row = sqlx::query(
            "SELECT setup FROM pairs WHERE pair = $1 AND setup_key = $2 AND setup_ms >= $3",
        )
        .bind(&self.pair)
        .bind(key)
        .bind(not_before.as_millisecond())
        .fetch_optional(&self.pool)
        .await
        .map_err(failed(doing))?;
        row.map(|row| row.try_get::<Option<String>, _>(0).map_err(failed(doing)))
            .transpose()
            .map(Option::flatten)
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

    /// Forgets the set-up, so that the next cycle reads the account again.
    pub(crate) async fn forget_setup(&self) -> Result<()> {
        sqlx::query(
            "UPDATE pairs SET setup = NULL, setup_key = NULL, setup_ms = NULL WHERE pair = $1",
        )
        .bind(&self.pair)
        .execute(&self.pool)
        .await
        .map_err(failed("cannot forget the set-up"))?;
        Ok(())
    }
}
