//! What variants of products are created and changed from.

use super::characteristic::Characteristic;
use super::pack::VariantPack;
use crate::assortment::Barcode;
use crate::assortment::NewMinimumStock;
use crate::assortment::Price;
use crate::assortment::SalePrice;
use crate::meta::Ref;
use crate::patch::Patch;
use crate::product::Product;
use serde::Serialize;
use serde_with::skip_serializing_none;

/// A variant to be created.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct New {
    /// The product it is a variant of (товар).
    pub product: Ref<Product>,
    /// What tells it from other variants (характеристики).
    pub characteristics: Vec<Characteristic>,
    /// The name; if not said, the service builds it of the product's name and the characteristics.
    pub name: Option<String>,
    /// The code that people give (код).
    pub code: Option<String>,
    /// The code that programs give (внешний код); not unique.
    pub external_code: Option<String>,
    /// Whether it is in the archive.
    pub archived: Option<bool>,
    /// The comment (комментарий).
    pub description: Option<String>,
    /// Whether discounts are forbidden (запрет скидок).
    pub discount_prohibited: Option<bool>,
    /// The sale prices by price type (цены продажи).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sale_prices: Vec<SalePrice>,
    /// The purchase price (закупочная цена).
    pub buy_price: Option<Price>,
    /// The lowest price (минимальная цена).
    pub min_price: Option<Price>,
    /// The barcodes (штрихкоды).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub barcodes: Vec<Barcode>,
    /// The packs (упаковки).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub packs: Vec<VariantPack>,
    /// The least stock (неснижаемый остаток).
    pub minimum_stock: Option<NewMinimumStock>,
    /// The serial numbers (серийные номера).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub things: Vec<String>,
    /// The article number (артикул), of the variant.
    pub article: Option<String>,
}

impl New {
    /// Names the product and what tells the variant from others.
    #[must_use]
    pub fn new(product: impl Into<Ref<Product>>, characteristics: Vec<Characteristic>) -> Self {
        Self {
            product: product.into(),
            characteristics,
            name: None,
            code: None,
            external_code: None,
            archived: None,
            description: None,
            discount_prohibited: None,
            sale_prices: Vec::new(),
            buy_price: None,
            min_price: None,
            barcodes: Vec::new(),
            packs: Vec::new(),
            minimum_stock: None,
            things: Vec::new(),
            article: None,
        }
    }

    /// Sets the code that people give (код).
    #[must_use]
    pub fn code(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into());
        self
    }

    /// Sets the code that programs give (внешний код); not unique.
    #[must_use]
    pub fn external_code(mut self, external_code: impl Into<String>) -> Self {
        self.external_code = Some(external_code.into());
        self
    }

    /// Sets the comment (комментарий).
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Sets the sale prices by price type (цены продажи).
    #[must_use]
    pub fn sale_prices(mut self, sale_prices: Vec<SalePrice>) -> Self {
        self.sale_prices = sale_prices;
        self
    }

    /// Sets the purchase price (закупочная цена).
    #[must_use]
    pub fn buy_price(mut self, buy_price: Price) -> Self {
        self.buy_price = Some(buy_price);
        self
    }

    /// Sets the barcodes (штрихкоды).
    #[must_use]
    pub fn barcodes(mut self, barcodes: Vec<Barcode>) -> Self {
        self.barcodes = barcodes;
        self
    }
}

/// A change of a variant; what it does not name stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Update {
    /// The new name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The code that people give (код).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub code: Patch<String>,
    /// The code that programs give (внешний код); not unique.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub external_code: Patch<String>,
    /// Whether it is in the archive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archived: Option<bool>,
    /// The comment (комментарий).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub description: Patch<String>,
    /// Whether discounts are forbidden (запрет скидок).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discount_prohibited: Option<bool>,
    /// What tells it from other variants (характеристики), all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub characteristics: Option<Vec<Characteristic>>,
    /// The sale prices by price type (цены продажи), all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sale_prices: Option<Vec<SalePrice>>,
    /// The purchase price (закупочная цена).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub buy_price: Patch<Price>,
    /// The lowest price (минимальная цена).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub min_price: Patch<Price>,
    /// The barcodes (штрихкоды), all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub barcodes: Option<Vec<Barcode>>,
    /// The packs (упаковки), all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub packs: Option<Vec<VariantPack>>,
    /// The least stock (неснижаемый остаток).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub minimum_stock: Patch<NewMinimumStock>,
    /// The serial numbers (серийные номера), all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub things: Option<Vec<String>>,
    /// The article number (артикул), of the variant.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub article: Patch<String>,
}
