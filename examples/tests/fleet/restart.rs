//! The database goes away in the midst of the work, and comes back.

use std::time::Duration;

use serde_json::json;
use tokio::time::sleep;

use crate::cluster::Cluster;
use crate::database::Database;
use crate::shops::{Shops, enqueue, stop, work};

const PATIENCE: Duration = Duration::from_secs(80);

#[tokio::test(flavor = "multi_thread")]
async fn workers_wait_for_a_database_that_crashes_and_nothing_is_lost() {
    let cluster = Cluster::start();
    let database = Database::at(cluster.url()).await;
    let mut shops = Shops::open(60, 60).await;
    shops.add_leads(5);
    let file = shops.pairs(|_, pair| pair["period_seconds"] = json!(8));
    enqueue(&file, &database.url).await;
    let fast = ["--calltouch-per-second", "1000"];
    let crew = work(&database.url, &shops.secrets("moysklad-token"), 8, &fast).await;
    shops.until_missing(shops.missing() * 2 / 3, PATIENCE).await;

    cluster.crash();
    let left = shops.missing();
    sleep(Duration::from_secs(4)).await;
    cluster.go();
    shops.add_leads(1);
    shops.until_missing(0, PATIENCE).await;

    println!("PostgreSQL crashed with {left} of 300 deals missing");
    assert!(left > 0, "everything was done before the crash");
    stop(crew).await;
    shops.assert_exact();
    assert_eq!(
        database.number("SELECT count(*) FROM fleet.pairs p WHERE NOT EXISTS (SELECT 1 FROM graphile_worker.jobs j WHERE j.key = 'live:' || p.name)").await,
        0,
        "a pair has no next job"
    );
    database.drop().await;
}
