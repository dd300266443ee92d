//! Variants of products as the service sends them.

use super::characteristic::Characteristic;
use super::pack::VariantPack;
use crate::assortment::Barcode;
use crate::assortment::MinimumStock;
use crate::assortment::Price;
use crate::assortment::SalePrice;
use crate::id::Id;
use crate::image::Image;
use crate::meta::Meta;
use crate::meta::Nested;
use crate::meta::Ref;
use crate::moment::Moment;
use crate::product::Product;
use serde::Deserialize;
use serde_with::{As, DefaultOnNull};
use uuid::Uuid;

/// A variant of a product (модификация).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Variant {
    /// What the service tells about the object.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The id.
    pub id: Id<Variant>,
    /// The account.
    pub account_id: Option<Uuid>,
    /// The name, which the service builds of the product's name and the characteristics.
    pub name: String,
    /// The code that people give (код).
    pub code: Option<String>,
    /// The code that programs give (внешний код); not unique.
    pub external_code: Option<String>,
    /// When it was last changed.
    pub updated: Option<Moment>,
    /// Whether it is in the archive.
    pub archived: Option<bool>,
    /// The comment (комментарий).
    pub description: Option<String>,
    /// Whether discounts are forbidden (запрет скидок).
    pub discount_prohibited: Option<bool>,
    /// The product it is a variant of (товар).
    pub product: Option<Ref<Product>>,
    /// What tells it from other variants (характеристики).
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub characteristics: Vec<Characteristic>,
    /// The sale prices by price type (цены продажи).
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub sale_prices: Vec<SalePrice>,
    /// The purchase price (закупочная цена).
    pub buy_price: Option<Price>,
    /// The lowest price (минимальная цена).
    pub min_price: Option<Price>,
    /// The barcodes (штрихкоды).
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub barcodes: Vec<Barcode>,
    /// The packs (упаковки).
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub packs: Vec<VariantPack>,
    /// The images (изображения).
    pub images: Option<Nested<Image>>,
    /// The least stock; sent if the request asked for it (неснижаемый остаток).
    pub minimum_stock: Option<MinimumStock>,
    /// The serial numbers (серийные номера).
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub things: Vec<String>,
    /// The article number (артикул), of the variant.
    pub article: Option<String>,
}
