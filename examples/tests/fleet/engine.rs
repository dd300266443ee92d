//! What the job engine can do, and what it costs the database, with cycles that carry nothing.

use std::time::Duration;

use serde_json::json;
use tokio::time::{Instant, sleep};

use crate::database::Database;
use crate::shops::{enqueue, stop, work};

const PAIRS: i64 = 5000;
const PERIOD: i64 = 300;
const PATIENCE: Duration = Duration::from_mins(1);
/// How long the steady state is watched.
const WATCHED: Duration = Duration::from_secs(8);

/// Five thousand pairs of as many users; with more jobs than their cycles every user has a queue.
async fn measure(reconciles: bool) -> i64 {
    let database = Database::make().await;
    let folder = tempfile::tempdir().unwrap();
    let lines: Vec<String> = (0..PAIRS)
        .map(|n| {
            let pair = json!({
                "name": format!("shop-{n}"), "site_id": n + 1, "moysklad_user": format!("user-{n}"),
                "credentials": "none", "period_seconds": PERIOD, "reconcile": reconciles,
            });
            pair.to_string()
        })
        .collect();
    let file = folder.path().join("pairs.jsonl");
    std::fs::write(&file, lines.join("\n")).unwrap();
    enqueue(&file, &database.url).await;
    let runs = "SELECT sum(runs) FROM fleet.outcomes";
    let crew = work(&database.url, &file, 16, &["--stub", "0"]).await;

    let begun = Instant::now();
    while database.number(runs).await < PAIRS {
        assert!(begun.elapsed() < PATIENCE, "the engine is stuck");
        sleep(Duration::from_millis(100)).await;
    }
    let took = i64::try_from(begun.elapsed().as_millis()).unwrap().max(1);
    let a_second = PAIRS * 1000 / took;
    let wal = "SELECT pg_current_wal_lsn() - '0/0'";
    let writes = "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_user_tables";
    // Figures of the statistics come a second late.
    sleep(Duration::from_secs(2)).await;
    let before = (
        database.number(runs).await,
        database.number(wal).await,
        database.number(writes).await,
    );
    sleep(WATCHED).await;
    let jobs = (database.number(runs).await - before.0).max(1);
    let bytes = database.number(wal).await - before.1;
    let rows = database.number(writes).await - before.2;
    stop(crew).await;
    let size = "SELECT sum(pg_total_relation_size(relid)) FROM pg_stat_user_tables WHERE schemaname IN ('fleet', 'graphile_worker')";
    let size = database.number(size).await;
    println!(
        "{PAIRS} pairs, {} queues: {a_second} jobs/s of the {}.{} needed; then {jobs} jobs in {} s, each {} rows and {} bytes of WAL; \
         jobs and pairs take {} bytes a pair",
        database
            .number("SELECT count(*) FROM graphile_worker._private_job_queues")
            .await,
        PAIRS / PERIOD,
        PAIRS * 10 / PERIOD % 10,
        WATCHED.as_secs(),
        rows / jobs,
        bytes / jobs,
        size / PAIRS,
    );
    database.drop().await;
    a_second
}

#[tokio::test(flavor = "multi_thread")]
async fn the_engine_runs_five_thousand_pairs_faster_than_they_come() {
    assert!(measure(false).await > PAIRS / PERIOD);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_does_so_with_a_queue_for_every_user() {
    assert!(measure(true).await > PAIRS / PERIOD);
}
