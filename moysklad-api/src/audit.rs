//! The audit (аудит): who changed what, when and how.
//!
//! [`Resource::audit`] tells the story of one object, [`Client::audit`](crate::Client::audit) that
//! of the account.
//!
//! ```no_run
//! # async fn run(client: moysklad_api::Client, id: moysklad_api::Id<moysklad_api::customer_order::CustomerOrder>,
//! #     paid: moysklad_api::Id<moysklad_api::state::State>) -> Result<(), moysklad_api::Error> {
//! let audit = client.customer_orders().audit(id);
//! let when = audit.entered_state(paid).await?;
//! for event in audit.events().send_all().await? {
//!     println!("{} {:?}", event.moment, event.diff);
//! }
//! # Ok(()) }
//! ```

use std::fmt;

use serde::Deserialize;

use crate::client::Client;
use crate::entity::{Entity, Get, Resource, WithStates, operation};
use crate::error::Result;
use crate::id::Id;
use crate::moment::Moment;
use crate::state::State;
use crate::transport::Call;

mod diff;
mod list;
mod model;
mod story;

pub use diff::{Change, Diff, Held, Row, RowChange};
pub use list::ListAudit;
pub use model::{Context, Event, EventType, Source};

const PATH: &str = "audit";

/// The audit of the account.
#[derive(Clone, Debug)]
pub struct Audit {
    client: Client,
}

impl Audit {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Lists what was done: one context for each request or action of a person.
    pub fn contexts(&self) -> ListAudit<Context> {
        ListAudit::new(self.client.clone(), Call::get("audit.list", PATH))
    }

    /// Reads one context.
    pub fn get(&self, id: Id<Context>) -> Get<Context> {
        Get::new(self.client.clone(), Call::get("audit.get", PATH).id(id))
    }

    /// Lists what one context changed: an event for each object.
    pub fn events(&self, id: Id<Context>) -> ListAudit<Event> {
        let call = Call::get("audit.events", PATH).id(id).then("events");
        ListAudit::new(self.client.clone(), call)
    }

    /// Reads which words the filters of [`contexts`](Self::contexts) take.
    pub fn filter_words(&self) -> Get<FilterWords> {
        let call = Call::get("audit.filters", PATH).then("metadata/filters");
        Get::new(self.client.clone(), call)
    }
}

/// The words that filters of the audit take.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct FilterWords {
    /// Ways in which something can be done.
    #[serde(default)]
    pub source: Vec<Source>,
    /// Keywords of types.
    #[serde(default, rename = "entityType", alias = "entitytype")]
    pub entity_types: Vec<String>,
    /// What can be done.
    #[serde(default, rename = "eventType", alias = "eventtype")]
    pub event_types: Vec<EventType>,
}

impl<T: Entity> Resource<T> {
    /// The audit (аудит) of one object: who changed what of it, and when.
    #[must_use]
    pub fn audit(&self, id: Id<T>) -> ObjectAudit<T> {
        ObjectAudit {
            client: self.client().clone(),
            id,
        }
    }
}

/// The audit of one object.
pub struct ObjectAudit<T> {
    client: Client,
    id: Id<T>,
}

impl<T: Entity> ObjectAudit<T> {
    /// Lists what was done to the object.
    pub fn events(&self) -> ListAudit<Event> {
        let call = Call::get(operation::<T>("audit"), T::path())
            .id(self.id)
            .then(PATH);
        ListAudit::new(self.client.clone(), call)
    }
}

impl<T: WithStates> ObjectAudit<T> {
    /// Finds out when the object last entered the state; none if it never did.
    ///
    /// An object whose state never changed entered the one that it has when it was created. The
    /// audit does not name it, so only ask for the state that the object has or had.
    ///
    /// # Errors
    ///
    /// If the service refuses, for example because the caller may not see the audit.
    pub async fn entered_state(&self, state: Id<State>) -> Result<Option<Moment>> {
        let events = self.events().send_all().await?;
        Ok(story::entered_state(&events, state))
    }
}

impl<T> Clone for ObjectAudit<T> {
    fn clone(&self) -> Self {
        Self {
            client: self.client.clone(),
            id: self.id,
        }
    }
}

impl<T: Entity> fmt::Debug for ObjectAudit<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ObjectAudit({} {})", T::TYPE, self.id)
    }
}
