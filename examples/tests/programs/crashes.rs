//! `kill -9` in the middle of a cycle, and a start over the same store.

use serde_json::{Value, json};

use crate::leads;
use crate::pair::Pair;

/// Far longer than the test.
const FOR_EVER_MS: u64 = 600_000;

const COUNTERPARTIES: &str = "POST /entity/counterparty";
const ORDERS: &str = "POST /entity/customerorder";
const DEALS: &str = "POST /lead-service/v1/api/client-order/create";

/// The service whose request is broken.
#[derive(Clone, Copy, Debug)]
enum At {
    Calltouch,
    Moysklad,
}

/// What is seen at the service when the program is killed.
#[derive(Clone, Copy, Debug)]
enum When {
    /// The request has arrived and is not answered.
    Asked,
    /// Something of this kind is stored, and the program does not know.
    Stored(&'static str, usize),
}

async fn killed(at: At, route: &str, fault: Value, when: When) {
    let pair = Pair::start().await;
    let side = match at {
        At::Calltouch => &pair.emulators.calltouch,
        At::Moysklad => &pair.emulators.moysklad,
    };
    let mut rule = fault;
    rule["route"] = json!(route);
    side.break_by(rule).await;
    let sync = pair.start_sync(&["--once"]);
    match when {
        When::Asked => side.until_asked(route).await,
        When::Stored(kind, before) => side.until_stored(kind, before).await,
    }

    sync.signal("KILL").await;
    let ended = sync.end().await;
    assert_eq!(ended.code, None, "it was not killed: {ended:?}");
    assert_eq!(ended.stdout, "", "it was killed too late");
    side.mend().await;
    pair.once().await;

    pair.assert_carried_exactly_once().await;
    let idle = pair.once().await;
    assert_eq!(idle["orders"]["created"], 0);
    assert_eq!(
        idle["deals"],
        json!({"created": 0, "updated": 0, "closed": 0})
    );
    pair.assert_carried_exactly_once().await;
}

fn held() -> Value {
    json!({"kind": "delay", "delay_ms": FOR_EVER_MS})
}

fn lost() -> Value {
    json!({"kind": "drop_after_commit"})
}

#[tokio::test]
async fn a_kill_while_the_journals_are_read_doubles_nothing() {
    for route in [
        "GET /calls-service/RestAPI/{id}/calls-diary/calls",
        "GET /calls-service/RestAPI/requests",
    ] {
        killed(At::Calltouch, route, held(), When::Asked).await;
    }
}

#[tokio::test]
async fn a_kill_before_counterparties_are_stored_doubles_nothing() {
    killed(At::Moysklad, COUNTERPARTIES, held(), When::Asked).await;
}

#[tokio::test]
async fn a_kill_after_counterparties_are_stored_doubles_nothing() {
    let stored = When::Stored("counterparty", leads::KNOWN);
    killed(At::Moysklad, COUNTERPARTIES, lost(), stored).await;
}

#[tokio::test]
async fn a_kill_before_orders_are_stored_doubles_nothing() {
    killed(At::Moysklad, ORDERS, held(), When::Asked).await;
}

#[tokio::test]
async fn a_kill_after_orders_are_stored_doubles_nothing() {
    let stored = When::Stored("customerorder", 0);
    killed(At::Moysklad, ORDERS, lost(), stored).await;
}

#[tokio::test]
async fn a_kill_after_deals_are_stored_doubles_nothing() {
    // Calltouch's emulator does the work first and holds the answer back.
    killed(At::Calltouch, DEALS, held(), When::Stored("deals", 0)).await;
}

#[tokio::test]
async fn a_store_that_is_lost_doubles_nothing() {
    let pair = Pair::start().await;
    pair.once().await;
    pair.lose_store();

    let again = pair.once().await;

    assert_eq!(again["leads"]["new"], leads::LEADS);
    pair.assert_carried_exactly_once().await;
}
