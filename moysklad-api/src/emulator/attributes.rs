//! Custom fields (дополнительные поля): their definitions and their values on objects.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::datum::{Datum, Reference, Row};
use super::entity_types::{self, EntityType};
use super::error::ServiceErrors;
use super::href::{Links, Target};
use super::moment::Moment;
use super::register::{AttributeKind, Definition};
use super::validate::{moment, text, whole};
use super::world::World;

/// Values on objects.
impl World {
    /// Merges the `attributes` of a body into those the object has.
    pub(crate) fn write_attributes(
        &self,
        kind: &'static EntityType,
        row: &mut Row,
        body: &Map<String, Value>,
    ) -> Result<(), ServiceErrors> {
        let register = kind.attributes;
        if let Some(given) = body.get("attributes") {
            let register = register.ok_or_else(|| {
                ServiceErrors::attribute(14002, "У сущности нет дополнительных полей")
            })?;
            let items = given.as_array();
            let items = items.ok_or_else(|| ServiceErrors::wrong_type("attributes", "Array"))?;
            for item in items {
                self.write_attribute(register, row, item)?;
            }
        }
        let Some(register) = register else {
            return Ok(());
        };
        let filled = |id| row.attributes.iter().any(|(known, _)| *known == id);
        let definitions = self.registers.attributes(register).iter();
        let missing = definitions
            .filter(|definition| definition.required && !filled(definition.id))
            .map(|definition| ServiceErrors::required(&definition.name));
        ServiceErrors::all(missing.collect())
    }

    fn write_attribute(
        &self,
        register: &'static str,
        row: &mut Row,
        item: &Value,
    ) -> Result<(), ServiceErrors> {
        let id = attribute_id(item)?;
        let Some(definition) = self.registers.attribute(register, id) else {
            return Err(if self.registers.register_of(id).is_some() {
                ServiceErrors::attribute(14000, "Поле не относится к данному справочнику")
            } else {
                ServiceErrors::attribute(14003, &format!("Дополнительное поле {id} не найдено"))
            });
        };
        if definition.kind == AttributeKind::File {
            let given = item.get("file").or_else(|| item.get("value"));
            let given = given.ok_or_else(|| no_value(definition))?;
            row.attributes.retain(|(known, _)| *known != id);
            if !given.is_null() {
                let file = self.file(given, self.clock.now())?;
                row.attributes.push((id, Datum::File(file)));
            }
            return Ok(());
        }
        let value = item.get("value").ok_or_else(|| no_value(definition))?;
        row.attributes.retain(|(known, _)| *known != id);
        if let Some(datum) = self.attribute_value(definition, value)? {
            row.attributes.push((id, datum));
        }
        Ok(())
    }

    fn attribute_value(
        &self,
        definition: &Definition,
        value: &Value,
    ) -> Result<Option<Datum>, ServiceErrors> {
        if value.is_null() {
            return Ok(None);
        }
        let name = definition.name.as_str();
        let wrong = |expected| ServiceErrors::wrong_type(name, expected);
        Ok(match definition.kind {
            AttributeKind::String | AttributeKind::Link => text(name, value, 255)?.map(Datum::Text),
            AttributeKind::Text => text(name, value, 4096)?.map(Datum::Text),
            AttributeKind::Long => Some(Datum::Whole(whole(value).ok_or_else(|| wrong("Int"))?)),
            AttributeKind::Double => Some(Datum::Number(
                value.as_f64().ok_or_else(|| wrong("Double"))?,
            )),
            AttributeKind::Time => moment(name, value)?.map(|at| Datum::Moment(at.minute())),
            AttributeKind::Boolean => {
                let flag = value.as_bool().or(match value.as_str() {
                    Some("true") => Some(true),
                    Some("false") => Some(false),
                    _ => None,
                });
                Some(Datum::Flag(flag.ok_or_else(|| wrong("Boolean"))?))
            }
            AttributeKind::Element(dictionary) => {
                Some(Datum::Link(self.element(name, dictionary, value)?))
            }
            AttributeKind::File => None,
            AttributeKind::Reference(keyword) => {
                Some(Datum::Link(self.reference(name, &[keyword], value)?))
            }
        })
    }

    /// The values of an object as the service shows them.
    pub(crate) fn attribute_values(
        &self,
        kind: &EntityType,
        row: &Row,
        links: Links<'_>,
    ) -> Vec<Value> {
        let Some(register) = kind.attributes else {
            return Vec::new();
        };
        let definitions = self.registers.attributes(register).iter();
        definitions
            .filter_map(|definition| {
                let (_, datum) = row.attributes.iter().find(|(id, _)| *id == definition.id)?;
                let mut shown = json!({
                    "meta": links.attribute(register, definition.id),
                    "id": definition.id,
                    "name": definition.name,
                    "type": definition.kind.word(),
                    "value": self.shown_value(datum, links),
                });
                if let (Datum::File(file), Some(map)) = (datum, shown.as_object_mut()) {
                    let download = json!({
                        "href": links.download(file.id),
                        "mediaType": "application/octet-stream",
                    });
                    map.insert("download".into(), download);
                }
                Some(shown)
            })
            .collect()
    }

    pub(crate) fn shown_value(&self, datum: &Datum, links: Links<'_>) -> Value {
        match datum {
            Datum::Text(text) => text.as_str().into(),
            Datum::Whole(number) => (*number).into(),
            Datum::Number(number) => (*number).into(),
            Datum::Flag(flag) => (*flag).into(),
            Datum::Moment(at) => at.text().into(),
            Datum::Link(Reference { kind, id }) => {
                let Some(known) = entity_types::find(kind) else {
                    return Value::Null;
                };
                let name = self
                    .store
                    .row(known, *id)
                    .and_then(|row| row.fields.text("name"));
                json!({"meta": self.object_meta(known, *id, links), "name": name})
            }
            Datum::File(file) => file.filename.as_str().into(),
            Datum::State(_)
            | Datum::PriceType(_)
            | Datum::Words(_)
            | Datum::Rate(_)
            | Datum::Json(_) => Value::Null,
        }
    }
}

/// Definitions.
impl World {
    /// Creates or updates a definition; elements with `meta` are updates.
    pub(crate) fn save_definition(
        &mut self,
        register: &'static str,
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
        register: &'static str,
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
        for kind in entity_types::ALL
            .iter()
            .filter(|kind| kind.attributes == Some(register))
        {
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
        register: &str,
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

/// An entry that says nothing about its field.
fn no_value(definition: &Definition) -> ServiceErrors {
    let text = format!("У поля '{}' не указано значение", definition.name);
    ServiceErrors::attribute(14009, &text)
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

/// The definition that an element names: by the address in `meta`, else by `id`.
fn attribute_id(item: &Value) -> Result<Uuid, ServiceErrors> {
    let wrong = || ServiceErrors::wrong_type("attributes", "Meta");
    if let Some(meta) = item.get("meta") {
        let href = meta.get("href").and_then(Value::as_str);
        let href = href.ok_or_else(|| ServiceErrors::meta_without_href("attributes"))?;
        return Target::parse(href).and_then(Target::id).ok_or_else(wrong);
    }
    let id = item
        .get("id")
        .ok_or_else(|| ServiceErrors::meta_missing("attributes"))?;
    id.as_str()
        .and_then(|id| Uuid::try_parse(id).ok())
        .ok_or_else(wrong)
}
