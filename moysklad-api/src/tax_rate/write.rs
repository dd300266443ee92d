//! What vAT rates are created and changed from.

use crate::decimal::Number;
use crate::employee::Employee;
use crate::group::Group;
use crate::meta::Ref;
use crate::patch::Patch;
use rust_decimal::Decimal;
use serde::Serialize;
use serde_with::serde_as;
use serde_with::skip_serializing_none;

/// A VAT rate to be created.
#[serde_as]
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct New {
    /// The rate, in percent.
    #[serde_as(as = "Number")]
    pub rate: Decimal,
    /// Whether it is in the archive.
    pub archived: Option<bool>,
    /// The comment (комментарий), 32 characters.
    pub comment: Option<String>,
    /// The employee who owns it (владелец).
    pub owner: Option<Ref<Employee>>,
    /// The department that owns it (отдел).
    pub group: Option<Ref<Group>>,
    /// Whether all departments share it (общий доступ).
    pub shared: Option<bool>,
}

impl New {
    /// Gives the rate, in percent.
    #[must_use]
    pub fn new(rate: Decimal) -> Self {
        Self {
            rate,
            archived: None,
            comment: None,
            owner: None,
            group: None,
            shared: None,
        }
    }

    /// Sets the comment (комментарий), 32 characters.
    #[must_use]
    pub fn comment(mut self, comment: impl Into<String>) -> Self {
        self.comment = Some(comment.into());
        self
    }
}

/// A change of a VAT rate; what it does not name stays as it is.
#[serde_as]
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Update {
    /// Whether it is in the archive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archived: Option<bool>,
    /// The rate, in percent.
    #[serde_as(as = "Option<Number>")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate: Option<Decimal>,
    /// The comment (комментарий), 32 characters.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub comment: Patch<String>,
    /// The employee who owns it (владелец).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub owner: Patch<Ref<Employee>>,
    /// The department that owns it (отдел).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub group: Patch<Ref<Group>>,
    /// Whether all departments share it (общий доступ).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shared: Option<bool>,
}
