//! Components of bundles.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_with::{As, DefaultOnNull, serde_as, skip_serializing_none};
use uuid::Uuid;

use super::Bundle;
use crate::decimal::Number;
use crate::entity::{DeleteManyParts, Part};
use crate::id::Id;
use crate::meta::{Meta, Ref, Untyped};
use crate::query::{Field, Linked};

/// A component of a bundle (компонент комплекта).
#[serde_as]
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Component {
    /// What the service tells about the object.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The id.
    pub id: Id<Component>,
    /// The account.
    pub account_id: Option<Uuid>,
    /// What it is: a product, a service or a variant.
    pub assortment: Option<Ref<Untyped>>,
    /// How much of it (количество).
    #[serde_as(as = "Option<Number>")]
    pub quantity: Option<Decimal>,
}

/// A component to be added to a bundle.
#[serde_as]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct New {
    /// What it is: a product, a service or a variant; a bundle holds no bundles.
    pub assortment: Ref<Untyped>,
    /// How much of it (количество).
    #[serde_as(as = "Number")]
    pub quantity: Decimal,
}

impl New {
    /// Names what the bundle holds and how much of it.
    #[must_use]
    pub fn new<X>(assortment: &Ref<X>, quantity: Decimal) -> Self {
        Self {
            assortment: assortment.untyped(),
            quantity,
        }
    }
}

/// A change of a component; what it does not name stays as it is.
#[serde_as]
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Update {
    /// What it is: a product, a service or a variant.
    pub assortment: Option<Ref<Untyped>>,
    /// How much of it (количество).
    #[serde_as(as = "Option<Number>")]
    pub quantity: Option<Decimal>,
}

impl Part<Bundle> for Component {
    type New = New;
    type Update = Update;
    const PATH: &'static str = "components";
    const TYPE: &'static str = "bundlecomponent";
}

impl DeleteManyParts<Bundle> for Component {}

/// What it is: a product, a service or a variant.
pub const ASSORTMENT: Field<Component, Linked<Untyped>> = Field::new("assortment");
