//! Leads of either kind (лиды): what can be added to calls and requests that are there, and to the journal.
//!
//! [`Leads::tag`], [`Leads::comment`] and [`Leads::add_fields`] find their leads by [`Matching`], as deals do;
//! [`Leads::import_calls`] adds calls of a PBX, [`Leads::send_event`] an event of a scenario,
//! [`Leads::request_callback`] rings somebody up.

mod callback;
mod comment;
mod event;
mod field;
mod import;
mod tag;

pub use callback::{Callback, CallbackAccepted};
pub use comment::Comment;
pub use event::Event;
pub use field::{AddFields, Target};
pub use import::{CallImport, Outcome, Queued};
pub use tag::AddTags;

use crate::batch::{self, Method};
use crate::client::Client;
use crate::deal::Matching;
use crate::error::Result;
use crate::row::RowError;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

const TAG: Method = Method {
    operation: "leads.tag",
    path: "/lead-service/v1/api/tag/lead/add",
    list: "leads",
    key: None,
    id: "leadId",
    wants_yes: false,
};

const COMMENT: Method = Method {
    operation: "leads.comment",
    path: "/lead-service/v1/api/comment/lead/add",
    list: "comments",
    ..TAG
};

const ADD_FIELDS: Method = Method {
    operation: "leads.add_fields",
    path: "/lead-service/v1/api/customfield/lead/add",
    ..TAG
};

/// Leads to what can be done with leads of either kind.
#[derive(Clone, Copy, Debug)]
pub struct Leads<'a> {
    client: &'a Client,
}

/// Says what the service answered about a lead that was changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Changed {
    /// What the service said; the fields are not documented.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

#[derive(Serialize)]
struct LeadRows<'a, R> {
    leads: Vec<&'a R>,
}

#[derive(Serialize)]
struct CommentRows<'a> {
    comments: Vec<&'a Comment>,
}

impl<'a> Leads<'a> {
    pub(crate) fn new(client: &'a Client) -> Self {
        Self { client }
    }

    /// Adds tags to leads (теги), a hundred leads a request; the outcomes are in the order given.
    ///
    /// The journals show such tags as [`TagKind::WebApi`](crate::TagKind::WebApi).
    pub async fn tag(&self, leads: Vec<AddTags>) -> Vec<Result<Changed, RowError>> {
        batch::send(self.client, &TAG, &leads, |leads| LeadRows { leads }).await
    }

    /// Adds comments to leads (комментарии), a hundred a request; the outcomes are in the order given.
    pub async fn comment(&self, comments: Vec<Comment>) -> Vec<Result<Changed, RowError>> {
        batch::send(self.client, &COMMENT, &comments, |comments| CommentRows {
            comments,
        })
        .await
    }

    /// Adds custom fields to leads (произвольные поля), a hundred leads a request; the outcomes are in the
    /// order given.
    pub async fn add_fields(&self, leads: Vec<AddFields>) -> Vec<Result<Changed, RowError>> {
        batch::send(self.client, &ADD_FIELDS, &leads, |leads| LeadRows { leads }).await
    }

    /// Deletes custom fields, by their API names, from a lead or a deal.
    ///
    /// # Errors
    ///
    /// [`Error::is_validation`](crate::Error::is_validation) if there is no field to delete or the service
    /// refuses.
    pub async fn delete_fields<T: Into<String>>(
        &self,
        target: Target,
        fields: impl IntoIterator<Item = T>,
    ) -> Result<()> {
        let fields = fields.into_iter().map(Into::into).collect();
        field::delete(self.client, target, fields).await
    }

    /// Queues calls of a PBX for the journal (импорт звонков), a hundred a request; the outcomes are in the
    /// order given.
    ///
    /// Queued is not imported: the service works the queue off later, and writes what became of each call
    /// into a log, whose id is in [`Queued`].
    pub async fn import_calls(&self, calls: Vec<CallImport>) -> Vec<Result<Queued, RowError>> {
        import::send(self.client, &calls).await
    }

    /// Sends an event of a trigger scenario (пользовательское событие).
    ///
    /// # Errors
    ///
    /// [`Error::is_validation`](crate::Error::is_validation) if the service refuses the event,
    /// [`Error::is_unclear`](crate::Error::is_unclear) if it may have taken it.
    pub async fn send_event(&self, event: Event) -> Result<()> {
        event::send(self.client, &event).await
    }

    /// Asks Calltouch to ring somebody up, as the form of a widget does (обратный звонок).
    ///
    /// # Errors
    ///
    /// [`Error::code`](crate::Error::code) is 10003 if no active widget has the key, 10007 if a value is
    /// bad, 10013 if the phone is.
    pub async fn request_callback(&self, callback: Callback) -> Result<CallbackAccepted> {
        callback::send(self.client, &callback).await
    }
}

/// Says what is wrong with the ways to find a lead.
fn matching_problem(matching: &[Matching]) -> Option<String> {
    if matching.is_empty() {
        return Some("there is no matching to find the lead by".to_owned());
    }
    matching.iter().find_map(Matching::problem)
}
