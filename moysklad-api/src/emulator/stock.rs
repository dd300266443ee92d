//! Stock (остатки) of what positions name, shown when a request asks for `fields=stock`.

use std::collections::HashMap;

use serde_json::{Value, json};
use uuid::Uuid;

use super::datum::{Datum, Row};
use super::entity_types;
use super::error::ServiceErrors;
use super::href::Target;
use super::query::Query;
use super::store::Table;
use super::world::World;

/// What one product, service, variant or bundle has in all stores.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Stock {
    pub(crate) quantity: f64,
    pub(crate) reserve: f64,
}

impl World {
    /// Reads `fields`: whether stock is to be shown with positions.
    pub(crate) fn wants_stock(query: &Query, listed: bool) -> Result<bool, ServiceErrors> {
        match query.get("fields") {
            None | Some("") => Ok(false),
            // On a list stock is shown under the rule that expanded references follow.
            Some("stock") => Ok(!listed || query.may_expand()),
            Some(several) if several.contains(',') => Err(ServiceErrors::fields(3042)),
            Some(_) => Err(ServiceErrors::fields(3043)),
        }
    }

    /// Adds the stock of the moment to every position inside an answer.
    pub(crate) fn add_stock(&self, answer: &mut Value) {
        let stock = self.stock();
        self.add_stock_to(answer, &stock);
    }

    fn add_stock_to(&self, value: &mut Value, stock: &HashMap<Uuid, Stock>) {
        match value {
            Value::Array(items) => items
                .iter_mut()
                .for_each(|item| self.add_stock_to(item, stock)),
            Value::Object(map) => {
                let href = map
                    .get("assortment")
                    .and_then(|named| named.pointer("/meta/href"));
                let target = href.and_then(Value::as_str).and_then(Target::parse);
                if let Some(id) = target.and_then(Target::id) {
                    let Stock { quantity, reserve } = stock.get(&id).copied().unwrap_or_default();
                    let shown = json!({
                        "cost": self.cost(target),
                        "quantity": quantity,
                        "reserve": reserve,
                        "intransit": 0.0,
                        "available": quantity - reserve,
                    });
                    map.insert("stock".into(), shown);
                    return;
                }
                for inner in map.values_mut() {
                    self.add_stock_to(inner, stock);
                }
            }
            _ => {}
        }
    }

    /// What was put into the stores, without what was shipped; and what orders reserve.
    pub(crate) fn stock(&self) -> HashMap<Uuid, Stock> {
        let mut stock: HashMap<Uuid, Stock> = HashMap::new();
        for (id, quantity) in &self.stocked {
            stock.entry(*id).or_default().quantity += quantity;
        }
        for (keyword, field, sign) in [
            ("demand", "quantity", -1.0),
            ("customerorder", "reserve", 1.0),
        ] {
            let table = entity_types::find(keyword).and_then(|kind| self.store.table(kind));
            let rows = table.into_iter().flat_map(Table::rows);
            let counted = rows.filter(|row| counts(row));
            for position in counted.flat_map(|row| row.collection("positions")) {
                if let Some(Datum::Link(named)) = position.fields.get("assortment") {
                    let amount = sign * position.fields.number(field).unwrap_or(0.0);
                    let known = stock.entry(named.id).or_default();
                    if field == "reserve" {
                        known.reserve += amount;
                    } else {
                        known.quantity += amount;
                    }
                }
            }
        }
        stock
    }

    fn cost(&self, target: Option<Target<'_>>) -> f64 {
        let Some(Target::Object { kind, id }) = target else {
            return 0.0;
        };
        let kind = entity_types::find(kind);
        let row = kind.and_then(|kind| self.store.row(kind, Uuid::try_parse(id).ok()?));
        let price = match row.and_then(|row| row.fields.get("buyPrice")) {
            Some(Datum::Json(price)) => price.get("value").and_then(Value::as_f64),
            _ => None,
        };
        price.unwrap_or(0.0)
    }
}

fn counts(row: &Row) -> bool {
    !row.is_trashed() && row.fields.flag("applicable") != Some(false)
}
