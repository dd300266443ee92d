//! Comments to tasks.

use serde::{Deserialize, Serialize};
use serde_with::{As, DefaultOnNull};
use uuid::Uuid;

use super::Task;
use crate::employee::Employee;
use crate::entity::{DeleteManyParts, Part};
use crate::id::Id;
use crate::meta::{Meta, Nested, Ref, Untyped};
use crate::moment::Moment;

/// A comment to a task (комментарий).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Note {
    /// What the service tells about the note.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The id; lists leave it to the link in [`meta`](Self::meta).
    pub id: Option<Id<Note>>,
    /// The account.
    pub account_id: Option<Uuid>,
    /// The text, 4096 characters (текст).
    pub text: Option<String>,
    /// The employee who wrote it (автор).
    pub author: Option<Ref<Employee>>,
    /// The solution that wrote it (решение).
    pub author_application: Option<Ref<Untyped>>,
    /// When it was written.
    pub moment: Option<Moment>,
    /// The files.
    pub files: Option<Nested<Untyped>>,
}

impl Note {
    /// Points to this comment; [`Ref::id`] tells its id, which lists give nowhere else.
    #[must_use]
    pub fn to_ref(&self) -> Ref<Self> {
        Ref::from_meta(self.meta.clone())
    }
}

/// A note to be written; the same, sent to a note, replaces its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct New {
    /// The text, 4096 characters (текст).
    pub text: String,
}

impl New {
    /// Takes the text; an employee is mentioned as `{{employee;<id>}}`.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into() }
    }
}

impl Part<Task> for Note {
    type New = New;
    type Update = New;
    const PATH: &'static str = "notes";
    const TYPE: &'static str = "tasknote";
}

impl DeleteManyParts<Task> for Note {}
