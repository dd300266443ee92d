//! `two_way_sync` without arguments: the whole job on emulators of its own.

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::process::{program, run};

/// The cells of the rows about leads.
fn rows(stdout: &str) -> Vec<Vec<&str>> {
    stdout
        .lines()
        .filter(|line| line.starts_with("│ ct-"))
        .map(|line| {
            line.trim_matches(['│', ' '])
                .split('┆')
                .map(str::trim)
                .collect()
        })
        .collect()
}

#[tokio::test]
async fn a_day_is_shown_from_lead_to_deal_in_under_twenty_seconds() {
    let started = Instant::now();

    let ended = run(program("two_way_sync")).await;

    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(started.elapsed() < Duration::from_secs(20));
    assert_eq!(ended.stderr, "");
    let rows = rows(&ended.stdout);
    assert_eq!(rows.len(), 10, "{}", ended.stdout);
    for row in &rows {
        let [
            _,
            counterparty,
            order,
            state,
            _,
            sum,
            paid,
            status,
            budget,
            _,
        ] = row[..]
        else {
            panic!("{row:?}");
        };
        for cell in [counterparty, order, state, status] {
            assert!(!cell.is_empty() && cell != "—", "{row:?}");
        }
        assert_eq!(sum, budget, "the deal has the sum of the order");
        assert!(paid.ends_with(".00"), "{row:?}");
    }
    for (state, status) in [
        ("Новый", "PENDING"),
        ("Подтвержден", "Подтвержден"),
        ("Отгружен", "Отгружен"),
        ("Доставлен", "COMPLETED"),
        ("Отменен", "CANCELED"),
    ] {
        let shown = rows.iter().any(|row| row[3] == state && row[7] == status);
        assert!(shown, "no order in {state} with a deal in {status}");
    }
    let refused = "Answers 429 (too many requests): 0.";
    assert!(ended.stdout.contains(refused), "{}", ended.stdout);
}

#[tokio::test]
async fn the_last_of_the_cycles_writes_nothing() {
    let mut command = program("two_way_sync");
    command.arg("--json");

    let ended = run(command).await;

    assert_eq!(ended.code, Some(0), "{ended:?}");
    let cycles: Vec<Value> = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!(cycles.len(), 4);
    assert_eq!(cycles[0]["orders"]["created"], 10);
    assert_eq!(cycles[0]["deals"]["created"], 10);
    let last = &cycles[3];
    assert_eq!(last["counterparties"]["created"], 0);
    assert_eq!(last["orders"]["created"], 0);
    for what in ["created", "updated", "closed"] {
        assert_eq!(last["deals"][what], 0);
    }
    for cycle in &cycles {
        assert_eq!(cycle["dead_letters"], Value::Array(Vec::new()));
    }
}
