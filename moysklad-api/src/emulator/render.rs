//! Stored objects as the service shows them.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::datum::{Datum, Record, Reference, Row};
use super::entity_types::{self, Collection, EntityType, Feature, Field, Preset};
use super::expand::Expand;
use super::href::Links;
use super::json::object;
use super::world::World;
use crate::context::Right;

/// Shows objects of one world under one base address.
#[derive(Clone, Copy)]
pub(crate) struct Renderer<'a> {
    pub(crate) world: &'a World,
    pub(crate) links: Links<'a>,
}

impl Renderer<'_> {
    /// A whole object.
    pub(crate) fn row(&self, kind: &EntityType, row: &Row, expand: &Expand) -> Value {
        let mut shown = Map::new();
        shown.insert("meta".into(), self.object_meta(kind, row.id));
        shown.insert("id".into(), row.id.to_string().into());
        if kind.has(Feature::AccountId) {
            shown.insert("accountId".into(), self.world.account.id.to_string().into());
        }
        if let Some(sync_id) = row.sync_id {
            shown.insert("syncId".into(), sync_id.to_string().into());
        }
        for (name, datum) in row.fields.iter() {
            shown.insert(name.into(), self.datum(kind, datum, expand.get(name)));
        }
        for field in kind.all_fields() {
            add_preset(field, &mut shown);
        }
        let attributes = self.world.attribute_values(kind, row, self.links);
        if !attributes.is_empty() {
            shown.insert("attributes".into(), attributes.into());
        }
        for collection in kind.collections.iter().filter(|known| known.inline) {
            let nested = self.collection(kind, row, collection, expand.get(collection.name));
            shown.insert(collection.name.into(), nested);
        }
        if kind.has(Feature::Files) {
            let meta = {
                let count = self.world.files.of(row.id).len();
                self.links.collection(kind, row.id, "files", "files", count)
            };
            let files = match expand.get("files") {
                Some(_) => {
                    let rows = self.world.shown_files(kind, row.id, self.links);
                    object([("meta", meta), ("rows", rows.into())])
                }
                None => object([("meta", meta)]),
            };
            shown.insert("files".into(), files);
        }
        if kind.has(Feature::Images) {
            let images = self.world.shown_images(kind, row.id, self.links);
            let meta = self
                .links
                .collection(kind, row.id, "images", "image", images.len());
            let images = match expand.get("images") {
                Some(_) => object([("meta", meta), ("rows", images.into())]),
                None => object([("meta", meta)]),
            };
            shown.insert("images".into(), images);
        }
        if kind.pays.is_some() && !row.operations.is_empty() {
            shown.insert(
                "operations".into(),
                self.operations(row, expand.get("operations")),
            );
        }
        if kind.has_positions() {
            self.add_payments(row, expand.get("payments"), &mut shown);
        }
        if kind.keyword == "customerorder" {
            self.add_followers(row, &mut shown);
        }
        if kind.field("salePrices").is_some() {
            self.add_prices(&mut shown);
        }
        Value::Object(shown)
    }

    /// The `meta` of an object.
    pub(crate) fn object_meta(&self, kind: &EntityType, id: Uuid) -> Value {
        self.world.object_meta(kind, id, self.links)
    }

    /// A nested collection: its `meta`, and its rows when it is to be shown in full.
    fn collection(
        &self,
        kind: &EntityType,
        row: &Row,
        spec: &Collection,
        expand: Option<&Expand>,
    ) -> Value {
        let records = row.collection(spec.name);
        let meta = self
            .links
            .collection(kind, row.id, spec.name, spec.row_type, records.len());
        let Some(expand) = expand else {
            return object([("meta", meta)]);
        };
        let rows: Vec<Value> = records
            .iter()
            .take(1000)
            .map(|record| self.record(kind, row, spec, record, expand))
            .collect();
        object([("meta", meta), ("rows", rows.into())])
    }

    /// A row of a nested collection.
    pub(crate) fn record(
        &self,
        kind: &EntityType,
        owner: &Row,
        spec: &Collection,
        record: &Record,
        expand: &Expand,
    ) -> Value {
        let mut shown = Map::new();
        shown.insert(
            "meta".into(),
            self.links.nested(kind, owner.id, spec, record.id),
        );
        shown.insert("id".into(), record.id.to_string().into());
        shown.insert("accountId".into(), self.world.account.id.to_string().into());
        for (name, datum) in record.fields.iter() {
            shown.insert(name.into(), self.datum(kind, datum, expand.get(name)));
        }
        for field in spec.fields {
            add_preset(field, &mut shown);
        }
        if spec.has_agent {
            let agent = match expand.get("agent") {
                Some(expand) => self.row(kind, owner, expand),
                None => self.links.reference(kind, owner.id),
            };
            shown.insert("agent".into(), agent);
        }
        Value::Object(shown)
    }

    pub(crate) fn datum(&self, kind: &EntityType, datum: &Datum, expand: Option<&Expand>) -> Value {
        match datum {
            Datum::Text(text) => text.as_str().into(),
            Datum::Number(number) => (*number).into(),
            Datum::Whole(number) => (*number).into(),
            Datum::Flag(flag) => (*flag).into(),
            Datum::Moment(at) => at.text().into(),
            Datum::Link(reference) => self.reference(*reference, expand),
            Datum::State(id) => self.state(kind, *id, expand.is_some()),
            Datum::PriceType(id) => self.price_type(*id),
            Datum::Words(words) => words.clone().into(),
            Datum::Rate(rate) => {
                let currency = Reference {
                    kind: "currency",
                    id: rate.currency,
                };
                let inner = expand.and_then(|expand| expand.get("currency"));
                let mut shown = Map::new();
                shown.insert("currency".into(), self.reference(currency, inner));
                if let Some(value) = rate.value {
                    shown.insert("value".into(), value.into());
                }
                shown.into()
            }
            Datum::File(file) => file.filename.as_str().into(),
            Datum::Json(json) => {
                let mut json = json.as_ref().clone();
                self.links.rebase(&mut json);
                json
            }
        }
    }

    fn reference(&self, reference: Reference, expand: Option<&Expand>) -> Value {
        let Some(kind) = entity_types::find(reference.kind) else {
            return Value::Null;
        };
        match (expand, self.world.store.row(kind, reference.id)) {
            (Some(_), Some(_)) if !self.world.may(kind.keyword, Right::View) => {
                let mut meta = self.object_meta(kind, reference.id);
                if let Some(meta) = meta.as_object_mut() {
                    meta.insert("permitted".into(), false.into());
                }
                object([("meta", meta)])
            }
            (Some(expand), Some(row)) => self.row(kind, row, expand),
            _ => object([("meta", self.object_meta(kind, reference.id))]),
        }
    }

    fn state(&self, kind: &EntityType, id: Uuid, full: bool) -> Value {
        match self.world.registers.state(kind.keyword, id) {
            Some(state) if full => self.world.shown_state(kind.keyword, state, self.links),
            _ => object([("meta", self.links.state(kind.keyword, id))]),
        }
    }

    fn price_type(&self, id: Uuid) -> Value {
        let known = self
            .world
            .account
            .price_types
            .iter()
            .find(|known| known.id == id);
        match known {
            Some(known) => json!({
                "meta": self.links.price_type(id),
                "id": id,
                "name": known.name,
                "externalCode": known.external_code,
            }),
            None => Value::Null,
        }
    }

    /// All price types (типы цен), the default one first.
    pub(crate) fn price_types(&self) -> Vec<Value> {
        self.world
            .account
            .price_types
            .iter()
            .map(|known| self.price_type(known.id))
            .collect()
    }

    fn operations(&self, row: &Row, expand: Option<&Expand>) -> Value {
        let operations = row.operations.iter().map(|operation| {
            let mut shown = self.reference(operation.document, expand);
            if let Some(map) = shown.as_object_mut() {
                map.insert("linkedSum".into(), operation.linked_sum.into());
            }
            shown
        });
        operations.collect()
    }

    /// The paid sum and the payments of an order.
    fn add_payments(&self, row: &Row, expand: Option<&Expand>, shown: &mut Map<String, Value>) {
        shown.insert("payedSum".into(), self.world.paid(row.id).into());
        let payments = self.world.store.payments_of(row.id);
        if !payments.is_empty() {
            let payments = payments
                .iter()
                .map(|payment| self.reference(*payment, expand));
            shown.insert("payments".into(), payments.collect());
        }
    }

    /// The shipments (отгрузки) and invoices (счета) made for an order, and their sums.
    fn add_followers(&self, row: &Row, shown: &mut Map<String, Value>) {
        let followers = self.world.store.followers_of(row.id);
        for (keyword, list, total) in [
            ("demand", "demands", "shippedSum"),
            ("invoiceout", "invoicesOut", "invoicedSum"),
        ] {
            let of_kind = followers.iter().filter(|known| known.kind == keyword);
            let references: Vec<Value> = of_kind
                .clone()
                .map(|follower| self.reference(*follower, None))
                .collect();
            let sums = of_kind
                .filter_map(|follower| self.world.store.row_of(*follower))
                .filter(|row| !row.is_trashed() && row.fields.flag("applicable") != Some(false))
                .filter_map(|row| row.fields.number("sum"));
            shown.insert(total.into(), sums.fold(0.0, |sum, next| sum + next).into());
            if !references.is_empty() {
                shown.insert(list.into(), references.into());
            }
        }
    }

    /// Prices of zero for every price type that has none.
    fn add_prices(&self, shown: &mut Map<String, Value>) {
        if !shown.contains_key("salePrices") {
            let currency = Reference {
                kind: "currency",
                id: self.world.account.currency,
            };
            let currency = self.reference(currency, None);
            let prices = self.price_types().into_iter().map(
                |price_type| json!({"value": 0.0, "currency": currency, "priceType": price_type}),
            );
            shown.insert("salePrices".into(), prices.collect());
        }
    }

    /// The `context` of a list: who asked.
    pub(crate) fn context(&self) -> Value {
        let base = self.links.base;
        json!({"employee": {"meta": {
            "href": format!("{base}/context/employee"),
            "metadataHref": format!("{base}/entity/employee/metadata"),
            "type": "employee",
            "mediaType": "application/json",
        }}})
    }
}

/// Adds the default of a field that nothing is stored for.
fn add_preset(field: &Field, shown: &mut Map<String, Value>) {
    if !shown.contains_key(field.name)
        && let Some(value) = preset_value(field)
    {
        shown.insert(field.name.into(), value);
    }
}

/// What every object shows for a field until another value is stored.
pub(crate) fn preset_value(field: &Field) -> Option<Value> {
    Some(match field.preset {
        Preset::Flag(flag) => flag.into(),
        Preset::Number(number) => number.into(),
        Preset::Whole(number) => number.into(),
        Preset::Text(text) => text.into(),
        Preset::EmptyList => json!([]),
        _ => return None,
    })
}
