//! Variants (модификации) of a product: what sets them apart, and their names.

use serde_json::{Value, json};
use uuid::Uuid;

use super::datum::{Datum, Row};
use super::entity_types::EntityType;
use super::error::ServiceErrors;
use super::moment::Moment;
use super::store::Table;
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
        let known = self
            .variants(kind)
            .flat_map(|row| match row.fields.get("characteristics") {
                Some(Datum::Json(json)) => json.as_array().map_or(&[][..], Vec::as_slice),
                _ => &[],
            });
        let field = if text("id").is_some() { "id" } else { "name" };
        let wanted = text(field).ok_or_else(|| refuse("У характеристики нет имени"))?;
        let mut known =
            known.filter(|known| known.get(field).and_then(Value::as_str) == Some(wanted));
        let (id, name) = match known.next() {
            Some(known) => (known.get("id").cloned(), known.get("name").cloned()),
            None if field == "name" => {
                let id: Uuid = self.mint.id(at);
                (Some(id.to_string().into()), Some(wanted.into()))
            }
            None => return Err(ServiceErrors::not_found("attributemetadata", wanted)),
        };
        Ok(json!({"id": id, "name": name, "value": value}))
    }

    fn variants(&self, kind: &EntityType) -> impl Iterator<Item = &Row> {
        self.store.table(kind).into_iter().flat_map(Table::rows)
    }
}

fn set_of(row: &Row) -> Vec<(String, String)> {
    match row.fields.get("characteristics") {
        Some(Datum::Json(json)) => pairs(json.as_array().map_or(&[], Vec::as_slice)),
        _ => Vec::new(),
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
