//! Models: whatever the service adds or leaves out, what it sends is read.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
#![recursion_limit = "256"]

use moysklad_api::attribute::AttributeValue;
use moysklad_api::cash_in::CashIn;
use moysklad_api::context::CurrentEmployee;
use moysklad_api::counterparty::Counterparty;
use moysklad_api::customer_order::{CustomerOrder, position::Position};
use moysklad_api::organization::Organization;
use moysklad_api::payment_in::PaymentIn;
use moysklad_api::state::State;
use moysklad_api::{Money, Page};
use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

const ID: &str = "3c9e2a10-7b11-11f1-0a80-0a1b00000011";

fn link(kind: &str) -> Value {
    json!({"meta": {
        "href": format!("https://api.moysklad.ru/api/remap/1.2/entity/{kind}/{ID}"),
        "metadataHref": "https://api.moysklad.ru/api/remap/1.2/entity/x/metadata",
        "type": kind,
        "mediaType": "application/json",
    }})
}

fn collection() -> Value {
    json!({"meta": {"href": "h", "type": "x", "size": 0, "limit": 1000, "offset": 0}})
}

/// Fields that all models together know, with values as the service sends them.
fn full() -> Map<String, Value> {
    let moment = "2026-08-14 12:31:05.214";
    let fields = json!({
        "meta": link("x")["meta"], "id": ID, "accountId": ID, "syncId": ID, "name": "n",
        "code": "c", "externalCode": "e", "created": moment, "updated": moment,
        "moment": moment, "archived": false, "applicable": true, "shared": true,
        "printed": false, "published": false, "companyType": "legal", "sex": "MALE",
        "birthDate": moment, "phone": "1", "email": "e", "tags": ["лиды"],
        "state": link("state"), "owner": link("employee"), "group": link("group"),
        "agent": link("counterparty"), "organization": link("organization"),
        "store": link("store"), "project": link("project"), "contract": link("contract"),
        "salesChannel": link("saleschannel"), "rate": {"currency": link("currency"), "value": 63.5},
        "sum": 254_000.0, "payedSum": 0, "shippedSum": 0.5, "invoicedSum": 1e3, "vatSum": 37_500.0,
        "salesAmount": 0.0, "bonusPoints": 0, "positions": collection(), "files": collection(),
        "accounts": collection(), "contactpersons": collection(), "notes": collection(),
        "payments": [link("paymentin")], "demands": [link("demand")],
        "operations": [{"meta": link("customerorder")["meta"], "linkedSum": 254_000.0, "name": "1"}],
        "attributes": [{"meta": {}, "id": ID, "name": "a", "type": "string", "value": "v"}],
        "actualAddressFull": {"postalCode": "101000", "country": link("country"), "fiasCode__ru": "f"},
        "priceType": {"meta": {}, "id": ID, "name": "Цена продажи", "externalCode": "x"},
        "discounts": [{"discount": link("personaldiscount"), "personalDiscount": 5.5}],
        "taxSystem": "GENERAL_TAX_SYSTEM", "vatEnabled": true, "vatIncluded": true,
        "stateType": "Regular", "color": 15_106_326, "entityType": "customerorder",
        "quantity": 2.0, "price": 125_000.0, "discount": 10.0, "vat": 20, "reserve": 2.0,
        "assortment": link("product"), "uid": "admin@shop",
        "permissions": {"admin": {"view": "ALL"}, "customerorder": {"view": "OWN"}},
    });
    match fields {
        Value::Object(fields) => fields,
        _ => panic!("no object"),
    }
}

fn decode_all(json: &Value) {
    fn decode<T: DeserializeOwned>(json: &Value) {
        if let Err(error) = serde_json::from_value::<T>(json.clone()) {
            panic!("{}: {error} in {json}", std::any::type_name::<T>());
        }
    }
    decode::<Counterparty>(json);
    decode::<CustomerOrder>(json);
    decode::<Organization>(json);
    decode::<PaymentIn>(json);
    decode::<CashIn>(json);
    decode::<Position>(json);
    decode::<State>(json);
    decode::<CurrentEmployee>(json);
    decode::<AttributeValue>(json);
    decode::<Page<CustomerOrder>>(&json!({"meta": {"size": 1}, "rows": [json]}));
}

#[test]
fn an_object_with_every_known_field_is_read() {
    let order: CustomerOrder = serde_json::from_value(Value::Object(full())).unwrap();

    assert_eq!(order.sum, Some(Money::from_rubles(2540.into())));
    assert_eq!(order.shipped_sum.unwrap().kopecks().to_string(), "0.5");
    assert_eq!(
        order.moment.unwrap().timestamp().to_string(),
        "2026-08-14T09:31:05.214Z"
    );
    assert_eq!(order.agent.unwrap().entity_type(), Some("counterparty"));
    assert_eq!(order.payments.len(), 1);
    assert_eq!(order.rate.unwrap().value.unwrap().to_string(), "63.5");
    decode_all(&Value::Object(full()));
}

#[test]
fn an_object_with_the_least_fields_is_read() {
    decode_all(&json!({"id": ID, "name": "n", "stateType": "Regular"}));
}

/// Words that a closed enum would stumble over.
fn word() -> impl Strategy<Value = Value> {
    "[A-Za-z_а-я ]{0,12}".prop_map(Value::from)
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        word(),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map("[a-z]{1,6}", inner, 0..4)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn new_words_new_fields_nulls_and_gaps_are_no_obstacle(
        company in word(),
        sex in word(),
        tax in word(),
        state_type in word(),
        kind in word(),
        value in any_json(),
        extra in proptest::collection::btree_map("new[A-Z][a-z]{1,8}", any_json(), 0..5),
        gaps in proptest::collection::vec((any::<proptest::sample::Index>(), any::<bool>()), 0..20),
    ) {
        let mut fields = full();
        let required = ["id", "name", "stateType"];
        let names: Vec<String> =
            fields.keys().filter(|name| !required.contains(&name.as_str())).cloned().collect();
        fields.insert("companyType".to_owned(), company);
        fields.insert("sex".to_owned(), sex);
        fields.insert("taxSystem".to_owned(), tax);
        fields.insert("stateType".to_owned(), state_type);
        fields["attributes"][0]["type"] = kind;
        fields["attributes"][0]["value"] = value;
        fields.extend(extra);
        for (place, null) in gaps {
            let name = place.get(&names);
            if null {
                fields.insert(name.clone(), Value::Null);
            } else {
                fields.remove(name);
            }
        }

        decode_all(&Value::Object(fields));
    }

    #[test]
    fn no_bytes_make_a_decoder_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), json in any_json()) {
        let _ = serde_json::from_slice::<Page<CustomerOrder>>(&bytes);
        let _ = serde_json::from_value::<Counterparty>(json.clone());
        let _ = serde_json::from_value::<Page<PaymentIn>>(json.clone());
        let _ = serde_json::from_value::<AttributeValue>(json);
    }
}
