//! Answers as odd as published clients have met them.

use calltouch_api::Text;
use calltouch_api::emulator::Quirks;
use rust_decimal::Decimal;
use serde_json::json;

use super::{client, november, start, today};

const ALL: Quirks = Quirks {
    one_digit_hours: true,
    numbers_as_text: true,
    text_flags: true,
    negative_durations: true,
    html_answers: true,
};

#[tokio::test]
async fn an_odd_record_reads_the_same_as_a_plain_one() {
    let (emulator, client) = start().await;
    emulator.add_call(json!({
        "callId": 1, "sessionId": 7, "ctClientId": 4_947_491_489_133_665_161_u64,
        "date": "20/11/2026 01:02:03", "duration": 65, "callbackCall": false,
    }));
    emulator.add_request(json!({
        "requestId": 2, "dateStr": "20/11/2026 01:02:03", "session": { "sessionId": 7 },
    }));
    emulator.add_deal(json!({
        "orderNumber": "crm-1", "revenue": "1500.50", "orderDate": "20-11-2026 01:02:03",
        "matching": [{ "type": "call", "callParams": { "callId": 1 } }],
    }));
    let call = || client.calls().list(today()).with_orders().find(1);
    let requests = || client.requests().list(today()).send();
    let deals = client.deals();
    let deal = || deals.find("crm-1", november());
    let plain_call = call().await.unwrap().unwrap();
    let plain_requests = requests().await.unwrap();
    let plain_deal = deal().await.unwrap().unwrap();

    emulator.quirks(ALL);
    let odd_call = call().await.unwrap().unwrap();
    let odd_requests = requests().await.unwrap();
    let odd_deal = deal().await.unwrap().unwrap();

    assert_eq!(
        odd_call.date.as_ref().map(Text::as_str),
        Some("20/11/2026 1:02:03")
    );
    assert_eq!(odd_call.started_at(), plain_call.started_at());
    assert_eq!(odd_call.session_id, Some(7));
    assert_eq!(odd_call.ct_client_id, plain_call.ct_client_id);
    assert_eq!(odd_call.timestamp, plain_call.timestamp);
    assert_eq!(odd_call.duration, Some(65));
    assert_eq!(odd_call.successful, Some(true));
    assert_eq!(odd_call.callback_call, Some(false));
    assert_eq!(odd_call.attribution, plain_call.attribution);
    assert_eq!(
        odd_call.orders[0].planned_amount,
        Some(Decimal::new(15005, 1))
    );
    assert_eq!(odd_requests.len(), 1);
    assert_eq!(odd_requests[0].request_id, 2);
    assert_eq!(odd_requests[0].created_at(), plain_requests[0].created_at());
    assert_eq!(
        odd_requests[0].unique_request,
        plain_requests[0].unique_request
    );
    assert_eq!(
        odd_requests[0].session.as_ref().unwrap().session_id,
        Some(7)
    );
    assert_eq!(odd_deal.order_id, plain_deal.order_id);
    assert_eq!(odd_deal.planned_amount, plain_deal.planned_amount);
    assert_eq!(
        odd_deal.order_date.unwrap().timestamp(),
        plain_deal.order_date.unwrap().timestamp()
    );
    assert_eq!(
        odd_deal.order_source.unwrap().call_id,
        plain_deal.order_source.unwrap().call_id
    );
}

#[tokio::test]
async fn a_one_digit_hour_alone_tells_when_the_call_began() {
    let (emulator, client) = start().await;
    emulator.quirks(ALL);
    let at = "20/11/2026 01:02:03";
    emulator.add_call(json!({ "callId": 1, "date": at }));
    emulator.update_call(1, json!({ "timestamp": null, "date": at }));

    let call = client.calls().find(1, today()).await.unwrap().unwrap();

    assert_eq!(call.timestamp, None);
    assert_eq!(
        call.started_at(),
        Some("2026-11-19T22:02:03Z".parse().unwrap())
    );
}

#[tokio::test]
async fn a_missed_call_keeps_its_negative_duration() {
    let (emulator, client) = start().await;
    emulator.quirks(ALL);
    emulator.add_call(json!({ "callId": 1, "successful": false }));

    let page = client.calls().list(today()).send().await.unwrap();

    assert!(page.rejected.is_empty());
    assert_eq!(page.records[0].duration, Some(-30));
    assert_eq!(page.records[0].successful, Some(false));
}

#[tokio::test]
async fn a_page_of_html_is_an_error_and_no_empty_journal() {
    let (emulator, _) = start().await;
    emulator.quirks(ALL);
    let lost = calltouch_api::Client::builder(super::SITE, super::TOKEN)
        .base_url(format!("{}/nowhere", emulator.base_url()))
        .attempts(1)
        .build()
        .unwrap();

    let error = lost.calls().list(today()).send().await.unwrap_err();

    assert!(!error.is_unauthorized(), "{error}");
    assert_eq!(error.status(), Some(200), "{error}");
    assert!(!error.to_string().contains('<'), "{error}");
    let found = client(&emulator, super::SITE, super::TOKEN);
    assert!(found.calls().list(today()).send().await.is_ok());
}
