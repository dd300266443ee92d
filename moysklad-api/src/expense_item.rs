//! Expense items (статьи расходов).
//!
//! [`Client::expense_items`](crate::Client::expense_items) finds, creates and changes them; [`New`] and
//! [`Update`] are what they are created and changed from.
//!
//! See [МойСклад: статья расходов](https://dev.moysklad.ru/doc/api/remap/1.2/).

use crate::entity::{Create, Delete, DeleteMany, Entity, Update as CanUpdate};
use crate::id::Id;
use crate::moment::Moment;
use crate::query::{Exact, Field, Ordered, Sortable, Text};
use uuid::Uuid;

mod model;
mod write;

pub use model::ExpenseItem;
pub use write::{New, Update};

impl Entity for ExpenseItem {
    const TYPE: &'static str = "expenseitem";
}

impl Create for ExpenseItem {
    type New = New;
}

impl CanUpdate for ExpenseItem {
    type Update = Update;
}

impl Delete for ExpenseItem {}
impl DeleteMany for ExpenseItem {}

/// The id.
pub const ID: Field<ExpenseItem, Exact<Id<ExpenseItem>>, Sortable> = Field::new("id");
/// The account.
pub const ACCOUNT_ID: Field<ExpenseItem, Exact<Uuid>> = Field::new("accountId");
/// The name (наименование).
pub const NAME: Field<ExpenseItem, Text, Sortable> = Field::new("name");
/// The code that people give (код).
pub const CODE: Field<ExpenseItem, Text, Sortable> = Field::new("code");
/// The code that programs give (внешний код); not unique.
pub const EXTERNAL_CODE: Field<ExpenseItem, Text, Sortable> = Field::new("externalCode");
/// The comment (комментарий).
pub const DESCRIPTION: Field<ExpenseItem, Text, Sortable> = Field::new("description");
/// When it was last changed.
pub const UPDATED: Field<ExpenseItem, Ordered<Moment>, Sortable> = Field::new("updated");
