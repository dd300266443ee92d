//! What objects inside others, templates, the trash and price types send.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use moysklad_api::assortment::{NewMinimumStock, NewStoreBalance};
use moysklad_api::attribute::{self, AttributeKind};
use moysklad_api::bundle::{self, component};
use moysklad_api::counterparty::{AccountUpdate, Counterparty, NewAccount, note};
use moysklad_api::custom_entity::{CustomEntity, element};
use moysklad_api::customer_order::CustomerOrder;
use moysklad_api::demand::{self, Demand};
use moysklad_api::invoice_out::InvoiceOut;
use moysklad_api::price_type::{Entry, PriceType};
use moysklad_api::product::Product;
use moysklad_api::store::Store;
use moysklad_api::{Client, Credentials, Ensured, Id, Pace, Patch, currency, product, tax_rate};
use serde_json::{Value, json};
use uuid::Uuid;
use wiremock::matchers::{body_json, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

const BASE: &str = "/api/remap/1.2";
const HOST: &str = "https://api.moysklad.ru/api/remap/1.2";

fn client(server: &MockServer) -> Client {
    Client::builder(Credentials::token("t"))
        .base_url(format!("{}{BASE}", server.uri()))
        .pace(Pace::unlimited())
        .attempts(1)
        .build()
        .unwrap()
}

fn id<T>(number: u128) -> Id<T> {
    Id::new(Uuid::from_u128(number))
}

fn link(path: &str, kind: &str) -> Value {
    json!({"meta": {"href": format!("{HOST}/{path}"), "type": kind, "mediaType": "application/json"}})
}

/// Answers one request only; another one meets 404.
async fn expect(verb: &str, at: &str, body: Value, answer: Value) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(method(verb))
        .and(path(format!("{BASE}/{at}")))
        .and(body_json(body))
        .respond_with(ResponseTemplate::new(200).set_body_json(answer))
        .expect(1)
        .mount(&server)
        .await;
    server
}

#[tokio::test]
async fn a_part_is_created_under_its_owner_and_read_from_an_array() {
    let owner: Id<Counterparty> = id(1);
    let at = format!("entity/counterparty/{owner}/accounts");
    let answer = json!([{"id": Uuid::from_u128(2), "accountNumber": "40702"}]);
    let server = expect("POST", &at, json!({"accountNumber": "40702"}), answer).await;

    let accounts = client(&server).counterparties().accounts(owner);
    let made = accounts
        .create(NewAccount::new("40702"))
        .send()
        .await
        .unwrap();

    assert_eq!(
        (made.id, made.account_number.as_deref()),
        (id(2), Some("40702"))
    );
}

#[tokio::test]
async fn a_part_is_changed_by_the_fields_that_are_named() {
    let owner: Id<Counterparty> = id(1);
    let at = format!(
        "entity/counterparty/{owner}/accounts/{}",
        Uuid::from_u128(2)
    );
    let answer = json!({"id": Uuid::from_u128(2)});
    let body = json!({"bic": null, "isDefault": true});
    let server = expect("PUT", &at, body, answer).await;
    let update = AccountUpdate {
        bic: Patch::Clear,
        is_default: Some(true),
        ..Default::default()
    };

    let accounts = client(&server).counterparties().accounts(owner);
    accounts.update(id(2), update).send().await.unwrap();
}

#[tokio::test]
async fn parts_are_deleted_by_links_under_their_owner() {
    let owner: Id<CustomerOrder> = id(1);
    let note = Uuid::from_u128(2);
    let at = format!("entity/customerorder/{owner}/notes");
    let body = json!([link(&format!("{at}/{note}"), "eventnote")]);
    let answer = json!([{"info": "gone"}]);
    let server = expect("POST", &format!("{at}/delete"), body, answer).await;

    let notes = client(&server).customer_orders().notes(owner);
    let gone = notes.delete_many(vec![Id::new(note)]).send().await;

    assert_eq!(gone.len(), 1);
    assert!(gone.iter().all(Result::is_ok));
}

#[tokio::test]
async fn a_note_is_written_as_its_text() {
    let owner: Id<Counterparty> = id(1);
    let at = format!("entity/counterparty/{owner}/notes");
    let answer = json!([{"id": Uuid::from_u128(2), "description": "позвонить"}]);
    let server = expect("POST", &at, json!({"description": "позвонить"}), answer).await;

    let notes = client(&server).counterparties().notes(owner);
    let note = notes
        .create(note::New::new("позвонить"))
        .send()
        .await
        .unwrap();

    assert_eq!(note.description.as_deref(), Some("позвонить"));
}

#[tokio::test]
async fn elements_stand_right_under_their_dictionary() {
    let dictionary: Id<CustomEntity> = id(1);
    let at = format!("entity/customentity/{dictionary}");
    let answer = json!({"id": Uuid::from_u128(2), "name": "Яндекс"});
    let server = expect("POST", &at, json!({"name": "Яндекс"}), answer).await;

    let elements = client(&server).custom_entities().elements(dictionary);
    let made = elements
        .create(element::New::new("Яндекс"))
        .send()
        .await
        .unwrap();

    let reference = element::Element::reference(dictionary, made.id);
    assert_eq!(
        serde_json::to_value(reference).unwrap(),
        link(&format!("{at}/{}", made.id), "customentity")
    );
}

#[tokio::test]
async fn additional_fields_of_elements_are_defined_under_their_dictionary() {
    let dictionary: Id<CustomEntity> = id(1);
    let at = format!("entity/customentity/{dictionary}/metadata/attributes");
    let meta = &link(&format!("{at}/{}", Uuid::from_u128(2)), "attributemetadata")["meta"];
    let answer = json!({"meta": meta, "id": Uuid::from_u128(2), "name": "Цвет", "type": "string"});
    let body = json!({"name": "Цвет", "type": "string"});
    let server = expect("POST", &at, body, answer).await;

    let fields = client(&server).custom_entities().attributes(dictionary);
    let new = attribute::New::new("Цвет", AttributeKind::String);
    let field = fields.create(new).send().await.unwrap();
    let element = element::Update {
        attributes: vec![field.value("красный")],
        ..element::Update::default()
    };

    assert_eq!(
        serde_json::to_value(element).unwrap(),
        json!({"attributes": [{"meta": meta, "value": "красный"}]})
    );
}

#[tokio::test]
async fn additional_fields_that_elements_lack_are_created_and_no_others() {
    let dictionary: Id<CustomEntity> = id(1);
    let at = format!("{BASE}/entity/customentity/{dictionary}/metadata/attributes");
    let field = |number: u128, name: &str| json!({"meta": {}, "id": Uuid::from_u128(number), "name": name, "type": "string"});
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path(at.clone()))
        .respond_with(
            ResponseTemplate::new(200)
                .set_body_json(json!({"meta": {"size": 1}, "rows": [field(2, "Цвет")]})),
        )
        .mount(&server)
        .await;
    Mock::given(method("POST"))
        .and(path(at))
        .and(body_json(json!([{"name": "Вес", "type": "string"}])))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!([field(3, "Вес")])))
        .expect(1)
        .mount(&server)
        .await;

    let wanted = ["Цвет", "Вес"].map(|name| attribute::New::new(name, AttributeKind::String));
    let dictionaries = client(&server).custom_entities();
    let ensured = dictionaries
        .ensure_attributes(dictionary, &wanted)
        .await
        .unwrap();

    assert!(matches!(ensured[0], Ok(Ensured::Present(_))), "{ensured:?}");
    assert!(matches!(ensured[1], Ok(Ensured::Created(_))), "{ensured:?}");
}

#[tokio::test]
async fn a_dictionary_is_described_by_its_metadata() {
    let dictionary: Id<CustomEntity> = id(1);
    let at = format!("entity/customentity/{dictionary}/metadata");
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path(format!("{BASE}/{at}")))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({
            "meta": {"href": format!("{HOST}/{at}"), "type": "customentitymetadata"},
            "entityMeta": {"type": "customentity"}, "attributes": {"meta": {"size": 3}},
            "id": dictionary, "name": "Каналы", "createShared": true,
        })))
        .mount(&server)
        .await;

    let dictionaries = client(&server).custom_entities();
    let described = dictionaries.describe(dictionary).send().await.unwrap();

    assert_eq!(described.id, dictionary);
    assert_eq!(described.name.as_deref(), Some("Каналы"));
    assert_eq!(described.attributes.unwrap().size(), Some(3));
}

#[tokio::test]
async fn a_template_names_its_base_as_the_document_wants_it() {
    let order: Id<CustomerOrder> = id(1);
    let invoice: Id<InvoiceOut> = id(2);
    let order_link = link(&format!("entity/customerorder/{order}"), "customerorder");
    let invoice_link = link(&format!("entity/invoiceout/{invoice}"), "invoiceout");

    let body = json!({"customerOrder": order_link});
    let server = expect("PUT", "entity/demand/new", body, json!({"sum": 100})).await;
    let demands = client(&server).demands();
    let draft = demands.template_from(order).send().await.unwrap();
    assert_eq!(draft.field::<u32>("sum"), Some(100));

    let body = json!({"invoicesOut": [invoice_link]});
    let server = expect("PUT", "entity/demand/new", body, json!({})).await;
    client(&server)
        .demands()
        .template_from(invoice)
        .send()
        .await
        .unwrap();

    let body = json!({"operations": [order_link]});
    let server = expect("PUT", "entity/paymentin/new", body, json!({})).await;
    client(&server)
        .payments_in()
        .template_from(order)
        .send()
        .await
        .unwrap();

    let server = expect("PUT", "entity/customerorder/new", json!({}), json!({})).await;
    client(&server)
        .customer_orders()
        .template()
        .send()
        .await
        .unwrap();
}

#[tokio::test]
async fn a_draft_is_saved_with_the_changes_made_to_it() {
    let draft: moysklad_api::entity::Draft<Demand> =
        serde_json::from_value(json!({"sum": 100, "description": "старое", "name": "1"})).unwrap();
    let update = demand::Update {
        description: "новое".to_owned().into(),
        ..Default::default()
    };
    let body = json!({"sum": 100, "description": "новое", "name": "1"});
    let answer = json!({"id": Uuid::from_u128(1), "name": "1"});
    let server = expect("POST", "entity/demand", body, answer).await;

    let draft = draft.with(&update).unwrap();
    let made = client(&server)
        .demands()
        .create_draft(&draft)
        .send()
        .await
        .unwrap();

    assert_eq!(made.id, id(1));
}

#[tokio::test]
async fn a_document_goes_to_the_trash_by_its_own_address() {
    let order: Id<CustomerOrder> = id(1);
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path(format!("{BASE}/entity/customerorder/{order}/trash")))
        .respond_with(ResponseTemplate::new(200))
        .expect(1)
        .mount(&server)
        .await;

    client(&server)
        .customer_orders()
        .trash(order)
        .send()
        .await
        .unwrap();
}

#[tokio::test]
async fn the_list_of_price_types_is_read_and_replaced_as_a_whole() {
    let at = "context/companysettings/pricetype";
    let kept: Id<PriceType> = id(1);
    let mut entry = link(&format!("{at}/{kept}"), "pricetype");
    let body = json!([entry, {"name": "Оптовая"}]);
    entry["id"] = json!(kept.uuid());
    entry["name"] = json!("Розничная");
    let answer = json!([entry, {"id": Uuid::from_u128(2), "name": "Оптовая"}]);
    let server = expect("POST", at, body, answer).await;

    let entries = [Entry::keep(kept), Entry::new("Оптовая")];
    let saved = client(&server)
        .price_types()
        .replace(&entries)
        .await
        .unwrap();

    let names: Vec<_> = saved.iter().map(|kind| kind.name.as_str()).collect();
    assert_eq!(names, ["Розничная", "Оптовая"]);
}

#[test]
fn new_objects_are_written_as_the_service_reads_them() {
    let product: Id<Product> = id(1);
    let store: Id<Store> = id(2);
    let component = component::New::new(&product.into(), 2.into());
    let mut cup = product::New::new("Кружка").vat(20);
    cup.minimum_stock = Some(NewMinimumStock::by_store(vec![NewStoreBalance::new(
        store,
        3.into(),
    )]));

    assert_eq!(
        serde_json::to_value(bundle::New::new("Набор", vec![component])).unwrap(),
        json!({"name": "Набор", "components": [
            {"assortment": link(&format!("entity/product/{product}"), "product"), "quantity": 2},
        ]})
    );
    assert_eq!(
        serde_json::to_value(cup).unwrap(),
        json!({"name": "Кружка", "vat": 20, "minimumStock": {
            "type": "WAREHOUSE_VARIED",
            "storebalances": [{"store": link(&format!("entity/store/{store}"), "store"), "quantity": 3}],
        }})
    );
    assert_eq!(
        serde_json::to_value(currency::New::system("USD")).unwrap(),
        json!({"system": true, "isoCode": "USD"})
    );
    assert_eq!(
        serde_json::to_value(tax_rate::New::new(10.into())).unwrap(),
        json!({"rate": 10})
    );
}
