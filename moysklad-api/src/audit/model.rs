//! Contexts and events of the audit.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_with::{As, DefaultOnNull};

use super::Diff;
use crate::id::Id;
use crate::meta::{Meta, Nested, Ref, Untyped};
use crate::moment::Moment;

/// One request or action of a person, and how much it changed (контекст).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Context {
    /// What the service tells about the context.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The id.
    pub id: Id<Context>,
    /// The login of who did it, or the name of the solution (решение).
    pub uid: Option<String>,
    /// In which way it was done.
    pub source: Option<Source>,
    /// When it was done, in Moscow time.
    pub moment: Moment,
    /// How many objects it concerned.
    pub object_count: Option<u64>,
    /// What was done, if it was the same with all objects.
    pub event_type: Option<EventType>,
    /// The keyword of the type, if all objects are of one.
    pub entity_type: Option<String>,
    /// Whose settings, states or templates were changed.
    pub object_type: Option<String>,
    /// How many events there are; [`Audit::events`](super::Audit::events) reads them.
    pub events: Option<Nested<Event>>,
    /// More about logins and logouts, as the service sent it.
    pub info: Option<serde_json::Value>,
    /// Whether the support of МойСклад did it.
    pub support_access: Option<bool>,
}

/// What was done to one object (событие).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Event {
    /// In which way it was done.
    pub source: Option<Source>,
    /// What was done.
    pub event_type: Option<EventType>,
    /// The keyword of the object's type.
    pub entity_type: Option<String>,
    /// The login of who did it, or the name of the solution.
    pub uid: Option<String>,
    /// When it was done, in Moscow time.
    pub moment: Moment,
    /// The object's name.
    pub name: Option<String>,
    /// What changed; nothing is told of a creation.
    pub diff: Option<Diff>,
    /// The context that the event belongs to.
    pub audit: Option<Ref<Untyped>>,
    /// The object.
    pub entity: Option<Ref<Untyped>>,
    /// More about the object, for people to read.
    pub additional_info: Option<String>,
    /// How many objects it concerned.
    pub object_count: Option<u64>,
    /// Whose settings, states or templates were changed.
    pub object_type: Option<String>,
    /// Whether the support of МойСклад did it.
    pub support_access: Option<bool>,
}

/// What was done to an object (тип события).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum EventType {
    /// The account was registered.
    Registration,
    /// Many objects were changed at once.
    BulkOperation,
    /// A publication was closed.
    ClosePublication,
    /// It was created.
    Create,
    /// It was deleted.
    Delete,
    /// A publication was opened.
    OpenPublication,
    /// It was printed.
    Print,
    /// It was put into the archive.
    PutToArchive,
    /// It was put into the trash (корзина).
    PutToRecycleBin,
    /// A token was replaced.
    ReplaceToken,
    /// It was taken out of the archive.
    RestoreFromArchive,
    /// It was taken out of the trash.
    RestoreFromRecycleBin,
    /// It was sent by e-mail.
    SendEmailFromEntity,
    /// It was changed.
    Update,
    /// A word newer than this crate, as the service sent it.
    #[serde(untagged)]
    Unknown(String),
}

impl EventType {
    /// The type as the service writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Registration => "registration",
            Self::BulkOperation => "bulkoperation",
            Self::ClosePublication => "closepublication",
            Self::Create => "create",
            Self::Delete => "delete",
            Self::OpenPublication => "openpublication",
            Self::Print => "print",
            Self::PutToArchive => "puttoarchive",
            Self::PutToRecycleBin => "puttorecyclebin",
            Self::ReplaceToken => "replacetoken",
            Self::RestoreFromArchive => "restorefromarchive",
            Self::RestoreFromRecycleBin => "restorefromrecyclebin",
            Self::SendEmailFromEntity => "sendemailfromentity",
            Self::Update => "update",
            Self::Unknown(word) => word,
        }
    }
}

/// In which way something was done (источник); open, since the service has dozens.
///
/// Filters know all versions of the API as [`Source::JSON_API`] alone and the web interface not
/// at all.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Source(Cow<'static, str>);

impl Source {
    /// The web interface; in answers alone.
    pub const APP: Self = Self(Cow::Borrowed("app"));
    /// This API; in answers alone.
    pub const REMAP_1_2: Self = Self(Cow::Borrowed("remap-1.2"));
    /// Every version of this API; in filters alone.
    pub const JSON_API: Self = Self(Cow::Borrowed("jsonapi"));
    /// The older API for programs.
    pub const REST_API: Self = Self(Cow::Borrowed("restapi"));
    /// The API of cash registers.
    pub const POS_API: Self = Self(Cow::Borrowed("posapi"));
    /// Copying.
    pub const COPY: Self = Self(Cow::Borrowed("copy"));
    /// Joining objects.
    pub const COMBINE: Self = Self(Cow::Borrowed("combine"));
    /// Creating many at once.
    pub const BULK_CREATE: Self = Self(Cow::Borrowed("bulkcreate"));
    /// Importing.
    pub const IMPORT: Self = Self(Cow::Borrowed("import"));
    /// Exporting.
    pub const EXPORT: Self = Self(Cow::Borrowed("export"));
    /// Emptying the trash.
    pub const CLEAR_RECYCLE_BIN: Self = Self(Cow::Borrowed("clearrecyclebin"));
    /// Connections to web shops.
    pub const CONNECTORS: Self = Self(Cow::Borrowed("connectors"));
    /// Sending e-mails.
    pub const EMAIL_SEND: Self = Self(Cow::Borrowed("emailsend"));
    /// Logging in and out.
    pub const LOGIN_LOGOUT: Self = Self(Cow::Borrowed("loginlogout"));
    /// Points of sale.
    pub const RETAIL: Self = Self(Cow::Borrowed("retail"));
    /// Scenarios (сценарии).
    pub const SCRIPTOR: Self = Self(Cow::Borrowed("scriptor"));

    /// Takes the source as the service writes it.
    #[must_use]
    pub fn new(word: impl Into<String>) -> Self {
        Self(Cow::Owned(word.into()))
    }

    /// The source as the service writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
