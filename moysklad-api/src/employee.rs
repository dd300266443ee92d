//! Employees (сотрудники).
//!
//! [`Client::employees`](crate::Client::employees) finds, creates and changes them; [`New`] and
//! [`Update`] are what they are created and changed from.
//!
//! See [МойСклад: сотрудник](https://dev.moysklad.ru/doc/api/remap/1.2/).

use crate::entity::{
    Create, Delete, DeleteMany, Entity, Update as CanUpdate, WithAttributes, WithMetadata,
};
use crate::group::Group;
use crate::id::Id;
use crate::moment::Moment;
use crate::query::{Exact, Field, Ordered, Reference, Sortable, Text};
use uuid::Uuid;

mod model;
mod write;

pub use model::{Employee, Salary};
pub use write::{New, Update};

impl Entity for Employee {
    const TYPE: &'static str = "employee";
}

impl Create for Employee {
    type New = New;
}

impl CanUpdate for Employee {
    type Update = Update;
}

impl Delete for Employee {}
impl DeleteMany for Employee {}
impl WithMetadata for Employee {}
impl WithAttributes for Employee {}

/// The id.
pub const ID: Field<Employee, Exact<Id<Employee>>, Sortable> = Field::new("id");
/// The account.
pub const ACCOUNT_ID: Field<Employee, Exact<Uuid>> = Field::new("accountId");
/// The name (наименование).
pub const NAME: Field<Employee, Text, Sortable> = Field::new("name");
/// The code that programs give (внешний код); not unique.
pub const EXTERNAL_CODE: Field<Employee, Text, Sortable> = Field::new("externalCode");
/// The comment (комментарий).
pub const DESCRIPTION: Field<Employee, Text, Sortable> = Field::new("description");
/// When it was last changed.
pub const UPDATED: Field<Employee, Ordered<Moment>, Sortable> = Field::new("updated");
/// Whether it is in the archive; both values for all.
pub const ARCHIVED: Field<Employee, Exact<bool>, Sortable> = Field::new("archived");
/// The employee who owns it (владелец).
pub const OWNER: Field<Employee, Reference<Employee>> = Field::new("owner");
/// The department that owns it (отдел).
pub const GROUP: Field<Employee, Reference<Group>> = Field::new("group");
/// Whether all departments share it (общий доступ).
pub const SHARED: Field<Employee, Exact<bool>> = Field::new("shared");
/// The e-mail address.
pub const EMAIL: Field<Employee, Text, Sortable> = Field::new("email");
/// The first name (имя).
pub const FIRST_NAME: Field<Employee, Text, Sortable> = Field::new("firstName");
/// The patronymic (отчество).
pub const MIDDLE_NAME: Field<Employee, Text, Sortable> = Field::new("middleName");
/// The family name (фамилия).
pub const LAST_NAME: Field<Employee, Text, Sortable> = Field::new("lastName");
/// The phone number as someone typed it.
pub const PHONE: Field<Employee, Text, Sortable> = Field::new("phone");
/// The login, `name@account`.
pub const UID: Field<Employee, Text, Sortable> = Field::new("uid");
