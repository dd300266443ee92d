//! Prices.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::currency::Currency;
use crate::meta::Ref;
use crate::money::Money;
use crate::price_type::PriceType;

/// A price and its currency (цена).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Price {
    /// The price, in hundredths of the currency's unit: kopecks.
    pub value: Option<Money>,
    /// The currency; the accounting currency if not said.
    pub currency: Option<Ref<Currency>>,
}

impl Price {
    /// Makes a price in the accounting currency.
    #[must_use]
    pub const fn new(value: Money) -> Self {
        Self {
            value: Some(value),
            currency: None,
        }
    }
}

/// A price of one price type (цена продажи).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SalePrice {
    /// The price, in hundredths of the currency's unit: kopecks.
    pub value: Option<Money>,
    /// The currency; the accounting currency if not said.
    pub currency: Option<Ref<Currency>>,
    /// The price type (тип цены).
    pub price_type: Option<Ref<PriceType>>,
}

impl SalePrice {
    /// Makes a price of a price type in the accounting currency.
    #[must_use]
    pub fn new(value: Money, price_type: impl Into<Ref<PriceType>>) -> Self {
        Self {
            value: Some(value),
            currency: None,
            price_type: Some(price_type.into()),
        }
    }
}
