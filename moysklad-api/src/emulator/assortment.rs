//! What can be sold (ассортимент) as one list: products, services, variants and bundles.

use serde_json::{Value, json};

use super::datum::Row;
use super::entity_types::EntityType;
use super::error::ServiceErrors;
use super::expand::Expand;
use super::filter::{Condition, Filter, Operator, conditions};
use super::href::{Links, Target};
use super::json::object;
use super::list::list_meta;
use super::moment::Moment;
use super::order::Order;
use super::query::Query;
use super::render::Renderer;
use super::search::Search;
use super::store::Table;
use super::world::World;

/// The types of the list.
const TYPES: [&str; 4] = ["product", "service", "variant", "bundle"];

/// The conditions of one list, read for one of its types.
struct Part {
    kind: &'static EntityType,
    filter: Filter,
    expand: Expand,
}

impl World {
    /// A page of everything that can be sold and meets the query, with its stock (остаток).
    pub(crate) fn assortment(
        &self,
        query: &Query,
        links: Links<'_>,
    ) -> Result<Value, ServiceErrors> {
        let page = query.page(self.settings.page_limit)?;
        let (types, others): (Vec<Condition>, Vec<Condition>) =
            conditions(&query.joined("filter"))?
                .into_iter()
                .partition(|condition| condition.field == "type");
        let types = wanted_types(&types)?;
        let parts = self.parts(&types, &others, query)?;
        let order = Order::parse(query.get("order"), Self::kind("product")?)?;
        let search = query.get("search").filter(|text| !text.is_empty());
        let search = search.map(|text| Search::new(text, self.settings.switches.documents_by_word));
        let mut found: Vec<(&Part, &Row)> = Vec::new();
        for part in &parts {
            let rows = self.store.table(part.kind);
            let rows = rows.into_iter().flat_map(Table::rows).filter(|row| {
                let search = search.as_ref();
                part.filter.matches(part.kind, row, self)
                    && search.is_none_or(|search| search.matches(part.kind, row))
            });
            found.extend(rows.map(|row| (part, row)));
        }
        found.sort_by(|(_, one), (_, two)| order.compare_rows(one, two));
        let stock = self.stock();
        let renderer = Renderer { world: self, links };
        let rows = found.iter().skip(page.offset).take(page.limit);
        let rows = rows.map(|(part, row)| {
            let mut shown = renderer.row(part.kind, row, &part.expand);
            if let Some(map) = shown.as_object_mut()
                && part.kind.keyword != "service"
            {
                let stock = stock.get(&row.id).copied().unwrap_or_default();
                map.insert("stock".into(), stock.quantity.into());
                map.insert("reserve".into(), stock.reserve.into());
                map.insert("inTransit".into(), 0.0.into());
                map.insert("quantity".into(), (stock.quantity - stock.reserve).into());
            }
            shown
        });
        let rows: Vec<Value> = rows.collect();
        let extent = (page, found.len());
        let meta = list_meta(links, "entity/assortment", "assortment", query, extent);
        Ok(object([
            ("context", renderer.context()),
            ("meta", meta),
            ("rows", rows.into()),
        ]))
    }

    /// Reads the conditions for each type; a type that lacks a field has no rows to show, and a
    /// field that no type has is refused.
    fn parts(
        &self,
        types: &[&str],
        conditions: &[Condition],
        query: &Query,
    ) -> Result<Vec<Part>, ServiceErrors> {
        let expand = if query.may_expand() {
            query.get("expand").unwrap_or_default()
        } else {
            ""
        };
        let mut refusal = None;
        let mut parts = Vec::new();
        for keyword in types {
            let kind = Self::kind(keyword)?;
            let read = Filter::of(conditions.to_vec(), kind, self)
                .and_then(|filter| Ok((filter, Expand::parse(expand, kind)?)));
            match read {
                Ok((filter, expand)) => parts.push(Part {
                    kind,
                    filter,
                    expand,
                }),
                Err(errors) => refusal = refusal.or(Some(errors)),
            }
        }
        match refusal {
            Some(errors) if parts.is_empty() => Err(errors),
            _ => Ok(parts),
        }
    }

    /// Deletes each object that an element names by `meta`, whatever its type.
    pub(crate) fn delete_assortment(
        &mut self,
        rows: &[Value],
        at: Moment,
        links: Links<'_>,
    ) -> Vec<Result<Value, ServiceErrors>> {
        rows.iter()
            .map(|row| {
                let href = self.reference_href("meta", row)?;
                let wrong = || ServiceErrors::wrong_reference("meta", &TYPES);
                let Some(Target::Object { kind, id }) = Target::parse(href) else {
                    return Err(wrong());
                };
                let kind = TYPES.into_iter().find(|known| *known == kind);
                let kind = Self::kind(kind.ok_or_else(wrong)?)?;
                let id = super::world::parse_id(id)?;
                self.delete(kind, id, at, links)?;
                let keyword = kind.keyword;
                let info = format!("Сущность '{keyword}' с UUID: {id} успешно удалена");
                Ok(json!({"info": info}))
            })
            .collect()
    }
}

/// The types that a list is narrowed to; all of them when it is not.
fn wanted_types(conditions: &[Condition]) -> Result<Vec<&'static str>, ServiceErrors> {
    if conditions.is_empty() {
        return Ok(TYPES.to_vec());
    }
    let read = |condition: &Condition| {
        if condition.operator != Operator::Equal {
            let operator = condition.operator.text();
            let text = format!("оператор '{operator}' недоступен для поля 'type'");
            return Err(ServiceErrors::filter(text));
        }
        let known = TYPES.into_iter().find(|known| *known == condition.value);
        known.ok_or_else(|| ServiceErrors::filter_choice("type", &TYPES))
    };
    conditions.iter().map(read).collect()
}
