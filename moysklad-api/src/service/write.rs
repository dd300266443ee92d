//! What services are created and changed from.

use crate::assortment::Barcode;
use crate::assortment::PaymentItemType;
use crate::assortment::Price;
use crate::assortment::SalePrice;
use crate::attribute::AttributeValue;
use crate::employee::Employee;
use crate::group::Group;
use crate::meta::Ref;
use crate::patch::Patch;
use crate::product_folder::ProductFolder;
use crate::tax_system::TaxSystem;
use crate::uom::Uom;
use serde::Serialize;
use serde_with::skip_serializing_none;
use uuid::Uuid;

/// A service to be created.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct New {
    /// The name (наименование).
    pub name: String,
    /// The UUID that makes creating twice the same as once.
    pub sync_id: Option<Uuid>,
    /// The code that people give (код).
    pub code: Option<String>,
    /// The code that programs give (внешний код); not unique.
    pub external_code: Option<String>,
    /// Whether it is in the archive.
    pub archived: Option<bool>,
    /// The comment (комментарий).
    pub description: Option<String>,
    /// The VAT rate, in percent (НДС).
    pub vat: Option<u32>,
    /// Whether VAT counts (учитывается НДС).
    pub vat_enabled: Option<bool>,
    /// Whether the group's VAT rate counts.
    pub use_parent_vat: Option<bool>,
    /// Whether discounts are forbidden (запрет скидок).
    pub discount_prohibited: Option<bool>,
    /// The purchase price (закупочная цена).
    pub buy_price: Option<Price>,
    /// The sale prices by price type (цены продажи).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sale_prices: Vec<SalePrice>,
    /// The unit of measure (единица измерения).
    pub uom: Option<Ref<Uom>>,
    /// The group it is in (группа товаров).
    pub product_folder: Option<Ref<ProductFolder>>,
    /// The barcodes (штрихкоды).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub barcodes: Vec<Barcode>,
    /// What it is on a receipt (признак предмета расчёта).
    pub payment_item_type: Option<PaymentItemType>,
    /// The tax system (система налогообложения).
    pub tax_system: Option<TaxSystem>,
    /// The lowest price (минимальная цена).
    pub min_price: Option<Price>,
    /// The additional fields.
    #[serde(
        skip_serializing_if = "crate::attribute::is_unsaid",
        serialize_with = "crate::attribute::write"
    )]
    pub attributes: Vec<AttributeValue>,
    /// The employee who owns it (владелец).
    pub owner: Option<Ref<Employee>>,
    /// The department that owns it (отдел).
    pub group: Option<Ref<Group>>,
    /// Whether all departments share it (общий доступ).
    pub shared: Option<bool>,
}

impl New {
    /// Names the service.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            sync_id: None,
            code: None,
            external_code: None,
            archived: None,
            description: None,
            vat: None,
            vat_enabled: None,
            use_parent_vat: None,
            discount_prohibited: None,
            buy_price: None,
            sale_prices: Vec::new(),
            uom: None,
            product_folder: None,
            barcodes: Vec::new(),
            payment_item_type: None,
            tax_system: None,
            min_price: None,
            attributes: Vec::new(),
            owner: None,
            group: None,
            shared: None,
        }
    }

    /// Makes creating twice the same as once.
    #[must_use]
    pub fn sync_id(mut self, sync_id: Uuid) -> Self {
        self.sync_id = Some(sync_id);
        self
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

    /// Sets the VAT rate, in percent (НДС).
    #[must_use]
    pub fn vat(mut self, vat: u32) -> Self {
        self.vat = Some(vat);
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

    /// Sets the unit of measure (единица измерения).
    #[must_use]
    pub fn uom(mut self, uom: impl Into<Ref<Uom>>) -> Self {
        self.uom = Some(uom.into());
        self
    }

    /// Sets the group it is in (группа товаров).
    #[must_use]
    pub fn product_folder(mut self, product_folder: impl Into<Ref<ProductFolder>>) -> Self {
        self.product_folder = Some(product_folder.into());
        self
    }

    /// Sets additional fields.
    #[must_use]
    pub fn attributes(mut self, attributes: Vec<AttributeValue>) -> Self {
        self.attributes = attributes;
        self
    }
}

/// A change of a service; what it does not name stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Update {
    /// The name (наименование).
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
    /// The VAT rate, in percent (НДС).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vat: Option<u32>,
    /// Whether VAT counts (учитывается НДС).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vat_enabled: Option<bool>,
    /// Whether the group's VAT rate counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub use_parent_vat: Option<bool>,
    /// Whether discounts are forbidden (запрет скидок).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discount_prohibited: Option<bool>,
    /// The purchase price (закупочная цена).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub buy_price: Patch<Price>,
    /// The sale prices by price type (цены продажи), all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sale_prices: Option<Vec<SalePrice>>,
    /// The unit of measure (единица измерения).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub uom: Patch<Ref<Uom>>,
    /// The group it is in (группа товаров).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub product_folder: Patch<Ref<ProductFolder>>,
    /// The barcodes (штрихкоды), all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub barcodes: Option<Vec<Barcode>>,
    /// What it is on a receipt (признак предмета расчёта).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_item_type: Option<PaymentItemType>,
    /// The tax system (система налогообложения).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tax_system: Option<TaxSystem>,
    /// The lowest price (минимальная цена).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub min_price: Patch<Price>,
    /// The additional fields to change; others keep their values.
    #[serde(
        skip_serializing_if = "crate::attribute::is_unsaid",
        serialize_with = "crate::attribute::write"
    )]
    pub attributes: Vec<AttributeValue>,
    /// The employee who owns it (владелец).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub owner: Patch<Ref<Employee>>,
    /// The department that owns it (отдел).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub group: Patch<Ref<Group>>,
    /// Whether all departments share it (общий доступ).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shared: Option<bool>,
}
