//! Files (файлы) of documents, counterparties and goods.
//!
//! [`Resource::files`] is the way to those of an object, [`Client::download`] reads what is in one.
//!
//! ```no_run
//! # async fn run(client: moysklad_api::Client, id: moysklad_api::Id<moysklad_api::customer_order::CustomerOrder>)
//! # -> Result<(), moysklad_api::Error> {
//! use moysklad_api::file::NewFile;
//!
//! let files = client.customer_orders().files(id);
//! files.upload(vec![NewFile::new("act.pdf", "…".as_bytes().to_vec())]).send().await?;
//! for file in files.list().send().await? {
//!     if let Some(link) = file.download_link() {
//!         let content = client.download(link).send().await?.bytes().await?;
//!         println!("{} bytes", content.len());
//!     }
//! }
//! # Ok(()) }
//! ```
//!
//! [`Client::download`]: crate::Client::download

use std::fmt;
use std::marker::PhantomData;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::Method;
use serde::de::DeserializeOwned;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};
use serde_with::{As, DefaultOnNull};

use crate::answer::Answer;
use crate::bundle::Bundle;
use crate::cash_in::CashIn;
use crate::cash_out::CashOut;
use crate::client::Client;
use crate::counterparty::Counterparty;
use crate::customer_order::CustomerOrder;
use crate::demand::Demand;
use crate::employee::Employee;
use crate::entity::{Entity, Remove, Resource, operation};
use crate::error::{Effect, Error, Result};
use crate::id::Id;
use crate::invoice_out::InvoiceOut;
use crate::meta::{Meta, Nested, Ref};
use crate::moment::Moment;
use crate::payment_in::PaymentIn;
use crate::payment_out::PaymentOut;
use crate::product::Product;
use crate::service::Service;
use crate::task::Task;
use crate::transport::Call;

mod download;

pub use download::{Content, Download};

/// The most files of one request.
const FILES: usize = 10;
/// The most bytes of one file.
const FILE_BYTES: usize = 10 * 1024 * 1024;
/// The most bytes of all files of one request; the service takes 20 MB in its own encoding.
const REQUEST_BYTES: usize = 14 * 1024 * 1024;

/// A file that an object has.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct File {
    /// What the service tells about the file.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The name without its ending (название).
    pub title: Option<String>,
    /// The name.
    pub filename: Option<String>,
    /// How many bytes it has.
    pub size: Option<u64>,
    /// When it was uploaded.
    pub created: Option<Moment>,
    /// The employee who uploaded it.
    pub created_by: Option<Ref<Employee>>,
    /// A small picture of a picture (миниатюра).
    pub miniature: Option<Meta>,
    /// A tiny picture of a picture.
    pub tiny: Option<Meta>,
}

impl File {
    /// The id, which the service tells in the file's link alone.
    #[must_use]
    pub fn id(&self) -> Option<Id<Self>> {
        Ref::from_meta(self.meta.clone()).id()
    }

    /// The link to what is in the file, for [`Client::download`](crate::Client::download).
    #[must_use]
    pub fn download_link(&self) -> Option<&str> {
        self.meta.download_href.as_deref()
    }
}

/// A file to be uploaded; what is in it does not show itself.
#[derive(Clone, PartialEq, Eq)]
pub struct NewFile {
    filename: String,
    content: Bytes,
}

impl NewFile {
    /// Names a file, with its ending, and takes what is in it: 10 MB at most.
    #[must_use]
    pub fn new(filename: impl Into<String>, content: impl Into<Bytes>) -> Self {
        Self {
            filename: filename.into(),
            content: content.into(),
        }
    }

    /// The name.
    #[must_use]
    pub fn filename(&self) -> &str {
        &self.filename
    }
}

impl Serialize for NewFile {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut file = serializer.serialize_struct("File", 2)?;
        file.serialize_field("filename", &self.filename)?;
        file.serialize_field("content", &STANDARD.encode(&self.content))?;
        file.end()
    }
}

impl fmt::Debug for NewFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NewFile({} bytes)", self.content.len())
    }
}

/// Entities that can have files (файлы).
pub trait WithFiles: Entity {}

impl WithFiles for Bundle {}
impl WithFiles for CashIn {}
impl WithFiles for CashOut {}
impl WithFiles for Counterparty {}
impl WithFiles for CustomerOrder {}
impl WithFiles for Demand {}
impl WithFiles for InvoiceOut {}
impl WithFiles for PaymentIn {}
impl WithFiles for PaymentOut {}
impl WithFiles for Product {}
impl WithFiles for Service {}
impl WithFiles for Task {}

impl<T: WithFiles> Resource<T> {
    /// The files (файлы) of one object.
    #[must_use]
    pub fn files(&self, id: Id<T>) -> Files<T> {
        Files {
            client: self.client().clone(),
            id,
        }
    }
}

/// The files of one object.
pub struct Files<T> {
    client: Client,
    id: Id<T>,
}

impl<T: WithFiles> Files<T> {
    /// Lists the files.
    pub fn list(&self) -> ListFiles {
        let call = self.call("list", Method::GET, Effect::Read);
        ListFiles::new(self.client.clone(), call)
    }

    /// Uploads files: up to 10 at once, each of 10 MB at most and 14 MB together.
    pub fn upload(&self, files: Vec<NewFile>) -> Upload {
        let call = self.call("upload", Method::POST, Effect::Write);
        Upload::new(self.client.clone(), call, files)
    }

    /// Deletes a file for good.
    pub fn delete(&self, file: Id<File>) -> Remove {
        let call = self.call("delete", Method::DELETE, Effect::RepeatableWrite);
        Remove::new(self.client.clone(), call.id(file))
    }

    fn call(&self, action: &str, method: Method, effect: Effect) -> Call {
        let operation = operation::<T>(&format!("files.{action}"));
        Call::new(operation, method, T::path(), effect)
            .id(self.id)
            .then("files")
    }
}

impl<T> Clone for Files<T> {
    fn clone(&self) -> Self {
        Self {
            client: self.client.clone(),
            id: self.id,
        }
    }
}

impl<T: Entity> fmt::Debug for Files<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Files({} {})", T::TYPE, self.id)
    }
}

/// The files, or images, of an object to be listed.
#[must_use = "a request does nothing until it is sent"]
pub struct ListFiles<F = File> {
    client: Client,
    call: Call,
    of: PhantomData<fn() -> F>,
}

impl<F: DeserializeOwned> ListFiles<F> {
    pub(crate) fn new(client: Client, call: Call) -> Self {
        Self {
            client,
            call,
            of: PhantomData,
        }
    }

    /// Reads what the object has, up to 100.
    ///
    /// # Errors
    ///
    /// [`Error::is_not_found`] if there is no such object.
    pub async fn send(self) -> Result<Vec<F>> {
        read_files(&self.client, &self.call).await
    }
}

/// Files, or images, to be uploaded.
#[must_use = "a request does nothing until it is sent"]
pub struct Upload<F = File> {
    client: Client,
    call: Call,
    files: Vec<NewFile>,
    of: PhantomData<fn() -> F>,
}

impl<F: DeserializeOwned> Upload<F> {
    pub(crate) fn new(client: Client, call: Call, files: Vec<NewFile>) -> Self {
        Self {
            client,
            call,
            files,
            of: PhantomData,
        }
    }

    /// Uploads in one request and returns what the service answers with.
    ///
    /// # Errors
    ///
    /// If there are too many or they are too large; [`Error::is_unclear`] if they may be there
    /// although no readable answer came.
    pub async fn send(self) -> Result<Vec<F>> {
        if let Some(why) = refusal(&self.files) {
            return Err(Error::unsendable(&self.call.operation, why));
        }
        let call = self.call.json(&self.files)?;
        read_files(&self.client, &call).await
    }
}

fn refusal(files: &[NewFile]) -> Option<String> {
    let sizes = || files.iter().map(|file| file.content.len());
    if files.is_empty() {
        Some("there are no files to upload".to_owned())
    } else if files.len() > FILES {
        Some(format!("{} files are more than {FILES}", files.len()))
    } else if sizes().any(|bytes| bytes > FILE_BYTES) {
        Some("a file is larger than 10 MB".to_owned())
    } else if sizes().sum::<usize>() > REQUEST_BYTES {
        Some("the files are larger than 14 MB together".to_owned())
    } else {
        None
    }
}

/// Lists come with `meta`, answers to uploads as plain arrays.
async fn read_files<F: DeserializeOwned>(client: &Client, call: &Call) -> Result<Vec<F>> {
    let sent = client
        .transport()
        .call(call, Answer::decode::<Nested<F>>)
        .await?;
    Ok(sent.value.into_rows().unwrap_or_default())
}

impl<F> Clone for ListFiles<F> {
    fn clone(&self) -> Self {
        Self {
            client: self.client.clone(),
            call: self.call.clone(),
            of: PhantomData,
        }
    }
}

impl<F> fmt::Debug for ListFiles<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ListFiles({})", self.call.path)
    }
}

impl<F> Clone for Upload<F> {
    fn clone(&self) -> Self {
        Self {
            client: self.client.clone(),
            call: self.call.clone(),
            files: self.files.clone(),
            of: PhantomData,
        }
    }
}

impl<F> fmt::Debug for Upload<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Upload({}, {} files)", self.call.path, self.files.len())
    }
}
