//! The four methods that count calls.

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{Service, TOKEN, answer, violation};

const PERIOD: [(&str, &str); 2] = [("dateFrom", "20/11/2026"), ("dateTo", "21/11/2026")];

async fn count(service: &Service, path: &str, query: &[(&str, &str)]) -> (StatusCode, Value) {
    let base = service.emulator.base_url();
    let url = format!("{base}/calls-service/RestAPI/statistics/25918/calls/{path}");
    answer(service.http.get(url).query(query)).await
}

async fn counted(service: &Service, path: &str) -> Value {
    let query = [&PERIOD[..], &[("access_token", TOKEN)]].concat();
    let (status, body) = count(service, path, &query).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    body
}

async fn with_calls() -> Service {
    let service = Service::start_with(|builder| builder.site(7, "other")).await;
    for (date, medium, keyword) in [
        ("19/11/2026 23:59:59", "organic", "поздно"),
        ("20/11/2026 10:00:00", "organic", "диван"),
        ("20/11/2026 11:00:00", "cpc", "диван"),
        ("21/11/2026 10:00:00", "organic", "диван"),
        ("21/11/2026 11:00:00", "organic", "<не указано>"),
    ] {
        service.emulator.add_call(json!({
            "date": date, "medium": medium, "keyword": keyword,
        }));
    }
    service
        .emulator
        .add_call(json!({ "siteId": 7, "date": "20/11/2026 10:00:00" }));
    service
}

#[tokio::test]
async fn calls_are_counted_in_four_ways() {
    let service = with_calls().await;
    assert_eq!(counted(&service, "total-count").await, 4);
    assert_eq!(
        counted(&service, "count-by-date").await,
        json!({ "20/11/2026": 2, "21/11/2026": 2 })
    );
    assert_eq!(
        counted(&service, "seo/count-by-date").await,
        json!({ "20/11/2026": 1, "21/11/2026": 2 })
    );
    assert_eq!(
        counted(&service, "seo/count-by-keywords").await,
        json!({ "диван": 2, "<не указано>": 1 })
    );
}

#[tokio::test]
async fn the_token_has_a_name_of_its_own_here() {
    let service = Service::start().await;
    let as_journals_do = [&PERIOD[..], &[("clientApiId", TOKEN)]].concat();
    for query in [&PERIOD[..], &as_journals_do] {
        let (status, body) = count(&service, "total-count", query).await;
        assert_eq!(status, StatusCode::FORBIDDEN);
        assert!(body["message"].is_string());
    }
}

#[tokio::test]
async fn a_period_is_needed() {
    let service = Service::start().await;
    let refused = count(&service, "count-by-date", &[("access_token", TOKEN)]).await;
    assert_eq!(violation(&refused), "dateFrom");
}
