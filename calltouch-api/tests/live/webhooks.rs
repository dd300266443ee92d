//! Webhooks as the emulator sends them and [`Event`] reads them.

use calltouch_api::TagKind;
use calltouch_api::Text;
use calltouch_api::call::CallPhase;
use calltouch_api::emulator::{Emulator, Webhook, WebhookMethod};
use calltouch_api::webhook::{Call, Event, Request};
use serde_json::json;
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

use super::{SITE, noon, start};

/// A receiver on loopback that the emulator tells of everything.
async fn subscribed(method: WebhookMethod) -> (Emulator, MockServer) {
    let (emulator, _) = start().await;
    let receiver = MockServer::start().await;
    let answer = ResponseTemplate::new(200);
    Mock::given(any())
        .respond_with(answer)
        .mount(&receiver)
        .await;
    let webhook = Webhook::new(format!("{}/ct", receiver.uri())).method(method);
    emulator.add_webhook(webhook).unwrap();
    (emulator, receiver)
}

/// All that came, once nothing is under way.
async fn events(emulator: &Emulator, receiver: &MockServer) -> Vec<Event> {
    emulator.webhooks_sent().await;
    let requests = receiver.received_requests().await.unwrap();
    let read = |request: &wiremock::Request| {
        let query = request.url.query().unwrap_or_default();
        let kind = request.headers.get("content-type");
        let kind = kind.map(|kind| kind.to_str().unwrap());
        Event::read(query, kind, &request.body).unwrap()
    };
    requests.iter().map(read).collect()
}

fn call(event: &Event) -> &Call {
    match event {
        Event::Call(call) => call,
        other => panic!("{other:?}"),
    }
}

fn request(event: &Event) -> &Request {
    match event {
        Event::Request(request) => request,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_call_is_read_the_same_by_get_and_by_post() {
    for method in [WebhookMethod::Get, WebhookMethod::Post] {
        let (emulator, receiver) = subscribed(method).await;
        emulator.add_recording(1, "audio");
        emulator.add_call(json!({
            "callId": 1, "sessionId": 4_794_763_832_u64,
            "ctClientId": 4_947_491_489_133_665_161_u64,
            "callerNumber": "79990000001", "date": "20/11/2026 10:00:00", "duration": 65,
            "uniqueCall": true, "targetCall": false, "utmSource": "vk",
            "callReferenceId": "pbx.1", "statusDetails": "a=1&b=ё",
            "callTags": [
                { "category": "", "type": "AUTO-PN", "names": ["статика", "звонок"] },
                { "category": "", "type": "MANUAL", "names": ["Лид"] },
            ],
        }));

        let events = events(&emulator, &receiver).await;

        assert_eq!(events.len(), 1);
        assert!(!events[0].is_test());
        assert!(events[0].idempotency_key().is_some());
        let call = call(&events[0]);
        assert_eq!(call.id, Some(1));
        assert_eq!(call.phase, Some(CallPhase::Disconnected));
        assert!(call.changed_fields.is_empty());
        assert_eq!(
            call.caller_phone.as_ref().map(Text::as_str),
            Some("79990000001")
        );
        assert_eq!(
            call.started_at,
            Some("2026-11-20T07:00:00Z".parse().unwrap())
        );
        let sent = call.sent_at.unwrap();
        assert!(noon() <= sent && sent <= emulator.now(), "{sent}");
        assert_eq!(call.duration, Some(65));
        assert_eq!(call.waiting_time, Some(5));
        assert_eq!(call.successful, Some(true));
        assert_eq!(call.unique, Some(true));
        assert_eq!(call.target, Some(false));
        assert_eq!(call.unique_target, Some(false));
        assert_eq!(call.callback, Some(false));
        assert_eq!(
            call.status_details.as_ref().map(Text::as_str),
            Some("a=1&b=ё")
        );
        assert_eq!(
            call.call_reference_id.as_ref().map(Text::as_str),
            Some("pbx.1")
        );
        assert_eq!(call.site_id, Some(SITE));
        assert_eq!(call.visit.session_id, Some(4_794_763_832));
        assert_eq!(call.visit.ct_client_id, Some(4_947_491_489_133_665_161));
        assert_eq!(call.visit.utm_source.as_ref().map(Text::as_str), Some("vk"));
        let url = call.recording_url.as_ref().map(Text::as_str).unwrap();
        assert!(url.starts_with(&emulator.base_url()), "{url}");
        let manual = call.tags.iter().find(|group| group.kind == TagKind::Manual);
        assert_eq!(manual.unwrap().names, ["Лид"]);
        let all = call.tags.iter().flat_map(|group| &group.names);
        assert_eq!(all.count(), 3);
    }
}

#[tokio::test]
async fn the_phases_and_the_changes_of_a_call_are_told_apart() {
    let (emulator, receiver) = subscribed(WebhookMethod::Post).await;
    emulator.add_call(json!({ "callId": 1, "callphase": "callconnected", "duration": 0 }));
    emulator.update_call(
        1,
        json!({ "callphase": "calldisconnected", "duration": 65 }),
    );
    emulator.update_call(1, json!({ "manager": "Иван", "uniqueCall": false }));

    let events = events(&emulator, &receiver).await;

    let calls: Vec<_> = events.iter().map(call).collect();
    assert_eq!(calls.len(), 3);
    assert_eq!(calls[0].phase, Some(CallPhase::Connected));
    assert_eq!(calls[1].phase, Some(CallPhase::Disconnected));
    assert!(calls[1].changed_fields.is_empty());
    assert!(calls[2].changed_fields.iter().any(|name| name == "manager"));
    assert!(calls[2].changed_fields.iter().any(|name| name == "unique"));
    assert_eq!(calls[2].manager.as_ref().map(Text::as_str), Some("Иван"));
    assert_eq!(calls[2].unique, Some(false));
}

#[tokio::test]
async fn a_request_is_read_with_its_person_and_its_visit() {
    let (emulator, receiver) = subscribed(WebhookMethod::Post).await;
    emulator.add_request(json!({
        "requestId": 2, "requestNumber": "f-2", "subject": "Форма",
        "dateStr": "20/11/2026 10:00:00", "uniqueRequest": true, "targetRequest": false,
        "client": {
            "fio": "Анна", "phones": [{ "phoneNumber": "79990000001" }],
            "contacts": [{ "contactType": "EMAIL", "contactValue": "a@example.ru" }],
        },
        "session": { "sessionId": 7, "utmSource": "vk" },
    }));

    let events = events(&emulator, &receiver).await;

    assert_eq!(events.len(), 1);
    let request = request(&events[0]);
    assert_eq!(request.id, Some(2));
    assert_eq!(request.number.as_ref().map(Text::as_str), Some("f-2"));
    assert_eq!(request.subject.as_ref().map(Text::as_str), Some("Форма"));
    assert_eq!(request.fio.as_ref().map(Text::as_str), Some("Анна"));
    assert_eq!(
        request.phone.as_ref().map(Text::as_str),
        Some("79990000001")
    );
    assert_eq!(
        request.email.as_ref().map(Text::as_str),
        Some("a@example.ru")
    );
    assert_eq!(
        request.created_at,
        Some("2026-11-20T07:00:00Z".parse().unwrap())
    );
    assert_eq!(request.unique, Some(true));
    assert_eq!(request.target, Some(false));
    assert_eq!(request.unique_target, Some(false));
    assert_eq!(request.visit.session_id, Some(7));
    assert_eq!(
        request.visit.utm_source.as_ref().map(Text::as_str),
        Some("vk")
    );
}

#[tokio::test]
async fn the_test_button_is_known_for_what_it_is() {
    let (emulator, receiver) = subscribed(WebhookMethod::Post).await;
    emulator.test_webhooks();

    let events = events(&emulator, &receiver).await;

    assert_eq!(events.len(), 1);
    assert!(events[0].is_test());
}
