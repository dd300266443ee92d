//! What groups of products are created and changed from.

use crate::employee::Employee;
use crate::group::Group;
use crate::meta::Ref;
use crate::patch::Patch;
use crate::product_folder::ProductFolder;
use crate::tax_system::TaxSystem;
use serde::Serialize;
use serde_with::skip_serializing_none;

/// A group of products to be created.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct New {
    /// The name (наименование).
    pub name: String,
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

impl New {
    /// Names the group of products.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            code: None,
            external_code: None,
            archived: None,
            description: None,
            vat: None,
            vat_enabled: None,
            use_parent_vat: None,
            product_folder: None,
            tax_system: None,
            owner: None,
            group: None,
            shared: None,
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

    /// Sets the VAT rate, in percent (НДС).
    #[must_use]
    pub fn vat(mut self, vat: u32) -> Self {
        self.vat = Some(vat);
        self
    }

    /// Sets the group above it (родительская группа).
    #[must_use]
    pub fn product_folder(mut self, product_folder: impl Into<Ref<ProductFolder>>) -> Self {
        self.product_folder = Some(product_folder.into());
        self
    }
}

/// A change of a group of products; what it does not name stays as it is.
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
    /// The group above it (родительская группа).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub product_folder: Patch<Ref<ProductFolder>>,
    /// The tax system (система налогообложения).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tax_system: Option<TaxSystem>,
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
