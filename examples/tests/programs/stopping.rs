//! Signals while `two_way_sync` runs for ever.

use serde_json::{Value, json};

use crate::leads;
use crate::pair::{Pair, replaced};

fn often(text: &str) -> String {
    replaced(text, "period_seconds = 300", "period_seconds = 1")
}

#[tokio::test]
async fn a_signal_between_cycles_ends_the_program_in_peace() {
    for signal in ["TERM", "INT"] {
        let pair = Pair::start().await;
        let mut sync = pair.start_sync(&["--json"]);
        let first: Value = serde_json::from_str(&sync.line().await).unwrap();

        sync.signal(signal).await;
        let ended = sync.end().await;

        assert_eq!(first["orders"]["created"], leads::LEADS);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        assert_eq!(ended.stderr.lines().count(), 1, "{}", ended.stderr);
        assert!(ended.stderr.starts_with("stopping"), "{}", ended.stderr);
        pair.assert_carried_exactly_once().await;
    }
}

#[tokio::test]
async fn cycles_go_on_until_a_signal() {
    let pair = Pair::start().await;
    pair.configure(|text| often(&text));
    let mut sync = pair.start_sync(&["--json"]);

    for n in 0..3 {
        let report: Value = serde_json::from_str(&sync.line().await).unwrap();
        let created = if n == 0 { leads::LEADS } else { 0 };
        assert_eq!(report["orders"]["created"], created);
    }
    sync.signal("INT").await;

    assert_eq!(sync.end().await.code, Some(0));
}

#[tokio::test]
async fn a_signal_lets_the_step_in_hand_finish_and_begins_no_other() {
    for signal in ["TERM", "INT"] {
        let pair = Pair::start().await;
        let moysklad = &pair.emulators.moysklad;
        let orders = "POST /entity/customerorder";
        moysklad
            .break_by(json!({"route": orders, "kind": "delay", "delay_ms": 1500}))
            .await;
        let sync = pair.start_sync(&["--json"]);
        moysklad.until_asked(orders).await;

        sync.signal(signal).await;
        let ended = sync.end().await;

        assert_eq!(ended.code, Some(0), "{ended:?}");
        let report: Value = serde_json::from_str(&ended.stdout).unwrap();
        assert_eq!(report["orders"]["created"], leads::LEADS);
        assert_eq!(report["deals"]["created"], 0);
        let deals = pair.emulators.calltouch.all("deals").await;
        assert_eq!(deals, Vec::<Value>::new());

        moysklad.mend().await;
        pair.once().await;
        pair.assert_carried_exactly_once().await;
    }
}

#[tokio::test]
async fn a_second_signal_does_not_wait_for_the_step() {
    let pair = Pair::start().await;
    let moysklad = &pair.emulators.moysklad;
    let orders = "POST /entity/customerorder";
    moysklad
        .break_by(json!({"route": orders, "kind": "delay", "delay_ms": 600_000}))
        .await;
    let mut sync = pair.start_sync(&[]);
    moysklad.until_asked(orders).await;

    sync.signal("INT").await;
    sync.warning().await;
    sync.signal("INT").await;

    assert_eq!(sync.end().await.code, Some(130));
}

#[tokio::test]
async fn a_failing_cycle_is_told_with_its_cause_and_the_next_one_tries_again() {
    let pair = Pair::start().await;
    pair.configure(|text| often(&text));
    let calls = "GET /calls-service/RestAPI/{id}/calls-diary/calls";
    let calltouch = &pair.emulators.calltouch;
    calltouch
        .break_by(json!({"route": calls, "kind": "status", "status": 400, "times": 1}))
        .await;
    let mut sync = pair.start_sync(&["--json"]);

    let report: Value = serde_json::from_str(&sync.line().await).unwrap();
    sync.signal("TERM").await;
    let ended = sync.end().await;

    assert_eq!(report["orders"]["created"], leads::LEADS);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let told = ended.stderr.lines().next().unwrap();
    assert!(told.starts_with("error: calls.list"), "{}", ended.stderr);
    assert!(told.contains("400"), "{}", ended.stderr);
}
