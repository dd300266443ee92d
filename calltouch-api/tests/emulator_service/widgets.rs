//! The server callback and the events of trigger scenarios.

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{Answer, Service, TOKEN, answer, business_error, violation};

const USER_FORM: &str = "/widget-service/v1/api/widget-request/user-form/create";
const EVENT: &str = "/lead-service/v1/api/calltouch-leads/custom-event";

fn form() -> Value {
    json!({
        "routeKey": "key", "phone": "+7 (999) 000-00-01",
        "fields": [{ "name": "Город", "value": "Москва" }],
        "scheduleTime": "20-11-2026 15:00:00", "utmSource": "vk", "tags": ["акция"],
    })
}

async fn send(service: &Service, key: &str, value: Value) -> Answer {
    let mut form = form();
    form[key] = value;
    service.send(USER_FORM, &form).await
}

async fn with_widget() -> Service {
    let service = Service::start_with(|builder| builder.site(7, "other")).await;
    service.emulator.add_widget("key");
    service
}

#[tokio::test]
async fn a_form_of_an_active_widget_is_taken() {
    let service = with_widget().await;

    let (status, body) = service.send(USER_FORM, &form()).await;

    assert_eq!(status, StatusCode::OK, "{body}");
    let mut kept = form();
    kept["widgetRequestId"] = body["data"]["widgetRequestId"].clone();
    kept["siteId"] = json!(25918);
    assert!(kept["widgetRequestId"].is_u64());
    assert_eq!(service.emulator.widget_requests(), [kept]);
}

#[tokio::test]
async fn a_form_needs_a_token_that_opens_the_widgets_site() {
    let service = with_widget().await;
    let url = format!("{}{USER_FORM}", service.emulator.base_url());
    let post = || service.http.post(&url).json(&form());

    assert_eq!(answer(post()).await.0, StatusCode::FORBIDDEN);
    let token_alone = post().header("Access-Token", TOKEN);
    assert_eq!(answer(token_alone).await.0, StatusCode::OK);
    let other = post().header("Access-Token", "other");
    assert_eq!(business_error(&answer(other).await), 10003);
    let closed = post().header("Access-Token", TOKEN).header("SiteId", 7);
    assert_eq!(answer(closed).await.0, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn each_refusal_has_its_code_and_the_phone_comes_first() {
    let service = with_widget().await;
    assert_eq!(
        business_error(&send(&service, "phone", json!("123")).await),
        10013
    );
    let both = json!({ "routeKey": "unknown", "phone": "нет" });
    assert_eq!(business_error(&service.send(USER_FORM, &both).await), 10013);
    assert_eq!(
        business_error(&send(&service, "routeKey", json!("x")).await),
        10003
    );
    let field = json!({ "name": "n", "value": "v" });
    for (key, value) in [
        ("fields", json!(vec![field; 6])),
        ("fields", json!([{ "name": "n" }])),
        ("tags", json!(vec!["t"; 11])),
        ("tags", json!("t")),
        ("scheduleTime", json!("2026-11-20 15:00:00")),
    ] {
        let code = business_error(&send(&service, key, value).await);
        assert_eq!(code, 10007, "{key}");
    }
    assert!(service.emulator.widget_requests().is_empty());
}

#[tokio::test]
async fn as_many_fields_and_tags_as_allowed_are_taken() {
    let service = with_widget().await;
    let fields = json!(vec![json!({ "name": "n", "value": "v" }); 5]);
    assert_eq!(send(&service, "fields", fields).await.0, StatusCode::OK);
    let tags = json!(vec!["t"; 10]);
    assert_eq!(send(&service, "tags", tags).await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_custom_event_is_kept_with_all_its_fields() {
    let service = Service::start().await;
    let event = json!({
        "scenarioId": 5, "uniqueKey": "crm-1", "phoneNumber": "79990000001",
        "dealStatus": "Новая", "dealRevenue": "1500.50", "ctClientId": "4947491489133665161",
    });

    let (status, body) = service.send(EVENT, &event).await;

    assert_eq!(status, StatusCode::OK);
    assert!(body["data"].is_object());
    let mut kept = event;
    kept["siteId"] = json!(25918);
    assert_eq!(service.emulator.custom_events(), [kept]);
}

#[tokio::test]
async fn a_custom_event_without_its_scenario_or_key_is_refused() {
    let service = Service::start().await;
    for (event, field) in [
        (json!({ "uniqueKey": "1" }), "scenarioId"),
        (json!({ "scenarioId": 5, "uniqueKey": "" }), "uniqueKey"),
        (json!([]), "body"),
    ] {
        assert_eq!(violation(&service.send(EVENT, &event).await), field);
    }
    assert!(service.emulator.custom_events().is_empty());
}
