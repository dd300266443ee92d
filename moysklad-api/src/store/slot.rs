//! Slots of stores.

use serde::{Deserialize, Serialize};
use serde_with::{As, DefaultOnNull, skip_serializing_none};
use uuid::Uuid;

use super::Store;
use super::zone::Zone;
use crate::entity::{DeleteManyParts, Part};
use crate::id::Id;
use crate::meta::{Meta, Ref};
use crate::moment::Moment;
use crate::patch::Patch;

/// A slot of a store (ячейка склада).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Slot {
    /// What the service tells about the object.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The id.
    pub id: Id<Slot>,
    /// The account.
    pub account_id: Option<Uuid>,
    /// The name (наименование).
    pub name: String,
    /// The code that programs give (внешний код); not unique.
    pub external_code: Option<String>,
    /// When it was last changed.
    pub updated: Option<Moment>,
    /// The barcode (штрихкод).
    pub barcode: Option<String>,
    /// The zone it is in (зона).
    pub zone: Option<Ref<Zone>>,
}

/// A slot to be created.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct New {
    /// The name (наименование).
    pub name: String,
    /// The code that programs give (внешний код); not unique.
    pub external_code: Option<String>,
    /// The barcode (штрихкод).
    pub barcode: Option<String>,
    /// The zone it is in (зона).
    pub zone: Option<Ref<Zone>>,
}

impl New {
    /// Names the slot.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            external_code: None,
            barcode: None,
            zone: None,
        }
    }
}

/// A change of a slot; what it does not name stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Update {
    /// The new name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The code that programs give (внешний код); not unique.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub external_code: Patch<String>,
    /// The barcode (штрихкод).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub barcode: Patch<String>,
    /// The zone it is in (зона).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub zone: Patch<Ref<Zone>>,
}

impl Part<Store> for Slot {
    type New = New;
    type Update = Update;
    const PATH: &'static str = "slots";
    const TYPE: &'static str = "slot";
}

impl DeleteManyParts<Store> for Slot {}
