//! Fields of what can be sold (ассортимент), and of the folders (группы товаров) it lies in.

use super::field::Operators::{Comparison, Equality, Text};
use super::field::{Field, Kind, Preset};
use super::{COLLECTION, Collection};

/// Prices and codes.
pub(super) const PRICED: &[Field] = &[
    Field::new("buyPrice", Kind::Json),
    Field::new("minPrice", Kind::Json),
    Field::new("salePrices", Kind::Json),
    Field::new("barcodes", Kind::Json),
    Field::new("packs", Kind::Json),
    Field::flag("discountProhibited", false),
];

/// Taxes, and the folder whose taxes may count instead.
pub(super) const TAXED: &[Field] = &[
    Field::new("vat", Kind::Whole),
    Field::flag("vatEnabled", false),
    Field::flag("useParentVat", true),
    Field::text("pathName")
        .read_only()
        .filtered(Text)
        .sorted()
        .preset(Preset::Text("")),
    Field::link("productFolder", &["productfolder"]),
    Field::text("taxSystem"),
];

/// A folder has nothing that its taxes do not say.
pub(super) const FOLDER: &[Field] = &[];

const ARTICLE: Field = Field::text("article").filtered(Text).sorted();
const COUNTRY: Field = Field::link("country", &["country"]);
const UOM: Field = Field::link("uom", &["uom"]);
const WEIGHT: Field = Field::number("weight", 0.0).filtered(Comparison);
const VOLUME: Field = Field::number("volume", 0.0).filtered(Comparison);

pub(super) const PRODUCT: &[Field] = &[
    ARTICLE,
    COUNTRY,
    UOM,
    Field::link("supplier", &["counterparty", "organization"]),
    WEIGHT,
    VOLUME,
    Field::new("minimumBalance", Kind::Number).filtered(Comparison),
    Field::text("tnved"),
    Field::text("paymentItemType").preset(Preset::Text("GOOD")),
    Field::text("trackingType").preset(Preset::Text("NOT_TRACKED")),
    Field::flag("isSerialTrackable", false).filtered(Equality),
    Field::new("variantsCount", Kind::Whole)
        .read_only()
        .preset(Preset::Whole(0)),
];

pub(super) const SERVICE: &[Field] = &[
    UOM,
    Field::text("paymentItemType").preset(Preset::Text("SERVICE")),
];

pub(super) const BUNDLE: &[Field] = &[
    ARTICLE,
    COUNTRY,
    UOM,
    WEIGHT,
    VOLUME,
    Field::text("tnved"),
    Field::text("paymentItemType").preset(Preset::Text("GOOD")),
    Field::text("trackingType").preset(Preset::Text("NOT_TRACKED")),
    Field::flag("partialDisposal", false),
    Field::new("overhead", Kind::Json),
];

/// What a bundle (комплект) is made of.
pub(super) const BUNDLE_COLLECTIONS: &[Collection] = &[Collection {
    name: "components",
    row_type: "bundlecomponent",
    fields: &[
        Field::new(
            "assortment",
            Kind::Link(&["product", "service", "variant", "bundle"]),
        )
        .required(),
        Field::new("quantity", Kind::Number).required(),
    ],
    ..COLLECTION
}];

/// The least stock (неснижаемый остаток) of a product or a variant in each store.
pub(super) const STORE_BALANCES: &[Collection] = &[Collection {
    name: "storebalances",
    row_type: "minimumstock",
    fields: &[
        Field::new("store", Kind::Link(&["store"])).required(),
        Field::new("quantity", Kind::Number).required(),
    ],
    inline: false,
    ..COLLECTION
}];

pub(super) const VARIANT: &[Field] = &[
    Field::link("product", &["product"]),
    Field::new("characteristics", Kind::Json),
];
