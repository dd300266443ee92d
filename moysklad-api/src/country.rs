//! Countries (страны).
//!
//! [`Client::countries`](crate::Client::countries) finds, creates and changes them; [`New`] and
//! [`Update`] are what they are created and changed from.
//!
//! The countries that every account has can be neither changed nor deleted.
//!
//! See [МойСклад: страна](https://dev.moysklad.ru/doc/api/remap/1.2/).

use crate::employee::Employee;
use crate::entity::{Create, Delete, DeleteMany, Entity, Update as CanUpdate};
use crate::group::Group;
use crate::id::Id;
use crate::moment::Moment;
use crate::query::{Exact, Field, Ordered, Reference, Sortable, Text};
use uuid::Uuid;

mod model;
mod write;

pub use model::Country;
pub use write::{New, Update};

impl Entity for Country {
    const TYPE: &'static str = "country";
}

impl Create for Country {
    type New = New;
}

impl CanUpdate for Country {
    type Update = Update;
}

impl Delete for Country {}
impl DeleteMany for Country {}

/// The id.
pub const ID: Field<Country, Exact<Id<Country>>, Sortable> = Field::new("id");
/// The account.
pub const ACCOUNT_ID: Field<Country, Exact<Uuid>> = Field::new("accountId");
/// The name (наименование).
pub const NAME: Field<Country, Text, Sortable> = Field::new("name");
/// The code that people give (код).
pub const CODE: Field<Country, Text, Sortable> = Field::new("code");
/// The code that programs give (внешний код); not unique.
pub const EXTERNAL_CODE: Field<Country, Text, Sortable> = Field::new("externalCode");
/// The comment (комментарий).
pub const DESCRIPTION: Field<Country, Text, Sortable> = Field::new("description");
/// When it was last changed.
pub const UPDATED: Field<Country, Ordered<Moment>, Sortable> = Field::new("updated");
/// The employee who owns it (владелец).
pub const OWNER: Field<Country, Reference<Employee>> = Field::new("owner");
/// The department that owns it (отдел).
pub const GROUP: Field<Country, Reference<Group>> = Field::new("group");
/// Whether all departments share it (общий доступ).
pub const SHARED: Field<Country, Exact<bool>> = Field::new("shared");
