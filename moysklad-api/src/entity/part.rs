//! Objects that live inside others: positions, accounts, notes…

use std::fmt;
use std::marker::PhantomData;

use http::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::bulk::{RemoveMany, Row, SaveMany};
use super::list::List;
use super::read::Get;
use super::write::{Remove, Save};
use super::{Addressed, Entity, Resource, operation};
use crate::client::Client;
use crate::error::Effect;
use crate::id::Id;
use crate::meta::Ref;
use crate::transport::Call;

/// Objects that live inside an `O` and have addresses of their own.
pub trait Part<O: Addressed>: DeserializeOwned + Send + 'static {
    /// What a new one is made from.
    type New: Serialize + Send + Sync;
    /// What a change is made of.
    type Update: Serialize + Send + Sync;
    /// The last part of the list's address, such as `positions`.
    const PATH: &'static str;
    /// The type's keyword in links, such as `customerorderposition`.
    const TYPE: &'static str;

    /// The path of the list inside one owner.
    #[must_use]
    fn path(owner: Id<O>) -> String {
        format!("{}/{owner}/{}", O::address(), Self::PATH)
    }
}

/// Parts of which many can be deleted in one request.
pub trait DeleteManyParts<O: Addressed>: Part<O> {}

/// The objects of one kind inside one `O`; cheap to make and to clone.
pub struct Parts<O, P> {
    client: Client,
    owner: Id<O>,
    of: PhantomData<fn() -> P>,
}

impl<O: Addressed, P: Part<O>> Parts<O, P> {
    pub(crate) fn new(client: Client, owner: Id<O>) -> Self {
        Self {
            client,
            owner,
            of: PhantomData,
        }
    }

    /// Lists the objects, paged as asked.
    pub fn list(&self) -> List<P> {
        let name = operation::<O>(&format!("{}.list", P::PATH));
        List::new(self.client.clone(), P::path(self.owner), name, false)
    }

    /// Reads one object.
    pub fn get(&self, id: Id<P>) -> Get<P> {
        let call = self.call("get", Method::GET, Effect::Read).id(id);
        Get::new(self.client.clone(), call)
    }

    /// Adds an object.
    ///
    /// It is sent again only if it surely was not carried out.
    pub fn create(&self, new: P::New) -> Save<P> {
        let call = self.call("create", Method::POST, Effect::Write);
        Save::new(self.client.clone(), call, &new)
    }

    /// Adds many objects in as few requests as the service allows; the results stand in their order.
    pub fn create_many(&self, new: Vec<P::New>) -> SaveMany<P> {
        let rows = new.iter().map(|new| Row::of(new, false)).collect();
        let call = self.call("create_many", Method::POST, Effect::Write);
        SaveMany::new(self.client.clone(), call, rows)
    }

    /// Changes what the update names of one object.
    pub fn update(&self, id: Id<P>, update: P::Update) -> Save<P> {
        let call = self.call("update", Method::PUT, Effect::RepeatableWrite);
        Save::new(self.client.clone(), call.id(id), &update)
    }

    /// Deletes one object for good.
    pub fn delete(&self, id: Id<P>) -> Remove {
        let call = self.call("delete", Method::DELETE, Effect::RepeatableWrite);
        Remove::new(self.client.clone(), call.id(id))
    }

    fn call(&self, action: &str, method: Method, effect: Effect) -> Call {
        let name = operation::<O>(&format!("{}.{action}", P::PATH));
        let path = P::path(self.owner);
        let mut call = Call::new(name, method, path, effect);
        call.template = call.path.replace(&self.owner.to_string(), "{id}");
        call
    }
}

impl<O: Addressed, P: DeleteManyParts<O>> Parts<O, P> {
    /// Deletes many objects for good; the results stand in the order of the ids.
    pub fn delete_many(&self, ids: Vec<Id<P>>) -> RemoveMany {
        let call = self.call("delete_many", Method::POST, Effect::RepeatableWrite);
        let path = call.path.clone();
        let named = |id: &Id<P>| Row::of(&Ref::<()>::to(&format!("{path}/{id}"), P::TYPE), true);
        let rows = ids.iter().map(named).collect();
        RemoveMany::new(self.client.clone(), call.then("delete"), rows).silent()
    }
}

impl<T: Entity> Resource<T> {
    /// The objects of one kind inside one object.
    ///
    /// The modules of the entities name theirs, such as
    /// [`positions`](Self::positions) of orders.
    #[must_use]
    pub fn parts<P: Part<T>>(&self, owner: Id<T>) -> Parts<T, P> {
        Parts::new(self.client.clone(), owner)
    }
}

impl<O, P> Clone for Parts<O, P> {
    fn clone(&self) -> Self {
        Self {
            client: self.client.clone(),
            owner: self.owner,
            of: PhantomData,
        }
    }
}

impl<O: Addressed, P: Part<O>> fmt::Debug for Parts<O, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Parts({} of {})", P::PATH, O::KEYWORD)
    }
}
