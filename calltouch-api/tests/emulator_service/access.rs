//! Tokens, sites, unknown paths and the pace.

use std::time::Duration;

use calltouch_api::emulator::Quirks;
use reqwest::{StatusCode, header};
use serde_json::json;

use super::{CALLS, CREATE, Service, answer, order};

const DAY: [(&str, &str); 2] = [("dateFrom", "20/11/2026"), ("dateTo", "20/11/2026")];

#[tokio::test]
async fn a_wrong_or_absent_token_is_refused_in_both_families() {
    let service = Service::start().await;
    let base = service.emulator.base_url();
    let journal = || service.http.get(format!("{base}{CALLS}")).query(&DAY);
    let create = || {
        service
            .http
            .post(format!("{base}{CREATE}"))
            .json(&json!({ "orders": [order("crm-1")] }))
    };

    let refused = [
        journal(),
        journal().query(&[("clientApiId", "wrong")]),
        create(),
        create().header("SiteId", 25918),
        create()
            .header("SiteId", 25918)
            .header("Access-Token", "wrong"),
    ];

    for request in refused {
        let (status, body) = answer(request).await;
        assert_eq!(status, StatusCode::FORBIDDEN);
        assert_eq!(body, json!({ "message": "Invalid credentials" }));
    }
    assert!(service.emulator.deals().is_empty());
}

#[tokio::test]
async fn a_token_opens_only_its_own_sites() {
    let service = Service::start_with(|builder| builder.site(7, "other").site(8, "other")).await;
    let base = service.emulator.base_url();
    let journal = async |site: u64, token: &str| {
        let url = format!("{base}/calls-service/RestAPI/{site}/calls-diary/calls");
        answer(
            service
                .http
                .get(url)
                .query(&DAY)
                .query(&[("clientApiId", token)]),
        )
        .await
        .0
    };

    assert_eq!(journal(7, "other").await, StatusCode::OK);
    assert_eq!(journal(8, "other").await, StatusCode::OK);
    assert_eq!(journal(25918, "other").await, StatusCode::FORBIDDEN);
    assert_eq!(journal(7, super::TOKEN).await, StatusCode::FORBIDDEN);
    let create = service
        .http
        .post(format!("{base}{CREATE}"))
        .header("Access-Token", "other");
    let (status, body) = answer(create.header("SiteId", 25918).json(&json!({}))).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(body["message"].is_string());
}

#[tokio::test]
async fn an_unknown_path_leads_to_the_help_centre() {
    let service = Service::start().await;

    for path in [
        "/sites-service/sites",
        "/calls-service/RestAPI/shop/calls-diary/calls",
    ] {
        let response = service.reading(path, &DAY).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::FOUND, "{path}");
        assert_eq!(
            response.headers()[header::LOCATION],
            "https://www.calltouch.ru/support/"
        );
    }
}

#[tokio::test]
async fn an_unknown_path_can_lead_to_a_page_instead() {
    let service = Service::start().await;
    service.emulator.quirks(Quirks {
        html_answers: true,
        ..Quirks::default()
    });

    for path in [
        "/sites-service/sites",
        "/calls-service/RestAPI/shop/getnodeid",
    ] {
        let response = service.reading(path, &DAY).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        let kind = response.headers()[header::CONTENT_TYPE].to_str().unwrap();
        assert!(kind.starts_with("text/html"), "{kind}");
    }
    assert_eq!(service.read(CALLS, &DAY).await.1, json!([]), "a known path");
}

#[tokio::test]
async fn the_node_of_a_known_site_is_told_without_a_token() {
    let service = Service::start().await;
    let node = async |site: u64| {
        let base = service.emulator.base_url();
        let url = format!("{base}/calls-service/RestAPI/{site}/getnodeid/");
        answer(service.http.get(url)).await
    };

    assert_eq!(node(25918).await, (StatusCode::OK, json!({ "nodeId": 1 })));
    assert_eq!(node(1).await.0, StatusCode::FORBIDDEN);
}

#[tokio::test(start_paused = true)]
async fn the_sixth_request_of_a_second_is_turned_away_with_a_wait() {
    let service = Service::start_with(|builder| builder.limits(true)).await;
    for _ in 0..5 {
        assert_eq!(service.read(CALLS, &DAY).await.0, StatusCode::OK);
    }

    let turned_away = service.reading(CALLS, &DAY).send().await.unwrap();

    assert_eq!(turned_away.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(turned_away.headers()[header::RETRY_AFTER], "1");
    assert_eq!(service.emulator.stats().answered_429, 1);
    tokio::time::advance(Duration::from_millis(999)).await;
    assert_eq!(
        service.read(CALLS, &DAY).await.0,
        StatusCode::TOO_MANY_REQUESTS
    );
    tokio::time::advance(Duration::from_millis(1)).await;
    assert_eq!(service.read(CALLS, &DAY).await.0, StatusCode::OK);
}

#[tokio::test(start_paused = true)]
async fn a_write_that_comes_too_soon_is_not_carried_out() {
    let service = Service::start_with(|builder| builder.limits(true)).await;
    for _ in 0..5 {
        service.read(CALLS, &DAY).await;
    }

    let (status, body) = service
        .send(CREATE, &json!({ "orders": [order("crm-1")] }))
        .await;

    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
    assert!(body["message"].is_string());
    assert!(service.emulator.deals().is_empty());
}

#[tokio::test(start_paused = true)]
async fn without_limits_nobody_is_turned_away() {
    let service = Service::start().await;
    for _ in 0..20 {
        assert_eq!(service.read(CALLS, &DAY).await.0, StatusCode::OK);
    }
}
