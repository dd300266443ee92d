//! Fields of what can be sold (ассортимент): products and services.

use super::field::Operators::{Comparison, Equality, Text};
use super::field::{Field, Kind, Preset};

/// Prices and taxes.
pub(super) const PRICED: &[Field] = &[
    Field::new("vat", Kind::Whole),
    Field::flag("vatEnabled", false),
    Field::flag("useParentVat", true),
    Field::new("buyPrice", Kind::Json),
    Field::new("minPrice", Kind::Json),
    Field::new("salePrices", Kind::Json),
    Field::new("barcodes", Kind::Json),
    Field::flag("discountProhibited", false),
    Field::text("pathName")
        .read_only()
        .filtered(Text)
        .sorted()
        .preset(Preset::Text("")),
    Field::text("taxSystem"),
];

pub(super) const PRODUCT: &[Field] = &[
    Field::text("article").filtered(Text).sorted(),
    Field::link("supplier", &["counterparty", "organization"]),
    Field::number("weight", 0.0).filtered(Comparison),
    Field::number("volume", 0.0).filtered(Comparison),
    Field::new("minimumBalance", Kind::Number).filtered(Comparison),
    Field::new("packs", Kind::Json),
    Field::text("tnved"),
    Field::text("paymentItemType").preset(Preset::Text("GOOD")),
    Field::text("trackingType").preset(Preset::Text("NOT_TRACKED")),
    Field::flag("isSerialTrackable", false).filtered(Equality),
    Field::new("variantsCount", Kind::Whole)
        .read_only()
        .preset(Preset::Whole(0)),
];

pub(super) const SERVICE: &[Field] =
    &[Field::text("paymentItemType").preset(Preset::Text("SERVICE"))];
