//! What `emulators` makes of its arguments.

use std::net::TcpListener;

use reqwest::Method;
use serde_json::json;

use crate::emulators::{Emulators, Side};
use crate::process::{Ended, program, run};

async fn refused(arguments: &[&str]) -> Ended {
    let mut command = program("emulators");
    command.args(arguments);
    let ended = run(command).await;
    assert_ne!(ended.code, Some(0), "{ended:?}");
    assert_eq!(ended.stdout, "");
    assert_eq!(ended.stderr.lines().count(), 1, "{}", ended.stderr);
    assert!(ended.stderr.starts_with("error: "), "{}", ended.stderr);
    ended
}

/// Sends more requests at once than the service takes, and returns how many it turned away.
async fn turned_away(side: &Side, path: &str) -> u64 {
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let requests: Vec<_> = (0..40)
        .map(|_| {
            let request = http
                .get(format!("{}{path}", side.base_url))
                .bearer_auth(&side.token)
                .query(&[("clientApiId", side.token.as_str())]);
            tokio::spawn(async move { request.send().await.unwrap() })
        })
        .collect();
    for request in requests {
        request.await.unwrap();
    }
    side.stats().await["answered_429"].as_u64().unwrap()
}

#[tokio::test]
async fn limits_hold_unless_they_are_switched_off() {
    for (arguments, limited) in [(&[][..], true), (&["--no-limits"][..], false)] {
        let emulators = Emulators::start(arguments).await;
        let calls = "/calls-service/RestAPI/25918/calls-diary/calls?dateFrom=01/11/2026&dateTo=02/11/2026&page=1&limit=1";
        let calltouch = turned_away(&emulators.calltouch, calls).await;
        let moysklad = turned_away(&emulators.moysklad, "/entity/organization").await;
        assert_eq!(calltouch > 0, limited, "{arguments:?}: {calltouch}");
        assert_eq!(moysklad > 0, limited, "{arguments:?}: {moysklad}");
    }
}

#[tokio::test]
async fn the_clocks_of_both_start_where_now_says() {
    let emulators = Emulators::start(&["--now", "2026-03-04T20:59:30Z"]).await;
    let moysklad = &emulators.moysklad;

    let counterparty = json!({"name": "Ночной клиент"});
    let counterparty = moysklad
        .ask(Method::POST, "/entity/counterparty", Some(counterparty))
        .await;
    let calltouch = &emulators.calltouch;
    let deal = json!({"orders": [{
        "orderNumber": "n-1", "status": "PENDING", "revenue": "1",
        "orderDate": "04-03-2026 12:00:00", "statusDate": "04-03-2026 12:00:00",
    }]});
    let answer = reqwest::Client::builder()
        .no_proxy()
        .build()
        .unwrap()
        .post(format!(
            "{}/lead-service/v1/api/client-order/create",
            calltouch.base_url
        ))
        .header("Access-Token", &calltouch.token)
        .header(
            "SiteId",
            emulators.ready["calltouch"]["site_id"].to_string(),
        )
        .json(&deal)
        .send()
        .await
        .unwrap();
    assert!(answer.status().is_success());

    // Moscow is three hours ahead: the day is about to end at 23:59:30.
    let created = counterparty["created"].as_str().unwrap();
    assert!(
        created.starts_with("2026-03-04 23:59:3") || created.starts_with("2026-03-04 23:59:4"),
        "{created}"
    );
    let deals = calltouch.all("deals").await;
    let created = deals[0]["createdDate"].to_string();
    assert!(created.contains("23:59:"), "{created}");
    assert!(created.contains("2026"), "{created}");
}

#[tokio::test]
async fn a_time_that_is_none_is_refused() {
    let ended = refused(&["--now", "yesterday"]).await;
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("--now"), "{}", ended.stderr);
}

#[tokio::test]
async fn a_port_that_is_taken_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    for (option, service) in [
        ("--calltouch-port", "Calltouch"),
        ("--moysklad-port", "МойСклад"),
    ] {
        let ended = refused(&[option, &port]).await;
        let named = format!("{service} on port {port}");
        assert!(ended.stderr.contains(&named), "{}", ended.stderr);
    }
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_named() {
    let ended = refused(&["--leads", "no/such/folder"]).await;
    assert!(ended.stderr.contains("no/such/folder"), "{}", ended.stderr);
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_named() {
    for (name, text) in [
        ("calls.json", "[{"),
        ("calls.json", r#"{"calls": []}"#),
        ("calls.json", r#"[{"duration": 5}]"#),
        ("requests.json", "[{]"),
        ("requests.json", r#"[{"subject": "?"}]"#),
        ("counterparties.json", "nothing"),
        ("counterparties.json", r#"[{"phone": "1"}]"#),
    ] {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(name), text).unwrap();

        let ended = refused(&["--leads", folder.path().to_str().unwrap()]).await;

        assert!(ended.stderr.contains(name), "{text}: {}", ended.stderr);
    }
}
