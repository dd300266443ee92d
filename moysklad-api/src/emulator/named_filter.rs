//! Named filters (сохраненные фильтры) of lists.

use serde_json::{Value, json};
use uuid::Uuid;

use super::entity_types::EntityType;
use super::error::ServiceErrors;
use super::filter::Filter;
use super::href::{Links, Target};
use super::query::Query;
use super::world::World;

/// A filter that somebody saved in the web interface.
#[derive(Clone, Debug)]
pub(crate) struct NamedFilter {
    pub(crate) id: Uuid,
    pub(crate) kind: &'static EntityType,
    pub(crate) name: String,
    /// The conditions, as in the `filter` of a list.
    pub(crate) conditions: String,
}

impl World {
    /// Saves a filter under a name; its conditions must be good.
    pub(crate) fn save_filter(
        &mut self,
        kind: &'static EntityType,
        name: &str,
        conditions: &str,
    ) -> Result<Uuid, ServiceErrors> {
        Filter::parse(conditions, kind, self)?;
        let id = self.mint.id(self.clock.now());
        self.named_filters.push(NamedFilter {
            id,
            kind,
            name: name.to_owned(),
            conditions: conditions.to_owned(),
        });
        Ok(id)
    }

    /// The conditions of a list: its own, or those of the named filter it asks for.
    pub(crate) fn conditions(
        &self,
        kind: &EntityType,
        query: &Query,
    ) -> Result<String, ServiceErrors> {
        let Some(href) = query.get("namedfilter") else {
            return Ok(query.joined("filter"));
        };
        if ["filter", "search", "order"]
            .iter()
            .any(|name| query.get(name).is_some())
        {
            return Err(ServiceErrors::named_filter());
        }
        let id = Target::parse(href).and_then(Target::id);
        let id = id.ok_or_else(|| ServiceErrors::filter_value("namedfilter", href))?;
        Ok(self.named_filter(kind, id)?.conditions.clone())
    }

    pub(crate) fn named_filter(
        &self,
        kind: &EntityType,
        id: Uuid,
    ) -> Result<&NamedFilter, ServiceErrors> {
        let mut filters = self.filters_of(kind);
        let found = filters.find(|known| known.id == id);
        found.ok_or_else(|| ServiceErrors::not_found("namedfilter", id))
    }

    pub(crate) fn filters_of(&self, kind: &EntityType) -> impl Iterator<Item = &NamedFilter> {
        let keyword = kind.keyword;
        self.named_filters
            .iter()
            .filter(move |known| known.kind.keyword == keyword)
    }

    pub(crate) fn shown_filter(&self, filter: &NamedFilter, links: Links<'_>) -> Value {
        let employee = Self::kind("employee");
        let owner = employee.map(|kind| links.reference(kind, self.account.employee));
        let path = format!("entity/{}/namedfilter/{}", filter.kind.keyword, filter.id);
        json!({
            "meta": {
                "href": format!("{}/{path}", links.base),
                "type": "namedfilter",
                "mediaType": "application/json",
            },
            "owner": owner.unwrap_or_default(),
            "accountId": self.account.id,
            "id": filter.id,
            "name": filter.name,
        })
    }
}
