//! What the sync remembers: leads and how far they are, deals and what they were told, cursors,
//! contacts of known counterparties, dead letters.
//!
//! [`Store::open`] takes a URL; inside, everything is reached through a [`Ledger`], which is the
//! store narrowed to one pair, so two pairs in one store cannot touch each other.

mod backfills;
mod contacts;
mod cursors;
mod dead_letters;
mod deals;
mod history;
mod leads;
mod marks;
mod own_orders;
mod pairs;
mod payments;
#[cfg(feature = "postgres")]
mod postgres;
mod rests;
mod sqlite;
#[cfg(test)]
mod testing;
mod transfer;
mod turn;

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use sqlx::migrate::MigrateError;
use sqlx::{Any, AnyPool, Transaction};

pub(crate) use backfills::Range;
pub(crate) use contacts::{ContactOwner, KnownCounterparty};
pub(crate) use cursors::Cursor;
pub use dead_letters::Replay;
pub(crate) use dead_letters::{Failure, Said};
pub(crate) use deals::{DealRow, DealStage};
pub(crate) use leads::{LeadStage, Place, Waiting};
pub(crate) use marks::Mark;
pub(crate) use payments::SeenPayment;
pub(crate) use rests::Rest;

use crate::error::{Error, Result};
pub(crate) use turn::Turn;
use turn::{Fence, Turns};

/// The sync's memory, behind one URL.
///
/// Cheap to clone; clones share their connections.
#[derive(Clone, Debug)]
pub struct Store {
    pool: AnyPool,
    database: Database,
    turns: Arc<Turns>,
}

/// What differs between the databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Database {
    Sqlite,
    #[cfg(feature = "postgres")]
    Postgres,
}

impl Database {
    /// Begins a transaction that writes.
    ///
    /// One of SQLite that reads before it writes would otherwise fail at once, without waiting,
    /// when another program has written in between. PostgreSQL ends one whose program has fallen
    /// asleep in its midst, since the rows it has written would keep everybody else waiting.
    fn begin(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN IMMEDIATE",
            #[cfg(feature = "postgres")]
            Self::Postgres => "BEGIN; SET LOCAL idle_in_transaction_session_timeout = '20s'",
        }
    }
}

impl Store {
    /// Opens a store and brings its tables up to date.
    ///
    /// `sqlite:FILE` keeps everything in one file, which is created when it is missing;
    /// `sqlite::memory:` forgets everything in the end. `postgres://USER@HOST/DATABASE` (feature
    /// `postgres`) is for several machines that share their pairs.
    ///
    /// # Errors
    ///
    /// [`Error::is_store`] when the store cannot be opened or written, is damaged, or comes from a
    /// newer version. [`Error::is_config`] when the URL is none of the above.
    pub async fn open(url: &str) -> Result<Self> {
        sqlx::any::install_default_drivers();
        if let Some(place) = url.strip_prefix("sqlite:") {
            return sqlite::open(url, place).await;
        }
        #[cfg(feature = "postgres")]
        if ["postgres:", "postgresql:"]
            .iter()
            .any(|scheme| url.starts_with(scheme))
        {
            return postgres::open(url).await;
        }
        // Whatever it is, it may hold a password.
        let scheme = url.split(':').next().unwrap_or_default();
        let allowed = if cfg!(feature = "postgres") {
            "sqlite:FILE, sqlite::memory: or postgres://USER@HOST/DATABASE"
        } else {
            "sqlite:FILE or sqlite::memory: (PostgreSQL needs the feature `postgres`)"
        };
        Err(Error::config(format!(
            "store `{scheme}:…` must be {allowed}"
        )))
    }

    /// Takes connections that are open already, and brings the tables up to date.
    ///
    /// Give it connections whose `search_path` is a schema of the sync's own: names such as `leads`
    /// and the table in which sqlx counts migrations are not shared with other programs.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    #[cfg(feature = "postgres")]
    pub async fn with_postgres(pool: AnyPool) -> Result<Self> {
        postgres::with_pool(pool).await
    }

    /// A store that nobody else sees, and that forgets everything in the end.
    pub(crate) async fn in_memory() -> Result<Self> {
        Self::open("sqlite::memory:").await
    }

    /// The part of the store that belongs to one pair.
    pub(crate) fn ledger(&self, pair: impl Into<String>) -> Ledger {
        Ledger {
            pool: self.pool.clone(),
            database: self.database,
            turns: Arc::clone(&self.turns),
            fence: Fence::default(),
            pair: pair.into(),
            stamp: Stamp {
                clock: Timestamp::now,
                config: Arc::from(""),
            },
        }
    }
}

/// The store of one pair.
#[derive(Clone, Debug)]
pub(crate) struct Ledger {
    pool: AnyPool,
    database: Database,
    turns: Arc<Turns>,
    fence: Fence,
    pair: String,
    stamp: Stamp,
}

/// What every event of a lead's history is marked with.
#[derive(Clone, Debug)]
struct Stamp {
    clock: fn() -> Timestamp,
    /// Fingerprint of the configuration in force.
    config: Arc<str>,
}

impl Ledger {
    /// Marks what is written down from now on with this clock and this configuration.
    pub(crate) fn stamped(mut self, clock: fn() -> Timestamp, config: &str) -> Self {
        self.stamp = Stamp {
            clock,
            config: Arc::from(config),
        };
        self
    }

    /// Name of the pair.
    pub(crate) fn pair(&self) -> &str {
        &self.pair
    }

    async fn begin(&self) -> Result<Transaction<'static, Any>> {
        let begun = self.pool.begin_with(self.database.begin()).await;
        let mut transaction = begun.map_err(failed("cannot begin to write"))?;
        self.fence.pass(&mut transaction, &self.pair).await?;
        Ok(transaction)
    }

    /// Keeps all writers away from the store until it is dropped.
    #[cfg(all(test, feature = "webhooks"))]
    pub(crate) async fn hold(&self) -> Result<Transaction<'static, Any>> {
        self.begin().await
    }

    async fn commit(transaction: Transaction<'static, Any>) -> Result<()> {
        transaction.commit().await.map_err(failed("cannot write"))
    }
}

/// Brings the tables up to date.
async fn migrate(
    transaction: &mut Transaction<'static, Any>,
    store: &impl fmt::Display,
) -> Result<()> {
    // `run` gives a future that cannot be sent to another thread.
    let migrated = sqlx::migrate!("src/store/migrations")
        .run_direct(None, &mut **transaction, false)
        .await;
    match migrated {
        Ok(()) => Ok(()),
        Err(MigrateError::VersionMissing(version) | MigrateError::VersionTooNew(version, _)) => {
            Err(Error::store_text(format!(
                "{store} was written by a newer version (its table version {version} is unknown); update this program"
            )))
        }
        Err(MigrateError::VersionMismatch(version)) => Err(Error::store_text(format!(
            "{store} has other tables than this version expects (version {version}); name another store"
        ))),
        Err(MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _)) => {
            Err(cannot_open(store, error))
        }
        Err(error) => Err(Error::store_text(format!(
            "{store} cannot be brought up to date: {error}"
        ))),
    }
}

fn cannot_open(store: &impl fmt::Display, error: sqlx::Error) -> Error {
    Error::store(
        format!("{store} cannot be opened; check path and rights"),
        error,
    )
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
