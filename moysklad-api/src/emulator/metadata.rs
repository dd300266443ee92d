//! Metadata of a type: its custom fields, states and groups.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::datum::Datum;
use super::entity_types::{self, EntityType};
use super::error::ServiceErrors;
use super::filter::conditions;
use super::json::object;
use super::query::Query;
use super::register::Register;
use super::render::Renderer;
use super::store::Table;
use super::world::World;

impl Renderer<'_> {
    /// The metadata page of a type.
    pub(crate) fn metadata(&self, kind: &EntityType, query: &Query) -> Value {
        let base = self.links.base;
        let keyword = kind.keyword;
        let mut shown = Map::new();
        let href = format!("{base}/entity/{keyword}/metadata");
        shown.insert(
            "meta".into(),
            json!({"href": href, "mediaType": "application/json"}),
        );
        if let Some(register) = kind.attributes.map(Register::Type) {
            shown.extend(
                self.defined(register, query)
                    .map(|fields| ("attributes".to_owned(), fields)),
            );
        }
        if keyword == "variant" {
            shown.insert("characteristics".into(), self.characteristics().into());
        }
        let states = self.world.registers.states(keyword);
        if !states.is_empty() {
            let states = states
                .iter()
                .map(|state| self.world.shown_state(keyword, state, self.links));
            shown.insert("states".into(), states.collect());
        }
        if keyword == "counterparty" {
            shown.insert("tags".into(), self.tags(kind).into_iter().collect());
        }
        if keyword != "variant" {
            shown.insert("createShared".into(), false.into());
        }
        Value::Object(shown)
    }

    /// The field `attributes` of metadata, unless nothing is defined.
    pub(crate) fn defined(&self, register: Register, query: &Query) -> Option<Value> {
        let rows = self.definitions(register);
        if rows.is_empty() {
            return None;
        }
        let base = self.links.base;
        let meta = json!({
            "href": format!("{base}/entity/{register}/metadata/attributes"),
            "type": "attributemetadata",
            "mediaType": "application/json",
            "size": rows.len(),
            "limit": 1000,
            "offset": 0,
        });
        let wanted = query.get("expand").unwrap_or_default();
        let expanded = wanted.split(',').any(|field| field == "attributes");
        Some(if expanded {
            object([("meta", meta), ("rows", rows.into())])
        } else {
            object([("meta", meta)])
        })
    }

    /// The definitions of the custom fields of a register.
    pub(crate) fn definitions(&self, register: Register) -> Vec<Value> {
        let definitions = self.world.registers.attributes(register).iter();
        definitions
            .map(|definition| World::shown_definition(register, definition, self.links))
            .collect()
    }

    /// The map of all types, or of those that the filter names.
    pub(crate) fn all_metadata(&self, query: &Query) -> Result<Value, ServiceErrors> {
        let wanted = conditions(&query.joined("filter"))?;
        if let Some(other) = wanted.iter().find(|wanted| wanted.field != "type") {
            let text = format!("неизвестное поле фильтрации '{}'", other.field);
            return Err(ServiceErrors::filter(text));
        }
        let named = |kind: &&EntityType| {
            wanted.is_empty() || wanted.iter().any(|wanted| wanted.value == kind.keyword)
        };
        let types = entity_types::ALL.iter().filter(named).map(|kind| {
            let href = format!("{}/entity/{}/metadata", self.links.base, kind.metadata_of());
            let meta = json!({"href": href, "mediaType": "application/json"});
            (kind.keyword.to_owned(), json!({"meta": meta}))
        });
        Ok(Value::Object(types.collect()))
    }

    /// Every group (группа) that some counterparty is in.
    fn tags(&self, kind: &EntityType) -> BTreeSet<String> {
        let rows = self
            .world
            .store
            .table(kind)
            .into_iter()
            .flat_map(Table::rows);
        rows.filter_map(|row| match row.fields.get("tags") {
            Some(Datum::Words(words)) => Some(words.iter().cloned()),
            _ => None,
        })
        .flatten()
        .collect()
    }
}
