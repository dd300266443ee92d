//! Units of measure (единицы измерения).
//!
//! [`Client::uoms`](crate::Client::uoms) finds, creates and changes them; [`New`] and
//! [`Update`] are what they are created and changed from.
//!
//! See [МойСклад: единица измерения](https://dev.moysklad.ru/doc/api/remap/1.2/).

use crate::employee::Employee;
use crate::entity::{Create, Delete, DeleteMany, Entity, Update as CanUpdate};
use crate::group::Group;
use crate::id::Id;
use crate::moment::Moment;
use crate::query::{Exact, Field, Ordered, Reference, Sortable, Text};
use uuid::Uuid;

mod model;
mod write;

pub use model::Uom;
pub use write::{New, Update};

impl Entity for Uom {
    const TYPE: &'static str = "uom";
}

impl Create for Uom {
    type New = New;
}

impl CanUpdate for Uom {
    type Update = Update;
}

impl Delete for Uom {}
impl DeleteMany for Uom {}

/// The id.
pub const ID: Field<Uom, Exact<Id<Uom>>, Sortable> = Field::new("id");
/// The account.
pub const ACCOUNT_ID: Field<Uom, Exact<Uuid>> = Field::new("accountId");
/// The name (наименование).
pub const NAME: Field<Uom, Text, Sortable> = Field::new("name");
/// The code that people give (код).
pub const CODE: Field<Uom, Text, Sortable> = Field::new("code");
/// The code that programs give (внешний код); not unique.
pub const EXTERNAL_CODE: Field<Uom, Text, Sortable> = Field::new("externalCode");
/// The comment (комментарий).
pub const DESCRIPTION: Field<Uom, Text, Sortable> = Field::new("description");
/// When it was last changed.
pub const UPDATED: Field<Uom, Ordered<Moment>, Sortable> = Field::new("updated");
/// The employee who owns it (владелец).
pub const OWNER: Field<Uom, Reference<Employee>> = Field::new("owner");
/// The department that owns it (отдел).
pub const GROUP: Field<Uom, Reference<Group>> = Field::new("group");
/// Whether all departments share it (общий доступ).
pub const SHARED: Field<Uom, Exact<bool>> = Field::new("shared");
