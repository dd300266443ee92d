//! Registering requests in batches, by the newer method.

use super::form::{is_no_session, subject_problem};
use crate::addition::{CustomField, Note, Tag};
use crate::batch::{self, Method, Row, is_blank};
use crate::client::Client;
use crate::deal::Sources;
use crate::lenient;
use crate::period;
use crate::row::RowError;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

const CREATE: Method = Method {
    operation: "requests.create",
    path: "/lead-service/v1/api/request/create",
    list: "requests",
    key: Some("requestNumber"),
    id: "requestId",
    wants_yes: true,
};

/// Describes a request to be registered (заявка).
///
/// ```
/// use calltouch_api::request::New;
///
/// let made = "2026-11-20T10:17:49Z".parse()?;
/// let request = New::new("crm-77", made).subject("Форма").phone("79990000001");
/// # let _ = request;
/// # Ok::<(), jiff::Error>(())
/// ```
#[serde_with::apply(
    Option => #[serde(skip_serializing_if = "Option::is_none")],
    Vec => #[serde(skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a request is not registered until it is sent"]
pub struct New {
    request_number: String,
    request_date: String,
    subject: Option<String>,
    request_url: Option<String>,
    session_id: Option<String>,
    phone_number: Option<String>,
    email: Option<String>,
    fio: Option<String>,
    manager: Option<String>,
    comment: Option<Note>,
    add_tags: Vec<Tag>,
    custom_sources: Option<Sources>,
    custom_fields: Vec<CustomField>,
}

/// Keeps a text that says something.
fn said(text: impl Into<String>) -> Option<String> {
    Some(text.into()).filter(|text| !is_blank(text))
}

impl New {
    /// Names the request by a number of the sender's own, and says when it was made.
    #[expect(
        clippy::self_named_constructors,
        reason = "the type is read as `request::New`"
    )]
    pub fn new(number: impl Into<String>, made: Timestamp) -> Self {
        Self {
            request_number: number.into(),
            request_date: period::moment(made),
            subject: None,
            request_url: None,
            session_id: None,
            phone_number: None,
            email: None,
            fio: None,
            manager: None,
            comment: None,
            add_tags: Vec::new(),
            custom_sources: None,
            custom_fields: Vec::new(),
        }
    }

    /// Sets the name of the form, in up to 256 characters.
    pub fn subject(mut self, subject: impl Into<String>) -> Self {
        self.subject = said(subject);
        self
    }

    /// Sets the page the form is on.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.request_url = said(url);
        self
    }

    /// Sets the visit; nothing, `undefined` and `null` are left out.
    pub fn session_id(mut self, id: impl Into<String>) -> Self {
        self.session_id = said(id).filter(|id| !is_no_session(id));
        self
    }

    /// Sets the phone, in any spelling.
    pub fn phone(mut self, phone: impl Into<String>) -> Self {
        self.phone_number = said(phone);
        self
    }

    /// Sets the e-mail.
    pub fn email(mut self, email: impl Into<String>) -> Self {
        self.email = said(email);
        self
    }

    /// Sets the name of the person (ФИО).
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.fio = said(name);
        self
    }

    /// Sets the manager.
    pub fn manager(mut self, manager: impl Into<String>) -> Self {
        self.manager = said(manager);
        self
    }

    /// Sets the comment.
    pub fn comment(mut self, text: impl Into<String>) -> Self {
        self.comment = said(text).map(|text| Note { text });
        self
    }

    /// Adds a tag.
    pub fn tag(mut self, tag: impl Into<String>) -> Self {
        self.add_tags.push(Tag::new(tag));
        self
    }

    /// Gives the request a source of one's own.
    pub fn sources(mut self, sources: Sources) -> Self {
        self.custom_sources = Some(sources);
        self
    }

    /// Sets a custom field by its API name.
    pub fn custom_field(mut self, field: impl Into<String>, value: impl Into<String>) -> Self {
        self.custom_fields.push(CustomField::new(field, value));
        self
    }
}

impl Row for New {
    fn key(&self) -> Option<&str> {
        Some(&self.request_number)
    }

    fn problem(&self) -> Option<String> {
        let contacts = [&self.phone_number, &self.email, &self.fio];
        if contacts.iter().all(|contact| contact.is_none()) {
            Some("a request needs a name, a phone or an e-mail".to_owned())
        } else {
            subject_problem(self.subject.as_deref().unwrap_or_default())
        }
    }
}

/// Says what became of a request of a batch that was registered.
#[serde_with::apply(Option => #[serde(default, skip_serializing_if = "Option::is_none")])]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Saved {
    /// Number of the request at its sender.
    #[serde(deserialize_with = "lenient::string")]
    pub request_number: Option<String>,
    /// Id of the request in Calltouch, if the service gave one.
    #[serde(deserialize_with = "lenient::unsigned")]
    pub request_id: Option<u64>,
    /// Fields this version has no name for.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Registers requests, a hundred a request.
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct Create<'a> {
    client: &'a Client,
    requests: Vec<New>,
}

#[derive(Serialize)]
struct Body<'a> {
    requests: Vec<&'a New>,
}

impl<'a> Create<'a> {
    pub(super) fn new(client: &'a Client, requests: Vec<New>) -> Self {
        Self { client, requests }
    }

    /// Sends the requests, and says of each what became of it, in the order given.
    ///
    /// A batch is repeated only if it was turned away or no connection came about; a row that
    /// [is unclear](RowError::is_unclear) has to be looked up before it is sent again.
    pub async fn send(self) -> Vec<Result<Saved, RowError>> {
        batch::send(self.client, &CREATE, &self.requests, |requests| Body {
            requests,
        })
        .await
    }
}
