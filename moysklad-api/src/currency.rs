//! Currencies (валюты).
//!
//! [`Client::currencies`](crate::Client::currencies) finds, creates and changes them; [`New`] and
//! [`Update`] are what they are created and changed from.
//!
//! See [МойСклад: валюта](https://dev.moysklad.ru/doc/api/remap/1.2/).

use crate::entity::{Create, Delete, DeleteMany, Entity, Update as CanUpdate};
use crate::id::Id;
use crate::query::{Exact, Field, Ordered, Sortable, Text};
use rust_decimal::Decimal;

mod model;
mod unit_name;
mod write;

pub use model::{Currency, RateUpdate};
pub use unit_name::{Gender, UnitName};
pub use write::{New, Update};

impl Entity for Currency {
    const TYPE: &'static str = "currency";
}

impl Create for Currency {
    type New = New;
}

impl CanUpdate for Currency {
    type Update = Update;
}

impl Delete for Currency {}
impl DeleteMany for Currency {}

/// The id.
pub const ID: Field<Currency, Exact<Id<Currency>>, Sortable> = Field::new("id");
/// The short name (краткое наименование).
pub const NAME: Field<Currency, Text, Sortable> = Field::new("name");
/// The code in figures, such as `643` (цифровой код).
pub const CODE: Field<Currency, Text, Sortable> = Field::new("code");
/// The full name (полное наименование).
pub const FULL_NAME: Field<Currency, Text, Sortable> = Field::new("fullName");
/// The code in letters, such as `RUB`.
pub const ISO_CODE: Field<Currency, Text, Sortable> = Field::new("isoCode");
/// Whether it is in the archive; both values for all.
pub const ARCHIVED: Field<Currency, Exact<bool>, Sortable> = Field::new("archived");
/// Whether it is the accounting currency (валюта учёта).
pub const IS_DEFAULT: Field<Currency, Exact<bool>> = Field::new("default");
/// How many units the rate is for (кратность).
pub const MULTIPLICITY: Field<Currency, Ordered<Decimal>, Sortable> = Field::new("multiplicity");
