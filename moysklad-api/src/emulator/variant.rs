//! Variants (модификации) of a product: what sets them apart, and their names.

use std::collections::HashSet;

use serde_json::{Value, json};
use uuid::Uuid;

use super::datum::{Datum, Row};
use super::entity_types::EntityType;
use super::error::ServiceErrors;
use super::moment::Moment;
use super::render::Renderer;
use super::store::Table;
use super::validate::text;
use super::world::World;

impl World {
    /// Completes a variant: ids of its characteristics (характеристики), and its name.
    pub(crate) fn write_variant(
        &self,
        kind: &EntityType,
        row: &mut Row,
        at: Moment,
    ) -> Result<(), ServiceErrors> {
        let Some(Datum::Link(product)) = row.fields.get("product").cloned() else {
            return Err(ServiceErrors::required("product"));
        };
        let given = match row.fields.get("characteristics") {
            Some(Datum::Json(json)) => json.as_array().cloned().unwrap_or_default(),
            _ => Vec::new(),
        };
        if given.is_empty() {
            let text = "У модификации должна быть хотя бы одна характеристика";
            return Err(ServiceErrors::variant(15001, text));
        }
        let mut characteristics = Vec::with_capacity(given.len());
        for item in &given {
            characteristics.push(self.characteristic(kind, item, at)?);
        }
        let same_product = |other: &&Row| {
            other.id != row.id && other.fields.get("product") == Some(&Datum::Link(product))
        };
        let mut others = self.variants(kind).filter(same_product);
        if others.any(|other| set_of(other) == pairs(&characteristics)) {
            let text = "Модификация с таким набором характеристик уже существует";
            return Err(ServiceErrors::variant(15000, text));
        }
        let values: Vec<&str> = characteristics
            .iter()
            .filter_map(|item| item.get("value")?.as_str())
            .collect();
        let product = self.store.row_of(product);
        let product = product.and_then(|product| product.fields.text("name"));
        let name = format!("{} ({})", product.unwrap_or_default(), values.join(", "));
        row.fields.set("name", Datum::Text(name));
        let characteristics = Datum::Json(Box::new(characteristics.into()));
        row.fields.set("characteristics", characteristics);
        Ok(())
    }

    /// A characteristic of a known name keeps its id; one of a new name gets one.
    fn characteristic(
        &self,
        kind: &EntityType,
        item: &Value,
        at: Moment,
    ) -> Result<Value, ServiceErrors> {
        let text = |name: &str| item.get(name).and_then(Value::as_str);
        let refuse = |text| ServiceErrors::variant(10000, text);
        let value = text("value").filter(|value| !value.is_empty());
        let value = value.ok_or_else(|| refuse("У характеристики нет значения"))?;
        let by_id = text("id").is_some();
        let wanted = text(if by_id { "id" } else { "name" });
        let wanted = wanted.ok_or_else(|| refuse("У характеристики нет имени"))?;
        let mut known = self.known_characteristics(kind);
        let (id, name) = match known.find(|(id, name)| wanted == *if by_id { id } else { name }) {
            Some(known) => known,
            None if !by_id => (self.mint.id(at).to_string(), wanted.to_owned()),
            None => return Err(ServiceErrors::not_found("attributemetadata", wanted)),
        };
        Ok(json!({"id": id, "name": name, "value": value}))
    }

    /// The ids and names of all characteristics, one as often as variants have it.
    fn known_characteristics(&self, kind: &EntityType) -> impl Iterator<Item = (String, String)> {
        let defined = self.registers.characteristics.iter();
        let defined = defined.map(|(id, name)| (id.to_string(), name.clone()));
        let used = self.variants(kind).flat_map(characteristics_of);
        let used = used.filter_map(|known| {
            let text = |name: &str| Some(known.get(name)?.as_str()?.to_owned());
            Some((text("id")?, text("name")?))
        });
        defined.chain(used)
    }

    /// Defines a characteristic before any variant has it.
    pub(crate) fn add_characteristic(
        &mut self,
        body: &Value,
        at: Moment,
    ) -> Result<Uuid, ServiceErrors> {
        let given = body.get("name");
        let given = given.ok_or_else(|| ServiceErrors::required("name"))?;
        let name = text("name", given, 255)?.ok_or_else(|| ServiceErrors::required("name"))?;
        let kind = Self::kind("variant")?;
        if self
            .known_characteristics(kind)
            .any(|(_, known)| known == name)
        {
            return Err(ServiceErrors::not_unique("name"));
        }
        let id = self.mint.id(at);
        self.registers.characteristics.push((id, name));
        Ok(id)
    }

    fn variants(&self, kind: &EntityType) -> impl Iterator<Item = &Row> {
        self.store.table(kind).into_iter().flat_map(Table::rows)
    }
}

impl Renderer<'_> {
    /// All characteristics (характеристики), each once, those defined beforehand first.
    pub(crate) fn characteristics(&self) -> Vec<Value> {
        let Ok(kind) = World::kind("variant") else {
            return Vec::new();
        };
        let mut seen = HashSet::new();
        let known = self.world.known_characteristics(kind);
        let known = known.filter(|(id, _)| seen.insert(id.clone()));
        let base = self.links.base;
        let shown = known.map(|(id, name)| {
            json!({
                "meta": {
                    "href": format!("{base}/entity/variant/metadata/characteristics/{id}"),
                    "type": "attributemetadata",
                    "mediaType": "application/json",
                },
                "id": id,
                "name": name,
                "type": "string",
                "required": false,
            })
        });
        shown.collect()
    }
}

fn set_of(row: &Row) -> Vec<(String, String)> {
    pairs(characteristics_of(row))
}

fn characteristics_of(row: &Row) -> &[Value] {
    match row.fields.get("characteristics") {
        Some(Datum::Json(json)) => json.as_array().map_or(&[], Vec::as_slice),
        _ => &[],
    }
}

/// The names and values, in an order of their own.
fn pairs(characteristics: &[Value]) -> Vec<(String, String)> {
    let text = |item: &Value, name: &str| {
        let text = item.get(name).and_then(Value::as_str);
        text.unwrap_or_default().to_owned()
    };
    let pairs = characteristics.iter();
    let mut pairs: Vec<_> = pairs
        .map(|item| (text(item, "name"), text(item, "value")))
        .collect();
    pairs.sort();
    pairs
}
