//! Custom dictionaries (пользовательские справочники) and their elements.

use std::collections::HashSet;

use serde_json::{Value, json};
use uuid::Uuid;

use super::datum::Reference;
use super::entity_types::EntityType;
use super::error::ServiceErrors;
use super::href::{Links, Target};
use super::moment::Moment;
use super::register::{AttributeKind, Register};
use super::validate::text;
use super::world::World;

/// The type of the elements of every dictionary.
pub(crate) const ELEMENT: &str = "customentity";

/// All dictionaries, in the order of their creation.
#[derive(Debug, Default)]
pub(crate) struct Dictionaries(Vec<Dictionary>);

/// A dictionary; its elements are objects of one type, told apart by this list.
#[derive(Debug)]
pub(crate) struct Dictionary {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    /// Those that are gone stay in the list: the audit and webhooks still give their addresses.
    pub(crate) elements: HashSet<Uuid>,
}

impl Dictionaries {
    pub(crate) fn all(&self) -> &[Dictionary] {
        &self.0
    }

    pub(crate) fn find(&self, id: Uuid) -> Result<&Dictionary, ServiceErrors> {
        let found = self.0.iter().find(|known| known.id == id);
        found.ok_or_else(|| ServiceErrors::not_found(ELEMENT, id))
    }

    fn find_mut(&mut self, id: Uuid) -> Result<&mut Dictionary, ServiceErrors> {
        let found = self.0.iter_mut().find(|known| known.id == id);
        found.ok_or_else(|| ServiceErrors::not_found(ELEMENT, id))
    }

    /// The dictionary that an element belongs to.
    pub(crate) fn of_element(&self, element: Uuid) -> Option<&Dictionary> {
        self.0
            .iter()
            .find(|known| known.elements.contains(&element))
    }
}

impl World {
    /// Creates a dictionary, or renames the one that `target` names.
    pub(crate) fn save_dictionary(
        &mut self,
        target: Option<Uuid>,
        body: &Value,
        at: Moment,
    ) -> Result<Uuid, ServiceErrors> {
        let given = body
            .get("name")
            .ok_or_else(|| ServiceErrors::required("name"))?;
        let name = text("name", given, 255)?.ok_or_else(|| ServiceErrors::required("name"))?;
        if let Some(id) = target {
            self.dictionaries.find_mut(id)?.name = name;
            return Ok(id);
        }
        let id = self.mint.id(at);
        self.dictionaries.0.push(Dictionary {
            id,
            name,
            elements: HashSet::new(),
        });
        Ok(id)
    }

    /// Deletes a dictionary with its elements unless a custom field uses it.
    pub(crate) fn delete_dictionary(&mut self, id: Uuid) -> Result<(), ServiceErrors> {
        let kind = Self::kind(ELEMENT)?;
        self.dictionaries.find(id)?;
        if self.registers.uses(AttributeKind::Element(id)) {
            return Err(ServiceErrors::dictionary_in_use());
        }
        let place = self.dictionaries.0.iter().position(|known| known.id == id);
        if let Some(place) = place {
            for element in self.dictionaries.0.remove(place).elements {
                self.store.remove(kind, element);
            }
            self.registers.forget(Register::Dictionary(id));
        }
        Ok(())
    }

    /// Saves an element of a dictionary.
    pub(crate) fn save_element(
        &mut self,
        dictionary: Uuid,
        target: Option<Uuid>,
        body: &Value,
        at: Moment,
    ) -> Result<Uuid, ServiceErrors> {
        let kind = Self::kind(ELEMENT)?;
        let known = self.dictionaries.find(dictionary)?;
        if let Some(id) = target.filter(|id| !known.elements.contains(id)) {
            return Err(ServiceErrors::not_found(ELEMENT, id));
        }
        if target.is_some() {
            return self.save(kind, target, body, at);
        }
        // The custom fields of an element are those of its dictionary, so it must be in it first.
        let id = self.mint.id(at);
        self.dictionaries.find_mut(dictionary)?.elements.insert(id);
        let saved = self.create(kind, id, body, at);
        if saved.is_err() {
            self.dictionaries.find_mut(dictionary)?.elements.remove(&id);
        }
        saved
    }

    /// Deletes an element of a dictionary unless something refers to it.
    pub(crate) fn delete_element(
        &mut self,
        dictionary: Uuid,
        id: Uuid,
        at: Moment,
        links: Links<'_>,
    ) -> Result<(), ServiceErrors> {
        let kind = Self::kind(ELEMENT)?;
        if !self.dictionaries.find(dictionary)?.elements.contains(&id) {
            return Err(ServiceErrors::not_found(ELEMENT, id));
        }
        self.delete(kind, id, at, links)
    }

    /// Reads the value of a custom field: an element by `meta`, or by its name.
    pub(crate) fn element(
        &self,
        field: &str,
        dictionary: Uuid,
        value: &Value,
    ) -> Result<Reference, ServiceErrors> {
        let kind = Self::kind(ELEMENT)?;
        let elements = &self.dictionaries.find(dictionary)?.elements;
        let id = if value.get("meta").is_some() {
            let href = self.reference_href(field, value)?;
            let id = Target::parse(href).and_then(Target::id);
            id.ok_or_else(|| ServiceErrors::wrong_type(field, "Meta"))?
        } else {
            let name = value.get("name").and_then(Value::as_str).ok_or_else(|| {
                let text = "Значение справочника задается через meta или name";
                ServiceErrors::attribute(14004, text)
            })?;
            let named = |id: &&Uuid| {
                let row = self.store.row(kind, **id);
                row.is_some_and(|row| row.fields.text("name") == Some(name))
            };
            let found = elements.iter().find(named).copied();
            found.ok_or_else(|| ServiceErrors::not_found(ELEMENT, name))?
        };
        if !elements.contains(&id) || self.store.row(kind, id).is_none() {
            return Err(ServiceErrors::not_found(ELEMENT, id));
        }
        Ok(Reference { kind: ELEMENT, id })
    }

    /// A dictionary as its own page shows it.
    pub(crate) fn shown_dictionary(
        &self,
        id: Uuid,
        links: Links<'_>,
    ) -> Result<Value, ServiceErrors> {
        let known = self.dictionaries.find(id)?;
        Ok(json!({
            "meta": {
                "href": format!("{}/entity/{ELEMENT}/{id}", links.base),
                "type": ELEMENT,
                "mediaType": "application/json",
            },
            "id": id,
            "name": known.name,
        }))
    }

    /// A dictionary as the metadata of the company lists it.
    pub(crate) fn listed_dictionary(known: &Dictionary, links: Links<'_>) -> Value {
        let entity = format!("{}/entity/{ELEMENT}/{}", links.base, known.id);
        json!({
            "meta": links.dictionary(known.id),
            "entityMeta": {
                "href": entity,
                "type": ELEMENT,
                "mediaType": "application/json",
            },
            "id": known.id,
            "name": known.name,
            "createShared": false,
        })
    }

    /// Whether a row is an element of this dictionary.
    pub(crate) fn is_element(&self, kind: &EntityType, dictionary: Uuid, id: Uuid) -> bool {
        let known = self.dictionaries.find(dictionary);
        kind.keyword == ELEMENT && known.is_ok_and(|known| known.elements.contains(&id))
    }
}
