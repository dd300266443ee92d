//! Projects (проекты).
//!
//! [`Client::projects`](crate::Client::projects) finds, creates and changes them; [`New`] and
//! [`Update`] are what they are created and changed from.
//!
//! See [МойСклад: проект](https://dev.moysklad.ru/doc/api/remap/1.2/).

use crate::employee::Employee;
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

pub use model::Project;
pub use write::{New, Update};

impl Entity for Project {
    const TYPE: &'static str = "project";
}

impl Create for Project {
    type New = New;
}

impl CanUpdate for Project {
    type Update = Update;
}

impl Delete for Project {}
impl DeleteMany for Project {}
impl WithMetadata for Project {}
impl WithAttributes for Project {}

/// The id.
pub const ID: Field<Project, Exact<Id<Project>>, Sortable> = Field::new("id");
/// The account.
pub const ACCOUNT_ID: Field<Project, Exact<Uuid>> = Field::new("accountId");
/// The name (наименование).
pub const NAME: Field<Project, Text, Sortable> = Field::new("name");
/// The code that people give (код).
pub const CODE: Field<Project, Text, Sortable> = Field::new("code");
/// The code that programs give (внешний код); not unique.
pub const EXTERNAL_CODE: Field<Project, Text, Sortable> = Field::new("externalCode");
/// The comment (комментарий).
pub const DESCRIPTION: Field<Project, Text, Sortable> = Field::new("description");
/// When it was last changed.
pub const UPDATED: Field<Project, Ordered<Moment>, Sortable> = Field::new("updated");
/// Whether it is in the archive; both values for all.
pub const ARCHIVED: Field<Project, Exact<bool>, Sortable> = Field::new("archived");
/// The employee who owns it (владелец).
pub const OWNER: Field<Project, Reference<Employee>> = Field::new("owner");
/// The department that owns it (отдел).
pub const GROUP: Field<Project, Reference<Group>> = Field::new("group");
/// Whether all departments share it (общий доступ).
pub const SHARED: Field<Project, Exact<bool>> = Field::new("shared");
