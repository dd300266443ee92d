//! Values of additional fields, by kind.

use rust_decimal::Decimal;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::Value as Json;
use serde_with::SerializeAs;

use super::{Attribute, AttributeKind, TYPE};
use crate::decimal::Number;
use crate::entity::{Addressed, WithAttributes};
use crate::file::NewFile;
use crate::id::Id;
use crate::meta::{Meta, Ref, Untyped};
use crate::moment::Moment;
use crate::query::Literal;

/// What one object has in an additional field.
///
/// To save one, make it by [`Attribute::value`] or [`AttributeValue::new`]; fields that a request
/// does not name keep their values.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct AttributeValue {
    /// What the service tells about the field.
    pub meta: Meta,
    /// The id of the field's definition.
    pub id: Id<Attribute>,
    /// The field's name, in what was read.
    pub name: Option<String>,
    /// What the field holds, in what was read.
    pub kind: Option<AttributeKind>,
    /// The value; none empties the field.
    pub value: Option<Value>,
    /// Where the content of a file is, in what was read.
    pub download: Option<Meta>,
}

/// A value by its kind.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// A text, short or long, or a link.
    Text(String),
    /// A whole number.
    Long(i64),
    /// A number.
    Double(Decimal),
    /// A moment; the service keeps its minutes.
    Time(Moment),
    /// Yes or no.
    Flag(bool),
    /// The name of a file that is there. Saved with an object, it is left out and the file stays;
    /// a new one is an [`Upload`](Self::Upload).
    File(String),
    /// An object: an employee, a product, an element of a custom dictionary…
    Object {
        /// Where the object is.
        reference: Ref<Untyped>,
        /// The object's name, in what was read.
        name: Option<String>,
    },
    /// A file to be uploaded, for saving.
    Upload(NewFile),
    /// An element of a custom dictionary by its name, for saving.
    Named(String),
    /// A value that does not suit its kind or whose kind is newer than this crate.
    Other(Json),
}

impl AttributeValue {
    /// Puts a value into the field of `O` that the id names.
    #[must_use]
    pub fn new<O: WithAttributes>(id: Id<Attribute>, value: impl Into<Value>) -> Self {
        Self::of(
            Attribute::reference::<O>(id).meta().clone(),
            id,
            Some(value.into()),
        )
    }

    /// Empties the field of `O` that the id names.
    #[must_use]
    pub fn clear<O: WithAttributes>(id: Id<Attribute>) -> Self {
        Self::of(Attribute::reference::<O>(id).meta().clone(), id, None)
    }

    /// Empties the field of `O` that the id names and that holds a file.
    #[must_use]
    pub fn clear_file<O: WithAttributes>(id: Id<Attribute>) -> Self {
        Self {
            kind: Some(AttributeKind::File),
            ..Self::clear::<O>(id)
        }
    }

    pub(super) fn of(meta: Meta, id: Id<Attribute>, value: Option<Value>) -> Self {
        Self {
            meta,
            id,
            name: None,
            kind: None,
            value,
            download: None,
        }
    }

    /// The number, whole or not.
    #[must_use]
    pub fn number(&self) -> Option<Decimal> {
        match self.value.as_ref()? {
            Value::Long(number) => Some((*number).into()),
            Value::Double(number) => Some(*number),
            _ => None,
        }
    }

    /// The moment, in Moscow time.
    #[must_use]
    pub fn moment(&self) -> Option<Moment> {
        match self.value.as_ref()? {
            Value::Time(moment) => Some(*moment),
            _ => None,
        }
    }

    /// Yes or no.
    #[must_use]
    pub fn flag(&self) -> Option<bool> {
        match self.value.as_ref()? {
            Value::Flag(flag) => Some(*flag),
            _ => None,
        }
    }

    /// The object: an employee, a product, an element of a custom dictionary…
    #[must_use]
    pub fn reference(&self) -> Option<&Ref<Untyped>> {
        match self.value.as_ref()? {
            Value::Object { reference, .. } => Some(reference),
            _ => None,
        }
    }

    /// The text of a text, a link or a file's name.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self.value.as_ref()? {
            Value::Text(text) | Value::File(text) => Some(text),
            _ => None,
        }
    }
}

impl Literal for Value {
    fn literal(&self) -> String {
        match self {
            Self::Text(text)
            | Self::File(text)
            | Self::Named(text)
            | Self::Other(Json::String(text)) => text.clone(),
            Self::Long(number) => number.to_string(),
            Self::Double(number) => number.normalize().to_string(),
            Self::Time(moment) => moment.to_string(),
            Self::Flag(flag) => flag.to_string(),
            Self::Object { reference, .. } => reference.literal(),
            Self::Upload(file) => file.filename().to_owned(),
            Self::Other(json) => json.to_string(),
        }
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) | Self::File(text) => serializer.serialize_str(text),
            Self::Long(number) => serializer.serialize_i64(*number),
            Self::Double(number) => Number::serialize_as(number, serializer),
            Self::Time(moment) => moment.serialize(serializer),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Object { reference, .. } => reference.serialize(serializer),
            Self::Named(name) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("name", name)?;
                map.end()
            }
            Self::Upload(file) => file.serialize(serializer),
            Self::Other(json) => json.serialize(serializer),
        }
    }
}

impl Serialize for AttributeValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let is_file = self.kind == Some(AttributeKind::File);
        let mut map = serializer.serialize_map(None)?;
        let mut meta = self.meta.clone();
        meta.entity_type.get_or_insert_with(|| TYPE.into());
        map.serialize_entry("meta", &Ref::<Untyped>::from_meta(meta).short())?;
        match &self.value {
            // Objects leave such an entry out: there is no content to write.
            Some(Value::File(_)) => {}
            Some(Value::Upload(file)) => map.serialize_entry("file", file)?,
            None if is_file => map.serialize_entry("file", &Json::Null)?,
            value => map.serialize_entry("value", value)?,
        }
        map.end()
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Long(number)
    }
}

impl From<i32> for Value {
    fn from(number: i32) -> Self {
        Self::Long(number.into())
    }
}

impl From<Decimal> for Value {
    fn from(number: Decimal) -> Self {
        Self::Double(number)
    }
}

impl From<Moment> for Value {
    fn from(moment: Moment) -> Self {
        Self::Time(moment)
    }
}

impl From<NewFile> for Value {
    fn from(file: NewFile) -> Self {
        Self::Upload(file)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl<T> From<Ref<T>> for Value {
    fn from(reference: Ref<T>) -> Self {
        Self::Object {
            reference: reference.untyped(),
            name: None,
        }
    }
}

impl<T: Addressed> From<Id<T>> for Value {
    fn from(id: Id<T>) -> Self {
        Ref::new(id).into()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::customer_order::CustomerOrder;

    const ID: &str = "5b1f77e0-7b20-11f1-0a80-05cd00000031";

    fn read(kind: &str, value: &Json) -> Value {
        let json = json!({"meta": {}, "id": ID, "name": "n", "type": kind, "value": value});
        let value: AttributeValue = serde_json::from_value(json).unwrap();
        value.value.unwrap()
    }

    #[test]
    fn a_value_is_read_by_its_kind() {
        let object = json!({"meta": {"href": "h", "type": "employee"}, "name": "Орлова"});
        let Value::Object { reference, name } = read("employee", &object) else {
            panic!()
        };
        assert_eq!(
            (reference.entity_type(), name.as_deref()),
            (Some("employee"), Some("Орлова"))
        );
        assert_eq!(
            read("string", &json!("yandex")),
            Value::Text("yandex".to_owned())
        );
        assert_eq!(read("long", &json!(7)), Value::Long(7));
        assert_eq!(read("long", &json!(7.0)), Value::Long(7));
        assert_eq!(
            read("double", &json!(4.75)),
            Value::Double(Decimal::new(475, 2))
        );
        assert_eq!(read("boolean", &json!(true)), Value::Flag(true));
        assert_eq!(
            read("link", &json!("https://a")),
            Value::Text("https://a".to_owned())
        );
        assert_eq!(
            read("file", &json!("a.pdf")),
            Value::File("a.pdf".to_owned())
        );
        let moment = "2026-08-14 12:31:00".parse().unwrap();
        assert_eq!(
            read("time", &json!("2026-08-14 12:31:00.000")),
            Value::Time(moment)
        );
    }

    #[test]
    fn a_value_that_suits_no_kind_is_kept_as_it_came() {
        for (kind, value) in [
            ("long", json!("many")),
            ("long", json!(1.5)),
            ("time", json!("soon")),
            ("hologram", json!([1, 2])),
            ("employee", json!("text")),
        ] {
            assert_eq!(read(kind, &value), Value::Other(value));
        }
    }

    #[test]
    fn a_value_is_written_with_the_link_of_its_field() {
        let id = ID.parse().unwrap();
        let written = |value: AttributeValue| serde_json::to_value(value).unwrap();
        let meta = json!({
            "href": format!(
                "https://api.moysklad.ru/api/remap/1.2/entity/customerorder/metadata/attributes/{ID}"
            ),
            "type": "attributemetadata",
            "mediaType": "application/json",
        });

        let set = AttributeValue::new::<CustomerOrder>(id, "google");
        let cleared = AttributeValue::clear::<CustomerOrder>(id);
        let named = AttributeValue::new::<CustomerOrder>(id, Value::Named("Сайт".to_owned()));

        assert_eq!(written(set), json!({"meta": meta, "value": "google"}));
        assert_eq!(written(cleared), json!({"meta": meta, "value": null}));
        assert_eq!(
            written(named),
            json!({"meta": meta, "value": {"name": "Сайт"}})
        );
    }
}
