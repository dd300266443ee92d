//! What deals and leads are given in the same shape: tags, comments, custom fields.

use serde::Serialize;

/// A tag as the service wants it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Tag {
    pub(crate) tag: String,
}

/// Tags to add to what is there, or to put in its place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct TagChange {
    pub(crate) overwrite: bool,
    pub(crate) tags: Vec<Tag>,
}

impl Tag {
    pub(crate) fn new(tag: impl Into<String>) -> Self {
        Self { tag: tag.into() }
    }
}

impl TagChange {
    pub(crate) fn new<T: Into<String>>(overwrite: bool, tags: impl IntoIterator<Item = T>) -> Self {
        let tags = tags.into_iter().map(Tag::new).collect();
        Self { overwrite, tags }
    }
}

/// Custom fields to add to what is there, or to put in its place.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FieldChange {
    pub(crate) overwrite: bool,
    pub(crate) custom_fields: Vec<CustomField>,
}

/// A text as the service wants it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Note {
    pub(crate) text: String,
}

/// A custom field and its value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct CustomField {
    field: String,
    value: String,
}

impl CustomField {
    pub(crate) fn new(field: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            value: value.into(),
        }
    }
}
