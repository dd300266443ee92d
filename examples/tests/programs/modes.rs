//! `--check` and `--prepare`.

use reqwest::Method;
use serde_json::{Value, json};

use crate::pair::{Pair, report};
use crate::process::run;

/// Custom fields of the orders, as МойСклад has them.
async fn fields(pair: &Pair) -> Vec<Value> {
    let metadata = "/entity/customerorder/metadata/attributes";
    let answer = pair.emulators.moysklad.ask(Method::GET, metadata, None);
    answer.await["rows"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_check_says_what_is_to_prepare_and_changes_nothing() {
    let pair = Pair::start().await;
    let before = pair.dumps().await;

    let text = run(pair.sync(&["--check"])).await;
    let json = run(pair.sync(&["--check", "--json"])).await;

    assert_eq!(text.code, Some(0), "{text:?}");
    assert_eq!(text.stderr, "");
    assert!(text.stdout.contains("good        МойСклад credentials"));
    assert!(text.stdout.contains("to prepare  МойСклад custom fields"));
    assert_eq!(json.code, Some(0), "{json:?}");
    let verdicts = report(&json)["verdicts"].as_array().unwrap().clone();
    assert_eq!(verdicts.len(), text.stdout.lines().count());
    let outcomes: Vec<&str> = verdicts
        .iter()
        .map(|verdict| verdict["outcome"].as_str().unwrap())
        .collect();
    assert_eq!(
        outcomes,
        [
            "good",
            "good",
            "good",
            "good",
            "good",
            "good",
            "good",
            "to_prepare"
        ]
    );
    assert_eq!(pair.dumps().await, before);
    assert_eq!(fields(&pair).await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_second_preparation_creates_nothing() {
    let pair = Pair::start().await;

    let first = run(pair.sync(&["--prepare"])).await;
    let created = fields(&pair).await;
    let second = run(pair.sync(&["--prepare", "--json"])).await;
    let check = run(pair.sync(&["--check", "--json"])).await;

    assert_eq!(first.code, Some(0), "{first:?}");
    assert!(
        first
            .stdout
            .starts_with("custom fields created: Источник, Канал")
    );
    assert_eq!(created.len(), 9);
    assert_eq!(second.code, Some(0), "{second:?}");
    assert_eq!(report(&second), json!({"created_fields": []}));
    assert_eq!(fields(&pair).await, created);
    let check = report(&check);
    let verdicts = check["verdicts"].as_array().unwrap();
    assert!(
        verdicts.iter().all(|verdict| verdict["outcome"] == "good"),
        "{check}"
    );
}

#[tokio::test]
async fn programs_run_one_after_the_other_never_ask_too_much() {
    let pair = Pair::start().await;

    for mode in ["--check", "--check", "--once", "--once", "--check"] {
        let ended = run(pair.sync(&[mode])).await;
        assert_eq!(ended.code, Some(0), "{ended:?}");
    }

    for side in [&pair.emulators.calltouch, &pair.emulators.moysklad] {
        let stats = side.stats().await;
        assert_eq!(stats["answered_429"], 0, "{stats}");
    }
}
