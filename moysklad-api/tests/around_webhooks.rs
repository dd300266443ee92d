//! Webhooks: registration that can be repeated, what is delivered, and writes that fire none.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use moysklad_api::counterparty::{self, Counterparty};
use moysklad_api::customer_order::CustomerOrder;
use moysklad_api::webhook::{self, Action, Delivery, DiffType, StockDelivery};
use moysklad_api::webhook_stock::{self, ReportType, StockType};
use moysklad_api::{Client, Credentials, Ensured, ErrorCode, Id, Pace};
use serde_json::{Value, json};
use uuid::Uuid;
use wiremock::matchers::{any, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

const BASE: &str = "/api/remap/1.2";
const URL: &str = "https://shop.example.org/hooks";
const ID: &str = "e5a3c7b0-7b30-11f1-0a80-05cd00000100";

fn client(server: &MockServer) -> Client {
    Client::builder(Credentials::token("t"))
        .base_url(format!("{}{BASE}", server.uri()))
        .pace(Pace::unlimited())
        .build()
        .unwrap()
}

fn registered(number: u128, url: &str, action: &str, enabled: bool) -> Value {
    json!({
        "meta": {"type": "webhook"}, "id": Uuid::from_u128(number), "entityType": "customerorder",
        "url": url, "method": "POST", "enabled": enabled, "action": action, "diffType": "NONE",
    })
}

fn list(rows: &[Value]) -> ResponseTemplate {
    let meta = json!({"size": rows.len(), "limit": 1000, "offset": 0});
    ResponseTemplate::new(200).set_body_json(json!({"meta": meta, "rows": rows}))
}

async fn mount_list(server: &MockServer, rows: &[Value], times: u64) {
    Mock::given(method("GET"))
        .and(path(format!("{BASE}/entity/webhook")))
        .respond_with(list(rows))
        .up_to_n_times(times)
        .mount(server)
        .await;
}

async fn mount_create(server: &MockServer, status: u16, answer: Value, times: u64) {
    Mock::given(method("POST"))
        .and(path(format!("{BASE}/entity/webhook")))
        .respond_with(ResponseTemplate::new(status).set_body_json(answer))
        .expect(times)
        .mount(server)
        .await;
}

#[tokio::test]
async fn only_missing_webhooks_are_registered_and_foreign_ones_stay() {
    let server = MockServer::start().await;
    let foreign = registered(1, "https://other.example.org/", "CREATE", true);
    let ours = registered(2, URL, "CREATE", true);
    mount_list(&server, &[foreign, ours], 1).await;
    mount_create(&server, 200, json!([registered(3, URL, "DELETE", true)]), 1).await;
    let wanted = [
        webhook::New::of::<CustomerOrder>(URL, Action::Delete),
        webhook::New::of::<CustomerOrder>(URL, Action::Create),
        webhook::New::of::<CustomerOrder>(URL, Action::Delete),
    ];

    let ensured = client(&server).ensure_webhooks(&wanted).await.unwrap();

    assert!(matches!(&ensured[0], Ok(Ensured::Created(hook)) if hook.action == Action::Delete));
    assert!(matches!(&ensured[1], Ok(Ensured::Present(hook)) if hook.id.uuid().as_u128() == 2));
    assert!(matches!(&ensured[2], Ok(Ensured::Present(hook)) if hook.id.uuid().as_u128() == 3));
    let requests = server.received_requests().await.unwrap();
    assert_eq!(requests.len(), 2);
    let sent: Value = requests[1].body_json().unwrap();
    assert_eq!(
        sent,
        json!([{"url": URL, "action": "DELETE", "entityType": "customerorder"}])
    );
}

#[tokio::test]
async fn registering_again_costs_one_request_and_changes_nothing() {
    let server = MockServer::start().await;
    mount_list(
        &server,
        &[registered(2, "https://shop.example.org/", "CREATE", true)],
        1,
    )
    .await;
    let wanted = [webhook::New::of::<CustomerOrder>(
        "https://shop.example.org",
        Action::Create,
    )];

    let ensured = client(&server).ensure_webhooks(&wanted).await.unwrap();

    assert!(matches!(&ensured[0], Ok(Ensured::Present(_))));
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_webhook_that_is_off_or_tells_less_is_reported_and_not_changed() {
    let server = MockServer::start().await;
    mount_list(&server, &[registered(2, URL, "UPDATE", false)], 1).await;
    let wanted = [webhook::New::of::<CustomerOrder>(URL, Action::Update).with_fields()];

    let ensured = client(&server).ensure_webhooks(&wanted).await.unwrap();

    let differences: Vec<_> = ensured[0]
        .as_ref()
        .unwrap()
        .differences()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        differences,
        [
            "diffType is `NONE` instead of `FIELDS`",
            "enabled is `false` instead of `true`"
        ]
    );
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_webhook_that_somebody_registers_meanwhile_is_present() {
    let server = MockServer::start().await;
    mount_list(&server, &[], 1).await;
    mount_list(&server, &[registered(7, URL, "CREATE", true)], 1).await;
    let exists = json!([{"errors": [{"error": "уже есть", "code": 30_003}]}]);
    mount_create(&server, 400, exists, 1).await;
    let wanted = [webhook::New::of::<CustomerOrder>(URL, Action::Create)];

    let ensured = client(&server).ensure_webhooks(&wanted).await.unwrap();

    assert!(matches!(&ensured[0], Ok(Ensured::Present(hook)) if hook.id.uuid().as_u128() == 7));
}

#[tokio::test]
async fn a_refused_webhook_says_why_and_holds_up_no_other() {
    let server = MockServer::start().await;
    mount_list(&server, &[], 2).await;
    let refused = json!({"errors": [{"error": "тариф", "code": 30_006}]});
    let answer = json!([refused, registered(8, URL, "DELETE", true)]);
    mount_create(&server, 400, answer, 1).await;
    let wanted = [Action::Create, Action::Delete]
        .map(|action| webhook::New::of::<CustomerOrder>(URL, action));

    let ensured = client(&server).ensure_webhooks(&wanted).await.unwrap();

    let error = ensured[0].as_ref().unwrap_err();
    assert_eq!(error.code(), Some(ErrorCode::WEBHOOK_TARIFF));
    assert!(matches!(&ensured[1], Ok(Ensured::Created(_))));
}

#[tokio::test]
async fn stock_webhooks_are_created_and_switched_off() {
    let server = MockServer::start().await;
    let hook = json!({"id": ID, "url": URL, "stockType": "stock", "reportType": "bystore"});
    Mock::given(any())
        .respond_with(ResponseTemplate::new(200).set_body_json(hook))
        .mount(&server)
        .await;
    let hooks = client(&server).stock_webhooks();

    let new = webhook_stock::New::new(URL, ReportType::ByStore);
    let id = hooks.create(new).send().await.unwrap().id;
    let update = webhook_stock::Update {
        enabled: Some(false),
        ..Default::default()
    };
    hooks.update(id, update).send().await.unwrap();

    let requests = server.received_requests().await.unwrap();
    let sent = |index: usize| requests[index].body_json::<Value>().unwrap();
    assert_eq!(
        sent(0),
        json!({"url": URL, "stockType": "stock", "reportType": "bystore"})
    );
    assert_eq!(sent(1), json!({"enabled": false}));
    assert!(
        requests[1]
            .url
            .path()
            .ends_with(&format!("webhookstock/{ID}"))
    );
}

#[test]
fn a_delivery_names_who_changed_what() {
    let body = json!({
        "auditContext": {"meta": {"type": "audit"}, "uid": "admin@shop", "moment": "2026-08-16 10:15:31"},
        "events": [
            {"meta": {"type": "customerorder", "href": format!("https://api.moysklad.ru{BASE}/entity/customerorder/{ID}")},
             "updatedFields": ["state"], "action": "UPDATE", "accountId": ID},
            {"meta": {"type": "counterparty", "href": "h"}, "action": "EXPLODE"},
        ],
    });
    let target = format!("/hooks?a=b&requestId={ID}");

    let delivery = Delivery::read(&target, body.to_string().as_bytes()).unwrap();

    assert_eq!(delivery.request_id.as_deref(), Some(ID));
    let context = delivery.audit_context.unwrap();
    assert_eq!(context.moment, "2026-08-16 10:15:31".parse().ok());
    let [first, second] = &delivery.events[..] else {
        panic!("two events")
    };
    assert_eq!(first.id::<CustomerOrder>(), ID.parse().ok());
    assert_eq!(first.id::<Counterparty>(), None);
    assert_eq!(
        (first.action.clone(), &first.updated_fields[..]),
        (Action::Update, &["state".to_owned()][..])
    );
    assert_eq!(second.action.as_str(), "EXPLODE");
    assert_eq!(second.id::<Counterparty>(), None);
}

#[test]
fn a_request_id_is_found_in_an_address_and_in_a_query() {
    let read = |target: &str| {
        Delivery::read(target, br#"{"events": []}"#)
            .unwrap()
            .request_id
    };

    assert_eq!(
        read("https://shop.example.org/h?requestId=5%2D1#f").as_deref(),
        Some("5-1")
    );
    assert_eq!(read("requestId=51&x=y").as_deref(), Some("51"));
    assert_eq!(read("/hooks"), None);
    assert_eq!(read("/hooks?requestId="), None);
}

#[test]
fn a_delivery_that_cannot_be_read_names_the_field_and_no_content() {
    let body = br#"{"events": [{"meta": {}, "action": {"phone": "+79151234567"}}]}"#;

    let error = Delivery::read("", body).unwrap_err();

    assert_eq!(error.field(), "events[0].action");
    assert!(!format!("{error}{error:?}").contains("7915"));
}

#[test]
fn a_giant_delivery_is_refused_unread() {
    let body = vec![b' '; 4 * 1024 * 1024 + 1];

    let error = Delivery::read("", &body).unwrap_err();

    assert!(error.to_string().contains("larger"), "{error}");
}

#[test]
fn a_stock_delivery_names_the_report() {
    let body = br#"{"accountId": "e5a3c7b0-7b30-11f1-0a80-05cd00000100", "stockType": "stock",
        "reportType": "moon", "reportUrl": "https://api.moysklad.ru/report"}"#;

    let delivery = StockDelivery::read("?requestId=1", body).unwrap();

    assert_eq!(delivery.report_url, "https://api.moysklad.ru/report");
    assert_eq!(delivery.stock_type, Some(StockType::Stock));
    assert_eq!(delivery.report_type.unwrap().as_str(), "moon");
    assert_eq!(delivery.request_id.as_deref(), Some("1"));
}

#[tokio::test]
async fn writes_of_a_suppressing_client_name_the_prefixes_and_reads_do_not() {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"id": ID, "name": "n"})))
        .mount(&server)
        .await;
    let plain = client(&server);
    let quiet = plain
        .suppressing_webhooks_to("https://a.example.org/hooks")
        .unwrap()
        .suppressing_webhooks_to("https://b.example.org")
        .unwrap();
    let id: Id<Counterparty> = ID.parse().unwrap();
    let update = counterparty::Update::default;

    quiet
        .counterparties()
        .update(id, update())
        .send()
        .await
        .unwrap();
    quiet.counterparties().get(id).send().await.unwrap();
    plain
        .counterparties()
        .update(id, update())
        .send()
        .await
        .unwrap();

    let requests = server.received_requests().await.unwrap();
    let prefixes = |index: usize| {
        requests[index]
            .headers
            .get_all("x-lognex-webhook-disablebyprefix")
            .iter()
            .map(|value| value.to_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        prefixes(0),
        ["https://a.example.org/hooks", "https://b.example.org"]
    );
    assert!(prefixes(1).is_empty() && prefixes(2).is_empty());
    assert_eq!(plain.requests_sent(), 3, "clones share their count");
}

#[tokio::test]
async fn prefixes_that_the_service_refuses_are_refused_before_sending() {
    let server = MockServer::start().await;
    let client = client(&server);

    for prefix in [
        "https://",
        "https://some_url",
        "some.host",
        "",
        "https://a.рф/\n",
    ] {
        assert!(client.suppressing_webhooks_to(prefix).is_err(), "{prefix}");
    }
    assert!(
        client
            .suppressing_webhooks_to("https://some.host/path")
            .is_ok()
    );
}

#[test]
fn a_diff_type_newer_than_the_crate_survives() {
    let word: DiffType = serde_json::from_value(json!("DEEP")).unwrap();

    assert_eq!(word.as_str(), "DEEP");
    assert_eq!(serde_json::to_value(word).unwrap(), json!("DEEP"));
}
