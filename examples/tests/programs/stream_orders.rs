//! What `stream_orders` reads, measures and refuses.

use serde_json::Value;

use crate::emulators::Emulators;
use crate::process::{Ended, program, run};

/// Runs the program to a good end and returns its only line.
async fn measured(arguments: &[&str], account: Option<&Emulators>) -> Value {
    let mut command = program("stream_orders");
    command.args(arguments);
    if let Some(account) = account {
        command
            .env("MOYSKLAD_BASE_URL", &account.moysklad.base_url)
            .env("MOYSKLAD_TOKEN", &account.moysklad.token);
    }
    let ended = run(command).await;
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(ended.stderr, "");
    assert_eq!(ended.stdout.lines().count(), 1, "{}", ended.stdout);
    serde_json::from_str(&ended.stdout).unwrap()
}

async fn refused(arguments: &[&str], environment: &[(&str, &str)]) -> Ended {
    let mut command = program("stream_orders");
    command.args(arguments).envs(environment.iter().copied());
    let ended = run(command).await;
    assert_eq!(ended.stdout, "");
    assert_eq!(ended.stderr.lines().count(), 1, "{}", ended.stderr);
    assert!(ended.stderr.starts_with("error: "), "{}", ended.stderr);
    ended
}

#[tokio::test]
async fn every_row_of_the_account_in_the_environment_is_read() {
    let account = Emulators::start(&["--orders", "2500", "--counterparties", "7"]).await;

    let orders = measured(&[], Some(&account)).await;
    let requests = account.moysklad.count("GET /entity/customerorder").await;
    let customers = measured(&["--entity", "counterparty"], Some(&account)).await;

    assert_eq!(orders["rows"], 2500);
    assert_eq!(requests, 3);
    // The customers of the orders, and those asked for.
    assert_eq!(customers["rows"], 250 + 7);
}

#[tokio::test]
async fn without_an_account_it_reads_an_emulator_in_another_process() {
    let orders = measured(&["--rows", "1500", "--no-limits"], None).await;
    let arguments = ["--rows", "300", "--entity", "counterparty"];
    let customers = measured(&arguments, None).await;

    assert_eq!(orders["rows"], 1500);
    assert_eq!(customers["rows"], 300);
    for report in [orders, customers] {
        assert!(report["seconds"].as_f64().unwrap() > 0.0, "{report}");
        assert!(report["rows_per_s"].as_f64().unwrap() > 0.0, "{report}");
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn memory_does_not_grow_with_the_rows() {
    let account = Emulators::start(&["--orders", "12000", "--no-limits"]).await;

    let report = measured(&["--no-limits"], Some(&account)).await;

    assert_eq!(report["rows"], 12_000);
    let most = report["maxrss_mb"].as_f64().unwrap();
    // Twelve pages as values would take twice as much.
    assert!(most < 64.0, "{most} MB for 12 pages of 1000 orders");
}

#[tokio::test]
async fn what_is_wrong_is_one_line_and_an_exit_code() {
    let account = Emulators::start(&[]).await;
    let url = account.moysklad.base_url.as_str();

    let kind = refused(&["--entity", "store"], &[]).await;
    let nobody = refused(&[], &[("MOYSKLAD_BASE_URL", url)]).await;
    let address = [("MOYSKLAD_BASE_URL", "nowhere"), ("MOYSKLAD_TOKEN", "t")];
    let address = refused(&[], &address).await;
    let token = [("MOYSKLAD_BASE_URL", url), ("MOYSKLAD_TOKEN", "s3cret")];
    let token = refused(&[], &token).await;

    assert_eq!(kind.code, Some(2));
    assert!(kind.stderr.contains("--entity"), "{}", kind.stderr);
    assert_eq!(nobody.code, Some(2));
    assert!(
        nobody.stderr.contains("MOYSKLAD_TOKEN"),
        "{}",
        nobody.stderr
    );
    assert_eq!(address.code, Some(2));
    assert!(
        address.stderr.contains("MOYSKLAD_BASE_URL"),
        "{}",
        address.stderr
    );
    assert_eq!(token.code, Some(4));
    assert!(!token.stderr.contains("s3cret"), "{}", token.stderr);
}
