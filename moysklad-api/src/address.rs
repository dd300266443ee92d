//! Addresses by their parts.

use crate::country::Country;
use crate::region::Region;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::meta::Ref;

/// An address by its parts (адрес); the service keeps the same address as one text beside it.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Address {
    /// The postal code (почтовый индекс), 6 characters.
    pub postal_code: Option<String>,
    /// The country (страна).
    pub country: Option<Ref<Country>>,
    /// The region (регион).
    pub region: Option<Ref<Region>>,
    /// The town (город).
    pub city: Option<String>,
    /// The street (улица).
    pub street: Option<String>,
    /// The house (дом), 30 characters.
    pub house: Option<String>,
    /// The flat or office (квартира), 30 characters.
    pub apartment: Option<String>,
    /// What else belongs to the address (другое).
    pub add_info: Option<String>,
    /// The comment (комментарий).
    pub comment: Option<String>,
    /// The code in the register of addresses (ФИАС), of counterparties and organizations.
    #[serde(rename = "fiasCode__ru")]
    pub fias_code: Option<String>,
}
