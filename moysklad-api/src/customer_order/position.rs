//! Positions of customer orders.

use super::model::TaxSystem;
use crate::decimal::Number;
use crate::id::Id;
use crate::meta::Meta;
use crate::meta::Ref;
use crate::meta::Untyped;
use crate::money::Money;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde::Serialize;
use serde_json::Value;
use serde_with::skip_serializing_none;
use serde_with::{As, DefaultOnNull, serde_as};
use uuid::Uuid;

/// A position of an order (позиция заказа).
#[serde_as]
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Position {
    /// What the service tells about the position.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The id.
    pub id: Id<Position>,
    /// The account.
    pub account_id: Option<Uuid>,
    /// What is ordered: a product, a service, a bundle…
    pub assortment: Option<Ref<Untyped>>,
    /// How much of it.
    #[serde_as(as = "Option<Number>")]
    pub quantity: Option<Decimal>,
    /// The price of one, in kopecks.
    pub price: Option<Money>,
    /// The discount in percent; below zero a markup.
    #[serde_as(as = "Option<Number>")]
    pub discount: Option<Decimal>,
    /// The VAT rate, in percent.
    #[serde_as(as = "Option<Number>")]
    pub vat: Option<Decimal>,
    /// Whether VAT counts for the position.
    pub vat_enabled: Option<bool>,
    /// How much of it is reserved.
    #[serde_as(as = "Option<Number>")]
    pub reserve: Option<Decimal>,
    /// How much of it is shipped.
    #[serde_as(as = "Option<Number>")]
    pub shipped: Option<Decimal>,
    /// The tax system.
    pub tax_system: Option<TaxSystem>,
    /// The pack of the product (упаковка).
    pub pack: Option<Value>,
    /// What is in stock, if the request asked for it.
    pub stock: Option<Value>,
}

/// A position to be saved with its order.
#[serde_as]
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct New {
    /// What is ordered: a product, a service, a bundle…
    pub assortment: Ref<Untyped>,
    /// The position to keep, when an order is changed.
    pub id: Option<Id<Position>>,
    /// How much of it.
    #[serde_as(as = "Option<Number>")]
    pub quantity: Option<Decimal>,
    /// The price of one, in kopecks.
    pub price: Option<Money>,
    /// The discount in percent; below zero a markup.
    #[serde_as(as = "Option<Number>")]
    pub discount: Option<Decimal>,
    /// The VAT rate, in percent.
    pub vat: Option<u32>,
    /// Whether VAT counts for the position.
    pub vat_enabled: Option<bool>,
    /// How much of it is to be reserved.
    #[serde_as(as = "Option<Number>")]
    pub reserve: Option<Decimal>,
    /// The tax system.
    pub tax_system: Option<TaxSystem>,
}

impl New {
    /// Names what is ordered.
    #[must_use]
    pub fn new<X>(assortment: &Ref<X>) -> Self {
        Self {
            assortment: assortment.untyped(),
            id: None,
            quantity: None,
            price: None,
            discount: None,
            vat: None,
            vat_enabled: None,
            reserve: None,
            tax_system: None,
        }
    }

    /// Orders so much of it; the service takes more than zero only.
    #[must_use]
    pub fn quantity(mut self, quantity: Decimal) -> Self {
        self.quantity = Some(quantity);
        self
    }

    /// Sets the price of one, in kopecks.
    #[must_use]
    pub fn price(mut self, price: Money) -> Self {
        self.price = Some(price);
        self
    }

    /// Sets the discount in percent; below zero it is a markup.
    #[must_use]
    pub fn discount(mut self, discount: Decimal) -> Self {
        self.discount = Some(discount);
        self
    }

    /// Sets the VAT rate in percent; only together with `vat_enabled`.
    #[must_use]
    pub fn vat(mut self, vat: u32) -> Self {
        self.vat = Some(vat);
        self
    }

    /// Lets VAT count for the position.
    #[must_use]
    pub fn vat_enabled(mut self, vat_enabled: bool) -> Self {
        self.vat_enabled = Some(vat_enabled);
        self
    }

    /// Reserves so much of it.
    #[must_use]
    pub fn reserve(mut self, reserve: Decimal) -> Self {
        self.reserve = Some(reserve);
        self
    }
}
