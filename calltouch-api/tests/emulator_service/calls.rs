//! The journal of calls.

use calltouch_api::emulator::Quirks;
use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{CALLS, Service, answer, column, violation};

/// Noon of 20/11/2026 in Moscow.
const NOON: i64 = 1_795_165_200;

const DAY: [(&str, &str); 2] = [("dateFrom", "20/11/2026"), ("dateTo", "20/11/2026")];

async fn with_calls(count: u64) -> Service {
    let service = Service::start().await;
    for minute in 0..count {
        let at = NOON + i64::try_from(minute).unwrap() * 60;
        service
            .emulator
            .add_call(json!({ "callId": minute + 1, "timestamp": at }));
    }
    service
}

#[tokio::test]
async fn pages_come_in_an_envelope_that_counts_them() {
    let service = with_calls(5).await;
    let page = async |page: &str| {
        let query = [&DAY[..], &[("page", page), ("limit", "2")]].concat();
        service.read(CALLS, &query).await.1
    };

    let first = page("1").await;
    assert_eq!(first["page"], 1);
    assert_eq!(first["pageTotal"], 3);
    assert_eq!(first["pageSize"], 2);
    assert_eq!(first["recordsTotal"], 5);
    assert_eq!(
        column(first["records"].as_array().unwrap(), "callId"),
        [1, 2]
    );
    assert_eq!(
        column(page("3").await["records"].as_array().unwrap(), "callId"),
        [5]
    );
    assert_eq!(page("4").await["records"], json!([]));
}

#[tokio::test]
async fn a_page_without_a_limit_holds_a_thousand() {
    let service = with_calls(1).await;
    let (_, body) = service
        .read(CALLS, &[&DAY[..], &[("page", "1")]].concat())
        .await;
    assert_eq!(body["pageSize"], 1000);
}

#[tokio::test]
async fn an_empty_period_has_no_pages() {
    let service = Service::start().await;
    let (_, body) = service
        .read(CALLS, &[&DAY[..], &[("page", "1")]].concat())
        .await;
    assert_eq!(body["pageTotal"], 0);
    assert_eq!(body["records"], json!([]));
}

#[tokio::test]
async fn without_a_page_one_day_is_a_bare_array() {
    let service = with_calls(2).await;
    let (status, body) = service.read(CALLS, &DAY).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(column(body.as_array().unwrap(), "callId"), [1, 2]);
}

#[tokio::test]
async fn without_a_page_two_days_are_refused() {
    let service = Service::start().await;
    let query = [("dateFrom", "20/11/2026"), ("dateTo", "21/11/2026")];

    let (status, body) = service.read(CALLS, &query).await;

    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(body["data"]["apiErrorData"]["errorCode"].is_u64(), "{body}");
    assert!(body["data"]["apiErrorData"]["errorMessage"].is_string());
    let paged = service
        .read(CALLS, &[&query[..], &[("page", "1")]].concat())
        .await;
    assert_eq!(paged.0, StatusCode::OK);
}

#[tokio::test]
async fn a_period_that_ends_before_it_begins_is_refused() {
    let service = Service::start().await;
    let query = [
        ("dateFrom", "21/11/2026"),
        ("dateTo", "20/11/2026"),
        ("page", "1"),
    ];
    let (status, body) = service.read(CALLS, &query).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(body["data"]["apiErrorData"].is_object(), "{body}");
}

#[tokio::test]
async fn each_parameter_that_cannot_be_read_is_named() {
    let service = Service::start().await;
    let cases = [
        ("dateFrom", "11/20/2026"),
        ("dateTo", "2026-11-20"),
        ("timeFrom", "9:00"),
        ("page", "0"),
        ("page", "first"),
        ("limit", "1001"),
        ("limit", "0"),
        ("withOrders", "perhaps"),
        ("attribution", "2"),
        ("callId", "one"),
    ];
    for (name, value) in cases {
        let page = [("page", "1")];
        let query = [&DAY[..], &page, &[(name, value)]].concat();
        assert_eq!(
            violation(&service.read(CALLS, &query).await),
            name,
            "{value}"
        );
    }
    assert_eq!(violation(&service.read(CALLS, &DAY[1..]).await), "dateFrom");
}

#[tokio::test]
async fn calls_come_in_the_order_of_their_time() {
    let service = Service::start().await;
    for (id, at) in [(1, NOON + 60), (2, NOON), (3, NOON + 30)] {
        service
            .emulator
            .add_call(json!({ "callId": id, "timestamp": at }));
    }
    assert_eq!(
        column(&service.calls_of_the_day(&[]).await, "callId"),
        [2, 3, 1]
    );
}

#[tokio::test]
async fn a_day_runs_from_midnight_to_midnight_in_moscow() {
    let service = Service::start().await;
    for (id, date) in [
        (1, "19/11/2026 23:59:59"),
        (2, "20/11/2026 00:00:00"),
        (3, "20/11/2026 23:59:59"),
        (4, "21/11/2026 00:00:00"),
    ] {
        service
            .emulator
            .add_call(json!({ "callId": id, "date": date }));
    }
    assert_eq!(
        column(&service.calls_of_the_day(&[]).await, "callId"),
        [2, 3]
    );
}

#[tokio::test]
async fn times_of_day_bound_the_period() {
    let service = with_calls(4).await;
    let query = [("timeFrom", "12:01:00"), ("timeTo", "12:02:00")];
    assert_eq!(
        column(&service.calls_of_the_day(&query).await, "callId"),
        [2, 3]
    );
}

#[tokio::test]
async fn optional_data_is_null_unless_its_flag_is_set() {
    let flags = [
        ("withCallTags", "callTags"),
        ("withMapVisits", "mapVisits"),
        ("withComments", "comments"),
        ("withYandexDirect", "yandexDirect"),
        ("withGoogleAdwords", "googleAdWords"),
        ("withText", "phrases"),
        ("withDcm", "dcm"),
        ("withAttrs", "attrs"),
        ("withCallbackInfo", "callbackInfo"),
        ("withCustomFields", "customFields"),
    ];
    let service = Service::start().await;
    let mut call = json!({});
    for (_, key) in flags {
        call[key] = json!([{ "of": key }]);
    }
    service.emulator.add_call(call.clone());

    for (flag, key) in flags {
        let shown = &service.calls_of_the_day(&[(flag, "true")]).await[0];
        for (_, other) in flags {
            let expected = if other == key {
                &call[key]
            } else {
                &Value::Null
            };
            assert_eq!(&shown[other], expected, "{other} with {flag}");
        }
    }
}

#[tokio::test]
async fn a_flag_may_be_spelt_as_published_clients_do() {
    let service = Service::start().await;
    service.emulator.add_call(json!({ "callTags": [] }));
    for (word, expected) in [
        ("true", json!([])),
        ("True", json!([])),
        ("1", json!([])),
        ("false", Value::Null),
        ("False", Value::Null),
        ("0", Value::Null),
    ] {
        let shown = &service.calls_of_the_day(&[("withCallTags", word)]).await[0];
        assert_eq!(shown["callTags"], expected, "{word}");
    }
}

#[tokio::test]
async fn marks_narrow_the_journal_and_combine() {
    let service = Service::start().await;
    for (id, unique, target, callback) in [
        (1, true, true, false),
        (2, true, false, false),
        (3, false, true, true),
    ] {
        service.emulator.add_call(json!({
            "callId": id, "uniqueCall": unique, "targetCall": target, "callbackCall": callback,
        }));
    }
    let cases: [(&[&str], &[u64]); 5] = [
        (&["uniqueOnly"], &[1, 2]),
        (&["targetOnly"], &[1, 3]),
        (&["uniqTargetOnly"], &[1]),
        (&["callbackOnly"], &[3]),
        (&["targetOnly", "callbackOnly"], &[3]),
    ];
    for (flags, expected) in cases {
        let query: Vec<_> = flags.iter().map(|flag| (*flag, "true")).collect();
        assert_eq!(
            column(&service.calls_of_the_day(&query).await, "callId"),
            expected,
            "{flags:?}"
        );
    }
}

#[tokio::test]
async fn filters_look_at_the_field_they_name() {
    let service = Service::start().await;
    service.emulator.add_call(json!({
        "callId": 1, "sessionId": 4_000_000_001_u64, "clientId": "1.2", "source": "google",
        "utmMedium": "cpc", "callerNumber": "79990000001",
    }));
    service.emulator.add_call(json!({ "callId": 2 }));
    let cases: [&[(&str, &str)]; 7] = [
        &[("callId", "1")],
        &[("clientId", "1.2")],
        &[("utmMedium", "cpc")],
        &[("source.value", "google")],
        &[("source.value", "goo"), ("source.filterMode", "start_with")],
        &[("ani.value", "0000001"), ("ani.filterMode", "contain")],
        &[
            ("utmMedium.value", "cpc"),
            ("utmMedium.filterMode", "equal"),
        ],
    ];
    for query in cases {
        assert_eq!(
            column(&service.calls_of_the_day(query).await, "callId"),
            [1],
            "{query:?}"
        );
    }
    assert!(
        service
            .calls_of_the_day(&[("source.value", "goo")])
            .await
            .is_empty()
    );
}

#[tokio::test]
async fn a_period_can_be_one_of_sessions() {
    let service = Service::start().await;
    let call = json!({
        "callId": 1, "date": "21/11/2026 00:05:00", "sessionId": 1,
        "sessionDate": "20/11/2026 23:59:00",
    });
    service.emulator.add_call(call);
    assert!(service.calls_of_the_day(&[]).await.is_empty());
    let bound = service.calls_of_the_day(&[("bindTo", "session")]).await;
    assert_eq!(column(&bound, "callId"), [1]);
}

#[tokio::test]
async fn the_attribution_asked_for_is_the_one_answered() {
    let service = with_calls(1).await;
    let shown = async |query: &[(&str, &str)]| {
        service.calls_of_the_day(query).await[0]["attribution"].clone()
    };
    assert_eq!(shown(&[]).await, 1);
    assert_eq!(shown(&[("attribution", "0")]).await, 0);
}

#[tokio::test]
async fn a_post_with_everything_in_the_query_reads_the_same() {
    let service = with_calls(1).await;
    let url = format!("{}{CALLS}/", service.emulator.base_url());
    let query = [("clientApiId", super::TOKEN), DAY[0], DAY[1]];
    let posted = answer(service.http.post(url).query(&query)).await;
    assert_eq!(posted, service.read(CALLS, &DAY).await);
    assert_eq!(posted.1.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn the_calls_of_another_site_stay_there() {
    let service = Service::start_with(|builder| builder.site(7, "other")).await;
    service.emulator.add_call(json!({ "siteId": 7 }));
    assert!(service.calls_of_the_day(&[]).await.is_empty());
    assert_eq!(service.emulator.calls().len(), 1);
}

#[tokio::test]
async fn an_id_of_nineteen_digits_keeps_them_all() {
    let service = Service::start().await;
    let id = 4_947_491_489_133_665_161_u64;
    service.emulator.add_call(json!({ "ctClientId": id }));
    assert_eq!(service.calls_of_the_day(&[]).await[0]["ctClientId"], id);
}

#[tokio::test]
async fn deals_show_on_their_call_only_with_orders() {
    let service = with_calls(2).await;
    let matching = json!([{ "type": "call", "callParams": { "callId": 1 } }]);
    service.emulator.add_deal(json!({
        "orderNumber": "crm-1", "status": "COMPLETED", "revenue": "1500.50",
        "orderDate": "20-11-2026 12:00:00", "statusDate": "21-11-2026 09:00:00",
        "matching": matching,
    }));

    assert_eq!(
        column(&service.calls_of_the_day(&[]).await, "orders"),
        [json!([]), json!([])]
    );
    let shown = service.calls_of_the_day(&[("withOrders", "true")]).await;
    let order = &shown[0]["orders"][0];
    assert_eq!(order["orderNumber"], "crm-1");
    assert!(order["orderId"].is_u64());
    assert_eq!(order["createdDate"], "20/11/2026 12:00:00");
    assert_eq!(order["completedDate"], "21/11/2026 09:00:00");
    assert_eq!(order["plannedAmount"], 1500.5);
    assert_eq!(order["completedAmount"], 1500.5);
    assert_eq!(shown[1]["orders"], json!([]));
}

#[tokio::test]
async fn quirks_change_the_answer_and_not_the_call() {
    let service = Service::start().await;
    let call = service.emulator.add_call(json!({
        "callId": 1, "date": "20/11/2026 09:05:03", "successful": false, "duration": 0,
    }));
    service.emulator.quirks(Quirks {
        one_digit_hours: true,
        numbers_as_text: true,
        text_flags: true,
        negative_durations: true,
        ..Quirks::default()
    });

    let shown = &service.calls_of_the_day(&[]).await[0];

    assert_eq!(shown["callId"], "1");
    assert_eq!(shown["date"], "20/11/2026 9:05:03");
    assert_eq!(shown["successful"], "False");
    assert_eq!(shown["duration"], "-30");
    assert_eq!(service.emulator.calls(), [call]);
}
