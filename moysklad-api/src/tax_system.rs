//! Tax systems (системы налогообложения).

use serde::{Deserialize, Serialize};

/// The tax system of a document (система налогообложения).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum TaxSystem {
    /// General (ОСН).
    GeneralTaxSystem,
    /// Simplified, of income (УСН, доход).
    SimplifiedTaxSystemIncome,
    /// Simplified, of income less expenses (УСН, доход минус расход).
    SimplifiedTaxSystemIncomeOutcome,
    /// Agricultural (ЕСХН).
    UnifiedAgriculturalTax,
    /// Of presumed income (ЕНВД).
    PresumptiveTaxSystem,
    /// By patent (патент).
    PatentBased,
    /// As the group has it.
    TaxSystemSameAsGroup,
    /// A system newer than this crate, as the service sent it.
    #[serde(untagged)]
    Unknown(String),
}

impl TaxSystem {
    /// The system as the service writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::GeneralTaxSystem => "GENERAL_TAX_SYSTEM",
            Self::SimplifiedTaxSystemIncome => "SIMPLIFIED_TAX_SYSTEM_INCOME",
            Self::SimplifiedTaxSystemIncomeOutcome => "SIMPLIFIED_TAX_SYSTEM_INCOME_OUTCOME",
            Self::UnifiedAgriculturalTax => "UNIFIED_AGRICULTURAL_TAX",
            Self::PresumptiveTaxSystem => "PRESUMPTIVE_TAX_SYSTEM",
            Self::PatentBased => "PATENT_BASED",
            Self::TaxSystemSameAsGroup => "TAX_SYSTEM_SAME_AS_GROUP",
            Self::Unknown(system) => system,
        }
    }
}
