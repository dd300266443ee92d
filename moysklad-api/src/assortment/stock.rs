//! Stock of one product: the least there should be, and what there is.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_with::{As, DefaultOnNull, serde_as, skip_serializing_none};
use uuid::Uuid;

use crate::decimal::Number;
use crate::entity::{DeleteManyParts, Part};
use crate::id::Id;
use crate::meta::{Meta, Nested, Ref};
use crate::money::Money;
use crate::product::Product;
use crate::store::Store;
use crate::variant::Variant;

/// The least stock of a product or a variant (неснижаемый остаток).
///
/// `kind` says which of the other fields is there: one figure for all stores together
/// (`ALL_WAREHOUSE_SUM`), the same figure for each store (`ALL_WAREHOUSE_SAME`), or one for each
/// store (`WAREHOUSE_VARIED`).
#[serde_as]
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct MinimumStock {
    /// How the least stock is counted, in the service's words.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Whether a variant has it from its product.
    pub inherited: Option<bool>,
    /// The figure, of one store or of all together.
    #[serde_as(as = "Option<Number>")]
    pub quantity: Option<Decimal>,
    /// The figures by store.
    pub store_balances: Option<Nested<StoreBalance>>,
}

/// The least stock to be set (неснижаемый остаток).
#[serde_as]
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct NewMinimumStock {
    /// How the least stock is counted, in the service's words.
    #[serde(rename = "type")]
    pub kind: String,
    /// Whether a variant takes it from its product.
    pub inherited: Option<bool>,
    /// The figure, of one store or of all together.
    #[serde_as(as = "Option<Number>")]
    pub quantity: Option<Decimal>,
    /// The figures by store.
    #[serde(rename = "storebalances", skip_serializing_if = "Vec::is_empty")]
    pub store_balances: Vec<NewStoreBalance>,
}

impl NewMinimumStock {
    /// Wants so much in all stores together.
    #[must_use]
    pub fn in_all_stores(quantity: Decimal) -> Self {
        Self::of("ALL_WAREHOUSE_SUM", Some(quantity), Vec::new())
    }

    /// Wants so much in each store.
    #[must_use]
    pub fn in_each_store(quantity: Decimal) -> Self {
        Self::of("ALL_WAREHOUSE_SAME", Some(quantity), Vec::new())
    }

    /// Wants a quantity of its own in each of some stores.
    #[must_use]
    pub fn by_store(store_balances: Vec<NewStoreBalance>) -> Self {
        Self::of("WAREHOUSE_VARIED", None, store_balances)
    }

    fn of(kind: &str, quantity: Option<Decimal>, store_balances: Vec<NewStoreBalance>) -> Self {
        Self {
            kind: kind.to_owned(),
            inherited: None,
            quantity,
            store_balances,
        }
    }
}

/// The least stock in one store (неснижаемый остаток на складе).
#[serde_as]
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct StoreBalance {
    /// What the service tells about the object.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The id.
    pub id: Id<StoreBalance>,
    /// The account.
    pub account_id: Option<Uuid>,
    /// The store (склад).
    pub store: Option<Ref<Store>>,
    /// The least there should be.
    #[serde_as(as = "Option<Number>")]
    pub quantity: Option<Decimal>,
}

/// The least stock to be kept in a store.
#[serde_as]
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct NewStoreBalance {
    /// The figure that is there already, when a product is changed.
    #[serde(flatten)]
    pub kept: Option<Ref<StoreBalance>>,
    /// The store (склад).
    pub store: Ref<Store>,
    /// The least there should be.
    #[serde_as(as = "Number")]
    pub quantity: Decimal,
}

impl NewStoreBalance {
    /// Wants so much in a store.
    #[must_use]
    pub fn new(store: impl Into<Ref<Store>>, quantity: Decimal) -> Self {
        Self {
            kept: None,
            store: store.into(),
            quantity,
        }
    }
}

impl Part<Product> for StoreBalance {
    type New = NewStoreBalance;
    type Update = NewStoreBalance;
    const PATH: &'static str = "storebalances";
    const TYPE: &'static str = "minimumstock";
}

impl DeleteManyParts<Product> for StoreBalance {}

impl Part<Variant> for StoreBalance {
    type New = NewStoreBalance;
    type Update = NewStoreBalance;
    const PATH: &'static str = "storebalances";
    const TYPE: &'static str = "minimumstock";
}

impl DeleteManyParts<Variant> for StoreBalance {}

/// What is in stock of a position's goods, if the request asked for it (остатки).
#[serde_as]
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct PositionStock {
    /// What one costs, in kopecks (себестоимость).
    pub cost: Option<Money>,
    /// How much there is (остаток).
    #[serde_as(as = "Option<Number>")]
    pub quantity: Option<Decimal>,
    /// How much of it is reserved (резерв).
    #[serde_as(as = "Option<Number>")]
    pub reserve: Option<Decimal>,
    /// How much is expected (ожидание).
    #[serde_as(as = "Option<Number>")]
    pub intransit: Option<Decimal>,
    /// How much can be sold (доступно).
    #[serde_as(as = "Option<Number>")]
    pub available: Option<Decimal>,
}
