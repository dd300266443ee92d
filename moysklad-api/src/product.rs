//! Products (товары).
//!
//! [`Client::products`](crate::Client::products) finds, creates and changes them; [`New`] and
//! [`Update`] are what they are created and changed from.
//!
//! See [МойСклад: товар](https://dev.moysklad.ru/doc/api/remap/1.2/).

use crate::assortment::StoreBalance;
use crate::counterparty::Counterparty;
use crate::country::Country;
use crate::employee::Employee;
use crate::entity::{
    Create, Delete, DeleteMany, Entity, Parts, Resource, Update as CanUpdate, WithAttributes,
    WithMetadata,
};
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

mod model;
mod write;

pub use model::Product;
pub use write::{New, Update};

impl Entity for Product {
    const TYPE: &'static str = "product";
}

impl Create for Product {
    type New = New;

    fn sync_id(new: &New) -> Option<Uuid> {
        new.sync_id
    }
}

impl CanUpdate for Product {
    type Update = Update;
}

impl Delete for Product {}
impl DeleteMany for Product {}
impl WithMetadata for Product {}
impl WithAttributes for Product {}

impl Resource<Product> {
    /// The least stock (неснижаемый остаток) of one product, store by store.
    #[must_use]
    pub fn store_balances(&self, product: Id<Product>) -> Parts<Product, StoreBalance> {
        self.parts(product)
    }
}

/// The id.
pub const ID: Field<Product, Exact<Id<Product>>, Sortable> = Field::new("id");
/// The account.
pub const ACCOUNT_ID: Field<Product, Exact<Uuid>> = Field::new("accountId");
/// The name (наименование).
pub const NAME: Field<Product, Text, Sortable> = Field::new("name");
/// The code that people give (код).
pub const CODE: Field<Product, Text, Sortable> = Field::new("code");
/// The code that programs give (внешний код); not unique.
pub const EXTERNAL_CODE: Field<Product, Text, Sortable> = Field::new("externalCode");
/// The comment (комментарий).
pub const DESCRIPTION: Field<Product, Text, Sortable> = Field::new("description");
/// When it was last changed.
pub const UPDATED: Field<Product, Ordered<Moment>, Sortable> = Field::new("updated");
/// Whether it is in the archive; both values for all.
pub const ARCHIVED: Field<Product, Exact<bool>, Sortable> = Field::new("archived");
/// The employee who owns it (владелец).
pub const OWNER: Field<Product, Reference<Employee>> = Field::new("owner");
/// The department that owns it (отдел).
pub const GROUP: Field<Product, Reference<Group>> = Field::new("group");
/// Whether all departments share it (общий доступ).
pub const SHARED: Field<Product, Exact<bool>> = Field::new("shared");
/// The UUID that its creator gave it.
pub const SYNC_ID: Field<Product, Exact<Uuid>, Sortable> = Field::new("syncId");
/// The article number (артикул).
pub const ARTICLE: Field<Product, Text, Sortable> = Field::new("article");
/// A barcode of it (штрихкод).
pub const BARCODE: Field<Product, Text> = Field::new("barcode");
/// The names of the groups above it, joined by slashes.
pub const PATH_NAME: Field<Product, Text, Sortable> = Field::new("pathName");
/// The group it is in (группа товаров).
pub const PRODUCT_FOLDER: Field<Product, Reference<ProductFolder>> = Field::new("productFolder");
/// The supplier (поставщик).
pub const SUPPLIER: Field<Product, Reference<Counterparty>> = Field::new("supplier");
/// Whether it is tracked by serial numbers (учёт по серийным номерам).
pub const IS_SERIAL_TRACKABLE: Field<Product, Exact<bool>> = Field::new("isSerialTrackable");
/// The least stock, in older answers (неснижаемый остаток).
pub const MINIMUM_BALANCE: Field<Product, Ordered<Decimal>, Sortable> =
    Field::new("minimumBalance");
/// The volume (объём).
pub const VOLUME: Field<Product, Ordered<Decimal>, Sortable> = Field::new("volume");
/// The weight (вес).
pub const WEIGHT: Field<Product, Ordered<Decimal>, Sortable> = Field::new("weight");
/// The country (страна).
pub const COUNTRY: Field<Product, Linked<Country>> = Field::new("country");
/// The unit of measure (единица измерения).
pub const UOM: Field<Product, Linked<Uom>> = Field::new("uom");
/// The files (файлы).
pub const FILES: Field<Product, Linked<File>> = Field::new("files");
/// The images (изображения).
pub const IMAGES: Field<Product, Linked<Image>> = Field::new("images");
