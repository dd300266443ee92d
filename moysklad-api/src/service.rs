//! Services (услуги).
//!
//! [`Client::services`](crate::Client::services) finds, creates and changes them; [`New`] and
//! [`Update`] are what they are created and changed from.
//!
//! Their additional fields are those of products: `client.products().attributes()` defines them.
//!
//! See [МойСклад: услуга](https://dev.moysklad.ru/doc/api/remap/1.2/).

use crate::employee::Employee;
use crate::entity::{Create, Delete, DeleteMany, Entity, Update as CanUpdate};
use crate::file::File;
use crate::group::Group;
use crate::id::Id;
use crate::moment::Moment;
use crate::product_folder::ProductFolder;
use crate::query::{Exact, Field, Linked, Ordered, Reference, Sortable, Text};
use crate::uom::Uom;
use uuid::Uuid;

mod model;
mod write;

pub use model::Service;
pub use write::{New, Update};

impl Entity for Service {
    const TYPE: &'static str = "service";
}

impl Create for Service {
    type New = New;

    fn sync_id(new: &New) -> Option<Uuid> {
        new.sync_id
    }
}

impl CanUpdate for Service {
    type Update = Update;
}

impl Delete for Service {}
impl DeleteMany for Service {}

/// The id.
pub const ID: Field<Service, Exact<Id<Service>>, Sortable> = Field::new("id");
/// The account.
pub const ACCOUNT_ID: Field<Service, Exact<Uuid>> = Field::new("accountId");
/// The name (наименование).
pub const NAME: Field<Service, Text, Sortable> = Field::new("name");
/// The code that people give (код).
pub const CODE: Field<Service, Text, Sortable> = Field::new("code");
/// The code that programs give (внешний код); not unique.
pub const EXTERNAL_CODE: Field<Service, Text, Sortable> = Field::new("externalCode");
/// The comment (комментарий).
pub const DESCRIPTION: Field<Service, Text, Sortable> = Field::new("description");
/// When it was last changed.
pub const UPDATED: Field<Service, Ordered<Moment>, Sortable> = Field::new("updated");
/// Whether it is in the archive; both values for all.
pub const ARCHIVED: Field<Service, Exact<bool>, Sortable> = Field::new("archived");
/// The employee who owns it (владелец).
pub const OWNER: Field<Service, Reference<Employee>> = Field::new("owner");
/// The department that owns it (отдел).
pub const GROUP: Field<Service, Reference<Group>> = Field::new("group");
/// Whether all departments share it (общий доступ).
pub const SHARED: Field<Service, Exact<bool>> = Field::new("shared");
/// The UUID that its creator gave it.
pub const SYNC_ID: Field<Service, Exact<Uuid>, Sortable> = Field::new("syncId");
/// A barcode of it (штрихкод).
pub const BARCODE: Field<Service, Text> = Field::new("barcode");
/// The names of the groups above it, joined by slashes.
pub const PATH_NAME: Field<Service, Text, Sortable> = Field::new("pathName");
/// The group it is in (группа товаров).
pub const PRODUCT_FOLDER: Field<Service, Reference<ProductFolder>> = Field::new("productFolder");
/// The unit of measure (единица измерения).
pub const UOM: Field<Service, Linked<Uom>> = Field::new("uom");
/// The files (файлы).
pub const FILES: Field<Service, Linked<File>> = Field::new("files");
