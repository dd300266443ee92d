//! The import of calls.

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{Service, violation};

const IMPORT: &str = "/lead-service/v1/api/call/import";

fn call(reference: &str) -> Value {
    json!({
        "referenceId": reference, "clientPhoneNumber": "+7 (999) 000-00-01",
        "callCenterPhoneNumber": "74950000009", "callStartTime": "2026-11-20 10:00:00",
        "duration": 65, "waitingTime": 7, "status": "successful",
    })
}

fn call_with(reference: &str, key: &str, value: Value) -> Value {
    let mut call = call(reference);
    call[key] = value;
    call
}

/// Queues an import and returns the id of its log.
async fn queue(service: &Service, calls: Value) -> u64 {
    let (status, body) = service.send(IMPORT, &json!({ "calls": calls })).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    body["data"]["logId"].as_u64().unwrap()
}

/// Queues an import, lets it be carried out and returns its results.
async fn import(service: &Service, calls: Value) -> Vec<Value> {
    let log = queue(service, calls).await;
    service.emulator.advance(Duration::from_secs(1));
    let log = service.emulator.import_log(log).unwrap();
    assert_eq!(log["status"], "done");
    log["calls"].as_array().unwrap().clone()
}

#[tokio::test(start_paused = true)]
async fn an_import_waits_in_a_queue_and_leaves_a_log() {
    let service = Service::start().await;

    let first = queue(&service, json!([call("pbx.1")])).await;
    let second = queue(&service, json!([call("pbx.2")])).await;

    assert_ne!(first, second);
    let log = service.emulator.import_log(first).unwrap();
    assert_eq!(log["status"], "queued");
    assert_eq!(log["calls"], json!([]));
    assert!(service.calls_of_the_day(&[]).await.is_empty());
    service.emulator.advance(Duration::from_secs(1));
    let calls = service.calls_of_the_day(&[]).await;
    let references: Vec<_> = calls.iter().map(|call| &call["callReferenceId"]).collect();
    assert_eq!(references, ["pbx.1", "pbx.2"], "in the order of the queue");
    let log = service.emulator.import_log(second).unwrap();
    assert_eq!(log["status"], "done");
    assert_eq!(
        log["calls"],
        json!([{
            "referenceId": "pbx.2", "imported": true, "callId": calls[1]["callId"], "error": null,
        }])
    );
    assert_eq!(service.emulator.import_log(1), None);
}

#[tokio::test]
async fn an_imported_call_stands_in_the_journal_with_all_its_data() {
    let service = Service::start().await;
    let mut given = call("pbx.1");
    given["comment"] = json!({ "text": "Из АТС" });
    given["addTags"] = json!([{ "tag": "акция" }]);
    given["customSources"] = json!({ "source": "vk", "campaign": "весна" });

    import(&service, json!([given])).await;

    let flags = [("withCallTags", "true"), ("withComments", "true")];
    let shown = &service.calls_of_the_day(&flags).await[0];
    for (key, value) in [
        ("callReferenceId", json!("pbx.1")),
        ("date", json!("20/11/2026 10:00:00")),
        ("callerNumber", json!("79990000001")),
        ("phoneNumber", json!("74950000009")),
        ("duration", json!(65)),
        ("waitingConnect", json!(7)),
        ("successful", json!(true)),
        ("uniqueCall", json!(true)),
        ("source", json!("vk")),
        ("utmCampaign", json!("весна")),
    ] {
        assert_eq!(shown[key], value, "{key}");
    }
    assert_eq!(shown["callTags"][0]["type"], "WEB-API");
    assert_eq!(shown["callTags"][0]["names"], json!(["акция"]));
    assert_eq!(shown["comments"][0]["comment"], "Из АТС");
}

#[tokio::test]
async fn a_reference_is_used_up_for_ever() {
    let service = Service::start().await;
    let results = import(&service, json!([call("pbx.1"), call("pbx.1")])).await;
    assert_eq!(results[0]["imported"], true);
    assert_eq!(results[1]["imported"], false);
    let id = results[0]["callId"].as_u64().unwrap();
    assert!(service.emulator.remove_call(id).is_some());

    let results = import(&service, json!([call("pbx.1")])).await;

    assert!(results[0]["error"].as_str().unwrap().contains("pbx.1"));
    assert!(service.emulator.calls().is_empty());
}

#[tokio::test]
async fn a_reference_of_a_call_in_the_journal_is_used_up() {
    let service = Service::start().await;
    service
        .emulator
        .add_call(json!({ "callReferenceId": "pbx.1" }));
    assert_eq!(
        import(&service, json!([call("pbx.1")])).await[0]["imported"],
        false
    );
}

#[tokio::test]
async fn a_bad_call_fails_alone() {
    let service = Service::start().await;
    for (key, value) in [
        ("referenceId", Value::Null),
        ("referenceId", json!("x".repeat(101))),
        ("clientPhoneNumber", json!("нет")),
        ("callCenterPhoneNumber", Value::Null),
        ("callStartTime", json!("20-11-2026 10:00:00")),
        ("duration", json!(-1)),
        ("duration", Value::Null),
        ("waitingTime", json!("долго")),
        ("status", json!("missed")),
        ("comment", json!("text")),
        ("addTags", json!("tag")),
        ("customSources", json!([])),
    ] {
        let good = format!("good {key} {value}");
        let good: String = good.chars().take(100).collect();
        let bad = call_with("bad", key, value);
        let results = import(&service, json!([bad, call(&good)])).await;
        assert_eq!(results[0]["imported"], false, "{key}");
        let error = results[0]["error"].as_str().unwrap();
        let word = if key == "comment" { "comment" } else { key };
        assert!(error.contains(word), "{key}: {error}");
        assert_eq!(results[1]["imported"], true, "{key}: {}", results[1]);
    }
    assert!(
        service
            .emulator
            .calls()
            .iter()
            .all(|call| call["callReferenceId"] != "bad")
    );
}

#[tokio::test]
async fn a_batch_holds_a_hundred_calls() {
    let service = Service::start().await;
    let refused = service
        .send(IMPORT, &json!({ "calls": vec![call("x"); 101] }))
        .await;
    assert_eq!(violation(&refused), "calls");
    assert_eq!(violation(&service.send(IMPORT, &json!({})).await), "calls");
}
