//! Models around the entities: whatever the service adds, they are read.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use moysklad_api::async_task::AsyncTask;
use moysklad_api::attribute::{Attribute, AttributeValue};
use moysklad_api::audit;
use moysklad_api::bundle::Bundle;
use moysklad_api::company_settings::{CustomDictionary, Settings};
use moysklad_api::context::{Application, CurrentEmployee};
use moysklad_api::contract::Contract;
use moysklad_api::counterparty::Counterparty;
use moysklad_api::currency::Currency;
use moysklad_api::demand::{Demand, TrackingCode};
use moysklad_api::file::File;
use moysklad_api::image::Image;
use moysklad_api::named_filter::NamedFilter;
use moysklad_api::organization::Organization;
use moysklad_api::product::Product;
use moysklad_api::sales_channel::SalesChannel;
use moysklad_api::service::Service;
use moysklad_api::state::State;
use moysklad_api::webhook::{Delivery, StockDelivery, Webhook};
use moysklad_api::webhook_stock::StockWebhook;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

const ID: &str = "e5a3c7b0-7b30-11f1-0a80-05cd00000100";
const MOMENT: &str = "2026-08-16 10:15:31.118";

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".*".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            btree_map("[a-z]{1,8}", inner, 0..4)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// Fields that no model knows, at every level.
fn extras() -> impl Strategy<Value = Map<String, Value>> {
    btree_map("zz[a-z]{1,6}", any_json(), 0..5).prop_map(|fields| fields.into_iter().collect())
}

/// Adds the fields to every object of the JSON.
fn added(mut json: Value, extras: &Map<String, Value>) -> Value {
    match &mut json {
        Value::Object(fields) => {
            for value in fields.values_mut() {
                *value = added(value.take(), extras);
            }
            fields.extend(extras.clone());
        }
        Value::Array(rows) => {
            for row in rows {
                *row = added(row.take(), extras);
            }
        }
        _ => {}
    }
    json
}

fn read<T: DeserializeOwned>(json: &Value) -> T {
    serde_json::from_value(json.clone()).unwrap_or_else(|error| panic!("{error}: {json}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn unknown_words_and_fields_are_read(word in "[A-Za-z_]{0,12}", extras in extras()) {
        let word = format!("zz{word}");
        let meta = json!({"href": format!("https://h/{ID}"), "type": word, "mediaType": word});
        let reference = json!({ "meta": meta });
        let of = |json: Value| added(json, &extras);

        let hook: Webhook = read(&of(json!({
            "meta": meta, "id": ID, "url": "u", "action": word, "entityType": word,
            "diffType": word, "authorApplication": reference,
        })));
        prop_assert_eq!(hook.action.as_str(), &word);
        prop_assert_eq!(hook.diff_type.as_ref().unwrap().as_str(), &word);
        let hook: StockWebhook = read(&of(json!({
            "meta": meta, "id": ID, "url": "u", "stockType": word, "reportType": word,
        })));
        prop_assert_eq!(hook.stock_type.as_str(), &word);
        prop_assert_eq!(hook.report_type.as_str(), &word);

        let task: AsyncTask = read(&of(json!({
            "meta": meta, "id": ID, "owner": reference, "state": word, "deletionDate": MOMENT,
            "errors": [{"error": "e"}],
        })));
        prop_assert_eq!(task.state.as_str(), &word);
        prop_assert!(!task.state.is_open());

        let context: audit::Context = read(&of(json!({
            "meta": meta, "id": ID, "moment": MOMENT, "source": word, "eventType": word,
            "events": {"meta": {"size": 1}}, "info": [word],
        })));
        prop_assert_eq!(context.source.as_ref().unwrap().as_str(), &word);
        let event: audit::Event = read(&of(json!({
            "moment": MOMENT, "source": word, "eventType": word, "entityType": word,
            "audit": reference, "entity": reference, "diff": {"name": {"newValue": word}},
        })));
        prop_assert_eq!(event.event_type.as_ref().unwrap().as_str(), &word);

        let settings: Settings = read(&of(json!({
            "meta": meta, "currency": reference, "priceTypes": [reference], "discountStrategy": word,
        })));
        prop_assert_eq!(settings.discount_strategy.as_ref().unwrap().as_str(), &word);
        let dictionary: CustomDictionary = read(&of(json!({
            "meta": meta, "id": ID, "name": word, "attributes": {"meta": meta},
        })));
        prop_assert_eq!(dictionary.name.unwrap(), word.clone());

        let attribute: Attribute = read(&of(json!({"meta": meta, "id": ID, "name": "n", "type": word})));
        prop_assert_eq!(attribute.kind.as_str(), &word);
        let value: AttributeValue = read(&of(json!({
            "meta": meta, "id": ID, "type": word, "value": [word],
        })));
        prop_assert!(value.text().is_none());
        let state: State = read(&of(json!({"meta": meta, "id": ID, "name": "n", "stateType": word})));
        prop_assert_eq!(state.state_type.as_str(), &word);

        let file: File = read(&of(json!({"meta": meta, "created": MOMENT, "createdBy": reference})));
        prop_assert!(file.id().is_some());
        read::<NamedFilter>(&of(json!({"meta": meta, "id": ID, "owner": reference})));
        read::<Application>(&of(json!({"meta": meta, "id": ID})));
        read::<CurrentEmployee>(&of(json!({
            "meta": meta, "id": ID, "owner": reference, "permissions": {"admin": {"view": word}},
        })));

        let delivery = of(json!({
            "auditContext": {"meta": meta, "uid": word, "moment": MOMENT},
            "events": [{"meta": meta, "action": word, "updatedFields": [word]}],
        }));
        let delivery = Delivery::read("", delivery.to_string().as_bytes()).unwrap();
        prop_assert_eq!(delivery.events[0].action.as_str(), &word);
        let delivery = of(json!({"stockType": word, "reportType": word, "reportUrl": "u"}));
        StockDelivery::read("", delivery.to_string().as_bytes()).unwrap();
    }

    #[test]
    fn any_diff_is_read_and_every_field_of_it_answers(fields in btree_map("[a-z]{1,8}", any_json(), 0..6)) {
        let diff: audit::Diff = read(&json!(fields));

        for (name, json) in &fields {
            let change = diff.get(name).unwrap();
            if let audit::Change::Other(other) = &change {
                prop_assert_eq!(other, json);
            }
        }
        prop_assert_eq!(diff.fields().count(), fields.len());
    }

    #[test]
    fn any_value_of_an_attribute_is_read(kind in "[a-z]{0,8}|long|double|time|file|link|boolean|employee", json in any_json()) {
        let value: AttributeValue = read(&json!({"id": ID, "type": kind, "value": json}));

        serde_json::to_value(&value).unwrap();
    }
}

/// What webhooks deliver, to be damaged.
const DELIVERIES: [&str; 2] = [
    r#"{"auditContext": {"meta": {"type": "audit", "href": "h"}, "uid": "u", "moment": "2026-08-16 10:15:31"}, "events": [{"meta": {"type": "customerorder", "href": "https://h/entity/customerorder/e5a3c7b0-7b30-11f1-0a80-05cd00000100"}, "updatedFields": ["state"], "action": "UPDATE", "accountId": "e5a3c7b0-7b30-11f1-0a80-05cd00000100"}]}"#,
    r#"{"accountId": "e5a3c7b0-7b30-11f1-0a80-05cd00000100", "stockType": "stock", "reportType": "all", "reportUrl": "u"}"#,
];

fn hostile() -> impl Strategy<Value = Vec<u8>> {
    let damaged = (
        select(&DELIVERIES[..]),
        vec((any::<Index>(), any::<u8>()), 0..6),
        any::<Index>(),
        any::<bool>(),
    )
        .prop_map(|(text, changes, end, cut)| {
            let mut bytes = text.as_bytes().to_vec();
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            if cut {
                bytes.truncate(end.index(bytes.len()));
            }
            bytes
        });
    prop_oneof![vec(any::<u8>(), 0..300), damaged]
}

proptest! {
    #[test]
    fn no_bytes_make_a_delivery_panic(target in ".*", body in hostile()) {
        let read = Delivery::read(&target, &body);
        if let Ok(delivery) = read {
            // Nothing is made up: every event took at least the bytes of its two fields.
            let least = br#""meta":{}"action":"""#.len();
            prop_assert!(delivery.events.len() * least <= body.len());
        }
        StockDelivery::read(&target, &body).ok();
    }
}

#[test]
fn a_delivery_nested_without_end_is_refused() {
    for open in ["[", r#"{"events":["#, r#"{"auditContext":"#, r#"{"zz":"#] {
        let body = open.repeat(1_000_000 / open.len());

        assert!(Delivery::read("", body.as_bytes()).is_err(), "{open}");
        assert!(StockDelivery::read("", body.as_bytes()).is_err(), "{open}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn unknown_words_and_fields_of_entities_are_read(word in "[A-Za-z_]{0,12}", extras in extras()) {
        let word = format!("zz{word}");
        let of = |json: Value| {
            let mut json = added(json, &extras);
            json["id"] = json!(ID);
            json["name"] = json!("n");
            json
        };

        let channel: SalesChannel = read(&of(json!({"type": word})));
        prop_assert_eq!(channel.kind.as_ref().unwrap().as_str(), &word);
        let currency: Currency = read(&of(json!({
            "rateUpdateType": word, "majorUnit": {"gender": word, "s1": "рубль"},
        })));
        prop_assert_eq!(currency.rate_update_type.as_ref().unwrap().as_str(), &word);
        let contract: Contract = read(&of(json!({"contractType": word, "rewardType": word})));
        prop_assert_eq!(contract.contract_type.as_ref().unwrap().as_str(), &word);
        prop_assert_eq!(contract.reward_type.as_ref().unwrap().as_str(), &word);
        let demand: Demand = read(&of(json!({"overhead": {"sum": 1, "distribution": word}})));
        let overhead = demand.overhead.unwrap();
        prop_assert_eq!(overhead.distribution.as_ref().unwrap().as_str(), &word);
        let product: Product = read(&of(json!({
            "paymentItemType": word, "trackingType": word, "taxSystem": word,
        })));
        prop_assert_eq!(product.payment_item_type.as_ref().unwrap().as_str(), &word);
        prop_assert_eq!(product.tracking_type.as_ref().unwrap().as_str(), &word);
        prop_assert_eq!(product.tax_system.as_ref().unwrap().as_str(), &word);
        let counterparty: Counterparty = read(&of(json!({"companyType": word, "sex": word})));
        prop_assert_eq!(counterparty.company_type.as_ref().unwrap().as_str(), &word);
        let code: TrackingCode = read(&added(json!({"cis": "c", "type": word}), &extras));
        prop_assert_eq!(code.kind.as_ref().unwrap().as_str(), &word);
        read::<Bundle>(&of(json!({"taxSystem": word})));
        read::<Service>(&of(json!({"taxSystem": word})));
        read::<Organization>(&of(json!({"companyType": word})));
        let image: Image = read(&added(json!({"updated": MOMENT, "miniature": {"type": word}}), &extras));
        prop_assert!(image.id().is_none());
    }
}
