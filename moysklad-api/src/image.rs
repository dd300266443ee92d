//! Images (изображения) of goods.
//!
//! [`Resource::images`] is the way to those of a product, a bundle or a variant,
//! [`Client::download`](crate::Client::download) reads one.
//!
//! ```no_run
//! # async fn run(client: moysklad_api::Client, id: moysklad_api::Id<moysklad_api::product::Product>)
//! # -> Result<(), moysklad_api::Error> {
//! use moysklad_api::file::NewFile;
//!
//! let images = client.products().images(id);
//! let photo = NewFile::new("mug.png", "…".as_bytes().to_vec());
//! for image in images.upload(vec![photo]).send().await? {
//!     println!("{:?}", image.filename);
//! }
//! # Ok(()) }
//! ```

use std::fmt;

use http::Method;
use serde::Deserialize;
use serde_with::{As, DefaultOnNull};

use crate::bundle::Bundle;
use crate::client::Client;
use crate::entity::{Entity, Remove, RemoveMany, Resource, Row, operation};
use crate::error::Effect;
use crate::file::{ListFiles, NewFile, Upload};
use crate::id::Id;
use crate::meta::{Meta, Ref};
use crate::moment::Moment;
use crate::product::Product;
use crate::transport::Call;
use crate::variant::Variant;

/// The keyword of an image in links.
const TYPE: &str = "image";

/// An image that an object has.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Image {
    /// What the service tells about the image.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The name without its ending (название).
    pub title: Option<String>,
    /// The name.
    pub filename: Option<String>,
    /// How many bytes it has.
    pub size: Option<u64>,
    /// When it was last changed.
    pub updated: Option<Moment>,
    /// A small picture of it (миниатюра).
    pub miniature: Option<Meta>,
    /// A tiny picture of it.
    pub tiny: Option<Meta>,
}

impl Image {
    /// The id, which the service tells in the image's link alone.
    #[must_use]
    pub fn id(&self) -> Option<Id<Self>> {
        Ref::from_meta(self.meta.clone()).id()
    }

    /// The link to the image itself, for [`Client::download`](crate::Client::download).
    #[must_use]
    pub fn download_link(&self) -> Option<&str> {
        self.meta.download_href.as_deref()
    }
}

/// Entities that can have images (изображения), up to 10 each.
pub trait WithImages: Entity {}

impl WithImages for Bundle {}
impl WithImages for Product {}
impl WithImages for Variant {}

impl<T: WithImages> Resource<T> {
    /// The images (изображения) of one object.
    #[must_use]
    pub fn images(&self, id: Id<T>) -> Images<T> {
        Images {
            client: self.client().clone(),
            id,
        }
    }
}

/// The images of one object.
pub struct Images<T> {
    client: Client,
    id: Id<T>,
}

impl<T: WithImages> Images<T> {
    /// Lists the images.
    pub fn list(&self) -> ListFiles<Image> {
        let call = self.call("list", Method::GET, Effect::Read);
        ListFiles::new(self.client.clone(), call)
    }

    /// Adds images, each of 10 MB at most and 14 MB together; all that are there are answered.
    pub fn upload(&self, images: Vec<NewFile>) -> Upload<Image> {
        let call = self.call("upload", Method::POST, Effect::Write);
        Upload::new(self.client.clone(), call, images)
    }

    /// Deletes an image for good.
    pub fn delete(&self, image: Id<Image>) -> Remove {
        let call = self.call("delete", Method::DELETE, Effect::RepeatableWrite);
        Remove::new(self.client.clone(), call.id(image))
    }

    /// Deletes many images for good; the results stand in the order of the ids.
    pub fn delete_many(&self, images: Vec<Id<Image>>) -> RemoveMany {
        let call = self.call("delete_many", Method::POST, Effect::RepeatableWrite);
        let path = call.path.clone();
        let row = |id: &Id<Image>| Row::of(&Ref::<()>::to(&format!("{path}/{id}"), TYPE), true);
        let rows = images.iter().map(row).collect();
        RemoveMany::new(self.client.clone(), call.then("delete"), rows)
    }

    fn call(&self, action: &str, method: Method, effect: Effect) -> Call {
        let operation = operation::<T>(&format!("images.{action}"));
        Call::new(operation, method, T::path(), effect)
            .id(self.id)
            .then("images")
    }
}

impl<T> Clone for Images<T> {
    fn clone(&self) -> Self {
        Self {
            client: self.client.clone(),
            id: self.id,
        }
    }
}

impl<T: Entity> fmt::Debug for Images<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Images({} {})", T::TYPE, self.id)
    }
}
