//! Currencies of documents.

use crate::currency::Currency;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_with::{serde_as, skip_serializing_none};

use crate::decimal::Number;
use crate::meta::Ref;

/// The currency of a document and its rate (валюта).
#[serde_as]
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rate {
    /// The currency.
    pub currency: Option<Ref<Currency>>,
    /// What one of it is worth in the accounting currency; one if not said.
    #[serde_as(as = "Option<Number>")]
    pub value: Option<Decimal>,
}
