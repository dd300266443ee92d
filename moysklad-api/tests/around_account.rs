//! Tokens, the solution behind the credentials, company settings.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use moysklad_api::company_settings::{self, DiscountStrategy};
use moysklad_api::{Client, Credentials, ErrorCode, Pace, Patch};
use serde_json::{Value, json};
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

const BASE: &str = "/api/remap/1.2";
const ID: &str = "cc10a7d2-7c23-11f1-0a80-05cd00000500";

fn client(server: &MockServer, credentials: Credentials) -> Client {
    Client::builder(credentials)
        .base_url(format!("{}{BASE}", server.uri()))
        .pace(Pace::unlimited())
        .attempts(3)
        .build()
        .unwrap()
}

fn login() -> Credentials {
    Credentials::login("admin@shop", "pw")
}

fn at(tail: &str) -> wiremock::matchers::PathExactMatcher {
    path(format!("{BASE}/{tail}"))
}

#[tokio::test]
async fn a_login_is_issued_a_token_that_does_not_show_itself() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(at("security/token"))
        .and(header("authorization", "Basic YWRtaW5Ac2hvcDpwdw=="))
        .respond_with(
            ResponseTemplate::new(201).set_body_json(json!({"access_token": "s3cret-token"})),
        )
        .expect(1)
        .mount(&server)
        .await;

    let token = client(&server, login()).issue_token().send().await.unwrap();

    assert_eq!(token.expose(), "s3cret-token");
    assert!(!format!("{token:?}{:?}", token.credentials()).contains("s3cret"));
    assert!(server.received_requests().await.unwrap()[0].body.is_empty());
}

#[tokio::test]
async fn a_token_cannot_issue_tokens_and_nothing_is_sent() {
    let server = MockServer::start().await;

    let error = client(&server, Credentials::token("t"))
        .issue_token()
        .send()
        .await
        .unwrap_err();

    assert!(error.to_string().contains("login"), "{error}");
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn issuing_a_token_is_not_repeated_after_an_unclear_end() {
    let server = MockServer::start().await;
    Mock::given(at("security/token"))
        .respond_with(ResponseTemplate::new(502))
        .expect(1)
        .mount(&server)
        .await;

    let error = client(&server, login())
        .issue_token()
        .send()
        .await
        .unwrap_err();

    assert!(error.is_unclear());
}

#[tokio::test]
async fn a_solution_learns_its_name_and_a_user_that_there_is_none() {
    let server = MockServer::start().await;
    let refused = json!({"errors": [{"error": "нет", "code": 55_005}]});
    Mock::given(at("context/application"))
        .respond_with(ResponseTemplate::new(200).set_body_json(
            json!({"appUid": "crmsync.vendor@romashka", "id": ID, "new": {"field": 1}}),
        ))
        .up_to_n_times(1)
        .mount(&server)
        .await;
    Mock::given(at("context/application"))
        .respond_with(ResponseTemplate::new(403).set_body_json(refused))
        .mount(&server)
        .await;
    let client = client(&server, Credentials::token("t"));

    let application = client.current_application().send().await.unwrap();
    let error = client.current_application().send().await.unwrap_err();

    assert_eq!(
        application.app_uid.as_deref(),
        Some("crmsync.vendor@romashka")
    );
    assert_eq!(application.id.to_string(), ID);
    assert!(error.codes().any(|code| code == ErrorCode::from(55_005)));
}

#[tokio::test]
async fn settings_are_read_and_only_what_is_named_is_changed() {
    let server = MockServer::start().await;
    let settings = json!({
        "meta": {"type": "companysettings"},
        "currency": {"meta": {"type": "currency"}, "id": ID, "name": "руб", "isoCode": "RUB"},
        "priceTypes": [{"meta": {"type": "pricetype"}, "id": ID, "name": "Цена продажи"}],
        "discountStrategy": "byMoon", "useRecycleBin": true, "accountCountry": "RU",
    });
    Mock::given(at("context/companysettings"))
        .respond_with(ResponseTemplate::new(200).set_body_json(settings))
        .mount(&server)
        .await;
    let resource = client(&server, Credentials::token("t")).company_settings();

    let read = resource.get().send().await.unwrap();
    let update = company_settings::Update {
        use_recycle_bin: Some(false),
        discount_strategy: Some(DiscountStrategy::BySum),
        company_address: Patch::Clear,
        ..Default::default()
    };
    resource.update(update).send().await.unwrap();

    let currency = read.currency.unwrap();
    assert_eq!(currency.get().unwrap().iso_code.as_deref(), Some("RUB"));
    assert_eq!(read.price_types[0].get().unwrap().name, "Цена продажи");
    assert_eq!(read.discount_strategy.unwrap().as_str(), "byMoon");
    let request = &server.received_requests().await.unwrap()[1];
    assert_eq!(request.method.as_str(), "PUT");
    let sent: Value = request.body_json().unwrap();
    assert_eq!(
        sent,
        json!({"useRecycleBin": false, "discountStrategy": "bySum", "companyAddress": ""})
    );
}

#[tokio::test]
async fn custom_dictionaries_are_listed_in_both_documented_forms() {
    let row = json!({
        "meta": {"type": "customentitymetadata"}, "id": ID, "name": "Рекламный канал",
        "attributes": {"meta": {"size": 0}}, "createShared": false,
    });
    for rows in [json!([row]), json!({"meta": {}, "rows": [row]})] {
        let server = MockServer::start().await;
        Mock::given(at("context/companysettings/metadata"))
            .respond_with(ResponseTemplate::new(200).set_body_json(json!({"customEntities": rows})))
            .mount(&server)
            .await;

        let all = client(&server, Credentials::token("t"))
            .company_settings()
            .custom_dictionaries()
            .send()
            .await
            .unwrap();

        assert_eq!(all[0].name.as_deref(), Some("Рекламный канал"));
        assert_eq!(all[0].create_shared, Some(false));
    }
}
