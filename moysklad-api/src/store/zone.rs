//! Zones of stores.

use serde::{Deserialize, Serialize};
use serde_with::{As, DefaultOnNull, skip_serializing_none};
use uuid::Uuid;

use super::Store;
use crate::entity::{DeleteManyParts, Part};
use crate::id::Id;
use crate::meta::Meta;
use crate::moment::Moment;
use crate::patch::Patch;

/// A zone of a store (зона склада).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Zone {
    /// What the service tells about the object.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The id.
    pub id: Id<Zone>,
    /// The account.
    pub account_id: Option<Uuid>,
    /// The name (наименование).
    pub name: String,
    /// The code that programs give (внешний код); not unique.
    pub external_code: Option<String>,
    /// When it was last changed.
    pub updated: Option<Moment>,
}

/// A zone to be created.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct New {
    /// The name (наименование).
    pub name: String,
    /// The code that programs give (внешний код); not unique.
    pub external_code: Option<String>,
}

impl New {
    /// Names the zone.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            external_code: None,
        }
    }
}

/// A change of a zone; what it does not name stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Update {
    /// The new name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The code that programs give (внешний код); not unique.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub external_code: Patch<String>,
}

impl Part<Store> for Zone {
    type New = New;
    type Update = Update;
    const PATH: &'static str = "zones";
    const TYPE: &'static str = "storezone";
}

impl DeleteManyParts<Store> for Zone {}
