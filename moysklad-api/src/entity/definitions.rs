//! What an account defines for a type of object: additional fields and states.

use std::fmt;
use std::marker::PhantomData;

use http::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::bulk::{Row, SaveMany};
use super::read::Get;
use super::write::{Remove, Save};
use super::{Entity, WithStates};
use crate::attribute::{self, Attribute};
use crate::client::Client;
use crate::error::Effect;
use crate::id::Id;
use crate::state::{self, State};
use crate::transport::Call;

/// What can be defined for a type: an [`Attribute`] or a [`State`].
pub trait Definition: DeserializeOwned + Send + 'static {
    /// What a new one is made from.
    type New: Serialize + Send + Sync;
    /// What a change is made of.
    type Update: Serialize + Send + Sync;
    /// The last part of the definitions' address.
    const PATH: &'static str;
}

impl Definition for Attribute {
    type New = attribute::New;
    type Update = attribute::Update;
    const PATH: &'static str = "attributes";
}

impl Definition for State {
    type New = state::New;
    type Update = state::Update;
    const PATH: &'static str = "states";
}

/// The definitions of one kind for the type `T`; changing them takes an administrator.
pub struct Definitions<T, D> {
    client: Client,
    /// The keyword of the type, for the names of operations.
    keyword: &'static str,
    /// The path of what they are defined for, and the same with placeholders for ids.
    path: String,
    template: String,
    of: PhantomData<fn() -> (T, D)>,
}

impl<T: Entity, D: Definition> Definitions<T, D> {
    pub(crate) fn new(client: Client) -> Self {
        Self::under(client, T::TYPE, T::path(), T::path())
    }
}

impl<T, D: Definition> Definitions<T, D> {
    /// The definitions for what stands under the path.
    pub(crate) fn under(
        client: Client,
        keyword: &'static str,
        path: String,
        template: String,
    ) -> Self {
        Self {
            client,
            keyword,
            path,
            template,
            of: PhantomData,
        }
    }

    /// Reads one definition.
    pub fn get(&self, id: Id<D>) -> Get<D> {
        Get::new(
            self.client.clone(),
            self.call("get", Method::GET, Effect::Read).id(id),
        )
    }

    /// Creates a definition.
    pub fn create(&self, new: D::New) -> Save<D> {
        Save::new(
            self.client.clone(),
            self.call("create", Method::POST, Effect::Write),
            &new,
        )
    }

    /// Creates many definitions; the results stand in their order.
    pub fn create_many(&self, new: Vec<D::New>) -> SaveMany<D> {
        let rows = new.iter().map(|new| Row::of(new, false)).collect();
        let call = self.call("create_many", Method::POST, Effect::Write);
        SaveMany::new(self.client.clone(), call, rows)
    }

    /// Changes the parts of a definition that the update names.
    pub fn update(&self, id: Id<D>, update: D::Update) -> Save<D> {
        let call = self
            .call("update", Method::PUT, Effect::RepeatableWrite)
            .id(id);
        Save::new(self.client.clone(), call, &update)
    }

    /// Deletes a definition, with what objects hold of it.
    pub fn delete(&self, id: Id<D>) -> Remove {
        let call = self
            .call("delete", Method::DELETE, Effect::RepeatableWrite)
            .id(id);
        Remove::new(self.client.clone(), call)
    }

    fn call(&self, action: &str, method: Method, effect: Effect) -> Call {
        let operation = format!("{}.{}.{action}", self.keyword, D::PATH);
        let mut call = Call::new(operation, method, self.path.as_str(), effect);
        call.template.clone_from(&self.template);
        call.then("metadata").then(D::PATH)
    }
}

impl<T> Definitions<T, Attribute> {
    /// Lists all definitions.
    pub fn list(&self) -> attribute::ListAttributes {
        attribute::ListAttributes::new(
            self.client.clone(),
            self.call("list", Method::GET, Effect::Read),
        )
    }
}

impl<T: WithStates> Definitions<T, State> {
    /// Lists all states in the order in which МойСклад shows them.
    pub fn list(&self) -> state::ListStates<T> {
        state::ListStates::new(self.client.clone())
    }
}

impl<T, D> Clone for Definitions<T, D> {
    fn clone(&self) -> Self {
        Self {
            client: self.client.clone(),
            keyword: self.keyword,
            path: self.path.clone(),
            template: self.template.clone(),
            of: PhantomData,
        }
    }
}

impl<T, D: Definition> fmt::Debug for Definitions<T, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Definitions({} of {})", D::PATH, self.keyword)
    }
}
