//! What a webhook delivers.

use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_with::{As, DefaultOnNull};
use url::form_urlencoded;
use uuid::Uuid;

use super::Action;
use crate::answer;
use crate::entity::Entity;
use crate::id::Id;
use crate::meta::{Meta, Ref, Untyped};
use crate::moment::Moment;
use crate::webhook_stock::{ReportType, StockType};

/// The largest body that is read; the service's own are a fraction of it.
const LIMIT: usize = 4 * 1024 * 1024;

/// What the service sends to the receiver of a webhook.
///
/// It names objects and does not hold them: they have to be read, and may have changed again or be
/// gone by then. The service waits 1.5 seconds for an answer 200 or 204, tries three more times at
/// once if it gets another, and then gives up for good; nothing promises an order. Nothing proves
/// the sender either, so an address that is hard to guess is the only protection.
///
/// ```
/// use moysklad_api::customer_order::CustomerOrder;
/// use moysklad_api::webhook::Delivery;
///
/// let target = "/hooks/moysklad?requestId=5b1f77e0-7b20-11f1-0a80-05cd00000031";
/// let body = br#"{"events": [{
///     "meta": {
///         "type": "customerorder",
///         "href": "https://api.moysklad.ru/api/remap/1.2/entity/customerorder/e5a3c7b0-7b30-11f1-0a80-05cd00000100"
///     },
///     "action": "UPDATE"
/// }]}"#;
/// let delivery = Delivery::read(target, body)?;
/// for event in &delivery.events {
///     if let Some(order) = event.id::<CustomerOrder>() {
///         println!("order {order} changed");
///     }
/// }
/// # Ok::<(), moysklad_api::webhook::DeliveryError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Delivery {
    /// The same for every attempt to deliver the same, so that one can be told from two
    /// (`requestId`).
    pub request_id: Option<String>,
    /// Who changed what when; absent for asynchronous tasks.
    pub audit_context: Option<AuditContext>,
    /// What happened; several objects changed by one request come together.
    pub events: Vec<Event>,
}

/// Who changed something, and when.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct AuditContext {
    /// Link to the context in the audit.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The login of who did it.
    pub uid: Option<String>,
    /// When it was done, in Moscow time.
    pub moment: Option<Moment>,
}

/// What happened to one object.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Event {
    /// The object; it is not held.
    pub reference: Ref<Untyped>,
    /// What happened.
    pub action: Action,
    /// The account.
    pub account_id: Option<Uuid>,
    /// The fields that changed, if the webhook asks for them.
    pub updated_fields: Vec<String>,
}

impl Event {
    /// The object's id if it is a `T`.
    #[must_use]
    pub fn id<T: Entity>(&self) -> Option<Id<T>> {
        (self.reference.entity_type() == Some(T::TYPE))
            .then(|| self.reference.id())?
            .map(|id| Id::new(id.uuid()))
    }
}

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Wire {
            meta: Meta,
            action: Action,
            account_id: Option<Uuid>,
            #[serde(default, with = "As::<DefaultOnNull>")]
            updated_fields: Vec<String>,
        }
        let Wire {
            meta,
            action,
            account_id,
            updated_fields,
        } = Wire::deserialize(deserializer)?;
        Ok(Self {
            reference: Ref::from_meta(meta),
            action,
            account_id,
            updated_fields,
        })
    }
}

impl Delivery {
    /// Reads a request to the receiver: its address, or the query of it, and its body.
    ///
    /// # Errors
    ///
    /// If the body is not what the service sends, or larger than 4 MB.
    pub fn read(target: &str, body: &[u8]) -> Result<Self, DeliveryError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Wire {
            audit_context: Option<AuditContext>,
            events: Vec<Event>,
        }
        let Wire {
            audit_context,
            events,
        } = parse(body)?;
        Ok(Self {
            request_id: request_id(target),
            audit_context,
            events,
        })
    }
}

/// What the service sends to the receiver of a stock webhook, every 1 to 5 minutes.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct StockDelivery {
    /// The same for every attempt to deliver the same (`requestId`).
    pub request_id: Option<String>,
    /// The account.
    pub account_id: Option<Uuid>,
    /// What kind of stock changed.
    pub stock_type: Option<StockType>,
    /// How the report counts.
    pub report_type: Option<ReportType>,
    /// Link to the report on what changed.
    pub report_url: String,
}

impl StockDelivery {
    /// Reads a request to the receiver: its address, or the query of it, and its body.
    ///
    /// # Errors
    ///
    /// If the body is not what the service sends, or larger than 4 MB.
    pub fn read(target: &str, body: &[u8]) -> Result<Self, DeliveryError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Wire {
            account_id: Option<Uuid>,
            stock_type: Option<StockType>,
            report_type: Option<ReportType>,
            report_url: String,
        }
        let Wire {
            account_id,
            stock_type,
            report_type,
            report_url,
        } = parse(body)?;
        Ok(Self {
            request_id: request_id(target),
            account_id,
            stock_type,
            report_type,
            report_url,
        })
    }
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, DeliveryError> {
    if body.len() > LIMIT {
        return Err(DeliveryError {
            path: ".".to_owned(),
            what: format!("larger than {LIMIT} bytes"),
        });
    }
    answer::parse(body).map_err(|failure| DeliveryError {
        path: failure.path,
        what: failure.what,
    })
}

/// The value of `requestId` in an address or in its query.
fn request_id(target: &str) -> Option<String> {
    let query = target.split_once('?').map_or(target, |(_, query)| query);
    let query = query.split('#').next()?;
    form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "requestId")
        .map(|(_, id)| id.into_owned())
        .filter(|id| !id.is_empty())
}

/// Why what arrived is not what a webhook delivers.
///
/// It tells the field and shows nothing of the contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryError {
    path: String,
    what: String,
}

impl DeliveryError {
    /// The field that cannot be read; `.` for the whole body.
    #[must_use]
    pub fn field(&self) -> &str {
        &self.path
    }
}

impl fmt::Display for DeliveryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("cannot read ")?;
        if self.path != "." {
            write!(f, "`{}` of ", self.path)?;
        }
        write!(f, "what the webhook delivered: {}", self.what)
    }
}

impl std::error::Error for DeliveryError {}
