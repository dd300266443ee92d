//! Tasks as the service sends them.

use super::note::Note;
use crate::counterparty::Counterparty;
use crate::employee::Employee;
use crate::file::File;
use crate::id::Id;
use crate::meta::Meta;
use crate::meta::Nested;
use crate::meta::Ref;
use crate::meta::Untyped;
use crate::moment::Moment;
use crate::state::State;
use serde::Deserialize;
use serde_with::{As, DefaultOnNull};
use uuid::Uuid;

/// A task for an employee (задача).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Task {
    /// What the service tells about the object.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The id.
    pub id: Id<Task>,
    /// The account.
    pub account_id: Option<Uuid>,
    /// When it was created.
    pub created: Option<Moment>,
    /// When it was last changed.
    pub updated: Option<Moment>,
    /// What is to be done (текст задачи).
    pub description: Option<String>,
    /// The counterparty (контрагент); now and then an organization.
    pub agent: Option<Ref<Counterparty>>,
    /// Who is to do it (ответственный).
    pub assignee: Option<Ref<Employee>>,
    /// Who created it (автор).
    pub author: Option<Ref<Employee>>,
    /// The solution that created it (решение).
    pub author_application: Option<Ref<Untyped>>,
    /// When it was done.
    pub completed: Option<Moment>,
    /// Whether it is done (выполнено).
    pub done: Option<bool>,
    /// Until when (срок).
    pub due_to_date: Option<Moment>,
    /// Who did it (исполнитель).
    pub implementer: Option<Ref<Employee>>,
    /// The comments (комментарии).
    pub notes: Option<Nested<Note>>,
    /// The document it is about (связанный документ).
    pub operation: Option<Ref<Untyped>>,
    /// The kind of task (тип задачи).
    pub state: Option<Ref<State>>,
    /// The files (файлы).
    pub files: Option<Nested<File>>,
}
