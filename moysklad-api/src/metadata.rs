//! What an account has set up for a type of object (метаданные сущности).

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde_with::{As, DefaultOnNull};

use crate::answer::Answer;
use crate::attribute::{Attribute, ListAttributes};
use crate::client::Client;
use crate::entity::{WithMetadata, operation};
use crate::error::Result;
use crate::meta::Nested;
use crate::state::State;
use crate::transport::Call;

/// The additional fields and states of a type of object.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Metadata {
    /// The definitions of all additional fields (дополнительные поля).
    pub attributes: Vec<Attribute>,
    /// The states (статусы), in the order in which МойСклад shows them.
    pub states: Vec<State>,
    /// The groups (группы) that counterparties are in; empty for other types.
    pub tags: Vec<String>,
    /// Whether new objects are shared by all departments (общий доступ).
    pub create_shared: Option<bool>,
}

impl Metadata {
    /// The additional field with this name.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes
            .iter()
            .find(|attribute| attribute.name == name)
    }

    /// The state with this name.
    #[must_use]
    pub fn state(&self, name: &str) -> Option<&State> {
        self.states.iter().find(|state| state.name == name)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire {
    /// Documented as an array, sent as a collection.
    attributes: Option<Nested<Attribute>>,
    #[serde(default, with = "As::<DefaultOnNull>")]
    states: Vec<State>,
    #[serde(default, with = "As::<DefaultOnNull>")]
    tags: Vec<String>,
    create_shared: Option<bool>,
}

/// The metadata of `T` to be read.
#[must_use = "a request does nothing until it is sent"]
pub struct GetMetadata<T> {
    client: Client,
    of: PhantomData<fn() -> T>,
}

impl<T: WithMetadata> GetMetadata<T> {
    pub(crate) fn new(client: Client) -> Self {
        Self {
            client,
            of: PhantomData,
        }
    }

    /// Reads the metadata; more additional fields than fit in one answer cost further requests.
    ///
    /// # Errors
    ///
    /// If the service refuses the request.
    pub async fn send(self) -> Result<Metadata> {
        let Wire {
            attributes,
            states,
            tags,
            create_shared,
        } = self.read(true).await?;
        let attributes = match attributes {
            None => Vec::new(),
            Some(nested) => {
                let size = nested.size().unwrap_or(0);
                let rows = nested.into_rows().unwrap_or_default();
                if u64::try_from(rows.len()).is_ok_and(|count| count >= size) {
                    rows
                } else {
                    let path = format!("{}/metadata/attributes", T::path());
                    let call = Call::get(operation::<T>("metadata"), path);
                    ListAttributes::new(self.client, call).send().await?
                }
            }
        };
        Ok(Metadata {
            attributes,
            states,
            tags,
            create_shared,
        })
    }

    /// Reads the states alone.
    pub(crate) async fn states(self) -> Result<Vec<State>> {
        Ok(self.read(false).await?.states)
    }

    async fn read(&self, with_attributes: bool) -> Result<Wire> {
        let mut call = Call::get(
            operation::<T>("metadata"),
            format!("{}/metadata", T::path()),
        );
        if with_attributes {
            call = call.param("expand", "attributes");
        }
        let sent = self.client.transport().call(&call, Answer::decode).await?;
        Ok(sent.value)
    }
}

impl<T: WithMetadata> fmt::Debug for GetMetadata<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "GetMetadata({})", T::TYPE)
    }
}
