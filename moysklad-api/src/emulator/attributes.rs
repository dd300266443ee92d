//! Custom fields (дополнительные поля): their values on objects.

mod definitions;

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::datum::{Datum, Reference, Row};
use super::dictionaries::ELEMENT;
use super::entity_types::{self, EntityType};
use super::error::ServiceErrors;
use super::href::{Links, Target};
use super::json::object;
use super::register::{AttributeKind, Definition, Register};
use super::validate::{moment, text, whole};
use super::world::World;

/// Values on objects.
impl World {
    /// Whose custom fields an object has; each custom dictionary has fields of its own.
    pub(crate) fn register(&self, kind: &EntityType, id: Uuid) -> Option<Register> {
        if kind.keyword == ELEMENT {
            let dictionary = self.dictionaries.of_element(id);
            return dictionary.map(|known| Register::Dictionary(known.id));
        }
        kind.attributes.map(Register::Type)
    }

    /// Merges the `attributes` of a body into those the object has.
    pub(crate) fn write_attributes(
        &self,
        kind: &'static EntityType,
        row: &mut Row,
        body: &Map<String, Value>,
    ) -> Result<(), ServiceErrors> {
        let register = self.register(kind, row.id);
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
            .map(|definition| {
                if self.settings.switches.required_attribute_3023 {
                    ServiceErrors::required_attribute(&definition.name)
                } else {
                    ServiceErrors::required(&definition.name)
                }
            });
        ServiceErrors::all(missing.collect())
    }

    fn write_attribute(
        &self,
        register: Register,
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
        let Some(register) = self.register(kind, row.id) else {
            return Vec::new();
        };
        let definitions = self.registers.attributes(register).iter();
        definitions
            .filter_map(|definition| {
                let (_, datum) = row.attributes.iter().find(|(id, _)| *id == definition.id)?;
                let mut shown = object([
                    ("meta", links.attribute(register, definition.id)),
                    ("id", definition.id.to_string().into()),
                    ("name", definition.name.as_str().into()),
                    ("type", definition.kind.word().into()),
                    ("value", self.shown_value(datum, links)),
                ]);
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

/// An entry that says nothing about its field.
fn no_value(definition: &Definition) -> ServiceErrors {
    let text = format!("У поля '{}' не указано значение", definition.name);
    ServiceErrors::attribute(14009, &text)
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
