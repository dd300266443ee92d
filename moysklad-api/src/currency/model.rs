//! Currencies as the service sends them.

use super::unit_name::UnitName;
use crate::decimal::Number;
use crate::id::Id;
use crate::meta::Meta;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde::Serialize;
use serde_with::serde_as;
use serde_with::{As, DefaultOnNull};

/// A currency and its rate (валюта).
#[serde_as]
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Currency {
    /// What the service tells about the object.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The id.
    pub id: Id<Currency>,
    /// The short name (краткое наименование).
    pub name: String,
    /// The code in figures, such as `643` (цифровой код).
    pub code: Option<String>,
    /// Whether it is in the archive.
    pub archived: Option<bool>,
    /// Whether the currency comes from the service's own list (системная).
    pub system: Option<bool>,
    /// The full name (полное наименование).
    pub full_name: Option<String>,
    /// The code in letters, such as `RUB`.
    pub iso_code: Option<String>,
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
    /// How the rate is updated.
    pub rate_update_type: Option<RateUpdate>,
    /// Whether it is the accounting currency (валюта учёта).
    #[serde(rename = "default")]
    pub is_default: Option<bool>,
    /// The words for whole units.
    pub major_unit: Option<UnitName>,
    /// The words for hundredths.
    pub minor_unit: Option<UnitName>,
}

/// How the rate of a currency is updated (способ обновления курса).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum RateUpdate {
    /// By hand (ручной).
    Manual,
    /// By itself, from the central bank (автоматический).
    Auto,
    /// A word newer than this crate, as the service sent it.
    #[serde(untagged)]
    Unknown(String),
}

impl RateUpdate {
    /// The word as the service writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Manual => "manual",
            Self::Auto => "auto",
            Self::Unknown(word) => word,
        }
    }
}
