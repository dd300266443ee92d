//! The deals API 1.0.

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{Answer, Service, TOKEN, answer, business_error, violation};

const REGISTER: &str = "/calls-service/RestAPI/orders/register/";

async fn register(service: &Service, parameters: &[(&str, &str)]) -> Answer {
    service.read(REGISTER, parameters).await
}

async fn with_leads() -> Service {
    let service = Service::start_with(|builder| builder.site(7, TOKEN).site(8, "other")).await;
    service
        .emulator
        .add_call(json!({ "callId": 1, "callReferenceId": "pbx.1" }));
    service
        .emulator
        .add_request(json!({ "requestId": 2, "requestNumber": "r-2" }));
    service
        .emulator
        .add_call(json!({ "callId": 7, "siteId": 7 }));
    service
        .emulator
        .add_call(json!({ "callId": 8, "siteId": 8 }));
    service
}

#[tokio::test]
async fn a_deal_is_registered_for_a_lead_by_any_one_id() {
    for (name, value, lead) in [
        ("callId", "1", json!({ "by": "call", "callId": 1 })),
        (
            "callReferenceId",
            "pbx.1",
            json!({ "by": "call", "callId": 1 }),
        ),
        ("requestId", "2", json!({ "by": "request", "requestId": 2 })),
        (
            "requestNumber",
            "r-2",
            json!({ "by": "request", "requestId": 2 }),
        ),
    ] {
        let service = with_leads().await;
        let (status, made) = register(&service, &[(name, value), ("orderNumber", "crm-1")]).await;
        assert_eq!(status, StatusCode::OK, "{name}: {made}");
        assert_eq!(made["orderNumber"], "crm-1");
        assert_eq!(made["status"], "PENDING", "the first state");
        let deal = service.emulator.deal("crm-1").unwrap();
        assert_eq!(deal["matched"], lead, "{name}");
        assert_eq!(deal["orderId"], made["orderId"]);
    }
}

#[tokio::test]
async fn exactly_one_known_id_of_the_tokens_own_leads_is_needed() {
    let service = with_leads().await;
    let number = ("orderNumber", "crm-1");
    let several = register(&service, &[("callId", "1"), ("requestId", "2"), number]).await;
    assert_eq!(violation(&several), "requestId");
    assert_eq!(violation(&register(&service, &[number]).await), "callId");
    for id in ["404", "8"] {
        business_error(&register(&service, &[("callId", id), number]).await);
    }
    assert!(service.emulator.deals().is_empty());
    let (status, _) = register(&service, &[("callId", "7"), number]).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(service.emulator.deals()[0]["siteId"], 7);
}

#[tokio::test]
async fn a_deal_goes_from_pending_to_completed() {
    let service = with_leads().await;
    let base = service.emulator.base_url();
    let query = [("clientApiId", TOKEN)];
    let form = [
        ("callId", "1"),
        ("orderNumber", "crm-1"),
        ("status", "PENDING"),
        ("orderDate", "20/11/2026 10:00:00"),
        ("sum", "1500.50"),
        ("manager", "Иван"),
        ("orderComments", "Срочно"),
    ];
    let post = service.http.post(format!("{base}{REGISTER}"));
    let (status, made) = answer(post.query(&query).form(&form)).await;
    assert_eq!(status, StatusCode::OK, "{made}");
    assert_eq!(made["sum"], "1500.50");
    assert_eq!(made["realSum"], Value::Null);
    assert_eq!(made["orderComments"], "Срочно");
    assert_eq!(made["dateCreated"], 1_795_158_000_000_u64);

    let completed = [
        ("callId", "1"),
        ("orderNumber", "crm-1"),
        ("status", "completed"),
        ("realSum", "1400"),
        ("completedDate", "21/11/2026 10:00:00"),
    ];
    let (status, made) = register(&service, &completed).await;

    assert_eq!(status, StatusCode::OK, "{made}");
    assert_eq!(made["status"], "COMPLETED");
    assert_eq!(made["realSum"], "1400");
    assert_eq!(service.emulator.deals().len(), 1, "the same deal");
    let order = &service.calls_of_the_day(&[("withOrders", "true")]).await[0]["orders"][0];
    assert_eq!(order["orderDate"], "20/11/2026 10:00:00", "kept");
    assert_eq!(order["completedDate"], "21/11/2026 10:00:00");
    assert_eq!(order["completedAmount"], 1400);
    assert_eq!(service.emulator.deal("crm-1").unwrap()["manager"], "Иван");
}

#[tokio::test]
async fn a_state_of_ones_own_is_kept_and_leaves_the_deal_open() {
    let service = with_leads().await;
    for (word, kept) in [("CANCELLED", "CANCELED"), ("В работе", "В работе")] {
        let parameters = [("callId", "1"), ("orderNumber", word), ("status", word)];
        let (_, made) = register(&service, &parameters).await;
        assert_eq!(made["status"], kept);
        assert_eq!(made["realSum"], Value::Null);
    }
}

#[tokio::test]
async fn a_deal_without_a_number_gets_one() {
    let service = with_leads().await;
    let (_, first) = register(&service, &[("callId", "1")]).await;
    let (_, second) = register(&service, &[("callId", "1")]).await;
    assert!(first["orderNumber"].is_string());
    assert_ne!(first["orderNumber"], second["orderNumber"]);
}

#[tokio::test]
async fn what_cannot_be_read_is_refused() {
    let service = with_leads().await;
    let date = [("callId", "1"), ("orderDate", "2026-11-20")];
    assert_eq!(violation(&register(&service, &date).await), "orderDate");
    let sum = register(&service, &[("callId", "1"), ("sum", "сто")]).await;
    assert_eq!(sum.0, StatusCode::BAD_REQUEST);
    let base = service.emulator.base_url();
    let get = service.http.get(format!("{base}{REGISTER}"));
    let (status, _) = answer(get.query(&[("callId", "1")])).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(service.emulator.deals().is_empty());
}
