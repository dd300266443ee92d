//! A pair with years of history beside pairs that have to be on time.

use std::time::Duration;

use examples::sides::yesterday;
use jiff::ToSpan;
use serde_json::json;
use tokio::time::{Instant, sleep};

use crate::database::Database;
use crate::shops::{Shops, enqueue, enqueue_later, stop, work};

const OTHERS: u64 = 12;
const PERIOD: i64 = 10;
const DAYS: u64 = 40;
/// How long the backfill may take; above what the full size needs.
const PATIENCE: Duration = Duration::from_mins(20);

/// How long the first cycles may take.
const FIRST: Duration = Duration::from_mins(1);

/// How many leads the backfill has: 1200, or `FLEET_LEADS`.
fn leads() -> u64 {
    std::env::var("FLEET_LEADS").map_or(1200, |leads| leads.parse().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_big_backfill_delays_no_other_pair_by_more_than_a_period() {
    let database = Database::make().await;
    let mut shops = Shops::open(OTHERS + 1, OTHERS + 1).await;
    shops.add_leads(1);
    shops.add_history(OTHERS, leads(), DAYS);
    let first = yesterday().saturating_sub(i64::try_from(DAYS + 2).unwrap().days());
    let last = yesterday().saturating_sub(1.day());
    let pairs = |with_history: bool| {
        shops.pairs(|n, pair| {
            pair["period_seconds"] = json!(PERIOD);
            if with_history && n == OTHERS {
                pair["backfill"] = json!(format!("{first}..{last}"));
            }
        })
    };
    enqueue(&pairs(false), &database.url).await;
    // The real limit of Calltouch, which all of them share.
    let crew = work(&database.url, &shops.secrets("moysklad-token"), 4, &[]).await;
    let are_late = "SELECT count(*) FROM fleet.outcomes WHERE runs < 3 OR late_ms > 1000";
    let runs = "SELECT sum(runs) FROM fleet.outcomes";
    // First cycles, all at once, are late by themselves.
    let end = Instant::now() + FIRST;
    while database.number(runs).await < 3 || database.number(are_late).await > 0 {
        assert!(Instant::now() < end, "the pairs do not come to rest");
        sleep(Duration::from_millis(200)).await;
    }
    database
        .run("UPDATE fleet.outcomes SET runs = 0, worst_late_ms = 0")
        .await;
    enqueue_later(&pairs(true), &database.url).await;
    let big = format!("shop-{OTHERS}");
    let done = format!(
        "SELECT count(*) FROM fleet.outcomes WHERE pair = '{big}' AND kind = 'backfill' AND state = 'ok'"
    );

    let begun = Instant::now();
    while database.number(&done).await == 0 {
        assert!(begun.elapsed() < PATIENCE, "the backfill does not end");
        sleep(Duration::from_millis(500)).await;
    }
    let took = begun.elapsed();
    stop(crew).await;

    let of_others = format!("FROM fleet.outcomes WHERE kind = 'live' AND pair <> '{big}'");
    let worst = database
        .number(&format!("SELECT max(worst_late_ms) {of_others}"))
        .await;
    let fewest = database
        .number(&format!("SELECT min(runs) {of_others}"))
        .await;
    println!(
        "a backfill of {} leads took {} s; cycles of {OTHERS} others began {worst} ms late at worst, {fewest} of each at least",
        leads(),
        took.as_secs()
    );
    let deals = u64::try_from(shops.calltouch.deals().len()).unwrap();
    assert_eq!(deals, leads() + OTHERS + 1);
    assert!(worst < PERIOD * 1000, "{worst} ms");
    let due = i64::try_from(took.as_secs()).unwrap() / PERIOD;
    assert!(fewest >= due - 1, "{fewest} of {due}");
    database.drop().await;
}
