//! Stock webhooks (вебхуки на изменение остатков): the service tells that stocks changed.
//!
//! [`Client::stock_webhooks`](crate::Client::stock_webhooks) registers them, and
//! [`StockDelivery::read`](crate::webhook::StockDelivery::read) reads what arrives.

use serde::{Deserialize, Serialize};
use serde_with::{As, DefaultOnNull, skip_serializing_none};
use uuid::Uuid;

use crate::entity::{Create, Delete, DeleteMany, Entity, Update as CanUpdate};
use crate::id::Id;
use crate::meta::{Meta, Ref, Untyped};

/// A registered stock webhook.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct StockWebhook {
    /// What the service tells about the webhook.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The id.
    pub id: Id<StockWebhook>,
    /// The account.
    pub account_id: Option<Uuid>,
    /// Where the service sends to.
    pub url: String,
    /// What kind of stock is watched.
    pub stock_type: StockType,
    /// How the report counts.
    pub report_type: ReportType,
    /// Whether the webhook is switched on.
    pub enabled: Option<bool>,
    /// The solution (решение) that registered it.
    pub author_application: Option<Ref<Untyped>>,
}

impl Entity for StockWebhook {
    const TYPE: &'static str = "webhookstock";
}

impl Create for StockWebhook {
    type New = New;
}

impl CanUpdate for StockWebhook {
    type Update = Update;
}

impl Delete for StockWebhook {}
impl DeleteMany for StockWebhook {}

/// What kind of stock is watched (тип остатков).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum StockType {
    /// What lies in the stores (физический остаток).
    Stock,
    /// A word newer than this crate, as the service sent it.
    #[serde(untagged)]
    Unknown(String),
}

impl StockType {
    /// The kind as the service writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Stock => "stock",
            Self::Unknown(word) => word,
        }
    }
}

/// How the report counts (тип отчёта).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum ReportType {
    /// All stores together.
    All,
    /// Store by store.
    ByStore,
    /// A word newer than this crate, as the service sent it.
    #[serde(untagged)]
    Unknown(String),
}

impl ReportType {
    /// The type as the service writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::All => "all",
            Self::ByStore => "bystore",
            Self::Unknown(word) => word,
        }
    }
}

/// A stock webhook to be registered.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct New {
    /// Where the service is to send to, up to 255 characters.
    pub url: String,
    /// What kind of stock to watch.
    pub stock_type: StockType,
    /// How the report is to count.
    pub report_type: ReportType,
    /// Whether the webhook is switched on; it is unless told otherwise.
    pub enabled: Option<bool>,
}

impl New {
    /// Listens to changes of what lies in the stores.
    #[must_use]
    pub fn new(url: impl Into<String>, report_type: ReportType) -> Self {
        Self {
            url: url.into(),
            stock_type: StockType::Stock,
            report_type,
            enabled: None,
        }
    }
}

/// A change of a stock webhook; what it does not name stays.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Update {
    /// Where the service is to send to.
    pub url: Option<String>,
    /// What kind of stock to watch.
    pub stock_type: Option<StockType>,
    /// How the report is to count.
    pub report_type: Option<ReportType>,
    /// Whether the webhook is switched on.
    pub enabled: Option<bool>,
}
