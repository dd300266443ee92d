//! Requisites of companies and people in other countries (реквизиты).

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::moment::Moment;

/// Requisites in Uzbekistan.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Uzbekistan {
    /// The taxpayer number (ИНН).
    pub inn: Option<String>,
    /// The code of activity (ОКЭД).
    pub oked: Option<String>,
    /// The personal number (ПИНФЛ).
    pub pinfl: Option<String>,
    /// The registration code of a VAT payer.
    pub vat_payer_reg_code: Option<String>,
    /// The number of the certificate.
    pub certificate_number: Option<String>,
    /// The date of the certificate.
    pub certificate_date: Option<Moment>,
}

/// Requisites in Kazakhstan.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Kazakhstan {
    /// The number of a company (БИН).
    pub bin: Option<String>,
    /// The number of a person (ИИН).
    pub iin: Option<String>,
    /// The code of activity (ОКЭД).
    pub oked: Option<String>,
    /// The code of the beneficiary (КБЕ).
    pub kbe: Option<String>,
    /// The number of the VAT certificate.
    pub vat_certificate_number: Option<String>,
    /// The date of the VAT certificate.
    pub vat_certificate_date: Option<Moment>,
}
