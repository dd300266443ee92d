//! Webhooks (вебхуки): the service tells a program of its own accord that something changed.
//!
//! [`Client::ensure_webhooks`](crate::Client::ensure_webhooks) registers them, and
//! [`Delivery::read`] reads what arrives. Changes that a program makes itself fire them too, unless
//! it makes them through [`Client::suppressing_webhooks_to`](crate::Client::suppressing_webhooks_to).
//!
//! ```no_run
//! # async fn run(client: moysklad_api::Client) -> Result<(), moysklad_api::Error> {
//! use moysklad_api::customer_order::CustomerOrder;
//! use moysklad_api::webhook::{self, Action};
//!
//! let url = "https://shop.example.org/hooks/moysklad";
//! let wanted = [
//!     webhook::New::of::<CustomerOrder>(url, Action::Create),
//!     webhook::New::of::<CustomerOrder>(url, Action::Update).with_fields(),
//! ];
//! for webhook in client.ensure_webhooks(&wanted).await? {
//!     println!("{webhook:?}");
//! }
//! # Ok(()) }
//! ```

use serde::{Deserialize, Serialize};
use serde_with::{As, DefaultOnNull, skip_serializing_none};
use uuid::Uuid;

use crate::entity::{Create, Delete, DeleteMany, Entity, Update as CanUpdate};
use crate::id::Id;
use crate::meta::{Meta, Ref, Untyped};

mod delivery;
mod ensure;
mod suppress;

pub(crate) use suppress::prefix;

pub use delivery::{AuditContext, Delivery, DeliveryError, Event, StockDelivery};

/// A registered webhook.
///
/// The service switches it off when its receiver answers only errors for days.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Webhook {
    /// What the service tells about the webhook.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The id.
    pub id: Id<Webhook>,
    /// The account.
    pub account_id: Option<Uuid>,
    /// Where the service sends to.
    pub url: String,
    /// What has to happen.
    pub action: Action,
    /// The keyword of the type to whose objects it has to happen, such as `customerorder`.
    pub entity_type: String,
    /// Whether the service names the fields that changed.
    pub diff_type: Option<DiffType>,
    /// Whether the webhook is switched on.
    pub enabled: Option<bool>,
    /// The HTTP method of the service's request; always `POST`.
    pub method: Option<String>,
    /// The solution (решение) that registered it.
    pub author_application: Option<Ref<Untyped>>,
}

impl Entity for Webhook {
    const TYPE: &'static str = "webhook";
}

impl Create for Webhook {
    type New = New;
}

impl CanUpdate for Webhook {
    type Update = Update;
}

impl Delete for Webhook {}
impl DeleteMany for Webhook {}

/// What happens to an object (действие).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[non_exhaustive]
pub enum Action {
    /// It is created.
    Create,
    /// It is changed.
    Update,
    /// It is deleted.
    Delete,
    /// It is worked off; for asynchronous tasks alone.
    Processed,
    /// An action newer than this crate, as the service sent it.
    #[serde(untagged)]
    Unknown(String),
}

impl Action {
    /// The action as the service writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Create => "CREATE",
            Self::Update => "UPDATE",
            Self::Delete => "DELETE",
            Self::Processed => "PROCESSED",
            Self::Unknown(word) => word,
        }
    }
}

/// What a webhook tells of a change.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[non_exhaustive]
pub enum DiffType {
    /// That there was one.
    None,
    /// The names of the fields that changed.
    Fields,
    /// A word newer than this crate, as the service sent it.
    #[serde(untagged)]
    Unknown(String),
}

impl DiffType {
    /// The word as the service writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::None => "NONE",
            Self::Fields => "FIELDS",
            Self::Unknown(word) => word,
        }
    }
}

/// A webhook to be registered.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct New {
    /// Where the service is to send to, up to 255 characters.
    pub url: String,
    /// What has to happen.
    pub action: Action,
    /// The keyword of the type to whose objects it has to happen.
    pub entity_type: String,
    /// Whether the service names the fields that changed; for [`Action::Update`] alone.
    pub diff_type: Option<DiffType>,
}

impl New {
    /// Listens to what happens to objects of `T`.
    #[must_use]
    pub fn of<T: Entity>(url: impl Into<String>, action: Action) -> Self {
        Self::new(url, T::TYPE, action)
    }

    /// Listens to what happens to objects of the type with this keyword.
    #[must_use]
    pub fn new(url: impl Into<String>, entity_type: impl Into<String>, action: Action) -> Self {
        Self {
            url: url.into(),
            action,
            entity_type: entity_type.into(),
            diff_type: None,
        }
    }

    /// Lets the service name the fields that changed.
    #[must_use]
    pub fn with_fields(mut self) -> Self {
        self.diff_type = Some(DiffType::Fields);
        self
    }
}

/// A change of a webhook; what it does not name stays.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Update {
    /// Where the service is to send to.
    pub url: Option<String>,
    /// What has to happen.
    pub action: Option<Action>,
    /// The keyword of the type to whose objects it has to happen.
    pub entity_type: Option<String>,
    /// Whether the webhook is switched on.
    pub enabled: Option<bool>,
    /// Whether the service names the fields that changed.
    pub diff_type: Option<DiffType>,
}
