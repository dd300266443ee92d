//! The store that tests of it use: in memory, or in PostgreSQL when `DATABASE_URL` names one.
#![allow(clippy::unwrap_used)]

use super::Store;

impl Store {
    /// A new, empty store of one test.
    pub(crate) async fn for_test() -> Self {
        #[cfg(feature = "postgres")]
        if let Ok(url) = std::env::var("DATABASE_URL") {
            return Self::open(&schema_of_its_own(&url).await).await.unwrap();
        }
        Self::in_memory().await.unwrap()
    }
}

/// The same database, narrowed to a schema that nobody else uses.
#[cfg(feature = "postgres")]
pub(super) async fn schema_of_its_own(url: &str) -> String {
    use sqlx::{AnyConnection, AssertSqlSafe, Connection};

    sqlx::any::install_default_drivers();
    let schema = format!("test_{}", uuid::Uuid::new_v4().simple());
    let mut connection = AnyConnection::connect(url).await.unwrap();
    sqlx::query(AssertSqlSafe(format!("CREATE SCHEMA {schema}")))
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    format!("{url}?options=-csearch_path%3D{schema}")
}
