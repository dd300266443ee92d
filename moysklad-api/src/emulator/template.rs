//! Templates (шаблоны) of documents: what a new one would hold, on its own or made from another.

use serde_json::{Map, Value};
use uuid::Uuid;

use super::datum::{Datum, Operation, Record, Reference, Row};
use super::entity_types::{self, EntityType};
use super::error::ServiceErrors;
use super::expand::Expand;
use super::href::Links;
use super::store::Table;
use super::world::World;

/// What a document takes over from the one it is made from.
const TAKEN_OVER: [&str; 8] = [
    "organization",
    "agent",
    "store",
    "contract",
    "project",
    "salesChannel",
    "rate",
    "shipmentAddress",
];

/// Fields that name the document to start from: alone, or in an array.
const BASES: [&str; 4] = ["customerOrder", "invoicesOut", "demands", "operations"];

/// What only a stored document has.
const STORED: [&str; 11] = [
    "meta",
    "id",
    "accountId",
    "name",
    "created",
    "updated",
    "externalCode",
    "files",
    "printed",
    "published",
    "shared",
];

impl World {
    /// Shows a document that is not stored, filled from the one the body names.
    pub(crate) fn template(
        &self,
        kind: &'static EntityType,
        body: &Map<String, Value>,
        links: Links<'_>,
    ) -> Result<Value, ServiceErrors> {
        let mut row = Row::new(Uuid::nil());
        for (field, keyword) in [("organization", "organization"), ("store", "store")] {
            if let (Some(spec), Some(first)) = (kind.field(field), self.first(keyword)) {
                row.fields.set(spec.name, Datum::Link(first));
            }
        }
        if let Some(base) = self.base_of(body)? {
            self.take_over(kind, base, &mut row);
        }
        if kind.has_positions() {
            super::positions::total(kind, &mut row);
        }
        let expand = Expand::nested_rows(kind);
        let mut shown = self.renderer(links).row(kind, &row, &expand);
        if let Some(map) = shown.as_object_mut() {
            for name in STORED {
                map.remove(name);
            }
            strip_positions(map, links);
            let given = body
                .iter()
                .filter(|(name, _)| !BASES.contains(&name.as_str()));
            for (name, value) in given {
                map.insert(name.clone(), value.clone());
            }
        }
        Ok(shown)
    }

    /// The document that a body names to start from.
    fn base_of(&self, body: &Map<String, Value>) -> Result<Option<Reference>, ServiceErrors> {
        let named = BASES.iter().find_map(|name| Some((name, body.get(*name)?)));
        let Some((name, value)) = named else {
            return Ok(None);
        };
        let value = match value {
            Value::Array(items) => items.first(),
            value => Some(value),
        };
        let types = ["customerorder", "demand", "invoiceout"];
        value
            .map(|value| self.reference(name, &types, value))
            .transpose()
    }

    fn take_over(&self, kind: &EntityType, base: Reference, row: &mut Row) {
        let Some(from) = self.store.row_of(base) else {
            return;
        };
        for name in TAKEN_OVER {
            if let (Some(spec), Some(datum)) = (kind.field(name), from.fields.get(name)) {
                row.fields.set(spec.name, datum.clone());
            }
        }
        if let (Some(spec), "customerorder") = (kind.field("customerOrder"), base.kind) {
            row.fields.set(spec.name, Datum::Link(base));
        }
        if kind.pays.is_some() {
            let unpaid = self.unpaid(base, row.id).max(0.0);
            row.fields.set("sum", Datum::Number(unpaid));
            row.operations = vec![Operation {
                document: base,
                linked_sum: unpaid,
            }];
        }
        let Some(positions) = kind.collection("positions") else {
            return;
        };
        let copy = |position: &Record| {
            let mut copy = Record {
                id: Uuid::nil(),
                fields: super::datum::Fields::default(),
            };
            for field in positions.fields {
                if let Some(datum) = position.fields.get(field.name) {
                    copy.fields.set(field.name, datum.clone());
                }
            }
            copy
        };
        let copies = from.collection("positions").iter().map(copy).collect();
        row.set_collection("positions", copies);
    }

    /// The object of a type that new documents name when nothing else is said.
    fn first(&self, keyword: &str) -> Option<Reference> {
        let kind = entity_types::find(keyword)?;
        let mut rows = self.store.table(kind).into_iter().flat_map(Table::rows);
        let first = rows.find(|row| !row.is_archived())?;
        Some(Reference {
            kind: kind.keyword,
            id: first.id,
        })
    }
}

/// Positions of a template have neither ids nor addresses.
fn strip_positions(template: &mut Map<String, Value>, links: Links<'_>) {
    let Some(Value::Object(positions)) = template.get_mut("positions") else {
        return;
    };
    if let Some(Value::Object(meta)) = positions.get_mut("meta") {
        meta.insert("href".into(), links.base.into());
    }
    let rows = positions.get_mut("rows").and_then(Value::as_array_mut);
    for row in rows.into_iter().flatten().filter_map(Value::as_object_mut) {
        for name in ["meta", "id", "accountId"] {
            row.remove(name);
        }
    }
}
