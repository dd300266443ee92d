//! Leases in a store that several machines share.
//!
//! A lease ends by itself, so a worker that dies is soon replaced. One that only sleeps, and wakes
//! after its lease has gone to another, is kept from writing by the token: every lease of a pair has
//! a higher one, and whatever writes to the pair, or to the services, shows its token first.
//!
//! What counts is the clock of the database: those of several machines differ.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use sqlx::{Any, AnyPool, Row, Transaction};
use tokio::task::JoinHandle;
use tracing::warn;

use crate::error::{Error, Result};
use crate::store::{Ledger, failed};

/// How long a lease lasts when nobody renews it.
const LASTS: Duration = Duration::from_secs(45);
/// How often it is renewed.
const RENEWED_EVERY: Duration = Duration::from_secs(10);
/// How long to wait before a lease that another worker has is tried again.
const PAUSE: Duration = Duration::from_millis(200);
const TAKE: &str = "INSERT INTO leases (pair, token, until_ms) \
    VALUES ($1, 1, CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT) + $2) \
    ON CONFLICT (pair) DO UPDATE SET token = leases.token + 1, until_ms = excluded.until_ms \
    WHERE leases.until_ms < CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT) \
    RETURNING token";
const RENEW: &str = "UPDATE leases \
    SET until_ms = CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT) + $3 \
    WHERE pair = $1 AND token = $2";
/// What no lease has.
const NO_TOKEN: i64 = 0;

/// The token that a ledger and its clones show before they write.
#[derive(Clone, Debug, Default)]
pub(in crate::store) struct Fence(Arc<AtomicI64>);

impl Fence {
    /// Makes sure, for as long as the transaction lasts, that the turn is still ours.
    ///
    /// It writes, so that a worker that wants the turn has to wait for the end of the transaction.
    pub(in crate::store) async fn pass(
        &self,
        transaction: &mut Transaction<'_, Any>,
        pair: &str,
    ) -> Result<()> {
        let token = self.0.load(Ordering::Acquire);
        if token == NO_TOKEN {
            return Ok(());
        }
        still_ours(renew(&mut **transaction, pair, token).await?)
    }

    /// Makes sure, right before something is sent, that the turn is still ours.
    pub(in crate::store) async fn show(&self, pool: &AnyPool, pair: &str) -> Result<()> {
        let token = self.0.load(Ordering::Acquire);
        if token == NO_TOKEN {
            return Ok(());
        }
        still_ours(renew(pool, pair, token).await?)
    }
}

fn still_ours(renewed: bool) -> Result<()> {
    if renewed {
        return Ok(());
    }
    Err(Error::passing(
        "another worker has taken the pair over, since this one was silent for too long; it goes on where this one stopped",
    ))
}

/// Renews the lease; whether it was still ours.
async fn renew<'c>(
    executor: impl sqlx::Executor<'c, Database = Any>,
    pair: &str,
    token: i64,
) -> Result<bool> {
    let renewed = sqlx::query(RENEW)
        .bind(pair)
        .bind(token)
        .bind(lasts())
        .execute(executor)
        .await
        .map_err(failed("cannot renew the lease of a pair"))?;
    Ok(renewed.rows_affected() > 0)
}

fn lasts() -> i64 {
    i64::try_from(LASTS.as_millis()).unwrap_or(i64::MAX)
}

/// A lease that is ours; given up when it is dropped.
#[derive(Debug)]
pub(super) struct Lease {
    pool: AnyPool,
    pair: String,
    token: i64,
    fence: Fence,
    renewing: JoinHandle<()>,
}

impl Lease {
    /// Waits until the pair is nobody's.
    pub(super) async fn take(ledger: &Ledger) -> Result<Self> {
        let (pool, pair) = (ledger.pool.clone(), ledger.pair.clone());
        let token = loop {
            match try_take(&pool, &pair).await? {
                Some(token) => break token,
                None => tokio::time::sleep(PAUSE).await,
            }
        };
        ledger.fence.0.store(token, Ordering::Release);
        let renewing = tokio::spawn(keep_renewing(pool.clone(), pair.clone(), token));
        Ok(Self {
            pool,
            pair,
            token,
            fence: ledger.fence.clone(),
            renewing,
        })
    }
}

async fn try_take(pool: &AnyPool, pair: &str) -> Result<Option<i64>> {
    let doing = "cannot take the lease of a pair";
    let taken = sqlx::query(TAKE)
        .bind(pair)
        .bind(lasts())
        .fetch_optional(pool)
        .await
        .map_err(failed(doing))?;
    taken
        .map(|row| row.try_get(0).map_err(failed(doing)))
        .transpose()
}

/// Renews the lease while a cycle reads and waits, and so writes nothing.
async fn keep_renewing(pool: AnyPool, pair: String, token: i64) {
    loop {
        tokio::time::sleep(RENEWED_EVERY).await;
        match renew(&pool, &pair, token).await {
            Ok(true) => {}
            // The next write finds the same, and ends the cycle.
            Ok(false) => return,
            Err(error) => warn!(%error, pair, "the lease could not be renewed"),
        }
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.renewing.abort();
        self.fence.0.store(NO_TOKEN, Ordering::Release);
        let (pool, pair, token) = (self.pool.clone(), self.pair.clone(), self.token);
        // Without a runtime the lease ends by itself, a little later.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move {
                let gone =
                    sqlx::query("UPDATE leases SET until_ms = 0 WHERE pair = $1 AND token = $2")
                        .bind(&pair)
                        .bind(token)
                        .execute(&pool)
                        .await;
                if let Err(error) = gone {
                    warn!(%error, pair, "the lease could not be given up; it ends by itself");
                }
            });
        }
    }
}

#[cfg(all(test, feature = "postgres"))]
#[allow(clippy::expect_used, clippy::unwrap_used)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::store::testing::schema_of_its_own;
    use crate::store::{Cursor, Store};

    /// Two workers on one database, each with connections of its own.
    async fn two_workers() -> (Ledger, Ledger) {
        let url = std::env::var("DATABASE_URL").expect("DATABASE_URL names a PostgreSQL database");
        let url = schema_of_its_own(&url).await;
        let (one, other) = (Store::open(&url), Store::open(&url));
        let (one, other) = (one.await.unwrap(), other.await.unwrap());
        (one.ledger("pair"), other.ledger("pair"))
    }

    /// Lets the lease of the pair end, as if its holder had been silent for too long.
    async fn expire(ledger: &Ledger) {
        sqlx::query("UPDATE leases SET until_ms = 0")
            .execute(&ledger.pool)
            .await
            .unwrap();
    }

    #[tokio::test]
    async fn a_pair_is_given_to_one_worker_at_a_time() {
        let (one, other) = two_workers().await;
        let held = one.alone().await.unwrap();
        let moment = Duration::from_secs(1);
        assert!(tokio::time::timeout(moment, other.alone()).await.is_err());

        drop(held);

        let given = tokio::time::timeout(Duration::from_secs(10), other.alone()).await;
        assert!(given.is_ok(), "a turn that was given up is free");
    }

    #[tokio::test]
    async fn a_worker_that_slept_through_its_lease_writes_nothing_more() {
        let (frozen, other) = two_workers().await;
        let at = |second| Timestamp::from_second(second).unwrap();
        let _slept = frozen.alone().await.unwrap();
        frozen.advance(Cursor::Calls, at(10)).await.unwrap();
        expire(&frozen).await;
        let _turn = other.alone().await.unwrap();
        other.advance(Cursor::Calls, at(20)).await.unwrap();

        let late = frozen.advance(Cursor::Calls, at(30)).await.unwrap_err();

        assert!(late.is_retryable(), "{late}");
        assert!(late.to_string().contains("another worker"), "{late}");
        let cursor = other.cursor(Cursor::Calls).await.unwrap();
        assert_eq!(cursor, Some(at(20)));
    }

    #[tokio::test]
    async fn whatever_is_written_keeps_the_lease() {
        let (worker, other) = two_workers().await;
        let _turn = worker.alone().await.unwrap();
        expire(&worker).await;

        worker
            .advance(Cursor::Calls, Timestamp::now())
            .await
            .unwrap();

        let taken = tokio::time::timeout(Duration::from_secs(1), other.alone()).await;
        assert!(taken.is_err(), "the lease was renewed by the write");
    }
}
