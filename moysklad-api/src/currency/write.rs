//! What currencies are created and changed from.

use super::unit_name::UnitName;
use crate::decimal::Number;
use crate::patch::Patch;
use rust_decimal::Decimal;
use serde::Serialize;
use serde_with::serde_as;
use serde_with::skip_serializing_none;

/// A currency of one's own to be created, or, made by [`New::system`], one of the service's list.
#[serde_as]
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct New {
    /// The short name (краткое наименование).
    pub name: Option<String>,
    /// The code in figures, such as `643` (цифровой код).
    pub code: Option<String>,
    /// The code in letters, such as `RUB`.
    pub iso_code: String,
    /// Whether it is in the archive.
    pub archived: Option<bool>,
    /// Whether the currency comes from the service's own list (системная).
    pub system: Option<bool>,
    /// The full name (полное наименование).
    pub full_name: Option<String>,
    /// How many units the rate is for (кратность).
    pub multiplicity: Option<i64>,
    /// The rate to the accounting currency (курс).
    #[serde_as(as = "Option<Number>")]
    pub rate: Option<Decimal>,
    /// What is added to the rate when it is updated by itself, in percent (наценка).
    #[serde_as(as = "Option<Number>")]
    pub margin: Option<Decimal>,
    /// Whether the rate is the reverse one (обратный курс).
    pub indirect: Option<bool>,
    /// The words for whole units.
    pub major_unit: Option<UnitName>,
    /// The words for hundredths.
    pub minor_unit: Option<UnitName>,
}

impl New {
    /// Names a currency of one's own.
    #[must_use]
    pub fn new(
        name: impl Into<String>,
        code: impl Into<String>,
        iso_code: impl Into<String>,
    ) -> Self {
        Self {
            name: Some(name.into()),
            code: Some(code.into()),
            ..Self::blank(iso_code.into())
        }
    }

    /// Takes a currency from the service's own list, by its code in letters.
    #[must_use]
    pub fn system(iso_code: impl Into<String>) -> Self {
        Self {
            system: Some(true),
            ..Self::blank(iso_code.into())
        }
    }

    fn blank(iso_code: String) -> Self {
        Self {
            name: None,
            code: None,
            iso_code,
            archived: None,
            system: None,
            full_name: None,
            multiplicity: None,
            rate: None,
            margin: None,
            indirect: None,
            major_unit: None,
            minor_unit: None,
        }
    }

    /// Sets the full name (полное наименование).
    #[must_use]
    pub fn full_name(mut self, full_name: impl Into<String>) -> Self {
        self.full_name = Some(full_name.into());
        self
    }

    /// Sets the rate to the accounting currency (курс).
    #[must_use]
    pub fn rate(mut self, rate: Decimal) -> Self {
        self.rate = Some(rate);
        self
    }

    /// Says what is added to the rate when it is updated by itself, in percent (наценка).
    #[must_use]
    pub fn margin(mut self, margin: Decimal) -> Self {
        self.margin = Some(margin);
        self
    }
}

/// A change of a currency; what it does not name stays as it is.
#[serde_as]
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Update {
    /// The short name (краткое наименование).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The code in figures, such as `643` (цифровой код).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Whether it is in the archive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archived: Option<bool>,
    /// Whether the currency comes from the service's own list (системная).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system: Option<bool>,
    /// The full name (полное наименование).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub full_name: Patch<String>,
    /// The code in letters, such as `RUB`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iso_code: Option<String>,
    /// How many units the rate is for (кратность).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub multiplicity: Option<i64>,
    /// The rate to the accounting currency (курс).
    #[serde_as(as = "Option<Number>")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate: Option<Decimal>,
    /// What is added to the rate when it is updated by itself, in percent (наценка).
    #[serde_as(as = "Option<Number>")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub margin: Option<Decimal>,
    /// Whether the rate is the reverse one (обратный курс).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub indirect: Option<bool>,
    /// The words for whole units.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub major_unit: Patch<UnitName>,
    /// The words for hundredths.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub minor_unit: Patch<UnitName>,
}
