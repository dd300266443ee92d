//! How the pairs are, for people and for machines.

use std::time::Duration;

use comfy_table::{Table, presets};
use examples::failure::{Failure, other};
use graphile_worker::WorkerUtils;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, PgPool, Row};

use crate::database::{self, ENGINE};

/// How old the last sign of life of a worker may be.
const SILENT: Duration = Duration::from_secs(35);
/// Most pairs that are told one by one.
const MOST: usize = 20;

/// Jobs by what they wait for.
const JOBS: &str = "SELECT count(*) AS planned, count(*) FILTER (WHERE locked_at IS NOT NULL) AS running, \
    count(*) FILTER (WHERE locked_at IS NULL AND run_at <= now() AND is_available) AS due, \
    coalesce(extract(epoch FROM max(now() - run_at) FILTER (WHERE locked_at IS NULL AND is_available)), 0)::float8 AS latest_seconds \
    FROM graphile_worker._private_jobs";
/// Pairs and how their last jobs went.
const OUTCOMES: &str = "SELECT pair, kind, state, note, extract(epoch FROM ended)::bigint AS ended, \
    took_ms, late_ms, worst_late_ms, runs, failed_runs FROM fleet.outcomes ORDER BY pair, kind";
const PAIRS: &str = "SELECT count(*) AS pairs, count(*) FILTER (WHERE paused) AS paused, \
    count(*) FILTER (WHERE NOT EXISTS (SELECT 1 FROM fleet.outcomes o WHERE o.pair = p.name AND o.kind = 'live')) AS never_run \
    FROM fleet.pairs p";

/// Prints the state of the fleet.
pub(crate) async fn show(url: &str, json: bool) -> Result<(), Failure> {
    let database = database::open(url, 2).await?;
    let pairs = rows(&database.pool, PAIRS).await?.pop().unwrap_or_default();
    let jobs = rows(&database.pool, JOBS).await?.pop().unwrap_or_default();
    let outcomes = rows(&database.pool, OUTCOMES).await?;
    let engine = WorkerUtils::new(database.pool.clone(), ENGINE);
    let workers = engine.list_active_workers(SILENT).await.map_err(other)?;
    let silent = workers.iter().filter(|worker| worker.is_stale).count();
    let workers = json!({"alive": workers.len() - silent, "silent": silent});
    if json {
        let all = json!({"pairs": pairs, "jobs": jobs, "workers": workers, "outcomes": outcomes});
        println!("{all}");
        return Ok(());
    }
    println!("pairs: {}", line(&pairs));
    println!("jobs: {}", line(&jobs));
    println!("worker groups: {}", line(&workers));
    let troubled: Vec<&Value> = outcomes
        .iter()
        .filter(|row| !matches!(text(row, "state").as_str(), "ok" | "more" | "stopped"))
        .collect();
    println!("in trouble: {}", troubled.len());
    if troubled.is_empty() {
        return Ok(());
    }
    let mut table = Table::new();
    table.load_style(presets::UTF8_BORDERS_ONLY);
    table.set_header(["pair", "job", "state", "note"]);
    for row in troubled.iter().take(MOST) {
        table.add_row(["pair", "kind", "state", "note"].map(|column| text(row, column)));
    }
    println!("{table}");
    Ok(())
}

/// The rows of a query, as the database writes them in JSON.
async fn rows(pool: &PgPool, query: &str) -> Result<Vec<Value>, Failure> {
    let query = format!("SELECT row_to_json(q)::text FROM ({query}) q");
    let rows = sqlx::query(AssertSqlSafe(query)).fetch_all(pool).await;
    let rows = rows.map_err(other)?;
    rows.iter()
        .map(|row| {
            let text: String = row.try_get(0).map_err(other)?;
            serde_json::from_str(&text).map_err(other)
        })
        .collect()
}

/// `1 this, 2 that`.
fn line(figures: &Value) -> String {
    let figures = figures.as_object().into_iter().flatten();
    let figures: Vec<String> = figures
        .map(|(name, value)| match value.as_f64() {
            Some(float) if value.is_f64() => format!("{float:.1} {}", name.replace('_', " ")),
            _ => format!("{value} {}", name.replace('_', " ")),
        })
        .collect();
    figures.join(", ")
}

fn text(row: &Value, column: &str) -> String {
    let value = row.get(column).and_then(Value::as_str);
    value.unwrap_or_default().to_owned()
}
