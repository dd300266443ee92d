//! The small programs, each of which shows one idea on an emulator of its own.

use serde_json::json;

use crate::emulators::Emulators;
use crate::process::{program, run};

#[tokio::test]
async fn each_small_program_ends_well_without_an_account() {
    for (name, said) in [
        ("list_calls", "6 calls, 0 unreadable"),
        ("register_request", "1 requests in the journal of today"),
        (
            "create_and_update_deal",
            "crm-24000001 is closed with 129900.50 ₽",
        ),
        ("find_counterparty", "2 of 3 candidates have that phone"),
        ("create_order", "sent again, it is the same order"),
        ("bulk_upsert", "3 of 4 rows saved"),
        ("stream_changes", "Доставлен"),
        ("test_your_integration", "1 deal"),
    ] {
        let ended = run(program(name)).await;

        assert_eq!(ended.code, Some(0), "{name}: {ended:?}");
        assert_eq!(ended.stderr, "", "{name}");
        assert!(ended.stdout.contains(said), "{name}: {ended:?}");
    }
}

#[tokio::test]
async fn a_row_that_is_refused_says_why_and_holds_up_no_other() {
    let ended = run(program("bulk_upsert")).await;

    let lines: Vec<&str> = ended.stdout.lines().collect();
    assert!(lines[1].starts_with("row 0: updated"), "{ended:?}");
    assert!(lines[3].starts_with("row 2: correct it"), "{ended:?}");
    assert!(lines[4].starts_with("row 3: created"), "{ended:?}");
}

#[tokio::test]
async fn every_change_of_an_order_is_told_once() {
    let ended = run(program("stream_changes")).await;

    for state in ["Подтвержден", "Отгружен", "Доставлен"] {
        let told = ended.stdout.matches(state).count();
        assert_eq!(told, 1, "{state}: {ended:?}");
    }
}

#[tokio::test]
async fn the_small_programs_work_on_the_accounts_of_the_environment() {
    let services = Emulators::start(&[]).await;
    let calltouch = |name: &str| {
        let mut command = program(name);
        command
            .env("CALLTOUCH_BASE_URL", &services.calltouch.base_url)
            .env("CALLTOUCH_TOKEN", &services.calltouch.token);
        command
    };

    let without_site = run(calltouch("register_request")).await;
    let mut command = calltouch("register_request");
    command.env(
        "CALLTOUCH_SITE_ID",
        services.ready["calltouch"]["site_id"].to_string(),
    );
    let registered = run(command).await;
    let mut command = program("create_order");
    command
        .env("MOYSKLAD_BASE_URL", &services.moysklad.base_url)
        .env("MOYSKLAD_TOKEN", &services.moysklad.token);
    let ordered = run(command).await;
    let mut command = program("create_order");
    command
        .env("MOYSKLAD_BASE_URL", &services.moysklad.base_url)
        .env("MOYSKLAD_TOKEN", "wrong");
    let refused = run(command).await;

    assert_eq!(without_site.code, Some(2), "{without_site:?}");
    assert!(without_site.stderr.contains("CALLTOUCH_SITE_ID"));
    assert_eq!(registered.code, Some(0), "{registered:?}");
    assert_eq!(services.calltouch.all("requests").await.len(), 1);
    assert_eq!(ordered.code, Some(0), "{ordered:?}");
    let orders = services.moysklad.all("customerorder").await;
    assert_eq!(orders.len(), 1);
    assert_eq!(orders[0]["externalCode"], json!("orders/90815"));
    assert_eq!(refused.code, Some(4), "{refused:?}");
}
