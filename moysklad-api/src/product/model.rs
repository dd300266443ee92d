//! Products as the service sends them.

use crate::assortment::Alcoholic;
use crate::assortment::Barcode;
use crate::assortment::MinimumStock;
use crate::assortment::Pack;
use crate::assortment::PaymentItemType;
use crate::assortment::Price;
use crate::assortment::SalePrice;
use crate::assortment::TrackingType;
use crate::attribute::AttributeValue;
use crate::counterparty::Counterparty;
use crate::country::Country;
use crate::decimal::Number;
use crate::employee::Employee;
use crate::file::File;
use crate::group::Group;
use crate::id::Id;
use crate::image::Image;
use crate::meta::Meta;
use crate::meta::Nested;
use crate::meta::Ref;
use crate::moment::Moment;
use crate::product_folder::ProductFolder;
use crate::tax_system::TaxSystem;
use crate::uom::Uom;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_with::serde_as;
use serde_with::{As, DefaultOnNull};
use uuid::Uuid;

/// Goods of one sort (товар).
#[serde_as]
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Product {
    /// What the service tells about the object.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The id.
    pub id: Id<Product>,
    /// The account.
    pub account_id: Option<Uuid>,
    /// The UUID that its creator gave it.
    pub sync_id: Option<Uuid>,
    /// The name (наименование).
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
    /// What is known of an alcoholic product (алкогольная продукция).
    pub alcoholic: Option<Alcoholic>,
    /// Whether it counts as tobacco (табачная продукция).
    pub tobacco: Option<bool>,
    /// The names of the groups above it, joined by slashes.
    pub path_name: Option<String>,
    /// The article number (артикул).
    pub article: Option<String>,
    /// The VAT rate, in percent (НДС).
    #[serde_as(as = "Option<Number>")]
    pub vat: Option<Decimal>,
    /// Whether VAT counts (учитывается НДС).
    pub vat_enabled: Option<bool>,
    /// Whether the group's VAT rate counts.
    pub use_parent_vat: Option<bool>,
    /// The VAT rate that counts in the end, in percent.
    #[serde_as(as = "Option<Number>")]
    pub effective_vat: Option<Decimal>,
    /// Whether VAT counts in the end.
    pub effective_vat_enabled: Option<bool>,
    /// Whether discounts are forbidden (запрет скидок).
    pub discount_prohibited: Option<bool>,
    /// How many variants it has (модификации).
    pub variants_count: Option<i64>,
    /// Whether it is tracked by serial numbers (учёт по серийным номерам).
    pub is_serial_trackable: Option<bool>,
    /// The weight (вес).
    #[serde_as(as = "Option<Number>")]
    pub weight: Option<Decimal>,
    /// The volume (объём).
    #[serde_as(as = "Option<Number>")]
    pub volume: Option<Decimal>,
    /// The purchase price (закупочная цена).
    pub buy_price: Option<Price>,
    /// The sale prices by price type (цены продажи).
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub sale_prices: Vec<SalePrice>,
    /// The supplier (поставщик).
    pub supplier: Option<Ref<Counterparty>>,
    /// The country (страна).
    pub country: Option<Ref<Country>>,
    /// The unit of measure (единица измерения).
    pub uom: Option<Ref<Uom>>,
    /// The group it is in (группа товаров).
    pub product_folder: Option<Ref<ProductFolder>>,
    /// The images (изображения).
    pub images: Option<Nested<Image>>,
    /// The barcodes (штрихкоды).
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub barcodes: Vec<Barcode>,
    /// The packs (упаковки).
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub packs: Vec<Pack>,
    /// What marking applies to it (тип маркируемой продукции).
    pub tracking_type: Option<TrackingType>,
    /// The code of foreign trade (ТН ВЭД).
    pub tnved: Option<String>,
    /// What it is on a receipt (признак предмета расчёта).
    pub payment_item_type: Option<PaymentItemType>,
    /// The tax system (система налогообложения).
    pub tax_system: Option<TaxSystem>,
    /// The least stock; sent if the request asked for it (неснижаемый остаток).
    pub minimum_stock: Option<MinimumStock>,
    /// The lowest price (минимальная цена).
    pub min_price: Option<Price>,
    /// Whether it is sold by weight (весовой).
    pub weighed: Option<bool>,
    /// Whether it is sold on tap (разливной).
    pub on_tap: Option<bool>,
    /// Whether a marked item can leave in parts (частичное выбытие).
    pub partial_disposal: Option<bool>,
    /// The serial numbers (серийные номера).
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub things: Vec<String>,
    /// The code of protective equipment, 13 figures (СИЗ).
    pub ppe_type: Option<String>,
    /// The least stock, in older answers (неснижаемый остаток).
    #[serde_as(as = "Option<Number>")]
    pub minimum_balance: Option<Decimal>,
    /// The additional fields that have a value (дополнительные поля).
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub attributes: Vec<AttributeValue>,
    /// The files (файлы).
    pub files: Option<Nested<File>>,
    /// The employee who owns it (владелец).
    pub owner: Option<Ref<Employee>>,
    /// The department that owns it (отдел).
    pub group: Option<Ref<Group>>,
    /// Whether all departments share it (общий доступ).
    pub shared: Option<bool>,
}
