//! Named filters (сохранённые фильтры) that people keep in the web interface.
//!
//! [`Resource::named_filters`] lists them, [`List::named_filter`](crate::entity::List::named_filter)
//! applies one.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde_with::{As, DefaultOnNull};
use uuid::Uuid;

use crate::answer::Answer;
use crate::client::Client;
use crate::entity::{Entity, Resource, operation};
use crate::error::Result;
use crate::id::Id;
use crate::meta::{Meta, Ref, Untyped};
use crate::page::Page;
use crate::query::Literal;
use crate::transport::Call;

/// A filter that somebody keeps in the web interface.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct NamedFilter {
    /// What the service tells about the filter.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The id.
    pub id: Id<NamedFilter>,
    /// The account.
    pub account_id: Option<Uuid>,
    /// The employee whose filter it is.
    pub owner: Option<Ref<Untyped>>,
    /// The name.
    pub name: Option<String>,
}

impl NamedFilter {
    /// Points to this filter.
    #[must_use]
    pub fn to_ref(&self) -> Ref<Self> {
        Ref::from_meta(self.meta.clone())
    }
}

impl<T: Entity> Resource<T> {
    /// Lists the named filters (сохранённые фильтры) that people keep for the type.
    pub fn named_filters(&self) -> ListNamedFilters<T> {
        ListNamedFilters {
            client: self.client().clone(),
            owner: None,
            of: PhantomData,
        }
    }
}

/// The named filters of a type to be listed.
#[must_use = "a request does nothing until it is sent"]
pub struct ListNamedFilters<T> {
    client: Client,
    owner: Option<Ref<Untyped>>,
    of: PhantomData<fn() -> T>,
}

impl<T: Entity> ListNamedFilters<T> {
    /// Lists those of this employee; a solution (решение) has to say whose it wants.
    pub fn owner<E>(mut self, employee: &Ref<E>) -> Self {
        self.owner = Some(employee.untyped());
        self
    }

    /// Reads the filters.
    ///
    /// # Errors
    ///
    /// If the service refuses, with the code
    /// [`NAMED_FILTER_OWNER`](crate::ErrorCode::NAMED_FILTER_OWNER) if it wants to know whose.
    pub async fn send(self) -> Result<Vec<NamedFilter>> {
        let mut all: Vec<NamedFilter> = Vec::new();
        let mut next = Some(0);
        while let Some(offset) = next {
            let mut call =
                Call::get(operation::<T>("named_filters"), T::path()).then("namedfilter");
            if let Some(owner) = &self.owner {
                call = call.param("owner", owner.literal());
            }
            if offset > 0 {
                call = call.param("offset", offset.to_string());
            }
            let sent = self
                .client
                .transport()
                .call(&call, Answer::decode::<Page<NamedFilter>>)
                .await?;
            let page = Page {
                offset,
                ..sent.value
            };
            next = page.next_offset();
            all.extend(page.rows);
        }
        Ok(all)
    }
}

impl<T: Entity> fmt::Debug for ListNamedFilters<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ListNamedFilters({})", T::TYPE)
    }
}
