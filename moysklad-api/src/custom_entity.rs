//! Custom dictionaries (пользовательские справочники) and their elements.
//!
//! [`Client::custom_entities`](crate::Client::custom_entities) creates, renames and deletes
//! dictionaries; [`elements`](crate::entity::Resource::elements) leads to what one holds. The
//! service has no list of dictionaries apart from the company's settings.
//!
//! See [МойСклад: пользовательский справочник](https://dev.moysklad.ru/doc/api/remap/1.2/).

use serde::{Deserialize, Serialize};
use serde_with::{As, DefaultOnNull};

use crate::entity::{Create, Delete, Entity, Parts, Resource, Update as CanUpdate};
use crate::id::Id;
use crate::meta::Meta;

pub mod element;

use element::Element;

/// A dictionary that the account made itself (пользовательский справочник).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CustomEntity {
    /// What the service tells about the object.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The id.
    pub id: Id<CustomEntity>,
    /// The name (наименование).
    pub name: String,
}

/// A dictionary to be created; the same, sent to a dictionary, renames it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct New {
    /// The name (наименование).
    pub name: String,
}

impl New {
    /// Names the dictionary.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into() }
    }
}

impl Entity for CustomEntity {
    const TYPE: &'static str = "customentity";
}

impl Create for CustomEntity {
    type New = New;
}

impl CanUpdate for CustomEntity {
    type Update = New;
}

impl Delete for CustomEntity {}

impl Resource<CustomEntity> {
    /// The elements (элементы) of one dictionary.
    #[must_use]
    pub fn elements(&self, dictionary: Id<CustomEntity>) -> Parts<CustomEntity, Element> {
        self.parts(dictionary)
    }
}
