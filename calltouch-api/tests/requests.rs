//! The journal of requests over the wire.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    unreachable_pub,
    dead_code
)]

#[path = "wire/server.rs"]
mod server;

use calltouch_api::request::Request;
use calltouch_api::{Attribution, Period, TagKind};
use futures_util::TryStreamExt;
use jiff::Timestamp;
use jiff::civil::{date, time};
use serde_json::{Value, json};
use server::{asked, client};
use wiremock::matchers::{any, query_param};
use wiremock::{Mock, MockServer};

const PATH: &str = "GET /calls-service/RestAPI/requests";

/// A request with every field that has a shape, all values invented.
fn full_request() -> Value {
    json!({
        "requestId": 910_001, "requestNumber": "910001", "siteId": 12_345,
        "date": 1_700_000_000_000_i64, "dateStr": "15/11/2023 01:13:20", "subject": "Вопрос",
        "requestUrl": "https://shop.example/form", "requestType": null, "status": null, "manager": null,
        "uniqueRequest": true, "targetRequest": false, "uniqTargetRequest": false,
        "ctClientId": 9_007_199_254_740_993_u64, "ctGlobalId": null, "hostname": "shop.example",
        "client": {"clientId": 5, "fio": "Анна", "phones": [{"phoneNumber": "79990000001", "phoneType": "MOBILE"}],
                   "contacts": [{"contactType": "EMAIL", "contactValue": "a@b.example"}]},
        "session": {"sessionId": 4_505_835_599_u64, "sessionDate": "15/11/2023 01:10:00", "keywords": "стол",
                    "source": "google", "medium": "organic", "ref": null, "utmSource": "google",
                    "utmTerm": "<не заполнено>", "guaClientId": "1.2", "attribution": 1,
                    "additionalTags": [], "attrs": null, "browser": "Chrome"},
        "comments": [{"commentId": 1, "requestId": 910_001, "comment": "цвет", "partyId": 1, "partyName": "site"}],
        "orders": [{"orderId": 3, "orderNumber": "n", "dateCreated": 1_700_000_000_000_i64, "status": "PENDING",
                    "sum": "100000.50", "realSum": "", "currentAmount": 5, "session": {"source": "x"}, "sent": true}],
        "order": null,
        "mapVisits": [{"source": "yandex"}],
        "RequestTags": [{"category": "", "type": "WEB-API", "names": ["акция"]}],
        "yandexDirect": null, "googleAdWords": {"campaignId": 4}, "dcm": [{"profileIdDCM": 1}],
        "widgetInfo": {"a": 1}, "customFields": null, "brandNew": 1
    })
}

fn ids(requests: &[Request]) -> Vec<u64> {
    requests.iter().map(|request| request.request_id).collect()
}

#[tokio::test]
async fn the_month_goes_before_the_day_and_the_site_into_the_query() {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(server::json(&json!([])))
        .mount(&server)
        .await;
    let period = Period::new(date(2026, 12, 3), date(2026, 12, 31)).unwrap();

    let requests = client(&server)
        .requests()
        .list(period)
        .attribution(Attribution::LastNonDirect)
        .bind_to("session")
        .time_from(time(0, 0, 0, 0))
        .time_to(time(12, 0, 0, 0))
        .param("new", "1")
        .with_map_visits()
        .with_tags()
        .with_yandex_direct()
        .with_google_adwords()
        .with_dcm()
        .with_custom_fields()
        .send()
        .await
        .unwrap();

    assert_eq!(requests.len(), 0);
    let query = "attribution=1&bindTo=session&dateFrom=12/03/2026&dateTo=12/31/2026&new=1&siteId=12345\
        &timeFrom=00:00:00&timeTo=12:00:00&withCustomFields=true&withDcm=true&withGoogleAdwords=true\
        &withMapVisits=true&withRequestTags=true&withYandexDirect=true";
    assert_eq!(asked(&server).await, [format!("{PATH}?{query}")]);
}

#[tokio::test]
async fn a_stream_reads_week_after_week_and_every_request_once() {
    let server = MockServer::start().await;
    for (from, list) in [
        ("11/20/2026", json!([{"requestId": 1}, {"requestId": 2}])),
        ("11/27/2026", json!([{"requestId": 2}, {"requestId": 3}])),
        ("12/04/2026", json!([])),
    ] {
        Mock::given(query_param("dateFrom", from))
            .respond_with(server::json(&list))
            .mount(&server)
            .await;
    }
    let period = Period::new(date(2026, 11, 20), date(2026, 12, 5)).unwrap();

    let requests: Vec<Request> = client(&server)
        .requests()
        .list(period)
        .stream()
        .try_collect()
        .await
        .unwrap();

    assert_eq!(ids(&requests), [1, 2, 3]);
    assert_eq!(
        asked(&server).await,
        [
            format!("{PATH}?dateFrom=11/20/2026&dateTo=11/26/2026&siteId=12345"),
            format!("{PATH}?dateFrom=11/27/2026&dateTo=12/03/2026&siteId=12345"),
            format!("{PATH}?dateFrom=12/04/2026&dateTo=12/05/2026&siteId=12345"),
        ]
    );
}

#[tokio::test]
async fn an_answer_in_pages_all_the_same_is_read_once_a_window() {
    let server = MockServer::start().await;
    let body = json!({"page": 1, "pageTotal": 9, "records": [{"requestId": 1}]});
    Mock::given(any())
        .respond_with(server::json(&body))
        .mount(&server)
        .await;
    let day = Period::day(date(2026, 11, 20));

    let requests: Vec<Request> = client(&server)
        .requests()
        .list(day)
        .stream()
        .try_collect()
        .await
        .unwrap();

    assert_eq!((ids(&requests), asked(&server).await.len()), (vec![1], 1));
}

#[test]
fn every_field_of_a_request_is_read() {
    let request: Request = serde_json::from_value(full_request()).unwrap();

    assert_eq!(
        request.created_at(),
        Timestamp::from_second(1_700_000_000).ok()
    );
    assert_eq!(request.ct_client_id, Some(9_007_199_254_740_993));
    let client = request.client.unwrap();
    assert_eq!(
        client.phones[0].phone_number.as_ref().unwrap().as_str(),
        "79990000001"
    );
    assert_eq!(
        client.contacts[0].contact_value.as_ref().unwrap().as_str(),
        "a@b.example"
    );
    let session = request.session.unwrap();
    assert_eq!(session.gua_client_id.as_ref().unwrap().value(), Some("1.2"));
    assert_eq!(session.utm_term.as_ref().unwrap().value(), None);
    assert_eq!(request.request_tags[0].kind, TagKind::WebApi);
    let order = &request.orders[0];
    assert_eq!(order.sum, "100000.50".parse().ok());
    assert_eq!(
        (order.real_sum, order.current_amount),
        (None, "5".parse().ok())
    );
    assert_eq!(order.extra["sent"], true);
    assert_eq!(request.dcm[0].profile_id, Some(1));
    assert_eq!(request.extra.keys().collect::<Vec<_>>(), ["brandNew"]);
}

#[test]
fn a_request_survives_being_stored() {
    let request: Request = serde_json::from_value(full_request()).unwrap();

    let stored = serde_json::to_string(&request).unwrap();

    assert_eq!(serde_json::from_str::<Request>(&stored).unwrap(), request);
}

#[test]
fn a_request_reads_when_every_value_has_the_wrong_but_plausible_type() {
    let request: Request = serde_json::from_value(json!({
        "requestId": "910001", "requestNumber": 910_001, "date": "1700000000000", "uniqueRequest": "FALSE",
        "ctClientId": "9007199254740993", "requestTags": {"type": "MANUAL", "names": ["a"]},
        "client": {"phones": null, "contacts": {"type": "EMAIL", "value": "a@b.example"}},
        "session": [], "comments": null, "orders": "", "dcm": {"profileIdDCM": "1"}, "yandexDirect": "false",
    }))
    .unwrap();

    assert_eq!(request.request_number.as_ref().unwrap().as_str(), "910001");
    assert_eq!(
        request.created_at(),
        Timestamp::from_second(1_700_000_000).ok()
    );
    assert_eq!(request.unique_request, Some(false));
    assert_eq!(request.ct_client_id, Some(9_007_199_254_740_993));
    assert_eq!(request.request_tags[0].names, ["a"]);
    let client = request.client.as_ref().unwrap();
    assert_eq!(
        client.contacts[0].contact_value.as_ref().unwrap().as_str(),
        "a@b.example"
    );
    assert_eq!((request.session.is_none(), request.dcm.len()), (true, 1));
}

#[test]
fn a_request_without_milliseconds_was_made_at_its_moscow_date() {
    let json = r#"{"requestId":1,"date":null,"dateStr":"15/11/2023 01:13:20"}"#;

    let request: Request = serde_json::from_str(json).unwrap();

    assert_eq!(
        request.created_at(),
        Timestamp::from_second(1_700_000_000).ok()
    );
}
