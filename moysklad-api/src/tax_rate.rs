//! VAT rates (ставки НДС).
//!
//! [`Client::tax_rates`](crate::Client::tax_rates) finds, creates and changes them; [`New`] and
//! [`Update`] are what they are created and changed from.
//!
//! See [МойСклад: ставка НДС](https://dev.moysklad.ru/doc/api/remap/1.2/).

use crate::employee::Employee;
use crate::entity::{Create, Delete, DeleteMany, Entity, Update as CanUpdate};
use crate::group::Group;
use crate::id::Id;
use crate::moment::Moment;
use crate::query::{Exact, Field, Ordered, Reference, Sortable, Text};
use rust_decimal::Decimal;

mod model;
mod write;

pub use model::TaxRate;
pub use write::{New, Update};

impl Entity for TaxRate {
    const TYPE: &'static str = "taxrate";
}

impl Create for TaxRate {
    type New = New;
}

impl CanUpdate for TaxRate {
    type Update = Update;
}

impl Delete for TaxRate {}
impl DeleteMany for TaxRate {}

/// The id.
pub const ID: Field<TaxRate, Exact<Id<TaxRate>>, Sortable> = Field::new("id");
/// When it was last changed.
pub const UPDATED: Field<TaxRate, Ordered<Moment>, Sortable> = Field::new("updated");
/// The rate, in percent.
pub const RATE: Field<TaxRate, Ordered<Decimal>, Sortable> = Field::new("rate");
/// The comment (комментарий), 32 characters.
pub const COMMENT: Field<TaxRate, Text, Sortable> = Field::new("comment");
/// Whether it is in the archive; both values for all.
pub const ARCHIVED: Field<TaxRate, Exact<bool>, Sortable> = Field::new("archived");
/// The employee who owns it (владелец).
pub const OWNER: Field<TaxRate, Reference<Employee>> = Field::new("owner");
/// The department that owns it (отдел).
pub const GROUP: Field<TaxRate, Reference<Group>> = Field::new("group");
/// Whether all departments share it (общий доступ).
pub const SHARED: Field<TaxRate, Exact<bool>> = Field::new("shared");
