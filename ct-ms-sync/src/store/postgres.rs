//! A store in PostgreSQL, which several machines can share.

use std::str::FromStr;
use std::sync::Arc;

use sqlx::AnyPool;
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};

use super::turn::{Others, Turns};
use super::{Database, Store, cannot_open, migrate};
use crate::error::Result;

/// Connections of one process: a cycle uses one at a time, and its lease another.
const CONNECTIONS: u32 = 10;
/// What errors call the store; its URL may hold a password.
const NAME: &str = "the PostgreSQL store";
/// Number of the lock under which programs bring the tables up to date one after the other.
const MIGRATION_LOCK: i64 = 0x6374_6d73;

pub(super) async fn open(url: &str) -> Result<Store> {
    let opening = |error| cannot_open(&NAME, error);
    let options = AnyConnectOptions::from_str(url).map_err(opening)?;
    let pool = AnyPoolOptions::new()
        .max_connections(CONNECTIONS)
        .connect_with(options)
        .await
        .map_err(opening)?;
    with_pool(pool).await
}

pub(super) async fn with_pool(pool: AnyPool) -> Result<Store> {
    let opening = |error| cannot_open(&NAME, error);
    let database = Database::Postgres;
    let mut alone = pool.begin_with(database.begin()).await.map_err(opening)?;
    sqlx::query("SELECT CAST(pg_advisory_xact_lock($1) AS TEXT)")
        .bind(MIGRATION_LOCK)
        .execute(&mut *alone)
        .await
        .map_err(opening)?;
    migrate(&mut alone, &NAME).await?;
    alone.commit().await.map_err(opening)?;
    Ok(Store {
        pool,
        database,
        turns: Arc::new(Turns::new(Others::Leases)),
    })
}
