//! Packs of variants.

use serde::{Deserialize, Serialize};
use serde_with::{As, DefaultOnNull, skip_serializing_none};

use crate::assortment::{Barcode, Pack};
use crate::id::Id;

/// The barcodes that a variant has in a pack of its product (упаковка модификации).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct VariantPack {
    /// The id.
    pub id: Option<Id<VariantPack>>,
    /// The barcodes (штрихкоды).
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        with = "As::<DefaultOnNull>"
    )]
    pub barcodes: Vec<Barcode>,
    /// The pack of the product (родительская упаковка).
    #[serde(rename = "parentpack")]
    pub parent_pack: Option<Pack>,
}
