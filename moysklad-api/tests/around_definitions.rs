//! Making sure of additional fields and states, putting objects into states, values of all kinds.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use moysklad_api::attribute::{self, Attribute, AttributeKind, AttributeValue, Value as Held};
use moysklad_api::customer_order::CustomerOrder;
use moysklad_api::file::NewFile;
use moysklad_api::state::{self, StateType};
use moysklad_api::{Client, Credentials, Ensured, ErrorCode, Id, Pace, Ref};
use serde_json::{Value, json};
use uuid::Uuid;
use wiremock::matchers::{any, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

const BASE: &str = "/api/remap/1.2";
const METADATA: &str = "/api/remap/1.2/entity/customerorder/metadata";
const DICTIONARY: &str = "0d4ab3c2-7b20-11f1-0a80-05cd00000009";

fn client(server: &MockServer) -> Client {
    Client::builder(Credentials::token("t"))
        .base_url(format!("{}{BASE}", server.uri()))
        .pace(Pace::unlimited())
        .build()
        .unwrap()
}

fn ok(body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

fn attribute(number: u128, name: &str, kind: &str) -> Value {
    let id = Uuid::from_u128(number);
    json!({
        "meta": {"href": format!("http://127.0.0.1:1{METADATA}/attributes/{id}"), "type": "attributemetadata"},
        "id": id, "name": name, "type": kind, "required": false, "show": true,
    })
}

fn state(number: u128, name: &str, kind: &str) -> Value {
    let id = Uuid::from_u128(number);
    json!({
        "meta": {"href": format!("http://127.0.0.1:1{METADATA}/states/{id}"), "type": "state"},
        "id": id, "name": name, "color": 15_106_326, "stateType": kind,
    })
}

async fn sent(server: &MockServer, index: usize) -> Value {
    server.received_requests().await.unwrap()[index]
        .body_json()
        .unwrap()
}

#[tokio::test]
async fn missing_attributes_are_created_and_different_ones_reported() {
    let server = MockServer::start().await;
    let there = [
        attribute(1, "Источник", "string"),
        attribute(2, "Теги", "string"),
    ];
    Mock::given(method("GET"))
        .and(path(format!("{METADATA}/attributes")))
        .respond_with(ok(&json!({"meta": {"size": 2}, "rows": there})))
        .expect(1)
        .mount(&server)
        .await;
    Mock::given(method("POST"))
        .and(path(format!("{METADATA}/attributes")))
        .respond_with(ok(&attribute(3, "gclid", "string")))
        .expect(1)
        .mount(&server)
        .await;
    let wanted = [
        attribute::New::new("Источник", AttributeKind::String),
        attribute::New::new("gclid", AttributeKind::String),
        attribute::New::new("Теги", AttributeKind::Text)
            .description("calltouch:tags")
            .required(true),
    ];

    let ensured = client(&server)
        .customer_orders()
        .ensure_attributes(&wanted)
        .await
        .unwrap();

    assert!(matches!(&ensured[0], Ok(Ensured::Present(field)) if field.name == "Источник"));
    assert!(matches!(&ensured[1], Ok(Ensured::Created(field)) if field.name == "gclid"));
    let fields: Vec<_> = ensured[2]
        .as_ref()
        .unwrap()
        .differences()
        .iter()
        .map(|difference| difference.field)
        .collect();
    assert_eq!(fields, ["type", "required", "description"]);
    assert_eq!(
        sent(&server, 1).await,
        json!([{"name": "gclid", "type": "string"}])
    );
}

#[tokio::test]
async fn an_attribute_that_somebody_creates_meanwhile_is_present() {
    let server = MockServer::start().await;
    let list =
        |rows: Value| ok(&json!({"meta": {"size": rows.as_array().unwrap().len()}, "rows": rows}));
    Mock::given(method("GET"))
        .respond_with(list(json!([])))
        .up_to_n_times(1)
        .mount(&server)
        .await;
    Mock::given(method("GET"))
        .respond_with(list(json!([attribute(3, "gclid", "string")])))
        .mount(&server)
        .await;
    let refused = json!([
        {"errors": [{"error": "уникальность", "code": 3006}]},
        {"errors": [{"error": "нужен администратор", "code": 14_013}]},
    ]);
    Mock::given(method("POST"))
        .respond_with(ResponseTemplate::new(412).set_body_json(refused))
        .mount(&server)
        .await;
    let wanted = ["gclid", "utm"].map(|name| attribute::New::new(name, AttributeKind::String));

    let ensured = client(&server)
        .customer_orders()
        .ensure_attributes(&wanted)
        .await
        .unwrap();

    assert!(matches!(&ensured[0], Ok(Ensured::Present(_))));
    assert_eq!(
        ensured[1].as_ref().unwrap_err().code(),
        Some(ErrorCode::REQUIRED_NEEDS_ADMIN)
    );
}

#[tokio::test]
async fn one_dictionary_has_links_of_two_forms() {
    let server = MockServer::start().await;
    let link = |path: String| json!({"href": format!("https://api.moysklad.ru{BASE}/{path}")});
    let mut there = attribute(1, "Канал", "customentity");
    there["customEntityMeta"] = link(format!("entity/customentity/{DICTIONARY}/metadata"));
    Mock::given(any())
        .respond_with(ok(&json!({"meta": {"size": 1}, "rows": [there]})))
        .mount(&server)
        .await;
    let wanted = |dictionary: &str| {
        let path = format!("context/companysettings/metadata/customEntities/{dictionary}");
        attribute::New::new("Канал", AttributeKind::CustomEntity)
            .dictionary(serde_json::from_value(link(path)).unwrap())
    };
    let other = Uuid::from_u128(7).to_string();
    let orders = client(&server).customer_orders();

    let same = orders
        .ensure_attributes(&[wanted(DICTIONARY)])
        .await
        .unwrap();
    let different = orders.ensure_attributes(&[wanted(&other)]).await.unwrap();

    assert!(matches!(&same[0], Ok(Ensured::Present(_))));
    let differences = different[0].as_ref().unwrap().differences().to_vec();
    assert_eq!(differences[0].field, "customEntityMeta");
    assert_eq!(differences[0].found, DICTIONARY);
}

#[test]
fn a_dictionary_is_named_under_the_services_own_host() {
    let path = format!("{BASE}/context/companysettings/metadata/customEntities/{DICTIONARY}");
    let meta = json!({"href": format!("http://127.0.0.1:9{path}"), "type": "customentitymetadata"});
    let new = attribute::New::new("Канал", AttributeKind::CustomEntity)
        .dictionary(serde_json::from_value(meta).unwrap());

    let written = serde_json::to_value(new).unwrap();

    assert_eq!(
        written["customEntityMeta"],
        json!({
            "href": format!("https://api.moysklad.ru{path}"),
            "type": "customentitymetadata", "mediaType": "application/json",
        })
    );
}

#[tokio::test]
async fn missing_states_are_created_and_different_ones_reported() {
    let server = MockServer::start().await;
    let states = [
        state(1, "Новый", "Regular"),
        state(2, "Доставлен", "Regular"),
    ];
    Mock::given(method("GET"))
        .and(path(METADATA))
        .respond_with(ok(&json!({"states": states})))
        .expect(1)
        .mount(&server)
        .await;
    Mock::given(method("POST"))
        .and(path(format!("{METADATA}/states")))
        .respond_with(ok(&json!([state(3, "Оплачен", "Regular")])))
        .expect(1)
        .mount(&server)
        .await;
    let wanted = [
        state::New::new("Доставлен", 15_106_326, StateType::Successful),
        state::New::new("Оплачен", 15_106_326, StateType::Regular),
        state::New::new("Новый", 40_931, StateType::Regular),
    ];

    let ensured = client(&server)
        .customer_orders()
        .ensure_states(&wanted)
        .await
        .unwrap();

    let differences = |index: usize| ensured[index].as_ref().unwrap().differences().to_vec();
    assert_eq!(differences(0)[0].field, "stateType");
    assert!(matches!(&ensured[1], Ok(Ensured::Created(state)) if state.name == "Оплачен"));
    assert_eq!(
        differences(2)[0].to_string(),
        "color is `15106326` instead of `40931`"
    );
}

#[tokio::test]
async fn states_are_found_by_name_and_by_type_in_the_services_order() {
    let server = MockServer::start().await;
    let states = [
        state(1, "Возврат", "Unsuccessful"),
        state(2, "Новый", "Regular"),
        state(3, "Отменен", "Unsuccessful"),
    ];
    Mock::given(path(METADATA))
        .respond_with(ok(&json!({"states": states})))
        .mount(&server)
        .await;
    let states = client(&server).customer_orders().states();

    let found = states.find("Новый").await.unwrap().unwrap();
    let lost = states.of_type(&StateType::Unsuccessful).await.unwrap();

    assert_eq!(found.id.uuid().as_u128(), 2);
    assert!(states.find("новый").await.unwrap().is_none());
    let names: Vec<_> = lost.iter().map(|state| state.name.as_str()).collect();
    assert_eq!(names, ["Возврат", "Отменен"]);
}

#[tokio::test]
async fn an_object_is_put_into_a_state_and_taken_out_of_it() {
    let server = MockServer::start().await;
    let id = Uuid::from_u128(9);
    Mock::given(method("PUT"))
        .and(path(format!("{BASE}/entity/customerorder/{id}")))
        .respond_with(ok(&json!({"id": id, "name": "1"})))
        .expect(2)
        .mount(&server)
        .await;
    let orders = client(&server).customer_orders();
    let state = Uuid::from_u128(2);

    orders
        .set_state(id.into(), state.into())
        .send()
        .await
        .unwrap();
    orders.clear_state(id.into()).send().await.unwrap();

    assert_eq!(
        sent(&server, 0).await,
        json!({"state": {"meta": {
            "href": format!("https://api.moysklad.ru{METADATA}/states/{state}"),
            "type": "state", "mediaType": "application/json",
        }}})
    );
    assert_eq!(sent(&server, 1).await, json!({"state": null}));
}

#[test]
fn values_of_every_kind_are_written_as_the_service_wants_them() {
    let define =
        |kind: &str| -> Attribute { serde_json::from_value(attribute(1, "n", kind)).unwrap() };
    let written = |value: AttributeValue| {
        let mut json = serde_json::to_value(value).unwrap();
        let object = json.as_object_mut().unwrap();
        object.remove("meta").unwrap();
        json
    };
    let employee = Ref::of_type("employee", Uuid::from_u128(5));
    let link = format!(
        "https://api.moysklad.ru{BASE}/entity/employee/{}",
        Uuid::from_u128(5)
    );

    for (kind, value, expected) in [
        ("string", Held::from("a"), json!("a")),
        ("text", Held::from("a\nb"), json!("a\nb")),
        ("link", Held::from("https://a"), json!("https://a")),
        ("long", Held::from(7), json!(7)),
        (
            "double",
            Held::from("4.75".parse::<rust_decimal::Decimal>().unwrap()),
            json!(4.75),
        ),
        ("boolean", Held::from(true), json!(true)),
        (
            "time",
            Held::from("2026-08-14 12:31".parse::<moysklad_api::Moment>().unwrap()),
            json!("2026-08-14 12:31:00.000"),
        ),
        (
            "employee",
            Held::from(employee),
            json!({"meta": {"href": link, "type": "employee", "mediaType": "application/json"}}),
        ),
        (
            "customentity",
            Held::Named("Сайт".to_owned()),
            json!({"name": "Сайт"}),
        ),
    ] {
        let field = define(kind);
        assert_eq!(
            written(field.value(value)),
            json!({ "value": expected }),
            "{kind}"
        );
        assert_eq!(written(field.clear()), json!({"value": null}), "{kind}");
    }
    let file = define("file");
    let new = NewFile::new("scan.pdf", &b"hello"[..]);
    assert_eq!(
        written(file.value(new)),
        json!({"file": {"filename": "scan.pdf", "content": "aGVsbG8="}})
    );
    assert_eq!(written(file.clear()), json!({"file": null}));
    let by_id = AttributeValue::clear_file::<CustomerOrder>(Id::new(Uuid::from_u128(1)));
    assert_eq!(written(by_id), json!({"file": null}));
}

#[test]
fn values_answer_by_their_kind_and_by_no_other() {
    let read = |kind: &str, value: Value| -> AttributeValue {
        let json = json!({"meta": {}, "id": Uuid::from_u128(1), "type": kind, "value": value});
        serde_json::from_value(json).unwrap()
    };
    let object = json!({"meta": {"href": "h", "type": "customentity"}, "name": "Контекст"});

    assert_eq!(read("long", json!(7)).number(), Some(7.into()));
    assert_eq!(
        read("double", json!(0.5)).number().unwrap().to_string(),
        "0.5"
    );
    assert_eq!(read("boolean", json!(false)).flag(), Some(false));
    assert!(
        read("time", json!("2026-08-14 12:31:00.000"))
            .moment()
            .is_some()
    );
    let element = read("customentity", object);
    assert_eq!(
        element.reference().unwrap().entity_type(),
        Some("customentity")
    );
    assert!(element.number().is_none() && element.flag().is_none() && element.moment().is_none());
    assert!(read("string", json!("7")).number().is_none());
}
