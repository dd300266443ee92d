//! Leads that cannot be written: the exit code and what is said of them.

use std::collections::BTreeSet;

use serde_json::json;

use crate::emulators::text;
use crate::leads;
use crate::pair::{Pair, report};
use crate::process::run;

/// Lets a service refuse a route, and follows what the program says of it.
async fn refuse(calltouch: bool, route: &str, step: &str) {
    let pair = Pair::start().await;
    let side = if calltouch {
        &pair.emulators.calltouch
    } else {
        &pair.emulators.moysklad
    };
    side.break_by(json!({"route": route, "kind": "status", "status": 400}))
        .await;

    let ended = run(pair.sync(&["--once", "--json"])).await;
    side.mend().await;
    let again = run(pair.sync(&["--once"])).await;

    assert_eq!(ended.code, Some(3), "{ended:?}");
    let report = report(&ended);
    let letters = report["dead_letters"].as_array().unwrap();
    assert!(!letters.is_empty(), "{report}");
    let mut keys = BTreeSet::new();
    for letter in letters {
        assert!(!text(&letter["remedy"]).is_empty(), "{letter}");
        assert!(keys.insert(text(&letter["key"])), "{report}");
        let of_this_site = format!("ct-{}-", leads::SITE);
        assert!(text(&letter["key"]).starts_with(&of_this_site), "{letter}");
        assert_eq!(letter["step"], step);
        assert!(text(&letter["reason"]).contains("400"), "{letter}");
    }
    for contact in leads::CONTACTS {
        assert!(!ended.stdout.contains(contact), "{report}");
    }
    // What a service refused is tried again after a pause, and waits until then.
    assert_eq!(again.code, Some(3), "{again:?}");
    for key in keys {
        let line = format!("dead letter {key} ({step}): ");
        assert!(again.stdout.contains(&line), "{}", again.stdout);
    }
}

#[tokio::test]
async fn dead_letters_are_listed_with_key_step_and_reason_and_give_exit_code_three() {
    tokio::join!(
        refuse(false, "POST /entity/counterparty", "counterparty"),
        refuse(false, "POST /entity/customerorder", "order"),
        refuse(
            true,
            "POST /lead-service/v1/api/client-order/create",
            "deal"
        ),
    );
}

#[tokio::test]
async fn one_lead_that_is_refused_does_not_hold_up_the_others() {
    let pair = Pair::start().await;
    let deal = "POST /lead-service/v1/api/client-order/create";
    pair.emulators
        .calltouch
        .break_by(json!({"route": deal, "kind": "drop_before_commit", "times": 1}))
        .await;

    let first = run(pair.sync(&["--once", "--json"])).await;
    let second = run(pair.sync(&["--once", "--json"])).await;

    // Whether the deals came through is unclear at first; they are looked up before they are sent again.
    assert!(matches!(first.code, Some(0 | 3)), "{first:?}");
    assert_eq!(second.code, Some(0), "{second:?}");
    pair.assert_carried_exactly_once().await;
}
