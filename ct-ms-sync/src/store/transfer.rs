//! Copying what a store remembers into another store: of one pair, or of all.
//!
//! Tables and columns are read from the tables themselves, so that none can be forgotten here.

use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, AssertSqlSafe, Row, Transaction};

use super::{Ledger, Store, failed};
use crate::error::{Error, Result};

/// Rows that are read and written in one go.
const PORTION: usize = 500;

const DOING: &str = "cannot copy what is remembered of a pair";

/// A table of which each row belongs to a pair.
#[derive(Debug)]
struct Table {
    name: String,
    columns: Vec<Column>,
}

#[derive(Clone, Debug)]
struct Column {
    name: String,
    is_number: bool,
    /// Whether it tells rows of one pair apart.
    is_key: bool,
}

/// A value of a row.
#[derive(Clone, Debug)]
enum Value {
    Text(Option<String>),
    Number(Option<i64>),
}

impl Store {
    /// Copies everything that is remembered, of every pair, into another store, such as from SQLite
    /// to PostgreSQL; returns the number of rows.
    ///
    /// It waits until no cycle of these pairs runs, and none begins before it ends. This store stays
    /// as it is. Afterwards the pairs are to run on the other store alone; whatever still ran on this
    /// one would double nothing, and would not be remembered there.
    ///
    /// # Errors
    ///
    /// [`Error::is_store`] when the other store knows one of the pairs already, or when reading or
    /// writing fails. Nothing is copied then.
    pub async fn copy_to(&self, other: &Self) -> Result<u64> {
        let tables = tables().await?;
        let names = self.pair_names(&tables).await?;
        let mut turns = Vec::with_capacity(names.len());
        for name in &names {
            turns.push(self.ledger(name.as_str()).alone().await?);
        }
        // Whoever copies has the turn of the pair, so nothing changes between two tables.
        let mut from = self.pool.begin().await.map_err(failed(DOING))?;
        let begun = other.pool.begin_with(other.database.begin()).await;
        let mut to = begun.map_err(failed(DOING))?;
        let mut copied = 0;
        for name in &names {
            copied += copy(&tables, (&mut from, name), (&mut to, name)).await?;
        }
        Ledger::commit(to).await?;
        drop(turns);
        Ok(copied)
    }

    /// Every name under which something is remembered.
    async fn pair_names(&self, tables: &[Table]) -> Result<Vec<String>> {
        let of_each: Vec<String> = tables
            .iter()
            .map(|table| format!("SELECT pair FROM {}", table.name))
            .collect();
        let text = format!("{} ORDER BY pair", of_each.join(" UNION "));
        let rows = sqlx::query(AssertSqlSafe(text)).fetch_all(&self.pool).await;
        let rows = rows.map_err(failed(DOING))?;
        rows.iter()
            .map(|row| row.try_get(0).map_err(failed(DOING)))
            .collect()
    }
}

impl Ledger {
    /// Copies every row of the pair, and counts them; the other store must know nothing of it.
    ///
    /// Nothing is copied when anything fails.
    pub(crate) async fn copy_to(&self, other: &Self) -> Result<u64> {
        let tables = tables().await?;
        // Whoever copies has the turn of the pair, so nothing changes between two tables.
        let mut from = self.pool.begin().await.map_err(failed(DOING))?;
        let mut to = other.begin().await?;
        let copied = copy(&tables, (&mut from, &self.pair), (&mut to, &other.pair)).await?;
        Self::commit(to).await?;
        Ok(copied)
    }
}

/// Copies every row of a pair, portion by portion.
async fn copy(
    tables: &[Table],
    (from, name): (&mut Transaction<'static, Any>, &str),
    (to, new_name): (&mut Transaction<'static, Any>, &str),
) -> Result<u64> {
    let mut copied = 0;
    for table in tables {
        let insert = table.insert();
        let mut after: Option<Vec<Value>> = None;
        loop {
            let select = table.select(after.is_some());
            let mut query = sqlx::query(AssertSqlSafe(select)).bind(name);
            for value in after.iter().flatten() {
                query = value.clone().bind_to(query);
            }
            let rows = query.fetch_all(&mut **from).await.map_err(failed(DOING))?;
            for row in &rows {
                let values = table.read(row)?;
                let mut query = sqlx::query(AssertSqlSafe(insert.clone())).bind(new_name);
                for value in values {
                    query = value.bind_to(query);
                }
                query.execute(&mut **to).await.map_err(failed(DOING))?;
                copied += 1;
            }
            match rows.last() {
                Some(last) if rows.len() == PORTION => after = Some(table.key_of(last)?),
                _ => break,
            }
        }
    }
    Ok(copied)
}

impl Table {
    fn keys(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| column.is_key)
    }

    /// Reads a portion, the first one or the one after a key.
    fn select(&self, goes_on: bool) -> String {
        let columns = names(self.columns.iter());
        let keys = names(self.keys());
        let Self { name, .. } = self;
        if keys.is_empty() {
            // One row a pair.
            return format!("SELECT {columns} FROM {name} WHERE pair = $1");
        }
        let after = if goes_on {
            let places: Vec<String> = (0..self.keys().count())
                .map(|n| format!("${}", n + 2))
                .collect();
            format!("AND ({keys}) > ({})", places.join(", "))
        } else {
            String::new()
        };
        format!(
            "SELECT {columns} FROM {name} WHERE pair = $1 {after} ORDER BY {keys} LIMIT {PORTION}"
        )
    }

    fn insert(&self) -> String {
        let places: Vec<String> = (0..self.columns.len())
            .map(|n| format!("${}", n + 2))
            .collect();
        format!(
            "INSERT INTO {} (pair, {}) VALUES ($1, {})",
            self.name,
            names(self.columns.iter()),
            places.join(", ")
        )
    }

    fn read(&self, row: &AnyRow) -> Result<Vec<Value>> {
        let values = self.columns.iter().enumerate();
        values.map(|(at, column)| column.read(row, at)).collect()
    }

    fn key_of(&self, row: &AnyRow) -> Result<Vec<Value>> {
        let columns = self.columns.iter().enumerate();
        columns
            .filter(|(_, column)| column.is_key)
            .map(|(at, column)| column.read(row, at))
            .collect()
    }
}

impl Column {
    fn read(&self, row: &AnyRow, at: usize) -> Result<Value> {
        let value = if self.is_number {
            row.try_get(at).map(Value::Number)
        } else {
            row.try_get(at).map(Value::Text)
        };
        value.map_err(failed(DOING))
    }
}

impl Value {
    fn bind_to(self, query: Query<'_, Any, AnyArguments>) -> Query<'_, Any, AnyArguments> {
        match self {
            Self::Text(text) => query.bind(text),
            Self::Number(number) => query.bind(number),
        }
    }
}

fn names<'a>(columns: impl Iterator<Item = &'a Column>) -> String {
    let names: Vec<&str> = columns.map(|column| column.name.as_str()).collect();
    names.join(", ")
}

/// The tables that this version has, as an empty store shows them.
async fn tables() -> Result<Vec<Table>> {
    let empty = Store::in_memory().await?;
    // A lease is a worker's, and no memory of the pair.
    let rows = sqlx::query(
        "SELECT t.name, c.name, c.type, c.pk FROM sqlite_master t, pragma_table_info(t.name) c \
         WHERE t.type = 'table' AND t.name <> 'leases' AND EXISTS (SELECT 1 FROM pragma_table_info(t.name) p WHERE p.name = 'pair') \
         ORDER BY t.name, c.cid",
    )
    .fetch_all(&empty.pool)
    .await
    .map_err(failed(DOING))?;
    let mut tables: Vec<Table> = Vec::new();
    for row in &rows {
        let table: String = row.try_get(0).map_err(failed(DOING))?;
        let kind: String = row.try_get(2).map_err(failed(DOING))?;
        let key: i64 = row.try_get(3).map_err(failed(DOING))?;
        let column = Column {
            name: row.try_get(1).map_err(failed(DOING))?,
            is_number: match kind.as_str() {
                "TEXT" => false,
                "BIGINT" => true,
                other => {
                    return Err(Error::store_text(format!(
                        "a column of type {other} cannot be copied"
                    )));
                }
            },
            is_key: key > 0,
        };
        if tables.last().is_none_or(|last| last.name != table) {
            tables.push(Table {
                name: table,
                columns: Vec::new(),
            });
        }
        if let Some(last) = tables.last_mut().filter(|_| column.name != "pair") {
            last.columns.push(column);
        }
    }
    Ok(tables)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::Timestamp;

    use super::*;
    use crate::lead::{Lead, LeadKey, Marks};
    use crate::report::Step;
    use crate::store::{Cursor, Failure, KnownCounterparty, Said};

    fn lead(id: u64) -> Lead {
        Lead {
            key: LeadKey::call(7, id),
            at: Timestamp::from_second(10).unwrap(),
            phones: Vec::new(),
            emails: Vec::new(),
            name: None,
            phone_text: None,
            email_text: None,
            source_fields: BTreeMap::new(),
            marks: Marks::default(),
        }
    }

    /// Every row of every table, as the database shows it.
    async fn contents(ledger: &Ledger) -> Vec<(String, Vec<String>)> {
        let mut all = Vec::new();
        for table in tables().await.unwrap() {
            let columns: Vec<String> = table
                .columns
                .iter()
                .map(|column| format!("COALESCE(CAST({} AS TEXT), 'NULL')", column.name))
                .collect();
            let text = format!(
                "SELECT {} FROM {} WHERE pair = $1 ORDER BY 1",
                columns.join(" || '|' || "),
                table.name
            );
            let rows = sqlx::query(AssertSqlSafe(text))
                .bind(&ledger.pair)
                .fetch_all(&ledger.pool)
                .await
                .unwrap();
            let rows = rows.iter().map(|row| row.try_get(0).unwrap()).collect();
            all.push((table.name, rows));
        }
        all
    }

    #[tokio::test]
    async fn a_copy_has_every_row_of_the_pair_and_none_of_another() {
        let store = Store::for_test().await;
        let (one, other) = (store.ledger("one"), store.ledger("other"));
        let now = Timestamp::from_second(1000).unwrap();
        for (ledger, n) in [(&one, 1234), (&other, 3)] {
            ledger.start(now, None).await.unwrap();
            let page: Vec<_> = (0..n).map(|id| (lead(id), None)).collect();
            ledger.note_leads(&page).await.unwrap();
            ledger.advance(Cursor::Calls, now).await.unwrap();
            let known = KnownCounterparty {
                id: "one".into(),
                created: now,
                archived: true,
                has_phone: true,
                has_email: false,
                contacts: vec!["+7915".into(), "a@b.example".into()],
            };
            ledger.keep_contacts(&[known], Some(now)).await.unwrap();
            let failure = Failure {
                lead: LeadKey::call(7, 1),
                step: Step::Order,
                reason: "no".into(),
                refused: true,
                said: Said {
                    code: Some(3006),
                    ..Said::default()
                },
            };
            ledger.bury(&[failure], now).await.unwrap();
        }
        let copy = Store::for_test().await;

        let copied = one.copy_to(&copy.ledger("one")).await.unwrap();

        let before = contents(&one).await;
        assert_eq!(contents(&copy.ledger("one")).await, before);
        assert_eq!(
            copied,
            before
                .iter()
                .map(|(_, rows)| rows.len() as u64)
                .sum::<u64>()
        );
        let names: Vec<&str> = before.iter().map(|(name, _)| name.as_str()).collect();
        for table in ["leads", "deals", "history", "contacts", "dead_letters"] {
            assert!(names.contains(&table), "{names:?}");
        }
        let strangers = contents(&copy.ledger("other")).await;
        assert!(strangers.iter().all(|(_, rows)| rows.is_empty()));
    }

    #[tokio::test]
    async fn a_whole_store_is_copied_with_every_pair_or_not_at_all() {
        let store = Store::open("sqlite::memory:").await.unwrap();
        let now = Timestamp::from_second(1000).unwrap();
        for name in ["one", "other"] {
            let ledger = store.ledger(name);
            ledger.start(now, None).await.unwrap();
            ledger.note_leads(&[(lead(1), None)]).await.unwrap();
            ledger.advance(Cursor::Calls, now).await.unwrap();
        }
        let copy = Store::for_test().await;

        let copied = store.copy_to(&copy).await.unwrap();

        assert!(copied >= 6, "{copied}");
        for name in ["one", "other"] {
            let cursor = copy.ledger(name).cursor(Cursor::Calls).await.unwrap();
            assert_eq!(cursor, Some(now), "{name}");
        }
        let taken = Store::for_test().await;
        taken.ledger("other").start(now, None).await.unwrap();
        let error = store.copy_to(&taken).await.unwrap_err();
        assert!(error.is_store(), "{error}");
        let cursor = taken.ledger("one").cursor(Cursor::Calls).await.unwrap();
        assert_eq!(cursor, None, "half of the store was copied");
    }

    #[tokio::test]
    async fn a_pair_that_the_other_store_knows_already_is_not_mixed_in() {
        let store = Store::for_test().await;
        let copy = Store::for_test().await;
        for store in [&store, &copy] {
            let ledger = store.ledger("one");
            ledger.start(Timestamp::UNIX_EPOCH, None).await.unwrap();
        }

        let error = store
            .ledger("one")
            .copy_to(&copy.ledger("one"))
            .await
            .unwrap_err();

        assert!(error.is_store(), "{error}");
    }
}
