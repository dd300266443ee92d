//! The journal of requests.

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{REQUESTS, Service, column, violation};

const DAY: [(&str, &str); 3] = [
    ("siteId", "25918"),
    ("dateFrom", "11/20/2026"),
    ("dateTo", "11/20/2026"),
];

#[tokio::test]
async fn the_answer_is_a_bare_array_whatever_page_is_asked_for() {
    let service = Service::start().await;
    for (id, date) in [(1, "20/11/2026 12:00:01"), (2, "20/11/2026 12:00:00")] {
        service
            .emulator
            .add_request(json!({ "requestId": id, "dateStr": date }));
    }
    let paged = [&DAY[..], &[("page", "2"), ("limit", "1")]].concat();
    for query in [&DAY[..], &paged] {
        let (status, body) = service.read(REQUESTS, query).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(column(body.as_array().unwrap(), "requestId"), [2, 1]);
    }
}

#[tokio::test]
async fn a_trailing_slash_makes_no_difference() {
    let service = Service::start().await;
    service.emulator.add_request(json!({}));
    let with_slash = service.read("/calls-service/RestAPI/requests/", &DAY).await;
    assert_eq!(with_slash, service.read(REQUESTS, &DAY).await);
    assert_eq!(with_slash.1.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn the_month_comes_before_the_day() {
    let service = Service::start().await;
    service
        .emulator
        .add_request(json!({ "dateStr": "02/11/2026 12:00:00" }));
    let read = async |day: &str| {
        let query = [("siteId", "25918"), ("dateFrom", day), ("dateTo", day)];
        service.read(REQUESTS, &query).await
    };

    assert_eq!(read("11/02/2026").await.1.as_array().unwrap().len(), 1);
    assert_eq!(
        read("02/11/2026").await.1,
        json!([]),
        "the eleventh of February"
    );
    assert_eq!(violation(&read("20/11/2026").await), "dateFrom");
}

#[tokio::test]
async fn a_site_must_be_named() {
    let service = Service::start().await;
    assert_eq!(
        violation(&service.read(REQUESTS, &DAY[1..]).await),
        "siteId"
    );
}

#[tokio::test]
async fn optional_data_is_null_unless_its_flag_is_set() {
    let flags = [
        ("withMapVisits", "mapVisits"),
        ("withRequestTags", "RequestTags"),
        ("withYandexDirect", "yandexDirect"),
        ("withGoogleAdwords", "googleAdWords"),
        ("withDcm", "dcm"),
        ("withCustomFields", "customFields"),
    ];
    let service = Service::start().await;
    let mut request = json!({});
    for (_, key) in flags {
        request[key] = json!([{ "of": key }]);
    }
    service.emulator.add_request(request.clone());

    for (flag, key) in flags {
        let shown = &service.requests_of_the_day(&[(flag, "True")]).await[0];
        for (_, other) in flags {
            let expected = if other == key {
                &request[key]
            } else {
                &Value::Null
            };
            assert_eq!(&shown[other], expected, "{other} with {flag}");
        }
    }
}

#[tokio::test]
async fn times_of_day_and_sessions_bound_the_period() {
    let service = Service::start().await;
    service.emulator.add_request(json!({
        "requestId": 1, "dateStr": "20/11/2026 12:00:00",
        "session": { "sessionId": 1, "sessionDate": "20/11/2026 11:00:00" },
    }));
    service
        .emulator
        .add_request(json!({ "requestId": 2, "dateStr": "20/11/2026 13:00:00" }));

    let morning = service.requests_of_the_day(&[("timeTo", "12:00:00")]).await;
    assert_eq!(column(&morning, "requestId"), [1]);
    let sessions = service.requests_of_the_day(&[("bindTo", "session")]).await;
    assert_eq!(column(&sessions, "requestId"), [1]);
}

#[tokio::test]
async fn deals_show_on_their_request_with_sums_as_text() {
    let service = Service::start().await;
    service.emulator.add_request(json!({ "requestId": 1 }));
    service.emulator.add_deal(json!({
        "orderNumber": "crm-1", "status": "PENDING", "revenue": "1500.50",
        "orderDate": "20-11-2026 12:00:00",
        "matching": [{ "type": "request", "requestParams": { "requestId": 1 } }],
    }));

    let order = &service.requests_of_the_day(&[]).await[0]["orders"][0];

    assert_eq!(order["orderNumber"], "crm-1");
    assert_eq!(order["dateCreated"], 1_795_165_200_000_u64);
    assert_eq!(order["status"], "PENDING");
    assert_eq!(order["sum"], "1500.50");
    assert_eq!(order["realSum"], Value::Null, "not completed");
    assert_eq!(order["currentAmount"], 1500.5);
}
