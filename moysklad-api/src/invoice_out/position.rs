//! Positions of invoices.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_with::{As, DefaultOnNull, serde_as, skip_serializing_none};
use uuid::Uuid;

use super::InvoiceOut;
use crate::assortment::{Pack, PositionStock};
use crate::decimal::Number;
use crate::entity::{DeleteManyParts, Part};
use crate::id::Id;
use crate::meta::{Meta, Ref, Untyped};
use crate::money::Money;
use crate::patch::Patch;
use crate::query::{Field, Linked};

/// A position of an invoice (позиция счёта).
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
    /// What it is about: a product, a service, a bundle…
    pub assortment: Option<Ref<Untyped>>,
    /// How much of it (количество).
    #[serde_as(as = "Option<Number>")]
    pub quantity: Option<Decimal>,
    /// The price of one, in kopecks (цена).
    pub price: Option<Money>,
    /// The discount in percent; below zero a markup (скидка).
    #[serde_as(as = "Option<Number>")]
    pub discount: Option<Decimal>,
    /// The VAT rate, in percent (НДС).
    #[serde_as(as = "Option<Number>")]
    pub vat: Option<Decimal>,
    /// Whether VAT counts for the position.
    pub vat_enabled: Option<bool>,
    /// The pack of the product (упаковка).
    pub pack: Option<Pack>,
    /// What is in stock, if the request asked for it (остатки).
    pub stock: Option<PositionStock>,
}

/// A position to be saved, alone or with its document.
#[serde_as]
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct New {
    /// What it is about: a product, a service, a bundle…
    pub assortment: Ref<Untyped>,
    /// The position to keep, when a document is changed.
    pub id: Option<Id<Position>>,
    /// How much of it (количество).
    #[serde_as(as = "Option<Number>")]
    pub quantity: Option<Decimal>,
    /// The price of one, in kopecks (цена).
    pub price: Option<Money>,
    /// The discount in percent; below zero a markup (скидка).
    #[serde_as(as = "Option<Number>")]
    pub discount: Option<Decimal>,
    /// The VAT rate, in percent (НДС).
    pub vat: Option<u32>,
    /// Whether VAT counts for the position.
    pub vat_enabled: Option<bool>,
    /// The pack of the product (упаковка).
    pub pack: Option<Pack>,
}

impl New {
    /// Names what the position is about.
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
            pack: None,
        }
    }

    /// Says how much of it; the service takes more than zero only.
    #[must_use]
    pub fn quantity(mut self, quantity: Decimal) -> Self {
        self.quantity = Some(quantity);
        self
    }

    /// Sets the price of one.
    #[must_use]
    pub fn price(mut self, price: Money) -> Self {
        self.price = Some(price);
        self
    }

    /// Sets the discount, in percent.
    #[must_use]
    pub fn discount(mut self, discount: Decimal) -> Self {
        self.discount = Some(discount);
        self
    }

    /// Sets the VAT rate, in percent, and lets VAT count.
    #[must_use]
    pub fn vat(mut self, vat: u32) -> Self {
        self.vat = Some(vat);
        self.vat_enabled = Some(true);
        self
    }
}

/// A change of a position; what it does not name stays as it is.
#[serde_as]
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Update {
    /// What it is about: a product, a service, a bundle…
    pub assortment: Option<Ref<Untyped>>,
    /// How much of it (количество).
    #[serde_as(as = "Option<Number>")]
    pub quantity: Option<Decimal>,
    /// The price of one, in kopecks (цена).
    pub price: Option<Money>,
    /// The discount in percent; below zero a markup (скидка).
    #[serde_as(as = "Option<Number>")]
    pub discount: Option<Decimal>,
    /// The VAT rate, in percent (НДС).
    pub vat: Option<u32>,
    /// Whether VAT counts for the position.
    pub vat_enabled: Option<bool>,
    /// The pack of the product (упаковка).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub pack: Patch<Pack>,
}

impl Part<InvoiceOut> for Position {
    type New = New;
    type Update = Update;
    const PATH: &'static str = "positions";
    const TYPE: &'static str = "invoiceposition";
}

impl DeleteManyParts<InvoiceOut> for Position {}

/// What it is about: a product, a service, a bundle…
pub const ASSORTMENT: Field<Position, Linked<Untyped>> = Field::new("assortment");
