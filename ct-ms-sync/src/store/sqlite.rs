//! A store in one SQLite file.

use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::error::DatabaseError;
use sqlx::{AnyConnection, Connection};

use super::turn::{Others, Turns};
use super::{Database, Store, cannot_open, migrate};
use crate::error::Result;

/// How often, and after which pause, a file that another process is opening is tried again.
const OPENING_TRIES: u32 = 200;
const OPENING_PAUSE: Duration = Duration::from_millis(50);

pub(super) async fn open(url: &str, place: &str) -> Result<Store> {
    let in_memory = place == ":memory:";
    let full = if in_memory || place.contains('?') {
        url.to_owned()
    } else {
        format!("{url}?mode=rwc")
    };
    let opening = |error| cannot_open(&url, error);
    let options = AnyConnectOptions::from_str(&full).map_err(opening)?;
    // The pool would try again and again to open what can never be opened.
    let mut first = AnyConnection::connect_with(&options)
        .await
        .map_err(opening)?;
    set_pragmas(&mut first).await.map_err(opening)?;
    first.close().await.map_err(opening)?;
    let pool = AnyPoolOptions::new()
        // One writer at a time is all SQLite has, and a database in memory is its connection.
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .after_connect(|connection, _| Box::pin(set_pragmas(connection)))
        .connect_with(options)
        .await
        .map_err(opening)?;
    let database = Database::Sqlite;
    // Another program may be opening the same file for the first time.
    let mut alone = pool.begin_with(database.begin()).await.map_err(opening)?;
    migrate(&mut alone, &url).await?;
    alone.commit().await.map_err(opening)?;
    let others = if in_memory {
        Others::None
    } else {
        let file = place.split('?').next().unwrap_or(place);
        Others::Files(PathBuf::from(file.trim_start_matches("//")))
    };
    Ok(Store {
        pool,
        database,
        turns: Arc::new(Turns::new(others)),
    })
}

/// A crash of the machine must not lose what was remembered, and another process may be writing.
async fn set_pragmas(connection: &mut AnyConnection) -> sqlx::Result<()> {
    sqlx::query("PRAGMA busy_timeout = 10000")
        .execute(&mut *connection)
        .await?;
    keep_journal_ahead(connection).await?;
    sqlx::query("PRAGMA synchronous = FULL")
        .execute(&mut *connection)
        .await?;
    Ok(())
}

/// Makes readers and a writer independent of each other.
///
/// In a new file this takes a lock that SQLite does not wait for when another process has it.
async fn keep_journal_ahead(connection: &mut AnyConnection) -> sqlx::Result<()> {
    let mut tries = 0;
    loop {
        let set = sqlx::query("PRAGMA journal_mode = WAL").execute(&mut *connection);
        match set.await {
            Err(error) if is_busy(&error) && tries < OPENING_TRIES => {
                tries += 1;
                tokio::time::sleep(OPENING_PAUSE).await;
            }
            other => return other.map(drop),
        }
    }
}

/// Whether another process holds the lock (SQLITE_BUSY).
fn is_busy(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(DatabaseError::code);
    code.is_some_and(|code| code == "5")
}
