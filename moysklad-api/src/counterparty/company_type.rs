//! Legal forms.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use serde_with::{DeserializeFromStr, SerializeDisplay};

use crate::query::Literal;

/// The legal form of a counterparty or an organization (юридический тип).
#[derive(Clone, Debug, PartialEq, Eq, Hash, SerializeDisplay, DeserializeFromStr)]
#[non_exhaustive]
pub enum CompanyType {
    /// A company (юридическое лицо).
    Legal,
    /// A sole trader (индивидуальный предприниматель).
    Entrepreneur,
    /// A person (физическое лицо).
    Individual,
    /// A company in Uzbekistan.
    LegalUz,
    /// A sole trader in Uzbekistan.
    EntrepreneurUz,
    /// A person in Uzbekistan.
    IndividualUz,
    /// A company in Kazakhstan.
    LegalKz,
    /// A sole trader in Kazakhstan.
    EntrepreneurKz,
    /// A person in Kazakhstan.
    IndividualKz,
    /// A form newer than this crate, as the service sent it.
    Unknown(String),
}

impl CompanyType {
    /// The form as the service writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Legal => "legal",
            Self::Entrepreneur => "entrepreneur",
            Self::Individual => "individual",
            Self::LegalUz => "legalUZ",
            Self::EntrepreneurUz => "entrepreneurUZ",
            Self::IndividualUz => "individualUZ",
            Self::LegalKz => "legalKZ",
            Self::EntrepreneurKz => "entrepreneurKZ",
            Self::IndividualKz => "individualKZ",
            Self::Unknown(form) => form,
        }
    }
}

impl Literal for CompanyType {
    fn literal(&self) -> String {
        self.as_str().to_owned()
    }
}

impl fmt::Display for CompanyType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for CompanyType {
    type Err = Infallible;

    fn from_str(form: &str) -> Result<Self, Infallible> {
        Ok(match form {
            "legal" => Self::Legal,
            "entrepreneur" => Self::Entrepreneur,
            "individual" => Self::Individual,
            "legalUZ" => Self::LegalUz,
            "entrepreneurUZ" => Self::EntrepreneurUz,
            "individualUZ" => Self::IndividualUz,
            "legalKZ" => Self::LegalKz,
            "entrepreneurKZ" => Self::EntrepreneurKz,
            "individualKZ" => Self::IndividualKz,
            other => Self::Unknown(other.to_owned()),
        })
    }
}
