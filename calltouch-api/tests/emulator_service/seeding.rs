//! What a test puts in, changes and takes out.

use std::time::Duration;

use calltouch_api::emulator::Emulator;
use serde_json::{Value, json};

use super::{Service, column};

/// Every key of a call in the journal.
const CALL_KEYS: [&str; 61] = [
    "callId",
    "callphase",
    "attribution",
    "callTags",
    "date",
    "timestamp",
    "duration",
    "waitingConnect",
    "callerNumber",
    "phoneNumber",
    "redirectNumber",
    "manager",
    "successful",
    "uniqueCall",
    "targetCall",
    "uniqTargetCall",
    "callbackCall",
    "city",
    "source",
    "medium",
    "keyword",
    "url",
    "callUrl",
    "ref",
    "hostname",
    "utmSource",
    "utmMedium",
    "utmCampaign",
    "utmContent",
    "utmTerm",
    "sessionId",
    "sessionDate",
    "ctCallerId",
    "ctClientId",
    "ctGlobalId",
    "clientId",
    "yaClientId",
    "sipCallId",
    "callReferenceId",
    "callClientUniqueId",
    "userAgent",
    "ip",
    "device",
    "os",
    "browser",
    "siteId",
    "siteName",
    "subPoolName",
    "statusDetails",
    "additionalTags",
    "mapVisits",
    "attrs",
    "comments",
    "phrases",
    "phonesInText",
    "orders",
    "order",
    "yandexDirect",
    "googleAdWords",
    "dcm",
    "callbackInfo",
];

#[tokio::test]
async fn a_call_of_nothing_has_every_documented_field() {
    let service = Service::start().await;
    let call = service.emulator.add_call(json!({}));
    for key in CALL_KEYS.into_iter().chain(["customFields"]) {
        assert!(call.get(key).is_some(), "{key}");
    }
    assert_eq!(call["siteId"], 25918);
    assert_eq!(call["medium"], "offline");
    assert_eq!(call["source"], call["phoneNumber"]);
    assert_eq!(call["subPoolName"], call["phoneNumber"]);
    assert_eq!(call["url"], Value::Null, "no session, no page");
    assert_eq!(call["ctCallerId"].as_str().unwrap().len(), 32);
}

#[tokio::test]
async fn date_and_timestamp_of_a_call_are_one_instant() {
    let service = Service::start().await;
    let by_date = service
        .emulator
        .add_call(json!({ "date": "15/11/2023 01:13:20" }));
    let by_timestamp = service
        .emulator
        .add_call(json!({ "timestamp": 1_700_000_000 }));
    assert_eq!(by_date["timestamp"], 1_700_000_000);
    assert_eq!(by_timestamp["date"], "15/11/2023 01:13:20");
    assert_ne!(by_date["callId"], by_timestamp["callId"]);
    assert_ne!(by_date["callerNumber"], by_timestamp["callerNumber"]);
}

#[tokio::test]
async fn a_call_with_a_session_comes_from_a_visit() {
    let service = Service::start().await;
    let call = service
        .emulator
        .add_call(json!({ "sessionId": 1, "utmSource": "vk" }));
    assert_eq!(call["utmSource"], "vk");
    for key in ["url", "hostname", "sessionDate", "device"] {
        assert!(call[key].is_string(), "{key}");
    }
    assert_ne!(call["medium"], "offline");
}

#[tokio::test]
async fn a_request_is_completed_also_inside() {
    let service = Service::start().await;
    let request = service.emulator.add_request(json!({
        "dateStr": "15/11/2023 01:13:20",
        "client": { "phones": [{ "phoneNumber": "79990000001", "phoneType": "MOBILE" }] },
        "session": { "source": "vk" },
    }));
    assert_eq!(request["date"], 1_700_000_000_000_u64);
    assert_eq!(request["requestNumber"], request["requestId"].to_string());
    assert!(request["client"]["clientId"].is_u64());
    assert_eq!(request["client"]["contacts"], json!([]));
    assert_eq!(request["session"]["source"], "vk");
    assert!(request["session"]["utmSource"].is_string());
    assert_eq!(
        service.emulator.add_request(json!({}))["session"],
        Value::Null
    );
}

#[tokio::test]
async fn a_new_lead_gets_the_time_of_the_emulators_clock() {
    let service = Service::start().await;
    let before = service.emulator.now();
    service.emulator.advance(Duration::from_hours(24));
    assert!(service.emulator.now().duration_since(before).as_hours() >= 24);
    let call = service.emulator.add_call(json!({}));
    assert!(
        call["date"]
            .as_str()
            .unwrap()
            .starts_with("21/11/2026 12:0"),
        "{}",
        call["date"]
    );
}

#[tokio::test]
async fn loaded_records_are_kept_as_they_are() {
    let service = Service::start().await;
    let call = json!({
        "callId": 24_001_717, "siteId": 25918, "date": "20/11/2026 0:22:21",
        "ctClientId": 4_947_491_489_133_665_161_u64, "unheard": { "of": [1, 2.5] },
    });
    let request = json!({
        "requestId": 910_002, "siteId": 25918, "date": 1_795_169_869_000_u64, "RequestTags": null,
    });

    assert_eq!(service.emulator.load_calls(vec![call.clone()]), Ok(1));
    assert_eq!(service.emulator.load_requests(vec![request.clone()]), Ok(1));

    assert_eq!(service.emulator.calls(), [call]);
    assert_eq!(service.emulator.requests(), [request]);
    assert_eq!(
        column(&service.calls_of_the_day(&[]).await, "date"),
        ["20/11/2026 0:22:21"]
    );
    assert_eq!(
        service.emulator.add_call(json!({}))["callId"],
        24_001_718,
        "the next free id"
    );
}

#[tokio::test]
async fn one_bad_record_keeps_the_whole_load_out() {
    let service = Service::start().await;
    let good = json!({ "callId": 1, "timestamp": 1 });
    for bad in [
        json!("text"),
        json!({ "timestamp": 1 }),
        json!({ "callId": 2 }),
    ] {
        let error = service
            .emulator
            .load_calls(vec![good.clone(), bad])
            .unwrap_err();
        assert_eq!(error.index(), 1);
        assert!(error.to_string().contains("record 1"));
    }
    assert!(service.emulator.calls().is_empty());
}

#[tokio::test]
async fn a_changed_call_keeps_its_times_together_and_moves() {
    let service = Service::start().await;
    service
        .emulator
        .add_call(json!({ "callId": 1, "date": "01/11/2026 12:00:00" }));

    let patch = json!({ "date": "20/11/2026 12:00:00", "callId": 5, "manager": "Иван" });
    let call = service.emulator.update_call(1, patch).unwrap();

    assert_eq!(call["callId"], 1);
    assert_eq!(call["timestamp"], 1_795_165_200);
    assert_eq!(service.calls_of_the_day(&[]).await[0]["manager"], "Иван");
    assert_eq!(service.emulator.calls().len(), 1);
    assert_eq!(service.emulator.update_call(2, json!({})), None);
}

#[tokio::test]
async fn a_changed_request_keeps_what_is_not_named() {
    let service = Service::start().await;
    service
        .emulator
        .add_request(json!({ "requestId": 1, "subject": "Вопрос" }));
    let request = service
        .emulator
        .update_request(1, json!({ "status": "new" }))
        .unwrap();
    assert_eq!(request["status"], "new");
    assert_eq!(request["subject"], "Вопрос");
}

#[tokio::test]
async fn a_deal_can_be_put_in_and_taken_out() {
    let service = Service::start().await;
    let deal = service
        .emulator
        .add_deal(json!({ "orderNumber": "crm-1", "revenue": 10 }));
    assert_eq!(deal["orderDate"], "20-11-2026 12:00:00");
    assert_eq!(service.emulator.deal("crm-1"), Some(deal.clone()));
    assert_eq!(service.emulator.remove_deal("crm-1"), Some(deal));
    assert_eq!(service.emulator.deal("crm-1"), None);
    assert_eq!(service.emulator.remove_deal("crm-1"), None);
}

#[tokio::test]
async fn a_deal_that_no_client_could_send_is_still_stored() {
    let service = Service::start().await;
    let deal = service
        .emulator
        .add_deal(json!({ "orderNumber": "x", "revenue": "сто" }));
    assert_eq!(deal["revenue"], "сто");
    assert_eq!(service.emulator.deals(), [deal]);
}

#[tokio::test]
async fn the_token_does_not_show_in_debug() {
    let builder = Emulator::builder().token("geheim").site(1, "geheim");
    assert!(!format!("{builder:?}").contains("geheim"));
    let emulator = builder.start().await.unwrap();
    assert!(!format!("{emulator:?}").contains("geheim"));
}
