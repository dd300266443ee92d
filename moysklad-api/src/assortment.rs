//! What products, services, variants and bundles have in common (ассортимент).

mod barcode;
mod kind;
mod pack;
mod price;
mod stock;

pub use barcode::Barcode;
pub use kind::{Alcoholic, PaymentItemType, TrackingType};
pub use pack::Pack;
pub use price::{Price, SalePrice};
pub use stock::{MinimumStock, NewMinimumStock, NewStoreBalance, PositionStock, StoreBalance};
