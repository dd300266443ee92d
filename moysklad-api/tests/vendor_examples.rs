//! The vendor's own examples: what its documentation shows is read without loss.
//!
//! The examples stand in the folder that `SPEC_DIR` names; without it the tests say that they
//! were left out, and with it an unreadable folder is a failure.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::PathBuf;

use moysklad_api::address::Address;
use moysklad_api::assortment::{Alcoholic, Barcode, MinimumStock, Pack, PositionStock};
use moysklad_api::assortment::{Price, SalePrice, StoreBalance};
use moysklad_api::bundle::component::Component;
use moysklad_api::counterparty::{Account, ContactPerson, Counterparty, Discount};
use moysklad_api::currency::UnitName;
use moysklad_api::custom_entity::element::Element;
use moysklad_api::customer_order::CustomerOrder;
use moysklad_api::demand::{Demand, Overhead, TrackingCode};
use moysklad_api::employee::{Employee, Salary};
use moysklad_api::entity::Draft;
use moysklad_api::invoice_out::InvoiceOut;
use moysklad_api::rate::Rate;
use moysklad_api::requisites::{Kazakhstan, Uzbekistan};
use moysklad_api::store::{Store, slot::Slot, zone::Zone};
use moysklad_api::variant::{Characteristic, Variant};
use moysklad_api::{Page, bundle, cash_in, cash_out, contract, counterparty, country};
use moysklad_api::{currency, region, sales_channel, service, task, tax_rate, uom};
use moysklad_api::{customer_order, demand, expense_item, group, invoice_out, organization};
use moysklad_api::{payment_in, payment_out, price_type, product, product_folder, project};
use serde::de::value::Error as FieldsError;
use serde::de::{DeserializeOwned, Error as _, Visitor};
use serde::{Deserializer, forward_to_deserialize_any};
use serde_json::{Map, Value};

#[path = "vendor_examples/requests.rs"]
mod requests;

/// Fields of the examples that the types leave out, and why.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    (
        "address",
        "slots",
        "a slip of one example: the field is the store's",
    ),
    (
        "address",
        "zones",
        "a slip of one example: the field is the store's",
    ),
    (
        "bundle",
        "minprice",
        "a spelling of examples alone; the field is `minPrice`",
    ),
    (
        "service",
        "minprice",
        "a spelling of examples alone; the field is `minPrice`",
    ),
    (
        "variant",
        "minprice",
        "a spelling of examples alone; the field is `minPrice`",
    ),
];

/// What can be done with the JSON of one type.
struct Model {
    /// The type's keyword in links, or the field that holds it.
    name: &'static str,
    fields: Vec<&'static str>,
    decode: fn(&Value) -> Result<(), serde_json::Error>,
    /// Reads a page of the type.
    page: fn(&Value) -> Result<(), serde_json::Error>,
}

fn model<T: DeserializeOwned>(name: &'static str) -> Model {
    fn decode<T: DeserializeOwned>(json: &Value) -> Result<(), serde_json::Error> {
        serde_json::from_value::<T>(json.clone()).map(|_| ())
    }
    Model {
        name,
        fields: fields::<T>(),
        decode: decode::<T>,
        page: decode::<Page<T>>,
    }
}

/// The names of the fields that a type reads.
fn fields<T: DeserializeOwned>() -> Vec<&'static str> {
    let mut found = Vec::new();
    let outcome = T::deserialize(Listing(&mut found));
    assert!(outcome.is_err(), "the listing gives no values");
    found
}

/// Notes which fields a type asks for and gives it nothing.
struct Listing<'a>(&'a mut Vec<&'static str>);

impl<'de> Deserializer<'de> for Listing<'_> {
    type Error = FieldsError;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, FieldsError> {
        Err(FieldsError::custom("no value"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, FieldsError> {
        self.0.extend(fields);
        Err(FieldsError::custom("no value"))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

/// The types by the keyword in their `meta`.
fn models() -> Vec<Model> {
    vec![
        model::<Counterparty>("counterparty"),
        model::<Account>("account"),
        model::<ContactPerson>("contactperson"),
        model::<counterparty::note::Note>("note"),
        model::<CustomerOrder>("customerorder"),
        model::<customer_order::position::Position>("customerorderposition"),
        model::<customer_order::note::Note>("eventnote"),
        model::<organization::Organization>("organization"),
        model::<Store>("store"),
        model::<Zone>("storezone"),
        model::<Slot>("slot"),
        model::<currency::Currency>("currency"),
        model::<Employee>("employee"),
        model::<group::Group>("group"),
        model::<sales_channel::SalesChannel>("saleschannel"),
        model::<project::Project>("project"),
        model::<contract::Contract>("contract"),
        model::<country::Country>("country"),
        model::<region::Region>("region"),
        model::<Element>("customentity"),
        model::<product::Product>("product"),
        model::<StoreBalance>("minimumstock"),
        model::<service::Service>("service"),
        model::<Variant>("variant"),
        model::<bundle::Bundle>("bundle"),
        model::<Component>("bundlecomponent"),
        model::<product_folder::ProductFolder>("productfolder"),
        model::<uom::Uom>("uom"),
        model::<tax_rate::TaxRate>("taxrate"),
        model::<price_type::PriceType>("pricetype"),
        model::<expense_item::ExpenseItem>("expenseitem"),
        model::<payment_in::PaymentIn>("paymentin"),
        model::<payment_out::PaymentOut>("paymentout"),
        model::<cash_in::CashIn>("cashin"),
        model::<cash_out::CashOut>("cashout"),
        model::<InvoiceOut>("invoiceout"),
        model::<invoice_out::position::Position>("invoiceposition"),
        model::<Demand>("demand"),
        model::<demand::position::Position>("demandposition"),
        model::<task::Task>("task"),
        model::<task::note::Note>("tasknote"),
    ]
}

/// The types that have no `meta`, by the fields that hold them.
fn parts() -> Vec<(&'static [&'static str], Model)> {
    vec![
        (
            &[
                "addressFull",
                "actualAddressFull",
                "legalAddressFull",
                "shipmentAddressFull",
            ],
            model::<Address>("address"),
        ),
        (&["rate"], model::<Rate>("rate")),
        (
            &["buyPrice", "minPrice", "minprice"],
            model::<Price>("price"),
        ),
        (&["salePrices"], model::<SalePrice>("saleprice")),
        (&["barcodes"], model::<Barcode>("barcode")),
        (&["pack"], model::<Pack>("pack")),
        (&["alcoholic"], model::<Alcoholic>("alcoholic")),
        (&["minimumStock"], model::<MinimumStock>("minimumstock")),
        (&["stock"], model::<PositionStock>("stock")),
        (&["discounts"], model::<Discount>("discount")),
        (&["majorUnit", "minorUnit"], model::<UnitName>("unitname")),
        (&["salary"], model::<Salary>("salary")),
        (
            &["characteristics"],
            model::<Characteristic>("characteristic"),
        ),
        (&["trackingCodes"], model::<TrackingCode>("trackingcode")),
        (
            &["mod__requisites__uz"],
            model::<Uzbekistan>("requisites_uz"),
        ),
        (
            &["mod__requisites__kz"],
            model::<Kazakhstan>("requisites_kz"),
        ),
        (&["overhead"], model::<Overhead>("overhead")),
    ]
}

/// One line of the vendor's examples.
struct Example {
    id: String,
    kind: String,
    method: String,
    url: String,
    body: Value,
}

impl fmt::Display for Example {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.id, self.url)
    }
}

/// The examples, or none if the environment names no folder.
fn examples(part: &str) -> Option<Vec<Example>> {
    let Some(folder) = std::env::var_os("SPEC_DIR") else {
        println!("{part}: left out, because SPEC_DIR is not set");
        return None;
    };
    let folder = PathBuf::from(folder);
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("SPEC_DIR: {}: {error}", path.display()))
    };
    // The description goes with the examples; a folder without it is the wrong one.
    let description: Value = serde_json::from_str(&read("moysklad-openapi.json")).unwrap();
    assert!(description.get("openapi").is_some());
    let text = |line: &Value, name: &str| {
        let text = line.get(name).and_then(Value::as_str);
        text.unwrap_or_default().to_owned()
    };
    let lines = read("moysklad-examples/examples.jsonl");
    let examples: Vec<Example> = lines
        .lines()
        .map(|line| {
            let line: Value = serde_json::from_str(line).unwrap();
            Example {
                id: text(&line, "id"),
                kind: text(&line, "kind"),
                method: text(&line, "method"),
                url: text(&line, "url"),
                body: line.get("body").cloned().unwrap_or_default(),
            }
        })
        .collect();
    assert!(!examples.is_empty());
    Some(examples)
}

/// What the examples of one type hold.
#[derive(Default)]
struct Seen {
    objects: usize,
    fields: BTreeSet<String>,
}

#[derive(Default)]
struct Reading {
    seen: BTreeMap<&'static str, Seen>,
    unknown: BTreeSet<(String, String)>,
    failures: Vec<String>,
}

impl Reading {
    fn object(&mut self, model: &Model, fields: &Map<String, Value>, json: &Value, from: &Example) {
        let seen = self.seen.entry(model.name).or_default();
        seen.objects += 1;
        for name in fields.keys() {
            seen.fields.insert(name.clone());
            if !model.fields.contains(&name.as_str()) {
                self.unknown.insert((model.name.to_owned(), name.clone()));
            }
        }
        self.decoded(model.name, (model.decode)(json), from);
    }

    fn decoded(&mut self, name: &str, outcome: Result<(), serde_json::Error>, from: &Example) {
        if let Err(error) = outcome {
            self.failures.push(format!("{name}: {error} in {from}"));
        }
    }

    fn walk(&mut self, json: &Value, from: &Example, models: &[Model], parts: &[(&[&str], Model)]) {
        match json {
            Value::Array(items) => {
                for item in items {
                    self.walk(item, from, models, parts);
                }
            }
            Value::Object(fields) => {
                let keyword = fields.get("meta").and_then(|meta| meta.get("type"));
                let keyword = keyword.and_then(Value::as_str).unwrap_or_default();
                if let Some(model) = models.iter().find(|model| model.name == keyword) {
                    // A link alone, or a link with a name, is no object; a list has rows.
                    if fields.contains_key("id") && !is_dictionary(fields) {
                        self.object(model, fields, json, from);
                    } else if fields.contains_key("rows") {
                        self.decoded(keyword, (model.page)(json), from);
                    }
                }
                for (name, value) in fields {
                    let part = parts
                        .iter()
                        .find(|(names, _)| names.contains(&name.as_str()));
                    if let Some((_, model)) = part {
                        let items = match value {
                            Value::Array(items) => items.iter().collect(),
                            other => vec![other],
                        };
                        for item in items {
                            if let Value::Object(fields) = item {
                                self.object(model, fields, item, from);
                            }
                        }
                    }
                    self.walk(value, from, models, parts);
                }
            }
            _ => {}
        }
    }
}

/// Whether the object is a custom dictionary, whose keyword is that of its elements.
fn is_dictionary(fields: &Map<String, Value>) -> bool {
    let href = fields.get("meta").and_then(|meta| meta.get("href"));
    let href = href.and_then(Value::as_str).unwrap_or_default();
    let path = href
        .split_once("/customentity/")
        .map_or("", |(_, path)| path);
    !path.is_empty() && !path.contains('/')
}

#[test]
fn every_object_of_the_vendors_answers_is_read_with_all_its_fields() {
    let Some(examples) = examples("answers") else {
        return;
    };
    let (models, parts) = (models(), parts());
    let mut reading = Reading::default();
    for example in examples.iter().filter(|example| example.kind == "response") {
        reading.walk(&example.body, example, &models, &parts);
    }

    println!("objects  fields known  type");
    for (name, seen) in &reading.seen {
        let unknown = reading.unknown.iter().filter(|(of, _)| of == name).count();
        let known = seen.fields.len() - unknown;
        println!(
            "{:7}  {known:5} of {:3}  {name}",
            seen.objects,
            seen.fields.len()
        );
    }
    for (name, field, why) in EXCEPTIONS {
        println!("left out: {name}.{field}: {why}");
    }
    let expected: BTreeSet<(String, String)> = EXCEPTIONS
        .iter()
        .map(|(name, field, _)| ((*name).to_owned(), (*field).to_owned()))
        .collect();
    assert_eq!(reading.failures, Vec::<String>::new());
    assert_eq!(reading.unknown, expected);
    for model in &models {
        // The documentation of two types has no example of an object.
        let without = ["paymentout", "cashout"];
        assert_eq!(
            reading.seen.contains_key(model.name),
            !without.contains(&model.name),
            "{}",
            model.name
        );
    }
}

#[test]
fn every_template_of_the_vendor_is_read() {
    let Some(examples) = examples("templates") else {
        return;
    };
    let templates = examples
        .iter()
        .filter(|example| example.kind == "response" && example.url.ends_with("/new"));
    let mut count = 0;
    for example in templates {
        let draft: Draft<Demand> = serde_json::from_value(example.body.clone()).unwrap();
        assert!(draft.fields().contains_key("organization"), "{example}");
        count += 1;
    }
    assert!(count > 5);
}

/// Requests that the types do not say as the example does, and why.
const UNSAID: &[(&str, &str)] = &[
    (
        "dictionaries/_organization.md:536:request",
        "pictures of signatures and stamps are not sent with an organization",
    ),
    (
        "dictionaries/_organization.md:802:request",
        "accounts are sent as an array, not as a collection with rows",
    ),
    (
        "dictionaries/_customentity.md:550:request",
        "values of an element's additional fields come from what was read",
    ),
    (
        "dictionaries/_product.md:1746:request",
        "the content of a file is not sent as the value of an additional field",
    ),
    (
        "dictionaries/_variant.md:1641:request",
        "images of a variant are sent by themselves",
    ),
    (
        "dictionaries/_bundle.md:693:request",
        "images of a bundle are sent by themselves",
    ),
    (
        "dictionaries/_service.md:784:request",
        "the field is written `minPrice`; `minprice` is a spelling of examples alone",
    ),
    (
        "dictionaries/_service.md:1046:request",
        "the field is written `minPrice`; `minprice` is a spelling of examples alone",
    ),
    (
        "documents/_demand.md:1068:request",
        "a shipment reserves nothing: the field is of orders",
    ),
];

/// Fields that the documentation calls read-only and some examples send all the same.
const READ_ONLY: &[(&str, &str)] = &[
    ("product", "effectiveVat"),
    ("service", "effectiveVat"),
    ("productfolder", "effectiveVat"),
    ("store", "pathName"),
    ("demand/positions", "overhead"),
];

/// The address of a request without its ids: the type, and the part of it.
fn address(example: &Example) -> Vec<String> {
    let path = example
        .url
        .split_once("/remap/1.2/")
        .map_or("", |(_, path)| path);
    let path = path.split(['?', ' ']).next().unwrap_or_default();
    let segments = path.split('/').filter(|segment| !segment.is_empty());
    segments.map(str::to_owned).collect()
}

fn is_id(segment: &str) -> bool {
    segment.parse::<uuid::Uuid>().is_ok()
}

/// What to build for an example: the type and part, and whether all of it are updates.
fn target(example: &Example) -> Option<(String, bool)> {
    let segments = address(example);
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let put = example.method == "PUT";
    Some(match segments.as_slice() {
        ["entity", "customentity", first, ..] if is_id(first) => {
            let renames = put && segments.len() == 3;
            let name = if renames { "customentity" } else { "element" };
            (name.to_owned(), put)
        }
        ["entity", kind] => ((*kind).to_owned(), put),
        ["entity", kind, id] if is_id(id) => ((*kind).to_owned(), put),
        ["entity", kind, _, part] => (format!("{kind}/{part}"), put),
        ["entity", kind, _, part, id] if is_id(id) => (format!("{kind}/{part}"), put),
        _ => return None,
    })
}

/// The same JSON for what says the same: links by their address and type, numbers by their value,
/// moments with or without milliseconds, values of additional fields by their field.
fn normal(json: &Value, top: bool) -> Value {
    match json {
        Value::Number(number) => Value::from(number.as_f64()),
        Value::String(text) => Value::from(text.strip_suffix(".000").unwrap_or(text)),
        Value::Array(items) => items.iter().map(|item| normal(item, false)).collect(),
        Value::Object(fields) => {
            let linked = !top && fields.contains_key("meta");
            let kept = fields.iter().filter(|(name, _)| {
                !linked || !["id", "name", "externalCode", "type"].contains(&name.as_str())
            });
            let fields = kept.map(|(name, value)| match (name.as_str(), value) {
                ("meta", Value::Object(meta)) => {
                    let parts = ["href", "type"].map(|part| {
                        let text = meta.get(part).and_then(Value::as_str).unwrap_or_default();
                        text.split('?').next().unwrap_or_default().to_owned()
                    });
                    (name.clone(), Value::from(parts.to_vec()))
                }
                _ => (name.clone(), normal(value, false)),
            });
            Value::Object(fields.collect())
        }
        other => other.clone(),
    }
}

/// Builds the request of an example; none if it is about something else.
fn rebuilt(example: &Example) -> Option<Result<(), String>> {
    let (path, updates) = target(example)?;
    let items = match &example.body {
        Value::Array(items) => items.iter().collect(),
        body => vec![body],
    };
    for item in items {
        let mut body = item.as_object()?.clone();
        // The link says which object an element of a bulk request changes.
        let updates = body.remove("meta").is_some() || updates;
        body.retain(|name, _| !READ_ONLY.contains(&(path.as_str(), name.as_str())));
        let outcome = match requests::build(&path, updates, &body)? {
            Ok(built) => {
                let (built, wanted) = (normal(&built, true), normal(&Value::Object(body), true));
                if built == wanted {
                    Ok(())
                } else {
                    Err(format!("{built} instead of {wanted}"))
                }
            }
            Err(why) => Err(why),
        };
        if outcome.is_err() {
            return Some(outcome);
        }
    }
    Some(Ok(()))
}

#[test]
fn nearly_every_request_of_the_vendor_can_be_said_with_the_types() {
    let Some(examples) = examples("requests") else {
        return;
    };
    let (mut said, mut unsaid, mut failures) = (0, 0, Vec::new());
    for example in examples.iter().filter(|example| example.kind == "request") {
        let reason = UNSAID.iter().find(|(id, _)| *id == example.id);
        match (rebuilt(example), reason) {
            (None, _) => {}
            (Some(Ok(())), None) => said += 1,
            (Some(Err(_)), Some((id, why))) => {
                unsaid += 1;
                println!("not said: {id}: {why}");
            }
            (Some(Ok(())), Some((id, _))) => failures.push(format!("{id} can be said")),
            (Some(Err(why)), None) => failures.push(format!("{example}: {why}")),
        }
    }
    println!("{said} of {} requests said", said + unsaid);
    assert_eq!(failures, Vec::<String>::new());
    assert!(said * 10 >= (said + unsaid) * 9);
}

/// An object with this value in every field that a type knows.
fn filled(model: &Model, value: &Value) -> Map<String, Value> {
    let fields = model
        .fields
        .iter()
        .map(|name| ((*name).to_owned(), value.clone()));
    let mut fields: Map<String, Value> = fields.collect();
    fields.insert(
        "id".to_owned(),
        "3c9e2a10-7b11-11f1-0a80-0a1b00000011".into(),
    );
    fields.insert("name".to_owned(), "n".into());
    fields
}

#[test]
fn whatever_is_null_absent_or_new_in_an_object_it_is_read() {
    for model in models() {
        let read = |fields: Map<String, Value>| {
            let json = Value::Object(fields);
            if let Err(error) = (model.decode)(&json) {
                panic!("{}: {error} in {json}", model.name);
            }
        };
        assert!(model.fields.len() > 3, "{}", model.name);
        read(filled(&model, &Value::Null));
        let least = filled(&model, &Value::Null);
        read(
            least
                .into_iter()
                .filter(|(_, value)| !value.is_null())
                .collect(),
        );

        let mut words = filled(&model, &Value::Null);
        for name in [
            "companyType",
            "sex",
            "taxSystem",
            "paymentItemType",
            "trackingType",
            "type",
            "contractType",
            "rewardType",
            "rateUpdateType",
        ] {
            words.insert(name.to_owned(), "НОВОЕ слово".into());
        }
        words.insert("newField".to_owned(), Value::from(vec![1, 2]));
        words.insert("overhead".to_owned(), Value::Null);
        read(words);
    }
}
