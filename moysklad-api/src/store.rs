//! Stores (склады).
//!
//! [`Client::stores`](crate::Client::stores) finds, creates and changes them; [`New`] and
//! [`Update`] are what they are created and changed from.
//!
//! See [МойСклад: склад](https://dev.moysklad.ru/doc/api/remap/1.2/).

use crate::employee::Employee;
use crate::entity::{
    Create, Delete, DeleteMany, Entity, Parts, Resource, Update as CanUpdate, WithAttributes,
    WithMetadata,
};
use crate::group::Group;
use crate::id::Id;
use crate::moment::Moment;
use crate::query::{Exact, Field, Linked, Ordered, Reference, Sortable, Text};
use crate::store::slot::Slot;
use crate::store::zone::Zone;
use uuid::Uuid;

mod model;
pub mod slot;
mod write;
pub mod zone;

pub use model::Store;
pub use write::{New, Update};

impl Entity for Store {
    const TYPE: &'static str = "store";
}

impl Create for Store {
    type New = New;
}

impl CanUpdate for Store {
    type Update = Update;
}

impl Delete for Store {}
impl DeleteMany for Store {}
impl WithMetadata for Store {}
impl WithAttributes for Store {}

impl Resource<Store> {
    /// The zones (зоны) of one store.
    #[must_use]
    pub fn zones(&self, store: Id<Store>) -> Parts<Store, zone::Zone> {
        self.parts(store)
    }

    /// The slots (ячейки) of one store.
    #[must_use]
    pub fn slots(&self, store: Id<Store>) -> Parts<Store, slot::Slot> {
        self.parts(store)
    }
}

/// The id.
pub const ID: Field<Store, Exact<Id<Store>>, Sortable> = Field::new("id");
/// The account.
pub const ACCOUNT_ID: Field<Store, Exact<Uuid>> = Field::new("accountId");
/// The name (наименование).
pub const NAME: Field<Store, Text, Sortable> = Field::new("name");
/// The code that people give (код).
pub const CODE: Field<Store, Text, Sortable> = Field::new("code");
/// The code that programs give (внешний код); not unique.
pub const EXTERNAL_CODE: Field<Store, Text, Sortable> = Field::new("externalCode");
/// The comment (комментарий).
pub const DESCRIPTION: Field<Store, Text, Sortable> = Field::new("description");
/// When it was last changed.
pub const UPDATED: Field<Store, Ordered<Moment>, Sortable> = Field::new("updated");
/// Whether it is in the archive; both values for all.
pub const ARCHIVED: Field<Store, Exact<bool>, Sortable> = Field::new("archived");
/// The employee who owns it (владелец).
pub const OWNER: Field<Store, Reference<Employee>> = Field::new("owner");
/// The department that owns it (отдел).
pub const GROUP: Field<Store, Reference<Group>> = Field::new("group");
/// Whether all departments share it (общий доступ).
pub const SHARED: Field<Store, Exact<bool>> = Field::new("shared");
/// The address (адрес).
pub const ADDRESS: Field<Store, Text, Sortable> = Field::new("address");
/// The store above it (группа).
pub const PARENT: Field<Store, Reference<Store>> = Field::new("parent");
/// The names of the groups above it, joined by slashes.
pub const PATH_NAME: Field<Store, Text, Sortable> = Field::new("pathName");
/// The zones (зоны).
pub const ZONES: Field<Store, Linked<Zone>> = Field::new("zones");
/// The slots (ячейки).
pub const SLOTS: Field<Store, Linked<Slot>> = Field::new("slots");
