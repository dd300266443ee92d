//! Marking codes of a shipment's positions.

use serde::{Deserialize, Serialize};
use serde_with::{As, DefaultOnNull, skip_serializing_none};

/// A marking code, or a pack with the codes inside it (код маркировки).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TrackingCode {
    /// The code.
    pub cis: Option<String>,
    /// What the code is of.
    #[serde(rename = "type")]
    pub kind: Option<TrackingCodeType>,
    /// The codes inside a pack.
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        with = "As::<DefaultOnNull>"
    )]
    pub tracking_codes: Vec<TrackingCode>,
}

/// A marking code as tag 1162 of a receipt has it (тег 1162).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct TrackingCode1162 {
    /// The code.
    pub cis_1162: Option<String>,
    /// What the code is of.
    #[serde(rename = "type")]
    pub kind: Option<TrackingCodeType>,
    /// The codes inside a pack.
    #[serde(default, rename = "trackingCodes_1162", with = "As::<DefaultOnNull>")]
    pub tracking_codes: Vec<TrackingCode1162>,
}

/// What a marking code is of (тип кода маркировки).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum TrackingCodeType {
    /// One item (товар).
    TrackingCode,
    /// A pack of items (потребительская упаковка).
    ConsumerPack,
    /// A pack of packs (транспортная упаковка).
    TransportPack,
    /// A word newer than this crate, as the service sent it.
    #[serde(untagged)]
    Unknown(String),
}

impl TrackingCodeType {
    /// The word as the service writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::TrackingCode => "trackingcode",
            Self::ConsumerPack => "consumerpack",
            Self::TransportPack => "transportpack",
            Self::Unknown(word) => word,
        }
    }
}
