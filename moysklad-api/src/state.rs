//! States (статусы) that objects of a type can be in.

use std::fmt;
use std::marker::PhantomData;

use serde::{Deserialize, Serialize};
use serde_with::{As, DefaultOnNull, skip_serializing_none};
use uuid::Uuid;

use crate::client::Client;
use crate::entity::WithStates;
use crate::error::Result;
use crate::id::Id;
use crate::meta::{Meta, Ref};
use crate::metadata::GetMetadata;

mod ensure;

/// A state that objects can be in.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct State {
    /// What the service tells about the state.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The id.
    pub id: Id<State>,
    /// The account.
    pub account_id: Option<Uuid>,
    /// The name that people see.
    pub name: String,
    /// The colour as a number, red, green and blue by byte.
    pub color: Option<i64>,
    /// Whether it ends the work on an object, and how.
    pub state_type: StateType,
    /// The keyword of the type whose objects can be in the state.
    pub entity_type: Option<String>,
}

impl State {
    /// Points to a state of the type `O` by its id.
    #[must_use]
    pub fn reference<O: WithStates>(id: Id<Self>) -> Ref<Self> {
        Ref::to(&format!("{}/metadata/states/{id}", O::path()), "state")
    }

    /// Points to this state.
    #[must_use]
    pub fn to_ref(&self) -> Ref<Self> {
        Ref::from_meta(self.meta.clone())
    }
}

/// Whether a state ends the work on an object, and how (тип статуса).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum StateType {
    /// The work goes on (обычный).
    Regular,
    /// The work ended well (финальный положительный).
    Successful,
    /// The work ended badly (финальный отрицательный).
    Unsuccessful,
    /// A type newer than this crate, as the service sent it.
    #[serde(untagged)]
    Unknown(String),
}

impl StateType {
    /// The type as the service writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Regular => "Regular",
            Self::Successful => "Successful",
            Self::Unsuccessful => "Unsuccessful",
            Self::Unknown(word) => word,
        }
    }
}

/// A state to be created.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct New {
    /// The name.
    pub name: String,
    /// The colour as a number, red, green and blue by byte.
    pub color: i64,
    /// Whether it ends the work on an object, and how.
    pub state_type: StateType,
}

impl New {
    /// Names a state and says what it means.
    #[must_use]
    pub fn new(name: impl Into<String>, color: i64, state_type: StateType) -> Self {
        Self {
            name: name.into(),
            color,
            state_type,
        }
    }
}

/// A change of a state.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Update {
    /// The new name.
    pub name: Option<String>,
    /// The new colour.
    pub color: Option<i64>,
    /// The new meaning.
    pub state_type: Option<StateType>,
}

/// The states of a type to be listed.
#[must_use = "a request does nothing until it is sent"]
pub struct ListStates<T> {
    client: Client,
    of: PhantomData<fn() -> T>,
}

impl<T: WithStates> ListStates<T> {
    pub(crate) fn new(client: Client) -> Self {
        Self {
            client,
            of: PhantomData,
        }
    }

    /// Reads all states in the order in which МойСклад shows them; the first is that of new
    /// objects.
    ///
    /// # Errors
    ///
    /// If the service refuses the request.
    pub async fn send(self) -> Result<Vec<State>> {
        GetMetadata::<T>::new(self.client).states().await
    }
}

impl<T: WithStates> fmt::Debug for ListStates<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ListStates({})", T::TYPE)
    }
}
