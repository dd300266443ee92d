//! Variants of products (модификации).
//!
//! [`Client::variants`](crate::Client::variants) finds, creates and changes them; [`New`] and
//! [`Update`] are what they are created and changed from.
//!
//! See [МойСклад: модификация](https://dev.moysklad.ru/doc/api/remap/1.2/).

use crate::assortment::StoreBalance;
use crate::entity::{Create, Delete, DeleteMany, Entity, Parts, Resource, Update as CanUpdate};
use crate::id::Id;
use crate::image::Image;
use crate::moment::Moment;
use crate::product::Product;
use crate::query::{Exact, Field, Linked, Ordered, Sortable, Text};
use uuid::Uuid;

mod characteristic;
mod model;
mod pack;
mod write;

pub use characteristic::Characteristic;
pub use model::Variant;
pub use pack::VariantPack;
pub use write::{New, Update};

impl Entity for Variant {
    const TYPE: &'static str = "variant";
}

impl Create for Variant {
    type New = New;
}

impl CanUpdate for Variant {
    type Update = Update;
}

impl Delete for Variant {}
impl DeleteMany for Variant {}

impl Resource<Variant> {
    /// The least stock (неснижаемый остаток) of one variant, store by store.
    #[must_use]
    pub fn store_balances(&self, variant: Id<Variant>) -> Parts<Variant, StoreBalance> {
        self.parts(variant)
    }
}

/// The id.
pub const ID: Field<Variant, Exact<Id<Variant>>, Sortable> = Field::new("id");
/// The account.
pub const ACCOUNT_ID: Field<Variant, Exact<Uuid>> = Field::new("accountId");
/// The name, which the service builds of the product's name and the characteristics.
pub const NAME: Field<Variant, Text, Sortable> = Field::new("name");
/// The code that people give (код).
pub const CODE: Field<Variant, Text, Sortable> = Field::new("code");
/// The code that programs give (внешний код); not unique.
pub const EXTERNAL_CODE: Field<Variant, Text, Sortable> = Field::new("externalCode");
/// The comment (комментарий).
pub const DESCRIPTION: Field<Variant, Text, Sortable> = Field::new("description");
/// When it was last changed.
pub const UPDATED: Field<Variant, Ordered<Moment>, Sortable> = Field::new("updated");
/// Whether it is in the archive; both values for all.
pub const ARCHIVED: Field<Variant, Exact<bool>, Sortable> = Field::new("archived");
/// The product, by its id.
pub const PRODUCTID: Field<Variant, Exact<Id<Product>>> = Field::new("productid");
/// A barcode of it (штрихкод).
pub const BARCODE: Field<Variant, Text> = Field::new("barcode");
/// The product it is a variant of (товар).
pub const PRODUCT: Field<Variant, Linked<Product>> = Field::new("product");
/// The images (изображения).
pub const IMAGES: Field<Variant, Linked<Image>> = Field::new("images");
