//! A pair whose credentials are refused.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use crate::database::Database;
use crate::process::run;
use crate::shops::{Shops, enqueue, fleet, stop, work};

const PATIENCE: Duration = Duration::from_secs(40);

#[tokio::test(flavor = "multi_thread")]
async fn a_pair_that_is_refused_rests_and_the_others_go_on() {
    let database = Database::make().await;
    let mut shops = Shops::open(3, 3).await;
    shops.add_leads(2);
    let file = shops.pairs(|n, pair| {
        pair["period_seconds"] = json!(2);
        if n == 1 {
            pair["credentials"] = json!("refused");
        }
        if n == 2 {
            pair["credentials"] = json!("nobody knows");
        }
    });
    let secrets = shops.secrets("moysklad-token");
    let text = std::fs::read_to_string(&secrets).unwrap();
    let refused =
        "[refused]\ncalltouch_token = \"calltouch-token\"\nmoysklad_token = \"revoked\"\n";
    std::fs::write(&secrets, format!("{text}{refused}")).unwrap();
    enqueue(&file, &database.url).await;

    // A single worker, which a pair that rests would keep from the others.
    let crew = work(&database.url, &secrets, 1, &[]).await;
    shops.until_missing(4, PATIENCE).await;
    let runs = "SELECT runs FROM fleet.outcomes WHERE pair = 'shop-0'";
    let end = Instant::now() + PATIENCE;
    while database.number(runs).await < 3 {
        assert!(Instant::now() < end, "the good pair waits");
        sleep(Duration::from_millis(100)).await;
    }
    stop(crew).await;

    let ended = run(fleet(&["status", "--json", "--database", &database.url])).await;
    let status: Value = serde_json::from_str(&ended.stdout).unwrap();
    let rows = status["outcomes"].as_array().unwrap();
    let shown: Vec<&str> = rows
        .iter()
        .map(|row| row["state"].as_str().unwrap())
        .collect();
    assert_eq!(shown, ["ok", "resting", "wrong"], "{rows:?}");
    for secret in ["calltouch-token", "moysklad-token", "revoked"] {
        assert!(!ended.stdout.contains(secret), "{}", ended.stdout);
        let kept = format!(
            "SELECT count(*) FROM graphile_worker._private_jobs WHERE payload::text LIKE '%{secret}%'"
        );
        assert_eq!(database.number(&kept).await, 0);
    }
    database.drop().await;
}
