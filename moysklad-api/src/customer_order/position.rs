//! Positions of customer orders.

use super::CustomerOrder;
use crate::assortment::{Pack, PositionStock};
use crate::decimal::Number;
use crate::entity::{DeleteManyParts, Part};
use crate::id::Id;
use crate::meta::Meta;
use crate::meta::Ref;
use crate::meta::Untyped;
use crate::money::Money;
use crate::patch::Patch;
use crate::query::{Field, Linked};
use crate::tax_system::TaxSystem;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde::Serialize;
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
    pub pack: Option<Pack>,
    /// What is in stock, if the request asked for it.
    pub stock: Option<PositionStock>,
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
    /// The pack of the product (упаковка).
    pub pack: Option<Pack>,
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
            pack: None,
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

/// A change of a position; what it does not name stays as it is.
#[serde_as]
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Update {
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
    pub vat: Option<u32>,
    /// Whether VAT counts for the position.
    pub vat_enabled: Option<bool>,
    /// How much of it is to be reserved.
    #[serde_as(as = "Option<Number>")]
    pub reserve: Option<Decimal>,
    /// The tax system.
    pub tax_system: Option<TaxSystem>,
    /// The pack of the product (упаковка).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub pack: Patch<Pack>,
}

impl Part<CustomerOrder> for Position {
    type New = New;
    type Update = Update;
    const PATH: &'static str = "positions";
    const TYPE: &'static str = "customerorderposition";
}

impl DeleteManyParts<CustomerOrder> for Position {}

/// What is ordered: a product, a service, a bundle…
pub const ASSORTMENT: Field<Position, Linked<Untyped>> = Field::new("assortment");
