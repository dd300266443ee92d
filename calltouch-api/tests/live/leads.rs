//! What is written on leads, and what is handed in around them.

use std::time::Duration;

use calltouch_api::Text;
use calltouch_api::deal::{Matching, Sources};
use calltouch_api::lead::{
    AddFields, AddTags, CallImport, Callback, Comment, Event, Outcome, Target,
};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::{noon, start, today};

#[tokio::test]
async fn tags_comments_and_fields_stand_on_the_lead_row_by_row() {
    let (emulator, client) = start().await;
    emulator.add_call(json!({ "callId": 1 }));
    let leads = client.leads();
    let (here, nowhere) = (|| Matching::call(1), || Matching::call(99));

    let tags = vec![
        AddTags::new(["a"]).matching(here()),
        AddTags::new(["b"]).matching(nowhere()),
        AddTags::new(["c"]).matching(here()),
    ];
    let tags = leads.tag(tags).await;
    let comments = vec![
        Comment::new("перезвонить").matching(here()),
        Comment::new("никому").matching(nowhere()),
    ];
    let comments = leads.comment(comments).await;
    let fields = vec![
        AddFields::new("Город", "Тверь")
            .field("Скидка", "5")
            .matching(here()),
        AddFields::new("Город", "Омск").matching(nowhere()),
    ];
    let fields = leads.add_fields(fields).await;

    assert!(tags[0].is_ok() && tags[2].is_ok() && comments[0].is_ok() && fields[0].is_ok());
    for refused in [&tags[1], &comments[1], &fields[1]] {
        let error = refused.as_ref().unwrap_err();
        assert!(error.is_refused() && error.message().is_some(), "{error}");
    }
    let list = client
        .calls()
        .list(today())
        .with_call_tags()
        .with_comments();
    let call = list.with_custom_fields().find(1).await.unwrap().unwrap();
    assert_eq!(call.call_tags[0].names, ["a", "c"]);
    assert_eq!(call.comments.len(), 1);
    assert_eq!(
        call.comments[0].comment.as_ref().map(Text::as_str),
        Some("перезвонить")
    );
    assert_eq!(
        call.custom_fields,
        Some(json!([
            { "field": "Город", "value": "Тверь" },
            { "field": "Скидка", "value": "5" },
        ]))
    );
}

#[tokio::test]
async fn overwriting_replaces_tags_and_fields_and_adding_keeps_them() {
    let (emulator, client) = start().await;
    emulator.add_call(json!({ "callId": 1 }));
    let leads = client.leads();
    let here = || Matching::call(1);
    let field = |value: &str| AddFields::new("Город", value).matching(here());

    leads.tag(vec![AddTags::new(["a"]).matching(here())]).await;
    leads
        .tag(vec![AddTags::new(["b"]).overwrite().matching(here())])
        .await;
    leads.add_fields(vec![field("Тверь"), field("Омск")]).await;
    let before = emulator.calls()[0]["customFields"].clone();
    leads.add_fields(vec![field("Омск").overwrite()]).await;

    let call = &emulator.calls()[0];
    assert_eq!(call["callTags"][0]["names"], json!(["b"]));
    assert_eq!(before[0]["value"], "Тверь");
    assert_eq!(call["customFields"][0]["value"], "Омск");
}

#[tokio::test]
async fn fields_are_deleted_from_every_kind_of_target() {
    let (emulator, client) = start().await;
    let fields = json!([{ "field": "a", "value": "1" }, { "field": "b", "value": "2" }]);
    emulator.add_call(json!({
        "callId": 1, "callReferenceId": "pbx.1", "sipCallId": "sip.1", "customFields": fields,
    }));
    emulator.add_request(json!({
        "requestId": 2, "requestNumber": "f-2", "customFields": fields,
    }));
    let deal = emulator.add_deal(json!({ "orderNumber": "crm-1", "customFields": fields }));
    let order = deal["orderId"].as_u64().unwrap();
    let leads = client.leads();

    for target in [
        Target::CallId(1),
        Target::CallReferenceId("pbx.1".into()),
        Target::SipCallId("sip.1".into()),
        Target::RequestId(2),
        Target::RequestNumber("f-2".into()),
        Target::OrderId(order),
        Target::OrderNumber("crm-1".into()),
    ] {
        let what = format!("{target:?}");
        assert!(leads.delete_fields(target, ["a"]).await.is_ok(), "{what}");
    }
    let unknown = leads.delete_fields(Target::CallId(99), ["a"]).await;

    assert!(unknown.unwrap_err().is_validation());
    let left = json!([{ "field": "b", "value": "2" }]);
    assert_eq!(emulator.calls()[0]["customFields"], left);
    assert_eq!(emulator.requests()[0]["customFields"], left);
    assert_eq!(emulator.deals()[0]["customFields"], left);
}

#[tokio::test]
async fn imported_calls_reach_the_journal_a_while_later() {
    let (emulator, client) = start().await;
    let call = CallImport::new(
        "pbx-1",
        "79990000001",
        "74950000002",
        noon(),
        Outcome::Successful,
    )
    .duration(65)
    .waiting_time(5)
    .comment("из АТС")
    .tag("импорт")
    .sources(Sources::new("vk", "cpc"));
    let missed = CallImport::new(
        "pbx-2",
        "79990000002",
        "74950000002",
        noon(),
        Outcome::Unsuccessful,
    );

    let queued = client.leads().import_calls(vec![call, missed]).await;

    let log = queued[0].as_ref().unwrap().log_id;
    assert_eq!(queued[1].as_ref().unwrap().log_id, log);
    emulator.advance(Duration::from_secs(5));
    assert_eq!(emulator.import_log(log).unwrap()["status"], "done");
    let list = || {
        client
            .calls()
            .list(today())
            .with_call_tags()
            .with_comments()
    };
    let page = list().send().await.unwrap();
    assert_eq!(page.records.len(), 2, "{:?}", emulator.import_log(log));
    let read = |caller: &str| {
        let mut calls = page.records.iter();
        calls
            .find(|call| call.caller_number.as_ref().map(Text::as_str) == Some(caller))
            .unwrap()
    };
    let first = read("79990000001");
    assert_eq!(first.started_at(), Some(noon()));
    assert_eq!(first.successful, Some(true));
    assert_eq!(first.duration, Some(65));
    assert_eq!(
        first.call_reference_id.as_ref().map(Text::as_str),
        Some("pbx-1")
    );
    assert_eq!(first.call_tags[0].names, ["импорт"]);
    assert_eq!(first.comments.len(), 1);
    assert_eq!(first.source.as_ref().map(Text::as_str), Some("vk"));
    assert_eq!(read("79990000002").successful, Some(false));
}

#[tokio::test]
async fn an_event_arrives_with_every_field() {
    let (emulator, client) = start().await;
    let event = Event::new("12", "event-1")
        .phone("79990000001")
        .email("a@example.ru")
        .name("Анна")
        .client_id(5)
        .source("vk", "cpc")
        .ct_client_id(4_947_491_489_133_665_161)
        .deal_funnel("Розница")
        .deal_status("Новая")
        .deal_moved("Новая", "Оплачена")
        .deal_revenue(Decimal::new(150_050, 2))
        .field("utmCampaign", "осень");

    client.leads().send_event(event).await.unwrap();

    let events = emulator.custom_events();
    assert_eq!(events.len(), 1);
    for (name, value) in [
        ("scenarioId", json!("12")),
        ("uniqueKey", json!("event-1")),
        ("phoneNumber", json!("79990000001")),
        ("clientId", json!(5)),
        ("ctClientId", json!("4947491489133665161")),
        ("newDealStatus", json!("Оплачена")),
        ("dealRevenue", json!("1500.50")),
        ("utmCampaign", json!("осень")),
    ] {
        assert_eq!(events[0][name], value, "{name}");
    }
}

#[tokio::test]
async fn a_callback_is_accepted_or_refused_with_the_code_of_its_reason() {
    let (emulator, client) = start().await;
    emulator.add_widget("key");
    let leads = client.leads();
    let full = Callback::new("key", "79990000001")
        .field("Город", "Тверь")
        .session_id("7")
        .schedule(noon())
        .utm_source("vk")
        .call_url("https://example.ru/")
        .tag("сайт");

    let accepted = leads.request_callback(full).await.unwrap();

    let forms = emulator.widget_requests();
    assert_eq!(forms.len(), 1);
    assert_eq!(
        forms[0]["widgetRequestId"].as_u64(),
        Some(accepted.widget_request_id)
    );
    assert_eq!(forms[0]["scheduleTime"], "20-11-2026 12:00:00");
    let blank_name = Callback::new("key", "79990000001").field("", "x");
    for (refused, code) in [
        (Callback::new("other", "79990000001"), 10003),
        (blank_name, 10007),
        (Callback::new("key", "12"), 10013),
    ] {
        let error = leads.request_callback(refused).await.unwrap_err();
        assert_eq!(error.code(), Some(code), "{error}");
        assert_eq!(error.status(), Some(400), "{error}");
        assert!(error.is_validation(), "{error}");
        assert!(!error.is_unclear() && !error.is_retryable(), "{error}");
    }
    let nothing: Vec<Value> = Vec::new();
    assert_eq!(emulator.custom_events(), nothing);
    assert_eq!(emulator.widget_requests().len(), 1);
}
