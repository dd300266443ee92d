//! How a deal finds its lead.

use serde_json::{Value, json};

use super::{CREATE, Service, order_with};

/// What the deal with this matching was matched with, or the error of its item.
async fn matched(service: &Service, matching: Value) -> Result<Value, String> {
    let number = format!("crm-{}", service.emulator.deals().len());
    let result = service
        .send_one(CREATE, order_with(&number, "matching", matching))
        .await;
    match result["error"].as_str() {
        Some(error) => Err(error.to_owned()),
        None => Ok(service.emulator.deal(&number).unwrap()["matched"].clone()),
    }
}

fn call(id: u64) -> Value {
    json!({ "type": "call", "callParams": { "callId": id } })
}

/// A search for calls of the number before noon of 20/11/2026.
fn contact(phone: &str, more: &Value) -> Value {
    let mut params = json!({ "phones": [phone], "date": "20-11-2026 12:00:00" });
    params
        .as_object_mut()
        .unwrap()
        .append(&mut more.as_object().unwrap().clone());
    json!([{ "type": "callContact", "callContactParams": params }])
}

#[tokio::test]
async fn the_first_strategy_that_finds_something_wins() {
    let service = Service::start().await;
    service.emulator.add_call(json!({ "callId": 1 }));
    service.emulator.add_call(json!({ "callId": 2 }));
    let list = json!([call(404), call(2), call(1), { "type": "withoutSource" }]);
    assert_eq!(
        matched(&service, list).await,
        Ok(json!({ "by": "call", "callId": 2 }))
    );
}

#[tokio::test]
async fn a_request_is_found_by_its_id() {
    let service = Service::start().await;
    service.emulator.add_request(json!({ "requestId": 7 }));
    let list = json!([{ "type": "request", "requestParams": { "requestId": "7" } }]);
    assert_eq!(
        matched(&service, list).await,
        Ok(json!({ "by": "request", "requestId": 7 }))
    );
}

#[tokio::test]
async fn a_deal_that_matches_nothing_is_refused() {
    let service = Service::start().await;
    assert!(matched(&service, json!([call(404)])).await.is_err());
    assert!(service.emulator.deals().is_empty());
}

#[tokio::test]
async fn a_lead_of_another_site_is_not_found() {
    let service = Service::start_with(|builder| builder.site(7, "other")).await;
    service
        .emulator
        .add_call(json!({ "callId": 1, "siteId": 7 }));
    assert!(matched(&service, json!([call(1)])).await.is_err());
}

#[tokio::test]
async fn the_last_resorts_always_match() {
    let service = Service::start().await;
    let none = json!([{ "type": "withoutSource" }]);
    assert_eq!(
        matched(&service, none).await,
        Ok(json!({ "by": "withoutSource" }))
    );
    let custom = json!([{ "type": "customSources", "customSourceParams": { "source": "vk" } }]);
    assert_eq!(
        matched(&service, custom).await,
        Ok(json!({ "by": "customSources", "source": "vk" }))
    );
}

#[tokio::test]
async fn a_number_is_found_in_every_mask() {
    let service = Service::start().await;
    service.emulator.add_call(json!({
        "callId": 1, "callerNumber": "79158881122", "date": "20/11/2026 11:00:00",
    }));
    for phone in ["79158881122", "+7 (915) 888-11-22", "8 915 888-11-22"] {
        let found = matched(&service, contact(phone, &json!({}))).await.unwrap();
        assert_eq!(found["callId"], 1, "{phone}");
    }
    assert!(
        matched(&service, contact("79158881123", &json!({})))
            .await
            .is_err()
    );
}

#[tokio::test]
async fn the_search_reaches_as_many_minutes_back_as_it_says() {
    let service = Service::start().await;
    service.emulator.add_call(json!({
        "callerNumber": "79990000001", "date": "20/11/2026 11:00:00",
    }));
    service.emulator.add_call(json!({
        "callerNumber": "79990000002", "date": "20/11/2026 12:00:01",
    }));
    let search = async |phone: &str, depth: u64| {
        matched(&service, contact(phone, &json!({ "searchDepth": depth })))
            .await
            .is_ok()
    };
    assert!(search("79990000001", 60).await);
    assert!(!search("79990000001", 59).await);
    assert!(!search("79990000002", 60).await, "later than the date");
}

#[tokio::test]
async fn the_nearest_unique_lead_is_not_always_the_nearest() {
    let service = Service::start().await;
    for (id, date, unique) in [
        (1, "20/11/2026 10:00:00", true),
        (2, "20/11/2026 11:00:00", false),
    ] {
        service.emulator.add_call(json!({
            "callId": id, "date": date, "uniqueCall": unique, "callerNumber": "79990000001",
        }));
    }
    for (mode, id) in [("nearest", 2), ("nearestUniq", 1)] {
        let list = contact("79990000001", &json!({ "callTypeToMatch": mode }));
        assert_eq!(
            matched(&service, list).await.unwrap()["callId"],
            id,
            "{mode}"
        );
    }
}

#[tokio::test]
async fn tags_must_be_there_all_or_one_of_them() {
    let service = Service::start().await;
    let tags = json!([{ "category": "", "type": "MANUAL", "names": ["a", "b"] }]);
    service
        .emulator
        .add_call(json!({ "callId": 1, "callTags": tags }));
    let search = async |tags: Value, logic: &str| {
        let params = json!({ "callId": 1, "tags": tags, "tagsLogic": logic });
        matched(&service, json!([{ "type": "call", "callParams": params }]))
            .await
            .is_ok()
    };
    assert!(search(json!(["a", "b"]), "and").await);
    assert!(!search(json!(["a", "c"]), "and").await);
    assert!(search(json!(["a", "c"]), "or").await);
    assert!(!search(json!(["c"]), "or").await);
}

#[tokio::test]
async fn a_contact_of_any_lead_meets_calls_and_requests() {
    let service = Service::start().await;
    service.emulator.add_call(json!({
        "callId": 1, "callerNumber": "79990000001", "date": "20/11/2026 10:00:00",
    }));
    service.emulator.add_request(json!({
        "requestId": 2, "dateStr": "20/11/2026 11:00:00",
        "client": {
            "phones": [{ "phoneNumber": "8 (999) 000-00-01", "phoneType": "MOBILE" }],
            "contacts": [{ "contactType": "EMAIL", "contactValue": "Info@Shop.example " }],
        },
    }));
    let search = async |kind: &str, contact: Value| {
        let mut params = json!({ "date": "20-11-2026 12:00:00" });
        params
            .as_object_mut()
            .unwrap()
            .append(&mut contact.as_object().unwrap().clone());
        let list = json!([{ "type": kind, format!("{kind}Params"): params }]);
        matched(&service, list).await
    };
    let phone = || json!({ "phones": ["79990000001"] });

    assert_eq!(
        search("leadContact", phone()).await.unwrap()["requestId"],
        2,
        "the later one"
    );
    assert_eq!(search("callContact", phone()).await.unwrap()["callId"], 1);
    assert_eq!(
        search("requestContact", phone()).await.unwrap()["requestId"],
        2
    );
    let email = json!({ "emails": ["info@shop.example"] });
    assert_eq!(
        search("leadContact", email.clone()).await.unwrap()["requestId"],
        2
    );
    assert!(
        search("callContact", email).await.is_err(),
        "a call has no e-mail"
    );
}

#[tokio::test]
async fn a_session_leads_to_its_last_lead() {
    let service = Service::start().await;
    service.emulator.add_call(json!({
        "callId": 1, "sessionId": 4_794_763_832_u64, "date": "20/11/2026 10:00:00",
    }));
    service.emulator.add_request(json!({
        "requestId": 2, "dateStr": "20/11/2026 11:00:00",
        "session": { "sessionId": 4_794_763_832_u64 },
    }));
    let session = |id: &str| json!([{ "type": "session", "sessionParams": { "sessionId": [id] } }]);

    assert_eq!(
        matched(&service, session("4794763832")).await.unwrap()["requestId"],
        2
    );
    assert!(matched(&service, session("1")).await.is_err());
}

#[tokio::test]
async fn a_mistake_in_a_fallback_shows_at_once() {
    let service = Service::start().await;
    service.emulator.add_call(json!({ "callId": 1 }));
    let cases = [
        (json!({ "type": "telepathy" }), "telepathy"),
        (json!({ "type": "call" }), "callParams"),
        (
            json!({ "type": "request", "requestParams": {} }),
            "requestId",
        ),
        (
            json!({ "type": "leadContact", "leadContactParams": { "phones": ["7"] } }),
            "date",
        ),
        (
            json!({ "type": "leadContact", "leadContactParams": { "date": "20-11-2026 12:00:00" } }),
            "phones",
        ),
        (
            json!({ "type": "session", "sessionParams": { "sessionId": [""] } }),
            "sessionId",
        ),
    ];
    for (mistake, word) in cases {
        let error = matched(&service, json!([call(1), mistake]))
            .await
            .unwrap_err();
        assert!(error.contains(word), "{error}");
    }
    assert!(matched(&service, json!([])).await.is_err());
}

#[tokio::test]
async fn chats_are_understood_and_never_found() {
    let service = Service::start().await;
    let chats = json!([
        { "type": "chat", "chatParams": { "chatId": 3 } },
        { "type": "chatContact", "chatContactParams": { "phones": ["79990000001"] } },
        { "type": "withoutSource" },
    ]);
    assert_eq!(
        matched(&service, chats).await,
        Ok(json!({ "by": "withoutSource" }))
    );
}
