//! Regions of Russia (регионы).
//!
//! [`Client::regions`](crate::Client::regions) finds them.
//!
//! The list is the service's own: nobody can change it.
//!
//! ```compile_fail
//! # use moysklad_api::{Client, Id, region::Region};
//! # fn run(client: Client, id: Id<Region>) {
//! client.regions().delete(id);
//! # }
//! ```
//!
//! See [МойСклад: регион](https://dev.moysklad.ru/doc/api/remap/1.2/).

use crate::entity::Entity;
use crate::id::Id;
use crate::moment::Moment;
use crate::query::{Exact, Field, Ordered, Sortable, Text, Unfiltered};

mod model;

pub use model::Region;

impl Entity for Region {
    const TYPE: &'static str = "region";
}

/// The id.
pub const ID: Field<Region, Exact<Id<Region>>, Sortable> = Field::new("id");
/// The name (наименование).
pub const NAME: Field<Region, Text, Sortable> = Field::new("name");
/// The number of the region (код).
pub const CODE: Field<Region, Text, Sortable> = Field::new("code");
/// The code that programs give (внешний код); not unique.
pub const EXTERNAL_CODE: Field<Region, Text, Sortable> = Field::new("externalCode");
/// When it was last changed.
pub const UPDATED: Field<Region, Ordered<Moment>, Sortable> = Field::new("updated");
/// The version of the object.
pub const VERSION: Field<Region, Unfiltered, Sortable> = Field::new("version");
