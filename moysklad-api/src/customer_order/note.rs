//! Notes in the feed of orders.

use serde::{Deserialize, Serialize};
use serde_with::{As, DefaultOnNull};
use uuid::Uuid;

use super::CustomerOrder;
use crate::employee::Employee;
use crate::entity::{DeleteManyParts, Part};
use crate::id::Id;
use crate::meta::{Meta, Ref, Untyped};
use crate::moment::Moment;

/// A note in the feed of an order (событие ленты событий).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Note {
    /// What the service tells about the note.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The id.
    pub id: Id<Note>,
    /// The account.
    pub account_id: Option<Uuid>,
    /// The text, 4096 characters (текст события).
    pub description: Option<String>,
    /// The employee who wrote it (автор).
    pub author: Option<Ref<Employee>>,
    /// The solution that wrote it (решение).
    pub author_application: Option<Ref<Untyped>>,
    /// When it was written.
    pub created: Option<Moment>,
}

/// A note to be written; the same, sent to a note, replaces its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct New {
    /// The text, 4096 characters (текст события).
    pub description: String,
}

impl New {
    /// Takes the text; an employee is mentioned as `{{employee;<id>}}`.
    #[must_use]
    pub fn new(description: impl Into<String>) -> Self {
        Self {
            description: description.into(),
        }
    }
}

impl Part<CustomerOrder> for Note {
    type New = New;
    type Update = New;
    const PATH: &'static str = "notes";
    const TYPE: &'static str = "eventnote";
}

impl DeleteManyParts<CustomerOrder> for Note {}
