//! Two programs at the same time on the same accounts, as when a service is started twice.

use serde_json::json;
use tokio::process::Command;

use crate::pair::Pair;
use crate::process::run;

/// Runs both at once, lets the request that each waits for take its time, and looks at the outcome.
async fn at_once(pair: &Pair, one: Command, other: Command) {
    let orders = json!({"route": "POST /entity/customerorder", "kind": "delay", "delay_ms": 300});
    pair.emulators.moysklad.break_by(orders).await;

    let (one, other) = tokio::join!(run(one), run(other));

    pair.emulators.moysklad.mend().await;
    for ended in [one, other] {
        // What one is about to write when the other has written it may wait for the next cycle.
        assert!(matches!(ended.code, Some(0 | 3)), "{ended:?}");
    }
    pair.once().await;
    pair.assert_carried_exactly_once().await;
}

#[tokio::test]
async fn two_programs_over_one_store_double_nothing() {
    let pair = Pair::start().await;
    let prepared = run(pair.sync(&["--prepare"])).await;
    assert_eq!(prepared.code, Some(0), "{prepared:?}");

    at_once(&pair, pair.sync(&["--once"]), pair.sync(&["--once"])).await;
}

#[tokio::test]
async fn two_programs_with_a_store_each_double_nothing() {
    let pair = Pair::start().await;
    let prepared = run(pair.sync(&["--prepare"])).await;
    assert_eq!(prepared.code, Some(0), "{prepared:?}");

    let elsewhere = pair.sync_elsewhere(&["--once"]);
    at_once(&pair, pair.sync(&["--once"]), elsewhere).await;
}

#[tokio::test]
async fn two_programs_that_begin_one_store_double_nothing() {
    let pair = Pair::start().await;

    at_once(&pair, pair.sync(&["--once"]), pair.sync(&["--once"])).await;
}
