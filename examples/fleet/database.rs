//! The database of the fleet: pairs, jobs and outcomes.

use ct_ms_sync::Store;
use examples::failure::{Failure, other};
use graphile_worker::WorkerUtils;
use jiff::Timestamp;
use serde_json::json;
use sqlx::postgres::{PgPool, PgPoolOptions};
use sqlx::{Executor, Row};

use crate::outcome::Outcome;
use crate::pairs::Pair;
use crate::schedule::{self, Kind};

/// The schema of the job engine.
pub(crate) const ENGINE: &str = "graphile_worker";
/// Number of the lock under which programs set the database up one after the other.
const SET_UP_LOCK: i64 = 0x666c_6565;

/// The database, set up.
#[derive(Clone, Debug)]
pub(crate) struct Database {
    pub(crate) pool: PgPool,
}

/// Connects, and brings all tables up to date: those of the store, of the engine, and of the fleet.
pub(crate) async fn open(url: &str, connections: u32) -> Result<Database, Failure> {
    // Its tables come first: a trigger on them wakes pairs.
    drop(Store::open(url).await?);
    let pool = PgPoolOptions::new()
        .max_connections(connections)
        .connect(url)
        .await
        .map_err(other)?;
    let mut alone = pool.begin().await.map_err(other)?;
    sqlx::query("SELECT pg_advisory_xact_lock($1)")
        .bind(SET_UP_LOCK)
        .execute(&mut *alone)
        .await
        .map_err(other)?;
    let engine = WorkerUtils::new(pool.clone(), ENGINE);
    engine.migrate().await.map_err(other)?;
    alone
        .execute(include_str!("schema.sql"))
        .await
        .map_err(other)?;
    alone.commit().await.map_err(other)?;
    Ok(Database { pool })
}

impl Database {
    /// Writes pairs down and plans their jobs; jobs that are planned already keep their time.
    pub(crate) async fn enqueue(&self, pairs: &[Pair], at_once: bool) -> Result<usize, Failure> {
        let now = Timestamp::now();
        let mut rows = Vec::with_capacity(pairs.len());
        let mut jobs = Vec::with_capacity(pairs.len());
        for pair in pairs {
            rows.push(json!({
                "name": pair.name,
                "site_id": pair.site_id,
                "moysklad_user": pair.moysklad_user,
                "has_more_jobs": pair.has_more_jobs(),
                "paused": pair.paused,
                "definition": serde_json::to_string(pair).map_err(other)?,
            }));
            for kind in Kind::ALL {
                if let Some(turn) = schedule::next(pair, kind, now) {
                    let at = if at_once { now } else { turn };
                    jobs.push(json!({
                        "pair": pair.name,
                        "kind": kind.name(),
                        "at_ms": at.as_millisecond(),
                    }));
                }
            }
        }
        let mut transaction = self.pool.begin().await.map_err(other)?;
        sqlx::query(
            "INSERT INTO fleet.pairs (name, site_id, moysklad_user, has_more_jobs, paused, definition) \
             SELECT name, site_id, moysklad_user, has_more_jobs, paused, definition FROM json_to_recordset($1::json) \
             AS p (name text, site_id bigint, moysklad_user text, has_more_jobs boolean, paused boolean, definition text) \
             ON CONFLICT (name) DO UPDATE SET site_id = excluded.site_id, moysklad_user = excluded.moysklad_user, \
             has_more_jobs = excluded.has_more_jobs, paused = excluded.paused, definition = excluded.definition",
        )
        .bind(json!(rows).to_string())
        .execute(&mut *transaction)
        .await
        .map_err(other)?;
        sqlx::query(
            "SELECT fleet.schedule(pair, kind, to_timestamp(at_ms / 1000.0), $2) \
             FROM json_to_recordset($1::json) AS j (pair text, kind text, at_ms bigint)",
        )
        .bind(json!(jobs).to_string())
        .bind(if at_once {
            "replace"
        } else {
            "preserve_run_at"
        })
        .execute(&mut *transaction)
        .await
        .map_err(other)?;
        transaction.commit().await.map_err(other)?;
        Ok(pairs.len())
    }

    /// What is known of a pair; nothing when it is gone or paused.
    pub(crate) async fn pair(&self, name: &str) -> Result<Option<Pair>, Failure> {
        let row = sqlx::query("SELECT definition FROM fleet.pairs WHERE name = $1 AND NOT paused")
            .bind(name)
            .fetch_optional(&self.pool)
            .await
            .map_err(other)?;
        let Some(row) = row else { return Ok(None) };
        let definition: String = row.try_get(0).map_err(other)?;
        serde_json::from_str(&definition).map_err(other).map(Some)
    }

    /// Writes down how a job went and plans the next one, both or none.
    pub(crate) async fn finish(
        &self,
        pair: &str,
        kind: Kind,
        outcome: &Outcome,
    ) -> Result<(), sqlx::Error> {
        sqlx::query("SELECT fleet.finish($1, $2, $3, $4, $5, $6, $7)")
            .bind(pair)
            .bind(kind.name())
            .bind(outcome.state.name())
            .bind(&outcome.note)
            .bind(outcome.took_ms)
            .bind(outcome.late_ms)
            .bind(outcome.next.map(Timestamp::as_millisecond))
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}
