//! Groups of products as the service sends them.

use crate::decimal::Number;
use crate::employee::Employee;
use crate::group::Group;
use crate::id::Id;
use crate::meta::Meta;
use crate::meta::Ref;
use crate::moment::Moment;
use crate::tax_system::TaxSystem;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_with::serde_as;
use serde_with::{As, DefaultOnNull};
use uuid::Uuid;

/// A group of products (группа товаров).
#[serde_as]
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ProductFolder {
    /// What the service tells about the object.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The id.
    pub id: Id<ProductFolder>,
    /// The account.
    pub account_id: Option<Uuid>,
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
    /// The names of the groups above it, joined by slashes.
    pub path_name: Option<String>,
    /// The VAT rate, in percent (НДС).
    #[serde_as(as = "Option<Number>")]
    pub vat: Option<Decimal>,
    /// Whether VAT counts (учитывается НДС).
    pub vat_enabled: Option<bool>,
    /// The VAT rate that counts in the end, in percent.
    #[serde_as(as = "Option<Number>")]
    pub effective_vat: Option<Decimal>,
    /// Whether VAT counts in the end.
    pub effective_vat_enabled: Option<bool>,
    /// Whether the group's VAT rate counts.
    pub use_parent_vat: Option<bool>,
    /// The group above it (родительская группа).
    pub product_folder: Option<Ref<ProductFolder>>,
    /// The tax system (система налогообложения).
    pub tax_system: Option<TaxSystem>,
    /// The employee who owns it (владелец).
    pub owner: Option<Ref<Employee>>,
    /// The department that owns it (отдел).
    pub group: Option<Ref<Group>>,
    /// Whether all departments share it (общий доступ).
    pub shared: Option<bool>,
}
