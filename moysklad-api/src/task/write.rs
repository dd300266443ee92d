//! What tasks are created and changed from.

use crate::counterparty::Counterparty;
use crate::employee::Employee;
use crate::meta::Ref;
use crate::meta::Untyped;
use crate::moment::Moment;
use crate::patch::Patch;
use crate::state::State;
use serde::Serialize;
use serde_with::skip_serializing_none;

/// A task to be created.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct New {
    /// What is to be done (текст задачи).
    pub description: String,
    /// Who is to do it (ответственный).
    pub assignee: Ref<Employee>,
    /// The counterparty (контрагент); now and then an organization.
    pub agent: Option<Ref<Counterparty>>,
    /// Whether it is done (выполнено).
    pub done: Option<bool>,
    /// Until when (срок).
    pub due_to_date: Option<Moment>,
    /// The document it is about (связанный документ).
    pub operation: Option<Ref<Untyped>>,
    /// The kind of task (тип задачи).
    pub state: Option<Ref<State>>,
}

impl New {
    /// Says what is to be done and by whom.
    #[must_use]
    pub fn new(description: impl Into<String>, assignee: impl Into<Ref<Employee>>) -> Self {
        Self {
            description: description.into(),
            assignee: assignee.into(),
            agent: None,
            done: None,
            due_to_date: None,
            operation: None,
            state: None,
        }
    }

    /// Says until when (срок).
    #[must_use]
    pub fn due_to_date(mut self, due_to_date: Moment) -> Self {
        self.due_to_date = Some(due_to_date);
        self
    }

    /// Sets the counterparty (контрагент); now and then an organization.
    #[must_use]
    pub fn agent(mut self, agent: impl Into<Ref<Counterparty>>) -> Self {
        self.agent = Some(agent.into());
        self
    }

    /// Sets the document it is about (связанный документ).
    #[must_use]
    pub fn operation<X>(mut self, operation: &Ref<X>) -> Self {
        self.operation = Some(operation.untyped());
        self
    }

    /// Sets the kind of task (тип задачи).
    #[must_use]
    pub fn state(mut self, state: impl Into<Ref<State>>) -> Self {
        self.state = Some(state.into());
        self
    }
}

/// A change of a task; what it does not name stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Update {
    /// What is to be done (текст задачи).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The counterparty (контрагент); now and then an organization.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub agent: Patch<Ref<Counterparty>>,
    /// Who is to do it (ответственный).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignee: Option<Ref<Employee>>,
    /// Whether it is done (выполнено).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done: Option<bool>,
    /// Until when (срок).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub due_to_date: Patch<Moment>,
    /// The document it is about (связанный документ).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub operation: Patch<Ref<Untyped>>,
    /// The kind of task (тип задачи).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub state: Patch<Ref<State>>,
}
