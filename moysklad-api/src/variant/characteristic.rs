//! What tells variants of one product apart.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use uuid::Uuid;

use crate::meta::Meta;

/// A characteristic of a variant and its value, such as «Цвет: синий» (характеристика).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Characteristic {
    /// What the service tells about the characteristic, in what was read.
    #[serde(default, skip_serializing)]
    pub meta: Option<Meta>,
    /// The id of the characteristic; it or the name is required.
    pub id: Option<Uuid>,
    /// The name of the characteristic.
    pub name: Option<String>,
    /// The value.
    pub value: Option<String>,
}

impl Characteristic {
    /// Gives a characteristic, by its name, a value.
    #[must_use]
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            meta: None,
            id: None,
            name: Some(name.into()),
            value: Some(value.into()),
        }
    }
}
