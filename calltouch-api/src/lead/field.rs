//! Custom fields of a lead: adding and deleting.

use super::matching_problem;
use crate::addition::{CustomField, FieldChange};
use crate::batch::{Row, is_blank};
use crate::client::Client;
use crate::deal::Matching;
use crate::error::{Error, Reason, Result};
use serde::Serialize;
use serde_json::{Map, Value, json};

const DELETE: &str = "leads.delete_fields";
const DELETE_PATH: &str = "/lead-service/v1/api/customfield/delete";

/// Describes custom fields to add to a lead (произвольные поля).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "fields are not added until they are sent"]
pub struct AddFields {
    matching: Vec<Matching>,
    add_custom_fields: FieldChange,
}

impl AddFields {
    /// Starts with one field, by its API name.
    pub fn new(field: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            matching: Vec::new(),
            add_custom_fields: FieldChange {
                overwrite: false,
                custom_fields: vec![CustomField::new(field, value)],
            },
        }
    }

    /// Adds another field, by its API name.
    pub fn field(mut self, field: impl Into<String>, value: impl Into<String>) -> Self {
        let fields = &mut self.add_custom_fields.custom_fields;
        fields.push(CustomField::new(field, value));
        self
    }

    /// Puts the fields in the place of those that were set before (`overwrite`).
    pub fn overwrite(mut self) -> Self {
        self.add_custom_fields.overwrite = true;
        self
    }

    /// Adds a way to find the lead; the first one that finds something wins.
    pub fn matching(mut self, matching: Matching) -> Self {
        self.matching.push(matching);
        self
    }
}

impl Row for AddFields {
    fn key(&self) -> Option<&str> {
        None
    }

    fn problem(&self) -> Option<String> {
        matching_problem(&self.matching)
    }
}

/// Names a lead or a deal by exactly one of its ids; the service refuses several.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Target {
    /// A call, by its id in Calltouch.
    CallId(u64),
    /// A call, by its id in the PBX.
    CallReferenceId(String),
    /// A call, by the id of its SIP session.
    SipCallId(String),
    /// A request, by its id in Calltouch.
    RequestId(u64),
    /// A request, by its number at its sender.
    RequestNumber(String),
    /// A deal, by its id in Calltouch.
    OrderId(u64),
    /// A deal, by its number in the CRM.
    OrderNumber(String),
}

impl Target {
    /// The name and the value on the wire.
    fn wire(self) -> (&'static str, Value) {
        match self {
            Self::CallId(id) => ("callId", json!(id)),
            Self::CallReferenceId(id) => ("callReferenceId", json!(id)),
            Self::SipCallId(id) => ("sipCallId", json!(id)),
            Self::RequestId(id) => ("requestId", json!(id)),
            Self::RequestNumber(number) => ("requestNumber", json!(number)),
            Self::OrderId(id) => ("orderId", json!(id)),
            Self::OrderNumber(number) => ("orderNumber", json!(number)),
        }
    }
}

pub(super) async fn delete(client: &Client, target: Target, fields: Vec<String>) -> Result<()> {
    let (name, id) = target.wire();
    let problem = if id.as_str().is_some_and(is_blank) {
        Some(format!("{name} is empty"))
    } else if fields.iter().all(|field| is_blank(field)) {
        Some("there is no field to delete".to_owned())
    } else {
        None
    };
    if let Some(problem) = problem {
        let reason = Reason::Input(problem);
        return Err(Error::new(DELETE, client.site_id(), false, reason));
    }
    let body = Map::from_iter([
        (name.to_owned(), id),
        ("customFields".to_owned(), json!(fields)),
    ]);
    client.transport().tell(DELETE, DELETE_PATH, &body).await
}
