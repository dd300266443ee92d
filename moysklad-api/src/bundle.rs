//! Bundles (комплекты).
//!
//! [`Client::bundles`](crate::Client::bundles) finds, creates and changes them; [`New`] and
//! [`Update`] are what they are created and changed from.
//!
//! Their additional fields are those of products: `client.products().attributes()` defines them.
//!
//! See [МойСклад: комплект](https://dev.moysklad.ru/doc/api/remap/1.2/).

use crate::country::Country;
use crate::employee::Employee;
use crate::entity::{Create, Delete, DeleteMany, Entity, Parts, Resource, Update as CanUpdate};
use crate::file::File;
use crate::group::Group;
use crate::id::Id;
use crate::image::Image;
use crate::moment::Moment;
use crate::product_folder::ProductFolder;
use crate::query::{Exact, Field, Linked, Ordered, Reference, Sortable, Text};
use crate::uom::Uom;
use rust_decimal::Decimal;
use uuid::Uuid;

pub mod component;
mod model;
mod write;

pub use model::Bundle;
pub use write::{New, Update};

impl Entity for Bundle {
    const TYPE: &'static str = "bundle";
}

impl Create for Bundle {
    type New = New;

    fn sync_id(new: &New) -> Option<Uuid> {
        new.sync_id
    }
}

impl CanUpdate for Bundle {
    type Update = Update;
}

impl Delete for Bundle {}
impl DeleteMany for Bundle {}

impl Resource<Bundle> {
    /// The components (компоненты) of one bundle.
    #[must_use]
    pub fn components(&self, bundle: Id<Bundle>) -> Parts<Bundle, component::Component> {
        self.parts(bundle)
    }
}

/// The id.
pub const ID: Field<Bundle, Exact<Id<Bundle>>, Sortable> = Field::new("id");
/// The account.
pub const ACCOUNT_ID: Field<Bundle, Exact<Uuid>> = Field::new("accountId");
/// The name (наименование).
pub const NAME: Field<Bundle, Text, Sortable> = Field::new("name");
/// The code that people give (код).
pub const CODE: Field<Bundle, Text, Sortable> = Field::new("code");
/// The code that programs give (внешний код); not unique.
pub const EXTERNAL_CODE: Field<Bundle, Text, Sortable> = Field::new("externalCode");
/// The comment (комментарий).
pub const DESCRIPTION: Field<Bundle, Text, Sortable> = Field::new("description");
/// When it was last changed.
pub const UPDATED: Field<Bundle, Ordered<Moment>, Sortable> = Field::new("updated");
/// Whether it is in the archive; both values for all.
pub const ARCHIVED: Field<Bundle, Exact<bool>, Sortable> = Field::new("archived");
/// The employee who owns it (владелец).
pub const OWNER: Field<Bundle, Reference<Employee>> = Field::new("owner");
/// The department that owns it (отдел).
pub const GROUP: Field<Bundle, Reference<Group>> = Field::new("group");
/// Whether all departments share it (общий доступ).
pub const SHARED: Field<Bundle, Exact<bool>> = Field::new("shared");
/// The UUID that its creator gave it.
pub const SYNC_ID: Field<Bundle, Exact<Uuid>, Sortable> = Field::new("syncId");
/// The article number (артикул).
pub const ARTICLE: Field<Bundle, Text, Sortable> = Field::new("article");
/// A barcode of it (штрихкод).
pub const BARCODE: Field<Bundle, Text> = Field::new("barcode");
/// The names of the groups above it, joined by slashes.
pub const PATH_NAME: Field<Bundle, Text, Sortable> = Field::new("pathName");
/// The group it is in (группа товаров).
pub const PRODUCT_FOLDER: Field<Bundle, Reference<ProductFolder>> = Field::new("productFolder");
/// The volume (объём).
pub const VOLUME: Field<Bundle, Ordered<Decimal>, Sortable> = Field::new("volume");
/// The weight (вес).
pub const WEIGHT: Field<Bundle, Ordered<Decimal>, Sortable> = Field::new("weight");
/// What it consists of (компоненты).
pub const COMPONENTS: Field<Bundle, Linked<component::Component>> = Field::new("components");
/// The country (страна).
pub const COUNTRY: Field<Bundle, Linked<Country>> = Field::new("country");
/// The unit of measure (единица измерения).
pub const UOM: Field<Bundle, Linked<Uom>> = Field::new("uom");
/// The files (файлы).
pub const FILES: Field<Bundle, Linked<File>> = Field::new("files");
/// The images (изображения).
pub const IMAGES: Field<Bundle, Linked<Image>> = Field::new("images");
