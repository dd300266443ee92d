//! Additional fields (дополнительные поля): definitions and values.
//!
//! [`Attribute`] defines a field for a type of object, [`AttributeValue`] is what one object has
//! in it. A field has no code: its id identifies it, and its name may be changed by people.
//!
//! ```no_run
//! # async fn run(client: moysklad_api::Client) -> Result<(), moysklad_api::Error> {
//! use moysklad_api::attribute::{self, AttributeKind};
//!
//! let source = attribute::New::new("Источник", AttributeKind::String).description("crm:source");
//! let source = client.customer_orders().attributes().create(source).send().await?;
//! let from_google = client.customer_orders().list().filter(source.eq("google")).send().await?;
//! # Ok(()) }
//! ```

use serde::{Deserialize, Serialize, Serializer};
use serde_with::{As, DefaultOnNull, SerializeAs, skip_serializing_none};

use crate::entity::WithAttributes;
use crate::id::Id;
use crate::meta::{Meta, Ref, Untyped};
use crate::patch::Patch;
use crate::query::{Condition, Literal};

mod ensure;
mod kind;
mod list;
mod read;
mod value;
mod written;

pub use kind::AttributeKind;
pub use list::ListAttributes;
pub use value::{AttributeValue, Value};
pub(crate) use written::{is_unsaid, write};

/// The keyword of a definition in links.
const TYPE: &str = "attributemetadata";

/// Defines an additional field.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Attribute {
    /// What the service tells about the definition.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The id, by which values name their field.
    pub id: Id<Attribute>,
    /// The name that people see.
    pub name: String,
    /// What the field holds; it never changes.
    #[serde(rename = "type")]
    pub kind: AttributeKind,
    /// Whether an object cannot be saved without a value.
    pub required: Option<bool>,
    /// Whether documents show the field.
    pub show: Option<bool>,
    /// What people wrote about the field.
    pub description: Option<String>,
    /// The dictionary whose elements the field holds, for [`AttributeKind::CustomEntity`].
    pub custom_entity_meta: Option<Meta>,
}

/// A definition to be created.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct New {
    /// The name; no other field of the type may have it.
    pub name: String,
    /// What the field holds.
    #[serde(rename = "type")]
    pub kind: AttributeKind,
    /// Whether an object cannot be saved without a value; not for flags and files.
    pub required: Option<bool>,
    /// Whether documents show the field.
    pub show: Option<bool>,
    /// A note on the field, up to 4096 characters.
    pub description: Option<String>,
    /// The dictionary whose elements the field holds.
    #[serde(with = "As::<Option<Short>>")]
    pub custom_entity_meta: Option<Meta>,
}

/// Writes a link under the service's own host, from wherever it was read.
struct Short;

impl SerializeAs<Meta> for Short {
    fn serialize_as<S: Serializer>(meta: &Meta, serializer: S) -> Result<S::Ok, S::Error> {
        let reference = Ref::<Untyped>::from_meta(meta.clone());
        reference.short().serialize(serializer)
    }
}

impl New {
    /// Names a field and says what it holds.
    #[must_use]
    pub fn new(name: impl Into<String>, kind: AttributeKind) -> Self {
        Self {
            name: name.into(),
            kind,
            required: None,
            show: None,
            description: None,
            custom_entity_meta: None,
        }
    }

    /// Adds a note on the field.
    #[must_use]
    pub fn description(mut self, text: impl Into<String>) -> Self {
        self.description = Some(text.into());
        self
    }

    /// Lets no object be saved without a value; only an administrator may ask for it.
    #[must_use]
    pub fn required(mut self, required: bool) -> Self {
        self.required = Some(required);
        self
    }

    /// Shows the field on documents, or hides it.
    #[must_use]
    pub fn show(mut self, show: bool) -> Self {
        self.show = Some(show);
        self
    }

    /// Takes elements of this custom dictionary.
    #[must_use]
    pub fn dictionary(mut self, meta: Meta) -> Self {
        self.custom_entity_meta = Some(meta);
        self
    }
}

/// A change of a definition.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Update {
    /// The new name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether an object cannot be saved without a value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
    /// Whether documents show the field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub show: Option<bool>,
    /// The note on the field.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub description: Patch<String>,
}

impl Attribute {
    /// Points to a definition of the type `O` by its id.
    #[must_use]
    pub fn reference<O: WithAttributes>(id: Id<Self>) -> Ref<Self> {
        Ref::to(&format!("{}/metadata/attributes/{id}", O::path()), TYPE)
    }

    /// Puts a value into this field, for an object to be saved.
    #[must_use]
    pub fn value(&self, value: impl Into<Value>) -> AttributeValue {
        AttributeValue::of(self.meta.clone(), self.id, Some(value.into()))
    }

    /// Empties this field of an object to be saved.
    #[must_use]
    pub fn clear(&self) -> AttributeValue {
        AttributeValue {
            // Files are emptied in another way than the rest.
            kind: Some(self.kind.clone()),
            ..AttributeValue::of(self.meta.clone(), self.id, None)
        }
    }

    /// Keeps objects whose field equals the value.
    #[must_use]
    pub fn eq<T>(&self, value: impl Into<Value>) -> Condition<T> {
        self.condition("=", &value.into().literal())
    }

    /// Keeps objects whose field differs from the value.
    #[must_use]
    pub fn ne<T>(&self, value: impl Into<Value>) -> Condition<T> {
        self.condition("!=", &value.into().literal())
    }

    /// Keeps objects whose field is larger or later; for numbers and moments.
    #[must_use]
    pub fn gt<T>(&self, value: impl Into<Value>) -> Condition<T> {
        self.condition(">", &value.into().literal())
    }

    /// Keeps objects whose field is the value, or larger or later; for numbers and moments.
    #[must_use]
    pub fn ge<T>(&self, value: impl Into<Value>) -> Condition<T> {
        self.condition(">=", &value.into().literal())
    }

    /// Keeps objects whose field is smaller or earlier; for numbers and moments.
    #[must_use]
    pub fn lt<T>(&self, value: impl Into<Value>) -> Condition<T> {
        self.condition("<", &value.into().literal())
    }

    /// Keeps objects whose field is the value, or smaller or earlier; for numbers and moments.
    #[must_use]
    pub fn le<T>(&self, value: impl Into<Value>) -> Condition<T> {
        self.condition("<=", &value.into().literal())
    }

    /// Keeps objects whose field contains the text; for texts and links.
    #[must_use]
    pub fn contains<T>(&self, text: impl Into<String>) -> Condition<T> {
        self.condition("~", &text.into())
    }

    /// Keeps objects whose field begins with the text; for texts and links.
    #[must_use]
    pub fn starts_with<T>(&self, text: impl Into<String>) -> Condition<T> {
        self.condition("~=", &text.into())
    }

    /// Keeps objects whose field ends with the text; for texts and links.
    #[must_use]
    pub fn ends_with<T>(&self, text: impl Into<String>) -> Condition<T> {
        self.condition("=~", &text.into())
    }

    /// Keeps objects whose field has no value.
    #[must_use]
    pub fn is_empty<T>(&self) -> Condition<T> {
        self.condition("=", "")
    }

    /// Keeps objects whose field has a value.
    #[must_use]
    pub fn is_not_empty<T>(&self) -> Condition<T> {
        self.condition("!=", "")
    }

    /// Filters name a field of this sort by the link of its definition.
    fn condition<T>(&self, operator: &str, value: &str) -> Condition<T> {
        let link = Ref::<Untyped>::from_meta(self.meta.clone()).canonical_href();
        Condition::new(&link.unwrap_or_default(), operator, value)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_kind_newer_than_the_crate_survives() {
        let kind: AttributeKind = serde_json::from_value(json!("hologram")).unwrap();

        assert_eq!(kind, AttributeKind::Unknown("hologram".to_owned()));
        assert_eq!(serde_json::to_value(&kind).unwrap(), json!("hologram"));
    }

    #[test]
    fn a_kind_reads_as_it_is_written() {
        for word in [
            "string", "text", "long", "double", "time", "boolean", "link", "file",
        ]
        .into_iter()
        .chain([
            "contract",
            "counterparty",
            "project",
            "store",
            "employee",
            "product",
        ])
        .chain(["customentity"])
        {
            let kind: AttributeKind = serde_json::from_value(json!(word)).unwrap();
            assert!(!matches!(kind, AttributeKind::Unknown(_)), "{word}");
            assert_eq!(kind.as_str(), word);
            assert_eq!(serde_json::to_value(&kind).unwrap(), json!(word));
        }
    }

    #[test]
    fn a_new_definition_names_only_what_was_given() {
        let plain = New::new("gclid", AttributeKind::String);
        let full = plain
            .clone()
            .description("calltouch:gclid")
            .required(false)
            .show(true);

        assert_eq!(
            serde_json::to_value(plain).unwrap(),
            json!({"name": "gclid", "type": "string"})
        );
        assert_eq!(
            serde_json::to_value(full).unwrap(),
            json!({
                "name": "gclid", "type": "string", "required": false, "show": true,
                "description": "calltouch:gclid",
            })
        );
    }
}
