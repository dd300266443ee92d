//! Definitions of custom fields (дополнительные поля).

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::attribute_id;
use crate::emulator::dictionaries::ELEMENT;
use crate::emulator::entity_types::{self, EntityType};
use crate::emulator::error::ServiceErrors;
use crate::emulator::href::{Links, Target};
use crate::emulator::moment::Moment;
use crate::emulator::register::{AttributeKind, Definition, Register};
use crate::emulator::validate::text;
use crate::emulator::world::World;

/// Definitions.
impl World {
    /// Creates or updates a definition; elements with `meta` are updates.
    pub(crate) fn save_definition(
        &mut self,
        register: Register,
        target: Option<Uuid>,
        body: &Value,
        at: Moment,
    ) -> Result<Uuid, ServiceErrors> {
        let map = body.as_object();
        let map = map.ok_or_else(|| ServiceErrors::wrong_type("attributes", "Object"))?;
        let target = match target {
            None if map.contains_key("meta") => Some(attribute_id(body)?),
            target => target,
        };
        let mut definition = match target {
            Some(id) => {
                let known = self.registers.attribute(register, id);
                known
                    .cloned()
                    .ok_or_else(|| ServiceErrors::not_found("attributemetadata", id))?
            }
            None => Definition {
                id: self.mint.id(at),
                name: String::new(),
                kind: self
                    .read_kind(map)?
                    .ok_or_else(|| ServiceErrors::required("type"))?,
                required: false,
                show: true,
                description: None,
            },
        };
        if target.is_some()
            && self
                .read_kind(map)?
                .is_some_and(|kind| kind != definition.kind)
        {
            return Err(ServiceErrors::unchangeable("type"));
        }
        write_definition(&mut definition, map)?;
        let id = definition.id;
        let definitions = self.registers.attributes_mut(register);
        if definitions
            .iter()
            .any(|known| known.id != id && known.name == definition.name)
        {
            return Err(ServiceErrors::not_unique("name"));
        }
        match definitions.iter_mut().find(|known| known.id == id) {
            Some(known) => *known = definition,
            None => definitions.push(definition),
        }
        Ok(id)
    }

    fn read_kind(&self, map: &Map<String, Value>) -> Result<Option<AttributeKind>, ServiceErrors> {
        let Some(value) = map.get("type") else {
            return Ok(None);
        };
        let word = value
            .as_str()
            .ok_or_else(|| ServiceErrors::wrong_type("type", "Enum"))?;
        let mut kinds = AttributeKind::ALL.into_iter();
        let words = AttributeKind::ALL.map(AttributeKind::word);
        let kind = kinds
            .find(|kind| kind.word() == word)
            .ok_or_else(|| ServiceErrors::choice("type", word, &words))?;
        if !matches!(kind, AttributeKind::Element(_)) {
            return Ok(Some(kind));
        }
        let href = map
            .get("customEntityMeta")
            .and_then(|meta| meta.get("href"));
        let href = href.and_then(Value::as_str);
        let href = href.ok_or_else(|| ServiceErrors::required("customEntityMeta"))?;
        self.check_host(href)?;
        let id = Target::parse(href).and_then(Target::id);
        let id = id.ok_or_else(|| ServiceErrors::wrong_type("customEntityMeta", "Meta"))?;
        Ok(Some(AttributeKind::Element(self.dictionaries.find(id)?.id)))
    }

    /// Deletes definitions and every value of theirs; all of them must exist.
    pub(crate) fn delete_definitions(
        &mut self,
        register: Register,
        ids: &[Uuid],
    ) -> Result<(), ServiceErrors> {
        if let Some(id) = ids
            .iter()
            .find(|id| self.registers.attribute(register, **id).is_none())
        {
            return Err(ServiceErrors::not_found("attributemetadata", id));
        }
        self.registers
            .attributes_mut(register)
            .retain(|known| !ids.contains(&known.id));
        let has_them = |kind: &&EntityType| match register {
            Register::Type(keyword) => kind.attributes == Some(keyword),
            Register::Dictionary(_) => kind.keyword == ELEMENT,
        };
        for kind in entity_types::ALL.iter().filter(has_them) {
            let Some(table) = self.store.table_mut(kind) else {
                continue;
            };
            for row in table.rows_mut() {
                row.attributes.retain(|(id, _)| !ids.contains(id));
            }
        }
        Ok(())
    }

    /// The definitions that elements of a bulk deletion name.
    pub(crate) fn definition_ids(items: &[Value]) -> Result<Vec<Uuid>, ServiceErrors> {
        let bad = |_| ServiceErrors::attribute(14011, "Неверная meta дополнительного поля");
        items
            .iter()
            .map(|item| attribute_id(item).map_err(bad))
            .collect()
    }

    pub(crate) fn shown_definition(
        register: Register,
        definition: &Definition,
        links: Links<'_>,
    ) -> Value {
        let mut shown = json!({
            "meta": links.attribute(register, definition.id),
            "id": definition.id,
            "name": definition.name,
            "type": definition.kind.word(),
            "required": definition.required,
            "show": definition.show,
        });
        if let (Some(map), Some(description)) = (shown.as_object_mut(), &definition.description) {
            map.insert("description".into(), description.as_str().into());
        }
        if let (Some(map), AttributeKind::Element(id)) = (shown.as_object_mut(), definition.kind) {
            map.insert("customEntityMeta".into(), links.dictionary(id));
        }
        shown
    }
}

fn write_definition(
    definition: &mut Definition,
    map: &Map<String, Value>,
) -> Result<(), ServiceErrors> {
    if let Some(name) = map.get("name") {
        definition.name = text("name", name, 255)?.unwrap_or_default();
    }
    if definition.name.is_empty() {
        return Err(ServiceErrors::required("name"));
    }
    if let Some(description) = map.get("description") {
        definition.description = if description.is_null() {
            None
        } else {
            text("description", description, 4096)?
        };
    }
    for (name, flag) in [
        ("required", &mut definition.required),
        ("show", &mut definition.show),
    ] {
        if let Some(value) = map.get(name) {
            *flag = value
                .as_bool()
                .ok_or_else(|| ServiceErrors::wrong_type(name, "Boolean"))?;
        }
    }
    let never = matches!(
        definition.kind,
        AttributeKind::Boolean | AttributeKind::File
    );
    if definition.required && never {
        return Err(ServiceErrors::conflict("required", "type"));
    }
    if definition.required && !definition.show {
        return Err(ServiceErrors::conflict("show", "required"));
    }
    Ok(())
}
