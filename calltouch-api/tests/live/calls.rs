//! The journal of calls, recordings, statistics and the node.

use calltouch_api::Text;
use calltouch_api::call::{Call, CallPhase};
use calltouch_api::{Attribution, TagKind};
use futures_util::{Stream, TryStreamExt};
use jiff::civil::date;
use serde_json::json;

use super::{november, start, today};

async fn ids(calls: impl Stream<Item = calltouch_api::Result<Call>>) -> Vec<u64> {
    let mut ids: Vec<_> = calls
        .map_ok(|call| call.call_id)
        .try_collect()
        .await
        .unwrap();
    ids.sort_unstable();
    ids
}

#[tokio::test]
async fn a_call_reads_back_as_it_was_put_in() {
    let (emulator, client) = start().await;
    emulator.add_call(json!({
        "callId": 1, "sessionId": 4_794_763_832_u64, "ctClientId": 4_947_491_489_133_665_161_u64,
        "callerNumber": "79990000001", "date": "20/11/2026 10:00:00", "duration": 65,
        "manager": "Иван",
    }));

    let page = client.calls().list(today()).send().await.unwrap();

    assert_eq!(page.records_total, Some(1));
    assert!(page.rejected.is_empty());
    let call = &page.records[0];
    assert_eq!(call.call_id, 1);
    assert_eq!(call.call_phase, Some(CallPhase::Disconnected));
    assert_eq!(call.session_id, Some(4_794_763_832));
    assert_eq!(call.ct_client_id, Some(4_947_491_489_133_665_161));
    assert_eq!(
        call.caller_number.as_ref().map(Text::as_str),
        Some("79990000001")
    );
    assert_eq!(call.duration, Some(65));
    assert_eq!(call.successful, Some(true));
    assert_eq!(call.manager.as_ref().map(Text::as_str), Some("Иван"));
    assert_eq!(
        call.started_at(),
        Some("2026-11-20T07:00:00Z".parse().unwrap())
    );
    assert_eq!(call.extra.get("callId"), None);
    assert!(call.utm_source.as_ref().unwrap().is_placeholder());
}

#[tokio::test]
async fn every_field_the_emulator_answers_has_a_name_in_the_client() {
    let (emulator, client) = start().await;
    emulator.add_call(json!({ "callId": 1, "sessionId": 7 }));
    emulator.add_request(json!({ "requestId": 2, "session": { "sessionId": 7 } }));

    let call = client.calls().find(1, today()).await.unwrap().unwrap();
    let requests = client.requests().list(today()).send().await.unwrap();

    assert!(call.extra.is_empty(), "{:?}", call.extra);
    assert!(requests[0].extra.is_empty(), "{:?}", requests[0].extra);
}

#[tokio::test]
async fn each_flag_fills_what_it_names_and_nothing_else_does() {
    let (emulator, client) = start().await;
    emulator.add_call(json!({
        "callId": 1, "sessionId": 7,
        "callTags": [{ "category": "", "type": "MANUAL", "names": ["Лид"] }],
        "comments": [{ "commentId": 3, "callId": 1, "comment": "перезвонить" }],
        "mapVisits": [{ "sessionId": 7, "source": "yandex" }],
        "phrases": [{ "channel": 1, "time": "00:01", "message": "алло" }],
        "phonesInText": ["79990000002"],
        "yandexDirect": { "campaignId": 5 },
        "googleAdWords": { "campaignId": 6 },
        "dcm": { "campaign": "c" },
        "attrs": { "a": "b" },
        "callbackInfo": { "callbackRequestId": 8 },
        "customFields": [{ "field": "Город", "value": "Тверь" }],
        "orders": [{ "orderId": 9, "orderNumber": "9" }],
    }));
    let calls = client.calls();

    let bare = calls.find(1, today()).await.unwrap().unwrap();
    let full = calls
        .list(today())
        .with_call_tags()
        .with_comments()
        .with_map_visits()
        .with_text()
        .with_yandex_direct()
        .with_google_adwords()
        .with_dcm()
        .with_attrs()
        .with_callback_info()
        .with_custom_fields()
        .with_orders()
        .find(1)
        .await
        .unwrap()
        .unwrap();

    assert!(bare.call_tags.is_empty() && bare.comments.is_empty() && bare.map_visits.is_empty());
    assert!(bare.phrases.is_empty() && bare.orders.is_empty() && bare.attrs.is_none());
    assert!(bare.yandex_direct.is_none() && bare.google_ads.is_none() && bare.dcm.is_none());
    assert!(bare.callback_info.is_none() && bare.custom_fields.is_none());
    assert_eq!(full.call_tags[0].kind, TagKind::Manual);
    assert_eq!(full.call_tags[0].names, ["Лид"]);
    assert_eq!(full.comments.len(), 1);
    assert_eq!(full.map_visits.len(), 1);
    assert_eq!(
        full.phrases[0].message.as_ref().map(Text::as_str),
        Some("алло")
    );
    assert_eq!(full.phones_in_text, ["79990000002"]);
    assert!(full.yandex_direct.is_some() && full.google_ads.is_some() && full.dcm.is_some());
    assert_eq!(full.attrs, Some(json!({ "a": "b" })));
    assert_eq!(full.callback_info.unwrap().callback_request_id, Some(8));
    assert!(full.custom_fields.is_some());
    assert_eq!(full.orders[0].order_number.as_deref(), Some("9"));
}

#[tokio::test]
async fn filters_keep_the_calls_they_name() {
    let (emulator, client) = start().await;
    for (id, unique, target, callback) in [
        (1, true, true, false),
        (2, true, false, false),
        (3, false, true, false),
        (4, false, false, true),
    ] {
        emulator.add_call(json!({
            "callId": id, "uniqueCall": unique, "targetCall": target, "callbackCall": callback,
        }));
    }
    let list = || client.calls().list(today());

    assert_eq!(ids(list().stream()).await, [1, 2, 3, 4]);
    assert_eq!(ids(list().unique_only().stream()).await, [1, 2]);
    assert_eq!(ids(list().target_only().stream()).await, [1, 3]);
    assert_eq!(ids(list().unique_target_only().stream()).await, [1]);
    assert_eq!(ids(list().callback_only().stream()).await, [4]);
    let first = list().attribution(Attribution::Last).find(2);
    let first = first.await.unwrap().unwrap();
    assert_eq!(first.attribution, Some(Attribution::Last));
}

#[tokio::test]
async fn a_call_is_found_by_its_id_and_only_within_the_period() {
    let (emulator, client) = start().await;
    emulator.add_call(json!({ "callId": 1, "date": "19/11/2026 23:59:59" }));
    emulator.add_call(json!({ "callId": 2, "date": "20/11/2026 00:00:00" }));
    let calls = client.calls();

    assert_eq!(calls.find(2, today()).await.unwrap().unwrap().call_id, 2);
    assert_eq!(calls.find(1, today()).await.unwrap(), None);
    assert_eq!(calls.find(1, november()).await.unwrap().unwrap().call_id, 1);
}

#[tokio::test]
async fn pages_and_days_give_the_same_calls_each_once() {
    let (emulator, client) = start().await;
    for id in 1..=25 {
        let day = id % 20 + 1;
        emulator.add_call(json!({ "callId": id, "date": format!("{day:02}/11/2026 12:00:00") }));
    }
    let all: Vec<u64> = (1..=25).collect();
    let list = || client.calls().list(november());

    assert_eq!(ids(list().page_size(10).window_days(7).stream()).await, all);
    assert_eq!(ids(list().stream_by_day()).await, all);
    let pages: Vec<_> = list().page_size(10).pages().try_collect().await.unwrap();
    assert_eq!(pages.len(), 3);
    assert_eq!(pages[2].records.len(), 5);
}

#[tokio::test]
async fn a_recording_is_written_byte_for_byte_and_a_missing_one_is_an_error() {
    let (emulator, client) = start().await;
    for id in [1, 2] {
        emulator.add_call(json!({ "callId": id }));
    }
    let audio: Vec<u8> = (0..=255).cycle().take(10_000).collect();
    emulator.add_recording(1, audio.clone());

    let mut written = Vec::new();
    let recorded = client.calls().recording(1).write_to(&mut written).await;
    let missing = client.calls().recording(2).write_to(&mut Vec::new()).await;

    let recorded = recorded.unwrap();
    assert_eq!(written, audio);
    assert_eq!(recorded.bytes, 10_000);
    assert_eq!(recorded.content_type.as_deref(), Some("audio/mpeg"));
    assert_eq!(missing.unwrap_err().status(), Some(404));
}

#[tokio::test]
async fn statistics_count_the_calls_of_the_journal() {
    let (emulator, client) = start().await;
    for (id, day, session) in [(1, 19, json!(7)), (2, 20, json!(8)), (3, 20, json!(null))] {
        emulator.add_call(json!({
            "callId": id, "date": format!("{day}/11/2026 10:00:00"), "sessionId": session,
            "keyword": "окна",
        }));
    }
    let statistics = client.statistics();

    assert_eq!(statistics.total(november()).await.unwrap(), 3);
    assert_eq!(statistics.total(today()).await.unwrap(), 2);
    let by_day = statistics.by_day(november()).await.unwrap();
    let days: Vec<_> = by_day.iter().map(|row| (row.day(), row.calls)).collect();
    assert_eq!(
        days,
        [(Some(date(2026, 11, 19)), 1), (Some(date(2026, 11, 20)), 2),]
    );
    let search = statistics.seo_by_day(november()).await.unwrap();
    assert_eq!(search.iter().map(|row| row.calls).sum::<u64>(), 2);
    let words = statistics.seo_by_keyword(november()).await.unwrap();
    assert_eq!(words.len(), 1);
    assert_eq!((words[0].name.as_str(), words[0].calls), ("окна", 2));
}

#[tokio::test]
async fn the_node_of_a_site_has_an_address() {
    let (_emulator, client) = start().await;

    let node = client.node().await.unwrap();

    let number = node.node_id.to_string();
    assert!(node.base_url().contains(&number), "{}", node.base_url());
}
