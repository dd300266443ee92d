//! Sales channels (каналы продаж).
//!
//! [`Client::sales_channels`](crate::Client::sales_channels) finds, creates and changes them; [`New`] and
//! [`Update`] are what they are created and changed from.
//!
//! See [МойСклад: канал продаж](https://dev.moysklad.ru/doc/api/remap/1.2/).

use crate::employee::Employee;
use crate::entity::{Create, Delete, DeleteMany, Entity, Update as CanUpdate};
use crate::group::Group;
use crate::id::Id;
use crate::moment::Moment;
use crate::query::{Exact, Field, Ordered, Reference, Sortable, Text};
use uuid::Uuid;

mod model;
mod write;

pub use model::{SalesChannel, SalesChannelType};
pub use write::{New, Update};

impl Entity for SalesChannel {
    const TYPE: &'static str = "saleschannel";
}

impl Create for SalesChannel {
    type New = New;
}

impl CanUpdate for SalesChannel {
    type Update = Update;
}

impl Delete for SalesChannel {}
impl DeleteMany for SalesChannel {}

/// The id.
pub const ID: Field<SalesChannel, Exact<Id<SalesChannel>>, Sortable> = Field::new("id");
/// The account.
pub const ACCOUNT_ID: Field<SalesChannel, Exact<Uuid>> = Field::new("accountId");
/// The name (наименование).
pub const NAME: Field<SalesChannel, Text, Sortable> = Field::new("name");
/// The code that people give (код).
pub const CODE: Field<SalesChannel, Text, Sortable> = Field::new("code");
/// The code that programs give (внешний код); not unique.
pub const EXTERNAL_CODE: Field<SalesChannel, Text, Sortable> = Field::new("externalCode");
/// The comment (комментарий).
pub const DESCRIPTION: Field<SalesChannel, Text, Sortable> = Field::new("description");
/// When it was last changed.
pub const UPDATED: Field<SalesChannel, Ordered<Moment>, Sortable> = Field::new("updated");
/// Whether it is in the archive; both values for all.
pub const ARCHIVED: Field<SalesChannel, Exact<bool>, Sortable> = Field::new("archived");
/// The employee who owns it (владелец).
pub const OWNER: Field<SalesChannel, Reference<Employee>> = Field::new("owner");
/// The department that owns it (отдел).
pub const GROUP: Field<SalesChannel, Reference<Group>> = Field::new("group");
/// Whether all departments share it (общий доступ).
pub const SHARED: Field<SalesChannel, Exact<bool>> = Field::new("shared");
/// What kind of channel it is (тип).
pub const KIND: Field<SalesChannel, Exact<SalesChannelType>> = Field::new("type");
