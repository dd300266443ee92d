//! Additional fields and states: definitions, values, metadata.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use moysklad_api::attribute::{self, AttributeKind, AttributeValue, Value as Held};
use moysklad_api::customer_order::{self, CustomerOrder};
use moysklad_api::organization::Organization;
use moysklad_api::state::{self, StateType};
use moysklad_api::{Client, Credentials, ErrorCode, Id, Pace, Patch};
use serde_json::{Value, json};
use uuid::Uuid;
use wiremock::matchers::{any, method, path, query_param, query_param_is_missing};
use wiremock::{Mock, MockServer, ResponseTemplate};

const BASE: &str = "/api/remap/1.2";
const METADATA: &str = "/api/remap/1.2/entity/customerorder/metadata";

fn client(server: &MockServer) -> Client {
    Client::builder(Credentials::token("t"))
        .base_url(format!("{}{BASE}", server.uri()))
        .pace(Pace::unlimited())
        .build()
        .unwrap()
}

fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn definition(number: u128, name: &str) -> Value {
    json!({
        "meta": {
            "href": format!("http://127.0.0.1:1{METADATA}/attributes/{}", uuid(number)),
            "type": "attributemetadata",
            "mediaType": "application/json",
        },
        "id": uuid(number), "name": name, "type": "string", "required": false, "show": true,
    })
}

fn state(number: u128, name: &str, kind: &str) -> Value {
    json!({
        "meta": {"href": format!("http://127.0.0.1:1{METADATA}/states/{}", uuid(number)), "type": "state"},
        "id": uuid(number), "name": name, "color": 15_106_326, "stateType": kind,
        "entityType": "customerorder",
    })
}

fn ok(body: Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

#[tokio::test]
async fn metadata_is_read_with_attributes_as_array_and_as_collection() {
    let rows = [definition(1, "utm_source"), definition(2, "gclid")];
    let states = [
        state(3, "Новый", "Regular"),
        state(4, "Доставлен", "Successful"),
    ];
    for attributes in [json!(rows), json!({"meta": {"size": 2}, "rows": rows})] {
        let server = MockServer::start().await;
        let body = json!({"attributes": attributes, "states": states, "createShared": false});
        Mock::given(path(METADATA))
            .and(query_param("expand", "attributes"))
            .respond_with(ok(body))
            .mount(&server)
            .await;

        let metadata = client(&server)
            .customer_orders()
            .metadata()
            .send()
            .await
            .unwrap();

        assert_eq!(metadata.attribute("gclid").unwrap().id.uuid(), uuid(2));
        assert_eq!(metadata.states[0].name, "Новый");
        assert_eq!(
            metadata.state("Доставлен").unwrap().state_type,
            StateType::Successful
        );
        assert_eq!(metadata.create_shared, Some(false));
    }
}

#[tokio::test]
async fn metadata_of_a_type_without_anything_is_empty() {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(ok(json!({"states": null})))
        .mount(&server)
        .await;

    let metadata = client(&server)
        .entity::<Organization>()
        .metadata()
        .send()
        .await
        .unwrap();

    assert!(metadata.attributes.is_empty() && metadata.states.is_empty());
}

#[tokio::test]
async fn attributes_that_the_metadata_leaves_out_are_read_page_by_page() {
    let server = MockServer::start().await;
    let meta = json!({"size": 3});
    Mock::given(path(METADATA))
        .respond_with(ok(
            json!({"attributes": {"meta": meta, "rows": [definition(1, "a")]}}),
        ))
        .mount(&server)
        .await;
    Mock::given(path(format!("{METADATA}/attributes")))
        .and(query_param_is_missing("offset"))
        .respond_with(ok(
            json!({"meta": meta, "rows": [definition(1, "a"), definition(2, "b")]}),
        ))
        .mount(&server)
        .await;
    Mock::given(path(format!("{METADATA}/attributes")))
        .and(query_param("offset", "2"))
        .respond_with(ok(json!({"meta": meta, "rows": [definition(3, "c")]})))
        .mount(&server)
        .await;
    let orders = client(&server).customer_orders();

    let metadata = orders.metadata().send().await.unwrap();
    let listed = orders.attributes().list().send().await.unwrap();

    assert_eq!(metadata.attributes, listed);
    let names: Vec<_> = listed
        .iter()
        .map(|attribute| attribute.name.as_str())
        .collect();
    assert_eq!(names, ["a", "b", "c"]);
}

#[tokio::test]
async fn definitions_are_created_one_by_one_and_many_at_once() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path(format!("{METADATA}/attributes")))
        .respond_with(ok(definition(1, "gclid")))
        .up_to_n_times(1)
        .mount(&server)
        .await;
    let refused = json!({"errors": [{"error": "уникальность", "code": 3006, "parameter": "name"}]});
    Mock::given(method("POST"))
        .and(path(format!("{METADATA}/attributes")))
        .respond_with(
            ResponseTemplate::new(400).set_body_json(json!([definition(2, "b"), refused])),
        )
        .mount(&server)
        .await;
    let attributes = client(&server).customer_orders().attributes();

    let new = attribute::New::new("gclid", AttributeKind::String).description("calltouch:gclid");
    let one = attributes.create(new).send().await.unwrap();
    let many = ["b", "gclid"].map(|name| attribute::New::new(name, AttributeKind::Text));
    let many = attributes.create_many(many.to_vec()).send().await;

    assert_eq!(
        (one.name.as_str(), one.kind),
        ("gclid", AttributeKind::String)
    );
    assert!(many[0].is_ok());
    assert_eq!(
        many[1].as_ref().unwrap_err().code(),
        Some(ErrorCode::NOT_UNIQUE)
    );
    let requests = server.received_requests().await.unwrap();
    let sent: Value = requests[0].body_json().unwrap();
    assert_eq!(
        sent,
        json!({"name": "gclid", "type": "string", "description": "calltouch:gclid"})
    );
}

#[tokio::test]
async fn a_definition_is_read_changed_and_deleted_by_its_id() {
    let server = MockServer::start().await;
    let id: Id<attribute::Attribute> = Id::new(uuid(1));
    let at = path(format!("{METADATA}/attributes/{id}"));
    Mock::given(method("GET"))
        .and(at)
        .respond_with(ok(definition(1, "a")))
        .expect(1)
        .mount(&server)
        .await;
    Mock::given(method("PUT"))
        .respond_with(ok(definition(1, "b")))
        .expect(1)
        .mount(&server)
        .await;
    Mock::given(method("DELETE"))
        .respond_with(ResponseTemplate::new(200))
        .expect(1)
        .mount(&server)
        .await;
    let attributes = client(&server).customer_orders().attributes();

    assert_eq!(attributes.get(id).send().await.unwrap().name, "a");
    let update = attribute::Update {
        name: Some("b".to_owned()),
        description: Patch::Clear,
        ..Default::default()
    };
    assert_eq!(
        attributes.update(id, update).send().await.unwrap().name,
        "b"
    );
    attributes.delete(id).send().await.unwrap();

    let sent: Value = server.received_requests().await.unwrap()[1]
        .body_json()
        .unwrap();
    assert_eq!(sent, json!({"name": "b", "description": null}));
}

#[tokio::test]
async fn states_keep_the_order_of_the_service() {
    let server = MockServer::start().await;
    let states = [state(2, "Я", "Regular"), state(1, "А", "Sideways")];
    Mock::given(path(METADATA))
        .respond_with(ok(json!({"states": states})))
        .mount(&server)
        .await;

    let states = client(&server)
        .customer_orders()
        .states()
        .list()
        .send()
        .await
        .unwrap();

    assert_eq!(states[0].name, "Я");
    assert_eq!(states[1].state_type.as_str(), "Sideways");
    assert_eq!(states[0].to_ref().id(), Some(states[0].id));
}

#[tokio::test]
async fn states_are_created_read_changed_and_deleted() {
    let server = MockServer::start().await;
    let answer = || ok(state(1, "Оплачен", "Regular"));
    Mock::given(method("POST"))
        .and(path(format!("{METADATA}/states")))
        .respond_with(answer())
        .mount(&server)
        .await;
    Mock::given(path(format!("{METADATA}/states/{}", uuid(1))))
        .respond_with(answer())
        .mount(&server)
        .await;
    let states = client(&server).customer_orders().states();

    let new = state::New::new("Оплачен", 10_667_543, StateType::Regular);
    let id = states.create(new).send().await.unwrap().id;
    states.get(id).send().await.unwrap();
    let update = state::Update {
        state_type: Some(StateType::Successful),
        ..Default::default()
    };
    states.update(id, update).send().await.unwrap();
    states.delete(id).send().await.unwrap();

    let requests = server.received_requests().await.unwrap();
    let sent: Value = requests[0].body_json().unwrap();
    assert_eq!(
        sent,
        json!({"name": "Оплачен", "color": 10_667_543, "stateType": "Regular"})
    );
    let sent: Value = requests[2].body_json().unwrap();
    assert_eq!(sent, json!({"stateType": "Successful"}));
}

#[tokio::test]
async fn orders_are_found_by_an_attribute_and_hold_its_value() {
    let server = MockServer::start().await;
    let order = json!({
        "id": uuid(9), "name": "1",
        "attributes": [
            {"meta": {}, "id": uuid(1), "name": "utm_source", "type": "string", "value": "google"},
            {"meta": {}, "id": uuid(2), "name": "Скан", "type": "file", "value": "a.pdf",
             "download": {"href": "h"}},
        ],
    });
    Mock::given(path(format!("{METADATA}/attributes/{}", uuid(1))))
        .respond_with(ok(definition(1, "utm_source")))
        .mount(&server)
        .await;
    Mock::given(query_param(
        "filter",
        format!(
            "https://api.moysklad.ru{METADATA}/attributes/{}=google",
            uuid(1)
        ),
    ))
    .respond_with(ok(json!({"meta": {"size": 1}, "rows": [order]})))
    .mount(&server)
    .await;
    let orders = client(&server).customer_orders();

    let source = orders
        .attributes()
        .get(Id::new(uuid(1)))
        .send()
        .await
        .unwrap();
    let found = orders
        .list()
        .filter(source.eq("google"))
        .send()
        .await
        .unwrap();

    let values = &found.rows[0].attributes;
    assert_eq!(values[0].text(), Some("google"));
    assert_eq!(values[1].value, Some(Held::File("a.pdf".to_owned())));
    assert!(values[1].download.is_some());
}

#[tokio::test]
async fn values_are_set_and_cleared_by_the_link_of_their_definition() {
    let server = MockServer::start().await;
    let saved = json!({"id": uuid(9), "name": "1"});
    Mock::given(any())
        .respond_with(ok(saved))
        .mount(&server)
        .await;
    let source: attribute::Attribute = serde_json::from_value(definition(1, "utm_source")).unwrap();
    let update = customer_order::Update {
        attributes: vec![
            source.value("google"),
            AttributeValue::clear::<CustomerOrder>(Id::new(uuid(2))),
        ],
        ..Default::default()
    };

    client(&server)
        .customer_orders()
        .update(Id::new(uuid(9)), update)
        .send()
        .await
        .unwrap();

    let link = |number| {
        json!({
            "href": format!("https://api.moysklad.ru{METADATA}/attributes/{}", uuid(number)),
            "type": "attributemetadata",
            "mediaType": "application/json",
        })
    };
    let sent: Value = server.received_requests().await.unwrap()[0]
        .body_json()
        .unwrap();
    assert_eq!(
        sent,
        json!({"attributes": [
            {"meta": link(1), "value": "google"},
            {"meta": link(2), "value": null},
        ]})
    );
}

/// A file and a text as an object holds them, and the JSON of what may be written of both.
fn read_file_and_text() -> (Vec<AttributeValue>, Value) {
    let mut file = definition(7, "Скан");
    file["type"] = json!("file");
    file["value"] = json!("scan.pdf");
    let mut text = definition(8, "Источник");
    text["value"] = json!("сайт");
    let read = [file, text].map(|entry| serde_json::from_value(entry).unwrap());
    let meta = json!({
        "href": format!("https://api.moysklad.ru{METADATA}/attributes/{}", uuid(8)),
        "type": "attributemetadata", "mediaType": "application/json",
    });
    (read.into(), json!([{"meta": meta, "value": "сайт"}]))
}

/// The additional fields that an update writes.
fn written<U: Default + serde::Serialize>(set: impl FnOnce(&mut U)) -> Value {
    let mut update = U::default();
    set(&mut update);
    serde_json::to_value(update).unwrap()["attributes"].clone()
}

#[test]
fn a_file_that_was_read_is_left_out_of_every_kind_of_object() {
    use moysklad_api::{
        bundle, cash_in, cash_out, contract, counterparty, custom_entity, demand, employee,
        invoice_out, organization, payment_in, payment_out, product, project, service, store,
    };
    let (attributes, expected) = read_file_and_text();

    let updates = [
        written(|update: &mut bundle::Update| {
            update.attributes.clone_from(&attributes);
        }),
        written(|update: &mut cash_in::Update| {
            update.attributes.clone_from(&attributes);
        }),
        written(|update: &mut cash_out::Update| {
            update.attributes.clone_from(&attributes);
        }),
        written(|update: &mut contract::Update| {
            update.attributes.clone_from(&attributes);
        }),
        written(|update: &mut counterparty::Update| {
            update.attributes.clone_from(&attributes);
        }),
        written(|update: &mut custom_entity::element::Update| {
            update.attributes.clone_from(&attributes);
        }),
        written(|update: &mut customer_order::Update| {
            update.attributes.clone_from(&attributes);
        }),
        written(|update: &mut demand::Update| {
            update.attributes.clone_from(&attributes);
        }),
        written(|update: &mut employee::Update| {
            update.attributes.clone_from(&attributes);
        }),
        written(|update: &mut invoice_out::Update| {
            update.attributes.clone_from(&attributes);
        }),
        written(|update: &mut organization::Update| {
            update.attributes.clone_from(&attributes);
        }),
        written(|update: &mut payment_in::Update| {
            update.attributes.clone_from(&attributes);
        }),
        written(|update: &mut payment_out::Update| {
            update.attributes.clone_from(&attributes);
        }),
        written(|update: &mut product::Update| {
            update.attributes.clone_from(&attributes);
        }),
        written(|update: &mut project::Update| {
            update.attributes.clone_from(&attributes);
        }),
        written(|update: &mut service::Update| {
            update.attributes.clone_from(&attributes);
        }),
        written(|update: &mut store::Update| {
            update.attributes.clone_from(&attributes);
        }),
    ];
    let new = counterparty::New::new("ООО Вектор").attributes(attributes.clone());

    for update in updates {
        assert_eq!(update, expected);
    }
    assert_eq!(serde_json::to_value(new).unwrap()["attributes"], expected);
}

#[test]
fn an_update_of_nothing_but_a_file_that_was_read_names_no_field() {
    let (mut attributes, _) = read_file_and_text();
    attributes.truncate(1);

    let update = customer_order::Update {
        attributes,
        ..customer_order::Update::default()
    };

    assert_eq!(serde_json::to_value(update).unwrap(), json!({}));
}
