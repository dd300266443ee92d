//! The journal of calls over the wire.
#![recursion_limit = "256"]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, unreachable_pub)]

#[path = "wire/server.rs"]
mod server;

use calltouch_api::call::{Call, CallPhase};
use calltouch_api::{Attribution, Period, TagKind};
use futures_util::{StreamExt, TryStreamExt};
use jiff::Timestamp;
use jiff::civil::{date, time};
use serde_json::{Value, json};
use server::{SITE, TOKEN, asked, client};
use wiremock::matchers::{any, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

const PATH: &str = "GET /calls-service/RestAPI/12345/calls-diary/calls";

fn november() -> Period {
    Period::new(date(2026, 11, 1), date(2026, 11, 30)).unwrap()
}

fn page(number: u32, total: u32, ids: &[u64]) -> Value {
    let records: Vec<Value> = ids.iter().map(|id| json!({"callId": id})).collect();
    json!({"page": number, "pageTotal": total, "pageSize": 2, "recordsTotal": 5, "records": records})
}

async fn serve(server: &MockServer, from: &str, number: &str, body: Value) {
    Mock::given(query_param("dateFrom", from))
        .and(query_param("page", number))
        .respond_with(server::json(&body))
        .mount(server)
        .await;
}

/// A call with every field that has a shape, all values invented.
fn full_call() -> Value {
    json!({
        "callId": 24_000_001, "callphase": "calldisconnected", "attribution": 1,
        "callTags": [
            {"category": "", "type": "AUTO-PN", "names": ["статика"]},
            {"category": "", "type": "MANUAL", "names": ["Лид", "VIP"]},
        ],
        "date": "15/11/2023 01:13:20", "timestamp": 1_700_000_000, "duration": -30, "waitingConnect": null,
        "callerNumber": "79990000001", "phoneNumber": "74950000001",
        "redirectNumber": "sip:74950000002@pbx.example", "manager": null,
        "successful": true, "uniqueCall": false, "targetCall": true, "uniqTargetCall": false,
        "callbackCall": false, "city": "moscow", "source": "google", "medium": "cpc",
        "keyword": "<не указано>", "url": "https://shop.example/", "callUrl": null, "ref": "https://r.example/",
        "hostname": "shop.example", "utmSource": "google", "utmMedium": "cpc", "utmCampaign": "autumn",
        "utmContent": "<не заполнено>", "utmTerm": "(not set)",
        "sessionId": 4_794_763_832_u64, "sessionDate": "15/11/2023 1:10:00",
        "ctCallerId": "0123456789abcdef0123456789abcdef", "ctClientId": 9_007_199_254_740_993_u64,
        "ctGlobalId": "00000000-0000-5000-8000-000000000000", "clientId": "123456789.1234567890",
        "yaClientId": "1700000000123456789", "sipCallId": null, "callReferenceId": "1700000000.12345",
        "callClientUniqueId": null, "userAgent": "UA", "ip": "192.0.2.1", "device": "smartphone",
        "os": "Android", "browser": "Chrome", "siteId": SITE, "siteName": "shop.example",
        "subPoolName": "Остальные", "poolType": "dynamic", "statusDetails": "Connected.",
        "additionalTags": [{"name": "pos", "value": "1"}],
        "mapVisits": [{"sessionId": 1, "source": "yandex", "ctClientId": 9_007_199_254_740_995_u64,
                       "additionalTags": [{"name": "n", "value": "v"}]}],
        "attrs": {"a": [1, 2]},
        "comments": [{"commentId": 5, "comment": "перезвонить", "partyId": 7, "partyName": "anna"}],
        "phrases": [{"channel": 1, "time": "00:01", "message": "Алло"}],
        "phonesInText": ["79990000009"],
        "orders": [{"orderId": 9, "orderNumber": 77, "orderDate": "15/11/2023 02:00:00",
                    "plannedAmount": 1000.5, "completedAmount": "1000.50"}],
        "order": null,
        "yandexDirect": {"campaignId": 1, "adGroupId": 2, "adId": 3, "criteriaId": -4},
        "googleAdWords": {"campaignId": 1, "creativeId": 3},
        "dcm": {"profileIdDCM": 6, "requestStatus": "OK"},
        "callbackInfo": {"callbackRequestId": 8, "callbackFinalAttempt": true,
                         "fields": [{"name": "city", "value": "Тверь"}]},
        "customFields": [{"field": "f", "value": "v"}],
        "brandNew": {"deep": [null, 1]}
    })
}

fn ids(calls: &[Call]) -> Vec<u64> {
    calls.iter().map(|call| call.call_id).collect()
}

#[tokio::test]
async fn every_setter_goes_out_under_the_name_of_the_service() {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(server::json(&page(3, 3, &[])))
        .mount(&server)
        .await;

    client(&server)
        .calls()
        .list(november())
        .page_size(50)
        .page(3)
        .attribution(Attribution::Last)
        .bind_to("session")
        .time_from(time(9, 5, 0, 0))
        .time_to(time(23, 59, 59, 0))
        .unique_only()
        .target_only()
        .unique_target_only()
        .callback_only()
        .call_id(7)
        .client_id("1.2")
        .filter("utmMedium", "start_with", "cp c")
        .param("withAttributionFields", "true")
        .with_call_tags()
        .with_map_visits()
        .with_orders()
        .with_comments()
        .with_yandex_direct()
        .with_google_adwords()
        .with_text()
        .with_dcm()
        .with_attrs()
        .with_callback_info()
        .with_custom_fields()
        .send()
        .await
        .unwrap();

    let query = "attribution=0&bindTo=session&callId=7&callbackOnly=true&clientId=1.2\
        &dateFrom=01/11/2026&dateTo=30/11/2026&limit=50&page=3&targetOnly=true&timeFrom=09:05:00\
        &timeTo=23:59:59&uniqTargetOnly=true&uniqueOnly=true&utmMedium.filterMode=start_with\
        &utmMedium.value=cp c&withAttributionFields=true&withAttrs=true&withCallTags=true\
        &withCallbackInfo=true&withComments=true&withCustomFields=true&withDcm=true\
        &withGoogleAdwords=true&withMapVisits=true&withOrders=true&withText=true&withYandexDirect=true";
    assert_eq!(asked(&server).await, [format!("{PATH}?{query}")]);
}

#[tokio::test]
async fn the_token_goes_encoded_in_the_query_and_nowhere_else() {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(server::json(&page(1, 1, &[])))
        .mount(&server)
        .await;

    client(&server)
        .calls()
        .list(november())
        .send()
        .await
        .unwrap();

    let requests = server.received_requests().await.unwrap();
    let query = requests[0].url.query().unwrap();
    assert!(
        query.starts_with("clientApiId=s3cr%2Ft.T0ken%2Bx&"),
        "{query}"
    );
    for (name, value) in &requests[0].headers {
        assert!(!value.to_str().unwrap().contains(TOKEN), "{name}");
    }
}

#[tokio::test]
async fn a_stream_reads_every_page_once() {
    let server = MockServer::start().await;
    serve(&server, "01/11/2026", "1", page(1, 3, &[1, 2])).await;
    serve(&server, "01/11/2026", "2", page(2, 3, &[2, 3])).await;
    serve(&server, "01/11/2026", "3", page(3, 3, &[4])).await;

    let calls: Vec<Call> = client(&server)
        .calls()
        .list(november())
        .page_size(2)
        .stream()
        .try_collect()
        .await
        .unwrap();

    assert_eq!(
        calls.iter().map(|call| call.call_id).collect::<Vec<_>>(),
        [1, 2, 3, 4]
    );
    assert_eq!(asked(&server).await.len(), 3);
}

#[tokio::test]
async fn a_long_period_is_read_in_windows_that_touch_and_do_not_overlap() {
    let server = MockServer::start().await;
    serve(&server, "01/11/2026", "1", page(1, 1, &[1])).await;
    serve(&server, "02/12/2026", "1", page(1, 2, &[1, 2])).await;
    serve(&server, "02/12/2026", "2", page(2, 2, &[3])).await;
    let period = Period::new(date(2026, 11, 1), date(2026, 12, 31)).unwrap();

    let calls: Vec<Call> = client(&server)
        .calls()
        .list(period)
        .stream()
        .try_collect()
        .await
        .unwrap();

    assert_eq!(
        calls.iter().map(|call| call.call_id).collect::<Vec<_>>(),
        [1, 2, 3]
    );
    assert_eq!(
        asked(&server).await,
        [
            format!("{PATH}?dateFrom=01/11/2026&dateTo=01/12/2026&limit=1000&page=1"),
            format!("{PATH}?dateFrom=02/12/2026&dateTo=31/12/2026&limit=1000&page=1"),
            format!("{PATH}?dateFrom=02/12/2026&dateTo=31/12/2026&limit=1000&page=2"),
        ]
    );
}

#[tokio::test]
async fn a_stream_asks_for_no_more_than_its_reader_wants() {
    let server = MockServer::start().await;
    serve(&server, "01/11/2026", "1", page(1, 3, &[1, 2])).await;
    let calls = client(&server).calls().list(november()).stream();

    let first = std::pin::pin!(calls).try_next().await.unwrap();

    assert_eq!(first.unwrap().call_id, 1);
    assert_eq!(asked(&server).await.len(), 1);
}

#[tokio::test]
async fn a_stream_can_be_spawned_after_its_client_is_gone() {
    let server = MockServer::start().await;
    serve(&server, "01/11/2026", "1", page(1, 1, &[1])).await;
    let stream = client(&server).calls().list(november()).stream();

    let calls: Vec<Call> = tokio::spawn(stream.try_collect()).await.unwrap().unwrap();

    assert_eq!(calls.len(), 1);
}

#[tokio::test]
async fn every_field_of_a_call_is_read() {
    let server = MockServer::start().await;
    let body = json!({"page": 1, "pageTotal": 1, "records": [full_call()]});
    Mock::given(any())
        .respond_with(server::json(&body))
        .mount(&server)
        .await;

    let page = client(&server)
        .calls()
        .list(november())
        .send()
        .await
        .unwrap();

    let call = &page.records[0];
    assert_eq!(call.call_phase, Some(CallPhase::Disconnected));
    assert_eq!(call.attribution, Some(Attribution::LastNonDirect));
    assert_eq!(call.call_tags[1].kind, TagKind::Manual);
    assert_eq!(call.call_tags[1].names, ["Лид", "VIP"]);
    assert_eq!(
        call.started_at(),
        Timestamp::from_second(1_700_000_000).ok()
    );
    assert_eq!((call.duration, call.waiting_connect), (Some(-30), None));
    assert_eq!(call.keyword.as_ref().unwrap().value(), None);
    assert_eq!(call.session_id, Some(4_794_763_832));
    assert_eq!(call.ct_client_id, Some(9_007_199_254_740_993));
    assert_eq!(call.map_visits[0].ct_client_id, Some(9_007_199_254_740_995));
    assert_eq!(call.orders[0].order_number.as_deref(), Some("77"));
    assert_eq!(call.orders[0].planned_amount, "1000.5".parse().ok());
    assert_eq!(call.google_ads.as_ref().unwrap().creative_id, Some(3));
    assert_eq!(call.dcm.as_ref().unwrap().profile_id, Some(6));
    assert_eq!(
        call.callback_info.as_ref().unwrap().callback_final_attempt,
        Some(true)
    );
    assert_eq!(
        call.comments[0].party_name.as_ref().unwrap().as_str(),
        "anna"
    );
    assert_eq!(call.phones_in_text, ["79990000009"]);
    assert_eq!(call.extra.keys().collect::<Vec<_>>(), ["brandNew"]);
}

#[test]
fn a_call_survives_being_stored() {
    let call: Call = serde_json::from_value(full_call()).unwrap();

    let stored = serde_json::to_string(&call).unwrap();

    assert_eq!(serde_json::from_str::<Call>(&stored).unwrap(), call);
    let value: Value = serde_json::from_str(&stored).unwrap();
    for name in [
        "callId",
        "callphase",
        "callTags",
        "ref",
        "googleAdWords",
        "uniqTargetCall",
        "brandNew",
    ] {
        assert_eq!(value[name], full_call()[name], "{name}");
    }
}

#[test]
fn a_call_reads_when_every_value_has_the_wrong_but_plausible_type() {
    let call: Call = serde_json::from_value(json!({
        "callId": "24000001", "callphase": null, "attribution": "0", "timestamp": "1700000000",
        "callTags": {"type": "AUTO_CT", "names": "тон"}, "date": 5, "duration": "12", "callerNumber": 79_990_000_001_u64,
        "successful": "True", "uniqueCall": 1, "targetCall": "0", "sessionId": "", "ctClientId": "9007199254740993",
        "clientId": 123, "additionalTags": null, "mapVisits": "", "comments": {"commentId": "1", "pertyName": 2},
        "phonesInText": "79990000009", "orders": null, "yandexDirect": true, "googleAdWords": [], "dcm": "no",
        "callbackInfo": {"leadId": "3", "fields": {"name": 1}},
    }))
    .unwrap();

    assert_eq!(call.call_id, 24_000_001);
    assert_eq!(call.attribution, Some(Attribution::Last));
    assert_eq!(
        call.started_at(),
        Timestamp::from_second(1_700_000_000).ok()
    );
    assert_eq!(
        (&call.call_tags[0].kind, &call.call_tags[0].names[0][..]),
        (&TagKind::AutoCt, "тон")
    );
    assert_eq!(
        (call.successful, call.unique_call, call.target_call),
        (Some(true), Some(true), Some(false))
    );
    assert_eq!(
        (call.session_id, call.ct_client_id),
        (None, Some(9_007_199_254_740_993))
    );
    assert_eq!(call.caller_number.unwrap().as_str(), "79990000001");
    assert_eq!(call.comments[0].comment_id, Some(1));
    assert_eq!(call.phones_in_text, ["79990000009"]);
    assert_eq!(
        (call.yandex_direct, call.google_ads, call.dcm),
        (None, None, None)
    );
    assert_eq!(call.callback_info.unwrap().fields.len(), 1);
}

#[test]
fn a_call_with_nothing_but_its_id_reads() {
    let call: Call = serde_json::from_str(r#"{"callId":1}"#).unwrap();

    assert_eq!(
        (call.call_id, call.started_at(), call.extra.len()),
        (1, None, 0)
    );
}

#[test]
fn a_call_without_seconds_began_at_its_moscow_date() {
    let call: Call = serde_json::from_str(r#"{"callId":1,"date":"15/11/2023 1:13:20"}"#).unwrap();

    assert_eq!(
        call.started_at(),
        Timestamp::from_second(1_700_000_000).ok()
    );
}

#[tokio::test]
async fn a_call_that_cannot_be_read_is_named_and_not_quoted_and_costs_no_other() {
    let server = MockServer::start().await;
    let records = json!([{"callId": 1}, {"callId": 2, "mapVisits": [{"sessionId": "79990000001x"}]},
        {"date": "79990000001"}, {"callId": 3}]);
    Mock::given(any())
        .respond_with(server::json(&json!({"pageTotal": 1, "records": records})))
        .mount(&server)
        .await;
    let client = client(&server);
    let list = || client.calls().list(november());

    let page = list().send().await.unwrap();
    let streamed: Vec<_> = list().stream().collect().await;

    assert_eq!(ids(&page.records), [1, 3]);
    let rejected: Vec<_> = page
        .rejected
        .iter()
        .map(|error| (error.index(), error.id(), error.field()))
        .collect();
    assert_eq!(
        rejected,
        [
            (1, Some(2), Some("mapVisits[0].sessionId")),
            (2, None, None)
        ]
    );
    let shown: Vec<String> = streamed
        .iter()
        .map(|call| match call {
            Ok(call) => call.call_id.to_string(),
            Err(error) => format!("{} {error}", error.is_record()),
        })
        .collect();
    assert_eq!(
        shown,
        [
            "1",
            "true calls.list of site 12345: cannot read `mapVisits[0].sessionId` of the record 2: \
             expected a whole number",
            "true calls.list of site 12345: cannot read the record at place 2: missing field `callId`",
            "3",
        ]
    );
    assert!(!format!("{page:?} {streamed:?}").contains("79990000001"));
}

#[tokio::test]
async fn only_a_failure_that_ends_the_stream_is_no_record() {
    let server = MockServer::start().await;
    let first = json!({"pageTotal": 2, "records": [{"callId": "x"}, {"callId": 1}]});
    serve(&server, "01/11/2026", "1", first).await;
    Mock::given(query_param("page", "2"))
        .respond_with(ResponseTemplate::new(400))
        .mount(&server)
        .await;

    let calls: Vec<_> = client(&server)
        .calls()
        .list(november())
        .stream()
        .collect()
        .await;

    let kinds: Vec<_> = calls
        .iter()
        .map(|call| call.as_ref().map_err(calltouch_api::Error::is_record).err())
        .collect();
    assert_eq!(kinds, [Some(true), None, Some(false)]);
}

#[tokio::test]
async fn a_page_size_nobody_allows_is_refused_before_anything_is_sent() {
    let server = MockServer::start().await;
    let client = client(&server);

    for size in [0, 1001] {
        let error = client
            .calls()
            .list(november())
            .page_size(size)
            .send()
            .await
            .unwrap_err();
        assert!(error.is_validation() && !error.is_unclear(), "{error}");
    }

    assert_eq!(client.requests_sent(), 0);
}

#[tokio::test]
async fn a_prefix_of_the_base_url_stays_in_front() {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(200).set_body_string("[]"))
        .mount(&server)
        .await;
    let url = format!("{}/proxy/", server.uri());
    let client = server::builder(&server).base_url(url).build().unwrap();

    client.calls().list(november()).send().await.unwrap();

    assert!(asked(&server).await[0].starts_with("GET /proxy/calls-service/RestAPI/12345/"));
}
