//! A store that fails from its n-th write on, as the disk of a process does that dies there.
//!
//! Triggers inside the file count every row that is inserted, changed or deleted, whatever tables
//! there are, and abort the statement that reaches the number. A transaction that is aborted takes
//! its share of the count back, so every later write fails too until the fuse is removed.

use std::str::FromStr;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection, Row};

/// Text of the error by which a fuse ends a statement.
const BURNT: &str = "the fuse of this story has burnt";

/// A fuse in a store; the store must exist and have its tables.
#[derive(Debug)]
pub struct Fuse {
    url: String,
}

impl Fuse {
    /// Lets the n-th write to the store from now on fail, and each after it.
    pub async fn set(url: &str, nth: u64) -> Self {
        let mut store = open(url).await;
        let create = format!(
            "CREATE TABLE fuse (passed INTEGER NOT NULL, nth INTEGER NOT NULL); \
             INSERT INTO fuse VALUES (0, {nth});"
        );
        run(&mut store, create).await;
        let tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' \
                      AND name NOT LIKE '\\_sqlx%' ESCAPE '\\' AND name != 'fuse'";
        let tables = sqlx::query(tables).fetch_all(&mut store).await.unwrap();
        for table in tables {
            let table: String = table.get(0);
            for write in ["INSERT", "UPDATE", "DELETE"] {
                let trigger = format!(
                    "CREATE TRIGGER fuse_{table}_{write} AFTER {write} ON {table} BEGIN \
                     UPDATE fuse SET passed = passed + 1; \
                     SELECT RAISE(ABORT, '{BURNT}') FROM fuse WHERE passed >= nth; END"
                );
                run(&mut store, trigger).await;
            }
        }
        store.close().await.unwrap();
        Self {
            url: url.to_owned(),
        }
    }

    /// How many writes were committed since it was set.
    pub async fn passed(&self) -> u64 {
        let mut store = open(&self.url).await;
        let row = sqlx::query("SELECT passed FROM fuse")
            .fetch_one(&mut store)
            .await
            .unwrap();
        store.close().await.unwrap();
        row.get::<i64, _>(0).unsigned_abs()
    }

    /// Makes the store whole again; returns how many writes were committed while it was set.
    pub async fn remove(self) -> u64 {
        let passed = self.passed().await;
        let mut store = open(&self.url).await;
        let triggers =
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'fuse%'";
        for trigger in sqlx::query(triggers).fetch_all(&mut store).await.unwrap() {
            let trigger: String = trigger.get(0);
            run(&mut store, format!("DROP TRIGGER {trigger}")).await;
        }
        run(&mut store, "DROP TABLE fuse".to_owned()).await;
        store.close().await.unwrap();
        passed
    }
}

async fn open(url: &str) -> SqliteConnection {
    let options = SqliteConnectOptions::from_str(url)
        .unwrap()
        .busy_timeout(std::time::Duration::from_secs(10));
    SqliteConnection::connect_with(&options).await.unwrap()
}

async fn run(store: &mut SqliteConnection, statements: String) {
    sqlx::raw_sql(AssertSqlSafe(statements))
        .execute(store)
        .await
        .unwrap();
}
