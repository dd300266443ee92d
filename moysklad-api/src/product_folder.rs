//! Groups of products (группы товаров).
//!
//! [`Client::product_folders`](crate::Client::product_folders) finds, creates and changes them; [`New`] and
//! [`Update`] are what they are created and changed from.
//!
//! See [МойСклад: группа товаров](https://dev.moysklad.ru/doc/api/remap/1.2/).

use crate::employee::Employee;
use crate::entity::{Create, Delete, DeleteMany, Entity, Update as CanUpdate};
use crate::group::Group;
use crate::id::Id;
use crate::moment::Moment;
use crate::query::{Exact, Field, Ordered, Reference, Sortable, Text};
use uuid::Uuid;

mod model;
mod write;

pub use model::ProductFolder;
pub use write::{New, Update};

impl Entity for ProductFolder {
    const TYPE: &'static str = "productfolder";
}

impl Create for ProductFolder {
    type New = New;
}

impl CanUpdate for ProductFolder {
    type Update = Update;
}

impl Delete for ProductFolder {}
impl DeleteMany for ProductFolder {}

/// The id.
pub const ID: Field<ProductFolder, Exact<Id<ProductFolder>>, Sortable> = Field::new("id");
/// The account.
pub const ACCOUNT_ID: Field<ProductFolder, Exact<Uuid>> = Field::new("accountId");
/// The name (наименование).
pub const NAME: Field<ProductFolder, Text, Sortable> = Field::new("name");
/// The code that people give (код).
pub const CODE: Field<ProductFolder, Text, Sortable> = Field::new("code");
/// The code that programs give (внешний код); not unique.
pub const EXTERNAL_CODE: Field<ProductFolder, Text, Sortable> = Field::new("externalCode");
/// The comment (комментарий).
pub const DESCRIPTION: Field<ProductFolder, Text, Sortable> = Field::new("description");
/// When it was last changed.
pub const UPDATED: Field<ProductFolder, Ordered<Moment>, Sortable> = Field::new("updated");
/// Whether it is in the archive; both values for all.
pub const ARCHIVED: Field<ProductFolder, Exact<bool>, Sortable> = Field::new("archived");
/// The employee who owns it (владелец).
pub const OWNER: Field<ProductFolder, Reference<Employee>> = Field::new("owner");
/// The department that owns it (отдел).
pub const GROUP: Field<ProductFolder, Reference<Group>> = Field::new("group");
/// Whether all departments share it (общий доступ).
pub const SHARED: Field<ProductFolder, Exact<bool>> = Field::new("shared");
/// The names of the groups above it, joined by slashes.
pub const PATH_NAME: Field<ProductFolder, Text, Sortable> = Field::new("pathName");
/// The group above it (родительская группа).
pub const PRODUCT_FOLDER: Field<ProductFolder, Reference<ProductFolder>> =
    Field::new("productFolder");
