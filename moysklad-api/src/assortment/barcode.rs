//! Barcodes.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

/// A barcode (штрихкод): one of the fields, by its format.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Barcode {
    /// The barcode as EAN-13.
    pub ean13: Option<String>,
    /// The barcode as EAN-8.
    pub ean8: Option<String>,
    /// The barcode as Code 128.
    pub code128: Option<String>,
    /// The barcode as GTIN.
    pub gtin: Option<String>,
    /// The barcode as UPC.
    pub upc: Option<String>,
}

impl Barcode {
    /// Makes an EAN-13 barcode.
    #[must_use]
    pub fn ean13(barcode: impl Into<String>) -> Self {
        Self {
            ean13: Some(barcode.into()),
            ..Self::default()
        }
    }

    /// The barcode, whatever its format.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        let all = [
            &self.ean13,
            &self.ean8,
            &self.code128,
            &self.gtin,
            &self.upc,
        ];
        all.into_iter().find_map(|barcode| barcode.as_deref())
    }
}
