//! Entities: what every type of object has in common, and what can be done with it.
//!
//! [`Resource`] is the way to the objects of one type. What a type cannot do does not compile:
//! the traits [`Create`], [`Update`], [`Delete`], [`DeleteMany`], [`Trash`], [`Template`],
//! [`WithMetadata`], [`WithAttributes`] and [`WithStates`] open the requests. Objects inside others
//! are a [`Part`] of them, with a handle of their own, [`Parts`]. A type that this crate does not
//! model joins with a few lines:
//!
//! ```no_run
//! # async fn run(client: moysklad_api::Client) -> Result<(), moysklad_api::Error> {
//! use moysklad_api::entity::Entity;
//!
//! #[derive(serde::Deserialize)]
//! struct Store {
//!     name: String,
//! }
//!
//! impl Entity for Store {
//!     const TYPE: &'static str = "store";
//! }
//!
//! for store in client.entity::<Store>().list().send().await? {
//!     println!("{}", store.name);
//! }
//! # Ok(()) }
//! ```

use std::fmt;
use std::marker::PhantomData;

use http::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::attribute::Attribute;
use crate::client::Client;
use crate::error::Effect;
use crate::id::Id;
use crate::meta::Ref;
use crate::metadata::GetMetadata;
use crate::state::State;
use crate::transport::Call;

mod bulk;
mod definitions;
mod draft;
mod list;
mod part;
mod read;
mod write;

pub use bulk::{RemoveMany, SaveMany};
pub use definitions::{Definition, Definitions};
pub use draft::{Base, Draft, GetTemplate, Template};
pub use list::List;
pub use part::{DeleteManyParts, Part, Parts};
pub use read::Get;
pub use write::{Remove, Save};

pub(crate) use bulk::Row;

/// A type of object that links and ids name, whatever else can be done with it.
///
/// Every [`Entity`] is one. What is not one can be neither listed nor read on its own, as custom
/// dictionaries, or as one of a list, as price types.
pub trait Addressed: DeserializeOwned + Send + 'static {
    /// The type's keyword in links, such as `pricetype`.
    const KEYWORD: &'static str;

    /// The path under the base address that ids continue.
    #[must_use]
    fn address() -> String;
}

impl<T: Entity> Addressed for T {
    const KEYWORD: &'static str = T::TYPE;

    fn address() -> String {
        T::path()
    }
}

/// A type of object that can be listed and read.
pub trait Entity: DeserializeOwned + Send + 'static {
    /// The type's keyword in links and addresses, such as `customerorder`.
    const TYPE: &'static str;

    /// Whether the service can sort these objects by `id`, which keeps long lists steady.
    const SORTS_BY_ID: bool = false;

    /// The path of the list under the base address.
    #[must_use]
    fn path() -> String {
        format!("entity/{}", Self::TYPE)
    }
}

/// Entities that can be created.
pub trait Create: Entity {
    /// What a new object is made from.
    type New: Serialize + Send + Sync;

    /// The UUID that makes creating twice the same as once, where the entity has one (`syncId`).
    #[must_use]
    fn sync_id(new: &Self::New) -> Option<Uuid> {
        let _ = new;
        None
    }
}

/// Entities that can be changed.
pub trait Update: Entity {
    /// What a change is made of; sent twice, it must do the same as once.
    type Update: Serialize + Send + Sync;
}

/// Entities that can be deleted.
pub trait Delete: Entity {}

/// Entities of which many can be deleted in one request.
pub trait DeleteMany: Delete {}

/// Documents that can go to the trash (корзина).
pub trait Trash: Entity {}

/// Entities of which the service tells what the account has set up for them (метаданные).
///
/// ```compile_fail,E0599
/// # fn run(client: moysklad_api::Client) {
/// client.currencies().metadata();
/// # }
/// ```
pub trait WithMetadata: Entity {}

/// Entities that can have additional fields (дополнительные поля).
pub trait WithAttributes: WithMetadata {}

/// Entities that can have states (статусы).
pub trait WithStates: WithMetadata {}

/// The objects of one type; cheap to make and to clone.
pub struct Resource<T> {
    client: Client,
    of: PhantomData<fn() -> T>,
}

impl<T: Entity> Resource<T> {
    pub(crate) fn new(client: Client) -> Self {
        Self {
            client,
            of: PhantomData,
        }
    }

    pub(crate) const fn client(&self) -> &Client {
        &self.client
    }

    /// Lists the objects, filtered, sorted and paged as asked.
    pub fn list(&self) -> List<T> {
        List::new(
            self.client.clone(),
            T::path(),
            operation::<T>("list"),
            T::SORTS_BY_ID,
        )
    }

    /// Reads one object.
    pub fn get(&self, id: Id<T>) -> Get<T> {
        let call = Call::get(operation::<T>("get"), T::path()).id(id);
        Get::new(self.client.clone(), call)
    }
}

impl<T: WithMetadata> Resource<T> {
    /// Reads what the account has set up for the type: additional fields and states.
    pub fn metadata(&self) -> GetMetadata<T> {
        GetMetadata::new(self.client.clone())
    }
}

impl<T: Create> Resource<T> {
    /// Creates an object.
    ///
    /// With a `syncId` the request is repeated after an unclear end and makes one object all the
    /// same; without, it is sent again only if it surely was not carried out.
    pub fn create(&self, new: T::New) -> Save<T> {
        let effect = effect(T::sync_id(&new).is_some());
        let call = Call::new(operation::<T>("create"), Method::POST, T::path(), effect);
        Save::new(self.client.clone(), call, &new)
    }

    /// Creates many objects in as few requests as the service allows.
    ///
    /// The results stand in the order of the objects. Objects with a `syncId` are repeated safely.
    pub fn create_many(&self, new: Vec<T::New>) -> SaveMany<T> {
        let call = Call::new(
            operation::<T>("create_many"),
            Method::POST,
            T::path(),
            Effect::Write,
        );
        let rows = new
            .iter()
            .map(|new| Row::of(new, T::sync_id(new).is_some()))
            .collect();
        SaveMany::new(self.client.clone(), call, rows)
    }
}

impl<T: Update> Resource<T> {
    /// Changes the fields of one object that the update names.
    pub fn update(&self, id: Id<T>, update: T::Update) -> Save<T> {
        let operation = operation::<T>("update");
        let call = Call::new(operation, Method::PUT, T::path(), Effect::RepeatableWrite).id(id);
        Save::new(self.client.clone(), call, &update)
    }

    /// Changes many objects in as few requests as the service allows.
    ///
    /// The results stand in the order of the changes.
    pub fn update_many(&self, updates: Vec<(Id<T>, T::Update)>) -> SaveMany<T> {
        /// An update names its object by a link among the fields.
        #[derive(Serialize)]
        struct Named<'a, U> {
            #[serde(flatten)]
            reference: Ref<()>,
            #[serde(flatten)]
            update: &'a U,
        }
        let operation = operation::<T>("update_many");
        let call = Call::new(operation, Method::POST, T::path(), Effect::RepeatableWrite);
        let named = |(id, update)| {
            let reference = Ref::to(&format!("{}/{id}", T::path()), T::TYPE);
            Row::of(&Named { reference, update }, true)
        };
        let rows = updates
            .iter()
            .map(|(id, update)| named((id, update)))
            .collect();
        SaveMany::new(self.client.clone(), call, rows)
    }
}

impl<T: Delete> Resource<T> {
    /// Deletes one object for good.
    pub fn delete(&self, id: Id<T>) -> Remove {
        let operation = operation::<T>("delete");
        let call = Call::new(
            operation,
            Method::DELETE,
            T::path(),
            Effect::RepeatableWrite,
        )
        .id(id);
        Remove::new(self.client.clone(), call)
    }
}

impl<T: DeleteMany> Resource<T> {
    /// Deletes many objects for good, in as few requests as the service allows.
    ///
    /// The results stand in the order of the ids.
    pub fn delete_many(&self, ids: Vec<Id<T>>) -> RemoveMany {
        let path = format!("{}/delete", T::path());
        let operation = operation::<T>("delete_many");
        let call = Call::new(operation, Method::POST, path, Effect::RepeatableWrite);
        let rows = ids
            .iter()
            .map(|id| Row::of(&Ref::<T>::new(*id), true))
            .collect();
        RemoveMany::new(self.client.clone(), call, rows)
    }
}

impl<T: Trash> Resource<T> {
    /// Puts one document into the trash (корзина), from where people can take it back.
    ///
    /// The company's settings must allow for a trash.
    pub fn trash(&self, id: Id<T>) -> Remove {
        let operation = operation::<T>("trash");
        let effect = Effect::RepeatableWrite;
        let call = Call::new(operation, Method::POST, T::path(), effect).id(id);
        Remove::new(self.client.clone(), call.then("trash"))
    }
}

impl<T: WithAttributes> Resource<T> {
    /// The definitions of the type's additional fields (дополнительные поля).
    #[must_use]
    pub fn attributes(&self) -> Definitions<T, Attribute> {
        Definitions::new(self.client.clone())
    }
}

impl<T: WithStates> Resource<T> {
    /// The states (статусы) that objects of the type can be in.
    #[must_use]
    pub fn states(&self) -> Definitions<T, State> {
        Definitions::new(self.client.clone())
    }
}

/// The name of what is done with a type, for errors and traces.
pub(crate) fn operation<T: Addressed>(action: &str) -> String {
    format!("{}.{action}", T::KEYWORD)
}

/// What creating does when done twice.
fn effect(repeatable: bool) -> Effect {
    if repeatable {
        Effect::RepeatableWrite
    } else {
        Effect::Write
    }
}

impl<T> Clone for Resource<T> {
    fn clone(&self) -> Self {
        Self {
            client: self.client.clone(),
            of: PhantomData,
        }
    }
}

impl<T: Entity> fmt::Debug for Resource<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Resource({})", T::TYPE)
    }
}
