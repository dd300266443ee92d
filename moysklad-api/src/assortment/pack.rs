//! Packs.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_with::{As, DefaultOnNull, serde_as, skip_serializing_none};

use super::barcode::Barcode;
use crate::decimal::Number;
use crate::id::Id;
use crate::meta::Ref;
use crate::uom::Uom;

/// A pack of a product: so much of it at once (упаковка).
#[serde_as]
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Pack {
    /// The id; a pack that is named by its id stays the same pack.
    pub id: Option<Id<Pack>>,
    /// The unit of measure (единица измерения).
    pub uom: Option<Ref<Uom>>,
    /// How many units of the product the pack holds.
    #[serde_as(as = "Option<Number>")]
    pub quantity: Option<Decimal>,
    /// The barcodes (штрихкоды).
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        with = "As::<DefaultOnNull>"
    )]
    pub barcodes: Vec<Barcode>,
}

impl Pack {
    /// Makes a pack of so many units.
    #[must_use]
    pub fn new(uom: impl Into<Ref<Uom>>, quantity: Decimal) -> Self {
        Self {
            uom: Some(uom.into()),
            quantity: Some(quantity),
            ..Self::default()
        }
    }
}
