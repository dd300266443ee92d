//! Positions of shipments.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_with::{As, DefaultOnNull, serde_as, skip_serializing_none};
use uuid::Uuid;

use super::Demand;
use super::declaration::{CountryName, Declaration};
use super::tracking::{TrackingCode, TrackingCode1162};
use crate::assortment::{Pack, PositionStock};
use crate::decimal::Number;
use crate::entity::{DeleteManyParts, Part};
use crate::id::Id;
use crate::meta::{Meta, Ref, Untyped};
use crate::money::Money;
use crate::patch::Patch;
use crate::query::{Field, Linked};
use crate::store::slot::Slot;

/// A position of a shipment (позиция отгрузки).
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
    /// What one costs, in kopecks, of services (себестоимость).
    pub cost: Option<Money>,
    /// The slot in the store (ячейка).
    pub slot: Option<Ref<Slot>>,
    /// The serial numbers (серийные номера).
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub things: Vec<String>,
    /// The marking codes (коды маркировки).
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub tracking_codes: Vec<TrackingCode>,
    /// The marking codes as tag 1162 has them.
    #[serde(rename = "trackingCodes_1162", default, with = "As::<DefaultOnNull>")]
    pub tracking_codes_1162: Vec<TrackingCode1162>,
    /// The part of the additional costs, in kopecks (накладные расходы).
    pub overhead: Option<Money>,
    /// Where imported goods come from, if the request asked for it (прослеживаемость).
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub declaration: Vec<Declaration>,
    /// The country, in older answers.
    pub country: Option<CountryName>,
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
    /// What one costs, in kopecks, of services (себестоимость).
    pub cost: Option<Money>,
    /// The slot in the store (ячейка).
    pub slot: Option<Ref<Slot>>,
    /// The serial numbers (серийные номера).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub things: Vec<String>,
    /// The marking codes (коды маркировки).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tracking_codes: Vec<TrackingCode>,
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
            cost: None,
            slot: None,
            things: Vec::new(),
            tracking_codes: Vec::new(),
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
    /// What one costs, in kopecks, of services (себестоимость).
    pub cost: Option<Money>,
    /// The slot in the store (ячейка).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub slot: Patch<Ref<Slot>>,
    /// The serial numbers (серийные номера).
    pub things: Option<Vec<String>>,
    /// The marking codes (коды маркировки).
    pub tracking_codes: Option<Vec<TrackingCode>>,
}

impl Part<Demand> for Position {
    type New = New;
    type Update = Update;
    const PATH: &'static str = "positions";
    const TYPE: &'static str = "demandposition";
}

impl DeleteManyParts<Demand> for Position {}

/// What it is about: a product, a service, a bundle…
pub const ASSORTMENT: Field<Position, Linked<Untyped>> = Field::new("assortment");
