//! Where imported goods of a shipment come from.

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_with::serde_as;

use crate::country::Country;
use crate::decimal::Number;
use crate::meta::Ref;

/// Where goods of a position come from (прослеживаемость).
#[serde_as]
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct Declaration {
    /// The customs declaration (ГТД).
    pub gtd: Option<String>,
    /// The registration number of the lot (РНПТ).
    pub rnpt: Option<String>,
    /// The country of origin.
    pub country: Option<Ref<Country>>,
    /// How much of the position it is.
    #[serde_as(as = "Option<Number>")]
    pub quantity: Option<Decimal>,
}

/// A country by its name alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct CountryName {
    /// The name.
    pub name: Option<String>,
}
