//! Tasks (задачи).
//!
//! [`Client::tasks`](crate::Client::tasks) finds, creates and changes them; [`New`] and
//! [`Update`] are what they are created and changed from.
//!
//! A task is due only if [`New::due_to_date`] says until when.
//!
//! See [МойСклад: задача](https://dev.moysklad.ru/doc/api/remap/1.2/).

use crate::counterparty::Counterparty;
use crate::employee::Employee;
use crate::entity::{
    Create, Delete, DeleteMany, Entity, Parts, Resource, Update as CanUpdate, WithMetadata,
    WithStates,
};
use crate::file::File;
use crate::id::Id;
use crate::meta::Untyped;
use crate::moment::Moment;
use crate::query::{Exact, Field, Linked, Ordered, Reference, Sortable, Text};
use crate::state::State;

mod model;
pub mod note;
mod write;

pub use model::Task;
pub use write::{New, Update};

impl Entity for Task {
    const TYPE: &'static str = "task";
}

impl Create for Task {
    type New = New;
}

impl CanUpdate for Task {
    type Update = Update;
}

impl Delete for Task {}
impl DeleteMany for Task {}
impl WithMetadata for Task {}
impl WithStates for Task {}

impl Resource<Task> {
    /// The comments (комментарии) to one task.
    #[must_use]
    pub fn notes(&self, task: Id<Task>) -> Parts<Task, note::Note> {
        self.parts(task)
    }
}

/// The id.
pub const ID: Field<Task, Exact<Id<Task>>, Sortable> = Field::new("id");
/// What is to be done (текст задачи).
pub const DESCRIPTION: Field<Task, Text, Sortable> = Field::new("description");
/// When it was created.
pub const CREATED: Field<Task, Ordered<Moment>, Sortable> = Field::new("created");
/// When it was last changed.
pub const UPDATED: Field<Task, Ordered<Moment>, Sortable> = Field::new("updated");
/// When it was done.
pub const COMPLETED: Field<Task, Ordered<Moment>, Sortable> = Field::new("completed");
/// Until when (срок).
pub const DUE_TO_DATE: Field<Task, Ordered<Moment>, Sortable> = Field::new("dueToDate");
/// Whether it is done (выполнено).
pub const DONE: Field<Task, Exact<bool>> = Field::new("done");
/// The counterparty (контрагент); now and then an organization.
pub const AGENT: Field<Task, Reference<Counterparty>> = Field::new("agent");
/// Who is to do it (ответственный).
pub const ASSIGNEE: Field<Task, Reference<Employee>> = Field::new("assignee");
/// Who created it (автор).
pub const AUTHOR: Field<Task, Reference<Employee>> = Field::new("author");
/// Who did it (исполнитель).
pub const IMPLEMENTER: Field<Task, Reference<Employee>> = Field::new("implementer");
/// The document it is about (связанный документ).
pub const OPERATION: Field<Task, Reference<Untyped>> = Field::new("operation");
/// The kind of task (тип задачи).
pub const STATE: Field<Task, Reference<State>> = Field::new("state");
/// The comments (комментарии).
pub const NOTES: Field<Task, Linked<note::Note>> = Field::new("notes");
/// The files (файлы).
pub const FILES: Field<Task, Linked<File>> = Field::new("files");
