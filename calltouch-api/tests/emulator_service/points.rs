//! The daily API points of a site.

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::json;

use super::{CALLS, CREATE, SITE, Service, business_error, order};

const DAY: [(&str, &str); 2] = [("dateFrom", "20/11/2026"), ("dateTo", "20/11/2026")];

#[tokio::test(start_paused = true)]
async fn a_request_without_a_point_is_refused_and_not_carried_out() {
    let service = Service::start().await;
    service.emulator.set_daily_points(SITE, Some(2));
    assert_eq!(service.read(CALLS, &DAY).await.0, StatusCode::OK);
    let batch = |number| json!({ "orders": [order(number)] });
    assert_eq!(
        service.send(CREATE, &batch("crm-1")).await.0,
        StatusCode::OK
    );
    assert_eq!(service.emulator.points_left(SITE), Some(0));

    let refused = business_error(&service.send(CREATE, &batch("crm-2")).await);

    assert_eq!(refused, business_error(&service.read(CALLS, &DAY).await));
    assert!(service.emulator.deal("crm-2").is_none());
}

#[tokio::test]
async fn only_a_request_that_succeeds_costs_a_point() {
    let service = Service::start().await;
    service.emulator.set_daily_points(SITE, Some(5));
    service.read(CALLS, &[]).await;
    service.send(CREATE, &json!({})).await;
    assert_eq!(service.emulator.points_left(SITE), Some(5));
    service.read(CALLS, &DAY).await;
    assert_eq!(service.emulator.points_left(SITE), Some(4));
}

#[tokio::test(start_paused = true)]
async fn the_points_come_back_at_midnight_in_moscow() {
    let service = Service::start().await;
    service.emulator.set_daily_points(SITE, Some(1));
    service.read(CALLS, &DAY).await;
    // The clock starts at noon.
    service
        .emulator
        .advance(Duration::from_hours(12) - Duration::from_secs(1));
    assert_eq!(service.emulator.points_left(SITE), Some(0));
    service.emulator.advance(Duration::from_secs(1));
    assert_eq!(service.emulator.points_left(SITE), Some(1));
    assert_eq!(service.read(CALLS, &DAY).await.0, StatusCode::OK);
}

#[tokio::test]
async fn each_site_has_its_own_points_or_no_end_of_them() {
    let service = Service::start_with(|builder| builder.site(7, super::TOKEN)).await;
    service.emulator.set_daily_points(7, Some(0));
    let other = "/calls-service/RestAPI/7/calls-diary/calls";
    business_error(&service.read(other, &DAY).await);
    assert_eq!(service.read(CALLS, &DAY).await.0, StatusCode::OK);
    assert_eq!(service.emulator.points_left(SITE), None);
    service.emulator.set_daily_points(7, None);
    assert_eq!(service.read(other, &DAY).await.0, StatusCode::OK);
}
