//! `--plan`, `--backfill`, `--replay`, `--reconcile` and `--explain`, and the programs that show each alone.

use serde_json::{Value, json};

use crate::leads;
use crate::pair::{Pair, report};
use crate::process::{Ended, program, run};

/// The day of the leads, as the command line takes it.
fn days() -> String {
    format!("{0}..{0}", leads::day())
}

/// Every line that a program printed, as JSON.
fn lines(ended: &Ended) -> Vec<Value> {
    let lines = ended.stdout.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn assert_no_contact(ended: &Ended) {
    for contact in leads::CONTACTS {
        assert!(!ended.stdout.contains(contact), "{ended:?}");
        assert!(!ended.stderr.contains(contact), "{ended:?}");
    }
}

#[tokio::test]
async fn a_plan_changes_nothing_and_is_empty_after_the_cycle() {
    let pair = Pair::start().await;
    let before = pair.dumps().await;

    let table = run(pair.sync(&["--plan"])).await;
    let json = run(pair.sync(&["--plan", "--json"])).await;

    assert_eq!(pair.dumps().await, before);
    assert_eq!((table.code, json.code), (Some(0), Some(0)), "{table:?}");
    assert!(table.stdout.contains("create_order"), "{table:?}");
    assert_no_contact(&table);
    assert_no_contact(&json);
    let operations = report(&json)["operations"].as_array().unwrap().clone();
    let count = |action: &str| {
        operations
            .iter()
            .filter(|one| one["action"] == action)
            .count()
    };
    assert_eq!(count("create_order"), leads::LEADS);
    assert_eq!(count("create_deal"), leads::LEADS);
    assert_eq!(count("create_counterparty"), leads::NEW_PEOPLE);
    pair.once().await;
    let after = run(pair.sync(&["--plan", "--json"])).await;
    assert_eq!(report(&after)["operations"], json!([]));
}

#[tokio::test]
async fn a_backfill_carries_its_days_once_and_a_reconciliation_agrees() {
    let pair = Pair::start().await;

    let first = run(pair.bare(&["--backfill", &days(), "--json"])).await;
    let again = run(pair.bare(&["--backfill", &days(), "--json"])).await;
    let agreed = run(pair.bare(&["--reconcile", &days(), "--json"])).await;

    assert_eq!(first.code, Some(0), "{first:?}");
    let slices = lines(&first);
    assert_eq!(slices.len(), 1, "{first:?}");
    assert_eq!(slices[0]["report"]["orders"]["created"], leads::LEADS);
    assert_eq!(again.code, Some(0), "{again:?}");
    assert_eq!(lines(&again)[0]["report"]["orders"]["created"], 0);
    pair.assert_carried_exactly_once().await;
    assert_eq!(agreed.code, Some(0), "{agreed:?}");
    assert_eq!(report(&agreed)["leads"]["order"], leads::LEADS);
    assert_no_contact(&agreed);
}

#[tokio::test]
async fn sides_that_do_not_agree_give_exit_code_three_until_they_are_repaired() {
    let pair = Pair::start().await;
    let command = ["--reconcile", &days()];

    let before = run(pair.sync(&command)).await;
    let repair = run(pair.sync(&["--reconcile", &days(), "--repair"])).await;
    let after = run(pair.sync(&command)).await;

    assert_eq!(before.code, Some(3), "{before:?}");
    let lost = format!("{} lost", leads::LEADS);
    assert!(before.stdout.contains(&lost), "{before:?}");
    // What was found is not as it should be; what was made of it is told below.
    assert_eq!(repair.code, Some(3), "{repair:?}");
    assert_eq!(after.code, Some(0), "{after:?}");
    assert!(after.stdout.contains("both sides agree"), "{after:?}");
    pair.assert_carried_exactly_once().await;
}

#[tokio::test]
async fn a_replay_carries_what_rests_and_an_explanation_tells_of_it() {
    let pair = Pair::start().await;
    let moysklad = &pair.emulators.moysklad;
    let route = "POST /entity/customerorder";
    moysklad
        .break_by(json!({"route": route, "kind": "status", "status": 400}))
        .await;
    let refused = run(pair.sync(&["--once"])).await;
    moysklad.mend().await;
    let key = format!("ct-{}-call-501", leads::SITE);

    let one = run(pair.sync(&["--replay", &key, "--json"])).await;
    let none = run(pair.sync(&["--replay", "no such words"])).await;
    let all = run(pair.sync(&["--replay"])).await;
    let explained = run(pair.sync(&["--explain", &key])).await;
    let unknown = run(pair.sync(&["--explain", "ct-1-call-1"])).await;

    assert_eq!((refused.code, one.code), (Some(3), Some(3)), "{one:?}");
    assert_eq!(report(&one)["orders"]["created"], 1);
    assert_eq!(none.stderr, "no dead letter was there to replay\n");
    assert_eq!(all.code, Some(0), "{all:?}");
    pair.assert_carried_exactly_once().await;
    assert_eq!(explained.code, Some(0), "{explained:?}");
    for part in ["has its order and its deal", "dead_letter", "revived"] {
        assert!(explained.stdout.contains(part), "{explained:?}");
    }
    assert_no_contact(&explained);
    assert_eq!(unknown.code, Some(1), "{unknown:?}");
}

#[tokio::test]
async fn arguments_that_do_not_fit_are_named() {
    let pair = Pair::start().await;
    for (arguments, named) in [
        (vec!["--backfill", "yesterday"], "2026-10-01..2026-10-31"),
        (vec!["--backfill", "2026-10-02..2026-10-01"], "first day"),
        (vec!["--plan", "--once"], "--plan"),
        (vec!["--repair"], "--reconcile"),
        (vec!["--explain", "order 7"], "lead key"),
    ] {
        let ended = run(pair.bare(&arguments)).await;
        assert_eq!(ended.code, Some(2), "{arguments:?}: {ended:?}");
        assert!(ended.stderr.contains(named), "{arguments:?}: {ended:?}");
    }
}

#[tokio::test]
async fn each_program_shows_its_mode_on_emulators_of_its_own() {
    let plan = run(program("plan")).await;
    assert_eq!(plan.code, Some(0), "{plan:?}");
    assert!(
        plan.stdout.contains("status: PENDING → Отгружен"),
        "{plan:?}"
    );

    let backfill = run(program("backfill")).await;
    assert_eq!(backfill.code, Some(0), "{backfill:?}");
    assert!(
        backfill.stdout.contains("300 leads, 300 orders, 300 deals"),
        "{backfill:?}"
    );

    let reconcile = run(program("reconcile")).await;
    assert_eq!(reconcile.code, Some(0), "{reconcile:?}");
    for part in [
        "lead_without_order",
        "order_without_deal",
        "both sides agree",
    ] {
        assert!(reconcile.stdout.contains(part), "{reconcile:?}");
    }
}
