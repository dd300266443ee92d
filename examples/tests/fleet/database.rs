//! A database of a test's own, and what is read from it.

use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::postgres::{PgPool, PgPoolOptions};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Row};
use tokio::sync::{Mutex, MutexGuard};

/// Tests measure time, so one runs after the other.
static ALONE: Mutex<()> = Mutex::const_new(());
static NEXT: AtomicU32 = AtomicU32::new(0);

pub(crate) struct Database {
    pub(crate) url: String,
    pub(crate) pool: PgPool,
    /// Where it was made, and its name there.
    made: Option<(String, String)>,
    _alone: Option<MutexGuard<'static, ()>>,
}

impl Database {
    /// Makes an empty database on the server of `DATABASE_URL`.
    pub(crate) async fn make() -> Self {
        let alone = ALONE.lock().await;
        let server =
            std::env::var("DATABASE_URL").expect("DATABASE_URL names a PostgreSQL database");
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("fleet_test_{}_{n}", std::process::id());
        let mut connection = PgConnection::connect(&server).await.unwrap();
        let create = AssertSqlSafe(format!("CREATE DATABASE {name}"));
        connection.execute(create).await.unwrap();
        let (start, _) = server.rsplit_once('/').unwrap();
        let url = format!("{start}/{name}");
        Self {
            pool: pool(&url),
            url,
            made: Some((server, name)),
            _alone: Some(alone),
        }
    }

    /// Takes a database that is there.
    pub(crate) async fn at(url: String) -> Self {
        let alone = ALONE.lock().await;
        Self {
            pool: pool(&url),
            url,
            made: None,
            _alone: Some(alone),
        }
    }

    /// The URL, with a name by which connections of a process are known.
    pub(crate) fn url_of(&self, process: &str) -> String {
        format!("{}?application_name={process}", self.url)
    }

    pub(crate) async fn run(&self, text: &str) {
        let done = self.pool.execute(AssertSqlSafe(text.to_owned())).await;
        done.unwrap();
    }

    /// The only number that a query gives.
    pub(crate) async fn number(&self, query: &str) -> i64 {
        let query = format!("SELECT CAST(({query}) AS BIGINT)");
        let row = sqlx::query(AssertSqlSafe(query))
            .fetch_one(&self.pool)
            .await;
        row.unwrap()
            .try_get::<Option<i64>, _>(0)
            .unwrap()
            .unwrap_or(0)
    }

    /// The only column that a query gives, as text.
    pub(crate) async fn texts(&self, query: &str) -> Vec<String> {
        let rows = sqlx::query(AssertSqlSafe(query.to_owned()));
        let rows = rows.fetch_all(&self.pool).await.unwrap();
        rows.iter().map(|row| row.get(0)).collect()
    }

    /// Removes the database.
    pub(crate) async fn drop(self) {
        self.pool.close().await;
        if let Some((server, name)) = self.made {
            let mut connection = PgConnection::connect(&server).await.unwrap();
            let drop = AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"));
            connection.execute(drop).await.unwrap();
        }
    }
}

fn pool(url: &str) -> PgPool {
    let options = PgPoolOptions::new().max_connections(2);
    options.connect_lazy(url).unwrap()
}
