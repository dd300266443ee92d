//! What the sync remembers: leads and how far they are, deals and what they were told, cursors,
//! contacts of known counterparties, dead letters.
//!
//! [`Store::open`] takes a URL; inside, everything is reached through a [`Ledger`], which is the
//! store narrowed to one pair, so two pairs in one store cannot touch each other.

mod contacts;
mod cursors;
mod dead_letters;
mod deals;
mod leads;
mod pairs;
mod payments;

use std::str::FromStr;
use std::time::Duration;

use jiff::Timestamp;
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::error::DatabaseError;
use sqlx::migrate::MigrateError;
use sqlx::{AnyConnection, AnyPool, Connection};

pub(crate) use contacts::KnownCounterparty;
pub(crate) use cursors::Cursor;
pub(crate) use dead_letters::Failure;
pub(crate) use deals::{DealRow, DealStage};
pub(crate) use leads::Waiting;
pub(crate) use payments::SeenPayment;

use crate::error::{Error, Result};

/// Begins a transaction that nobody else can write beside.
///
/// One that reads before it writes would otherwise fail at once, without waiting, when another
/// program has written in between.
const ALONE: &str = "BEGIN IMMEDIATE";

/// How often, and after which pause, a file that another process is opening is tried again.
const OPENING_TRIES: u32 = 200;
const OPENING_PAUSE: Duration = Duration::from_millis(50);

/// The sync's memory, behind one URL.
///
/// Cheap to clone; clones share their connections.
#[derive(Clone, Debug)]
pub struct Store {
    pool: AnyPool,
}

impl Store {
    /// Opens a store and brings its tables up to date.
    ///
    /// `sqlite:FILE` keeps everything in one file, which is created when it is missing;
    /// `sqlite::memory:` forgets everything in the end.
    ///
    /// # Errors
    ///
    /// [`Error::is_store`] when the file cannot be opened or written, is damaged, or comes from a
    /// newer version. [`Error::is_config`] when the URL is none of the above.
    pub async fn open(url: &str) -> Result<Self> {
        sqlx::any::install_default_drivers();
        let Some(place) = url.strip_prefix("sqlite:") else {
            return Err(Error::config(format!(
                "store `{url}` must be sqlite:FILE or sqlite::memory:"
            )));
        };
        let in_memory = place == ":memory:";
        let full = if in_memory || place.contains('?') {
            url.to_owned()
        } else {
            format!("{url}?mode=rwc")
        };
        let opening = |error| {
            Error::store(
                format!("{url} cannot be opened; check path and rights"),
                error,
            )
        };
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
        // Another program may be opening the same file for the first time.
        let mut alone = pool.begin_with(ALONE).await.map_err(opening)?;
        let migrated = sqlx::migrate!("src/store/migrations")
            .run(&mut *alone)
            .await;
        match migrated {
            Ok(()) => {
                alone.commit().await.map_err(opening)?;
                Ok(Self { pool })
            }
            Err(
                MigrateError::VersionMissing(version) | MigrateError::VersionTooNew(version, _),
            ) => Err(Error::store_text(format!(
                "{url} was written by a newer version (its table version {version} is unknown); update this program"
            ))),
            Err(MigrateError::VersionMismatch(version)) => Err(Error::store_text(format!(
                "{url} has other tables than this version expects (version {version}); name another file"
            ))),
            Err(MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _)) => {
                Err(opening(error))
            }
            Err(error) => Err(Error::store_text(format!(
                "{url} cannot be brought up to date: {error}"
            ))),
        }
    }

    /// The part of the store that belongs to one pair.
    pub(crate) fn ledger(&self, pair: impl Into<String>) -> Ledger {
        Ledger {
            pool: self.pool.clone(),
            pair: pair.into(),
        }
    }
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

/// The store of one pair.
#[derive(Clone, Debug)]
pub(crate) struct Ledger {
    pool: AnyPool,
    pair: String,
}

impl Ledger {
    async fn begin(&self) -> Result<sqlx::Transaction<'static, sqlx::Any>> {
        self.pool
            .begin_with(ALONE)
            .await
            .map_err(|error| Error::store("cannot begin to write", error))
    }

    async fn commit(transaction: sqlx::Transaction<'static, sqlx::Any>) -> Result<()> {
        transaction
            .commit()
            .await
            .map_err(|error| Error::store("cannot write", error))
    }
}

/// Adds what was done when a statement failed.
fn failed(doing: &'static str) -> impl Fn(sqlx::Error) -> Error {
    move |error| Error::store(doing, error)
}

/// Reads a value that the store itself wrote.
fn read_json<T: serde::de::DeserializeOwned>(what: &str, text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| {
        Error::store_text(format!("{what} is damaged at column {}", error.column()))
    })
}

fn write_json<T: serde::Serialize>(what: &str, value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|_| Error::store_text(format!("{what} cannot be written")))
}

fn moment(ms: i64) -> Result<Timestamp> {
    Timestamp::from_millisecond(ms).map_err(|_| Error::store_text("a moment is damaged"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_that_is_no_database_is_refused_with_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("broken.sqlite");
        std::fs::write(&file, vec![b'x'; 8192]).unwrap();

        let error = Store::open(&format!("sqlite:{}", file.display()))
            .await
            .unwrap_err();

        assert!(error.is_store());
        assert!(error.to_string().contains("broken.sqlite"), "{error}");
    }

    #[tokio::test]
    async fn a_store_of_a_newer_version_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("new.sqlite").display());
        let store = Store::open(&url).await.unwrap();
        sqlx::query(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
             VALUES (9999, 'later', TRUE, x'00', 0)",
        )
        .execute(&store.pool)
        .await
        .unwrap();
        store.pool.close().await;

        let error = Store::open(&url).await.unwrap_err();

        assert!(error.is_store());
        assert!(error.to_string().contains("newer version"), "{error}");
    }

    #[tokio::test]
    async fn a_url_of_an_unknown_kind_is_a_wrong_setting() {
        let error = Store::open("mysql://x").await.unwrap_err();
        assert!(error.is_config());
    }

    #[tokio::test]
    async fn a_folder_that_is_not_there_is_named() {
        let error = Store::open("sqlite:/nowhere/at/all.sqlite")
            .await
            .unwrap_err();
        assert!(
            error.is_store() && error.to_string().contains("/nowhere/at/all.sqlite"),
            "{error}"
        );
    }
}
