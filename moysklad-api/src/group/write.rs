//! What departments are created and changed from.

use serde::Serialize;
use serde_with::skip_serializing_none;

/// A department to be created.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct New {
    /// The name (наименование).
    pub name: String,
    /// The place in the list of departments, from zero.
    pub index: Option<i64>,
}

impl New {
    /// Names the department.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            index: None,
        }
    }

    /// Sets the place in the list of departments, from zero.
    #[must_use]
    pub fn index(mut self, index: i64) -> Self {
        self.index = Some(index);
        self
    }
}

/// A change of a department; what it does not name stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Update {
    /// The name (наименование).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The place in the list of departments, from zero.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<i64>,
}
